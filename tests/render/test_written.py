"""One article with a block of every kind and shape, as each renderer writes it: ``fixtures/rendered/*``, to the last character.

Other tests say what must hold for all articles; here a person has read the result. ``SINAPARSE_REGENERATE=1 pytest
tests/render/test_written.py`` writes the files again: read the difference before you keep it. With the variable set a
test fails, whatever the files hold.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from sinaparse import (
    Article,
    Cell,
    Credit,
    Editor,
    Image,
    Item,
    ItemList,
    Paragraph,
    Quote,
    Section,
    Span,
    Table,
    Video,
)
from sinaparse.models import FrozenDict
from sinaparse.render import HtmlRenderer, MarkdownRenderer, TextRenderer
from support import regenerate

FOLDER = Path(__file__).parents[1] / "fixtures" / "rendered"

PICTURE = "https://n.sinaimg.cn/sinakd/640/a.jpg"
VIDEO = "https://video.sina.com.cn/p/1.html"


def plain(text: str) -> Paragraph:
    return Paragraph(text=text, spans=(Span(text=text),))


def item(text: str, depth: int = 0) -> Item:
    return Item(text=text, spans=(Span(text=text),), depth=depth)


def cells(*texts: str) -> tuple[Cell, ...]:
    return tuple(Cell(text=text) for text in texts)


BOLD = Paragraph(
    text="头一句：渡口的船停了 三天，见公告",
    lead_in="头一句：",
    spans=(
        Span(text="头一句：", bold=True),
        Span(text="渡口的船"),
        Span(text="停了 ", bold=True),
        Span(text="三天，见"),
        Span(text="公告", href="https://finance.sina.com.cn/a_(1).shtml", symbol="sh600036"),
    ),
)
LONGEST_REPEATED = "长" * 100
LONG = "长" * 101

BLOCKS = (
    Section(
        level=0,
        blocks=(
            BOLD,
            plain("3~5天，6~8天\n#话题# 之后\n- 两"),
            plain(" \u3000"),
            Image(url=PICTURE, caption="渡口，\n清早", alt="船", width=640, height=480),
            Image(url=PICTURE, alt="船"),
            Image(url=PICTURE, caption="没有船"),
            Image(url=PICTURE),
            Image(url="javascript:alert(1)", caption="看不到的图"),
            Image(url="javascript:alert(1)"),
        ),
    ),
    Section(
        heading="#一、渡口##",
        level=1,
        blocks=(
            Video(title="船 [动]", url=VIDEO, poster=PICTURE),
            Video(title="船动了", url=VIDEO),
            Video(url="javascript:alert(1)", poster=PICTURE),
            Video(),
        ),
        sections=(
            Section(heading="（一）数字", level=2, blocks=(plain("表在下面。"),)),
            Section(
                heading="（二）表",
                level=2,
                blocks=(
                    Table(
                        caption="表1 | 一月",
                        rows=(
                            (Cell(text="分组", header=True, rowspan=2), Cell(text="收入\n亿元", header=True, colspan=2)),
                            cells("一月", "二月|三月"),
                            cells("渡船", "1.5", "*2*"),
                            (Cell(text="短注", colspan=3),),
                        ),
                    ),
                    Table(rows=((Cell(text=LONGEST_REPEATED, colspan=2),), (Cell(text=LONG, colspan=2),), cells("甲\u3000", "乙"))),
                    Table(rows=(cells("一"), cells("二", "三", "四"), (Cell(text="五", rowspan=2), Cell(text="六")), cells("七"))),
                ),
                sections=(Section(heading="六级之下", level=6, blocks=()),),
            ),
        ),
    ),
    Section(
        heading="二、单子",
        level=1,
        blocks=(
            ItemList(
                ordered=False,
                items=(item("甲"), item("乙", 1), item("丙", 2), item("丁", 1), item("戊"), item("己", 1), item("庚\n二行", 1)),
            ),
            plain(""),
            ItemList(
                ordered=True,
                items=(item("一"), item("二"), item("二之一", 1), item("二之二", 1), item("二之二之一", 2), item("三"), item("三之一", 1)),
            ),
            plain("单子之间"),
            ItemList(ordered=True, items=(*(item(f"第{number}件") for number in range(1, 12)), item("里面", 1))),
            plain("单子接着写"),
            ItemList(ordered=True, start=12, items=(item("第12件"), item("里面", 1), item("第13件"))),
            Quote(paragraphs=(plain("老人说：“船会来的。”"), plain(" "), plain("又说：\n“不急。”"))),
            Quote(paragraphs=(plain(""),)),
            plain("结尾。"),
        ),
    ),
    Section(heading=" ", level=1, blocks=(plain("没有题目的一节。"),)),
)  # fmt: skip

ARTICLE = Article(
    title="渡口的<船>为什么停了",
    original_title="渡口",
    published_at=dt.datetime(2022, 2, 17, 3, 15, 53, tzinfo=dt.UTC),
    publisher="新浪财经",
    categories=("金融", "新浪财经"),
    head_image=PICTURE,
    authors=("苏婉", "韩立"),
    source="河湾日报",
    editor=Editor(name="孟想", code="SF001"),
    symbols=("sh600036",),
    credits=(
        Credit(kind="byline", text="记者 苏婉 韩立"),
        Credit(kind="note", text=" "),
        Credit(kind="editor", text="责任编辑：孟想 SF001"),
    ),
    sections=BLOCKS,
    extra=FrozenDict({"mood": "晴", "title": "不是它"}),
)
BARE = Article(title=" ", sections=(Section(blocks=(plain("只有一句。"),)),))

RENDERED: dict[str, Callable[[], str]] = {
    "article.md": ARTICLE.to_markdown,
    "post.md": partial(MarkdownRenderer(front_matter=True, images=False, tables="html").render, ARTICLE),
    "article.html": ARTICLE.to_html,
    "page.html": partial(HtmlRenderer(page=True, images=False).render, ARTICLE),
    "article.txt": ARTICLE.to_text,
    "narrow.txt": partial(TextRenderer(width=12, images=False).render, ARTICLE),
    "bare.md": BARE.to_markdown,
    "bare.html": BARE.to_html,
    "bare.txt": BARE.to_text,
}


@pytest.mark.parametrize("name", RENDERED)
def test_what_is_written(name: str) -> None:
    assert RENDERED[name]() == (FOLDER / name).read_text(encoding="utf-8")


def test_every_file_is_written() -> None:
    assert {path.name for path in FOLDER.iterdir()} == set(RENDERED)


def test_regeneration_is_off() -> None:
    regenerate({FOLDER / name: render for name, render in RENDERED.items()})
