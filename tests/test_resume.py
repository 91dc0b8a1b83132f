"""Runs that are cut short and resumed give what an uninterrupted run gives."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from sinaparse import Outcome
from sinaparse.sinks import SINKS, lines
from sinaparse.sinks.journal import Journal
from support import Result, Run, contents, front_matter

BATCH = 4
PACKAGES = {".parquet": "pyarrow", ".blocks.parquet": "pyarrow", ".duckdb": "duckdb"}
SUFFIXES = [".jsonl", ".jsonl.gz", ".sqlite", *(suffix for suffix, name in PACKAGES.items() if find_spec(name))]


class CutError(OSError):
    """What stops a run in these tests."""


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sinaparse.sinks.BATCH_FILES", BATCH)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Eighteen exports, every fifth of which is refused."""
    monkeypatch.chdir(tmp_path)
    folder = Path("exports")
    folder.mkdir()
    for number in range(18):
        more = '<div class="never-seen">来历不明</div>\n' if number % 5 == 4 else ""
        text = front_matter(f"第{number:02}次校准") + f"<div>\n<p>磅秤第{number}次校准。</p>\n{more}</div>\n"
        (folder / f"{number:02}.md").write_text(text, encoding="utf-8")
    return folder


def left() -> list[str]:
    return sorted(path.name for path in Path().iterdir())


def whole(run: Run, folder: Path, output: str) -> tuple[object, bytes]:
    """What an uninterrupted run writes."""
    assert run("parse", folder, "-o", f"whole{output}", "--errors", "whole-errors.jsonl").code == 1
    return contents(Path(f"whole{output}")), Path("whole-errors.jsonl").read_bytes()


def cut_at(monkeypatch: pytest.MonkeyPatch, step: int, target: object, name: str) -> None:
    """Stop the run before the call of a method that has this number, counted from 0."""
    calls = iter(range(1_000))
    method = getattr(target, name)

    def cut(*arguments: Any, **options: Any) -> Any:
        if next(calls) == step:
            raise CutError(28, "No space left on device")
        return method(*arguments, **options)

    monkeypatch.setattr(target, name, cut)


def resumed(run: Run, folder: Path, output: str, *options: str) -> Result:
    return run("parse", folder, "-o", f"cut{output}", "--errors", "cut-errors.jsonl", *options)


@pytest.mark.parametrize("output", SUFFIXES)
@pytest.mark.parametrize("step", range(1, 7))
def test_cut_between_batches(run: Run, folder: Path, step: int, output: str) -> None:
    expected = whole(run, folder, output)
    with pytest.MonkeyPatch.context() as patch:
        cut_at(patch, step, Journal, "_append")
        result = resumed(run, folder, output)
    assert result.code == 2
    assert "No space left on device" in result.err
    if step > 1:
        assert "what was written is kept; go on with\n  sinaparse " in result.err
        assert not Path(f"cut{output}").exists()
        result = resumed(run, folder, output, "--resume")
    else:
        assert left() == sorted(["exports", f"whole{output}", "whole-errors.jsonl"])
        result = resumed(run, folder, output)
    assert result.code == 1
    assert "14 articles, 4 refused" not in result.err
    assert "15 articles, 3 refused" in result.err
    assert contents(Path(f"cut{output}")) == expected[0]
    assert Path("cut-errors.jsonl").read_bytes() == expected[1]
    assert left() == sorted([f"cut{output}", "cut-errors.jsonl", "exports", f"whole{output}", "whole-errors.jsonl"])


@pytest.mark.parametrize("name", ["write", "commit", "finish"])
@pytest.mark.parametrize("step", [0, 3, 4])
def test_cut_inside_a_sink(run: Run, folder: Path, name: str, step: int) -> None:
    expected = whole(run, folder, ".jsonl")
    with pytest.MonkeyPatch.context() as patch:
        cut_at(patch, step, lines.LineSink, name)
        result = resumed(run, folder, ".jsonl")
    if Path("cut.jsonl.journal").exists():
        assert result.code == 2
        result = resumed(run, folder, ".jsonl", "--resume")
    elif not Path("cut.jsonl").exists():  # nothing was safe yet
        result = resumed(run, folder, ".jsonl")
    assert result.code == 1
    assert (Path("cut.jsonl").read_bytes(), Path("cut-errors.jsonl").read_bytes()) == expected


@pytest.mark.parametrize("step", [0, 1])
def test_cut_while_files_take_their_places(run: Run, folder: Path, step: int) -> None:
    expected = whole(run, folder, ".jsonl")
    with pytest.MonkeyPatch.context() as patch:
        cut_at(patch, step, os, "replace")
        assert resumed(run, folder, ".jsonl").code == 2
    assert resumed(run, folder, ".jsonl", "--resume").code == 1
    assert (Path("cut.jsonl").read_bytes(), Path("cut-errors.jsonl").read_bytes()) == expected
    assert not [name for name in left() if "draft" in name or "journal" in name]


def cut_short(run: Run, folder: Path) -> None:
    """Leave a run behind whose first two batches are done."""
    with pytest.MonkeyPatch.context() as patch:
        cut_at(patch, 3, Journal, "_append")
        assert run("parse", folder, "-o", "cut.jsonl").code == 2
    assert len(Path("cut.jsonl.journal").read_bytes().splitlines()) == 3


@pytest.mark.parametrize("torn", [b"{", b'{"files": [["a", "b"', b'{"files": []}', b"\xff\xfe\n", b"[]\n"])
def test_a_torn_line_counts_for_nothing(run: Run, folder: Path, torn: bytes) -> None:
    expected, _ = whole(run, folder, ".jsonl")
    cut_short(run, folder)
    for name, more in (("cut.jsonl.journal", torn), ("cut.jsonl.draft", b'{"half a line')):
        Path(name).write_bytes(Path(name).read_bytes() + more)
    assert run("parse", folder, "-o", "cut.jsonl", "--resume").code == 1
    assert Path("cut.jsonl").read_bytes() == expected


def test_done_files_are_not_parsed_again(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cut_short(run, folder)
    seen: list[str] = []

    def parsed(_parser: object, path: str, _source: bytes) -> Outcome:
        seen.append(path)
        return Outcome(path, "", None)

    monkeypatch.setattr("sinaparse.corpus.parsed", parsed)
    run("parse", folder, "-o", "cut.jsonl", "--resume")
    assert seen == [path.as_posix() for path in sorted(folder.iterdir())[2 * BATCH :]]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--lenient"], "strict was true, now false"),
        (["--timezone", "Asia/Shanghai"], 'timezone was "UTC", now "Asia/Shanghai"'),
        (["--without", "style"], "cleaners was"),
        (["--errors", "errors.jsonl"], 'errors was null, now "errors.jsonl"'),
    ],
)
def test_other_settings_are_refused(run: Run, folder: Path, options: Sequence[str], message: str) -> None:
    cut_short(run, folder)
    result = run("parse", folder, "-o", "cut.jsonl", "--resume", *options)
    assert result.code == 2
    assert message in result.err
    assert "without --resume to start over" in result.err
    assert run("parse", folder, "-o", "cut.jsonl", "--resume", "--workers", "2").code == 1


def test_other_inputs_are_refused(run: Run, folder: Path) -> None:
    expected, _ = whole(run, folder, ".jsonl")
    cut_short(run, folder)
    again = ("parse", folder, "-o", "cut.jsonl", "--resume")
    first = folder / "00.md"
    source = first.read_bytes()

    first.write_bytes(source.replace("校准".encode(), "修理".encode()))
    assert "exports/00.md has changed since it was parsed" in run(*again).err
    first.unlink()
    assert "where exports/00.md was, there is exports/01.md" in run(*again).err
    first.write_bytes(source)
    (folder / "00a.md").write_bytes(source)
    assert "where exports/01.md was, there is exports/00a.md" in run(*again).err
    (folder / "00a.md").unlink()

    assert run(*again).code == 1
    assert Path("cut.jsonl").read_bytes() == expected


def test_nothing_to_resume(run: Run, folder: Path) -> None:
    result = run("parse", folder, "-o", "x.jsonl", "--resume")
    assert result.code == 2
    assert "there is no unfinished run to resume" in result.err
    assert "so there is nothing to resume" in run("parse", folder, "--resume").err
    assert "so there is nothing to resume" in run("parse", folder, "-o", os.devnull, "--resume").err
    assert left() == ["exports"]


def test_starting_over_says_so(run: Run, folder: Path) -> None:
    expected, _ = whole(run, folder, ".jsonl")
    cut_short(run, folder)
    assert "starting over; with --resume" in run("parse", folder, "-o", "cut.jsonl").err
    assert Path("cut.jsonl").read_bytes() == expected


def test_two_runs_to_one_place(run: Run, folder: Path) -> None:
    pytest.importorskip("fcntl")
    journal = Journal("cut.jsonl.journal", {}, resume=False)
    try:
        result = run("parse", folder, "-o", "cut.jsonl")
        assert result.code == 2
        assert "another run is writing here" in result.err
    finally:
        journal.close()


@pytest.mark.parametrize("output", SUFFIXES)
@pytest.mark.parametrize("moment", ["before", "after"])
def test_killed_and_resumed(folder: Path, run: Run, moment: str, output: str) -> None:
    """A real kill, in the middle of a real run, right before or after the journal has a batch that is safe."""
    expected, _ = whole(run, folder, output)
    program = (
        "import sinaparse.sinks as sinks, sinaparse.sinks.journal as journal, os, signal\n"
        f"sinks.BATCH_FILES = {BATCH}\n"
        "add = journal.Journal.add\n"
        "def kill(self, batch, marks):\n"
        f"    if {moment == 'after'}: add(self, batch, marks)\n"
        f"    if self.files == {2 * BATCH}: os.kill(os.getpid(), signal.SIGKILL)\n"
        f"    if {moment == 'before'}: add(self, batch, marks)\n"
        "journal.Journal.add = kill\n"
        "from sinaparse.cli import main; main()\n"
    )
    command = [sys.executable, "-c", program, "parse", str(folder), "-o", f"cut{output}", "--workers", "2"]
    assert subprocess.run(command, capture_output=True, check=False).returncode == -signal.SIGKILL
    assert not Path(f"cut{output}").exists()
    assert run("parse", folder, "-o", f"cut{output}", "--resume").code == 1
    assert contents(Path(f"cut{output}")) == expected


# --- what is written, and where -----------------------------------------------------------------------------------


def test_several_outputs_in_one_run(run: Run, folder: Path) -> None:
    result = run("parse", folder, "-o", "a.jsonl", "-o", "b.jsonl.gz", "-o", "c.sqlite")
    assert result.code == 1
    assert left() == ["a.jsonl", "b.jsonl.gz", "c.sqlite", "exports"]


def test_the_suffix_says_what_is_written(run: Run, folder: Path) -> None:
    unknown = run("parse", folder, "-o", "x.jsnl")
    assert unknown.code == 2
    assert "did you mean '.jsonl'?" in unknown.err
    assert run("parse", folder, "-o", "x.txt", "--to", "jsonl").code == 1
    assert len(Path("x.txt").read_bytes().splitlines()) == 15
    assert "there are: " + ", ".join(suffix[1:] for suffix in SINKS) in run("parse", folder, "--to", "xml").err


def test_a_database_needs_a_file(run: Run, folder: Path) -> None:
    assert "sqlite can only be written to one" in run("parse", folder, "--to", "sqlite").err
    assert "can't be written to together" in run("parse", folder, "-o", "-", "-o", "x.jsonl").err
    assert left() == ["exports"]


def test_compressed_to_standard_output(run: Run, folder: Path) -> None:
    import gzip

    plain, packed = run("parse", folder).out, run("parse", folder, "--to", "jsonl.gz").out
    assert gzip.decompress(packed) == plain
    assert [json.loads(line)["path"] for line in plain.splitlines()][:2] == ["exports/00.md", "exports/01.md"]
