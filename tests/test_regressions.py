"""What the fuzzer once found keeps every promise now; and its targets accept what they are fed at first."""

from __future__ import annotations

from pathlib import Path

import pytest
from campaign import TARGETS as NAMES
from campaign import parts
from targets import TARGETS

ROOT = Path(__file__).parents[1]
FOUND = sorted((ROOT / "tests" / "fixtures" / "regressions").glob("*.bin"))
EXPORTS = sorted((ROOT / "tests" / "fixtures").glob("[ei]*/*.md"))


@pytest.mark.parametrize("path", FOUND, ids=lambda path: path.stem)
def test_what_was_found_once(path: Path) -> None:
    """The target is named at the head of the file's name."""
    TARGETS[path.stem.split("-")[0]](path.read_bytes())


def test_all_targets_are_run() -> None:
    assert tuple(TARGETS) == NAMES


@pytest.mark.parametrize("target", TARGETS)
def test_seeds(target: str) -> None:
    seeds = {part for path in EXPORTS for part in parts(target, path.read_bytes())}
    assert len(seeds) >= 3
    for seed in sorted(seeds)[:40]:
        TARGETS[target](seed)


def test_the_dictionary_is_one() -> None:
    """libFuzzer reads lines of the form ``"text"``, in which all but plain ASCII is written ``\\xNN``."""
    for line in (ROOT / "fuzz" / "tokens.dict").read_text(encoding="ascii").splitlines():
        if line.startswith("#"):
            continue
        assert line[0] == line[-1] == '"'
        assert 0 < len(line[1:-1].encode().decode("unicode_escape")) <= 100
