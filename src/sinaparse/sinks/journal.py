"""A run that can be gone on with: its outputs, and the journal beside them of what was committed.

The journal of ``x.jsonl`` is ``x.jsonl.journal``; the drafts are ``x.jsonl.draft`` and the like. It has one JSON object a
line. The first says of what run it is; then comes one for each batch, with the mark of each sink, the counts, and path and
digest of each input; then ``{"finished": true}`` before the drafts are renamed. A last line that is cut off was never
committed.

The inputs of a run have an order, so going on means: walk through the inputs and the journal side by side, reading and
hashing but not parsing, as long as they agree; cut the drafts back to the last batch that agrees as a whole; go on from
there; or from the first file, where a draft can't be cut back that far. A file that changed, came or went since then ends
the agreement, and all from its batch on is done again. So what is written is always what an uninterrupted run over the
inputs, as they are now, would write.
"""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from itertools import chain
from typing import IO, Any, Self

from pydantic import JsonValue

from sinaparse.corpus import Corpus
from sinaparse.inputs import Task, load
from sinaparse.outcome import Outcome, digest_of
from sinaparse.parser import Parser
from sinaparse.sinks import Counts, OpenSink, Sink, SinkError, batches, remove_draft

VERSION = 1
"""Of the journal's form."""
_NO_LOCKS = frozenset({errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOLCK})
"""How a file system says that it has no locks, as some on clusters and networks have none."""


@dataclass(frozen=True)
class Place:
    """Where one output goes, and what writes it."""

    path: str
    """Absolute, with links resolved."""
    open_sink: OpenSink

    @property
    def draft(self) -> str:
        """Where it is written until it is complete."""
        return f"{self.path}.draft"


@dataclass
class Progress:
    """How far an earlier run came."""

    counts: Counts = field(default_factory=Counts)
    marks: list[JsonValue] | None = None
    """Of the sinks, in order; None before the first batch."""
    committed: int = 0
    """Inputs that were done."""
    end: int = 0
    """Where the journal ends with this."""
    finished: bool = False
    changed: str | None = None
    """The first input that is not what it was."""

    @property
    def done(self) -> int:
        """Inputs that need not be done again."""
        return self.counts.articles + self.counts.refused


class Journal:
    """One run: writes outcomes to places, and can go on where an earlier run was stopped.

    Opening it takes a lock that ends with the process. Raises :class:`SinkError` if another process has it, and ``OSError``
    if the journal can't be written.
    """

    def __init__(self, places: Sequence[Place], settings: Mapping[str, JsonValue]) -> None:
        self._places = places
        self.path = f"{places[0].path}.journal"
        self._header: dict[str, Any] = {"journal": VERSION, **settings, "outputs": [place.path for place in places]}
        self._file = _open_locked(self.path)
        self._sinks: list[Sink] = []
        self.progress = Progress()
        self.dropped = 0
        """Inputs of an earlier run that was not gone on with."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._close_sinks()
        with suppress(OSError):
            self._file.close()

    def start(self, corpus: Corpus) -> Iterator[Task]:
        """Start anew; gives all tasks of a corpus. ``dropped`` says how far a run had come that is dropped with it."""
        header, overview = self._overview()
        self.dropped = overview.done
        for path in (header or {}).get("outputs", ()):
            remove_draft(f"{path}.draft")
        self._file.truncate(0)
        self._append(self._header)
        try:
            self._open_sinks([None] * len(self._places))
        except BaseException:
            self.drop()
            raise
        return corpus.tasks()

    def resume(self, corpus: Corpus) -> Iterator[Task]:
        """Go on; gives the tasks that are left. ``progress`` says how far the run had come.

        Raises :class:`SinkError` if the run that was stopped had other settings, or if the drafts are not what it left.
        """
        header, overview = self._overview()
        if header is None:
            return self.start(corpus)
        if header != self._header:
            differ = [key for key in sorted({*header, *self._header}) if header.get(key) != self._header.get(key)]
            words = "; ".join(
                f"{key}: was {_show(header.get(key))}, is {_show(self._header.get(key))}" for key in differ
            )
            raise SinkError(f"the run to go on with had other settings ({words}); without --resume it starts over")
        if overview.finished:
            self.progress = overview
            return iter(())
        tasks = corpus.tasks()
        left = self._agree(tasks, corpus.parser.limits.source_bytes)
        self.progress.committed = overview.committed
        self._file.truncate(self.progress.end)
        try:
            self._open_sinks(self.progress.marks or [None] * len(self._places))
        except SinkError:
            if self.progress.changed is None:
                raise
            # A database that was being finished can't be cut back.
            self.progress = Progress(committed=overview.committed, changed=self.progress.changed)
            return self.start(corpus)
        return chain(left, tasks)

    def write(self, outcomes: Iterator[Outcome]) -> Counts:
        """Write outcomes and put the outputs in place; counts what earlier runs wrote, too."""
        counts = self.progress.counts
        if not self.progress.finished:
            for batch in batches(outcomes):
                self._commit(batch)
            for sink in self._sinks:
                sink.finish()
            self._append({"finished": True})
        for place in self._places:
            with suppress(FileNotFoundError):  # put in place before the run was stopped
                os.replace(place.draft, place.path)
            remove_draft(place.draft)
        os.unlink(self.path)
        return counts

    def drop(self) -> None:
        """Remove drafts and journal."""
        self._close_sinks()
        for place in self._places:
            remove_draft(place.draft)
        with suppress(FileNotFoundError):
            os.unlink(self.path)

    def _open_sinks(self, marks: Sequence[JsonValue]) -> None:
        self._close_sinks()
        for place, mark in zip(self._places, marks, strict=True):
            self._sinks.append(place.open_sink(place.draft, mark))

    def _close_sinks(self) -> None:
        while self._sinks:
            self._sinks.pop().close()

    def _commit(self, batch: Sequence[Outcome]) -> None:
        for sink in self._sinks:
            sink.write(batch)
        marks = [sink.commit() for sink in self._sinks]
        counts = Counts()
        counts.add(batch)
        inputs = [[outcome.path, outcome.digest] for outcome in batch]
        self._append({"marks": marks, "counts": vars(counts), "inputs": inputs})
        self.progress.counts.include(counts)

    def _append(self, entry: Mapping[str, Any]) -> None:
        self._file.seek(0, os.SEEK_END)
        self._file.write(json.dumps(entry, ensure_ascii=False).encode() + b"\n")
        self._file.flush()

    def _entries(self) -> Iterator[tuple[dict[str, Any], int]]:
        """What stands in the journal, and where each entry ends."""
        self._file.seek(0)
        end = 0
        for line in self._file:
            end += len(line)
            try:
                entry = json.loads(line) if line.endswith(b"\n") else None
            except ValueError:
                entry = None
            if not isinstance(entry, dict):
                return
            yield entry, end

    def _overview(self) -> tuple[dict[str, Any] | None, Progress]:
        """The first line, if there is one, and how far the run came by its own account."""
        entries = self._entries()
        header, _ = next(entries, (None, 0))
        progress = Progress()
        for entry, _ in entries:
            if entry.get("finished"):
                progress.finished = True
            else:
                progress.counts.include(Counts(**entry["counts"]))
        progress.committed = progress.done
        return header, progress

    def _agree(self, tasks: Iterator[Task], limit: int) -> list[Task]:
        """Find how far journal and inputs agree; gives the tasks that were taken beyond that."""
        entries = self._entries()
        _, end = next(entries)
        self.progress = Progress(end=end)
        for entry, end in entries:
            taken: list[Task] = []
            for path, digest in entry["inputs"]:
                task = next(tasks, None)
                if task is not None:
                    taken.append(task)
                if task is None or task.name != path or digest_of(load(task, limit)) != digest:
                    self.progress.changed = path
                    return taken
            self.progress.counts.include(Counts(**entry["counts"]))
            self.progress.marks = entry["marks"]
            self.progress.end = end
        return []


def settings_of(parser: Parser, version: str, inputs: Sequence[str], kinds: Sequence[str]) -> dict[str, JsonValue]:
    """What must be the same when a run is gone on with."""
    return {
        "sinaparse": version,
        "inputs": [os.fsencode(path).decode("utf-8", "backslashreplace") for path in inputs],
        "kinds": list(kinds),
        "strict": parser.strict,
        "timezone": parser.timezone,
        "unmarked_headings": parser.unmarked_headings,
        "cleaners": list(parser.cleaners.names),
        "limits": asdict(parser.limits),
    }


def _show(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _open_locked(path: str) -> IO[bytes]:
    """Open a journal for this process alone, where the file system has locks."""
    try:
        import fcntl
    except ImportError:  # Windows has no such locks
        return open(path, "a+b")
    while True:
        file = open(path, "a+b")  # noqa: SIM115 open as long as the run
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            raise SinkError(f"another run is writing it: {path} is in use") from None
        except OSError as error:
            if error.errno in _NO_LOCKS:
                return file
            file.close()
            raise
        with suppress(FileNotFoundError):
            if os.path.samestat(os.fstat(file.fileno()), os.stat(path)):
                return file
        file.close()  # the other run has just finished and removed it
