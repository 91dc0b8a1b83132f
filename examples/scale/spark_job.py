"""Parse a folder of exports with Spark 4.3 or newer (and Java 17) and write a row a file as Parquet.

usage: python examples/scale/spark_job.py FOLDER OUTPUT      also with spark-submit; both may be any address Spark knows
"""

import os
import sys

from pyspark.sql import SparkSession
from pyspark.sql.pandas.types import from_arrow_schema

from sinaparse.arrow import PARSED_SCHEMA, parse_batches

os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # a local cluster has the packages that this script has


def main(folder: str, output: str) -> None:
    spark = (
        SparkSession.builder.appName("sinaparse")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", 500)  # files that a worker holds at a time
        .config("spark.sql.files.openCostInBytes", 16 * 1024)  # some 5,000 files a task instead of 32
        .getOrCreate()
    )
    if tuple(map(int, spark.version.split(".")[:2])) < (4, 3):
        sys.exit("Spark before 4.3 leaves out files whose names begin with `_`, as those of many exports do")
    files = (
        spark.read.format("binaryFile")
        .option("pathGlobFilter", "*.{md,markdown}")
        .option("recursiveFileLookup", "true")
        .option("ignoredPathSegmentRegex", "")  # Spark's own choice leaves out names that begin with `_`
        .load(folder)
        .select("path", "content")
    )
    files.mapInArrow(parse_batches, from_arrow_schema(PARSED_SCHEMA)).write.mode("overwrite").parquet(output)
    spark.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
