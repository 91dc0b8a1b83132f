"""Runs that can be resumed: a journal beside the output says what is safely written, after every batch.

The journal is JSON lines. The first has the settings of the run, which must be the same when it is resumed; each other one
stands for a batch: its files with their digests, the marks of all sinks after it, and what was counted so far. The last says
that all drafts are complete and only need to take their places. A line that is torn by a crash counts for nothing, and what
was written after the last whole one is cut off. So whatever moment a run is killed at, resumed it gives the same bytes.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass
from typing import Any, TypeAlias

from pydantic import JsonValue

from sinaparse.corpus import Corpus, ResumeError
from sinaparse.outcome import Outcome
from sinaparse.sinks import Counts, OpenSink, SinkError, batches, remove_draft

Watch: TypeAlias = Callable[[Iterable[Outcome], int], Generator[Outcome]]
"""Sees all outcomes on their way; it also gets the number of those that were done before."""

FORMAT = 1
"""Version of the journal itself."""


@dataclass(frozen=True, slots=True)
class Output:
    """A place and what writes to it."""

    place: str
    open_sink: OpenSink

    @property
    def draft(self) -> str:
        """Where it is written until all is there."""
        return f"{self.place}.draft"


class Journal:
    """What a run has done, on the disk. Holds a lock as long as it is open, so that no two runs write to one draft."""

    def __init__(self, path: str, settings: Mapping[str, JsonValue], *, resume: bool) -> None:
        self.counts = Counts()
        """What was written so far."""
        self.marks: list[JsonValue] = []
        """Those of the sinks after the last batch; empty before the first."""
        self.files = 0
        """How many inputs are done."""
        self.complete = False
        """Whether the drafts only need to take their places."""
        self._path = path
        self._settings = {"format": FORMAT, **settings}
        if resume and not os.path.exists(path):
            raise ResumeError(f"there is no unfinished run to resume: {path} does not exist")
        self._file = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o666), "r+b")
        try:
            self._lock()
            if resume:
                self._read()
            else:
                self._begin()
        except BaseException:
            self.close()
            raise

    def _lock(self) -> None:
        try:
            import fcntl
        except ModuleNotFoundError:  # not on Windows
            return
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise SinkError(f"another run is writing here: {self._path} is locked") from None

    def _begin(self) -> None:
        try:
            self._file.truncate(0)
            self._append(self._settings)
        except BaseException:
            self.remove()
            raise

    def _read(self) -> None:
        """Find out where the run stopped; what follows the last whole line is cut off."""
        end = 0
        for line in self._file:
            entry = _entry(line)
            if entry is None:
                break
            if end == 0:
                self._compare(entry)
            elif entry.get("complete"):
                self.complete = True
            else:
                self.files += len(entry["files"])
                self.marks = entry["marks"]
                self.counts = Counts(entry["articles"], entry["refused"], Counter(entry["warnings"]))
            end += len(line)
        if end == 0:
            raise ResumeError(f"there is no unfinished run to resume: {self._path} is empty or no journal")
        self._file.seek(end)
        self._file.truncate()

    def _compare(self, old: Mapping[str, JsonValue]) -> None:
        for name in dict.fromkeys([*old, *self._settings]):
            before, now = old.get(name), self._settings.get(name)
            if before != now:
                message = f"the run to resume had other settings: {name} was {json.dumps(before, ensure_ascii=False)}, now {json.dumps(now, ensure_ascii=False)}"
                raise ResumeError(f"{message}; run it as it was, or without --resume to start over")

    def done(self) -> Iterator[tuple[str, str]]:
        """Path and digest of each input that is done, in order."""
        with open(self._path, "rb") as file:
            next(file)
            for line in file:
                entry = _entry(line)
                if entry is None or entry.get("complete"):
                    return
                yield from ((path, digest) for path, digest in entry["files"])

    def add(self, batch: Sequence[Outcome], marks: list[JsonValue]) -> None:
        """Note a batch that all sinks have committed."""
        self.counts.add(batch)
        self._append(
            {
                "files": [[outcome.path, outcome.digest] for outcome in batch],
                "marks": marks,
                "articles": self.counts.articles,
                "refused": self.counts.refused,
                "warnings": dict(self.counts.warnings),
            }
        )
        self.files += len(batch)

    def end(self) -> None:
        """Note that all drafts are complete."""
        self.complete = True
        self._append({"complete": True})

    def _append(self, entry: Mapping[str, object]) -> None:
        self._file.write(json.dumps(entry, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n")
        self._file.flush()
        os.fsync(self._file.fileno())

    def close(self) -> None:
        """Release it; it stays where it is."""
        with suppress(OSError):
            self._file.close()

    def remove(self) -> None:
        """Remove it: nothing is left to resume."""
        self.close()
        os.unlink(self._path)


def _entry(line: bytes) -> dict[str, Any] | None:
    """A line of a journal; None if it is torn."""
    try:
        entry = json.loads(line) if line.endswith(b"\n") else None
    except ValueError:
        return None
    return entry if isinstance(entry, dict) else None


def journal_of(place: str) -> str:
    """Where the journal of a run to a place lies."""
    return f"{place}.journal"


def write_resumable(
    corpus: Corpus,
    outputs: Sequence[Output],
    settings: Mapping[str, JsonValue],
    *,
    resume: bool,
    watch: Watch,
) -> Counts:
    """Write a corpus to one or several places, so that the run can be resumed if it is cut short.

    Whatever stops the run, its drafts
    and its journal stay, unless nothing was written. Raises :class:`~sinaparse.ResumeError` if it can't be resumed, and as
    :func:`sinaparse.write_corpus` does.
    """
    journal = Journal(journal_of(outputs[0].place), settings, resume=resume)
    try:
        if not journal.complete:
            _write(corpus, outputs, journal, watch)
            journal.end()
        for output in outputs:
            if os.path.exists(output.draft):  # else it took its place before the run was cut short
                os.replace(output.draft, output.place)
            remove_draft(output.draft)
        journal.remove()
    except BaseException:
        if not journal.files:
            for output in outputs:
                remove_draft(output.draft)
            journal.remove()
        raise
    finally:
        journal.close()
    return journal.counts


def _write(
    corpus: Corpus,
    outputs: Sequence[Output],
    journal: Journal,
    watch: Watch,
) -> None:
    marks = journal.marks or [None] * len(outputs)
    with ExitStack() as stack:
        sinks = []
        for output, mark in zip(outputs, marks, strict=True):
            sinks.append(output.open_sink(output.draft, mark))
            stack.callback(sinks[-1].close)
        outcomes = stack.enter_context(closing(watch(corpus.after(journal.done()), journal.files)))
        for batch in batches(outcomes):
            for sink in sinks:
                sink.write(batch)
            journal.add(batch, [sink.commit() for sink in sinks])
        for sink in sinks:
            sink.finish()
