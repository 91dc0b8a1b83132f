"""The pieces that the reader makes of a tree, before anything is decided about them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

from sinaparse.body import BLANKS, squash
from sinaparse.structure.numbering import number_size

BOLD, CENTRED, RIGHT, COLOURED, LEGEND, TAGGED = 1, 2, 4, 8, 16, 32
"""How a run of text looks, as bits; TAGGED is a heading element."""
PREFORMATTED = 64
"""Bit of a text in which line ends are line breaks, while it is read."""

EDITOR, ORIGINAL, CAPTION = "article-editor", "ori_titlesource", "img_descr"
"""Roles that the CMS gives to a line by its class."""

BREAK = "\v"
"""Stands for ``<br>`` while a line is read; it can't occur in a source, where control characters are replaced."""

_INNER_BLANKS = re.compile(r"[ \t\n\r\f\v\u3000]+")
_SOURCE_BLANKS = re.compile(r"[ \t\n\r\f]+")
_CLOSING = re.compile(r"[。．.！!？?；;：:，,、…”’」』）)\]】]*\Z")
_OPENING = tuple("“‘「『【《")
_ENDING = re.compile(r"[？?！!”’」』】》]+\Z")
_FOOTNOTE = re.compile(r"[\[［〔【(（](?:注\s*)?\d{1,2}[\]］〕】)）]|[\u2460-\u2473]|[*＊]")

Use = Literal[
    "text",
    "heading",
    "caption",
    "doubled_title",
    "doubled_caption",
    "original_title",
    "byline",
    "source",
    "editor",
    "note",
]
DOUBLED = frozenset({"doubled_title", "doubled_caption"})
"""What repeats the caption of a table or of a picture."""
CREDITS = frozenset({"original_title", "byline", "source", "editor", "note"})

Run = tuple[str, int, str | None, str | None]
"""Text, look, address of the link, symbol of the stock link."""


@dataclass(slots=True, eq=False)
class Line:
    """A line of text: what a paragraph, a heading, a caption, a cell or a credit is made of."""

    text: str
    spans: list[dict[str, Any]]
    look: int
    """The bits that all its visible characters share; it is bold also if its number or footnote mark is not."""
    lead_in: str | None
    node: Any
    """The element that it was read from."""
    role: str | None
    rank: int
    """Its place in the order of the source."""
    cuts: tuple[tuple[int, int, int], ...] = ()
    """Where something was removed inside it: visible characters before, characters put in instead, rank of what follows."""
    use: Use = "text"
    """What it was found to be."""
    level: int = 0
    """Of a heading."""

    @property
    def size(self) -> int:
        """Number of visible characters."""
        return len(squash(self.text))

    @property
    def bold(self) -> bool:
        """Whether all of it is bold."""
        return bool(self.look & BOLD)

    @property
    def centred(self) -> bool:
        """Whether it is centred."""
        return bool(self.look & CENTRED)

    @property
    def coloured(self) -> bool:
        """Whether all of it has a colour of its own."""
        return bool(self.look & COLOURED)


class Block:
    """What is no line of text has no other use, and no look."""

    __slots__ = ()

    use: ClassVar[Literal["block"]] = "block"
    look: ClassVar[int] = 0


@dataclass(slots=True, eq=False)
class Picture(Block):
    """An image."""

    node: Any
    url: str
    alt: str | None
    rank: int
    caption: list[Line] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Clip(Block):
    """A video."""

    node: Any
    rank: int | None
    """None for one that only a comment tells of."""
    title: str | None = None
    title_line: Line | None = None
    """The visible line that gives the title."""
    video_id: str | None = None
    url: str | None = None
    poster: str | None = None
    poster_rank: int | None = None


@dataclass(slots=True, eq=False)
class CellBox:
    """A cell of a table."""

    lines: list[Line]
    header: bool
    colspan: int
    rowspan: int
    indent: str = ""
    """The U+3000 before its text, which show how deep a row stands."""


@dataclass(slots=True, eq=False)
class Grid(Block):
    """A table."""

    node: Any
    rank: int
    caption: list[Line]
    rows: list[list[CellBox]]


@dataclass(slots=True, eq=False)
class Citation(Block):
    """A quotation set apart."""

    node: Any
    lines: list[Line]


@dataclass(slots=True, eq=False)
class Enumeration(Block):
    """A list: lines of each item, and how deep it stands."""

    node: Any
    ordered: bool
    start: int
    items: list[tuple[list[Line], int]]


Piece = Line | Picture | Clip | Grid | Citation | Enumeration


def make_line(
    runs: Sequence[Run], node: Any, role: str | None, rank: int, cuts: tuple[tuple[int, int, int], ...]
) -> Line | None:
    """Join runs to a line: outer white space goes, inner white space is folded as a browser does; None if nothing is left.

    A line end in the source between two wide characters is nothing, otherwise a blank (CSS Text 3, segment breaks).
    Runs of one kind are joined. The text is exactly what the spans hold.
    """
    if len(runs) == 1:
        return text_line(*runs[0], node, role, rank, cuts)
    look = -1
    joined: list[list[str]] = []
    kinds: list[tuple[int, str | None, str | None]] = []
    last = None
    for text, bits, href, symbol in runs:
        if not joined and not (text := text.lstrip(BLANKS)):
            continue
        if not text.isspace():
            look &= bits
        kind = (bits & BOLD, href, symbol)
        if kind == last:
            joined[-1].append(text)
        else:
            joined.append([text])
            kinds.append(kind)
            last = kind
    texts = list(map("".join, joined))
    while texts and not (text := texts[-1].rstrip(BLANKS)):
        texts.pop()
        kinds.pop()
    if not texts:
        return None
    texts[-1] = text
    full = "".join(texts)
    if "\n" in full or "  " in full or "\t" in full or BREAK in full:
        texts = list(_fold(full, texts))
        full = "".join(texts)
    spans = [_span(text, *kind) for text, kind in zip(texts, kinds, strict=True) if text]
    lead_in = None
    if not look & BOLD and (kinds[0][0] or (len(kinds) > 1 and kinds[1][0])):
        bold, lead_in = _emphasis(full, texts, kinds)
        look |= bold
    return Line(full, spans, look, lead_in, node, role, rank, cuts)


def text_line(
    text: str,
    look: int,
    href: str | None,
    symbol: str | None,
    node: Any,
    role: str | None,
    rank: int,
    cuts: tuple[tuple[int, int, int], ...] = (),
) -> Line | None:
    """The line that one run makes; None if nothing is left of it."""
    text = text.strip(BLANKS)
    if not text:
        return None
    if "\n" in text or "  " in text or "\t" in text or BREAK in text:
        (text,) = _fold(text, (text,))
    return Line(text, [_span(text, look & BOLD, href, symbol)], look, None, node, role, rank, cuts)


def _span(text: str, bold: int, href: str | None, symbol: str | None) -> dict[str, Any]:
    """A span as the model takes it; what is as usual is left out."""
    span: dict[str, Any] = {"text": text}
    if bold:
        span["bold"] = True
    if href is not None:
        span["href"] = href
    if symbol is not None:
        span["symbol"] = symbol
    return span


def _emphasis(full: str, texts: list[str], kinds: list[tuple[int, str | None, str | None]]) -> tuple[int, str | None]:
    """Whether a line is bold but for its number, marks round it and a footnote's, as a bit; else the bold run that opens it.

    There is no such run if only closing punctuation follows it.
    """
    start = 0 if kinds[0][0] else 1
    if start and texts[0] not in _OPENING and number_size(full) < len(texts[0].rstrip(BLANKS)):
        return 0, None
    end = start
    while end < len(texts) and (kinds[end][0] or not texts[end].strip(BLANKS)):
        end += 1
    rest = "".join(texts[end:]).strip(BLANKS)
    if not rest or _ENDING.match(rest) or _FOOTNOTE.fullmatch(rest):
        return BOLD, None
    if start or _CLOSING.fullmatch(rest):
        return 0, None
    return 0, "".join(texts[:end]).rstrip(BLANKS)


def _fold(full: str, texts: Sequence[str]) -> Iterator[str]:
    """Fold the white space of a line that is cut into pieces, and give the pieces back."""
    edits = [(match.start(), match.end(), _folded(full, match)) for match in _INNER_BLANKS.finditer(full)]
    edits.reverse()
    start = 0
    for text in texts:
        end = start + len(text)
        piece: list[str] = []
        while edits and edits[-1][0] < end:
            first, last, new = edits[-1]
            if first >= start:
                piece += (full[start:first], new)
            start = min(last, end)
            if last > end:
                break
            edits.pop()
        piece.append(full[start:end])
        start = end
        yield "".join(piece)


def _folded(full: str, match: re.Match[str]) -> str:
    blanks = match[0]
    if BREAK in blanks:
        return "\n"
    wide = match.start() > 0 and match.end() < len(full) and _wide(full[match.start() - 1]) and _wide(full[match.end()])
    if "\n" in blanks:
        return _SOURCE_BLANKS.sub("" if wide or "\u3000" in blanks else " ", blanks)
    return _SOURCE_BLANKS.sub(" ", blanks)


def _wide(character: str) -> bool:
    return character >= "\u2e80" or character in "“”‘’…—·"


def join(lines: Sequence[Line]) -> tuple[str, list[dict[str, Any]]]:
    """Text and spans of several lines as one text with newlines."""
    text = "\n".join(line.text for line in lines)
    spans: list[dict[str, Any]] = []
    for line in lines:
        if spans:
            spans[-1] = {**spans[-1], "text": spans[-1]["text"] + "\n"}
        spans += line.spans
    return text, spans
