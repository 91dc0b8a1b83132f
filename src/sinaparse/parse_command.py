"""``sinaparse parse``: articles into files, databases or standard output, in runs that can be gone on with."""

from __future__ import annotations

import os
import shlex
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from typing import Annotated

import typer

from sinaparse import __version__
from sinaparse.corpus import Corpus
from sinaparse.inputs import Task
from sinaparse.outcome import Outcome
from sinaparse.problems import Severity, counted, report
from sinaparse.sinks import Counts, SinkError, batches, kind_of, sink_for
from sinaparse.sinks.journal import Journal, Place, Progress, settings_of
from sinaparse.sinks.lines import ErrorLineSink, GzipErrorLineSink, GzipLineSink, LineSink, StreamSink
from sinaparse.terminal import (
    REFUSED,
    STDOUT,
    CleanerNames,
    Lenient,
    Paths,
    Timeout,
    UnmarkedHeadings,
    WithoutNames,
    Workers,
    ZoneName,
    check_outputs,
    check_paths,
    choose_cleaners,
    clean,
    code_table,
    failure,
    is_stream,
    make_corpus,
    make_parser,
    orderly,
    progress,
    replacing,
)


def parse(
    paths: Paths,
    *,
    output: Annotated[
        list[str] | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="Where to write the articles; the suffix says as what. May be repeated. Without it, or with -, JSON lines "
            "go to standard output.",
        ),
    ] = None,
    to: Annotated[
        str | None, typer.Option("--to", metavar="KIND", help="What to write, whatever the suffix: jsonl, parquet ….")
    ] = None,
    errors: Annotated[
        str | None, typer.Option("--errors", metavar="FILE", help="Write refused files and their problems here.")
    ] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with a run that was stopped.")] = False,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="Only the summary: no reports of refused files.")
    ] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Report warnings and notes, too.")] = False,
    lenient: Lenient = False,
    timezone: ZoneName = "UTC",
    unmarked_headings: UnmarkedHeadings = False,
    cleaner: CleanerNames = None,
    without: WithoutNames = None,
    workers: Workers = "1",
    timeout: Timeout = None,
) -> None:
    """Parse exports and write the articles: JSON lines, Parquet, DuckDB or SQLite.

    Refused files and their problems are reported on standard error. Exit status: 0 if all files were parsed, 1 if some
    were refused, 2 for wrong use.
    """
    check_paths(paths)
    outputs = output or [STDOUT]
    check_outputs(outputs if errors is None else [*outputs, errors], paths)
    pipeline = choose_cleaners(cleaner, without)
    parser = make_parser(pipeline, lenient=lenient, timezone=timezone, unmarked=unmarked_headings)
    corpus = make_corpus(paths, parser, workers, timeout)
    streams = list(filter(is_stream, outputs))
    told = _Told(corpus, quiet=quiet, verbose=verbose)
    with orderly():
        try:
            kinds = [kind_of(place, to or ("jsonl" if is_stream(place) else None)) for place in outputs]
            if not streams:
                counts = _to_files(told, outputs, kinds, errors, resume=resume)
            elif resume:
                raise failure(f"--resume needs a file to go on with, and {streams[0]} is a stream: use -o FILE")
            elif streams != outputs:
                raise failure(f"{streams[0]} is a stream and can't be written to together with a file")
            else:
                counts = _to_streams(told, outputs, kinds, errors)
        except SinkError as error:
            raise failure(str(error)) from None
    warnings: Counter[tuple[Severity, str]] = Counter()
    warnings.update({("warning", code): times for code, times in counts.warnings.items()})
    print(code_table({"problems": warnings}), end="", file=sys.stderr)
    print(f"{counted(counts.articles, 'article')}, {counts.refused} refused", file=sys.stderr)
    if counts.refused:
        raise typer.Exit(REFUSED)


@dataclass(frozen=True, slots=True)
class _Told:
    """A corpus whose outcomes are told of on standard error as they pass: the refused files, nothing, or all problems."""

    corpus: Corpus
    quiet: bool
    verbose: bool

    @contextmanager
    def run(self, tasks: Iterator[Task], done: int, *, bar: bool) -> Iterator[Iterator[Outcome]]:
        """The outcomes of tasks; with a progress bar, if that is wanted, for those that were not done before."""

        def count() -> int | None:
            number = self.corpus.count()
            return None if number is None else number - done

        with closing(self.corpus.run(tasks)) as outcomes:
            if not bar:
                yield map(self._tell, outcomes)
                return
            with progress(outcomes, "parsing", count) as items:
                yield map(self._tell, items)

    def _tell(self, outcome: Outcome) -> Outcome:
        if (self.verbose and outcome.problems) or (outcome.json is None and not self.quiet):
            print(clean(report(outcome.problems, outcome.path)), file=sys.stderr)
        return outcome


def _to_streams(told: _Told, outputs: list[str], kinds: list[str], errors: str | None) -> Counts:
    """Write to standard output, a device or a pipe: nothing that could be gone on with."""
    encoders = {".jsonl": LineSink, ".jsonl.gz": GzipLineSink}
    if others := [kind for kind in kinds if kind not in encoders]:
        raise failure(f"{others[0][1:]} can't be written to a stream: use -o FILE")
    counts = Counts()
    with ExitStack() as stack:
        sinks = [
            StreamSink(stack.enter_context(replacing(output)), encoders[kind])
            for output, kind in zip(outputs, kinds, strict=True)
        ]
        if errors is not None:
            sinks.append(StreamSink(stack.enter_context(replacing(errors)), _error_kind(errors)))
        shown = STDOUT not in outputs or not sys.stdout.isatty()
        for batch in batches(stack.enter_context(told.run(told.corpus.tasks(), 0, bar=shown))):
            for sink in sinks:
                sink.write(batch)
                sink.commit()
            counts.add(batch)
    return counts


def _to_files(told: _Told, outputs: list[str], kinds: list[str], errors: str | None, *, resume: bool) -> Counts:
    """Write to files, with a journal to go on from."""
    places = [
        Place(os.path.realpath(output), sink_for(output, kind[1:])) for output, kind in zip(outputs, kinds, strict=True)
    ]
    with ExitStack() as stack:
        if errors is not None and is_stream(errors):
            stream = StreamSink(stack.enter_context(replacing(errors)), ErrorLineSink)
            places.append(Place(os.path.realpath(errors), lambda _draft, _mark: stream))
        elif errors is not None:
            places.append(Place(os.path.realpath(errors), _error_kind(errors)))
        journal = stack.enter_context(
            Journal(places, settings_of(told.corpus.parser, __version__, told.corpus.given, kinds))
        )
        tasks = journal.resume(told.corpus) if resume else journal.start(told.corpus)
        before = journal.progress
        if resume:
            _say_how_far(before)
        elif journal.dropped:
            _say(
                f"starts over: an unfinished run of {counted(journal.dropped, 'file')} is dropped (--resume goes on with one)"
            )
        try:
            outcomes = stack.enter_context(told.run(tasks, before.done, bar=True))
            return journal.write(iter(outcomes))
        except BaseException as error:
            done = journal.progress.done
            if done == 0:
                journal.drop()
                raise
            if isinstance(error, SinkError):  # the drafts are not what the journal says: there is no going on
                raise
            again = shlex.join(["sinaparse", *(word for word in sys.argv[1:] if word != "--resume"), "--resume"])
            _say(f"stopped after {counted(done, 'file')}, which are kept; to go on: {again}")
            if isinstance(error, OSError) and error.filename is None:
                raise failure(f"can't write {outputs[0]}: {error.strerror or error}") from None
            raise


def _say_how_far(progress: Progress) -> None:
    if progress.committed == 0:
        _say("nothing to go on with: starts with the first file")
    elif progress.changed is None:
        _say(f"goes on after {counted(progress.done, 'file')}")
    else:
        _say(
            f"{progress.changed} is not what it was, or not where it was: goes on after {counted(progress.done, 'file')} of the "
            f"{progress.committed} that were done, so that nothing outdated is in the output"
        )


def _say(words: str) -> None:
    print("sinaparse:", clean(words), file=sys.stderr)


def _error_kind(errors: str) -> type[LineSink]:
    return GzipErrorLineSink if errors.lower().endswith(".gz") else ErrorLineSink
