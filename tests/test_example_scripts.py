"""The scripts in ``examples`` do what they say, in at most forty lines each."""

from __future__ import annotations

import json
import runpy
import sqlite3
from collections.abc import Callable
from pathlib import Path

import frontmatter
import pytest

EXAMPLES = Path(__file__).parents[1] / "examples"
EXPORTS = str(EXAMPLES / "exports")


def main(name: str) -> Callable[..., None]:
    found: Callable[..., None] = runpy.run_path(str(EXAMPLES / f"{name}.py"))["main"]
    return found


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.py")), ids=lambda path: path.stem)
def test_scripts_are_short(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 40


def test_rebuild_blog(tmp_path: Path) -> None:
    main("rebuild_blog")(EXPORTS, str(tmp_path))
    posts = list(tmp_path.rglob("*.md"))
    assert len(posts) == len(list(Path(EXPORTS).rglob("*.md")))
    (post,) = tmp_path.glob("2022/10/海川银行*.md")
    assert frontmatter.load(str(post))["tags"] == ["sh699001", "sz009902"]


def test_search_index(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    if sqlite3.sqlite_version_info < (3, 34):
        pytest.skip("this SQLite has no trigrams")
    for _ in range(2):
        main("search_index")(EXPORTS, str(tmp_path / "index.sqlite"), "净息差")
        out = capsys.readouterr().out
        assert out.startswith("海川银行前三季度净利增长12.4% 县域网点成新引擎 | 二、息差仍有压力\n")
        assert out.count("[净息差]") == 1


def test_text_collection(tmp_path: Path) -> None:
    copies = tmp_path / "exports"
    copies.mkdir()
    source = next(Path(EXPORTS).rglob("海川银行*.md")).read_bytes()
    for name in ("a.md", "b.md"):
        (copies / name).write_bytes(source)
    main("text_collection")(str(copies), str(tmp_path / "collection.jsonl"))
    (record,) = map(json.loads, (tmp_path / "collection.jsonl").read_text(encoding="utf-8").splitlines())
    assert record["source"] == "海州财经报"
    assert record["file"].endswith("exports/a.md")
    assert record["removed_by"]
