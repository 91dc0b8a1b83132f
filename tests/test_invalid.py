"""Files that must be refused: ``fixtures/invalid/CODE….md`` with ``.json``, at least one for every error a file can cause.

The JSON has ``code`` and ``line`` of the error, ``lenient`` ("accepted" or "refused"), and where needed ``limits``
(arguments of :class:`~sinaparse.Limits`), ``also`` (codes of errors that may come with it) and ``source`` (the bytes in
base64, where they would be awkward in a file).
"""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest

import sinaparse
from sinaparse import Limits, ParseError, Parser
from sinaparse.body import Body
from sinaparse.problems import CODES

FOLDER = Path(__file__).parent / "fixtures" / "invalid"
NAMES = sorted(path.stem for path in FOLDER.glob("*.json"))
WITHOUT_FILE = {"unreadable-file", "content-unaccounted", "cleaner-failed"} | {
    "archive-unreadable", "archive-member", "timeout", "worker-died", "parser-failed",
}  # fmt: skip
"""Codes that no source can cause by itself; each has a test below, in test_archives.py or in test_pool.py."""


def label(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return found


def source(name: str) -> bytes:
    encoded = label(name).get("source")
    return (FOLDER / f"{name}.md").read_bytes() if encoded is None else base64.b64decode(encoded)


def parser(name: str, *, strict: bool) -> Parser:
    return Parser(strict=strict, limits=Limits(**label(name).get("limits", {})))


@pytest.mark.parametrize("name", NAMES)
def test_strict_mode_refuses(name: str) -> None:
    want = label(name)
    inspection = parser(name, strict=True).inspect(source(name))
    assert inspection.article is None
    errors = [problem for problem in inspection.problems if problem.severity == "error"]
    assert {problem.code for problem in errors} <= {want["code"], *want.get("also", [])}
    assert [problem.line for problem in errors if problem.code == want["code"]] == [want["line"]]


@pytest.mark.parametrize("name", NAMES)
def test_strict_mode_raises_all_problems(name: str) -> None:
    with pytest.raises(ParseError) as caught:
        parser(name, strict=True).parse(source(name))
    assert caught.value.problems == parser(name, strict=True).inspect(source(name)).problems
    assert f"error[{label(name)['code']}]" in str(caught.value)


@pytest.mark.parametrize("name", NAMES)
def test_lenient_mode(name: str) -> None:
    want = label(name)
    inspection = parser(name, strict=False).inspect(source(name))
    severity = "error" if want["lenient"] == "refused" else "warning"
    assert [(p.line, p.severity) for p in inspection.problems if p.code == want["code"]] == [(want["line"], severity)]
    assert (inspection.article is None) == (want["lenient"] == "refused")
    assert inspection.coverage.unaccounted == ()


@pytest.mark.parametrize("name", NAMES)
def test_files_agree_with_the_table_of_codes(name: str) -> None:
    want = label(name)
    code = CODES[want["code"]]
    assert name.startswith(code.name)
    assert code.strict == "error"
    assert (code.lenient == "error") == (want["lenient"] == "refused")


def test_lenient_mode_keeps_what_it_does_not_know() -> None:
    for name in NAMES:
        if name.startswith("unknown-markup") and "明前茶直播间" in source(name).decode():
            assert "明前茶直播间" in Parser(strict=False).parse(source(name)).text, name


def test_every_error_has_a_file() -> None:
    errors = {name for name, code in CODES.items() if code.strict == "error"}
    assert errors - WITHOUT_FILE == {label(name)["code"] for name in NAMES}


# --- errors that no source causes -----------------------------------------------------------------------------------


def test_unreadable_file(tmp_path: Path) -> None:
    for strict in (True, False):
        [outcome] = sinaparse.read_corpus([tmp_path / "gone.md"], parser=Parser(strict=strict))
        assert [(problem.code, problem.severity) for problem in outcome.problems] == [("unreadable-file", "error")]
        assert outcome.article is None


@sinaparse.cleaner("reaches-around")
def reaches_around(body: Body) -> None:
    """Changes the tree without the body's knowledge."""
    for node in body.select("p"):
        if node.text and "采茶工" in node.text:
            node.text = ""


def test_content_unaccounted() -> None:
    good = source("limit-source")
    assert Parser().inspect(good).problems == ()
    cleaners = sinaparse.default_cleaners().then(reaches_around)
    strict = Parser(cleaners=cleaners).inspect(good)
    assert [(problem.code, problem.severity) for problem in strict.problems] == [("content-unaccounted", "error")]
    assert strict.article is None
    assert "".join(strict.coverage.unaccounted) == "县茶叶协会说，采茶工比去年少了三成。"
    lenient = Parser(strict=False, cleaners=cleaners).inspect(good)
    assert [(problem.code, problem.severity) for problem in lenient.problems] == [("content-unaccounted", "warning")]
    assert lenient.article is not None
