"""From pieces to the article's sections, and the order in which its texts and media stood in the source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sinaparse.limits import Limits
from sinaparse.problems import Problems
from sinaparse.sina.images import facts
from sinaparse.structure.lines import (
    CREDITS,
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
    doubled: list[Line] = field(default_factory=list)
    """Lines that repeat a table's caption."""


class CellsExceeded(Exception):
    """A table has more cells than the limit; ``args`` are the number and the table."""


def build_outline(pieces: Sequence[Piece], limits: Limits) -> Outline:
    """Put the pieces into sections. Raises :class:`CellsExceeded`."""
    outline = Outline()
    credited: list[Line] = []
    stack: list[dict[str, Any]] = []
    for piece in pieces:
        if isinstance(piece, Line):
            if piece.use in CREDITS:
                credited.append(piece)
                continue
            if piece.use == "caption":
                continue
            if piece.use == "doubled":
                outline.doubled.append(piece)
                continue
            if piece.use == "heading":
                _open_section(outline, stack, piece.text, piece.level)
                outline.texts.append((piece,))
                continue
        if not stack:
            _open_section(outline, stack, None, 0)
        block = _block(piece, outline, limits)
        if block is not None:
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


def _block(piece: Piece, outline: Outline, limits: Limits) -> dict[str, Any] | None:
    if isinstance(piece, Line):
        outline.texts.append((piece,))
        return _paragraph(piece)
    return WRITERS[type(piece)](piece, outline, limits)


def _paragraph(line: Line) -> dict[str, Any]:
    return {"kind": "paragraph", "text": line.text, "lead_in": line.lead_in, "spans": line.spans}


def _image(picture: Picture, outline: Outline, limits: Limits) -> dict[str, Any]:
    outline.media.append((picture.rank,))
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


def _video(clip: Clip, outline: Outline, limits: Limits) -> dict[str, Any]:
    outline.media.append((clip.rank, clip.poster_rank))
    if clip.title is not None:
        outline.texts.append(() if clip.title_line is None else (clip.title_line,))
    return {"kind": "video", "title": clip.title, "video_id": clip.video_id, "url": clip.url, "poster": clip.poster}


def _table(grid: Grid, outline: Outline, limits: Limits) -> dict[str, Any]:
    outline.media.append((grid.rank,))
    caption = _caption(grid.caption, outline)
    rows = []
    total = 0
    for number, row in enumerate(grid.rows):
        cells = []
        for box in row:
            rowspan = min(box.rowspan, len(grid.rows) - number)
            total += box.colspan * rowspan
            if total > limits.table_cells:
                raise CellsExceeded(total, grid)
            cells.append(_cell(box, rowspan, outline))
        rows.append(cells)
    return {"kind": "table", "caption": caption, "rows": rows}


def _cell(box: CellBox, rowspan: int, outline: Outline) -> dict[str, Any]:
    outline.texts.append(box.lines)
    text = box.lines[0].text if len(box.lines) == 1 else "\n".join(line.text for line in box.lines)
    return {"text": text, "header": box.header, "colspan": box.colspan, "rowspan": rowspan}


def _quote(citation: Citation, outline: Outline, limits: Limits) -> dict[str, Any]:
    outline.texts += ((line,) for line in citation.lines)
    return {"kind": "quote", "paragraphs": list(map(_paragraph, citation.lines))}


def _list(piece: Enumeration, outline: Outline, limits: Limits) -> dict[str, Any]:
    items = []
    for lines, depth in piece.items:
        outline.texts.append(lines)
        text, spans = join(lines)
        items.append({"text": text, "spans": spans, "depth": depth})
    return {"kind": "list", "ordered": piece.ordered, "items": items}


WRITERS: dict[type, Any] = {
    Picture: _image,
    Clip: _video,
    Grid: _table,
    Citation: _quote,
    Enumeration: _list,
}
"""What makes a block of each kind of piece."""


def check_table(grid: Grid, line: int | None, problems: Problems) -> None:
    """Note cells that overlap and rows of different length."""
    taken: list[int] = []
    """For each column, how many rows below are still filled from above."""
    widths = []
    overlap = False
    for row in grid.rows:
        column = 0
        filled = [rows > 0 for rows in taken]
        taken = [max(rows - 1, 0) for rows in taken]
        for box in row:
            while column < len(filled) and filled[column]:
                column += 1
            end = column + box.colspan
            overlap = overlap or any(filled[column:end])
            taken.extend([0] * (end - len(taken)))
            filled.extend([False] * (end - len(filled)))
            for place in range(column, end):
                taken[place] = max(taken[place], box.rowspan - 1)
                filled[place] = True
            column = end
        widths.append(max((place + 1 for place, full in enumerate(filled) if full), default=0))
    if overlap:
        problems.add("table-misfit", line=line, reason="a cell reaches into a span from above")
    elif len(set(widths)) > 1:
        counts = sorted(set(widths))
        problems.add("table-ragged", line=line, widths=" and ".join(map(str, counts[:4])))
