"""The command: ``sinaparse parse PATH... -o articles.jsonl``, ``sinaparse cleaners``, and what other modules add to it."""

from __future__ import annotations

import os
import pickle
import shlex
import signal
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager
from io import TextIOWrapper
from typing import Annotated, Literal

import typer

from sinaparse import __version__
from sinaparse.cleaners import PipelineError, default_cleaners
from sinaparse.cleaners.installed import installed_cleaners, summary_of
from sinaparse.corpus import Corpus, read_corpus
from sinaparse.diff_command import diff
from sinaparse.inputs import Task
from sinaparse.inspect_command import inspect
from sinaparse.outcome import Outcome
from sinaparse.problems import WorkerError, report
from sinaparse.sinks import Counts, OpenSink, SinkError, batches, kind_of, sink_for
from sinaparse.sinks.journal import Journal, Place, Progress, settings_of
from sinaparse.sinks.lines import ErrorLineSink, GzipErrorLineSink, GzipLineSink, LineSink, StreamSink
from sinaparse.terminal import (
    REFUSED,
    STDOUT,
    CleanerNames,
    UnmarkedHeadings,
    WithoutNames,
    ZoneName,
    check_outputs,
    check_paths,
    choose_cleaners,
    failure,
    is_stream,
    make_parser,
    orderly,
    progress,
    replacing,
)

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
    timezone: ZoneName = "UTC",
    unmarked_headings: UnmarkedHeadings = False,
    cleaner: CleanerNames = None,
    without: WithoutNames = None,
    to: Annotated[
        str | None,
        typer.Option("--to", metavar="KIND", help="What to write, whatever the suffix of the output: see below."),
    ] = None,
    workers: Annotated[
        str, typer.Option("--workers", metavar="N", help="Parse in N processes; auto: one for each processor.")
    ] = "1",
    timeout: Annotated[
        float | None, typer.Option("--timeout", metavar="SECONDS", help="Give up on a file that takes longer.")
    ] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with a run that was stopped.")] = False,
) -> None:
    """Parse exports and write the articles, as JSON lines unless the suffix of the output says otherwise.

    Refused files and their problems are reported on standard error. Exit status: 0 if all files were parsed, 1 if some
    were refused, 2 for wrong use.
    """
    check_paths(paths)
    check_outputs([output] if errors is None else [output, errors], paths)
    pipeline = choose_cleaners(cleaner, without)
    parser = make_parser(pipeline, lenient=lenient, timezone=timezone, unmarked=unmarked_headings)
    try:
        kind = kind_of(output, to or ("jsonl" if is_stream(output) else None))
        open_sink = sink_for(output, kind[1:])
        corpus = read_corpus(paths, parser, workers=_number(workers), timeout=timeout)
    except (PipelineError, pickle.PicklingError, AttributeError, TypeError) as error:  # pickle has many words for no
        raise failure(f"a cleaner can't be sent to the workers: {error}; --workers 1 needs none") from None
    except ValueError as error:
        raise failure(str(error)) from None
    with orderly():
        try:
            if is_stream(output):
                if resume:
                    raise failure(f"--resume needs a file to go on with, and {output} is a stream: use -o FILE")
                counts = _to_stream(corpus, output, kind, errors)
            else:
                counts = _to_files(corpus, output, kind, open_sink, errors, resume=resume)
        except (SinkError, WorkerError) as error:
            raise failure(str(error)) from None
    print(f"{counts.articles} article{'' if counts.articles == 1 else 's'}, {counts.refused} refused", file=sys.stderr)
    for code, times in counts.warnings.most_common():
        print(f"  {times} warning{'' if times == 1 else 's'}: {code}", file=sys.stderr)
    if counts.refused:
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


def _number(workers: str) -> int | Literal["auto"]:
    if workers == "auto":
        return "auto"
    if not workers.isascii() or not workers.isdecimal() or int(workers) < 1:
        raise failure(f"--workers must be a number of at least 1, or auto, not {workers}")
    return int(workers)


def _to_stream(corpus: Corpus, output: str, kind: str, errors: str | None) -> Counts:
    """Write to standard output, a device or a pipe: nothing that could be gone on with."""
    encoders = {".jsonl": LineSink, ".jsonl.gz": GzipLineSink}
    if kind not in encoders:
        raise failure(f"{kind} can't be written to a stream: use -o FILE")
    counts = Counts()
    with ExitStack() as stack:
        sinks = [StreamSink(stack.enter_context(replacing(output)), encoders[kind])]
        if errors is not None:
            sinks.append(StreamSink(stack.enter_context(replacing(errors)), _error_kind(errors)))
        shown = output != STDOUT or not sys.stdout.isatty()
        for batch in batches(stack.enter_context(_told(corpus, corpus.tasks(), 0, shown=shown))):
            for sink in sinks:
                sink.write(batch)
                sink.commit()
            counts.add(batch)
    return counts


def _to_files(
    corpus: Corpus, output: str, kind: str, open_sink: OpenSink, errors: str | None, *, resume: bool
) -> Counts:
    """Write to files, with a journal to go on from."""
    places = [Place(os.path.realpath(output), open_sink)]
    with ExitStack() as stack:
        if errors is not None and is_stream(errors):
            stream = StreamSink(stack.enter_context(replacing(errors)), ErrorLineSink)
            places.append(Place(os.path.realpath(errors), lambda _draft, _mark: stream))
        elif errors is not None:
            places.append(Place(os.path.realpath(errors), _error_kind(errors)))
        journal = stack.enter_context(Journal(places, settings_of(corpus.parser, __version__, corpus.given, kind)))
        tasks = journal.resume(corpus) if resume else journal.start(corpus)
        before = journal.progress
        if resume:
            _say_how_far(before)
        elif journal.dropped:
            _say(f"starts over: an unfinished run of {_files(journal.dropped)} is dropped (--resume goes on with one)")
        try:
            outcomes = stack.enter_context(_told(corpus, tasks, before.done, shown=True))
            return journal.write(iter(outcomes))
        except BaseException as error:
            done = journal.progress.done
            if done == 0:
                journal.drop()
                raise
            again = shlex.join(["sinaparse", *(word for word in sys.argv[1:] if word != "--resume"), "--resume"])
            _say(f"stopped after {_files(done)}, which are kept; to go on: {again}")
            if isinstance(error, OSError) and error.filename is None:
                raise failure(f"can't write {output}: {error.strerror}") from None
            raise


def _say_how_far(progress: Progress) -> None:
    if progress.committed == 0:
        _say("nothing to go on with: starts with the first file")
    elif progress.changed is None:
        _say(f"goes on after {_files(progress.done)}")
    else:
        _say(
            f"{progress.changed} is not what it was, or not where it was: goes on after {_files(progress.done)} of the "
            f"{progress.committed} that were done, so that nothing outdated is in the output"
        )


def _say(words: str) -> None:
    print("sinaparse:", words, file=sys.stderr)


def _files(number: int) -> str:
    return f"{number} file{'' if number == 1 else 's'}"


@contextmanager
def _told(corpus: Corpus, tasks: Iterator[Task], done: int, *, shown: bool) -> Iterator[Iterator[Outcome]]:
    """The outcomes of tasks, those of refused files reported as they pass, with a progress bar if it is to be shown."""

    def count() -> int | None:
        number = corpus.count()
        return None if number is None else number - done

    def told(outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
        for outcome in outcomes:
            if outcome.json is None:
                print(report(outcome.problems, outcome.path), file=sys.stderr)
            yield outcome

    with closing(corpus.run(tasks)) as outcomes:
        if not shown:
            yield told(outcomes)
            return
        with progress(outcomes, "parsing", count) as items:
            yield told(items)


def _error_kind(errors: str) -> type[LineSink]:
    return GzipErrorLineSink if errors.lower().endswith(".gz") else ErrorLineSink


app.command()(inspect)
app.command()(diff)
