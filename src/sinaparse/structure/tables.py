"""Whether the cells of a table fit."""

from __future__ import annotations

import itertools

from sinaparse.body import Body
from sinaparse.problems import Problems
from sinaparse.structure.lines import Grid


def drop_empty_rows(grid: Grid) -> None:
    """Cut spans to the rows there are; drop rows in which no cell begins, and shorten the spans that reach over them."""
    # How many rows above each row, and above the end, have cells: the height of a span is a difference of two.
    heights = list(itertools.accumulate(map(bool, grid.rows), initial=0))
    last = len(grid.rows)
    for number, row in enumerate(grid.rows):
        for box in row:
            if box.rowspan > 1:
                box.rowspan = heights[min(number + box.rowspan, last)] - heights[number]
    grid.rows = [row for row in grid.rows if row]


def cell_count(grid: Grid) -> int:
    """How many cells a table has after its spans: its rows times the widest of them.

    Cells that overlap count twice, and none is placed to count them: this is asked before anything is filled.
    """
    widest = above = 0
    ended = [0] * (len(grid.rows) + 1)
    """For each row, how many columns are no longer filled from above."""
    for number, row in enumerate(grid.rows):
        above -= ended[number]
        widest = max(widest, above + sum([box.colspan for box in row]))
        for box in row:
            if box.rowspan > 1:
                above += box.colspan
                ended[number + box.rowspan] += box.colspan
    return widest * len(grid.rows)


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
        if not above and all(box.rowspan == 1 for box in row):
            widths.add(sum([box.colspan for box in row]))
            continue
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
