"""How long a complete inspection takes, as a ratio to the floor, and where the time goes.

The floor of one export is ``lxml.html.fromstring`` of its body plus ``frontmatter.loads`` of the file: what any parser has
to do. As in a run over a folder, the files take turns; floor and inspection of a file are measured right after each
other, in processor time, since machines are noisy, and the median of all rounds counts.

The stations of the road are measured in rounds of their own, each without what it calls of the others. What is between
them is the last line, so that the shares are all of it; how much the clocks themselves cost is told, too.

usage: python benchmarks/floor.py [FOLDER]      default: the folder in SINAPARSE_CORPUS, else examples/exports
"""

from __future__ import annotations

import os
import re
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import frontmatter
import lxml.html
import yaml

import sinaparse
from sinaparse import body, road
from sinaparse.models import Article
from sinaparse.structure.reader import Reader

ROUNDS = 40
EXAMPLES = Path(__file__).parent.parent / "examples" / "exports"

STATIONS: tuple[tuple[str, object, str], ...] = (
    ("bytes to text", road, "decode"),
    ("envelope: front matter and body", road, "read_export"),
    ("body: limits", body, "_within_limits"),
    ("body: tree (lxml)", body, "_tree"),
    ("body: visible text and media", body, "Body"),
    ("body: stray and open mark-up", road, "read_body"),
    ("cleaners, and reading the tree", Reader, "read"),
    ("titles of tables", road, "find_table_titles"),
    ("credits", road, "find_credits"),
    ("captions", road, "find_captions"),
    ("headings", road, "find_headings"),
    ("checks of tables", road, "check_table"),
    ("outline", road, "build_outline"),
    ("fields", road, "_fields"),
    ("validation (pydantic)", Article, "model_validate"),
    ("proof", road, "prove"),
)
"""What each station is called, and the function that it is, by its owner and its name there."""
REST = "between them"
WHOLE = "all of it"


def chosen_folder() -> Path:
    """The folder that the command line names, else that of the real files, else that of the examples."""
    return Path(sys.argv[1]) if len(sys.argv) > 1 else Path(os.environ.get("SINAPARSE_CORPUS", EXAMPLES))


def floor(text: str) -> float | None:
    """The seconds of the floor; None for broken front matter, which has none."""
    body = re.split(r"(?m)^---[ \t]*$", text, maxsplit=2)[2]
    start = time.process_time()
    try:
        lxml.html.fromstring(body)
        frontmatter.loads(text)
    except yaml.YAMLError:
        return None
    return time.process_time() - start


class Clocks:
    """Measures what each of some functions takes without what it calls of the others."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self._inner: list[float] = []
        """What the open measurements have to leave out."""

    def measure(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The same function, measured."""

        def measured(*args: Any, **options: Any) -> Any:
            self._inner.append(0.0)
            start = time.process_time()
            try:
                return function(*args, **options)
            finally:
                taken = time.process_time() - start
                self.seconds[name] += taken - self._inner.pop()
                if self._inner:
                    self._inner[-1] += taken

        return measured

    def put_up(self) -> None:
        """Measure all stations from here on."""
        for name, owner, attribute in STATIONS:
            setattr(owner, attribute, self.measure(name, getattr(owner, attribute)))


Times = dict[Path, list[tuple[float, dict[str, float]]]]
"""For each file and round the floor, and the time of each part of the inspection."""


def measure_rounds(files: dict[Path, bytes], inspect: Callable[[bytes], dict[str, float]]) -> Times:
    """Let the files take turns; those without a floor are left out."""
    times: Times = {}
    for _ in range(ROUNDS):
        for path, source in files.items():
            base = floor(source.decode())
            if base is not None:
                times.setdefault(path, []).append((base, inspect(source)))
    return times


def ratios(times: Times, name: str) -> Iterable[tuple[Path, float, float]]:
    """For each file the median floor and the median time of a part, in seconds."""
    for path, rounds in times.items():
        yield path, statistics.median(base for base, _ in rounds), statistics.median(part[name] for _, part in rounds)


def main() -> None:
    """Print a line a file, the median ratio, and a line a station."""
    lenient = sinaparse.Parser(strict=False)
    files = {path: path.read_bytes() for path in sorted(chosen_folder().rglob("*.md"))}

    def whole(source: bytes) -> dict[str, float]:
        start = time.process_time()
        lenient.inspect(source)
        return {WHOLE: time.process_time() - start}

    print(f"{'floor us':>9} {'inspect us':>11} {'ratio':>6}  file")
    plain = []
    for path, base, mine in ratios(measure_rounds(files, whole), WHOLE):
        plain.append(mine / base)
        print(f"{base * 1e6:9.0f} {mine * 1e6:11.0f} {mine / base:6.2f}  {path.name}")
    print(f"median ratio {statistics.median(plain):.2f} over {len(plain)} files")

    clocks = Clocks()
    clocks.put_up()
    inspect = clocks.measure(REST, lenient.inspect)

    def parts(source: bytes) -> dict[str, float]:
        clocks.seconds.clear()
        inspect(source)
        found = {name: clocks.seconds[name] for name in (*(name for name, _, _ in STATIONS), REST)}
        return found | {WHOLE: sum(found.values())}

    times = measure_rounds(files, parts)
    medians = {
        name: statistics.mean(mine / base for _, base, mine in ratios(times, name))
        for name in (*(name for name, _, _ in STATIONS), REST, WHOLE)
    }
    print(f"\n{'ratio':>6} {'share':>6}  station (mean over the files)")
    for name, ratio in medians.items():
        print(f"{ratio:6.2f} {ratio / medians[WHOLE]:6.1%}  {name}")
    print(f"{statistics.mean(plain):6.2f}         {WHOLE}, without the clocks")


if __name__ == "__main__":
    main()
