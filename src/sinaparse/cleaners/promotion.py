"""What the page frame adds to every article, or to those about stocks: by its container, seldom by its words."""

from __future__ import annotations

from sinaparse.body import Body, Node
from sinaparse.cleaners.pipeline import node_cleaner
from sinaparse.sina import markup
from sinaparse.sina.boilerplate import FIRST, SENTENCES

_STANDING = "standing sentence of the page frame"


@node_cleaner("app-qr", "div", classes={"appendQr_wrap"})
def app_qr(body: Body, node: Node) -> str | None:
    """The box at the end with the QR picture of Sina's app."""
    return "promotion of the app"


@node_cleaner("account-opening", "div", class_parts=(markup.ACCOUNT_PART,), ids=markup.ACCOUNT_IDS)
def account_opening(body: Body, node: Node) -> str | None:
    """The box with an invitation to open a securities or futures account."""
    return "promotion of an account"


@node_cleaner(
    "page-frame", "div", "ul",
    classes=markup.FRAME_CLASSES, ids=markup.FRAME_IDS, id_prefixes=markup.FRAME_ID_PREFIXES,
)  # fmt: skip
def page_frame(body: Body, node: Node) -> str | None:
    """Other boxes of the page: quotation bars, microblog lists, advertising places, notices."""
    return "part of the page frame"


@node_cleaner("forum-link", "a", "div")
def forum_link(body: Body, node: Node) -> str | None:
    """Links to the forum about a stock, told by the attribute that counts clicks on them."""
    if node.get("data-sudaclick") != markup.FORUM_CLICK:
        return None
    alone = node.getprevious() is None and node.getnext() is None
    if alone and (line := node.getparent()) is not None and SENTENCES.fullmatch(body.text(line).strip()):
        return None  # it is a part of that sentence, which goes as a whole
    return "link to the stock forum"


@node_cleaner("frame", "iframe")
def frame(body: Body, node: Node) -> str | None:
    """Embedded pages: advertisements and widgets."""
    return "embedded page"


@node_cleaner("promo-quote", "blockquote")
def promo_quote(body: Body, node: Node) -> str | None:
    """Block quotations that are links to other services: told by the class ``jqlblock_cls`` and by their links.

    A block quotation is one if any line is without that class, unless it is a sentence by which Sina advertises itself.
    """
    lines = [item for item in node.iter("p") if not body.is_blank(item)]
    ours = all("jqlblock_cls" in (item.get("class") or "").split() for item in lines)
    if lines and ours and any(True for _ in node.iter("a")):
        return "links to other services"
    return _STANDING if SENTENCES.fullmatch(body.text(node).strip()) else None


@node_cleaner("promo-sentence", "p", begins=FIRST)
def promo_sentence(body: Body, node: Node) -> str | None:
    """Paragraphs that are, as a whole, one of the sentences by which Sina advertises itself or declines liability."""
    return _STANDING if SENTENCES.fullmatch(body.text(node).strip()) else None
