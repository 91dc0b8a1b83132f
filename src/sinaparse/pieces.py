"""What became of each piece of a source: the data behind a page that shows it.

The proof (:mod:`sinaparse.proof`) knows what became of each visible character of the *tree*. Here the source is cut into
tokens as HTML 5 cuts it, so that the characters and elements of the tree get their places in the *text*::

    text    tokens ──▶ characters with offsets ◀──same order──▶ characters of the tree ──▶ article or ledger
    tags    tokens ──▶ start tags with offsets ◀──marked copy──▶ elements of the tree  ──▶ article or ledger

Nothing of this is done unless somebody asks for it: the export is parsed again then, by a body that remembers more.
"""

from __future__ import annotations

import html
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from html.entities import html5
from itertools import accumulate, groupby, islice
from typing import TYPE_CHECKING, Any, Final, Literal

from lxml import etree

from sinaparse.body import Body, Entry, media_of, own_media, read_body, source_attribute, squash, visible_text
from sinaparse.export.encoding import decode
from sinaparse.export.hexo import find_fences
from sinaparse.inspection import Fate, Piece
from sinaparse.limits import Limits
from sinaparse.models import Article, Image, ItemList, Paragraph, Quote, Section, Table, Video
from sinaparse.problems import Problems
from sinaparse.proof import fragments, source_texts
from sinaparse.road import Road, Trace
from sinaparse.sina import markup
from sinaparse.structure.lines import Clip, Grid, Picture

if TYPE_CHECKING:
    from sinaparse.parser import Parser


def source_text(parser: Parser, source: str | bytes) -> str:
    r"""A source as text, decoded and with ``\n`` line ends; empty if it can't be read."""
    return decode(source, Problems(parser.strict), parser.limits) or ""


def find_pieces(parser: Parser, source: str | bytes) -> tuple[Piece, ...]:
    """The pieces of a source, in order, from its first character to its last; empty if there is no article to be had."""
    text = source_text(parser, source)
    fences = find_fences(text)
    if fences is None or fences.body is None:
        return ()
    start = fences.body
    tokens = _tokenize(text[start:])
    watch = _Watch(text[start:], text.count("\n", 0, start) + 1, tokens)
    trace = Road(parser).trace(source, watch)
    if trace is None or watch.body is None:
        return ()
    entries = [_entry_owner(entry) for entry in trace.ledger]
    owners = _owners(trace, watch.body, entries)
    tags = _tag_fates(trace, watch.body, entries, tokens)
    pieces = _join(_segments(text[start:], tokens, tags, trace.body.visible, owners), start)
    return (*((Piece(0, start, "front-matter"),) if start else ()), *pieces)


# --- fates --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False)
class _Owner:
    """What a character or an element belongs to. Told apart by identity: two removals by one cleaner are two."""

    fate: Fate
    cleaner: str | None = None
    place: str | None = None


_MARKUP: Final = _Owner("markup")
_UNACCOUNTED: Final = _Owner("unaccounted")
_HIDDEN: Final = _Owner("hidden")

_Part = tuple[_Owner, str]
"""Visible characters that stand together in the source, and what they belong to."""


class _WatchedBody(Body):
    """A body that remembers how it was before the cleaners, and which node each entry of its ledger was."""

    def __init__(self, root: Any, text: str, first_line: int, offsets: Mapping[Any, int]) -> None:
        super().__init__(root, text, first_line)
        self.nodes = list(root.iter())
        """All nodes in the order of the source. Holding them keeps lxml from making other objects for them."""
        self.lines = [self.raw_line(node) for node in self.nodes]
        self.offsets = offsets
        """Where in the source a node's start tag, or a comment, begins."""
        self.texts = list(source_texts(root))
        """The visible characters of each text."""
        self.own_media = {node: names[0] for node in self.nodes if (names := own_media(node))}
        """The elements that are an image, a table or a video, and what the proof calls them."""
        self.recorded: dict[int, Any] = {}

    def record(self, node: Any, cleaner: str, reason: str) -> int:
        """Enter a node into the ledger, and remember it."""
        number = super().record(node, cleaner, reason)
        self.recorded[number] = node
        return number


class _Watch:
    """Puts a watched body in the place of the usual one."""

    def __init__(self, text: str, first_line: int, tokens: Sequence[_Token]) -> None:
        self.body: _WatchedBody | None = None
        self._text = text
        self._first_line = first_line
        self._tokens = tokens

    def __call__(self, body: Body) -> Body:
        offsets = _offsets(body.root, self._text, self._tokens)
        self.body = _WatchedBody(body.root, self._text, self._first_line, offsets)
        return self.body


def _entry_owner(entry: Entry) -> _Owner:
    # A comment is entered without its tag by the reader, and so is text that has no element of its own.
    hidden = entry.tag in markup.HIDDEN_TAGS or not (isinstance(entry.tag, str) or entry.parts or entry.media)
    return _Owner("hidden" if hidden else "removed", entry.cleaner)


def _owners(trace: Trace, body: _WatchedBody, entries: Sequence[_Owner]) -> list[_Owner]:
    """What each visible character of the tree belongs to; ``entries`` are the owners by the lines of the ledger."""
    ranked = [*_kept(trace), *_removed(trace, entries)]
    ranked.sort(key=lambda item: item[0])
    parts = [part for _, group in ranked for part in group]
    owners = [owner for owner, text in parts for _ in text]
    found = "".join(text for _, text in parts)
    return owners if found == body.visible else _search(body.texts, found, owners)


def _kept(trace: Trace) -> Iterator[tuple[float, list[_Part]]]:
    texts, _ = _places(trace.article)
    known = len(texts) == len(trace.outline.texts)  # not if something was dropped between outline and article
    for number, (text, place) in enumerate(texts):
        owner = _Owner("credit" if place.startswith("credits") else "kept", None, place)
        if known:
            found = fragments(squash(text), trace.outline.texts[number])
            yield from ((rank, [(owner, part)]) for rank, part in found)
        else:
            yield 0, [(owner, squash(text))]


def _removed(trace: Trace, entries: Sequence[_Owner]) -> Iterator[tuple[float, list[_Part]]]:
    ledger = trace.body.ledger

    def parts(number: int) -> Iterator[_Part]:
        for part in ledger[number].parts:
            if isinstance(part, str):
                yield entries[number], squash(part)
            else:  # an earlier removal stood here
                yield from parts(part)

    yield from ((rank, list(parts(number))) for number, rank in trace.reader.ranks.items())
    for line, owner in zip(trace.outline.doubled, entries[len(ledger) :], strict=True):
        yield from ((rank, [(owner, part)]) for rank, part in fragments(squash(line.text), (line,)))


def walk(article: Article) -> Iterator[tuple[str, Section]]:
    """All sections of an article in reading order, each with its path."""
    waiting = [(f"sections[{number}]", section) for number, section in reversed([*enumerate(article.sections)])]
    while waiting:
        path, section = waiting.pop()
        yield path, section
        inner = reversed([*enumerate(section.sections)])
        waiting += ((f"{path}.sections[{number}]", one) for number, one in inner)


def _places(article: Article) -> tuple[list[tuple[str, str]], list[str]]:
    """Each text of an article with its path, in the order of `Outline.texts`; and the paths of its media, in theirs."""
    texts: list[tuple[str, str]] = []
    media: list[str] = []
    for path, section in walk(article):
        if section.heading is not None:
            texts.append((section.heading, f"{path}.heading"))
        for number, block in enumerate(section.blocks):
            place = f"{path}.blocks[{number}]"
            if isinstance(block, Image | Table | Video):
                media.append(place)
            if isinstance(block, Paragraph):
                texts.append((block.text, f"{place}.text"))
            elif isinstance(block, Quote):
                texts += ((one.text, f"{place}.paragraphs[{n}].text") for n, one in enumerate(block.paragraphs))
            elif isinstance(block, ItemList):
                texts += ((item.text, f"{place}.items[{n}].text") for n, item in enumerate(block.items))
            elif isinstance(block, Video):
                texts += () if block.title is None else ((block.title, f"{place}.title"),)
            else:
                texts += () if block.caption is None else ((block.caption, f"{place}.caption"),)
                if isinstance(block, Table):
                    texts += (
                        (cell.text, f"{place}.rows[{row}][{column}].text")
                        for row, cells in enumerate(block.rows)
                        for column, cell in enumerate(cells)
                    )
    texts += ((credit.text, f"credits[{number}].text") for number, credit in enumerate(article.credits))
    return texts, media


# --- text that the proof did not find -----------------------------------------------------------------------------


def _search(texts: Sequence[str], found: str, owners: Sequence[_Owner]) -> list[_Owner]:
    """The owner of each character of the source's texts, some of which are not in what was found, or not in order."""
    source = "".join(texts)
    result = [_UNACCOUNTED if there is None else owners[there] for there in _align(source, found)]
    starts = frozenset(accumulate(map(len, texts), initial=0))
    for start, end in _runs(result, _UNACCOUNTED):
        # Where a lost text begins like what comes after it, it can't be told which of the two beginnings is the lost one; a
        # whole text is more likely lost than the end of one and the beginning of the next.
        back = next((n for n in range(min(start, end - start) + 1) if start - n in starts), 0)
        if back and source[start - back : start] == source[end - back : end]:
            result[end - back : end] = result[start - back : start]
            result[start - back : start] = [_UNACCOUNTED] * back
    return result


def _runs(owners: Sequence[_Owner], owner: _Owner) -> list[tuple[int, int]]:
    """Where one owner's characters stand together."""
    runs, place = [], 0
    for theirs, group in groupby(owners):
        end = place + sum(1 for _ in group)
        if theirs is owner:
            runs.append((place, end))
        place = end
    return runs


# --- elements and comments ----------------------------------------------------------------------------------------


def _tag_fates(
    trace: Trace, body: _WatchedBody, entries: Sequence[_Owner], tokens: Sequence[_Token]
) -> dict[int, _Owner]:
    """What each tag and comment belongs to, by the offset at which it begins; the others are nothing but mark-up."""
    nodes = {**_media(trace), **_removed_nodes(trace, body, entries)}
    lost = Counter(trace.coverage.unaccounted)
    for node, name in body.own_media.items():
        if node not in nodes and lost[name]:
            lost[name] -= 1
            nodes[node] = _UNACCOUNTED
    fates = {body.offsets[node]: owner for node, owner in nodes.items() if node in body.offsets}
    _close(fates, tokens)
    return fates


def _media(trace: Trace) -> dict[Any, _Owner]:
    """The elements of the article's images, tables and videos."""
    by_rank = {item.rank: item for item in trace.reader.pieces if isinstance(item, Picture | Clip | Grid)}
    _, places = _places(trace.article)
    owners: dict[Any, _Owner] = {}
    if len(places) != len(trace.outline.media):  # something was dropped between outline and article
        return owners
    for (rank, *_), place in zip(trace.outline.media, places, strict=True):
        item = None if rank is None else by_rank.get(rank)
        if isinstance(item, Picture):
            owners[item.node] = _Owner("kept", None, f"{place}.url")
        elif item is not None:
            owners[item.node] = _Owner("kept", None, place)
        if isinstance(item, Clip) and item.poster is not None:
            posters = (node for node in item.node.iter("img") if node.get(source_attribute(node)) == item.poster)
            owners.update((node, _Owner("kept", None, f"{place}.poster")) for node in islice(posters, 1))
    return owners


def _removed_nodes(trace: Trace, body: _WatchedBody, entries: Sequence[_Owner]) -> dict[Any, _Owner]:
    """All nodes that are in the ledger, and what was in them when they were removed; then the other hidden ones."""
    owners: dict[Any, _Owner] = {}

    def own(root: Any, owner: _Owner) -> None:
        for node in root.iter():
            if node not in owners:
                owners[node] = _Owner("hidden", owner.cleaner) if _is_hidden(node) else owner

    unseen: defaultdict[tuple[str | None, int | None], list[_Owner]] = defaultdict(list)
    for number, entry in enumerate(trace.body.ledger):
        root = body.recorded.get(number)
        if root is not None:
            own(root, entries[number])
        elif not entry.parts:  # the reader enters comments and empty elements without handing them over
            unseen[_name(entry.tag), entry.line].append(entries[number])
    for node, line in zip(reversed(body.nodes), reversed(body.lines), strict=True):  # what is inside comes first
        if node not in owners and (waiting := unseen.get((_name(node.tag), line))) and _is_unseen(node):
            own(node, waiting.pop())
        elif node not in owners and _is_hidden(node):
            owners[node] = _HIDDEN
    return owners


def _is_hidden(node: Any) -> bool:
    return node.tag is etree.Comment or node.tag in markup.HIDDEN_TAGS


def _is_unseen(node: Any) -> bool:
    return _is_hidden(node) or not (squash(visible_text(node)) or media_of(node))


def _name(tag: Any) -> str | None:
    return tag if isinstance(tag, str) else None


def _close(fates: dict[int, _Owner], tokens: Sequence[_Token]) -> None:
    """Give end tags, and the content of styles and scripts, the fate of their start tags."""
    waiting: list[_Token] = []
    names: Counter[str] = Counter()
    for token in tokens:
        if token.kind == "open":
            waiting.append(token)
            names[token.name] += 1
        elif token.kind == "hidden" and waiting:
            fates[token.start] = fates.get(waiting[-1].start, _HIDDEN)
        elif token.kind == "close" and names[token.name]:
            start = None
            while start is None or start.name != token.name:
                start = waiting.pop()
                names[start.name] -= 1
            fates[token.start] = fates.get(start.start, _MARKUP)


_OFFSET = "sinaparse-offset"
_NO_LIMITS = Limits(nodes=sys.maxsize, start_tag_chars=100_000)
"""The text was within the parser's limits; only its tags have become longer."""


def _offsets(root: Any, text: str, tokens: Sequence[_Token]) -> dict[Any, int]:
    """Where the start tags and comments of a tree begin in its text; empty if tree and tokens don't fit.

    libxml2 tells lines only. So a copy of the text is parsed in which each start tag bears its offset.
    """
    parts: list[str] = []
    place = 0
    for token in tokens:
        if token.kind == "open":
            end = token.start + 1 + len(token.name)
            parts += (text[place:end], f' {_OFFSET}="{token.start}"')
            place = end
    marked = "".join([*parts, text[place:]])
    copy = read_body(marked, 1, Problems(strict=False), _NO_LIMITS)
    nodes = list(root.iter())
    copies = [] if copy is None else list(copy.root.iter())
    if [node.tag for node in nodes] != [node.tag for node in copies]:
        return {}
    offsets = {}
    comments = [token.start for token in tokens if token.kind == "comment"]
    for node, twin in zip(nodes, copies, strict=True):
        if node.tag is etree.Comment:
            if comments:
                offsets[node] = comments.pop(0)
        elif isinstance(node.tag, str) and (offset := twin.get(_OFFSET)):
            offsets[node] = int(offset)
    return offsets


# --- tokens -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Token:
    """A run of source text as the tokenizer of HTML 5 sees it.

    Kinds: ``text``; ``raw`` (text without entities); ``hidden`` (what is in a style or script); ``open`` and ``close`` (tags);
    ``comment``; ``other`` (a doctype, ``</>``).
    """

    kind: Literal["text", "raw", "hidden", "open", "close", "comment", "other"]
    start: int
    end: int
    name: str = ""
    """Of a tag, in lower case."""


_CLOSING = "</body></html>"
"""What stands after a body when it is parsed, and what an unclosed tag or comment eats."""
_TAG_NAME = re.compile(r"[A-Za-z][^\t\n\f />]*+")
_TAG_REST = re.compile(
    r"""(?:[\t\n\f /]++
        |[^\t\n\f />][^\t\n\f />=]*+                                          # an attribute's name
         (?:[\t\n\f ]*+=[\t\n\f ]*+
            (?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|[^\t\n\f >"'][^\t\n\f >]*+|(?=>|\Z)))?+   # and its value
       )*+(?:>|\Z)""",
    re.VERBOSE,
)
_COMMENT_END = re.compile(r"--!?>")
_WITH_ENTITIES = frozenset({"textarea", "title"})


def _tokenize(text: str) -> list[_Token]:
    """The tokens of a body, one after the other without a gap; words in angle brackets that are no HTML are text."""
    tokens = list(_tokens(text + _CLOSING, frozenset()))
    names = {token.name for token in tokens if token.kind == "open"}
    stray = frozenset(name for name in names - markup.KNOWN_TAGS if not markup.FOREIGN_TAG.match(name))
    if stray:
        tokens = list(_tokens(text + _CLOSING, stray))
    size = len(text)
    return [replace(token, end=min(token.end, size)) for token in tokens if token.start < size]


def _tokens(text: str, stray: frozenset[str]) -> Iterator[_Token]:
    begin = place = 0
    while (start := text.find("<", place)) >= 0:
        token = _tag(text, start, stray)
        if token is None:
            place = start + 1
            continue
        if begin < start:
            yield _Token("text", begin, start)
        yield token
        begin = place = token.end
        if token.kind == "open" and token.name in _RAW_TAGS:
            end = re.compile(rf"</{token.name}(?=[\t\n\f />])", re.IGNORECASE).search(text, place)
            place = len(text) if end is None or token.name == "plaintext" else end.start()
            if begin < place:
                yield _Token(_raw_kind(token.name), begin, place)
            begin = place
    if begin < len(text):
        yield _Token("text", begin, len(text))


_RAW_TAGS = frozenset({*markup.RAW_TAGS, *markup.HIDDEN_TAGS})


def _raw_kind(name: str) -> Literal["text", "raw", "hidden"]:
    if name in markup.HIDDEN_TAGS:
        return "hidden"
    return "text" if name in _WITH_ENTITIES else "raw"


def _tag(text: str, start: int, stray: frozenset[str]) -> _Token | None:
    """The tag or comment that begins at a ``<``; None if that is text."""
    following = text[start + 1 : start + 2]
    if text.startswith("<!--", start):
        short = next((short for short in ("<!-->", "<!--->") if text.startswith(short, start)), None)
        if short is not None:
            return _Token("comment", start, start + len(short))
        end = _COMMENT_END.search(text, start + 4)
        return _Token("comment", start, len(text) if end is None else end.end())
    if text.startswith("</>", start):
        return _Token("other", start, start + 3)
    slash = following == "/"
    name = _TAG_NAME.match(text, start + 1 + slash)
    if name is None:
        if following and following in "!?/":
            kind: Literal["other", "comment"] = (
                "other" if text[start + 2 : start + 9].lower() == "doctype" else "comment"
            )
            return _Token(kind, start, text.find(">", start) + 1 or len(text))
        return None
    if name[0].lower() in stray and name.end() < len(text) - len(_CLOSING):
        return None
    end = _TAG_REST.match(text, name.end())
    return _Token("close" if slash else "open", start, len(text) if end is None else end.end(), name[0].lower())


_ENTITY = re.compile(r"&(?:#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[A-Za-z][0-9A-Za-z]*+;?)")


def _characters(text: str, token: _Token) -> Iterator[tuple[str, int, int]]:
    """What a text reads as, entity by entity and character by character, each with its place."""
    place = token.start
    entities = () if token.kind == "raw" else _ENTITY.finditer(text, token.start, token.end)
    for match in entities:
        end = match.end()
        if match[0][1] != "#":
            name = next((name for n in range(len(match[0]), 1, -1) if (name := match[0][1:n]) in html5), None)
            if name is None:
                continue
            end = match.start() + 1 + len(name)
        yield from ((text[at], at, at + 1) for at in range(place, match.start()))
        yield html.unescape(text[match.start() : end]), match.start(), end
        place = end
    yield from ((text[at], at, at + 1) for at in range(place, token.end))


# --- from tokens to pieces ----------------------------------------------------------------------------------------

_Segment = tuple[int, int, "_Owner | None", str]
"""Start, end, owner (None for white space), visible characters."""


def _segments(
    text: str, tokens: Sequence[_Token], tags: Mapping[int, _Owner], visible: str, owners: Sequence[_Owner]
) -> Iterator[_Segment]:
    """The source in the smallest steps, each with what it belongs to."""
    characters = [[*_characters(text, token)] if token.kind in ("text", "raw") else [] for token in tokens]
    mine = "".join(squash(character) for inner in characters for character, _, _ in inner)
    places = range(len(mine)) if mine == visible else _align(mine, visible)
    place = 0
    for token, inner in zip(tokens, characters, strict=True):
        if token.kind not in ("text", "raw"):
            yield token.start, token.end, tags.get(token.start, _HIDDEN if token.kind == "comment" else _MARKUP), ""
        for character, start, end in inner:
            seen = squash(character)
            if seen:
                other = places[place]
                yield start, end, _MARKUP if other is None else owners[other], seen
                place += len(seen)
            else:
                yield start, end, None, ""


def _join(segments: Iterator[_Segment], offset: int) -> Iterator[Piece]:
    """Join steps of one owner, with the white space between them; other white space is mark-up."""
    owner, start, end, reach = _MARKUP, 0, 0, 0
    text: list[str] = []

    def piece(end: int) -> Iterator[Piece]:
        if start < end:
            yield Piece(offset + start, offset + end, owner.fate, owner.cleaner, owner.place, "".join(text))

    for begin, reach, theirs, seen in segments:
        if theirs is None:
            continue
        if theirs is not owner:
            if owner is _MARKUP:
                end = begin
            yield from piece(end)
            if end < begin and theirs is not _MARKUP:
                yield Piece(offset + end, offset + begin, "markup")
            owner, start, text = theirs, end if theirs is _MARKUP else begin, []
        text.append(seen)
        end = reach
    yield from piece(reach if owner is _MARKUP else end)
    if end < reach and owner is not _MARKUP:
        yield Piece(offset + end, offset + reach, "markup")


_SURE = 8
"""So many characters that agree are the same text, not one that happens to look like it."""
_WINDOW = 10_000
"""How far to look for where two readings of a source agree again."""


def _align(mine: str, other: str) -> list[int | None]:
    """For each character of one text its place in another that is nearly the same; None for what is not in it."""
    places: list[int | None] = [None] * len(mine)
    at = there = 0
    while at < len(mine) and there < len(other):
        if mine[at] == other[there]:
            places[at] = there
            at, there = at + 1, there + 1
            continue
        further = mine.find(other[there : there + _SURE], at, at + _WINDOW)
        other_further = other.find(mine[at : at + _SURE], there, there + _WINDOW)
        if other_further >= 0 and (further < 0 or other_further - there <= further - at):
            there = other_further
        elif further >= 0:
            at = further
        else:
            at, there = at + 1, there + 1
    return places
