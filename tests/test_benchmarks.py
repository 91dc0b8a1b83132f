"""The comparison with other tools runs where none of them is installed; what it times is nobody's test."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def test_peers_without_the_other_tools() -> None:
    if found := [name for name in ("fundus", "gne", "newspaper", "trafilatura") if find_spec(name)]:
        pytest.skip(f"{found[0]} is installed")
    command = [sys.executable, "benchmarks/peers.py", "examples/exports", "--rounds", "1"]
    printed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True, encoding="utf-8").stdout
    heading, *rows = [line.strip("| ").split(" | ") for line in printed.splitlines() if line.startswith("|")]
    own = next(row for row in rows if row[0].startswith("sinaparse "))
    assert dict(zip(heading, own, strict=True)) | {"ms": ""} == {
        "tool": own[0],
        "ms": "",
        "× sinaparse": "1.0",
        "title": "100",
        "text recall": "100.0",
        "text precision": "100.0",
        "promotion left in": "0",
        **dict.fromkeys(("headings", "images", "captions", "tables", "editor", "symbols", "source", "authors"), "100"),
        "failed": "0",
    }
    by_hand = next(row for row in rows if row[0].startswith("BeautifulSoup"))
    assert len(by_hand) == len(heading)
    assert float(by_hand[heading.index("headings")]) < 100
    assert {row[0] for row in rows if row[1].startswith("not installed")} >= {
        "fundus",
        "gne",
        "newspaper4k",
        "trafilatura",
    }
