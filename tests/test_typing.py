"""What the library says of its types: checked by type checkers over small programs, and read from its signatures."""

from __future__ import annotations

import importlib.util
import inspect
import json
import os
import subprocess
import sys
import typing
from pathlib import Path
from types import FunctionType
from typing import Any

import pytest

import sinaparse

ROOT = Path(__file__).parents[1]
PROGRAMS = ROOT / "tests" / "typing"

needs_mypy = pytest.mark.skipif(importlib.util.find_spec("mypy") is None, reason="mypy is not installed")
needs_pyright = pytest.mark.skipif(importlib.util.find_spec("pyright") is None, reason="pyright is not installed")


def mypy(name: str, cache: Path) -> str:
    command = [
        sys.executable,
        "-m",
        "mypy",
        "--strict",
        "--cache-dir",
        str(cache),
        "--no-error-summary",
        str(PROGRAMS / name),
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    return done.stdout + done.stderr


def pyright(folder: Path, name: str) -> list[str]:
    """Errors of pyright's strict mode in one program, as a user who has the package installed sees them."""
    (folder / name).write_bytes((PROGRAMS / name).read_bytes())
    settings = {
        "include": [name],
        "typeCheckingMode": "strict",
        "extraPaths": [str(ROOT / "src")],
        "pythonVersion": "3.11",
    }
    (folder / "pyrightconfig.json").write_text(json.dumps(settings), encoding="utf-8")
    command = [sys.executable, "-m", "pyright", "--outputjson", "--pythonpath", sys.executable]
    done = subprocess.run(
        command,
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, "PYRIGHT_PYTHON_IGNORE_WARNINGS": "1"},
    )
    report = json.loads(done.stdout)
    assert report["summary"]["filesAnalyzed"] == 1
    return [f"{item['range']['start']['line'] + 1}: {item['message']}" for item in report["generalDiagnostics"]]


@needs_mypy
def test_mypy_wants_every_kind_of_block(tmp_path: Path) -> None:
    assert mypy("exhaustive.py", tmp_path) == ""
    found = mypy("forgotten.py", tmp_path)
    assert found.count("error:") == 1
    assert 'incompatible type "Video"' in found


@needs_pyright
def test_pyright_wants_every_kind_of_block(tmp_path: Path) -> None:
    assert pyright(tmp_path, "exhaustive.py") == []
    (found,) = pyright(tmp_path, "forgotten.py")
    assert found.startswith("18: ")
    assert '"Video"' in found


@needs_pyright
def test_pyright_accepts_a_program_that_uses_all_of_it(tmp_path: Path) -> None:
    assert pyright(tmp_path, "api.py") == []


# --- signatures ------------------------------------------------------------------------------------------------------

FOREIGN = {
    "Body.select": "nodes of lxml, which has no types",
    "Body.xpath": "whatever an expression gives",
    "Body.comments": "nodes of lxml",
    "Node.tag": "a name, or lxml's function for comments",
    "Node.attrib": "a mapping of lxml's",
    "Node.getparent": "a node of lxml",
    "Node.getnext": "a node of lxml",
    "Node.getprevious": "a node of lxml",
    "Node.iter": "nodes of lxml",
    "Corpus.to_pandas": "pandas has no types",
    "json_schema": "a JSON Schema, as validators take it",
}
"""What is `Any`, and why."""


def anys() -> dict[str, list[str]]:
    """The public functions, methods and fields in whose types `Any` stands."""
    found: dict[str, list[str]] = {}
    for name in sinaparse.__all__:
        thing: object = getattr(sinaparse, name)
        members = {name: thing}
        if inspect.isclass(thing) and thing.__module__.startswith("sinaparse"):
            members = {
                f"{name}.{key}": member
                for key, member in vars(thing).items()
                if not key.startswith("_") and key != "model_config"
            }
            for key, said in inspect.get_annotations(thing).items():
                if not key.startswith("_") and "Any" in str(said).replace("AnyPath", ""):
                    found[f"{name}.{key}"] = [str(said)]
        for where, member in members.items():
            function = (
                getattr(member, "fget", None) or getattr(member, "func", None) or getattr(member, "__func__", member)
            )
            if isinstance(function, FunctionType):
                said_so = [
                    f"{key}: {said}"
                    for key, said in function.__annotations__.items()
                    if "Any" in str(said).replace("AnyPath", "")
                ]
                if said_so:
                    found[where] = said_so
    return found


def test_no_any_in_the_public_surface() -> None:
    found = anys()
    assert {name: said for name, said in found.items() if name not in FOREIGN} == {}
    assert FOREIGN.keys() - found.keys() == set()


def test_all_is_complete_and_sorted() -> None:
    names = list(sinaparse.__all__)
    assert names == sorted(set(names), key=lambda name: (not name.isupper(), name[0].islower(), name))
    defined = {
        name
        for name, value in vars(sinaparse).items()
        if not name.startswith("_")
        and not inspect.ismodule(value)
        and (getattr(value, "__module__", "") or "").startswith("sinaparse")
    }
    assert defined <= set(names)


def test_annotations_of_models_resolve() -> None:
    for name in sinaparse.__all__:
        thing: Any = getattr(sinaparse, name)
        if hasattr(thing, "model_fields"):
            assert typing.get_type_hints(thing)
