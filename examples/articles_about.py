"""List the articles in a folder of exports that mention a stock, the newest first, each with a paragraph that names it.

usage: python examples/articles_about.py FOLDER SYMBOL      such as sh600519
"""

import sys

import duckdb

import sinaparse

QUERY = """
SELECT strftime(published_at, '%Y-%m-%d') AS day, title, arg_min(blocks.text, block_index) AS paragraph
FROM mentions
JOIN articles USING (digest)
LEFT JOIN blocks ON blocks.digest = mentions.digest AND kind = 'paragraph' AND contains(blocks.text, name)
WHERE symbol = ?
GROUP BY ALL
ORDER BY day DESC, title
"""


def main(folder: str, symbol: str) -> None:
    """Parse into a database in memory and ask it."""
    db = duckdb.connect()
    db.execute("SET TimeZone = 'UTC'")
    outcomes = list(sinaparse.read_corpus(folder))
    for table in ("articles", "mentions", "blocks"):
        db.register(table, sinaparse.to_arrow(outcomes, table))
    for day, title, paragraph in db.execute(QUERY, [symbol]).fetchall():
        print(f"{day}  {title}\n    {(paragraph or '')[:60]}")


if __name__ == "__main__":
    main(*sys.argv[1:])
