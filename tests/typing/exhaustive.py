"""A ``match`` over all kinds of blocks narrows each, and is complete: type checkers accept this file."""

from __future__ import annotations

from typing import assert_never

from sinaparse import Block, Image, ItemList, Paragraph, Quote, Table, Video


def size(block: Block) -> int:
    """By class."""
    match block:
        case Paragraph(text=text):
            return len(text)
        case Image(caption=caption):
            return len(caption or "")
        case Table(rows=rows):
            return len(rows)
        case Video(title=title):
            return len(title or "")
        case Quote(paragraphs=paragraphs):
            return len(paragraphs)
        case ItemList(items=items):
            return len(items)
        case _:
            assert_never(block)


def name(block: Block) -> str | None:
    """By the discriminator: each comparison narrows the union."""
    if block.kind == "paragraph":
        return block.lead_in
    if block.kind == "image":
        return block.alt
    if block.kind == "table":
        return block.caption
    if block.kind == "video":
        return block.video_id
    if block.kind == "quote":
        return block.paragraphs[0].text
    return block.items[0].text
