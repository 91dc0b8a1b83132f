"""The same bytes give the same article: in any process, thread and locale; and everything that is a value travels."""

from __future__ import annotations

import copy
import gc
import hashlib
import pickle
from concurrent.futures import ThreadPoolExecutor
from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

import sinaparse
from sinaparse import (
    Body,
    CleanerError,
    Inspection,
    Limits,
    ParseError,
    Parser,
    Pipeline,
    PipelineError,
    Problem,
    default_cleaners,
)
from support import PROGRAM, fresh

ROOT = Path(__file__).parents[1]
FOLDERS = (ROOT / "tests" / "fixtures" / "exports", ROOT / "examples" / "exports")
FILES = [path for folder in FOLDERS for path in sorted(folder.rglob("*.md"))]
INVALID = sorted((ROOT / "tests" / "fixtures" / "invalid").glob("*.md"))

HEAD = """---
title: '夜班'
categories:
 - 新浪财经
author: 新浪财经
date: Thu, 17 Feb 2022 03:15:53 GMT
---
<div>
<p cms-style="font-L">　　夜班从零点开始。</p>
"""
BODY = HEAD + '<p cms-style="font-L">　　<b>到六点结束。</b></p>\n</div>\n'


def dump(inspection: Inspection) -> str:
    """All that an inspection says, as text."""
    parts = [
        "refused" if inspection.article is None else inspection.article.model_dump_json(),
        *(problem.model_dump_json() for problem in inspection.problems),
        *(removal.model_dump_json() for removal in inspection.removals),
        inspection.coverage.model_dump_json(),
    ]
    return "\n".join(parts)


def digest(parser: Parser) -> str:
    texts = "\n".join(dump(parser.inspect(path.read_bytes())) for path in FILES)
    return hashlib.sha256(texts.encode()).hexdigest()


# --- processes ----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The files under names that any locale can pass on, as JSON."""
    folder = tmp_path_factory.mktemp("exports")
    for number, path in enumerate(FILES):
        (folder / f"{number:03}.md").write_bytes(path.read_bytes())
    return "[" + ", ".join(f'"{(folder / f"{number:03}.md").as_posix()}"' for number in range(len(FILES))) + "]"


@pytest.fixture(scope="module")
def usual(names: str) -> str:
    return fresh(PROGRAM, names)


@pytest.mark.parametrize(
    "environment",
    [
        {"PYTHONHASHSEED": "1"},
        {"PYTHONHASHSEED": "4294967295"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"LC_ALL": "POSIX", "LANG": ""},
        {"TZ": "Asia/Shanghai"},
        {"TZ": "America/St_Johns", "PYTHONHASHSEED": "7"},
        {"PYTHONOPTIMIZE": "2"},
    ],
    ids=lambda environment: " ".join(f"{key}={value}" for key, value in environment.items()),
)
def test_another_process_gives_the_same(environment: dict[str, str], names: str, usual: str) -> None:
    assert fresh(PROGRAM, names, **environment) == usual


def test_this_process_gives_the_same(usual: str) -> None:
    found = hashlib.sha256()
    parser = Parser(strict=False, unmarked_headings=True)
    for path in FILES:
        inspection = parser.inspect(path.read_bytes())
        found.update(inspection.unwrap().model_dump_json().encode())
        for part in (*inspection.problems, *inspection.removals, inspection.coverage):
            found.update(part.model_dump_json().encode())
    assert found.hexdigest() == usual


def test_the_order_of_the_files_does_not_matter() -> None:
    """Nothing is remembered from one file to the next."""
    parser = Parser(strict=False)
    there = [dump(parser.inspect(path.read_bytes())) for path in FILES]
    back = [dump(parser.inspect(path.read_bytes())) for path in reversed(FILES)]
    assert there == back[::-1]


# --- threads ------------------------------------------------------------------------------------------------------


@sinaparse.cleaner("drop-bold")
def drop_bold(body: Body) -> None:
    """Takes what is bold; a function over the whole tree, so that threads share one of these as well."""
    for node in body.select("b, strong"):
        body.remove(node, reason="bold")


@pytest.mark.parametrize(
    "cleaners", [default_cleaners(), default_cleaners().then(drop_bold)], ids=["default", "with a function"]
)
def test_eight_threads_share_a_parser(cleaners: Pipeline) -> None:
    parser = Parser(strict=False, cleaners=cleaners)
    sources = [path.read_bytes() for path in (*FILES, *INVALID)] * 4
    alone = [dump(parser.inspect(source)) for source in sources]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda source: dump(parser.inspect(source)), sources))
    assert together == alone


def test_threads_get_each_their_own_failure() -> None:
    """A cleaner that fails in one thread leaves no trace in the others."""

    @sinaparse.cleaner("touchy")
    def touchy(body: Body) -> None:
        if "六点" in body.text(body.root):
            raise ValueError("六点")

    parser = Parser(cleaners=default_cleaners().then(touchy))
    sources = [BODY, BODY.replace("六点", "七点")] * 40
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(parser.inspect, sources))
    assert [inspection.article is None for inspection in found] == [True, False] * 40


# --- values travel ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", [*FILES, *INVALID], ids=lambda path: path.stem)
def test_an_inspection_pickles(path: Path) -> None:
    for strict in (True, False):
        inspection = Parser(strict=strict).inspect(path.read_bytes(), path.name)
        again = pickle.loads(pickle.dumps(inspection))
        assert dump(again) == dump(inspection)
        assert again.path == inspection.path == path.name
        assert again.article == inspection.article
        assert copy.deepcopy(inspection).article == inspection.article


def test_a_parse_error_pickles() -> None:
    with pytest.raises(ParseError) as caught:
        Parser().inspect(b"no export", "a.md").unwrap()
    error = caught.value
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is ParseError
    assert (again.problems, again.path, str(again)) == (error.problems, "a.md", str(error))
    assert isinstance(again, ValueError)
    assert isinstance(again, sinaparse.SinaParseError)
    assert str(error).startswith("a.md")


def test_a_problem_pickles_and_is_a_value() -> None:
    (problem,) = Parser().inspect(b"no export").problems
    again = pickle.loads(pickle.dumps(problem))
    assert again == problem
    assert hash(again) == hash(problem)
    assert Problem.model_validate_json(problem.model_dump_json()) == problem
    with pytest.raises(ValueError, match="frozen"):
        problem.line = 1


@pytest.mark.parametrize(
    "parser",
    [
        Parser(),
        Parser(strict=False, timezone="Asia/Shanghai", unmarked_headings=True, limits=Limits(depth=100)),
        Parser(cleaners=default_cleaners().without("app-qr").then(drop_bold)),
        Parser(cleaners=Pipeline()),
    ],
    ids=["default", "options", "cleaners", "none"],
)
def test_a_parser_pickles_and_is_a_value(parser: Parser) -> None:
    again = pickle.loads(pickle.dumps(parser))
    assert again == parser
    assert hash(again) == hash(parser)
    assert digest(again) == digest(parser)
    assert copy.copy(parser) == parser
    assert copy.deepcopy(parser) == parser


def test_parsers_differ_by_what_they_do() -> None:
    different = [
        Parser(),
        Parser(strict=False),
        Parser(timezone="Asia/Shanghai"),
        Parser(unmarked_headings=True),
        Parser(limits=Limits(depth=100)),
        Parser(cleaners=Pipeline()),
    ]
    assert len(set(different)) == len(different)
    assert Parser() == Parser()
    with pytest.raises(FrozenInstanceError):
        Parser().strict = False  # type: ignore[misc]


def test_a_parser_with_a_local_cleaner_says_why_it_does_not_pickle() -> None:
    @sinaparse.cleaner("local")
    def local(body: Body) -> None:
        """Does nothing."""

    with pytest.raises(PipelineError, match="'local'"):
        pickle.dumps(Parser(cleaners=default_cleaners().then(local)))


# --- cleaners that fail -------------------------------------------------------------------------------------------


@sinaparse.cleaner("clumsy")
def clumsy(body: Body) -> None:
    """Takes something out, then falls."""
    body.remove(body.select("b")[0], reason="test")
    raise LookupError("nothing to hold on to")


@sinaparse.node_cleaner("picky", "b")
def picky(body: Body, node: sinaparse.Node) -> str | None:
    """Falls while the tree is read."""
    raise LookupError(f"no {node.tag}, please, {body.text(node)}")


PLACES = {
    "first": lambda cleaner: default_cleaners().before("hidden-ad", cleaner),
    "in the middle": lambda cleaner: default_cleaners().after("app-qr", cleaner),
    "last": lambda cleaner: default_cleaners().then(cleaner),
    "before another": lambda cleaner: default_cleaners().then(cleaner, drop_bold),
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("cleaner", [clumsy, picky], ids=lambda cleaner: cleaner.name)
def test_a_cleaner_that_fails_is_named(cleaner: sinaparse.Cleaner, place: str) -> None:
    with pytest.raises(CleanerError) as caught:
        Parser(cleaners=PLACES[place](cleaner)).inspect(BODY, "夜班.md").unwrap()
    error = caught.value
    assert error.cleaner == cleaner.name
    assert error.path == "夜班.md"
    assert isinstance(error.__cause__, LookupError)
    (problem,) = [problem for problem in error.problems if problem.severity == "error"]
    assert problem.code == "cleaner-failed"
    assert repr(cleaner.name) in problem.message
    assert "LookupError" in problem.message
    assert str(error.__cause__) in problem.message or error.__cause__.args[0] in problem.message


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("cleaner", [clumsy, picky], ids=lambda cleaner: cleaner.name)
def test_lenient_mode_goes_on_as_if_it_were_not_there(cleaner: sinaparse.Cleaner, place: str) -> None:
    pipeline = PLACES[place](cleaner)
    inspection = Parser(strict=False, cleaners=pipeline).inspect(BODY)
    without = Parser(strict=False, cleaners=pipeline.without(cleaner.name)).inspect(BODY)
    assert inspection.article == without.article
    assert inspection.removals == without.removals
    assert inspection.coverage == without.coverage
    (failed,) = set(inspection.problems) - set(without.problems)
    assert (failed.code, failed.severity) == ("cleaner-failed", "warning")
    assert inspection.unwrap() == without.article


def test_two_cleaners_that_fail_are_both_named() -> None:
    pipeline = default_cleaners().then(clumsy, picky)
    inspection = Parser(strict=False, cleaners=pipeline).inspect(BODY)
    messages = [problem.message for problem in inspection.problems if problem.code == "cleaner-failed"]
    assert len(messages) == 2
    assert "clumsy" in " ".join(messages)
    assert "picky" in " ".join(messages)
    assert inspection.article == Parser(strict=False).parse(BODY)


@pytest.mark.parametrize("cleaner", [clumsy, picky], ids=lambda cleaner: cleaner.name)
def test_a_failure_pickles(cleaner: sinaparse.Cleaner) -> None:
    inspection = Parser(cleaners=default_cleaners().then(cleaner)).inspect(BODY)
    again = pickle.loads(pickle.dumps(inspection))
    with pytest.raises(CleanerError) as caught:
        again.unwrap()
    error = pickle.loads(pickle.dumps(caught.value))
    assert (error.cleaner, error.problems, error.path) == (cleaner.name, inspection.problems, None)
    assert isinstance(error, ParseError)


class Stubborn(Exception):
    """An exception that can't be made again from its arguments."""

    def __init__(self, node: object, *, why: str) -> None:
        super().__init__(f"{node}: {why}")
        self.node = node


@sinaparse.cleaner("stubborn")
def stubborn(body: Body) -> None:
    """Raises something that holds on to the tree."""
    raise Stubborn(body.root, why="because")


def test_a_failure_pickles_whatever_was_raised() -> None:
    """The exception holds a node of lxml and needs a keyword to be made: neither stops the outcome from travelling."""
    inspection = Parser(cleaners=default_cleaners().then(stubborn)).inspect(BODY)
    again = pickle.loads(pickle.dumps(inspection))
    assert dump(again) == dump(inspection)
    with pytest.raises(CleanerError) as caught:
        again.unwrap()
    assert caught.value.cleaner == "stubborn"


def test_an_interrupt_is_no_failure_of_a_cleaner() -> None:
    @sinaparse.cleaner("leave")
    def leave(body: Body) -> None:  # noqa: ARG001
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Parser(strict=False, cleaners=Pipeline([leave])).inspect(BODY)


# --- importing ----------------------------------------------------------------------------------------------------

QUIET = """
import sys

def audit(event, arguments):
    if event.startswith(("socket.", "urllib.", "http.", "ftplib.", "subprocess.", "os.system", "os.exec", "os.fork", "os.posix_spawn")):
        raise SystemExit(f"{event} {arguments}")
    if event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wax+"):
        raise SystemExit(f"writes {arguments[0]}")

sys.dont_write_bytecode = True
sys.addaudithook(audit)
import sinaparse
late = {"bs4", "dateutil", "yaml", "frontmatter", "typer", "rich", "click", "numpy", "pandas", "pyarrow", "asyncio", "requests"}
print(" ".join(sorted(late & set(sys.modules))))
"""


def test_importing_opens_no_socket_and_starts_nothing() -> None:
    """Nor does it write a file, and what only some need is imported when they need it."""
    assert fresh(QUIET) == ""


PARSES = (
    QUIET.rpartition("late =")[0]
    + """
from pathlib import Path
for name in sys.argv[1:]:
    sinaparse.Parser(strict=False).inspect(Path(name).read_bytes())
print("bs4" in sys.modules, "dateutil" in sys.modules, "yaml" in sys.modules)
"""
)


def test_parsing_does_not_either() -> None:
    """The known shapes of an export need neither YAML nor dateutil."""
    known = ROOT / "tests" / "fixtures" / "exports" / "quotes-and-lists.md"
    assert fresh(PARSES, str(known)) == "False False False"


def test_importing_warns_of_nothing() -> None:
    assert fresh("import warnings; warnings.simplefilter('error'); import sinaparse; print(sinaparse.__version__)")


@pytest.mark.parametrize("collects", [True, False])
@pytest.mark.parametrize("source", [BODY, "no export", BODY.replace("<b>", "<weird>")])
def test_the_garbage_collector_is_left_as_it_was(source: str, collects: bool) -> None:
    seen = []

    @sinaparse.cleaner("look")
    def look(body: Body) -> None:  # noqa: ARG001
        seen.append(gc.isenabled())
        raise ValueError

    before = gc.isenabled()
    try:
        gc.enable() if collects else gc.disable()
        Parser(cleaners=default_cleaners().then(look)).inspect(source)
        assert gc.isenabled() is collects
        assert not any(seen)
    finally:
        gc.enable() if before else gc.disable()
