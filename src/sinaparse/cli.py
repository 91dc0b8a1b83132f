"""The command: ``sinaparse parse PATH... -o articles.jsonl``, ``sinaparse cleaners``, and what other modules add to it."""

from __future__ import annotations

import os
import signal
import sys
from dataclasses import asdict
from io import TextIOWrapper
from typing import Annotated

import typer

from sinaparse import __version__
from sinaparse.check_command import check
from sinaparse.cleaners import default_cleaners
from sinaparse.cleaners.installed import installed_cleaners, summary_of
from sinaparse.convert_command import convert
from sinaparse.diff_command import diff
from sinaparse.inspect_command import inspect
from sinaparse.parse_command import parse
from sinaparse.schema_command import schema
from sinaparse.terminal import (
    AsJson,
    examples,
    orderly,
    put,
)

app = typer.Typer(
    add_completion=True,
    rich_markup_mode="markdown",  # which joins the lines of a paragraph
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


_STREAMS = (("stdin", "r", os.O_WRONLY), ("stdout", "w", os.O_RDONLY), ("stderr", "w", os.O_WRONLY))
"""The standard streams, and how the null device stands in for one that is closed: reading and writing articles fails."""


def main() -> None:
    """Run the command with the arguments of the process."""
    # Otherwise files that are opened would get the numbers of closed streams, and reports would go to standard output.
    for name, mode, flags in _STREAMS:
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.open(os.devnull, flags), mode, encoding="utf-8", closefd=False))  # noqa: SIM115 open to the end
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


app.command(
    epilog=examples(
        "parse exports -o articles.jsonl",
        "parse exports -o articles.jsonl --errors refused.jsonl --workers 4",
        "parse exports -o articles.jsonl --resume",
        "parse exports -o articles.parquet -o images.parquet",
        "parse exports -o news.duckdb --lenient",
        "parse - < FILE.md",
    )
)(parse)


@app.command()
def cleaners(*, as_json: AsJson = False) -> None:
    """List the built-in cleaners and those of installed packages."""
    with orderly():
        (_put_cleaners if as_json else _print_cleaners)()


def _put_cleaners() -> None:
    for item in default_cleaners():
        put({"name": item.name, "built_in": True, "summary": summary_of(item)})
    for found in installed_cleaners():
        put({"built_in": False, **asdict(found)})


def _print_cleaners() -> None:
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


app.command(epilog=examples("check exports", "check exports --format github", "check exports --format json -v"))(check)
app.command(epilog=examples("inspect FILE.md", "inspect FILE.md --html page.html", "inspect exports --html pages"))(
    inspect
)
app.command(epilog=examples("diff exports --without promo-sentence", "diff exports --cleaner my-cleaner --json"))(diff)
app.command(epilog=examples("schema", "schema line > line.schema.json"))(schema)
app.command(epilog=examples("convert exports -o posts", "convert exports -o pages --to html --images drop"))(convert)
