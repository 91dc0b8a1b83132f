"""The SQL of the documentation runs in the databases that it is for, and gives what is shown below it."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import sinaparse

pytest.importorskip("pyarrow")
duckdb: Any = pytest.importorskip("duckdb")

ROOT = Path(__file__).parents[1]
QUERY = re.compile(r"^```sql\n(?:-- (\w+)\n)?(.*?)^```$(?:\n\n```text\n(.*?)^```$)?", re.MULTILINE | re.DOTALL)


class Query(NamedTuple):
    engine: str
    sql: str
    shown: str
    line: int


def queries() -> Iterator[Query]:
    text = (ROOT / "docs" / "tables.md").read_text(encoding="utf-8")
    for match in QUERY.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        for engine in [match[1]] if match[1] else ["DuckDB", "SQLite"]:
            yield Query(engine, match[2], match[3] or "", line)


@pytest.fixture(scope="module")
def databases(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("databases")
    places = {"DuckDB": folder / "x.duckdb", "SQLite": folder / "x.sqlite"}
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        for place in places.values():
            sinaparse.write_corpus(sinaparse.read_corpus("examples/exports"), place)
    return places


def as_shown(names: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    lines = [names, *([int(value) if isinstance(value, bool) else value for value in row] for row in rows)]
    return "".join(" | ".join("" if value is None else str(value) for value in line) + "\n" for line in lines)


@pytest.mark.parametrize("query", list(queries()), ids=lambda query: f"line-{query.line}-{query.engine}")
def test_sql_gives_what_is_shown(databases: dict[str, Path], query: Query) -> None:
    place = str(databases[query.engine])
    db = duckdb.connect(place) if query.engine == "DuckDB" else sqlite3.connect(place)
    if query.engine == "DuckDB":
        db.execute("SET TimeZone = 'UTC'")
    found = db.execute(query.sql)
    printed = as_shown([column[0] for column in found.description], found.fetchall())
    db.close()
    assert printed == query.shown


def test_there_are_queries_for_both() -> None:
    assert {query.engine for query in queries()} == {"DuckDB", "SQLite"}
