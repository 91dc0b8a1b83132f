"""Worker processes that parse: none of them can stop the run, whatever becomes of it.

Files go to the workers in chunks, and outcomes come back chunk by chunk, both as plain bytes through pipes. The parent
knows what each worker has in hand. If a worker dies, its files are parsed again one by one, and one that kills again gets
a problem instead of an outcome; if it is stuck in one file for too long, it is killed and that file gets a problem.
`concurrent.futures` knows none of that: there the death of one process is the end of all.

Processes are spawned, not forked: a forked process has the locks that other threads of its parent held and nobody to
release them, and Arrow, polars and progress bars all have threads.
"""

from __future__ import annotations

import logging
import os
import pickle
import signal
import threading
import time
from collections import deque
from collections.abc import Iterator, MutableSequence
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnContext
from typing import TYPE_CHECKING, NamedTuple, Self

from sinaparse.inputs import Task, load
from sinaparse.outcome import Outcome, digest_of, outcome_of, unparsed
from sinaparse.problems import Problem, WorkerError, problem

if TYPE_CHECKING:
    from sinaparse.parser import Parser

CHUNK_FILES = 16
"""Files that a worker gets at a time: enough to make passing them cheap, few enough to keep what waits small."""
CHUNK_BYTES = 1024 * 1024
"""A chunk ends earlier when the bytes that travel with its tasks reach this size."""
WINDOW = 3
"""Chunks for each worker that are taken from the tasks and not yet handed out: one in work, one to go on with, and one for
a worker that is quicker than the one whose turn it is. With more, results would pile up when their reader is slow."""
AHEAD_BYTES = 8 * 1024
"""The largest message that is sent to a worker which is at work. It must fit into a pipe: with nobody to read it at the
other end, the parent would wait, and the worker for the parent."""
START_ATTEMPTS = 3
"""Workers that may die one after the other before they are ready for work."""

_LOG = logging.getLogger("sinaparse")


class _Chunk:
    """Tasks that travel together, and their outcomes as far as they are known."""

    def __init__(self, tasks: list[Task]) -> None:
        self.tasks = tasks
        self.outcomes: list[Outcome | None] = [None] * len(tasks)

    @property
    def done(self) -> bool:
        return None not in self.outcomes


class _Span(NamedTuple):
    """What one message asks of a worker: tasks of one chunk, from ``start`` up to ``stop``."""

    chunk: _Chunk
    start: int
    stop: int

    def split(self) -> Iterator[_Span]:
        return (_Span(self.chunk, index, index + 1) for index in range(self.start, self.stop))


class _Worker:
    """One process and what it has in hand."""

    def __init__(self, context: SpawnContext, frozen_parser: bytes, *, timed: bool) -> None:
        self.results, results = context.Pipe(duplex=False)
        orders, self.orders = context.Pipe(duplex=False)
        # Only for a timeout, since there are places without shared memory (AWS Lambda).
        self.clock: MutableSequence[float] = context.RawArray("d", 2) if timed else [0.0, 0.0]
        """Written by the worker, read by the parent: the index of the file in its span, and when it began; 0 is never."""
        self.ready = False
        self.spans: deque[_Span] = deque()
        self.process = context.Process(target=_work, args=(orders, results, self.clock, frozen_parser), daemon=True)
        self.process.start()
        for end in (orders, results):  # the worker's: as long as they are open here, its death goes unseen
            end.close()

    def takes(self, size: int) -> bool:
        """Whether a message of this size can be sent to it now."""
        return self.ready and (not self.spans or (len(self.spans) == 1 and size <= AHEAD_BYTES))

    def late(self, timeout: float) -> bool:
        """Whether it has been at its file for too long."""
        return bool(self.spans) and 0 < self.clock[1] < time.monotonic() - timeout

    def end(self) -> None:
        self.process.kill()
        self.process.join()
        self.process.close()
        self.results.close()
        self.orders.close()


class Pool:
    """Parses tasks in ``workers`` processes; a context manager that leaves none of them behind.

    ``timeout`` is how many seconds one file may take; None is no limit.
    """

    def __init__(self, frozen_parser: bytes, limit: int, *, workers: int, ordered: bool, timeout: float | None) -> None:
        self._frozen_parser = frozen_parser
        self._limit = limit
        self._size = workers
        self._ordered = ordered
        self._timeout = timeout
        self._context = get_context("spawn")
        self._workers: list[_Worker] = []
        self._todo: deque[_Span] = deque()
        self._failed_starts = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            worker.end()

    def run(self, tasks: Iterator[Task]) -> Iterator[Outcome]:
        """The outcomes of tasks, which are taken no sooner than they are needed.

        Raises :class:`WorkerError` if no worker can be started.
        """
        window: list[_Chunk] = []
        self._fill(window, tasks)
        while window:
            chunk = self._next(window)
            window.remove(chunk)
            self._fill(window, tasks)
            yield from filter(None, chunk.outcomes)

    def _fill(self, window: list[_Chunk], tasks: Iterator[Task]) -> None:
        """Take tasks as far as the window allows, and give them to workers."""
        while len(window) < WINDOW * self._size and (chunk := _take(tasks)):
            window.append(chunk)
            self._todo.append(_Span(chunk, 0, len(chunk.tasks)))
        self._assign()

    def _next(self, window: list[_Chunk]) -> _Chunk:
        """The chunk to hand out next, as soon as it is done."""
        while True:
            candidates = window[:1] if self._ordered else window
            for chunk in candidates:
                if chunk.done:
                    return chunk
            self._wait()
            self._assign()

    def _assign(self) -> None:
        """Start the workers that are missing, as far as there is work, and give all of them something to do."""
        busy = sum(bool(worker.spans) for worker in self._workers)
        while len(self._workers) < min(self._size, busy + len(self._todo)):
            try:
                self._workers.append(_Worker(self._context, self._frozen_parser, timed=self._timeout is not None))
            except OSError as error:  # no more processes, open files or shared memory
                if not self._workers:
                    raise WorkerError(f"no worker can be started: {error}") from error
                self._size = len(self._workers)
                _LOG.warning("no more than %d of the workers can be started: %s", self._size, error)
        while self._todo:
            # Nothing is sent ahead to one while another has nothing to do, or is just starting.
            worker = min(self._workers, key=lambda worker: (len(worker.spans), not worker.ready))
            span = self._todo[0]
            message = pickle.dumps(span.chunk.tasks[span.start : span.stop])
            if not worker.takes(len(message)):
                return
            worker.spans.append(self._todo.popleft())
            try:
                worker.orders.send_bytes(message)
            except OSError:  # it is dead, which _wait() finds out
                return

    def _wait(self) -> None:
        """Wait until something comes from a worker, its end included, or one is late."""
        pause = None if self._timeout is None else min(1.0, self._timeout / 10)
        ready = wait([worker.results for worker in self._workers], pause)
        for worker in list(self._workers):
            if worker.results in ready and not self._receive(worker):
                self._bury(worker)
            elif self._timeout is not None and worker.late(self._timeout):
                self._stop(worker, self._timeout)

    def _receive(self, worker: _Worker) -> bool:
        """Take one message from a worker; False if it is dead."""
        try:
            message = pickle.loads(worker.results.recv_bytes())  # noqa: S301 from a process of ours
        except (EOFError, OSError):
            return False
        if isinstance(message, str):
            raise WorkerError(f"a worker can't make its parser: {message}")
        if not worker.ready:
            worker.ready = True
            self._failed_starts = 0
            return True
        span = worker.spans.popleft()
        span.chunk.outcomes[span.start : span.stop] = [Outcome(*fields) for fields in message]
        return True

    def _bury(self, worker: _Worker) -> None:
        """See to it that the files of a dead worker are parsed again, but for one that it died over alone."""
        worker.process.join()
        reason = _cause(worker.process.exitcode or 0)
        if not worker.ready:
            self._failed_starts += 1
            if self._failed_starts == START_ATTEMPTS or (worker.process.exitcode or 0) > 0:
                raise WorkerError(
                    f"a worker died when it was started: {reason}. A script that uses workers needs "
                    '`if __name__ == "__main__":` round what it does, and to be a file, not standard input.'
                )
        self._workers.remove(worker)
        if worker.spans:
            span = worker.spans.popleft()
            self._todo.extendleft(reversed(worker.spans))
            if span.stop - span.start == 1:
                self._give_up(span, problem("worker-died", "error", reason=reason))
            else:
                count = span.stop - span.start
                _LOG.warning("a worker died (%s): its %d files are parsed again, one by one", reason, count)
                self._todo.extendleft(reversed([*span.split()]))
        worker.end()

    def _stop(self, worker: _Worker, timeout: float) -> None:
        """Kill a worker that is late, and go on behind the file that it was at."""
        worker.process.kill()
        worker.process.join()
        while worker.results.poll() and self._receive(worker):  # it may have finished something in the last moment
            pass
        self._workers.remove(worker)
        spans = list(worker.spans)
        if worker.late(timeout):
            chunk, start, stop = spans.pop(0)
            index = start + int(worker.clock[0])
            self._give_up(_Span(chunk, index, index + 1), problem("timeout", "error", seconds=timeout))
            rest = (_Span(chunk, start, index), _Span(chunk, index + 1, stop))
            spans[:0] = [span for span in rest if span.start < span.stop]
        self._todo.extendleft(reversed(spans))
        worker.end()

    def _give_up(self, span: _Span, found: Problem) -> None:
        task = span.chunk.tasks[span.start]
        span.chunk.outcomes[span.start] = unparsed(task.name, found, digest_of(load(task, self._limit)))


def _take(tasks: Iterator[Task]) -> _Chunk | None:
    """The next chunk of tasks; None if there are no more."""
    taken: list[Task] = []
    size = 0
    for task in tasks:
        taken.append(task)
        size += len(task.content) if isinstance(task.content, bytes) else 0
        if len(taken) == CHUNK_FILES or size >= CHUNK_BYTES:
            break
    return _Chunk(taken) if taken else None


def _cause(exitcode: int) -> str:
    if exitcode >= 0:
        return f"it ended with status {exitcode}"
    try:
        return f"killed by {signal.Signals(-exitcode).name}"
    except ValueError:
        return f"killed by signal {-exitcode}"


# --- in a worker ------------------------------------------------------------------------------------------------------


def _work(
    orders: Connection, results: Connection, clock: MutableSequence[float], frozen_parser: bytes
) -> None:  # pragma: no cover
    """Parse what comes until nothing comes any more."""
    # Ctrl-C reaches all processes of a terminal; the parent ends the run, and workers should not print tracebacks.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    try:
        parser: Parser = pickle.loads(frozen_parser)  # noqa: S301 bytes that this program itself has just made
    except Exception as error:  # noqa: BLE001 the modules of cleaners do what they like
        results.send_bytes(pickle.dumps(f"{type(error).__name__}: {error}"))
        return
    results.send_bytes(pickle.dumps(()))
    while True:
        try:
            tasks: list[Task] = pickle.loads(orders.recv_bytes())  # noqa: S301 from the parent
            outcomes = []
            for index, task in enumerate(tasks):
                clock[0], clock[1] = index, time.monotonic()
                outcomes.append(outcome_of(parser, task))
            clock[1] = 0  # waiting for a slow reader is nobody's fault
            results.send_bytes(pickle.dumps([one.fields() for one in outcomes]))
        except (EOFError, OSError):  # the parent is gone
            return


def _leave_with_parent() -> None:  # pragma: no cover
    parent = parent_process()
    assert parent is not None  # noqa: S101 this is a child
    parent.join()
    os._exit(1)
