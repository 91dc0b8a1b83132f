"""Places to put what a run over many files gives: one *sink* for each kind of file.

A sink writes to a draft beside the final place; whoever drives it renames the draft when all is in it. It is told apart
by the suffix of the final place, in the one table :data:`SINKS`; its module, and the packages that it needs, are imported
when it is used.
"""

from __future__ import annotations

import glob
import os
import secrets
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from importlib import import_module
from typing import NamedTuple, Protocol, TypeAlias

from pydantic import JsonValue

from sinaparse.outcome import Outcome
from sinaparse.problems import SinaParseError, nearest
from sinaparse.tables import TABLES

BATCH_FILES = 256
"""Outcomes that are written and committed together; what a killed run has to do again is no more than that."""
BATCH_BYTES = 8 * 1024 * 1024
"""A batch ends earlier when its JSON reaches this size, which bounds the memory that it takes."""


class SinkError(SinaParseError, ValueError):
    """A place that can't be written to: an unknown kind of file, a missing package, a draft that does not fit its mark."""


class Sink(Protocol):
    """Writes outcomes to one draft. Made by ``SomeSink(draft, mark)``.

    ``draft`` is a path; all files that a sink makes have names that begin with it, so that :func:`remove_draft` finds
    them. With ``mark`` None it starts anew, over whatever lies there; otherwise the draft is cut back to what it held when
    :meth:`commit` returned that mark, whatever was written since, and :class:`SinkError` is raised if it can't be.
    What the disk refuses is raised as ``OSError``; after a method has raised anything, only :meth:`close` may be called.
    """

    def write(self, outcomes: Sequence[Outcome]) -> None:
        """Take one batch, the refused among it; which part of it a sink keeps is its own affair."""

    def commit(self) -> JsonValue:
        """Make all that was written durable, and give the mark of this state: a JSON value, never None."""

    def finish(self) -> None:
        """Complete the draft, which is then one file at ``draft``, ready to be renamed, and release it.

        It may be killed at any moment: until it returns, opening at the last mark must still be possible.
        """

    def close(self) -> None:
        """Release what is open without finishing; never raises."""


OpenSink: TypeAlias = Callable[[str, JsonValue], Sink]


class Kind(NamedTuple):
    """One row of :data:`SINKS`."""

    sink: str
    """``module:class``, imported when used."""
    extra: str | None = None
    """The extra of sinaparse that installs what it needs."""
    table: str | None = None
    """The table that it writes, where a file holds only one."""


SINKS: dict[str, Kind] = {
    ".jsonl": Kind("sinaparse.sinks.lines:LineSink"),
    ".jsonl.gz": Kind("sinaparse.sinks.lines:GzipLineSink"),
    ".duckdb": Kind("sinaparse.sinks.duckdb:DuckdbSink", "duckdb"),
    ".sqlite": Kind("sinaparse.sinks.sqlite:SqliteSink"),
    ".parquet": Kind("sinaparse.sinks.parquet:ParquetSink", "arrow", "articles"),
    **{
        f".{table}.parquet": Kind("sinaparse.sinks.parquet:ParquetSink", "arrow", table)
        for table in TABLES
        if table != "articles"
    },
}
"""The kinds of files by suffix; without its first dot, a suffix is the name of the kind."""


def kind_of(path: str, to: str | None = None) -> str:
    """The suffix in :data:`SINKS` for a place: that of ``to``, the name of a kind, or else the one that the path ends in.

    Raises :class:`SinkError` if there is none.
    """
    names = [suffix[1:] for suffix in SINKS]
    if to is not None:
        if to not in names:
            raise SinkError(f"there is no kind of file {to!r}{nearest(to, names)}; there are: {', '.join(names)}")
        return f".{to}"
    name = os.path.basename(path).lower()
    # A suffix of two parts may be the whole name, too: blocks.parquet.
    fitting = (
        suffix for suffix in SINKS if name.endswith(suffix) or name == suffix[1:] != suffix[1:].partition(".")[0]
    )
    found = max(fitting, key=len, default=None)
    if found is None:
        suffix = "".join(name.partition(".")[1:])
        known = f"known suffixes are {', '.join(SINKS)}, or name the kind ({', '.join(names)})"
        if not suffix:
            raise SinkError(f"{path} has no suffix, which says what to write; {known}")
        raise SinkError(f"{path} has an unknown suffix{nearest(suffix, SINKS)}; {known}")
    return found


def sink_for(path: str, to: str | None = None) -> OpenSink:
    """The class that writes the kind of file that ``path`` or ``to`` names.

    Raises :class:`SinkError` for an unknown kind, and for one that needs a package that is not installed.
    """
    suffix = kind_of(path, to)
    kind = SINKS[suffix]
    module, _, name = kind.sink.partition(":")
    try:
        found: Callable[..., Sink] = getattr(import_module(module), name)
    except ModuleNotFoundError as error:
        if kind.extra is None:
            raise
        raise SinkError(
            f'writing {suffix} needs the package {error.name}: pip install "sinaparse[{kind.extra}]"'
        ) from None
    return found if kind.table is None else partial(found, table=kind.table)


@dataclass
class Counts:
    """What was written."""

    articles: int = 0
    refused: int = 0
    """Files that gave no article."""
    warnings: Counter[str] = field(default_factory=Counter)
    """Warnings by code, those of refused files too."""

    def add(self, outcomes: Iterable[Outcome]) -> None:
        """Count outcomes."""
        for outcome in outcomes:
            if outcome.json is None:
                self.refused += 1
            else:
                self.articles += 1
            self.warnings.update(outcome.warnings())

    def include(self, other: Counts) -> None:
        """Add the counts of another part of the run."""
        self.articles += other.articles
        self.refused += other.refused
        self.warnings.update(other.warnings)


def batches(outcomes: Iterable[Outcome]) -> Iterator[list[Outcome]]:
    """Cut a run into batches, the same ones for the same outcomes however often it was interrupted between two of them."""
    batch: list[Outcome] = []
    size = 0
    for outcome in outcomes:
        batch.append(outcome)
        size += outcome.size
        if len(batch) == BATCH_FILES or size >= BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def remove_draft(draft: str) -> None:
    """Remove a draft and what its sink made beside it, as far as they are there."""
    for path in (draft, *glob.glob(f"{glob.escape(draft)}?*")):
        with suppress(FileNotFoundError):
            if os.path.isdir(path) and not os.path.islink(path):
                shutil.rmtree(path)
            else:
                os.unlink(path)


def write_corpus(outcomes: Iterable[Outcome], path: str | os.PathLike[str], *, to: str | None = None) -> Counts:
    """Write outcomes, such as those of :func:`~sinaparse.read_corpus`, to a file.

    What is written is told by the suffix of ``path`` or by ``to``, the name of a kind: ``jsonl``, ``jsonl.gz``, ``parquet``
    (the articles), ``blocks.parquet`` and its like (another table), ``duckdb`` or ``sqlite`` (all tables). All goes to a
    draft beside ``path`` that takes its place when it is complete: no failure leaves half a file, and an existing one stays
    as it was until then. No more than one batch is held in memory.

    Returns how many articles and refused files there were, and the warnings by code. Raises ``SinkError``, a
    ``ValueError``, for an unknown kind of file, a missing package, and a place that is no file (a folder, a device);
    ``OSError`` if the file can't be written, and whatever the iterable raises.
    """
    place = os.path.realpath(os.fspath(path))
    open_sink = sink_for(os.fspath(path), to)
    if os.path.exists(place) and not os.path.isfile(place):
        raise SinkError(f"{os.fspath(path)} is no file that could be replaced")
    draft = f"{place}.{secrets.token_hex(8)}.draft"
    counts = Counts()
    try:
        sink = open_sink(draft, None)
        try:
            for batch in batches(outcomes):
                sink.write(batch)
                sink.commit()
                counts.add(batch)
            sink.finish()
        finally:
            sink.close()
        os.replace(draft, place)
    finally:
        remove_draft(draft)
    return counts
