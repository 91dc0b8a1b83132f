"""Parse a folder of exports with Ray and write a row a file as Parquet.

usage: python examples/scale/ray_job.py FOLDER OUTPUT      both may be any address Ray knows
"""

import sys

import pyarrow as pa
import ray

from sinaparse.arrow import PARSED_SCHEMA, parse_batches


def parse(table: pa.Table) -> pa.Table:
    """One block of files."""
    return pa.Table.from_batches(parse_batches(table.to_batches()), schema=PARSED_SCHEMA)


def main(folder: str, output: str) -> None:
    files = ray.data.read_binary_files(folder, include_paths=True, file_extensions=["md", "markdown"])
    files = files.rename_columns({"bytes": "content"})
    files.map_batches(parse, batch_format="pyarrow", batch_size=500).write_parquet(output)


if __name__ == "__main__":
    main(*sys.argv[1:])
