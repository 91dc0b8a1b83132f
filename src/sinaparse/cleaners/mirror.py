"""A body as a soup of BeautifulSoup, and the way back.

The function of a soup cleaner gets a soup that is made of the body's tree node by node, and does there what it likes. What
it did is found by comparison and then done to the tree itself, in the name of the cleaner. Nothing is parsed or written out
on the way, so what the function left alone stays as it was, to the last blank; the marks of earlier removals are not in the
soup at all.

What the comparison knows::

    gone      decompose, extract, clear …         a removal, like Body.remove
    changed   `string = …`, replace_with(text)    the characters that differ: removed, and others put in their place
    put in    append, insert, new_tag …           counts nowhere; the entry in the ledger has no text
    undone    unwrap, other `name` or attributes  no loss, but for the picture, table or video that an element was
    moved     extract and append elsewhere        BodyError: the article has the order of the source
"""

from __future__ import annotations

import difflib
import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from bs4 import BeautifulSoup, Comment, Tag
from bs4.element import NavigableString, PreformattedString
from lxml import etree

from sinaparse.body import (
    END_MARKER,
    LINE_END,
    MARKER,
    Body,
    BodyError,
    Entry,
    ends_line,
    inserted_entry,
    marker,
    own_media,
    squash,
    text_parts,
)
from sinaparse.problems import excerpt
from sinaparse.proof import common_length
from sinaparse.sina import markup

_TAKEN = "taken out by a soup cleaner"
_REPLACED = "replaced by a soup cleaner"
_PUT_IN = "put in by a soup cleaner"
_UNDONE = "made something else by a soup cleaner"

_MOST = 250_000
"""How many pairs of characters of two texts are compared; beyond that all between their common ends has changed."""


@dataclass(slots=True, eq=False)
class _Item:
    """A node of the tree, or one of its texts, and what stands for it in the soup."""

    made: Any
    """None for the marks of earlier removals. Held here, so that no other object gets its identity."""
    node: Any
    """Of a text, the element around it."""
    line: int | None = None
    """Where a text begins, as libxml2 knows it."""
    text: str | None = None
    """Of a text."""
    hidden: bool = False
    """Whether it is the text of a style or script."""
    entry: Entry | None = None
    """Of a text that an earlier cleaner put in: its entry in the ledger."""
    end: int = 0
    """Number of the first item after it that is not in it."""
    look: Any = None
    """Of an element: its name and attributes in the soup."""
    contents: Sequence[int] = ()
    """Of an element: the identities of what it holds in the soup."""

    @property
    def is_blank(self) -> bool:
        """Whether it is white space."""
        return self.text is not None and not squash(self.text)

    @property
    def shown(self) -> str:
        """Its text, if that is the source's own and a reader of the page sees it."""
        return "" if self.text is None or self.entry or self.hidden else self.text


@dataclass(slots=True, eq=False)
class _Frame:
    """An element of the soup while it is compared, and what the element of the tree is to hold afterwards."""

    node: Any
    rest: Iterator[Any]
    end: int
    """Items before this number that are gone may have their marks in here."""
    out: list[Any] = field(default_factory=list)
    """Texts and nodes, in order."""


class Mirror:
    """A soup made of a body, and the way back."""

    def __init__(self, body: Body) -> None:
        self.soup = BeautifulSoup("", "html.parser")
        self._body = body
        self._items: list[_Item] = []
        """In document order."""
        self._place = 0
        """Number of the first item that the comparison has not come to."""
        self._entries: dict[Any, Entry] = {}
        """The marks of what this cleaner removed."""
        self._build()
        self._numbers = {id(item.made): number for number, item in enumerate(self._items) if item.made is not None}

    # --- from the tree to the soup ----------------------------------------------------------------------------------

    def _build(self) -> None:
        body, root = self._body, self._body.root
        kinds = self.soup.builder.string_containers
        around: list[_Item] = []
        line: int | None = None
        for event, node in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
            entry = None
            if event == "start":
                made = self.soup if node is root else self.soup.new_tag(node.tag, attrs=dict(node.attrib))
                self._add(_Item(made, node, look=_look(made)), around)
                around.append(self._items[-1])
                line = _later(line, body.raw_line(node))
            elif event == "end":
                item = around.pop()
                item.end = len(self._items)
                item.contents = [*map(id, item.made.contents)]
            elif event == "comment":
                text = node.text or ""
                self._add(_Item(Comment(text), node), around)
                line = _later(line, body.raw_line(node), text)
            else:
                self._add(_Item(None, node), around)
                entry = inserted_entry(node, body.ledger)
            text = node.text if event == "start" else node.tail
            if text and around:
                parent = around[-1].node
                string = kinds.get(parent.tag, NavigableString)(text)
                self._add(_Item(string, parent, line, text, parent.tag in markup.HIDDEN_TAGS, entry), around)
                line = _later(line, line, text)

    def _add(self, item: _Item, around: Sequence[_Item]) -> None:
        self._items.append(item)
        item.end = len(self._items)
        if around and item.made is not None:
            around[-1].made.append(item.made)

    # --- and back ---------------------------------------------------------------------------------------------------

    def write_back(self) -> None:
        """Do to the body what was done to the soup, and record it. Raises :class:`BodyError` for what can't be done."""
        alive = self._alive()
        if len(alive) == len(self._numbers) + 1 and all(map(_is_untouched, self._items)):
            return
        for frame in self._compare(alive):
            _fill(frame)

    def _alive(self) -> list[int]:
        """The numbers of the items that are in the soup, in order, and one past the last.

        White space that was moved is not among them: it may stand anywhere.
        """
        alive = [0]
        blanks: list[int] = []
        found = (self._numbers[id(made)] for made in self.soup.descendants if id(made) in self._numbers)
        for number in itertools.chain(found, [len(self._items)]):
            if number < len(self._items) and self._items[number].is_blank:
                blanks.append(number)
                continue
            if number < alive[-1]:
                names = f"{_name(self._items[number].made)} and {_name(self._items[alive[-1]].made)}"
                message = (
                    f"cleaner {self._body.turn!r}: {names} have changed places; a soup cleaner must not move things"
                )
                raise BodyError(message)
            for blank in blanks:
                if alive[-1] < blank < number:
                    alive.append(blank)
            blanks.clear()
            alive.append(number)
        return alive

    def _compare(self, alive: Sequence[int]) -> list[_Frame]:
        """What each element is to hold.

        The walk over the soup and the one over the items go side by side: items between two that are alive are gone.
        """
        done: list[_Frame] = []
        waiting = [_Frame(self._body.root, iter(self.soup.contents), len(self._items))]
        self._place = 1
        ahead = 1
        while waiting:
            frame = waiting[-1]
            made = next(frame.rest, None)
            number = self._numbers.get(id(made))
            if number is not None and number == alive[ahead]:
                ahead += 1
                self._pass(number, frame)
                self._place = number + 1
                item = self._items[number]
                if isinstance(made, Tag):
                    self._change(item)
                    frame.out.append(item.node)
                    waiting.append(_Frame(item.node, iter(made.contents), item.end))
                elif item.entry is not None:
                    self._keep_put_in(item, frame)
                elif item.hidden:
                    self._put_in(str(made), frame)
                else:
                    frame.out.append(item.node if item.text is None else item.text)
                continue
            stop = min(alive[ahead], frame.end)
            if made is None:
                self._pass(stop, frame)
                done.append(waiting.pop())
            elif isinstance(made, Tag):
                node = self._body.root.makeelement(made.name, _look(made)[1])
                frame.out.append(node)
                # What is in an empty or hidden element is not read, so no mark may stand there.
                holds = not made.can_be_empty_element and made.name not in markup.HIDDEN_TAGS
                waiting.append(_Frame(node, iter(made.contents), frame.end if holds else 0))
            elif isinstance(made, Comment):
                frame.out.append(etree.Comment(str(made)))
            elif not squash(made):
                frame.out.append(str(made))
            elif isinstance(made, PreformattedString):
                message = f"cleaner {self._body.turn!r}: a {type(made).__name__} can't be put into a body"
                raise BodyError(message)
            else:
                self._pass(stop, frame, str(made))
        return done

    def _pass(self, stop: int, frame: _Frame, new: str = "") -> None:
        """Record the items up to a number, which are all gone, and put their marks here, with a text in their place."""
        gone: list[_Item] = []
        for item in self._items[self._place : stop]:
            if item.entry is not None:
                item.entry.inserted = 0
        while self._place < stop:
            item = self._items[self._place]
            if item.end <= stop:
                gone.append(item)
                self._place = item.end
            else:  # unwrapped, for something in it is still there
                self._undo(item.node, own_media(item.node))
                self._place += 1
        if any(squash(item.shown) for item in gone):
            self._rewrite(gone, new, frame)
            return
        for item in gone:
            if item.made is None:
                if item.node.target != END_MARKER:
                    frame.out.append(item.node)
            elif item.text is None:
                if ends_line(item.node):
                    frame.out.append(etree.PI(LINE_END))
                self._mark(self._body.record(item.node, self._body.turn, _TAKEN), frame)
            elif item.hidden and item.text.strip():
                entry = Entry(self._body.turn, _TAKEN, [], item.text, (), item.line, item.node.tag)
                self._body.ledger.append(entry)
        self._put_in(new, frame)

    def _rewrite(self, gone: Sequence[_Item], new: str, frame: _Frame) -> None:
        """The same where a text is gone, alone or with elements round it: only the characters that differ are removed."""
        body = self._body
        parts: list[str | int] = []
        lines: list[tuple[int, int | None, str]] = []
        size = 0
        for item in gone:
            inner: list[str | int] = []
            if item.shown:
                inner = [item.shown]
                lines.append((size, item.line, item.shown))
            elif item.made is None:
                inner = [int(item.node.text)] if item.node.target == MARKER else []
            elif item.text is None:
                inner = [] if item.node.tag is etree.Comment else text_parts(item.node)
                lines.append((size, body.raw_line(item.node), ""))
                self._record_unread(item.node)
            parts += inner
            size += len(_text(inner))
        if not new and any(item.text is None and ends_line(item.node) for item in gone):
            frame.out.append(etree.PI(LINE_END))
        old = _text(parts)
        for same, start, end, new_start, new_end in _differences(old, new):
            piece = list(_cut(parts, start, end))
            if same:
                frame.out += (part if isinstance(part, str) else marker(part) for part in piece)
                continue
            if squash(old[start:end]):
                entry = Entry(body.turn, _TAKEN, piece, "", (), _line_at(old, start, lines))
                body.ledger.append(entry)
                self._mark(len(body.ledger) - 1, frame)
            else:
                frame.out += (marker(part) for part in piece if isinstance(part, int))
            self._put_in(new[new_start:new_end], frame)

    def _record_unread(self, node: Any) -> None:
        """Record what is in a node that is gone besides its text: pictures, tables, videos, comments, styles."""
        for inner in node.iter():
            if inner.tag is etree.Comment or inner.tag == "img" or inner.tag in markup.HIDDEN_TAGS:
                self._body.record(inner, self._body.turn, _TAKEN)
            elif isinstance(inner.tag, str):
                self._undo(inner, own_media(inner), _TAKEN)

    def _change(self, item: _Item) -> None:
        """Give an element the name and the attributes that it has in the soup."""
        look, node = _look(item.made), item.node
        if look == item.look:
            return
        media = own_media(node)
        if look[0] != item.look[0]:
            node.tag = look[0]
        old, new = item.look[1], look[1]
        for key in old.keys() - new.keys():
            del node.attrib[key]
        for key, value in new.items():
            if old.get(key) != value:
                node.set(key, value)
        self._undo(node, tuple((Counter(media) - Counter(own_media(node))).elements()))

    def _undo(self, node: Any, media: tuple[str, ...], reason: str = _UNDONE) -> None:
        """Record that an element is no longer the picture, table or video that it was."""
        if media:
            body = self._body
            body.ledger.append(Entry(body.turn, reason, [], "", media, body.raw_line(node), node.tag))

    # --- marks ------------------------------------------------------------------------------------------------------

    def _mark(self, number: int, frame: _Frame) -> None:
        """Put the mark of a removal here, if a reader of the page would miss anything."""
        entry = self._body.ledger[number]
        if entry.seen:
            mark = marker(number)
            self._entries[mark] = entry
            frame.out.append(mark)

    def _put_in(self, text: str, frame: _Frame) -> None:
        """Put a text here that is not the source's: in the place of the removal before it, or with an entry of its own."""
        if not squash(text) or frame.node.tag in markup.HIDDEN_TAGS:
            frame.out += [text] if text else []
            return
        entry = self._entries.get(frame.out[-1]) if frame.out else None
        if entry is None:
            # The empty text makes the entry one that has a place in the order of the source.
            entry = Entry(self._body.turn, _PUT_IN, [""], "", (), self._body.raw_line(frame.node), frame.node.tag)
            self._body.ledger.append(entry)
            self._mark(len(self._body.ledger) - 1, frame)
        else:
            entry.reason = _REPLACED
        entry.inserted = len(squash(text))
        frame.out += [text, etree.PI(END_MARKER)]

    def _keep_put_in(self, item: _Item, frame: _Frame) -> None:
        """Keep a text that an earlier cleaner put in; it must stand right behind its mark."""
        if frame.out and frame.out[-1] is self._items[self._place - 2].node:
            frame.out += [item.text, etree.PI(END_MARKER)]
        else:
            if item.entry is not None:
                item.entry.inserted = 0
            self._put_in(item.text or "", frame)


# --- the soup -----------------------------------------------------------------------------------------------------


def _look(made: Any) -> tuple[str, dict[str, str]]:
    """Name and attributes of an element of a soup, as lxml takes them."""
    attributes = {}
    for key, value in made.attrs.items():
        attributes[key] = " ".join(value) if isinstance(value, list | tuple) else "" if value is None else str(value)
    return made.name, attributes


def _is_untouched(item: _Item) -> bool:
    """Whether an item that is in the soup is as it was made."""
    if item.look is None:
        return True
    return _look(item.made) == item.look and [*map(id, item.made.contents)] == item.contents


def _name(made: Any) -> str:
    """How something in a soup is named in a message."""
    return f"<{made.name}>" if hasattr(made, "contents") else repr(excerpt(made)[:20])


# --- the tree -----------------------------------------------------------------------------------------------------


def _fill(frame: _Frame) -> None:
    """Give an element its contents."""
    node = frame.node
    node.text = None
    del node[:]
    last = None
    for part in frame.out:
        if not isinstance(part, str):
            part.tail = None
            node.append(part)
            last = part
        elif last is None:
            node.text = (node.text or "") + part
        else:
            last.tail = (last.tail or "") + part


# --- texts and lines ----------------------------------------------------------------------------------------------


def _later(line: int | None, known: int | None, text: str = "") -> int | None:
    """The line after a node or text: counted on from where libxml2 knows it."""
    line = line if known is None else known
    return None if line is None else line + text.count("\n")


def _line_at(text: str, place: int, lines: Iterable[tuple[int, int | None, str]]) -> int | None:
    """The line of the first visible character from a place on; ``lines`` has where the parts of the text begin."""
    place += len(text[place:]) - len(text[place:].lstrip())
    start, line, part = [known for known in lines if known[0] <= place][-1]
    return None if line is None else line + part.count("\n", 0, place - start)


def _text(parts: Iterable[str | int]) -> str:
    return "".join(part for part in parts if isinstance(part, str))


def _cut(parts: Sequence[str | int], start: int, end: int) -> Iterator[str | int]:
    """The parts of a text between two places, with the removals in it; those at the end of all go with what is before."""
    size, place = len(_text(parts)), 0
    for part in parts:
        if isinstance(part, int):
            if start <= place < end or (start < end == place == size):
                yield part
        else:
            piece = part[max(start - place, 0) : max(end - place, 0)]
            place += len(part)
            if piece:
                yield piece


def _differences(old: str, new: str) -> Iterator[tuple[bool, int, int, int, int]]:
    """Two texts in ranges: whether they are the same there, start and end in the old one, start and end in the new one."""
    start = common_length(old, 0, new, 0)
    stop = common_length(old[start:][::-1], 0, new[start:][::-1], 0)
    end, new_end = len(old) - stop, len(new) - stop
    if start:
        yield True, 0, start, 0, start
    if (end - start) * (new_end - start) > _MOST:
        yield False, start, end, start, new_end
    else:
        matcher = difflib.SequenceMatcher(None, old[start:end], new[start:new_end], autojunk=False)
        for kind, one, two, three, four in matcher.get_opcodes():
            yield kind == "equal", start + one, start + two, start + three, start + four
    if stop:
        yield True, end, len(old), new_end, len(new)
