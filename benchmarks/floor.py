"""How long a complete inspection takes, as a ratio to the floor.

The floor of one export is ``lxml.html.fromstring`` of its body plus ``frontmatter.loads`` of the file: what any parser has
to do. Both are measured in the same run, for machines are noisy.

usage: python benchmarks/floor.py [FOLDER]      default: the folder in SINAPARSE_CORPUS, else examples/exports
"""

from __future__ import annotations

import os
import re
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import frontmatter
import lxml.html

import sinaparse

ROUNDS = 30
EXAMPLES = Path(__file__).parent.parent / "examples" / "exports"


def best(work: Callable[[], object]) -> float:
    """The shortest of some runs, in microseconds."""
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times) * 1e6


def main() -> None:
    """Print a line a file and the median ratio."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(os.environ.get("SINAPARSE_CORPUS", EXAMPLES))
    parser = sinaparse.Parser(strict=False)
    ratios = []
    print(f"{'floor us':>9} {'inspect us':>11} {'ratio':>6}  file")
    for path in sorted(folder.glob("*.md")):
        source = path.read_bytes()
        text = source.decode()
        body = re.split(r"(?m)^---[ \t]*$", text, maxsplit=2)[2]
        tree = best(lambda body=body: lxml.html.fromstring(body))
        try:
            floor = tree + best(lambda text=text: frontmatter.loads(text))
        except Exception:  # broken front matter has no floor
            continue
        mine = best(lambda source=source: parser.inspect(source))
        ratios.append(mine / floor)
        print(f"{floor:9.0f} {mine:11.0f} {mine / floor:6.2f}  {path.name}")
    print(f"median ratio {statistics.median(ratios):.2f} over {len(ratios)} files")


if __name__ == "__main__":
    main()
