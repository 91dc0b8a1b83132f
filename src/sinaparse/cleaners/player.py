"""What the video player says by itself."""

from __future__ import annotations

from sinaparse.body import Body, Node
from sinaparse.cleaners.pipeline import node_cleaner
from sinaparse.sina import markup
from sinaparse.sina.boilerplate import PLAYER_WORDS


@node_cleaner("player-words", "div", classes={"artical-player-wrap"})
def player_words(body: Body, node: Node) -> None:
    """Words of the video player (视频加载中，请稍候..., 自动播放, 向前, 向后, play); the player itself stays, it is the video."""
    for item in list(node.iter("div", "label", "i", "a", "span")):
        if (item.get("id") in markup.PLAYER_IDS or len(item) <= 1) and body.text(item).strip() in PLAYER_WORDS:
            body.remove(item, reason="words of the video player")
