"""What an engine adds: files a second of the examples for Spark and Ray on this machine, and of `write_corpus` without one.

Copies of the files, each with a line of front matter of its own, are parsed by each in turn: first a tenth of them, then
all. The difference of the two counts, so that no start-up is in it. Each uses all processors and writes Parquet.

usage: python benchmarks/engines.py [FOLDER]      default: the folder in SINAPARSE_CORPUS, else examples/exports
Needs the dependency group `engines` and Java.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from floor import chosen_folder

FILES = 20_000
EXAMPLES = Path(__file__).parent.parent / "examples" / "scale"
ALONE = """
import os, sys, sinaparse
if __name__ == "__main__":
    sinaparse.write_corpus(sinaparse.read_corpus(sys.argv[1], workers=os.cpu_count()), sys.argv[2] + ".parquet")
"""


def copies(sources: list[bytes], folder: Path, number: int) -> Path:
    """A folder of so many files, no two of which are the same."""
    for n in range(number):
        place = folder / f"{n // 1000:03}" / f"{n}.md"
        place.parent.mkdir(parents=True, exist_ok=True)
        source = sources[n % len(sources)]
        place.write_bytes(source.replace(b"\ncomments:", b"\nserial: %d\ncomments:" % n, 1))
    return folder


def seconds(*command: str | Path) -> float:
    """How long a command takes."""
    quiet = {"RAY_AUTH_MODE": "disabled", "RAY_USAGE_STATS_ENABLED": "0", "SPARK_LOCAL_IP": "127.0.0.1"}
    start = time.perf_counter()
    subprocess.run([sys.executable, *command], env={**os.environ, **quiet}, capture_output=True, check=True)  # noqa: S603 our own scripts
    return time.perf_counter() - start


def main() -> None:
    """Print a line for each."""
    sources = [path.read_bytes() for path in sorted(chosen_folder().rglob("*.md"))]
    with tempfile.TemporaryDirectory() as work:
        few = copies(sources, Path(work) / "few", FILES // 10)
        all_of_them = copies(sources, Path(work) / "all", FILES)
        alone = Path(work) / "alone.py"
        alone.write_text(ALONE, encoding="utf-8")
        print(f"{FILES} files, {os.cpu_count()} processors")
        for name, script in (
            ("write_corpus", alone),
            ("Spark", EXAMPLES / "spark_job.py"),
            ("Ray", EXAMPLES / "ray_job.py"),
        ):
            start = seconds(script, few, Path(work) / f"{name}-few")
            took = seconds(script, all_of_them, Path(work) / f"{name}-all") - start
            print(f"{name:14} {0.9 * FILES / took:6.0f} files/s, start-up {start - took / 9:4.1f} s")


if __name__ == "__main__":
    main()
