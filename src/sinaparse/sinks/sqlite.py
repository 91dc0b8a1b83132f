"""SQLite: all tables in one file, with keys and indexes. Columns that are nested elsewhere hold JSON.

Rows are only ever added, each with a higher ``rowid`` than those before it. So a draft can be cut back to what it held.
"""

from __future__ import annotations

import datetime as dt
import errno
import json
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

from pydantic import JsonValue

from sinaparse.outcome import Outcome
from sinaparse.sinks import SinkError, remove_draft
from sinaparse.tables import OF_ARTICLES, OF_FILES, TABLES, Record, Row
from sinaparse.versions import SCHEMA_VERSION

SCHEMA = """
CREATE TABLE sources (
    path TEXT NOT NULL,
    digest TEXT NOT NULL,
    PRIMARY KEY (path, digest)
);
CREATE TABLE problems (
    path TEXT NOT NULL,
    digest TEXT NOT NULL,
    problem_index INTEGER NOT NULL,
    code TEXT NOT NULL,
    severity TEXT NOT NULL,
    message TEXT NOT NULL,
    line INTEGER,
    excerpt TEXT NOT NULL,
    hint TEXT NOT NULL,
    PRIMARY KEY (path, digest, problem_index),
    FOREIGN KEY (path, digest) REFERENCES sources
);
CREATE TABLE articles (
    digest TEXT NOT NULL PRIMARY KEY,
    path TEXT NOT NULL,
    schema_version TEXT NOT NULL,
    title TEXT NOT NULL,
    original_title TEXT,
    published_at TEXT,
    date_kind TEXT NOT NULL,
    publisher TEXT NOT NULL,
    categories TEXT NOT NULL,
    head_image TEXT,
    authors TEXT NOT NULL,
    source TEXT,
    editor TEXT,
    symbols TEXT NOT NULL,
    mentions TEXT NOT NULL,
    credits TEXT NOT NULL,
    text TEXT NOT NULL,
    sections TEXT NOT NULL,
    extra TEXT NOT NULL,
    FOREIGN KEY (path, digest) REFERENCES sources
);
CREATE TABLE blocks (
    digest TEXT NOT NULL REFERENCES articles,
    block_index INTEGER NOT NULL,
    section_index INTEGER NOT NULL,
    level INTEGER NOT NULL,
    heading TEXT,
    kind TEXT NOT NULL,
    text TEXT,
    lead_in TEXT,
    PRIMARY KEY (digest, block_index)
);
CREATE TABLE images (
    digest TEXT NOT NULL,
    block_index INTEGER NOT NULL,
    url TEXT NOT NULL,
    caption TEXT,
    alt TEXT,
    width INTEGER,
    height INTEGER,
    date TEXT,
    PRIMARY KEY (digest, block_index),
    FOREIGN KEY (digest, block_index) REFERENCES blocks
);
CREATE TABLE mentions (
    digest TEXT NOT NULL REFERENCES articles,
    mention_index INTEGER NOT NULL,
    symbol TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (digest, mention_index)
);
CREATE TABLE table_cells (
    digest TEXT NOT NULL,
    block_index INTEGER NOT NULL,
    row_index INTEGER NOT NULL,
    column_index INTEGER NOT NULL,
    text TEXT NOT NULL,
    header INTEGER NOT NULL,
    colspan INTEGER NOT NULL,
    rowspan INTEGER NOT NULL,
    PRIMARY KEY (digest, block_index, row_index, column_index),
    FOREIGN KEY (digest, block_index) REFERENCES blocks
);
CREATE TABLE removals (
    digest TEXT NOT NULL REFERENCES articles,
    removal_index INTEGER NOT NULL,
    cleaner TEXT NOT NULL,
    reason TEXT NOT NULL,
    text TEXT NOT NULL,
    media TEXT NOT NULL,
    line INTEGER,
    visible INTEGER NOT NULL,
    PRIMARY KEY (digest, removal_index)
);
"""
"""The tables, each after those that it refers to."""

INDEXES = """
CREATE INDEX IF NOT EXISTS sources_by_digest ON sources (digest);
CREATE INDEX IF NOT EXISTS problems_by_code ON problems (code);
CREATE INDEX IF NOT EXISTS articles_by_date ON articles (published_at);
CREATE INDEX IF NOT EXISTS mentions_by_symbol ON mentions (symbol);
"""
"""What people look for; made when all is there."""


class SqliteSink:
    """All tables as one SQLite database, with a transaction for each batch."""

    def __init__(self, draft: str, mark: JsonValue = None) -> None:
        self._draft = draft
        if mark is None:
            remove_draft(draft)
        elif not os.path.exists(draft):
            raise SinkError(f"{draft} is gone")
        with sqlite_errors(draft):
            self._db = sqlite3.connect(draft, isolation_level=None)
            try:
                self._start(mark)
            except BaseException:
                self.close()
                raise

    def _start(self, mark: JsonValue) -> None:
        if mark is None:
            self._db.executescript(f"BEGIN; {SCHEMA} PRAGMA user_version = {SCHEMA_VERSION}; COMMIT")
        self._columns = {name: [row[1] for row in self._db.execute(f"PRAGMA table_info({name})")] for name in TABLES}
        if mark is not None:
            self._db.execute("BEGIN")
            self._cut_back(mark)
            self._db.execute("COMMIT")
        self._db.execute("PRAGMA foreign_keys = ON")
        self._db.execute("BEGIN")

    def _cut_back(self, mark: JsonValue) -> None:
        marks = dict(zip(TABLES, mark, strict=True)) if isinstance(mark, list) and len(mark) == len(TABLES) else {}
        for name, last in zip(TABLES, self._last_rows(), strict=True):
            if not isinstance(kept := marks.get(name), int) or last < kept:
                raise SinkError(f"{self._draft} has less than it had at its last mark")
            self._db.execute(f"DELETE FROM {name} WHERE rowid > ?", (kept,))

    def _last_rows(self) -> list[int]:
        """The highest rowid of each table."""
        return [self._db.execute(f"SELECT coalesce(max(rowid), 0) FROM {name}").fetchone()[0] for name in TABLES]

    def write(self, outcomes: Sequence[Outcome]) -> None:
        """Add the rows of outcomes that are not there yet."""
        with sqlite_errors(self._draft):
            for record in map(Record, outcomes):
                for name, rows in OF_FILES.items():
                    self._insert(name, rows(record))
                if self._insert("articles", OF_ARTICLES["articles"](record)):
                    for name, rows in OF_ARTICLES.items():
                        if name != "articles":
                            self._insert(name, rows(record))

    def _insert(self, table: str, rows: Iterable[Row]) -> int:
        """Add rows whose keys are not there yet; how many."""
        columns = self._columns[table]
        places = ", ".join("?" * len(columns))
        values = (_values(row, columns) for row in rows)
        cursor = self._db.executemany(f"INSERT OR IGNORE INTO {table} VALUES ({places})", values)
        return cursor.rowcount

    def commit(self) -> JsonValue:
        """End the transaction; the mark has the last row of each table."""
        with sqlite_errors(self._draft):
            self._db.execute("COMMIT")
            marks = self._last_rows()
            self._db.execute("BEGIN")
        return [*marks]

    def finish(self) -> None:
        """Make the indexes."""
        with sqlite_errors(self._draft):
            self._db.execute("COMMIT")
            self._db.executescript(INDEXES)
            self._db.close()

    def close(self) -> None:
        """Close the database, without what was not committed."""
        with suppress(sqlite3.Error):
            self._db.close()


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=dt.date.isoformat)


def _moment(value: dt.datetime) -> str:
    return value.isoformat().replace("+00:00", "Z")


_KEPT: dict[type, Callable[[Any], str]] = {list: _json, dict: _json, dt.datetime: _moment, dt.date: dt.date.isoformat}
"""How SQLite keeps what it has no type for."""


def _values(row: Row, columns: list[str]) -> list[object]:
    values = map(row.get, columns)
    return [_KEPT[type(value)](value) if type(value) in _KEPT else value for value in values]


@contextmanager
def sqlite_errors(draft: str) -> Iterator[None]:
    """What SQLite can't do with its file (the disk is full, it may not be written to) as ``OSError``."""
    try:
        yield
    except sqlite3.OperationalError as error:
        full = "full" in str(error)
        raise OSError(errno.ENOSPC if full else errno.EIO, str(error), draft) from error
