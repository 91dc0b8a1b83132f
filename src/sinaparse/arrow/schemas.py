"""The Arrow schemas of all tables: what each column holds.

Each schema says in its metadata which table it is and in which version articles are written (``sinaparse:table``,
``sinaparse:schema_version``); each field has its description as ``comment``. Within one version columns and fields may be
added, none is renamed, removed or given another type. Positions count from 0.

Arrow has no recursive types, so the sections of an article are one flat list in reading order, in which ``parent`` is the
position of the section that holds one. Blocks are one struct for all kinds: ``kind`` says which fields belong to a
block, those of other kinds are null.
"""

from __future__ import annotations

from typing import Any, Final

import pyarrow as pa

from sinaparse.versions import SCHEMA_VERSION

STRING = pa.string()
INT = pa.int32()
BOOL = pa.bool_()
UTC = pa.timestamp("us", tz="UTC")
DAY = pa.date32()


def _field(name: str, kind: Any, comment: str = "", *, null: bool = False) -> Any:
    """A field; null only where ``null`` says so."""
    return pa.field(name, kind, nullable=null, metadata={"comment": comment} if comment else None)


def _list(kind: Any) -> Any:
    return pa.list_(pa.field("element", kind, nullable=False))


# --- parts of articles ------------------------------------------------------------------------------------------------

SPAN = pa.struct(
    [
        _field("text", STRING),
        _field("bold", BOOL),
        _field("href", STRING, null=True),
        _field("symbol", STRING, null=True),
    ]
)
PARAGRAPH = pa.struct(
    [
        _field("text", STRING),
        _field("lead_in", STRING, null=True),
        _field("spans", _list(SPAN)),
    ]
)
CELL = pa.struct(
    [
        _field("text", STRING),
        _field("header", BOOL),
        _field("colspan", INT),
        _field("rowspan", INT),
    ]
)
ITEM = pa.struct(
    [
        _field("text", STRING),
        _field("spans", _list(SPAN)),
        _field("depth", INT),
    ]
)
BLOCK = pa.struct(
    [
        _field("kind", STRING),
        # paragraph
        _field("text", STRING, null=True),
        _field("lead_in", STRING, null=True),
        _field("spans", _list(SPAN), null=True),
        # image; a table has a caption, a video an address, too
        _field("url", STRING, null=True),
        _field("caption", STRING, null=True),
        _field("alt", STRING, null=True),
        _field("width", INT, null=True),
        _field("height", INT, null=True),
        _field("date", DAY, null=True),
        # table
        _field("rows", _list(_list(CELL)), null=True),
        # video
        _field("title", STRING, null=True),
        _field("video_id", STRING, null=True),
        _field("poster", STRING, null=True),
        # quote
        _field("paragraphs", _list(PARAGRAPH), null=True),
        # list
        _field("ordered", BOOL, null=True),
        _field("start", INT, null=True),
        _field("items", _list(ITEM), null=True),
    ]
)
SECTION = pa.struct(
    [
        _field("parent", INT, null=True),
        _field("level", INT),
        _field("heading", STRING, null=True),
        _field("blocks", _list(BLOCK)),
    ]
)
EDITOR = pa.struct([_field("name", STRING), _field("code", STRING, null=True)])
MENTION = pa.struct([_field("symbol", STRING), _field("name", STRING)])
CREDIT = pa.struct([_field("kind", STRING), _field("text", STRING)])
PROBLEM = pa.struct(
    [
        _field("code", STRING, "Code, as in problems.md."),
        _field("severity", STRING, "`error`, `warning` or `info`."),
        _field("message", STRING, "What is wrong."),
        _field("line", INT, "Line of the file, from 1.", null=True),
        _field("excerpt", STRING, "The place in the source."),
        _field("hint", STRING, "What to do about it."),
    ]
)

# --- tables -----------------------------------------------------------------------------------------------------------

_DIGEST = _field("digest", STRING, "SHA-256 of the bytes of the file, in hex.")
_PATH = _field("path", STRING, "The file, as it was given.")
_BLOCK_INDEX = _field("block_index", INT, "Position of the block in the article.")

_ARTICLE = [
    _field("schema_version", STRING, "How the article is written."),
    _field("title", STRING, "Title of the front matter."),
    _field("original_title", STRING, "Title that the text itself gives.", null=True),
    _field("published_at", UTC, "When it was published, in UTC.", null=True),
    _field("date_kind", STRING, "`published`, or `exported` where the file only has the exporter's clock."),
    _field("publisher", STRING, "The channel."),
    _field("categories", _list(STRING), "Categories."),
    _field("head_image", STRING, "Address of the image that stands for the article.", null=True),
    _field("authors", _list(STRING), "Authors."),
    _field("source", STRING, "Medium that it was taken from.", null=True),
    _field("editor", EDITOR, "Editor at Sina: `name`, `code`.", null=True),
    _field("symbols", _list(STRING), "All symbols."),
    _field("mentions", _list(MENTION), "Stock links: `symbol`, `name`."),
    _field("credits", _list(CREDIT), "Lines about the article: `kind`, `text`."),
    _field("text", STRING, "`Article.text`: headings, paragraphs, captions, cells, one a line."),
    _field("sections", _list(SECTION), "Sections in reading order: `parent`, `level`, `heading`, `blocks`."),
    _field("extra", STRING, "Other keys of the front matter, as a JSON object."),
]


def _schema(table: str, fields: list[Any]) -> Any:
    return pa.schema(fields, metadata={"sinaparse:table": table, "sinaparse:schema_version": SCHEMA_VERSION})


SCHEMAS: Final[dict[str, Any]] = {
    "sources": _schema(
        "sources",
        [_PATH, _field("digest", STRING, "SHA-256 of its bytes, in hex; empty if it could not be read.")],
    ),
    "problems": _schema(
        "problems",
        [
            _PATH,
            _field("digest", STRING, "SHA-256 of its bytes, in hex; empty if it could not be read."),
            _field("problem_index", INT, "Position among the problems of the file."),
            *PROBLEM,
        ],
    ),
    "articles": _schema("articles", [_DIGEST, _field("path", STRING, "The file that it was first read from."), *_ARTICLE]),
    "blocks": _schema(
        "blocks",
        [
            _DIGEST,
            _BLOCK_INDEX,
            _field("section_index", INT, "Position of its section in `articles.sections`."),
            _field("level", INT, "Level of the section; 0 before the first heading."),
            _field("heading", STRING, "Heading of the section.", null=True),
            _field("kind", STRING, "`paragraph`, `image`, `table`, `video`, `quote` or `list`."),
            _field("text", STRING, "Its texts (of a picture or table the caption, too), one a line.", null=True),
            _field("lead_in", STRING, "Bold run that opens a longer paragraph.", null=True),
        ],
    ),
    "images": _schema(
        "images",
        [
            _DIGEST,
            _BLOCK_INDEX,
            _field("url", STRING, "Address."),
            _field("caption", STRING, "Caption.", null=True),
            _field("alt", STRING, "Text of its `alt`.", null=True),
            _field("width", INT, "Pixels.", null=True),
            _field("height", INT, "Pixels.", null=True),
            _field("date", DAY, "Day on which Sina stored it.", null=True),
        ],
    ),
    "mentions": _schema(
        "mentions",
        [
            _DIGEST,
            _field("mention_index", INT, "Position among the mentions."),
            _field("symbol", STRING, "Symbol, such as `sh600016`."),
            _field("name", STRING, "The words that were linked."),
        ],
    ),
    "table_cells": _schema(
        "table_cells",
        [
            _DIGEST,
            _BLOCK_INDEX,
            _field("row_index", INT, "Row in which the cell begins."),
            _field("column_index", INT, "Column in which it begins, spans from above counted, as in `Table.grid()`."),
            _field("text", STRING, "Text."),
            _field("header", BOOL, "Whether it is a `<th>`."),
            _field("colspan", INT, "Columns that it fills."),
            _field("rowspan", INT, "Rows that it fills."),
        ],
    ),
    "removals": _schema(
        "removals",
        [
            _DIGEST,
            _field("removal_index", INT, "Position among the removals."),
            _field("cleaner", STRING, "Name of the cleaner that took it out."),
            _field("reason", STRING, "Why."),
            _field("text", STRING, "What went, without tags."),
            _field("media", _list(STRING), "Addresses of the images that went with it."),
            _field("line", INT, "Line of the file, from 1.", null=True),
            _field("visible", BOOL, "Whether a reader of the page would have seen it."),
        ],
    ),
}  # fmt: skip
"""The schemas of all tables by name."""

PARSED_SCHEMA: Final[Any] = _schema(
    "parsed",
    [
        _PATH,
        _field("digest", STRING, "SHA-256 of its bytes, in hex; empty if it could not be read."),
        *(field.with_nullable(nullable=True) for field in _ARTICLE),
        _field("problems", _list(PROBLEM), "What is wrong with it: the rows of `problems`."),
    ],
)
"""What :func:`sinaparse.arrow.parse_batches` gives: a row a file, whose article columns are null if it was refused."""
