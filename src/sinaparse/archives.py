"""Exports in archives: ``.zip`` and ``.tar``, read member by member without unpacking anything to the disk.

A member is shown as ``archive.zip/inner/name.md``. Those of a zip come sorted by name, those of a tar as they stand in it,
since it is read from front to back in one pass. Archives come from anywhere, so nothing in them is trusted: a member with
an absolute path or ``..`` in it, a link, an encrypted or damaged one is a task with a problem, one above the size limit is
not unpacked, and where an archive can't be read any further the problem stands under its own name. Archives inside
archives are not opened.
"""

from __future__ import annotations

import bz2
import gzip
import lzma
import re
import stat
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from typing import IO, Any, Literal, Self

from sinaparse.inputs import SUFFIXES, Task, shown_name, too_large
from sinaparse.problems import problem

_OPEN_TAR: dict[str, Callable[[str, Literal["rb"]], Any]] = {
    ".tar": open,
    ".tar.gz": gzip.open,
    ".tgz": gzip.open,
    ".tar.bz2": bz2.open,
    ".tar.xz": lzma.open,
}
"""How a tar is opened, by its suffix."""

_ENCRYPTED, _UTF_8 = 0x1, 0x800
"""Flags of a zip member."""
_HEADER_BYTES = 1024 * 1024
"""The longest header of a tar member that is read: it has names, which tarfile holds in memory."""
_ABSOLUTE = re.compile(r"[/\\]|[A-Za-z]:[/\\]")


def members(path: str, limit: int) -> Iterator[Task]:
    """The exports in an archive; ``limit`` is the size above which a member is not unpacked."""
    shown = shown_name(path)
    try:
        yield from _zip(path, shown, limit) if path.lower().endswith(".zip") else _tar(path, shown, limit)
    except OSError as error:
        yield Task(shown, problem("archive-unreadable", "error", reason=error.strerror or str(error)))
    except Exception as error:  # noqa: BLE001 the libraries raise a dozen things for damaged archives
        yield Task(shown, problem("archive-unreadable", "error", reason=_words(error)))


def _zip(path: str, shown: str, limit: int) -> Iterator[Task]:
    with zipfile.ZipFile(path) as archive:
        found = sorted(((_zip_name(member), member) for member in archive.infolist()), key=lambda pair: pair[0])
        for name, member in found:
            if member.is_dir() or not name.lower().endswith(SUFFIXES):
                continue
            link = "a link" if stat.S_ISLNK(member.external_attr >> 16) else None
            encrypted = "encrypted" if member.flag_bits & _ENCRYPTED else None
            yield _member(shown, name, link or encrypted, member.file_size, limit, lambda: archive.open(member))  # noqa: B023 called at once


def _zip_name(member: zipfile.ZipInfo) -> str:
    """The name of a member; Chinese Windows writes GBK where the format knows only DOS's characters, others UTF-8 unmarked."""
    if member.flag_bits & _UTF_8:
        return member.filename
    raw = member.filename.encode("cp437", "replace")
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            pass
    return member.filename


class _TarMember(tarfile.TarInfo):
    """A member whose damaged header is an error: tarfile takes it for the end of the archive and says nothing."""

    @classmethod
    def fromtarfile(cls, tarfile_: tarfile.TarFile) -> Self:
        try:
            return super().fromtarfile(tarfile_)
        except tarfile.EOFHeaderError:  # type: ignore[attr-defined]  # the mark of the end
            raise
        except tarfile.HeaderError as error:
            raise tarfile.ReadError(f"{error}; the archive may be cut off") from None

    def _proc_member(self, tarfile_: tarfile.TarFile) -> tarfile.TarInfo:
        """Read what belongs to a header; tarfile's own words say that subclasses may do that in another way."""
        if self.size > _HEADER_BYTES and not (self.isreg() or self.isdir() or self.issym() or self.islnk()):
            raise tarfile.ReadError(f"a header of {self.size} bytes")
        return super()._proc_member(tarfile_)  # type: ignore[misc,no-any-return]


def _tar(path: str, shown: str, limit: int) -> Iterator[Task]:
    suffix = next(suffix for suffix in _OPEN_TAR if path.lower().endswith(suffix))
    with (
        _OPEN_TAR[suffix](path, "rb") as file,
        tarfile.open(fileobj=file, mode="r|", tarinfo=_TarMember, encoding="utf-8") as archive,
    ):
        while (member := archive.next()) is not None:
            archive.members.clear()  # type: ignore[attr-defined]  # or all members stay in memory
            if member.name.lower().endswith(SUFFIXES) and not member.isdir():
                link = None if member.isreg() else "a link" if member.issym() or member.islnk() else "no file"
                yield _member(shown, member.name, link, member.size, limit, lambda: archive.extractfile(member))
        while file.read(64 * 1024):  # to the end, where the checksum is
            pass


def _member(
    shown: str, name: str, refused: str | None, size: int, limit: int, unpack: Callable[[], IO[bytes] | None]
) -> Task:
    """One member as a task; ``refused`` says what it is if it can't be read for what it is."""
    escaped = name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    inner = "/".join(part for part in escaped.split("/") if part not in ("", "."))
    full = f"{shown}/{inner}"
    if _ABSOLUTE.match(name):
        refused = "an absolute path"
    elif ".." in re.split(r"[/\\]", name):
        refused = "a path with `..`"
    if refused is not None:
        return Task(full, problem("archive-member", "error", reason=f"it is {refused}"))
    if size > limit:
        return Task(full, too_large(size, limit))
    try:
        file = unpack()
        assert file is not None  # noqa: S101 tarfile has a file for whatever is regular
        with file:
            source = file.read(limit + 1)
    except tarfile.ReadError:  # nothing can be read after it
        raise
    except Exception as error:  # noqa: BLE001 see members()
        return Task(full, problem("archive-member", "error", reason=_words(error)))
    return Task(full, source if len(source) <= limit else too_large(f"more than {limit}", limit))


def _words(error: Any) -> str:
    return str(error) or type(error).__name__
