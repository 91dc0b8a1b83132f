"""Fuzz all targets: ``python fuzz/campaign.py MINUTES [TARGET...]``, MINUTES for all of them together.

Seeds are the exports of the fixtures, cut to what each target takes; what libFuzzer learns stays in ``fuzz/corpus/``, so the
next run goes on where this one ends. A file that breaks a promise, takes more than 10 s or 1 GB is kept as
``tests/fixtures/regressions/TARGET-….bin``, where the tests find it. Exits with 1 if there is one.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from articles import seed_of

HERE = Path(__file__).parent
ROOT = HERE.parent
CORPUS = HERE / "corpus"
DICTIONARY = HERE / "tokens.dict"
REGRESSIONS = ROOT / "tests" / "fixtures" / "regressions"
TARGETS = ("whole", "front", "body", "video", "keywords", "render")
LONGEST = 8 * 1024
"""Bytes of one input: long enough for any real structure, short enough for speed."""

_FENCES = re.compile(rb"\A\s*---[ \t]*\r?\n(.*?)\n---[ \t]*\r?\n(.*)", re.DOTALL)
_VIDEO = re.compile(rb"<!--mce-plugin-videoList2?\[(.*?)\]mce-plugin-videoList2?-->", re.DOTALL)
_KEYWORDS = re.compile(rb"<!-- news_keyword_pub,(.*?) ?-->", re.DOTALL)
_PROGRESS = re.compile(r"^#\d+\s+\w+\s+cov: (\d+) ft: (\d+)", re.MULTILINE)
_EXECUTIONS = re.compile(r"^stat::number_of_executed_units:\s*(\d+)", re.MULTILINE)


def parts(target: str, source: bytes) -> Iterator[bytes]:
    """What of an export a target takes."""
    fences = _FENCES.match(source)
    cuts: dict[str, Callable[[], list[bytes]]] = {
        "whole": lambda: [source],
        "front": lambda: [fences[1]] if fences else [],
        "body": lambda: [fences[2]] if fences else [],
        "video": lambda: _VIDEO.findall(source.replace(b"&#123;", b"{").replace(b"&#125;", b"}")),
        "keywords": lambda: [b"sh600519|" + found for found in _KEYWORDS.findall(source)],
        "render": lambda: [seed_of(fences[2])] if fences else [],
    }
    yield from cuts[target]()


def write_seeds(target: str) -> Path:
    """The folder of a target's corpus, with the seeds in it."""
    folder = CORPUS / target
    folder.mkdir(parents=True, exist_ok=True)
    exports = [*(ROOT / "tests" / "fixtures").glob("[ei]*/*.md"), *(ROOT / "examples" / "exports").rglob("*.md")]
    seeds = {part for path in sorted(exports) for part in parts(target, path.read_bytes()) if len(part) <= LONGEST}
    for number, seed in enumerate(sorted(seeds)):
        (folder / f"seed-{number:03}").write_bytes(seed)
    return folder


class Result(NamedTuple):
    """What a run of one target came to."""

    target: str
    executions: int
    edges: int
    features: int
    found: list[Path]


def run(target: str, seconds: int) -> Result:
    """Fuzz one target for so long, and go on after a find."""
    folder = write_seeds(target)
    REGRESSIONS.mkdir(exist_ok=True)
    before = set(REGRESSIONS.glob(f"{target}-*"))
    end = time.monotonic() + seconds
    log = ""
    while (left := int(end - time.monotonic())) > 0:
        output = _fuzz(target, folder, left)
        log += output
        if "SUMMARY: libFuzzer" not in output:
            break
    (CORPUS / f"{target}.log").write_text(log, encoding="utf-8")
    for path in sorted(set(REGRESSIONS.glob(f"{target}-*")) - before):
        path.rename(path.with_suffix(".bin"))
    found = sorted(set(REGRESSIONS.glob(f"{target}-*")) - before)
    edges, features = max((tuple(map(int, match)) for match in _PROGRESS.findall(log)), default=(0, 0))
    return Result(target, sum(map(int, _EXECUTIONS.findall(log))), edges, features, found)


def _fuzz(target: str, folder: Path, seconds: int) -> str:
    """What libFuzzer says while it fuzzes a target, for so long or up to a find."""
    command: list[str | Path] = [
        sys.executable, HERE / "fuzz.py", target, f"-max_total_time={seconds}", f"-max_len={LONGEST}", "-timeout=10",
        "-rss_limit_mb=1024", f"-dict={DICTIONARY}", f"-artifact_prefix={REGRESSIONS}/{target}-", "-print_final_stats=1", folder,
    ]  # fmt: skip
    environment = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT / 'tests'}:{HERE}"}
    done = subprocess.run(  # noqa: S603 our own script
        command, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment
    )
    return done.stdout.decode(errors="replace")


def main() -> None:
    """Run the targets one after the other and print what came of each."""
    minutes, *names = sys.argv[1:]
    chosen = names or TARGETS
    seconds = max(int(float(minutes) * 60 / len(chosen)), 1)
    print(f"{'target':<10} {'executions':>10} {'edges':>6} {'features':>8}  found", flush=True)
    finds = 0
    for target in chosen:
        result = run(target, seconds)
        finds += len(result.found)
        names = [path.name for path in result.found]
        print(
            f"{target:<10} {result.executions:>10,} {result.edges:>6,} {result.features:>8,}  {', '.join(names) or 'nothing'}",
            flush=True,
        )
    sys.exit(bool(finds))


if __name__ == "__main__":
    main()
