"""The grammar of one line about the article: a byline, a source, people who edited it, a picture's credit.

White space inside labels and brackets round the whole line apart::

    line   = [open] { field }
    field  = [medium] role mark value            作者：温彬 | 每经记者丨张三 | 来源：X | 图片来源：X
    open   = { [medium] role [name] | name }     中国基金报记者方丽 | 每经编辑 张三
    value  = { [role] name | medium } | text     研究员叶映橙，设计郑嘉琪 | 观察者网 陶梦
    mark   = "：" | "丨" | "|" | "｜" | "/"

Where a mark says that a name must follow, pen names are names; elsewhere only what begins with a family name is one. That
keeps headings such as 记者手记 or 审核趋严 in the text.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sinaparse.body import BLANKS
from sinaparse.sina.media import OWN, PHOTO_AGENCIES, is_employer, is_medium
from sinaparse.sina.patterns import HAN, any_of
from sinaparse.sina.places import PLACES
from sinaparse.sina.roles import (
    ADDITIONS,
    AUTHORS,
    EDITORS,
    MARKED,
    NO_NAMES,
    OPEN_VALUES,
    OTHERS,
    PHOTOS,
    QUALITIES,
    REPORTERS,
    ROLES,
    SOURCES,
    WRITERS,
)
from sinaparse.structure.lines import Use
from sinaparse.structure.names import (
    DEED,
    DONE,
    OFFICE,
    REPORTING,
    SEPARATORS,
    SPEECH,
    TITLES,
    WORDS,
    attached_names,
    is_attached,
    name_behind_medium,
    name_behind_title,
    names_in,
    split_tokens,
)
from sinaparse.structure.notation import BY_LEAVE, DAY, ROLE, TAKEN, marked


def _role_in_word(roles: Iterable[str]) -> re.Pattern[str]:
    """A pattern for a word that holds a role: what stands before it, the role, what stands behind it."""
    return re.compile(rf"([^\s：。？！]{{0,16}}?)({any_of(roles)})(.*)", re.DOTALL)


_PHOTOS, _SOURCES = frozenset(PHOTOS), frozenset(SOURCES)
_LABEL = re.compile(rf"(?:^|(?<=[\s、，,；;|｜/（(】）)]))([^\s：、，,；;（）()【】/|｜]{{0,16}}?)({ROLE})：")
_OPEN_ROLE = _role_in_word({*AUTHORS, *OTHERS} - MARKED)
_INNER_ROLE = _role_in_word({*AUTHORS, *OTHERS} - MARKED - {"意见领袖"})
_MODIFIERS = re.compile(
    rf"(?:两会|全媒体|融媒体|特约|见习|实习|首席|资深|高级|特派{HAN}{{0,4}}|前方|驻{HAN}{{1,6}})+\Z"
)

_TELLING = [role for role in ROLES if len(role) > 1]
TRIGGER = re.compile(
    r"原标题|原题|贡献|综合|原创|本文源自|本文来自|本文首发|文章源自|文章来自|文章首发|授权|公众号|执业证|笔者|版[）)]|编[丨|｜]|审[丨|｜]|校[丨|｜]|报道[I丨|｜]|文[/／丨|｜︱：:、\s]"
    r"|/\s*文[）)]?\Z|／\s*文[）)]?\Z|图[/／丨|｜︱：:\s]|题图|头图|配图|封面[：:|｜丨 ]|文中图片|本文图片|"
    + "".join(rf"{first}[ \u3000]+[者源辑影对文编访述]|" for first in "作来记编摄校撰责采口讲图")
    + "|".join(role for role in _TELLING if not any(other in role for other in _TELLING if other != role))
)
"""No metadata line is without one of these. Each begins with a character, not with a class: that is found much faster."""
LONGEST = 120
SHORTEST_SENTENCE = 20
SENTENCE_ENDS = tuple("。；？！：”")
"""How a line of text ends; metadata does so only where it is short."""

BRACKETED = re.compile(r"(?:[（(][^（(）)]*+(?:[（(].*)?[）)]|[【\[][^【\[】\]]*+(?:[【\[].*)?[】\]])\Z", re.DOTALL)
"""Brackets round all of a text: （作者：张三（X银行））, but not 【财新网】（记者 张三）."""
_END_MARK = re.compile(r"(?<=[）)])\s?[（(](?:全?文?完|新华社(?:专特稿|发))[）)]\Z")
_BETWEEN_BRACKETS = re.compile(r"[）)]\s?[（(](?=[^（）()]*[）)]\Z)")
"""（记者 张三）（编辑 李四）"""
_BRACKET = re.compile(r"[（(「【〔\[]")
_INNER_BRACKETS = re.compile(r"[（(][^（）()]*[）)]|「[^「」]*」|[\[【〔][美英德法日韩俄加澳][\]】〕]")
"""What stands with a name: where somebody works, a nationality."""
_ACCOUNT = re.compile(r"[（(](?:微信)?公众号\s?[：:]\s?([^）)]{2,20})[）)]")
"""张三（微信公众号：吴晓波频道）"""
_ORNAMENTS = "*—–►▶▷●■◆◎○⊙□◇▲★☆▌▍█丨|｜ \u3000"
_EDGES = _ORNAMENTS + BLANKS
_VALUE_EDGES = BLANKS + "、，,；;|｜丨/"
_SIGNS = tuple("□◎○⊙■●")
"""What newspapers set before the names of those who wrote a piece: □ 张三."""
_BULLETS = tuple("■●")
"""Those of them that stand before other things, too."""
_COLUMN = re.compile(r"(?<=[^\s《])《[^》]{1,12}》\Z|“[^“”]{1,12}”\Z")
"""What a medium calls one of its parts: 中国经营报《等深线》, 新华社“新华视点”."""

_COMPILED = re.compile(
    r"(?P<medium>[^\s：:，。、（(]{2,15}?)(?:[（(][^）)]*[）)])?\s*(?:综合|整理)(?:整理|报道)?自?[：:]?\s*(?P<others>\S.*)",
    re.DOTALL,
)
_OF_THIS = ("", "本文", "文章", "内容", "综合", "图文")
"""What may stand before 来源 and its kin; 数据来源 and 资金来源 are something else."""
_IDENTITY = re.compile(
    r"\s*[（(【]\s*(?:(?:(?:微信)?公众号|微信)?(?:ID|微信号|公众号)\s*[：:][^）)】]*|[A-Za-z][A-Za-z0-9_-]{3,})[）)】](?:综合自?网络\Z)?"
    rf"|(?:(?<!\s)\s++|(?<={HAN}))(?:ID|微信号)\s*[：:]\s*[\w-]+\Z",
    re.IGNORECASE,
)
_NAMED_ACCOUNT = re.compile(
    r"(?:(?:微信)?公众号\s*[：:]?\s*[“\"「]?|[“\"「])([^”\"」]{2,24})(?:[”\"」](?:(?:微信)?公众号)?)?|《([^《》]{2,14})》|@(\w{2,14})"
)
"""What is quoted in the value of a source line: 微信公众号“券商中国”, 《中国证券报》, @央视新闻."""
_DATED = re.compile(rf"[\s（(]*{DAY}(?!\d).*\Z", re.DOTALL)
"""来源：新华网 2022-03-21 09:30"""
_COMPILING = re.compile(r"(?<=.{2})综合报道\Z")
_COMPILED_FROM = re.compile(r"\A综合自?[：:]?(?!整理)")
_FROM_BRACKET = re.compile(r"[（(].*\Z")
_COMMA = re.compile(r"[、，,\s]+")
_STOP = re.compile(r"[，。；？！]")
_NOTICE = re.compile(r"[，,。；](?:如遇|如有|版权|转载|未经|更多).*\Z", re.DOTALL)
"""来源：新华网，如有版权问题请联系本网"""
_SAID = re.compile("[是有在为的]")
_SENTENCE_END = re.compile(r"[。？！?!；]")
_TAKEN_FROM = re.compile(
    rf"(?:(?:(?:本文|文章)(?:经?授权)?|授权){TAKEN}[：:]?|(?:本文|文章)?(?:来源|转自|转载自)(?=\s))\s*(?P<medium>[^\s：:，。]{{2,16}})"
)
"""A source line without a mark: 本文源自金融界."""
_SEVERAL = re.compile(r"(?:本文|内容)?(?:综合自?[：:]?|据)(?P<media>[^。：:]{2,40}?)等?(?:综合)?(?:报道|消息|[电讯])?")
"""What an article was put together from: 综合新华社、央视新闻报道."""
_EDITION = re.compile(
    r"《\s?(?P<medium>[^》\s]{2,14})\s?》\s?[（(]?\s?\d{4}年\s?\d{1,2}月\s?\d{1,2}日[^）)]{0,8}\d\s?版\s?[）)]?"
)
"""Where a text was printed: 《人民日报》（2022年03月22日 02 版）."""
_PEOPLE = re.compile(r"[\s，,]+(?=\S)|(?=[（(])|(?<=[）)])(?=记者)")
"""Where, in the value of a source line, those who wrote it may begin."""
_REPORTER_OF = re.compile(r"[^\s（(]{2,}?记者")
"""来源：澎湃新闻记者张三"""
_PLACES = 2
"""So many of these places are tried, or a line of nothing but roles would take its time."""
_REPRINT = re.compile(r"[【（(]转载请注明[^】）)]*[】）)]")
_REPORTED = re.compile(r"(?<=.{2})(?:综合)?(?:报道|快?讯|电|消息)\Z")
_CITED = re.compile(r"\A(?:据|综合自?)(?=.{3})")
_NO_PREFIX = re.compile("[另又]?据|感谢|.*(?:由|来自|首发于|刊于)")
"""What stands before a role in sentences."""
_OTHER_LABEL = re.compile(rf"{HAN}{{2,4}}：")
"""Behind names, a label that is none of ours: 作者：张三 校译：李四."""
_NOBODY = frozenset("综合 网络 佚名 未知 管理员".split())
"""Who is named where nobody is."""
_LONGEST_SAID = 8
"""So long may a source be that ends like a sentence and not like a medium."""
_LONGEST_FIELD = 6
"""What an analyst looks at: 首席宏观分析师."""
_LONGEST_OFFICE = 8
"""Correspondents often are offices under a pen name: 交通宣."""
_DATE = re.compile(r"\d{1,2}月\d{1,2}日\Z")
_INSTITUTION = re.compile(r"\w{2,20}(?:研究院|研究所|研究中心|实验室|论坛|协会|学会|智库|课题组|团队|编辑部|组)\Z")
"""Who writes as one: 中国财富管理50人论坛."""
_FIRST_APART = re.compile(r"[^\s、，,；;]{3,}\s")
"""The first of several words, with a blank behind it: in 字母榜 张三 where somebody works, in 字母榜、张三 another name."""
_MAKER = re.compile(r"网络|提供|官网|截图|公众号|资料|来源|受访|公司|公告|[A-Za-z]{3}")
_PEN_NAME = re.compile(rf"(?:[\w·•]{{2,10}}|{HAN})\Z")
_SHORT_NAME = re.compile(rf"(?![两三四五六七八九十无]){HAN}{{2,3}}\Z|[A-Za-z]{{2,12}}\Z")
CLOSING = re.compile(r"[（(【](?P<inner>[^（）()【】]{2,80})[）)】]\s*。?\Z")


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
    said: bool = False
    """Whether the line ends like a sentence, as one in an interview may: 记者：明白。"""

    @property
    def use(self) -> Use:
        """The kind of credit that such a line is."""
        if self.authors or (self.medium and not self.others):
            return "byline"
        return "source" if self.source else "note"


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
    if text.startswith(("（", "(")):
        text = _BETWEEN_BRACKETS.sub(" ", without_end_mark(text))
    if len(text) > 2 * LONGEST:  # a line that the CMS calls a byline may have any length
        return None
    signed = text.startswith(_SIGNS) or "执业证" in text
    bracketed = BRACKETED.match(text) is not None
    if bracketed:
        text = text[1:-1]
    if "转载" in text:
        text = _REPRINT.sub("", text)
    text = text.strip(_EDGES)
    fields = Fields(said=text.endswith("。"))
    text = text.removesuffix("。")
    if source := _unmarked_source(text):
        return Fields(source=source)
    text = marked(text)
    labels = list(_LABEL.finditer(text)) if "：" in text else []
    head = text[: labels[0].start()] if labels else text
    tokens = split_tokens(head)
    if len(tokens) == 1 and labels and not labels[0][1] and is_medium(tokens[0], sure=True):  # 号外财经 作者：张三
        fields.medium = _unquoted(tokens.pop())
    alone = len(tokens) == 1 and not labels and not bracketed
    if not _read_open(head, tokens, alone, bracketed, fields, role="记者" if signed else None):
        return None
    for number, label in enumerate(labels):
        end = labels[number + 1].start() if number + 1 < len(labels) else len(text)
        value = text[label.end() : end].strip(_VALUE_EDGES)
        if label[2] == "文" and label[1] == "" and any(other[2] in AUTHORS for other in labels[number + 1 :]):
            if not TITLES.match(value):  # 文｜极点商业 作者｜张三, 文/X研究所副所长、首席分析师：张三
                fields.medium = _IDENTITY.sub("", value)
        elif not _read_label(label[1], label[2], value, fields):
            return None
    return fields if labels or fields.authors or fields.medium or fields.others else None


def without_end_mark(text: str) -> str:
    """A text without the bracket behind another that only says that it ends: （记者 张三）（完）."""
    return _END_MARK.sub("", text) if text.endswith(("）", ")")) else text


def _unmarked_source(text: str) -> str | None:
    """The source that a line names without a mark: ``X综合自A、B``, ``综合新华社、央视新闻``, ``本文源自金融界``."""
    if compiled := _compiled(text):
        return compiled
    several = _SEVERAL.fullmatch(text)
    if several and all(is_medium(one, sure=True) for one in _COMMA.split(several["media"])):
        return several["media"]
    edition = _EDITION.fullmatch(text)
    if edition and is_medium(edition["medium"], sure=True):
        return edition["medium"]
    taken = _TAKEN_FROM.match(text) and _TAKEN_FROM.fullmatch(BY_LEAVE.sub("", text))
    return taken["medium"] if taken and is_medium(taken["medium"], sure=True) else None


def parse_bare(text: str, *, titled: bool = False) -> Fields | None:
    """A medium or a printer's sign, and names without any role: ``中国基金报 李树超``, ``时代周报 张明 发自上海``, ``□ 张明``.

    On a line that is set apart (``titled``) also what somebody is and a name: ``金融研究所副所长 张明``.
    """
    if text.startswith(_SIGNS):
        found = [names_in(word, "") for word in split_tokens(text)]
        names = list(itertools.chain.from_iterable(found))
        sure = not text.startswith(_BULLETS) or all(len(name) == 3 for name in names)
        return Fields(authors=names) if names and sure and all(found) else None
    medium, *words = split_tokens(text) or [""]
    while len(words) > 1 and (REPORTING.match(words[-1]) or _DATE.match(words[-1])):
        words.pop()
    while len(words) > 1 and is_medium(words[0], sure=True):  # 21世纪经济报道、21财经APP 张三
        words.pop(0)
    known = is_medium(medium, sure=True)
    names = attached_names(words) if known or (titled and OFFICE.match(medium)) else []
    return Fields(authors=names, medium=_unquoted(medium) if known else None) if names else None


def reporting_medium(text: str) -> str | None:
    """The medium that a bracket before the text says it is from: ``环球网综合报道``.

    >>> reporting_medium("环球网财经综合报道"), reporting_medium("综合报道")
    ('环球网财经', None)
    """
    medium = _REPORTED.sub("", text)
    if medium != text:
        medium = _CITED.sub("", medium)
    return medium if medium != text and is_medium(medium, sure=True) else None


def _read_open(
    head: str, tokens: Sequence[str], alone: bool, bracketed: bool, fields: Fields, *, role: str | None
) -> bool:
    """Roles and names without marks, the ``tokens`` of ``head``; nothing at all is fine, anything else is not.

    A word ``alone`` on its line, such as 记者万里行, needs a medium in it.
    """
    waiting = ""
    leading: list[str] = []
    sure = bracketed
    named = False
    for place, word in enumerate(tokens):
        after = tokens[place + 1] if place + 1 < len(tokens) else ""
        if word == "文" and role is None and after:
            role = word
        elif (match := _OPEN_ROLE.match(word)) and _opens(
            match[1] or waiting, match[2], match[3], after, named=named, bracketed=bracketed
        ):
            if alone and not match[1] and not DONE.search(word):
                return False
            prefix = match[1] or waiting
            if waiting and match[1] and (both := f"{waiting}、{match[1]}") in head:
                prefix = both
            if named and role and is_attached(match[1]) and _take_names(match[1], role, fields, sure=sure):
                prefix = ""  # 张三、李四实习生王五
            role = match[2]
            _add(leading, role, fields)
            leading = []
            sure = bracketed or _is_own(prefix) or is_medium(_bare(prefix), sure=True)
            _take_medium(prefix, role, fields)
            waiting = ""
            named = _take_names(match[3], role, fields, sure=sure) or named
        elif role is None and bracketed and not waiting and (names := attached_names((word,))):  # （张三、实习生 李四）
            leading += names
        elif role is None:
            medium = word if is_medium(word) else _REPORTED.sub("", word)
            if not is_medium(medium):
                return False
            waiting = waiting or medium
        elif role == "通讯员" and len(word) <= _LONGEST_OFFICE:
            fields.others = named = True
        elif named and (word in ADDITIONS or word in PLACES or DEED.match(word) or _DATE.match(word)):
            continue
        elif _take_names(word, role, fields, sure=sure, longest=7 if named and bracketed else 3):
            named = True
        elif not named and role in AUTHORS and is_medium(word):
            fields.medium = fields.medium or word
        elif not (named and (REPORTING.match(word) or TITLES.match(word))):
            return False
    return named or not tokens


def _opens(prefix: str, role: str, rest: str, after: str, *, named: bool, bracketed: bool) -> bool:
    """Whether a role without a mark is one: a real name follows.

    Roles of those who are no authors begin many headings; alone they need a medium before them, or a blank behind.
    """
    if role == "通讯员" and named:
        return bool(rest or after)
    bare = _bare(prefix)
    medium = bool(bare) and is_medium(bare)
    if _NO_PREFIX.match(prefix):
        return False
    if role not in AUTHORS and not named and not (medium or (prefix and _is_own(prefix))):
        if prefix or rest:
            return False
        return bool(names_in(after, role, sure=bracketed)) if bracketed or role in EDITORS else is_attached(after)
    if len(prefix) > 8 and not medium and not _is_own(prefix):
        return False
    sure = bracketed or named or (bool(prefix) and (_is_own(prefix) or is_medium(bare, sure=True)))
    if rest:
        return is_attached(rest, sure=sure or is_attached(after)) or (bracketed and after != "")
    return bool(names_in(after, role, sure=sure))


def _take_names(token: str, role: str, fields: Fields, *, sure: bool, longest: int = 3) -> bool:
    names = names_in(token, role, sure=sure, longest=longest) if token else ()
    if names:
        _add(names, role, fields)
    return bool(names)


def _add(names: Iterable[str], role: str, fields: Fields) -> None:
    if role in AUTHORS:
        fields.authors += names
    else:
        fields.others = True


def _take_medium(prefix: str, role: str, fields: Fields) -> None:
    """The medium before an author's role; that of an editor or designer is not where the article comes from."""
    prefix = _bare(prefix)
    if prefix and not _is_own(prefix) and not prefix.isdigit() and not is_employer(prefix) and role in AUTHORS:
        fields.medium = fields.medium or _unquoted(prefix)


def _bare(prefix: str) -> str:
    """A medium without what stands between it and 记者: 新京报首席(记者), 华夏时报（www.…）(记者)."""
    return _COLUMN.sub("", _MODIFIERS.sub("", _FROM_BRACKET.sub("", prefix)))


def _unquoted(medium: str) -> str:
    """A medium without marks round all of its name: 《财经》."""
    return medium[1:-1] if medium.find("》") == len(medium) - 1 and medium.startswith("《") else medium


def _is_own(prefix: str) -> bool:
    return not _bare(prefix) or prefix.startswith(OWN)


def _read_label(prefix: str, role: str, value: str, fields: Fields) -> bool:
    """A field with a mark."""
    if role in _SOURCES:
        value = _take_people(value, fields)
        source = source_name(value) if prefix in _OF_THIS else None
        if source and fields.said and len(source) > _LONGEST_SAID and not is_medium(source):
            return False
        fields.source = fields.source or source
        return source is not None
    if role in _PHOTOS:
        fields.photo = True
        if role == "图" and not _names_maker(value):
            return False
        return (
            prefix in ("", "本文") and len(value) <= 30 and WORDS.search(value) is None and _STOP.search(value) is None
        )
    if role in OPEN_VALUES:
        fields.others = True
        return not prefix and 0 < len(value) <= 20 and _STOP.search(value) is None
    if role.endswith("分析师") and len(prefix) <= _LONGEST_FIELD:
        return _read_people("", role, value, fields)
    return (_is_own(prefix) or is_medium(_bare(prefix))) and _read_people(prefix, role, value, fields)


def _names_maker(value: str) -> bool:
    """Whether what stands behind 图： is who made it rather than what it shows."""
    words = split_tokens(value)
    return (
        any(names_in(word, "摄影") or is_medium(word) for word in words)
        or PHOTO_AGENCIES.search(value) is not None
        or _MAKER.search(value) is not None
    )


def _read_people(prefix: str, role: str, value: str, fields: Fields) -> bool:
    """A field that tells who made the article."""
    _take_medium(prefix, role, fields)
    if role in WRITERS and value.startswith("@") and _is_account(value):
        fields.authors.append(value[1:])
        return True
    if _BRACKET.search(value):
        if named := _ACCOUNT.search(value):
            fields.medium = fields.medium or named[1]
        account = _IDENTITY.sub("", value)
        if role in WRITERS and account != value and _is_account(account):
            fields.authors.append(account)
            return True
        value = _INNER_BRACKETS.sub(" ", value).strip()
    return _read_names(split_tokens(value), role, fields, apart=_FIRST_APART.match(value) is not None)


def _is_account(name: str) -> bool:
    """Whether the id behind it makes one name of whatever it is: 诗与星空（ID：…）."""
    return SEPARATORS.search(name) is None and not is_medium(name)


def _take_people(value: str, fields: Fields) -> str:
    """The value of a source line without those who wrote it: ``北京日报客户端 记者 张三``, ``券商中国 王君晖``."""
    if _REPORTER_OF.match(value):
        people = parse_fields(value)
        if people is not None and people.medium and people.authors:
            fields.authors += people.authors
            return people.medium
    elif TRIGGER.search(value):
        for place in itertools.islice(_PEOPLE.finditer(value), _PLACES):
            people = parse_fields(value[place.end() :])
            if people is not None and (people.authors or people.others):
                fields.authors += people.authors
                value = value[: place.start()]
                break
    bare = parse_bare(value) if len(value) <= SHORTEST_SENTENCE else None
    if bare is None:
        return value
    fields.authors += bare.authors
    return bare.medium or ""


def _read_names(tokens: Sequence[str], role: str, fields: Fields, *, apart: bool) -> bool:
    """The names behind a mark, with roles among them; false if they are none.

    ``apart`` tells that a blank stands behind the first word, which then may be where the people work.
    """
    real = nobody = False
    marked = role
    sure = marked not in WRITERS and marked not in QUALITIES and not marked.endswith("分析师") and not fields.said
    taken: list[tuple[str, str]] = []
    medium = None
    waiting = list(reversed(tokens))
    while waiting:
        word = waiting.pop()
        if (inner := _INNER_ROLE.match(word)) and _is_inner_role(inner, word, waiting):
            if taken or marked in AUTHORS or inner[2] not in AUTHORS:  # not in 编辑：本报记者张三
                role = inner[2]
                _take_medium(inner[1], role, fields)
            waiting += [inner[3]] if inner[3] else []
            continue
        if taken and _OTHER_LABEL.match(word):
            break
        if word in _NOBODY:
            nobody = True
            continue
        if name := name_behind_title(word):
            word = name
        if names := names_in(word, role, sure=sure and marked in REPORTERS):
            real = True
            taken += ((name, role) for name in names)
        elif not taken and is_medium(word) and (waiting or not _INSTITUTION.match(word)):
            medium = _unquoted(word)
        elif taken and not medium and is_medium(word, sure=True):
            medium = word
        elif not taken and (name := name_behind_medium(word)):
            medium = word.removesuffix(name)
            waiting.append(name)
        elif not taken and (TITLES.match(word) or word.startswith(OWN) or apart) and _any_name(waiting):
            if role == "文" and not (TITLES.match(word) or word.startswith(OWN)):
                medium = word
        elif not (taken and (REPORTING.match(word) or TITLES.match(word))):
            pen_name = _PEN_NAME.match(word) and not WORDS.search(word) and not SPEECH.search(word)
            if word in ROLES or not (pen_name or _INSTITUTION.match(word)):
                return False
            real = real or (sure and word not in NO_NAMES and _SHORT_NAME.match(word) is not None)
            taken.append((word, role))
        apart = False
    pen_names = marked in WRITERS or bool(fields.authors) or fields.others
    if not (real or nobody or (pen_names and taken) or (medium and not taken)):
        return False
    fields.others = fields.others or nobody
    if role in AUTHORS:
        fields.medium = fields.medium or (None if medium and is_employer(medium) and taken else medium)
    else:
        fields.others = True
    for name, whose in taken:
        _add((name,), whose, fields)
    return True


def _any_name(words: Iterable[str]) -> bool:
    return any(names_in(word, "") for word in words)


def _is_inner_role(inner: re.Match[str], word: str, waiting: Sequence[str]) -> bool:
    """Whether a word begins with a role that a name follows: 研究员叶映橙, 南方都市报记者 邱悦."""
    follows = inner[3] or (waiting[-1] if waiting else "")
    if follows and not inner[3] and (not inner[1] or inner[1] in OWN):  # 通讯员 张三, 意见领袖专栏机构 中银研究
        return True
    bare = _bare(inner[1])
    known = _is_own(inner[1]) or is_medium(bare) or (inner[2].endswith("记者") and len(inner[1]) <= 8)
    sure = not inner[1] or is_medium(bare, sure=True)
    return known and bool(names_in(follows, inner[2], sure=sure)) and not names_in(word, "")


def _compiled(text: str) -> str | None:
    """``X综合自A、B``: the medium that put several together."""
    if "综合" not in text and "整理" not in text:
        return None
    match = _COMPILED.match(_IDENTITY.sub("", text))
    if match and len(text) <= LONGEST and "。" not in text and is_medium(match["medium"], sure=True):
        first, *_ = _COMMA.split(match["others"].removesuffix("等"))
        if is_medium(first):
            return match["medium"]
    return None


def source_name(value: str) -> str | None:
    """The name in a source line: without its id, without what it was put together from."""
    value = _NOTICE.sub("", _DATED.sub("", _IDENTITY.sub("", value))).strip(BLANKS + "。")
    if not value or len(value) > 60 or _SENTENCE_END.search(value) or ("，" in value and _SAID.search(value)):
        return None
    if account := _NAMED_ACCOUNT.fullmatch(value):
        return account[account.lastindex or 1]
    if medium := _compiled(value):
        return medium
    compiled = _COMPILED_FROM.sub("", value)
    return _REPORTED.sub("", compiled) if compiled and compiled != value else _COMPILING.sub("", value)


def unbracketed(text: str) -> str:
    """A text without brackets that stand round all of it."""
    return text[1:-1] if BRACKETED.match(text) else text
