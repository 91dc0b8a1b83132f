"""The proof that nothing was lost: the source's visible text and media are those of the article and of the removals.

The pieces of the finished article and of the ledger are put into the order of the source and joined; the result must be
the source's own text, character by character. Only if it is not, the lost pieces are looked for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from lxml import etree
from pydantic import BaseModel, ConfigDict

from sinaparse.body import Body, Entry, squash
from sinaparse.models import Article, Block, Image, Paragraph, Section, Table, Video, block_texts
from sinaparse.sina import markup
from sinaparse.structure.lines import Line
from sinaparse.structure.outline import Outline

MEDIA = frozenset({"image", "table", "video"})

_LONG = 8
"""A source text of this length found further on is the same text, not one that happens to look like it."""


class Coverage(BaseModel):
    """What became of the source's characters.

    Counted are the characters of all text outside comments, ``<style>`` and ``<script>``, without white space, U+3000,
    U+00A0, U+200B and U+FEFF, each once: ``kept_chars`` are in the article, ``removed_chars`` in the removals, and those of
    the texts in ``unaccounted`` in neither; their sum is the whole. Lost media stand there as ``image: URL``, ``table``, ``video``.
    """

    model_config = ConfigDict(frozen=True)

    kept_chars: int = 0
    removed_chars: int = 0
    unaccounted: tuple[str, ...] = ()


Ranked = tuple[float, str]


def prove(body: Body, ranks: Mapping[int, int], outline: Outline, article: Article) -> tuple[Coverage, bool]:
    """The coverage of an article, and whether its text is proven: if not, :func:`find_lost` says what is missing."""
    pieces = [*_kept(article, outline), *_removed(body.ledger, ranks, outline)]
    pieces.sort()
    removed = sum([_size(entry) for entry in body.ledger if entry.parts]) + sum([line.size for line in outline.doubled])
    proven = squash("".join([text for _, text in pieces])) == body.visible
    lost = _lost_media(body, outline, article)
    return Coverage(kept_chars=len(body.visible) - removed, removed_chars=removed, unaccounted=lost), proven


def _kept(article: Article, outline: Outline) -> list[Ranked]:
    """The texts of the finished article, each with its place in the source."""
    texts = _texts(article)
    if len(texts) != len(outline.texts):  # something was dropped between outline and article
        return [(0, text) for text in texts]
    pieces: list[Ranked] = []
    for text, lines in zip(texts, outline.texts, strict=True):
        if len(lines) == 1 and not lines[0].cuts:
            pieces.append((lines[0].rank, text))
        elif lines:
            pieces += _fragments(squash(text), lines)
    return pieces


def _texts(article: Article) -> list[str]:
    """All texts of an article in reading order, titles of videos included, then its credits."""
    texts: list[str] = []
    for section in _sections(article):
        if section.heading is not None:
            texts.append(section.heading)
        for block in section.blocks:
            if isinstance(block, Paragraph):
                texts.append(block.text)
            elif isinstance(block, Video):
                texts += () if block.title is None else (block.title,)
            else:
                texts += block_texts(block)
    return texts + [credit.text for credit in article.credits]


def _sections(article: Article) -> Iterator[Section]:
    waiting = list(reversed(article.sections))
    while waiting:
        section = waiting.pop()
        yield section
        waiting.extend(reversed(section.sections))


def _fragments(text: str, lines: Sequence[Line]) -> Iterator[Ranked]:
    """Cut a text where something else stood inside it in the source; characters that a cleaner put in are left out."""
    start = 0
    for number, line in enumerate(lines):
        end = len(text) if number == len(lines) - 1 else start + line.size
        piece, rank, place = text[start:end], float(line.rank), 0
        for before, inserted, after in line.cuts:
            yield rank, piece[place:before]
            place, rank = before + inserted, after
        yield rank, piece[place:]
        start = end


def _removed(ledger: Sequence[Entry], ranks: Mapping[int, int], outline: Outline) -> Iterator[Ranked]:
    for number, entry in enumerate(ledger):
        rank = ranks.get(number)
        if rank is not None:  # others stand in the parts of the removal around them, or had nothing visible
            yield rank, _whole(entry, ledger)
    for line in outline.doubled:
        yield from _fragments(squash(line.text), (line,))


def _whole(entry: Entry, ledger: Sequence[Entry]) -> str:
    """All visible text of a removal, with that of the removals inside it where they stood."""
    return "".join(part if isinstance(part, str) else _whole(ledger[part], ledger) for part in entry.parts)


def _size(entry: Entry) -> int:
    return sum([len(squash(part)) for part in entry.parts if isinstance(part, str)])


# --- media --------------------------------------------------------------------------------------------------------


def _lost_media(body: Body, outline: Outline, article: Article) -> tuple[str, ...]:
    found = [name for entry in body.ledger if entry.media for name in entry.media]
    if outline.media:
        media = [block for section in _sections(article) for block in section.blocks if block.kind in MEDIA]
        for block, ranks in zip(media, outline.media, strict=False):
            found += _names(block, ranks)
    if sorted(found) == sorted(body.media):
        return ()
    return tuple((Counter(body.media) - Counter(found)).elements())


def _names(block: Block, ranks: tuple[int | None, ...]) -> Iterator[str]:
    """What the source calls a block's media."""
    if isinstance(block, Image):
        yield f"image: {block.url}"
    elif isinstance(block, Table):
        yield "table"
    elif isinstance(block, Video):
        if ranks[0] is not None:
            yield "video"
        if ranks[1] is not None:
            yield f"image: {block.poster}"


# --- after a failure ----------------------------------------------------------------------------------------------


def find_lost(
    root: Any, coverage: Coverage, body: Body, ranks: Mapping[int, int], outline: Outline, article: Article
) -> Coverage:
    """The coverage of an article whose text is not proven, with each lost piece of text; ``root`` is the source's tree anew.

    Each text of the source is looked for where the one before it ended; what is not there, nor further on, is lost.
    """
    pieces = [*_kept(article, outline), *_removed(body.ledger, ranks, outline)]
    pieces.sort()
    found = squash("".join([text for _, text in pieces]))
    place = 0
    skipped: list[str] = []
    lost: list[str] = []
    for text in source_texts(root):
        if found.startswith(text, place):
            place += len(text)
            continue
        further = found.find(text, place) if len(text) >= _LONG else -1
        if further >= 0:
            skipped.append(found[place:further])
            place = further + len(text)
            continue
        common = _common(text, found, place)
        place += common
        lost.append(text[common:])
    skipped.append(found[place:])
    rest = "\n".join(skipped)
    missing = []
    for text in lost:
        if text in rest:
            rest = rest.replace(text, "\n", 1)
        else:
            missing.append(text)
    kept = len(body.visible) - coverage.removed_chars - sum(map(len, missing))
    return Coverage(
        kept_chars=max(kept, 0), removed_chars=coverage.removed_chars, unaccounted=(*missing, *coverage.unaccounted)
    )


def _common(text: str, found: str, place: int) -> int:
    """How many characters of a text stand at a place."""
    length = 0
    for mine, other in zip(text, found[place : place + len(text)], strict=False):
        if mine != other:
            break
        length += 1
    return length


def source_texts(root: Any) -> Iterator[str]:
    """The visible characters of each text node of a tree, in order; nodes without any are left out."""
    for event, node in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if event == "start":
            text = None if node.tag in markup.HIDDEN_TAGS else node.text
        else:
            text = None if node is root else node.tail
        if text and (characters := squash(text)):
            yield characters
