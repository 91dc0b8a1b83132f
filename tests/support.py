"""What several test modules share."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pytest

import sinaparse
from sinaparse import Article, Parser, read_corpus

SOURCES = Path(sinaparse.__file__).parents[1]


class Result(NamedTuple):
    """What a run of the command ended with."""

    code: int | str | None
    out: bytes
    err: str

    @property
    def text(self) -> str:
        return self.out.decode()


REGENERATE = "SINAPARSE_REGENERATE"


def regenerate(files: Mapping[Path, Callable[[], str]]) -> None:
    """Write expected texts as they are now if the variable is set, and fail then, so that no check passes with it."""
    if not os.environ.get(REGENERATE):
        return
    for path, text in files.items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text(), encoding="utf-8")
    pytest.fail(f"written again: {len(files)} of {path.parent}; read the difference, then unset {REGENERATE}")


Run = Callable[..., Result]
"""Runs the command in this process: the fixture `run`."""


def front_matter(title: str, *categories: str) -> str:
    """Front matter between its fences, valid in everything, with 新浪财经 among the categories unless others are given."""
    names = "".join(f" - {name}\n" for name in categories or ("金融", "新浪财经"))
    return (
        f"---\ntitle: '{title}'\ncategories:\n{names}headimg: ''\nauthor: 新浪财经\ncomments: false\n"
        "date: Thu, 17 Feb 2022 03:15:53 GMT\nthumbnail: ''\n---\n"
    )


PROGRAM = """
import hashlib, json, sys
from pathlib import Path
import sinaparse
from sinaparse import Article, Parser, read_corpus

found = hashlib.sha256()
parser = sinaparse.Parser(strict=False, unmarked_headings=True)
for name in json.loads(sys.argv[1]):
    inspection = parser.inspect(Path(name).read_bytes())
    found.update(inspection.unwrap().model_dump_json().encode())
    for part in (*inspection.problems, *inspection.removals, inspection.coverage):
        found.update(part.model_dump_json().encode())
print(found.hexdigest())
"""
"""Prints a digest of all that is read from the files whose names it gets as JSON."""


def fresh(program: str, *arguments: str, **environment: str) -> str:
    """What a program prints in a process of its own."""
    variables = {**os.environ, "PYTHONPATH": str(SOURCES), **environment}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program, *arguments],
        capture_output=True,
        check=False,
        env=variables,
        encoding="utf-8",
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def real_articles() -> dict[str, Article]:
    """All articles there are here: of the fixtures, the examples and, where `SINAPARSE_CORPUS` names one, a corpus."""
    root = Path(__file__).parents[1]
    folders = [root / "tests" / "fixtures" / "exports", root / "examples" / "exports"]
    if corpus := os.environ.get("SINAPARSE_CORPUS"):
        folders.append(Path(corpus))
    outcomes = read_corpus(folders, Parser(strict=False))
    return {outcome.path: outcome.article for outcome in outcomes if outcome.article is not None}


def contents(place: Path) -> object:
    """What an output file holds: the rows of a database, whose bytes also depend on how often it was opened; else its bytes."""
    if place.suffix == ".duckdb":
        import duckdb

        with duckdb.connect(str(place), read_only=True) as db:
            names = [name for (name,) in db.execute("SHOW TABLES").fetchall()]
            return {name: sorted(map(repr, db.table(name).to_arrow_table().to_pylist())) for name in names}
    if place.suffix == ".sqlite":
        with closing(sqlite3.connect(place)) as db:
            names = [name for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
            return {name: db.execute(f"SELECT * FROM {name} ORDER BY rowid").fetchall() for name in names}
    return place.read_bytes()
