"""What has no content, or content that is not the author's, inside paragraphs."""

from __future__ import annotations

from sinaparse.body import BLANKS, Body, Node
from sinaparse.cleaners.pipeline import node_cleaner


@node_cleaner("live-quote", "span", id_prefixes=("quote_",))
def live_quote(body: Body, node: Node) -> None:
    """The place of the live quotation behind a stock link: empty in an export, with figures if a browser saved the page."""
    body.remove(node, reason="live quotation")


@node_cleaner("empty-paragraph", "p")
def empty_paragraph(body: Body, node: Node) -> None:
    """Paragraphs without text and pictures, which only make distance."""
    text = node.text
    if not (text and text.strip(BLANKS)) and body.is_blank(node):  # the first look spares a call for most paragraphs
        body.remove(node, reason="empty paragraph")
