"""GitHub's own renderer, cmark-gfm, makes the same of our Markdown as markdown-it-py does, in which the other tests read it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

import lxml.html
import pytest
from hypothesis import given, settings
from markdown_it import MarkdownIt

from sinaparse import Article, Image, Section

from . import articles
from .test_round_trip import EXAMPLES, REAL

cmarkgfm = pytest.importorskip("cmarkgfm", reason="cmarkgfm is not installed")
MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
EXTENSIONS = ["table", "strikethrough", "tagfilter", "tasklist"]
"""Without ``autolink``: GitHub makes links of bare addresses, and theirs is the punctuation that it takes into them."""


def elements(node: Any) -> Iterator[tuple[str, ...]]:
    """The elements and texts of a page in their order, however white space and addresses are written."""
    if isinstance(node.tag, str):
        yield ("<", node.tag, *(unquote(node.get(name, "")) for name in ("href", "src", "alt", "start")))
        yield (" ".join((node.text or "").split()),)
        for child in node:
            yield from elements(child)
            yield (" ".join((child.tail or "").split()),)
        yield (">", node.tag)


def read(html: str) -> list[tuple[str, ...]]:
    return [found for found in elements(lxml.html.fragment_fromstring(html, create_parent="div")) if found != ("",)]


def same(article: Article) -> None:
    text = f"top\n\n{article.to_markdown()}"  # at the very top U+FEFF is a byte order mark
    options = cmarkgfm.Options.CMARK_OPT_UNSAFE | cmarkgfm.Options.CMARK_OPT_FOOTNOTES
    html = cmarkgfm.markdown_to_html_with_extensions(text, options=options, extensions=EXTENSIONS)
    assert read(html) == read(MARKDOWN.render(text))


@pytest.mark.parametrize("path", REAL)
def test_real_articles(path: str) -> None:
    same(REAL[path])


@settings(max_examples=EXAMPLES, deadline=None)
@given(articles.articles)
def test_generated_articles(article: Article) -> None:
    same(article)


@pytest.mark.parametrize("alt", ["^", "^1", "^一"])
def test_an_alt_that_looks_like_a_footnote(alt: str) -> None:
    picture = Image(url="https://example.org/1.jpg", alt=alt)
    same(Article(title="t", sections=(Section(blocks=(picture,)),)))
