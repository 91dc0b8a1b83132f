"""Rebuild a clean blog: a post with front matter for each export, in folders by year and month.

python examples/rebuild_blog.py exports posts
"""

import sys
from pathlib import Path

import sinaparse
from sinaparse.convert_command import safe_name
from sinaparse.render import MarkdownRenderer


def main(exports: str, posts: str) -> None:
    """Write the posts; say which files were refused."""
    renderer = MarkdownRenderer(front_matter=True, tables="html")
    for outcome in sinaparse.read_corpus(exports):
        article = outcome.article
        if article is None or article.published_at is None:
            print("left out:", outcome.path, repr(outcome.problems))
            continue
        # Two exports of one title are two posts: the digest keeps them apart.
        post = Path(posts, f"{article.published_at:%Y/%m}", f"{safe_name(article.title)}-{outcome.digest[:6]}.md")
        post.parent.mkdir(parents=True, exist_ok=True)
        post.write_text(renderer.render(article), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
