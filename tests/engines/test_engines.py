"""The examples for Spark and Ray, each on a local cluster: the same rows as one process gives.

Needs pyspark with Java, and Ray; skipped where one is missing. ``.ci/heavy`` installs both.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pa: Any = pytest.importorskip("pyarrow")
dataset: Any = pytest.importorskip("pyarrow.dataset")
arrow: Any = pytest.importorskip("sinaparse.arrow")

pytestmark = [pytest.mark.engines, pytest.mark.timeout(600)]  # a cluster takes its time to start

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples" / "scale"
FOLDERS = [ROOT / "examples" / "exports", *(ROOT / "tests" / "fixtures" / name for name in ("exports", "invalid"))]

Row = dict[str, Any]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """All fixtures, those that are refused among them, in folders below one another."""
    for source in FOLDERS:
        shutil.copytree(
            source, tmp_path / "exports" / source.parent.name / source.name, ignore=shutil.ignore_patterns("*.json")
        )
    (tmp_path / "exports" / "notes.txt").write_text("no export", encoding="utf-8")
    return tmp_path / "exports"


def expected(folder: Path) -> list[Row]:
    files = sorted(folder.rglob("*.md"))
    batch = pa.RecordBatch.from_pydict(
        {"path": [str(path) for path in files], "content": [path.read_bytes() for path in files]}
    )
    return rows(pa.Table.from_batches(arrow.parse_batches([batch])))


def rows(table: Any) -> list[Row]:
    """Rows by path; an engine may write a file as an address."""
    table = table.cast(pa.schema([field.with_nullable(nullable=True) for field in arrow.PARSED_SCHEMA]))
    found: list[Row] = table.to_pylist()
    for row in found:
        row["path"] = row["path"].removeprefix("file:")
    return sorted(found, key=lambda row: row["path"])


def run(script: str, folder: Path, output: Path, **environment: str) -> list[Row]:
    """Run an example as its first lines say, and read what it wrote."""
    result = subprocess.run(
        [sys.executable, EXAMPLES / script, folder, output],
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stdout
    return rows(dataset.dataset(output, format="parquet").to_table())


def check(found: list[Row], wanted: list[Row]) -> None:
    assert [row["path"] for row in found] == [row["path"] for row in wanted]
    assert found == wanted
    assert {row["title"] is None for row in found} == {True, False}, "both articles and refused files"


def test_spark_gives_the_rows_of_one_process(folder: Path, tmp_path: Path) -> None:
    pytest.importorskip("pyspark")
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        pytest.skip("there is no Java")
    found = run("spark_job.py", folder, tmp_path / "spark", SPARK_LOCAL_IP="127.0.0.1")
    # Spark's sources of files have no row for a file without bytes.
    check(found, [row for row in expected(folder) if not row["path"].endswith("/empty-source.md")])


def test_ray_gives_the_rows_of_one_process(folder: Path, tmp_path: Path) -> None:
    pytest.importorskip("ray")
    quiet = {"RAY_AUTH_MODE": "disabled", "RAY_USAGE_STATS_ENABLED": "0"}
    check(run("ray_job.py", folder, tmp_path / "ray", **quiet), expected(folder))
