"""What the video player says by itself."""

from __future__ import annotations

from sinaparse.body import Body, Node
from sinaparse.cleaners.pipeline import node_cleaner
from sinaparse.sina import markup
from sinaparse.sina.boilerplate import PLAYER_WORDS


@node_cleaner("player-words", "div", "label", "i", "a", classes=markup.PLAYER_WORD_CLASSES, ids=markup.PLAYER_WORD_IDS)
def player_words(body: Body, node: Node) -> str | None:
    """Words of the video player (视频加载中，请稍候..., 自动播放, 向前, 向后, play); the player itself stays, it is the video."""
    return "words of the video player" if body.text(node).strip() in PLAYER_WORDS else None
