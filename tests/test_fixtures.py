"""Whole exports and the articles they must become: ``fixtures/exports/NAME.md`` with ``NAME.json``, a test for each field.

The JSON has ``article`` (as ``model_dump(mode="json")``), ``problems`` as ``[code, line]``, ``removals`` as
``[cleaner, line]`` and, where it is worth saying, ``unmarked_headings`` as ``[level, text]``.
``SINAPARSE_REGENERATE=1 pytest tests/test_fixtures.py`` writes what the parser gives now: read the difference before you
keep it. With the variable set a test fails, whatever the files hold.
"""

from __future__ import annotations

import functools
import json
import pickle
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from sinaparse import Article, Parser
from sinaparse.inspection import Inspection
from support import regenerate

FOLDER = Path(__file__).parent / "fixtures" / "exports"
NAMES = sorted(path.stem for path in FOLDER.glob("*.md"))

Json = dict[str, Any]


@functools.cache
def source(name: str) -> bytes:
    return (FOLDER / f"{name}.md").read_bytes()


@functools.cache
def inspect(name: str) -> Inspection:
    return Parser().inspect(source(name))


def article(name: str) -> Article:
    return inspect(name).unwrap()


def expected(name: str) -> Any:
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


UNMARKED = [name for name in NAMES if (FOLDER / f"{name}.json").exists() and "unmarked_headings" in expected(name)]


def found(name: str) -> Json:
    """What the parser gives now, in the form of the JSON files."""
    inspection = inspect(name)
    values: Json = {
        "article": inspection.unwrap().model_dump(mode="json"),
        "problems": [[problem.code, problem.line] for problem in inspection.problems],
        "removals": [[removal.cleaner, removal.line] for removal in inspection.removals],
    }
    if name in UNMARKED:
        values["unmarked_headings"] = unmarked_headings(name)
    return values


def unmarked_headings(name: str) -> list[list[int | str]]:
    return [list(heading) for heading in Parser(unmarked_headings=True).parse(source(name)).headings]


# --- fields ---------------------------------------------------------------------------------------------------------


def _walk(sections: list[Json]) -> Iterator[Json]:
    for section in sections:
        yield section
        yield from _walk(section["sections"])


def _blocks(data: Json, kind: str) -> list[Json]:
    return [block for section in _walk(data["sections"]) for block in section["blocks"] if block["kind"] == kind]


VIEWS: dict[str, Callable[[Json], Any]] = {
    "headings": lambda data: [[section["level"], section["heading"]] for section in _walk(data["sections"])],
    "paragraphs": lambda data: [block["text"] for block in _blocks(data, "paragraph")],
    "lead_ins": lambda data: [block["lead_in"] for block in _blocks(data, "paragraph") if block["lead_in"]],
    "spans": lambda data: [block["spans"] for block in _blocks(data, "paragraph")],
    "images": lambda data: [{**block, "caption": None} for block in _blocks(data, "image")],
    "captions": lambda data: [block["caption"] for block in _blocks(data, "image")],
    "tables": lambda data: _blocks(data, "table"),
    "videos": lambda data: _blocks(data, "video"),
    "quotes": lambda data: _blocks(data, "quote"),
    "lists": lambda data: _blocks(data, "list"),
}
"""Parts of the sections that fail by a name of their own; ``sections`` itself compares everything, order included."""

FIELDS = (*Article.model_fields, *VIEWS)


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("name", NAMES)
def test_field(name: str, field: str) -> None:
    got, want = article(name).model_dump(mode="json"), expected(name)["article"]
    if field in VIEWS:
        got, want = {field: VIEWS[field](got)}, {field: VIEWS[field](want)}
    assert got[field] == want[field]


@pytest.mark.parametrize("name", NAMES)
def test_problems(name: str) -> None:
    assert found(name)["problems"] == expected(name)["problems"]
    assert not [problem for problem in inspect(name).problems if problem.severity == "error"]


@pytest.mark.parametrize("name", NAMES)
def test_removals(name: str) -> None:
    assert found(name)["removals"] == expected(name)["removals"]


@pytest.mark.parametrize("name", UNMARKED)
def test_unmarked_headings(name: str) -> None:
    assert unmarked_headings(name) == expected(name)["unmarked_headings"]


# --- promises that hold for every export ----------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_unaccounted(name: str) -> None:
    assert inspect(name).coverage.unaccounted == ()


@pytest.mark.parametrize("name", NAMES)
def test_lenient_mode_gives_the_same(name: str) -> None:
    lenient = Parser(strict=False).inspect(source(name))
    assert lenient.article == article(name)
    assert lenient.problems == inspect(name).problems


@pytest.mark.parametrize("name", NAMES)
def test_text_and_bytes_give_the_same(name: str) -> None:
    assert Parser().parse(source(name).decode("utf-8")) == article(name)


@pytest.mark.parametrize("name", NAMES)
def test_json_round_trip(name: str) -> None:
    again = Article.model_validate_json(article(name).model_dump_json())
    assert again == article(name)
    assert hash(again) == hash(article(name))
    assert Article.model_validate(expected(name)["article"]).model_dump(mode="json") == expected(name)["article"]


@pytest.mark.parametrize("name", NAMES)
def test_pickle(name: str) -> None:
    assert pickle.loads(pickle.dumps(article(name))) == article(name)
    assert pickle.loads(pickle.dumps(inspect(name))).removals == inspect(name).removals


# --- the files ------------------------------------------------------------------------------------------------------


def test_the_files_come_in_pairs() -> None:
    assert len(NAMES) >= 16
    assert sorted(path.stem for path in FOLDER.glob("*.json")) == NAMES


def written(name: str) -> str:
    return json.dumps(found(name), ensure_ascii=False, indent=1) + "\n"


def test_regeneration_is_off() -> None:
    regenerate({FOLDER / f"{name}.json": functools.partial(written, name) for name in NAMES})
