"""The scripts in `examples` are short, and do what they say."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from pathlib import Path

import frontmatter
import pytest

import sinaparse

ROOT = Path(__file__).parents[1]
EXPORTS = ROOT / "examples" / "exports"
SCRIPTS = sorted((ROOT / "examples").glob("*.py")) + sorted((ROOT / "examples" / "scale").glob("*.py"))


def run(script: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-X", "utf8", ROOT / "examples" / script, *arguments]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=True)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.stem)
def test_an_example_is_short(script: Path) -> None:
    assert len(script.read_text(encoding="utf-8").splitlines()) <= 40


def test_folder_to_parquet(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    exports, output = tmp_path / "exports", tmp_path / "articles.parquet"
    exports.mkdir()
    source = min(EXPORTS.rglob("*.md"))
    (exports / "a.md").write_bytes(source.read_bytes())
    (exports / "b.md").write_bytes(b"no export")
    result = run("folder_to_parquet.py", exports, output)
    assert result.stdout == f"1 articles in {output}, 1 files refused\n"
    assert result.stderr.endswith("b.md: the file does not begin with front matter\n")
    assert parquet.read_table(output)["title"].to_pylist() == [sinaparse.parse_file(source).title]


def test_articles_about() -> None:
    pytest.importorskip("duckdb")
    pytest.importorskip("pyarrow")
    article = next(
        found for path in EXPORTS.rglob("*.md") if "sz009902" in (found := sinaparse.parse_file(path)).symbols
    )
    lines = run("articles_about.py", EXPORTS, "sz009902").stdout.splitlines()
    name = next(mention.name for mention in article.mentions if mention.symbol == "sz009902")
    paragraph = next(part.text for part in article.paragraphs if name in part.text)
    assert lines == [f"{article.published_at:%Y-%m-%d}  {article.title}", f"    {paragraph[:60]}"]
    assert run("articles_about.py", EXPORTS, "sh000000").stdout == ""


def test_rebuild_blog(tmp_path: Path) -> None:
    run("rebuild_blog.py", EXPORTS, tmp_path)
    posts = list(tmp_path.rglob("*.md"))
    assert len(posts) == len(list(EXPORTS.rglob("*.md")))
    (post,) = tmp_path.glob("2022/10/海川银行*.md")
    assert frontmatter.load(str(post))["tags"] == ["sh699001", "sz009902"]


def test_search_index(tmp_path: Path) -> None:
    if sqlite3.sqlite_version_info < (3, 34):
        pytest.skip("this SQLite has no trigrams")
    for _ in range(2):
        out = run("search_index.py", EXPORTS, tmp_path / "index.sqlite", "净息差").stdout
        assert out.startswith("海川银行前三季度净利增长12.4% 县域网点成新引擎 | 二、息差仍有压力\n")
        assert out.count("[净息差]") == 1


def test_text_collection(tmp_path: Path) -> None:
    copies = tmp_path / "exports"
    copies.mkdir()
    source = next(EXPORTS.rglob("海川银行*.md")).read_bytes()
    for name in ("a.md", "b.md"):
        (copies / name).write_bytes(source)
    run("text_collection.py", copies, tmp_path / "collection.jsonl")
    (record,) = map(json.loads, (tmp_path / "collection.jsonl").read_text(encoding="utf-8").splitlines())
    assert record["source"] == "海州财经报"
    assert record["file"].endswith("exports/a.md")
    assert record["removed_by"]
