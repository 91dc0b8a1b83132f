"""Runs that are stopped, and gone on with."""

from __future__ import annotations

import errno
import fcntl
import json
import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import sinaparse
from sinaparse import sinks
from sinaparse.sinks.journal import settings_of
from sinaparse.sinks.lines import ErrorLineSink
from support import Run
from support_runs import SUFFIXES, group_is_gone, make_exports, need, rows_in, start

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
COUNT = 60


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_exports(tmp_path / "exports", COUNT)


@pytest.fixture
def _small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sinks, "BATCH_FILES", 8)


def stopped(monkeypatch: pytest.MonkeyPatch, run: Run, after: int, *arguments: str | Path) -> str:
    """Run the command and stop it after so many files; what it said."""
    whole = sinaparse.Corpus.run

    def cut(self: sinaparse.Corpus, tasks: object) -> object:
        for number, outcome in enumerate(whole(self, tasks)):  # type: ignore[arg-type]
            if number == after:
                raise KeyboardInterrupt
            yield outcome

    with monkeypatch.context() as patch:
        patch.setattr(sinaparse.Corpus, "run", cut)
        result = run("parse", *arguments)
    assert result.code == 130
    return result.err


@pytest.mark.usefixtures("_small_batches")
@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("after", [8, 29, 59])
def test_gone_on_with(
    monkeypatch: pytest.MonkeyPatch, run: Run, folder: Path, tmp_path: Path, suffix: str, after: int
) -> None:
    need(suffix)
    whole, target = tmp_path / f"whole{suffix}", tmp_path / f"x{suffix}"
    errors, whole_errors = tmp_path / "e.jsonl", tmp_path / "whole_e.jsonl.gz"
    assert run("parse", folder, "-o", whole, "--errors", whole_errors).code == 1
    said = stopped(monkeypatch, run, after, folder, "-o", target, "--errors", errors)
    assert f"stopped after {after // 8 * 8} files, which are kept; to go on: sinaparse " in said
    assert not target.exists()
    assert {path.name for path in tmp_path.iterdir()} >= {f"x{suffix}.journal", "e.jsonl.draft"}
    result = run("parse", folder, "-o", target, "--errors", errors, "--resume")
    assert f"goes on after {after // 8 * 8} files" in result.err
    assert "54 articles, 6 refused\n" in result.err
    assert result.code == 1
    assert rows_in(target) == rows_in(whole)
    assert rows_in(errors) == rows_in(whole_errors)
    if suffix.startswith(".jsonl"):
        assert target.read_bytes() == whole.read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
        ["e.jsonl", "exports", whole.name, whole_errors.name, target.name]
    )


@pytest.mark.usefixtures("_small_batches")
@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("change", ["edited", "removed", "added"])
def test_inputs_that_changed_are_done_again(
    monkeypatch: pytest.MonkeyPatch, run: Run, folder: Path, tmp_path: Path, suffix: str, change: str
) -> None:
    need(suffix)
    target, whole = tmp_path / f"x{suffix}", tmp_path / f"whole{suffix}"
    stopped(monkeypatch, run, 40, folder, "-o", target)
    changed = folder / "000019.md"
    if change == "edited":
        changed.write_text(changed.read_text().replace("开工", "停工"))
    elif change == "removed":
        changed.unlink()
    else:
        (folder / "000018b.md").write_bytes((folder / "000018.md").read_bytes() + b"\n")
    result = run("parse", folder, "-o", target, "--resume")
    assert result.code == 1, result.err
    assert "is not what it was, or not where it was: goes on after 16 files of the 40" in result.err
    assert run("parse", folder, "-o", whole).code == 1
    assert rows_in(target) == rows_in(whole)
    if suffix.startswith(".jsonl"):
        assert target.read_bytes() == whole.read_bytes()


@pytest.mark.usefixtures("_small_batches")
@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("again", [False, True])
def test_inputs_that_changed_after_a_kill_while_the_outputs_are_finished(
    monkeypatch: pytest.MonkeyPatch, run: Run, folder: Path, tmp_path: Path, suffix: str, again: bool
) -> None:
    """The first output is complete, the second is not; the run may be stopped there twice."""
    need(suffix)
    target, whole, errors = tmp_path / f"x{suffix}", tmp_path / f"whole{suffix}", tmp_path / "e.jsonl"
    arguments = ("parse", folder, "-o", target, "--errors", errors)

    def killed(_: ErrorLineSink) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(ErrorLineSink, "finish", killed)
        assert run(*arguments).code == 130
        if again:
            assert run(*arguments, "--resume").code == 130
    changed = folder / "000019.md"
    changed.write_text(changed.read_text().replace("开工", "停工"))
    assert run(*arguments, "--resume").code == 1
    assert run("parse", folder, "-o", whole).code == 1
    assert rows_in(target) == rows_in(whole)
    assert sum(rows_in(errors).values()) == 6


@pytest.mark.usefixtures("_small_batches")
def test_other_settings_are_refused(monkeypatch: pytest.MonkeyPatch, run: Run, folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "x.jsonl"
    stopped(monkeypatch, run, 20, folder, "-o", target)
    kept = (tmp_path / "x.jsonl.draft").read_bytes()
    result = run("parse", folder, "-o", target, "--lenient", "--resume")
    assert result.code == 2
    assert "other settings (strict: was true, is false); without --resume it starts over" in result.err
    assert (tmp_path / "x.jsonl.draft").read_bytes() == kept
    assert run("parse", folder, "-o", target, "--workers", "2", "--resume").code == 1


@pytest.mark.usefixtures("_small_batches")
def test_without_resume_it_starts_over_and_says_so(
    monkeypatch: pytest.MonkeyPatch, run: Run, folder: Path, tmp_path: Path
) -> None:
    target = tmp_path / "x.jsonl"
    stopped(monkeypatch, run, 20, folder, "-o", target, "--errors", tmp_path / "e.jsonl")
    result = run("parse", folder, "-o", target)
    assert "starts over: an unfinished run of 16 files is dropped" in result.err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["exports", "x.jsonl"]


def test_nothing_to_go_on_with(run: Run, folder: Path, tmp_path: Path) -> None:
    result = run("parse", folder, "-o", tmp_path / "x.jsonl", "--resume")
    assert "nothing to go on with" in result.err
    assert "54 articles" in result.err


def test_a_stream_is_refused(run: Run, folder: Path) -> None:
    result = run("parse", folder, "--resume")
    assert result.code == 2
    assert "--resume needs a file" in result.err
    result = run("parse", folder, "--to", "nonsense")
    assert result.code == 2


@pytest.mark.usefixtures("_small_batches")
def test_a_torn_line_was_never_committed(
    monkeypatch: pytest.MonkeyPatch, run: Run, folder: Path, tmp_path: Path
) -> None:
    target, whole = tmp_path / "x.jsonl", tmp_path / "whole.jsonl"
    run("parse", folder, "-o", whole)
    stopped(monkeypatch, run, 30, folder, "-o", target)
    journal = tmp_path / "x.jsonl.journal"
    written = journal.read_bytes()
    journal.write_bytes(written[:-10])
    result = run("parse", folder, "-o", target, "--resume")
    assert "goes on after 16 files" in result.err
    assert target.read_bytes() == whole.read_bytes()


@pytest.mark.usefixtures("_small_batches")
def test_a_draft_that_is_too_short_is_refused(
    monkeypatch: pytest.MonkeyPatch, run: Run, folder: Path, tmp_path: Path
) -> None:
    target = tmp_path / "x.jsonl"
    stopped(monkeypatch, run, 30, folder, "-o", target)
    (tmp_path / "x.jsonl.draft").write_bytes(b"{}")
    result = run("parse", folder, "-o", target, "--resume")
    assert result.code == 2
    assert "shorter than it was" in result.err


def test_two_runs_at_once_are_refused(run: Run, folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "x.jsonl"
    process = start("parse", folder, "-", "-o", target, stdin=subprocess.PIPE)  # waits for standard input
    while not (tmp_path / "x.jsonl.journal").exists():
        time.sleep(0.01)
    time.sleep(0.2)
    result = run("parse", folder, "-o", target)
    assert result.code == 2
    assert "another run is writing it" in result.err
    process.communicate()
    assert sum(rows_in(target).values()) == 54


@pytest.mark.parametrize("number", [errno.ENOSYS, errno.EOPNOTSUPP, errno.ENOLCK, errno.EIO])
def test_a_file_system_without_locks(
    run: Run, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def refuses(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(fcntl, "flock", refuses)
    target = tmp_path / "x.jsonl"
    result = run("parse", folder, "-o", target)
    if number == errno.EIO:
        assert result.code == 2
        assert os.strerror(number) in result.err
    else:
        assert result.code == 1
        assert sum(rows_in(target).values()) == 54


def test_killed_before_and_after_the_renames(run: Run, folder: Path, tmp_path: Path) -> None:
    """The journal says that all is finished; some outputs are in place, some are not."""
    target, errors = tmp_path / "x.jsonl", tmp_path / "e.jsonl"
    run("parse", folder, "-o", target, "--errors", errors)
    for renamed in (set(), {target}, {target, errors}):
        want = {path: path.read_bytes() for path in (target, errors)}
        process = start("parse", folder, "-o", target, "--errors", errors)
        process.communicate()
        settings = settings_of(sinaparse.Parser(), sinaparse.__version__, [str(folder)], [".jsonl"])
        header = {"journal": 1, **settings, "outputs": [str(target), str(errors)]}
        counts = {"articles": 54, "refused": 6, "warnings": {}}
        batch = {"marks": [0, 0], "counts": counts, "inputs": []}
        lines = [header, batch, {"finished": True}]
        (tmp_path / "x.jsonl.journal").write_text("".join(json.dumps(line) + "\n" for line in lines))
        for path in {target, errors} - renamed:
            path.rename(f"{path}.draft")
        result = run("parse", folder, "-o", target, "--errors", errors, "--resume")
        assert result.code == 1
        assert "54 articles, 6 refused" in result.err
        assert {path: path.read_bytes() for path in (target, errors)} == want
        assert sorted(path.name for path in tmp_path.iterdir()) == ["e.jsonl", "exports", "x.jsonl"]


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_a_signal_keeps_what_is_done(folder: Path, tmp_path: Path, name: str) -> None:
    make_exports(folder, 700)
    target, whole = tmp_path / "x.jsonl", tmp_path / "whole.jsonl"
    process = start("parse", folder, "-", "-o", target, "--workers", "2", stdin=subprocess.PIPE)
    journal = tmp_path / "x.jsonl.journal"
    while not journal.exists() or journal.read_bytes().count(b"\n") < 3:
        time.sleep(0.01)
    process.send_signal(signal.Signals[name])
    _, err = process.communicate()
    assert process.returncode == 130
    assert b"stopped after 512 files, which are kept; to go on: sinaparse parse" in err
    assert b"Traceback" not in err
    assert group_is_gone(process)
    start("parse", folder, "-", "-o", target, "--resume").communicate()
    start("parse", folder, "-", "-o", whole).communicate()
    assert sum(rows_in(whole).values()) == 630
    assert target.read_bytes() == whole.read_bytes()


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_full_disk(tmp_path: Path, suffix: str) -> None:
    need(suffix)
    folder = make_exports(tmp_path / "exports", 800)
    target, whole = tmp_path / f"x{suffix}", tmp_path / f"whole{suffix}"
    start("parse", folder, "-o", whole).communicate()
    limit = (whole.stat().st_size * 2) // 3

    def full() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    process = start("parse", folder, "-o", target, preexec_fn=full)
    _, err = process.communicate()
    assert process.returncode == 2, err
    assert b"Traceback" not in err
    assert not target.exists()
    process = start("parse", folder, "-o", target, "--resume")
    _, err = process.communicate()
    assert process.returncode == 1, err
    assert rows_in(target) == rows_in(whole)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="needs another user to be")
def test_a_folder_that_can_not_be_written_to(run: Run, folder: Path, tmp_path: Path) -> None:
    result = run("parse", folder, "-o", "/proc/x.jsonl")
    assert result.code == 2
    assert "/proc/x.jsonl" in result.err
    assert "Traceback" not in result.err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["exports"]


def test_write_corpus_leaves_nothing_of_a_failure(folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "x.jsonl"
    target.write_text("old")

    def breaks() -> object:
        yield from sinaparse.read_corpus(folder)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        sinaparse.write_corpus(breaks(), target)  # type: ignore[arg-type]
    assert target.read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["exports", "x.jsonl"]
    counts = sinaparse.write_corpus(sinaparse.read_corpus(folder), target)
    assert (counts.articles, counts.refused) == (54, 6)


@pytest.mark.parametrize(
    ("path", "to", "message"),
    [
        ("x", None, "x has no suffix"),
        ("x.jsonl.gzz", None, "did you mean '.jsonl.gz'"),
        ("x.jsonl", "json", "did you mean 'jsonl'"),
    ],
)
def test_unknown_kinds(tmp_path: Path, path: str, to: str | None, message: str) -> None:
    with pytest.raises(sinaparse.SinkError, match=message.replace(".", r"\.")):
        sinaparse.write_corpus([], tmp_path / path, to=to)
    assert list(tmp_path.iterdir()) == []


def test_a_device_is_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "x.jsonl"
    os.mkfifo(pipe)
    for place in (pipe, tmp_path):
        with pytest.raises(sinaparse.SinkError, match="no file that could be replaced"):
            sinaparse.write_corpus([], place, to="jsonl")
    assert list(tmp_path.iterdir()) == [pipe]
    assert pipe.is_fifo()
