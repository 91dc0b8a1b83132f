"""How long a complete inspection takes, as a ratio to the floor.

The floor of one export is ``lxml.html.fromstring`` of its body plus ``frontmatter.loads`` of the file: what any parser has
to do. As in a run over a folder, the files take turns; floor and inspection of a file are measured right after each
other, since machines are noisy, and the median of all rounds counts.

usage: python benchmarks/floor.py [FOLDER]      default: the folder in SINAPARSE_CORPUS, else examples/exports
"""

from __future__ import annotations

import os
import re
import statistics
import sys
import time
from pathlib import Path

import frontmatter
import lxml.html
import yaml

import sinaparse

ROUNDS = 40
EXAMPLES = Path(__file__).parent.parent / "examples" / "exports"


def chosen_folder() -> Path:
    """The folder that the command line names, else that of the real files, else that of the examples."""
    return Path(sys.argv[1]) if len(sys.argv) > 1 else Path(os.environ.get("SINAPARSE_CORPUS", EXAMPLES))


def floor(text: str) -> float | None:
    """The seconds of the floor; None for broken front matter, which has none."""
    body = re.split(r"(?m)^---[ \t]*$", text, maxsplit=2)[2]
    start = time.perf_counter()
    try:
        lxml.html.fromstring(body)
        frontmatter.loads(text)
    except yaml.YAMLError:
        return None
    return time.perf_counter() - start


def main() -> None:
    """Print a line a file and the median ratio."""
    folder = chosen_folder()
    parser = sinaparse.Parser(strict=False)
    files = {path: path.read_bytes() for path in sorted(folder.rglob("*.md"))}
    floors: dict[Path, list[float]] = {}
    inspections: dict[Path, list[float]] = {}
    for _ in range(ROUNDS):
        for path, source in files.items():
            base = floor(source.decode())
            if base is None:
                continue
            start = time.perf_counter()
            parser.inspect(source)
            inspections.setdefault(path, []).append(time.perf_counter() - start)
            floors.setdefault(path, []).append(base)
    print(f"{'floor us':>9} {'inspect us':>11} {'ratio':>6}  file")
    ratios = []
    for path, times in floors.items():
        base, mine = statistics.median(times), statistics.median(inspections[path])
        ratios.append(mine / base)
        print(f"{base * 1e6:9.0f} {mine * 1e6:11.0f} {mine / base:6.2f}  {path.name}")
    print(f"median ratio {statistics.median(ratios):.2f} over {len(ratios)} files")


if __name__ == "__main__":
    main()
