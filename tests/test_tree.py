"""Finding one's way in an article."""

from __future__ import annotations

import pytest

from sinaparse import Article, Cell, Image, Paragraph, Section, SectionError, SinaParseError, Table, Video
from support import real_articles


def named(heading: str, *sections: Section, level: int = 1) -> Section:
    return Section(heading=heading, level=level, blocks=(Paragraph(text=f"{heading}的文"),), sections=sections)


ARTICLE = Article(
    title="滩涂",
    sections=(
        Section(blocks=(Paragraph(text="退潮"), Image(url="https://n.sinaimg.cn/1.jpg", caption="堤上"))),
        named("一、总体要求", named("（一）指导思想", level=2), named("（二）目标", level=2)),
        named("二、任务"),
        named("二十、附则"),
        Section(heading="2. 表", level=1, blocks=(Table(rows=((Cell(text="蛏子"),),)), Video(title="赶海"))),
        Section(heading="Q&A", level=1),
        Section(heading="Q&A", level=1),
    ),
)


def test_walk_gives_every_block_with_its_path() -> None:
    assert [(place.path, place.block.kind) for place in ARTICLE.walk()] == [
        ((), "paragraph"),
        ((), "image"),
        (("一、总体要求",), "paragraph"),
        (("一、总体要求", "（一）指导思想"), "paragraph"),
        (("一、总体要求", "（二）目标"), "paragraph"),
        (("二、任务",), "paragraph"),
        (("二十、附则",), "paragraph"),
        (("2. 表",), "table"),
        (("2. 表",), "video"),
    ]


def test_walk_is_as_the_flat_view_of_real_articles() -> None:
    for article in real_articles().values():
        assert tuple(place.block for place in article.walk()) == article.blocks
        assert {name for place in article.walk() for name in place.path} <= {text for _, text in article.headings}


@pytest.mark.parametrize(
    ("text", "kinds"),
    [("堤上", ["image"]), ("蛏", ["table"]), ("赶海", ["video"]), ("目标的文", ["paragraph"]), ("没有", [])],
)
def test_find(text: str, kinds: list[str]) -> None:
    assert [place.block.kind for place in ARTICLE.find(text)] == kinds


@pytest.mark.parametrize(
    ("name", "heading"),
    [
        ("二、任务", "二、任务"),
        ("二、", "二、任务"),
        ("二", "二、任务"),
        ("二十", "二十、附则"),
        ("（一）", "（一）指导思想"),
        ("2", "2. 表"),
        ("2.", "2. 表"),
    ],
)
def test_section(name: str, heading: str) -> None:
    assert ARTICLE.section(name).heading == heading


@pytest.mark.parametrize(
    ("name", "message"),
    [
        (
            "总体要求",
            r"no section has '总体要求' \(did you mean '一、总体要求'\?\); there are '一、总体要求', '（一）指导思想'",
        ),
        ("Q&A", "2 sections have 'Q&A': 'Q&A', 'Q&A'"),
        ("", "no section has ''"),
    ],
)
def test_no_section_or_several(name: str, message: str) -> None:
    with pytest.raises(SectionError, match=message) as error:
        ARTICLE.section(name)
    assert isinstance(error.value, LookupError)
    assert isinstance(error.value, SinaParseError)


def test_no_headings_at_all() -> None:
    with pytest.raises(SectionError, match="the article has no headings"):
        Article(title="").section("一、")
