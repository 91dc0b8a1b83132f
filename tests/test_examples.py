"""The scripts in `examples` are short, and do what they say."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

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
