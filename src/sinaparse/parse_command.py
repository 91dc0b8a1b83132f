"""``sinaparse parse``: articles into files, databases or standard output, in runs that can be resumed."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Generator, Iterable
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, nullcontext
from dataclasses import asdict, dataclass
from typing import Annotated, BinaryIO, cast

import typer
from pydantic import JsonValue

from sinaparse import __version__
from sinaparse.corpus import Corpus, ResumeError
from sinaparse.outcome import Outcome
from sinaparse.parser import Parser
from sinaparse.problems import report
from sinaparse.sinks import Counts, SinkError, sink_for
from sinaparse.sinks.journal import Output, journal_of, write_resumable
from sinaparse.sinks.lines import ErrorLineSink, LineSink
from sinaparse.terminal import (
    REFUSED,
    STDOUT,
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
    failure,
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
            help="Where to write the articles; what is written is told by the suffix. May be repeated. "
            "Without it, JSON lines go to standard output.",
        ),
    ] = None,
    to: Annotated[
        str | None, typer.Option("--to", metavar="KIND", help="What to write, whatever the suffix: jsonl, parquet ….")
    ] = None,
    errors: Annotated[
        str | None, typer.Option("--errors", metavar="FILE", help="Write refused files and their problems here.")
    ] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with a run that was cut short.")] = False,
    lenient: Lenient = False,
    timezone: ZoneName = "UTC",
    unmarked_headings: UnmarkedHeadings = False,
    cleaner: CleanerNames = None,
    without: WithoutNames = None,
    workers: Workers = 1,
) -> None:
    """Parse exports and write the articles: JSON lines, Parquet, DuckDB or SQLite.

    Refused files and their problems are reported on standard error. Exit status: 0 if all files were parsed, 1 if some
    were refused, 2 for wrong use.
    """
    check_paths(paths)
    places = output or [STDOUT]
    check_outputs(places if errors is None else [*places, errors], paths)
    pipeline = choose_cleaners(cleaner, without)
    parser = make_parser(pipeline, lenient=lenient, timezone=timezone, unmarked=unmarked_headings)
    corpus = make_corpus(paths, parser, workers)
    settings: dict[str, JsonValue] = {"sinaparse": __version__, "paths": [*paths], "outputs": [*places], "to": to}
    settings |= {"errors": errors, **_settings(parser)}
    with orderly(), ExitStack() as stack:
        try:
            watch = _Watch(corpus, _error_stream(errors, places, stack), quiet=_shown_here(places))
            if all(map(_is_stream, places)):
                if resume:
                    raise failure(f"{places[0]} is no regular file, so there is nothing to resume")
                counts = _stream(watch, places, to, stack)
            else:
                outputs = _outputs(places, to, errors)
                counts = _write(watch, outputs, settings, resume=resume)
        except (SinkError, ResumeError) as error:
            raise failure(str(error)) from None
        except BrokenProcessPool:
            raise failure("a worker process died; --workers 1 shows at which file") from None
    _summary(counts)
    if counts.refused:
        raise typer.Exit(REFUSED)


def _is_stream(place: str) -> bool:
    """Whether a place is written to as it is: standard output, a device, a pipe."""
    return place == STDOUT or (os.path.exists(place) and not os.path.isfile(place))


def _shown_here(places: list[str]) -> bool:
    """Whether articles go to the terminal: lines and a progress bar would disturb each other there."""
    return STDOUT in places and sys.stdout.isatty()


def _error_stream(errors: str | None, places: list[str], stack: ExitStack) -> BinaryIO | None:
    """The file for refused files, unless it is one that is written together with those of the articles."""
    if errors is None or not (_is_stream(errors) or all(map(_is_stream, places))):
        return None
    return stack.enter_context(replacing(errors))


def _outputs(places: list[str], to: str | None, errors: str | None) -> list[Output]:
    if streams := list(filter(_is_stream, places)):
        raise failure(f"{streams[0]} is no regular file and can't be written to together with one that is")
    outputs = [Output(os.path.realpath(place), sink_for(place, to)) for place in places]
    if errors is not None and not _is_stream(errors):
        outputs.append(Output(os.path.realpath(errors), ErrorLineSink))
    return outputs


def _settings(parser: Parser) -> dict[str, JsonValue]:
    """What must be the same for two runs to give the same."""
    return {
        "strict": parser.strict,
        "timezone": parser.timezone,
        "unmarked_headings": parser.unmarked_headings,
        "cleaners": list(parser.cleaners.names),
        "limits": asdict(parser.limits),
    }


@dataclass(frozen=True, slots=True)
class _Watch:
    """Sees the outcomes of a corpus on their way: moves the progress bar, and reports refused files."""

    corpus: Corpus
    errors: BinaryIO | None
    quiet: bool

    def __call__(self, outcomes: Iterable[Outcome], done: int = 0) -> Generator[Outcome]:
        bar = progress(outcomes, "parsing", lambda: sum(1 for _ in self.corpus.paths()) - done)
        with nullcontext(outcomes) if self.quiet else bar as shown:
            for outcome in shown:
                if outcome.json is None:
                    print(report(outcome.problems, outcome.path), file=sys.stderr)
                    if self.errors is not None:
                        self.errors.write(ErrorLineSink.encode((outcome,)))
                yield outcome


def _write(watch: _Watch, outputs: list[Output], settings: dict[str, JsonValue], *, resume: bool) -> Counts:
    """Write to files, with a journal beside the first."""
    journal = journal_of(outputs[0].place)
    if not resume and os.path.exists(journal):
        print("sinaparse: starting over; with --resume it would go on with the run that was cut short", file=sys.stderr)
    try:
        return write_resumable(watch.corpus, outputs, settings, resume=resume, watch=watch)
    except (KeyboardInterrupt, OSError):
        if os.path.exists(journal):
            arguments = [argument for argument in sys.argv[1:] if argument != "--resume"]
            command = shlex.join(["sinaparse", *arguments, "--resume"])
            print(f"sinaparse: what was written is kept; go on with\n  {command}", file=sys.stderr)
        raise


def _stream(watch: _Watch, places: list[str], to: str | None, stack: ExitStack) -> Counts:
    """Write each article as soon as it is there, to standard output or a device."""
    counts = Counts()
    sinks = [sink_for(place, to or "jsonl") for place in places]
    if not all(isinstance(sink, type) and issubclass(sink, LineSink) for sink in sinks):
        raise failure(f"{places[0]} is no regular file, and {to} can only be written to one")
    files = [stack.enter_context(replacing(place)) for place in places]
    for outcome in watch(watch.corpus):
        counts.add((outcome,))
        for sink, file in zip(sinks, files, strict=True):
            file.write(cast("type[LineSink]", sink).encode((outcome,)))
    return counts


def _summary(counts: Counts) -> None:
    words = f"{counts.articles} article{'' if counts.articles == 1 else 's'}, {counts.refused} refused"
    print(words, file=sys.stderr)
    for code, times in counts.warnings.most_common():
        print(f"  {times} warning{'' if times == 1 else 's'}: {code}", file=sys.stderr)
