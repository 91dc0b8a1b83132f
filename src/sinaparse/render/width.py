"""Text in columns: a Chinese character takes two of a terminal's, and lines break between any two of them.

Widths are those of Unicode's East Asian Width (https://www.unicode.org/reports/tr11/): wide and full-width characters take
two columns, marks that stand on others none, ambiguous ones (such as “ and —) one, as terminals have it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_NOT_FIRST = "，。、；：？！…—）》〉」』】〕”’％％‰℃,.;:?!)]}%·～"
_NOT_LAST = "（《〈「『【〔“‘([{￥$#"
_WORD = re.compile(r"[\x21-\x7e\u00a1-\u024f]+|\s|.", re.DOTALL)


def char_width(char: str) -> int:
    """Columns of one character."""
    if char.isascii():
        return 1
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def display_width(text: str) -> int:
    """Columns of a text on one line."""
    return len(text) if text.isascii() else sum(map(char_width, text))


def pad(text: str, width: int) -> str:
    """A text with blanks after it up to a width."""
    return text + " " * (width - display_width(text))


def wrap(text: str, width: int) -> list[str]:
    """The lines of a text, none wider than ``width`` columns, but for a character that is wider by itself.

    Lines of the text stay apart. Latin words are kept whole where they fit, no line begins with closing punctuation or ends
    with an opening bracket, unless nothing else is possible.
    """
    return [line for part in text.split("\n") for line in _wrap_line(part, width)]


def _wrap_line(text: str, width: int) -> Iterator[str]:
    line, used = "", 0
    for piece in _pieces(text):
        # A piece that fits in no line is broken between its characters.
        for part in [piece] if display_width(piece) <= width else piece:
            if line and used + display_width(part) > width:
                yield line.rstrip(" ")
                line, used = "", 0
            if line or part != " ":
                line += part
                used += display_width(part)
    if line or not text.strip(" "):
        yield line.rstrip(" ")


def _pieces(text: str) -> Iterator[str]:
    """What must not be broken: words and characters with the punctuation that belongs to them."""
    piece = ""
    for match in _WORD.finditer(text):
        token = match[0]
        if piece and not (token[0] in _NOT_FIRST or piece[-1] in _NOT_LAST):
            yield piece
            piece = ""
        piece += token
    if piece:
        yield piece
