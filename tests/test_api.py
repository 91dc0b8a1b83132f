"""The public names: what there is, that it is documented, and that it stays what it is."""

from __future__ import annotations

import ast
import importlib
import importlib.util
import inspect
import re
import runpy
import typing
import zoneinfo
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

import sinaparse
from sinaparse import Inspection, Limits, Outcome, Parser, SinaParseError, default_cleaners

ROOT = Path(__file__).parents[1]
PACKAGE = Path(sinaparse.__file__).parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("**/*.md"))]
MEMBERS: dict[str, Any] = {name: getattr(sinaparse, name) for name in sinaparse.__all__}
CLASSES: dict[str, Any] = {name: member for name, member in MEMBERS.items() if inspect.isclass(member)}

INSTANCES = {
    "Inspection": Parser().inspect(""),
    "ParseError": sinaparse.ParseError(()),
    "CleanerError": sinaparse.CleanerError(()),
}
"""Of classes whose attributes are set when one is made."""


# --- the list of names --------------------------------------------------------------------------------------------


def test_all_is_sorted() -> None:
    """Constants, then classes, then functions, each by name."""

    def key(name: str) -> tuple[int, str]:
        return (0 if name.isupper() else 1 if name[0].isupper() else 2), name

    assert sinaparse.__all__ == sorted(set(sinaparse.__all__), key=key)


def test_all_has_what_the_package_defines() -> None:
    """What the package's own namespace has and does not hide, modules apart."""
    namespace = {
        name
        for name, value in vars(sinaparse).items()
        if not name.startswith("_") and not inspect.ismodule(value) and name != "annotations"
    }
    assert namespace == set(sinaparse.__all__)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_all_has_what_the_documentation_names(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    named = set(re.findall(r"(?<![\w./-])sinaparse\.([A-Za-z]\w*)", text))
    for names in re.findall(r"^from sinaparse import \(?([\w, \n]+)", text, re.MULTILINE):
        named |= set(re.findall(r"\w+", names))
    files = {"md", "py", "json", "toml"}
    unknown = {name for name in named - files if name not in MEMBERS and not hasattr(sinaparse, name)}
    assert {name for name in unknown if importlib.util.find_spec(f"sinaparse.{name}") is None} == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_documentation_calls_nothing_that_is_not_there(page: Path) -> None:
    """``Parser(…)``, ``Body``, ``Article.extra`` … in code spans: the class is public, and has what is named."""
    for name, attribute in re.findall(r"`([A-Z][A-Za-z]+)\.([a-z_]+)", page.read_text(encoding="utf-8")):
        if name in CLASSES:
            holder = INSTANCES.get(name, CLASSES[name])
            fields = {*getattr(holder, "model_fields", ()), *getattr(holder, "__annotations__", ())}
            assert attribute in fields or hasattr(holder, attribute), f"{name}.{attribute}"


def test_all_exceptions_are_public() -> None:
    """Whatever the library raises on purpose can be caught by name."""

    def below(kind: type[BaseException]) -> set[type[BaseException]]:
        found: set[type[BaseException]] = {kind}
        for inner in kind.__subclasses__():
            found |= below(inner)
        return found

    found = {kind for kind in below(SinaParseError) if kind.__module__.startswith("sinaparse")}
    hidden = {kind.__qualname__ for kind in found if kind.__qualname__ not in sinaparse.__all__}
    assert {name for name in hidden if not name.startswith("_")} == set()


def test_all_models_of_an_article_are_public() -> None:
    models = importlib.import_module("sinaparse.models")
    found = {
        name
        for name, value in vars(models).items()
        if inspect.isclass(value) and issubclass(value, BaseModel) and value.__module__ == models.__name__
    }
    assert found - {"Model"} <= set(sinaparse.__all__)


@pytest.mark.parametrize("name", CLASSES)
def test_a_public_field_has_a_public_type(name: str) -> None:
    """Whoever holds an article, an inspection or an outcome can name what is in it."""
    if not issubclass(CLASSES[name], BaseModel):
        return
    for field, hint in typing.get_type_hints(CLASSES[name]).items():
        if field.startswith("_") or field not in CLASSES[name].model_fields:
            continue
        types = {found for found in _flat(hint) if getattr(found, "__module__", "").startswith("sinaparse")}
        assert {found.__name__ for found in types} - {"FrozenDict"} <= set(sinaparse.__all__), field


def _flat(hint: Any) -> set[Any]:
    inner = [part for argument in typing.get_args(hint) for part in _flat(argument)]
    return {hint, *inner} if inspect.isclass(hint) else set(inner)


# --- documentation in the code ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(set(MEMBERS) - {"Block", "CODES", "COMMENT"}))
def test_a_public_name_has_a_docstring(name: str) -> None:
    text = inspect.getdoc(MEMBERS[name]) or ""
    assert re.search(r"[.:;?!)`…]$", text.strip()), name
    if inspect.isclass(MEMBERS[name]):
        assert MEMBERS[name].__doc__, f"{name} has only its base's docstring"


def _members() -> list[tuple[str, str]]:
    return [
        (name, member)
        for name, kind in CLASSES.items()
        for member, value in vars(kind).items()
        if not member.startswith("_")
        and (
            inspect.isfunction(value)
            or isinstance(value, property | classmethod | staticmethod)
            or hasattr(value, "func")
        )
        and not member.startswith("model_")
    ]


@pytest.mark.parametrize(("name", "member"), _members())
def test_a_public_method_has_a_docstring(name: str, member: str) -> None:
    assert inspect.getdoc(inspect.getattr_static(CLASSES[name], member)), f"{name}.{member}"


@pytest.mark.parametrize("source", sorted(PACKAGE.rglob("*.py")), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_has_a_docstring(source: Path) -> None:
    assert ast.get_docstring(ast.parse(source.read_text("utf-8")))


def test_types_are_shipped() -> None:
    assert (PACKAGE / "py.typed").exists()


def test_version() -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+(?:[a-z0-9.]+)?", sinaparse.__version__)


# --- what other code relies on ------------------------------------------------------------------------------------

FIELDS = {
    "Article": "schema_version title original_title published_at date_kind publisher categories head_image authors source editor "
    "symbols mentions credits sections extra",
    "Section": "heading level blocks sections",
    "Paragraph": "kind text lead_in spans",
    "Span": "text bold href symbol",
    "Image": "kind url caption alt width height date",
    "Table": "kind caption rows",
    "Cell": "text header colspan rowspan",
    "Video": "kind title video_id url poster",
    "Quote": "kind paragraphs",
    "ItemList": "kind ordered start items",
    "Item": "text spans depth",
    "Editor": "name code",
    "Credit": "kind text",
    "Mention": "symbol name",
    "Removal": "cleaner reason text media line visible",
    "Problem": "code severity message line excerpt hint",
    "Coverage": "kept_chars removed_chars unaccounted",
}


@pytest.mark.parametrize("name", FIELDS)
def test_fields(name: str) -> None:
    """Names and order, as they stand in JSON."""
    model = CLASSES[name]
    assert list(model.model_fields) == FIELDS[name].split()
    assert model.model_config["frozen"] is True


def test_every_model_is_listed() -> None:
    assert {name for name, kind in CLASSES.items() if issubclass(kind, BaseModel)} <= set(FIELDS)


PARAMETERS = [
    ("parse", sinaparse.parse, ["source"]),
    ("parse_file", sinaparse.parse_file, ["path"]),
    ("Parser", Parser, ["strict", "cleaners", "timezone", "unmarked_headings", "limits"]),
    ("Parser.parse", Parser().parse, ["source"]),
    ("Parser.inspect", Parser().inspect, ["source", "path"]),
    ("Parser.parse_file", Parser().parse_file, ["path"]),
    ("Parser.inspect_file", Parser().inspect_file, ["path"]),
    ("read_corpus", sinaparse.read_corpus, ["folder_or_paths", "parser", "workers"]),
    ("cleaner", sinaparse.cleaner, ["name"]),
    ("default_cleaners", default_cleaners, []),
]


@pytest.mark.parametrize(("name", "function", "want"), PARAMETERS, ids=[row[0] for row in PARAMETERS])
def test_parameters(name: str, function: Any, want: list[str]) -> None:  # noqa: ARG001
    """More may follow, but only such as need not be given."""
    parameters = inspect.signature(function).parameters
    assert list(parameters)[: len(want)] == want
    for parameter in list(parameters.values())[len(want) :]:
        assert parameter.default is not inspect.Parameter.empty


def test_defaults() -> None:
    parser = Parser()
    assert parser.strict is True
    assert parser.cleaners == default_cleaners()
    assert parser.timezone == "UTC"
    assert parser.unmarked_headings is False
    assert parser.limits == Limits()


def test_members_of_results() -> None:
    inspection = Parser().inspect("")
    for name in ("path", "article", "problems", "removals", "coverage"):
        assert hasattr(inspection, name)
    assert isinstance(inspection, Inspection)
    for name in ("path", "digest", "json", "article", "problems", "removals"):
        assert name in {*Outcome.__annotations__, *vars(Outcome)}
    for name in ("blocks", "headings", "paragraphs", "images", "tables", "videos", "text"):
        assert isinstance(getattr(sinaparse.Article, name), property)


def test_exceptions_are_what_one_would_catch() -> None:
    for name in ("ParseError", "CleanerError", "BodyError", "PipelineError", "TimezoneError"):
        assert issubclass(MEMBERS[name], SinaParseError)
        assert issubclass(MEMBERS[name], ValueError)
    assert issubclass(sinaparse.CleanerError, sinaparse.ParseError)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (lambda: Parser(timezone="Asia/Shanghia"), "Asia/Shanghai"),
        (lambda: default_cleaners().without("app-qrs"), "app-qr"),
        (lambda: MEMBERS["Parser"](cleaners=[print]), "no cleaner"),
        (lambda: sinaparse.Pipeline([*default_cleaners(), *default_cleaners()]), "two cleaners"),
    ],
    ids=["zone", "name", "no cleaner", "twice"],
)
def test_wrong_use_is_answered_with_a_hint(wrong: Any, message: str) -> None:
    with pytest.raises(SinaParseError, match=message):
        wrong()


def test_a_system_without_time_zones_is_told_apart_from_a_wrong_name(monkeypatch: pytest.MonkeyPatch) -> None:
    def knows_none(name: str) -> None:
        raise zoneinfo.ZoneInfoNotFoundError(name)

    monkeypatch.setattr(zoneinfo, "ZoneInfo", knows_none)
    monkeypatch.setattr(zoneinfo, "available_timezones", set)
    with pytest.raises(sinaparse.TimezoneError, match=r"knows no time zones.*Asia/Shanghai.*pip install tzdata"):
        Parser(timezone="Asia/Shanghai")
    assert Parser().timezone == "UTC"


# --- types --------------------------------------------------------------------------------------------------------


def test_the_typed_program_runs(tmp_path: Path) -> None:
    """mypy checks it; that it runs shows that the types are not only declared."""
    program = runpy.run_path(str(Path(__file__).parent / "typing" / "api.py"))
    program["main"](tmp_path / "夜市里的收款码.md")
