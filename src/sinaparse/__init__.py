"""Strict, typed parsing of Sina Finance (新浪财经) article exports.

>>> import sinaparse
>>> article = sinaparse.parse_file("examples/exports/….md")  # doctest: +SKIP
"""

from __future__ import annotations

import os

from sinaparse.body import Body, BodyError, Node, Removal
from sinaparse.cleaners import COMMENT, Cleaner, Pipeline, PipelineError, cleaner, default_cleaners, node_cleaner
from sinaparse.cleaners.installed import InstalledCleaner, installed_cleaners, load_cleaner
from sinaparse.cleaners.soup import soup_cleaner
from sinaparse.corpus import Corpus, read_corpus
from sinaparse.inspection import Coverage, Inspection, Piece
from sinaparse.limits import Limits
from sinaparse.models import (
    Article,
    Block,
    Cell,
    Credit,
    Editor,
    Image,
    Item,
    ItemList,
    Mention,
    Paragraph,
    Quote,
    Section,
    Span,
    Table,
    Video,
)
from sinaparse.outcome import Outcome
from sinaparse.parser import Parser, TimezoneError
from sinaparse.problems import CODES, CleanerError, ParseError, Problem, ProblemList, SinaParseError, WorkerError
from sinaparse.schema import UnknownSchemaError, json_schema
from sinaparse.selection import FileProblem, Outcomes, Selection
from sinaparse.sinks import Counts, SinkError, write_corpus
from sinaparse.tables import UnknownTableError, to_arrow
from sinaparse.tree import Place, SectionError
from sinaparse.versions import SchemaVersionError

__version__ = "0.1.0"

__all__ = [
    "CODES",
    "COMMENT",
    "Article",
    "Block",
    "Body",
    "BodyError",
    "Cell",
    "Cleaner",
    "CleanerError",
    "Corpus",
    "Counts",
    "Coverage",
    "Credit",
    "Editor",
    "FileProblem",
    "Image",
    "Inspection",
    "InstalledCleaner",
    "Item",
    "ItemList",
    "Limits",
    "Mention",
    "Node",
    "Outcome",
    "Outcomes",
    "Paragraph",
    "ParseError",
    "Parser",
    "Piece",
    "Pipeline",
    "PipelineError",
    "Place",
    "Problem",
    "ProblemList",
    "Quote",
    "Removal",
    "SchemaVersionError",
    "Section",
    "SectionError",
    "Selection",
    "SinaParseError",
    "SinkError",
    "Span",
    "Table",
    "TimezoneError",
    "UnknownSchemaError",
    "UnknownTableError",
    "Video",
    "WorkerError",
    "cleaner",
    "default_cleaners",
    "installed_cleaners",
    "json_schema",
    "load_cleaner",
    "node_cleaner",
    "parse",
    "parse_file",
    "read_corpus",
    "soup_cleaner",
    "to_arrow",
    "write_corpus",
]


def parse(source: str | bytes) -> Article:
    """The article in an export, read strictly. Raises :class:`ParseError` with all its problems."""
    return Parser().parse(source)


def parse_file(path: str | os.PathLike[str]) -> Article:
    """The article in a file, read strictly. Raises :class:`ParseError`, and ``OSError`` if the file can't be read."""
    return Parser().parse_file(path)
