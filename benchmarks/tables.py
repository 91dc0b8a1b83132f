"""What tables cost: CPU time beside parsing, and bytes on disk. `docs/scale.md` is worked out from this.

The files are parsed once for the sizes. Then each way to write them gets the outcomes of all files, over and over, each
time under new digests, and the median of all rounds counts, as does that of parsing in the same rounds.

usage: python benchmarks/tables.py [FOLDER]      default: the folder in SINAPARSE_CORPUS, else examples/exports
"""

from __future__ import annotations

import dataclasses
import hashlib
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow as pa
from floor import chosen_folder

import sinaparse
from sinaparse import Outcome
from sinaparse.arrow import SCHEMAS, parse_batches, to_arrow
from sinaparse.sinks import sink_for

ROUNDS = 9
FILES = 512
"""Files of one round."""


def cpu(work: Callable[[], object]) -> float:
    """Seconds of CPU time."""
    start = time.process_time()
    work()
    return time.process_time() - start


def fresh(outcomes: list[Outcome], turn: int) -> list[Outcome]:
    """As many outcomes as a round has, none of which was there before."""
    return [
        dataclasses.replace(outcomes[n % len(outcomes)], digest=hashlib.sha256(f"{turn}/{n}".encode()).hexdigest())
        for n in range(FILES)
    ]


def ways(
    files: list[tuple[str, bytes]], outcomes: list[Outcome], folder: str
) -> Iterator[tuple[str, Callable[[int], float]]]:
    """What is measured: a name, and what gives the seconds of a round."""
    parser = sinaparse.Parser(strict=False)
    chosen = [files[n % len(files)] for n in range(FILES)]
    batch = pa.RecordBatch.from_pydict({"path": [name for name, _ in chosen], "content": [data for _, data in chosen]})
    yield "Parser.inspect", lambda _: cpu(lambda: [parser.inspect(data, name) for name, data in chosen])
    yield "parse_batches", lambda _: cpu(lambda: list(parse_batches([batch], parser=parser)))
    for table in SCHEMAS:
        yield f"to_arrow {table}", lambda turn, table=table: cpu(lambda: to_arrow(fresh(outcomes, turn), table))  # type: ignore[misc]
    for kind in ("jsonl", "jsonl.gz", "parquet", "duckdb", "sqlite"):
        sink = sink_for("", kind)(f"{folder}/x.{kind}", None)

        def write(turn: int, sink: sinaparse.sinks.Sink = sink) -> float:
            made = fresh(outcomes, turn)
            return cpu(
                lambda: (sink.write(made[: FILES // 2]), sink.commit(), sink.write(made[FILES // 2 :]), sink.commit())
            )

        yield f"write {kind}", write


def main() -> None:
    """Print the cost of each way, and the size of each kind of file."""
    chosen = chosen_folder()
    files = [(path.as_posix(), path.read_bytes()) for path in sorted(chosen.rglob("*.md"))]
    outcomes = [item for item in sinaparse.read_corpus(chosen, sinaparse.Parser(strict=False)) if item.json]
    with tempfile.TemporaryDirectory() as folder:
        measured = list(ways(files, outcomes, folder))
        rounds = {name: [] for name, _ in measured}
        for turn in range(ROUNDS):
            for name, way in measured:
                rounds[name].append(way(turn) / FILES * 1e6)
        base = statistics.median(rounds["Parser.inspect"])
        print(f"{len(files)} files, each read often; CPU time a file, median of {ROUNDS} rounds")
        for name, times in rounds.items():
            print(f"{name:22} {statistics.median(times):7.0f} µs {statistics.median(times) / base:6.2f} × inspect")
        print(f"\nbytes a file, {len(files)} files, each once")
        print(f"{'exports':22} {sum(len(data) for _, data in files) / len(files):7.0f}")
        for kind in ("jsonl", "jsonl.gz", "parquet", "duckdb", "sqlite"):
            place = Path(folder) / f"once.{kind}"
            sinaparse.write_corpus(outcomes, place)
            print(f"{kind:22} {place.stat().st_size / len(files):7.0f}")


if __name__ == "__main__":
    main()
