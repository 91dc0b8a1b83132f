"""Whether the cells of a table fit."""

from __future__ import annotations

from sinaparse.problems import Problems
from sinaparse.structure.lines import Grid


def drop_empty_rows(grid: Grid) -> None:
    """Drop rows in which no cell begins, and shorten the spans that reach over them."""
    if all(grid.rows):
        return
    for number, row in enumerate(grid.rows):
        for box in row:
            box.rowspan -= sum(not below for below in grid.rows[number + 1 : number + box.rowspan])
    grid.rows = [row for row in grid.rows if row]


def cell_count(grid: Grid) -> int:
    """How many cells a table has after its spans; those that reach below the last row are cut."""
    rows = len(grid.rows)
    return sum(box.colspan * min(box.rowspan, rows - number) for number, row in enumerate(grid.rows) for box in row)


def check_table(grid: Grid, line: int | None, problems: Problems) -> None:
    """Note cells that overlap and rows of different length."""
    if any(box.rowspan > 1 for row in grid.rows for box in row):
        widths, overlap = _spanned_widths(grid)
    else:
        widths, overlap = {sum([box.colspan for box in row]) for row in grid.rows}, False
    if overlap:
        problems.add("table-misfit", line=line, reason="a cell reaches into a span from above")
    elif len(widths) > 1:
        problems.add("table-ragged", line=line, widths=" and ".join(map(str, sorted(widths)[:4])))


def _spanned_widths(grid: Grid) -> tuple[set[int], bool]:
    """The widths of the rows with what reaches into them from above, and whether cells overlap."""
    taken: list[int] = []
    """For each column, how many rows below are still filled from above."""
    widths = set()
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
        widths.add(max((place + 1 for place, full in enumerate(filled) if full), default=0))
    return widths, overlap
