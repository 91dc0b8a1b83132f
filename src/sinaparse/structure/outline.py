"""From pieces to the article's sections, and the order in which its texts and media stood in the source."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sinaparse.sina.images import facts
from sinaparse.structure.lines import (
    CREDITS,
    DOUBLED,
    CellBox,
    Citation,
    Clip,
    Enumeration,
    Grid,
    Line,
    Picture,
    Piece,
    join,
)


@dataclass(slots=True)
class Outline:
    """Sections and credits as plain values, and for each text and medium in them the place in the source.

    ``texts`` has for each text of the finished article, in reading order and then the credits, the lines that it is made
    of (none for one that no visible text gives); ``media`` the rank of each image, table and video, of a video also that of
    its poster. The proof compares both with the article.
    """

    sections: list[dict[str, Any]] = field(default_factory=list)
    credits: list[dict[str, Any]] = field(default_factory=list)
    texts: list[Sequence[Line]] = field(default_factory=list)
    media: list[tuple[int | None, ...]] = field(default_factory=list)
    images: list[str] = field(default_factory=list)
    """The address of each image."""
    posters: list[str | None] = field(default_factory=list)
    """The poster of each video."""
    doubled: list[Line] = field(default_factory=list)
    """Lines that repeat the caption of a table or picture."""


def build_outline(pieces: Sequence[Piece]) -> Outline:
    """Put the pieces into sections."""
    outline = Outline()
    credited: list[Line] = []
    stack: list[dict[str, Any]] = []
    for piece in pieces:
        if not isinstance(piece, Line):
            block = WRITERS[type(piece)](piece, outline)
        elif piece.use == "text":
            block = _paragraph(piece)
            outline.texts.append((piece,))
        else:
            if piece.use == "heading":
                _open_section(outline, stack, piece.text, piece.level)
                outline.texts.append((piece,))
            elif piece.use in DOUBLED:
                outline.doubled.append(piece)
            elif piece.use in CREDITS:
                credited.append(piece)
            continue
        if not stack:
            _open_section(outline, stack, None, 0)
        stack[-1]["blocks"].append(block)
    for line in credited:
        outline.credits.append({"kind": line.use, "text": line.text})
        outline.texts.append((line,))
    return outline


def _open_section(outline: Outline, stack: list[dict[str, Any]], heading: str | None, level: int) -> None:
    section: dict[str, Any] = {"heading": heading, "level": level, "blocks": [], "sections": []}
    while stack and (stack[-1]["level"] >= level or stack[-1]["level"] == 0):
        stack.pop()
    (stack[-1]["sections"] if stack else outline.sections).append(section)
    stack.append(section)


def _paragraph(line: Line) -> dict[str, Any]:
    return {"kind": "paragraph", "text": line.text, "lead_in": line.lead_in, "spans": line.spans}


def _image(picture: Picture, outline: Outline) -> dict[str, Any]:
    outline.media.append((picture.rank,))
    outline.images.append(picture.url)
    known = facts(picture.url)
    return {
        "kind": "image",
        "url": picture.url,
        "alt": picture.alt,
        "caption": _caption(picture.caption, outline),
        "width": known.width,
        "height": known.height,
        "date": known.date,
    }


def _caption(lines: Sequence[Line], outline: Outline) -> str | None:
    if not lines:
        return None
    outline.texts.append(lines)
    return "\n".join(line.text for line in lines)


def _video(clip: Clip, outline: Outline) -> dict[str, Any]:
    outline.media.append((clip.rank, clip.poster_rank))
    outline.posters.append(clip.poster)
    if clip.title is not None:
        outline.texts.append(() if clip.title_line is None else (clip.title_line,))
    return {"kind": "video", "title": clip.title, "video_id": clip.video_id, "url": clip.url, "poster": clip.poster}


def _table(grid: Grid, outline: Outline) -> dict[str, Any]:
    outline.media.append((grid.rank,))
    caption = _caption(grid.caption, outline)
    rows = [[_cell(box, outline) for box in row] for row in grid.rows]
    return {"kind": "table", "caption": caption, "rows": rows}


def _cell(box: CellBox, outline: Outline) -> dict[str, Any]:
    outline.texts.append(box.lines)
    text = box.lines[0].text if len(box.lines) == 1 else "\n".join(line.text for line in box.lines)
    return {"text": box.indent + text, "header": box.header, "colspan": box.colspan, "rowspan": box.rowspan}


def _quote(citation: Citation, outline: Outline) -> dict[str, Any]:
    outline.texts += ((line,) for line in citation.lines)
    return {"kind": "quote", "paragraphs": list(map(_paragraph, citation.lines))}


def _list(piece: Enumeration, outline: Outline) -> dict[str, Any]:
    items = []
    for lines, depth in piece.items:
        outline.texts.append(lines)
        text, spans = join(lines)
        items.append({"text": text, "spans": spans, "depth": depth})
    return {"kind": "list", "ordered": piece.ordered, "start": piece.start, "items": items}


WRITERS: dict[type, Callable[[Any, Outline], dict[str, Any]]] = {
    Picture: _image,
    Clip: _video,
    Grid: _table,
    Citation: _quote,
    Enumeration: _list,
}
"""What makes a block of each kind of piece."""
