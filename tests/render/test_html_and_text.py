"""HTML that no source can break out of, and text in columns."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from sinaparse import Article, Cell, Image, Paragraph, Section, Span, Table
from sinaparse.render import HtmlRenderer
from sinaparse.render.shared import is_sina_picture, web_address
from sinaparse.render.width import display_width, wrap

from . import articles
from .reading import only_known_elements


@settings(max_examples=150, deadline=None)
@given(articles.articles)
def test_nothing_but_known_elements_and_addresses(article: Article) -> None:
    only_known_elements(article.to_html())


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://x.cn/a?b=1&c=2#d", "https://x.cn/a?b=1&c=2#d"),
        (" \x01https://x.cn/a b\t\nc ", "https://x.cn/a%20bc"),
        ("//x.cn/a", "https://x.cn/a"),
        ("HTTP://x.cn", "HTTP://x.cn"),
        ("https://x.cn/中文", "https://x.cn/中文"),
        ('https://x.cn/"<>', "https://x.cn/%22%3C%3E"),
        ("javascript:alert(1)", None),
        ("java\nscript:alert(1)", None),
        ("JAVASCRIPT://x.cn/%0Aalert(1)", None),
        ("\x01javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("https:x.cn", None),
        ("https:///x.cn", None),
        ("https:/\\x.cn", None),
        ("https://sina.com.cn@x.cn/", None),
        ("/a", None),
        ("", None),
        (None, None),
    ],
)
def test_web_address(url: str | None, address: str | None) -> None:
    assert web_address(url) == address


@pytest.mark.parametrize(
    ("url", "sina"),
    [
        ("https://n.sinaimg.cn/a.jpg", True),
        ("http://SINAIMG.CN", True),
        ("https://k.sinaimg.cn:443/x", True),
        ("https://sinaimg.cn.attacker.example/a.jpg", False),
        ("https://notsinaimg.cn/a.jpg", False),
        ("https://x.cn/n.sinaimg.cn/", False),
    ],
)
def test_only_sina_gets_no_referrer(url: str, sina: bool) -> None:
    renderer = HtmlRenderer()
    assert is_sina_picture(url) is sina
    assert ('referrerpolicy="no-referrer"' in renderer.image(Image(url=url), renderer)) is sina


def test_a_page_is_a_page() -> None:
    page = Article(title="<滩涂>").to_html(page=True)
    assert page.startswith('<!DOCTYPE html>\n<html lang="zh-CN">')
    assert "<title>&lt;滩涂&gt;</title>" in page
    assert " style=" not in page


def test_a_blank_source_is_not_written() -> None:
    blank = Article(title="", source="\n")
    nothing = Article(title="")
    assert blank.to_markdown() == nothing.to_markdown()
    assert blank.to_html() == nothing.to_html()
    assert blank.to_text() == nothing.to_text()


def test_a_section_alone() -> None:
    inner = Section(heading="（一）", level=2, blocks=(Paragraph(text='"之后"'),))
    written = HtmlRenderer().section(Section(heading="一、", level=1, sections=(inner,)))
    lines = ["<section>", "<h2>一、</h2>", "<section>", "<h3>（一）</h3>", '<p>"之后"</p>', "</section>", "</section>"]
    assert written.split("\n") == lines


def test_a_stock_link_says_its_symbol() -> None:
    spans = (Span(text="招商", href="https://finance.sina.com.cn/a", symbol="sh600036"), Span(text="银行", bold=True))
    html = Article(title="", sections=(Section(blocks=(Paragraph(text="招商银行", spans=spans),)),)).to_html()
    assert '<a href="https://finance.sina.com.cn/a" data-symbol="sh600036">招商</a><strong>银行</strong>' in html


# --- text ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("退潮之后", 4, ["退潮", "之后"]),
        ("退潮之后。", 8, ["退潮之", "后。"]),
        ("退潮“之后”", 6, ["退潮", "“之后”"]),
        ("the tide goes out", 8, ["the tide", "goes out"]),
        ("abcdefgh", 3, ["abc", "def", "gh"]),
        ("同比增长12.5%", 10, ["同比增长", "12.5%"]),
        ("a\n\nb", 9, ["a", "", "b"]),
        ("退潮", 1, ["退", "潮"]),
        ("退潮\u3000之后\u3000 ", 6, ["退潮\u3000", "之后\u3000"]),
    ],
)
def test_wrap(text: str, width: int, lines: list[str]) -> None:
    assert wrap(text, width) == lines


def test_display_width() -> None:
    assert [display_width(text) for text in ("a", "中", "（", "ｱ", "e\u0301", "\u200b", "“")] == [1, 2, 2, 1, 1, 0, 1]


def test_a_table_in_columns() -> None:
    rows = (
        (Cell(text="分组", rowspan=2), Cell(text="收入", colspan=2)),
        (Cell(text="亿元"), Cell(text="增长（%）")),
        (Cell(text="矿业"), Cell(text="1108.3"), Cell(text="17.5")),
        (Cell(text="注：本表中的分项之和可能与总计略有出入。", colspan=3),),
    )
    table = Table(caption="表1", rows=rows)
    text = Article(title="", sections=(Section(blocks=(table,)),)).to_text()
    assert (
        text.splitlines()
        == [
            "",
            "",
            "表1",
            "分组  收入",
            "      亿元    增长（%）",
            "矿业  1108.3  17.5",
            "注：本表中的分项之和可能与总计略有出入。",
        ][2:]
    )
