"""Markdown as people see it in an editor: what is escaped, what is not, and how parts are replaced."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sinaparse import Article, Cell, Image, Item, ItemList, Paragraph, Quote, Section, Span, Table, Video
from sinaparse.render import HtmlRenderer, MarkdownRenderer, TextRenderer

RENDERER = MarkdownRenderer()


def article(*blocks: Paragraph | Image | Table | Video | ItemList) -> Article:
    return Article(title="滩涂", sections=(Section(blocks=blocks),))


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("同比-3.2%，R&D投入1.5亿元。", "同比-3.2%，R&D投入1.5亿元。"),
        ("-3.2%", "-3.2%"),
        ("- 减", "\\- 减"),
        ("1. 一", "1\\. 一"),
        ("1.2万亿", "1.2万亿"),
        ("1．一", "1．一"),
        ("2) 二", "2\\) 二"),
        ("#话题#", "\\#话题#"),
        (">>查看", "\\>>查看"),
        ("a\n---", "a  \n&#45;--"),
        ("a\n=", "a  \n&#61;"),
        ("a|b\n:-|-", "a|b  \n&#58;-|-"),
        ("关于<回购>的议案", "关于&lt;回购>的议案"),
        ("AT&amp;T", "AT&amp;amp;T"),
        ("a*b_c`d[e]\\", "a\\*b\\_c\\`d\\[e\\]\\\\"),
        ("3~5天", "3~5天"),
        ("3~5天，6~8天", "3&#126;5天，6&#126;8天"),
        ("{{ page }}", "&#123;&#123; page }}"),
        ("\u3000\u3000退潮\u3000之后 ", "&#12288;&#12288;退潮\u3000之后&#32;"),
        ("a\n\nb", "a<br><br>b"),
        ("a\x00b", "a\ufffdb"),
    ],
)
def test_escapes(text: str, written: str) -> None:
    assert RENDERER.paragraph(Paragraph(text=text), RENDERER) == written


@pytest.mark.parametrize(
    ("before", "bold", "after", "written"),
    [
        ("", "重点", "：内容", "**重点**：内容"),
        ("", "重点：", "内容", "<strong>重点：</strong>内容"),
        ("", "重点：", "“内容”", "**重点：**“内容”"),
        ("他说", "“内容”", "。", "他说<strong>“内容”</strong>。"),
        ("", "重点：", "", "**重点：**"),
        ("前", " 重点 ", "后", "前 **重点** 后"),
        ("前", "  ", "后", "前  后"),
        ("", "3%+", "增", "<strong>3%+</strong>增"),
    ],
)
def test_bold_opens_and_closes(before: str, bold: str, after: str, written: str) -> None:
    spans = (Span(text=before), Span(text=bold, bold=True), Span(text=after))
    block = Paragraph(text=before + bold + after, spans=spans)
    assert RENDERER.paragraph(block, RENDERER) == written


def test_links() -> None:
    spans = (
        Span(text="见!"),
        Span(text="公[告]", href="https://x.cn/a_(1) 2"),
        Span(text="坏", href="javascript:alert(1)"),
    )
    written = "见\\![公\\[告\\]](https://x.cn/a\\_\\(1\\)%202)坏"
    assert RENDERER.paragraph(Paragraph(text="见!公[告]坏", spans=spans), RENDERER) == written


def test_a_table_repeats_spans_or_is_html() -> None:
    table = Table(caption="表1", rows=((Cell(text="a|b", colspan=2),), (Cell(text="1\n2"), Cell(text="{{x}}"))))
    assert (
        RENDERER.table(table, RENDERER) == "**表1**\n\n| a\\|b | a\\|b |\n| --- | --- |\n| 1<br>2 | &#123;&#123;x}} |"
    )
    html = MarkdownRenderer(tables="html")
    written = html.table(table, html)
    assert '<td colspan="2">a|b</td>' in written
    assert "<td>&#123;&#123;x}}</td>" in written
    assert "\n\n" not in written


def test_an_address_with_what_looks_like_a_reference() -> None:
    spans = (Span(text="看", href="https://x.cn/?a=1&copy;=2&b=3"),)
    assert RENDERER.paragraph(Paragraph(text="看", spans=spans), RENDERER) == "[看](https://x.cn/?a=1&amp;copy;=2&b=3)"


def test_one_tilde_in_each_run_is_two_in_the_paragraph() -> None:
    spans = (Span(text="3~5天", bold=True), Span(text="，6~8天"))
    written = RENDERER.paragraph(Paragraph(text="3~5天，6~8天", spans=spans), RENDERER)
    assert written == "**3&#126;5天**，6&#126;8天"


def test_front_matter_folds_no_line() -> None:
    title = "the tide goes out " * 20
    assert f"title: {title.strip()}\n" in MarkdownRenderer(front_matter=True).render(Article(title=title.strip()))


def test_tildes_in_a_heading() -> None:
    section = Section(heading="3~5天，6~8天", level=1, blocks=())
    assert RENDERER.heading(section, RENDERER) == "## 3&#126;5天，6&#126;8天"
    assert RENDERER.heading(section.model_copy(update={"heading": "3~5天"}), RENDERER) == "## 3~5天"


def test_quotations_are_written_by_the_writer_of_paragraphs() -> None:
    mine = replace(RENDERER, paragraph=lambda block, renderer: f"{renderer.tables}: {block.text}")
    block = Quote(paragraphs=(Paragraph(text="退潮"), Paragraph(text="之后")))
    assert mine.quote(block, mine) == "> pipe: 退潮\n>\n> pipe: 之后"


def test_lists_side_by_side_stay_two() -> None:
    lists = [ItemList(items=(Item(text="甲"), Item(text="乙", depth=3))), ItemList(items=(Item(text="丙"),))]
    assert article(*lists).to_markdown() == "# 滩涂\n\n- 甲\n    - 乙\n\n<!-- -->\n\n- 丙\n"


def test_an_item_may_be_empty() -> None:
    items = ItemList(items=(Item(text=""), Item(text="甲"), Item(text="", depth=1)))
    assert article(items).to_markdown() == "# 滩涂\n\n-\n- 甲\n    -\n"


def test_a_writer_can_be_replaced() -> None:
    def shortcode(block: Image, _: MarkdownRenderer) -> str:
        return f'{{{{< figure src="{block.url}" >}}}}'

    picture = Image(url="https://n.sinaimg.cn/1.jpg", caption="堤上")
    renderer = MarkdownRenderer(image=shortcode)
    assert renderer.render(article(picture)) == '# 滩涂\n\n{{< figure src="https://n.sinaimg.cn/1.jpg" >}}\n'
    nothing = replace(renderer, image=lambda *_: "")
    assert nothing.render(article(picture)) == "# 滩涂\n"


@pytest.mark.parametrize("renderer", [MarkdownRenderer, HtmlRenderer, TextRenderer])
def test_without_pictures(renderer: type[MarkdownRenderer | HtmlRenderer | TextRenderer]) -> None:
    blocks = (
        Image(url="https://n.sinaimg.cn/1.jpg", caption="堤上"),
        Video(title="赶海", url="https://video.sina.com.cn/1.html", poster="https://n.sinaimg.cn/2.jpg"),
    )
    written = renderer(images=False).render(article(*blocks))
    assert "jpg" not in written
    assert "堤上" not in written
    assert "赶海" in written
