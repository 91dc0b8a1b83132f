"""What has no content, or content that is not the author's, inside paragraphs."""

from __future__ import annotations

from sinaparse.body import Body, Node
from sinaparse.cleaners.pipeline import node_cleaner


@node_cleaner("live-quote", "span", id_prefixes=("quote_",))
def live_quote(body: Body, node: Node) -> str | None:
    """The place of the live quotation behind a stock link: empty in an export, with figures if a browser saved the page."""
    return "live quotation"


@node_cleaner("empty-paragraph", "p", blank=True)
def empty_paragraph(body: Body, node: Node) -> str | None:
    """Paragraphs without text and pictures, which only make distance."""
    return "empty paragraph"
