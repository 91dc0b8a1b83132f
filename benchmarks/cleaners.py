"""What one more cleaner adds to a complete inspection, as a ratio to the floor.

The floor is that of ``floor.py``. The pipelines take turns on each file, in every round in another order, since machines
are noisy; what a cleaner adds is the median time of its inspections less that of those with the default cleaners alone.

usage: python benchmarks/cleaners.py [FOLDER]      default: the folder in SINAPARSE_CORPUS, else examples/exports
"""

from __future__ import annotations

import gc
import random
import statistics
import time
from collections import defaultdict

import bs4
from floor import ROUNDS, chosen_folder, floor

import sinaparse
from sinaparse import Body, Node, Parser, default_cleaners


@sinaparse.cleaner("nothing")
def nothing(body: Body) -> None:
    """Does nothing."""


@sinaparse.node_cleaner("no-node", "div", classes={"nobody-has-this-class"})
def no_node(body: Body, node: Node) -> str | None:
    """Is never asked."""


@sinaparse.node_cleaner("each-paragraph", "p")
def each_paragraph(body: Body, node: Node) -> str | None:
    """Is asked about every paragraph, and leaves it."""


@sinaparse.soup_cleaner("no-soup")
def no_soup(soup: bs4.BeautifulSoup) -> None:
    """Does nothing."""


@sinaparse.soup_cleaner("first-paragraph")
def first_paragraph(soup: bs4.BeautifulSoup) -> None:
    """Takes one paragraph out, so that the tree is filled anew."""
    for tag in soup("p", limit=1):
        tag.decompose()


PLAIN = "the default cleaners"
MINE: dict[str, sinaparse.Cleaner] = {
    "@cleaner that does nothing": nothing,
    "@node_cleaner that matches nothing": no_node,
    "@node_cleaner that is asked about every <p>": each_paragraph,
    "@soup_cleaner that does nothing": no_soup,
    "@soup_cleaner that takes one <p>": first_paragraph,
}


def seconds(parser: Parser, source: bytes) -> float:
    """The time of one inspection."""
    gc.collect()  # a soup is full of cycles: let nobody pay for another's
    start = time.perf_counter()
    parser.inspect(source)
    return time.perf_counter() - start


def main() -> None:
    """Print what each kind of cleaner adds, the median over the files."""
    parsers = {PLAIN: Parser(strict=False)}
    parsers |= {name: Parser(strict=False, cleaners=default_cleaners().then(item)) for name, item in MINE.items()}
    ratios: defaultdict[str, list[float]] = defaultdict(list)
    gc.freeze()
    for source in [path.read_bytes() for path in sorted(chosen_folder().rglob("*.md"))]:
        times: defaultdict[str, list[float]] = defaultdict(list)
        floors: list[float] = []
        for _ in range(ROUNDS):
            base = floor(source.decode())
            if base is None:
                break
            floors.append(base)
            for name, parser in random.sample([*parsers.items()], len(parsers)):
                times[name].append(seconds(parser, source))
        for name, found in times.items():
            plain = 0 if name == PLAIN else statistics.median(times[PLAIN])
            ratios[name].append((statistics.median(found) - plain) / statistics.median(floors))
    print(f"{statistics.median(ratios[PLAIN]):6.2f}  {PLAIN}, over {len(ratios[PLAIN])} files")
    for name in MINE:
        print(f"{statistics.median(ratios[name]):+6.2f}  {name}")


if __name__ == "__main__":
    main()
