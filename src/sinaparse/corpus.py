"""Many files: parse them one after the other or in several processes, and hand out one outcome for each.

Between processes everything travels as JSON bytes: pickled models would cost more than a second process brings, and an
outcome that nobody looks into is never decoded.
"""

from __future__ import annotations

import os
import pickle
from collections.abc import Generator, Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from sinaparse.inputs import Task, count_tasks, find_tasks, read_stdin, shown_name
from sinaparse.outcome import Outcome, outcome_of
from sinaparse.parser import Parser
from sinaparse.progress import in_notebook, with_bar
from sinaparse.selection import Outcomes

if TYPE_CHECKING:
    import pyarrow as pa

AnyPath: TypeAlias = str | bytes | os.PathLike[str]


class Corpus(Outcomes):
    """The outcomes of many files: lazy, and iterable again and again. Made by :func:`read_corpus`.

    Each iteration lists the folders anew, reads each file when it is its turn and forgets it afterwards.
    """

    def __init__(
        self, paths: Iterable[AnyPath], parser: Parser, *, workers: int, ordered: bool, timeout: float | None
    ) -> None:
        self.given = tuple(map(os.fsdecode, paths))
        """The paths as they were given."""
        self.parser = parser
        self._workers = workers
        self._ordered = ordered
        self._timeout = timeout
        in_processes = workers > 1 or timeout is not None
        self._frozen_parser = pickle.dumps(parser) if in_processes else None

    def __iter__(self) -> Iterator[Outcome]:
        outcomes = self.run(self.tasks())
        return with_bar(outcomes, self.count) if in_notebook() else outcomes

    def __repr__(self) -> str:
        workers = f", workers={self._workers}" if self._workers > 1 else ""
        shown = ", ".join(repr(shown_name(path)) for path in self.given[:3])
        return f"Corpus({shown}{', …' if len(self.given) > 3 else ''}{workers})"

    def _repr_html_(self) -> str:
        from sinaparse.notebook import corpus_card

        return corpus_card(self)

    def tasks(self) -> Iterator[Task]:
        """The files, in the order in which they are read."""
        return find_tasks(self.given, self._stdin, self.parser.limits.source_bytes)

    def run(self, tasks: Iterator[Task]) -> Generator[Outcome, None, None]:
        """The outcomes of tasks, such as the rest of those of the corpus."""
        return self._here(tasks) if self._frozen_parser is None else self._in_processes(tasks, self._frozen_parser)

    def count(self) -> int | None:
        """How many files there are, or None if that can't be known before an archive is read; nothing is read for it."""
        return count_tasks(self.given)

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
    def _stdin(self) -> Iterator[bytes]:
        # Kept, since it can be read only once and a corpus can be iterated again.
        return read_stdin()

    def _here(self, tasks: Iterator[Task]) -> Generator[Outcome, None, None]:
        for task in tasks:
            yield outcome_of(self.parser, task)

    def _in_processes(self, tasks: Iterator[Task], frozen_parser: bytes) -> Generator[Outcome, None, None]:
        from sinaparse.pool import Pool  # with multiprocessing, which most users don't need

        limit = self.parser.limits.source_bytes
        with Pool(
            frozen_parser, limit, workers=self._workers, ordered=self._ordered, timeout=self._timeout
        ) as pool:  # left also when the reader stops early: the generator is closed then
            yield from pool.run(tasks)


def read_corpus(
    folder_or_paths: AnyPath | Iterable[AnyPath],
    parser: Parser | None = None,
    *,
    workers: int | Literal["auto"] = 1,
    ordered: bool = True,
    timeout: float | None = None,
) -> Corpus:
    """Parse many files.

    ``folder_or_paths`` is a folder, a file, a pattern such as ``exports/2022-*/*.md`` (``**`` is any number of folders), an
    archive (``.zip``, ``.tar``, ``.tar.gz``, ``.tgz``, ``.tar.bz2``, ``.tar.xz``), ``-`` (standard input), or several of
    them. A folder stands for its ``*.md`` and ``*.markdown``, recursively and sorted by path; links to folders are not
    followed. An archive stands for the same files in it, which are read without unpacking it to the disk; their path is
    that of the archive, ``/``, and their own. A path given twice is read twice.

    ``parser`` is ``Parser()`` unless given. With ``workers`` > 1 the files are parsed in that many processes, with
    ``"auto"`` in as many as this process may use processors; a script that asks for it needs the usual
    ``if __name__ == "__main__":``, and the parser's cleaners must be functions that can be imported. ``timeout`` is how
    many seconds one file may take, and makes at least one worker of its own for it: what is stuck is killed. Outcomes come
    in the order of the paths; with ``ordered=False`` in the order in which they get ready.

    Returns a :class:`Corpus` of outcomes. What is wrong with a file, one that can't be read at all, and one over which a
    worker dies or hangs, is in its outcome and never an exception. Raises ``ValueError`` if ``workers`` is less than 1 or
    ``timeout`` not more than 0, and what pickling raises if the parser can't be sent to workers. Iterating raises
    ``WorkerError`` if no worker can be started.
    """
    number = available_processors() if workers == "auto" else workers
    if number < 1:
        raise ValueError(f"workers must be at least 1, not {workers}")
    if timeout is not None and not timeout > 0:
        raise ValueError(f"timeout must be more than 0 seconds, not {timeout}")
    paths = [folder_or_paths] if isinstance(folder_or_paths, str | bytes | os.PathLike) else folder_or_paths
    return Corpus(paths, parser or Parser(), workers=number, ordered=ordered, timeout=timeout)


def available_processors() -> int:
    """How many processors this process may use, which is fewer than there are where it is bound to some."""
    if hasattr(os, "process_cpu_count"):  # Python 3.13
        return os.process_cpu_count() or 1
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
