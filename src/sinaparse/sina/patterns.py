"""Parts of regular expressions over Chinese text."""

from __future__ import annotations

from collections.abc import Iterable

HAN = r"[^\W\d_A-Za-z]"
"""A Chinese character: any letter but those of ASCII. The range of code points takes longer to compile."""
LETTER = r"[^\W\d_]"
"""A letter."""


def any_of(words: Iterable[str]) -> str:
    """A pattern for any of some words, the longest that fits; most places fail by their first character alone.

    >>> any_of(["报", "网", "日报"])
    '(?=[报日网])(?:日报|报|网)'
    """
    longest_first = sorted(words, key=len, reverse=True)
    firsts = "".join(sorted({word[0] for word in longest_first}))
    return f"(?=[{firsts}])(?:{'|'.join(longest_first)})"
