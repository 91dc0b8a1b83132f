"""Files a second of ``sinaparse parse`` with one and with two workers, start-up taken out, and the memory of a worker.

    python benchmarks/corpus.py [FOLDER] [--files 20000] [--rounds 3]

Makes FILES different files out of the exports in FOLDER (examples/exports unless given) in a temporary folder and parses
them with one and two workers in turn. The time for 64 files is taken off: it is that of starting processes. The best of
several rounds counts, since other programs on the machine only ever make it slower. Where they never leave two processors
alone, the processor time says more: it is shown per file, with the ratio that two processors of its own would give. Memory is the resident size of the
largest worker, early in a run and late in it.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

EXAMPLES = Path(__file__).parents[1] / "examples" / "exports"
FEW = 64
WORKERS = (1, 2)


def make(folder: Path, sources: list[bytes], count: int) -> Path:
    """A folder of so many files, each with a digest of its own."""
    for number in range(count):
        inner = folder / f"{number // 1000:03}"
        inner.mkdir(parents=True, exist_ok=True)
        comment = b"\n<!-- %d -->\n" % number
        (inner / f"{number:06}.md").write_bytes(sources[number % len(sources)] + comment)
    return folder


def children(process: int) -> list[int]:
    """The processes that a process has started."""
    return [int(word) for word in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def memory(process: int) -> float:
    """Resident size of a process in MB."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))


def run(folder: Path, workers: int, output: Path, sizes: list[float] | None = None) -> tuple[float, float]:
    """Seconds of one run, on the clock and of processors; with ``sizes``, the largest resident size of its workers every half second goes there."""
    command = [sys.executable, "-m", "sinaparse", "parse", str(folder), "-o", str(output), "--workers", str(workers)]
    started = time.perf_counter()
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)  # noqa: S603 ours
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    while sizes is not None and process.poll() is None:
        with suppress(OSError, StopIteration, ValueError):  # before the first worker, after the last
            sizes.append(max(memory(child) for child in children(process.pid)))
        time.sleep(0.5)
    process.wait()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    busy = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return time.perf_counter() - started, busy


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=EXAMPLES)
    parser.add_argument("--files", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    sources = [path.read_bytes() for path in sorted(options.folder.rglob("*.md"))]
    with tempfile.TemporaryDirectory() as temporary:
        place = Path(temporary)
        few = make(place / "few", sources, FEW)
        many = make(place / "many", sources, options.files)
        size = sum(path.stat().st_size for path in many.rglob("*.md"))
        print(f"{options.files} files of {size / options.files / 1024:.1f} KB, made of {len(sources)}")
        times: dict[tuple[Path, int], list[tuple[float, float]]] = {
            (folder, workers): [] for folder in (few, many) for workers in WORKERS
        }
        for _ in range(options.rounds):
            for (folder, workers), found in times.items():
                found.append(run(folder, workers, place / "x.jsonl"))
        clock, busy = (
            {
                workers: min(time[which] for time in times[many, workers])
                - min(time[which] for time in times[few, workers])
                for workers in WORKERS
            }
            for which in (0, 1)
        )
        files = options.files - FEW
        for workers in WORKERS:
            name = f"{workers} worker{'s' * (workers > 1)}"
            each = busy[workers] / files * 1e6
            print(
                f"{name}: {clock[workers]:.2f} s, {files / clock[workers]:.0f} files/s, {each:.0f} µs of processors a file"
            )
        print(f"ratio: {clock[1] / clock[2]:.2f}; by processor time: {2 * busy[1] / busy[2]:.2f}")
        if Path("/proc/self/task").exists():
            sizes: list[float] = []
            run(many, 2, place / "x.jsonl", sizes)
            fifth = max(1, len(sizes) // 5)
            print(f"largest worker: {max(sizes[:fifth]):.0f} MB early, {max(sizes[-fifth:]):.0f} MB late")


if __name__ == "__main__":
    main()
