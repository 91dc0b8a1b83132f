"""Parquet, DuckDB and SQLite hold what the Arrow tables hold, each article once, and can be cut back to a mark."""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import json
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

import sinaparse
from sinaparse import Outcome, Parser, SinkError, sinks
from sinaparse.sinks import batches, sink_for
from sinaparse.tables import OF_ARTICLES, TABLES

arrow: Any = pytest.importorskip("sinaparse.arrow")
duckdb: Any = pytest.importorskip("duckdb")
pq: Any = pytest.importorskip("pyarrow.parquet")

TESTS = Path(__file__).parent
FOLDERS = [TESTS.parent / "examples" / "exports", TESTS / "fixtures" / "exports", TESTS / "fixtures" / "invalid"]
KINDS = ("parquet", "duckdb", "sqlite")

Row = dict[str, Any]


@functools.cache
def outcomes() -> tuple[Outcome, ...]:
    """All fixtures, some of them refused, and one of them under a second name."""
    found = list(sinaparse.read_corpus(FOLDERS, Parser(strict=False)))
    rich = next(item for item in found if item.problems and item.json)
    return (*found, dataclasses.replace(rich, path="again.md"), *sinaparse.read_corpus("gone.md"))


@functools.cache
def expected(table: str) -> list[Row]:
    rows: list[Row] = sinaparse.to_arrow(outcomes(), table).to_pylist()
    return rows


# --- reading what was written -----------------------------------------------------------------------------------------


def in_parquet(place: Path) -> list[Row]:
    rows: list[Row] = pq.read_table(place).to_pylist()
    return rows


def in_order(rows: list[Row]) -> list[Row]:
    """Rows by their keys: DuckDB keeps no order among those that it adds together."""
    names = ("path", "digest", *(name for name in rows[0] if name.endswith("_index")))
    return sorted(rows, key=lambda row: [row.get(name) for name in names if name in row])


def in_duckdb(place: Path, table: str) -> list[Row]:
    with duckdb.connect(str(place), read_only=True) as db:
        db.execute("SET TimeZone = 'UTC'")
        rows: list[Row] = db.sql(f"SELECT * FROM {table}").to_arrow_table().to_pylist()
    return in_order(rows)


def in_sqlite(place: Path, table: str) -> list[Row]:
    db = sqlite3.connect(place)
    db.row_factory = sqlite3.Row
    rows = [dict(row) for row in db.execute(f"SELECT * FROM {table} ORDER BY rowid")]
    db.close()
    return rows


def as_sqlite(row: Row) -> Row:
    """A row as SQLite should have it, with what is JSON there as the value that it stands for."""
    values: Row = json.loads(json.dumps(row, default=dt.date.isoformat))
    if row.get("published_at"):
        values["published_at"] = row["published_at"].strftime("%Y-%m-%dT%H:%M:%SZ")
    return values


def decoded(table: str, row: Row) -> Row:
    nested = [field.name for field in arrow.SCHEMAS[table] if field.type.num_fields]
    row = {name: json.loads(value) if name in nested and value else value for name, value in row.items()}
    for section in row.get("sections", ()):  # Arrow has all fields in each block
        section["blocks"] = [dict.fromkeys(arrow.schemas.BLOCK.names) | block for block in section["blocks"]]
        for block in section["blocks"]:
            for paragraph in block["paragraphs"] or ():
                paragraph.pop("kind")
    return row


# --- what they hold ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All fixtures in a file of each kind, in batches of forty."""
    place = tmp_path_factory.mktemp("written")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sinks, "BATCH_FILES", 40)
        for name in ("x.duckdb", "x.sqlite", "x.parquet", *(f"{table}.parquet" for table in TABLES)):
            counts = sinaparse.write_corpus(outcomes(), place / name)
            assert counts.articles == sum(item.json is not None for item in outcomes())
    return place


def test_nothing_is_left_beside_what_is_written(folder: Path) -> None:
    assert len(list(folder.iterdir())) == 3 + len(TABLES)


@pytest.mark.parametrize("table", TABLES)
def test_parquet_has_the_table_that_its_name_says(folder: Path, table: str) -> None:
    place = folder / f"{table}.parquet"
    assert in_parquet(place) == expected(table)
    assert pq.read_schema(place).equals(arrow.SCHEMAS[table], check_metadata=True)


def test_parquet_has_the_articles_if_its_name_says_nothing(folder: Path) -> None:
    articles = {item.digest: item.article for item in outcomes() if item.article}
    rows = {row["digest"]: arrow.read_article(row) for row in in_parquet(folder / "x.parquet")}
    assert rows == articles


@pytest.mark.parametrize("table", TABLES)
def test_duckdb_has_all_tables(folder: Path, table: str) -> None:
    assert in_duckdb(folder / "x.duckdb", table) == in_order(expected(table))


@pytest.mark.parametrize("table", TABLES)
def test_sqlite_has_all_tables(folder: Path, table: str) -> None:
    found = [decoded(table, row) for row in in_sqlite(folder / "x.sqlite", table)]
    assert found == [as_sqlite(row) for row in expected(table)]


def test_databases_have_no_other_tables(folder: Path) -> None:
    with duckdb.connect(str(folder / "x.duckdb"), read_only=True) as db:
        assert {name for (name,) in db.execute("SHOW TABLES").fetchall()} == set(TABLES)
    db = sqlite3.connect(folder / "x.sqlite")
    assert {name for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")} == set(TABLES)
    assert db.execute("PRAGMA foreign_key_check").fetchall() == []
    assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    db.close()


def test_refused_files_are_sources_with_problems(folder: Path) -> None:
    refused = [item for item in outcomes() if item.json is None]
    assert refused
    query = "SELECT path FROM sources LEFT JOIN articles USING (digest) WHERE title IS NULL ORDER BY 1"
    with duckdb.connect(str(folder / "x.duckdb"), read_only=True) as db:
        paths = [path for (path,) in db.execute(query.replace("path FROM", "sources.path FROM")).fetchall()]
    assert paths == sorted(item.path for item in refused)
    assert {item.path for item in refused} <= {row["path"] for row in in_sqlite(folder / "x.sqlite", "problems")}


def test_polars_reads_the_parquet(folder: Path) -> None:
    polars = pytest.importorskip("polars")
    rows = polars.read_parquet(folder / "x.parquet").to_dicts()
    assert [arrow.read_article(row) for row in rows] == [arrow.read_article(row) for row in expected("articles")]


def test_duckdb_reads_the_parquet(folder: Path) -> None:
    found = duckdb.read_parquet(str(folder / "x.parquet")).aggregate("count(*), count(DISTINCT digest)")
    assert found.fetchall() == [(len(expected("articles")),) * 2]


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_bytes_twice_are_one_article_and_two_sources(tmp_path: Path, kind: str) -> None:
    item = outcomes()[0]
    twice = [item, dataclasses.replace(item, path="other.md"), item]
    for table in ("articles", "blocks", "removals", "sources", "problems"):
        place = tmp_path / (f"{table}.parquet" if kind == "parquet" else f"x.{kind}")
        sinaparse.write_corpus(twice, place)
        read = {"parquet": lambda place, _: in_parquet(place), "duckdb": in_duckdb, "sqlite": in_sqlite}[kind]
        once = sinaparse.to_arrow([item], table).num_rows
        assert len(read(place, table)) == once * (1 if table in OF_ARTICLES else 2)


# --- drafts and marks -------------------------------------------------------------------------------------------------


def written(draft: Path, kind: str) -> dict[str, list[Row]]:
    if kind == "parquet":
        return {"articles": in_parquet(draft)}
    read = {"duckdb": in_duckdb, "sqlite": in_sqlite}[kind]
    return {table: read(draft, table) for table in TABLES}


def write_all(sink: sinks.Sink, parts: Sequence[Sequence[Outcome]]) -> Any:
    mark = None
    for part in parts:
        sink.write(part)
        mark = sink.commit()
    return json.loads(json.dumps(mark))


@pytest.fixture
def parts(monkeypatch: pytest.MonkeyPatch) -> list[list[Outcome]]:
    monkeypatch.setattr(sinks, "BATCH_FILES", 40)
    return list(batches(outcomes()))


@pytest.fixture
def whole(tmp_path: Path, kind: str, parts: list[list[Outcome]]) -> dict[str, list[Row]]:
    draft = tmp_path / "whole"
    sink = sink_for("", kind)(str(draft), None)
    write_all(sink, parts)
    sink.finish()
    sink.close()
    return written(draft, kind)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("stop", ["uncommitted", "committed", "finished"])
@pytest.mark.parametrize("kept", [1, 3])
def test_a_draft_is_cut_back_to_its_mark(
    tmp_path: Path, kind: str, stop: str, kept: int, parts: list[list[Outcome]], whole: dict[str, list[Row]]
) -> None:
    """What was written after the mark is gone, and what is written then stands there once."""
    draft, open_sink = tmp_path / "draft", sink_for("", kind)
    mark = None
    for _ in range(3):  # the second and third time over what the one before left behind
        sink = open_sink(str(draft), mark)
        done = kept if mark is None else 0
        mark = write_all(sink, parts[:done]) or mark
        if stop == "finished" and kept == 3:
            sink.finish()
        else:
            sink.write(parts[kept])
            if stop != "uncommitted":
                sink.commit()
        sink.close()
    sink = open_sink(str(draft), mark)
    write_all(sink, parts[kept:])
    sink.finish()
    assert written(draft, kind) == whole


@pytest.mark.parametrize("kind", KINDS)
def test_a_finished_draft_can_be_opened_at_its_last_mark(
    tmp_path: Path, kind: str, parts: list[list[Outcome]], whole: dict[str, list[Row]]
) -> None:
    """As after a kill between the end of `finish` and what was to come then."""
    draft, open_sink = tmp_path / "draft", sink_for("", kind)
    sink = open_sink(str(draft), None)
    mark = write_all(sink, parts)
    for _ in range(2):
        sink.finish()
        sink.close()
        sink = open_sink(str(draft), mark)
    sink.finish()
    assert written(draft, kind) == whole


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("opened", [0, 1])
def test_a_finished_draft_is_never_taken_for_what_it_was_before(
    tmp_path: Path, kind: str, opened: int, parts: list[list[Outcome]], whole: dict[str, list[Row]]
) -> None:
    """As after a kill in `finish`, after which inputs changed: it is cut back to an earlier mark, or refused unharmed."""
    draft, first, open_sink = tmp_path / "draft", tmp_path / "first", sink_for("", kind)
    sink = open_sink(str(first), None)
    write_all(sink, parts[:1])
    sink.finish()
    sink = open_sink(str(draft), None)
    early = write_all(sink, parts[:1])
    mark = write_all(sink, parts[1:])
    sink.finish()
    sink.close()
    for _ in range(opened):
        open_sink(str(draft), mark).close()
    try:
        sink = open_sink(str(draft), early)
    except SinkError:
        assert kind == "duckdb"
        open_sink(str(draft), mark).finish()
        assert written(draft, kind) == whole
    else:
        sink.finish()
        assert written(draft, kind) == written(first, kind)


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_draft_overwrites_what_lies_there(
    tmp_path: Path, kind: str, parts: list[list[Outcome]], whole: dict[str, list[Row]]
) -> None:
    draft, open_sink = tmp_path / "draft", sink_for("", kind)
    old = open_sink(str(draft), None)
    write_all(old, parts[:2])
    old.close()
    sink = open_sink(str(draft), None)
    write_all(sink, parts)
    sink.finish()
    assert written(draft, kind) == whole


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("mark", [10**9, "x", [10**9] * len(TABLES), {}])
def test_a_draft_that_does_not_fit_its_mark_is_refused(
    tmp_path: Path, kind: str, mark: Any, parts: list[list[Outcome]]
) -> None:
    draft, open_sink = str(tmp_path / "draft"), sink_for("", kind)
    sink = open_sink(draft, None)
    write_all(sink, parts[:1])
    sink.close()
    with pytest.raises(SinkError):
        open_sink(draft, mark)


@pytest.mark.parametrize("kind", KINDS)
def test_a_draft_that_is_gone_is_refused(tmp_path: Path, kind: str) -> None:
    with pytest.raises(SinkError):
        sink_for("", kind)(str(tmp_path / "draft"), 1 if kind != "sqlite" else [1] * len(TABLES))


@pytest.mark.parametrize("kind", KINDS)
def test_a_place_that_cannot_be_written_to_is_an_os_error(tmp_path: Path, kind: str) -> None:
    with pytest.raises(OSError, match="gone"):
        sinaparse.write_corpus(outcomes(), tmp_path / "gone" / f"x.{kind}")


@pytest.mark.parametrize("kind", KINDS)
def test_a_full_disk_is_an_os_error(tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    resource = pytest.importorskip("resource")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    monkeypatch.setattr(sinks, "BATCH_FILES", 40)
    resource.setrlimit(resource.RLIMIT_FSIZE, (64 * 1024, limits[1]))
    try:
        with pytest.raises(OSError, match=r"."):
            sinaparse.write_corpus(outcomes(), tmp_path / f"x.{kind}")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert list(tmp_path.iterdir()) == []


# --- which table ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("x.parquet", ".parquet"),
        ("articles.parquet", ".parquet"),
        ("blocks.parquet", ".blocks.parquet"),
        ("2022.table_cells.parquet", ".table_cells.parquet"),
        ("my-blocks.parquet", ".parquet"),
        ("folder/images.parquet", ".images.parquet"),
    ],
)
def test_the_name_of_a_parquet_file_says_which_table_it_holds(path: str, kind: str) -> None:
    assert sinks.kind_of(path) == kind


def test_a_name_that_is_nothing_but_a_suffix_has_none() -> None:
    with pytest.raises(SinkError, match="no suffix"):
        sinks.kind_of("parquet")
