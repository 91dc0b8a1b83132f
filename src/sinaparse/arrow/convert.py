"""From outcomes to Arrow tables, and from a row of ``articles`` back to the article."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pyarrow as pa

from sinaparse import models
from sinaparse.arrow.schemas import SCHEMAS
from sinaparse.dataframe import import_pandas
from sinaparse.models import Article
from sinaparse.outcome import Outcome
from sinaparse.sinks import batches
from sinaparse.tables import TABLES, Record, Row, check_table, key

BLOCKS: Mapping[str, tuple[str, ...]] = {
    kind.model_fields["kind"].default: tuple(kind.model_fields)
    for kind in (models.Paragraph, models.Image, models.Table, models.Video, models.Quote, models.ItemList)
}
"""The fields of each kind of block."""


def to_batches(outcomes: Iterable[Outcome], table: str = "articles") -> Iterator[pa.RecordBatch]:
    """The rows of a table as a stream of record batches of up to 256 files or 8 MB of JSON.

    ``table`` is one of ``sinaparse.arrow.SCHEMAS``. The same bytes read twice give their rows once, except for
    ``sources`` and ``problems``, which have rows for each path; for that, a key is kept of each file that was read. Raises
    ``ValueError`` for an unknown table, and whatever the iterable raises.
    """
    check_table(table)
    return _batches(outcomes, table)


def _batches(outcomes: Iterable[Outcome], table: str) -> Iterator[pa.RecordBatch]:
    seen: set[tuple[str, ...]] = set()
    for batch in batches(outcomes):
        fresh = []
        for outcome in batch:
            known = key(table, outcome)
            if known not in seen:
                seen.add(known)
                fresh.append(Record(outcome))
        if fresh:
            yield record_batch(table, fresh)


def record_batch(table: str, records: Iterable[Record]) -> pa.RecordBatch:
    """The rows of some outcomes in one table."""
    rows = [row for record in records for row in TABLES[table](record)]
    return pa.RecordBatch.from_pylist(rows, schema=SCHEMAS[table])


def to_arrow(outcomes: Iterable[Outcome], table: str = "articles") -> pa.Table:
    """A table as a ``pyarrow.Table``, in memory; see :func:`to_batches`, which streams it."""
    return pa.Table.from_batches(to_batches(outcomes, table), schema=SCHEMAS[table])


def to_pandas(outcomes: Iterable[Outcome], table: str = "articles") -> Any:
    """A table as a ``pandas.DataFrame``. Numbers that may be missing are ``Int32``, days are ``datetime64``."""
    pd = import_pandas()
    # pandas' own choice for numbers that may be missing is a float.
    return to_arrow(outcomes, table).to_pandas(types_mapper={pa.int32(): pd.Int32Dtype()}.get, date_as_object=False)


# --- and back ---------------------------------------------------------------------------------------------------------


def read_article(row: Mapping[str, Any]) -> Article:
    """The article in a row of ``articles``: equal to the one that the row was made from.

    ``row`` is a mapping as ``pyarrow.Table.to_pylist()`` or ``polars.DataFrame.to_dicts()`` gives it. Raises
    :class:`~sinaparse.SchemaVersionError` if a release wrote it whose articles this one can't read, and ``KeyError`` for a
    column that is missing.
    """
    top: list[Row] = []
    sections: list[Row] = []
    for flat in row["sections"]:
        section = {**flat, "blocks": [_block(block) for block in flat["blocks"]], "sections": []}
        (top if flat["parent"] is None else sections[flat["parent"]]["sections"]).append(section)
        sections.append(section)
    fields = {name: row[name] for name in Article.model_fields}
    return Article.model_validate({**fields, "sections": top, "extra": json.loads(row["extra"])})


def _block(block: Mapping[str, Any]) -> Row:
    """A block with the fields of its kind and no others; an earlier release of the same version may not have had all."""
    return {name: block[name] for name in BLOCKS[block["kind"]] if block.get(name) is not None}
