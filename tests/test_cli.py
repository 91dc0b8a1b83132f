from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import sinaparse
from sinaparse.problems import report
from support import Run

EXAMPLES = Path(__file__).parents[1] / "examples" / "exports"
EXPORTS = sorted(EXAMPLES.rglob("*.md"))
UNKNOWN = '<div class="never-seen-before">一段来历不明的文字</div>\n'


def start(*arguments: str | Path, **options: object) -> subprocess.Popen[bytes]:
    """Start the command in a process of its own."""
    command = [sys.executable, "-m", "sinaparse", *map(str, arguments)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen(command, **(pipes | options))  # type: ignore[call-overload,no-any-return]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two exports and one that strict mode refuses."""
    folder = tmp_path / "exports"
    folder.mkdir()
    for export in EXPORTS[:2]:
        (folder / export.name).write_bytes(export.read_bytes())
    text = EXPORTS[0].read_text(encoding="utf-8")
    (folder / "unknown.md").write_text(text.replace("\n<p", f"\n{UNKNOWN}<p", 1), encoding="utf-8")
    return folder


def articles(lines: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in lines.splitlines()]


def test_all_parsed(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "articles.jsonl"
    result = run("parse", EXAMPLES, "-o", target)
    assert result.code == 0
    assert result.out == b""
    assert f"{len(EXPORTS)} articles, 0 refused\n" in result.err
    assert "warning  title-repaired  " in result.err
    found = articles(target.read_bytes())
    assert [article["path"] for article in found] == [path.as_posix() for path in EXPORTS]
    for line, path in zip(target.read_bytes().splitlines(), EXPORTS, strict=True):
        assert sinaparse.Article.model_validate_json(line) == sinaparse.parse_file(path)
    assert list(tmp_path.iterdir()) == [target]


def test_some_refused(run: Run, folder: Path, tmp_path: Path) -> None:
    errors = tmp_path / "errors.jsonl"
    result = run("parse", folder, "--errors", errors)
    assert result.code == 1
    assert len(articles(result.out)) == 2
    assert "2 articles, 1 refused" in result.err
    (refused,) = articles(errors.read_bytes())
    assert refused["path"] == f"{folder.as_posix()}/unknown.md"
    assert [problem["code"] for problem in refused["problems"] if problem["severity"] == "error"] == ["unknown-markup"]
    inspection = sinaparse.Parser().inspect_file(folder / "unknown.md")
    assert report(inspection.problems, str(refused["path"])) in result.err


def test_quiet_and_verbose(run: Run, folder: Path) -> None:
    quiet = run("parse", folder, "-q")
    assert (quiet.code, quiet.err) == (1, run("parse", folder).err[-len(quiet.err) :])
    assert "unknown-markup" not in quiet.err
    assert quiet.err.endswith("2 articles, 1 refused\n")
    warned = folder / next(path.name for path in EXPORTS[:2] if sinaparse.Parser().inspect_file(path).problems)
    problems = sinaparse.Parser().inspect_file(warned).problems
    assert report(problems, warned.as_posix()) in run("parse", folder, "-v").err
    assert report(problems, warned.as_posix()) not in run("parse", folder).err


def test_lenient(run: Run, folder: Path) -> None:
    result = run("parse", folder, "--lenient")
    assert result.code == 0
    assert len(articles(result.out)) == 3
    assert "warning  unknown-markup  " in result.err


def test_timezone(run: Run) -> None:
    naive = next(path for path in EXPORTS if "\ndate: 2021-09-18 11:06:15\n" in path.read_text(encoding="utf-8"))
    (article,) = articles(run("parse", naive, "--timezone", "Asia/Shanghai").out)
    assert article["published_at"] == "2021-09-18T03:06:15Z"


def test_unmarked_headings(run: Run, tmp_path: Path) -> None:
    text = EXPORTS[0].read_text(encoding="utf-8")
    plain = tmp_path / "plain.md"
    paragraph = '<p cms-style="font-L">　　{}</p>\n'
    lines = [
        paragraph.format(line)
        for line in (
            "这是一段写得比较长的正文，用来隔开前后两部分内容。" * 2,
            "债市后来怎样了",
            "又是一段写得比较长的正文，用来说明后来的情形。" * 2,
        )
    ]
    plain.write_text(
        text.replace("<!-- news_keyword", "".join(["\n", *lines, "<!-- news_keyword"]), 1), encoding="utf-8"
    )
    without, with_them = (
        sinaparse.Article.model_validate_json(run("parse", plain, *options).out).headings
        for options in ((), ("--unmarked-headings",))
    )
    assert "债市后来怎样了" not in [text for _, text in without]
    assert "债市后来怎样了" in [text for _, text in with_them]


def test_without_a_cleaner(run: Run) -> None:
    name = sinaparse.default_cleaners().names[3]
    result = run("parse", EXPORTS[0], "--without", name)
    parser = sinaparse.Parser(cleaners=sinaparse.default_cleaners().without(name))
    inspection = parser.inspect_file(EXPORTS[0])
    assert result.code == (1 if inspection.article is None else 0)
    assert inspection.removals != sinaparse.Parser().inspect_file(EXPORTS[0]).removals


def test_workers(run: Run, folder: Path) -> None:
    assert run("parse", folder, "--workers", "2") == run("parse", folder)


def test_standard_input() -> None:
    process = start("parse", "-")
    out, err = process.communicate(EXPORTS[0].read_bytes())
    assert process.returncode == 0, err
    assert [article["path"] for article in articles(out)] == ["-"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["parse"], "PATH"),
        (["parse", "gone"], "no such file or folder: gone"),
        (["parse", "empty"], "no *.md or *.markdown in empty"),
        (["parse", "a.md", "--timezone", "Mars/Olympus"], "Mars/Olympus"),
        (["parse", "a.md", "--without", "app-kr"], "app-kr"),
        (["parse", "a.md", "--workers", "0"], "--workers"),
        (["parse", "a.md", "--shout"], "--shout"),
        (["parse", "a.md", "-o", "a.md"], "a.md is an input"),
        (["parse", ".", "-o", "new.md"], "new.md would be an input"),
        (["parse", "a.md", "-o", "x.jsonl", "--errors", "./x.jsonl"], "x.jsonl is an input or written to already"),
        (["parse", "a.md", "--errors", "-"], "- is an input or written to already"),
        (["parse", "a.md", "-o", "gone/x.jsonl"], "no such folder: gone"),
        (["parse", "a.md", "-o", "empty"], "empty"),
        (["nonsense"], "nonsense"),
    ],
)
def test_wrong_use(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], message: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()
    export = EXPORTS[0].read_bytes()
    (tmp_path / "a.md").write_bytes(export)
    result = run(*arguments)
    assert result.code == 2
    assert message in result.err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.md", "empty"]
    assert (tmp_path / "a.md").read_bytes() == export


def test_an_existing_output_is_replaced(run: Run, folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "articles.jsonl"
    target.write_text("old")
    assert run("parse", folder, "-o", target).code == 1
    assert len(articles(target.read_bytes())) == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["articles.jsonl", "exports"]


def test_a_link_to_the_output_stays_a_link(run: Run, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "link.jsonl").symlink_to(tmp_path / "real.jsonl")
    run("parse", folder, "-o", tmp_path / "link.jsonl")
    assert (tmp_path / "link.jsonl").is_symlink()
    assert len(articles((tmp_path / "real.jsonl").read_bytes())) == 2


def test_a_device_is_written_to_and_not_replaced(run: Run, folder: Path, tmp_path: Path) -> None:
    if not hasattr(os, "mkfifo"):
        pytest.skip("no named pipes")
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        assert run("parse", folder, "-o", pipe).code == 1
        assert len(articles(os.read(reader, 1 << 20))) == 2
    finally:
        os.close(reader)


def test_a_failure_leaves_no_half_written_file(
    run: Run, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "articles.jsonl"
    target.write_text("old")

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    result = run("parse", folder, "-o", target)
    assert result.code == 2
    assert "No space left on device" in result.err
    assert target.read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["articles.jsonl", "exports"]


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_an_interrupted_run_leaves_no_half_written_file(tmp_path: Path, name: str) -> None:
    target = tmp_path / "articles.jsonl"
    target.write_text("old")
    process = start("parse", EXPORTS[0], "-", "-o", target)  # waits for standard input
    while len(list(tmp_path.iterdir())) == 1:
        time.sleep(0.01)
    time.sleep(0.2)
    process.send_signal(signal.Signals[name])
    _, err = process.communicate()
    assert process.returncode == 130
    assert b"Traceback" not in err
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX pipes")
def test_a_reader_that_goes_away_is_no_error() -> None:
    with start("parse", EXAMPLES, "-") as process:  # waits for standard input before it ends
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdin is not None
        process.stdout.close()
        process.stdin.close()
        err = process.stderr.read()
    assert process.returncode == 141
    assert b"Traceback" not in err
    assert b"BrokenPipe" not in err


@pytest.mark.parametrize("command", ["parse", "check", "convert"])
def test_the_name_of_a_file_commands_no_terminal_and_starts_no_line(run: Run, tmp_path: Path, command: str) -> None:
    folder = tmp_path / "exports"
    folder.mkdir()
    (folder / "a\x1b]0;x\x07\nb.md:1: error[forged]: 雾.md").write_text("雾", encoding="utf-8")
    result = run(command, folder, *(["-o", tmp_path / "posts"] if command == "convert" else []))
    said = result.err + result.out.decode()
    assert "front-matter-missing" in said
    assert "\x1b" not in said
    assert not any(line.startswith("b.md") for line in said.splitlines())


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX pipes")
@pytest.mark.parametrize("command", [("inspect", EXPORTS[0]), ("diff", EXAMPLES, "--without", "app-qr"), ("cleaners",)])
def test_a_reader_that_is_gone_from_the_start(command: tuple[str, ...]) -> None:
    with start(*command) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 141


FULL = Path("/dev/full")
BUFFERED = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
COMMANDS = [("parse", EXAMPLES), ("check", EXAMPLES), ("inspect", EXPORTS[0]), ("cleaners",), ("schema", "line")]


@pytest.mark.skipif(not FULL.exists(), reason="a device of Linux")
@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_standard_output_on_a_full_disk(command: tuple[str, ...]) -> None:
    with FULL.open("wb") as full:
        process = start(*command, stdout=full, env=BUFFERED)
        _, err = process.communicate()
    assert process.returncode == 2
    assert err.count(b"No space left on device") == 1
    assert b"Exception" not in err


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX file descriptors")
@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_standard_output_that_is_closed(command: tuple[str, ...]) -> None:
    process = start(*command, stdout=None, env=BUFFERED, preexec_fn=lambda: os.close(1))
    _, err = process.communicate()
    assert process.returncode == 2
    assert err.count(b"sinaparse: [Errno 9] Bad file descriptor") == 1
    assert b"Traceback" not in err


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX file descriptors")
def test_standard_input_that_is_closed() -> None:
    process = start("parse", "-", stdin=None, preexec_fn=lambda: os.close(0))
    out, err = process.communicate()
    assert (process.returncode, out, err) == (2, b"", b"sinaparse: [Errno 9] Bad file descriptor\n")


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX file descriptors")
def test_without_standard_streams_nothing_else_gets_what_is_meant_for_them(folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "articles.jsonl"
    closed = start("parse", folder, stderr=None, preexec_fn=lambda: os.close(2))
    out, _ = closed.communicate()
    assert closed.returncode == 1
    for more in ([], ["--workers", "2"]):
        none = start(
            "parse",
            folder,
            "-o",
            target,
            *more,
            stdin=None,
            stdout=None,
            stderr=None,
            preexec_fn=lambda: os.closerange(0, 3),
        )
        assert none.wait() == 1
        assert target.read_bytes() == out
    assert len(articles(out)) == 2


@pytest.mark.parametrize("encoding", ["ascii", "gbk"])
def test_the_locale_does_not_matter(folder: Path, encoding: str) -> None:
    source = (folder / "unknown.md").read_text(encoding="utf-8")
    (folder / "unknown.md").write_text(
        source.replace("一段来历不明的文字", "一段来历不明的文字 😀 ñ"), encoding="utf-8"
    )
    process = start("parse", folder, env=os.environ | {"PYTHONIOENCODING": encoding})
    out, err = process.communicate()
    assert process.returncode == 1
    assert b"Traceback" not in err
    assert articles(out)[0]["title"] in EXPORTS[0].read_text(encoding="utf-8")


@pytest.fixture
def terminal() -> Iterator[tuple[int, int]]:
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    yield ours, theirs
    os.close(ours)


def test_a_progress_bar_on_a_terminal_and_none_in_a_pipe(folder: Path, terminal: tuple[int, int]) -> None:
    ours, theirs = terminal
    process = start("parse", folder, stderr=theirs, env=os.environ | {"TERM": "xterm", "COLUMNS": "80"})
    os.close(theirs)
    shown = b""
    try:
        while piece := os.read(ours, 1 << 16):
            shown += piece
    except OSError:  # how Linux says that the other end is closed
        pass
    out, _ = process.communicate()
    assert b"parsing" in shown
    assert b"2 articles, 1 refused" in shown
    assert len(articles(out)) == 2
    _, err = start("parse", folder).communicate()
    assert b"parsing" not in err
    assert b"\x1b" not in err


def test_version(run: Run) -> None:
    assert run("--version").out == f"sinaparse {sinaparse.__version__}\n".encode()


@pytest.mark.parametrize("package", ["typer", "rich"])
def test_without_the_extra_it_says_how_to_install_it(package: str) -> None:
    code = f"import sys; sys.modules[{package!r}] = None; from sinaparse._entry import main; main()"
    process = subprocess.run([sys.executable, "-c", code, "parse"], capture_output=True, check=False)
    assert process.returncode == 2
    assert b'pip install "sinaparse[cli]"' in process.stderr
    assert b"Traceback" not in process.stderr
