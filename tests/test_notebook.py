"""Cards, trees and reprs: short, safe, and the same for whatever an object holds."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from hypothesis import given, settings

import sinaparse
from render import articles
from sinaparse import Article, Cell, Paragraph, Parser, Section, Table
from sinaparse.describe import describe
from sinaparse.notebook import ROWS
from sinaparse.problems import ProblemList
from support import front_matter, real_articles

REAL = real_articles()
ATTACK = '"><script>alert(1)</script><img src=x onerror=alert(1)></style>'
EXPORT = front_matter("滩涂") + f"<div>\n<p>　　退潮。{ATTACK}</p>\n<div class='x{ATTACK}'>来历不明</div>\n</div>\n"


def cards(article: Article) -> list[str]:
    found: list[Any] = [article, *article.sections, *article.tables, *article.images]
    return [item._repr_html_() for item in found]


def check(card: str) -> None:
    """A card runs nothing, and fetches nothing before it is opened."""
    root = lxml.html.fromstring(card)
    assert root.tag == "div"
    nodes: list[Any] = list(root.iter())
    for node in nodes:
        assert node.tag not in ("script", "iframe", "object", "embed", "link", "base", "meta", "form", "svg")
        assert not any(name.startswith("on") or name == "style" for name in map(str, node.attrib))
        for name in ("href", "src"):
            assert str(node.get(name, "http")).lower().startswith("http")
        if node.tag == "img":
            assert node.get("loading") == "lazy"
            assert any(above.tag == "details" and "open" not in above.attrib for above in node.iterancestors())


@pytest.mark.parametrize("path", REAL)
def test_real_cards(path: str) -> None:
    for card in cards(REAL[path]):
        check(card)
    assert len(REAL[path]._repr_html_().encode()) < 16_000


@settings(max_examples=100, deadline=None)
@given(articles.articles)
def test_any_card(article: Article) -> None:
    for card in cards(article):
        check(card)


def test_cards_of_what_happened() -> None:
    for strict in (True, False):
        inspection = Parser(strict=strict).inspect(EXPORT, f"{ATTACK}.md")
        assert inspection.problems
        for card in (inspection._repr_html_(), inspection.problems._repr_html_()):
            check(card)
            assert "unknown-markup" in card


@pytest.mark.parametrize(("strict", "found"), [(True, "refused, 1 error"), (False, "parsed, 1 warning")])
def test_outcomes(strict: bool, found: str, tmp_path: Path) -> None:
    path = tmp_path / "滩涂.md"
    path.write_text(EXPORT)
    (outcome,) = sinaparse.read_corpus(path, Parser(strict=strict))
    card = outcome._repr_html_()
    check(card)
    assert "unknown-markup" in card
    assert ("退潮" in card) == (not strict)
    assert repr(outcome) == f"Outcome({path.as_posix()!r}, {found})"


def test_long_things_are_cut() -> None:
    table = Table(rows=tuple((Cell(text=str(number)),) for number in range(ROWS + 5)))
    assert "… and 5 more rows" in table._repr_html_()
    text = Paragraph(text="退潮之后" * 50)
    article = Article(title="t", sections=(Section(blocks=(text,) * 500),))
    assert len(article._repr_html_().encode()) < 8_000


def test_a_corpus_shows_its_files_and_parses_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sinaparse.corpus.outcome_of", None)
    corpus = sinaparse.read_corpus("examples/exports")
    card = corpus._repr_html_()
    check(card)
    assert "files" in card
    assert repr(corpus) == "Corpus('examples/exports')"


# --- shell -----------------------------------------------------------------------------------------------------------


def test_reprs() -> None:
    (path,) = [path for path in REAL if "海川银行" in path]
    article = REAL[path]
    shown = [article, article.sections[1], *article.blocks[:2], article.editor, article.credits[0], article.mentions[0]]
    assert list(map(repr, shown)) == [
        "Article('海川银行前三季度净利增长12.4% 县域网点成…', 2022-10-27, 8 paragraphs, 2 images)",
        "Section('一、县域网点贡献过半增量', level 1, 3 blocks, 2 sections)",
        "Paragraph('10月26日晚间，海川银行披露三季报。前三季度…', 71 characters)",
        "Image('海川银行临洲分行营业大厅。林知远摄', 1080×607)",
        "Editor('郑晓棠', SF901)",
        "Credit(source, '来源：海州财经报')",
        "Mention('海川银行', sh699001)",
    ]


def test_reprs_of_inspections() -> None:
    shown = {strict: repr(Parser(strict=strict).inspect(EXPORT, "滩涂.md")) for strict in (True, False)}
    assert shown == {
        True: "Inspection('滩涂.md', refused, 1 error, 1 removal)",
        False: "Inspection('滩涂.md', '滩涂', 1 warning, 1 removal)",
    }


@settings(max_examples=100, deadline=None)
@given(articles.articles)
def test_every_repr_is_one_short_line(article: Article) -> None:
    for model in (article, *article.sections, *article.blocks, *article.credits):
        line = repr(model)
        assert line == describe(model)
        assert "\n" not in line
        assert len(line) < 300


def test_problem_lists() -> None:
    problems = Parser(strict=False).inspect(EXPORT).problems
    assert isinstance(problems, ProblemList)
    assert repr(problems) == f"ProblemList({sinaparse.problems.count(problems)})"
    assert problems == tuple(problems)


def test_rich_prints_trees() -> None:
    console = pytest.importorskip("rich.console", reason="rich is not installed")
    out = console.Console(file=io.StringIO(), width=72)
    (path,) = [path for path in REAL if "海川银行" in path]
    out.print(REAL[path])
    out.print(Parser(strict=False).inspect(EXPORT.replace("滩涂", "[red]滩涂[/red]")))
    text = out.file.getvalue()
    assert "├── 一、县域网点贡献过半增量\n" in text
    assert "│   ├── （一）一家支行的账本\n" in text
    assert "[red]滩涂[/red]" in text
    assert "unknown-markup" in text
