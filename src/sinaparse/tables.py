"""The rows of the tables that articles are kept in, as plain dicts: what Arrow, DuckDB, Parquet and SQLite have in common.

They are made from the JSON of an outcome, which is decoded once and never validated again: it comes from the models. What
the columns mean stands in :mod:`sinaparse.arrow.schemas`; values are JSON's, but for dates, which are those of ``datetime``.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias

from pydantic_core import from_json

from sinaparse.outcome import Outcome
from sinaparse.problems import SinaParseError, nearest

if TYPE_CHECKING:
    import pyarrow as pa

Row: TypeAlias = dict[str, Any]


class UnknownTableError(SinaParseError, ValueError):
    """A name that is none of the tables."""


class Record:
    """An outcome, opened once for all the tables that it has rows in."""

    def __init__(self, outcome: Outcome) -> None:
        self.path = outcome.path
        self.digest = outcome.digest
        self._outcome = outcome

    @cached_property
    def article(self) -> Row | None:
        """The article, or None if the file was refused."""
        return None if self._outcome.json is None else from_json(self._outcome.json)

    @cached_property
    def sections(self) -> list[Row]:
        """All sections in reading order, each with the index of the one that it is part of, and their dates as dates."""
        flat: list[Row] = []
        top = self.article["sections"] if self.article else ()
        waiting: list[tuple[Row, int | None]] = [(section, None) for section in reversed(top)]
        while waiting:
            section, parent = waiting.pop()
            waiting.extend((inner, len(flat)) for inner in reversed(section["sections"]))
            flat.append({"parent": parent, **{name: section[name] for name in ("level", "heading", "blocks")}})
            for block in section["blocks"]:
                if block.get("date") is not None:
                    block["date"] = dt.date.fromisoformat(block["date"])
        return flat

    @cached_property
    def blocks(self) -> list[Row]:
        """All blocks in reading order."""
        return [block for section in self.sections for block in section["blocks"]]

    @cached_property
    def problems(self) -> list[Row]:
        """All problems, warnings included."""
        return list(from_json(self._outcome.problems_json))

    @cached_property
    def removals(self) -> list[Row]:
        """What cleaners took out."""
        return list(from_json(self._outcome.removals_json))


# --- one function a table ---------------------------------------------------------------------------------------------


def sources(record: Record) -> Iterator[Row]:
    """The file."""
    yield {"path": record.path, "digest": record.digest}


def articles(record: Record) -> Iterator[Row]:
    """The article; nothing for a refused file."""
    if record.article is None:
        return
    date = record.article["published_at"]
    yield {
        **record.article,
        "digest": record.digest,
        "path": record.path,
        "published_at": None if date is None else dt.datetime.fromisoformat(date),
        "text": "\n".join(_lines(record.sections)),
        "sections": record.sections,
        "extra": json.dumps(record.article["extra"], ensure_ascii=False),
    }


def blocks(record: Record) -> Iterator[Row]:
    """The blocks with their texts."""
    index = 0
    for section_index, section in enumerate(record.sections):
        for block in section["blocks"]:
            texts = block_texts(block)
            yield {
                "digest": record.digest,
                "block_index": index,
                "section_index": section_index,
                "level": section["level"],
                "heading": section["heading"],
                "kind": block["kind"],
                "text": "\n".join(texts) if texts else None,
                "lead_in": block.get("lead_in"),
            }
            index += 1


def images(record: Record) -> Iterator[Row]:
    """The images."""
    for index, block in enumerate(record.blocks):
        if block["kind"] == "image":
            yield {**block, "digest": record.digest, "block_index": index}


def table_cells(record: Record) -> Iterator[Row]:
    """The cells of the article's tables, each in the column of the grid in which it begins."""
    for index, block in enumerate(record.blocks):
        if block["kind"] == "table":
            for row_index, column_index, cell in _placed(block["rows"]):
                place = {"block_index": index, "row_index": row_index, "column_index": column_index}
                yield {"digest": record.digest, **place, **cell}


def mentions(record: Record) -> Iterator[Row]:
    """The stock links."""
    for index, mention in enumerate(record.article["mentions"] if record.article else ()):
        yield {"digest": record.digest, "mention_index": index, **mention}


def removals(record: Record) -> Iterator[Row]:
    """What cleaners took out of an article; nothing for a refused file."""
    for index, removal in enumerate(record.removals if record.article else ()):
        yield {"digest": record.digest, "removal_index": index, **removal}


def problems(record: Record) -> Iterator[Row]:
    """What is wrong with, or worth knowing about, the file."""
    for index, found in enumerate(record.problems):
        yield {"path": record.path, "digest": record.digest, "problem_index": index, **found}


OF_FILES: Mapping[str, Callable[[Record], Iterator[Row]]] = {"sources": sources, "problems": problems}
"""Tables with rows for each path and digest: the name of a file is among the things that can be wrong with it."""
OF_ARTICLES: Mapping[str, Callable[[Record], Iterator[Row]]] = {
    "articles": articles,
    "blocks": blocks,
    "images": images,
    "mentions": mentions,
    "table_cells": table_cells,
    "removals": removals,
}
"""Tables with rows for each digest, however many files have these bytes."""
TABLES: Mapping[str, Callable[[Record], Iterator[Row]]] = {**OF_FILES, **OF_ARTICLES}
"""All tables: what gives their rows."""


def check_table(name: str) -> str:
    """The name of a table. Raises :class:`UnknownTableError` for any other."""
    if name not in TABLES:
        raise UnknownTableError(f"there is no table {name!r}{nearest(name, TABLES)}; there are: {', '.join(TABLES)}")
    return name


def key(table: str, outcome: Outcome) -> tuple[str, ...]:
    """What the rows of an outcome are known by: outcomes with the same key have the same rows in this table."""
    return (outcome.path, outcome.digest) if table in OF_FILES else (outcome.digest,)


def to_arrow(outcomes: Iterable[Outcome], table: str = "articles") -> pa.Table:
    """A table of outcomes, such as those of :func:`read_corpus`, as a ``pyarrow.Table``. Needs the extra ``arrow``.

    ``table`` is ``articles``, ``blocks``, ``images``, ``mentions``, ``table_cells``, ``removals``, ``problems`` or ``sources``;
    their columns are in ``sinaparse.arrow.SCHEMAS`` and ``docs/tables.md``. The whole table is in memory;
    ``sinaparse.arrow.to_batches`` streams it. Raises ``ValueError`` for an unknown table, ``ModuleNotFoundError`` without
    pyarrow, and whatever the iterable raises.
    """
    from sinaparse.arrow import to_arrow

    return to_arrow(outcomes, table)


# --- texts and cells --------------------------------------------------------------------------------------------------


def _lines(sections: list[Row]) -> Iterator[str]:
    """The lines of `Article.text`."""
    for section in sections:
        if section["heading"] is not None:
            yield section["heading"]
        for block in section["blocks"]:
            yield from block_texts(block)


def block_texts(block: Row) -> list[str]:
    """What :func:`sinaparse.models.block_texts` gives, of a block in JSON."""
    kind = block["kind"]
    if kind == "paragraph":
        return [block["text"]]
    texts = [block["caption"]] if block.get("caption") is not None else []
    if kind == "quote":
        texts += [paragraph["text"] for paragraph in block["paragraphs"]]
    elif kind == "list":
        texts += [item["text"] for item in block["items"]]
    elif kind == "table":
        texts += [cell["text"] for row in block["rows"] for cell in row]
    return texts


def _placed(rows: list[list[Row]]) -> Iterator[tuple[int, int, Row]]:
    """The cells of a table with the row and the column in which they begin, as `Table.grid()` places them."""
    free_from: dict[int, int] = {}
    """For each column, the first row that no cell from above fills."""
    for row_index, row in enumerate(rows):
        column = 0
        for cell in row:
            while free_from.get(column, 0) > row_index:
                column += 1
            yield row_index, column, cell
            end = column + cell["colspan"]
            if cell["rowspan"] > 1:
                below = row_index + cell["rowspan"]
                for place in range(column, end):
                    free_from[place] = max(below, free_from.get(place, 0))
            column = end
