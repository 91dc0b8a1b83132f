"""DuckDB: all tables in one file, with nested types as in Arrow.

What each commit added is noted in the table ``draft_keys``, so that it can be taken out again: a run that was killed between
a commit and its mark has one batch too many, and inputs that changed have to be done again. A finished draft has no notes any
more: it can be opened where it holds no more than it did at the mark, and nowhere before.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

import duckdb
import pyarrow as pa
from pydantic import JsonValue

from sinaparse.arrow.convert import record_batch
from sinaparse.arrow.schemas import SCHEMAS
from sinaparse.outcome import Outcome
from sinaparse.sinks import SinkError, remove_draft
from sinaparse.tables import OF_ARTICLES, OF_FILES, Record

KEYS = {"sources": ("path", "digest"), "articles": ("digest",)}
"""What stands once only. The rows of all other tables come and go with those of one of these."""
OWNERS = {**dict.fromkeys(OF_FILES, "sources"), **dict.fromkeys(OF_ARTICLES, "articles")}
"""For each table the one of ``KEYS`` with which its rows come and go."""
MEMORY = "128MB"
"""What DuckDB may take before it goes to the disk."""
NOTED = "draft_keys"
NOTES = pa.schema([("commits", pa.int32()), ("owner", pa.string()), ("path", pa.string()), ("digest", pa.string())])


class DuckdbSink:
    """All tables as one DuckDB database, with a transaction for each batch."""

    def __init__(self, draft: str, mark: JsonValue = None) -> None:
        self._draft = draft
        self._added: list[dict[str, object]] = []
        self._commits = 0
        if mark is None:
            remove_draft(draft)
        elif not os.path.exists(draft):
            raise SinkError(f"{draft} is gone")
        with _duckdb_errors(draft):
            self._db = duckdb.connect(draft, config={"memory_limit": MEMORY, "threads": 1})
            try:
                self._start(mark)
            except BaseException:
                self.close()
                raise

    def _start(self, mark: JsonValue) -> None:
        self._db.execute("BEGIN")
        if mark is None:
            for name, schema in {**SCHEMAS, NOTED: NOTES}.items():
                self._create(name, schema)
        else:
            self._cut_back(mark)
        self._db.execute("COMMIT")
        self._db.execute("BEGIN")

    def _create(self, name: str, schema: pa.Schema) -> None:
        kinds = self._with(schema.empty_table(), "DESCRIBE SELECT * FROM incoming")
        columns = [
            f"{field.name} {kind[1]}{'' if field.nullable else ' NOT NULL'}"
            for field, kind in zip(schema, kinds, strict=True)
        ]
        if name in KEYS:
            columns.append(f"PRIMARY KEY ({', '.join(KEYS[name])})")
        self._db.execute(f"CREATE TABLE {name} ({', '.join(columns)})")

    def _with(self, incoming: Any, query: str) -> list[tuple[Any, ...]]:
        """The rows that a query gives in which ``incoming`` is an Arrow table."""
        self._db.register("incoming", incoming)
        try:
            return self._db.execute(query).fetchall()
        finally:
            self._db.unregister("incoming")

    def _note(self) -> None:
        """Note what this transaction has added."""
        if self._added:
            table = pa.Table.from_pylist([{**note, "commits": self._commits} for note in self._added], schema=NOTES)
            self._with(table, f"INSERT INTO {NOTED} SELECT * FROM incoming")
        self._added = []

    def _cut_back(self, mark: JsonValue) -> None:
        names = {row[0] for row in self._db.execute("SHOW TABLES").fetchall()}
        match mark:
            case [int(kept), *_] if names.issuperset(SCHEMAS):
                if NOTED not in names:
                    self._create(NOTED, NOTES)  # it was being finished
                self._take_out_after(kept)
                self._commits = kept
                if self._mark() == mark:
                    return
        raise SinkError(f"{self._draft} does not fit its mark")

    def _take_out_after(self, commits: int) -> None:
        """Take out what is noted for later transactions than so many."""
        for name, owner in OWNERS.items():
            key = ", ".join(KEYS[owner])
            added = f"SELECT {key} FROM {NOTED} WHERE owner = '{owner}' AND commits > ?"
            self._db.execute(f"DELETE FROM {name} WHERE ({key}) IN ({added})", [commits])
        self._db.execute(f"DELETE FROM {NOTED} WHERE commits > ?", [commits])

    def _mark(self) -> JsonValue:
        """The number of transactions, and that of rows: without notes, only the rows tell one state from another."""
        rows = (self._db.execute(f"SELECT count(*) FROM {owner}").fetchall()[0][0] for owner in KEYS)
        return [self._commits, *rows]

    def write(self, outcomes: Sequence[Outcome]) -> None:
        """Add the rows of outcomes that are not there yet."""
        records = [Record(outcome) for outcome in outcomes]
        files: dict[tuple[str, ...], Record] = {(record.path, record.digest): record for record in reversed(records)}
        articles: dict[tuple[str, ...], Record] = {
            (record.digest,): record for record in reversed(records) if record.article
        }
        with _duckdb_errors(self._draft):
            self._write(OF_FILES, "sources", files)
            self._write(OF_ARTICLES, "articles", articles)

    def _write(self, tables: Iterable[str], owner: str, records: dict[tuple[str, ...], Record]) -> None:
        """Add the rows of some records to the table that owns them, and those of records that are new there to the others."""
        returning = f"INSERT OR IGNORE INTO {owner} SELECT * FROM incoming RETURNING {', '.join(KEYS[owner])}"
        new = set(self._with(record_batch(owner, list(records.values())[::-1]), returning))
        fresh = [record for key, record in records.items() if key in new][::-1]
        self._added += [{"owner": owner, "path": item.path, "digest": item.digest} for item in fresh]
        for name in tables:
            if name != owner:
                batch = record_batch(name, fresh)
                if batch.num_rows:
                    self._with(batch, f"INSERT INTO {name} SELECT * FROM incoming")

    def commit(self) -> JsonValue:
        """End the transaction; the mark is what :meth:`_mark` gives."""
        with _duckdb_errors(self._draft):
            self._commits += 1
            self._note()
            self._db.execute("COMMIT")
            self._db.execute("BEGIN")
            return self._mark()

    def finish(self) -> None:
        """Take out the notes and move what is still in the write-ahead log into the file."""
        with _duckdb_errors(self._draft):
            self._db.execute(f"DROP TABLE {NOTED}")
            self._db.execute("COMMIT")
            self._db.execute("CHECKPOINT")
            self._db.close()

    def close(self) -> None:
        """Close the database, without what was not committed."""
        with suppress(duckdb.Error):
            self._db.close()


@contextmanager
def _duckdb_errors(draft: str) -> Iterator[None]:
    """What DuckDB can't do with its file (the disk is full, it may not be written to) as ``OSError``."""
    try:
        yield
    except duckdb.Error as error:
        full = "space" in str(error) or "disk is full" in str(error)
        raise OSError(errno.ENOSPC if full else errno.EIO, str(error), draft) from error
