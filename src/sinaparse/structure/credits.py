"""Lines that are about the article: 原标题, bylines, sources, editors.

A line that is wholly metadata leaves the text and stands among the credits; what also tells something stays in the text,
and only its names are taken. Grammar of such a line, once white space inside labels is gone and brackets round the whole
line are stripped::

    line   = field { separator field }
    field  = label mark value               label = [medium] role      作者：温彬 | 每经记者丨张三
           | [medium] role [name]           中国基金报记者方丽 | 设计郑嘉琪
           | name | medium                  belongs to the role before it
    mark   = "：" | "丨" | "|" | "｜" | "/"

What opens or closes the text is read in the same way: a dateline (``新华社北京3月22日电（记者王思北）``), a bracket
(``【文/观察者网 王慧】``), a bold byline.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sinaparse.body import BLANKS
from sinaparse.sina.media import ENDINGS, NAMES, OWN, PHOTO_AGENCIES, is_medium
from sinaparse.sina.people import is_name, split_names
from sinaparse.structure.lines import CREDITS, EDITOR, Line, Picture, Piece

# --- the vocabulary -----------------------------------------------------------------------------------------------

AUTHOR_ROLES = (
    "见习记者 实习记者 特约记者 首席记者 资深记者 高级记者 记者 本文作者 作者 撰文 撰稿人 撰稿 特约撰稿人 研究员 实习生 采写 执笔 主笔 文字 文"
).split()
OTHER_ROLES = (
    "责任编辑 值班编辑 责编 编辑 主编 设计 制图 制作 校对 审核 审读 监制 总监制 出品人 出品 策划 统筹 翻译 编译 视觉 美编 运营 排版 剪辑 "
    "值班主编 值班总监 签发 通讯员 终审 二审 初审"
).split()
PHOTO_ROLES = "头图摄影 摄影 图片来源 图片 题图来源 题图 头图来源 头图 封面图 配图 图源 制图 图".split()
SOURCE_ROLES = "素材来源 文章来源 信息来源 稿件来源 内容来源 来源 转载自 转自 稿源 出处 综合自".split()

_ROLES = sorted({*AUTHOR_ROLES, *OTHER_ROLES, *PHOTO_ROLES, *SOURCE_ROLES}, key=len, reverse=True)
_AUTHORS, _PHOTOS, _SOURCES = frozenset(AUTHOR_ROLES), frozenset(PHOTO_ROLES), frozenset(SOURCE_ROLES)
_SHORT = frozenset({"文", "图"})
"""Roles of one character: only a mark or a blank after them makes them roles."""

_ROLE = "|".join(_ROLES)
_PADDED = re.compile(r"(?<![\u4e00-\u9fff])(作|来|记|编|摄|校|撰|责)[ \u3000]+(者|源|辑|影|对|文|编)(?=\s*[：:丨|｜︱/／\s])")
_MARK = re.compile(rf"((?:{_ROLE}))\s*[：:丨|｜︱│/／]\s*")
_LABEL = re.compile(rf"(?:^|(?<=[\s、，,；;|｜/（(】）)]))([^\s：、，,；;（）()【】/|｜]{{0,16}}?)({_ROLE})：")
_TOKEN_ROLE = re.compile(rf"(.{{0,16}}?)({'|'.join(role for role in _ROLES if role not in _SHORT)})(.*)", re.DOTALL)
_MODIFIERS = re.compile(r"(?:全媒体|融媒体|特约|见习|实习|首席|资深|高级|特派|前方|驻[\u4e00-\u9fff]{1,6})+\Z")

_TRIGGER = re.compile(r"作[ \u3000]*者|来[ \u3000]*源|记[ \u3000]*者|原标题|编辑|责编|校对|审核|监制|摄影|图源|题图|文[/／丨|｜︱：:\s]|撰|采写|转自|实习生|研究员|综合|贡献|设计|执笔|制图")
"""No metadata line is without one of these."""
_LONGEST = 120
_SHORTEST_SENTENCE = 20
_SENTENCE_ENDS = tuple("。；？！：”")
"""How a line of text ends; metadata does so only where it is short."""

_BRACKETED = re.compile(r"[（(【\[](.*)[）)】\]]\Z", re.DOTALL)
_ORNAMENTS = "►▶▷●■◆◎★☆丨|｜ \u3000"
_SEPARATORS = re.compile(r"[\s、，,；;\u3000|｜/／]+")

_ORIGINAL = re.compile(r"原标题(?:\s*[：:]\s*|\s+)(.+?)(?:\s+来源\s*[：:]\s*(\S.*))?\Z", re.DOTALL)
_EDITOR = re.compile(r"[（(]?\s*责任编辑\s*[：:]\s*(?P<name>[^\s）)].*?)(?:\s+(?P<code>[A-Z]{2}\d{2,4}))?\s*[）)]?\Z")
_AUTHOR_NOTE = re.compile(r"(?:本文)?作者(?P<name>[\u4e00-\u9fff]{2,4}?)?(?:为|系|是|单位).+", re.DOTALL)
_CONTRIBUTION = re.compile(r".{2,40}对(?:本文|此文).{0,12}(?:贡献|帮助)。?\Z", re.DOTALL)
_COMPILED = re.compile(r"(?P<medium>[^\s：:，。、（(]{2,15})(?:[（(][^）)]*[）)])?\s*(?:综合|整理)(?:整理|报道)?自?[：:]?\s*(?P<others>\S.*)", re.DOTALL)
_IDENTITY = re.compile(r"\s*[（(]\s*(?:ID|微信号|公众号|微信公众号|微信ID)\s*[：:][^）)]*[）)]", re.IGNORECASE)
_REPRINT = re.compile(r"[【（(]?转载请注明[^】）)]*[】）)]?")
_REPORTING = re.compile(r".{0,8}(?:报道|电|讯|发自.{1,6})\Z")
_TITLES = re.compile(r".*(?:研究员|教授|分析师|经济学家|主任|院长|博士|所长|总监|委员|会长|学者|专家|律师)\Z")
_PLAIN_NAME = re.compile(r"[\u4e00-\u9fff]{2,4}\Z|[\u4e00-\u9fffA-Za-z][\u4e00-\u9fffA-Za-z.·• ]{1,23}\Z")
_WORDS = re.compile(r"[您你我他她它们的了吗呢吧这那么怎什哪谁请如]")
"""Characters that stand in what a person says, not in names."""

_ENDING = "|".join(sorted(ENDINGS, key=len, reverse=True))
_DATELINE = re.compile(
    rf"""
    (?:《(?P<quoted>[^》]{{2,14}})》
      |(?P<medium>(?:[A-Za-z0-9\u4e00-\u9fff·]{{1,14}}(?:{_ENDING}))|{"|".join(sorted(NAMES, key=len, reverse=True))}))
    (?P<place>[\u4e00-\u9fff]{{2,8}}?)??
    (?P<date>\d{{1,2}}月\d{{1,2}}日)?\s*
    (?P<inner>[（(][^）)]{{2,40}}[）)])?\s*
    (?:快讯|综合报道|讯|电|消息(?=\s*[：:，,（(]))
    \s*(?P<outer>[（(][^）)]{{2,60}}[）)])?
    """,
    re.VERBOSE,
)
_OPENING = re.compile(r"[【\[（(](?P<inner>[^】\]）)]{2,60})[】\]）)]\s*(?P<next>[（(][^）)]{2,40}[）)])?")
_CLOSING = re.compile(r"[（(【](?P<inner>[^（）()【】]{2,80})[）)】]\s*。?\Z")


@dataclass(slots=True)
class Facts:
    """What the metadata of an article says."""

    original_title: str | None = None
    authors: list[str] = field(default_factory=list)
    source: str | None = None
    medium: str | None = None
    """The medium that a byline names."""
    editor: tuple[str, str | None] | None = None

    def take(self, fields: Fields) -> None:
        """Add what a line or a bracket of the text says."""
        self.authors += (name for name in fields.authors if name not in self.authors)
        self.source = self.source or fields.source
        self.medium = self.medium or fields.medium


@dataclass(slots=True)
class Fields:
    """What one line of metadata says."""

    authors: list[str] = field(default_factory=list)
    medium: str | None = None
    source: str | None = None
    others: bool = False
    """Whether it names people who are no authors."""
    photo: bool = False
    """Whether it credits a picture."""

    @property
    def use(self) -> str:
        """The kind of credit that such a line is."""
        if self.authors or self.medium and not self.others:
            return "byline"
        return "source" if self.source else "note"


# --- one line -----------------------------------------------------------------------------------------------------


def parse_fields(text: str) -> Fields | None:
    """Read a line that is wholly metadata; None for any other line.

    >>> parse_fields("（作者：研究员叶映橙，王泽坤，设计郑嘉琪，实习生裴辰宇 编辑：丁青云）").authors
    ['叶映橙', '王泽坤', '裴辰宇']
    >>> parse_fields("中国基金报记者方丽").medium
    '中国基金报'
    >>> parse_fields("记者从多家银行了解到") is None
    True
    """
    text = text.strip(BLANKS)
    if match := _BRACKETED.match(text):
        text = match[1]
    text = _REPRINT.sub("", text).strip(_ORNAMENTS + BLANKS).removesuffix("。")
    if compiled := _compiled(text):
        return Fields(source=compiled)
    text = _PADDED.sub(r"\1\2", text)
    text = _MARK.sub(r"\1：", text)
    fields = Fields()
    labels = list(_LABEL.finditer(text))
    head = text[: labels[0].start()] if labels else text
    role = None
    if head.strip(BLANKS) and not (role := _unlabelled(head, None, fields)):
        return None
    for number, label in enumerate(labels):
        end = labels[number + 1].start() if number + 1 < len(labels) else len(text)
        value = text[label.end() : end].strip(BLANKS + "、，,；;|｜/")
        role = label[2]
        if not _prefix(label[1], fields, allow_any=True):
            return None
        if role in _SOURCES:
            source = _source(value)
            if source is None:
                return None
            fields.source = fields.source or source
        elif not (role := _unlabelled(value, role, fields)):
            return None
    return fields if role else None


def _compiled(text: str) -> str | None:
    """``X综合自A、B``: the medium that put several together."""
    match = _COMPILED.match(_IDENTITY.sub("", text))
    if match and len(text) <= _LONGEST and "。" not in text and is_medium(match["medium"]):
        others = re.split(r"[、，,\s]+", match["others"])
        if len(others) > 1 or is_medium(others[0]):
            return match["medium"]
    return None


def _source(value: str) -> str | None:
    """The name in a source line: without its id, without what it was put together from."""
    value = _IDENTITY.sub("", value).strip(BLANKS + "。）)】")
    if not value or len(value) > 60 or re.search(r"[。？！?!]", value):
        return None
    return _compiled(value) or re.sub(r"\A综合自?[：:]?", "", value) or value


def _prefix(prefix: str, fields: Fields, *, allow_any: bool) -> bool:
    """What stands before a role: a medium, or how a medium speaks of itself."""
    prefix = _MODIFIERS.sub("", prefix.strip(BLANKS + "（(【"))
    prefix = re.sub(r"[（(].*\Z", "", prefix)
    if not prefix or prefix.startswith(OWN):
        return True
    if is_medium(prefix) or (allow_any and 2 <= len(prefix) <= 12 and not _WORDS.search(prefix)):
        fields.medium = fields.medium or prefix
        return True
    return False


def _unlabelled(text: str, role: str | None, fields: Fields) -> str | None:
    """Read names, media and unmarked roles; the last role, or None if something else stands there."""
    marked = role is not None
    tokens = _join_padded([token for token in _SEPARATORS.split(re.sub(r"[（(](?:www|http)[^）)]*[）)]", "", text)) if token])
    waiting: str | None = None
    named = False
    for place, token in enumerate(tokens):
        if token in _SHORT and role is None:
            role = token
            continue
        match = _TOKEN_ROLE.match(token)
        if match and (not match[3] or _plausible(match[3])) and not (marked and is_name(token)):
            prefix = match[1] or waiting or ""
            if _prefix(prefix, fields, allow_any=bool(match[3]) or _plausible("".join(tokens[place + 1 : place + 2]))):
                role, waiting = match[2], None
                named = _name(match[3], role, fields, marked) or named if match[3] else named
                continue
        if role is None:
            if waiting is None and is_medium(token):
                waiting = token
                continue
            return None
        if _REPORTING.match(token) and named:
            continue
        if role in _AUTHORS and not named and is_medium(token) and not (is_name(token) and marked):
            fields.medium = fields.medium or token
        elif _name(token, role, fields, marked):
            named = True
        elif not (named and _TITLES.match(token)):
            return None
    if waiting is not None or not (named or fields.medium and role in _AUTHORS):
        return None
    return role


def _plausible(token: str) -> bool:
    return bool(split_names(token)) or _PLAIN_NAME.match(token) is not None


def _name(token: str, role: str, fields: Fields, marked: bool) -> bool:
    """Take one token as one or several names; false if it is none."""
    names = split_names(token)
    if not names:
        loose = marked or role not in _AUTHORS or bool(fields.authors) or fields.others
        if not loose or not _PLAIN_NAME.match(token) or _WORDS.search(token):
            return False
        names = (token,)
    if role in _AUTHORS:
        fields.authors += names
    elif role in _PHOTOS:
        fields.photo = True
    else:
        fields.others = True
    return True


def _join_padded(tokens: list[str]) -> list[str]:
    """Join names that were padded to three characters (``王 琳``), and foreign names of several words."""
    joined: list[str] = []
    for token in tokens:
        last = joined[-1] if joined else ""
        if len(token) == 1 and len(last) == 1 and "\u4e00" <= token <= "\u9fff" and last not in _SHORT:
            joined[-1] += token
        elif last and re.fullmatch(r"[A-Za-z. ]+", last) and re.fullmatch(r"[A-Za-z.]+", token):
            joined[-1] += f" {token}"
        else:
            joined.append(token)
    return joined


# --- all lines ----------------------------------------------------------------------------------------------------


def find_credits(pieces: Sequence[Piece], title: str) -> Facts:
    """Mark the lines that are credits, and collect what they and the ends of the text say."""
    facts = Facts()
    lines = [piece for piece in pieces if isinstance(piece, Line)]
    sources: list[tuple[Line, Fields]] = []
    for place, piece in enumerate(pieces):
        if isinstance(piece, Line):
            before = pieces[place - 1] if place else None
            _read_line(piece, isinstance(before, Picture) and not before.caption, facts, sources)
    _settle_sources(pieces, sources, facts)
    _repeated_title(lines, title, facts)
    text = [line for line in lines if line.use == "text"]
    if text:
        _read_opening(text[0], facts)
        _read_closing(text[-1], facts)
    return facts


def _read_line(line: Line, after_picture: bool, facts: Facts, sources: list[tuple[Line, Fields]]) -> None:
    text = line.text
    if line.role == EDITOR or (len(text) <= _LONGEST and "责任编辑" in text):
        if match := _EDITOR.match(text):
            line.use = "editor"
            if facts.editor is None or line.role == EDITOR:
                facts.editor = ("".join(_join_padded(match["name"].split())), match["code"])
            return
        if line.role == EDITOR:
            line.use = "note"
            return
    if text.startswith("原标题") and (match := _ORIGINAL.match(text)):
        line.use = "original_title"
        facts.original_title = facts.original_title or match[1].strip(BLANKS)
        facts.source = facts.source or (_source(match[2]) if match[2] else None)
        return
    if len(text) > _LONGEST or (len(text) > _SHORTEST_SENTENCE and text.endswith(_SENTENCE_ENDS)) or not _TRIGGER.search(text):
        return
    inner = text[1:-1] if _BRACKETED.match(text) else ""
    if inner and (note := _AUTHOR_NOTE.fullmatch(inner)):
        line.use = "note"
        if note["name"] and is_name(note["name"]):
            facts.take(Fields(authors=[note["name"]]))
        return
    if _CONTRIBUTION.fullmatch(inner or text) and (inner or "记者" in text or "实习" in text):
        line.use = "note"
        return
    fields = parse_fields(text)
    if fields is None or (after_picture and fields.photo):
        return
    if fields.source and not fields.authors:
        sources.append((line, fields))
    else:
        line.use = fields.use  # type: ignore[assignment]  # the property gives one of the uses
        facts.take(fields)


def _settle_sources(pieces: Sequence[Piece], sources: Iterable[tuple[Line, Fields]], facts: Facts) -> None:
    """Tell the article's source from that of a picture: right after a picture, with text on both sides, it is a caption."""
    for line, fields in sources:
        place = pieces.index(line)
        picture = pieces[place - 1] if place else None
        if isinstance(picture, Picture) and not picture.caption:
            inside = _has_text(pieces[:place]) and _has_text(pieces[place + 1 :])
            if inside or PHOTO_AGENCIES.search(fields.source or ""):
                continue
        line.use = "source"
        facts.take(fields)


def _has_text(pieces: Sequence[Piece]) -> bool:
    return any(isinstance(piece, Line) and piece.use == "text" and piece.size > 30 for piece in pieces)


def _repeated_title(lines: Sequence[Line], title: str, facts: Facts) -> None:
    """The first line is the title once more, or a title of its own: bold or centred, right before the source."""
    first = next((place for place, line in enumerate(lines) if line.use not in CREDITS), None)
    if facts.original_title is not None or first is None:
        return
    line = lines[first]
    follower = lines[first + 1] if first + 1 < len(lines) else None
    before_source = (line.bold or line.centred) and follower is not None and follower.use == "source"
    if _words(line.text) == _words(title) != "" or (before_source and line.size <= 60):
        line.use = "original_title"
        facts.original_title = line.text


def _words(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)


# --- what opens and closes the text -------------------------------------------------------------------------------


def _read_opening(line: Line, facts: Facts) -> None:
    """A dateline, a bracket or a bold byline that opens the text: it stays there, its names are taken."""
    text = line.text
    if line.lead_in and len(line.lead_in) <= _LONGEST and _TRIGGER.search(line.lead_in):
        fields = parse_fields(line.lead_in)
        if fields:
            facts.take(fields)
    if opening := _OPENING.match(text):
        fields = parse_fields(opening["inner"]) if _TRIGGER.search(opening["inner"]) else None
        if fields is None and opening["next"] and is_medium(opening["inner"]):
            fields = Fields(medium=opening["inner"])
            _reporters(opening["next"], facts)
        if fields:
            facts.take(fields)
    if dateline := _DATELINE.match(text):
        medium = dateline["quoted"] or dateline["medium"]
        for bracket in (dateline["inner"], dateline["outer"]):
            if bracket:
                _reporters(bracket, facts)
        if not medium.startswith((*OWN, "据", "来自", "从")) and facts.source is None and facts.medium is None:
            facts.medium = medium


def _reporters(bracket: str, facts: Facts) -> None:
    """The reporters in a dateline's bracket, behind a place if there is one: ``（北京，记者 张晓翀）``."""
    inner = bracket[1:-1]
    place, comma, rest = inner.partition("，")
    fields = parse_fields(inner) or (parse_fields(rest) if comma and len(place) <= 8 else None)
    if fields:
        facts.take(fields)


def _read_closing(line: Line, facts: Facts) -> None:
    """A bracket that closes the text: ``…。（记者 张三）``."""
    if (closing := _CLOSING.search(line.text)) and _TRIGGER.search(closing["inner"]):
        fields = parse_fields(closing["inner"])
        if fields:
            facts.take(fields)
