"""What an article is.

Models are frozen pydantic models, sequences are tuples, and nothing in them is mutable: articles compare, hash, pickle,
and survive a round trip through JSON unchanged.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeAlias

from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, Field, GetCoreSchemaHandler, JsonValue
from pydantic_core import CoreSchema, core_schema

from sinaparse.versions import SCHEMA_VERSION, check_version

if TYPE_CHECKING:
    import pandas as pd
    from rich.tree import Tree

    from sinaparse.tree import Place


FrozenJson: TypeAlias = "bool | int | float | str | tuple[FrozenJson, ...] | FrozenDict | None"
"""A JSON value that can't be changed."""


class FrozenDict(Mapping[str, "FrozenJson"]):
    """A read-only, hashable mapping of JSON values: lists in it are tuples, mappings in it are frozen, too."""

    __slots__ = ("_items",)

    def __init__(self, items: Mapping[str, object] | None = None) -> None:
        self._items = {key: _freeze(value) for key, value in (items or {}).items()}

    def __getitem__(self, key: str) -> FrozenJson:
        return self._items[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __hash__(self) -> int:
        return hash(frozenset(self._items.items()))

    def __repr__(self) -> str:
        return f"FrozenDict({self._items!r})"

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self._items,)

    def thaw(self) -> dict[str, JsonValue]:
        """A plain, mutable copy: dicts and lists all the way down."""
        return {key: _thaw(value) for key, value in self._items.items()}

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            lambda value: value if isinstance(value, FrozenDict) else cls(value),
            json_schema_input_schema=core_schema.dict_schema(core_schema.str_schema(), core_schema.any_schema()),
            serialization=core_schema.plain_serializer_function_ser_schema(
                cls.thaw,
                return_schema=core_schema.dict_schema(core_schema.str_schema(), core_schema.any_schema()),
            ),
        )


def _freeze(value: Any) -> FrozenJson:
    if isinstance(value, Mapping):
        return FrozenDict(value)
    return tuple(map(_freeze, value)) if isinstance(value, list | tuple) else value


def _thaw(value: FrozenJson) -> JsonValue:
    if isinstance(value, FrozenDict):
        return value.thaw()
    return list(map(_thaw, value)) if isinstance(value, tuple) else value


class Model(BaseModel, frozen=True):
    """Base of all models: keys that are unknown here (a later version's) are ignored when reading."""

    def __repr__(self) -> str:
        from sinaparse.describe import describe

        return describe(self)

    __str__ = __repr__

    def __setstate__(self, state: dict[Any, Any]) -> None:
        super().__setstate__(state)
        for name, field in type(self).model_fields.items():
            if name not in self.__dict__:  # an earlier release wrote the pickle
                self.__dict__[name] = field.get_default(call_default_factory=True)


class Span(Model, frozen=True):
    """A run of text with one look and one link."""

    text: str
    bold: bool = False
    href: str | None = None
    """Address of the link that the text is part of."""
    symbol: str | None = None
    """Symbol of the stock link that the text is part of, such as ``sh600016``."""


class Paragraph(Model, frozen=True):
    """A paragraph; ``text`` is what its spans hold, one after the other."""

    kind: Literal["paragraph"] = "paragraph"
    text: str
    lead_in: str | None = None
    """The bold run that opens a longer paragraph."""
    spans: tuple[Span, ...] = ()


class Image(Model, frozen=True):
    """An image; size and date are read from Sina's image addresses."""

    kind: Literal["image"] = "image"
    url: str
    """The address as it stands in the source."""
    caption: str | None = None
    alt: str | None = None
    width: int | None = None
    """Pixels."""
    height: int | None = None
    """Pixels."""
    date: dt.date | None = None
    """The day on which Sina stored the picture."""

    def _repr_html_(self) -> str:
        from sinaparse.notebook import image_card

        return image_card(self)


class Cell(Model, frozen=True):
    """A cell of a table; the paragraphs in it are joined by a newline."""

    text: str
    header: bool = False
    colspan: int = Field(default=1, ge=1)
    rowspan: int = Field(default=1, ge=1)


class Table(Model, frozen=True):
    """A table as it stands in the source: each row has the cells that begin in it."""

    kind: Literal["table"] = "table"
    caption: str | None = None
    rows: tuple[tuple[Cell, ...], ...] = ()

    def grid(self) -> tuple[tuple[str, ...], ...]:
        """The table as a rectangle of texts: a cell that spans several places fills each, missing ones are empty."""
        lines: list[list[str | None]] = [[] for _ in self.rows]
        for number, row in enumerate(self.rows):
            column = 0
            for cell in row:
                line = lines[number]
                while column < len(line) and line[column] is not None:
                    column += 1
                for below in lines[number : number + cell.rowspan]:
                    below.extend([None] * (column + cell.colspan - len(below)))
                    below[column : column + cell.colspan] = [cell.text] * cell.colspan
                column += cell.colspan
        width = max(map(len, lines), default=0)
        return tuple(tuple(text or "" for text in line) + ("",) * (width - len(line)) for line in lines)

    def to_dataframe(self, header: int | Literal["guess"] | None = None, *, numeric: bool = False) -> pd.DataFrame:
        """The grid as a ``pandas.DataFrame`` (extra ``pandas``); cells stay text.

        ``header`` is how many rows at the top name the columns: None for none of them, so that columns are numbered, or
        ``"guess"``; two or more make a ``MultiIndex``. With ``numeric=True`` cells that are numbers become numbers
        (``1,234.5``, ``38.0``, full-width digits; ``5.2%`` is 0.052), empty ones and dashes (``—``) are missing, and others
        stay text; a column that has nothing but numbers is one of numbers.

        Raises ``ValueError`` if there are fewer rows than ``header``, ``ModuleNotFoundError`` without pandas.
        """
        from sinaparse.dataframe import to_dataframe

        return to_dataframe(self, header, numeric=numeric)

    def _repr_html_(self) -> str:
        from sinaparse.notebook import table_card

        return table_card(self)


class Video(Model, frozen=True):
    """A video; an empty placeholder of the CMS is a video without anything known about it."""

    kind: Literal["video"] = "video"
    title: str | None = None
    video_id: str | None = None
    url: str | None = None
    """Address of the page that shows it."""
    poster: str | None = None


class Quote(Model, frozen=True):
    """A quotation set apart from the text."""

    kind: Literal["quote"] = "quote"
    paragraphs: tuple[Paragraph, ...]


class Item(Model, frozen=True):
    """An item of a list; ``depth`` is 0 at the outermost level."""

    text: str
    spans: tuple[Span, ...] = ()
    depth: int = 0


class ItemList(Model, frozen=True):
    """A list; inner lists are not nested but told by the depth of their items."""

    kind: Literal["list"] = "list"
    ordered: bool = False
    start: int = Field(default=1, ge=0)
    """Number of the first outermost item of an ordered list."""
    items: tuple[Item, ...]


Block = Annotated[Paragraph | Image | Table | Video | Quote | ItemList, Field(discriminator="kind")]
"""Anything that stands in a section."""


class Section(Model, frozen=True):
    """A heading with what stands below it; ``heading`` is None and ``level`` 0 for what stands before the first one."""

    heading: str | None = None
    level: int = 0
    blocks: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()

    def _repr_html_(self) -> str:
        from sinaparse.notebook import section_card

        return section_card(self)

    def __rich__(self) -> Tree:
        from sinaparse.trees import section_tree

        return section_tree(self)


class Editor(Model, frozen=True):
    """The editor at Sina who is responsible for the article."""

    name: str
    code: str | None = None
    """Sina's code for the editor, such as ``SF142``."""


class Credit(Model, frozen=True):
    """A line of the body that is about the article and not part of its text, as it stood."""

    kind: Literal["original_title", "byline", "source", "editor", "note"]
    text: str


class Mention(Model, frozen=True):
    """A stock link: the symbol and the words that were linked."""

    symbol: str
    name: str


def _utc(moment: dt.datetime) -> dt.datetime:
    return moment.astimezone(dt.UTC)


class Article(Model, frozen=True):
    """One article of Sina Finance."""

    schema_version: Annotated[Literal["1"], BeforeValidator(check_version)] = SCHEMA_VERSION
    """How the article is written; reading one of an unknown version raises :class:`~sinaparse.SchemaVersionError`."""
    title: str
    """The title of the front matter; characters that the exporter lost are not restored. Empty only in lenient results."""
    original_title: str | None = None
    """The title that the text itself gives, after 原标题 or as its first line."""
    published_at: Annotated[AwareDatetime, AfterValidator(_utc)] | None = None
    """In UTC. None only in lenient results."""
    date_kind: Literal["published", "exported"] = "published"
    """``exported`` where the file only has the exporter's own clock."""
    publisher: str = ""
    """The front matter's ``author``: the channel, not a person."""
    categories: tuple[str, ...] = ()
    head_image: str | None = None
    """The front matter's image, if the article has it."""
    authors: tuple[str, ...] = ()
    source: str | None = None
    """The medium that the article was taken from."""
    editor: Editor | None = None
    symbols: tuple[str, ...] = ()
    """All symbols: in order of mention, then those that only the keyword comment names."""
    mentions: tuple[Mention, ...] = ()
    """Stock links in source order, wherever they stood."""
    credits: tuple[Credit, ...] = ()
    sections: tuple[Section, ...] = ()
    extra: FrozenDict = Field(default_factory=FrozenDict)
    """Front-matter keys that are none of the exporter's, as JSON values."""

    @property
    def blocks(self) -> tuple[Block, ...]:
        """All blocks in reading order."""
        return tuple(block for section in all_sections(self) for block in section.blocks)

    @property
    def headings(self) -> tuple[tuple[int, str], ...]:
        """``(level, text)`` of all headings in reading order."""
        return tuple((section.level, section.heading) for section in all_sections(self) if section.heading is not None)

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The paragraphs of the text: not those in quotes, lists and cells."""
        return tuple(block for block in self.blocks if isinstance(block, Paragraph))

    @property
    def images(self) -> tuple[Image, ...]:
        """All images in reading order."""
        return tuple(block for block in self.blocks if isinstance(block, Image))

    @property
    def tables(self) -> tuple[Table, ...]:
        """All tables in reading order."""
        return tuple(block for block in self.blocks if isinstance(block, Table))

    @property
    def videos(self) -> tuple[Video, ...]:
        """All videos in reading order."""
        return tuple(block for block in self.blocks if isinstance(block, Video))

    @property
    def text(self) -> str:
        """Headings, paragraphs, quotes, items, captions and cells in reading order, one a line; no credits."""
        lines: list[str] = []
        for section in all_sections(self):
            if section.heading is not None:
                lines.append(section.heading)
            for block in section.blocks:
                lines.extend(block_texts(block))
        return "\n".join(lines)

    def walk(self) -> Iterator[Place]:
        """All blocks in reading order as ``(path, block)``; ``path`` has the headings above, from the outermost."""
        from sinaparse.tree import walk

        return walk(self)

    def find(self, text: str) -> tuple[Place, ...]:
        """``(path, block)`` of the blocks in which a text stands: paragraphs, items, captions, cells, titles of videos."""
        from sinaparse.tree import find

        return find(self, text)

    def section(self, name: str) -> Section:
        """The section with this heading, or whose heading opens with it: ``article.section("二、")``.

        Raises :class:`~sinaparse.SectionError` (a ``LookupError``), which names the nearest, if none or several have it.
        """
        from sinaparse.tree import find_section

        return find_section(self, name)

    def to_markdown(self, *, front_matter: bool = False) -> str:
        """The article as Markdown. :class:`sinaparse.render.MarkdownRenderer` has more settings, and parts to replace."""
        from sinaparse.render import MarkdownRenderer

        return MarkdownRenderer(front_matter=front_matter).render(self)

    def to_html(self, *, page: bool = False) -> str:
        """The article as an HTML ``<article>``, or a whole page. See :class:`sinaparse.render.HtmlRenderer`."""
        from sinaparse.render import HtmlRenderer

        return HtmlRenderer(page=page).render(self)

    def to_text(self, *, width: int | None = None) -> str:
        """The article as text, in lines of ``width`` columns if given. See :class:`sinaparse.render.TextRenderer`."""
        from sinaparse.render import TextRenderer

        return TextRenderer(width=width).render(self)

    def _repr_html_(self) -> str:
        from sinaparse.notebook import article_card

        return article_card(self)

    def __rich__(self) -> Tree:
        from sinaparse.trees import article_tree

        return article_tree(self)


def all_sections(article: Article) -> Iterator[Section]:
    """The sections of an article in reading order, those inside others right after what stands before them."""
    waiting = list(reversed(article.sections))
    while waiting:
        section = waiting.pop()
        yield section
        waiting.extend(reversed(section.sections))


def block_texts(block: Block) -> list[str]:
    """The texts of a block in reading order: one per paragraph, item, caption or cell; a video has none."""
    if isinstance(block, Paragraph):
        return [block.text]
    if isinstance(block, Image):
        return [] if block.caption is None else [block.caption]
    if isinstance(block, Quote):
        return [paragraph.text for paragraph in block.paragraphs]
    if isinstance(block, ItemList):
        return [item.text for item in block.items]
    if isinstance(block, Table):
        caption = [] if block.caption is None else [block.caption]
        return caption + [cell.text for row in block.rows for cell in row]
    return []
