"""kill -9 at twenty random moments of a run with workers, then ``--resume``; folders with very many files."""

from __future__ import annotations

import random
import sys
import time
from pathlib import Path

import pytest

from support_runs import SUFFIXES, group_is_gone, kill_at, make_exports, need, rows_in, start

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")]


@pytest.mark.timeout(1200)
@pytest.mark.parametrize("suffix", SUFFIXES)
def test_killed_at_any_moment(tmp_path: Path, suffix: str) -> None:
    need(suffix)
    folder = make_exports(tmp_path / "exports", 2000)
    whole, target, errors = tmp_path / f"whole{suffix}", tmp_path / f"x{suffix}", tmp_path / "e.jsonl"
    started = time.monotonic()
    process = start("parse", folder, "--workers", "2", "-o", whole)
    process.communicate()
    assert process.returncode == 1
    seconds = time.monotonic() - started
    want = rows_in(whole)
    moments = random.Random(suffix)  # noqa: S311 the same moments each time
    for _ in range(20):
        arguments = ("parse", folder, "--workers", "2", "-o", target, "--errors", errors, "--resume")
        process = start(*arguments)
        kill_at(process, moments.uniform(0.1, 1.05 * seconds))
        assert group_is_gone(process)
        process = start(*arguments)
        _, err = process.communicate()
        assert process.returncode == 1, err.decode()
        assert rows_in(target) == want
        if suffix.startswith(".jsonl"):
            assert target.read_bytes() == whole.read_bytes()
        assert sum(rows_in(errors).values()) == 200
        assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
            ["e.jsonl", "exports", whole.name, target.name]
        )
        target.unlink()


@pytest.mark.timeout(600)
def test_a_folder_with_100_000_entries(tmp_path: Path) -> None:
    folder = make_exports(tmp_path / "exports", 100_000)
    process = start("parse", folder, "--workers", "2", "-o", tmp_path / "x.jsonl")
    _, err = process.communicate()
    assert process.returncode == 1
    assert b"90000 articles, 10000 refused" in err
    assert sum(rows_in(tmp_path / "x.jsonl").values()) == 90_000
