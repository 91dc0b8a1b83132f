"""Which words of a line about the article are names of people."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from sinaparse.sina.media import NAMES, is_medium
from sinaparse.sina.patterns import HAN, LETTER, any_of
from sinaparse.sina.people import is_common, is_name, split_names, split_pair
from sinaparse.sina.places import PLACES
from sinaparse.sina.roles import NO_NAMES, REPORTERS, ROLES

SEPARATORS = re.compile(r"[\s、，,；;\u3000|｜/／⊙○◎●■□▪&＆]+")
_TITLE_AND_NAME = re.compile(rf"(《[^》]{{2,14}}》)(?!新|杂志|周刊|栏目)(?={HAN}{{2,4}}(?:[\s、，,]|\Z))")
"""《投资者网》张三, without the blank."""
_OFFICES = "研究员|教授|分析师|经济学家|主任|院长|博士|[所行局司部校]长|秘书长|理事长|书记|发言人|助理|董事|参事|总监|顾问|策略师|委员|会长|学者|专家|律师|作家|评论员|总裁|总经理|董事长|主席|执行官|创始人|合伙人|首席"
OFFICE = re.compile(rf".*(?:{_OFFICES})\Z")
_TITLE_WITHIN = re.compile(f"{_OFFICES}|院士|先生|女士|老师")
_NAME_AND_TITLE = re.compile(rf"({HAN}{{2,4}}?)(?:教授|博士|院士|研究员|先生|女士|老师)\Z")
TITLES = re.compile(
    rf".*(?:{_OFFICES}|研究院|研究所|研究中心|大学|学院|银行|证券|基金|集团|公司|协会|论坛|实验室|团队|栏目|记者|等)\Z"
)
"""What may stand beside a name: who that is, or where they work."""
REPORTING = re.compile(r".{0,8}(?:报道|电|讯|发自.{1,6})\Z")
_DEED = rf"(?:{any_of(PLACES)})?(?:(?:采访|综合|联合|共同|参与|摄影|独家|现场|(?:根据)?录音)*(?:报道|整理|采写|采访|编译|撰写)|发自(?:{any_of(PLACES)}))\Z"
DONE = re.compile(rf"(?<={HAN}{{2}}){_DEED}")
"""What may stand right behind a name: 张三北京报道, 张三采访整理."""
DEED = re.compile(_DEED)
"""The same, apart from it."""
_FOREIGN_NAME = re.compile(
    rf"{HAN}{{1,8}}(?:[·•・]{LETTER}{{1,10}})+\Z|(?=.*[a-z])[A-Z][A-Za-z.'-]*(?: [A-Z][A-Za-z.'-]*)*\Z"
)
_AND = re.compile("[和与]")
_HAN_ONLY = re.compile(rf"{HAN}+\Z")
_FOREIGN_WORD = re.compile(r"[A-Z][A-Za-z.]*")
_FOREIGN_WORDS = re.compile(r"[A-Z][A-Za-z. ]*")
SPEECH = re.compile(r"[您你我他她它们的了到吗呢吧么怎哪谁]|[总师]好")
"""Characters that stand in what a person says and in no name."""
WORDS = re.compile(r"[您你我他她它们的了吗呢吧这那么怎什哪谁请不很更最又将已为与在]")
"""Characters that stand in sentences and seldom in pen names."""


def split_tokens(text: str) -> list[str]:
    """The words of a line, padded names joined."""
    if text.startswith("《"):
        text = _TITLE_AND_NAME.sub(r"\1 ", text)
    return join_padded([token for token in SEPARATORS.split(text) if token])


def join_padded(tokens: list[str]) -> list[str]:
    """Join names that were padded to three characters (``王 琳``), and foreign names of several words."""
    joined: list[str] = []
    for token in tokens:
        last = joined[-1] if joined else ""
        if len(token) == 1 and len(last) == 1 and "\u4e00" <= token <= "\u9fff" and last not in ("文", "图"):
            joined[-1] += token
        elif last and token[0].isascii() and _FOREIGN_WORD.fullmatch(token) and _FOREIGN_WORDS.fullmatch(last):
            joined[-1] += f" {token}"
        else:
            joined.append(token)
    return joined


def is_attached(text: str, *, sure: bool = False) -> bool:
    """Whether a text right behind a role is one or more names.

    Only common family names are taken for such; others too where it is ``sure`` that a name has to follow, and there two
    names of two characters may run together.
    """
    return bool(_names_attached(text, sure=sure))


def _names_attached(text: str, *, sure: bool = False) -> tuple[str, ...]:
    text = DONE.sub("", text)
    names = split_names(text) or (split_pair(text) if sure else ())
    if SPEECH.search(text) or not NO_NAMES.isdisjoint((text, *names)) or not (sure or all(map(is_common, names))):
        return ()
    return names


def attached_names(words: Sequence[str]) -> list[str]:
    """The names in some words; none unless each of them is attached, see :func:`is_attached`."""
    found = [_names_attached(word) for word in words]
    return [name for names in found for name in names] if all(found) else []


def names_in(token: str, role: str, *, sure: bool = False, longest: int = 3) -> tuple[str, ...]:
    """The real names that a token behind a role is.

    Where it is ``sure`` that a name has to follow, it may begin with a character that no list of family names has.
    """
    if len(token) > 2:
        token = token.removesuffix("等")
        if (bare := DONE.sub("", token)) != token:
            if bare in PLACES:
                return ()
            token = bare
    if token in NO_NAMES or token in NAMES or token.endswith(("记者", "摄")) or SPEECH.search(token):
        return ()
    if len(both := _AND.split(token)) > 1 and all(map(is_name, both)):
        return tuple(both)
    if (_FOREIGN_NAME.match(token) and not is_medium(token, sure=True)) or (
        token.endswith("团队") and is_name(token[:-2])
    ):
        return (token,)
    if len(token) > 3 and WORDS.search(token):
        return ()
    names = split_names(token) or (split_pair(token) if role in REPORTERS else ())
    if len(names) > 1 and not all(len(name) > 2 or is_common(name) for name in names):
        names = ()
    if names or not sure:
        return names if NO_NAMES.isdisjoint(names) else ()
    return (token,) if _may_be_name(token, longest) else ()


def _may_be_name(word: str, longest: int) -> bool:
    """Whether nothing says that a word of a few characters is no name."""
    return (
        2 <= len(word) <= longest
        and _HAN_ONLY.match(word) is not None
        and word not in ROLES
        and word not in PLACES
        and not is_medium(word)
        and not any(pattern.match(word) for pattern in (TITLES, REPORTING))
        and WORDS.search(word) is None
    )


def name_behind_title(word: str) -> str | None:
    """The name in a title and a name without a blank between them: 清华大学教授李晓明; also before it: 李晓明教授."""
    if _TITLE_WITHIN.search(word) is None:
        return None
    if match := _NAME_AND_TITLE.match(word):
        return match[1] if is_attached(match[1]) else None
    return _name_at_end(word, lambda title: OFFICE.match(title) is not None)


def name_behind_medium(word: str) -> str | None:
    """The name in a medium and a name without a blank between them: 中国基金报李树超."""
    return _name_at_end(word, lambda medium: is_medium(medium, sure=True))


def _name_at_end(word: str, fits: Callable[[str], bool]) -> str | None:
    """The name that ends a word whose beginning fits."""
    names = (word[-length:] for length in (3, 2, 4) if length < len(word))
    return next((name for name in names if is_attached(name) and fits(word.removesuffix(name))), None)
