"""Do the tests notice when the code is wrong? ``python mutation/mutate.py`` changes it in one place at a time and sees.

The changes are those of mutmut (its operators, applied here to functions with decorators, too). mutmut itself starts pytest
anew for each mutant, which takes this suite's 12,000 tests ten seconds. Here pytest collects once; for each mutant a child is forked,
gets the changed code of one function, and runs the tests that cover the changed lines, likely killers first, up to the
first that fails.

A random sample of the mutants is tried (``--sample``, ``--seed``), the same share of every module. What came of each stands in
``mutation/results.jsonl``; ``--again`` tries only the survivors of the last run. What of them can't be killed is
explained in ``mutation/survivors.md``.
"""

from __future__ import annotations

import argparse
import difflib
import functools
import gc
import inspect
import itertools
import json
import math
import os
import pickle
import random
import resource
import signal
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any, NamedTuple, TypeVar

import coverage
import libcst as cst
import libcst.matchers as m
import pytest
from _pytest.runner import runtestprotocol
from libcst.metadata import MetadataWrapper, PositionProvider
from mutmut.mutation.mutators import mutation_operators

HERE = Path(__file__).parent
ROOT = HERE.parent
SOURCE = ROOT / "src" / "sinaparse"
RESULTS = HERE / "results.jsonl"
PACKAGES = ("export", "body.py", "cleaners", "structure", "render")

LEFT_OUT = """browser engines notebooks property slow render/test_bounds.py render/test_round_trip.py test_archives.py
    test_arrow.py test_benchmarks.py test_check_command.py test_cli.py test_contract.py test_convert_command.py
    test_corpus.py test_dataframe.py test_determinism.py test_docs.py test_examples.py test_inspect_command.py
    test_limits.py test_notebook.py test_page.py test_pieces.py test_pool.py test_proof.py test_resume.py test_selection.py
    test_state.py test_table_docs.py test_table_sinks.py test_testing.py test_tree.py test_typing.py""".split()
"""Tests of other things than what is mutated, those that run processes of their own, where the mutant is not, and slow ones."""

LONGEST = 1.5
"""Seconds; tests that take longer are left out."""

MEMORY = 4 << 30
"""Bytes of address space for a mutant."""

UNTOUCHED = (cst.Annotation, cst.Decorator, cst.Parameters)
"""What is evaluated when a function is defined, not when it is called."""

UNCHANGED_CALLS = m.Call(func=m.Name("len") | m.Name("isinstance"))
"""As mutmut does: without their arguments they raise, which any test notices."""

Json = dict[str, Any]
T = TypeVar("T")


@dataclass(frozen=True)
class Mutant:
    """One change of one function."""

    path: Path
    owner: str
    """The qualified name of the outermost function around the change."""

    nth: int
    """Which of the functions of this name: properties have two."""

    lines: range
    before: cst.CSTNode
    after: cst.CSTNode
    number: int
    """Which of the mutants of the module."""

    @property
    def key(self) -> str:
        """What names the mutant as long as its module stays as it is."""
        return f"{self.path.relative_to(SOURCE).as_posix()}:{self.number}"


class Module:
    """A module and its mutants."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.tree = cst.parse_module(path.read_text(encoding="utf-8"))
        self._positions = MetadataWrapper(self.tree, unsafe_skip_copy=True).resolve(PositionProvider)
        self._seen: Counter[str] = Counter()
        self.mutants = [Mutant(path, *change, number) for number, change in enumerate(self._changes(self.tree))]

    def _changes(
        self,
        node: cst.CSTNode,
        names: tuple[str, ...] = (),
        owner: tuple[str, int] | None = None,
        lines: range | None = None,
    ) -> Iterator[tuple[str, int, range, cst.CSTNode, cst.CSTNode]]:
        """Owner and its number, lines, and node before and after; ``lines`` are those of the statement, inside one."""
        if isinstance(node, UNTOUCHED) or m.matches(node, UNCHANGED_CALLS):
            return
        if isinstance(node, cst.SimpleStatementLine):
            lines = self._lines(node)
        if isinstance(node, cst.ClassDef | cst.FunctionDef):
            names = (*names, node.name.value)
            if owner is None and isinstance(node, cst.FunctionDef):
                name = ".".join(names)
                owner = name, self._seen[name]
                self._seen[name] += 1
        elif owner is not None:
            for kind, operator in mutation_operators:
                if isinstance(node, kind):
                    yield from ((*owner, lines or self._lines(node), node, after) for after in operator(node))
        for child in node.children:
            yield from self._changes(child, names, owner, lines)

    def _lines(self, node: cst.CSTNode) -> range:
        position = self._positions[node]
        return range(position.start.line, position.end.line + 1)

    def mutated(self, mutant: Mutant) -> str:
        """The source with the change."""
        changed = self.tree.deep_replace(mutant.before, mutant.after)
        assert isinstance(changed, cst.Module)
        source: str = changed.code
        return source

    def difference(self, mutant: Mutant) -> str:
        """The changed lines before and after."""
        before, after = self.tree.code.splitlines(), self.mutated(mutant).splitlines()
        lines = difflib.unified_diff(before, after, lineterm="", n=0)
        return "\n".join(line for line in lines if not line.startswith(("---", "+++")))


def codes(source: str, path: Path) -> dict[tuple[str, int], CodeType]:
    """The code of each outermost function of a module, by qualified name and number."""
    found: dict[tuple[str, int], CodeType] = {}
    seen: Counter[str] = Counter()

    def walk(code: CodeType) -> None:
        for constant in code.co_consts:
            if not isinstance(constant, CodeType):
                continue
            name = constant.co_qualname
            if constant.co_flags & inspect.CO_OPTIMIZED:
                found[name, seen[name]] = constant
                seen[name] += 1
            else:
                walk(constant)

    walk(compile(source, path, "exec", dont_inherit=True))
    return found


def functions() -> dict[tuple[str, str, int], list[FunctionType]]:
    """All functions of the package that there are, by file, qualified name and first line."""
    found = defaultdict(list)
    for thing in gc.get_objects():
        if isinstance(thing, FunctionType) and thing.__code__.co_filename.startswith(str(SOURCE)):
            code = thing.__code__
            found[code.co_filename, code.co_qualname, code.co_firstlineno].append(thing)
    return found


def caches() -> list[Callable[[], object]]:
    """What empties the caches of the package and of its tests: of functions, and of properties."""
    clear: list[Callable[[], object]] = []
    cached = type(functools.cache(functions))
    properties: dict[type, list[str]] = {}
    for thing in gc.get_objects():
        kind = type(thing)
        if isinstance(thing, cached):
            function = inspect.unwrap(thing)
            if isinstance(function, FunctionType) and function.__code__.co_filename.startswith(str(ROOT)):
                clear.append(thing.cache_clear)
        elif str(kind.__module__).startswith("sinaparse."):
            if kind not in properties:
                properties[kind] = [
                    name for name, value in vars(kind).items() if isinstance(value, functools.cached_property)
                ]
            clear += (functools.partial(vars(thing).pop, name, None) for name in properties[kind])
    return clear


class Failure(NamedTuple):
    """A test that failed, by its number, and why."""

    test: int
    why: str


@dataclass
class Suite:
    """The collected tests, and what each is known to cover."""

    items: list[pytest.Item]
    caches: list[Callable[[], object]]
    seconds: list[float] = field(default_factory=list)
    covering: dict[str, dict[int, list[int]]] = field(default_factory=dict)
    """The numbers of the tests that run a line of a file."""

    def clear(self) -> None:
        """What a test has computed must not be what the next one finds: it would cover nothing, and see no mutant."""
        for clear in self.caches:
            clear()

    def run(self, numbers: Sequence[int], *, before: Callable[[int], None]) -> Failure | None:
        """Run tests up to the first that fails."""
        for number, following in itertools.zip_longest(numbers, numbers[1:]):
            before(number)
            nextitem = None if following is None else self.items[following]
            for report in runtestprotocol(self.items[number], nextitem=nextitem, log=False):
                if report.failed:
                    return Failure(number, report.longreprtext)
        return None

    def measure(self) -> None:
        """Run all tests in a child, and keep how long each takes and which lines it covers."""
        self.seconds, self.covering, failed = in_child(self._measured)
        if failed is not None:
            pytest.exit(f"without a mutant {self.items[failed.test].nodeid} fails:\n{failed.why}", returncode=1)
        slow = sum(seconds > LONGEST for seconds in self.seconds)
        print(f"{len(self.items)} tests, {sum(self.seconds):.0f} s; {slow} are left out", flush=True)

    def _measured(self) -> tuple[list[float], dict[str, dict[int, list[int]]], Failure | None]:
        trace = coverage.Coverage(data_file=None, config_file=False, source=[str(SOURCE)])
        starts: list[float] = []

        def before(number: int) -> None:
            self.clear()
            trace.switch_context(str(number))
            starts.append(time.process_time())

        trace.start()
        failed = self.run(range(len(self.items)), before=before)
        trace.stop()
        starts.append(time.process_time())
        data = trace.get_data()
        covering = {
            file: {line: [int(test) for test in tests if test] for line, tests in data.contexts_by_lineno(file).items()}
            for file in data.measured_files()
        }
        return [end - start for start, end in itertools.pairwise(starts)], covering, failed

    def killers(self, mutant: Mutant, kills: Counter[int], each: int) -> list[int]:
        """The tests that cover the lines of a mutant, those first that have killed most, then the fastest.

        Of the cases of one test function that have killed nothing yet, so many are chosen at random.
        """
        lines = self.covering.get(str(mutant.path), {})
        numbers = {number for line in mutant.lines for number in lines.get(line, ()) if self.seconds[number] <= LONGEST}
        chosen = set(kills) & numbers
        cases = defaultdict(list)
        for number in sorted(numbers):
            cases[self.items[number].nodeid.partition("[")[0]].append(number)
        for same in cases.values():
            chosen.update(random.Random(mutant.key).sample(same, min(len(same), each)))  # noqa: S311 no secret
        return sorted(chosen, key=lambda number: (-kills[number], self.seconds[number], number))

    def fate(self, numbers: Sequence[int]) -> Failure | None:
        """The first test that fails, or None."""
        self.clear()

        def before(number: int) -> None:
            signal.setitimer(signal.ITIMER_PROF, 2 + 20 * self.seconds[number])

        return self.run(numbers, before=before)


class Died(Exception):
    """A child ended by a signal."""


def in_child(function: Callable[[], T]) -> T:
    """What a function gives in a child of this process; :class:`Died` if a signal ends it."""
    with tempfile.TemporaryFile() as answer:
        child = os.fork()
        if not child:
            try:
                pickle.dump(function(), answer)
                answer.flush()
            except BaseException:  # noqa: BLE001 the child must not go on with the work of its parent
                os._exit(1)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if os.WIFSIGNALED(status):
            raise Died(signal.Signals(os.WTERMSIG(status)).name)
        if status:
            raise Died("exit")
        answer.seek(0)
        given: T = pickle.load(answer)  # noqa: S301 our own child
        return given


class Campaign:
    """A plugin of pytest: in place of running the tests once, it tries mutants."""

    def __init__(self, modules: dict[Path, Module], chosen: Sequence[Mutant], earlier: list[Json], each: int) -> None:
        self.modules = modules
        self.chosen = chosen
        self.results = earlier
        self.each = each
        self.complete = False
        """Whether all were tried, and the tests still pass without a mutant."""

    def pytest_sessionstart(self) -> None:
        """Examples are the same each time, and may take theirs: measuring slows them down."""
        from hypothesis import settings  # pytest has to be the first to import it

        settings.register_profile("mutation", deadline=None, derandomize=True, database=None)
        settings.load_profile("mutation")

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Measure, then try each mutant."""
        if session.testsfailed:
            raise session.Interrupted("some tests can't be collected")
        suite = Suite(session.items, caches())
        with session.config.pluginmanager.getplugin("capturemanager").global_and_fixture_disabled():
            self._try_all(suite)
        return True

    def _try_all(self, suite: Suite) -> None:
        suite.measure()
        there = functions()
        before = {path: codes(module.tree.code, path) for path, module in self.modules.items()}
        kills: dict[tuple[Path, str], Counter[int]] = defaultdict(Counter)
        started = time.monotonic()
        for done, mutant in enumerate(self.chosen, 1):
            module = self.modules[mutant.path]
            place = mutant.owner, mutant.nth
            try:
                code = codes(module.mutated(mutant), mutant.path)[place]
            except SyntaxError:
                continue
            original = before[mutant.path][place]
            if code.co_freevars != original.co_freevars:
                continue
            targets = there[str(mutant.path), mutant.owner, original.co_firstlineno]
            numbers = suite.killers(mutant, kills[mutant.path, mutant.owner], self.each)
            start = time.monotonic()
            status, killer = self._fate(suite, targets, code, numbers)
            if killer is not None:
                kills[mutant.path, mutant.owner][killer] += 1
            result = {
                "mutant": mutant.key,
                "line": mutant.lines[0],
                "function": mutant.owner,
                "status": status,
                "tests": len(numbers),
                "seconds": round(time.monotonic() - start, 2),
                "killer": None if killer is None else suite.items[killer].nodeid,
                "change": module.difference(mutant),
            }
            self.results.append(result)
            if done % 25 == 0 or done == len(self.chosen):
                survivors = sum(map(survived, self.results))
                print(
                    f"{done} of {len(self.chosen)} in {time.monotonic() - started:.0f} s, {survivors} survive",
                    flush=True,
                )
        if failure := in_child(lambda: suite.run(range(len(suite.items)), before=lambda _: suite.clear())):
            # What failed may have killed mutants that are none the worse for it.
            pytest.exit(f"without a mutant {suite.items[failure.test].nodeid} fails now:\n{failure.why}", returncode=1)
        self.complete = True

    @staticmethod
    def _fate(
        suite: Suite, targets: Sequence[FunctionType], code: CodeType, numbers: Sequence[int]
    ) -> tuple[str, int | None]:
        if not numbers or not targets:
            return "uncovered", None

        def run() -> Failure | None:
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
            silence()
            for function in targets:
                function.__code__ = code
            return suite.fate(numbers)

        try:
            failure = in_child(run)
        except Died as died:
            return str(died), None
        return ("survived", None) if failure is None else ("killed", failure.test)


def silence() -> None:
    """Nothing of what a mutant prints is seen."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (1, 2):
        os.dup2(nowhere, descriptor)


def survived(result: Json) -> bool:
    """Whether no test has noticed a mutant."""
    return result["status"] in ("survived", "uncovered")


def save(results: list[Json]) -> None:
    """Write the results, one a line."""
    lines = (json.dumps(result, ensure_ascii=False) + "\n" for result in results)
    RESULTS.write_text("".join(lines), encoding="utf-8")


def load() -> list[Json]:
    """The results of the last run."""
    with RESULTS.open(encoding="utf-8") as lines:
        return list(map(json.loads, lines))


def interval(share: float, tried: int) -> tuple[float, float]:
    """The 95 % confidence interval of a share (Wilson)."""
    z = 1.96
    middle = share + z * z / (2 * tried)
    half = z * math.sqrt(share * (1 - share) / tried + z * z / (4 * tried * tried))
    scale = 1 + z * z / tried
    return (middle - half) / scale, (middle + half) / scale


def report(results: list[Json], modules: dict[Path, Module]) -> None:
    """Print the survivors and a table of packages."""
    for result in sorted(results, key=itemgetter("mutant")):
        if survived(result):
            file = package_file(result["mutant"])
            print(f"\n{file}:{result['line']} {result['function']} ({result['status']}, {result['tests']} tests)")
            print(result["change"])
    there: Counter[str] = Counter()
    for path, module in modules.items():
        there[package(path.relative_to(SOURCE).as_posix())] += len(module.mutants)
    tried = Counter(package(result["mutant"]) for result in results)
    killed = Counter(package(result["mutant"]) for result in results if not survived(result))
    print(f"\n{'':<10} {'mutants':>7} {'tried':>6} {'killed':>6}")
    for name in PACKAGES:
        if tried[name]:
            print(f"{name:<10} {there[name]:>7} {tried[name]:>6} {killed[name]:>6} {killed[name] / tried[name]:7.1%}")
    share = killed.total() / tried.total()
    low, high = interval(share, tried.total())
    print(
        f"{'all':<10} {there.total():>7} {tried.total():>6} {killed.total():>6} {share:7.1%} ({low:.1%} to {high:.1%})"
    )


def package(key: str) -> str:
    """The one of :data:`PACKAGES` that a mutant or a file is in."""
    return package_file(key).partition("/")[0]


def sample(modules: dict[Path, Module], number: int, seed: int) -> list[Mutant]:
    """The same share of the mutants of each module, in random order: the progress that is shown is that of a sample."""
    share = number / sum(len(module.mutants) for module in modules.values())
    chosen = random.Random(seed)  # noqa: S311 no secret
    mutants = [
        mutant
        for module in modules.values()
        for mutant in chosen.sample(module.mutants, min(len(module.mutants), round(share * len(module.mutants))))
    ]
    chosen.shuffle(mutants)
    return mutants


def again(modules: dict[Path, Module], earlier: list[Json]) -> tuple[list[Mutant], list[Json]]:
    """The survivors of earlier results, and the results of all others; what is not in the code any more is lost."""
    waiting = Counter(
        (package_file(result["mutant"]), result["function"], lines_of(result["change"]))
        for result in earlier
        if survived(result)
    )
    places = {place[:2] for place in waiting}
    chosen = []
    for module in modules.values():
        for mutant in module.mutants:
            place = package_file(mutant.key), mutant.owner
            if place in places and waiting[same := (*place, lines_of(module.difference(mutant)))]:
                waiting[same] -= 1
                chosen.append(mutant)
    return chosen, [result for result in earlier if not survived(result)]


def package_file(key: str) -> str:
    """The file that a mutant is in."""
    return key.partition(":")[0]


def lines_of(change: str) -> str:
    """A change without the numbers of its lines."""
    return change.partition("\n")[2]


def main() -> None:
    """Try a sample, or the survivors of the last run, and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sample", type=int, default=1_000, help="how many mutants to try (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=0, help="of the sample (default: %(default)s)")
    parser.add_argument("--again", action="store_true", help="try the survivors of the last run")
    parser.add_argument(
        "--each", type=int, default=40, help="cases of a test function to try, at most (default: %(default)s)"
    )
    options = parser.parse_args()

    files = [
        path
        for name in PACKAGES
        for path in ([SOURCE / name] if name.endswith(".py") else sorted((SOURCE / name).glob("*.py")))
    ]
    modules = {path: Module(path) for path in files}
    chosen, earlier = again(modules, load()) if options.again else (sample(modules, options.sample, options.seed), [])

    os.chdir(ROOT)
    campaign = Campaign(modules, chosen, earlier, options.each)
    left_out = [f"--deselect=tests/{name}" for name in LEFT_OUT]
    with tempfile.TemporaryDirectory() as folder:  # other runs of pytest tidy up the usual one
        arguments = f"-q -p no:randomly -p no:cacheprovider -o tmp_path_retention_policy=none --basetemp={folder}/pytest".split()
        pytest.main([*arguments, *left_out], plugins=[campaign])
    if not campaign.complete:
        sys.exit(1)
    save(campaign.results)
    report(campaign.results, modules)


if __name__ == "__main__":
    main()
