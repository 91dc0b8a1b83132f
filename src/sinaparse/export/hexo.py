"""Reading an export: front matter between two fences, then the body.

::

    export     = blank* fence front fence body
    fence      = "---" blanks
    front      = the exporter's own keys, in one of the shapes of GENERATIONS; or any YAML mapping with them

The exporter filled a template without escaping anything. What that breaks is repaired where only one reading is
possible: a title is everything up to the next key, however it is quoted, and bars before a category are no part of it.

Front matter in a known shape is read by that shape's regular expression. Everything else goes through
python-frontmatter and YAML, with the same result where both can read it.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from sinaparse.export.dates import DateKind, read_date
from sinaparse.limits import Limits
from sinaparse.problems import Problems, excerpt

if TYPE_CHECKING:
    import yaml

KEYS = ("title", "categories", "headimg", "author", "comments", "date", "thumbnail")
"""The exporter's own keys, in its order. All others go to ``Envelope.extra``."""

REQUIRED = ("title", "categories", "author", "date")


@dataclass(frozen=True, slots=True)
class Envelope:
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


@dataclass(frozen=True, slots=True)
class Export:
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
    front = _Front(text[fences.front : fences.end], fences.line, problems)
    size = len(front.text.encode("utf-8", "surrogatepass"))
    if size > limits.front_matter_bytes:
        limit = limits.front_matter_bytes
        front.add("limit-front-matter", fences.line, size=size, unit="bytes", limit=limit, setting="front_matter_bytes")
        return None
    fields = read_known_shape(front) or read_any_shape(front, limits)
    if fields is None:
        return None
    envelope = _envelope(fields, front, timezone)
    body = text[fences.body :]
    if not body or body.isspace():
        problems.add("body-missing", line=fences.line + 1 + front.text.count("\n"), source="---")
        return None
    return Export(envelope, _braces(body), fences.line + 2 + front.text.count("\n"))


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
    return text.count("\n", 0, blank) + 1, _printable(text[blank:].partition("\n")[0])


class _Front:
    """The front matter: its text, the line of the fence above it, and where its problems go."""

    __slots__ = ("_lines", "fence", "problems", "text")

    def __init__(self, text: str, fence: int, problems: Problems) -> None:
        self.text = text
        self.fence = fence
        self.problems = problems
        self._lines: list[str] = []

    def line(self, key: str) -> int:
        """The line of the file on which a key stands; that of the fence for a key that stands nowhere."""
        at = ("\n" + self.text).find(f"\n{key}:")
        return self.fence if at < 0 else self.line_at(at)

    def line_at(self, offset: int) -> int:
        """The line of the file that holds a character of ``text``."""
        return self.fence + 1 + self.text.count("\n", 0, offset)

    def add(self, code: str, line: int, **values: Any) -> None:
        """Note a problem on a line of the file."""
        self._lines = self._lines or ["---", *self.text.split("\n")]
        source = self._lines[min(line - self.fence, len(self._lines) - 1)]
        self.problems.add(code, line=line, source=_printable(source), **values)


@dataclass(slots=True)
class Fields:
    """Front matter before anything is asked of it.

    ``own`` has the exporter's keys as they stand: strings, None for nothing, lists of both; a dict for what is neither.
    ``extra`` has all other keys as JSON values.
    """

    own: dict[str, Any]
    extra: dict[str, Any] = field(default_factory=dict)


# --- known shapes ---------------------------------------------------------------------------------------------------

# Control characters, halves of surrogate pairs, and the line ends that only YAML knows. With none of them, a value in
# quotes is for YAML what it is here; a plain one must not look like a comment, a key or any other syntax either.
_NEVER = r"\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff"
_QUOTED = rf"""'[^'{_NEVER}]*(?:''[^'{_NEVER}]*)*'|"[^"\\{_NEVER}]*\""""
_PLAIN = rf"(?!null|Null|NULL)[^\s{_NEVER}'\"\[\]{{}}#&*!|>%@`~,?:=<-][^{_NEVER}:#]*"
_TITLE_LINE = rf"(?!null|Null|NULL)[^\s{_NEVER}'\"\[{{|>~][^{_NEVER}]*"
_DATE = (
    r"[A-Z][a-z]{2}, [0-9]{1,2} [A-Z][a-z]{2} [0-9]{4} [0-9]{2}:[0-9]{2}:[0-9]{2} (?:GMT|[+-][0-9]{4})"
    r"|[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}"
)
_ADDRESS = rf"https?://[^\s{_NEVER}]*[^\s:{_NEVER}]"


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
            *([rf"headimg: (?P<headimg>{_QUOTED}) *"] if self.head_image else []),
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
        title=_QUOTED,
        categories=3,
        indent=1,
        bars=False,
        head_image=True,
        blank_before_author=False,
        thumbnail=_QUOTED,
    ),
    Generation(
        "third: `| K` for the last category",
        title=_QUOTED,
        categories=3,
        indent=1,
        bars=True,
        head_image=True,
        blank_before_author=False,
        thumbnail=_QUOTED,
    ),
    Generation(
        "second: quotes round the title",
        title=_QUOTED,
        categories=3,
        indent=4,
        bars=False,
        head_image=False,
        blank_before_author=True,
        thumbnail=_QUOTED,
    ),
    Generation(
        "first: March 2021",
        title=_TITLE_LINE,
        categories=2,
        indent=4,
        bars=False,
        head_image=False,
        blank_before_author=False,
        thumbnail=rf"{_QUOTED}|{_ADDRESS}|",
    ),
)
"""The exporter's generations, the newest first."""


def read_known_shape(front: _Front) -> Fields | None:
    """The fields of front matter in one of the exporter's shapes; None for any other."""
    for generation in GENERATIONS:
        match = generation.pattern.fullmatch(front.text)
        if match:
            break
    else:
        return None
    own: dict[str, Any] = {key: _unquote(value) for key, value in match.groupdict().items()}
    own["categories"] = [own.pop(f"category_{n}") for n in range(generation.categories)]
    if own.pop("bars"):
        front.add("category-repaired", front.line_at(match.start("bars")), category=excerpt(own["categories"][-1]))
    return Fields(own)


def _unquote(raw: str) -> str:
    """The value of a scalar on one line that needs no YAML to be read."""
    if raw[:1] == "'":
        return raw[1:-1].replace("''", "'")
    return raw[1:-1] if raw[:1] == '"' else raw.rstrip(" ")


# --- any other shape ------------------------------------------------------------------------------------------------

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
"""What may stand in no YAML, and halves of surrogate pairs, which may stand in no UTF-8 either."""


def read_any_shape(front: _Front, limits: Limits) -> Fields | None:
    """The fields of any front matter; None after a limit was crossed.

    The exporter's known faults are mended first. If YAML can't read the rest, its lines are read one by one.
    """
    mended, title = _mend(front)
    try:
        root, duplicates = _load(mended.text, limits)
    except _TooDeepError:
        limit = limits.front_matter_depth
        size = f"more than {limit}"
        front.add(
            "limit-front-matter", front.fence, size=size, unit="levels", limit=limit, setting="front_matter_depth"
        )
        return None
    except _InvalidError as error:
        reason = f"column {error.column} of the line fits nowhere"
        front.add("front-matter-invalid", mended.line_at(error.offset), reason=reason)
        entries = _read_lines(mended)
    else:
        if root.kind != "mapping":
            front.add("front-matter-not-mapping", mended.line_at(root.offset))
        entries = root.entries
        for name, offset in duplicates:
            front.add("front-matter-duplicate-key", mended.line_at(offset), key=excerpt(name))
    own = {key: entries[key].plain() for key in KEYS if key in entries}
    if title is not None:
        own["title"] = title
    extra = {}
    for name, node in entries.items():
        if name in KEYS:
            continue
        if node.fault:
            front.add("front-matter-value", mended.line_at(node.offset), key=excerpt(name), reason=node.fault)
        else:
            extra[name] = node.value
    return Fields(own, extra)


def _mend(front: _Front) -> tuple[_Front, str | None]:
    """The front matter without the exporter's known faults, line by line as before, and its title.

    The title is taken out of the text, and returned, where it can be read without YAML or by no YAML.
    """
    text, controls = _CONTROL.subn("\ufffd", front.text)
    if controls:
        first = _CONTROL.search(front.text)
        front.add("front-matter-control", front.line_at(first.start() if first else 0), count=controls)
    found = _find_title(text)
    if found:
        if found.repaired:
            front.add("title-repaired", front.line_at(found.start))
        gap = "\n" * text.count("\n", found.start, found.end)
        text = f"{text[: found.start]}title:{gap}{text[found.end :]}"
    block = _CATEGORIES.search(text)
    barred = list(_BARRED.finditer(text, block.start(), block.end())) if block else []
    for item in barred:
        text = text[: item.start(2)] + " " * len(item[2]) + text[item.end(2) :]
    mended = _Front(text, front.fence, front.problems)
    for item in barred:
        front.add("category-repaired", mended.line_at(item.start()), category=excerpt(item[3]))
    return mended, found.text if found else None


_CATEGORIES = re.compile(r"^categories:[ \t]*\n(?:[ \t]*(?:-[^\n]*)?\n)*", re.MULTILINE)
_BARRED = re.compile(r"^([ \t]*-[ \t]+)((?:\|[ \t]+)+)([^\s#|][^\n]*)", re.MULTILINE)


# --- titles ---------------------------------------------------------------------------------------------------------

_NULLS = ("", "~", "null", "Null", "NULL")

_TITLE = re.compile(r"^title:(?:[ \t]+([^\n]*))?$", re.MULTILINE)
_TITLE_ENDS = re.compile(r"[^\s:][^:]*:(?:\s|$)|\s*(?:#|-\s)")
"""A line after the title that is no part of it: a key, a comment or an item."""

_IN_QUOTES = re.compile(rf"(?:{_QUOTED})")
_IN_MANY_QUOTES = re.compile(r"""(?:"{2,}'(.+)'"+|"'(.+)'"{2,})""")
_BLOCK_SCALAR = re.compile(r"[|>][-+0-9]*(?:[ \t]+#.*)?")


class _Title(NamedTuple):
    start: int
    end: int
    text: str
    repaired: bool


def _find_title(text: str) -> _Title | None:
    """The title and the lines it takes; None if there is none, or YAML has to read it."""
    match = _TITLE.search(text)
    if match is None:
        return None
    first = (match[1] or "").strip(" \t")
    if first in _NULLS or _BLOCK_SCALAR.fullmatch(first):
        return None
    lines = [first]
    end = match.end()
    closed = first[0] in "'\"" and first[-1] == first[0] and len(first) > 1
    for line in [] if closed else text[end + 1 :].split("\n"):
        if _TITLE_ENDS.match(line):
            break
        end = min(end + 1 + len(line), len(text))
        lines.append(line.strip(" \t"))
    lines = list(filter(None, lines))
    read = _read_title(" ".join(lines), folded=len(lines) > 1)
    return read and _Title(match.start(), end, *read)


def _read_title(raw: str, *, folded: bool) -> tuple[str, bool] | None:
    """A title and whether it had to be repaired; None if YAML can read it, or nobody can.

    ::

        title = "'" text "'"  |  '"' text '"'       as YAML reads it
              | '""…' "'" text "'" '""…'            quoted once per field of the feed item: repaired
              | quote text quote                    with both quotes in the text, and so no YAML: repaired
              | text                                to the end of the line, whatever stands in it
    """
    if _IN_QUOTES.fullmatch(raw):
        return _unquote(raw), False
    if many := _IN_MANY_QUOTES.fullmatch(raw):
        return many[1] or many[2], True
    if raw[0] in "'\"":
        return _read_quoted_title(raw)
    if raw[0] in "[{" and _read_alone(raw):
        return None
    return raw, folded


def _read_quoted_title(raw: str) -> tuple[str, bool] | None:
    """A title that opens with a quote and is not simply quoted."""
    node = _read_alone(raw)
    if node:
        return None if node.text is None else (node.text, False)
    quote, inner = raw[0], raw[1:-1]
    if raw[-1] != quote:
        # «"A" and B» is a title that nobody quoted; «"A and B» may be one that was cut off.
        return (raw, True) if raw.count(quote) % 2 == 0 else None
    # «"A" and "B"» may be quoted or not: only with both kinds of quotes in the text is it clear that the outer ones
    # are the exporter's.
    return (inner, True) if "'" in inner and '"' in inner else None


# --- YAML -----------------------------------------------------------------------------------------------------------


class _TooDeepError(Exception):
    """Collections are nested deeper than the limit."""


class _InvalidError(Exception):
    """The text is no YAML: where it stops being any, as an offset and a column counted from 1."""

    def __init__(self, offset: int, column: int) -> None:
        super().__init__(offset, column)
        self.offset = offset
        self.column = column


@dataclass(slots=True)
class _Node:
    """One value of the front matter, with all that stands in it."""

    offset: int
    kind: Literal["scalar", "sequence", "mapping"]
    text: str | None = None
    """A scalar as it stands."""
    value: Any = None
    """As a JSON value; None also where ``fault`` says why it has none."""
    items: list[_Node] = field(default_factory=list)
    entries: dict[str, _Node] = field(default_factory=dict)
    fault: str = ""
    end: int = 0
    """Where a collection ends."""
    size: int = 1
    """About the number of characters it takes, aliases written out."""
    depth: int = 0

    def plain(self) -> Any:
        """The value as :class:`Fields` keeps it for the exporter's own keys."""
        if self.kind == "sequence":
            return [item.text if item.value is not None else None for item in self.items]
        if self.kind == "mapping":
            return dict(self.entries)
        return None if self.value is None else self.text


def _load(text: str, limits: Limits) -> tuple[_Node, list[tuple[str, int]]]:
    """The root of the front matter (an empty mapping for nothing at all), and its duplicate keys with their offsets."""
    import frontmatter  # imported here since files in a known shape need no YAML
    from frontmatter.default_handlers import YAMLHandler

    class Handler(YAMLHandler):
        FM_BOUNDARY = _FENCE_LINE

        def load(self, fm: str, **_: object) -> dict[str, Any]:
            builder = _Builder(fm[1:], limits)  # without the end of the fence's line
            return {"root": builder.build(), "duplicates": builder.duplicates}

    loaded, _ = frontmatter.parse(f"---\n{text}---\n", handler=Handler())
    root: Any = loaded["root"]
    duplicates: Any = loaded["duplicates"]
    is_nothing = root is None or (root.kind == "scalar" and root.value is None)
    return _Node(0, "mapping") if is_nothing else root, duplicates


_FENCE_LINE = re.compile(r"^---[^\S\n]*$", re.MULTILINE)

_TAG = "tag:yaml.org,2002:"
_VALUE_TAGS = {"null", "bool", "int", "float", "timestamp"}
_TEXT_TAGS = {"str", "binary", "value", "merge"}
_COLLECTION_TAGS = {"seq", "omap", "pairs", "map", "set"}

_KINDS: dict[str, Literal["sequence", "mapping"]] = {"SequenceEndEvent": "sequence", "MappingEndEvent": "mapping"}

_INT_BITS = 14_000
"""Python refuses to write integers of more than 4,300 digits, and to read them from JSON."""


@dataclass(slots=True)
class _Open:
    """A collection whose end has not come yet."""

    start: yaml.CollectionStartEvent
    children: list[_Node] = field(default_factory=list)


class _Builder:
    """Builds nodes from YAML's events.

    Not from its node graph: libyaml composes that by recursion and overflows the stack at some ten thousand levels,
    while its events come from a loop that can be left at the first level too many. A collection is built when it ends,
    from children that are built already: so there is no recursion here either, and an alias inside its own anchor
    finds no node.
    """

    def __init__(self, text: str, limits: Limits) -> None:
        self.text = text
        self.limits = limits
        self.duplicates: list[tuple[str, int]] = []
        self._anchors: dict[str, _Node | None] = {}
        self._opened: list[_Open] = []
        self._documents = 0

    def build(self) -> _Node | None:
        """The only document of the text; None if there is none. Raises _InvalidError and _TooDeepError."""
        import yaml
        from frontmatter.default_handlers import SafeLoader  # libyaml's where there is one

        readers: dict[type, Callable[[Any], _Node | None]] = {
            yaml.DocumentStartEvent: self._start,
            yaml.ScalarEvent: self._scalar,
            yaml.AliasEvent: self._alias,
            yaml.SequenceStartEvent: self._open,
            yaml.SequenceEndEvent: self._close,
            yaml.MappingStartEvent: self._open,
            yaml.MappingEndEvent: self._close,
        }
        root = None
        try:
            for event in yaml.parse(self.text, Loader=SafeLoader):
                reader = readers.get(type(event))
                node = reader and reader(event)
                if node and self._opened:
                    self._opened[-1].children.append(node)
                elif node:
                    root = node
        except (yaml.YAMLError, ValueError, OverflowError) as error:  # the last two: "\UFFFFFFFF" without libyaml
            raise _invalid(error, self.text) from None
        return root

    def _start(self, event: yaml.DocumentStartEvent) -> None:
        self._documents += 1
        if self._documents > 1:
            raise _InvalidError(*_at(event.start_mark))

    def _scalar(self, event: yaml.ScalarEvent) -> _Node:
        text = _clean(event.value)
        node = _Node(_at(event.start_mark)[0], "scalar", text, text, size=1 + len(text))
        tag = _scalar_tag(event)
        if tag in _VALUE_TAGS:
            node.value = _json_value(tag, event.value, text)
        elif tag not in _TEXT_TAGS:
            node.fault = f"the tag {excerpt(_clean(tag))} is not known"
        if event.anchor:
            self._anchors[event.anchor] = node
        return node

    def _open(self, event: yaml.CollectionStartEvent) -> None:
        if len(self._opened) >= self.limits.front_matter_depth:
            raise _TooDeepError
        if event.anchor:
            self._anchors[event.anchor] = None
        self._opened.append(_Open(event))

    def _close(self, event: yaml.CollectionEndEvent) -> _Node:
        collection = self._opened.pop()
        start, children = collection.start, collection.children
        node = _Node(_at(start.start_mark)[0], _KINDS[type(event).__name__], end=_at(event.end_mark)[0])
        if node.kind == "mapping":
            node.entries = self._entries(children)
        else:
            node.items = children
        node.size += sum(child.size for child in children)
        node.depth = 1 + max((child.depth for child in children), default=0)
        tag = (start.tag or "").removeprefix(_TAG)
        node.fault = next((child.fault for child in children if child.fault), "") or self._fault(node, tag)
        if not node.fault:
            node.value = _collection_value(node, tag)
        if start.anchor:
            self._anchors[start.anchor] = node
        return node

    def _entries(self, children: list[_Node]) -> dict[str, _Node]:
        """The entries of a mapping, from its keys and values in turn; the first of each key."""
        entries: dict[str, _Node] = {}
        for key, value in zip(children[::2], children[1::2], strict=True):
            # A key that is itself a collection is named as it is written.
            name = key.text if key.text is not None else _clean(self.text[key.offset : key.end].strip())
            if name in entries:
                self.duplicates.append((name, key.offset))
            else:
                entries[name] = value
        return entries

    def _fault(self, node: _Node, tag: str) -> str:
        """Why a collection is no JSON value, whatever its children are."""
        if tag and tag != "!" and tag not in _COLLECTION_TAGS:
            return f"the tag {excerpt(_clean(tag))} is not known"
        if node.depth > self.limits.front_matter_depth:
            return "its aliases nest it too deeply"
        # Without aliases a value has at most two nodes and characters for each character of the front matter.
        if node.size > 2 * self.limits.front_matter_bytes:
            return "its aliases make it too large"
        return ""

    def _alias(self, event: yaml.AliasEvent) -> _Node:
        if event.anchor not in self._anchors:
            raise _InvalidError(*_at(event.start_mark))
        node = self._anchors[event.anchor] or _Node(0, "mapping", fault="it contains itself")
        return replace(node, offset=_at(event.start_mark)[0], end=_at(event.end_mark)[0])


def _invalid(error: Exception, text: str) -> _InvalidError:
    """Where the text stops being YAML."""
    import yaml

    offset, column = _at(getattr(error, "problem_mark", None))
    if isinstance(error, yaml.scanner.ScannerError) and error.context_mark:
        offset, column = _at(error.context_mark)  # where the token began: the problem may be lines further down
    quote = _OPEN_QUOTE.search(text, 0, offset)
    if quote:  # what YAML stumbles on is the next quotation mark, which closes it
        offset, column = quote.start(1), quote.start(1) - quote.start() + 1
    return _InvalidError(offset, column)


_OPEN_QUOTE = re.compile(r"""^[^\s'"#][^:\n]*:[ \t]+('[^'\n]*|"[^"\n]*)$""", re.MULTILINE)
"""A value that opens a quotation and does not close it on its line."""


def _at(mark: Any) -> tuple[int, int]:
    """Offset and column (from 1) of one of YAML's marks; the start where there is no mark."""
    return (0, 1) if mark is None else (mark.index, mark.column + 1)


def _scalar_tag(event: yaml.ScalarEvent) -> str:
    """The tag of a scalar, written or resolved, without YAML's own prefix."""
    import yaml

    tag = event.tag
    if tag is None or tag == "!":
        tag = yaml.resolver.Resolver().resolve(yaml.ScalarNode, event.value, event.implicit)  # type: ignore[no-untyped-call]
    return str(tag).removeprefix(_TAG)


def _json_value(tag: str, raw: str, text: str) -> bool | int | float | str | None:
    """The JSON value of a scalar; its text where JSON has none (dates, NaN) or its tag does not fit."""
    import yaml

    try:
        value = yaml.constructor.SafeConstructor().construct_object(yaml.ScalarNode(_TAG + tag, raw))
    except (ValueError, LookupError, ArithmeticError, AttributeError, yaml.YAMLError):
        return text
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, float):
        return value if math.isfinite(value) else text
    if isinstance(value, int):
        return value if value.bit_length() <= _INT_BITS else text
    return None


def _collection_value(node: _Node, tag: str) -> list[Any] | dict[str, Any]:
    if tag == "set":
        return list(node.entries)
    if node.kind == "sequence":
        return [item.value for item in node.items]
    return {name: value.value for name, value in node.entries.items()}


# --- lines, where YAML fails ----------------------------------------------------------------------------------------

_LINE = re.compile(
    rf"^({'|'.join(KEYS)}):(?:[ \t]+([^\n]*))?\n((?:[ \t]*-[ \t][^\n]*\n)*)",
    re.MULTILINE,
)
_ITEM = re.compile(r"^[ \t]*-[ \t]([^\n]*)$", re.MULTILINE)


def _read_lines(front: _Front) -> dict[str, _Node]:
    """The exporter's own keys from front matter that is no YAML; the first of each.

    ::

        line = key ":" blanks value  |  key ":" (blanks "-" blanks value)*
    """
    entries: dict[str, _Node] = {}
    for match in _LINE.finditer(front.text):
        key, raw, items = match[1], (match[2] or "").strip(" \t"), match[3]
        if key in entries:
            front.add("front-matter-duplicate-key", front.line_at(match.start()), key=key)
        elif raw or not items:
            entries[key] = _read_line(raw, match.start())
        else:
            nodes = [_read_line(item[1].strip(" \t"), match.start()) for item in _ITEM.finditer(items)]
            entries[key] = _Node(match.start(), "sequence", items=nodes)
    return entries


def _read_line(raw: str, offset: int) -> _Node:
    """One value: as YAML reads it alone, else as it stands without the quotes round it."""
    text = None if raw in _NULLS else _clean(raw.strip("'\""))
    return _read_alone(raw) or _Node(offset, "scalar", text, text)


def _read_alone(raw: str) -> _Node | None:
    """A piece of front matter as YAML, None if it is none; an empty sequence if it is nested too deeply."""
    try:
        return _Builder(raw, Limits()).build()
    except _InvalidError:
        return None
    except _TooDeepError:
        return _Node(0, "sequence")


# --- from fields to envelope ----------------------------------------------------------------------------------------

_STAND_IN = re.compile(r"https?://picsum\.photos/")
"""Where the exporter takes a random picture from for articles without any."""


def _envelope(fields: Fields, front: _Front, timezone: dt.tzinfo) -> Envelope:
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


def _single(key: str, own: dict[str, Any], front: _Front) -> str:
    """The value of a key that has one, on one line; empty after a problem, and where nothing is required."""
    value = own.get(key)
    if value is not None and not isinstance(value, str):
        front.add("wrong-field", front.line(key), key=key, expected="a single value")
        return ""
    text = _on_one_line(value or "")
    if not text and key in REQUIRED:
        front.add("missing-field", front.line(key), key=key)
    return text


def _categories(own: dict[str, Any], front: _Front) -> tuple[str, ...]:
    value = own.get("categories")
    if not value and not isinstance(value, dict):
        front.add("missing-field", front.line("categories"), key="categories")
        return ()
    items = value if isinstance(value, list) else [value]
    names = tuple(filter(None, (_on_one_line(item) for item in items if isinstance(item, str))))
    if not isinstance(value, list) or len(names) < len(items):
        front.add("wrong-field", front.line("categories"), key="categories", expected="a list of single values")
    return names


def _image(key: str, own: dict[str, Any], front: _Front) -> str | None:
    url = _single(key, own, front)
    return None if not url or _STAND_IN.match(url) else url


# --- strings --------------------------------------------------------------------------------------------------------


def _braces(text: str) -> str:
    """Undo what the exporter made of braces, since they would have been commands to the blog's templates."""
    if "&#12" not in text:
        return text
    # split and join take half the time of replace, which looks for everything twice
    return "}".join("{".join(text.split("&#123;")).split("&#125;"))


def _printable(text: str) -> str:
    return _CONTROL.sub("\ufffd", text)


def _clean(text: str) -> str:
    """A string from YAML, whose escapes can make any character."""
    return _braces(_printable(text))


def _on_one_line(text: str) -> str:
    """A string as it stands, but for line ends; empty if it is blank."""
    if "\n" in text:
        text = " ".join(filter(None, map(str.strip, text.split("\n"))))
    return "" if not text or text.isspace() else _braces(text)
