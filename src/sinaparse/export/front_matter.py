"""Any front matter as YAML: its entries as JSON values, or why they are none, and where each stands.

The only module that needs YAML and python-frontmatter. It is imported with :mod:`sinaparse.export.repairs`, when a file
is in no known shape.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import frontmatter
import yaml
from frontmatter.default_handlers import SafeLoader, YAMLHandler  # the loader is libyaml's where there is one

from sinaparse.export.fields import printable, undo_braces
from sinaparse.limits import Limits
from sinaparse.problems import excerpt


class CrossedError(Exception):
    """A limit was crossed: which one, and what is counted in."""

    def __init__(self, setting: Literal["front_matter_bytes", "front_matter_depth"], unit: str) -> None:
        super().__init__(setting, unit)
        self.setting = setting
        self.unit = unit


class InvalidError(Exception):
    """The text is no YAML: where it stops being any, as an offset and a column counted from 1."""

    def __init__(self, offset: int, column: int) -> None:
        super().__init__(offset, column)
        self.offset = offset
        self.column = column


@dataclass(slots=True)
class Node:
    """One value of the front matter, with all that stands in it."""

    offset: int
    kind: Literal["scalar", "sequence", "mapping"]
    text: str | None = None
    """A scalar as it stands."""
    value: Any = None
    """As a JSON value; None also where ``fault`` says why it has none."""
    items: list[Node] = field(default_factory=list)
    entries: dict[str, Node] = field(default_factory=dict)
    fault: str = ""
    end: int = 0
    """Where a collection ends."""
    size: int = 1
    """About the number of characters it takes, aliases written out."""
    depth: int = 0

    def plain(self) -> Any:
        """The value as :class:`~sinaparse.export.fields.Fields` keeps it for the exporter's own keys."""
        if self.kind == "sequence":
            return [item.text if item.value is not None else None for item in self.items]
        if self.kind == "mapping":
            return dict(self.entries)
        return None if self.value is None else self.text


def load(text: str, limits: Limits) -> tuple[Node, list[tuple[str, int]]]:
    """The root of the front matter (an empty mapping for nothing at all), and its duplicate keys with their offsets."""
    loaded, _ = frontmatter.parse(f"---\n{text}---\n", handler=_Handler(limits))
    root: Any = loaded["root"]
    duplicates: Any = loaded["duplicates"]
    is_nothing = root is None or (root.kind == "scalar" and root.value is None)
    return Node(0, "mapping") if is_nothing else root, duplicates


class _Handler(YAMLHandler):
    """Reads what python-frontmatter finds between two fences; as a dict, since it takes nothing else."""

    FM_BOUNDARY = re.compile(r"^---[^\S\n]*$", re.MULTILINE)

    def __init__(self, limits: Limits) -> None:
        super().__init__()
        self.limits = limits

    def load(self, fm: str, **_: object) -> dict[str, Any]:
        builder = _Builder(fm[1:], self.limits)  # without the end of the fence's line
        return {"root": builder.build(), "duplicates": builder.duplicates}


def read_alone(raw: str) -> Node | None:
    """A piece of front matter as YAML, None if it is none; an empty sequence if it crosses a limit."""
    try:
        return _Builder(raw, Limits()).build()
    except InvalidError:
        return None
    except CrossedError:
        return Node(0, "sequence")


def clean(text: str) -> str:
    """A string from YAML, whose escapes can make any character."""
    return undo_braces(printable(text))


# --- the builder ----------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Open:
    """A collection whose end has not come yet."""

    start: yaml.CollectionStartEvent
    children: list[Node] = field(default_factory=list)


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
        self._anchors: dict[str, Node | None] = {}
        self._opened: list[_Open] = []
        self._aliased = 0
        """The size of what all aliases stand for."""

    def build(self) -> Node | None:
        """The only document of the text; None if there is none. Raises InvalidError and CrossedError."""
        root = None
        try:
            for event in yaml.parse(self.text, Loader=SafeLoader):
                node = None
                match event:
                    case yaml.ScalarEvent():
                        node = self._scalar(event)
                    case yaml.AliasEvent():
                        node = self._alias(event)
                    case yaml.CollectionStartEvent():
                        self._open(event)
                    case yaml.CollectionEndEvent():
                        node = self._close(event)
                    case yaml.DocumentStartEvent() if root:
                        raise InvalidError(*_at(event.start_mark))
                if node and self._opened:
                    self._opened[-1].children.append(node)
                elif node:
                    root = node
        except (yaml.YAMLError, ValueError, OverflowError) as error:  # the last two: "\UFFFFFFFF" without libyaml
            # libyaml's own limit may come before ours: it looks 1,024 characters ahead.
            if "nesting depth" in str(getattr(error, "problem", "")):
                raise CrossedError("front_matter_depth", "levels") from None
            raise _invalid(error, self.text) from None
        return root

    def _scalar(self, event: yaml.ScalarEvent) -> Node:
        text = clean(event.value)
        node = Node(_at(event.start_mark)[0], "scalar", text, text, size=1 + len(text))
        tag = _scalar_tag(event)
        if tag in _VALUE_TAGS:
            node.value = _json_value(tag, event.value, text)
        elif tag not in _TEXT_TAGS:
            node.fault = f"the tag {excerpt(clean(tag))} is not known"
        if event.anchor:
            self._anchors[event.anchor] = node
        return node

    def _open(self, event: yaml.CollectionStartEvent) -> None:
        if len(self._opened) >= self.limits.front_matter_depth:
            raise CrossedError("front_matter_depth", "levels")
        if event.anchor:
            self._anchors[event.anchor] = None
        self._opened.append(_Open(event))

    def _close(self, event: yaml.CollectionEndEvent) -> Node:
        collection = self._opened.pop()
        start, children = collection.start, collection.children
        offset, end = _at(start.start_mark)[0], _at(event.end_mark)[0]
        if isinstance(start, yaml.MappingStartEvent):
            node = Node(offset, "mapping", entries=self._entries(children), end=end)
        else:
            node = Node(offset, "sequence", items=children, end=end)
        node.size += sum(child.size for child in children)
        node.depth = 1 + max((child.depth for child in children), default=0)
        tag = (start.tag or "").removeprefix(_TAG)
        node.fault = next((child.fault for child in children if child.fault), "") or _fault(tag)
        if not node.fault:
            node.value = _collection_value(node, tag)
        if start.anchor:
            self._anchors[start.anchor] = node
        return node

    def _entries(self, children: list[Node]) -> dict[str, Node]:
        """The entries of a mapping, from its keys and values in turn; the first of each key."""
        entries: dict[str, Node] = {}
        for key, value in zip(children[::2], children[1::2], strict=True):
            # A key that is itself a collection is named as it is written.
            name = key.text if key.text is not None else clean(self.text[key.offset : key.end].strip())
            if name in entries:
                self.duplicates.append((name, key.offset))
            else:
                entries[name] = value
        return entries

    def _alias(self, event: yaml.AliasEvent) -> Node:
        if event.anchor not in self._anchors:
            raise InvalidError(*_at(event.start_mark))
        node = self._anchors[event.anchor] or Node(0, "mapping", fault="it contains itself")
        if len(self._opened) + node.depth > self.limits.front_matter_depth:
            raise CrossedError("front_matter_depth", "levels")
        self._aliased += node.size
        if self._aliased > self.limits.front_matter_bytes:
            raise CrossedError("front_matter_bytes", "characters in its aliases")
        return replace(node, offset=_at(event.start_mark)[0], end=_at(event.end_mark)[0])


# --- where YAML stops -----------------------------------------------------------------------------------------------


def _invalid(error: Exception, text: str) -> InvalidError:
    """Where the text stops being YAML."""
    offset, column = _at(getattr(error, "problem_mark", None))
    if isinstance(error, yaml.scanner.ScannerError) and error.context_mark:
        offset, column = _at(error.context_mark)  # where the token began: the problem may be lines further down
    quote = _OPEN_QUOTE.search(text, 0, offset)
    if quote:  # what YAML stumbles on is the next quotation mark, which closes it
        offset, column = quote.start(1), quote.start(1) - quote.start() + 1
    return InvalidError(offset, column)


_OPEN_QUOTE = re.compile(r"""^[^\s'"#][^:\n]*:[ \t]+('[^'\n]*|"[^"\n]*)$""", re.MULTILINE)
"""A value that opens a quotation and does not close it on its line."""


def _at(mark: Any) -> tuple[int, int]:
    """Offset and column (from 1) of one of YAML's marks; the start where there is no mark."""
    return (0, 1) if mark is None else (mark.index, mark.column + 1)


# --- values ---------------------------------------------------------------------------------------------------------

_TAG = "tag:yaml.org,2002:"
_VALUE_TAGS = {"null", "bool", "int", "float", "timestamp"}
_TEXT_TAGS = {"str", "binary", "value", "merge"}
_COLLECTION_TAGS = {"seq", "omap", "pairs", "map", "set"}

_INT_BITS = 14_000
"""Python refuses to write integers of more than 4,300 digits, and to read them from JSON."""


def _scalar_tag(event: yaml.ScalarEvent) -> str:
    """The tag of a scalar, written or resolved, without YAML's own prefix."""
    tag = event.tag
    if tag is None or tag == "!":
        tag = yaml.resolver.Resolver().resolve(yaml.ScalarNode, event.value, event.implicit)  # type: ignore[no-untyped-call]
    return str(tag).removeprefix(_TAG)


def _json_value(tag: str, raw: str, text: str) -> bool | int | float | str | None:
    """The JSON value of a scalar; its text where JSON has none (dates, NaN) or its tag does not fit."""
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


def _fault(tag: str) -> str:
    """Why a collection is no JSON value, whatever its children are."""
    known = not tag or tag == "!" or tag in _COLLECTION_TAGS
    return "" if known else f"the tag {excerpt(clean(tag))} is not known"


def _collection_value(node: Node, tag: str) -> list[Any] | dict[str, Any]:
    if tag == "set":
        return list(node.entries)
    if node.kind == "sequence":
        return [item.value for item in node.items]
    return {name: value.value for name, value in node.entries.items()}
