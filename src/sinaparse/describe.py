"""What objects look like in a shell: one short line, whatever they hold."""

from __future__ import annotations

from pydantic import BaseModel

from sinaparse.models import (
    Article,
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
from sinaparse.problems import counted

LONGEST = 24
"""Characters of a text that are shown."""


def short(text: str | None) -> str:
    """A text in quotes, on one line, cut."""
    if text is None:
        return "None"
    line = " ".join(text[: 4 * LONGEST].split())
    return repr(line if len(line) <= LONGEST else line[: LONGEST - 1] + "…")


def times(number: int, noun: str) -> str | None:
    """``1 image``, ``3 images``; nothing for none."""
    return counted(number, noun) if number else None


def describe(model: BaseModel) -> str:
    """The class of a model and what tells it from others of the class."""
    return f"{type(model).__name__}({', '.join(filter(None, _parts(model)))})"


def _parts(model: BaseModel) -> list[str | None]:
    match model:
        case Article():
            date = f"{model.published_at:%Y-%m-%d}" if model.published_at else "no date"
            counts = (times(len(model.paragraphs), "paragraph"), times(len(model.images), "image"))
            return [
                short(model.title),
                date,
                *counts,
                times(len(model.tables), "table"),
                times(len(model.videos), "video"),
            ]
        case Section():
            counts = (times(len(model.blocks), "block"), times(len(model.sections), "section"))
            return [short(model.heading), f"level {model.level}", *counts]
        case Paragraph() | Item():
            depth = f"depth {model.depth}" if isinstance(model, Item) and model.depth else None
            return [short(model.text), f"{len(model.text)} characters" if len(model.text) > LONGEST else None, depth]
        case Span():
            return [
                short(model.text),
                "bold" if model.bold else None,
                model.symbol or (model.href and short(model.href)),
            ]
        case Image():
            size = f"{model.width}×{model.height}" if model.width and model.height else None
            return [short(model.caption or model.alt or model.url), size]
        case Table():
            columns = max((sum(cell.colspan for cell in row) for row in model.rows), default=0)
            return [short(model.caption), f"{len(model.rows)} rows × {columns} columns"]
        case Cell():
            spans = f"{model.rowspan}×{model.colspan}" if (model.rowspan, model.colspan) != (1, 1) else None
            return [short(model.text), "header" if model.header else None, spans]
        case Video():
            return [short(model.title), short(model.url) if model.url else None]
        case Quote():
            return [short("\n".join(item.text for item in model.paragraphs)), times(len(model.paragraphs), "paragraph")]
        case ItemList():
            numbers = (
                "ordered" if model.ordered else None,
                f"from {model.start}" if model.ordered and model.start != 1 else None,
            )
            return [times(len(model.items), "item") or "no items", *numbers]
        case Editor():
            return [short(model.name), model.code]
        case Credit():
            return [model.kind, short(model.text)]
        case Mention():
            return [short(model.name), model.symbol]
    return []
