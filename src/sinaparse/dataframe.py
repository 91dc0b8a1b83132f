"""A table as a pandas ``DataFrame``; guesses only what it is asked to guess."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any, Literal

from sinaparse.models import Cell, Table

if TYPE_CHECKING:
    import pandas as pd

Header = int | Literal["guess"] | None


def to_dataframe(table: Table, header: Header = None, *, numeric: bool = False) -> pd.DataFrame:
    """See :meth:`Table.to_dataframe`."""
    pd = import_pandas()
    grid = table.grid()
    count = guess_header(table) if header == "guess" else 0 if header is None else header
    if isinstance(header, int) and not 1 <= header <= len(grid):
        raise ValueError(
            f"header={header!r}: give how many of the {len(grid)} rows are headings, at least 1; or None, or 'guess'"
        )
    body = [[read_number(text) if numeric else text for text in row] for row in grid[count:]]
    names = list(zip(*grid[:count], strict=True))
    columns = (
        None
        if count == 0
        else pd.Index([name[0] for name in names])
        if count == 1
        else pd.MultiIndex.from_tuples(names)
    )
    width = len(grid[0]) if grid else 0
    # As objects first, so that pandas takes no text for anything but text.
    frame = pd.DataFrame(body, columns=range(width) if columns is None else columns, dtype=object)
    return frame.infer_objects() if numeric else frame.astype("str")


def import_pandas() -> Any:
    """The module pandas. Raises ``ModuleNotFoundError`` with what to install."""
    try:
        import pandas as pd
    except ModuleNotFoundError as error:
        message = 'data frames need the package pandas: pip install "sinaparse[pandas]"'
        raise ModuleNotFoundError(message, name=error.name) from error
    return pd


def guess_header(table: Table) -> int:
    """How many rows at the top are headings: those of ``<th>`` alone, else the first with all that its cells span.

    None if there would be no row left, if a number stands among them, or if the first row is a single cell.
    """
    rows = table.rows
    marked = 0
    while marked < len(rows) and rows[marked] and all(cell.header for cell in rows[marked]):
        marked += 1
    if marked:
        return marked if marked < len(rows) else 0
    count = 1
    for number, row in enumerate(rows):
        if number < count:
            count = max(count, *(number + cell.rowspan for cell in row), 1)
            count = max(count, number + 2) if _groups(row, rows[number + 1 : number + 2]) else count
    cells = [cell for row in rows[:count] for cell in row]
    if count >= len(rows) or len(rows[0]) < 2 or any(isinstance(read_number(cell.text), int | float) for cell in cells):
        return 0
    return count


def _groups(row: tuple[Cell, ...], following: tuple[tuple[Cell, ...], ...]) -> bool:
    """Whether a row names groups of columns, which the next row then names one by one."""
    return len(row) > 1 and any(cell.colspan > 1 for cell in row) and bool(following)


_NUMBER = re.compile(r"[+-]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?")
_MISSING = re.compile(r"[-‐–—―.]*")  # NFKC makes dots of an ellipsis


def read_number(text: str) -> int | float | str | None:
    """The number in a cell: ``1,234.5``, ``38.0``, ``－3``, ``１２``; None for an empty cell or dashes; else the text.

    A per cent sign makes a hundredth, ``5.2%`` is 0.052. Units, brackets and notes are not read: such a cell stays text.
    """
    plain = unicodedata.normalize("NFKC", text).strip().replace("\u2212", "-")
    if _MISSING.fullmatch(plain):
        return None
    digits, percent = (plain[:-1].rstrip(), True) if plain.endswith("%") else (plain, False)
    if not _NUMBER.fullmatch(digits) or not digits.isascii():
        return text
    digits = digits.replace(",", "")
    if percent:
        return float(f"{digits}e-2")
    # Beyond 18 digits it is a name, not a quantity, and would not fit into 64 bits.
    return text if len(digits) > 18 else float(digits) if "." in digits else int(digits)
