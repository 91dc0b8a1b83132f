"""``sinaparse convert``: a folder of exports becomes a folder of clean posts."""

from __future__ import annotations

import os
import re
import sys
import unicodedata
from collections.abc import Callable
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import Annotated

import typer

from sinaparse.corpus import Corpus
from sinaparse.inputs import STDIN, shown_name
from sinaparse.models import Article
from sinaparse.problems import counted, report
from sinaparse.render import HtmlRenderer, MarkdownRenderer, TextRenderer
from sinaparse.terminal import (
    REFUSED,
    CleanerNames,
    Lenient,
    Timeout,
    UnmarkedHeadings,
    WithoutNames,
    Workers,
    ZoneName,
    check_paths,
    choose_cleaners,
    clean,
    failure,
    make_corpus,
    make_parser,
    orderly,
    progress,
    replacing,
)


class Format(StrEnum):
    """What to write."""

    MD = "md"
    HTML = "html"
    TXT = "txt"


class Images(StrEnum):
    """What becomes of pictures."""

    KEEP = "keep"
    DROP = "drop"


def convert(
    folder: Annotated[str, typer.Argument(metavar="FOLDER", help="A folder of exports, or a file.")],
    *,
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="OUT", help="The folder to write to; made if missing.")
    ],
    to: Annotated[
        Format,
        typer.Option("--to", help="md: posts with front matter for Hexo, Hugo and MkDocs; html: pages; txt: text."),
    ] = Format.MD,
    images: Annotated[
        Images, typer.Option("--images", help="Keep pictures as links to where they are, or drop them.")
    ] = (Images.KEEP),
    lenient: Lenient = False,
    timezone: ZoneName = "UTC",
    unmarked_headings: UnmarkedHeadings = False,
    cleaner: CleanerNames = None,
    without: WithoutNames = None,
    workers: Workers = "1",
    timeout: Timeout = None,
) -> None:
    """Write each export as a clean post, page or text into a folder of the same structure.

    Refused files and their problems are reported on standard error. Exit status: 0 if all files were converted, 1 if some
    were refused, 2 for wrong use.
    """
    check_paths([folder])
    _check_places(folder, output)
    parser = make_parser(
        choose_cleaners(cleaner, without), lenient=lenient, timezone=timezone, unmarked=unmarked_headings
    )
    corpus = make_corpus([folder], parser, workers, timeout)
    keep = images is Images.KEEP
    render: dict[Format, Callable[[Article], str]] = {
        Format.MD: MarkdownRenderer(front_matter=True, images=keep).render,
        Format.HTML: HtmlRenderer(page=True, images=keep).render,
        Format.TXT: TextRenderer(images=keep).render,
    }
    with orderly():
        refused = _convert(corpus, folder, output, f".{to}", render[to])
    if refused:
        raise typer.Exit(REFUSED)


def _check_places(folder: str, output: str) -> None:
    """Posts end in ``.md`` as exports do, so the two must not mix."""
    source, target = Path(folder).resolve(), Path(output).resolve()
    if target.exists() and not target.is_dir():
        raise failure(f"{output} is no folder")
    if source.is_file():
        source = source.parent
        mixed = source == target
    else:
        mixed = source.is_relative_to(target) or target.is_relative_to(source)
    if folder != STDIN and mixed:
        raise failure(f"{output} is among the exports: posts end as they do and would be taken for them the next time")


def _convert(corpus: Corpus, folder: str, output: str, suffix: str, render: Callable[[Article], str]) -> int:
    """Write the posts of a corpus; how many files were refused."""
    written = refused = 0
    root = shown_name(folder if os.path.isdir(folder) else os.path.dirname(folder))
    names = Names(suffix)
    with progress(corpus, "converting", corpus.count) as outcomes:
        for outcome in outcomes:
            if outcome.article is None:
                refused += 1
                print(clean(report(outcome.problems, outcome.path)), file=sys.stderr)
                continue
            place = os.path.join(output, *names.place(os.path.relpath(outcome.path, root or os.curdir)))
            os.makedirs(os.path.dirname(place), exist_ok=True)
            with replacing(place) as file:
                file.write(render(outcome.article).encode())
            written += 1
    print(f"{counted(written, 'file')} written to {output}, {refused} refused", file=sys.stderr)
    return refused


_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f-\x9f<>:"/\\|?*\ud800-\udfff]')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)", re.IGNORECASE)
"""Devices of Windows, whatever the suffix: https://learn.microsoft.com/en-us/windows/win32/fileio/naming-a-file."""
_NAME_BYTES = 200
"""File systems allow 255 bytes; the rest is room for a suffix, a number, and what sync programs add."""


class Names:
    """Names of files that every file system takes, each given once."""

    def __init__(self, suffix: str) -> None:
        self._suffix = suffix
        self._taken: set[tuple[str, ...]] = set()

    def place(self, path: str) -> list[str]:
        """Folders and name for the post of an export at a relative path; never outside the folder they are joined to."""
        *folders, name = path.split(os.sep)
        # No folder ends as posts do, so none can be where a post has to be.
        parts = [f"{part}_" if part.lower().endswith(self._suffix) else part for part in map(safe_name, folders)]
        stem = safe_name(os.path.splitext(name)[0])
        number = 1
        while True:
            post = f"{stem}{'' if number == 1 else f' ({number})'}{self._suffix}"
            # Names that differ in case, or in how an accent is put together, are one file on Windows and macOS.
            key = tuple(unicodedata.normalize("NFC", part).casefold() for part in (*parts, post))
            if key not in self._taken:
                self._taken.add(key)
                return [*parts, post]
            number += 1


def safe_name(name: str) -> str:
    """A name that every file system takes and that leads nowhere else: what can't stand in one becomes ``_``.

    None begins with that: Hexo and Jekyll pass over such files and folders in silence, and the exporter writes ``“`` so.
    One that is too long is cut, with a few characters of its SHA-256 so that two such stay apart.
    """
    safe = _FORBIDDEN.sub("_", name).lstrip("_ .").rstrip(" .")
    if not safe or _RESERVED.fullmatch(safe.split(".", maxsplit=1)[0].rstrip()):
        safe = f"post {safe}".rstrip()
    if len(safe.encode()) <= _NAME_BYTES:
        return safe
    digest = sha256(name.encode("utf-8", "surrogateescape")).hexdigest()[:8]
    return f"{safe.encode()[: _NAME_BYTES - 9].decode(errors='ignore').rstrip(' .')}-{digest}"
