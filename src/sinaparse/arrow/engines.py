"""Parsing inside an engine that hands out record batches: Spark, Ray, DuckDB, or anything else that speaks Arrow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyarrow as pa

from sinaparse.arrow.schemas import PARSED_SCHEMA
from sinaparse.inputs import Task
from sinaparse.outcome import Outcome, outcome_of, unparsed
from sinaparse.parser import Parser
from sinaparse.problems import problem
from sinaparse.sinks import batches as cut
from sinaparse.tables import Record, Row, articles


def parse_batches(batches: Iterable[pa.RecordBatch], *, parser: Parser | None = None) -> Iterator[pa.RecordBatch]:
    """Parse what an engine has read: files as rows in, articles as rows out.

    ``batches`` have the columns ``path`` (text) and ``content`` (bytes); others are not looked at. ``parser`` is ``Parser()``
    unless given, by ``functools.partial`` for example, which pickles if the parser's cleaners can be imported.

    Gives batches of ``sinaparse.arrow.PARSED_SCHEMA``, of up to 256 rows or 8 MB of JSON: a row for each row that came
    in, in the same order. A refused file has null in the article's columns; whatever is wrong is in ``problems``, and no file
    makes the task fail. Content that is null counts as a file that can't be read. Raises ``ValueError`` if a column is
    missing.
    """
    reader = parser or Parser()
    for group in cut(outcome for batch in batches for outcome in _outcomes(batch, reader)):
        yield pa.RecordBatch.from_pylist([_row(Record(outcome)) for outcome in group], schema=PARSED_SCHEMA)


def _outcomes(batch: pa.RecordBatch, parser: Parser) -> Iterator[Outcome]:
    missing = {"path", "content"} - set(batch.schema.names)
    if missing:
        names = " and ".join(sorted(missing))
        raise ValueError(
            f"batches need the columns path and content; {names} not among {', '.join(batch.schema.names)}"
        )
    for path, content in zip(batch.column("path"), batch.column("content"), strict=True):
        name, source = path.as_py() or "", content.as_py()
        if source is None:
            yield unparsed(name, problem("unreadable-file", "error", reason="the engine gave no content"))
        else:
            yield outcome_of(parser, Task(name, source))


def _row(record: Record) -> Row:
    article = next(articles(record), {})
    return {**article, "path": record.path, "digest": record.digest, "problems": record.problems}
