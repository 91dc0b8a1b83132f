"""Reading an export: front matter between two fences, then the body.

::

    export     = blank* fence front fence body
    fence      = "---" blanks
    front      = the exporter's own keys, in one of the shapes of GENERATIONS; or any YAML mapping with them

The exporter filled a template without escaping anything. What that breaks is repaired where only one reading is
possible: a title is everything up to the next key, however it is quoted, and bars before a category are no part of it.

Front matter in a known shape is read by that shape's regular expression. Everything else goes through
:mod:`sinaparse.export.repairs`, python-frontmatter and YAML, with the same result where both can read it.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from sinaparse.export.dates import DateKind, read_date
from sinaparse.export.fields import NEVER, QUOTED, Fields, Front, printable, undo_braces, unquote
from sinaparse.limits import Limits
from sinaparse.problems import Problems, excerpt

REQUIRED = ("title", "categories", "author", "date")
"""The keys that every export has, and something in each."""


class Envelope(NamedTuple):
    """What the front matter says."""

    title: str
    """Empty where it is missing."""
    categories: tuple[str, ...]
    publisher: str
    """The front matter's ``author``."""
    published_at: dt.datetime | None
    """In UTC."""
    date_kind: DateKind
    """``exported`` where the file only has the exporter's own clock."""
    head_image: str | None
    """``headimg``, else ``thumbnail``, as it stands; None for the exporter's random stand-in."""
    thumbnail: str | None
    extra: dict[str, Any]
    """All keys that are not the exporter's own, as JSON values."""


class Export(NamedTuple):
    """One file, split into its envelope and the HTML that is still to be read."""

    envelope: Envelope
    body: str
    """Everything after the closing fence, with braces undone."""
    body_line: int
    """Line of the source file, counted from 1, on which ``body`` begins."""


def read_export(text: str, problems: Problems, limits: Limits, timezone: dt.tzinfo) -> Export | None:
    """Envelope and body of a decoded file; None after a problem that leaves nothing to read, or crosses a limit.

    Dates without a zone are read in ``timezone``. Whatever else is wrong is added to ``problems``, and the best reading
    returned: whether that is acceptable is for the caller to say.
    """
    fences = find_fences(text)
    if fences is None:
        line, source = _first_line(text)
        problems.add("front-matter-missing", line=line, source=source)
        return None
    if fences.body is None:
        problems.add("front-matter-unclosed", line=fences.line, source="---")
        return None
    front = Front(text[fences.front : fences.end], fences.line, problems)
    size = len(front.text.encode("utf-8", "surrogatepass"))
    if size > limits.front_matter_bytes:
        limit = limits.front_matter_bytes
        front.add("limit-front-matter", fences.line, size=size, unit="bytes", limit=limit, setting="front_matter_bytes")
        return None
    fields = read_known_shape(front)
    if fields is None:
        from sinaparse.export.repairs import read_any_shape  # imported here since files in a known shape need no YAML

        fields = read_any_shape(front, limits)
        if fields is None:
            return None
    envelope = _envelope(fields, front, timezone)
    body = text[fences.body :]
    closing_line = front.line_at(len(front.text))
    if not body or body.isspace():
        problems.add("body-missing", line=closing_line, source="---", what="the file ends after its front matter")
        return None
    return Export(envelope, undo_braces(body), closing_line + 1)


# --- fences ---------------------------------------------------------------------------------------------------------

_OPENING = re.compile(r"(?:[^\S\n]*+\n)*+---[^\S\n]*+(?:\n|\Z)")
_CLOSING = re.compile(r"\n---[^\S\n]*+(?:\n|\Z)")


class Fences(NamedTuple):
    """Where the front matter stands: offsets, and the line of the opening fence. No ``body``: no closing fence."""

    line: int
    front: int
    end: int
    body: int | None


def find_fences(text: str) -> Fences | None:
    """The two fences of a file; None if its first line that is not blank is none."""
    opening = _OPENING.match(text)
    if opening is None:
        return None
    front = opening.end()
    line = text.count("\n", 0, front) + (text[front - 1] != "\n")
    closing = _CLOSING.search(text, front - 1)
    if closing is None:
        return Fences(line, front, len(text), None)
    return Fences(line, front, closing.start() + 1, closing.end())


def _first_line(text: str) -> tuple[int, str]:
    """Number and text of the first line that is not blank."""
    blank = len(text) - len(text.lstrip())
    return text.count("\n", 0, blank) + 1, printable(text[blank:].partition("\n")[0])


# --- known shapes ---------------------------------------------------------------------------------------------------

# A value without quotes must not look like a comment, a key or any other syntax of YAML.
_PLAIN = rf"(?!null|Null|NULL)[^\s{NEVER}'\"\[\]{{}}#&*!|>%@`~,?:=<-][^{NEVER}:#]*"
_TITLE_LINE = rf"(?!null|Null|NULL)[^\s{NEVER}'\"\[{{|>~][^{NEVER}]*"
_DATE = (
    r"[A-Z][a-z]{2}, [0-9]{1,2} [A-Z][a-z]{2} [0-9]{4} [0-9]{2}:[0-9]{2}:[0-9]{2} (?:GMT|[+-][0-9]{4})"
    r"|[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}"
)
_ADDRESS = rf"https?://[^\s{NEVER}]*[^\s:{NEVER}]"


@dataclass(frozen=True)
class Generation:
    """One shape of front matter that the exporter wrote, told apart by its marks."""

    name: str
    title: str
    """Pattern of the title."""
    categories: int
    indent: int
    """Blanks before each category."""
    bars: bool
    """Whether bars stand before the last category."""
    head_image: bool
    blank_before_author: bool
    thumbnail: str
    """Pattern of the thumbnail."""

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """All marks in one; compiled when first used, since that takes some milliseconds."""
        item = " " * self.indent + "- "
        last = r"(?P<bars>\|(?: \|)* )" if self.bars else "(?P<bars>)"
        names = [f"(?P<category_{n}>{_PLAIN})" for n in range(self.categories)]
        names[-1] = last + names[-1]
        lines = [
            rf"title: (?P<title>{self.title}) *",
            "categories: *",
            *(item + name for name in names),
            *([rf"headimg: (?P<headimg>{QUOTED}) *"] if self.head_image else []),
            *([""] if self.blank_before_author else []),
            rf"author: (?P<author>{_PLAIN})",
            "comments: (?:false|true) *",
            rf"date: (?P<date>{_DATE}) *",
            rf"thumbnail: *(?P<thumbnail>{self.thumbnail}) *",
            "",
        ]
        return re.compile("\n".join(lines))


GENERATIONS = (
    Generation(
        "fourth: most files",
        title=QUOTED,
        categories=3,
        indent=1,
        bars=False,
        head_image=True,
        blank_before_author=False,
        thumbnail=QUOTED,
    ),
    Generation(
        "third: `| K` for the last category",
        title=QUOTED,
        categories=3,
        indent=1,
        bars=True,
        head_image=True,
        blank_before_author=False,
        thumbnail=QUOTED,
    ),
    Generation(
        "second: quotes round the title",
        title=QUOTED,
        categories=3,
        indent=4,
        bars=False,
        head_image=False,
        blank_before_author=True,
        thumbnail=QUOTED,
    ),
    Generation(
        "first: March 2021",
        title=_TITLE_LINE,
        categories=2,
        indent=4,
        bars=False,
        head_image=False,
        blank_before_author=False,
        thumbnail=rf"{QUOTED}|{_ADDRESS}|",
    ),
)
"""The exporter's generations, the newest first."""


def read_known_shape(front: Front) -> Fields | None:
    """The fields of front matter in one of the exporter's shapes; None for any other."""
    for generation in GENERATIONS:
        match = generation.pattern.fullmatch(front.text)
        if match:
            break
    else:
        return None
    own: dict[str, Any] = {key: unquote(value) for key, value in match.groupdict().items()}
    own["categories"] = [own.pop(f"category_{n}") for n in range(generation.categories)]
    if own.pop("bars"):
        front.add("category-repaired", front.line_at(match.start("bars")), category=excerpt(own["categories"][-1]))
    return Fields(own)


# --- from fields to envelope ----------------------------------------------------------------------------------------

_STAND_IN = re.compile(r"https?://picsum\.photos/")
"""Where the exporter takes a random picture from for articles without any."""


def _envelope(fields: Fields, front: Front, timezone: dt.tzinfo) -> Envelope:
    own = fields.own
    title = _single("title", own, front)
    if "_" in title:
        front.add("title-lossy", front.line("title"))
    categories = _categories(own, front)
    publisher = _single("author", own, front)
    published_at: dt.datetime | None = None
    date_kind: DateKind = "published"
    if date := _single("date", own, front):
        published_at, date_kind = read_date(date, timezone, front.problems, front.line("date"))
    thumbnail = _image("thumbnail", own, front)
    return Envelope(
        title=title,
        categories=categories,
        publisher=publisher,
        published_at=published_at,
        date_kind=date_kind,
        head_image=_image("headimg", own, front) or thumbnail,
        thumbnail=thumbnail,
        extra=fields.extra,
    )


def _single(key: str, own: dict[str, Any], front: Front) -> str:
    """The value of a key that has one, on one line; empty after a problem, and where nothing is required."""
    value = own.get(key)
    if value is not None and not isinstance(value, str):
        front.add("wrong-field", front.line(key), key=key, expected="a single value")
        return ""
    text = _on_one_line(value or "")
    if not text and key in REQUIRED:
        front.add("missing-field", front.line(key), key=key)
    return text


def _categories(own: dict[str, Any], front: Front) -> tuple[str, ...]:
    value = own.get("categories")
    if not value and not isinstance(value, dict):
        front.add("missing-field", front.line("categories"), key="categories")
        return ()
    items = value if isinstance(value, list) else [value]
    names = tuple(filter(None, (_on_one_line(item) for item in items if isinstance(item, str))))
    if not isinstance(value, list) or len(names) < len(items):
        front.add("wrong-field", front.line("categories"), key="categories", expected="a list of single values")
    return names


def _image(key: str, own: dict[str, Any], front: Front) -> str | None:
    url = _single(key, own, front)
    return None if not url or _STAND_IN.match(url) else url


def _on_one_line(text: str) -> str:
    """A string as it stands, but for line ends; empty if it is blank."""
    if "\n" in text:
        text = " ".join(filter(None, map(str.strip, text.split("\n"))))
    return "" if not text or text.isspace() else undo_braces(text)
