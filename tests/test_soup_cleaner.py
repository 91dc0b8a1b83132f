"""Cleaners over BeautifulSoup: what they do is done to the body and recorded, and nothing else changes."""

from __future__ import annotations

import functools
import os
import pickle
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup, Comment, Tag
from bs4.element import NavigableString, ProcessingInstruction
from lxml import etree

import sinaparse
from sinaparse import Body, Inspection, Parser, Pipeline, Removal, default_cleaners
from support import front_matter

EXPORTS = Path(__file__).parent / "fixtures" / "exports"
CORPUS = os.environ.get("SINAPARSE_CORPUS")
FILES = [*sorted(EXPORTS.glob("*.md")), *(sorted(Path(CORPUS).rglob("*.md")) if CORPUS else [])]

HEAD = (
    front_matter("灯塔看守人的账本")
    + """<div>
<p cms-style="font-L">　　灯塔的账本从一九六三年记起。</p>
"""
)
LINE = HEAD.count("\n") + 1
"""The line on which the mark-up under test begins."""
TAIL = '\n<p cms-style="font-L">　　最后一页只写了两个字：天晴。</p>\n</div>\n'
FIRST, LAST = "灯塔的账本从一九六三年记起。", "最后一页只写了两个字：天晴。"

Work = Callable[[BeautifulSoup], object]


def soup_cleaner(work: Work, name: str = "mine") -> sinaparse.Cleaner:
    @sinaparse.soup_cleaner(name)
    def clean(soup: BeautifulSoup) -> None:
        work(soup)

    return clean


def inspected(html: str, *cleaners: sinaparse.Cleaner, strict: bool = False) -> Inspection:
    """An export with this mark-up after some cleaners; checks that the books balance."""
    inspection = Parser(strict=strict, cleaners=Pipeline(cleaners)).inspect(HEAD + html + TAIL)
    assert [problem for problem in inspection.problems if problem.code == "cleaner-failed"] == []
    assert inspection.coverage.unaccounted == ()
    removed = sum(len(squash(removal.text)) for removal in inspection.removals if removal.visible)
    assert inspection.coverage.removed_chars == removed
    assert inspection.coverage.kept_chars + removed == total(HEAD + html + TAIL)
    return inspection


def total(source: str | bytes) -> int:
    coverage = Parser(strict=False, cleaners=Pipeline()).inspect(source).coverage
    assert coverage.unaccounted == ()
    return coverage.kept_chars + coverage.removed_chars


def done(html: str, work: Work, *cleaners: sinaparse.Cleaner) -> Inspection:
    return inspected(html, *cleaners, soup_cleaner(work))


def squash(text: str) -> str:
    return "".join(text.split())


def paragraphs(inspection: Inspection) -> list[str]:
    """The texts between the first and the last."""
    texts = [paragraph.text for paragraph in inspection.unwrap().paragraphs]
    assert (texts[0], texts[-1]) == (FIRST, LAST)
    return texts[1:-1]


def taken(inspection: Inspection) -> list[tuple[int | None, str]]:
    """Line, counted from where the mark-up under test begins, and text of what was visible."""
    return [(line(removal), removal.text) for removal in inspection.removals if removal.visible]


def line(removal: Removal) -> int | None:
    return None if removal.line is None else removal.line - LINE


def entries(inspection: Inspection) -> Counter[str]:
    return Counter(removal.model_dump_json() for removal in inspection.removals)


def p(text: str) -> str:
    return f'<p cms-style="font-L">　　{text}</p>'


# --- taking out ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("way", ["decompose", "extract", "clear", "replace_with"])
def test_a_block_is_taken_out(way: str) -> None:
    def work(soup: BeautifulSoup) -> None:
        tag = soup.select_one("div.ad")
        assert tag is not None
        getattr(tag, way)()

    inspection = done(f'{p("潮位一米二。")}\n<div class="ad"><p>灯油<b>打折</b></p></div>\n{p("风力三级。")}', work)
    assert paragraphs(inspection) == ["潮位一米二。", "风力三级。"]
    assert taken(inspection) == [(1, "灯油打折")]
    (removal,) = inspection.removals
    assert (removal.cleaner, removal.reason) == ("mine", "taken out by a soup cleaner")


def test_the_text_after_what_is_taken_out_stays() -> None:
    inspection = done("<p>他写道：<b>（略）</b>雾散了，<i>（同上）</i>船来了。</p>", lambda soup: drop(soup, "b, i"))
    assert paragraphs(inspection) == ["他写道：雾散了，船来了。"]
    assert [text for _, text in taken(inspection)] == ["（略）", "（同上）"]


def drop(soup: BeautifulSoup, selector: str) -> None:
    for tag in soup.select(selector):
        if not tag.decomposed:
            tag.decompose()


def test_lines_of_removals() -> None:
    html = '<p>甲\n\n乙<b>丙</b>\n<i\n  title="x"\n>丁</i></p>\n<div\n class="ad">\n戊</div>\n<!-- 己\n -->\n<p>庚</p>'
    inspection = done(html, lambda soup: drop(soup, "b, i, div.ad"))
    assert taken(inspection) == [(2, "丙"), (3, "丁"), (6, "戊")]


def test_lines_of_texts() -> None:
    html = "<p>甲\n\n乙<b>丙</b>\n丁</p>\n己\n<!-- 一\n二 -->\n庚\n<p>辛</p>"

    def work(soup: BeautifulSoup) -> None:
        for text in soup.find_all(string=["\n丁", "\n己\n", "\n庚\n", "辛"]):
            text.extract()
        for text in soup.find_all(string="甲\n\n乙"):
            text.replace_with("甲\n\n")

    assert taken(done(html, work)) == [(2, "乙"), (3, "丁"), (4, "己"), (7, "庚"), (8, "辛")]


def test_what_is_inside_what_is_taken_out_is_one_removal() -> None:
    html = '<div class="ad"><p>一</p><table><tr><td>二</td></tr></table><img src="https://x.cn/1.jpg"><!-- 三 --></div>'
    inspection = done(html, lambda soup: drop(soup, "div.ad, div.ad p, div.ad table"))
    (removal,) = inspection.removals
    assert (removal.text, removal.media) == ("一二", ("https://x.cn/1.jpg",))
    assert inspection.unwrap().images == ()


def test_a_picture_is_taken_out_of_a_paragraph() -> None:
    inspection = done('<p>甲<img src="https://x.cn/1.jpg">乙</p>', lambda soup: drop(soup, "img"))
    assert paragraphs(inspection) == ["甲乙"]
    assert [removal.media for removal in inspection.removals] == [("https://x.cn/1.jpg",)]


def test_everything_in_an_element_is_taken_out() -> None:
    html = '<p>甲<b>乙</b><img src="https://x.cn/1.jpg">丙<!-- 丁 --><style>p{}</style></p>'

    def work(soup: BeautifulSoup) -> None:
        soup("p")[1].clear()

    inspection = done(html, work)
    assert paragraphs(inspection) == []
    assert Counter((removal.text, removal.media, removal.visible) for removal in inspection.removals) == Counter(
        [("甲乙丙", (), True), ("", ("https://x.cn/1.jpg",), True), ("丁", (), False), ("p{}", (), False)]
    )


def test_tables_and_videos_go_along() -> None:
    html = (
        '<div class="x"><p>甲</p><table><tr><td>乙</td></tr></table><video src="https://x.cn/v.mp4"></video>'
        '<img src="https://n.sinaimg.cn/a/1.jpg"></div><p>丙</p>'
    )
    inspection = done(html, lambda soup: drop(soup, "div.x"))
    assert paragraphs(inspection) == ["丙"]
    assert inspection.unwrap().tables == ()
    assert inspection.unwrap().videos == ()
    assert inspection.unwrap().images == ()
    assert [removal.media for removal in inspection.removals if removal.media] == [("https://n.sinaimg.cn/a/1.jpg",)]


def test_comments_and_styles() -> None:
    def work(soup: BeautifulSoup) -> None:
        for text in soup.find_all(string=lambda text: isinstance(text, Comment)):
            text.extract()
        for tag in soup("style"):
            tag.string = ""

    inspection = done("<!-- 潮汐表 -->\n<style>p{color:red}</style>" + p("无事。"), work)
    assert [(removal.text, removal.visible, line(removal)) for removal in inspection.removals] == [
        ("潮汐表", False, 0),
        ("p{color:red}", False, 1),
    ]


def test_styles_are_no_text_of_the_soup() -> None:
    seen: list[str] = []
    done("<style>p{}</style><!-- 注 --><script>var a;</script><p>无事。</p>", lambda soup: seen.append(soup.get_text()))
    assert squash(seen[0]) == squash(FIRST + "无事。" + LAST)


def empty(soup: BeautifulSoup) -> None:
    soup.clear()


def test_the_whole_body_is_taken_out() -> None:
    inspection = Parser(cleaners=Pipeline([soup_cleaner(empty)])).inspect(HEAD + p("无事。") + TAIL)
    assert [problem.code for problem in inspection.problems if problem.severity == "error"] == ["body-missing"]


@pytest.mark.parametrize("also", [[], ["乙"]])
def test_a_block_that_is_gone_still_parts_lines(also: list[str]) -> None:
    def work(soup: BeautifulSoup) -> None:
        for text in soup.find_all(string=also):
            text.extract()
        drop(soup, "div.ad")

    inspection = done('甲<b></b>乙<div class="ad">灯油</div>丙', work)
    assert paragraphs(inspection) == ["甲" if also else "甲乙", "丙"]


# --- changing texts -----------------------------------------------------------------------------------------------


def set_string(selector: str, change: Callable[[str], str]) -> Work:
    def work(soup: BeautifulSoup) -> None:
        for tag in soup.select(selector):
            tag.string = change(tag.get_text())

    return work


@pytest.mark.parametrize(
    ("old", "new", "removed"),
    [
        ("巡灯员老周上岗。", "巡灯员上岗。", ["老周"]),
        ("巡灯员老周上岗。", "巡灯员老李上岗。", ["周"]),
        ("一更，二更，三更", "一更二更三更", ["，", "，"]),
        ("一更，二更，三更", "全换掉。", ["一更，二更，三更"]),
        ("一更，二更，三更", "　　一更，二更，  三更", []),
        ("一更，二更，三更", "", ["一更，二更，三更"]),
        ("二更", "一更，二更，三更", [""]),
    ],
)
def test_only_what_differs_is_removed(old: str, new: str, removed: list[str]) -> None:
    inspection = done(f"<div class='fl'>{old}</div>", set_string("div.fl", lambda _: new))
    assert squash("".join(paragraphs(inspection))) == squash(new)
    texts = [removal.text for removal in inspection.removals]
    assert Counter(text for text in texts if text) == Counter(text for text in removed if text)
    reasons = {removal.reason for removal in inspection.removals}
    assert reasons <= {"taken out by a soup cleaner", "replaced by a soup cleaner", "put in by a soup cleaner"}


def test_put_in_counts_nowhere() -> None:
    inspection = done("<p>二更</p>", set_string("p:nth-of-type(2)", lambda text: f"一更，{text}，三更"))
    assert paragraphs(inspection) == ["一更，二更，三更"]
    assert inspection.coverage.removed_chars == 0
    assert [(removal.text, removal.visible, removal.reason) for removal in inspection.removals] == [
        ("", False, "put in by a soup cleaner")
    ] * 2


def test_a_string_over_several_elements() -> None:
    """The bold run goes, its text does not."""
    inspection = done(
        "<p>甲<b>乙</b>丙<i>丁</i></p>", set_string("p:nth-of-type(2)", lambda text: text.replace("丙", "三"))
    )
    assert paragraphs(inspection) == ["甲乙三丁"]
    assert taken(inspection) == [(0, "丙")]
    assert [span.bold for paragraph in inspection.unwrap().paragraphs[1:2] for span in paragraph.spans] == [False]


def test_several_changes_in_one_paragraph() -> None:
    html = "<p>辰时<b>（一）</b>开灯，<a href='https://x.cn/'>巳时</a>关灯，<i>午时</i>擦镜，未时歇。</p>"

    def work(soup: BeautifulSoup) -> None:
        drop(soup, "b")
        for tag in soup("a"):
            tag.unwrap()
        for tag in soup("i"):
            tag.string = "正午"
        for text in soup.find_all(string="擦镜，未时歇。"):
            text.replace_with(text.replace("未时", "下午"))

    inspection = done(html, work)
    assert paragraphs(inspection) == ["辰时开灯，巳时关灯，正午擦镜，下午歇。"]
    assert [text for _, text in taken(inspection)] == ["（一）", "时", "未时"]


def test_an_element_is_replaced_by_a_text() -> None:
    def work(soup: BeautifulSoup) -> None:
        for tag in soup.select("b"):
            tag.replace_with("[注]")

    inspection = done("<p>甲<b>（编者按）</b>乙</p>", work)
    assert paragraphs(inspection) == ["甲[注]乙"]
    (removal,) = inspection.removals
    assert (removal.text, removal.reason) == ("（编者按）", "replaced by a soup cleaner")


def test_an_element_is_replaced_by_another() -> None:
    def work(soup: BeautifulSoup) -> None:
        for tag in soup.select("div.ad"):
            tag.replace_with(soup.new_tag("p", string="此处原有广告。"))

    inspection = done(f'{p("甲")}<div class="ad"><p>灯油</p><p>打折</p></div>{p("乙")}', work)
    assert paragraphs(inspection) == ["甲", "此处原有广告。", "乙"]
    assert taken(inspection) == [(0, "灯油打折")]


def test_new_elements() -> None:
    def work(soup: BeautifulSoup) -> None:
        heading = soup.new_tag("h2", string="第二本")
        soup("p")[1].insert_before(heading)
        soup("p")[1].append(soup.new_tag("b", string="（待续）"))
        soup("p")[1].append(soup.new_tag("img", src="https://x.cn/new.jpg"))
        soup("p")[1].append(Comment(" 记号 "))

    inspection = done(p("潮位一米二。"), work)
    article = inspection.unwrap()
    assert article.headings == ((1, "第二本"),)
    assert "潮位一米二。（待续）" in article.text
    assert [image.url for image in article.images] == ["https://x.cn/new.jpg"]
    assert inspection.coverage.removed_chars == 0


def test_a_copy_of_an_element_is_new() -> None:
    """So that is how something is moved: out here, and a copy in there."""

    def work(soup: BeautifulSoup) -> None:
        first, second = soup("p")[1:3]
        twin = BeautifulSoup(str(first), "html.parser")
        first.decompose()
        second.insert_after(twin)

    inspection = done(f'<p>甲<img src="https://x.cn/1.jpg"></p>\n{p("乙")}', work)
    assert paragraphs(inspection) == ["乙", "甲"]
    assert [image.url for image in inspection.unwrap().images] == ["https://x.cn/1.jpg"]
    assert taken(inspection) == [(0, "甲")]


def test_long_texts_are_compared_at_their_ends_only() -> None:
    old, new = "潮涨" * 20_000, "潮落" * 20_000
    inspection = done(f"<p>头{old}尾</p>", set_string("p:nth-of-type(2)", lambda _: f"头{new}尾"))
    assert paragraphs(inspection) == [f"头{new}尾"]
    assert inspection.coverage.removed_chars == len(old) - 1


# --- elements made something else ---------------------------------------------------------------------------------


def test_unwrap() -> None:
    def work(soup: BeautifulSoup) -> None:
        for tag in soup.select("b, i, a"):
            tag.unwrap()

    html = "<p>甲<b>乙<i>丙</i>丁</b>戊<a href='https://x.cn/'></a>己</p>"
    inspection = done(html, work)
    assert paragraphs(inspection) == ["甲乙丙丁戊己"]
    assert taken(inspection) == []
    assert len(inspection.unwrap().paragraphs[1].spans) == 1


def test_unwrap_and_smooth() -> None:
    def work(soup: BeautifulSoup) -> None:
        for tag in soup("b"):
            tag.unwrap()
        soup.smooth()

    inspection = done("<p>甲<b>乙</b>丙</p>", work)
    assert paragraphs(inspection) == ["甲乙丙"]
    assert taken(inspection) == []


def test_unwrapped_table() -> None:
    def work(soup: BeautifulSoup) -> None:
        for tag in soup.select("table, tr, td"):
            tag.unwrap()

    inspection = done("<table><tr><td>潮位</td></tr></table>", work)
    assert inspection.unwrap().tables == ()
    assert "潮位" in inspection.unwrap().text
    assert inspection.coverage.removed_chars == 0


def test_wrap() -> None:
    def work(soup: BeautifulSoup) -> None:
        for tag in soup("p")[1:2]:
            tag.wrap(soup.new_tag("blockquote"))
        for text in soup.find_all(string="乙"):
            text.wrap(soup.new_tag("strong"))

    inspection = done("<p>甲</p><p>丙乙丁</p><p>前<i>乙</i>后</p>", work)
    article = inspection.unwrap()
    assert [block.kind for block in article.blocks] == ["paragraph", "quote", "paragraph", "paragraph", "paragraph"]
    assert [(span.text, span.bold) for span in article.paragraphs[2].spans] == [
        ("前", False),
        ("乙", True),
        ("后", False),
    ]
    assert inspection.removals == ()


def test_siblings_are_put_together_in_order() -> None:
    def work(soup: BeautifulSoup) -> None:
        first, second = soup("p")[1:3]
        for node in list(second.contents):
            first.append(node)
        second.unwrap()

    inspection = done("<p>甲<b>乙</b></p>\n<p>丙<b>丁</b></p>", work)
    assert paragraphs(inspection) == ["甲乙丙丁"]
    assert taken(inspection) == []


@pytest.mark.parametrize(("selector", "names"), [("p", "<p> and"), ("b", "<b> and '最后一页")])
def test_moving_is_an_error(selector: str, names: str) -> None:
    def work(soup: BeautifulSoup) -> None:
        div = soup.select_one("div")
        assert div is not None
        div.append(soup.select(selector)[-2].extract())

    source = HEAD + "<p>甲<b>乙</b>丙<b>丁</b></p>" + TAIL
    parser = Parser(cleaners=Pipeline([soup_cleaner(work)]))
    with pytest.raises(sinaparse.CleanerError, match=f"{names}.*changed places") as caught:
        parser.parse(source)
    assert isinstance(caught.value.__cause__, sinaparse.BodyError)
    lenient = Parser(strict=False, cleaners=Pipeline([soup_cleaner(work)])).inspect(source)
    assert paragraphs(lenient) == ["甲乙丙丁"]
    assert [problem.code for problem in lenient.problems] == ["cleaner-failed"]


def test_attributes_and_names() -> None:
    html = '<p class="k a" title="他说&quot;好&quot;">甲</p><p id="x" align="center">乙</p><div class="ad">丙</div>'
    trees: list[str] = []

    def work(soup: BeautifulSoup) -> None:
        assert soup("p")[1]["class"] == ["k", "a"]
        assert soup("p")[1]["title"] == '他说"好"'
        soup("p")[1]["title"] = "<&\"'>"
        del soup("p")[2]["align"]
        soup("p")[2]["data-n"] = "1"
        ad = soup.select_one("div.ad")
        assert ad is not None
        ad.name = "p"
        ad["class"] = "f_st fl"

    inspection = inspected(html, soup_cleaner(work), watch(trees))
    assert paragraphs(inspection) == ["甲", "乙", "丙"]
    assert (
        '<p class="k a" title="&lt;&amp;&quot;\'&gt;">甲</p><p id="x" data-n="1">乙</p><p class="f_st fl">丙</p>'
        in trees[0]
    )
    assert inspection.removals == ()


def watch(trees: list[str]) -> sinaparse.Cleaner:
    @sinaparse.cleaner("watch")
    def look(body: Body) -> None:
        trees.append(etree.tostring(body.root, encoding="unicode"))

    return look


def test_a_picture_with_another_address() -> None:
    def work(soup: BeautifulSoup) -> None:
        for tag in soup("img"):
            tag["src"] = "https://x.cn/large.jpg"

    inspection = done('\n<p><img src="https://x.cn/small.jpg" alt="灯塔"></p>', work)
    assert [image.url for image in inspection.unwrap().images] == ["https://x.cn/large.jpg"]
    (removal,) = inspection.removals
    assert (removal.media, line(removal)) == (("https://x.cn/small.jpg",), 1)


def test_a_picture_that_is_none_any_more() -> None:
    def work(soup: BeautifulSoup) -> None:
        for tag in soup("img"):
            tag.name = "span"

    inspection = done('<p>甲<img src="https://x.cn/1.jpg">乙</p>', work)
    assert inspection.unwrap().images == ()
    assert [removal.media for removal in inspection.removals] == [("https://x.cn/1.jpg",)]


def test_a_style_that_is_one_no_more() -> None:
    def work(soup: BeautifulSoup) -> None:
        for tag in soup("style"):
            tag.name = "p"

    inspection = done("<style>甲乙</style>" + p("丙"), work)
    assert paragraphs(inspection) == ["甲乙", "丙"]
    assert inspection.coverage.removed_chars == 0


def test_what_can_not_be_put_in() -> None:
    def work(soup: BeautifulSoup) -> None:
        soup.append(ProcessingInstruction("sinaparse-removed 0"))

    inspection = Parser(cleaners=Pipeline([soup_cleaner(work)])).inspect(HEAD + TAIL)
    (problem,) = [problem for problem in inspection.problems if problem.severity == "error"]
    assert problem.code == "cleaner-failed"
    assert "a ProcessingInstruction can't be put into a body" in problem.message


def test_control_characters_can_not_be_put_in() -> None:
    inspection = Parser(cleaners=Pipeline([soup_cleaner(lambda soup: soup.append("\x00"))])).inspect(HEAD + TAIL)
    assert "cleaner-failed" in {problem.code for problem in inspection.problems}


# --- every kind of mark-up ----------------------------------------------------------------------------------------

MARKUP = [
    "<p>甲&lt;乙&gt;&amp;&nbsp;丙&#x2014;丁&ldquo;戊&rdquo;</p>",
    "<p>甲<br>乙<br/>丙</p>",
    '<p title="他说&quot;好&quot;" alt=\'a "b" c\'>甲</p>',
    '<p><img src="https://x.cn/1.jpg" alt="甲"乙"丙" id=0></p>',
    "<table><caption>潮位</caption><tr><th colspan=2>甲</th></tr><tr><td>乙</td><td>丙<br>丁</td></tr></table>",
    "<ul><li>甲</li><li>乙<ol><li>丙</li></ol></li></ul>",
    "<blockquote><p>甲</p></blockquote>",
    "<!-- 甲 -- 乙 --><p><!---->丙</p>",
    "<style>p > a {}</style><script>if (a < b && c) {}</script>",
    "甲<p>乙</p>丙",
    "<p>甲<o:p></o:p>乙</p>",
    "<p>  甲  <b> 乙 </b>\n\n<i>\t丙</i>　</p>",
    '<div class="img_wrapper"><img src="https://x.cn/1.jpg"><span class="img_descr">甲</span></div>',
    '<div class="video-2017" id="videoList0"></div>',
    '<video poster="https://x.cn/1.jpg" src="https://x.cn/1.mp4"></video>',
    "<pre>甲\n  乙</pre><textarea>丙</textarea>",
    "<font><p>甲<font>乙</p></font>丙",
]


def nothing(soup: BeautifulSoup) -> None:
    """Does nothing."""


@pytest.mark.parametrize("html", MARKUP)
def test_what_is_left_alone_stays_as_it_is(html: str) -> None:
    """To the last blank, also where something else is taken out: then the tree is as after Body.remove."""
    before: list[str] = []
    after: list[str] = []
    changed: list[str] = []
    untouched = inspected(html, watch(before), soup_cleaner(nothing))
    inspected(html, soup_cleaner(nothing), watch(after))
    assert after == before
    assert untouched.removals == ()

    def work(soup: BeautifulSoup) -> None:
        soup("p")[0].decompose()

    @sinaparse.cleaner("the-same")
    def the_same(body: Body) -> None:
        body.remove(body.select("p")[0], reason="first")

    by_soup = inspected(html, soup_cleaner(work), watch(changed))
    by_body = inspected(html, the_same, watch(changed))
    assert changed[0] == changed[1]
    assert by_soup.article == by_body.article
    assert [removal.line for removal in by_soup.removals] == [removal.line for removal in by_body.removals]


def add_footer(soup: BeautifulSoup) -> None:
    soup.append("页脚")


@pytest.mark.parametrize("html", MARKUP)
@pytest.mark.parametrize("way", ["decompose", "unwrap", "string", "texts", "smooth"])
def test_the_books_balance_for_every_kind_of_markup(html: str, way: str) -> None:
    def work(soup: BeautifulSoup) -> None:
        for tag in soup.select("div > *"):
            if way == "decompose":
                tag.decompose()
            elif way == "string":
                tag.string = "新" + tag.get_text()[1:]
            elif way == "unwrap":
                tag.unwrap()
        if way == "texts":
            for text in soup.find_all(string=True):
                if type(text) is NavigableString and text.strip():
                    text.replace_with(f"又{text[: len(text) // 2]}")
        if way == "smooth":
            soup.smooth()

    inspected(html, soup_cleaner(add_footer, "footer"), soup_cleaner(work))  # so that something is left


# --- with other cleaners ------------------------------------------------------------------------------------------


@sinaparse.cleaner("fog")
def fog(body: Body) -> None:
    """Words of the fog go, or are others."""
    for node in body.select("p"):
        body.replace_text(node, "大雾", "能见度低", reason="reworded")
    for node in body.select("b.fog"):
        body.remove(node, reason="fog")


FOGGY = "<p>晨起<b class='fog'>（雾）</b>点灯，大雾不散，午后<i>大雾</i>才开。</p>"


def test_marks_of_earlier_removals_are_not_in_the_soup() -> None:
    seen: list[str] = []
    inspection = inspected(FOGGY, fog, soup_cleaner(lambda soup: seen.append(str(soup("p")[1]))))
    assert seen == ["<p>晨起点灯，能见度低不散，午后<i>能见度低</i>才开。</p>"]
    assert paragraphs(inspection) == ["晨起点灯，能见度低不散，午后能见度低才开。"]
    assert [(removal.cleaner, removal.text) for removal in inspection.removals] == [
        ("fog", "大雾"), ("fog", "大雾"), ("fog", "（雾）"),
    ]  # fmt: skip


SECOND: dict[str, tuple[Work, list[str]]] = {
    "take out the paragraph": (lambda soup: soup("p")[1].extract(), []),
    "take out its texts": (lambda soup: [node.extract() for node in list(soup("p")[1].contents)], []),
    "change what was put in": (
        lambda soup: [text.replace_with("看不远") for text in soup.find_all(string="能见度低")],
        ["晨起点灯，看不远不散，午后看不远才开。"],
    ),
    "take out what was put in": (
        lambda soup: [text.extract() for text in soup.find_all(string="能见度低")],
        ["晨起点灯，不散，午后才开。"],
    ),
    "set the string": (
        lambda soup: setattr(soup("p")[1], "string", soup("p")[1].get_text().replace("点灯", "开灯")),
        ["晨起开灯，能见度低不散，午后能见度低才开。"],
    ),
    "unwrap": (lambda soup: soup("i")[0].unwrap(), ["晨起点灯，能见度低不散，午后能见度低才开。"]),
    "wrap what was put in": (
        lambda soup: [text.wrap(soup.new_tag("b")) for text in soup.find_all(string="能见度低")],
        ["晨起点灯，能见度低不散，午后能见度低才开。"],
    ),
    "put in before what was put in": (
        lambda soup: [text.insert_before("确实") for text in soup.find_all(string="能见度低")],
        ["晨起点灯，确实能见度低不散，午后确实能见度低才开。"],
    ),
    "change what is around": (
        lambda soup: [text.replace_with("起床后点灯，") for text in soup.find_all(string="点灯，")],
        ["晨起起床后点灯，能见度低不散，午后能见度低才开。"],
    ),
}


@pytest.mark.parametrize("what", SECOND)
def test_after_another_cleaner(what: str) -> None:
    work, expected = SECOND[what]
    inspection = inspected(FOGGY, fog, soup_cleaner(work))
    assert paragraphs(inspection) == expected
    assert Counter(removal.text for removal in inspection.removals if removal.cleaner == "fog") == Counter(
        ["大雾", "大雾", "（雾）"]
    )


@pytest.mark.parametrize("what", SECOND)
def test_before_another_cleaner(what: str) -> None:
    work, _ = SECOND[what]
    last = soup_cleaner(lambda soup: drop(soup, "b, i"), "last")
    inspected(FOGGY, fog, soup_cleaner(work), last)
    inspected(FOGGY, soup_cleaner(lambda soup: soup("b")[0].replace_with("大雾"), "first"), fog, last)


def test_default_cleaners_know_what_a_soup_cleaner_left() -> None:
    """A paragraph that it emptied is an empty paragraph, though that cleaner had its turn before."""

    def work(soup: BeautifulSoup) -> None:
        for text in soup.find_all(string=lambda text: isinstance(text, Comment)):
            text.extract()

    pipeline = default_cleaners().then(soup_cleaner(work))
    inspection = Parser(cleaners=pipeline).inspect(HEAD + "<p><!-- 潮汐表 --></p>\n<p></p>" + TAIL)
    assert sorted((line(removal), removal.cleaner) for removal in inspection.removals) == [
        (0, "empty-paragraph"),
        (0, "mine"),
        (1, "empty-paragraph"),
    ]


# --- what it is ---------------------------------------------------------------------------------------------------


@sinaparse.soup_cleaner("no-second-line")
def no_second_line(soup: BeautifulSoup) -> None:
    """Takes the second paragraph.

    For no reason.
    """
    for tag in soup("p")[1:2]:
        tag.decompose()


@sinaparse.soup_cleaner("plainer")
def plainer(soup: BeautifulSoup) -> None:
    """No bold runs, no dashes."""
    for tag in soup(["b", "strong"]):
        tag.unwrap()
    for text in soup.find_all(string=True):
        if type(text) is NavigableString and "，" in text:
            text.replace_with(text.replace("，", "、"))


@sinaparse.cleaner("no-third-line")
def no_third_line(body: Body) -> None:
    """Takes the third paragraph."""
    for node in body.select("p")[2:3]:
        body.remove(node, reason="third")


@sinaparse.cleaner("colons")
def colons(body: Body) -> None:
    """No wide colons."""
    body.replace_text(body.root, "：", ":", reason="narrow")


do_nothing = sinaparse.soup_cleaner("do-nothing")(nothing)


def test_it_is_a_cleaner() -> None:
    assert isinstance(no_second_line, sinaparse.Cleaner)
    assert no_second_line.name == "no-second-line"
    assert no_second_line.summary == "Takes the second paragraph."
    assert pickle.loads(pickle.dumps(no_second_line)) is no_second_line
    pipeline = default_cleaners().then(no_second_line, plainer)
    assert pickle.loads(pickle.dumps(pipeline)) == pipeline


def test_a_local_one_does_not_travel() -> None:
    with pytest.raises(sinaparse.PipelineError, match="define the function at the top of a module"):
        pickle.dumps(soup_cleaner(nothing))


def test_an_exception_of_the_function_is_its_own() -> None:
    def work(soup: BeautifulSoup) -> None:
        raise LookupError(soup.name)

    with pytest.raises(sinaparse.CleanerError) as caught:
        Parser(cleaners=Pipeline([soup_cleaner(work)])).parse(HEAD + TAIL)
    assert isinstance(caught.value.__cause__, LookupError)
    assert caught.value.cleaner == "mine"


def test_only_those_pay_who_use_it() -> None:
    code = (
        "import sys, sinaparse\n"
        "sinaparse.soup_cleaner('x')(lambda soup: None)\n"
        f"sinaparse.Parser().parse({HEAD + TAIL!r})\n"
        "assert 'bs4' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


def test_deep_nesting_is_no_matter_here() -> None:
    """The limit of depth is found by the reader, not by a stack overflow before it."""
    deep = "<div>" * 1_500 + "甲" + "</div>" * 1_500
    inspection = Parser(cleaners=Pipeline([soup_cleaner(lambda soup: soup.append("乙"))])).inspect(HEAD + deep + TAIL)
    assert [problem.code for problem in inspection.problems if problem.severity == "error"] == ["limit-depth"]


# --- on whole exports ---------------------------------------------------------------------------------------------


@functools.cache
def source(path: Path) -> bytes:
    return path.read_bytes()


each_file = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)


@each_file
def test_one_that_does_nothing_leaves_every_article_equal(path: Path) -> None:
    for base in (default_cleaners(), Pipeline()):
        plain = Parser(cleaners=base).inspect(source(path))
        for pipeline in (base.then(do_nothing), Pipeline([do_nothing, *base])):
            inspection = Parser(cleaners=pipeline).inspect(source(path))
            assert inspection.article == plain.article
            assert entries(inspection) == entries(plain)
            assert inspection.coverage == plain.coverage
            assert sorted(map(str, inspection.problems)) == sorted(map(str, plain.problems))


@each_file
@pytest.mark.parametrize("where", ["first", "last", "alone"])
def test_two_cleaners_in_each_style(path: Path, where: str) -> None:
    mine = (no_second_line, colons, plainer, no_third_line)
    pipeline = {
        "first": Pipeline([*mine, *default_cleaners()]),
        "last": default_cleaners().then(*mine),
        "alone": Pipeline(mine),
    }[where]
    inspection = Parser(strict=False, cleaners=pipeline).inspect(source(path))
    coverage = inspection.coverage
    assert inspection.article is not None or {problem.code for problem in inspection.problems} >= {"body-missing"}
    assert coverage.unaccounted == ()
    if inspection.article is not None:
        assert coverage.kept_chars + coverage.removed_chars == total(source(path))
        text = inspection.article.text
        assert "，" not in text
        assert "：" not in text


def change_something(soup: BeautifulSoup, rnd: random.Random) -> None:
    """One of the things that can be done to one of the nodes."""
    node: Any = rnd.choice(list(soup.descendants))
    way = rnd.choice(
        ["extract", "new", "wrap", "smooth", "comment", "unwrap", "clear", "string", "insert", "name", "text"]
    )
    if way == "extract":
        node.extract()
    elif way == "new":
        node.insert_before(soup.new_tag(rnd.choice(["p", "b", "div"]), string="新添的"))
    elif way == "wrap":
        node.wrap(soup.new_tag(rnd.choice(["b", "div", "blockquote"])))
    elif way == "smooth":
        soup.smooth()
    elif way == "comment":
        node.insert_after(Comment("记号"))
    elif type(node) is NavigableString:
        node.replace_with(node[::2] + rnd.choice(["", "换"]))
    elif not isinstance(node, Tag):
        node.replace_with("原有注释")
    elif way in ("unwrap", "clear"):
        getattr(node, way)()
    elif way == "string":
        node.string = node.get_text()[rnd.randrange(3) :]
    elif way == "insert":
        node.insert(rnd.randrange(3), "添了几个字")
    elif way == "name":
        node.name = rnd.choice(["p", "span", "div"])


@pytest.mark.parametrize("seed", range(150))
def test_whatever_they_do_the_books_balance(seed: int) -> None:
    rnd = random.Random(seed)  # noqa: S311 only to try many things
    path = rnd.choice(FILES[:60])

    def mess(salt: int) -> Work:
        def work(soup: BeautifulSoup) -> None:
            mine = random.Random(salt)  # noqa: S311 the same when it is run again
            for _ in range(mine.randrange(1, 6)):
                if soup.contents:
                    change_something(soup, mine)

        return work

    mine = [soup_cleaner(mess(rnd.randrange(1_000_000)), f"mess-{number}") for number in range(3)]
    pipeline = rnd.choice([Pipeline(mine), default_cleaners().then(*mine), Pipeline([mine[0], fog, *mine[1:]])])
    inspection = Parser(strict=False, cleaners=pipeline).inspect(source(path))
    codes = {problem.code for problem in inspection.problems}
    assert "cleaner-failed" not in codes
    assert inspection.coverage.unaccounted == ()
    if inspection.article is not None:
        assert inspection.coverage.kept_chars + inspection.coverage.removed_chars == total(source(path))
