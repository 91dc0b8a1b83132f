"""Worker processes that die, hang or can't start: the run goes on, and says what happened."""

from __future__ import annotations

import errno
import logging
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from multiprocessing.context import SpawnProcess
from multiprocessing.heap import Heap
from pathlib import Path

import pytest

import sinaparse
from sinaparse.corpus import available_processors
from sinaparse.pool import CHUNK_FILES
from sinaparse.road import Road
from support import Run, front_matter
from support_cleaners import Lost, dies, hangs, quits, slow
from support_runs import group_is_gone, kill_at

TEXT = front_matter("春茶开采", "金融", "新浪财经") + '\n<p cms-style="font-L">　　{}</p>\n'


def parser(*cleaners: sinaparse.Cleaner) -> sinaparse.Parser:
    return sinaparse.Parser(cleaners=sinaparse.default_cleaners().then(*cleaners))


def make(folder: Path, words: dict[int, str], count: int = 2 * CHUNK_FILES + 3) -> Path:
    for number in range(count):
        text = TEXT.format(words.get(number, f"第{number}家茶厂开工。"))
        (folder / f"{number:03}.md").write_text(text, encoding="utf-8")
    return folder


def codes(outcome: sinaparse.Outcome) -> list[str]:
    return [problem.code for problem in outcome.problems if problem.severity == "error"]


@pytest.mark.parametrize("workers", [1, 2])
def test_a_file_that_kills_its_worker_is_refused_and_no_other(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, workers: int
) -> None:
    folder = make(tmp_path, {5: "猝死", 20: "猝死"})
    corpus = sinaparse.read_corpus(folder, parser(dies), workers=workers, timeout=30)
    with caplog.at_level(logging.WARNING, "sinaparse"):
        outcomes = list(corpus)
    assert [outcome.path[-6:-3] for outcome in outcomes] == [f"{number:03}" for number in range(len(outcomes))]
    refused = [index for index, outcome in enumerate(outcomes) if outcome.json is None]
    assert refused == [5, 20]
    for index in refused:
        assert codes(outcomes[index]) == ["worker-died"]
        assert "status 3" in outcomes[index].problems[0].message
        (alone,) = sinaparse.read_corpus(outcomes[index].path)
        assert outcomes[index].digest == alone.digest
    assert "parsed again, one by one" in caplog.text
    assert multiprocessing.active_children() == []


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
def test_workers_killed_from_outside_cost_nothing(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    folder = make(tmp_path, {}, count=5 * CHUNK_FILES)
    want = list(sinaparse.read_corpus(folder))
    found = []
    for outcome in sinaparse.read_corpus(folder, parser(slow), workers=2):
        found.append(outcome)
        if len(found) == CHUNK_FILES + 1:
            os.kill(multiprocessing.active_children()[0].pid or 0, signal.SIGKILL)
    assert found == want
    assert "killed by SIGKILL" in caplog.text


@pytest.mark.parametrize("workers", [1, 2])
def test_a_file_that_hangs_is_refused_and_no_other(tmp_path: Path, workers: int) -> None:
    folder = make(tmp_path, {3: "卡住", 17: "卡住"})
    started = time.monotonic()
    outcomes = list(sinaparse.read_corpus(folder, parser(hangs), workers=workers, timeout=1))
    assert time.monotonic() - started < 30
    assert [index for index, outcome in enumerate(outcomes) if outcome.json is None] == [3, 17]
    assert codes(outcomes[3]) == codes(outcomes[17]) == ["timeout"]
    assert outcomes[3].problems[0].message == "it was not parsed within 1 s"
    assert outcomes[3].digest
    assert multiprocessing.active_children() == []


@pytest.mark.parametrize("workers", [1, 2])
def test_a_cleaner_that_quits_has_failed(tmp_path: Path, workers: int) -> None:
    folder = make(tmp_path, {2: "退出"}, count=4)
    outcomes = list(sinaparse.read_corpus(folder, parser(quits), workers=workers))
    assert codes(outcomes[2]) == ["cleaner-failed"]
    assert "'quits' failed: SystemExit: 7" in outcomes[2].problems[0].message
    assert sum(outcome.json is None for outcome in outcomes) == 1


def test_a_parser_that_gets_lost_on_its_way_is_said_so(tmp_path: Path) -> None:
    lost = sinaparse.Parser(cleaners=Lost(sinaparse.default_cleaners()))
    with pytest.raises(sinaparse.WorkerError, match="ImportError: no module of that name over here"):
        list(sinaparse.read_corpus(make(tmp_path, {}, count=2), lost, workers=2))
    assert multiprocessing.active_children() == []


def no_more_processes(monkeypatch: pytest.MonkeyPatch, after: int) -> None:
    """Only so many processes can be started."""
    start = SpawnProcess._Popen
    started: list[object] = []

    def limited(process: SpawnProcess) -> object:
        if len(started) == after:
            raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))
        started.append(process)
        return start(process)

    monkeypatch.setattr(SpawnProcess, "_Popen", staticmethod(limited))


def test_with_fewer_processes_than_asked_for_the_run_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    no_more_processes(monkeypatch, after=1)
    outcomes = list(sinaparse.read_corpus(make(tmp_path, {}), workers=3))
    assert [outcome.path[-6:-3] for outcome in outcomes if outcome.json] == [f"{n:03}" for n in range(len(outcomes))]
    assert len(outcomes) == 2 * CHUNK_FILES + 3
    assert [record.message.partition(":")[0] for record in caplog.records] == [
        "no more than 1 of the workers can be started"
    ]


@pytest.mark.parametrize("command", ["parse", "check", "convert"])
def test_without_any_process_commands_say_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run, command: str
) -> None:
    no_more_processes(monkeypatch, after=0)
    folder = tmp_path / "exports"
    folder.mkdir()
    output = ["-o", tmp_path / "posts"] if command == "convert" else []
    result = run(command, make(folder, {}), "--workers", "2", *output)
    assert result.code == 2
    assert result.err.startswith("sinaparse: no worker can be started: [Errno ")
    assert result.err.count("\n") == 1


def test_without_shared_memory_only_a_timeout_is_impossible(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuses(*_: object) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr("multiprocessing.heap.Arena.__init__", refuses)
    monkeypatch.setattr("multiprocessing.heap.BufferWrapper._heap", Heap())
    folder = make(tmp_path, {}, count=3)
    assert all(outcome.json for outcome in sinaparse.read_corpus(folder, workers=2))
    with pytest.raises(sinaparse.WorkerError, match=f"no worker can be started: .*{os.strerror(errno.EACCES)}"):
        list(sinaparse.read_corpus(folder, workers=2, timeout=10))


def test_a_script_without_its_guard_is_told_so(tmp_path: Path) -> None:
    make(tmp_path, {}, count=2)
    script = tmp_path / "script.py"
    script.write_text(f"import sinaparse\nprint(len(list(sinaparse.read_corpus({str(tmp_path)!r}, workers=2))))\n")
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=False, timeout=50)
    assert done.returncode == 1
    assert 'needs `if __name__ == "__main__":`' in done.stderr


def test_a_script_on_standard_input_is_told_so(tmp_path: Path) -> None:
    make(tmp_path, {}, count=2)
    script = f"import sinaparse\nlist(sinaparse.read_corpus({str(tmp_path)!r}, workers=2))\n"
    done = subprocess.run(
        [sys.executable, "-"], input=script, capture_output=True, text=True, check=False, timeout=50, cwd=tmp_path
    )
    assert done.returncode == 1
    assert done.stderr.endswith("and to be a file, not standard input.\n")


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
def test_workers_do_not_outlive_a_parent_that_is_killed(tmp_path: Path) -> None:
    """Not even those that are stuck."""
    make(tmp_path, {}, count=2 * CHUNK_FILES)
    (tmp_path / "stuck.py").write_text(
        "from pathlib import Path\nimport os, sinaparse\n@sinaparse.cleaner('stuck')\ndef stuck(body):\n"
        f"    Path({str(tmp_path)!r}, f'{{os.getpid()}}.stuck').touch()\n    while True: pass\n"
    )
    script = tmp_path / "script.py"
    script.write_text(
        "import sinaparse, stuck\nif __name__ == '__main__':\n"
        "    parser = sinaparse.Parser(cleaners=sinaparse.default_cleaners().then(stuck.stuck))\n"
        f"    list(sinaparse.read_corpus({str(tmp_path)!r}, parser, workers=2))\n"
    )
    process = subprocess.Popen([sys.executable, str(script)], start_new_session=True)
    try:
        while len(list(tmp_path.glob("*.stuck"))) < 2:
            time.sleep(0.05)
    finally:
        kill_at(process, 0)
    assert group_is_gone(process)


def test_a_fault_of_the_parser_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise ZeroDivisionError("by nobody's fault")

    monkeypatch.setattr(Road, "_finish", fails)
    (outcome, _) = sinaparse.read_corpus(make(tmp_path, {}, count=2))
    assert codes(outcome) == ["parser-failed"]
    assert outcome.digest


def test_automatic_workers(tmp_path: Path) -> None:
    assert available_processors() >= 1
    assert len(list(sinaparse.read_corpus(make(tmp_path, {}, count=3), workers="auto"))) == 3


@pytest.mark.parametrize("timeout", [0, -1, float("nan")])
def test_a_timeout_is_more_than_nothing(timeout: float) -> None:
    with pytest.raises(ValueError, match="more than 0"):
        sinaparse.read_corpus("anything", timeout=timeout)
