"""The body of an export: a working tree, and the ledger of what was taken out of it.

A cleaner touches nothing but a :class:`Body`. Each removal leaves a marker in the tree where the node stood, so that the
proof at the end of the road can put what is in the article and what was removed back into the order of the source.
"""

from __future__ import annotations

import bisect
import functools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from lxml import etree
from pydantic import BaseModel, ConfigDict

from sinaparse.limits import Limits
from sinaparse.problems import Problems, SinaParseError, excerpt
from sinaparse.sina import markup

MARKER = "sinaparse-removed"
"""Target of the processing instructions that mark removals; those of the source are dropped when it is read."""
END_MARKER = "sinaparse-inserted"
"""Stands where a text ends that was put in after a marker."""
LINE_END = "sinaparse-line-end"
"""Stands where an element was that is no part of a line."""

MEDIA = ("img", "table", "video", "div")
"""Elements that are, or may be, a medium by themselves."""
BLANKS = " \t\n\r\f\v\u3000\u00a0\u200b\ufeff\u2002\u2003\u2009\x85\u2028\u2029"
"""Characters that are blank on a page."""

_OPEN, _CLOSE = "<html><body>", "</body></html>"
_LAST_LINE = 65_535
"""libxml2 counts lines up to here."""
_FARTHEST = Limits().start_tag_chars
"""So far before the line on which a start tag ends it is looked for where it begins."""

_COMMENT = r"<!--.*?(?:-->|\Z)"
_FRAME_TAG = re.compile(rf"{_COMMENT}|(</?(?:html|head|body)\b[^<>]*>?)", re.DOTALL | re.IGNORECASE)
_QUOTED_END = re.compile(r"=[ \t\n\f]*(?:\"[^\">]*>|'[^'>]*>)")
_TAG_END = re.compile(r"=[ \t\n\f]*([\"'])|>")
_UNUSUAL_TAG = re.compile(rf"<(?=[A-Za-z_:.])(?!(?:{'|'.join(markup.USUAL_TAGS)})[ \t\n\f/>])")
_TAG_START = re.compile(r"<(?:[A-Za-z]|!--)")
_RESIDUE = re.compile(r"(?<!#)#{3,}+filter\d*+#{3,}+")
_COMMENT_FRAME = re.compile(r"\A\s*[\w-]+\[|\][\w-]+\s*\Z")
"""What stands round the content of the CMS's comments: ``article_adlist[`` and ``]article_adlist``."""
_INNER_TAG = re.compile(r"<[^<>]*>")
_INNER_SOURCE = re.compile(r"""\ssrc\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE)


class Node(Protocol):
    """What a cleaner may rely on of an lxml element (lxml ships no types)."""

    tag: Any
    text: str | None
    tail: str | None
    attrib: Any

    @property
    def sourceline(self) -> int | None:
        """Line of the body, not of the file; see :meth:`Body.line`."""
        ...

    def get(self, key: str, default: str | None = None) -> str | None:
        """The value of an attribute."""
        ...

    def set(self, key: str, value: str) -> None:
        """Give an attribute a value."""
        ...

    def getparent(self) -> Any:
        """The element around it."""
        ...

    def getnext(self) -> Any:
        """What stands right after it at the same level."""
        ...

    def getprevious(self) -> Any:
        """What stands right before it at the same level."""
        ...

    def iter(self, *tags: Any) -> Iterator[Any]:
        """It and all that is in it, in document order; only those of some tags, if any are named."""
        ...

    def __iter__(self) -> Iterator[Any]: ...
    def __len__(self) -> int: ...


class Removal(BaseModel):
    """One piece of the body that a cleaner took out."""

    model_config = ConfigDict(frozen=True)

    cleaner: str
    reason: str
    text: str
    """The text that went, without tags; of a comment, the text inside it."""
    media: tuple[str, ...] = ()
    """Addresses of the images that went with it."""
    line: int | None = None
    """Line of the source file."""
    visible: bool = True
    """False for what a reader of the page never saw: comments, styles, empty elements."""


@dataclass(slots=True)
class Entry:
    """One line of the ledger, kept raw: most runs never ask for the readable form."""

    cleaner: str
    reason: str
    parts: list[str | int]
    """The visible text, with the numbers of earlier removals where those stood inside it."""
    hidden: str
    """Text that was not visible: of a comment, a style or a script."""
    media: tuple[str, ...]
    line: int | None
    """As libxml2 knows it; see :meth:`Body.raw_line`."""
    tag: Any = None
    inserted: int = 0
    """How many visible characters a cleaner put in its place."""

    @property
    def seen(self) -> bool:
        """Whether a reader of the page would miss anything."""
        if self.media or self.inserted:
            return True
        return any(isinstance(part, int) or not part.isspace() for part in self.parts)

    def removal(self, lines: Lines) -> Removal:
        """The readable form; ``lines`` are those of the body."""
        text = "".join(part for part in self.parts if isinstance(part, str))
        visible = bool(squash(text) or self.media)
        media = self.media
        if not visible and self.hidden:
            media = tuple(_INNER_SOURCE.findall(self.hidden))
            text = _INNER_TAG.sub(" ", _COMMENT_FRAME.sub("", self.hidden))
        addresses = tuple(name.removeprefix("image: ") for name in media if name not in ("table", "video"))
        return Removal(
            cleaner=self.cleaner,
            reason=self.reason,
            text=" ".join(text.split()),
            media=addresses,
            line=lines.begin(self.tag, self.line),
            visible=visible,
        )


class Lines:
    """The lines of a body: on which of them a place is, and on which a start tag begins. What was looked for is kept."""

    def __init__(self, text: str, first_line: int) -> None:
        self._text = text
        self._first_line = first_line
        self._begun: dict[tuple[str, int], int] = {}

    @functools.cached_property
    def _starts(self) -> list[int]:
        return [0, *(match.end() for match in re.finditer("\n", self._text))]

    def at(self, place: int) -> int:
        """The line of the file that holds a character of the body."""
        return self._first_line + bisect.bisect_right(self._starts, place) - 1

    def begin(self, tag: Any, line: int | None) -> int | None:
        """The line on which the start tag begins that ends on ``line``."""
        if line is None or not isinstance(tag, str):
            return line
        if (tag, line) not in self._begun:
            self._begun[tag, line] = self._find_begin(f"<{tag}", line)
        return self._begun[tag, line]

    def _find_begin(self, start: str, line: int) -> int:
        number = line - self._first_line
        begin = self._starts[number]
        end = self._starts[number + 1] if number + 1 < len(self._starts) else len(self._text)
        if self._text.find(start, begin, end) >= 0:
            return line
        before = re.compile(re.escape(start), re.IGNORECASE | re.ASCII).finditer(
            self._text, max(begin - _FARTHEST, 0), end
        )
        places = [match.start() for match in before]
        return self.at(places[-1]) if places else line


def squash(text: str) -> str:
    """The visible characters of a text: without white space, U+3000, U+00A0, U+200B and U+FEFF."""
    text = "".join(text.split())
    if "\u200b" in text:
        text = text.replace("\u200b", "")
    return text.replace("\ufeff", "") if "\ufeff" in text else text


class BodyError(SinaParseError, ValueError):
    """A cleaner asked a :class:`Body` for what can't be done, such as removing its root."""


class Body:
    """The working tree of one export, and the ledger of what was taken out of it.

    ``root`` is the element that holds the whole body. Lines are lines of the source file.
    """

    def __init__(self, root: Any, text: str, first_line: int) -> None:
        self.root = root
        self.visible = squash(visible_text(root))
        """The visible characters of the source, before anything was removed."""
        self.media = media_of(root)
        """The images, tables and videos of the source, in order."""
        self.ledger: list[Entry] = []
        self.turn = ""
        """Name of the cleaner whose turn it is."""
        self._first_line = first_line
        self._lines = Lines(text, first_line)
        self._gone: set[Any] = set()

    def select(self, css: str) -> list[Any]:
        """The elements that a CSS selector matches, in document order; needs no root in the selector."""
        return list(_css(css)(self.root))

    def xpath(self, expression: str) -> Any:
        """Whatever an XPath 1.0 expression gives, evaluated at the root: ``.//p[@class]``."""
        return self.root.xpath(expression)

    def comments(self) -> list[Any]:
        """All comments, in document order."""
        return list(self.root.iter(etree.Comment))

    def text(self, node: Node) -> str:
        """The visible text inside a node: without comments, styles, scripts and the node's tail."""
        return visible_text(node)

    def has(self, node: Node) -> bool:
        """Whether a node is in the tree, and not removed or inside something removed."""
        root = self.root
        top: Any = node
        while top is not None and top is not root:
            top = top.getparent()
        return top is root

    def is_blank(self, node: Node) -> bool:
        """Whether nothing is in a node: no visible text, no picture, table or video, and no comment."""
        if (text := node.text) and text.strip(BLANKS):
            return False
        for item in node.iter():
            tag = item.tag
            if tag is etree.PI:
                if item.target != LINE_END:
                    return False
            elif not isinstance(tag, str) or tag in markup.MEDIA_TAGS or ((text := item.text) and text.strip(BLANKS)):
                return False
            if item is not node and (text := item.tail) and text.strip(BLANKS):
                return False
        return True

    def line(self, node: Node) -> int | None:
        """The line of the source file on which a node begins; None where libxml2 does not know it."""
        return self._lines.begin(node.tag, self.raw_line(node))

    def raw_line(self, node: Node, comment: str | None = None) -> int | None:
        """The same, but for a start tag that goes over several lines the last of them: what libxml2 knows.

        ``comment`` is the text of a node that is one, where that is at hand.
        """
        line = node.sourceline
        if line is None or line >= _LAST_LINE:
            return None
        if node.tag is etree.Comment:  # libxml2 names the line on which a comment ends
            line -= (node.text or "" if comment is None else comment).count("\n")
        return self._first_line + line - 1

    def remove(self, node: Node, *, reason: str) -> None:
        """Take a node out with all that is in it, and record it; the text after it stays.

        A node that is gone already, or inside one that is, is no matter. Raises :class:`BodyError` for the root and for
        nodes of another tree.
        """
        if not self._holds(node):
            return
        number = self.record(node, self.turn, reason)
        self._gone.add(node)
        marks = [etree.PI(LINE_END)] if ends_line(node) else []
        if self.ledger[number].seen:
            marks.append(marker(number))
        element: Any = node
        for mark in marks:
            element.addprevious(mark)
        _drop(element)

    def record(self, node: Node, cleaner: str, reason: str) -> int:
        """Enter a node into the ledger, and leave it where it is: the number of the entry. For the reader, not for cleaners."""
        tag, text = node.tag, node.text
        media: tuple[str, ...] = ()
        parts: list[str | int] = []
        hidden = ""
        if tag is etree.Comment or tag in markup.HIDDEN_TAGS:
            hidden = text or ""
        elif len(node) or tag in MEDIA:
            hidden = " ".join(item.text or "" for item in node.iter(etree.Comment, *markup.HIDDEN_TAGS))
            parts, media = text_parts(node), media_of(node)
        elif text:
            parts = [text]
        self.ledger.append(Entry(cleaner, reason, parts, hidden, media, self.raw_line(node), tag))
        return len(self.ledger) - 1

    def unwrap(self, node: Node) -> None:
        """Replace an element by what is in it; of a table or video that is a removal. Raises :class:`BodyError` like :meth:`remove`."""
        if not self._holds(node):
            return
        if media := own_media(node):
            self.ledger.append(Entry(self.turn, "unwrapped", [], "", media, self.raw_line(node), node.tag))
        parent = node.getparent()
        place = parent.index(node)
        children, tail = list(node), node.tail
        node.tail = None
        parent.remove(node)
        self._gone.add(node)
        parent[place:place] = children
        _append_text(parent, place, node.text)
        _append_text(parent, place + len(children), tail)

    def replace_text(self, node: Node, old: str, new: str, *, reason: str) -> None:
        """Replace a piece of text wherever it stands inside a node, and record what was replaced.

        The text must stand within one element; ``old`` that is cut by a tag is not found. What was put in before is text
        like any other, but counts nowhere.
        """
        if not old or not (node is self.root or self._holds(node)):
            return
        for element in list(node.iter(etree.Element)):
            if element.tag in markup.HIDDEN_TAGS:
                continue
            children = list(element)
            self._replace_in(element, 0, element.text, old, new, reason)
            for child in children:
                entry = inserted_entry(child, self.ledger)
                if entry is None:
                    self._replace_in(element, element.index(child) + 1, child.tail, old, new, reason)
                else:
                    child.tail = (child.tail or "").replace(old, new)
                    entry.inserted = len(squash(child.tail))

    def _replace_in(self, parent: Any, place: int, text: str | None, old: str, new: str, reason: str) -> None:
        if not text or old not in text:
            return
        first, *others = text.split(old)
        _set_text(parent, place, first)
        for offset, rest in enumerate(others):
            begin, end = marker(len(self.ledger)), etree.PI(END_MARKER)
            entry = Entry(self.turn, reason, [old], "", (), self.raw_line(parent), parent.tag, len(squash(new)))
            self.ledger.append(entry)
            begin.tail, end.tail = new, rest
            parent.insert(place + 2 * offset, begin)
            parent.insert(place + 2 * offset + 1, end)

    def _holds(self, node: Node) -> bool:
        """Like :meth:`has`, with an error for the root and for a node that never was in the tree."""
        if node is not self.root and self.has(node):
            return True
        top = node
        while (parent := top.getparent()) is not None:
            top = parent
        if top in self._gone:
            return False
        what = "the root of the body; remove what is in it" if self.root in (node, *node) else "none of this body"
        message = f"cleaner {self.turn!r}: the node <{node.tag}> is {what}"
        raise BodyError(message)


def marker(number: int) -> Any:
    """What stands in the tree where a removal was; ``number`` is that of its entry."""
    return etree.PI(MARKER, str(number))


def inserted_entry(node: Any, ledger: Sequence[Entry]) -> Entry | None:
    """The entry of the replacement whose new text is the tail of a node; None for other nodes."""
    is_marker = node.tag is etree.PI and node.target == MARKER
    return ledger[int(node.text)] if is_marker and _has_inserted(node) else None


def _has_inserted(mark: Any) -> bool:
    """Whether the text after a marker was put in by a cleaner."""
    following = mark.getnext()
    return following is not None and getattr(following, "target", None) == END_MARKER


def ends_line(node: Any) -> bool:
    """Whether what stands before a node and after it are different lines, also once it is removed."""
    tag = node.tag
    return isinstance(tag, str) and tag not in markup.WITHIN_LINES and markup.FOREIGN_TAG.match(tag) is None


def _drop(node: Any) -> None:
    """Take a node out; the text after it stays."""
    parent = node.getparent()
    if tail := node.tail:
        node.tail = None
        before = node.getprevious()
        if before is None:
            parent.text = (parent.text or "") + tail
        else:
            before.tail = (before.tail or "") + tail
    parent.remove(node)


def _set_text(parent: Any, place: int, text: str) -> None:
    """Set the text that stands before the child at ``place``."""
    if place == 0:
        parent.text = text
    else:
        parent[place - 1].tail = text


def _append_text(parent: Any, place: int, text: str | None) -> None:
    """Add to the text that stands before the child at ``place``."""
    if text:
        before = parent.text if place == 0 else parent[place - 1].tail
        _set_text(parent, place, (before or "") + text)


@functools.lru_cache(maxsize=256)
def _css(css: str) -> Any:
    from lxml.cssselect import CSSSelector

    return CSSSelector(css)


def visible_text(node: Any) -> str:
    """The text inside a node as it stands, without comments, styles and scripts."""
    if not isinstance(node.tag, str) or node.tag in markup.HIDDEN_TAGS:
        return ""
    hidden = [(item, item.text) for item in node.iter(*markup.HIDDEN_TAGS)]
    for item, _ in hidden:
        item.text = None
    text: str = etree.tostring(node, method="text", encoding="unicode", with_tail=False)
    for item, style in hidden:
        item.text = style
    return text


def text_parts(node: Any) -> list[str | int]:
    """The visible text inside a node, cut where earlier removals stood; those are told by their numbers.

    Text that a cleaner put in is left out: it is not the source's.
    """
    if next(node.iter(etree.ProcessingInstruction), None) is None:
        return [visible_text(node)]
    parts: list[str | int] = []
    for event, item in etree.iterwalk(node, events=("start", "end", "comment", "pi")):
        text = item.text if event == "start" else item.tail
        if event == "pi" and item.target == MARKER:
            parts.append(int(item.text))
            if _has_inserted(item):
                continue
        if text and not (event == "start" and item.tag in markup.HIDDEN_TAGS) and not (event == "end" and item is node):
            parts.append(text)
    return parts


def media_of(node: Any) -> tuple[str, ...]:
    """The images (``image: URL``), tables and videos inside a node, in order; images without an address don't count."""
    found = []
    for item in node.iter(*MEDIA):
        tag = item.tag
        if tag == "img":
            address = item.get(source_attribute(item))
            if address and not address.endswith(markup.UNDEFINED):
                found.append(f"image: {address}")
        elif tag != "div":
            found.append(tag)
        elif (names := item.get("class")) and (markup.VIDEO_PLACEHOLDER in names or item.get("play-data") is not None):
            found.append("video")
    return tuple(found)


def source_attribute(image: Any) -> str:
    """The attribute of an image that holds its address: ``data-src`` if the picture was to be loaded later."""
    if not image.get("data-src"):
        return "src"
    address = image.get("src")
    return (
        "src" if address and not address.startswith("data:") and not address.endswith(markup.UNDEFINED) else "data-src"
    )


def own_media(node: Any) -> tuple[str, ...]:
    """What an element is by itself: a picture, a table, a video."""
    if node.tag not in MEDIA:
        return ()
    attributes = {key: node.get(key) for key in ("src", "data-src", "class", "play-data") if node.get(key) is not None}
    return media_of(node.makeelement(node.tag, attributes))


# --- from text to tree --------------------------------------------------------------------------------------------


def read_body(text: str, first_line: int, problems: Problems, limits: Limits) -> Body | None:
    """The tree of a body that begins on ``first_line`` of its file; None after an error that leaves nothing to read.

    The whole text is read, also what stands outside the exporter's ``<div>``. Words in angle brackets that are no HTML
    element (`stray-markup`) are escaped first, since an HTML parser would drop their letters.
    """
    if not _within_limits(text, first_line, problems, limits):
        return None
    root = _tree(text, first_line, problems)
    if root is None:
        return None
    # Only the tree knows for sure, since a tag in a comment is none; but hardly any export has tags that need a look.
    tags = {item.tag for item in root.iter()} if _UNUSUAL_TAG.search(text) else set()
    stray = {tag for tag in tags - markup.KNOWN_TAGS if isinstance(tag, str) and not markup.FOREIGN_TAG.match(tag)}
    if stray:
        text = _escape(text, stray, first_line, problems)
        root = _tree(text, first_line, problems)
        if root is None:
            return None
    open_ended = []
    if (
        ((comments := text.count("<!--")) and comments != text.count("-->"))
        or text.rfind("<style") > text.rfind("</style")
        or not tags.isdisjoint(markup.RAW_TAGS)
    ):
        open_ended = _open_ended(root)
    body = Body(root, text, first_line)
    for node in open_ended:
        name = "comment" if node.tag is etree.Comment else f"<{node.tag}>"
        problems.add("unclosed-markup", line=body.line(node), source=node.text or "", element=name)
    if not text.rstrip().endswith("</div>") and text.count("<div") > text.count("</div"):
        start = text.find("<div")
        problems.add("body-unclosed", line=Lines(text, first_line).at(start), source=text[start : start + 200])
    if "#filter" in body.visible:
        lines = Lines(text, first_line)
        for match in _RESIDUE.finditer(text):
            problems.add("cms-residue", line=lines.at(match.start()), source=match[0], text=excerpt(match[0]))
    return body


def _within_limits(text: str, first_line: int, problems: Problems, limits: Limits) -> bool:
    nodes = text.count("<")
    if nodes > limits.nodes:
        problems.add("limit-nodes", size=nodes, limit=limits.nodes)
        return False
    if len(text) > limits.comment_chars:
        for match in re.finditer(_COMMENT, text, re.DOTALL):
            size = len(match[0]) - len("<!---->")
            if size > limits.comment_chars:
                line = Lines(text, first_line).at(match.start())
                problems.add("limit-comment", line=line, source=match[0][:200], size=size, limit=limits.comment_chars)
                return False
    longest = limits.start_tag_chars
    if _may_have_long_tags(text, longest):
        for start, end in _start_tags(text):
            if end - start > longest:
                line = Lines(text, first_line).at(start)
                problems.add("limit-start-tag", line=line, source=text[start : start + 200], limit=longest)
                return False
    return True


def _may_have_long_tags(text: str, longest: int) -> bool:
    """Whether the exact measure, which is dear, can find one: a tag ends at the first ``>`` that no value holds."""
    if len(text) <= longest:
        return False
    place = 0
    while len(text) - place > longest:
        end = text.rfind(">", place, place + longest)
        if end < 0:
            return True
        place = end + 1
    return _QUOTED_END.search(text) is not None


def _start_tags(text: str) -> Iterator[tuple[int, int]]:
    """Where start tags begin and end, as HTML delimits them: a quotation mark counts only right after ``=``."""
    place = 0
    while start := _TAG_START.search(text, place):
        place = start.end()
        if start[0] == "<!--":
            place = text.find("-->", place) + 1 or len(text)
            continue
        while end := _TAG_END.search(text, place):
            place = end.end()
            quote = end[1]
            if quote is None:
                break
            place = text.find(quote, place) + 1 or len(text)
        else:
            place = len(text)
        yield start.start(), place


def _tree(text: str, first_line: int, problems: Problems) -> Any:
    root, errors = _parse(text)
    if errors and any(match[1] for match in _FRAME_TAG.finditer(text)):
        # libxml2 ends the document at </body> or </html> and drops what follows.
        text = _FRAME_TAG.sub(lambda match: "\n" * match[0].count("\n") if match[1] else match[0], text)
        root, errors = _parse(text)
    fatal = [error for error in errors if error.level == etree.ErrorLevels.FATAL]
    if root is None or fatal:
        reason = fatal[0].message.split(",")[0] if fatal else "nothing came out"
        line = first_line + fatal[0].line - 1 if fatal else None
        problems.add("body-truncated", line=line, reason=reason)
        return None
    return root


def _parse(text: str) -> tuple[Any, Any]:
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, collect_ids=False, remove_pis=True)
    try:
        root = etree.fromstring(f"{_OPEN}{text}{_CLOSE}".encode(), parser)
    except etree.LxmlError:
        root = None
    return (None if root is None or len(root) == 0 else root[0]), parser.error_log


def _escape(text: str, names: Iterable[str], first_line: int, problems: Problems) -> str:
    """Escape the tags of unknown names, so that they stand in the tree as the text that they are."""
    known = {name.lower() for name in names}
    longest = max(map(len, known))
    pattern = re.compile(rf"{_COMMENT}|<(?=/?([^ \t\n\f/>]{{1,{longest}}})[\s/>])", re.DOTALL)
    seen = set()
    lines = Lines(text, first_line)

    def escape(match: re.Match[str]) -> str:
        name = match[1]
        if name is None or name.lower() not in known:
            return match[0]
        if name.lower() not in seen:
            seen.add(name.lower())
            source = text[match.start() : match.start() + 200]
            problems.add("stray-markup", line=lines.at(match.start()), source=source, name=excerpt(name))
        return "&lt;"

    return pattern.sub(escape, text)


def _open_ended(root: Any) -> list[Any]:
    """Comments, styles and other raw text that are not closed where they should be and so hide what follows.

    Our own closing tags at the end of such a text are taken away.
    """
    found = []
    for node in root.iter(etree.Comment, "style", *markup.RAW_TAGS):
        text = node.text or ""
        if text.endswith(_CLOSE):
            node.text = text.removesuffix(_CLOSE)
            found.append(node)
        elif node.tag is etree.Comment and "<!--" in text:
            found.append(node)
    return found
