"""What stands in the source and no reader of the page ever saw."""

from __future__ import annotations

from sinaparse.body import Body, Node
from sinaparse.cleaners.pipeline import COMMENT, node_cleaner
from sinaparse.sina import markup


@node_cleaner("hidden-ad", COMMENT, comment_prefixes=(markup.HIDDEN_AD,))
def hidden_ad(body: Body, node: Node) -> str | None:
    """Comments ``article_adlist[…]``: whole paragraphs and pictures that the CMS keeps from the page.

    The closing ``]article_adlist`` may be missing, and they stand anywhere: in paragraphs, round pictures, side by side.
    """
    return "hidden advertisement"


@node_cleaner("cms-comment", COMMENT, comment_prefixes=markup.CMS_COMMENTS)
def cms_comment(body: Body, node: Node) -> str | None:
    """Comments by which the page frame and the CMS mark their parts: 正文下iframe, 总声明, 编辑姓名及工作代码."""
    return "mark of the CMS"


@node_cleaner("style", *markup.HIDDEN_TAGS)
def style(body: Body, node: Node) -> str | None:
    """Style sheets and scripts, such as those that come with the page frame's advertisements."""
    return "style sheet or script"
