"""The examples in docstrings show what the code really gives."""

from __future__ import annotations

import doctest
import importlib
from pathlib import Path

import pytest

import sinaparse

ROOT = Path(sinaparse.__file__).parent
SHOWN = sorted(path.relative_to(ROOT) for path in ROOT.rglob("*.py") if "    >>> " in path.read_text("utf-8"))


def test_docstrings_have_examples() -> None:
    assert len(SHOWN) >= 10


@pytest.mark.parametrize("path", SHOWN, ids=str)
def test_examples_of_a_module(path: Path) -> None:
    module = importlib.import_module(".".join(("sinaparse", *path.with_suffix("").parts)))
    result = doctest.testmod(module)
    assert (result.failed, result.attempted > 0) == (0, True)
