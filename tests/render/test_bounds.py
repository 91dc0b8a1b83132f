"""What renderers make of a file grows with the file, not with what its tables claim."""

from __future__ import annotations

from sinaparse.models import Article, Cell, Section, Table
from sinaparse.render.width import display_width


def article(*rows: tuple[Cell, ...]) -> Article:
    return Article(title="", sections=(Section(blocks=(Table(rows=rows),)),))


def test_short_texts_are_repeated_and_long_ones_stand_once() -> None:
    rows = (Cell(text="短", colspan=3),), (Cell(text="长" * 101, colspan=3),)
    lines = article(*rows).to_markdown().splitlines()
    assert lines[0] == "| 短 | 短 | 短 |"
    assert lines[2] == f"| {'长' * 101} |  |  |"


def test_a_text_in_many_places_is_no_text_many_times() -> None:
    tall = article(*([(Cell(text="长" * 50_000, colspan=100, rowspan=100),)] + [()] * 99))
    for render in (tall.to_markdown, tall.to_html, tall.to_text):
        assert render().count("长") == 50_000


def test_one_long_cell_does_not_widen_all_rows() -> None:
    rows = [(Cell(text="长" * 500), Cell(text="尾")), *[(Cell(text="短"), Cell(text="尾"))] * 3]
    first, *others = article(*rows).to_text().splitlines()
    assert first == "长" * 500 + "  尾"
    assert {display_width(line) for line in others} == {204}
    assert others[0].startswith("短 ")
    assert others[0].endswith("  尾")
