"""The many ways to write a line about the article, brought to one: a label, ``：``, its value, a blank.

``作 者丨张三``, ``文/图 张三``, ``张三/文`` and ``本文来自公众号“X”`` become ``作者：张三``, ``文：张三``, ``文：张三`` and ``来源：“X”``.
"""

from __future__ import annotations

import re

from sinaparse.sina.patterns import HAN, any_of
from sinaparse.sina.places import PLACES
from sinaparse.sina.roles import AUTHORS, ROLES

ROLE = any_of(ROLES)
DAY = r"(?:(?:发布|更新)?时间\s?[：:]\s?)?\d{4}\s?[年./-]\s?\d{1,2}\s?[月./-]\s?\d{1,2}"
"""When something was published, up to the number of the day."""
TAKEN = r"(?:转载自|转自|来自于?|来源于|源自|首发于?)"
_PADDED = re.compile(
    rf"(?<!{HAN})(作|来|记|编|摄|校|撰|责|采|口|讲|图)[ \u3000]+(者|源|辑|影|对|文|编|访|述)(?=\s*[：:丨|｜︱/／\s])"
)
_PADDED_NAME = re.compile(rf"(记者{HAN})[ \u3000]({HAN})(?=[\s、，,]|\Z)")
"""记者顾 阳"""
_POSTED = re.compile(rf"(驻{HAN}{{2,6}})(?:、{HAN}{{2,6}}?)+(?=(?:特约|特派)?记者)")
"""驻埃及、美国记者"""
_MARK = re.compile(rf"({ROLE})\s*(?:[：:丨|｜︱│∣┃/／]|I(?=\s*{HAN}))\s*")
_JOINED_ROLES = re.compile(rf"\A(?:采访|策划)\s*[/／、]\s*(?=(?:{any_of(AUTHORS)})\s*[：:丨|｜︱])")
"""采访/撰文：张三"""
_BOXED = re.compile(rf"【({ROLE})】\s*(?=\S)")
"""【记者】张三"""
_PICTURE_FROM = re.compile(
    r"""
    (?:(?:本文|文中|文内)(?:配图|图片)|[题头首配]图|封面图?)片?
    (?:[、及和与](?:文中|文内)?(?:配图|图片|封面图?))?均?(?:来自|来源于?)\s*[：:]?(?=\s*[^\s：:])
    """,
    re.VERBOSE,
)
"""题图来自视觉中国, 题图及文中配图来源于网络"""
_COVER = re.compile(r"\A封面\s?[：:|｜丨]\s?(?=[A-Za-z]|视觉|图虫|摄图|东方IC)")
_STATEMENTS = ("本文", "文章", "内容", "授权", "转", "微信", "公众号", "报道")
_FROM_ACCOUNT = re.compile(
    rf"""
    \A(?:(?:(?:本文|文章|内容)(?:经?授权)?|授权){TAKEN}\s?(?:(?:合作媒体|(?:微信)?公众号)(?=[：:\s“"「])[：:\s]*|[：:]|(?=[“"「]))
      | (?:转载自|转自)\s?(?:微信)?公众号(?=[：:\s“"「])[：:\s]*
      | (?:微信)?公众号\s?[：:|｜丨]\s?(?=[^\s（(]{{2,16}}\s?[（(]\s?(?:微信)?ID)
      | 报道\s?[I丨|｜])
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""本文来自微信公众号“券商中国”，作者：张三"""
BY_LEAVE = re.compile(r"(?<=[^，,])[，,](?:[^，,。：]{0,16}授权(?:发布|转载|使用|刊发)|更多[^，,。]{2,30})\Z")
"""……，36氪经授权发布"""
_OWN_WORK = re.compile(
    r"""
    \A[©\ufe0f\s]*+(?P<medium>[^\s（(·・|｜丨，。：]{2,16})
    (?:\s?[（(][^）)]{3,30}[）)]\s?原创(?=[\s·・|｜丨]|\Z) | 原创\s?[·・|｜丨])\s*[·・|｜丨]?\s*
    """,
    re.VERBOSE,
)
"""深燃（ID：shenrancaijing）原创, 深响原创 · 作者｜张三"""
_LICENCE = re.compile(
    r"[（(]?(?:(?:SAC|证券|期货)?(?:执业|从业|投资咨询)(?:资格)?(?:证书?)?(?:编?号码?)?\s?[：:]?\s?)?\b[SAFTZ]\d{7,13}\b[）)]?"
)
"""Numbers of analysts' licences: SAC执业证书编号：S0190521080005."""
_REPORTED_FROM = re.compile(
    rf"(?<=[^\s、，/])[\s/]\s?(?:发自\s?)?(?:{any_of(PLACES)})(?:[\s、，,/](?:{any_of(PLACES)}))+(?:综合)?(?:报道)?(?=\s|\Z)"
)
"""北京、上海报道"""
_BRACKET_AND_SOURCE = re.compile(r"\A[（(]([^（）()]{2,40})[）)]\s?(?=来源\s?[：:丨|｜])")
"""（央视记者 张三）来源：央视新闻"""
_BRACKETED_LABEL = re.compile(rf"(?<=\w)[（(]({ROLE}：[^（）()：]{{2,20}})[）)]\Z")
"""来源：每日经济新闻（记者：张三）"""
_MEDIUM_AND_BRACKET = re.compile(
    r"\A([^\s（(，。：]{2,16}(?<![电讯息]))\s?[（(](?=[^（）()]{0,12}记者)([^（）()：]{2,40})[）)]\Z"
)
"""中国商报（记者 张三）"""
_BY_WHOM = re.compile(r"\A(?:本文|该文|此文|以上|本组稿件)由(?=.{0,12}记者)")
"""本文由新华社记者张三采写"""
_MADE_BY = re.compile(r"\A([^\s，。：]{2,12})出品(?=\s+[文作撰])")
"""雷达财经出品 文|张三"""
_SIGNED = re.compile(rf"[◎○●■□▪▌▍丨·]\s?(?={ROLE}：)")
"""作者：张三 ◎编辑：李四"""
_GLUED = re.compile(r"(：[^：\s、，,；;|｜/（()）]{2,12}?)(作者|记者|编辑|责编|来源|校对|审核|撰文)：")
"""来源：上海证券报作者：张三, without the blank."""
_HOME_PAGE = re.compile(r"[（(]\s*(?:https?:|(?:[\w-]+\.)+(?:com|net|cn|org)\b)[^）)]*[）)]", re.IGNORECASE | re.ASCII)
_WITH_PICTURES = re.compile(rf"(?<!{HAN})(?:文\s*[、/／]?\s*[图摄]|图\s*[、/／]?\s*文)(?=\s|\Z|[/／：:丨|｜])")
"""文/图: the same people wrote the text and took the pictures."""
_NAME_AND_PICTURES = re.compile(rf"(?<={HAN}{{2}})文\s*[/／]\s*[图摄]\Z")
"""记者 张三文/图, without the blank."""
_PICTURES_BY = re.compile(rf"(?<=\s){HAN}{{2,4}}\s*[/／]\s*(?:[制绘供]?图|摄影?|制表|漫画|编辑|校对)(?=\s|\Z)")
"""李四/图, 李四/制表 or 李四/编辑, behind 张三/文."""
_WRITTEN = re.compile(r"(?:\A|(?<=\s))([^。，：:]{2,30}?)\s*[/／]\s*文\Z")
"""张三/文, for 文/张三."""
_TIME = re.compile(rf"(?:\A|(?<=[^\s（(]\s)){DAY}\s?日?(?:\s\d{{1,2}}[：:]\d{{2}}(?:[：:]\d{{2}})?)?(?=\s|\Z)")
"""发布时间：2022-03-21 09:30"""
_ORIGINAL_TITLE = re.compile(r"(?<![，,；;\s])[，,；;\s]++(?:原文标题|原标题|原文)\s*[：:].*\Z", re.DOTALL)
"""Behind a source: ……，原文标题：《X》."""


def marked(text: str) -> str:
    """A line with ``：`` behind each label, and a blank before it.

    The replacements are functions, since one with a backslash is parsed at each call.
    """
    text = _PADDED.sub(lambda at: at[1] + at[2], _opened(_without_extras(text)))
    text = _SIGNED.sub(" ", _MARK.sub(lambda at: at[1] + "：", text))
    if "）" in text or ")" in text:
        text = _BRACKETED_LABEL.sub(lambda at: f" {at[1]}", text)
    return _GLUED.sub(lambda at: f"{at[1]} {at[2]}：", text)


def _opened(text: str) -> str:
    """A line that begins with its label; each pattern is tried where its first character stands."""
    if text.startswith(_STATEMENTS):
        text = _FROM_ACCOUNT.sub("来源：", text)
    if "原创" in text:
        text = _OWN_WORK.sub(lambda at: f"来源：{at['medium']} ", text)
    if text.startswith(("（", "(")):
        text = _BRACKET_AND_SOURCE.sub(lambda at: at[1] + " ", text)
    if text.endswith(("）", ")")):
        text = _MEDIUM_AND_BRACKET.sub(lambda at: f"{at[1]} {at[2]}", text)
    if "出品" in text:
        text = _MADE_BY.sub(lambda at: at[1], text)
    if "由" in text:
        text = _BY_WHOM.sub("", text)
    if text.startswith(("采访", "策划")):
        text = _JOINED_ROLES.sub("", text)
    return _BOXED.sub(lambda at: at[1] + "：", text) if "【" in text else text


def _without_extras(text: str) -> str:
    """A line without the addresses of home pages and who took the pictures, with 文 for 文/图, and with 文 in front."""
    if "原" in text:
        text = _ORIGINAL_TITLE.sub("", text)
    if "/" in text or "／" in text:
        text = _PICTURES_BY.sub("", text).rstrip()
    if "报道" in text or "发自" in text:
        text = _REPORTED_FROM.sub("", text)
    if "授权" in text:
        text = BY_LEAVE.sub("", text)
    if "图" in text:
        text = _PICTURE_FROM.sub("图片：", text)
    if text.startswith("封面"):
        text = _COVER.sub("图片：", text)
    if "图" in text or "摄" in text:
        text = _NAME_AND_PICTURES.sub("", text)
        text = _WITH_PICTURES.sub(_writer, text)
    text = _WRITTEN.sub(r"文：\1", text) if text.endswith("文") else text
    if "0" in text:
        text = _TIME.sub("", _LICENCE.sub(" ", text)).strip()
    if "记者" in text:
        text = _PADDED_NAME.sub(r"\1\2", text)
        if "驻" in text:
            text = _POSTED.sub(lambda at: at[1], text)
    return _HOME_PAGE.sub("", text) if "." in text else text


def _writer(with_pictures: re.Match[str]) -> str:
    """What stands for 文/图: 文 before a mark or in front of the names, nothing behind them."""
    if with_pictures.string[with_pictures.end() :].lstrip()[:1] in tuple("/／：:丨|｜"):
        return "文"
    return "" if with_pictures.start() else "文："
