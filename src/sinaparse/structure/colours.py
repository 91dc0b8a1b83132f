"""Whether a colour of older mark-up sets a text apart: ``<font color="red">``, ``style="color: rgb(192, 0, 0)"``."""

from __future__ import annotations

import re

_NAMES = frozenset(
    "aqua blue brown chocolate crimson cyan darkblue darkcyan darkgreen darkmagenta darkorange darkred deeppink deepskyblue "
    "dodgerblue firebrick fuchsia gold goldenrod green hotpink indianred indigo lime limegreen magenta maroon mediumblue "
    "mediumseagreen midnightblue navy olive orange orangered purple red royalblue saddlebrown seagreen sienna skyblue "
    "slateblue steelblue teal tomato turquoise violet yellow".split()
)
"""CSS has more; a name that is missing is no evidence, as is ``black``."""
_HEX = re.compile(r"#?([0-9a-f]{6})(?:[0-9a-f]{2})?\Z|#?([0-9a-f]{3})[0-9a-f]?\Z")
_RGB = re.compile(r"rgba?\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})\b")
_DECLARATION = re.compile(r"(?<![\w-])color\s*:([^;!]*)")
_SPREAD = 64
"""At least so far apart are the strongest and the weakest of red, green and blue; in greys and tinted blacks they are closer."""


def is_colour(value: str) -> bool:
    """Whether a value is a real colour: neither black, white or grey nor close to them, nor a word like ``inherit``.

    >>> [is_colour(value) for value in ("red", "#F00", "rgb(0, 112, 192)", "black", "#333333", "rgb(36, 41, 46)", "inherit")]
    [True, True, True, False, False, False, False]
    """
    value = value.strip().lower()
    if value in _NAMES:
        return True
    if match := _HEX.match(value):
        digits = match[1] or "".join(2 * digit for digit in match[2])
        parts = [int(digits[place : place + 2], 16) for place in (0, 2, 4)]
    elif match := _RGB.match(value):
        parts = list(map(int, match.groups()))
    else:
        return False
    return max(parts) - min(parts) >= _SPREAD


def in_style(style: str) -> bool:
    """Whether a ``style`` attribute gives a text a real colour; the last declaration counts.

    >>> in_style("font-size: 16px; color: rgb(255, 0, 0);"), in_style("background-color: red")
    (True, False)
    """
    values = _DECLARATION.findall(style.lower())
    return bool(values) and is_colour(values[-1])
