"""``sinaparse inspect``: what became of the pieces of a file, in the terminal or as a page; of a folder, an index."""

from __future__ import annotations

import hashlib
import os
import sys
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from sinaparse.inputs import STDIN, find_exports, shown_name, unreadable
from sinaparse.inspection import Inspection
from sinaparse.models import Article, Section
from sinaparse.page import Row, by_trouble, file_page, index_page, metadata
from sinaparse.parser import Parser
from sinaparse.pieces import walk
from sinaparse.problems import Severity, counted, excerpt, report
from sinaparse.terminal import (
    REFUSED,
    AsJson,
    CleanerNames,
    UnmarkedHeadings,
    WithoutNames,
    ZoneName,
    check_outputs,
    check_paths,
    choose_cleaners,
    console,
    failure,
    make_parser,
    orderly,
    progress,
    put,
    read,
    replacing,
    show,
)

if TYPE_CHECKING:
    from rich.console import Console

_STYLES: dict[Severity, str] = {"error": "bold red", "warning": "yellow", "info": "cyan"}


def inspect(
    path: Annotated[str, typer.Argument(metavar="PATH", help="A file, a folder, or - for standard input.")],
    *,
    html: Annotated[
        str | None,
        typer.Option("--html", metavar="OUT", help="Write a page to OUT; for a folder, pages into folder OUT."),
    ] = None,
    as_json: AsJson = False,
    lenient: Annotated[bool, typer.Option("--lenient", help="Judge as lenient mode does.")] = False,
    timezone: ZoneName = "UTC",
    unmarked_headings: UnmarkedHeadings = False,
    cleaner: CleanerNames = None,
    without: WithoutNames = None,
) -> None:
    """Show what became of each piece of an export: kept, removed by which cleaner, or lost.

    Exit status: 0 if all files were parsed, 1 if some were refused, 2 for wrong use.
    """
    check_paths([path])
    if as_json and html is not None:
        raise failure("--json and --html are two forms of one thing: name one")
    pipeline = choose_cleaners(cleaner, without)
    parser = make_parser(pipeline, lenient=lenient, timezone=timezone, unmarked=unmarked_headings)
    with orderly():
        if as_json:
            refused = _write_json(path, parser)
        elif path != STDIN and os.path.isdir(path):
            refused = _inspect_folder(path, parser, html)
        else:
            if html is not None:
                check_outputs([html], [path])
            refused = _inspect_file(path, parser, html)
    if refused:
        raise typer.Exit(REFUSED)


def _look(path: str, parser: Parser) -> tuple[Inspection, Article | None]:
    """The inspection of a file and the article to show: where strict mode refuses it, that of lenient mode."""
    name = shown_name(path)
    try:
        source = read(path)
    except OSError as error:
        return Inspection(name, None, (unreadable(error),)), None
    inspection = parser.inspect(source, name)
    return inspection, inspection.article or replace(parser, strict=False).inspect(source, name).article


def _write_json(path: str, parser: Parser) -> bool:
    """Write each inspection as a JSON object; its article is None where the file is refused."""
    refused = False
    for file in find_exports(path):
        inspection, _ = _look(file, parser)
        refused |= inspection.article is None
        put(
            {
                "path": inspection.path,
                "article": None if inspection.article is None else inspection.article.model_dump(mode="json"),
                "problems": [item.model_dump(mode="json") for item in inspection.problems],
                "removals": [item.model_dump(mode="json") for item in inspection.removals],
                "coverage": inspection.coverage.model_dump(mode="json"),
            }
        )
    return refused


def _inspect_file(path: str, parser: Parser, html: str | None) -> bool:
    inspection, article = _look(path, parser)
    if html is None:
        _print_report(console(), inspection, article)
    else:
        _write(html, file_page(inspection, article))
    return inspection.article is None


def _inspect_folder(path: str, parser: Parser, html: str | None) -> bool:
    if html is not None:
        os.makedirs(os.path.join(html, "pages"), exist_ok=True)
    rows = []
    files = list(find_exports(path))
    with progress(files, "reading", files.__len__) as shown:
        for file in shown:
            inspection, article = _look(file, parser)
            # Titles make long names, and two folders may have files of one name: a page is named by its file's path.
            key = hashlib.sha256(os.fsencode(os.path.relpath(file, path))).hexdigest()[:16]
            page = f"pages/{key}.html"
            if html is not None:
                _write(os.path.join(html, "pages", f"{key}.html"), file_page(inspection, article, "../index.html"))
            rows.append(Row.of(inspection, article, page))
    refused = sum(row.refused for row in rows)
    if html is None:
        _print_rows(console(), rows)
    else:
        _write(os.path.join(html, "index.html"), index_page(rows))
    print(f"{len(rows)} files, {refused} refused", file=sys.stderr)
    return refused > 0


def _write(name: str, page: str) -> None:
    with replacing(name) as file:
        file.write(page.encode("utf-8", "backslashreplace"))


# --- the terminal -------------------------------------------------------------------------------------------------


def _print_report(out: Console, inspection: Inspection, article: Article | None) -> None:
    show(out, inspection.path or "<source>", "bold")
    if inspection.article is None:
        note = "refused; what follows is what lenient mode makes of it" if article else "refused"
        show(out, note, "bold red")
    if article is not None:
        for name, value in metadata(article):
            show(out, f"  {name + ':':16}{value}")
        show(out, "\noutline", "bold")
        for path, section in walk(article):
            depth = path.count(".")
            show(out, f"  {'  ' * depth}{section.heading or '(before the first heading)'} [{_contents(section)}]")
        for credit in article.credits:
            show(out, f"  {credit.kind}: {credit.text}", "dim")
    show(out, f"\n{len(inspection.removals)} removals", "bold")
    for removal in inspection.removals:
        words = excerpt(" ".join((removal.text, *removal.media)))
        line = f"  {removal.line or '':>5}  {removal.cleaner}: {removal.reason}{words and f': {words}'}"
        show(out, line, "" if removal.visible else "dim")
    coverage = inspection.coverage
    show(out, f"\ncoverage: {coverage.kept_chars} characters kept, {coverage.removed_chars} removed", "bold")
    by_cleaner: Counter[str] = Counter()
    for piece in inspection.pieces:
        if piece.fate == "removed" and piece.cleaner is not None:
            by_cleaner[piece.cleaner] += len(piece.text)
    for name, number in by_cleaner.most_common():
        show(out, f"  {number:>5}  {name}")
    for text in coverage.unaccounted:
        show(out, f"  unaccounted: {excerpt(text)}", _STYLES["error"])
    show(out, "\nproblems", "bold")
    show(out, report(inspection.problems, inspection.path))


def _contents(section: Section) -> str:
    kinds = Counter(block.kind for block in section.blocks)
    return ", ".join(counted(number, kind) for kind, number in kinds.items()) or "nothing"


def _print_rows(out: Console, rows: list[Row]) -> None:
    for row in by_trouble(rows):
        severities = {item.severity for item in row.problems}
        verdict = "refused" if row.refused else f"{row.unaccounted} unaccounted" if row.unaccounted else "parsed"
        codes = ", ".join(dict.fromkeys(item.code for item in row.problems))
        style = next((style for severity, style in _STYLES.items() if severity in severities), "")
        show(out, f"{verdict:8} {row.removed:>6} of {row.kept + row.removed:>6} removed  {row.name}  {codes}", style)
