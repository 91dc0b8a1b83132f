"""The road: bytes, text, envelope, tree, cleaned tree, pieces, article, proof."""

from __future__ import annotations

import gc
import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sinaparse.body import Body, Entry, media_of, read_body, squash, text_parts
from sinaparse.export import Envelope, Export, read_export
from sinaparse.export.encoding import decode
from sinaparse.inspection import Coverage, Inspection
from sinaparse.models import Article
from sinaparse.parser import Parser, find_zone
from sinaparse.problems import Problems, TooManyProblems, excerpt
from sinaparse.proof import find_lost, prove, whole_text
from sinaparse.sina import markup, symbols
from sinaparse.sina.images import unwrap
from sinaparse.structure.captions import find_captions, find_table_titles
from sinaparse.structure.credits import Facts, find_credits, read_ends
from sinaparse.structure.headings import find_headings
from sinaparse.structure.lines import Grid, Line
from sinaparse.structure.outline import Outline, build_outline
from sinaparse.structure.reader import DepthExceeded, Reader, TooManyVideos
from sinaparse.structure.tables import cell_count, check_table


class Road:
    """The road of one parser."""

    def __init__(self, parser: Parser) -> None:
        self._parser = parser

    def inspect(self, source: str | bytes, path: str | os.PathLike[str] | None) -> Inspection:
        """See :meth:`Parser.inspect`."""
        problems = self._problems()
        name = None if path is None else os.fspath(path)
        collects = gc.isenabled()
        gc.disable()
        try:
            return self._inspect(source, name, problems)
        except TooManyProblems:
            return Inspection(name, None, problems.sorted(), origin=(self._parser, source))
        finally:
            if collects:
                gc.enable()

    def _inspect(self, source: str | bytes, name: str | None, problems: Problems) -> Inspection:
        export = self._open(source, problems)
        if export is None:
            return Inspection(name, None, problems.sorted(), origin=(self._parser, source))
        try:
            work = self._read(export, problems)
        except TooManyProblems:
            raise
        except (Exception, SystemExit) as error:
            failed = self._failed_cleaner(export)
            if failed is None:
                raise
            return self._without(failed, error, source, name)
        if work is None:
            return Inspection(name, None, problems.sorted(), origin=(self._parser, source))
        article, coverage, ledger = self._finish(work, problems, name)
        return Inspection(
            name,
            None if problems.fatal else article,
            problems.sorted(),
            ledger,
            coverage,
            body=(export.body, export.body_line),
            origin=(self._parser, source),
        )

    def trace(self, source: str | bytes, watch: Callable[[Body], Body]) -> Trace | None:
        """Walk the road again and keep what was on it; None if it does not end in an article. For :mod:`sinaparse.pieces`.

        ``watch`` gets the body before any cleaner and gives the one to go on with.
        """
        problems = self._problems()
        try:
            export = self._open(source, problems)
            work = None if export is None else self._read(export, problems, watch)
            if work is None:
                return None
            article, coverage, ledger = self._finish(work, problems, None)
        except TooManyProblems:
            return None
        if article is None or coverage is None or work.outline is None:
            return None
        return Trace(work.body, work.reader, work.outline, article, coverage, ledger)

    def _problems(self) -> Problems:
        return Problems(self._parser.strict, self._parser.limits.problems)

    def _open(self, source: str | bytes, problems: Problems) -> Export | None:
        """From the source to its envelope and body."""
        text = decode(source, problems, self._parser.limits)
        export = (
            None if text is None else read_export(text, problems, self._parser.limits, find_zone(self._parser.timezone))
        )
        if export is not None:
            _check_origin(export, problems)
        return export

    def _read(self, export: Export, problems: Problems, watch: Callable[[Body], Body] | None = None) -> _Work | None:
        """From the body to its pieces; None if a limit was crossed."""
        body = read_body(export.body, export.body_line, problems, self._parser.limits)
        if body is None:
            return None
        if watch is not None:
            body = watch(body)
        rules = self._parser.cleaners.begin(body)
        try:
            reader = Reader(body, rules, problems, self._parser.limits).read()
        except DepthExceeded as error:
            problems.add("limit-depth", line=body.line(error.node), limit=self._parser.limits.depth)
            return None
        except TooManyVideos as error:
            problems.add("limit-videos", line=body.line(error.node), limit=self._parser.limits.videos)
            return None
        except RecursionError:  # a limit that is set higher than Python's stack
            problems.add("limit-depth", limit=self._parser.limits.depth)
            return None
        if not reader.pieces:
            what = "the cleaners took all of it out" if body.visible or body.media else "the body is empty"
            problems.add("body-missing", line=export.body_line - 1, source="---", what=what)
        return _Work(export, body, reader)

    def _failed_cleaner(self, export: Export) -> str | None:
        """The cleaner that raises an exception."""
        return next((name for name, _, failed in self._turn_by_turn(export) if failed), None)

    def _turn_by_turn(self, export: Export) -> Iterator[tuple[str, Body, bool]]:
        """The body as it was read, and after each cleaner up to one that fails: its name, the body, whether it failed.

        To find out after a failure which cleaner it was, so that the good path pays nothing.
        """
        body = read_body(export.body, export.body_line, self._problems(), self._parser.limits)
        if body is None:
            return
        yield "", body, False
        for cleaner in self._parser.cleaners:
            body.turn = cleaner.name
            try:
                cleaner(body)
            except (Exception, SystemExit):  # noqa: BLE001 whatever it is, it is the cleaner's
                yield cleaner.name, body, True
                return
            yield cleaner.name, body, False

    def _without(self, failed: str, error: Exception | SystemExit, source: str | bytes, path: str | None) -> Inspection:
        """What is known after a cleaner failed: the problem, and in lenient mode the article without that cleaner."""
        others = replace(self._parser, cleaners=self._parser.cleaners.without(failed)).inspect(source, path)
        problems = self._problems()
        problems.add("cleaner-failed", cleaner=repr(failed), error=f"{type(error).__name__}: {error}")
        return Inspection(
            others.path,
            None if self._parser.strict else others.article,
            (*problems, *others.problems),
            others.ledger,
            others.coverage,
            (failed, error),
            others.body,
            others.origin,
        )

    def _finish(
        self, work: _Work, problems: Problems, name: str | None
    ) -> tuple[Article | None, Coverage | None, Sequence[Entry]]:
        """From the pieces of the body to the proven article."""
        pieces, body, envelope = work.reader.pieces, work.body, work.export.envelope
        grids = [piece for piece in pieces if isinstance(piece, Grid)]
        if grids:
            find_table_titles(pieces)
        facts = find_credits(pieces, envelope.title)
        find_captions(pieces)
        read_ends(pieces, facts)
        find_headings(pieces, unmarked=self._parser.unmarked_headings)
        cells = 0
        for grid in grids:
            cells += cell_count(grid)
            if cells > self._parser.limits.table_cells:
                problems.add(
                    "limit-cells", line=body.line(grid.node), size=cells, limit=self._parser.limits.table_cells
                )
                return None, None, body.ledger
            check_table(grid, body, problems)
        outline = work.outline = build_outline(pieces)
        _check_names(envelope, body, problems, name)
        article = Article.model_validate(_fields(envelope, facts, outline, work.reader, body, problems))
        ledger = [*body.ledger, *(_doubled(line, body) for line in outline.doubled)]
        return article, self._prove(work, outline, article, problems), ledger

    def _prove(self, work: _Work, outline: Outline, article: Article, problems: Problems) -> Coverage:
        coverage, proven = prove(work.body, work.reader.ranks, outline, article)
        if not proven:
            again = read_body(work.export.body, work.export.body_line, self._problems(), self._parser.limits)
            if again is not None:
                coverage = find_lost(again.root, coverage, work.body, work.reader.ranks, outline, article)
        if coverage.unaccounted:
            first = coverage.unaccounted[0]
            names = " and ".join(map(repr, self._losers(work.export)))
            blame = f"lost in the turn of the cleaner {names}" if names else "no cleaner is to blame"
            problems.add("content-unaccounted", source=first, count=len(coverage.unaccounted), blame=blame)
        return coverage

    def _losers(self, export: Export) -> list[str]:
        """The cleaners in whose turn something went without a removal."""
        names: list[str] = []
        before: Counter[str] = Counter()
        for name, body, failed in self._turn_by_turn(export):
            if failed:  # it did not the first time, so nothing can be said from here on
                break
            after = _recorded(body)
            if before - after:
                names.append(name)
            before = after
        return names


@dataclass(slots=True)
class _Work:
    """An export on its way, between reading and deciding."""

    export: Export
    body: Body
    reader: Reader
    outline: Outline | None = None


@dataclass(frozen=True, slots=True)
class Trace:
    """What stood on the road from a body to its article."""

    body: Body
    reader: Reader
    outline: Outline
    article: Article
    """Also where strict mode refuses it."""
    coverage: Coverage
    ledger: Sequence[Entry]
    """That of the body, then the lines that repeat a caption."""


def _check_origin(export: Export, problems: Problems) -> None:
    envelope = export.envelope
    if any(mark in export.body for mark in markup.MARKS):
        return
    if not any(markup.NAME in name for name in (*envelope.categories, envelope.publisher)):
        problems.add("not-sina", line=export.body_line)


def _check_names(envelope: Envelope, body: Body, problems: Problems, name: str | None) -> None:
    """What the exporter makes of one thing in several places should be the same."""
    if name is not None and envelope.title:
        stem = os.path.splitext(os.path.basename(name))[0]  # noqa: PTH119, PTH122 a Path takes ten times as long
        if stem != "-" and stem != envelope.title.replace(".", "").replace("#", "").strip():
            problems.add("name-mismatch")
    first = next((item.removeprefix("image: ") for item in body.media if item.startswith("image: ")), None)
    named = {url for url in (envelope.head_image, envelope.thumbnail) if url}
    if named and named != {first}:
        problems.add("head-image-mismatch")


def _recorded(body: Body) -> Counter[str]:
    """The source's characters and media that are in the tree, or in the removals that have left their marks in it."""
    found = Counter(squash(whole_text(text_parts(body.root), body.ledger)))
    found.update(media_of(body.root))
    for entry in body.ledger:
        found.update(entry.media)
    return found


def _doubled(line: Line, body: Body) -> Entry:
    name, what = ("table-title", "table") if line.use == "doubled_title" else ("picture-caption", "picture")
    reason = f"repeats the caption of the {what}"
    return Entry(name, reason, [line.text], "", (), body.raw_line(line.node), line.node.tag)


def _fields(
    envelope: Envelope,
    facts: Facts,
    outline: Outline,
    reader: Reader,
    body: Body,
    problems: Problems,
) -> dict[str, Any]:
    """The article's fields as plain values."""
    for line in facts.unreadable:
        problems.add("editor-unreadable", line=body.line(line.node), source=line.text)
    editor = None if facts.editor is None else {"name": facts.editor[0], "code": facts.editor[1]}
    return {
        "title": envelope.title,
        "original_title": facts.original_title,
        "published_at": envelope.published_at,
        "date_kind": envelope.date_kind,
        "publisher": envelope.publisher,
        "categories": envelope.categories,
        "head_image": _head_image(envelope, outline),
        "authors": facts.authors,
        "source": facts.source or facts.medium,
        "editor": editor,
        "symbols": _symbols(reader, problems),
        "mentions": [{"symbol": symbol, "name": name} for symbol, name in reader.mentions],
        "credits": outline.credits,
        "sections": outline.sections,
        "extra": envelope.extra,
    }


def _head_image(envelope: Envelope, outline: Outline) -> str | None:
    """The front matter's image, if it is one that the article kept; scheme and proxy may differ."""
    url = envelope.head_image
    if url is None:
        return None
    kept = [*outline.images, *filter(None, outline.posters)]
    return url if url in kept or _bare(url) in map(_bare, kept) else None


def _bare(url: str) -> str:
    return unwrap(url).partition("://")[2]


def _symbols(reader: Reader, problems: Problems) -> list[str]:
    """All symbols: in order of mention, then those that only the keyword comment names."""
    mentioned = dict.fromkeys(symbol for symbol, _ in reader.mentions)
    listed = dict.fromkeys(symbol for text in reader.keywords for symbol in symbols.from_comment(text))
    linked = {*mentioned, *reader.linked}
    found = [*mentioned, *(symbol for symbol in listed if symbol not in mentioned)]
    for symbol in found:
        if not (symbol[:2] in symbols.EXCHANGES and symbol[2:].isdigit()) and not symbols.KNOWN.fullmatch(symbol):
            problems.add("symbol-unknown", symbol=symbol)
    if reader.keywords and linked != listed.keys():
        only_linked = sorted(linked.difference(listed))
        only_listed = sorted([symbol for symbol in listed if symbol not in linked])
        parts = [
            f"{what} {_some(names)}"
            for what, names in (("only linked:", only_linked), ("only listed:", only_listed))
            if names
        ]
        problems.add("symbols-disagree", difference="; ".join(parts))
    return found


def _some(names: Sequence[str]) -> str:
    """The first ten of some names, and how many more there are."""
    more = f" and {len(names) - 10} more" if len(names) > 10 else ""
    return ", ".join(map(excerpt, names[:10])) + more
