"""Every attack, in every place, in every output: shown in a real browser, nothing runs, asks, leaves or adds an element.

An output may have the elements and attributes that it has for harmless texts, and no others. What a page writes of itself is
read again, as editors and sanitizers do, so that mark-up which wakes up only then (mutation XSS) shows itself.
"""

from __future__ import annotations

import functools
import html
import re
from collections.abc import Iterator
from typing import Any

import pytest
from markdown_it import MarkdownIt

import sinaparse
from attacks import ATTACKS, PLACES, Attack, article_of, attacks, export_of
from sinaparse import Article, Parser
from sinaparse.inputs import Task
from sinaparse.outcome import outcome_of
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
ADDRESSES = ("address", "picture", "image", "poster")


def of_article(article: Article) -> dict[str, str]:
    """The outputs of an article, each a document."""
    parts: list[Any] = [*article.sections, *article.images, *article.tables]
    cards = {f"card {number} of a {type(part).__name__}": part._repr_html_() for number, part in enumerate(parts, 1)}
    return cards | {
        "HTML": article.to_html(),
        "HTML page": article.to_html(page=True),
        "Markdown": MARKDOWN.render(article.to_markdown()),
        "Markdown with HTML tables": MARKDOWN.render(MarkdownRenderer(tables="html").render(article)),
        "card": article._repr_html_(),
    }


def as_piece(whole: str) -> str:
    """What stands in the body of a page, without the policy in its head."""
    return whole.partition("<body>")[2].rpartition("</body>")[0].partition("<script>")[0]


def outputs(source: str, name: str) -> dict[str, str]:
    inspection = LENIENT.inspect(source, name)
    article = inspection.unwrap()
    whole = file_page(inspection, article, "#index")
    return of_article(article) | {
        "card of an inspection": inspection._repr_html_(),
        "card of problems": inspection.problems._repr_html_(),
        "card of an outcome": outcome_of(LENIENT, Task(name, source.encode("utf-8", "surrogatepass")))._repr_html_(),
        "inspection page": whole,
        "inspection page without its policy": as_piece(whole),
        "index page": index_page([Row.of(inspection, article, "#page")]),
    }


@pytest.fixture(scope="module")
def sandbox(browser: Any) -> Iterator[Sandbox]:
    sandbox = Sandbox(browser)
    yield sandbox
    sandbox.close()


def harmless(place: str) -> str:
    return "https://pictures.example/x" if any(word in place for word in ADDRESSES) else "退潮\n之后"


def like(output: str) -> str:
    """The outputs that may have the same elements have one name."""
    return re.sub(r"card \d+", "card", output)


@pytest.fixture(scope="module")
def allowed(sandbox: Sandbox) -> dict[str, set[str]]:
    """The elements and attributes of each output for harmless texts."""
    articles = (article_of(harmless), article_of(lambda place: harmless(place)[:27].partition("\n")[0]))
    sources = [
        export_of(harmless, html.escape),
        export_of(lambda place: harmless(place).replace("\n", ""), html.escape),
    ]
    found: dict[str, set[str]] = {}
    for documents in (
        *map(of_article, articles),
        *(outputs(source, "x.md") for source in sources),
        of_corpus("退潮.md"),
    ):
        for output, document in documents.items():
            found.setdefault(like(output), set()).update(sandbox.shape(document))
    return found


def of_corpus(name: str) -> dict[str, str]:
    return {"card of a corpus": sinaparse.read_corpus([name])._repr_html_()}


def try_all(sandbox: Sandbox, allowed: dict[str, set[str]], made: Iterator[tuple[str, dict[str, str]]]) -> None:
    """Show each document once; those that are equal count for the first name."""
    documents: dict[str, dict[str, str]] = {}
    for name, of in made:
        for output, document in of.items():
            documents.setdefault(output, {}).setdefault(document, f"{name}, {output}")
    faults = {}
    for output, names in documents.items():
        faults.update(sandbox.faults({name: document for document, name in names.items()}, allowed[like(output)]))
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
            (attack.name, outputs(export_of(attack.at, html.escape), f"{attack.at('path')}.md"))
            for attack in attacks()
            if attack.kind == kind
        ),
    )


@KINDS
def test_as_mark_up_in_each_place_of_an_export(sandbox: Sandbox, allowed: dict[str, set[str]], kind: str) -> None:
    def made() -> Iterator[tuple[str, dict[str, str]]]:
        for attack in attacks():
            if attack.kind == kind and html.escape(attack.at("x")) != attack.at("x"):
                for place in PLACES:
                    source = export_of(functools.partial(_only, attack, place), str)
                    inspection = LENIENT.inspect(source, "x.md")
                    article = inspection.unwrap()
                    yield (
                        f"{attack.name} in {place}",
                        {
                            "HTML": article.to_html(),
                            "Markdown": MARKDOWN.render(article.to_markdown()),
                            "card of an inspection": inspection._repr_html_(),
                            "inspection page without its policy": as_piece(file_page(inspection, article, "#index")),
                        },
                    )

    with sandbox.pictures_from("https://"):  # as mark-up, a picture is a picture
        try_all(sandbox, allowed, made())


def _only(attack: Attack, place: str, here: str) -> str:
    return attack.at(here) if here == place else "退潮"


@KINDS
def test_in_the_names_of_files(sandbox: Sandbox, allowed: dict[str, set[str]], kind: str) -> None:
    made = ((attack.name, of_corpus(f"{attack.at('path')}.md")) for attack in attacks() if attack.kind == kind)
    try_all(sandbox, allowed, made)


@pytest.mark.parametrize(
    ("unsafe", "deed"),
    [
        ("<script>alert(1)</script>", "ran 1"),
        ("<img src=x onerror=alert(1)>", "ran 1"),
        ("<p onmouseover=alert(1)>x</p>", "ran 1"),
        ("<a href=javascript:alert(1)>x</a>", "ran 1"),
        ("<a href='&#1;java&Tab;script:alert(1)'>x</a>", "ran 1"),
        ("<svg onload=alert(1)></svg>", "ran 1"),
        ("<svg><a xlink:href=javascript:alert(1)><text y=9>x</text></a></svg>", "ran 1"),
        ("<iframe srcdoc='<script>alert(1)</script>'></iframe>", "ran 1"),
        ("<iframe src='data:text/html,<script>alert(1)</script>'></iframe>", "ran 1"),
        ("<style>@keyframes a {}</style><p style='animation: a 1ms' onanimationstart=alert(1)>x</p>", "ran 1"),
        ("<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>", "ran 1"),
        ("<img src=https://attacker.example/a>", "asked for https://attacker.example/a"),
        ("<img src=a>", "asked for https://sandbox.example/a"),
        ("<p style='background: url(https://attacker.example/a)'>x</p>", "asked for https://attacker.example/a"),
        ("<link rel=stylesheet href=https://attacker.example/a>", "asked for https://attacker.example/a"),
        ("<style>@import 'https://attacker.example/a'</style>", "asked for https://attacker.example/a"),
        ("<iframe src=https://attacker.example/a></iframe>", "asked for https://attacker.example/a"),
        (
            "<meta http-equiv=refresh content='0;url=https://attacker.example/a'>",
            "asked for https://attacker.example/a",
        ),
        ("<video>x</video>", "video"),
        ("<p title=x>x</p>", "p title"),
        ("<a href=ftp://x>x</a>", "a href=ftp://x"),
        ("<textarea>", "what follows is swallowed"),
        ("<!--", "what follows is swallowed"),
        ("<div>", "what follows is swallowed"),
    ],
)
def test_what_is_unsafe_is_noticed(sandbox: Sandbox, unsafe: str, deed: str) -> None:
    """In company as well as alone, and not what stands beside it."""
    known = sandbox.shape("<p>x</p><a href=https://x.example>x</a>")
    documents = {"before": "<p>x</p>", "unsafe": unsafe, "after": "<a href=https://x.example>x</a>"}
    faults = sandbox.faults(documents, known)
    assert list(faults) == ["unsafe"]
    assert deed in faults["unsafe"]
    assert sandbox.faults({"harmless": "<p>x</p>"}, known) == {}
