"""The command: ``sinaparse parse PATH... -o articles.jsonl``, ``sinaparse cleaners``, and what other modules add to it."""

from __future__ import annotations

import json
import signal
import sys
from collections import Counter
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack
from dataclasses import asdict
from io import TextIOWrapper
from typing import Annotated

import typer

from sinaparse import __version__
from sinaparse.check_command import check
from sinaparse.cleaners import default_cleaners
from sinaparse.cleaners.installed import installed_cleaners, summary_of
from sinaparse.convert_command import convert
from sinaparse.corpus import Corpus
from sinaparse.diff_command import diff
from sinaparse.inspect_command import inspect
from sinaparse.outcome import Outcome
from sinaparse.problems import report
from sinaparse.schema_command import schema
from sinaparse.terminal import (
    REFUSED,
    STDOUT,
    AsJson,
    CleanerNames,
    Lenient,
    Paths,
    UnmarkedHeadings,
    WithoutNames,
    Workers,
    ZoneName,
    check_outputs,
    check_paths,
    choose_cleaners,
    examples,
    failure,
    make_corpus,
    make_parser,
    orderly,
    progress,
    put,
    replacing,
)

app = typer.Typer(
    add_completion=True,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def main() -> None:
    """Run the command with the arguments of the process."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # A console may know fewer characters than an article has (GBK knows no emoji): escape them, don't crash.
            stream.reconfigure(errors="backslashreplace")
    # What is half-written is cleaned up after `kill`, too.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    app()


def _show_version(wanted: bool) -> None:
    if wanted:
        print("sinaparse", __version__)
        raise typer.Exit


@app.callback()
def _sinaparse(
    _version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Turn Sina Finance article exports into typed articles."""


@app.command(
    epilog=examples(
        "parse exports -o articles.jsonl",
        "parse exports -o articles.jsonl --errors errors.jsonl --workers 4",
        "parse - < FILE.md",
    )
)
def parse(
    paths: Paths,
    *,
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="FILE", help="Where to write the articles; - is standard output.")
    ] = STDOUT,
    errors: Annotated[
        str | None, typer.Option("--errors", metavar="FILE", help="Write refused files and their problems here.")
    ] = None,
    lenient: Lenient = False,
    timezone: ZoneName = "UTC",
    unmarked_headings: UnmarkedHeadings = False,
    cleaner: CleanerNames = None,
    without: WithoutNames = None,
    workers: Workers = 1,
) -> None:
    """Parse exports and write the articles as JSON lines.

    Refused files and their problems are reported on standard error. Exit status: 0 if all files were parsed, 1 if some
    were refused, 2 for wrong use.
    """
    check_paths(paths)
    check_outputs([output] if errors is None else [output, errors], paths)
    pipeline = choose_cleaners(cleaner, without)
    parser = make_parser(pipeline, lenient=lenient, timezone=timezone, unmarked=unmarked_headings)
    corpus = make_corpus(paths, parser, workers)
    with orderly():
        try:
            refused = _run(corpus, output, errors)
        except BrokenProcessPool:
            raise failure("a worker process died; --workers 1 shows at which file") from None
    if refused:
        raise typer.Exit(REFUSED)


@app.command()
def cleaners(*, as_json: AsJson = False) -> None:
    """List the built-in cleaners and those of installed packages."""
    if as_json:
        for item in default_cleaners():
            put({"name": item.name, "built_in": True, "summary": summary_of(item)})
        for found in installed_cleaners():
            put({"built_in": False, **asdict(found)})
        return
    built_in = [(item.name, summary_of(item)) for item in default_cleaners()]
    installed = [
        (item.name, f"{item.summary} ({item.distribution})" if item.error is None else f"can't be used: {item.error}")
        for item in installed_cleaners()
    ]
    width = max(len(name) for name, _ in [*built_in, *installed])
    for title, rows in (
        ("Built in; --without NAME leaves one out:", built_in),
        ("Installed; --cleaner NAME adds one:", installed or [("(none)", "")]),
    ):
        print(title)
        for name, words in rows:
            print(f"  {name:{width}}  {' '.join(words.split())}".rstrip())


def _run(corpus: Corpus, output: str, errors: str | None) -> bool:
    """Write the articles of a corpus, and the refused files if there is a place for them; say whether there were any."""
    articles, refused = 0, 0
    warnings: Counter[str] = Counter()
    with ExitStack() as stack:
        article_file = stack.enter_context(replacing(output))
        error_file = None if errors is None else stack.enter_context(replacing(errors))
        shown = output != STDOUT or not sys.stdout.isatty()
        outcomes = progress(corpus, "parsing", lambda: sum(1 for _ in corpus.paths()))
        for outcome in stack.enter_context(outcomes) if shown else corpus:
            warnings.update(item.code for item in outcome.problems if item.severity == "warning")
            if outcome.json is not None:
                articles += 1
                article_file.write(outcome.line() + b"\n")
                continue
            refused += 1
            print(report(outcome.problems, outcome.path), file=sys.stderr)
            if error_file is not None:
                error_file.write(_error_line(outcome) + b"\n")
    print(f"{articles} article{'' if articles == 1 else 's'}, {refused} refused", file=sys.stderr)
    for code, times in warnings.most_common():
        print(f"  {times} warning{'' if times == 1 else 's'}: {code}", file=sys.stderr)
    return refused > 0


def _error_line(outcome: Outcome) -> bytes:
    return b'{"path":%b,"problems":%b}' % (json.dumps(outcome.path, ensure_ascii=False).encode(), outcome.problems_json)


app.command(epilog=examples("check exports", "check exports --format github", "check exports --format json -v"))(check)
app.command(epilog=examples("inspect FILE.md", "inspect FILE.md --html page.html", "inspect exports --html pages"))(
    inspect
)
app.command(epilog=examples("diff exports --without promo-sentence", "diff exports --cleaner my-cleaner --json"))(diff)
app.command(epilog=examples("schema", "schema line > line.schema.json"))(schema)
app.command(epilog=examples("convert exports -o posts", "convert exports -o pages --to html --images drop"))(convert)
