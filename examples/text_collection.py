"""Prepare a text collection with provenance: where each text comes from, what was taken out, and no text twice.

python examples/text_collection.py exports collection.jsonl
"""

import hashlib
import json
import sys
from pathlib import Path

import sinaparse


def main(exports: str, collection: str) -> None:
    """Write one JSON object a text, with the digest of its source and the cleaners that changed it."""
    seen: set[str] = set()
    with Path(collection).open("w", encoding="utf-8") as file:
        for outcome in sinaparse.read_corpus(exports):
            article = outcome.article
            if article is None:
                continue
            text_digest = hashlib.sha256("".join(article.text.split()).encode()).hexdigest()
            if text_digest in seen:
                continue
            seen.add(text_digest)
            record = {
                "text": article.text,
                "title": article.title,
                "published_at": article.published_at.isoformat() if article.published_at else None,
                "source": article.source,
                "file": outcome.path,
                "file_sha256": outcome.digest,
                "parser": f"sinaparse {sinaparse.__version__}",
                "removed_by": sorted({removal.cleaner for removal in outcome.removals if removal.visible}),
            }
            file.write(json.dumps(record, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
