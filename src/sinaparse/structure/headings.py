"""Which lines are headings, and at which level.

A line needs *evidence*: mark-up that sets it apart (an ``<h2>``, bold, centring, colour), and then no *veto*: a reason why
a line that is set apart is still part of the text. Both are small rules, each with the real case behind it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sinaparse.sina.markup import HEADING_TAGS
from sinaparse.sina.media import NAMES
from sinaparse.sina.patterns import HAN
from sinaparse.structure.asides import is_aside
from sinaparse.structure.lines import BOLD, CENTRED, TAGGED, Clip, Line, Piece
from sinaparse.structure.numbering import is_number, numbering

LONGEST = 60
LONGEST_CENTRED = 40
LONGEST_QUOTATION = 40
SHORT = 30

_SENTENCE_END = tuple("。；，;,、")
_ANY_END = tuple("。；：，！？;:,!?…”、")
_QUOTATION = re.compile(r"[“\"][^“”\"]*[”\"]\Z")
_SPEECH = re.compile(
    r"(?:(?:记者提?问|记者|(?:现场|观众|听众|网友|媒体)?提问|问|主持人|Q\d?)\s*[：:]"
    r"|(?:《[^》]{2,14}》(?:记者)?|观众|听众|网友|\w{1,8}(?:报|网|社|周刊|财经|新闻|记者))\s*[：:](?=.*[？?您你请]))\s*\S"
)
_LABEL = re.compile(r"([^\s：，。？?！]{1,14})\s*：\s*\S")
_DAY = re.compile(
    r"\d{4}年\d{1,2}月\d{1,2}日|[〇○零一二三四五六七八九]{4}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日"
)
_DOCUMENT = re.compile(rf"[^\s\d]{{0,15}}[〔\[（(]\d{{4}}[〕\]）)](?:第\s*)?\d+号\Z|(?:{_DAY.pattern})\Z")
_BRACKETED = re.compile(r"[（(][^（）()]*[）)]\Z")
_OF_FIGURE = re.compile(
    r"[（(]?(?:(?:(?:资料|数据|图表|图片|视频)?来源|备?注|(?:证券|股票|基金)代码|单位|制[表图])\s*\d?|注\d)\s*[：:丨|｜/／]"
)
_DATELINE = re.compile(r"\d{1,2}月\d{1,2}日[电讯]")
_KEYWORDS = re.compile(r"关键[词字]\s*[：:]")
_OF_VIDEO = re.compile(r"视频\s*[：:丨|｜/／]")
_OF_SAYING = re.compile(
    rf"[—-]{{2,}}\s*(?:.*《|.*[·•]|.*(?:民谣|谚语|俗语|格言)\Z|.*{HAN}{{2,3}}[（(][^（）()]*[）)]\Z)"
)
_SPEAKER = re.compile(rf"[—-]{{2,}}\s*{HAN}{{2,4}}\Z")
_MARK = re.compile(r"【[^【】]*】\Z|[◆●■▲★◎○◇□※☆►▶▍▌█▎•▪➤]")


@dataclass(slots=True)
class Setting:
    """A line and what stands round it."""

    line: Line
    before: Piece | None
    after: Piece | None
    first: bool
    """Whether no text stands before it but lines that are centred and nothing else."""
    last: bool
    """Whether nothing stands after it but the date of the document."""
    one_of_days: bool = False
    """Whether it is one of several days, as in a chronicle."""
    asked: bool = False
    """Whether the label that opens it is that of somebody who asks."""
    beside_heading: bool = False
    """Whether the line right before or after it is a heading."""


Rule = Callable[[Setting], bool]

# --- evidence -----------------------------------------------------------------------------------------------------


def tagged(at: Setting) -> bool:
    """A heading element: ``<h2>``, ``<h3>``; seldom."""
    return bool(at.line.look & TAGGED)


def bold(at: Setting) -> bool:
    """All of it is bold, by ``<font>``, ``<strong>`` or the paragraph's own style, in one piece or several."""
    return at.line.bold


def centred(at: Setting) -> bool:
    """Centred without bold: ``<p cms-style="align-Center color0">``; what follows a picture was asked to be its caption first."""
    line = at.line
    motto = at.first and not line.coloured and numbering(line.text) is None
    return line.centred and line.size <= LONGEST_CENTRED and not motto


def coloured(at: Setting) -> bool:
    """Only coloured: weak evidence, for colour also wraps whole paragraphs of text; it counts on a short, open line.

    A link has a colour anyway.
    """
    line = at.line
    if not line.coloured or line.size > SHORT or line.text.endswith(_ANY_END) or at.first:
        return False
    return any("href" not in span or "symbol" in span for span in line.spans)


EVIDENCE: tuple[Rule, ...] = (tagged, bold, centred, coloured)

# --- vetoes -------------------------------------------------------------------------------------------------------


def too_long(at: Setting) -> bool:
    """A whole paragraph in bold."""
    return at.line.size > LONGEST


def aside(at: Setting) -> bool:
    """A line of asterisks, an end mark, a call to click: ``—— END ——``, ``左右滑动查看更多``."""
    return is_aside(at.line.text)


def signature(at: Setting) -> bool:
    """Who said the motto before it: ``——苏轼《定风波》``; ``——稳字当头，保持定力`` is a heading."""
    text = at.line.text
    if _SPEAKER.match(text):
        return isinstance(at.before, Line) and (at.before.look != 0 or at.before.text.endswith("”"))
    return _OF_SAYING.match(text) is not None


def of_figure(at: Setting) -> bool:
    """What tells of a table, picture, video or share: ``资料来源：Wind``, ``单位：亿元``, ``证券代码：600000``."""
    text = at.line.text
    return _OF_FIGURE.match(text) is not None or (isinstance(at.before, Clip) and _OF_VIDEO.match(text) is not None)


def linked(at: Setting) -> bool:
    """One of several links to other articles, or one below ``相关阅读：``; a link alone may be a heading."""
    if not _is_link(at.line):
        return False
    beside = (piece for piece in (at.before, at.after) if isinstance(piece, Line))
    return any(_is_link(line) or is_aside(line.text) for line in beside)


def _is_link(line: Line) -> bool:
    return "href" in line.spans[0] and all("href" in span and "symbol" not in span for span in line.spans)


def sentence(at: Setting) -> bool:
    """A bold sentence of the text: it ends like one, or holds more than one. ``？`` and ``！`` end headings, too."""
    text = at.line.text
    return text.endswith(_SENTENCE_END) or "。" in text


def long_quotation(at: Setting) -> bool:
    """A bold quotation longer than a line; a short one is a heading (``“有效投资”成为关键词``)."""
    return _QUOTATION.match(at.line.text) is not None and at.line.size > LONGEST_QUOTATION


def announcement(at: Setting) -> bool:
    """Set left and ending in ``：``: it announces the text after it, unless a heading stands right before or after it."""
    line = at.line
    return line.text.endswith(("：", ":")) and not line.centred and not at.beside_heading


def speech(at: Setting) -> bool:
    """A question in an interview: ``记者：……？``; what a medium says without asking is one of its headlines."""
    return not at.line.centred and (at.asked or _SPEECH.match(at.line.text) is not None)


def note(at: Setting) -> bool:
    """A remark in brackets: ``（作者为…首席研究员）``; ``（一）`` is a number."""
    text = at.line.text
    return _BRACKETED.match(text) is not None and numbering(text) is None


def number_or_date(at: Setting) -> bool:
    """The number of an official document, or its date, below its title: ``国办发〔2021〕10号``."""
    return not at.one_of_days and _DOCUMENT.match(at.line.text) is not None


def titles_nothing(at: Setting) -> bool:
    """The last line of the article, or its signature above the date; a picture after it is something."""
    return at.last


_IN_BODY = frozenset({"text", "block"})

VETOES: tuple[Rule, ...] = (
    too_long,
    aside,
    signature,
    of_figure,
    linked,
    sentence,
    long_quotation,
    announcement,
    speech,
    note,
    number_or_date,
    titles_nothing,
)

# --- finding them -------------------------------------------------------------------------------------------------


def find_headings(pieces: Sequence[Piece], *, unmarked: bool = False) -> None:
    """Mark the lines that are headings and give each its level; with ``unmarked`` also those without any mark-up."""
    settings = [at for at in _settings(pieces) if any(rule(at) for rule in EVIDENCE)]
    _find_questions(settings)
    _find_days(settings)
    for at in settings:
        _decide(at)
    for at in settings:  # a heading makes the line beside it one, too
        if at.line.use == "text" and (_is_heading(at.before) or _is_heading(at.after)):
            at.beside_heading = True
            _decide(at)
    if unmarked:
        _find_unmarked(pieces)
    _set_levels(pieces)


def _find_questions(settings: Sequence[Setting]) -> None:
    asked = _questions([at.line for at in settings])
    for at in settings:
        at.asked = at.line in asked


def _questions(lines: Sequence[Line]) -> set[Line]:
    """The lines of a speaker: the label before ``：`` is that of a medium and asks, or of several lines that do."""
    labelled = [(line, match[1]) for line in lines if "：" in line.text and (match := _LABEL.match(line.text))]
    asking = Counter(label for line, label in labelled if line.text.endswith(("？", "?")))
    return {line for line, label in labelled if asking[label] > (0 if label in NAMES else 1)}


def _find_days(settings: Sequence[Setting]) -> None:
    days = [at for at in settings if at.line.text.endswith("日") and _DAY.fullmatch(at.line.text)]
    for at in days:
        at.one_of_days = len(days) > 1


def _decide(at: Setting) -> None:
    if not tagged(at):
        for veto in VETOES:
            if veto(at):
                return
    at.line.use = "heading"


def _settings(pieces: Sequence[Piece]) -> list[Setting]:
    """The lines of text that are set apart in any way, with their surroundings; credits and captions are no neighbours."""
    body = [piece for piece in pieces if piece.use in _IN_BODY]
    found = []
    first = True
    final = len(body) - 1
    if body and isinstance(end := body[-1], Line) and _DAY.fullmatch(end.text):
        final -= 1
    for place, piece in enumerate(body):
        if not piece.look:
            first = first and piece.use == "block"
            continue
        if isinstance(piece, Line) and (len(piece.text) <= 2 * LONGEST or piece.look & TAGGED):
            before = body[place - 1] if place else None
            after = body[place + 1] if place + 1 < len(body) else None
            found.append(Setting(piece, before, after, first, place >= final))
        first = first and piece.look == CENTRED
    return found


def _is_heading(piece: Piece | None) -> bool:
    return piece is not None and piece.use == "heading"


def _find_unmarked(pieces: Sequence[Piece]) -> None:
    """Mark short open lines before text.

    Before another such line, only what is numbered or has text before it is a heading: offices that open a
    statistical release are none, ``附注`` before ``1．主要指标解释`` is one.
    """
    lines = [piece for piece in pieces if isinstance(piece, Line) and piece.use in ("text", "heading")]
    questions = _questions(lines)
    opens = [_is_open(line) and line not in questions for line in lines]
    texts = [place for place, is_open in enumerate(opens) if not is_open]
    first_text = texts[0] if texts else len(lines)
    for place in range(len(lines) - 2, -1, -1):
        line, after = lines[place], lines[place + 1]
        if line.use != "text" or not opens[place]:
            continue
        before_text = not opens[place + 1] and after.use == "text"
        if before_text or (_is_heading(after) and (place > first_text or numbering(line.text) is not None)):
            line.use = "heading"


def _is_open(line: Line) -> bool:
    text = line.text
    closed = text.endswith(_ANY_END) and not text.endswith(("？", "?", "”"))
    if line.size > SHORT or closed or "。" in text or is_aside(text):
        return False
    said = _OF_FIGURE.match(text) or _SPEECH.match(text) or _DATELINE.search(text) or _KEYWORDS.match(text)
    return said is None and (_BRACKETED.match(text) is None or numbering(text) is not None)


# --- levels -------------------------------------------------------------------------------------------------------


class Style(NamedTuple):
    """What headings of one level have in common."""

    tag: int
    """1 to 6 for a heading element, else 0."""
    centred: bool
    bold: bool
    kind: str | None
    """How they are numbered or marked."""


def _set_levels(pieces: Sequence[Piece]) -> None:
    """Give each heading the rank of its style among those that the article has.

    A style not seen before stands one below the heading in force, a known one returns to its level. A number or mark makes a
    style unless it is the only one of the article; a heading element stands below those with smaller numbers; a centred style
    never stands below one that is set left, nor one without mark-up and number below others without mark-up (``附注``). A
    title right below its number, ``01``, is of one level with it.
    """
    places = [place for place, piece in enumerate(pieces) if piece.use == "heading"]
    if not places:
        return
    lines = [piece for place in places if isinstance(piece := pieces[place], Line)]
    kinds = [_kind(line.text) for line in lines]
    counts = Counter(kinds)
    several = len(counts.keys() - {None}) > 1
    levels: dict[Style, int] = {}
    level = 0
    for place, line, kind in zip(places, lines, kinds, strict=True):
        if kind is None and place and _numbers(pieces[place - 1], line):
            line.level = level
            continue
        tag = HEADING_TAGS.get(line.node.tag, 0) if line.look & TAGGED else 0
        style = Style(
            tag, bool(line.look & CENTRED), bool(line.look & BOLD), kind if several or counts[kind] > 1 else None
        )
        if style not in levels:
            if tag:
                levels[style] = 1 + len({known.tag for known in levels if 0 < known.tag < tag})
            else:
                peers = [at for known, at in levels.items() if _never_below(style, known)]
                levels[style] = min(peers, default=level + 1)
        level = levels[style]
        line.level = level


def _kind(text: str) -> str | None:
    """The kind of numbering, or the mark that a line begins with or is bracketed by."""
    return numbering(text) or ((mark := _MARK.match(text)) and mark[0][0]) or None


def _numbers(before: Piece, line: Line) -> bool:
    """Whether the line before a heading is its number, in the same setting."""
    return (
        isinstance(before, Line)
        and before.use == "heading"
        and not (before.look ^ line.look) & (BOLD | CENTRED | TAGGED)
        and is_number(before.text)
    )


def _never_below(style: Style, known: Style) -> bool:
    """Whether a style can't stand below another."""
    plain = not style.bold and not known.bold and style.kind is None
    return (style.centred or plain) and not known.centred
