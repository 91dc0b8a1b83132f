"""Cleaners of installed packages: found, listed and used by name, and no trouble if one of them is broken."""

from __future__ import annotations

import json
import pickle
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import sinaparse
from sinaparse.terminal import choose_cleaners
from sinaparse.testing import make_export
from support import Result, Run

MODULE = """
from dataclasses import dataclass

import sinaparse


@sinaparse.cleaner("harbour-box")
def box(body):
    \"\"\"The harbour's box.

    More about it.
    \"\"\"
    for node in body.select("div.harbour"):
        body.remove(node, reason="of the harbour")


@sinaparse.node_cleaner("harbour-bar", "div", classes={"harbour"})
def bar(body, node):
    return "a bar"


@dataclass(frozen=True)
class Words:
    \"\"\"One word.\"\"\"

    name: str = "harbour-word"

    def __call__(self, body):
        pass


word = Words()


def made_inside():
    @sinaparse.cleaner("harbour-inside")
    def inside(body):
        pass

    return inside


inside = made_inside()


@dataclass(frozen=True)
class Held:
    name: str
    function: object

    def __call__(self, body):
        pass


held = Held("harbour-held", lambda: None)
nothing = None
"""
EXPORT = make_export('<p>　　临洲港吞吐量增长。</p>\n<div class="harbour">港口公告</div>')

Install = Callable[..., None]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Install]:
    """Install a package with entry points, as pip would."""
    site = tmp_path / "site"
    site.mkdir()
    (site / "harbour_cleaners.py").write_text(MODULE)
    (site / "harbour_broken.py").write_text("import harbour_gone\n")
    (site / "harbour_quits.py").write_text("raise SystemExit(3)\n")
    before = set(sys.modules)

    def install(package: str, **points: str) -> None:
        folder = site / f"{package.replace('-', '_')}-1.0.dist-info"
        folder.mkdir()
        (folder / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.0\n")
        lines = [f"{name.replace('_', '-')} = {value}\n" for name, value in points.items()]
        (folder / "entry_points.txt").write_text("[sinaparse.cleaners]\n" + "".join(lines))

    monkeypatch.syspath_prepend(site)
    yield install
    for name in set(sys.modules) - before:
        if name.startswith("harbour_"):
            del sys.modules[name]


def found(name: str) -> list[sinaparse.InstalledCleaner]:
    return [record for record in sinaparse.installed_cleaners() if record.name == name]


def error(name: str) -> str:
    """Why a cleaner is refused when it is asked for; the list says the same."""
    with pytest.raises(sinaparse.PipelineError) as caught:
        sinaparse.load_cleaner(name)
    for record in found(name):
        assert record.error == str(caught.value)
        assert record.summary == ""
    return str(caught.value)


# --- in Python --------------------------------------------------------------------------------------------------------


def test_what_is_known_of_each(install: Install) -> None:
    install("harbour-package", harbour_box="harbour_cleaners:box", harbour_bar="harbour_cleaners:bar")
    install("word-package", harbour_word="harbour_cleaners:word")
    assert found("harbour-box") == [
        sinaparse.InstalledCleaner(
            "harbour-box", "harbour_cleaners:box", "harbour-package", "The harbour's box.", error=None
        )
    ]
    assert found("harbour-bar")[0].summary == ""
    assert found("harbour-word")[0].summary == "One word."
    names = [record.name for record in sinaparse.installed_cleaners()]
    assert names == sorted(names)
    assert pickle.loads(pickle.dumps(found("harbour-box"))) == found("harbour-box")


def test_one_is_loaded_and_used(install: Install) -> None:
    install("harbour-package", harbour_box="harbour_cleaners:box")
    cleaner = sinaparse.load_cleaner("harbour-box")
    parser = sinaparse.Parser(cleaners=sinaparse.default_cleaners().then(cleaner))
    (removal,) = parser.inspect(EXPORT).removals
    assert (removal.cleaner, removal.text) == ("harbour-box", "港口公告")


def test_nothing_is_imported_before_it_is_asked_for(install: Install) -> None:
    install("harbour-package", harbour_box="harbour_cleaners:box", harbour_broken="harbour_broken:broken")
    sinaparse.load_cleaner("harbour-box")
    assert "harbour_broken" not in sys.modules


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (
            "harbour_broken:broken",
            "of harbour-package failed to load: ModuleNotFoundError: No module named 'harbour_gone'",
        ),
        ("harbour_quits:quits", "of harbour-package failed to load: SystemExit: 3"),
        ("harbour_cleaners:gone", "of harbour-package failed to load: AttributeError: "),
        ("harbour_cleaners:nothing", "None is no cleaner"),
        ("harbour_cleaners:Words", "harbour_cleaners:Words of harbour-package is a class"),
        ("harbour_cleaners:word", "is named 'harbour-word', its entry point 'harbour-x': use one name"),
    ],
)
def test_a_broken_one_breaks_nothing_else(install: Install, value: str, message: str) -> None:
    install("harbour-package", harbour_x=value, harbour_box="harbour_cleaners:box")
    assert message in error("harbour-x")
    assert found("harbour-box")[0].error is None
    assert sinaparse.load_cleaner("harbour-box").name == "harbour-box"


def test_the_original_exception_is_the_cause(install: Install) -> None:
    install("harbour-package", harbour_x="harbour_broken:broken")
    with pytest.raises(sinaparse.PipelineError) as caught:
        sinaparse.load_cleaner("harbour-x")
    assert isinstance(caught.value.__cause__, ModuleNotFoundError)


def test_an_unknown_name(install: Install) -> None:
    install("harbour-package", harbour_box="harbour_cleaners:box")
    message = error("harbour-bax")
    assert message.startswith("there is no installed cleaner 'harbour-bax' (did you mean 'harbour-box'?); there are: ")
    assert "harbour-box" in message.partition("there are: ")[2].split(", ")


def test_two_of_one_name(install: Install) -> None:
    install("harbour-package", harbour_box="harbour_cleaners:box")
    install("other-package", harbour_box="harbour_cleaners:box", harbour_word="harbour_cleaners:word")
    assert error("harbour-box") == "there are two cleaners named 'harbour-box': of harbour-package and of other-package"
    assert len(found("harbour-box")) == 2
    assert found("harbour-word")[0].error is None


def test_the_name_of_a_built_in_one(install: Install) -> None:
    assert error("app-qr") == "the cleaner 'app-qr' is a built-in one: default_cleaners() has it"
    install("harbour-package", app_qr="harbour_cleaners:box")
    assert error("app-qr") == "the cleaner 'app-qr' of harbour-package has the name of a built-in one"


# --- on the command line ----------------------------------------------------------------------------------------------


@pytest.fixture
def run(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the command in this process, in a folder with one export."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.md").write_text(EXPORT, encoding="utf-8")
    return run


def text(result: Result) -> Any:
    """The text of the one paragraph that was written."""
    assert result.code == 0, result.err
    return json.loads(result.text)["sections"][0]["blocks"][0]["text"]


def test_the_list(install: Install, run: Run) -> None:
    install(
        "harbour-package",
        harbour_box="harbour_cleaners:box",
        harbour_bar="harbour_cleaners:bar",
        harbour_x="harbour_broken:broken",
    )
    result = run("cleaners")
    assert result.code == 0
    lines = [line.split(maxsplit=1) for line in result.text.splitlines() if line.startswith("  ")]
    assert [line[0] for line in lines][: len(sinaparse.default_cleaners())] == list(sinaparse.default_cleaners().names)
    assert ["app-qr", "The box at the end with the QR picture of Sina's app."] in lines
    assert ["harbour-box", "The harbour's box. (harbour-package)"] in lines
    assert ["harbour-bar", "(harbour-package)"] in lines
    why = next(words for name, words in lines if name == "harbour-x")
    assert why.startswith(
        "can't be used: the cleaner 'harbour-x' of harbour-package failed to load: ModuleNotFoundError"
    )


def test_none_installed(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sinaparse.cli.installed_cleaners", tuple)
    assert run("cleaners").text.endswith("\nInstalled; --cleaner NAME adds one:\n  (none)\n")


@pytest.mark.parametrize("workers", ["1", "2"])
def test_cleaners_by_name(install: Install, run: Run, workers: str) -> None:
    install("harbour-package", harbour_box="harbour_cleaners:box", harbour_word="harbour_cleaners:word")
    assert run("parse", "a.md", "--workers", workers).code == 1
    options = ["--workers", workers, "--cleaner", "harbour-word", "--cleaner", "harbour-box", "--without", "app-qr"]
    assert text(run("parse", "a.md", *options)) == "临洲港吞吐量增长。"


def test_they_come_after_the_default_ones_in_the_order_given(install: Install) -> None:
    install("harbour-package", harbour_bar="harbour_cleaners:bar", harbour_box="harbour_cleaners:box")
    default = sinaparse.default_cleaners().names
    for names in (["harbour-bar", "harbour-box"], ["harbour-box", "harbour-bar"]):
        assert choose_cleaners(names, None).names == (*default, *names)
        assert choose_cleaners(names, [default[0]]).names == (*default[1:], *names)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--cleaner", "harbour-bax"], "there is no installed cleaner 'harbour-bax' (did you mean 'harbour-box'?)"),
        (["--cleaner", "harbour-x"], "the cleaner 'harbour-x' of harbour-package failed to load: ModuleNotFoundError"),
        (["--cleaner", "app-qr"], "the cleaner 'app-qr' is a built-in one"),
        (["--cleaner", "harbour-box", "--cleaner", "harbour-box"], "there are two cleaners named 'harbour-box'"),
        (["--without", "harbour-box"], "there is no cleaner 'harbour-box'"),
        (["--cleaner", "harbour-inside", "--workers", "2"], "can't be sent to the workers: cleaner 'harbour-inside'"),
        (["--cleaner", "harbour-held", "--workers", "2"], "can't be sent to the workers: "),
    ],
)
def test_wrong_use(install: Install, run: Run, arguments: list[str], message: str) -> None:
    install(
        "harbour-package",
        harbour_box="harbour_cleaners:box",
        harbour_held="harbour_cleaners:held",
        harbour_inside="harbour_cleaners:inside",
        harbour_x="harbour_broken:broken",
    )
    result = run("parse", "a.md", *arguments)
    assert result.code == 2
    assert message in result.err
    assert result.err.count("\n") == 1
    assert result.text == ""
