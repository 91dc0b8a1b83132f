"""``sinaparse diff``: what a change of the pipeline does to a whole folder."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Annotated, Literal

import typer

from sinaparse.body import squash
from sinaparse.cleaners import default_cleaners
from sinaparse.inputs import find_exports, shown_name
from sinaparse.inspection import Inspection, Piece
from sinaparse.models import Article
from sinaparse.parser import Parser
from sinaparse.problems import excerpt
from sinaparse.terminal import (
    REFUSED,
    CleanerNames,
    UnmarkedHeadings,
    WithoutNames,
    ZoneName,
    check_paths,
    choose_cleaners,
    console,
    failure,
    make_parser,
    orderly,
    progress,
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
    with orderly():
        refused = _compare(folder, before, after)
    if refused:
        raise typer.Exit(REFUSED)


def _compare(folder: str, before: Parser, after: Parser) -> bool:
    out = console()
    changed = refused = accepted = 0
    chars: Counter[tuple[str, str]] = Counter()
    files = list(find_exports(folder))
    with progress(files, "reading", files.__len__) as paths:
        for path in paths:
            name = shown_name(path)
            try:
                source = read(path)
            except OSError as error:
                print(f"sinaparse: {name}: {error.strerror}", file=sys.stderr)
                continue
            old, new = before.inspect(source, name), after.inspect(source, name)
            if old.article == new.article and old.removals == new.removals and old.problems == new.problems:
                continue
            changed += 1
            show(out, name, "bold")
            if (old.article is None) != (new.article is None):
                refused += new.article is None
                accepted += old.article is None
                show(out, f"  {'refused' if new.article is None else 'accepted'} now", "bold red")
            for item in new.problems:
                if item not in old.problems:
                    show(out, f"  {item}")
            for change in changes(old, new):
                chars[change.direction, change.cleaner] += change.chars
                what = f"{change.cleaner}: {excerpt(change.source)}"
                show(out, f"  {_SIGNS[change.direction]} {change.line:>5}  {what}", _STYLES[change.direction])
            if fields := _fields(old.article, new.article):
                show(out, f"  fields that differ: {', '.join(fields)}")
    show(out, f"{changed} of {len(files)} files change", "bold")
    for direction in _SIGNS:
        parts = [f"{number} {cleaner}" for (kind, cleaner), number in chars.most_common() if kind == direction]
        total = sum(number for (kind, _), number in chars.items() if kind == direction)
        if parts:
            show(out, f"{direction}: {total} characters ({', '.join(parts)})", _STYLES[direction])
    if refused or accepted:
        show(out, f"{refused} refused now, {accepted} accepted now")
    return refused > 0


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


def _fields(old: Article | None, new: Article | None) -> list[str]:
    if old is None or new is None:
        return []
    return [name for name in Article.model_fields if getattr(old, name) != getattr(new, name)]
