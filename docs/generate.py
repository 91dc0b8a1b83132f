"""Write what is made from the code: parts of the documentation, and the JSON Schemas. ``python docs/generate.py``."""

from __future__ import annotations

import ast
import base64
import functools
import hashlib
import inspect
import json
import re
import textwrap
from collections.abc import Callable, Iterable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pyarrow as pa
from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema
from pydantic_core import core_schema

import sinaparse.models
from sinaparse import Article, Limits, Parser, Removal
from sinaparse.arrow import PARSED_SCHEMA
from sinaparse.arrow import SCHEMAS as SCHEMAS_OF_TABLES
from sinaparse.arrow.convert import BLOCKS
from sinaparse.cleaners import default_cleaners
from sinaparse.cleaners.installed import summary_of
from sinaparse.problems import CODES, Code, Problem, report
from sinaparse.schema import SCHEMAS
from sinaparse.versions import SCHEMA_VERSION

HERE = Path(__file__).parent
SCHEMA_FOLDER = HERE.parent / "src" / "sinaparse" / "schema"

INTRODUCTION = """\
# Problems

Everything that can be wrong with an export, or worth knowing about it, has a code. `Inspection.problems` and
`ParseError.problems` have them with line, excerpt and hint. A file with an *error* gives no article. This page is made from
`sinaparse.problems.CODES` by `python docs/generate.py`.
"""


def severity(row: Code) -> str:
    """How severe a code is in the two modes."""
    if row.strict == row.lenient:
        return f"{row.strict.capitalize()}."
    return f"{row.strict.capitalize()} in strict mode, {row.lenient} in lenient mode."


def problems() -> str:
    """The page of problem codes, each with a real example where a file can give one."""
    shown = examples()
    parts = [
        f"## {row.name}\n\n*{severity(row)}* “{row.message}”\n\n{row.explanation}\n\n"
        + (f"```text\n{shown[row.name]}\n```\n\n" if row.name in shown else "")
        + f"**What to do:** {row.hint}\n"
        for row in CODES.values()
    ]
    return "\n".join([INTRODUCTION, *parts])


def examples() -> dict[str, str]:
    """For each code that one of the tests' exports has, the problem as it is reported."""
    folder = HERE.parent / "tests" / "fixtures"
    shown: dict[str, str] = {}
    for label in sorted(folder.glob("invalid/*.json")):
        want = json.loads(label.read_text(encoding="utf-8"))
        encoded = want.get("source")
        source = label.with_suffix(".md").read_bytes() if encoded is None else base64.b64decode(encoded)
        parser = Parser(limits=Limits(**want.get("limits", {})))
        _show(
            [item for item in parser.inspect(source).problems if item.code == want["code"]], f"{label.stem}.md", shown
        )
    for path in sorted(folder.glob("exports/*.md")):
        _show(Parser().inspect(path.read_bytes(), path.name).problems, path.name, shown)
    return shown


def _show(found: Iterable[Problem], name: str, shown: dict[str, str]) -> None:
    for item in found:
        if item.code not in shown:
            line, *more = report([item], name).split("\n")[:-1]
            shown[item.code] = "\n".join([line, *(words for words in more if "= hint: " not in words)])


def cleaners() -> str:
    """The page on cleaners, with the table of the default ones."""
    rows = [f"| `{item.name}` | {summary_of(item)} |" for item in default_cleaners()]
    table = "\n".join(["| cleaner | what it takes out |", "| --- | --- |", *rows])
    page = (HERE / "cleaners.md").read_text(encoding="utf-8")
    return re.sub(r"(?s)(?<=generate\.py -->\n).*?(?=<!-- end -->)", f"\n{table}\n\n", page)


def tables() -> str:
    """The page on tables, with the columns of each, and the fields of each kind of block."""
    page = (HERE / "tables.md").read_text(encoding="utf-8")
    for name, schema in {**SCHEMAS_OF_TABLES, "parsed": PARSED_SCHEMA}.items():
        rows = [f"| `{field.name}` | {_type(field)} | {field.metadata[b'comment'].decode()} |" for field in schema]
        page = _with_table(page, name, ["| column | type | what it holds |", "| --- | --- | --- |", *rows])
    kinds = [
        f"| `{kind}` | {', '.join(f'`{name}`' for name in names if name != 'kind')} |" for kind, names in BLOCKS.items()
    ]
    return _with_table(page, "kinds", ["| `kind` | fields |", "| --- | --- |", *kinds])


def _with_table(page: str, name: str, lines: list[str]) -> str:
    """A page with a table between the marks that are there for it."""
    begin, end = f"<!-- {name}: made by generate.py -->\n", "<!-- end -->"
    before, _, after = page.partition(begin)
    return "".join([before, begin, "\n", "\n".join(lines), "\n\n", end, after.partition(end)[2]])


def _type(field: Any) -> str:
    """The type of a column in words; the fields of a struct by their names."""
    kind, words = field.type, ""
    while pa.types.is_list(kind):
        words, kind = f"{words}list of ", kind.value_type
    struct = pa.types.is_struct(kind)
    words += f"struct ({', '.join(inner.name for inner in kind)})" if struct else str(kind)
    return f"{words}, or null" if field.nullable else words


PAGES = {"problems.md": problems, "cleaners.md": cleaners, "tables.md": tables}


# --- JSON Schemas -------------------------------------------------------------------------------------------------


class Line(Article, frozen=True):
    """An article as one JSON line of `sinaparse parse`: its own object with the path of its file in front."""

    path: str
    """The file as it was given, with `/`; bytes that are no text stand escaped; `-` is standard input."""


class Refusal(BaseModel):
    """A refused file as one JSON line of `sinaparse parse --errors`."""

    path: str
    """The file as it was given, with `/`; bytes that are no text stand escaped; `-` is standard input."""
    problems: tuple[Problem, ...]


MODELS: dict[str, type[BaseModel]] = {
    "article": Article,
    "line": Line,
    "refusal": Refusal,
    "problem": Problem,
    "removal": Removal,
}


class _Written(GenerateJsonSchema):
    """What is written, not what may be read: no key is left out, and none has a default."""

    def field_is_required(self, field: Any, total: bool) -> bool:  # noqa: ARG002 the signature is pydantic's
        return True

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> dict[str, Any]:
        return self.generate_inner(schema["schema"])


def schema(name: str) -> str:
    """A schema as JSON text."""
    model = MODELS[name]
    made = model.model_json_schema(mode="serialization", schema_generator=_Written)
    kinds = {**vars(sinaparse.models), **{kind.__name__: kind for kind in MODELS.values()}}
    for title, part in {**made.get("$defs", {}), made["title"]: made}.items():
        described = _field_docs(kinds[title])
        for field, value in part["properties"].items():
            value.pop("title", None)
            if field in described:
                value["description"] = described[field]
    head = {"$schema": GenerateJsonSchema.schema_dialect, "$id": f"urn:sinaparse:{name}:{SCHEMA_VERSION}"}
    return json.dumps({**head, **made}, ensure_ascii=False, indent=2) + "\n"


def _field_docs(model: type[Any]) -> dict[str, str]:
    """The strings below the fields of a model and of those it is made of."""
    found: dict[str, str] = {}
    for kind in reversed(model.__mro__):
        if not issubclass(kind, BaseModel) or kind is BaseModel:
            continue
        (class_,) = ast.parse(textwrap.dedent(inspect.getsource(kind))).body
        for field, words in pairwise(class_.body if isinstance(class_, ast.ClassDef) else ()):
            if (
                isinstance(field, ast.AnnAssign)
                and isinstance(words, ast.Expr)
                and isinstance(words.value, ast.Constant)
            ):
                found[ast.unparse(field.target)] = " ".join(str(words.value.value).split())
    return found


def digest(name: str) -> str:
    """What CHANGELOG.md calls a schema: the head of the SHA-256 of what it demands, whatever the words that describe it."""
    text = (SCHEMA_FOLDER / f"{name}.json").read_text(encoding="utf-8")
    bare = json.loads(text, object_hook=_without_words)
    return hashlib.sha256(json.dumps(bare, sort_keys=True).encode()).hexdigest()[:12]


def _without_words(part: dict[str, Any]) -> dict[str, Any]:
    """A part of a schema without its texts; a property may be called `title` or `description` as well."""
    return {key: value for key, value in part.items() if key not in ("title", "description") or isinstance(value, dict)}


def acknowledgement(name: str) -> str:
    """The line of CHANGELOG.md that acknowledges a schema."""
    return f"- JSON Schema `{name}`: `{digest(name)}`"


def main() -> None:
    """Write everything, and say what CHANGELOG.md has to say."""
    files: dict[Path, Callable[[], str]] = {HERE / name: render for name, render in PAGES.items()}
    files |= {SCHEMA_FOLDER / f"{name}.json": functools.partial(schema, name) for name in SCHEMAS}
    for path, render in files.items():
        path.write_text(render(), encoding="utf-8", newline="\n")
        print(path)
    print(*map(acknowledgement, SCHEMAS), sep="\n")


if __name__ == "__main__":
    main()
