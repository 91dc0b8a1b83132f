"""A rendered article says what the article says: read by other programs, it gives the same things back."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from sinaparse import Article, Paragraph
from sinaparse.render import MarkdownRenderer, TextRenderer
from sinaparse.render.width import char_width, display_width
from support import real_articles

from . import articles
from .reading import complete_in_text, same_in_front_matter, same_in_html, same_in_markdown

EXAMPLES = 150
REAL = real_articles()


@pytest.mark.parametrize("path", REAL)
def test_real_articles(path: str) -> None:
    article = REAL[path]
    same_in_markdown(article)
    same_in_html(article)
    same_in_front_matter(article)
    complete_in_text(article, None)
    complete_in_text(article, 60)


@settings(max_examples=EXAMPLES, deadline=None)
@given(articles.articles)
def test_markdown(article: Article) -> None:
    same_in_markdown(article)


@settings(max_examples=EXAMPLES, deadline=None)
@given(articles.articles)
def test_html(article: Article) -> None:
    same_in_html(article)


@settings(max_examples=EXAMPLES // 2, deadline=None)
@given(articles.articles)
def test_front_matter(article: Article) -> None:
    same_in_front_matter(article)


@settings(max_examples=EXAMPLES // 2, deadline=None)
@given(articles.articles)
def test_no_renderer_ever_fails(article: Article) -> None:
    for renderer in (MarkdownRenderer(tables="html"), MarkdownRenderer(images=False, front_matter=True)):
        renderer.render(article).encode()
    TextRenderer(width=1).render(article).encode()
    TextRenderer(images=False).render(article).encode()


@settings(max_examples=EXAMPLES // 2, deadline=None)
@given(articles.paragraphs)
def test_no_line_is_wider_than_asked(paragraph: Paragraph) -> None:
    renderer = TextRenderer(width=10)
    for line in renderer.paragraph(paragraph, renderer).split("\n"):
        assert display_width(line) <= 10
    assert max(map(char_width, paragraph.text), default=0) <= 2
