"""What the commands share: options, the statuses they end with, paths, output files, the terminal.

Exit status: 0 all files parsed, 1 some refused, 2 wrong use or a run that could not be finished, 130 interrupted, 141 the
reader of the output went away.
"""

from __future__ import annotations

import json
import os
import pickle
import re
import secrets
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Annotated, BinaryIO, TypeVar

import typer

from sinaparse.cleaners import Pipeline, PipelineError, default_cleaners
from sinaparse.cleaners.installed import installed_cleaners, load_cleaner
from sinaparse.corpus import Corpus, read_corpus
from sinaparse.inputs import STDIN, SUFFIXES, find_exports
from sinaparse.parser import Parser
from sinaparse.problems import SEVERITIES, Severity, WorkerError

if TYPE_CHECKING:
    from rich.console import Console

_Item = TypeVar("_Item")

REFUSED, WRONG_USE, INTERRUPTED, READER_GONE = 1, 2, 130, 141
STDOUT = "-"

Paths = Annotated[
    list[str], typer.Argument(metavar="PATH", help="Files, folders, patterns, archives, or - for standard input.")
]
Lenient = Annotated[
    bool, typer.Option("--lenient", help="Give the best article there is instead of refusing the file.")
]
Workers = Annotated[
    str, typer.Option("--workers", metavar="N", help="Parse in N processes; auto: one for each processor.")
]
Timeout = Annotated[
    float | None, typer.Option("--timeout", metavar="SECONDS", help="Give up on a file that takes longer.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Write JSON instead, an object a line.")]
CleanerNames = Annotated[
    list[str] | None,
    typer.Option(
        "--cleaner",
        metavar="NAME",
        help="Add the installed cleaner NAME at the end; may be repeated.",
        autocompletion=lambda: [item.name for item in installed_cleaners()],
    ),
]
WithoutNames = Annotated[
    list[str] | None,
    typer.Option(
        "--without",
        metavar="NAME",
        help="Leave out the default cleaner NAME; may be repeated.",
        autocompletion=lambda: list(default_cleaners().names),
    ),
]
ZoneName = Annotated[
    str, typer.Option("--timezone", metavar="ZONE", help="Zone of dates that name none, such as Asia/Shanghai.")
]
UnmarkedHeadings = Annotated[
    bool, typer.Option("--unmarked-headings", help="Take short lines without any mark-up for headings, too.")
]


def examples(*calls: str) -> str:
    """The end of a command's help: calls that one copies."""
    lines = "  \n".join(f"sinaparse {call}" for call in calls)  # hard breaks: help is read as Markdown
    return f"Examples:\n\n{lines}"


def choose_cleaners(names: list[str] | None, without: list[str] | None) -> Pipeline:
    """The default cleaners without some of them, then installed ones in the order given; ends the command if that can't be."""
    try:
        return default_cleaners().without(*without or ()).then(*map(load_cleaner, names or ()))
    except ValueError as error:
        raise failure(str(error)) from None


def make_parser(pipeline: Pipeline, *, lenient: bool, timezone: str, unmarked: bool) -> Parser:
    """A parser with the options of a command; ends the command if the zone is unknown."""
    try:
        return Parser(strict=not lenient, cleaners=pipeline, timezone=timezone, unmarked_headings=unmarked)
    except ValueError as error:
        raise failure(str(error)) from None


def make_corpus(paths: list[str], parser: Parser, workers: str, timeout: float | None) -> Corpus:
    """The files of a command; ends the command if they can't be parsed in so many processes."""
    if workers != "auto" and not (workers.isascii() and workers.isdecimal() and int(workers)):
        raise failure(f"--workers must be a number of at least 1, or auto, not {workers}")
    try:
        return read_corpus(paths, parser, workers="auto" if workers == "auto" else int(workers), timeout=timeout)
    except (PipelineError, pickle.PicklingError, AttributeError, TypeError) as error:  # pickle has many words for no
        raise failure(f"a cleaner can't be sent to the workers: {error}; --workers 1 needs none") from None
    except ValueError as error:
        raise failure(str(error)) from None


def failure(message: str) -> typer.Exit:
    """What to raise to end the command for wrong use, with the reason on standard error."""
    print("sinaparse:", clean(message), file=sys.stderr)
    return typer.Exit(WRONG_USE)


@contextmanager
def orderly() -> Iterator[None]:
    """End the command with the status that belongs to what stops its run."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        drop_output()
        raise typer.Exit(READER_GONE) from None
    except KeyboardInterrupt:
        print("sinaparse: interrupted", file=sys.stderr)
        raise typer.Exit(INTERRUPTED) from None
    except (OSError, WorkerError) as error:
        leaving = failure(str(error))
        try:
            sys.stdout.flush()
        except OSError:  # it was standard output: a full disk
            drop_output()
        raise leaving from None


def check_paths(paths: list[str]) -> None:
    """End the command for paths that stand for no export."""
    for path in paths:
        first = next(find_exports(path), None)
        if first == path != STDIN and not os.path.lexists(path):
            raise failure(f"no such file or folder: {path}")
        if first is None:
            raise failure(f"no {' or '.join('*' + suffix for suffix in SUFFIXES)} in {path}")


def check_outputs(outputs: list[str], inputs: list[str]) -> None:
    """Refuse to write over what is to be read, and to write two things to one place."""
    taken = {os.path.realpath(path) for path in inputs if path != STDIN}
    for name in outputs:
        place = name if name == STDOUT else os.path.realpath(name)
        if place in taken:
            raise failure(f"{name} is an input or written to already: write to another file")
        if name.lower().endswith(SUFFIXES):
            raise failure(f"{name} would be an input the next time: write to a file with another suffix")
        if name != STDOUT and not os.path.isdir(os.path.dirname(place)):
            raise failure(f"no such folder: {os.path.dirname(name)}")
        taken.add(place)


def read(path: str) -> bytes:
    """The bytes of a file, or of standard input. Raises ``OSError``."""
    if path == STDIN:
        return sys.stdin.buffer.read()
    with open(path, "rb") as file:
        return file.read()


def is_stream(name: str) -> bool:
    """Whether a place is standard output, a device or a pipe: nothing that a finished file can be moved to."""
    return name == STDOUT or (os.path.exists(name) and not os.path.isfile(name) and not os.path.isdir(name))


@contextmanager
def replacing(name: str) -> Iterator[BinaryIO]:
    """A file to write to that takes the place ``name`` only when all is written: no failure leaves half of it behind."""
    if name == STDOUT:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    place = os.path.realpath(name)
    if is_stream(name):
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


def drop_output() -> None:
    """Send what is still buffered nowhere, so that the interpreter does not complain about a closed pipe or a full disk at its end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        os.dup2(nowhere, stream.fileno())


def put(value: object) -> None:
    """Write one JSON object on a line of its own to standard output."""
    sys.stdout.buffer.write(json.dumps(value, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n")


def code_table(columns: Mapping[str, Counter[tuple[Severity, str]]]) -> str:
    """Codes with numbers, by severity and code: a row each, the worst and most frequent (by the first column) first."""
    first = next(iter(columns.values()))
    if not first:
        return ""
    order = sorted(first, key=lambda key: (SEVERITIES.index(key[0]), -first[key], key[1]))
    width = max(len(code) for _, code in order)
    head = f"{'':8} {'code':{width}}" + "".join(f" {name:>9}" for name in columns)
    rows = (
        f"{severity:8} {code:{width}}" + "".join(f" {numbers[severity, code]:>9}" for numbers in columns.values())
        for severity, code in order
    )
    return "\n".join([head, *rows, ""])


# --- the terminal -------------------------------------------------------------------------------------------------

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


@contextmanager
def progress(items: Iterable[_Item], words: str, count: Callable[[], int | None]) -> Iterator[Iterable[_Item]]:
    """The same items, with a progress bar on standard error if that is a terminal; ``count`` says how many they are, if it can."""
    if not sys.stderr.isatty():
        yield items
        return
    # Needed on a terminal only.
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        ProgressColumn,
        Task,
        TextColumn,
        TimeRemainingColumn,
    )
    from rich.text import Text

    class Rate(ProgressColumn):
        def render(self, task: Task) -> Text:
            return Text(f"{task.speed or 0:.0f}/s")

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), Rate(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        yield bar.track(items, count(), description=words)


def console() -> Console:
    """Where reports go: lines are never cut, and nothing in them is taken for mark-up."""
    from rich.console import Console

    class Reports(Console):
        def on_broken_pipe(self) -> None:  # rich would end the command with status 1
            raise BrokenPipeError

    return Reports(soft_wrap=True, markup=False, highlight=False, emoji=False)


def show(out: Console, text: str, style: str = "") -> None:
    """One line on the terminal; control characters of a source can't command it."""
    out.print(clean(text), style=style or None)


def clean(text: str) -> str:
    """A text whose control characters can't command a terminal."""
    return _CONTROL.sub("\ufffd", text)
