"""Docstrings are written as Python's own are, with roles such as ``:class:`X```; the site wants Markdown."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import griffe

_ROLE = re.compile(r":(?:class|func|meth|data|mod|exc|attr):`(~?)(?:sinaparse\.)?([\w.]+)`")
_LITERAL = re.compile(r"^::\n\n((?: {4}.*\n?|\n)+)", re.MULTILINE)
_SHOWN = set(
    re.findall(r"^::: (\S+)$", (Path(__file__).parents[1] / "api.md").read_text(encoding="utf-8"), re.MULTILINE)
)
"""What has a place on the page of the interface."""


class Roles(griffe.Extension):
    """Turn roles into links to what they name, where that has a place, and marked blocks into blocks of code."""

    def on_instance(self, *, obj: griffe.Object, **kwargs: Any) -> None:  # noqa: ARG002 the signature of griffe
        """Rewrite one docstring."""
        if obj.docstring is not None:
            text = _ROLE.sub(lambda match: _link(obj, *match.groups()), obj.docstring.value)
            obj.docstring.value = _LITERAL.sub(_code, text)


def _link(obj: griffe.Object, short: str, name: str) -> str:
    words = f"`{name.rpartition('.')[2] if short else name}`"
    owner = None if obj.parent is None else f"sinaparse.{obj.parent.name}"
    if ".".join(["sinaparse", *name.split(".")[:1]]) in _SHOWN:
        return f"[{words}][sinaparse.{name}]"
    if owner in _SHOWN and "." not in name:
        return f"[{words}][{owner}.{name}]"
    return words


def _code(match: re.Match[str]) -> str:
    lines = match[1].strip("\n").split("\n")
    return "\n".join(["```python", *(line[4:] for line in lines), "```", ""])
