"""The command: ``sinaparse parse PATH... -o articles.jsonl``, and ``sinaparse cleaners``.

Exit status: 0 all files parsed, 1 some refused, 2 wrong use or a run that could not be finished, 130 interrupted, 141 the
reader of the output went away.
"""

from __future__ import annotations

import json
import os
import pickle
import secrets
import signal
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, contextmanager, suppress
from io import TextIOWrapper
from typing import Annotated, BinaryIO

import typer

from sinaparse import __version__
from sinaparse.cleaners import Pipeline, PipelineError, default_cleaners
from sinaparse.cleaners.installed import installed_cleaners, load_cleaner, summary_of
from sinaparse.corpus import STDIN, SUFFIXES, Corpus, Outcome, find_exports, read_corpus
from sinaparse.parser import Parser
from sinaparse.problems import report

REFUSED, WRONG_USE, INTERRUPTED, READER_GONE = 1, 2, 130, 141
STDOUT = "-"

CleanerNames = Annotated[
    list[str] | None,
    typer.Option("--cleaner", metavar="NAME", help="Add the installed cleaner NAME at the end; may be repeated."),
]
WithoutNames = Annotated[
    list[str] | None,
    typer.Option("--without", metavar="NAME", help="Leave out the default cleaner NAME; may be repeated."),
]

app = typer.Typer(
    add_completion=False,
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


@app.command()
def parse(
    paths: Annotated[list[str], typer.Argument(metavar="PATH...", help="Files, folders, or - for standard input.")],
    *,
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="FILE", help="Where to write the articles; - is standard output.")
    ] = STDOUT,
    errors: Annotated[
        str | None, typer.Option("--errors", metavar="FILE", help="Write refused files and their problems here.")
    ] = None,
    lenient: Annotated[
        bool, typer.Option("--lenient", help="Give the best article there is instead of refusing the file.")
    ] = False,
    timezone: Annotated[
        str, typer.Option("--timezone", metavar="ZONE", help="Zone of dates that name none, such as Asia/Shanghai.")
    ] = "UTC",
    unmarked_headings: Annotated[
        bool, typer.Option("--unmarked-headings", help="Take short lines without any mark-up for headings, too.")
    ] = False,
    cleaner: CleanerNames = None,
    without: WithoutNames = None,
    workers: Annotated[int, typer.Option("--workers", min=1, metavar="N", help="Parse in N processes.")] = 1,
) -> None:
    """Parse exports and write the articles as JSON lines.

    Refused files and their problems are reported on standard error. Exit status: 0 if all files were parsed, 1 if some
    were refused, 2 for wrong use.
    """
    _check_paths(paths)
    _check_outputs([output] if errors is None else [output, errors], paths)
    pipeline = choose_cleaners(cleaner, without)
    try:
        parser = Parser(strict=not lenient, cleaners=pipeline, timezone=timezone, unmarked_headings=unmarked_headings)
    except ValueError as error:
        raise _failure(str(error)) from None
    try:
        corpus = read_corpus(paths, parser, workers=workers)
    except (PipelineError, pickle.PicklingError, AttributeError, TypeError) as error:  # pickle has many words for no
        raise _failure(f"a cleaner can't be sent to the workers: {error}; --workers 1 needs none") from None
    try:
        refused = _run(corpus, output, errors)
    except BrokenPipeError:
        _drop_output()
        raise typer.Exit(READER_GONE) from None
    except KeyboardInterrupt:
        print("sinaparse: interrupted", file=sys.stderr)
        raise typer.Exit(INTERRUPTED) from None
    except BrokenProcessPool:
        raise _failure("a worker process died; --workers 1 shows at which file") from None
    except OSError as error:
        raise _failure(str(error)) from None
    if refused:
        raise typer.Exit(REFUSED)


@app.command()
def cleaners() -> None:
    """List the built-in cleaners and those of installed packages."""
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


def choose_cleaners(names: list[str] | None, without: list[str] | None) -> Pipeline:
    """The default cleaners without some of them, then installed ones in the order given; ends the command if that can't be."""
    try:
        return default_cleaners().without(*without or ()).then(*map(load_cleaner, names or ()))
    except ValueError as error:
        raise _failure(str(error)) from None


def _failure(message: str) -> typer.Exit:
    print("sinaparse:", message, file=sys.stderr)
    return typer.Exit(WRONG_USE)


def _check_paths(paths: list[str]) -> None:
    for path in paths:
        if path != STDIN and not os.path.exists(path):
            raise _failure(f"no such file or folder: {path}")
        if next(find_exports(path), None) is None:
            raise _failure(f"no {' or '.join('*' + suffix for suffix in SUFFIXES)} in {path}")


def _check_outputs(outputs: list[str], inputs: list[str]) -> None:
    """Refuse to write over what is to be read, and to write two things to one place."""
    taken = {os.path.realpath(path) for path in inputs if path != STDIN}
    for name in outputs:
        place = name if name == STDOUT else os.path.realpath(name)
        if place in taken:
            raise _failure(f"{name} is an input or written to already: write to another file")
        if name.lower().endswith(SUFFIXES):
            raise _failure(f"{name} would be an input the next time: write to a file with another suffix")
        if name != STDOUT and not os.path.isdir(os.path.dirname(place)):
            raise _failure(f"no such folder: {os.path.dirname(name)}")
        taken.add(place)


def _run(corpus: Corpus, output: str, errors: str | None) -> bool:
    """Write the articles of a corpus, and the refused files if there is a place for them; say whether there were any."""
    articles, refused = 0, 0
    warnings: Counter[str] = Counter()
    with ExitStack() as stack:
        article_file = stack.enter_context(_replacing(output))
        error_file = None if errors is None else stack.enter_context(_replacing(errors))
        shown = output != STDOUT or not sys.stdout.isatty()
        for outcome in stack.enter_context(_with_progress(corpus)) if shown else corpus:
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


@contextmanager
def _with_progress(corpus: Corpus) -> Iterator[Iterable[Outcome]]:
    """The same outcomes, with a progress bar on standard error if that is a terminal."""
    if not sys.stderr.isatty():
        yield corpus
        return
    # Needed on a terminal only.
    from rich.console import Console
    from rich.progress import Progress

    total = sum(1 for _ in corpus.paths())
    with Progress(console=Console(stderr=True), transient=True) as progress:
        yield progress.track(corpus, total, description="parsing")


@contextmanager
def _replacing(name: str) -> Iterator[BinaryIO]:
    """A file to write to that takes the place ``name`` only when all is written: no failure leaves half of it behind."""
    if name == STDOUT:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    place = os.path.realpath(name)
    if os.path.exists(place) and not os.path.isfile(place):
        with open(place, "wb") as device:  # /dev/null, a named pipe: must not be replaced
            yield device
        return
    draft = os.path.join(os.path.dirname(place), f".sinaparse-{secrets.token_hex(8)}.tmp")
    try:
        with open(draft, "xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, place)
    except BaseException:
        with suppress(FileNotFoundError):
            os.unlink(draft)
        raise


def _drop_output() -> None:
    """Send what is still buffered nowhere, so that the interpreter does not complain about the closed pipe at its end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        os.dup2(nowhere, stream.fileno())


from sinaparse import diff_command, inspect_command  # noqa: E402, F401 they add their commands to `app`
