"""The documentation is true: its Python runs and prints what it shows, its options exist, its generated pages are current."""

from __future__ import annotations

import contextlib
import io
import re
import runpy
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import typer

from sinaparse.cli import app

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted(ROOT.glob("docs/**/*.md"))]
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


def options() -> set[str]:
    command: Any = typer.main.get_command(app)
    return {name for parameter in command.commands["parse"].params for name in parameter.opts if name.startswith("-")}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
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
    calls = [call for line in lines for call in re.findall(r"sinaparse parse ([^|&]*)", line)]
    assert {option for call in calls for option in OPTION.findall(call)} <= options()


def test_every_option_of_the_command_is_documented() -> None:
    table = re.findall(r"^\| (`-.*?) \|", (ROOT / "docs" / "command.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert {option for row in table for option in OPTION.findall(row)} == options() | {"-h", "--help"}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


def test_generated_pages_are_current() -> None:
    for name, render in runpy.run_path(str(ROOT / "docs" / "generate.py"))["PAGES"].items():
        assert (ROOT / "docs" / name).read_text(encoding="utf-8") == render(), "run: python docs/generate.py"


def test_readme_has_the_two_lines_that_set_up() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for name in ("run", "test"):
        assert re.search(rf"^<!-- set-up: {name} -->\n```bash\n[^\n]+\n```$", text, re.MULTILINE)
