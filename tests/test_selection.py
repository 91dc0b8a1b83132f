"""What one asks a corpus: its articles, its problems, those that fulfil a condition; and the bar in a notebook."""

from __future__ import annotations

import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

import sinaparse
from sinaparse import Corpus, read_corpus
from support import front_matter


def export(title: str, text: str) -> str:
    return front_matter(title) + f'<div>\n<p cms-style="font-L">　　{text}</p>\n</div>\n'


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    for name, content in (
        ("a.md", export("碳中和的账本", "退潮之后。")),
        ("b.md", export("滩涂", "碳中和之后。")),
        ("c.md", export("海堤", "涨潮。")),
        ("d.md", "no export"),
    ):
        (tmp_path / name).write_text(content, encoding="utf-8")
    return read_corpus(tmp_path)


def test_articles_again_and_again(corpus: Corpus) -> None:
    for _ in range(2):
        assert [article.title for article in corpus.articles] == ["碳中和的账本", "滩涂", "海堤"]


def test_problems_have_their_files(corpus: Corpus) -> None:
    refused = [(Path(path).name, problem.code) for path, problem in corpus.problems if problem.severity == "error"]
    assert refused == [("d.md", "front-matter-missing")]


def test_conditions_can_be_combined(corpus: Corpus) -> None:
    found = corpus.search("碳中和")
    assert [Path(outcome.path).name for outcome in found] == ["a.md", "b.md"]
    short = found.where(lambda article: len(article.title) < 4)
    for _ in range(2):
        assert [article.title for article in short.articles] == ["滩涂"]
    assert list(corpus.where(lambda _: False)) == []
    assert repr(found) == f"Selection({corpus!r})"


def test_a_selection_can_be_written(corpus: Corpus, tmp_path: Path) -> None:
    file = tmp_path / "found.jsonl"
    sinaparse.write_corpus(corpus.search("涨潮"), file)
    (line,) = file.read_text(encoding="utf-8").splitlines()
    assert '"title":"海堤"' in line


class ZMQInteractiveShell:
    """What IPython's shell is called in a kernel."""


def test_a_notebook_shows_a_bar(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("tqdm", reason="tqdm is not installed")
    monkeypatch.setitem(sys.modules, "IPython", SimpleNamespace(get_ipython=ZMQInteractiveShell))
    # The bar of text: that of a notebook needs a kernel, which the notebooks of the examples have.
    monkeypatch.setitem(sys.modules, "tqdm.auto", sys.modules.get("tqdm") or __import__("tqdm"))
    assert len(list(corpus)) == 4
    assert "/4" in capsys.readouterr().err


def test_nothing_else_shows_a_bar(corpus: Corpus, capsys: pytest.CaptureFixture[str]) -> None:
    assert len(list(corpus)) == 4
    assert capsys.readouterr().err == ""
