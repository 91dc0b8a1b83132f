"""No state: nothing that one file leaves behind can reach the next one, in this thread or another.

What a module may keep is listed here: caches of pure functions, patterns that are compiled when first used, and the parser of a
worker process.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import types
from collections import deque
from pathlib import Path
from typing import Any

import pytest

import sinaparse
import sinaparse.models
from sinaparse import CODES, Limits, Parser, Pipeline, default_cleaners
from sinaparse.export.hexo import GENERATIONS

ROOT = Path(__file__).parents[1]
SOURCES = Path(sinaparse.__file__).parent
FILES = [
    *sorted((ROOT / "examples" / "exports").rglob("*.md")),
    *sorted((ROOT / "tests" / "fixtures").glob("[ei]*/*.md")),
]

CACHES = {"body._css", "body._long_run", "structure.reader._style", "structure.reader._look"}
"""Functions whose results are kept: what they give depends on their arguments alone, and is immutable."""
GLOBALS = {"corpus._start_worker"}
"""Functions that set a variable of their module: a worker process gets its parser once, and has one thread."""


def functions() -> list[tuple[str, ast.FunctionDef]]:
    found = []
    for path in SOURCES.rglob("*.py"):
        module = ".".join(path.relative_to(SOURCES).with_suffix("").parts)
        tree = ast.parse(path.read_text(encoding="utf-8"))
        found += [(f"{module}.{node.name}", node) for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    return found


def test_caches_are_listed() -> None:
    cached = {
        name
        for name, node in functions()
        if any(re.search(r"\b(?:lru_cache|cache)\b", ast.unparse(item)) for item in node.decorator_list)
    }
    assert cached <= CACHES


def test_who_sets_variables_of_a_module_is_listed() -> None:
    setting = {name for name, node in functions() if any(isinstance(inner, ast.Global) for inner in ast.walk(node))}
    assert setting <= GLOBALS


def modules() -> list[types.ModuleType]:
    """The modules that parsing needs, and all others that can be imported here."""
    found = []
    for item in pkgutil.walk_packages([str(SOURCES)], "sinaparse."):
        if not item.name.endswith("__main__"):
            try:
                found.append(importlib.import_module(item.name))
            except ImportError:  # an optional package is missing
                continue
    return [sinaparse, *found]


def content(value: Any, seen: set[int]) -> Any:
    """Everything that can change in a value, as something that can be compared."""
    if isinstance(value, str | bytes | int | float | type(None) | re.Pattern | types.ModuleType):
        return value
    if id(value) in seen:
        return "…"
    seen.add(id(value))
    if isinstance(value, dict):
        return {repr(key): content(item, seen) for key, item in value.items()}
    if isinstance(value, list | tuple | deque):
        return [content(item, seen) for item in value]
    if isinstance(value, set | frozenset):
        return sorted(map(repr, value))
    kind = value if isinstance(value, type) else type(value)
    if not kind.__module__.startswith("sinaparse"):
        return repr(type(value))
    slots = [name for base in kind.__mro__ for name in getattr(base, "__slots__", ())]
    held = {name: getattr(value, name) for name in slots if not isinstance(value, type) and hasattr(value, name)}
    return {
        name: content(item, seen)
        for name, item in {**getattr(value, "__dict__", {}), **held}.items()
        if not name.startswith(("__", "_abc_")) and not callable(item)
    }


def state() -> dict[str, Any]:
    """What all modules hold, whatever stands in it."""
    return {
        f"{module.__name__}.{name}": content(value, set())
        for module in modules()
        for name, value in vars(module).items()
        if not name.startswith("__") and not isinstance(value, types.ModuleType | types.FunctionType)
    }


def parse_everything() -> None:
    parsers = [
        Parser(),
        Parser(strict=False, unmarked_headings=True, timezone="Asia/Shanghai"),
        Parser(strict=False, cleaners=Pipeline()),
        Parser(limits=Limits(nodes=10, problems=1)),
        Parser(cleaners=default_cleaners().without("app-qr")),
    ]
    for path in FILES:
        source = path.read_bytes()
        for parser in parsers:
            inspection = parser.inspect(source, path)
            assert inspection.removals is not None
    sinaparse.json_schema()


def test_state_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """The check below would notice: in a table, in a value inside one, in a new variable."""
    before = state()
    monkeypatch.setitem(CODES, "noted", CODES["not-sina"])
    monkeypatch.setitem(GENERATIONS[1].__dict__, "noted", [1])
    monkeypatch.setattr(sinaparse.models, "NOTED", {}, raising=False)
    after = state()
    changed = {name for name in after if after[name] != before.get(name)}
    assert {"sinaparse.problems.CODES", "sinaparse.export.hexo.GENERATIONS", "sinaparse.models.NOTED"} <= changed


def test_parsing_leaves_nothing_behind() -> None:
    parse_everything()  # what is made when first used is made now
    before = state()
    assert len(before) > 300
    parse_everything()
    after = state()
    assert set(after) == set(before)
    assert {name for name in before if before[name] != after[name]} == set()
