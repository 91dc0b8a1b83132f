"""How lines are numbered."""

from __future__ import annotations

import re

_CHINESE = "[一二三四五六七八九十百零〇]{1,4}"

KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("一、", re.compile(rf"{_CHINESE}\s*(?:[、．]|\Z)")),
    ("（一）", re.compile(rf"[（(]\s*{_CHINESE}\s*[）)]")),
    *((f"第一{unit}", re.compile(rf"第\s*(?:{_CHINESE}|\d{{1,2}})\s*{unit}")) for unit in "章节部篇条"),
    ("1.", re.compile(r"\d{1,2}\s*(?:[．、]|\.(?!\d))")),
    ("（1）", re.compile(r"[（(]\s*\d{1,2}\s*[）)]|\d{1,2}\s*[）)]")),
    ("①", re.compile(r"[\u2460-\u2473\u2776-\u277f]")),
    ("01", re.compile(r"(?:0\d|[Pp][Aa][Rr][Tt]\s*\.?\s*\d{1,2})\b|\d{2}\s*\Z")),
    ("壹", re.compile(r"[壹贰叁肆伍陆柒捌玖拾]{1,3}(?:[\s、．]|\Z)")),
    ("A.", re.compile(r"[A-Z]\s*[、．]|[A-Z]\.\s")),
)
"""Kinds of numbering by an example, and how a line of the kind begins."""

_CLOSING = ".．、/／"
_BULLET = re.compile(r"[●○■□◆◇▶►★☆◎※•·▌▍|｜丨]")


def number_size(text: str) -> int:
    """How many characters of a line are its number, or the bullet instead; 0 if it has neither.

    >>> number_size("（二）我国连续11年"), number_size("●我国"), number_size("一二三")
    (3, 1, 0)
    """
    patterns = (*(pattern for _, pattern in KINDS), _BULLET)
    return next((match.end() for pattern in patterns if (match := pattern.match(text))), 0)


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
    for kind, pattern in KINDS:
        if pattern.match(text):
            return kind
    return None
