"""Lines that are about the article: 原标题, bylines, sources, editors.

A line that is wholly metadata leaves the text and stands among the credits; what also tells something stays in the text,
and only its names are taken. Grammar of such a line, once white space inside labels is gone and brackets round the whole
line are stripped::

    line   = [open] { field }
    field  = [medium] role mark value            作者：温彬 | 每经记者丨张三 | 来源：X | 图片来源：X
    open   = { [medium] role [name] | name }     中国基金报记者方丽 | 每经编辑 张三
    value  = { [role] name | medium } | text     研究员叶映橙，设计郑嘉琪 | 观察者网 陶梦
    mark   = "：" | "丨" | "|" | "｜" | "/"

Where a mark says that a name must follow, pen names are names; elsewhere only what begins with a family name is one. That
keeps headings such as 记者手记 or 审核趋严 in the text.

What opens or closes the text is read in the same way: a dateline (``新华社北京3月22日电（记者王思北）``), a bracket
(``【文/观察者网 王慧】``), a bold byline.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sinaparse.body import BLANKS
from sinaparse.sina.media import NAMES, OWN, PHOTO_AGENCIES, STRONG_ENDINGS, is_medium
from sinaparse.sina.people import COMMON, COMPOUND, is_name, split_names
from sinaparse.structure.lines import CREDITS, EDITOR, Line, Picture, Piece, Use

# --- the vocabulary -----------------------------------------------------------------------------------------------

REPORTERS = "见习记者 实习记者 特约记者 首席记者 资深记者 高级记者 特派记者 记者 研究员 实习生".split()
"""Roles whose names are real ones."""
WRITERS = "本文作者 作者 撰文 撰稿人 撰稿 特约撰稿人 采写 执笔 主笔 文字 文".split()
"""Roles that pen names have, too."""
OTHERS = (
    "责任编辑 值班编辑 责编 编辑 主编 设计 制作 校对 审核 审读 监制 总监制 出品人 出品 策划 统筹 翻译 编译 视觉 美编 运营 排版 剪辑 "
    "值班主编 值班总监 签发 通讯员 终审 二审 初审"
).split()
"""Roles that make nobody an author."""
PHOTOS = "头图摄影 摄影 图片来源 图片 题图来源 题图 头图来源 头图 封面图 配图 图源 制图 图".split()
SOURCES = "素材来源 文章来源 信息来源 稿件来源 内容来源 本文来源 来源 转载自 转自 稿源 出处 综合自".split()

_AUTHORS = frozenset({*REPORTERS, *WRITERS})
_REPORTERS, _PHOTOS, _SOURCES = frozenset(REPORTERS), frozenset(PHOTOS), frozenset(SOURCES)


def _any_of(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_ROLES = {*_AUTHORS, *OTHERS, *PHOTOS, *SOURCES}
_ROLE = _any_of(_ROLES)
_PADDED = re.compile(
    r"(?<![\u4e00-\u9fff])(作|来|记|编|摄|校|撰|责)[ \u3000]+(者|源|辑|影|对|文|编)(?=\s*[：:丨|｜︱/／\s])"
)
_MARK = re.compile(rf"((?:{_ROLE}))\s*[：:丨|｜︱│/／]\s*")
_LABEL = re.compile(rf"(?:^|(?<=[\s、，,；;|｜/（(】）)]))([^\s：、，,；;（）()【】/|｜]{{0,16}}?)({_ROLE})：")
_OPEN_ROLE = re.compile(
    rf"([^\s：。？！]{{0,16}}?)({_any_of({*REPORTERS, *WRITERS, *OTHERS} - {'文'})})(.*)", re.DOTALL
)
_INNER_ROLE = re.compile(rf"([^\s：。？！]{{0,16}}?)({_any_of({*REPORTERS, *OTHERS})})(.*)", re.DOTALL)
_MODIFIERS = re.compile(r"(?:全媒体|融媒体|特约|见习|实习|首席|资深|高级|特派|前方|驻[\u4e00-\u9fff]{1,6})+\Z")

_TRIGGER = re.compile(
    rf"原标题|贡献|综合|文[/／丨|｜︱：:、\s]|图[/／丨|｜︱：:\s]|[作来记编摄校撰责][ \u3000]+[者源辑影对文编]|{_any_of(role for role in _ROLES if len(role) > 1)}"
)
"""No metadata line is without one of these."""
_LONGEST = 120
_SHORTEST_SENTENCE = 20
_SENTENCE_ENDS = tuple("。；？！：”")
"""How a line of text ends; metadata does so only where it is short."""

_BRACKETED = re.compile(r"[（(【\[](.*)[）)】\]]\Z", re.DOTALL)
_HOME_PAGE = re.compile(r"[（(]\s*(?:www|https?)\b[^）)]*[）)]", re.IGNORECASE)
_INNER_BRACKETS = re.compile(r"[（(][^（）()]*[）)]")
_ORNAMENTS = "►▶▷●■◆◎○⊙□◇▲★☆丨|｜ \u3000"
_SEPARATORS = re.compile(r"[\s、，,；;\u3000|｜/／⊙○◎●■□]+")
_WITH_PICTURES = re.compile(r"(?<![\u4e00-\u9fff])(?:文\s*[、/／]?\s*图|图\s*[、/／]?\s*文)(?=\s|\Z|[/／：:丨|｜])")
"""文/图: the same people wrote the text and took the pictures."""

_TITLE_STARTS = ("原标题", "（原标题")
_ORIGINAL = re.compile(r"原标题(?:\s*[：:]\s*|\s+)(.+?)(?:\s+来源\s*[：:]\s*(\S.*))?\Z", re.DOTALL)
_EDITOR = re.compile(r"[（(]?\s*责任编辑\s*[：:]\s*(?P<name>[^\s）)].*?)(?:\s+(?P<code>[A-Z]{2}\d{2,4}))?\s*[）)]?\Z")
_AUTHOR_NOTE = re.compile(r"(?:本文)?作者(?P<name>[\u4e00-\u9fff]{2,4}?)?(?:为|系|是|单位).+", re.DOTALL)
_CONTRIBUTION = re.compile(r".{2,40}对(?:本文|此文).{0,12}(?:贡献|帮助)。?\Z", re.DOTALL)
_COMPILED = re.compile(
    r"(?P<medium>[^\s：:，。、（(]{2,15}?)(?:[（(][^）)]*[）)])?\s*(?:综合|整理)(?:整理|报道)?自?[：:]?\s*(?P<others>\S.*)",
    re.DOTALL,
)
_PICTURE_SOURCE = re.compile(r"来源\s*[/／]")
"""How the source of a picture is written right below it."""
_OF_THIS = ("", "本文", "文章", "内容", "综合")
"""What may stand before 来源 and its kin; 数据来源 and 资金来源 are something else."""
_IDENTITY = re.compile(
    r"\s*[（(]\s*(?:(?:ID|微信号|公众号|微信公众号|微信ID)\s*[：:][^）)]*|[A-Za-z][A-Za-z0-9_-]{3,})[）)]",
    re.IGNORECASE,
)
_REPRINT = re.compile(r"[【（(]转载请注明[^】）)]*[】）)]")
_REPORTED = re.compile(r"(?<=.{2})(?:综合)?(?:报道|讯|电|消息)\Z")
_LONGEST_OFFICE = 8
"""Correspondents often are offices under a pen name: 交通宣."""
_REPORTING = re.compile(r".{0,8}(?:报道|电|讯|发自.{1,6})\Z")
_TITLES = re.compile(r".*(?:研究员|教授|分析师|经济学家|主任|院长|博士|所长|总监|委员|会长|学者|专家|律师)\Z")
_FOREIGN_NAME = re.compile(
    r"[\u4e00-\u9fff]{1,8}(?:[·•・][\u4e00-\u9fffA-Za-z]{1,10})+\Z|[A-Z][A-Za-z.'-]*(?: [A-Z][A-Za-z.'-]*)*\Z"
)
_PEN_NAME = re.compile(r"[\w·•]{2,10}\Z")
_SPEECH = re.compile(r"[您你我他她它们的了吗呢吧么怎哪谁]|[总师]好")
"""Characters that stand in what a person says and in no name."""
_WORDS = re.compile(r"[您你我他她它们的了吗呢吧这那么怎什哪谁请不很更最又将已为与在]")
"""Characters that stand in sentences and seldom in pen names."""
_NO_NAMES = frozenset(
    "连线 解读 关注 查证 简介 手记 观察 调查 采访 获悉 了解 注意 发现 梳理 报道 视角 之声 后记 提问 问答 招待 通气 朋友 沙龙 学会 协会 计算 应对 "
    "全程 广告 任务 程序 文章 文化 文件 单位 方案 方面 方法 高级 高度 经理 安全 成果 时间 时代 项目 平台 平均 明细 温馨 全文 全景 全新 费用 标准 周期 周年 周边 高峰 高层 严格 严重 金额 余额 成本 成效 成绩 景气 景观 贺词".split()
)
"""Words that begin like names."""

_STRONG = _any_of(STRONG_ENDINGS)
_DATELINE = re.compile(
    rf"""
    (?:《(?P<quoted>[^》]{{2,14}})》
      |(?P<medium>(?:(?:21世纪|[A-Za-z\u4e00-\u9fff])[A-Za-z0-9\u4e00-\u9fff·]{{0,13}}(?:{_STRONG})(?:e公司)?)|{_any_of(NAMES)}|[\u4e00-\u9fff]{{2,8}}(?=（[^）]*记者)))
    (?:(?P<place>[\u4e00-\u9fff]{{2,8}}?)??(?P<date>\d{{1,2}}月\d{{1,2}}日))?\s*
    (?P<inner>[（(][^）)]{{2,40}}[）)])?\s*
    (?:快讯|综合报道|报道|讯|电|消息(?=\s*[：:，,（(]))(?=[\s，,：:（(题]|记者|\Z)
    \s*(?P<outer>[（(][^）)]{{2,60}}[）)])?
    """,
    re.VERBOSE,
)
_NO_MEDIUM = (*OWN, "据", "来自", "从", "在", "去年", "今年")
"""How what looks like the medium of a dateline begins if it is none."""
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
    def use(self) -> Use:
        """The kind of credit that such a line is."""
        if self.authors or (self.medium and not self.others):
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
    bracketed = _BRACKETED.match(text)
    if bracketed:
        text = bracketed[1]
    if "转载" in text:
        text = _REPRINT.sub("", text)
    text = text.strip(_ORNAMENTS + BLANKS).removesuffix("。")
    if compiled := _compiled(text):
        return Fields(source=compiled)
    text = _MARK.sub(r"\1：", _PADDED.sub(r"\1\2", _without_extras(text)))
    fields = Fields()
    labels = list(_LABEL.finditer(text))
    head = text[: labels[0].start()] if labels else text
    tokens = _tokens(head)
    alone = len(tokens) == 1 and not labels and not bracketed
    if not _read_open(tokens, alone, fields):
        return None
    for number, label in enumerate(labels):
        end = labels[number + 1].start() if number + 1 < len(labels) else len(text)
        if not _read_label(label[1], label[2], text[label.end() : end].strip(BLANKS + "、，,；;|｜/"), fields):
            return None
    return fields if labels or fields.authors or fields.medium or fields.others else None


def _without_extras(text: str) -> str:
    """A line without the addresses of home pages, and with 文 for 文/图."""
    if "图" in text:
        text = _WITH_PICTURES.sub(
            lambda at: "文" if text[at.end() :].lstrip()[:1] in tuple("/／：:丨|｜") else "", text
        )
    return _HOME_PAGE.sub("", text) if "www" in text or "http" in text else text


def _tokens(text: str) -> list[str]:
    return _join_padded([token for token in _SEPARATORS.split(text) if token])


def _read_open(tokens: Sequence[str], alone: bool, fields: Fields) -> bool:
    """Roles and names without marks; nothing at all is fine, anything else is not.

    A word ``alone`` on its line, such as 记者万里行, needs a medium in it.
    """
    role: str | None = None
    waiting = ""
    named = False
    for place, word in enumerate(tokens):
        after = tokens[place + 1] if place + 1 < len(tokens) else ""
        if word == "文" and role is None and after:
            role = word
        elif (match := _OPEN_ROLE.match(word)) and _opens(match[1] or waiting, match[2], match[3], after, named):
            if alone and not match[1]:
                return False
            role = match[2]
            _take_medium(match[1] or waiting, role, fields)
            waiting = ""
            named = _take_names(match[3], role, fields) or named
        elif role is None:
            medium = word if is_medium(word) else _REPORTED.sub("", word)
            if waiting or not is_medium(medium):
                return False
            waiting = medium
        elif role == "通讯员" and len(word) <= _LONGEST_OFFICE:
            fields.others = True
        elif _take_names(word, role, fields):
            named = True
        elif not named and role in _AUTHORS and is_medium(word):
            fields.medium = fields.medium or word
        elif not (named and (_REPORTING.match(word) or _TITLES.match(word))):
            return False
    return named or not tokens


def _opens(prefix: str, role: str, rest: str, after: str, named: bool) -> bool:
    """Whether a role without a mark is one: a real name follows.

    Roles of those who are no authors begin many headings; alone they need a medium before them, or a blank behind.
    """
    known = not prefix or _is_own(prefix) or is_medium(_bare(prefix))
    if role == "通讯员" and named:
        return bool(rest or after)
    if role not in _AUTHORS and not named and not (prefix and known):
        return not prefix and not rest and _attached(after)
    if rest:
        return (known or len(prefix) <= 8) and _attached(rest)
    return (known or len(prefix) <= 8) and bool(_names(after))


def _attached(text: str) -> bool:
    """Whether a text right behind a role is one or more names; only common family names are taken for such."""
    names = split_names(text)
    return (
        bool(names)
        and not _SPEECH.search(text)
        and text not in _NO_NAMES
        and all(name[0] in COMMON or name[:2] in COMPOUND for name in names)
    )


def _names(token: str) -> tuple[str, ...]:
    """The real names that a token is."""
    if token in _NO_NAMES or _SPEECH.search(token):
        return ()
    return (token,) if _FOREIGN_NAME.match(token) else split_names(token)


def _take_names(token: str, role: str, fields: Fields) -> bool:
    names = _names(token) if token else ()
    if names:
        _add(names, role, fields)
    return bool(names)


def _add(names: Iterable[str], role: str, fields: Fields) -> None:
    if role in _AUTHORS:
        fields.authors += names
    else:
        fields.others = True


def _take_medium(prefix: str, role: str, fields: Fields) -> None:
    """The medium before an author's role; that of an editor or designer is not where the article comes from."""
    prefix = _bare(prefix)
    if prefix and not _is_own(prefix) and role in _AUTHORS:
        fields.medium = fields.medium or prefix.strip("《》")


def _bare(prefix: str) -> str:
    """A medium without what stands between it and 记者: 新京报首席(记者), 华夏时报（www.…）(记者)."""
    return _MODIFIERS.sub("", re.sub(r"[（(].*\Z", "", prefix))


def _is_own(prefix: str) -> bool:
    return not _bare(prefix) or prefix.startswith(OWN)


def _read_label(prefix: str, role: str, value: str, fields: Fields) -> bool:
    """A field with a mark."""
    if role in _SOURCES:
        if (closing := _CLOSING.search(value)) and (reporters := parse_fields(f"（{closing['inner']}）")):
            fields.authors += reporters.authors
            value = value[: closing.start()]
        source = _source(value) if prefix in _OF_THIS else None
        fields.source = fields.source or source
        return source is not None
    if role in _PHOTOS:
        fields.photo = True
        return (
            not prefix
            and len(value) <= 20
            and _WORDS.search(value) is None
            and re.search(r"[，。；？！]", value) is None
        )
    if not (_is_own(prefix) or is_medium(_bare(prefix))):
        return False
    _take_medium(prefix, role, fields)
    return _read_names(_tokens(_INNER_BRACKETS.sub(" ", value)), role, fields)


def _read_names(tokens: Sequence[str], role: str, fields: Fields) -> bool:
    """The names behind a mark, with roles among them; false if they are none."""
    real = False
    taken: list[tuple[str, str]] = []
    medium = None
    waiting = list(reversed(tokens))
    while waiting:
        word = waiting.pop()
        if (inner := _INNER_ROLE.match(word)) and _is_inner_role(inner, word, waiting):
            role = inner[2]
            _take_medium(inner[1], role, fields)
            waiting += [inner[3]] if inner[3] else []
        elif names := _names(word):
            real = True
            taken += ((name, role) for name in names)
        elif not taken and is_medium(word):
            medium = word.strip("《》")
        elif not (taken and (_REPORTING.match(word) or _TITLES.match(word))):
            if not _PEN_NAME.match(word) or _WORDS.search(word):
                return False
            taken.append((word, role))
    pen_names = role in WRITERS or bool(fields.authors) or fields.others
    if not (real or (pen_names and taken) or (medium and not taken)):
        return False
    if role in _AUTHORS:
        fields.medium = fields.medium or medium
    else:
        fields.others = True
    for name, whose in taken:
        _add((name,), whose, fields)
    return True


def _is_inner_role(inner: re.Match[str], word: str, waiting: Sequence[str]) -> bool:
    """Whether a word begins with a role that a name follows: 研究员叶映橙, 南方都市报记者 邱悦."""
    follows = inner[3] or (waiting[-1] if waiting else "")
    known = _is_own(inner[1]) or is_medium(_bare(inner[1]))
    return known and bool(_names(follows)) and not _names(word)


def _compiled(text: str) -> str | None:
    """``X综合自A、B``: the medium that put several together."""
    if "综合" not in text and "整理" not in text:
        return None
    match = _COMPILED.match(_IDENTITY.sub("", text))
    if match and len(text) <= _LONGEST and "。" not in text and is_medium(match["medium"], sure=True):
        first, *_ = re.split(r"[、，,\s]+", match["others"])
        if is_medium(first):
            return match["medium"]
    return None


def _source(value: str) -> str | None:
    """The name in a source line: without its id, without what it was put together from."""
    value = _IDENTITY.sub("", value).strip(BLANKS + "。")
    if not value or len(value) > 60 or re.search(r"[。？！?!；]", value):
        return None
    return _compiled(value) or re.sub(r"\A综合自?[：:]?", "", value) or value


def _join_padded(tokens: list[str]) -> list[str]:
    """Join names that were padded to three characters (``王 琳``), and foreign names of several words."""
    joined: list[str] = []
    for token in tokens:
        last = joined[-1] if joined else ""
        if len(token) == 1 and len(last) == 1 and "\u4e00" <= token <= "\u9fff" and last not in ("文", "图"):
            joined[-1] += token
        elif last and re.fullmatch(r"[A-Z][A-Za-z. ]*", last) and re.fullmatch(r"[A-Z][A-Za-z.]*", token):
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
    before: Piece | None = None
    for piece in pieces:
        if isinstance(piece, Line) and (piece.role is not None or _may_be_metadata(piece.text)):
            _read_line(piece, isinstance(before, Picture) and not before.caption, facts, sources)
        before = piece
    _read_bare_byline(lines, facts)
    _settle_sources(pieces, sources, facts)
    _repeated_title(lines, title, facts)
    text = [line for line in lines if line.use == "text"]
    if text:
        _read_opening(text[0], facts)
        _read_closing(text[-1], facts)
    return facts


def _read_line(line: Line, after_picture: bool, facts: Facts, sources: list[tuple[Line, Fields]]) -> None:
    text = line.text
    if line.role == EDITOR or "责任编辑" in text:
        _read_editor(line, facts)
    elif text.startswith(_TITLE_STARTS) and (match := _ORIGINAL.match(_unbracketed(text))):
        line.use = "original_title"
        facts.original_title = facts.original_title or match[1].strip(BLANKS)
        facts.source = facts.source or (_source(match[2]) if match[2] else None)
    elif _read_note(line, facts):
        return
    elif (fields := parse_fields(text)) and not (after_picture and fields.photo):
        if fields.source and not fields.authors:
            sources.append((line, fields))
        else:
            line.use = fields.use
            facts.take(fields)


def _unbracketed(text: str) -> str:
    """A text without brackets that stand round all of it."""
    match = _BRACKETED.match(text)
    return match[1] if match else text


def _may_be_metadata(text: str) -> bool:
    """A cheap look that tells most lines of text."""
    if len(text) > _LONGEST:
        return False
    if len(text) > _SHORTEST_SENTENCE and text.endswith(_SENTENCE_ENDS) and not text.startswith(_TITLE_STARTS):
        return False
    return _TRIGGER.search(text) is not None


def _read_editor(line: Line, facts: Facts) -> None:
    if match := _EDITOR.match(line.text):
        line.use = "editor"
        if facts.editor is None or line.role == EDITOR:
            facts.editor = ("".join(_join_padded(match["name"].split())), match["code"])
    elif line.role == EDITOR:
        line.use = "note"


def _read_note(line: Line, facts: Facts) -> bool:
    """``（作者为…首席研究员）``, ``（X对本文亦有贡献）``."""
    text = line.text
    inner = text[1:-1] if _BRACKETED.match(text) else ""
    if inner and (note := _AUTHOR_NOTE.fullmatch(inner)):
        line.use = "note"
        if note["name"] and is_name(note["name"]):
            facts.take(Fields(authors=[note["name"]]))
    elif _CONTRIBUTION.fullmatch(inner or text) and (inner or "记者" in text or "实习" in text):
        line.use = "note"
    return line.use == "note"


def _read_bare_byline(lines: Sequence[Line], facts: Facts) -> None:
    """A medium and names, without any role, on a line of their own before the text: ``中国基金报 李树超``."""
    for line in lines:
        if line.use in CREDITS:
            continue
        medium, *names = _tokens(line.text) if len(line.text) <= _SHORTEST_SENTENCE else ("",)
        if names and is_medium(medium, sure=True) and all(map(_attached, names)):
            line.use = "byline"
            facts.take(Fields(authors=[name for run in names for name in split_names(run)], medium=medium))
        elif len(line.text) > _SHORTEST_SENTENCE:
            return


def _settle_sources(pieces: Sequence[Piece], sources: Iterable[tuple[Line, Fields]], facts: Facts) -> None:
    """Tell the article's source from that of a picture: right after a picture, with text on both sides, it is a caption."""
    for line, fields in sources:
        place = pieces.index(line)
        picture = pieces[place - 1] if place else None
        if isinstance(picture, Picture) and not picture.caption:
            inside = _has_text(pieces[:place]) and _has_text(pieces[place + 1 :])
            if inside or _PICTURE_SOURCE.match(line.text) or PHOTO_AGENCIES.search(fields.source or ""):
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
        fields = parse_fields(f"（{opening['inner']}）") if _TRIGGER.search(opening["inner"]) else None
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
        if not medium.startswith(_NO_MEDIUM) and facts.source is None and facts.medium is None:
            facts.medium = medium


def _reporters(bracket: str, facts: Facts) -> None:
    """The reporters in a dateline's bracket, behind a place if there is one: ``（北京，记者 张晓翀）``."""
    place, comma, rest = bracket[1:-1].partition("，")
    fields = parse_fields(bracket) or (parse_fields(f"（{rest}）") if comma and len(place) <= 8 else None)
    if fields:
        facts.take(fields)


def _read_closing(line: Line, facts: Facts) -> None:
    """A bracket that closes the text: ``…。（记者 张三）``."""
    if (closing := _CLOSING.search(line.text)) and _TRIGGER.search(closing["inner"]):
        fields = parse_fields(f"（{closing['inner']}）")
        if fields:
            facts.take(fields)
