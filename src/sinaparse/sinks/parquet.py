"""Parquet: one file holds one table.

A Parquet file is nothing until its end is written, so batches are kept beside it until then, as Arrow streams one after the
other in one file, which can be cut back to the end of one of them. The keys of what was written are in an SQLite file, so
that no run is too long for the memory.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, suppress

import pyarrow as pa
import pyarrow.parquet as pq
from pydantic import JsonValue

from sinaparse.arrow.convert import record_batch
from sinaparse.arrow.schemas import SCHEMAS
from sinaparse.outcome import Outcome
from sinaparse.sinks import SinkError, remove_draft
from sinaparse.sinks.sqlite import sqlite_errors
from sinaparse.tables import Record, key

GROUP_BYTES = 32 * 1024 * 1024
"""Size in memory of a row group: what :meth:`ParquetSink.finish` holds, and what engines read at a time."""
COMPRESSION = "zstd"


class ParquetSink:
    """A table as one Parquet file."""

    def __init__(self, draft: str, mark: JsonValue = None, *, table: str = "articles") -> None:
        self._draft, self._table = draft, table
        if mark is None:
            remove_draft(draft)
        batches = f"{draft}.batches"
        if mark is not None and (
            not isinstance(mark, int) or not os.path.exists(batches) or os.path.getsize(batches) < mark
        ):
            raise SinkError(f"{batches} is shorter than it was at its last mark")
        with ExitStack() as opened:
            self._batches = opened.enter_context(open(batches, "wb" if mark is None else "r+b"))
            with sqlite_errors(draft):
                self._seen = opened.enter_context(closing(sqlite3.connect(f"{draft}.seen")))
            self._start(mark or 0)
            opened.pop_all()  # both stay open as long as the sink

    def _start(self, mark: int) -> None:
        with sqlite_errors(self._draft):
            self._seen.execute(
                "CREATE TABLE IF NOT EXISTS seen (key BLOB PRIMARY KEY, place INTEGER NOT NULL) WITHOUT ROWID"
            )
            # What was written after the mark stands at or after it.
            self._seen.execute("DELETE FROM seen WHERE place >= ?", (mark,))
            self._seen.commit()
        self._batches.truncate(mark)
        self._batches.seek(mark)

    def write(self, outcomes: Sequence[Outcome]) -> None:
        """Add the rows of outcomes whose rows are not there yet."""
        with sqlite_errors(self._draft):
            batch = record_batch(self._table, [Record(outcome) for outcome in outcomes if self._is_new(outcome)])
        if batch.num_rows:
            options = pa.ipc.IpcWriteOptions(compression=COMPRESSION)
            with pa.ipc.new_stream(self._batches, batch.schema, options=options) as stream:
                stream.write_batch(batch)

    def _is_new(self, outcome: Outcome) -> bool:
        known = hashlib.sha256("\0".join(key(self._table, outcome)).encode()).digest()
        cursor = self._seen.execute("INSERT OR IGNORE INTO seen VALUES (?, ?)", (known, self._batches.tell()))
        return cursor.rowcount == 1

    def commit(self) -> int:
        """Flush to the disk; the mark is the size of all batches."""
        self._batches.flush()
        os.fsync(self._batches.fileno())
        with sqlite_errors(self._draft):
            self._seen.commit()
        return self._batches.tell()

    def finish(self) -> None:
        """Write the Parquet file, one row group at a time."""
        self.commit()
        with open(self._draft, "wb") as file:
            with pq.ParquetWriter(file, SCHEMAS[self._table], compression=COMPRESSION) as writer:
                group: list[pa.RecordBatch] = []
                size = 0
                for batch in self._stored():
                    group.append(batch)
                    size += batch.nbytes
                    if size >= GROUP_BYTES:
                        _write_group(writer, group)
                        group, size = [], 0
                _write_group(writer, group)
            file.flush()
            os.fsync(file.fileno())
        self.close()

    def _stored(self) -> Iterator[pa.RecordBatch]:
        end = self._batches.tell()
        with open(self._batches.name, "rb") as file:
            while file.tell() < end:
                yield from pa.ipc.open_stream(file)

    def close(self) -> None:
        """Close the files."""
        with suppress(OSError):
            self._batches.close()
        with suppress(sqlite3.Error):
            self._seen.close()


def _write_group(writer: pq.ParquetWriter, group: list[pa.RecordBatch]) -> None:
    if group:
        table = pa.Table.from_batches(group)
        writer.write_table(table, row_group_size=table.num_rows)
