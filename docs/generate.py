"""Write what is made from the code: parts of the documentation, and the JSON Schemas. ``python docs/generate.py``."""

from __future__ import annotations

import ast
import base64
import contextlib
import functools
import hashlib
import inspect
import io
import json
import os
import re
import subprocess
import sys
import tempfile
import textwrap
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
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
from sinaparse.testing import make_export
from sinaparse.versions import SCHEMA_VERSION

HERE = Path(__file__).parent
SCHEMA_FOLDER = HERE.parent / "src" / "sinaparse" / "schema"

INTRODUCTION = """\
# Problems

Everything that can be wrong with an export, or worth knowing about it, has a code. `Inspection.problems` and
`ParseError.problems` have them with line, excerpt and hint. A file with an *error* gives no article. What is shown below each
code is what sinaparse really says of a file or a run that has it, without the hint; the command's summary is left out. This page
is made from `sinaparse.problems.CODES` by `python docs/generate.py`.
"""


def severity(row: Code) -> str:
    """How severe a code is in the two modes."""
    if row.strict == row.lenient:
        return f"{row.strict.capitalize()}."
    return f"{row.strict.capitalize()} in strict mode, {row.lenient} in lenient mode."


def problems() -> str:
    """The page of problem codes, each with a real example."""
    shown = {**examples(), **{code: run.transcript() for code, run in RUNS.items()}, "parser-failed": planted_fault()}
    parts = [
        f"## {row.name}\n\n*{severity(row)}* “{row.message}”\n\n{row.explanation}\n\n"
        f"{shown[row.name]}\n\n**What to do:** {row.hint}\n"
        for row in CODES.values()
    ]
    return "\n".join([INTRODUCTION, *parts])


def fenced(kind: str, text: str) -> str:
    """A block of the page."""
    return f"```{kind}\n{text.strip()}\n```"


PLAIN = make_export("<p>　　春茶开采。</p>\n<p>　　价格平稳。</p>")
SOURCES: dict[str, bytes] = {
    "gbk.md": PLAIN.encode("gb18030"),
    "half-a-pair.md": make_export("<p>　　春茶\ud83c开采。</p>").encode("utf-8", "surrogatepass"),
    "nul.md": make_export("<p>　　春茶\0开采。</p>").encode(),
    "day-first.md": make_export("<p>　　春茶开采。</p>", date="17 February 2022, 3:15:53 UTC").encode(),
    "weekday.md": PLAIN.replace("Thu, 17 Feb", "Fri, 17 Feb").encode(),
    "new-class.md": make_export('<p class="font-tea">　　春茶开采。</p>').encode(),
    "residue.md": make_export("<p>　　春茶#####filter3#####开采。</p>").encode(),
    "video.md": make_export(
        '<p>　　春茶开采。</p>\n<!--mce-plugin-videoList2[{"title": ]mce-plugin-videoList2-->'
    ).encode(),
}
"""Exports with what none of the tests' files has."""


def examples() -> dict[str, str]:
    """For each code that a file can have by itself, the problem as it is reported of the first one that has it."""
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
    files = [(path.name, path.read_bytes()) for path in sorted(folder.glob("exports/*.md"))]
    for name, source in [*files, *SOURCES.items()]:
        _show(Parser().inspect(source, name).problems, name, shown)
    return {code: fenced("text", text) for code, text in shown.items()}


def _show(found: Iterable[Problem], name: str, shown: dict[str, str]) -> None:
    for item in found:
        if item.code not in shown:
            line, *more = report([item], name).split("\n")[:-1]
            shown[item.code] = "\n".join([line, *(words for words in more if "= hint: " not in words)])


@dataclass(frozen=True)
class Run:
    """A run of the command over a folder of its own, with what it says on standard output."""

    command: str
    words: str
    """What the reader has to know of the folder."""
    prepare: Callable[[Path], object] = lambda _: None
    """Adds to the folder, in which there is one export."""
    cleaner: str = ""
    """The source of a function, which a package in the folder has as a cleaner with the name of the function."""

    def transcript(self) -> str:
        """The command and its output, as a part of the page."""
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            (folder / "exports").mkdir()
            (folder / "exports" / "tea.md").write_text(PLAIN, encoding="utf-8")
            self.prepare(folder)
            parts = [self.words]
            if self.cleaner:
                self._install(folder)
                parts.append(fenced("python", self.cleaner))
            printed = self._output(folder)
        return "\n\n".join([*parts, fenced("console", f"$ {self.command}\n{printed}")])

    def _install(self, folder: Path) -> None:
        (folder / "mine.py").write_text(self.cleaner, encoding="utf-8")
        name = self.command.partition("--cleaner ")[2].split()[0]
        package = folder / "mine-1.0.dist-info"
        package.mkdir()
        (package / "METADATA").write_text("Metadata-Version: 2.1\nName: mine\nVersion: 1.0\n")
        (package / "entry_points.txt").write_text(f"[sinaparse.cleaners]\n{name} = mine:{name}\n")

    def _output(self, folder: Path) -> str:
        paths = [str(folder), *map(os.path.abspath, filter(None, sys.path))]
        environment = {
            **os.environ, "PYTHONPATH": os.pathsep.join(paths), "PYTHONUTF8": "1", "LC_ALL": "C", "NO_COLOR": "1"
        }  # fmt: skip
        words = [sys.executable, "-m", *self.command.split()]
        result = subprocess.run(words, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False)  # noqa: S603 the commands below
        if result.returncode != 1:
            raise RuntimeError(f"{self.command}: exit status {result.returncode}\n{result.stderr}")
        return result.stdout


def _archive(folder: Path) -> None:
    with zipfile.ZipFile(folder / "exports.zip", "w") as archive:
        archive.writestr("../../tea.md", PLAIN)


RUNS = {
    "unreadable-file": Run(
        "sinaparse check exports",
        "A link in the folder leads nowhere:",
        lambda folder: (folder / "exports" / "link.md").symlink_to("gone.md"),
    ),
    "archive-unreadable": Run(
        "sinaparse check exports.zip",
        "The page of an error was saved under the name of an archive:",
        lambda folder: (folder / "exports.zip").write_text("<h1>404 Not Found</h1>"),
    ),
    "archive-member": Run(
        "sinaparse check exports.zip", "A member of the archive would be unpacked outside the folder:", _archive
    ),
    "timeout": Run(
        "sinaparse check exports --cleaner endless --timeout 1",
        "A cleaner of a package does not come back:",
        cleaner="""
import sinaparse


@sinaparse.cleaner("endless")
def endless(body):
    while True:
        pass
""",
    ),
    "worker-died": Run(
        "sinaparse check exports --cleaner fatal --workers 2",
        "A cleaner of a package ends the interpreter:",
        cleaner="""
import os

import sinaparse


@sinaparse.cleaner("fatal")
def fatal(body):
    os._exit(3)
""",
    ),
    "cleaner-failed": Run(
        "sinaparse check exports --cleaner first_video",
        "A cleaner of a package takes for granted what is not in every article:",
        cleaner="""
import sinaparse


@sinaparse.cleaner("first_video")
def first_video(body):
    body.remove(body.select("video")[0], reason="the first video")
""",
    ),
    "content-unaccounted": Run(
        "sinaparse check exports --cleaner empties",
        "A cleaner of a package empties an element behind the back of `Body`, which keeps the ledger:",
        cleaner="""
import sinaparse


@sinaparse.cleaner("empties")
def empties(body):
    body.select("p")[0].text = ""
""",
    ),
}
"""For each code that only a run can have, one that has it."""

FAULT = """
import sinaparse


class Faulty(sinaparse.Parser):
    def inspect(self, source, path=None):
        raise RuntimeError("a fault on purpose")


for outcome in sinaparse.read_corpus("examples/exports/2022/上半年南屏省工业企业利润增长52%.md", Faulty()):
    print(outcome.path, outcome.problems[0].message, sep=": ")
"""


def planted_fault() -> str:
    """The example of the code that nothing is known to cause."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed), contextlib.chdir(HERE.parent):
        exec(FAULT, {})  # noqa: S102 our own
    words = "No file is known that causes it; a parser with a fault in it shows what it would look like:"
    return "\n\n".join([words, fenced("python", FAULT), fenced("text", printed.getvalue())])


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
