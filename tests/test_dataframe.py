"""Tables as data frames: text unless asked, and no guess unless asked."""

from __future__ import annotations

import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinaparse import Cell, Table
from sinaparse.dataframe import read_number
from support import fresh

pytest.importorskip("pandas", reason="pandas is not installed")


def table(*rows: str, header: bool = False) -> Table:
    return Table(rows=tuple(tuple(Cell(text=text, header=header) for text in row.split("|")) for row in rows))


STATISTICS = Table(
    rows=(
        (Cell(text="分组", rowspan=2), Cell(text="收入", colspan=2)),
        (Cell(text="金额"), Cell(text="增长")),
        (Cell(text="矿业"), Cell(text="1,108.3"), Cell(text="17.5%")),
        (Cell(text="制造业"), Cell(text="38.0"), Cell(text="—")),
    )
)


def test_cells_stay_text_and_columns_are_numbered() -> None:
    frame = table("一|1.0", "二|").to_dataframe()
    assert frame.columns.tolist() == [0, 1]
    assert frame.to_numpy().tolist() == [["一", "1.0"], ["二", ""]]


def test_header_rows() -> None:
    frame = table("名|数", "一|1").to_dataframe(header=1)
    assert frame.columns.tolist() == ["名", "数"]
    assert frame.to_numpy().tolist() == [["一", "1"]]
    frame = STATISTICS.to_dataframe(header=2)
    assert frame.columns.tolist() == [("分组", "分组"), ("收入", "金额"), ("收入", "增长")]


def test_numbers() -> None:
    frame = STATISTICS.to_dataframe("guess", numeric=True)
    assert frame["收入", "金额"].tolist() == [1108.3, 38.0]
    assert frame["收入", "金额"].dtype == "float64"
    assert frame["收入", "增长"].iloc[0] == 0.175
    assert frame["收入", "增长"].isna().tolist() == [False, True]
    assert frame["分组", "分组"].tolist() == ["矿业", "制造业"]


@pytest.mark.parametrize(
    ("given_table", "columns"),
    [
        (STATISTICS, [("分组", "分组"), ("收入", "金额"), ("收入", "增长")]),
        (table("名|数", "一|1"), ["名", "数"]),
        (table("一|1", "二|2"), [0, 1]),
        (table("名|数"), [0, 1]),
        (table("注", "一"), [0]),
        (Table(), []),
        (
            Table(
                rows=(
                    (Cell(text="年", header=True), Cell(text="2021", header=True)),
                    (Cell(text="产量"), Cell(text="3")),
                )
            ),
            ["年", "2021"],
        ),
    ],
)
def test_guessed_headers(given_table: Table, columns: list[Any]) -> None:
    assert given_table.to_dataframe("guess").columns.tolist() == columns


@pytest.mark.parametrize("header", [0, 3, -1])
def test_a_header_that_can_not_be(header: int) -> None:
    with pytest.raises(ValueError, match=f"header={header}: give how many of the 2 rows"):
        table("名|数", "一|1").to_dataframe(header)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,234.5", 1234.5),
        ("38.0", 38.0),
        ("12", 12),
        ("-3.2", -3.2),
        ("－3", -3),
        ("−3", -3),
        ("+7", 7),
        ("１，２３４．５", 1234.5),
        ("\u3000 8 ", 8),
        ("5.2%", 0.052),
        ("5.2％", 0.052),
        ("", None),
        ("—", None),
        ("--", None),
        ("……", None),
        ("1,23", "1,23"),
        ("1.2.3", "1.2.3"),
        ("5亿元", "5亿元"),
        ("2021年", "2021年"),
        ("(3)", "(3)"),
        ("1e5", "1e5"),
        ("nan", "nan"),
        ("一", "一"),
        ("٣", "٣"),
        ("1" * 30, "1" * 30),
    ],
)
def test_read_number(text: str, value: float | str | None) -> None:
    found = read_number(text)
    assert (found, type(found)) == (value, type(value))


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e9, max_value=1e9))
def test_numbers_with_separators_are_read(value: float) -> None:
    assert read_number(f"{value:,.3f}") == pytest.approx(round(value, 3))


@given(st.text(max_size=12))
def test_whatever_a_cell_has(text: str) -> None:
    assert isinstance(read_number(text), int | float | str | None)
    frame = Table(rows=((Cell(text=text),),)).to_dataframe(numeric=True)
    assert frame.shape == (1, 1)


def test_without_pandas_the_error_names_the_extra() -> None:
    program = f"import sys; sys.path[:] = {sys.path!r}; sys.modules['pandas'] = None\n"
    program += (
        "import sinaparse\ntry: sinaparse.Table().to_dataframe()\nexcept ModuleNotFoundError as error: print(error)"
    )
    assert fresh(program) == 'data frames need the package pandas: pip install "sinaparse[pandas]"'
