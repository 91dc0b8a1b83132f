"""Whether the cells of a table fit."""

from __future__ import annotations

from sinaparse.body import Body
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
    return sum([box.colspan * min(box.rowspan, rows - number) for number, row in enumerate(grid.rows) for box in row])


def check_table(grid: Grid, body: Body, problems: Problems) -> None:
    """Note cells that overlap and rows of different length."""
    widths, overlap = _widths(grid)
    if overlap:
        problems.add("table-misfit", line=body.line(grid.node), reason="a cell reaches into a span from above")
    elif len(widths) > 1:
        problems.add("table-ragged", line=body.line(grid.node), widths=" and ".join(map(str, sorted(widths)[:4])))


def _widths(grid: Grid) -> tuple[set[int], bool]:
    """The widths of the rows with what reaches into them from above, and whether cells overlap."""
    above: dict[int, int] = {}
    """For each column that is filled from above, in how many rows from here on."""
    widths = set()
    overlap = False
    for row in grid.rows:
        below = {column: rows - 1 for column, rows in above.items() if rows > 1}
        column = 0
        for box in row:
            while column in above:
                column += 1
            end = column + box.colspan
            if box.colspan > 1 and above:
                overlap = overlap or not above.keys().isdisjoint(range(column, end))
            if box.rowspan > 1:
                below.update((place, max(below.get(place, 0), box.rowspan - 1)) for place in range(column, end))
            column = end
        widths.add(max(column, max(above, default=-1) + 1))
        above = below
    return widths, overlap
