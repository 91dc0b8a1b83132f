"""``sinaparse diff``: what a change of the pipeline does to a whole folder."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from typing import Annotated, Literal

import typer

from sinaparse.body import squash
from sinaparse.cleaners import default_cleaners
from sinaparse.inputs import find_exports, shown_name
from sinaparse.inspection import Inspection, Piece
from sinaparse.models import Article
from sinaparse.parser import Parser
from sinaparse.problems import Problem, excerpt
from sinaparse.terminal import (
    REFUSED,
    AsJson,
    CleanerNames,
    UnmarkedHeadings,
    WithoutNames,
    ZoneName,
    check_paths,
    choose_cleaners,
    clean,
    console,
    failure,
    make_parser,
    orderly,
    progress,
    put,
    read,
    show,
)

Direction = Literal["goes", "comes back", "changes hands"]
_SIGNS = {"goes": "-", "comes back": "+", "changes hands": "="}
_STYLES = {"goes": "red", "comes back": "green", "changes hands": "cyan"}


@dataclass(frozen=True, slots=True)
class Change:
    """A run of source that one pipeline keeps and the other does not, or that another cleaner takes out."""

    direction: Direction
    cleaner: str
    """Who takes it out, or did before; ``nobody`` for what is unaccounted."""
    line: int
    source: str
    chars: int
    """Visible characters; 0 for a picture, a video or the frame of a table."""


def diff(
    folder: Annotated[str, typer.Argument(metavar="FOLDER", help="A folder of exports, or a file.")],
    *,
    cleaner: CleanerNames = None,
    without: WithoutNames = None,
    as_json: AsJson = False,
    lenient: Annotated[bool, typer.Option("--lenient", help="Compare what lenient mode gives.")] = False,
    timezone: ZoneName = "UTC",
    unmarked_headings: UnmarkedHeadings = False,
) -> None:
    """Show what another pipeline does to a folder, compared with the default one: what goes, what comes back.

    Exit status: 0 if no file is refused that was not before, else 1; 2 for wrong use.
    """
    check_paths([folder])
    if not (cleaner or without):
        raise failure("nothing to compare: name a cleaner with --cleaner or --without")
    before = make_parser(default_cleaners(), lenient=lenient, timezone=timezone, unmarked=unmarked_headings)
    after = replace(before, cleaners=choose_cleaners(cleaner, without))
    files = list(find_exports(folder))
    with orderly(), progress(files, "reading", files.__len__) as paths:
        found = _compare_all(paths, before, after)
        refused = _write_json(found) if as_json else _report(found, len(files))
    if refused:
        raise typer.Exit(REFUSED)


@dataclass(frozen=True, slots=True)
class FileDiff:
    """What is not the same about one file under two pipelines."""

    path: str
    verdict: Literal["refused", "accepted"] | None
    """What it is now, if it was the other before."""
    problems: tuple[Problem, ...]
    """Those that it has now and did not have before."""
    changes: tuple[Change, ...]
    fields: tuple[str, ...]
    """Fields of the article that differ."""


def compare(path: str, old: Inspection, new: Inspection) -> FileDiff | None:
    """What differs between two inspections of one file; None if nothing does."""
    if old.article == new.article and old.removals == new.removals and old.problems == new.problems:
        return None
    return FileDiff(
        path,
        None if (old.article is None) == (new.article is None) else "refused" if new.article is None else "accepted",
        tuple(item for item in new.problems if item not in old.problems),
        tuple(changes(old, new)),
        _fields(old.article, new.article),
    )


def _compare_all(files: Iterable[str], before: Parser, after: Parser) -> Iterator[FileDiff]:
    for path in files:
        name = shown_name(path)
        try:
            source = read(path)
        except OSError as error:
            print(clean(f"sinaparse: {name}: {error.strerror}"), file=sys.stderr)
            continue
        if found := compare(name, before.inspect(source, name), after.inspect(source, name)):
            yield found


def _report(found: Iterable[FileDiff], number: int) -> bool:
    """Show the differences and their totals; whether a file is refused that was not before."""
    out = console()
    verdicts: Counter[str | None] = Counter()
    chars: Counter[tuple[str, str]] = Counter()
    for item in found:
        verdicts[item.verdict] += 1
        show(out, item.path, "bold")
        if item.verdict:
            show(out, f"  {item.verdict} now", "bold red")
        for problem in item.problems:
            show(out, f"  {problem}")
        for change in item.changes:
            chars[change.direction, change.cleaner] += change.chars
            what = f"{change.cleaner}: {excerpt(change.source)}"
            show(out, f"  {_SIGNS[change.direction]} {change.line:>5}  {what}", _STYLES[change.direction])
        if item.fields:
            show(out, f"  fields that differ: {', '.join(item.fields)}")
    show(out, f"{verdicts.total()} of {number} files change", "bold")
    for direction in _SIGNS:
        parts = [f"{times} {cleaner}" for (kind, cleaner), times in chars.most_common() if kind == direction]
        total = sum(times for (kind, _), times in chars.items() if kind == direction)
        if parts:
            show(out, f"{direction}: {total} characters ({', '.join(parts)})", _STYLES[direction])
    if verdicts["refused"] or verdicts["accepted"]:
        show(out, f"{verdicts['refused']} refused now, {verdicts['accepted']} accepted now")
    return verdicts["refused"] > 0


def _write_json(found: Iterable[FileDiff]) -> bool:
    refused = False
    for item in found:
        refused |= item.verdict == "refused"
        put(asdict(item) | {"problems": [problem.model_dump(mode="json") for problem in item.problems]})
    return refused


def changes(old: Inspection, new: Inspection) -> Iterator[Change]:
    """What became of the pieces of one source under two pipelines, where that is not the same; in order."""
    text = old.source_text
    last: Change | None = None
    place: str | None = None
    for before, after, start, end in _side_by_side(old.pieces, new.pieces):
        kind = _kind(before, after)
        if kind is None:
            continue
        direction, cleaner = kind
        theirs = before if direction == "goes" else after
        chars = len(theirs.text) if (start, end) == (theirs.start, theirs.end) else len(squash(text[start:end]))
        if direction == "changes hands":
            chars = min(len(before.text), len(after.text), chars)
        if last is not None and place == theirs.place and (last.direction, last.cleaner) == kind and place is not None:
            last = replace(last, source=last.source + text[start:end], chars=last.chars + chars)
            continue
        if last is not None:
            yield last
        place = theirs.place
        last = Change(direction, cleaner, text.count("\n", 0, start) + 1, text[start:end], chars)
    if last is not None:
        yield last


def _kind(before: Piece, after: Piece) -> tuple[Direction, str] | None:
    kept = ("kept", "credit")
    if before.fate in kept and after.fate not in kept:
        return "goes", after.cleaner or "nobody"
    if after.fate in kept and before.fate not in kept:
        return "comes back", before.cleaner or "nobody"
    if None not in (before.cleaner, after.cleaner) and before.cleaner != after.cleaner:
        return "changes hands", after.cleaner or ""
    return None


def _side_by_side(old: tuple[Piece, ...], new: tuple[Piece, ...]) -> Iterator[tuple[Piece, Piece, int, int]]:
    """Where pieces of both overlap, from the first to the last."""
    mine, others = list(reversed(old)), list(reversed(new))
    while mine and others:
        before, after = mine[-1], others[-1]
        start, end = max(before.start, after.start), min(before.end, after.end)
        yield before, after, start, end
        if before.end == end:
            mine.pop()
        if after.end == end:
            others.pop()


def _fields(old: Article | None, new: Article | None) -> tuple[str, ...]:
    if old is None or new is None:
        return ()
    return tuple(name for name in Article.model_fields if getattr(old, name) != getattr(new, name))
