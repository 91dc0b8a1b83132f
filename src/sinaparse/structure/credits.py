"""Lines that are about the article: 原标题, bylines, sources, editors, notes.

A line that is wholly metadata leaves the text and stands among the credits; what also tells something stays in the text,
and only its names are taken: a dateline (``新华社北京3月22日电（记者王思北）``), a bracket (``【文/观察者网 王慧】``), a bold
byline that opens the text. :mod:`sinaparse.structure.fields` has the grammar of a line.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sinaparse.body import BLANKS
from sinaparse.sina.media import DATA, NAMES, OWN, PHOTO_AGENCIES, STRONG_ENDINGS, is_medium
from sinaparse.sina.patterns import HAN, LETTER, any_of
from sinaparse.sina.people import is_name
from sinaparse.sina.roles import NO_NAMES
from sinaparse.structure.captions import credits_picture, is_titled
from sinaparse.structure.fields import (
    BRACKETED,
    CLOSING,
    LONGEST,
    SENTENCE_ENDS,
    SHORTEST_SENTENCE,
    TRIGGER,
    Fields,
    parse_bare,
    parse_fields,
    reporting_medium,
    unbracketed,
    without_end_mark,
)
from sinaparse.structure.lines import CREDITS, EDITOR, Grid, Line, Picture, Piece
from sinaparse.structure.names import WORDS, attached_names, is_attached, join_padded, split_tokens
from sinaparse.structure.numbering import numbering

_TITLE_STARTS = tuple(f"{opening}{word}" for word in ("原标题", "原题") for opening in ("", *"（(【[*►"))
_NO_SENTENCES = (*_TITLE_STARTS, "本文作者", "本文来自", "本文转载", "本文经", "文章来自", "文章转载")
_ORIGINAL = re.compile(
    r"[*►]?(?:[【\[]原标题[】\]]\s*|原标?题(?:为?\s*[：:丨|｜︱/／]\s*|\s+))(?P<title>.+)|原标?题为\s*《(?P<quoted>[^》]+)》\Z",
    re.DOTALL,
)
_BEHIND_TITLE = re.compile(
    r"(?<![\s|｜丨])[\s|｜丨]++(?=(?:(?:文章|稿件|本文)?来源|作者|记者|编辑|文)\s*[：:丨|｜︱/／])"
)
"""What else may stand on the line: 原标题：…… 来源：X."""
_EDITOR = re.compile(r"(?P<opened>[（(【\[])?\s*责任编辑\s*[：:]\s*(?P<boxed>[【\[])?(?P<names>[^\s）)】\]].*)\Z")
_CODE = re.compile(r"[A-Z]{2}\d{2,5}")
_NAME_AND_CODE = re.compile(rf"({HAN}+)({_CODE.pattern})")
_NEXT_LABEL = re.compile(r"(?<![\s，,；;|｜/])[\s，,；;|｜/]++(?=[^\s：:]{2,4}[：:])")
"""责任编辑：张三 主编：李四"""
_LONGEST_BARE = 30
_LABELLED = re.compile(r"(\w{1,6})\s*[：:]\s*\S.{0,40}\Z")
_OF_THINGS = frozenset("作者 来源 出处 摄影 图片 译者 翻译 主编 出品 制作 监制 策划".split())
"""Labels of credits that also tell of books, films and goods."""
_OF_PAGE = frozenset(
    "时间 日期 标题 题目 发布时间 更新时间 发布日期 关键词 栏目 频道 声明 版权声明 免责声明 风险提示 特别提示 注 备注".split()
)
"""Labels that stand beside those of credits, too."""
_AUTHOR_NOTE = re.compile(
    rf"""(?:本文)?[作笔]者(?:(?:介绍|简介)[：:]\s*(?P<introduced>{HAN}{{2,4}}[，,])?
    | (?P<name>{HAN}{{2,4}}?)?(?:为|系(?![列统])|是|单位|现?[供任就]职|现[任为])(?P<whose>{HAN}{{2,4}}[，,])?).+
    | (?P<alone>{HAN}{{2,4}}?)系(?!列|统|化名|该|受害).+""",
    re.DOTALL | re.VERBOSE,
)
_SECOND_AUTHOR = re.compile(rf"[，；]({HAN}{{2,4}}?)[为系](?=.{{4}})")
"""（作者张三为…，李四为…）"""
_UNBRACKETED_NOTE = re.compile(
    r"(?:本文)?作者(?:(?:介绍|简介|单位)[：:]|[供任]职于)|[作笔]者系(?![列统])|(?:本文)?作者[为系](?![此了何])|本文作者(?:是|.{2,4}(?:系|为|现任))"
)
_CONTRIBUTION = re.compile(r".{2,40}(?:对(?:本文|此文).{0,12}|[亦也]有)(?:贡献|帮助)。?\Z", re.DOTALL)
_PICTURE_SOURCE = re.compile(r"来源\s*[/／]")
"""How the source of a picture is written right below it."""
_STRONG = any_of(STRONG_ENDINGS)
_DATELINE = re.compile(
    rf"""
    (?P<cited>据(?=新华社|中新社))?
    (?:《(?P<quoted>[^》]{{2,14}})》
      |(?P<medium>(?:{HAN}{{2,6}}[|｜丨])?(?:(?:(?:21世纪|{LETTER})[\w·\-]{{0,13}}(?:{_STRONG})(?!道)(?:e公司)?)|{any_of(NAMES)}|{HAN}{{2,8}}(?=（[^）]*记者))))
    (?:[（(](?:https?:|www\.)[^）)\s]{{2,40}}[）)])?
    (?:\s?(?P<place>{HAN}{{2,8}}?)??(?P<date>(?:\d{{1,2}}\s?月\s?)?\d{{1,2}}\s?日)|\s?{HAN}{{2,8}}?(?=讯\s*[（(]?记者))?\s*
    (?P<inner>[（(][^）)]{{2,40}}[）)])?\s*
    (?:(?:快讯|综合报道|(?(cited)(?!)|报道)|讯|电|(?(date)消息|消息(?=\s*[：:，,（(]|\s)))(?=[\s，,：:（(题—]|记者|\d{{1,2}}月|\Z)|(?(date)[丨|｜]|(?!)))
    \s*(?P<outer>[（(][^）)]{{2,60}}[）)])?
    """,
    re.VERBOSE,
)
_MEDIUM_AND_REPORTERS = re.compile(r"(?P<medium>[^\s（(，。：]{2,16})\s*(?P<inner>[（(][^）)]*记者[^）)]+[）)])")
"""How a text opens without 讯: ``中国商报（记者 张三）公司发布…``."""
_PLACE_AND_REPORTERS = re.compile(
    rf"{HAN}{{2,8}}\d{{1,2}}月\d{{1,2}}日[电讯]\s*(?P<reporters>[（(][^）)]{{2,60}}[）)])"
)
"""A dateline without a medium: ``北京3月22日电（记者张三）``."""
_ANY_REPORTERS = re.compile(rf"(?:{HAN}{{2,8}}[，,\s]\s?)?记者\s?(?P<names>{HAN}{{2,7}}(?:[、/\s]+{HAN}{{2,7}})*)")
"""In a dateline also names that no list has: （记者扎西次仁、旦增努布）."""
_SOME_NAMES = rf"{HAN}{{2,4}}(?:、{HAN}{{2,4}})*"
_NAMED_REPORTERS = re.compile(
    rf"\s*记者\s*(?P<names>{_SOME_NAMES})(?=[\s，,]|报道)|\s*(?<=\s)(?P<alone>{_SOME_NAMES})(?=\s)"
)
"""Reporters behind a dateline without a bracket: ``本报北京3月22日讯 记者张三报道：``, ``乐居财经讯 张三 3月22日``."""
_MEDIUM_AND_NAMED = re.compile(
    rf"(?P<medium>[^\s（(，。：]{{2,16}})\s+(?:记者\s*(?P<names>{_SOME_NAMES})(?=[\s，,])|(?P<alone>{_SOME_NAMES})(?:\s?[/／]\s?文\s|\s+(?=\d)))"
)
"""How a text opens with neither: ``经济观察网 记者 张三 公司发布…``, ``乐居财经 张三 3月22日，公司发布…``."""
_REPORT = re.compile(r"(?!另?据)[^\s。，：:]{0,16}\s*记者\s*[^。，：:]{2,30}?报道(?=[\s：:，,])")
"""Or as a sentence of its own: ``本报记者 张三 北京报道 公司发布…``, ``第一财经记者张三报道：``."""
_DATE = re.compile(r"\d{1,2}月\d{1,2}日")
_BEHIND_PLACE = re.compile(r"[，,]\s?|\s")
_NO_MEDIUM = (*OWN, "据", "来自", "从", "在", "去年", "今年")
"""How what looks like the medium of a dateline begins if it is none."""
_NO_MEDIUM_END = ("官网", "网站")
"""How what looks like the medium of a dateline ends if it is none: 央行官网."""
_TICKER = re.compile(r"[（(]\d{6}[）)]")
_PARTS = frozenset("摘要 导读 导语 要点 核心观点 核心要点 编者按 引言 前言 概要 提要".split())
"""What stands over the first lines of a text and is no title of it."""
_NO_WORD = re.compile(r"[\W_]+")
_OPENING = re.compile(r"[【\[（(](?P<inner>[^】\]）)]{2,60})[】\]）)]\s*(?P<next>[（(][^）)]{2,40}[）)])?")


@dataclass(slots=True)
class Facts:
    """What the metadata of an article says."""

    original_title: str | None = None
    authors: list[str] = field(default_factory=list)
    source: str | None = None
    medium: str | None = None
    """The medium that a byline names."""
    editor: tuple[str, str | None] | None = None
    unreadable: list[Line] = field(default_factory=list)
    """The lines that should name the editor and do not."""

    def take(self, fields: Fields) -> None:
        """Add what a line or a bracket of the text says."""
        self.authors += (name for name in fields.authors if name not in self.authors)
        self.source = self.source or fields.source
        self.medium = self.medium or fields.medium


# --- all lines ----------------------------------------------------------------------------------------------------


def find_credits(pieces: Sequence[Piece], title: str) -> Facts:
    """Mark the lines that are credits, and collect what they say."""
    facts = Facts()
    lines = [piece for piece in pieces if isinstance(piece, Line)]
    sources: list[tuple[int, Line, Fields]] = []
    inside = _inside(pieces)
    for place, piece in enumerate(pieces):
        if not isinstance(piece, Line):
            continue
        if piece.role is not None or (
            _may_be_metadata(piece.text)
            and not credits_picture(pieces, place)
            and not (place in inside and _on_card(piece, (pieces[place - 1], pieces[place + 1])))
        ):
            before = pieces[place - 1] if place else None
            fields = _read_line(piece, isinstance(before, Picture) and not before.caption, facts)
            if fields is not None:
                sources.append((place, piece, fields))
    _read_bare_byline(pieces, facts)
    _settle_sources(pieces, sources, facts)
    _repeated_title(lines, title, facts)
    return facts


def _inside(pieces: Sequence[Piece]) -> range:
    """The places between the first and the last paragraph of text."""
    text = (place for place, piece in enumerate(pieces) if _is_paragraph(piece))
    last = (place for place in range(len(pieces) - 1, -1, -1) if _is_paragraph(pieces[place]))
    return range(next(text, 0) + 1, next(last, 0))


def _is_paragraph(piece: Piece) -> bool:
    return isinstance(piece, Line) and len(piece.text) > _LONGEST_BARE


def _on_card(line: Line, neighbours: Iterable[Piece]) -> bool:
    """Whether a line is one of several that tell of a thing: ``书名：《X》``, ``作者：张三``, ``出版社：Y``."""
    label = _LABELLED.match(line.text)
    if label is None or label[1] not in _OF_THINGS:
        return False
    texts = [piece.text for piece in neighbours if isinstance(piece, Line)]
    labels = [match[1] for text in texts if (match := _LABELLED.match(text)) and not TRIGGER.search(text)]
    return not _OF_PAGE.issuperset(labels)


def read_ends(pieces: Sequence[Piece], facts: Facts) -> None:
    """Add what the first and the last line of the text say; the captions have to be known."""
    opening = next((piece for piece in pieces if piece.use == "text"), None)
    if isinstance(opening, Line):
        _read_opening(opening, facts)
        _read_closing(next(piece for piece in reversed(pieces) if piece.use == "text"), facts)


def _read_line(line: Line, after_picture: bool, facts: Facts) -> Fields | None:
    """Take what a line says; that of one which may as well be the source of a picture is returned."""
    text = line.text
    editor = _EDITOR.match(text)
    if editor or line.role == EDITOR:
        _read_editor(line, editor, facts)
    elif text.startswith(_TITLE_STARTS) and (match := _ORIGINAL.match(text) or _ORIGINAL.match(unbracketed(text))):
        line.use = "original_title"
        _read_title(match["quoted"] or match["title"], facts)
    elif _read_note(line, facts):
        return None
    elif (fields := parse_fields(text)) and not (after_picture and fields.photo and not fields.authors):
        if fields.source and not fields.authors:
            return fields
        line.use = fields.use
        facts.take(fields)
    return None


def _read_title(title: str, facts: Facts) -> None:
    shorter, *behind = _BEHIND_TITLE.split(title, maxsplit=1)
    fields = parse_fields(behind[0]) if behind else None
    if fields:
        title = shorter
        facts.take(fields)
    facts.original_title = facts.original_title or title.strip(BLANKS)


def _may_be_metadata(text: str) -> bool:
    """A cheap look that tells most lines of text."""
    if len(text) > LONGEST:
        return False
    if len(text) > SHORTEST_SENTENCE and text.endswith(SENTENCE_ENDS) and not text.startswith(_NO_SENTENCES):
        return False
    return TRIGGER.search(text) is not None


def _read_editor(line: Line, match: re.Match[str] | None, facts: Facts) -> None:
    if match is None:
        line.use = "note"
        facts.unreadable.append(line)
        return
    line.use = "editor"
    if facts.editor is None or line.role == EDITOR:
        closed = match["opened"] or match["boxed"]
        names, *_ = _NEXT_LABEL.split(match["names"].rstrip("）)】]") if closed else match["names"])
        words = names.split()
        code = words.pop() if len(words) > 1 and _CODE.fullmatch(words[-1]) else None
        if words and code is None and (glued := _NAME_AND_CODE.fullmatch(words[-1])):
            words[-1], code = glued.groups()
        facts.editor = ("".join(join_padded(words)), code)


def _read_note(line: Line, facts: Facts) -> bool:
    """``（作者为…首席研究员）``, ``（X对本文亦有贡献）``."""
    text = line.text
    inner = text[1:-1] if BRACKETED.match(text) else ""
    note = _AUTHOR_NOTE.fullmatch(inner or text) if inner or _UNBRACKETED_NOTE.match(text) else None
    if note and note["alone"] and not is_attached(note["alone"]):
        note = None
    if note and note["name"] and not inner and not is_name(note["name"]):
        note = None
    if note:
        line.use = "note"
        name = note["name"] or note["alone"] or (note["introduced"] or note["whose"] or "")[:-1]
        if is_name(name):
            others = _SECOND_AUTHOR.findall(note[0])
            facts.take(Fields(authors=[name, *filter(is_attached, others)]))
    elif _CONTRIBUTION.fullmatch(inner or text) and (inner or "记者" in text or "实习" in text):
        line.use = "note"
    return line.use == "note"


def _read_bare_byline(pieces: Sequence[Piece], facts: Facts) -> None:
    """A medium and names, without any role, on a line of their own before the text: ``中国基金报 李树超``.

    A title and a name need to be set apart, and not below a picture of them.
    """
    before = None
    for piece in pieces:
        if isinstance(piece, Line) and piece.use not in CREDITS:
            if len(piece.text) > _LONGEST_BARE:
                return
            titled = (piece.bold or piece.centred) and not isinstance(before, Picture)
            if fields := parse_bare(piece.text, titled=titled):
                piece.use = "byline"
                facts.take(fields)
        before = piece


def _settle_sources(pieces: Sequence[Piece], sources: Iterable[tuple[int, Line, Fields]], facts: Facts) -> None:
    """Tell the article's source from that of a picture or table right before it: with text on both sides it is theirs."""
    text = deque(place for place, piece in enumerate(pieces) if _is_text(piece)) if sources else deque()
    pictured: set[str] = set()
    """The lines that turned out to be a picture's or table's."""
    for place, line, fields in sources:
        block = _block_above(pieces, place)
        if isinstance(block, Picture | Grid):
            while text and not _is_text(pieces[text[0]]):  # found to be a source in the meantime
                text.popleft()
            while text and not _is_text(pieces[text[-1]]):
                text.pop()
            inside = bool(text) and text[0] < place < text[-1]
            source = fields.source or ""
            said = line.text in pictured or DATA.search(source) is not None or is_titled(pieces, place)
            if isinstance(block, Picture) and not block.caption:
                said = said or bool(_PICTURE_SOURCE.match(line.text) or PHOTO_AGENCIES.search(source))
            if inside or said:
                pictured.add(line.text)
                continue
        line.use = "source"
        facts.take(fields)


def _block_above(pieces: Sequence[Piece], place: int) -> Piece | None:
    """What stands right above a line, or above the title that stands between them."""
    above = pieces[place - 1] if place else None
    if not isinstance(above, Line) or above.use != "text":
        return above
    titled = len(above.text) <= _LONGEST_BARE and not above.text.endswith(SENTENCE_ENDS)
    return pieces[place - 2] if titled and place > 1 else above


def _is_text(piece: Piece) -> bool:
    return isinstance(piece, Line) and piece.use == "text" and piece.size > 30


def _repeated_title(lines: Sequence[Line], title: str, facts: Facts) -> None:
    """The first line is the title once more, or a title of its own: bold or centred, right before the source."""
    first = next((place for place, line in enumerate(lines) if line.use not in CREDITS), None)
    if facts.original_title is not None or first is None:
        return
    line = lines[first]
    follower = lines[first + 1] if first + 1 < len(lines) else None
    before_source = (
        (line.bold or line.centred)
        and (follower is not None and follower.use == "source")
        and numbering(line.text) is None
        and line.text.strip("：【】") not in _PARTS
    )
    if _words(line.text) == _words(title) != "" or (before_source and line.size <= 60):
        line.use = "original_title"
        facts.original_title = line.text


def _words(text: str) -> str:
    return _NO_WORD.sub("", text)


# --- what opens and closes the text -------------------------------------------------------------------------------


def _read_opening(line: Line, facts: Facts) -> None:
    """A dateline, a bracket or a bold byline that opens the text: it stays there, its names are taken."""
    text = line.text
    if line.lead_in and len(line.lead_in) <= LONGEST and TRIGGER.search(line.lead_in):
        fields = parse_fields(line.lead_in)
        if fields:
            facts.take(fields)
    if opening := _OPENING.match(text):
        _read_bracket(opening, facts)
    text = _TICKER.sub("", text, count=1) if "（" in text[:8] else text
    dateline = _DATELINE.match(text) or (_DATELINE.match(text, opening.end()) if opening else None)
    if dateline:
        _read_dateline(dateline, facts)
    elif placed := _PLACE_AND_REPORTERS.match(text):
        _reporters(placed["reporters"], facts)
    elif fields := _opening_byline(text):
        facts.take(fields)


def _read_bracket(opening: re.Match[str], facts: Facts) -> None:
    """A bracket before the text: ``【环球网记者 张三】``, ``【财联社7月13日讯】``, ``【中国商报】（记者 张三）``."""
    inner = opening["inner"]
    fields = parse_fields(f"（{inner}）") if TRIGGER.search(inner) else parse_bare(inner)
    if fields is None:
        if dateline := _DATELINE.fullmatch(inner):
            _read_dateline(dateline, facts)
        dated = _DATE.match(opening.string, opening.end()) is not None
        medium = inner if (opening["next"] or dated) and is_medium(inner, sure=dated) else reporting_medium(inner)
        if opening["next"] and (medium or inner.startswith(OWN)):
            _reporters(opening["next"], facts)
        fields = Fields(medium=medium)
    facts.take(fields)


def _read_dateline(dateline: re.Match[str], facts: Facts) -> None:
    medium = dateline["quoted"] or dateline["medium"]
    if dateline["inner"]:
        _reporters(dateline["inner"], facts)
    if dateline["outer"]:
        # Before 电 a bracket with nothing else in it may be a place: （江苏）.
        _reporters(dateline["outer"], facts, names_alone=True)
    if named := _NAMED_REPORTERS.match(dateline.string, dateline.end()):
        facts.take(Fields(authors=_named(named)))
    is_none = medium.startswith(_NO_MEDIUM) or (medium.endswith(_NO_MEDIUM_END) and medium not in NAMES)
    if not is_none and facts.source is None and facts.medium is None:
        facts.medium = medium


def _named(match: re.Match[str]) -> list[str]:
    if match["names"] is None:
        return attached_names(match["alone"].split("、"))
    words = match["names"].split("、")
    return words if all(map(is_name, words)) and NO_NAMES.isdisjoint(words) else []


def _opening_byline(text: str) -> Fields | None:
    """Medium and reporters that open the text without 讯."""
    if (named := _MEDIUM_AND_REPORTERS.match(text)) and all(
        is_medium(medium, sure=True) for medium in re.split("[/／|｜丨]", named["medium"])
    ):
        fields = parse_fields(named["inner"])
        if fields and fields.authors and not named["medium"].startswith(_NO_MEDIUM):
            return Fields(authors=fields.authors, medium=fields.medium or named["medium"])
    if (named := _MEDIUM_AND_NAMED.match(text)) and is_medium(named["medium"], sure=True):
        authors = _named(named)
        return Fields(authors=authors, medium=named["medium"]) if authors else None
    report = _REPORT.match(text)
    return parse_fields(report[0]) if report else None


def _reporters(bracket: str, facts: Facts, *, names_alone: bool = False) -> None:
    """The reporters in a dateline's bracket, behind a place if there is one: ``（北京，记者 张晓翀）``.

    With ``names_alone`` also names that nothing introduces: ``（张晓翀）``.
    """
    inner = bracket[1:-1]
    place, *rest = _BEHIND_PLACE.split(inner, maxsplit=1)
    fields = parse_fields(bracket) or parse_bare(inner)
    if fields is None and rest and len(place) <= 8:
        fields = parse_fields(f"（{rest[0]}）")
    if fields is None and names_alone:
        fields = Fields(authors=attached_names(split_tokens(inner)))
    if (fields is None or not fields.authors) and (listed := _ANY_REPORTERS.fullmatch(inner)):
        names = re.split(r"[、/\s]+", listed["names"])
        if NO_NAMES.isdisjoint(names) and not WORDS.search(inner):
            fields = Fields(authors=names)
    if fields:
        facts.take(fields)


def _parse_alone(inner: str) -> Fields | None:
    """What a bracket says that closes the text on a line of its own: ``（张三 李四）``, ``（新华社）``, ``（据新华社）``."""
    if names := attached_names(split_tokens(inner)):
        return Fields(authors=names)
    if fields := parse_fields(inner):
        return fields
    return Fields(source=inner) if is_medium(inner, sure=True) and not PHOTO_AGENCIES.search(inner) else None


def _read_closing(line: Line, facts: Facts) -> None:
    """The brackets that close the text: ``…。（记者 张三）``, ``…。（记者 张三）（完）``, ``…。（财联社 张三）（来源：央视）``."""
    text = without_end_mark(line.text)
    for _ in range(2):
        if closing := CLOSING.search(text):
            _read_closing_bracket(line, closing, facts)
            text = text[: closing.start()]


def _read_closing_bracket(line: Line, closing: re.Match[str], facts: Facts) -> None:
    """One of them; on a line of its own it is a credit."""
    inner = closing["inner"]
    alone = len(closing[0]) == len(line.text)
    if (alone and _read_note(line, facts)) or _CONTRIBUTION.match(inner):
        return
    if TRIGGER.search(inner):  # alone, it was read with all other lines
        fields = parse_fields(f"（{inner}）")
    else:
        fields = parse_bare(inner)
        if alone:
            fields = fields or _parse_alone(inner)
            line.use = fields.use if fields else "text"
    if fields:
        facts.take(fields)
