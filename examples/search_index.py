"""Feed a search index: SQLite's full-text search, which finds any three characters of Chinese.

python examples/search_index.py exports index.sqlite 净息差
"""

import sqlite3
import sys

import sinaparse
from sinaparse.models import block_texts


def main(exports: str, index: str, words: str) -> None:
    """Index each block with the headings above it, then search."""
    with sqlite3.connect(index) as database:
        database.execute("DROP TABLE IF EXISTS blocks")
        database.execute(
            "CREATE VIRTUAL TABLE blocks USING fts5(title, path, text, file UNINDEXED, tokenize='trigram')"
        )
        for outcome in sinaparse.read_corpus(exports):
            if outcome.article is not None:
                rows = [
                    (outcome.article.title, " > ".join(path), text, outcome.path)
                    for path, block in outcome.article.walk()
                    for text in block_texts(block)
                ]
                database.executemany("INSERT INTO blocks VALUES (?, ?, ?, ?)", rows)
        query = (
            "SELECT title, path, snippet(blocks, 2, '[', ']', '…', 20) FROM blocks WHERE blocks MATCH ? ORDER BY rank"
        )
        for title, path, text in database.execute(query, (f'"{words}"',)):
            print(f"{title} | {path}\n    {text}")
    database.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
