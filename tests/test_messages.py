"""What is said about an export, word for word: ``fixtures/messages.txt``, as compilers' tests keep what they print.

A message is wrong when it names the wrong line, quotes another place or gives a reason that is not the one: so all of it
is compared, for the exports of ``fixtures/invalid``, for those of ``fixtures/exports``, and for the small ones below. Visible
removals are there as well, since their reasons and texts are read by people, too. ``SINAPARSE_REGENERATE=1 pytest
tests/test_messages.py`` writes what is said now: read the difference before you keep it. With the variable set a test
fails, whatever the file holds.
"""

from __future__ import annotations

import functools
import json
from pathlib import Path

import pytest

import test_fixtures
import test_invalid
from sinaparse import Parser
from sinaparse.inspection import Inspection
from sinaparse.problems import report
from support import front_matter, regenerate

FIXTURES = Path(__file__).parent / "fixtures"
FILE = FIXTURES / "messages.txt"

GOOD = front_matter("渡口的船为什么停了") + "<div>\n<p>　　清早的渡口没有人。</p>\n</div>\n"
DATE = "Thu, 17 Feb 2022 03:15:53 GMT"
TITLE = "'渡口的船为什么停了'"
LINE = "<p>　　清早的渡口没有人。</p>\n"


def dated(date: str) -> str:
    return GOOD.replace(DATE, date)


def titled(title: str) -> str:
    return GOOD.replace(TITLE, title)


def extra(text: str) -> str:
    """More front matter, on line 4 of the file."""
    return GOOD.replace("categories:", f"{text}\ncategories:")


def body(markup: str) -> str:
    """More in the body, from line 14 of the file on."""
    return GOOD.replace(LINE, LINE + markup + "\n")


VIDEO = "<!--mce-plugin-videoList2{}mce-plugin-videoList2-->"

SMALL: dict[str, str | bytes] = {
    "a wrong weekday": dated("Fri, 17 Feb 2022 03:15:53 GMT"),
    "a wrong weekday in another shape": dated("fri 17 February 2022 11:15:53 +0800"),
    "a date in another shape": dated("17 February 2022 11:15:53 +0800"),
    "a date with the year in front": dated("2022/03/04 11:15:53 +0800"),
    "a date without a zone": dated("2022-02-17 11:15:53"),
    "a day that is not": dated("Thu, 31 Feb 2022 03:15:53 GMT"),
    "a date of two readings": dated("03/04/2022 11:15:53 +0800"),
    "a date without its day": dated("February 2022 11:15:53 +0800"),
    "a zone of two places": dated("17 February 2022 11:15:53 CST"),
    "a date that never ends": dated("17 February 2022 11:15:53 +0800 " + "0" * 200),
    "a date with a lone surrogate": dated("17 February 2022 \ud800 11:15"),
    "GB18030": GOOD.encode("gb18030"),
    "UTF-16": GOOD.encode("utf-16"),
    "a byte that fits nowhere": GOOD.encode().replace("没有人".encode(), b"\xff\xfe\xff"),
    "mostly control characters": b"\x01\x02\x03\x04" * 20 + GOOD.encode()[:40],
    "lone surrogates": GOOD.replace("清早", "清\ud800早").replace("没有", "\udfff"),
    "control characters": GOOD.replace("清早", "清\x01早\x02").replace("没有", "&#3;"),
    "control characters in a title": titled("'渡\x01口\x02'"),
    "a key twice": extra("heard: 一\nheard: 二"),
    "a key twice where YAML fails": extra("mood: [\nauthor: 甲"),
    "a tag": extra("mood: !weather 晴"),
    "a tag of a list": extra("mood: !weather [晴]"),
    "a list in itself": extra("mood: &a [*a]"),
    "an alias of what can't be kept": extra("a: &a [!weather 晴]\nb:\n  - 一\n  - *a\nc: *a"),
    "an alias that is a key twice": extra("a: &a [晴]\nb:\n  *a : 一\n  *a : 二"),
    "a list of values where one is wanted": GOOD.replace("author: 新浪财经", "author: [甲]").replace(DATE, "{}"),
    "aliases that grow": extra("a: &a [" + "晴, " * 4000 + "]\nb: [" + "*a, " * 20 + "]"),
    "brackets in brackets": extra("a: " + "[" * 60 + "]" * 60),
    "brackets beyond what YAML looks ahead": extra("a: " + "[" * 3000),
    "an unknown alias": extra("a: *b"),
    "a quotation that stays open": extra("a: 'b\nc: 'd'"),
    "a second document": extra("...\n--- {}\na: b"),
    "a tab before a key": extra("a: b\n\tc: d"),
    "no mapping but a list": "---\n- 一\n---\n<div>\n<p>一</p>\n</div>\n",
    "a barred category": GOOD.replace(" - 金融", " - | 金融"),
    "two barred categories in free order": GOOD.replace(" - 金融", "  - |  金融\n  - | | 渡口").replace(
        "author", "b: 1\nauthor"
    ),
    "a title quoted too often": titled('""\'渡口\'""'),
    "a title with both quotes": titled("'渡口的'\"船\"'停了'"),
    "a title on two lines": titled("渡口的船: 为什么\n  停了"),
    "a title that is a list": titled("[一, 二]"),
    "categories that are one": GOOD.replace("categories:\n - 金融\n - 新浪财经", "categories: 新浪财经"),
    "no front matter but text": "\n\n渡口\n" + GOOD,
    "the body is missing": GOOD.partition("<div>")[0],
    "another class": body('<p class="tide">潮</p>\n<div class="tide moon">月</div>'),
    "broken attributes": body('<p "class="a">潮</p>'),
    "an address that is undefined": body(
        '<img src="undefined">\n<a href="https://finance.sina.com.cn/undefined">潮</a>'
    ),
    "unknown elements": body(
        "<aside>潮水</aside>\n<nav>\n<p>月亮</p></nav>\n<form><img src='https://n.sinaimg.cn/a.png'></form>\n<canvas></canvas>"
    ),
    "a video whose brackets stay open": body(VIDEO.format('[{"videos":[]')),
    "a video that is no list": body(VIDEO.format('[{"video":1}]')),
    "a video that is no JSON": body(VIDEO.format("[{x}]")),
    "a cell in a span": body("<table><tr><td>一<td rowspan=2>二</tr>\n<tr><td colspan=2>三</tr></table>"),
    "rows of several widths": body("<table><tr><td>一<td>二</tr>\n<tr><td>三</tr><tr><td>四<td>五<td>六</tr></table>"),
    "a comment that stays open": body("<p>潮</p>\n<!-- 月\n<p>云</p>"),
    "a comment in a comment": body("<p>潮</p>\n<!-- 月 <!-- 星 -->"),
    "a style that stays open": body("<style>\np { color: red }\n<p>潮</p>"),
    "text that stays raw": body("<p>潮</p>\n<textarea>月\n<p>云</p>"),
    "a division that stays open": GOOD.replace("</div>", ""),
    "a division within that stays open": body("<div>\n<p>潮</p>"),
    "what the editor left": body("<p>潮#####filter1#####水</p>\n<p>#####filter2#####</p>"),
    "words in angle brackets": body("<p>关于<回购>与<股份>的</p>\n<p><回购>与<HuiGou>、<huigou x></p>"),
    "a frame that ends early": body("<p>潮</p></body></html>\n<p>月</p>"),
    "nothing of Sina's": "---\ntitle: 一\ncategories:\n - 二\nauthor: 三\ndate: 2022-02-17 11:15:53\n---\n<p>四</p>\n",
    "promotion": body(
        "<p>海量资讯、精准解读，尽在新浪财经APP</p>\n"
        '<iframe src="//x.cn"></iframe>\n<style>p { color: red }</style>\n<p> </p>\n<span id="quote_sh600519">+1%</span>\n'
    ),
}


def inspect(name: str) -> Inspection:
    """What is found in one of the exports."""
    kind, _, stem = name.partition("/")
    if kind == "exports":
        return test_fixtures.inspect(stem)
    if kind == "invalid":
        return test_invalid.parser(stem, strict=True).inspect(test_invalid.source(stem))
    return Parser(strict=False).inspect(SMALL[name])


NAMES = [f"{path.parent.name}/{path.stem}" for path in sorted(FIXTURES.glob("[ei]*/*.json"))] + list(SMALL)


def said(inspection: Inspection) -> str:
    """The problems as they are reported, then the removals."""
    removals = [
        f"{removal.line}: {removal.cleaner}: {removal.reason}: {' '.join((json.dumps(removal.text, ensure_ascii=False), *removal.media))}"
        for removal in inspection.removals
        if removal.visible
    ]
    return "\n".join([report(inspection.problems), *removals])


@functools.cache
def written() -> dict[str, str]:
    return dict(part.split("\n", 1) for part in FILE.read_text(encoding="utf-8").split("\n\n"))


@pytest.mark.parametrize("name", NAMES)
def test_what_is_said(name: str) -> None:
    assert said(inspect(name)) == written()[f"== {name}"]


def test_nothing_is_said_of_what_is_gone() -> None:
    assert list(written()) == [f"== {name}" for name in NAMES]


def test_regeneration_is_off() -> None:
    regenerate({FILE: lambda: "\n\n".join(f"== {name}\n{said(inspect(name))}" for name in NAMES)})
