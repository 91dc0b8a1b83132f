"""Many files: find them, parse them one after the other or in several processes, and hand out one outcome for each.

Between processes everything travels as JSON bytes: pickled models would cost more than a second process brings, and an
outcome that nobody looks into is never decoded.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeAlias

from sinaparse.outcome import Outcome, parsed, unparsed
from sinaparse.parser import Parser
from sinaparse.problems import Problem, SinaParseError, problem
from sinaparse.progress import in_notebook, with_bar
from sinaparse.selection import Outcomes

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

    import pyarrow as pa

AnyPath: TypeAlias = str | bytes | os.PathLike[str]

SUFFIXES = (".md", ".markdown")
"""What the files of a folder must end in to be taken for exports."""
STDIN = "-"
"""The path that stands for standard input."""
CHUNK = 16
"""Files that a worker gets at a time: enough to make passing them cheap, few enough to keep what waits small."""
CHUNKS_PER_WORKER = 2
"""One to work on and one to go on with; with more, results would pile up when their reader is slow."""


class ResumeError(SinaParseError, ValueError):
    """A run that can't be resumed: there is none, it had other settings, or its inputs have changed."""


class Corpus(Outcomes):
    """The outcomes of many files: lazy, and iterable again and again. Made by :func:`read_corpus`.

    Each iteration lists the folders anew, reads each file when it is its turn and forgets it afterwards.
    """

    def __init__(self, paths: Iterable[AnyPath], parser: Parser, *, workers: int, ordered: bool) -> None:
        self._paths = tuple(map(os.fsdecode, paths))
        self._parser = parser
        self._workers = workers
        self._ordered = ordered
        self._frozen_parser = pickle.dumps(parser) if workers > 1 else b""

    def __iter__(self) -> Iterator[Outcome]:
        outcomes = self.after(())
        return with_bar(outcomes, self) if in_notebook() else outcomes

    def after(self, done: Iterable[tuple[str, str]]) -> Iterator[Outcome]:
        """The outcomes of the files that come after those of an earlier run, which are given by path and digest, in order.

        Raises :class:`ResumeError` if the files do not begin with those, or if one of them has changed.
        """
        tasks = self._tasks()
        for name, digest in done:
            task = next(tasks, None)
            if task is None or shown_name(task[0]) != name:
                found = "there is no more" if task is None else f"there is {shown_name(task[0])}"
                raise ResumeError(f"the inputs have changed: where {name} was, {found}")
            if _digest(*task) != digest:
                raise ResumeError(f"{name} has changed since it was parsed")
        return self._in_processes(tasks) if self._workers > 1 else self._one_by_one(tasks)

    def __repr__(self) -> str:
        workers = f", workers={self._workers}" if self._workers > 1 else ""
        shown = ", ".join(repr(shown_name(path)) for path in self._paths[:3])
        return f"Corpus({shown}{', …' if len(self._paths) > 3 else ''}{workers})"

    def _repr_html_(self) -> str:
        from sinaparse.notebook import corpus_card

        return corpus_card(self)

    def paths(self) -> Iterator[str]:
        """The files in the order in which they are read, as the operating system names them."""
        for path in self._paths:
            yield from find_exports(path)

    def to_arrow(self, table: str = "articles") -> pa.Table:
        """Parse all of it into a ``pyarrow.Table``; see :func:`sinaparse.to_arrow`."""
        from sinaparse.arrow import to_arrow

        return to_arrow(self, table)

    def to_pandas(self, table: str = "articles") -> Any:
        """Parse all of it into a ``pandas.DataFrame`` (extra ``pandas``); numbers that may be missing are ``Int32``.

        Raises as :func:`sinaparse.to_arrow` does.
        """
        from sinaparse.arrow import to_pandas

        return to_pandas(self, table)

    @cached_property
    def _stdin(self) -> bytes:
        # Kept, since it can be read only once and a corpus can be iterated again.
        return sys.stdin.buffer.read()

    def _tasks(self) -> Iterator[tuple[str, bytes | None]]:
        # A worker has no standard input of its own: its bytes go along with the path.
        return ((path, self._stdin if path == STDIN else None) for path in self.paths())

    def _one_by_one(self, tasks: Iterator[tuple[str, bytes | None]]) -> Iterator[Outcome]:
        return (_outcome(self._parser, path, source) for path, source in tasks)

    def _in_processes(self, tasks: Iterator[tuple[str, bytes | None]]) -> Iterator[Outcome]:
        waiting: list[Future[list[Outcome]]] = []
        pool = _pool(self._workers, self._frozen_parser)
        try:
            while chunk := list(islice(tasks, CHUNK)):
                waiting.append(pool.submit(_outcomes, chunk))
                if len(waiting) == CHUNKS_PER_WORKER * self._workers:
                    yield from self._next(waiting)
            while waiting:
                yield from self._next(waiting)
        finally:  # also when the reader stops early: the generator is closed then
            pool.shutdown(cancel_futures=True)

    def _next(self, waiting: list[Future[list[Outcome]]]) -> list[Outcome]:
        """Take the next chunk to hand out from those in work."""
        if self._ordered:
            return waiting.pop(0).result()
        done, _ = wait(waiting, return_when=FIRST_COMPLETED)
        future = next(future for future in waiting if future in done)
        waiting.remove(future)
        return future.result()


def read_corpus(
    folder_or_paths: AnyPath | Iterable[AnyPath],
    parser: Parser | None = None,
    *,
    workers: int = 1,
    ordered: bool = True,
) -> Corpus:
    """Parse many files.

    ``folder_or_paths`` is a folder, a file, ``-`` (standard input), or several of them. A folder stands for its ``*.md``
    and ``*.markdown``, recursively and sorted by path; links to folders are not followed. A path given twice is read twice.

    ``parser`` is ``Parser()`` unless given. With ``workers`` > 1 the files are parsed in that many processes; a script that
    asks for it needs the usual ``if __name__ == "__main__":``, and the parser's cleaners must be functions that can be
    imported. Outcomes come in the order of the paths; with ``ordered=False`` in the order in which they get ready.

    Returns a :class:`Corpus` of outcomes. What is wrong with a file, and a file that can't be read at all, is in its
    outcome and never an exception. Raises ``ValueError`` if ``workers`` is less than 1, and what pickling raises if the
    parser can't be sent to workers.
    """
    if workers < 1:
        raise ValueError(f"workers must be at least 1, not {workers}")
    paths = [folder_or_paths] if isinstance(folder_or_paths, str | bytes | os.PathLike) else folder_or_paths
    return Corpus(paths, parser or Parser(), workers=workers, ordered=ordered)


def find_exports(path: str) -> Iterator[str]:
    """The exports that a path stands for: those in the folder, sorted by path, or the path itself if it is no folder."""
    if path == STDIN or not os.path.isdir(path):
        yield path
    else:
        yield from _walk(path)


def _walk(folder: str) -> Iterator[str]:
    try:
        with os.scandir(folder) as entries:
            # With its `/` a folder sorts among files as the paths of its files do.
            found = sorted(
                (entry.name + "/" if entry.is_dir(follow_symlinks=False) else entry.name) for entry in entries
            )
    except OSError:
        yield folder  # reading it fails for the same reason, and says so in an outcome
        return
    for name in found:
        path = os.path.join(folder, name.rstrip("/"))
        if name.endswith("/"):
            yield from _walk(path)
        elif name.lower().endswith(SUFFIXES):
            yield path


def shown_name(path: str) -> str:
    """A path as it is shown: with ``/``, and bytes that are no text escaped."""
    return os.fsencode(path).decode("utf-8", "backslashreplace").replace(os.sep, "/")


def unreadable(error: OSError) -> Problem:
    """The problem of a file that can't be read."""
    return problem("unreadable-file", "error", reason=error.strerror or type(error).__name__)


def _digest(path: str, source: bytes | None) -> str:
    """The digest in the outcome of a file."""
    try:
        if source is None:
            with open(path, "rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest()
        return hashlib.sha256(source).hexdigest()
    except OSError:
        return ""


def _outcome(parser: Parser, path: str, source: bytes | None = None) -> Outcome:
    """Read and parse one file; ``source`` has its bytes where they were read already."""
    name = shown_name(path)
    try:
        if source is None:
            with open(path, "rb") as file:
                source = file.read()
    except OSError as error:
        return unparsed(name, unreadable(error))
    return parsed(parser, name, source)


# --- in a worker ------------------------------------------------------------------------------------------------------

_worker_parser: Parser


def _pool(workers: int, frozen_parser: bytes) -> ProcessPoolExecutor:
    # Imported here, since most users need no processes. "spawn", since a forked process has the locks that other threads
    # of its parent held and nobody to release them: Arrow, polars and progress bars all have threads.
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    return ProcessPoolExecutor(workers, get_context("spawn"), initializer=_start_worker, initargs=(frozen_parser,))


def _start_worker(frozen_parser: bytes) -> None:
    import signal
    import threading

    # Ctrl-C reaches all processes of a terminal; the parent ends the run, and workers should not print tracebacks.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    global _worker_parser  # noqa: PLW0603 the one thing a worker keeps between two chunks
    _worker_parser = pickle.loads(frozen_parser)  # noqa: S301 bytes that this program itself has just made


def _end_with_parent() -> None:
    """End this process when its parent is gone, even if that was killed and could tell nobody."""
    from multiprocessing import parent_process

    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _outcomes(chunk: list[tuple[str, bytes | None]]) -> list[Outcome]:
    return [_outcome(_worker_parser, path, source) for path, source in chunk]
