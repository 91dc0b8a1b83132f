"""What the fuzzer feeds, and what must hold for all of it; ``tests/test_regressions.py`` holds what it found to the same.

A target takes bytes and raises AssertionError, or whatever escapes the parser, if a promise is broken.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable

import articles
from markdown_it import MarkdownIt

from render import reading
from sinaparse import Article, Image, Inspection, ParseError, Parser, Section, Table
from sinaparse.render import MarkdownRenderer

STRICT, LENIENT = Parser(), Parser(strict=False)

HEAD = (
    "---\ntitle: '退潮之后'\ncategories:\n - 金融\n - 新浪财经\nheadimg: ''\nauthor: 新浪财经\ncomments: false\n"
    "date: Thu, 17 Feb 2022 03:15:53 GMT\nthumbnail: ''\n---\n\n<div>   \n"
)
TAIL = "\n  \n</div>\n            "


def check(source: bytes | str) -> None:
    """An article or a reason in both modes; the books balance; strict acceptance is lenient acceptance; round trips; renderers."""
    strict, lenient = STRICT.inspect(source), LENIENT.inspect(source)
    for inspection in (strict, lenient):
        _check_outcome(inspection)
    if strict.article is not None:
        assert strict.article == lenient.article
        assert strict.removals == lenient.removals
    if lenient.article is not None:
        text = lenient.article.model_dump_json()
        again = Article.model_validate_json(text)
        assert again == lenient.article
        assert again.model_dump_json() == text
        assert hash(again) == hash(lenient.article)
        assert pickle.loads(pickle.dumps(lenient.article)) == lenient.article  # noqa: S301 just made
        for render in (lenient.article.to_markdown, lenient.article.to_html, lenient.article.to_text):
            assert b"\0" not in render().encode()
        for table in lenient.article.tables:
            assert len({len(row) for row in table.grid()}) == bool(table.rows)


def _check_outcome(inspection: Inspection) -> None:
    errors = [problem for problem in inspection.problems if problem.severity == "error"]
    assert (inspection.article is None) == bool(errors)
    assert inspection.coverage.unaccounted == ()
    for part in (*inspection.problems, *inspection.removals):
        part.model_dump_json()
    assert str(ParseError(inspection.problems, inspection.path))


def _body(text: str) -> str:
    return f"{HEAD}{text}{TAIL}"


def whole(data: bytes) -> None:
    """A file of any bytes."""
    check(data)


def front(data: bytes) -> None:
    """Front matter of any text, with a body below it."""
    check(b"---\n" + data + b"\n---\n\n<div>\n<p cms-style='font-L'>\xe9\x80\x80</p>\n</div>\n")


def body(data: bytes) -> None:
    """A body of any text."""
    check(_body(data.decode("utf-8", "ignore")))


def video(data: bytes) -> None:
    """Any text as the JSON of a comment about videos, before a placeholder and a player."""
    text = data.decode("utf-8", "ignore")
    check(
        _body(
            f"<!--mce-plugin-videoList2[{text}]mce-plugin-videoList2--><p>退潮。</p>"
            '<div class="video-2017" id="videoList0"></div>'
            '<div class="a-p-s-item J_Play_Item" play-data="391000111-1-1" title-data="赶海"></div>'
        )
    )


def keywords(data: bytes) -> None:
    """Any text as the symbols of the keyword comment, and as the ids of stock links."""
    text = data.decode("utf-8", "ignore")
    first, _, rest = text.partition("|")
    name = first.replace('"', "").replace(">", "")
    check(
        _body(
            f'<p cms-style="font-L">退<span id="stock_{name}"><a href="https://finance.sina.com.cn/realstock/company/{name}/nc.shtml">'
            f"潮</a></span>。</p><!-- news_keyword_pub,{rest} -->"
        )
    )


def render(data: bytes) -> None:
    """Any article: read by other programs, what is rendered gives the same back, and holds nothing that a browser would run."""
    article = articles.article_of(data)
    reading.same_in_markdown(article)
    reading.same_in_html(article)
    reading.same_in_front_matter(article)
    reading.complete_in_text(article, None)
    reading.complete_in_text(article, 20)
    reading.only_known_elements(article.to_html())
    reading.only_known_elements(MARKDOWN.render(MarkdownRenderer(tables="html").render(article)), "em", "hr")
    parts: tuple[Article | Section | Image | Table, ...] = (
        article, *article.sections, *article.images, *article.tables,
    )  # fmt: skip
    for part in parts:
        reading.only_known_elements(part._repr_html_(), *CARD)


MARKDOWN = MarkdownIt("commonmark").enable("table")
CARD = "div style details summary span code".split()
"""Elements of cards beside those of articles."""

TARGETS: dict[str, Callable[[bytes], None]] = {
    target.__name__: target for target in (whole, front, body, video, keywords, render)
}
"""The targets by name."""
