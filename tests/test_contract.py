"""What may not change unnoticed: the JSON Schemas, what earlier versions wrote, and the problem codes. See docs/contract.md."""

from __future__ import annotations

import importlib.util
import json
import pickle
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

import sinaparse
from sinaparse import Article, Outcome, Parser, SchemaVersionError
from sinaparse.problems import CODES
from sinaparse.schema import SCHEMAS, schema_text
from sinaparse.versions import READABLE, SCHEMA_VERSION
from support import Run
from write_contract import EXPORTS, FOLDER, codes, said, values

ROOT = Path(__file__).parents[1]
CHANGELOG = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def load_generate() -> Any:
    """``docs/generate.py`` as a module."""
    spec = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # where the sources of its classes are looked for
    spec.loader.exec_module(module)
    return module


GENERATE = load_generate()
VERSIONS = sorted(path.name for path in FOLDER.iterdir())
NO_ARTICLE = {"codes", "values"}
ARTICLES = [path for path in sorted(FOLDER.glob("*/*.json")) if path.stem not in NO_ARTICLE]
PICKLES = sorted(FOLDER.glob("*/*.pickle"))
FIXTURES = sorted((ROOT / "tests" / "fixtures" / "exports").glob("*.md"))
INVALID = sorted((ROOT / "tests" / "fixtures" / "invalid").glob("*.md"))


def label(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


# --- the JSON Schemas ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_that_of_its_model(name: str) -> None:
    assert schema_text(name) == GENERATE.schema(name), "run: python docs/generate.py"


def acknowledged(name: str, changelog: str) -> str | None:
    """The digest that the changelog's newest line about a schema names."""
    found = re.search(rf"^- JSON Schema `{name}`: `(\w+)`$", changelog, re.MULTILINE)
    return found[1] if found else None


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_change_of_a_schema_is_acknowledged(name: str) -> None:
    """The topmost line about it counts, so that a way back to an old schema is a change like any other."""
    line = GENERATE.acknowledgement(name)
    assert acknowledged(name, CHANGELOG) == GENERATE.digest(name), f"say under [Unreleased] what changed, and: {line}"


def test_what_a_schema_demands_is_in_its_digest_and_its_words_are_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = GENERATE.digest("article")
    text = schema_text("article")
    file = tmp_path / "article.json"
    monkeypatch.setattr(GENERATE, "SCHEMA_FOLDER", tmp_path)
    file.write_text(text.replace('"description": "', '"description": "In other words: '), encoding="utf-8")
    assert GENERATE.digest("article") == before
    for old, new in (('"title": {', '"titles": {'), ('"const": "1"', '"const": "2"'), ('"minimum": 1', '"minimum": 0')):
        assert old in text
        file.write_text(text.replace(old, new, 1), encoding="utf-8")
        assert GENERATE.digest("article") != before


def validator(name: str) -> Any:
    jsonschema = pytest.importorskip("jsonschema")
    kind = jsonschema.Draft202012Validator
    kind.check_schema(sinaparse.json_schema(name))
    return kind(sinaparse.json_schema(name), format_checker=kind.FORMAT_CHECKER)


def test_what_is_written_fits_its_schema() -> None:
    """All exports of the fixtures and examples, as the command writes them."""
    outcomes = list(sinaparse.read_corpus([*EXPORTS, *FIXTURES, *INVALID], Parser(strict=False)))
    article, line, problem, removal = map(validator, ("article", "line", "problem", "removal"))
    seen = 0
    for outcome in outcomes:
        if outcome.json is not None:
            article.validate(json.loads(outcome.json))
            line.validate(json.loads(outcome.line()))
            seen += 1
        for item in json.loads(outcome.problems_json):
            problem.validate(item)
        for item in json.loads(outcome.removals_json):
            removal.validate(item)
    assert seen > 0.6 * len(outcomes)


def test_refused_files_fit_their_schema(run: Run, tmp_path: Path) -> None:
    errors = tmp_path / "errors.jsonl"
    run("parse", INVALID[0], INVALID[-1], "-o", tmp_path / "articles.jsonl", "--errors", errors)
    refusal = validator("refusal")
    lines = errors.read_text(encoding="utf-8").splitlines()
    assert len(lines) == 2
    for line in lines:
        refusal.validate(json.loads(line))


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_refuses_what_lacks_a_field(name: str) -> None:
    schema = sinaparse.json_schema(name)
    assert schema["$schema"].endswith("2020-12/schema")
    assert not validator(name).is_valid({})
    assert set(schema["required"]) == set(schema["properties"])


def test_every_field_of_an_article_is_described() -> None:
    schema = sinaparse.json_schema()
    plain = {"title", "authors", "credits", "sections", "editor", "symbols", "mentions", "categories", "source"}
    assert {name for name, part in schema["properties"].items() if "description" not in part} <= plain


def test_the_command_prints_a_schema(run: Run) -> None:
    assert json.loads(run("schema").text) == sinaparse.json_schema("article")
    assert json.loads(run("schema", "problem").text) == sinaparse.json_schema("problem")
    wrong = run("schema", "artikle")
    assert (wrong.code, wrong.out) == (2, b"")
    assert "did you mean 'article'?" in wrong.err


def test_an_unknown_schema_is_answered_with_those_there_are() -> None:
    with pytest.raises(ValueError, match=r"'lines'.*did you mean 'line'.*article, line, refusal, problem, removal"):
        sinaparse.json_schema("lines")


# --- what earlier versions wrote ----------------------------------------------------------------------------------


def test_there_is_something_of_every_released_version() -> None:
    released = re.findall(r"^## \[(\d[^\]]*)\]", CHANGELOG, re.MULTILINE)
    assert sorted(released) == VERSIONS, "run: python tests/write_contract.py"


def contains(new: Any, old: Any) -> bool:
    """Whether all that the old value says is in the new one, which may say more."""
    if isinstance(old, dict):
        return isinstance(new, dict) and all(key in new and contains(new[key], value) for key, value in old.items())
    if isinstance(old, list):
        return isinstance(new, list) and len(new) == len(old) and all(map(contains, new, old))
    return bool(new == old)


@pytest.mark.parametrize("path", ARTICLES, ids=label)
def test_an_article_of_an_earlier_version_is_read(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    article = Article.model_validate_json(text)
    assert contains(said(article), json.loads(text))
    assert Article.model_validate_json(article.model_dump_json()) == article


@pytest.mark.parametrize("path", PICKLES, ids=label)
def test_a_pickle_of_an_earlier_version_is_read(path: Path) -> None:
    value = pickle.loads(path.read_bytes())
    want = json.loads((path.parent / "values.json").read_text(encoding="utf-8"))[path.stem]
    assert contains(said(value), want)
    again = pickle.loads(pickle.dumps(value))
    assert said(again) == said(value)
    if isinstance(value, BaseModel):
        assert value == type(value).model_validate(value.model_dump())
        assert hash(again) == hash(value)


def test_a_field_that_was_added_since_has_its_default() -> None:
    """``ItemList.start`` came after 0.1.0."""
    block = sinaparse.ItemList(items=(sinaparse.Item(text="甲"),), ordered=True)
    del block.__dict__["start"]
    assert pickle.loads(pickle.dumps(block)) == sinaparse.ItemList(items=block.items, ordered=True)


@pytest.mark.parametrize("version", VERSIONS)
def test_every_kind_of_value_was_kept(version: str) -> None:
    assert {path.stem for path in PICKLES if path.parent.name == version} == set(values())


def test_this_version_writes_what_can_be_read() -> None:
    """The writer of the files above works, so that the next release can keep its own."""
    assert all(said(pickle.loads(pickle.dumps(value))) == said(value) for value in values().values())
    assert set(codes()) == set(CODES)
    done = subprocess.run(
        [sys.executable, "tests/write_contract.py"], cwd=ROOT, check=False, capture_output=True, text=True
    )
    assert done.returncode == 1
    assert "must not change" in done.stderr


# --- versions of the schema ---------------------------------------------------------------------------------------


def article_of(version: object) -> str:
    data = json.loads(ARTICLES[0].read_text(encoding="utf-8"))
    return json.dumps(data | {"schema_version": version})


@pytest.mark.parametrize(
    ("version", "says"),
    [
        ("2", "schema version '2'; this release of sinaparse reads 1. A later release wrote it: upgrade sinaparse"),
        ("10", "schema version '10'; this release of sinaparse reads 1. A later release"),
        ("0", "schema version '0'; this release of sinaparse reads 1. No release wrote it: see where it comes from"),
        (1, "schema version 1; this release of sinaparse reads 1. No release wrote it"),
        (None, "schema version None; "),
        (["1"], "schema version ['1']; "),
        ("²" * 5000, "schema version '²²²"),
    ],
)
def test_an_unknown_version_is_refused_with_the_reason(version: object, says: str) -> None:
    text = article_of(version)
    for read in (Article.model_validate_json, lambda text: Article.model_validate(json.loads(text))):
        with pytest.raises(SchemaVersionError) as caught:
            read(text)
        assert says in str(caught.value)
        assert len(str(caught.value)) < 300
        assert caught.value.version == version
        assert caught.value.readable == READABLE
    again = pickle.loads(pickle.dumps(caught.value))
    assert (again.version, str(again)) == (version, str(caught.value))


def test_an_unknown_version_is_refused_whatever_else_is_in_it() -> None:
    with pytest.raises(SchemaVersionError):
        Article.model_validate_json('{"schema_version": "2", "headline": 1}')
    with pytest.raises(SchemaVersionError):
        _ = Outcome("a.md", "", b'{"schema_version": "7"}').article


def test_a_damaged_article_is_no_matter_of_versions() -> None:
    with pytest.raises(ValidationError):
        Article.model_validate_json('{"schema_version": "1"}')
    with pytest.raises(ValidationError):
        Article.model_validate_json("[]")


def test_keys_of_later_releases_are_ignored() -> None:
    data = json.loads(article_of(SCHEMA_VERSION))
    more = data | {"mood": "calm", "sections": [section | {"mood": 1} for section in data["sections"]]}
    assert Article.model_validate(more) == Article.model_validate(data)


# --- problem codes ------------------------------------------------------------------------------------------------


def announced(code: str, changelog: str) -> bool:
    """Whether a bullet about problem codes names it."""
    bullets = re.findall(r"^- Problem codes?\b(?:.|\n(?!- |#|\n))*", changelog, re.MULTILINE)
    return any(f"`{code}`" in bullet for bullet in bullets)


def since(version: str) -> str:
    """The part of the changelog about what came after a version."""
    return CHANGELOG.partition(f"\n## [{version}]")[0]


PINNED = [
    (version, code, severities)
    for version in VERSIONS
    for code, severities in json.loads((FOLDER / version / "codes.json").read_text(encoding="utf-8")).items()
]


@pytest.mark.parametrize(("version", "code", "severities"), PINNED, ids=[f"{row[0]}/{row[1]}" for row in PINNED])
def test_a_problem_code_stays_what_it_is(version: str, code: str, severities: list[str]) -> None:
    """How severe it is in strict and in lenient mode; a change, or its end, takes a bullet `- Problem code …: …`."""
    if codes().get(code) != severities:
        assert announced(code, since(version)), (
            f"{code} was {severities} in {version}; CHANGELOG.md must say what became of it"
        )


def test_a_new_problem_code_is_announced() -> None:
    known = {code for _, code, _ in PINNED}
    missing = [code for code in CODES if code not in known and not announced(code, CHANGELOG)]
    assert missing == [], "CHANGELOG.md must name them: - Problem codes `…`, `…`: …"


def test_announcements_are_found_where_they_are_meant() -> None:
    changelog = "- Problem code `a-b`: gone\n- Other `c`\n- Problem codes `d`,\n  `e`: new\n- More `f`\n"
    assert [code for code in ("a-b", "c", "d", "e", "f") if announced(code, changelog)] == ["a-b", "d", "e"]
