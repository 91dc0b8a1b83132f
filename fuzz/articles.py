r"""Articles from bytes: what a fuzzer changes in the bytes is what changes in the article.

The bytes are text, in records that end with ``\x1e``. A record is a character that says what it makes, one whose bits are
settings, and then texts that end with ``\x1f``; ``\x1d`` separates the rows of a table, and a text of a paragraph from its
address.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field

from sinaparse.models import (
    Article,
    Block,
    Cell,
    Credit,
    Editor,
    FrozenDict,
    Image,
    Item,
    ItemList,
    Paragraph,
    Quote,
    Section,
    Span,
    Table,
    Video,
)

RECORD, TEXT, PART = "\x1e", "\x1f", "\x1d"


def _spans(texts: list[str]) -> Paragraph:
    """A paragraph; the first character of each text says whether it is bold, a link, a stock link."""
    spans = []
    for text in texts:
        bits = ord(text[:1] or "\0")
        words, _, address = text[1:].partition(PART)
        symbol = "sh600016" if bits & 4 else None
        spans.append(Span(text=words, bold=bool(bits & 1), href=address if bits & 2 else None, symbol=symbol))
    return Paragraph(text="".join(span.text for span in spans), spans=tuple(spans))


def _cell(text: str) -> Cell:
    bits = ord(text[:1] or "\0")
    return Cell(text=text[1:], header=bool(bits & 1), colspan=1 + (bits >> 1) % 4, rowspan=1 + (bits >> 3) % 4)


def _item(text: str) -> Item:
    paragraph = _spans(text[1:].split("\x1c"))
    return Item(text=paragraph.text, spans=paragraph.spans, depth=ord(text[:1] or "\0") % 12)


def _list(bits: int, texts: list[str]) -> list[Block]:
    items = tuple(item for item in map(_item, texts) if item.text.strip())
    return [ItemList(ordered=bool(bits & 1), start=bits >> 1, items=items)] if items else []


def _table(bits: int, texts: list[str]) -> Table:
    caption, *rest = texts
    rows = TEXT.join(rest).split(PART) if rest else []
    return Table(caption=caption if bits & 1 else None, rows=tuple(tuple(map(_cell, row.split(TEXT))) for row in rows))


def _image(bits: int, texts: list[str]) -> Image:
    url, caption, alt = (*texts, "", "")[:3]
    size = bits if bits & 4 else None
    return Image(url=url, caption=caption if bits & 1 else None, alt=alt if bits & 2 else None, width=size, height=size)


def _video(bits: int, texts: list[str]) -> Video:
    title, url, poster = (*texts, "", "")[:3]
    return Video(title=title if bits & 1 else None, url=url if bits & 2 else None, poster=poster if bits & 4 else None)


BLOCKS: tuple[Callable[[int, list[str]], list[Block]], ...] = (
    lambda _, texts: [Paragraph(text=texts[0])],
    lambda _, texts: [_spans(texts)],
    lambda bits, texts: [_image(bits, texts)],
    lambda bits, texts: [_table(bits, texts)],
    lambda bits, texts: [_video(bits, texts)],
    lambda _, texts: [Quote(paragraphs=tuple(_spans(text.split("\x1c")) for text in texts))],
    _list,
)
"""What makes blocks, by the first character of a record; those after them are sections and facts."""
KINDS = len(BLOCKS) + 3


@dataclass
class _Draft:
    """A section while it is written."""

    heading: str | None = None
    level: int = 0
    blocks: list[Block] = field(default_factory=list)
    sections: list[_Draft] = field(default_factory=list)

    def done(self) -> Section:
        return Section(
            heading=self.heading,
            level=self.level,
            blocks=tuple(self.blocks),
            sections=tuple(section.done() for section in self.sections),
        )


def article_of(data: bytes) -> Article:
    """The article that any bytes stand for."""
    opening = _Draft()
    top, path = [opening], [opening]
    facts = [""]
    extra: dict[str, str] = {}
    credits_: list[Credit] = []
    for record in data.decode("utf-8", "ignore").split(RECORD):
        kind, bits = ord(record[:1] or "\0") % KINDS, ord(record[1:2] or "\0")
        first, *others = texts = record[2:].split(TEXT)
        if kind < len(BLOCKS):
            path[-1].blocks += BLOCKS[kind](bits, texts)
        elif kind == len(BLOCKS):
            level = min(1 + bits % 12, path[-1].level + 1)
            del path[max(level, 1) :]
            draft = _Draft(first, level)
            (path[-1].sections if level > 1 else top).append(draft)
            path.append(draft)
        elif kind == len(BLOCKS) + 1:
            facts = texts
            extra |= dict(zip(others[::2], others[1::2], strict=False)) if bits & 1 else {}
        else:
            credits_ += [Credit(kind="note", text=text) for text in texts]
    title, source, author, category, symbol, editor, code, picture, original = (*facts, *[""] * 8)[:9]
    return Article(
        title=title,
        original_title=original or None,
        published_at=dt.datetime.fromtimestamp(len(data) * 86_461, dt.UTC) if len(data) % 2 else None,
        date_kind="exported" if len(data) % 3 else "published",
        source=source or None,
        authors=tuple(filter(None, author.split("\x1c"))),
        categories=tuple(filter(None, category.split("\x1c"))),
        symbols=tuple(filter(None, symbol.split("\x1c"))),
        editor=Editor(name=editor, code=code or None) if editor else None,
        head_image=picture or None,
        credits=tuple(credits_),
        sections=tuple(section.done() for section in top),
        extra=FrozenDict(extra),
    )


def seed_of(source: bytes) -> bytes:
    """Lines of an export as records of each kind in turn, to begin with."""
    lines = [line.replace(b'"', TEXT.encode()) for line in source.splitlines() if line.strip()]
    return RECORD.encode().join(
        bytes([64 + number * 3 % KINDS, 64 + number % 8]) + line for number, line in enumerate(lines)
    )
