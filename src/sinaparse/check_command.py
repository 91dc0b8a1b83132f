"""``sinaparse check``: only validate, and say what is wrong in the form that a person, a program or a code host reads."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import nullcontext
from enum import StrEnum
from typing import Annotated

import typer

from sinaparse.corpus import Corpus
from sinaparse.outcome import Outcome
from sinaparse.problems import SEVERITIES, Problem, Severity, counted, headline
from sinaparse.terminal import (
    REFUSED,
    CleanerNames,
    Lenient,
    Paths,
    Timeout,
    UnmarkedHeadings,
    WithoutNames,
    Workers,
    ZoneName,
    check_paths,
    choose_cleaners,
    clean,
    code_table,
    make_corpus,
    make_parser,
    orderly,
    progress,
)

_GITHUB = {"error": "error", "warning": "warning", "info": "notice"}


class Format(StrEnum):
    """How problems are written."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"


def check(
    paths: Paths,
    *,
    form: Annotated[
        Format,
        typer.Option(
            "--format",
            help="text: a line each, as compilers write them; json: an object each, one a line; "
            "github: annotations of GitHub Actions.",
        ),
    ] = Format.TEXT,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Only the summary.")] = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Notes of severity info, too; with excerpts and hints as text.")
    ] = False,
    lenient: Lenient = False,
    timezone: ZoneName = "UTC",
    unmarked_headings: UnmarkedHeadings = False,
    cleaner: CleanerNames = None,
    without: WithoutNames = None,
    workers: Workers = "1",
    timeout: Timeout = None,
) -> None:
    """Validate exports and write nothing but their problems: which, how often, and where.

    Problems go to standard output, the summary to standard error. Exit status: 0 if no file would be refused, else 1; 2 for
    wrong use.
    """
    check_paths(paths)
    parser = make_parser(
        choose_cleaners(cleaner, without), lenient=lenient, timezone=timezone, unmarked=unmarked_headings
    )
    corpus = make_corpus(paths, parser, workers, timeout)
    shown = () if quiet else SEVERITIES if verbose else SEVERITIES[:2]
    writer = {Format.TEXT: _full_text if verbose else _text, Format.JSON: _json, Format.GITHUB: _github}[form]
    with orderly():
        refused = _check(corpus, shown, writer)
    if refused:
        raise typer.Exit(REFUSED)


def _check(corpus: Corpus, severities: Iterable[str], writer: Callable[[str, Problem], str]) -> int:
    """Write the problems of a corpus and the summary; how many files were refused."""
    files = refused = 0
    times: Counter[tuple[Severity, str]] = Counter()
    spread: Counter[tuple[Severity, str]] = Counter()
    bar = progress(corpus, "checking", corpus.count)
    # A bar and lines on one terminal would disturb each other.
    with nullcontext(corpus) if severities and sys.stdout.isatty() else bar as outcomes:
        for outcome in outcomes:
            files += 1
            refused += outcome.json is None
            found = Counter((item.severity, item.code) for item in outcome.problems)
            times += found
            spread.update(found.keys())
            _write(outcome, severities, writer)
    print(code_table({"problems": times, "files": spread}), end="", file=sys.stderr)
    print(f"{counted(files, 'file')}, {refused} refused", file=sys.stderr)
    return refused


def _write(outcome: Outcome, severities: Iterable[str], writer: Callable[[str, Problem], str]) -> None:
    for item in outcome.problems:
        if item.severity in severities:
            print(writer(outcome.path, item))


# --- forms ----------------------------------------------------------------------------------------------------------


def _text(path: str, item: Problem) -> str:
    return clean(headline(item, path))


def _full_text(path: str, item: Problem) -> str:
    lines = [_text(path, item)]
    if item.excerpt:
        lines.append(clean(f"    | {item.excerpt}"))
    if item.hint:
        lines.append(f"    = {item.hint}")
    return "\n".join(lines)


def _json(path: str, item: Problem) -> str:
    return json.dumps({"path": path, **item.model_dump(mode="json")}, ensure_ascii=False)


def _github(path: str, item: Problem) -> str:
    """A workflow command; its grammar is that of GitHub's documentation, "Workflow commands for GitHub Actions"."""
    line = "" if item.line is None else f",line={item.line}"
    place = f"file={_property(path)}{line},title={_property(item.code)}"
    return clean(f"::{_GITHUB[item.severity]} {place}::{_data(f'{item.message}. {item.hint}'.rstrip())}")


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
