"""What a run reads: the files that paths, folders, patterns and archives stand for.

Each is a :class:`Task`: a name to show, and where its bytes are. Nothing here raises for what it finds: what can't be read
is a task with a problem, so that it has its place among the others.
"""

from __future__ import annotations

import os
import re
import stat
import sys
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from sinaparse.problems import Problem, problem

SUFFIXES = (".md", ".markdown")
"""What the files of a folder or an archive must end in to be taken for exports."""
STDIN = "-"
"""The path that stands for standard input."""

ARCHIVES = (".zip", ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tar.xz")
"""What the name of an archive ends in."""

_PATTERN = re.compile(r"[*?[]")


class Task(NamedTuple):
    """One file to read."""

    name: str
    """As it is shown: see :func:`shown_name`."""
    content: str | bytes | Problem
    """The path to read it from, its bytes where they are at hand already, or why there are none."""


def find_tasks(paths: Iterable[str], stdin: Iterator[bytes], limit: int) -> Iterator[Task]:
    """All files that the paths stand for, in order; ``limit`` is the size above which a file need not be read.

    ``stdin`` gives the bytes of standard input whenever it is asked.
    """
    for path in chain.from_iterable(map(find_exports, paths)):
        if path == STDIN:
            yield Task(STDIN, next(stdin))
        elif is_archive(path):
            from sinaparse.archives import members  # with four packages that few runs need

            yield from members(path, limit)
        else:
            yield Task(shown_name(path), path)


def count_tasks(paths: Iterable[str]) -> int | None:
    """How many files :func:`find_tasks` gives, found without reading any; None if archives are among them."""
    number = 0
    for path in chain.from_iterable(map(find_exports, paths)):
        if is_archive(path):
            return None
        number += 1
    return number


def is_archive(path: str) -> bool:
    """Whether a path names an archive, by its suffix."""
    return path.lower().endswith(ARCHIVES)


def read_stdin() -> Iterator[bytes]:
    """The bytes of standard input, as often as they are asked for; it is read the first time."""
    source = sys.stdin.buffer.read()
    while True:
        yield source


def find_exports(path: str) -> Iterator[str]:
    """The exports that a path stands for, sorted: those in the folder, those that match the pattern, or the path itself."""
    if path == STDIN:
        yield path
    elif os.path.isdir(path):
        yield from _walk(path)
    elif _PATTERN.search(path) and not os.path.lexists(path):  # a title may have brackets
        yield from _matches(path)
    else:
        yield path


def _walk(folder: str) -> Iterator[str]:
    try:
        with os.scandir(folder) as entries:
            # With its `/` a folder sorts among files as the paths of its files do.
            found = sorted(
                entry.name + "/" if entry.is_dir(follow_symlinks=False) else entry.name
                for entry in entries
                if entry.is_symlink() or entry.is_dir(follow_symlinks=False) or entry.is_file(follow_symlinks=False)
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


def _matches(pattern: str) -> Iterator[str]:
    """The files that match a pattern, and the exports in the folders that do; nothing twice, links to folders left out."""
    folders = re.split(r"(?<=/)", pattern.replace(os.sep, "/"))
    fixed = next(i for i, part in enumerate(folders) if _PATTERN.search(part))
    root = "".join(folders[:fixed])
    # A last `**` is all folders, or from Python 3.13 on all files, too: with the `/` it is all folders everywhere.
    inner_pattern = re.sub(r"(^|(?<=/))\*\*$", "**/", "".join(folders[fixed:]))
    # pathlib, since the module glob follows links under `**`, round and round.
    try:
        matches = [str(path.relative_to(root or ".")) for path in Path(root).glob(inner_pattern)]
    except ValueError:  # `**` beside other characters, or a NUL: nothing has such a name
        matches = []
    found = {root.rstrip("/") or root or "." if name == "." else os.path.join(root, name) for name in matches}
    inner = {path for path in found if os.path.isdir(path) and not os.path.islink(path)}
    if not found:
        yield pattern  # reading it fails, and says so in an outcome
    for path in sorted(found, key=lambda path: f"{path}/" if path in inner else path):
        if inner.isdisjoint(_parents(path, root)):
            if path in inner:
                yield from _walk(path)
            elif not os.path.isdir(path):
                yield path


def _parents(path: str, root: str) -> Iterator[str]:
    while (parent := os.path.dirname(path)) not in ("", path) and len(parent) >= len(root.rstrip("/")):
        path = parent
        yield path


def shown_name(path: str) -> str:
    """A path as it is shown: with ``/``, and bytes that are no text escaped."""
    return os.fsencode(path).decode("utf-8", "backslashreplace").replace(os.sep, "/")


def unreadable(error: OSError | ValueError) -> Problem:
    """The problem of a file that can't be read; a ValueError says that there is a NUL in its path."""
    reason = error.strerror or type(error).__name__ if isinstance(error, OSError) else str(error)
    return problem("unreadable-file", "error", reason=reason)


def too_large(size: object, limit: int) -> Problem:
    """The problem of a file that is not read since the parser would refuse it for its size."""
    return problem("limit-source", "error", size=size, limit=limit)


def load(task: Task, limit: int) -> bytes | Problem:
    """The bytes of a task, or why there are none; not much more than ``limit`` bytes are read of anything."""
    if not isinstance(task.content, str):
        return task.content
    try:
        with open(task.content, "rb") as file:
            status = os.fstat(file.fileno())
            regular = stat.S_ISREG(status.st_mode)
            if regular and status.st_size > limit:
                return too_large(status.st_size, limit)
            source = file.read((status.st_size if regular else limit) + 1)
            # More than it had: it is being written to, or it is one of those in /proc that say nothing of their size.
            if regular and len(source) > status.st_size:
                source += file.read(limit + 1 - len(source))
    except (OSError, ValueError) as error:
        return unreadable(error)
    return source if len(source) <= limit else too_large(f"more than {limit}", limit)
