"""Cleaners take noise out of a body; the default ones are below, in the order in which they run."""

from __future__ import annotations

from sinaparse.cleaners.hidden import cms_comment, hidden_ad, style
from sinaparse.cleaners.layout import empty_paragraph, live_quote
from sinaparse.cleaners.pipeline import COMMENT, Cleaner, Pipeline, PipelineError, cleaner, node_cleaner
from sinaparse.cleaners.player import player_words
from sinaparse.cleaners.promotion import (
    account_opening,
    app_qr,
    forum_link,
    frame,
    page_frame,
    promo_quote,
    promo_sentence,
)

__all__ = ["COMMENT", "Cleaner", "Pipeline", "PipelineError", "cleaner", "default_cleaners", "node_cleaner"]

_DEFAULT = Pipeline(
    (
        hidden_ad,
        cms_comment,
        style,
        app_qr,
        account_opening,
        page_frame,
        forum_link,
        frame,
        promo_quote,
        promo_sentence,
        player_words,
        live_quote,
        empty_paragraph,
    )
)
# The order is one to read: none of them needs another to have had its turn (`Pipeline` asks about blank nodes again when all
# are through). The tests shuffle them.


def default_cleaners() -> Pipeline:
    """The built-in cleaners, as a pipeline to change and pass to :class:`~sinaparse.Parser`."""
    return _DEFAULT
