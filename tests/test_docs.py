"""The documentation is true: its Python runs and prints what it shows, its options exist, its generated pages are current."""

from __future__ import annotations

import contextlib
import io
import os
import re
import runpy
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import typer
import yaml

import sinaparse
from sinaparse.cli import app

ROOT = Path(__file__).parents[1]
PAGES = [*sorted(ROOT.glob("README*.md")), *sorted(ROOT.glob("docs/**/*.md"))]
ORIGINALS = {
    ROOT / "README.zh-CN.md": ROOT / "README.md",
    **{page: ROOT / "docs" / page.name for page in sorted(ROOT.glob("docs/zh/*.md"))},
}
"""The English page of each Chinese one."""
TUTORIAL = ROOT / "docs" / "first-cleaner.md"
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?!https?:)([^)#]+)\)")
OPTION = re.compile(r"(?<![\w-])--?[a-z][a-z-]*")


class Block(NamedTuple):
    kind: str
    text: str
    line: int


def blocks(page: Path) -> Iterator[Block]:
    text = page.read_text(encoding="utf-8")
    for match in FENCE.finditer(text):
        yield Block(match[1], match[2], text.count("\n", 0, match.start()) + 2)


def commands() -> dict[str, set[str]]:
    """The options of each command."""
    group: Any = typer.main.get_command(app)
    return {
        name: {option for parameter in command.params for option in parameter.opts if option.startswith("-")}
        for name, command in group.commands.items()
    }


@pytest.mark.parametrize(
    "page",
    # A Chinese page has the blocks of its original, as a test below proves: to run them again would show nothing new.
    [page for page in PAGES if page != TUTORIAL and page not in ORIGINALS],
    ids=lambda page: page.name,
)
def test_python_prints_what_is_shown(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    namespace: dict[str, Any] = {"__name__": "example"}
    for block, following in pairwise([*blocks(page), None]):
        if block is None or block.kind != "python":
            continue
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            code = compile("\n" * (block.line - 1) + block.text, str(page), "exec")
            exec(code, namespace)  # noqa: S102 our own documentation
        shown = following.text if following is not None and following.kind == "text" else ""
        assert printed.getvalue() == shown, f"{page.name}:{block.line}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_have_the_options_that_are_shown(page: Path) -> None:
    lines = [line for block in blocks(page) if block.kind in ("bash", "console") for line in block.text.splitlines()]
    calls = [call for line in lines for call in re.findall(r"sinaparse ([a-z]+)([^|&]*)", line)]
    for command, call in calls:
        assert set(OPTION.findall(call)) <= commands()[command]


def test_every_option_of_the_commands_is_documented() -> None:
    """The first part of the page is about ``parse``; others have a heading with their name."""
    page = (ROOT / "docs" / "command.md").read_text(encoding="utf-8")
    _, *parts = re.split(r"^#+ (?:The command$|`sinaparse ([a-z]+)`$)", page, flags=re.MULTILINE)
    documented = {
        command or "parse": {
            option for row in re.findall(r"^\| (`-.*?) \|", text, re.MULTILINE) for option in OPTION.findall(row)
        }
        for command, text in zip(parts[::2], parts[1::2], strict=True)
    }
    assert documented == {command: names | {"-h", "--help"} for command, names in commands().items()}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


def test_the_page_of_the_interface_has_every_public_name() -> None:
    shown = re.findall(r"^::: sinaparse\.(\w+)$", (ROOT / "docs" / "api.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted({*shown, "Block"} - {"arrow", "testing"}) == sorted(sinaparse.__all__)
    assert len(shown) == len(set(shown))


def test_every_page_has_a_place_on_the_site() -> None:
    plan = (ROOT / "mkdocs.yml").read_text(encoding="utf-8").partition("\nnav:\n")[2]
    pages = [path.relative_to(ROOT / "docs").as_posix() for path in ROOT.glob("docs/**/*.md")]
    assert sorted(re.findall(r"[\w/-]+\.md", plan)) == sorted(pages)


def outside_blocks(page: Path) -> str:
    return FENCE.sub("", page.read_text(encoding="utf-8"))


@pytest.mark.parametrize(("page", "original"), ORIGINALS.items(), ids=lambda page: page.name)
def test_a_chinese_page_has_what_its_original_has(page: Path, original: Path) -> None:
    """The same blocks, headings of the same levels, tables of the same things, and links to the same pages."""

    def targets(of: Path) -> set[Path]:
        paths = {(of.parent / target).resolve() for target in LINK.findall(of.read_text(encoding="utf-8"))}
        return {ORIGINALS.get(path, path) for path in paths}

    assert targets(page) == targets(original)
    assert [block[:2] for block in blocks(page)] == [block[:2] for block in blocks(original)]
    for pattern in (r"^#+(?= )", r"^\| `.*?`", r"^(?:- |\d+\. )"):
        found, wanted = (re.findall(pattern, outside_blocks(each), re.MULTILINE) for each in (page, original))
        assert found == wanted


def test_the_tutorial_and_the_how_to_are_there_in_chinese() -> None:
    plan = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8").partition("\nnav:\n")[2])
    part = {title: pages for entry in plan for title, pages in entry.items()}
    _, tutorial, how_to = (pages for entry in part["中文"] for pages in entry.values())
    assert tutorial == [f"zh/{page}" for page in part["Tutorial"]]
    assert how_to == [f"zh/{page}" for page in part["How to"]]


def test_generated_pages_are_current() -> None:
    for name, render in runpy.run_path(str(ROOT / "docs" / "generate.py"))["PAGES"].items():
        assert (ROOT / "docs" / name).read_text(encoding="utf-8") == render(), "run: python docs/generate.py"


def test_readme_has_the_two_lines_that_set_up() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for name in ("run", "test"):
        assert re.search(rf"^<!-- set-up: {name} -->\n```bash\n[^\n]+\n```$", text, re.MULTILINE)


# --- the tutorial: its files are saved and its commands are run, in a folder and with a site of their own --------------

STEP = re.compile(r"(?:^<!-- file: (\S+) -->\n)?^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"^\$ (.+)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)
REAL_PIP = "SINAPARSE_REAL_PIP"
"""With this variable set the tutorial's package is built and installed by pip, which needs a network; without it, by
:func:`install`. `.ci/run` sets it."""


def install() -> None:
    """What ``pip install -q . --target FOLDER`` does to a project of one module."""
    arguments = sys.argv[1:]
    assert arguments[:-1] == ["install", "-q", ".", "--target"]
    site = Path(arguments[-1])
    project = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))["project"]
    module = project["name"].replace("-", "_")
    (site / f"{module}.py").write_bytes(Path(f"{module}.py").read_bytes())
    folder = site / f"{module}-{project['version']}.dist-info"
    folder.mkdir()
    (folder / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}\n")
    points = [
        f"[{group}]\n" + "".join(f"{name} = {value}\n" for name, value in entries.items())
        for group, entries in project["entry-points"].items()
    ]
    (folder / "entry_points.txt").write_text("\n".join(points))


def programs(folder: Path, site: Path) -> None:
    """The programs that the tutorial calls, from the interpreter of the tests; pip installs into ``site``."""
    code = f"import runpy; runpy.run_path({__file__!r})['install']()"
    pip = f'-c "{code}" "$@" --target "{site}"'
    if os.environ.get(REAL_PIP):
        pip = f'-m pip "$@" --target "{site}" --no-deps --disable-pip-version-check -q'
    calls = {"python": '"$@"', "pip": pip, "pytest": '-m pytest "$@"', "sinaparse": '-m sinaparse "$@"'}
    for name, call in calls.items():
        (folder / name).write_text(f'#!/bin/sh\nexec "{sys.executable}" {call}\n')
        (folder / name).chmod(0o755)


def as_read(text: str) -> str:
    """The output of a command as a reader compares it: however wide its columns are and however long it took."""
    lines = [" ".join(line.split()) for line in text.splitlines()]
    return re.sub(r"\bin [\d.]+s\b", "in no time", "\n".join(lines))


def is_shown(printed: str, shown: str) -> bool:
    """Whether an output is the one that is shown, in which ``…`` stands for anything."""
    return re.fullmatch(re.escape(as_read(shown)).replace("…", "(?s:.*)"), as_read(printed)) is not None


@pytest.mark.skipif(sys.platform == "win32", reason="its commands are those of a POSIX shell")
def test_first_cleaner_from_the_first_line_to_the_last(tmp_path: Path) -> None:
    binaries, site, work = (tmp_path / name for name in ("bin", "site", "work"))
    for folder in (binaries, site, work):
        folder.mkdir()
    programs(binaries, site)
    paths = [str(site), *map(os.path.abspath, filter(None, sys.path))]
    environment = {
        **os.environ,
        "PATH": f"{binaries}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": os.pathsep.join(paths),
        "PYTHONUTF8": "1",
        "COLUMNS": "80",
        "PYTEST_ADDOPTS": "-p no:randomly -p no:cacheprovider",
    }
    text = TUTORIAL.read_text(encoding="utf-8")
    for step in STEP.finditer(text):
        file, kind, content = step.groups()
        line = text.count("\n", 0, step.start(3)) + 1
        if file:
            (work / file).parent.mkdir(exist_ok=True)
            (work / file).write_text(content, encoding="utf-8")
            continue
        assert kind == "console", f"{TUTORIAL.name}:{line}: neither a file nor commands"
        assert "".join(command[0] for command in COMMAND.finditer(content)) == content
        for command, shown in COMMAND.findall(content):
            result = subprocess.run(
                ["bash", "-euo", "pipefail", "-c", command],
                cwd=work,
                env=environment,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                encoding="utf-8",
                check=False,
            )
            place = f"{TUTORIAL.name}:{line}: {command}\n{result.stdout}"
            assert result.returncode == 0, place
            assert is_shown(result.stdout, shown), place
