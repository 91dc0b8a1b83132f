"""Reads a cleaned tree into pieces: lines, pictures, tables, videos, quotations, lists, in source order.

Grammar of a body, loosely::

    body      = { container | line | picture | table | video | quotation | list | text }
    container = <div> … </div>              known by class or id, or `unknown-markup`
    line      = <p> | <h1> … { run } …      text outside any line makes lines of its own
    run       = text | <font> | <span> | <strong> | <a> | <br> …

A ``<br>`` with an indent or a second ``<br>`` after it ends the line; any other is a line break within it.

A picture, table or video inside a line splits it; inside a cell, quotation or item it stands right after that.
Nothing visible is dropped: what the reader does not know, it reads as lines.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from lxml import etree

from sinaparse.body import BLANKS, LINE_END, MARKER, Body, Entry, ends_line, source_attribute, squash
from sinaparse.cleaners.pipeline import Rules, TagRules
from sinaparse.limits import Limits
from sinaparse.problems import Problems
from sinaparse.sina import markup, symbols
from sinaparse.structure import colours
from sinaparse.structure.lines import (
    BOLD,
    BREAK,
    CAPTION,
    CENTRED,
    COLOURED,
    EDITOR,
    LEGEND,
    ORIGINAL,
    PREFORMATTED,
    RIGHT,
    TAGGED,
    CellBox,
    Citation,
    Clip,
    Enumeration,
    Grid,
    Line,
    Picture,
    Piece,
    Run,
    make_line,
    text_line,
)
from sinaparse.structure.tables import drop_empty_rows

_STYLES = {"strong-Bold": BOLD, "align-Center": CENTRED, "align-right": RIGHT, "align-Right": RIGHT, "legend": LEGEND}
_INHERITED = ~(COLOURED | PREFORMATTED)
"""What a line takes from the elements round it: a colour that lines share sets none of them apart."""
_ALIGNS = {"center": CENTRED, "right": RIGHT}
_CSS = ((re.compile(r"text-align:\s*center"), CENTRED), (re.compile(r"text-align:\s*right"), RIGHT),
        (re.compile(r"font-weight:\s*(?:bold|[6-9]00)"), BOLD))  # fmt: skip
_ROLES = {"article-editor": EDITOR, "show_author": EDITOR, "ori_titlesource": ORIGINAL, "img_descr": CAPTION}
_VIDEO_JSON = re.compile(r"\s*mce-plugin-videoList2?\[(.*)\]mce-plugin-videoList2?\s*\Z", re.DOTALL)
_LARGEST_JSON = 100_000
_INDENTS = "\u3000\u00a0\u2002\u2003"
_NARROW = re.sub(f"[{BREAK}{_INDENTS}]", "", BLANKS)
_NARROW_BLANKS = re.compile(f"[{_NARROW}]+")
_NEW_LINE = re.compile(rf"{BREAK}[{_NARROW}]*(?:{BREAK}|[{_INDENTS}][{_NARROW}]*[{BREAK}{_INDENTS}])")
"""A ``<br>`` that ends a line, and what shows that."""

Handler = Callable[["Reader", Any, int, str | None, str | None], None]


class DepthExceeded(Exception):
    """Elements are nested deeper than the limit."""

    def __init__(self, node: Any) -> None:
        self.node = node
        super().__init__()


class TooManyVideos(Exception):
    """The comments tell of more videos than the limit allows."""

    def __init__(self, node: Any) -> None:
        self.node = node
        super().__init__()


Attributes = tuple[tuple[str, str], ...]


class Look(NamedTuple):
    """What an element's attributes say."""

    bits: int
    role: str | None
    box: str
    """What a container with them is; see :func:`_box`."""
    faults: tuple[tuple[str, str], ...]
    """Names that are not known, each with its kind."""
    colspan: int = 1
    rowspan: int = 1


class Reader:
    """Reads one body; the results are its attributes after :meth:`read`."""

    def __init__(self, body: Body, rules: Rules, problems: Problems, limits: Limits) -> None:
        self.pieces: list[Piece] = []
        self.mentions: list[tuple[str, str]] = []
        self.linked: set[str] = set()
        """The symbols of all stock links, also of those without a visible name."""
        self.keywords: list[str] = []
        """The texts of keyword comments."""
        self.ranks: dict[int, int] = {}
        """The rank of each removal that left a marker."""
        self._body = body
        self._rules = rules.elements
        self._comment_rules = rules.comments
        self._problems = problems
        self._limits = limits
        self._deepest = limits.depth
        self._runs: list[Run] = []
        self._cuts: list[tuple[int, int, int]] = []
        self._before = 0
        """How many visible characters the line has before its last cut, in so many runs:"""
        self._counted = 0
        self._node: Any = body.root
        self._role: str | None = None
        self._rank = 0
        self._comments = 0
        self._start = 0
        self._depth = 0
        self._faulty: set[Attributes] = set()
        """Attributes whose faults are reported."""
        self._clips: list[Clip] = []
        self._listed: list[Clip] = []
        self._items: list[tuple[list[Line], int]] = []
        self._owners: dict[Any, str] = {}
        """Links to which the symbol of the stock link around them belongs."""

    def read(self) -> Reader:
        """Read the whole body. Raises :class:`DepthExceeded`."""
        self._walk(self._body.root, 0, None, None)
        self._flush()
        self._match_videos()
        return self

    # --- the walk ---------------------------------------------------------------------------------------------------

    def _walk(self, node: Any, bits: int, href: str | None, symbol: str | None) -> None:
        """Read what is in an element: its text, its children, and the text after each."""
        self._descend(node)
        if (text := node.text) and (self._runs or not text.isspace()):
            self._add(text, bits, href, symbol)
        asked = self._rules
        for child in node:
            tag = child.tag
            rules = asked.get(tag)
            if rules is None:
                HANDLERS.get(tag, _unknown)(self, child, bits, href, symbol)
            elif rules.early and (verdict := rules.verdict(self._body, child)):
                if self._runs and ends_line(child):
                    self._flush()
                self._removed(self._body.record(child, *verdict))
            else:
                rank, comments = self._rank, self._comments
                HANDLERS.get(tag, _unknown)(self, child, bits, href, symbol)
                if rules.late:
                    if self._rank == rank and self._comments == comments:
                        self._ask_blank(child, rules)
                    elif self._rank == rank + 1 and (pieces := self.pieces):
                        line = pieces[-1]
                        if isinstance(line, Line) and line.text[0] in rules.firsts:
                            self._ask_text(child, rules, line)
            if (text := child.tail) and (self._runs or not text.isspace()):
                self._add(text, bits, href, symbol)
        self._depth -= 1

    def _descend(self, node: Any) -> None:
        self._depth += 1
        if self._depth > self._deepest:
            raise DepthExceeded(node)

    def _content(self, node: Any, bits: int, href: str | None, symbol: str | None) -> None:
        """Read what is in an inline element, which mostly is nothing but text."""
        if len(node):
            self._walk(node, bits, href, symbol)
        elif text := node.text:
            self._add(text, bits, href, symbol)

    def _removed(self, number: int) -> None:
        """A removal stands here: what is read before and after it has to be told apart by the proof."""
        entry = self._body.ledger[number]
        if not entry.seen:
            return
        self._rank += 1
        self.ranks[number] = self._rank
        if self._runs or entry.inserted:
            self._before += sum([len(squash(run[0])) for run in self._runs[self._counted :]])
            self._counted = len(self._runs)
            self._rank += 1
            self._cuts.append((self._before, entry.inserted, self._rank))

    def _ask_blank(self, node: Any, rules: TagRules) -> None:
        """Ask the cleaners that want to know of nodes in which nothing is left."""
        if rules.blank and (verdict := rules.blank_verdict(self._body, node)):
            self._body.ledger.append(Entry(*verdict, [], "", (), self._body.raw_line(node), node.tag))

    def _ask_text(self, node: Any, rules: TagRules, line: Line) -> None:
        """Ask the cleaners that want to know of a node that holds one line of text."""
        if line.rank == self._rank and (verdict := rules.text_verdict(self._body, node, line.text[0])):
            self.pieces.pop()
            self.ranks[self._body.record(node, *verdict)] = line.rank

    def _add(self, text: str, bits: int, href: str | None, symbol: str | None) -> None:
        runs = self._runs
        if not runs:
            if text.isspace() or not text.strip(BLANKS):
                return
            self._rank += 1
            self._start = self._rank
        elif (last := runs[-1])[0][0] == BREAK and not bits & PREFORMATTED and self._role is not CAPTION:
            opening = last[0] + text
            if _NEW_LINE.match(opening):
                self._flush()
                self._add(text, bits, href, symbol)
                return
            if not text.strip(BLANKS):  # maybe half an indent
                runs[-1] = (_NARROW_BLANKS.sub("", opening), *last[1:])
                return
        if bits & PREFORMATTED:
            text, bits = text.replace("\n", BREAK), bits & ~PREFORMATTED
        runs.append((text, bits, href, symbol))

    def _flush(self) -> None:
        """Close the line that is being read."""
        if not self._runs:
            return
        line = make_line(self._runs, self._node, self._role, self._start, tuple(self._cuts))
        if line is not None:
            self.pieces.append(line)
        self._runs = []
        if self._cuts:
            self._cuts.clear()
            self._before = self._counted = 0

    def _capture(self, node: Any, bits: int) -> list[Piece]:
        """Read what is in an element apart from what stands around it."""
        self._flush()
        outer = self.pieces, self._node, self._role
        self.pieces, self._node, self._role = [], node, None
        self._walk(node, bits, None, None)
        self._flush()
        inner = self.pieces
        self.pieces, self._node, self._role = outer
        return inner

    def _within(
        self, node: Any, role: str | None, bits: int, href: str | None = None, symbol: str | None = None
    ) -> None:
        """Read an element as lines of its own."""
        if self._runs:
            self._flush()
        outer = self._node, self._role
        self._node, self._role = node, role
        self._walk(node, bits, href, symbol)
        if self._runs:
            self._flush()
        self._node, self._role = outer

    # --- attributes -------------------------------------------------------------------------------------------------

    def _look(self, node: Any) -> Look:
        attributes = tuple(node.items())
        look = _look(attributes)
        if look.faults:
            self._report_faults(node, attributes, look.faults)
        return look

    def _report_faults(self, node: Any, attributes: Attributes, faults: Iterable[tuple[str, str]]) -> None:
        """Report what is wrong with some attributes, once in a body."""
        if attributes in self._faulty:
            return
        self._faulty.add(attributes)
        line = self._body.line(node)
        for kind, name in faults:
            if kind == "attribute":
                self._problems.add("broken-attribute", line=line, element=_name(node))
            else:
                self._problems.add("unknown-class", line=line, kind=kind, name=name, element=f"<{node.tag}>")

    def _address(self, node: Any, attribute: str) -> str | None:
        """The address in an attribute; None for a missing one, also where the feed service made one up."""
        url: str | None = node.get(attribute)
        if not url:
            return None
        if url.endswith(markup.UNDEFINED):
            line = self._body.line(node)
            self._problems.add("undefined-url", line=line, element=f"<{node.tag}>", url=url)
            return None
        return url

    # --- inline elements --------------------------------------------------------------------------------------------

    def _inline(self, node: Any, bits: int, href: str | None, symbol: str | None) -> None:
        self._content(node, bits | self._look(node).bits, href, symbol)

    def _bold(self, node: Any, bits: int, href: str | None, symbol: str | None) -> None:
        self._content(node, bits | self._look(node).bits | BOLD, href, symbol)

    def _link(self, node: Any, bits: int, href: str | None, symbol: str | None) -> None:
        url = self._address(node, "href")
        if (name := node.get("class")) and name not in markup.TEXT_CLASSES:
            self._look(node)
        if url and url[:11].lower() == "javascript:":
            url = None
        named = self._owners.pop(node, None) or (symbols.from_address(url) if url and symbol is None else None)
        if named is None:
            self._content(node, bits, url or href, symbol)
        else:
            self._mention(node, bits, url, named)

    def _span(self, node: Any, bits: int, href: str | None, symbol: str | None) -> None:
        name = node.get("id")
        if name is not None and (named := symbols.from_id(name)):
            if named == symbol:  # linked twice
                self._content(node, bits, href, symbol)
            elif (link := _linked_alone(node)) is not None:
                self._owners[link] = named
                self._content(node, bits, href, symbol)
            else:
                self._mention(node, bits, href, named)
            return
        look = self._look(node)
        if look.role is CAPTION:
            self._caption(node, bits)
        else:
            self._content(node, bits | look.bits, href, symbol)

    def _mention(self, node: Any, bits: int, href: str | None, symbol: str) -> None:
        """A stock link: the symbol belongs to the text inside, unless an inner link claims it."""
        self.linked.add(symbol)
        place = len(self.mentions)
        runs = self._runs
        first = len(runs)
        self._content(node, bits, href, symbol)
        name = "".join([run[0] for run in runs[first:] if run[3] == symbol]).strip()
        if name and self._runs:  # not round lines of their own
            self.mentions.insert(place, (symbol, name))

    def _break(self, node: Any, bits: int, href: str | None, symbol: str | None) -> None:
        self._add(BREAK, bits, href, symbol)

    # --- lines and containers ---------------------------------------------------------------------------------------

    def _line(self, node: Any, bits: int, href: str | None, symbol: str | None) -> None:
        look = self._look(node)
        bits = bits & _INHERITED | look.bits
        if len(node):
            self._within(node, look.role, bits, href, symbol)
            return
        if self._runs:
            self._flush()
        if text := node.text:  # most paragraphs are nothing but text
            line = text_line(text, bits, href, symbol, node, look.role, self._rank + 1)
            if line is not None:
                self._rank += 1
                self.pieces.append(line)

    def _heading(self, node: Any, bits: int, href: str | None, symbol: str | None) -> None:
        look = self._look(node)
        self._within(node, look.role, bits | look.bits | BOLD | TAGGED, href, symbol)

    def _preformatted(self, node: Any, bits: int, href: str | None, symbol: str | None) -> None:
        look = self._look(node)
        self._within(node, look.role, bits | look.bits | PREFORMATTED, href, symbol)

    def _centred(self, node: Any, bits: int, href: str | None, symbol: str | None) -> None:
        self._within(node, None, bits | CENTRED, href, symbol)

    def _container(self, node: Any, bits: int, href: str | None, symbol: str | None) -> None:
        attributes = tuple(node.items())
        look = _look(attributes)
        box = look.box
        if box == "known":
            if look.faults:
                self._report_faults(node, attributes, look.faults)
            self._within(node, None, bits | look.bits, href, symbol)
        elif box == "video":
            self._placeholder(node, bits)
        elif box == "player item":
            self._player_item(node, bits)
        else:
            self._unknown(node, bits, href, symbol)

    def _unknown(self, node: Any, bits: int, href: str | None, symbol: str | None) -> None:
        """An element that nobody has seen in an export: read like a container, and reported if it holds anything."""
        if markup.FOREIGN_TAG.match(node.tag):
            self._inline(node, bits, href, symbol)
            return
        before = self._rank
        self._within(node, None, bits, href, symbol)
        if self._rank > before or node.tag in _EMBEDDED:
            self._report_unknown(node)

    def _report_unknown(self, node: Any) -> None:
        text = self._body.text(node)
        content = "text" if squash(text) else "media"
        line = self._body.line(node)
        self._problems.add("unknown-markup", line=line, source=text, element=_name(node), content=content)

    def _nothing(self, node: Any, bits: int, href: str | None, symbol: str | None) -> None:
        """Elements without anything visible."""

    def _void(self, node: Any, bits: int, href: str | None, symbol: str | None) -> None:
        self._walk(node, bits, href, symbol)

    # --- media ------------------------------------------------------------------------------------------------------

    def _image(self, node: Any, bits: int, href: str | None, symbol: str | None) -> None:
        if self._runs:
            self._flush()
        attributes = tuple(node.items())
        if faults := _faults(attributes):
            self._report_faults(node, attributes, faults)
        url = self._address(node, source_attribute(node))
        if url is not None:
            self._rank += 1
            self.pieces.append(Picture(node, url, (node.get("alt") or "").strip(BLANKS) or None, self._rank))

    def _caption(self, node: Any, bits: int) -> None:
        """The caption element of a picture; without a picture before it, a line that says it is a caption."""
        self._flush()
        outer, self.pieces = self.pieces, []
        self._within(node, CAPTION, bits)
        inner, self.pieces = self.pieces, outer
        picture = self.pieces[-1] if self.pieces else None
        for piece in inner:
            if isinstance(piece, Line) and isinstance(picture, Picture):
                picture.caption.append(piece)
            else:
                self.pieces.append(piece)

    def _figcaption(self, node: Any, bits: int, href: str | None, symbol: str | None) -> None:
        self._caption(node, bits)

    def _placeholder(self, node: Any, bits: int) -> None:
        self._flush()
        self._rank += 1
        clip = Clip(node, self._rank)
        self.pieces.append(clip)
        self._clips.append(clip)
        self._within(node, None, bits)

    def _player_item(self, node: Any, bits: int) -> None:
        """One video of the player: ``<div play-data="ID-…" title-data="…" url-data="…">`` with poster and title in it."""
        self._flush()
        self._rank += 1
        clip = Clip(
            node, self._rank, video_id=node.get("play-data").partition("-")[0] or None, url=node.get("url-data") or None
        )
        clip.title = node.get("title-data") or None
        rest: list[Piece] = []
        for piece in self._capture(node, bits):
            if isinstance(piece, Picture) and clip.poster is None:
                clip.poster, clip.poster_rank = piece.url, piece.rank
                rest += piece.caption
            elif isinstance(piece, Line) and clip.title_line is None and clip.title in (None, piece.text):
                clip.title, clip.title_line = piece.text, piece
            else:
                rest.append(piece)
        self.pieces.append(clip)
        self._clips.append(clip)
        self.pieces += rest

    def _video(self, node: Any, bits: int, href: str | None, symbol: str | None) -> None:
        """``<video src poster><source src></video>``, as newer feeds write it."""
        self._flush()
        self._rank += 1
        sources = [node, *node.iter("source")]
        url = next((url for item in sources if (url := self._address(item, "src"))), None)
        clip = Clip(node, self._rank, url=url, poster=self._address(node, "poster"))
        self.pieces.append(clip)
        self._clips.append(clip)
        self.pieces += self._capture(node, bits)

    def _match_videos(self) -> None:
        """Give the videos of the page what the comments say of them; a comment may also tell of a video by itself."""
        waiting = [clip for clip in self._clips if clip.video_id is None]
        known = {clip.video_id: clip for clip in self._clips if clip.video_id is not None}
        for listed in self._listed:
            clip = (known.get(listed.video_id) if listed.video_id else None) or (waiting.pop(0) if waiting else None)
            if clip is not None:
                clip.video_id = clip.video_id or listed.video_id
                clip.title = clip.title or listed.title
                clip.url = clip.url or listed.url
                clip.poster = clip.poster or listed.poster
                self.pieces.remove(listed)

    # --- tables, quotations, lists ----------------------------------------------------------------------------------

    def _table(self, node: Any, bits: int, href: str | None, symbol: str | None) -> None:
        self._flush()
        self._look(node)
        self._rank += 1
        grid = Grid(node, self._rank, [], [])
        after: list[Piece] = []
        self._rows(node, bits, grid, after)
        drop_empty_rows(grid)
        self.pieces.append(grid)
        self.pieces += after

    def _rows(self, node: Any, bits: int, grid: Grid, after: list[Piece]) -> None:
        """Read rows, sections of rows and the caption; whatever else stands in a table is read after it."""
        self._descend(node)
        if (text := node.text) and not text.isspace():
            self._loose(text, bits, after)
        for child in node:
            tag = child.tag
            if tag == "tr":
                row: list[CellBox] = []
                self._cells(child, bits, row, after)
                grid.rows.append(row)
            elif tag in ("tbody", "thead", "tfoot"):
                self._rows(child, bits, grid, after)
            elif tag == "caption":
                _sort_out(self._capture(child, bits), grid.caption, after)
            else:
                self._stray(child, bits, after)
            if (tail := child.tail) and not tail.isspace():
                self._loose(tail, bits, after)
        self._depth -= 1

    def _cells(self, node: Any, bits: int, row: list[CellBox], after: list[Piece]) -> None:
        self._descend(node)
        if (text := node.text) and not text.isspace():
            self._loose(text, bits, after)
        for child in node:
            tag = child.tag
            if tag in ("td", "th"):
                row.append(self._cell(child, after))
            else:
                self._stray(child, bits, after)
            if (tail := child.tail) and not tail.isspace():
                self._loose(tail, bits, after)
        self._depth -= 1

    def _cell(self, node: Any, after: list[Piece]) -> CellBox:
        attributes = tuple(node.items())
        look = _look(attributes)
        box = CellBox([], node.tag == "th", look.colspan, look.rowspan)
        text = node.text
        plain = len(node) == 0
        if plain and (not text or text.isspace()):
            return box
        if look.faults:
            self._report_faults(node, attributes, look.faults)
        if not plain:
            _sort_out(self._capture(node, look.bits), box.lines, after)
        elif line := text_line(text, look.bits, None, None, node, None, self._rank + 1):
            self._rank += 1
            box.lines.append(line)
        if text and "\u3000" in text and box.lines:
            text = text.lstrip(" \t\n")
            box.indent = text[: len(text) - len(text.lstrip("\u3000"))]
        return box

    def _stray(self, node: Any, bits: int, after: list[Piece]) -> None:
        """Something between cells or rows where only those belong."""
        outer, self.pieces = self.pieces, after
        HANDLERS.get(node.tag, _unknown)(self, node, bits, None, None)
        self._flush()
        self.pieces = outer

    def _loose(self, text: str, bits: int, after: list[Piece]) -> None:
        """Text between cells or rows."""
        outer, self.pieces = self.pieces, after
        self._add(text, bits, None, None)
        self._flush()
        self.pieces = outer

    def _cell_alone(self, node: Any, bits: int, href: str | None, symbol: str | None) -> None:
        """A row, cell or caption outside any table: lines."""
        self._within(node, None, bits, href, symbol)

    def _quotation(self, node: Any, bits: int, href: str | None, symbol: str | None) -> None:
        lines: list[Line] = []
        after: list[Piece] = []
        _sort_out(self._capture(node, bits | self._look(node).bits), lines, after)
        if lines:
            self.pieces.append(Citation(node, lines))
        self.pieces += after

    def _list(self, node: Any, bits: int, href: str | None, symbol: str | None) -> None:
        before = self._rank
        self._flush()
        outer, self._items = self._items, []
        loose = self._capture(node, bits)
        items, self._items = self._items, outer
        if items:
            ordered = node.tag == "ol"
            self.pieces.append(Enumeration(node, ordered, _number(node.get("start", "1")) if ordered else 1, items))
        self.pieces += loose
        if self._rank > before and not _is_known(node.get("class") or "", node.get("id")):
            self._report_unknown(node)

    def _item(self, node: Any, bits: int, href: str | None, symbol: str | None) -> None:
        """An item: its lines, then those of the lists inside it, deeper; other things stand after the list."""
        self._flush()
        lines: list[Line] = []
        inner: list[tuple[list[Line], int]] = []
        after: list[Piece] = []
        for piece in self._capture(node, bits | self._look(node).bits):
            if isinstance(piece, Enumeration):
                inner += ((texts, depth + 1) for texts, depth in piece.items)
            else:
                _sort_out([piece], lines, after)
        parent = node.getparent()
        if parent is not None and parent.tag in ("ul", "ol"):
            self._items += [(lines, 0), *inner] if lines else inner
        else:
            self.pieces += lines
            self.pieces += (line for texts, _ in inner for line in texts)
        self.pieces += after

    # --- what is no element -----------------------------------------------------------------------------------------

    def _comment(self, node: Any, bits: int, href: str | None, symbol: str | None) -> None:
        text = node.text or ""
        begin = text.lstrip()
        rules = self._comment_rules
        if rules is not None and (verdict := rules.comment_verdict(self._body, node, begin)):
            self._body.ledger.append(Entry(*verdict, [], text, (), self._body.raw_line(node, text)))
            return
        self._comments += 1
        if begin.startswith(markup.KEYWORDS):
            self.keywords.append(begin)
        elif begin.startswith(markup.VIDEO_LIST):
            self._video_list(node, begin)

    def _video_list(self, node: Any, text: str) -> None:
        match = _VIDEO_JSON.match(text)
        reason = "the brackets are not closed"
        videos: Any = None
        if match:
            try:
                if len(match[1]) <= _LARGEST_JSON:
                    videos = json.loads(match[1])
                reason = "it has no list of videos"
            except (ValueError, RecursionError):
                reason = "it is no JSON"
        listed = videos.get("videos") if isinstance(videos, dict) else None
        if not isinstance(listed, list):
            self._problems.add("video-unreadable", line=self._body.line(node), source=text, reason=reason)
            return
        for data in listed:
            if isinstance(data, dict):
                if len(self._listed) == self._limits.videos:
                    raise TooManyVideos(node)
                clip = Clip(
                    node,
                    None,
                    title=_string(data, "title"),
                    video_id=_string(data, "videoid", "vid", "video_id"),
                    url=_string(data, "url", "vmsURL", "wapURL"),
                    poster=_string(data, "img", "largeImg", "smallImg"),
                )
                self.pieces.append(clip)
                self._listed.append(clip)

    def _marker(self, node: Any, bits: int, href: str | None, symbol: str | None) -> None:
        if node.target == MARKER:
            self._removed(int(node.text))
        elif node.target == LINE_END:
            self._flush()


_EMBEDDED = frozenset({"iframe", "embed", "object", "audio", "canvas", "svg", "applet"})


@functools.lru_cache(maxsize=1024)
def _look(attributes: Attributes) -> Look:
    """Exports use few combinations of attributes, and each of them often."""
    bits = 0
    role = None
    for name, value in attributes:
        if name == "cms-style":
            for token in value.split():
                bits |= _STYLES.get(token, COLOURED if token.startswith("color") else 0)
        elif name == "class":
            role = next((_ROLES[item] for item in value.split() if item in _ROLES), role)
        elif name == "align":
            bits |= _ALIGNS.get(value.lower(), 0)
        elif name == "color" and colours.is_colour(value):
            bits |= COLOURED
        elif name == "style":
            style = value.lower()
            for pattern, bit in _CSS:
                if pattern.search(style):
                    bits |= bit
            if colours.in_style(style):
                bits |= COLOURED
    values = dict(attributes)
    return Look(
        bits, role, _box(values), _faults(attributes), _count(values.get("colspan")), _count(values.get("rowspan"))
    )


def _faults(attributes: Attributes) -> tuple[tuple[str, str], ...]:
    """The classes and style tokens that are not known, and the names that quotation marks broke."""
    faults: list[tuple[str, str]] = []
    for name, value in attributes:
        if name == "cms-style":
            faults += (("style", token) for token in value.split() if not markup.STYLE_TOKEN.fullmatch(token))
        elif name == "class":
            names = [item for item in value.split() if item not in markup.KNOWN_CLASSES]
            faults += (("class", item) for item in names if markup.ACCOUNT_PART not in item)
        elif '"' in name:
            faults.append(("attribute", name))
    return tuple(faults)


def _box(attributes: Mapping[str, str]) -> str:
    """What a container is by its attributes: a ``video``, a ``player item``, ``known`` as something else or ``unknown``."""
    names = attributes.get("class", "")
    if markup.VIDEO_PLACEHOLDER in names:
        return "video"
    if names and "play-data" in attributes:
        return "player item"
    return "known" if _is_known(names, attributes.get("id")) else "unknown"


def _is_known(classes: str, identity: str | None) -> bool:
    """Whether a container says by its names what it is, or has none that would have to say something."""
    names = classes.split()
    if not names and identity is None:
        return True
    if identity is not None and (identity in markup.KNOWN_IDS or identity.startswith(markup.FRAME_ID_PREFIXES)):
        return True
    return not markup.KNOWN_CONTAINERS.isdisjoint(names) or any(markup.ACCOUNT_PART in name for name in names)


def _name(node: Any) -> str:
    """How an element is named in a message: ``<div class="x" id="y">``."""
    names = "".join(f' {key}="{value[:40]}"' for key in ("class", "id") if (value := node.get(key)))
    return f"<{node.tag}{names}>"


def _linked_alone(node: Any) -> Any:
    """The link in a stock link's span that also holds text after it, as one that was not closed does; else None."""
    for child in node:
        if (tail := child.tail) and tail.strip(BLANKS):
            break
    else:
        return None
    link = node[0]
    is_named = link.tag == "a" and any(text.strip(BLANKS) for text in link.itertext(etree.Element))
    return link if is_named and not (node.text or "").strip(BLANKS) else None


def _count(value: str | None) -> int:
    """A span of a cell, which has the limits of HTML."""
    return 1 if value is None else min(max(_number(value), 1), 65_534)


def _number(value: str) -> int:
    """A number in an attribute; nonsense is 1, as in HTML."""
    value = value.strip()
    return int(value) if value.isascii() and value.isdigit() and len(value) < 9 else 1


def _string(data: dict[str, Any], *keys: str) -> str | None:
    """The first of some keys that has a text; lone surrogates of the JSON become U+FFFD."""
    for key in keys:
        value = data.get(key)
        if isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        if isinstance(value, str) and value.strip():
            return value.strip().encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return None


def _sort_out(pieces: list[Piece], lines: list[Line], after: list[Piece]) -> None:
    """Lines go to the lines, everything else after them."""
    for piece in pieces:
        if isinstance(piece, Line):
            lines.append(piece)
        else:
            after.append(piece)


_unknown = Reader._unknown

HANDLERS: dict[Any, Handler] = {
    **dict.fromkeys(markup.INLINE_TAGS, Reader._inline),
    **dict.fromkeys(markup.BOLD_TAGS, Reader._bold),
    **dict.fromkeys(markup.LINE_TAGS, Reader._line),
    **dict.fromkeys(markup.HEADING_TAGS, Reader._heading),
    **dict.fromkeys(markup.CONTAINER_TAGS, Reader._container),
    **dict.fromkeys(markup.HIDDEN_TAGS, Reader._nothing),
    **dict.fromkeys(markup.VOID_TAGS, Reader._void),
    **dict.fromkeys(("td", "th", "tr", "tbody", "thead", "tfoot", "caption"), Reader._cell_alone),
    "a": Reader._link,
    "span": Reader._span,
    "br": Reader._break,
    "center": Reader._centred,
    "pre": Reader._preformatted,
    "img": Reader._image,
    "figcaption": Reader._figcaption,
    "video": Reader._video,
    "table": Reader._table,
    "blockquote": Reader._quotation,
    "ul": Reader._list,
    "ol": Reader._list,
    "li": Reader._item,
    etree.Comment: Reader._comment,
    etree.ProcessingInstruction: Reader._marker,
}
"""What reads which element."""
