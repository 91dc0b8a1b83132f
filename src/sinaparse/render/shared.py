"""What all renderers share: safe addresses, runs of text, the line under the title, the nesting of items."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Final, Protocol, TypeAlias, cast

from sinaparse.models import Article, Block, Cell, Item, ItemList, Paragraph, Span, Table

BEIJING: Final = dt.timezone(dt.timedelta(hours=8))
"""China's one zone, without daylight saving since 1991."""

WRITERS: Final = {
    "paragraph": "paragraph",
    "image": "image",
    "table": "table",
    "video": "video",
    "quote": "quote",
    "list": "item_list",
}
"""The field of a renderer that writes each kind of block."""


class HasImages(Protocol):
    """A renderer, as far as it matters here."""

    @property
    def images(self) -> bool:
        """Whether pictures are wanted."""
        ...


def write_block(block: Block, renderer: HasImages) -> str:
    """What the renderer's writer for this kind of block gives; nothing for a picture if they are not wanted."""
    if block.kind == "image" and not renderer.images:
        return ""
    writer = cast("Callable[[Block, HasImages], str]", getattr(renderer, WRITERS[block.kind]))
    return writer(block, renderer)


# --- characters and addresses -------------------------------------------------------------------------------------

_UNWRITABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def writable(text: str) -> str:
    """A text without what HTML and Markdown can't carry: control characters become U+FFFD, as both standards have it."""
    return _UNWRITABLE.sub("\ufffd", text)


_WEB = re.compile(r"https?://[^/?#\\@]+(?:[/?#]|$)", re.IGNORECASE)
_UNSAFE = re.compile(r"""[\x00-\x20"<>\\^`{|}\x7f-\xa0\u2000-\u200f\u2028-\u202f\u2060-\u2069\u3000\ufeff\ufffd]""")


def web_address(url: str | None) -> str | None:
    """An address that may be followed, or None: http and https only, whatever a source has tried to make of it.

    Read as browsers do (https://url.spec.whatwg.org/#concept-basic-url-parser): spaces and control characters at the ends,
    and tabs and newlines anywhere, count for nothing. ``//host`` gets ``https:``, since a file on a disk has no scheme to
    lend. User names (``https://sina.com.cn@other.example``) are for deceiving only. What an address can't hold is escaped.
    """
    if url is None:
        return None
    plain = re.sub(r"[\t\n\r]", "", writable(url).strip("\x00\ufffd \t\n\r\u3000\u00a0"))
    if plain.startswith("//"):
        plain = "https:" + plain
    if not _WEB.match(plain):
        return None
    return _UNSAFE.sub(lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode()), plain)


_SINA_PICTURES = re.compile(r"https?://(?:[\w-]+\.)*sinaimg\.cn(?::\d+)?(?:[/?#]|$)", re.IGNORECASE)


def is_sina_picture(url: str) -> bool:
    """Whether Sina's image host serves this, which refuses a picture to pages of others that name themselves (Referer)."""
    return _SINA_PICTURES.match(url) is not None


# --- runs ----------------------------------------------------------------------------------------------------------


Part: TypeAlias = tuple[str, str | None, str | None]
"""A piece of text, the address that it links to, and the symbol of a stock link."""


def runs(block: Paragraph | Item) -> Iterator[tuple[bool, list[Part]]]:
    """The text of a paragraph or item in runs that are bold or not; neighbours that look the same are one."""
    spans = block.spans or (Span(text=block.text),)
    for bold, same in groupby((span for span in spans if span.text), key=lambda span: span.bold):
        parts: list[Part] = []
        for (address, symbol), linked in groupby(same, key=lambda span: (web_address(span.href), span.symbol)):
            parts.append((writable("".join(span.text for span in linked)), address, symbol))
        yield bold, parts


def nested(block: ItemList) -> Iterator[tuple[int, Item]]:
    """The items with the depth at which they can stand: at most one deeper than the item before."""
    last = -1
    for item in block.items:
        last = min(item.depth, last + 1)
        yield last, item


def cell_numbers(block: Table) -> tuple[tuple[int | None, ...], ...]:
    """For each place of a table, its spans filled, the number of the cell there, in reading order from 0; None is no cell.

    What is written of a cell has not to be worked out again for each of its places.
    """
    numbers = itertools.count()
    rows = tuple(
        tuple(Cell(text=str(next(numbers)), colspan=cell.colspan, rowspan=cell.rowspan) for cell in row)
        for row in block.rows
    )
    return tuple(tuple(int(text) if text else None for text in line) for line in Table(rows=rows).grid())


def blank(text: str | None) -> bool:
    """Whether there is nothing to write."""
    return not text or text.isspace()


# --- words -----------------------------------------------------------------------------------------------------------


def shown_time(article: Article) -> str | None:
    """When the article was published, in Beijing's time; marked where the file only has the time of export."""
    if article.published_at is None:
        return None
    moment = f"{article.published_at.astimezone(BEIJING):%Y-%m-%d %H:%M} 北京时间"
    return moment if article.date_kind == "published" else f"{moment}导出"


def under_title(article: Article) -> list[str]:
    """What stands under a title: the time if it is known, then the source and the authors."""
    words = (shown_time(article), article.source, "、".join(article.authors))
    return [word for word in words if word is not None and not blank(word)]


def video_words(title: str | None) -> str:
    """What stands for a video."""
    return "视频" if blank(title) else f"视频：{title}"
