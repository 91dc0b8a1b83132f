"""The working tree: what cleaners may do with a body, and how a text becomes one; the ledger balances whatever they do."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import lxml.html
import pytest
from lxml import etree

import sinaparse
from sinaparse import Body, BodyError, CleanerError, Inspection, Limits, Parser, Pipeline, default_cleaners
from sinaparse.body import Lines
from support import front_matter

HEAD = front_matter("渔港的称")
FIRST = HEAD.count("\n") + 1
"""The line on which the body begins."""

BEFORE = '<p cms-style="font-L">　　渔港的称换了三次。</p>'
AFTER = '<p cms-style="font-L">　　如今谁也不看它。</p>'

Clean = Callable[[Body], None]


def squash(text: str) -> str:
    return re.sub(r"[\s\u3000\u00a0\u200b\ufeff]+", "", text)


def visible(body: str) -> str:
    """The visible characters of a body, read without any of the parser's code."""
    reader = lxml.html.HTMLParser(huge_tree=True, remove_comments=True)
    root = lxml.html.document_fromstring(f"<html><body>{body}</body></html>", parser=reader)
    texts: Any = root.xpath("//text()[not(ancestor::style)][not(ancestor::script)]")
    return squash("".join(texts))


def mine(clean: Clean) -> sinaparse.Cleaner:
    @sinaparse.cleaner("mine")
    def cleaner(body: Body) -> None:
        clean(body)

    return cleaner


def cleaned(html: str, clean: Clean, base: Pipeline | None = None) -> Inspection:
    """An export whose body is this and nothing else, after one cleaner; checks that the books balance."""
    pipeline = (default_cleaners() if base is None else base).then(mine(clean))
    inspection = Parser(cleaners=pipeline).inspect(HEAD + html)
    if inspection.article is None:
        inspection.unwrap()
    coverage = inspection.coverage
    assert coverage.unaccounted == ()
    assert coverage.kept_chars + coverage.removed_chars == len(visible(html))
    return inspection


def around(html: str) -> str:
    return f"<div>\n{BEFORE}\n{html}\n{AFTER}\n</div>\n"


def texts(inspection: Inspection) -> list[str]:
    return [paragraph.text for paragraph in inspection.unwrap().paragraphs]


def between(inspection: Inspection) -> list[str]:
    """The paragraphs between the first and the last."""
    first, *found, last = texts(inspection)
    assert (first, last) == ("渔港的称换了三次。", "如今谁也不看它。")
    return found


def seen(html: str, look: Callable[[Body], object]) -> Any:
    """What a cleaner sees that is alone."""
    found: list[object] = []

    def clean(body: Body) -> None:
        found.append(look(body))

    cleaned(html, clean, Pipeline())
    return found[0]


# --- looking ------------------------------------------------------------------------------------------------------

PAGE = around(
    '<div class="img_wrapper"><img src="https://n.sinaimg.cn/a/1.jpg" alt><span class="img_descr">老秤</span></div>\n'
    '<p id="x">一<b class="fl">二</b><!-- 三 -->四<style>p{color:red}</style>五<script>var 六;</script></p>七'
)


def test_select_gives_elements_in_document_order() -> None:
    assert seen(PAGE, lambda body: [node.tag for node in body.select("b.fl, img, p#x")]) == ["img", "p", "b"]
    assert seen(PAGE, lambda body: len(body.select("p"))) == 3
    assert seen(PAGE, lambda body: body.select("p > i")) == []
    assert seen(PAGE, lambda body: len(body.select("div > p:first-child"))) == 1


def test_xpath_gives_whatever_the_expression_says() -> None:
    assert seen(PAGE, lambda body: [node.tag for node in body.xpath(".//p/b")]) == ["b"]
    assert seen(PAGE, lambda body: list(body.xpath(".//img/@src"))) == ["https://n.sinaimg.cn/a/1.jpg"]
    assert seen(PAGE, lambda body: body.xpath("count(.//p)")) == 3.0
    assert seen(PAGE, lambda body: body.xpath("boolean(.//table)")) is False


def test_comments_are_in_document_order() -> None:
    html = around("<p>一<!--甲--></p><!--乙--><table><tr><!--丙--><td>二<!--丁--></td></tr></table>")
    assert seen(html, lambda body: [node.text for node in body.comments()]) == ["甲", "乙", "丙", "丁"]


def test_text_is_what_a_reader_sees() -> None:
    assert seen(PAGE, lambda body: body.text(body.select("p")[1])) == "一二四五"
    assert seen(PAGE, lambda body: body.text(body.select("b")[0])) == "二"
    assert seen(PAGE, lambda body: body.text(body.select("style")[0])) == ""
    assert seen(PAGE, lambda body: body.text(body.comments()[0])) == ""
    assert seen(PAGE, lambda body: squash(body.text(body.root))) == visible(PAGE)


def test_text_leaves_styles_as_they_were() -> None:
    def look(body: Body) -> str | None:
        (style,) = body.select("style")
        body.text(body.root)
        text: str | None = style.text
        return text

    assert seen(PAGE, look) == "p{color:red}"


@pytest.mark.parametrize(
    ("html", "blank"),
    [
        ("<p></p>", True),
        ("<p> \u3000\u00a0\u200b\ufeff\n</p>", True),
        ("<p><b><i> </i></b><br></p>", True),
        ("<p><b></b>\u200b<br>\ufeff</p>", True),
        ("<p></p>后文", True),  # the text after it is not in it
        ("<p>。</p>", False),
        ("<p><b></b>。</p>", False),
        ("<p><b>。</b></p>", False),
        ("<p><!-- x --></p>", False),
        ('<p><img src="https://n.sinaimg.cn/a/1.jpg"></p>', False),
        ("<p><video></video></p>", False),
    ],
)
def test_is_blank(html: str, blank: bool) -> None:
    assert seen(around(html), lambda body: body.is_blank(body.select("p")[1])) is blank


def test_is_blank_of_what_was_emptied() -> None:
    def look(body: Body) -> bool:
        node = body.select("p")[1]
        body.remove(node[0], reason="test")
        return body.is_blank(node)

    assert seen(around("<p> <b></b> </p>"), look) is True


def test_has() -> None:
    def look(body: Body) -> list[bool]:
        outer, inner = body.select("p")[1], body.select("b")[0]
        found = [body.has(outer), body.has(inner), body.has(body.comments()[0])]
        body.remove(outer, reason="test")
        return [*found, body.has(outer), body.has(inner), body.has(body.select("p")[1])]

    assert seen(PAGE, look) == [True, True, True, False, False, True]
    foreign: Any = etree.fromstring("<p/>")
    assert seen(PAGE, lambda body: body.has(foreign)) is False


def test_has_the_root() -> None:
    assert seen(PAGE, lambda body: body.has(body.root)) is True


# --- lines --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
def test_lines_are_lines_of_the_file(end: str) -> None:
    body = (
        "<div>\n"
        f"{BEFORE}\n"
        "<p>一</p>\n"
        "\n"
        '<p\n   class="fl"\n>二</p>\n'
        "<!-- 三\n四\n五 -->\n"
        "<p>六\n<b>七</b></p>\n"
        "<ul\n><li>八</li>\n</ul>\n"
        "</div>\n"
    )
    lines: dict[str, int | None] = {}

    def look(found: Body) -> None:
        paragraphs = found.select("p")
        lines.update({f"p{number}": found.line(node) for number, node in enumerate(paragraphs)})
        lines["comment"] = found.line(found.comments()[0])
        lines.update({node.tag: found.line(node) for node in found.select("b, ul, li")})

    inspection = Parser(cleaners=default_cleaners().then(mine(look))).inspect((HEAD + body).replace("\n", end))
    assert inspection.article is not None, inspection.problems
    want = {"p0": 1, "p1": 2, "p2": 4, "comment": 7, "p3": 10, "b": 11, "ul": 12, "li": 13}
    assert lines == {name: FIRST + number for name, number in want.items()}


def test_removals_have_the_line_on_which_they_begin() -> None:
    html = '<div>\n<p>一</p>\n<p\n class="fl"\n>二</p>\n<!-- 三\n四 -->\n<b>五</b>尾\n</div>'

    def clean(body: Body) -> None:
        for node in (*body.select("p.fl, b"), *body.comments()):
            body.remove(node, reason="test")

    inspection = cleaned(html, clean)
    assert [(removal.text, removal.line) for removal in inspection.removals] == [
        ("二", FIRST + 2),
        ("三 四", FIRST + 5),
        ("五", FIRST + 7),
    ]


def test_a_replaced_text_has_the_line_of_its_element() -> None:
    html = around("<p>一</p>\n<p\n id='x'>水尺</p>")
    inspection = cleaned(html, lambda body: body.replace_text(body.root, "水尺", "标尺", reason="new word"))
    found = [(removal.text, removal.line, removal.reason) for removal in inspection.removals]
    assert found == [("水尺", FIRST + 3, "new word")]


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ('<p\nid="1">一</p>\n<p>二</p>', 10),
        ('<P\nid="1">一</P>\n<p>二</p>', 10),
        ("<p>一</p>\n<p>二</p>\n<p>三</p>", 11),
        ('<p\nid="1">一</p>', 10),
    ],
)
def test_a_start_tag_begins_on_its_own_line(text: str, begins: int) -> None:
    """libxml2 knows the line on which it ends, which is the second of the text here."""
    assert Lines(text, 10).begin("p", 11) == begins


def test_lines_behind_the_last_that_libxml2_knows() -> None:
    """It counts to 65,535; what stands further down has no line rather than a wrong one."""
    html = "<div>\n<p>一</p>" + "\n" * 66_000 + "<p>二</p>\n</div>"
    assert seen(html, lambda body: [body.line(node) for node in body.select("p")]) == [FIRST + 1, None]


# --- remove -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("html", "css", "left", "removed"),
    [
        ("<p>一<b>二</b>三</p>", "b", ["一三"], ["二"]),
        ("<p><b>一</b>二</p>", "b", ["二"], ["一"]),
        ("<p>一<b>二</b></p>", "b", ["一"], ["二"]),
        ("<p>一<b>二</b><i>三</i>四</p>", "b, i", ["一四"], ["二", "三"]),
        ("<p>一<b></b>二</p>", "b", ["一二"], [""]),
        ("<p><b></b>一<b></b>二</p>", "b", ["一二"], ["", ""]),
        ("<p>一</p>二<p>三</p>", "p:nth-of-type(3)", ["一", "二"], ["三"]),
        ("<p>一<b>二<i>三</i>四</b>五</p>", "i, b", ["一五"], ["三", "二四"]),
    ],
)
def test_remove_leaves_the_text_after_a_node(html: str, css: str, left: list[str], removed: list[str]) -> None:
    def clean(body: Body) -> None:
        for node in reversed(body.select(css)):
            body.remove(node, reason="test")

    inspection = cleaned(around(html), clean)
    assert between(inspection) == left
    taken = [removal for removal in inspection.removals if removal.cleaner == "mine"]
    assert sorted(removal.text for removal in taken) == sorted(removed)
    assert {removal.reason for removal in taken} == {"test"}
    assert inspection.coverage.removed_chars == len("".join(removed))


@pytest.mark.parametrize(
    ("html", "left"),
    [
        ("一<div class='fl'>x</div>二", ["一", "二"]),
        ("一<p class='fl'>x</p>二", ["一", "二"]),
        ("一<p class='fl'></p>二", ["一", "二"]),
        ("一<ul class='fl'><li>x</li></ul>二", ["一", "二"]),
        ("一<blockquote class='fl'>x</blockquote>二", ["一", "二"]),
        ("一<table class='fl'><tr><td>x</td></tr></table>二", ["一", "二"]),
        ("一<b class='fl'>x</b>二", ["一二"]),
        ("一<span class='fl'></span>二", ["一二"]),
        ("一<style class='fl'>x</style>二", ["一二"]),
    ],
)
@pytest.mark.parametrize("reading", [True, False], ids=["while reading", "over the tree"])
def test_a_block_element_that_is_removed_still_ends_a_line(html: str, left: list[str], reading: bool) -> None:
    """As it does on the page: what stood before and after it was never one line, whoever takes it out, and when."""

    @sinaparse.node_cleaner("no-fl", "div", "p", "ul", "blockquote", "table", "b", "span", "style", classes={"fl"})
    def no_fl(body: Body, node: sinaparse.Node) -> str | None:  # noqa: ARG001
        return "test"

    pipeline = Pipeline([no_fl]) if reading else Pipeline([no_fl, mine(lambda _: None)])
    inspection = Parser(cleaners=pipeline).inspect(HEAD + around(html))
    assert between(inspection) == left
    assert [removal.cleaner for removal in inspection.removals] == ["no-fl"]


NESTED = around("<p>一<b>二<i>三<u>四</u>五</i>六</b>七</p>")


@pytest.mark.parametrize(
    ("order", "removed"),
    [
        ("biu", ["二三四五六"]),
        ("bui", ["二三四五六"]),
        ("ubi", ["四", "二三五六"]),
        ("uib", ["四", "三五", "二六"]),
        ("iub", ["三四五", "二六"]),
        ("ibu", ["三四五", "二六"]),
    ],
)
def test_nested_removals_in_any_order(order: str, removed: list[str]) -> None:
    """What is gone along with a node around it is not removed again."""

    def clean(body: Body) -> None:
        nodes = {node.tag: node for node in body.select("b, i, u")}
        for tag in order:
            body.remove(nodes[tag], reason=tag)

    inspection = cleaned(NESTED, clean)
    assert between(inspection) == ["一七"]
    assert [removal.text for removal in inspection.removals] == removed
    assert inspection.coverage.removed_chars == 5


def test_remove_twice_is_one_removal() -> None:
    def clean(body: Body) -> None:
        (node,) = body.select("b")
        for _ in range(3):
            body.remove(node, reason="test")

    inspection = cleaned(around("<p>一<b>二</b>三</p>"), clean)
    assert [removal.text for removal in inspection.removals] == ["二"]


def test_remove_inside_something_removed_by_another_cleaner() -> None:
    kept: list[Any] = []

    @sinaparse.cleaner("look")
    def look(body: Body) -> None:
        kept.extend(body.select("b"))

    @sinaparse.cleaner("outer")
    def outer(body: Body) -> None:
        body.remove(body.select("p")[1], reason="outer")

    @sinaparse.cleaner("inner")
    def inner(body: Body) -> None:
        body.remove(kept[0], reason="inner")
        body.unwrap(kept[0])
        body.replace_text(kept[0], "二", "三", reason="inner")

    inspection = Parser(cleaners=Pipeline([look, outer, inner])).inspect(HEAD + around("<p>一<b>二</b></p>"))
    assert inspection.article is not None
    assert [(removal.cleaner, removal.text) for removal in inspection.removals] == [("outer", "一二")]
    assert inspection.coverage.unaccounted == ()


def test_media_go_along() -> None:
    picture, table = '<img src="https://n.sinaimg.cn/a/1.jpg" alt>', "<table><tr><td>一</td></tr></table>"
    html = around(f'<div class="clearfix">{picture}{table}<div class="video-2017"></div>二</div>')
    inspection = cleaned(html, lambda body: body.remove(body.select("div.clearfix")[0], reason="test"))
    assert between(inspection) == []
    (removal,) = inspection.removals
    assert (removal.text, removal.media) == ("一二", ("https://n.sinaimg.cn/a/1.jpg",))
    assert inspection.coverage.unaccounted == ()


def test_hidden_things_are_recorded_and_count_nowhere() -> None:
    def clean(body: Body) -> None:
        for node in (*body.comments(), *body.select("style, p.fl")):
            body.remove(node, reason="test")

    html = around('<!-- 一 --><style>p{}</style><p class="fl"><b></b></p>')
    inspection = cleaned(html, clean, Pipeline())
    assert [(removal.text, removal.visible) for removal in inspection.removals] == [
        ("一", False),
        ("p{}", False),
        ("", False),
    ]
    assert inspection.coverage.removed_chars == 0


def test_everything() -> None:
    """A body in which nothing is left is no article, whoever emptied it."""

    def clean(body: Body) -> None:
        for node in body.root:
            body.remove(node, reason="test")

    inspection = Parser(strict=False, cleaners=Pipeline([mine(clean)])).inspect(HEAD + around("<p>一</p>"))
    assert inspection.article is None
    assert [problem.code for problem in inspection.problems] == ["body-missing"]


# --- what can't be done -------------------------------------------------------------------------------------------


def refused(clean: Clean) -> str:
    """The message of a cleaner that asked for too much."""
    with pytest.raises(CleanerError) as caught:
        Parser(cleaners=Pipeline([mine(clean)])).parse(HEAD + around("<p>一<b>二</b></p>"))
    assert isinstance(caught.value.__cause__, BodyError)
    assert caught.value.cleaner == "mine"
    return str(caught.value.__cause__)


def test_the_root_can_not_be_removed() -> None:
    message = refused(lambda body: body.remove(body.root, reason="test"))
    assert "'mine'" in message
    assert "root" in message
    assert "root" in refused(lambda body: body.unwrap(body.root))
    assert "root" in refused(lambda body: body.remove(body.root.getparent(), reason="test"))


def test_a_foreign_node_can_not_be_removed() -> None:
    foreign: Any = etree.fromstring("<div><p>一</p></div>")
    assert "none of this body" in refused(lambda body: body.remove(foreign[0], reason="test"))
    assert "none of this body" in refused(lambda body: body.unwrap(foreign[0]))
    assert "none of this body" in refused(lambda body: body.replace_text(foreign[0], "一", "二", reason="test"))


def test_a_node_of_another_export_can_not_be_removed() -> None:
    kept: list[Any] = []
    seen(around("<p>一</p>"), lambda body: kept.extend(body.select("p")))
    assert "none of this body" in refused(lambda body: body.remove(kept[0], reason="test"))


# --- unwrap -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("html", "css", "text"),
    [
        ("<p>一<b>二</b>三</p>", "b", "一二三"),
        ("<p><b>一</b>二</p>", "b", "一二"),
        ("<p>一<b>二</b></p>", "b", "一二"),
        ("<p>一<b></b>二</p>", "b", "一二"),
        ("<p>一<b><i>二</i></b>三</p>", "b", "一二三"),
        ("<p>一<b>二<i>三</i>四</b>五</p>", "b", "一二三四五"),
        ("<p>一<b>二<i>三</i>四<u>五</u></b>六</p>", "b", "一二三四五六"),
        ("<p>一<i>二</i>三<b>四</b>五<u>六</u>七</p>", "b", "一二三四五六七"),
        ("<p>一<i>二</i>三<b>四<s>五</s>六</b>七<u>八</u>九</p>", "b", "一二三四五六七八九"),
        ("<p>一<b>二</b><b>三</b>四<b>五</b>六</p>", "b", "一二三四五六"),
        ("<p>一<b>二<b>三</b>四</b>五</p>", "b", "一二三四五"),
        ("<p>一<b>二<!-- x -->三</b>四</p>", "b", "一二三四"),
    ],
)
def test_unwrap_keeps_the_text(html: str, css: str, text: str) -> None:
    def clean(body: Body) -> None:
        for node in body.select(css):
            body.unwrap(node)
        assert body.select(css) == []

    inspection = cleaned(around(html), clean)
    assert between(inspection) == [text]
    assert inspection.removals == ()
    assert not any(span.bold for paragraph in inspection.unwrap().paragraphs for span in paragraph.spans)


def test_unwrap_makes_an_unknown_container_a_known_one() -> None:
    html = around('<div class="mirror-bar">一<p>二</p>三<p>四</p></div>五')
    inspection = cleaned(html, lambda body: body.unwrap(body.select("div.mirror-bar")[0]))
    assert between(inspection) == ["一", "二", "三", "四", "五"]
    assert inspection.problems == ()


@pytest.mark.parametrize(
    ("html", "css", "left", "medium"),
    [
        ("<table><tr><td>一</td><td>二</td></tr></table>", "table", ["一", "二"], "table"),
        ("<video src='v.mp4'>一</video>", "video", ["一"], "video"),
    ],
)
def test_unwrap_of_what_is_content_by_itself_is_a_removal(html: str, css: str, left: list[str], medium: str) -> None:
    """Its text stays; that it was a table or a video stands in the record."""

    def clean(body: Body) -> None:
        (node,) = body.select(css)
        body.unwrap(node)
        assert body.ledger[-1].media == (medium,)

    inspection = cleaned(around(html), clean)
    assert between(inspection) == left
    assert [(removal.cleaner, removal.reason, removal.visible) for removal in inspection.removals] == [
        ("mine", "unwrapped", True)
    ]
    assert inspection.coverage.unaccounted == ()
    assert inspection.coverage.removed_chars == 0


def test_unwrap_with_a_removal_inside_and_beside() -> None:
    def clean(body: Body) -> None:
        for node in body.select("i, u"):
            body.remove(node, reason="test")
        body.unwrap(body.select("b")[0])

    inspection = cleaned(around("<p>一<u>二</u>三<b>四<i>五</i>六</b>七</p>"), clean)
    assert between(inspection) == ["一三四六七"]
    assert inspection.coverage.removed_chars == 2


def test_a_node_that_was_unwrapped_is_gone() -> None:
    def clean(body: Body) -> None:
        (node,) = body.select("b")
        body.unwrap(node)
        assert not body.has(node)
        body.remove(node, reason="test")
        body.unwrap(node)
        body.replace_text(node, "二", "九", reason="test")

    inspection = cleaned(around("<p>一<b>二</b>三</p>"), clean)
    assert between(inspection) == ["一二三"]
    assert inspection.removals == ()


# --- replace_text -------------------------------------------------------------------------------------------------


def replace(old: str, new: str, css: str = "p") -> Clean:
    def clean(body: Body) -> None:
        for node in body.select(css):
            body.replace_text(node, old, new, reason="test")

    return clean


@pytest.mark.parametrize(
    ("html", "old", "new", "text", "times"),
    [
        ("<p>一称二称三</p>", "称", "秤", "一秤二秤三", 2),
        ("<p>称称称</p>", "称", "秤", "秤秤秤", 3),
        ("<p>称一</p>", "称", "", "一", 1),
        ("<p>一称</p>", "称", "", "一", 1),
        ("<p>一称二</p>", "称", "称", "一称二", 1),
        ("<p>一称二</p>", "称", "称称", "一称称二", 1),
        ("<p>一称二</p>", "称", "大称小", "一大称小二", 1),
        ("<p>称<b>称</b>称<i>一</i>称</p>", "称", "秤", "秤秤秤一秤", 4),
        ("<p>称<b>称</b>称</p>", "称", "新称", "新称新称新称", 3),
        ("<p>一<b>二</b>三称<i>四</i>五称</p>", "称", "秤", "一二三秤四五秤", 2),
        ("<p>一<b><i>称</i>二称</b>三称</p>", "称", "秤", "一秤二秤三秤", 3),
        ("<p>老<b>秤</b>砣</p>", "老秤", "新秤", "老秤砣", 0),  # cut by a tag
        ("<p>老秤</p><p>砣</p>", "秤砣", "秤", None, 0),
        ("<p>一二</p>", "称", "秤", "一二", 0),
        ("<p>一二</p>", "", "秤", "一二", 0),
        ("<p>一<!-- 称 -->二<style>称{}</style>三</p>", "称", "秤", "一二三", 0),
        ("<p>一<!-- 称 -->称<style>称{}</style>称</p>", "称", "秤", "一秤秤", 2),
        ("<p>一<style>称{}</style>二<b>称</b></p>", "称", "秤", "一二秤", 1),
        ("<p>AAA</p>", "AA", "B", "BA", 1),
    ],
)  # fmt: skip
def test_replace_text(html: str, old: str, new: str, text: str | None, times: int) -> None:
    """Each occurrence is one removal, of the old text; what is put in counts nowhere."""
    html = around(html)
    inspection = cleaned(html, lambda body: body.replace_text(body.select("div")[0], old, new, reason="test"))
    outside = 1 if old == "称" else 0  # the paragraph before has one, too
    if outside:
        assert texts(inspection)[0] == f"渔港的{new}换了三次。"
    else:
        assert texts(inspection)[0] == "渔港的称换了三次。"
    if text is not None:
        assert texts(inspection)[1:-1] == [text]
    taken = [removal for removal in inspection.removals if removal.cleaner == "mine"]
    assert [removal.text for removal in taken] == [old] * (times + outside)
    assert inspection.coverage.removed_chars == len(old) * (times + outside)
    assert inspection.coverage.kept_chars == len(visible(html)) - len(old) * (times + outside)


def test_replace_text_touches_nothing_but_the_node() -> None:
    html = around("<p>一<b>称</b>称</p>")
    inspection = cleaned(html, replace("称", "秤", "b"))
    assert between(inspection) == ["一秤称"]
    assert texts(inspection)[0] == "渔港的称换了三次。"


def test_replace_text_behind_a_style() -> None:
    html = around("<p>一<style>称{}</style>二<b>称</b></p>")
    inspection = cleaned(
        html, lambda body: body.replace_text(body.select("p")[1], "称", "秤", reason="test"), Pipeline()
    )
    assert between(inspection) == ["一二秤"]


def test_replace_text_at_the_root() -> None:
    html = "<div><p>一称</p>称</div>称"
    inspection = cleaned(html, lambda body: body.replace_text(body.root, "称", "秤", reason="test"))
    assert texts(inspection) == ["一秤", "秤", "秤"]


def test_replace_text_in_captions_cells_items_and_quotes() -> None:
    html = (
        '<div class="img_wrapper"><img src="https://n.sinaimg.cn/a/1.jpg" alt><span class="img_descr">老称</span></div>'
        "<table><caption>称的价钱</caption><tr><td>称</td><td>9</td></tr></table>"
        "<ul><li>台称</li><li>称杆</li></ul><blockquote><p>称在人心。</p></blockquote>"
        '<p class="article-editor">责任编辑：称小花 SF001</p>'
    )
    inspection = cleaned(around(html), lambda body: body.replace_text(body.select("div")[0], "称", "秤", reason="test"))
    article = inspection.unwrap()
    assert "称" not in article.text
    assert article.text.count("秤") == 7
    assert [credit.text for credit in article.credits] == ["责任编辑：秤小花 SF001"]


def test_replace_text_before_a_removal_in_the_same_line() -> None:
    def clean(body: Body) -> None:
        body.replace_text(body.select("p")[1], "二", "两样东西", reason="test")
        body.remove(body.select("b")[0], reason="test")

    inspection = cleaned(around("<p>一二三<b>四</b>五二六</p>"), clean)
    assert between(inspection) == ["一两样东西三五两样东西六"]
    assert inspection.coverage.removed_chars == 3


def test_replace_text_after_a_removal_in_the_same_line() -> None:
    def clean(body: Body) -> None:
        body.remove(body.select("b")[0], reason="test")
        body.replace_text(body.select("p")[1], "二", "两样东西", reason="test")

    inspection = cleaned(around("<p>一二三<b>四</b>五二六</p>"), clean)
    assert between(inspection) == ["一两样东西三五两样东西六"]
    assert inspection.coverage.removed_chars == 3


@pytest.mark.parametrize(
    ("then", "left", "removed"),
    [
        (lambda body: body.replace_text(body.select("p")[1], "标尺", "尺子", reason="test"), ["先看尺子，再看尺子，尺子和闸门都好。"], 6),
        (lambda body: body.replace_text(body.select("p")[1], "标", "", reason="test"), ["先看尺，再看尺，尺和闸门都好。"], 6),
        (lambda body: body.remove(body.select("p")[1], reason="test"), [], 18),
        (lambda body: body.remove(body.select("b")[0], reason="test"), ["先看标尺，，标尺和闸门都好。"], 8),
        (lambda body: body.remove(body.select("i")[0], reason="test"), ["先看标尺，再看标尺，标尺和都好。"], 8),
        (lambda body: body.unwrap(body.select("b")[0]), ["先看标尺，再看标尺，标尺和闸门都好。"], 6),
    ],
    ids=["replace", "replace a part", "remove all", "remove one", "remove another", "unwrap"],
)  # fmt: skip
def test_what_was_put_in_is_changed_again(then: Clean, left: list[str], removed: int) -> None:
    """Of the source each character counts once; the one that was put in counts nowhere, in the article or out of it."""

    def clean(body: Body) -> None:
        body.replace_text(body.select("p")[1], "水尺", "标尺", reason="test")
        then(body)

    inspection = cleaned(around("<p>先看水尺，<b>再看水尺</b>，水尺和<i>闸门</i>都好。</p>"), clean)
    assert between(inspection) == left
    assert inspection.coverage.removed_chars == removed


def test_replace_text_by_two_cleaners() -> None:
    pipeline = Pipeline(
        [sinaparse.cleaner("first")(replace("称", "秤")), sinaparse.cleaner("second")(replace("砣", "锤"))]
    )
    html = around("<p>称和砣。</p>")
    inspection = Parser(cleaners=pipeline).inspect(HEAD + html)
    assert texts(inspection)[1:-1] == ["秤和锤。"]
    assert [(removal.cleaner, removal.text) for removal in inspection.removals] == [
        ("first", "称"),
        ("first", "称"),
        ("second", "砣"),
    ]
    assert inspection.coverage.kept_chars == len(visible(html)) - 3
    assert inspection.coverage.unaccounted == ()


# --- from text to tree: what stands in odd places -----------------------------------------------------------------


def read(body: str, *, strict: bool = False, limits: Limits | None = None) -> Inspection:
    return Parser(strict=strict, limits=limits or Limits()).inspect(HEAD + body)


def codes(inspection: Inspection) -> list[str]:
    return [problem.code for problem in inspection.problems]


def errors(inspection: Inspection) -> list[str]:
    return [problem.code for problem in inspection.problems if problem.severity == "error"]


ODD: dict[str, tuple[str, list[int | str]]] = {
    "text before the first div": (f"前面<div>{BEFORE}</div>", ["前面", 1]),
    "text after the last div": (f"<div>{BEFORE}</div>后面", [1, "后面"]),
    "no div at all": (BEFORE + AFTER, [1, 2]),
    "two divs": (f"<div>{BEFORE}</div><div>{AFTER}</div>", [1, 2]),
    "a stray </div>": (f"<div>{BEFORE}</div>{AFTER}</div>", [1, 2]),
    "five stray </div>": (f"<div>{BEFORE}</div></div></div></div></div>{AFTER}</div>", [1, 2]),
    "</body></html> in the middle": (f"<div>{BEFORE}</div></body></html>{AFTER}尾", [1, 2, "尾"]),
    "</body> in a div": (f"<div>{BEFORE}</body>{AFTER}</div>", [1, 2]),
    "</html> in a paragraph": (f"<div>{BEFORE}<p>一</html>二</p>{AFTER}</div>", [1, "一二", 2]),
    "</BODY ></HTML\n>": (f"<div>{BEFORE}</BODY ></HTML\n>{AFTER}</div>", [1, 2]),
    "</body> twice, and in a comment": (f"<div>{BEFORE}</body><!-- </body> -->{AFTER}</body>尾</div>", [1, 2, "尾"]),
    "a whole page": (f"<html><body class='x'><div>{BEFORE}</div></body></html>", [1]),
    "a page in the page": (f"<div>{BEFORE}<html><body>{AFTER}</body></html>尾</div>", [1, 2, "尾"]),
    "a head": (f"<div>{BEFORE}<head></head>{AFTER}</div>", [1, 2]),
    "stray end tags": (f"<div>{BEFORE}</p></b></span></table></td></li></a>{AFTER}</div>", [1, 2]),
    "a doctype": (f"<!DOCTYPE html><div>{BEFORE}<!DOCTYPE html>{AFTER}</div>", [1, 2]),
    "a processing instruction": (f"<div>{BEFORE}<?php echo 1 ?>{AFTER}</div>", [1, 2]),
    "our own marker": (f"<div>{BEFORE}<?sinaparse-removed 0?>{AFTER}</div>", [1, 2]),
    "CDATA": (f"<div>{BEFORE}<![CDATA[x]]>{AFTER}</div>", [1, 2]),
    "a cell without a table": (f"<div>{BEFORE}<td>一</td>{AFTER}</div>", [1, "一", 2]),
    "an end tag with attributes": (f'<div>{BEFORE}<p>一</p class="x">{AFTER}</div>', [1, "一", 2]),
    "a list that is none of ours": (f"<div>{BEFORE}<menu><li>一<li>二</menu><dir><li>三</dir>{AFTER}</div>", [1, "一", "二", "三", 2]),
    "a menu in a list": (f"<div>{BEFORE}<ul><menu><li>一</li></menu></ul>{AFTER}</div>", [1, "一", 2]),
    "a paragraph in a paragraph": (f"<div>{BEFORE}<p>一<p>二</p>三</p>{AFTER}</div>", [1, "一", "二", "三", 2]),
}  # fmt: skip


@pytest.mark.parametrize("name", ODD)
def test_nothing_is_lost_of_what_stands_in_odd_places(name: str) -> None:
    body, want = ODD[name]
    inspection = read(body)
    known = ("", "渔港的称换了三次。", "如今谁也不看它。")
    assert texts(inspection) == [known[text] if isinstance(text, int) else text for text in want]
    assert inspection.coverage.unaccounted == ()
    assert inspection.coverage.kept_chars == sum(len(text) for text in texts(inspection))
    assert "body-truncated" not in codes(inspection)


@pytest.mark.parametrize("tag", ["section", "article", "main", "header", "footer"])
def test_sections_without_a_name_hold_lines_like_a_division(tag: str) -> None:
    inspection = read(f"<div>{BEFORE}<{tag}><p>一</p>二</{tag}>{AFTER}</div>", strict=True)
    assert texts(inspection) == ["渔港的称换了三次。", "一", "二", "如今谁也不看它。"]
    assert codes(inspection) == []
    named = read(f'<div>{BEFORE}<{tag} class="never-seen"><p>一</p></{tag}>{AFTER}</div>', strict=True)
    assert codes(named) == ["unknown-markup"]


def test_a_title_element_is_text_that_nobody_expected() -> None:
    body = f"<div>{BEFORE}<title>一<b>二</b></title>{AFTER}</div>"
    inspection = read(body)
    assert texts(inspection)[1] == "一<b>二</b>"
    assert codes(inspection) == ["unknown-markup"]
    assert read(body, strict=True).article is None


@pytest.mark.parametrize(
    ("body", "left", "line"),
    [
        (f"<div>\n{BEFORE}\n<!-- 没有合上\n{AFTER}\n</div>", ["渔港的称换了三次。"], 2),
        (f"<div>\n{BEFORE}\n<!-- 没有合上\n{AFTER}\n<!-- 合上了 -->\n{AFTER}\n</div>", ["渔港的称换了三次。", "如今谁也不看它。"], 2),
        (f"<div>\n{BEFORE}\n<style>\n{AFTER}\n</div>", ["渔港的称换了三次。"], 2),
        (f"<div>\n{BEFORE}\n<script>\n{AFTER}\n</div>", ["渔港的称换了三次。"], 2),
    ],
    ids=["comment", "comment up to the next", "style", "script"],
)  # fmt: skip
def test_what_is_not_closed_hides_the_rest_and_is_reported(body: str, left: list[str], line: int) -> None:
    inspection = read(body)
    assert texts(inspection) == left
    (problem,) = [problem for problem in inspection.problems if problem.code == "unclosed-markup"]
    assert problem.line == FIRST + line
    assert "unclosed-markup" in errors(read(body, strict=True))


@pytest.mark.parametrize(
    "html",
    [
        "<style>p{}</style><p>一</p><style>b{}</style>",
        "<!-- 一 --><p>二</p><!-- 三 -->",
        "<div><p>一</p>",  # HTML closes it where the outer one ends
        "<p>一</p></div><div>",
        "<p>#二#</p><p>#filter</p>",
    ],
)
def test_what_is_closed_is_not_reported(html: str) -> None:
    assert codes(read(around(html))) == []


def test_control_characters_are_marked() -> None:
    body = f"<div>{BEFORE}<p>零\0一\x01二\x1b三\x0b四</p>{AFTER}</div>"
    inspection = read(body)
    assert texts(inspection)[1] == "零\ufffd一\ufffd二\ufffd三\ufffd四"
    assert codes(inspection) == ["control-character"]
    assert inspection.coverage.unaccounted == ()
    assert inspection.coverage.kept_chars == sum(len(text) for text in texts(inspection))
    assert read(body, strict=True).article == inspection.article


def test_references_to_control_characters_and_surrogates() -> None:
    inspection = read(
        f"<div>{BEFORE}<p>零&#0;一&#1;二&#xD800;三&#x110000;四&#11;五&bogus;六&amp;七&#128;</p>{AFTER}</div>"
    )
    text = texts(inspection)[1]
    assert re.sub(r"[^零一二三四五六七&]", "", text).replace("&bogus;", "") in (
        "零一二三四五&六&七",
        "零一二三四五六&七",
    )
    assert inspection.coverage.unaccounted == ()
    article = inspection.unwrap()
    assert sinaparse.Article.model_validate_json(article.model_dump_json()) == article


@pytest.mark.parametrize(
    "body", ["<div></div>", "<div>", "</div>", "<", "<!--", "&", "<p>\u3000</p>", "<?x?>", "</body>"]
)
def test_next_to_nothing(body: str) -> None:
    for strict in (True, False):
        inspection = read(body, strict=strict)
        assert inspection.article is not None or errors(inspection)


# --- attributes that hide tags ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ('<p title="a<b>c</b>">一</p>', "一"),
        ("<p title='x>y'>一</p>", "一"),
        ("<p title='</p></div></body>'>一</p>", "一"),
        ("<p title='<!--'>一</p>", "一"),
        ('<p title="<style>">一</p>', "一"),
        ('<p title="<摘要>">一</p>', "一"),
        ("<p title=x'>y'>一</p>", "y'>一"),  # a quotation mark inside an unquoted value is no quotation mark
        ("<p title='一\n二'>一</p>", "一"),
        ('<a href="https://finance.sina.com.cn/?a=<b>&c=>d">一</a>', "一"),
    ],
)
def test_quotation_marks_hide_angle_brackets(html: str, text: str) -> None:
    inspection = read(f"<div>{BEFORE}{html}{AFTER}</div>")
    assert texts(inspection) == ["渔港的称换了三次。", text, "如今谁也不看它。"]
    assert inspection.coverage.unaccounted == ()


# --- limits -------------------------------------------------------------------------------------------------------


DEEP = {
    "div": ("<div>", "</div>"),
    "b": ("<b>", "</b>"),
    "span": ("<span>", "</span>"),
    "quote": ("<blockquote>", "</blockquote>"),
    "section": ("<section>", "</section>"),
    "list": ("<ul><li>", "</li></ul>"),
    "table": ("<table><tr><td>", "</td></tr></table>"),
    "caption": ('<span class="img_descr">', "</span>"),
    "player": ('<div class="J_Play_Item" play-data="1">', "</div>"),
    "video": ('<div class="video-2017">', "</div>"),
    "stock": ('<span id="stock_sh600000">', "</span>"),
}


@pytest.mark.parametrize("kind", DEEP)
@pytest.mark.parametrize("depth", [300, 600])
def test_deep_nesting_is_refused(kind: str, depth: int) -> None:
    start, end = DEEP[kind]
    inspection = read(f"<div>\n{BEFORE}\n{start * depth}底{end * depth}\n{AFTER}\n</div>")
    assert errors(inspection) == ["limit-depth"]
    assert inspection.article is None
    assert [problem.line for problem in inspection.problems if problem.code == "limit-depth"] == [FIRST + 2]


@pytest.mark.parametrize("kind", DEEP)
@pytest.mark.parametrize("depth", [20, 60, 100, 150, 190])
def test_nesting_that_is_less_deep_is_read_or_refused(kind: str, depth: int) -> None:
    start, end = DEEP[kind]
    inspection = read(f"<div>{BEFORE}{start * depth}底{end * depth}{AFTER}</div>")
    if inspection.article is None:
        assert depth > 60
        assert errors(inspection) == ["limit-depth"]
    else:
        assert inspection.coverage.unaccounted == ()
        assert "底" in "".join([inspection.article.text, *(video.title or "" for video in inspection.article.videos)])


@pytest.mark.parametrize("depth", [500, 1_500, 2_500])
@pytest.mark.parametrize("kind", ["div", "table", "list"])
def test_a_higher_limit_of_depth_is_no_way_to_a_traceback(kind: str, depth: int) -> None:
    start, end = DEEP[kind]
    inspection = read(f"<div>{BEFORE}{start * depth}底{end * depth}{AFTER}</div>", limits=Limits(depth=100_000))
    if inspection.article is None:
        assert errors(inspection) in (["limit-depth"], ["body-truncated"])
    else:
        assert inspection.coverage.unaccounted == ()


def test_a_long_paragraph_with_raised_limits() -> None:
    """15 MB of text in one node, which libxml2 gives up on unless it is told not to."""
    count = 5_000_000
    limits = Limits(source_bytes=64 * 1024 * 1024)
    inspection = read(f"<div>{BEFORE}<p>{'长' * count}</p>{AFTER}</div>", limits=limits)
    assert inspection.unwrap().paragraphs[1].text == "长" * count
    assert inspection.coverage.kept_chars == count + len("渔港的称换了三次。如今谁也不看它。")
    assert inspection.coverage.unaccounted == ()


def test_the_same_with_the_usual_limits() -> None:
    assert errors(read(f"<div>{BEFORE}<p>{'长' * 5_000_000}</p></div>")) == ["limit-source"]


LONG_TAGS = {
    "attributes with values": " ".join(f"a{number}=1" for number in range(80_000)),
    "attributes without values": " ".join(f"a{number}" for number in range(80_000)),
    "quoted >": " ".join(f"a{number}='>'" for number in range(80_000)),
    "quoted <": " ".join(f"a{number}='<'" for number in range(40_000)),
    "< in names": " ".join(f"a{number}<" for number in range(40_000)),
    "one value": f"title='{'长' * 5_000}'",
    "one value with tags in it": f"title='{'<b>' * 4_000}'",
    "names in capitals over many lines": "\n".join(f"A{number}='\n>'" for number in range(2_000)),
}


@pytest.mark.parametrize("name", LONG_TAGS)
def test_a_long_start_tag_is_refused_at_once(name: str) -> None:
    """libxml2 compares every attribute with every other: 18 seconds for 80,000."""
    inspection = read(f"<div>\n{BEFORE}\n<p {LONG_TAGS[name]}>一</p>\n{AFTER}\n</div>")
    assert errors(inspection) == ["limit-start-tag"]
    assert [problem.line for problem in inspection.problems] == [FIRST + 2]


@pytest.mark.parametrize(
    "html",
    [
        f"<!-- <p {'a' * 5_000}> -->",
        f"<p>1 < 2 {'字' * 5_000}</p>",
        f"<p>1 <{'字' * 5_000}</p>",
        f"<p title='{'字' * 4_000}'>一</p>",
        f"<p>{'字' * 50_000}</p>",
    ],
    ids=["in a comment", "less than", "less than, closer", "just short enough", "long text"],
)
def test_what_is_no_long_start_tag(html: str) -> None:
    inspection = read(f"<div>{BEFORE}{html}{AFTER}</div>")
    assert errors(inspection) == []
    assert inspection.coverage.unaccounted == ()


@pytest.mark.parametrize(
    "body",
    [
        "<b>" * 40_000,
        "<p>一" * 49_000,
        "<!--" * 40_000,
        "<div a=" * 40_000,
        "<a href='" * 10_000,
        "</p>" * 49_000,
        "&amp;" * 100_000,
        "<style>" * 20_000,
        "<摘要>" * 40_000,
        "<table>" * 20_000,
        "<tr><td>" * 20_000,
        "<li>一" * 40_000,
        "<p>一<br>" * 24_000,
        "<span>" * 150 + "一<b>二</b>" * 20_000,
    ],
    ids=lambda body: body[:12],
)
def test_much_of_the_same_takes_no_long(body: str) -> None:
    """Cost is linear in the size of the file, up to the limits."""
    inspection = read(f"<div>{BEFORE}{body}{AFTER}</div>")
    if inspection.article is None:
        assert errors(inspection)
    else:
        assert inspection.coverage.unaccounted == ()
