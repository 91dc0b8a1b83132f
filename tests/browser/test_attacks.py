"""Every attack, in every place, in every output: shown in a real browser, nothing runs, asks, leaves or adds an element.

An output may have the elements and attributes that it has for harmless texts, and no others. What a page writes of itself is
read again, as editors and sanitizers do, so that mark-up which wakes up only then (mutation XSS) shows itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from markdown_it import MarkdownIt

import sinaparse
from attacks import ATTACKS, PLACES, article_of, attacks, escaped, export_of, raw
from sinaparse import Article, Inspection, Parser
from sinaparse.page import Row, file_page, index_page
from sinaparse.render import MarkdownRenderer

from .sandbox import Sandbox

pytestmark = [
    # Playwright leaves the closing of its pipes to the end of the process.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.timeout(300),
]

LENIENT = Parser(strict=False)
MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
END = '<p id="the-end">'
"""Stands after each document: if it can't be found there, something is open."""
ADDRESSES = ("address", "picture", "image", "poster")


def page(fragment: str) -> str:
    return f"<!DOCTYPE html><meta charset=utf-8><title>x</title><body>{fragment}{END}</body>"


def ended(whole: str) -> str:
    before, _, after = whole.rpartition("</body>")
    return f"{before}{END}</body>{after}"


def of_article(article: Article) -> dict[str, str]:
    """The outputs of an article, each a document."""
    parts: list[Any] = [*article.sections, *article.images, *article.tables]
    cards = {f"card {number} of a part": page(part._repr_html_()) for number, part in enumerate(parts, 1)}
    return cards | {
        "HTML": page(article.to_html()),
        "HTML page": ended(article.to_html(page=True)),
        "Markdown": page(MARKDOWN.render(article.to_markdown())),
        "Markdown with HTML tables": page(MARKDOWN.render(MarkdownRenderer(tables="html").render(article))),
        "card": page(article._repr_html_()),
    }


def of_inspection(inspection: Inspection, article: Article) -> dict[str, str]:
    return {
        "card of an inspection": page(inspection._repr_html_()),
        "card of problems": page(inspection.problems._repr_html_()),
        "inspection page": ended(file_page(inspection, article, "#index")),
        "index page": ended(index_page([Row.of(inspection, article, "#page")])),
    }


def outputs(source: str, name: str) -> dict[str, str]:
    inspection = LENIENT.inspect(source, name)
    article = inspection.unwrap()
    return of_article(article) | of_inspection(inspection, article)


@pytest.fixture(scope="module")
def sandbox(browser: Any) -> Iterator[Sandbox]:
    sandbox = Sandbox(browser)
    yield sandbox
    sandbox.close()


def harmless(place: str) -> str:
    return "https://pictures.example/x" if any(word in place for word in ADDRESSES) else "退潮\n之后"


@pytest.fixture(scope="module")
def allowed(sandbox: Sandbox) -> dict[str, set[str]]:
    """The elements and attributes of each output for harmless texts."""
    articles = (article_of(harmless), article_of(lambda place: harmless(place)[:27].partition("\n")[0]))
    sources = [export_of(harmless, escaped), export_of(lambda place: harmless(place).replace("\n", ""), escaped)]
    found: dict[str, set[str]] = {}
    for documents in (*map(of_article, articles), *(outputs(source, "x.md") for source in sources), of_corpus("退潮.md")):
        for output, document in documents.items():
            found.setdefault(output, set()).update(sandbox.shape([document]))
    return found


def of_corpus(name: str) -> dict[str, str]:
    return {"card of a corpus": page(sinaparse.read_corpus([name])._repr_html_())}


def try_all(sandbox: Sandbox, allowed: dict[str, set[str]], made: Iterator[tuple[str, dict[str, str]]]) -> None:
    """Show each document once; those that are equal count for the first name."""
    documents: dict[str, dict[str, str]] = {}
    for name, of in made:
        for output, document in of.items():
            documents.setdefault(output, {}).setdefault(document, f"{name}, {output}")
    faults = {}
    for output, names in documents.items():
        faults.update(sandbox.faults({name: document for document, name in names.items()}, allowed[output]))
    assert faults == {}


KINDS = pytest.mark.parametrize("kind", ATTACKS)


@KINDS
def test_in_every_field_of_an_article(sandbox: Sandbox, allowed: dict[str, set[str]], kind: str) -> None:
    try_all(
        sandbox,
        allowed,
        ((attack.name, of_article(article_of(attack.at))) for attack in attacks() if attack.kind == kind),
    )


@KINDS
def test_as_text_in_every_place_of_an_export(sandbox: Sandbox, allowed: dict[str, set[str]], kind: str) -> None:
    try_all(
        sandbox,
        allowed,
        (
            (attack.name, outputs(export_of(attack.at, escaped), f"{attack.at('path')}.md"))
            for attack in attacks()
            if attack.kind == kind
        ),
    )


@KINDS
def test_as_mark_up_in_each_place_of_an_export(sandbox: Sandbox, allowed: dict[str, set[str]], kind: str) -> None:
    def made() -> Iterator[tuple[str, dict[str, str]]]:
        for attack in attacks():
            if attack.kind == kind and escaped(attack.at("x")) != attack.at("x"):
                for place in PLACES:
                    put = lambda here: attack.at(here) if here == place else "退潮"
                    yield f"{attack.name} in {place}", outputs(export_of(put, raw), "x.md")

    try_all(sandbox, allowed, made())


@KINDS
def test_in_the_names_of_files(sandbox: Sandbox, allowed: dict[str, set[str]], kind: str) -> None:
    made = ((attack.name, of_corpus(f"{attack.at('path')}.md")) for attack in attacks() if attack.kind == kind)
    try_all(sandbox, allowed, made)
