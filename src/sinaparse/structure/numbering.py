"""How lines are numbered."""

from __future__ import annotations

import re

_CHINESE = "[一二三四五六七八九十百零〇]{1,4}"

KINDS: dict[str, str] = {
    "一、": rf"{_CHINESE}\s*(?:[、．]|\Z)",
    "第一、": rf"第\s*{_CHINESE}\s*[、．：:]",
    "（一）": rf"[（(]\s*{_CHINESE}\s*[）)]",
    **{f"第一{unit}": rf"第\s*(?:{_CHINESE}|\d{{1,2}})\s*{unit}" for unit in "章节部篇条"},
    "1.": r"\d{1,2}\s*(?:[．、]|\.(?!\d))",
    "（1）": r"[（(]\s*\d{1,2}\s*[）)]|\d{1,2}\s*[）)]",
    "①": r"[\u2460-\u2473\u2776-\u277f]",
    "01": r"(?:0\d|[Pp][Aa][Rr][Tt]\s*\.?\s*\d{1,2})\b|\d{2}\s*\Z",
    "壹": r"[壹贰叁肆伍陆柒捌玖拾]{1,3}(?:[\s、．]|\Z)",
    "A.": r"[A-Z]\s*[、．]|[A-Z]\.\s",
}
"""Kinds of numbering by an example, and how a line of the kind begins."""

_NAMES = tuple(KINDS)
_NUMBER = re.compile(
    r"(?=[一二三四五六七八九十百零〇（(第\d\u2460-\u2473\u2776-\u277f壹贰叁肆伍陆柒捌玖拾A-Zp])(?:"
    + "|".join(f"({pattern})" for pattern in KINDS.values())
    + ")"
)
"""The first of them that fits; most lines fail by their first character."""
_CLOSING = ".．、/／"
_BULLET = re.compile(r"[●○■□◆◇▶►★☆◎※•·▌▍|｜丨]")


def number_size(text: str) -> int:
    """How many characters of a line are its number, or the bullet instead; 0 if it has neither.

    >>> number_size("（二）我国连续11年"), number_size("●我国"), number_size("我国")
    (3, 1, 0)
    """
    match = _NUMBER.match(text) or _BULLET.match(text)
    return match.end() if match else 0


def is_number(text: str) -> bool:
    """Whether a line is nothing but a number, such as stands above the title that it belongs to.

    >>> is_number("PART 01"), is_number("（一）"), is_number("01 茶价为何上涨")
    (True, True, False)
    """
    size = number_size(text)
    return size > 0 and not text[size:].strip(_CLOSING)


def numbering(text: str) -> str | None:
    """The kind of numbering that a line begins with; None if it is not numbered.

    >>> numbering("（二）我国连续11年"), numbering("1．主要指标解释"), numbering("2.5%的目标"), numbering("一是完善制度")
    ('（一）', '1.', None, None)
    """
    match = _NUMBER.match(text)
    return _NAMES[match.lastindex - 1] if match and match.lastindex else None
