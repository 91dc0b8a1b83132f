"""Reading front matter that is in no known shape.

1. Known faults are mended: control characters, titles with broken quoting, bars before categories.
2. :mod:`sinaparse.export.front_matter` reads the rest.
3. What is no YAML even then is read line by line, for the exporter's own keys.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from sinaparse.export.fields import CONTROL, KEYS, QUOTED, Fields, Front, unquote
from sinaparse.export.front_matter import CrossedError, InvalidError, Node, clean, load, read_alone
from sinaparse.limits import Limits
from sinaparse.problems import excerpt

_NULLS = ("", "~", "null", "Null", "NULL")
"""What YAML reads as nothing."""


def read_any_shape(front: Front, limits: Limits) -> Fields | None:
    """The fields of any front matter; None after a limit was crossed.

    The exporter's known faults are mended first. If YAML can't read the rest, its lines are read one by one.
    """
    mended, title = _mend(front)
    try:
        root, duplicates = load(mended.text, limits)
    except CrossedError as error:
        limit = getattr(limits, error.setting)
        size = f"more than {limit}"
        front.add("limit-front-matter", front.fence, size=size, unit=error.unit, limit=limit, setting=error.setting)
        return None
    except InvalidError as error:
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


# --- faults, mended -------------------------------------------------------------------------------------------------


def _mend(front: Front) -> tuple[Front, str | None]:
    """The front matter without the exporter's known faults, line by line as before, and its title.

    The title is taken out of the text, and returned, where it can be read without YAML or by no YAML.
    """
    text = front.text
    if first := CONTROL.search(text):
        text, count = CONTROL.subn("\ufffd", text)
        front.add("front-matter-control", front.line_at(first.start()), count=count)
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
    mended = Front(text, front.fence, front.problems)
    for item in barred:
        front.add("category-repaired", mended.line_at(item.start()), category=excerpt(item[3]))
    return mended, found.text if found else None


_CATEGORIES = re.compile(r"^categories:[ \t]*\n(?:[ \t]*(?:-[^\n]*)?\n)*", re.MULTILINE)
_BARRED = re.compile(r"^([ \t]*-[ \t]+)((?:\|[ \t]+)+)([^\s#|][^\n]*)", re.MULTILINE)


# --- titles ---------------------------------------------------------------------------------------------------------

_TITLE = re.compile(r"^title:(?:[ \t]+([^\n]*))?$", re.MULTILINE)
_TITLE_ENDS = re.compile(r"[^\s:][^:]*:(?:\s|$)|\s*(?:#|-\s)")
"""A line after the title that is no part of it: a key, a comment or an item."""

_IN_QUOTES = re.compile(rf"(?:{QUOTED})")
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
    if not closed:
        for line in text[end + 1 :].split("\n"):
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
        return unquote(raw), False
    if many := _IN_MANY_QUOTES.fullmatch(raw):
        return many[1] or many[2], True
    if raw[0] in "'\"":
        return _read_quoted_title(raw)
    if raw[0] in "[{" and read_alone(raw):
        return None
    return raw, folded


def _read_quoted_title(raw: str) -> tuple[str, bool] | None:
    """A title that opens with a quote and is not simply quoted."""
    node = read_alone(raw)
    if node:
        return None if node.text is None else (node.text, False)
    quote, inner = raw[0], raw[1:-1]
    if raw[-1] != quote:
        # «"A" and B» is a title that nobody quoted; «"A and B» may be one that was cut off.
        return (raw, True) if raw.count(quote) % 2 == 0 else None
    # «"A" and "B"» may be quoted or not: only with both kinds of quotes in the text is it clear that the outer ones
    # are the exporter's.
    return (inner, True) if "'" in inner and '"' in inner else None


# --- lines, where YAML fails ----------------------------------------------------------------------------------------

_LINE = re.compile(
    rf"^({'|'.join(KEYS)}):(?:[ \t]+([^\n]*))?\n((?:[ \t]*-[ \t][^\n]*\n)*)",
    re.MULTILINE,
)
_ITEM = re.compile(r"^[ \t]*-[ \t]([^\n]*)$", re.MULTILINE)


def _read_lines(front: Front) -> dict[str, Node]:
    """The exporter's own keys from front matter that is no YAML; the first of each.

    ::

        line = key ":" blanks value  |  key ":" (blanks "-" blanks value)*
    """
    entries: dict[str, Node] = {}
    for match in _LINE.finditer(front.text):
        key, raw, items = match[1], (match[2] or "").strip(" \t"), match[3]
        if key in entries:
            front.add("front-matter-duplicate-key", front.line_at(match.start()), key=key)
        elif raw or not items:
            entries[key] = _read_line(raw, match.start())
        else:
            nodes = [_read_line(item[1].strip(" \t"), match.start()) for item in _ITEM.finditer(items)]
            entries[key] = Node(match.start(), "sequence", items=nodes)
    return entries


def _read_line(raw: str, offset: int) -> Node:
    """One value: as YAML reads it alone, else as it stands without the quotes round it."""
    text = None if raw in _NULLS else clean(raw.strip("'\""))
    return read_alone(raw) or Node(offset, "scalar", text, text)
