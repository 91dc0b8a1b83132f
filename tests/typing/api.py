"""A program as users write it. mypy checks with it what the library says of its types; a test runs it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, assert_never, assert_type

import sinaparse
from sinaparse import (
    Article,
    Block,
    Body,
    Cell,
    Cleaner,
    Corpus,
    Coverage,
    Credit,
    Editor,
    Image,
    Inspection,
    Item,
    ItemList,
    Limits,
    Mention,
    Node,
    Outcome,
    Paragraph,
    Parser,
    Pipeline,
    ProblemList,
    Quote,
    Removal,
    Section,
    Span,
    Table,
    Video,
)

SOURCE = """---
title: '夜市里的收款码'
categories:
 - 新浪财经
author: 新浪财经
date: Thu, 17 Feb 2022 03:15:53 GMT
rating: 5
---
<div>
<p cms-style="font-L">　　来源：海州日报</p>
<p cms-style="font-L">　　<b>一、摊位</b></p>
<p cms-style="font-L">　　夜市有四十个摊位，<a href="https://finance.sina.com.cn/">收款码</a>挂在灯下。</p>
<div class="img_wrapper"><img src="https://n.sinaimg.cn/spider20220217/1/w640h427/20220217/1a-0f.jpg" alt><span class="img_descr">夜市</span></div>
<table border="1"><tbody><tr><th>摊位</th><td>40</td></tr></tbody></table>
<ul><li>烤串</li></ul>
<blockquote><p>　　现金也收。</p></blockquote>
<div class="video-2017" id="videoList0"></div>
<div class="mirror-bar">镜像</div>
<p class="article-editor">责任编辑：沈予安 SF142</p>
</div>
"""


# --- cleaners of three kinds --------------------------------------------------------------------------------------


@sinaparse.cleaner("mirror-bar")
def mirror_bar(body: Body) -> None:
    """A function over the whole body."""
    assert_type(body.text(body.root), str)
    assert_type(body.comments(), list[Any])
    for node in body.select("div.mirror-bar"):
        assert_type(body.line(node), int | None)
        assert_type(body.is_blank(node), bool)
        assert_type(body.has(node), bool)
        body.replace_text(node, "镜", "鏡", reason="example")
        body.remove(node, reason="added by the mirror")


@sinaparse.node_cleaner("no-footer", "div", sinaparse.COMMENT, classes={"footer"}, comment_prefixes=("footer",))
def no_footer(body: Body, node: Node) -> str | None:
    """A function that judges a node."""
    assert_type(node.get("class"), str | None)
    assert_type(node.text, str | None)
    return "footer" if body.text(node) else None


@dataclass(frozen=True)
class DropTag:
    """A cleaner with settings."""

    tag: str
    name: str = "drop-tag"

    def __call__(self, body: Body) -> None:
        for node in body.select(self.tag):
            body.remove(node, reason=f"<{self.tag}>")


def pipelines() -> Pipeline:
    """Pipelines are values."""
    drop: Cleaner = DropTag("hr")
    pipeline = sinaparse.default_cleaners().before("app-qr", drop).after("style", no_footer).then(mirror_bar)
    assert_type(pipeline, Pipeline)
    assert_type(pipeline.names, tuple[str, ...])
    assert_type(pipeline.without("app-qr").only("style").replace("style", drop), Pipeline)
    assert_type([item.name for item in pipeline], list[str])
    assert_type(len(pipeline), int)
    return pipeline


# --- articles -----------------------------------------------------------------------------------------------------


def words(block: Block) -> int:
    """Every kind of block, and no other."""
    match block:
        case Paragraph():
            assert_type(block.kind, Literal["paragraph"])
            assert_type(block.lead_in, str | None)
            assert_type(block.spans, tuple[Span, ...])
            return len(block.text)
        case Image():
            assert_type(block.url, str)
            assert_type((block.caption, block.alt), tuple[str | None, str | None])
            assert_type((block.width, block.height, block.date), tuple[int | None, int | None, dt.date | None])
            return len(block.caption or "")
        case Table():
            assert_type(block.rows, tuple[tuple[Cell, ...], ...])
            assert_type(block.grid(), tuple[tuple[str, ...], ...])
            return sum(len(cell.text) for row in block.rows for cell in row)
        case Video():
            assert_type(
                (block.title, block.video_id, block.url, block.poster),
                tuple[str | None, str | None, str | None, str | None],
            )
            return 0
        case Quote():
            assert_type(block.paragraphs, tuple[Paragraph, ...])
            return sum(map(words, block.paragraphs))
        case ItemList():
            assert_type(block.items, tuple[Item, ...])
            assert_type(block.ordered, bool)
            return sum(len(item.text) * (item.depth + 1) for item in block.items)
        case _:
            assert_never(block)


def walk(sections: tuple[Section, ...]) -> Iterator[tuple[int, str | None]]:
    """The tree of sections."""
    for section in sections:
        assert_type(section.blocks, tuple[Block, ...])
        yield section.level, section.heading
        yield from walk(section.sections)


def articles(article: Article) -> None:
    """All fields and properties."""
    assert_type(article.schema_version, Literal["1"])
    assert_type((article.title, article.publisher, article.text), tuple[str, str, str])
    assert_type((article.original_title, article.source, article.head_image), tuple[str | None, str | None, str | None])
    assert_type(article.published_at, dt.datetime | None)
    assert_type(article.date_kind, Literal["published", "exported"])
    assert_type(
        (article.categories, article.authors, article.symbols), tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]
    )
    assert_type(article.editor, Editor | None)
    assert_type(article.mentions, tuple[Mention, ...])
    assert_type(article.credits, tuple[Credit, ...])
    assert_type(article.sections, tuple[Section, ...])
    assert_type(article.blocks, tuple[Block, ...])
    assert_type(article.headings, tuple[tuple[int, str], ...])
    assert_type(article.paragraphs, tuple[Paragraph, ...])
    assert_type(article.images, tuple[Image, ...])
    assert_type(article.tables, tuple[Table, ...])
    assert_type(article.videos, tuple[Video, ...])
    assert article.extra["rating"] == 5
    assert_type(Article.model_validate_json(article.model_dump_json()), Article)
    assert list(walk(article.sections)) == [(1, "一、摊位")]
    assert sum(map(words, article.blocks)) > 0
    assert {type(block) for block in article.blocks} == {Paragraph, Image, Table, Video, Quote, ItemList}
    assert {article: 1}[article] == 1


# --- parsers ------------------------------------------------------------------------------------------------------


def parsers(path: Path) -> None:
    """Parsing, inspecting, and what goes wrong."""
    parser = Parser(
        strict=True, cleaners=pipelines(), timezone="Asia/Shanghai", unmarked_headings=False, limits=Limits(depth=100)
    )
    assert_type(parser.parse(SOURCE), Article)
    assert_type(parser.parse(SOURCE.encode()), Article)
    assert_type(parser.parse_file(path), Article)
    assert_type(parser.inspect_file(str(path)), Inspection)
    inspection = parser.inspect(SOURCE, path="a.md")
    assert_type(inspection.path, str | None)
    assert_type(inspection.article, Article | None)
    assert_type(inspection.problems, ProblemList)
    assert_type(inspection.removals, tuple[Removal, ...])
    assert_type(inspection.coverage, Coverage)
    assert_type(inspection.unwrap(), Article)
    assert_type(inspection.coverage.unaccounted, tuple[str, ...])
    for removal in inspection.removals:
        assert_type((removal.cleaner, removal.reason, removal.text), tuple[str, str, str])
        assert_type((removal.media, removal.line, removal.visible), tuple[tuple[str, ...], int | None, bool])
    articles(inspection.unwrap())
    try:
        sinaparse.parse(SOURCE)
    except sinaparse.ParseError as error:
        assert_type(error.problems, ProblemList)
        assert_type(error.path, str | None)
        assert_type(error.problems[0].severity, Literal["error", "warning", "info"])
    for problem in Parser(strict=False).inspect(SOURCE).problems:
        assert_type((problem.code, problem.message, problem.line), tuple[str, str, int | None])
        assert problem.code == "unknown-markup"


def corpora(path: Path) -> None:
    """Many files."""
    corpus = sinaparse.read_corpus([path, str(path)], Parser(cleaners=pipelines()), workers=1)
    assert_type(corpus, Corpus)
    for outcome in corpus:
        assert_type(outcome, Outcome)
        assert_type((outcome.path, outcome.digest, outcome.json), tuple[str, str, bytes | None])
        assert_type(outcome.article, Article | None)
        assert_type(outcome.problems, ProblemList)
        assert_type(outcome.removals, tuple[Removal, ...])
        assert outcome.article is not None


def decorators() -> None:
    """What a decorator makes is a cleaner."""
    decorate: Callable[[Callable[[Body], None]], Cleaner] = sinaparse.cleaner("x")
    made = decorate(lambda _: None)
    assert_type(made.name, str)
    cleaners: list[Cleaner] = [made, mirror_bar, no_footer, DropTag("hr")]
    assert Pipeline(cleaners).names == ("x", "mirror-bar", "no-footer", "drop-tag")


def main(path: Path) -> None:
    """Run it all over one file, which it writes."""
    path.write_text(SOURCE, encoding="utf-8")
    parsers(path)
    corpora(path)
    decorators()
