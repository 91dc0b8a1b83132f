"""What the readers of front matter share: its text and lines, the fields they find, and strings that need no YAML."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from sinaparse.problems import Problems

KEYS = ("title", "categories", "headimg", "author", "comments", "date", "thumbnail")
"""The exporter's own keys, in its order. All others go to ``Envelope.extra``."""


@dataclass(frozen=True)
class Front:
    """The front matter: its text, the line of the fence above it, and where its problems go."""

    text: str
    fence: int
    problems: Problems

    def line(self, key: str) -> int:
        """The line of the file on which a key stands; that of the fence for a key that stands nowhere."""
        at = ("\n" + self.text).find(f"\n{key}:")
        return self.fence if at < 0 else self.line_at(at)

    def line_at(self, offset: int) -> int:
        """The line of the file that holds a character of ``text``."""
        return self.fence + 1 + self.text.count("\n", 0, offset)

    def add(self, code: str, line: int, **values: Any) -> None:
        """Note a problem on a line of the file."""
        source = self._lines[min(line - self.fence, len(self._lines) - 1)]
        self.problems.add(code, line=line, source=printable(source), **values)

    @cached_property
    def _lines(self) -> list[str]:
        """The fence and the lines below it; split once, for one front matter may have a problem on each."""
        return ["---", *self.text.split("\n")]


@dataclass(slots=True)
class Fields:
    """Front matter before anything is asked of it.

    ``own`` has the exporter's keys as they stand: strings, None for nothing, lists of both; a dict for what is neither.
    ``extra`` has all other keys as JSON values.
    """

    own: dict[str, Any]
    extra: dict[str, Any] = field(default_factory=dict)


# --- strings --------------------------------------------------------------------------------------------------------

CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
"""What may stand in no YAML, and halves of surrogate pairs, which may stand in no UTF-8 either."""


def printable(text: str) -> str:
    """A string with U+FFFD for what may stand in no YAML."""
    return CONTROL.sub("\ufffd", text)


_BRACES = re.compile("&#12([35]);")


def undo_braces(text: str) -> str:
    """Undo what the exporter made of braces, since they would have been commands to the blog's templates."""
    return _BRACES.sub(lambda found: "{" if found[1] == "3" else "}", text) if "&" in text else text


# Control characters, halves of surrogate pairs, and the line ends that only YAML knows. With none of them, a value in
# quotes is for YAML what it is here.
NEVER = r"\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff"
QUOTED = rf"""'[^'{NEVER}]*(?:''[^'{NEVER}]*)*'|"[^"\\{NEVER}]*\""""


def unquote(raw: str) -> str:
    """The value of a scalar on one line that needs no YAML to be read."""
    if raw[:1] == "'":
        return raw[1:-1].replace("''", "'")
    return raw[1:-1] if raw[:1] == '"' else raw.rstrip(" ")
