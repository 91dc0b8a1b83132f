"""Colours that set a line apart, and values that do not."""

from __future__ import annotations

import pytest

from sinaparse.structure.colours import in_style, is_colour

COLOURS = [
    "red", "Blue", " navy ", "#f00", "#FF0000", "ff0000", "#c00000", "#0070C0", "#002060", "#f00f", "#ff0000ff", "rgb(255,0,0)",
    "rgb( 192 , 0 , 0 )", "rgba(0, 82, 255, 0.9)", "RGB(255 0 0)", "rgb(31, 73, 125)",
]  # fmt: skip
NONE = [
    "", "black", "white", "gray", "silver", "inherit", "currentcolor", "transparent", "windowtext", "var(--red)", "no colour",
    "#000", "#fff", "#333333", "#4d4f53", "#24292e", "#2c3e50", "#ffffff", "#ff", "#ff00000", "rgb(0,0,0)", "rgb(62, 62, 62)",
    "rgba(0,0,0,0.9)", "rgb(36, 41, 46)", "rgb(255, 0)", "rgb(1000,0,0)",
]  # fmt: skip


@pytest.mark.parametrize("value", COLOURS)
def test_colour(value: str) -> None:
    assert is_colour(value)
    assert in_style(f"font-size: 16px; COLOR :{value} !important")


@pytest.mark.parametrize("value", NONE)
def test_no_colour(value: str) -> None:
    assert not is_colour(value)
    assert not in_style(f"color:{value}")


def test_only_the_colour_of_the_text_counts_and_its_last_declaration() -> None:
    assert not in_style("background-color: red; border-color: blue; --color: green")
    assert not in_style("color: red; color: #333")
    assert in_style("color: #333; color: red")
