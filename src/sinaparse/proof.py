"""The proof that nothing was lost: the source's visible text and media are those of the article and of the removals.

The pieces of the finished article and of the ledger are put into the order of the source and joined; the result must be
the source's own text, character by character. Only if it is not, the lost pieces are looked for.
"""

from __future__ import annotations

import bisect
import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from lxml import etree

from sinaparse.body import Body, Entry, squash
from sinaparse.inspection import Coverage
from sinaparse.models import Article, Paragraph, Video, all_sections, block_texts
from sinaparse.sina import markup
from sinaparse.structure.lines import Line
from sinaparse.structure.outline import Outline

_SURE = 12
"""So many characters that agree are the same text, not one that happens to look like it."""
_FARTHEST = 200
_MOST = 1_000
"""How many lost pieces are told apart; what comes after them is one piece."""


Ranked = tuple[float, str]


def prove(body: Body, ranks: Mapping[int, int], outline: Outline, article: Article) -> tuple[Coverage, bool]:
    """The coverage of an article, and whether its text is proven: if not, :func:`find_lost` says what is missing."""
    pieces = _pieces(article, body, ranks, outline)
    removed = sum([_size(entry) for entry in body.ledger if entry.parts]) + sum([line.size for line in outline.doubled])
    proven = squash("".join([text for _, text in pieces])) == body.visible
    lost = _lost_media(body, outline, article)
    return Coverage(kept_chars=len(body.visible) - removed, removed_chars=removed, unaccounted=lost), proven


def _pieces(article: Article, body: Body, ranks: Mapping[int, int], outline: Outline) -> list[Ranked]:
    """All texts of the article and of the removals, in the order of the source."""
    pieces = [*_kept(article, outline), *_removed(body.ledger, ranks, outline)]
    pieces.sort()
    return pieces


def _kept(article: Article, outline: Outline) -> list[Ranked]:
    """The texts of the finished article, each with its place in the source."""
    texts = _texts(article)
    plan = outline.texts
    if len(texts) != len(plan):  # something was dropped between outline and article
        plan = _align(texts, plan)
    pieces: list[Ranked] = []
    for text, lines in zip(texts, plan, strict=True):
        if len(lines) == 1 and not lines[0].cuts:
            pieces.append((lines[0].rank, text))
        elif lines:
            pieces += fragments(squash(text), lines)
    return pieces


def _align(texts: Sequence[str], plan: Sequence[Sequence[Line]]) -> list[Sequence[Line]]:
    """The lines that each of some texts is made of, where others of the plan are missing from the texts.

    A text without lines of its own gets none: what it says is in no place of the source.
    """
    planned = [squash("".join(line.text for line in lines)) for lines in plan]
    aligned: list[Sequence[Line]] = []
    place = 0
    for text in map(squash, texts):
        try:
            found = planned.index(text, place)
        except ValueError:
            aligned.append(())
        else:
            aligned.append(plan[found])
            place = found + 1
    return aligned


def _texts(article: Article) -> list[str]:
    """All texts of an article in reading order, titles of videos included, then its credits."""
    texts: list[str] = []
    for section in all_sections(article):
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


def fragments(text: str, lines: Sequence[Line]) -> Iterator[Ranked]:
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
    for number, rank in ranks.items():  # others stand in the parts of the removal around them, or had nothing visible
        yield rank, whole_text(ledger[number].parts, ledger)
    for line in outline.doubled:
        yield from fragments(squash(line.text), (line,))


def whole_text(parts: Iterable[str | int], ledger: Sequence[Entry]) -> str:
    """A text that is cut where removals stood, with the text of those where they stood."""
    return "".join(part if isinstance(part, str) else whole_text(ledger[part].parts, ledger) for part in parts)


def _size(entry: Entry) -> int:
    return sum([len(squash(part)) for part in entry.parts if isinstance(part, str)])


# --- media --------------------------------------------------------------------------------------------------------


def _lost_media(body: Body, outline: Outline, article: Article) -> tuple[str, ...]:
    found = [name for entry in body.ledger if entry.media for name in entry.media]
    if outline.media:
        videos = []
        for section in all_sections(article):
            for block in section.blocks:
                if block.kind == "image":
                    found.append(f"image: {block.url}")
                elif block.kind == "table":
                    found.append("table")
                elif block.kind == "video":
                    videos.append(block)
        found += _video_names(videos, outline)
    if sorted(found) == sorted(body.media):
        return ()
    return tuple((Counter(body.media) - Counter(found)).elements())


def _video_names(videos: Sequence[Video], outline: Outline) -> Iterator[str]:
    """What the source calls some videos: a video counts if the body has it, its poster if it stands there as an image."""
    plan = list(zip(outline.posters, (ranks for ranks in outline.media if len(ranks) == 2), strict=True))
    whole = len(videos) == len(plan)
    for video in videos:
        while plan and not whole and plan[0][0] != video.poster:  # one was dropped between outline and article
            del plan[0]
        rank, poster = plan.pop(0)[1] if plan else (None, None)
        if rank is not None:
            yield "video"
        if poster is not None:
            yield f"image: {video.poster}"


# --- after a failure ----------------------------------------------------------------------------------------------


def find_lost(
    root: Any, coverage: Coverage, body: Body, ranks: Mapping[int, int], outline: Outline, article: Article
) -> Coverage:
    """The coverage of an article whose text is not proven, with each lost piece of text; ``root`` is the source's tree anew.

    Source and article are walked through side by side. Where they part, the source is searched for what the article goes on
    with: what stands before it is lost.
    """
    pieces = _pieces(article, body, ranks, outline)
    found = squash("".join([text for _, text in pieces]))
    missing = tuple(_lost_texts(list(source_texts(root)), found))
    kept = len(body.visible) - coverage.removed_chars - sum(map(len, missing))
    return Coverage(
        kept_chars=max(kept, 0), removed_chars=coverage.removed_chars, unaccounted=(*missing, *coverage.unaccounted)
    )


def _lost_texts(texts: Sequence[str], found: str) -> Iterator[str]:
    """The parts of some texts that are missing from what was found, cut where the texts end.

    What only stands elsewhere is not lost.
    """
    source = "".join(texts)
    ends = list(itertools.accumulate(map(len, texts)))
    extra: list[str] = []
    lost = []
    for start, end in _lost_ranges(source, frozenset((0, *ends)), found, extra):
        place = start
        while place < end:
            stop = min(ends[bisect.bisect_right(ends, place)], end)
            lost.append(source[place:stop])
            place = stop
    elsewhere = "\n".join(extra)
    for text in lost:
        if text in elsewhere:
            elsewhere = elsewhere.replace(text, "\n", 1)
        else:
            yield text


def _lost_ranges(source: str, bounds: frozenset[int], found: str, extra: list[str]) -> Iterator[tuple[int, int]]:
    """Where the source has what was not found; ``bounds`` are where its texts begin and end.

    What was found and is not the source's, or stands elsewhere in it, is added to ``extra``.
    """
    here = there = 0
    for _ in range(_MOST):
        common = common_length(source, here, found, there)
        here, there = here + common, there + common
        if here == len(source):
            break
        needle = found[there : there + _SURE]
        after = source.find(needle, here + 1) if needle else len(source)
        if after >= 0:
            yield _whole_texts(source, here, after, bounds)
            here = after
            continue
        further = found.find(source[here : here + _SURE], there)
        if further < 0:
            after = min(bound for bound in bounds if bound > here)
            yield here, after
            here = after
        else:
            extra.append(found[there:further])
            there = further
    else:
        yield here, len(source)
    extra.append(found[there:])


def _whole_texts(source: str, start: int, end: int, bounds: frozenset[int]) -> tuple[int, int]:
    """Move a lost range to where whole texts begin and end, if the same characters are lost there.

    Where ``甲乙`` was lost before ``甲丙``, what is missing may as well be ``乙甲``.
    """
    for back in range(min(start, _FARTHEST) + 1):
        if start - back in bounds and end - back in bounds:
            return start - back, end - back
        if start - back == 0 or source[start - back - 1] != source[end - back - 1]:
            break
    return start, end


def common_length(one: str, here: int, other: str, there: int) -> int:
    """How many characters agree from two places on."""
    length, step = 0, 1
    while step:
        if one[here + length : here + length + step] == other[there + length : there + length + step]:
            length = min(length + step, len(one) - here, len(other) - there)
            if length in (len(one) - here, len(other) - there):
                return length
            step *= 2
        else:
            step //= 2
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
