"""Articles as plain text for people to read: in a terminal, a mail, a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby

from sinaparse.models import Article, Image, ItemList, Paragraph, Quote, Section, Table, Video, all_sections
from sinaparse.render.shared import blank, cell_numbers, nested, under_title, video_words, writable, write_block
from sinaparse.render.width import display_width, pad, wrap

_WIDEST = 200
"""Columns that one cell can make its column wide."""


def filled(text: str, renderer: TextRenderer, first: str = "", rest: str | None = None) -> str:
    """A text in lines of the renderer's width, with something before the first and before each other one."""
    rest = first if rest is None else rest
    text = writable(text)
    room = None if renderer.width is None else max(renderer.width - max(display_width(first), display_width(rest)), 1)
    lines = text.split("\n") if room is None else wrap(text, room)
    return "\n".join((rest if number else first) + line for number, line in enumerate(lines))


def paragraph(block: Paragraph, renderer: TextRenderer) -> str:
    """A paragraph."""
    return "" if blank(block.text) else filled(block.text, renderer)


def image(block: Image, renderer: TextRenderer) -> str:
    """The caption of a picture, or that there is one."""
    return filled(f"［图］{'' if blank(block.caption) else block.caption}", renderer)


def video(block: Video, renderer: TextRenderer) -> str:
    """The title of a video, or that there is one."""
    return filled(f"［{video_words(None)}］{'' if blank(block.title) else block.title}", renderer)


def table(block: Table, _: TextRenderer) -> str:
    """A table in columns, below its caption. It is as wide as it has to be; a cell over a whole row widens no column.

    A very long text widens its column up to a bound and goes beyond it, or one cell would blow up all rows.
    """
    cells = [cell for row in block.rows for cell in row]
    texts = [writable(cell.text).replace("\n", " ") for cell in cells]
    needed = [min(display_width(text), _WIDEST) for text in texts]
    lines = [_places(line) for line in cell_numbers(block)]
    widths = [0] * max((end for line in lines for _, _, end in line), default=0)
    # From narrow to wide: a cell over several columns widens the last of them if they don't have room for it.
    for number, start, end in sorted(
        (place for line in lines for place in line), key=lambda place: place[2] - place[1]
    ):
        if number is not None and end - start < max(len(widths), 2):
            widths[end - 1] += max(needed[number] - _room(widths[start:end]), 0)
    written: list[str] = [] if block.caption is None or blank(block.caption) else [writable(block.caption)]
    shown: set[int] = set()
    for line in lines:
        parts = []
        for number, start, end in line:
            parts.append(pad("" if number is None or number in shown else texts[number], _room(widths[start:end])))
            shown.update(() if number is None else (number,))
        written.append("  ".join(parts).rstrip(" "))
    return "\n".join(written)


def _room(widths: list[int]) -> int:
    return sum(widths) + 2 * (len(widths) - 1)


def _places(line: tuple[int | None, ...]) -> list[tuple[int | None, int, int]]:
    """The cells of a line with the columns from which and up to which they go; None is no cell."""
    places: list[tuple[int | None, int, int]] = []
    for number, columns in groupby(range(len(line)), key=line.__getitem__):
        start, *rest = columns
        places.append((number, start, start + 1 + len(rest)))
    return places


def quote(block: Quote, renderer: TextRenderer) -> str:
    """A quotation, marked at the edge as in mails."""
    return "\n>\n".join(filled(item.text, renderer, "> ") for item in block.paragraphs if not blank(item.text))


def item_list(block: ItemList, renderer: TextRenderer) -> str:
    """A list with its marks, deeper items further in."""
    lines: list[str] = []
    numbers: list[int] = []
    for depth, item in nested(block):
        del numbers[depth + 1 :]
        numbers += [0 if numbers else block.start - 1] * (depth + 1 - len(numbers))
        numbers[depth] += 1
        mark = "  " * depth + (f"{numbers[depth]}. " if block.ordered else "- ")
        lines.append(filled(item.text, renderer, mark, " " * len(mark)))
    return "\n".join(lines)


def heading(section: Section, renderer: TextRenderer) -> str:
    """The heading of a section; its own words say its level."""
    return "" if blank(section.heading) else filled(section.heading or "", renderer)


def head(article: Article, renderer: TextRenderer) -> str:
    """The title, then time, source and authors."""
    words = " · ".join(under_title(article))
    return "\n".join(filled(line, renderer) for line in (article.title, words) if not blank(line))


def foot(article: Article, renderer: TextRenderer) -> str:
    """The metadata lines of the body."""
    return "\n".join(filled(credit.text, renderer) for credit in article.credits if not blank(credit.text))


@dataclass(frozen=True, kw_only=True)
class TextRenderer:
    """Writes articles as text. Each field that is a function writes one kind of thing; replace those you like."""

    width: int | None = None
    """Columns of a line, of which a Chinese character takes two; None for one line a paragraph."""
    images: bool = True
    """False leaves out pictures with their captions."""
    paragraph: Callable[[Paragraph, TextRenderer], str] = paragraph
    image: Callable[[Image, TextRenderer], str] = image
    table: Callable[[Table, TextRenderer], str] = table
    video: Callable[[Video, TextRenderer], str] = video
    quote: Callable[[Quote, TextRenderer], str] = quote
    item_list: Callable[[ItemList, TextRenderer], str] = item_list
    heading: Callable[[Section, TextRenderer], str] = heading
    head: Callable[[Article, TextRenderer], str] = head
    """What stands before the first section."""
    foot: Callable[[Article, TextRenderer], str] = foot

    def render(self, article: Article) -> str:
        """The article, with a newline at its end."""
        return "\n\n".join(filter(None, self._parts(article))) + "\n"

    def _parts(self, article: Article) -> Iterator[str]:
        yield self.head(article, self)
        for section in all_sections(article):
            yield self.heading(section, self)
            yield from (write_block(block, self) for block in section.blocks)
        yield self.foot(article, self)
