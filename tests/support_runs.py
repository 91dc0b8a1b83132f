"""Runs of the command in processes of their own, to be stopped in all possible ways."""

from __future__ import annotations

import gzip
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from sinaparse.sinks import SINKS
from support import front_matter

Process = subprocess.Popen[bytes]
SUFFIXES = [suffix for suffix, kind in SINKS.items() if kind.table in (None, "articles")]
"""One for each way to write; the other tables in Parquet are written as the articles are."""


def need(suffix: str) -> None:
    """Skip the test where the packages for a kind of file are not installed."""
    if (extra := SINKS[suffix].extra) is not None:
        pytest.importorskip({"arrow": "pyarrow"}.get(extra, extra))


def start(*arguments: str | Path, **options: object) -> Process:
    """Start the command in a process group of its own."""
    command = [sys.executable, "-m", "sinaparse", *map(str, arguments)]
    pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen(command, start_new_session=True, **(pipes | options))  # type: ignore[call-overload,no-any-return]


def make_exports(folder: Path, count: int) -> Path:
    """A folder of exports, all different; one in ten is refused."""
    folder.mkdir(exist_ok=True)
    head = front_matter("春茶开采")
    for number in range(count):
        body = "\n" if number % 10 == 7 else f'\n<p cms-style="font-L">　　第{number}家茶厂开工。</p>\n' * 20
        (folder / f"{number:06}.md").write_text(head + body, encoding="utf-8")
    return folder


def kill_at(process: Process, moment: float) -> None:
    """Kill the parent alone after so many seconds, as the system does when memory runs out."""
    time.sleep(moment)
    process.send_signal(signal.SIGKILL)
    process.communicate()


def group_is_gone(process: Process, seconds: float = 10) -> bool:
    """Whether nothing is left of a process and those that it started."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            os.killpg(process.pid, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False


def rows_in(output: Path) -> Counter[str]:
    """What an output holds, row by row with the name of its table, and how often."""
    name = output.name
    if name.endswith((".jsonl", ".jsonl.gz")):
        source = output.read_bytes()
        return Counter(
            json.loads(line)["path"]
            for line in (gzip.decompress(source) if name.endswith(".gz") else source).splitlines()
        )
    rows: Counter[str] = Counter()
    if name.endswith(".sqlite"):
        with closing(sqlite3.connect(output)) as connection:
            for (table,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall():
                rows.update(f"{table}: {row}" for row in connection.execute(f'SELECT * FROM "{table}"'))
    elif name.endswith(".duckdb"):
        import duckdb

        with duckdb.connect(str(output), read_only=True) as connection:
            for (table,) in connection.execute("SHOW TABLES").fetchall():
                rows.update(f"{table}: {row}" for row in connection.execute(f'SELECT * FROM "{table}"').fetchall())
    else:
        from pyarrow import parquet

        rows.update(map(str, parquet.read_table(output).to_pylist()))
    return rows
