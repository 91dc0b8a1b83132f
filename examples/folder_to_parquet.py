"""Turn a folder of exports into one Parquet file of articles, and say what was refused.

usage: python examples/folder_to_parquet.py FOLDER articles.parquet
"""

import sys
from collections.abc import Iterator

import sinaparse


def told(corpus: sinaparse.Corpus) -> Iterator[sinaparse.Outcome]:
    """The outcomes of a corpus; what was refused is told as it comes by."""
    for outcome in corpus:
        if outcome.json is None:
            print(f"{outcome.path}: {outcome.problems[0].message}", file=sys.stderr)
        yield outcome


def main(folder: str, output: str) -> None:
    """Parse with two processes and write."""
    counts = sinaparse.write_corpus(told(sinaparse.read_corpus(folder, workers=2)), output, to="parquet")
    print(f"{counts.articles} articles in {output}, {counts.refused} files refused")


if __name__ == "__main__":
    main(*sys.argv[1:])
