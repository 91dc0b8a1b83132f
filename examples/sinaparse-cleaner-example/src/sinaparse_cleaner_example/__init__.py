"""Two cleaners for sinaparse: a decorated function, and a class with settings."""

from __future__ import annotations

import re
from dataclasses import dataclass

import sinaparse

__all__ = ["ClosingWords", "closing_words", "reading_time"]

_READING_TIME = re.compile(r"(?:阅读时间：|本文约)[0-9]+(?:分钟|字)")


@sinaparse.cleaner("reading-time")
def reading_time(body: sinaparse.Body) -> None:
    """Lines that say how long it takes to read the article."""
    for node in body.select("p"):
        # The whole line must match: a sentence that mentions a reading time is text.
        if _READING_TIME.fullmatch(body.text(node).strip()):
            body.remove(node, reason="reading time")


@dataclass(frozen=True)
class ClosingWords:
    """Lines with nothing but the words by which a desk closes its articles.

    Frozen, so that it can be compared, hashed and sent to worker processes.
    """

    name: str = "closing-words"
    words: tuple[str, ...] = ("（完）", "（全文完）", "—END—")

    def __call__(self, body: sinaparse.Body) -> None:
        """Remove them from a body."""
        for node in body.select("p"):
            if body.text(node).strip() in self.words:
                body.remove(node, reason="closing words")


closing_words = ClosingWords()
"""The one that the entry point offers; for other words make your own: ``ClosingWords("my-words", words=("（本版完）",))``."""
