"""What a reader of a rendered article finds in it, and what there should be: both as lists of plain values.

A text is a list of ``(character, bold, address)``; white space is never bold, since nobody sees it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any, TypeAlias

import frontmatter
import lxml.etree
import lxml.html
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from sinaparse.models import (
    Article,
    Image,
    Item,
    ItemList,
    Paragraph,
    Quote,
    Span,
    Table,
    Video,
    all_sections,
    block_texts,
)
from sinaparse.render.markdown import one_line, post_metadata
from sinaparse.render.shared import cell_numbers, nested, under_title, video_words, web_address, writable

Chars: TypeAlias = list[tuple[str, bool, str | None]]
Found: TypeAlias = list[tuple[Any, ...]]


def chars(text: str, *, bold: bool = False, address: str | None = None) -> Chars:
    return [(char, bold and not char.isspace(), address) for char in writable(text)]


def plain(found: Chars) -> str:
    return "".join(char for char, _, _ in found)


# --- what there should be --------------------------------------------------------------------------------------------


def of_spans(block: Paragraph | Item) -> Chars:
    spans = block.spans or (Span(text=block.text),)
    return list(chain.from_iterable(chars(s.text, bold=s.bold, address=web_address(s.href)) for s in spans))


def filled(text: str | None) -> bool:
    return text is not None and text.strip() != ""


def expected(article: Article) -> Found:
    found: Found = [("heading", 1, writable(article.title))] if filled(article.title) else []
    if words := " · ".join(under_title(article)):
        found.append(("paragraph", chars(words)))
    for section in all_sections(article):
        if filled(section.heading):
            found.append(("heading", min(section.level + 1, 6), writable(section.heading or "")))
        for block in section.blocks:
            match block:
                case Paragraph():
                    found += [("paragraph", of_spans(block))] if filled(block.text) else []
                case Image():
                    address = web_address(block.url)
                    caption = writable(block.caption or "") if filled(block.caption) else None
                    if address or caption:
                        found.append(("image", address, caption))
                case Table():
                    found.append(("table", block))
                case Video():
                    words = writable(video_words(block.title))
                    found.append(("video", web_address(block.poster), words, web_address(block.url)))
                case Quote():
                    texts = [of_spans(item) for item in block.paragraphs if filled(item.text)]
                    found += [("quote", texts)] if texts else []
                case ItemList():
                    start = block.start if block.ordered else None
                    found.append(("list", start, [(depth, of_spans(item)) for depth, item in nested(block)]))
    found += [("credit", chars(credit.text)) for credit in article.credits if filled(credit.text)]
    return found


# --- Markdown --------------------------------------------------------------------------------------------------------

# By default it drops what is in the tenth list of lists.
MARKDOWN = MarkdownIt("commonmark", {"maxNesting": 100}).enable(["table", "strikethrough"])


def as_markdown(found: Found) -> Found:
    """What is expected, as far as Markdown can say it."""
    said: Found = []
    for kind, *rest in found:
        match kind:
            case "table":
                (block,) = rest
                if filled(block.caption):
                    said.append(("paragraph", chars(block.caption, bold=True)))
                grid = list(_places(block))
                said += [("table", grid)] if grid else []
            case "video":
                poster, words, address = rest
                said.append(("paragraph", chars(words, address=address)) if poster is None else (kind, *rest))
            case _:
                said.append((kind, *rest))
    return list(map(_with_addresses, said))


def _places(block: Table) -> Iterator[tuple[str, ...]]:
    """The rows of a table; a text that takes more than a hundred characters to write stands only once."""
    texts = [cell.text for row in block.rows for cell in row]
    shown: set[int | None] = set()
    for line in filter(None, cell_numbers(block)):
        row = []
        for number in line:
            text = "" if number is None else texts[number]
            again = number in shown and len(one_line(text).replace("|", "\\|")) > 100
            row.append("" if again else writable(text))
            shown.add(number)
        yield tuple(row)


def _with_addresses(item: tuple[Any, ...]) -> tuple[Any, ...]:
    """The same with addresses as markdown-it writes them."""
    match item:
        case ("image", address, caption):
            return ("image", _address(address), caption)
        case ("video", poster, words, address):
            return ("video", _address(poster), words, _address(address))
        case ("paragraph" | "credit", text):
            return (item[0], _linked(text))
        case ("quote", texts):
            return ("quote", list(map(_linked, texts)))
        case ("list", start, items):
            return ("list", start, [(depth, _linked(text)) for depth, text in items])
    return item


def _linked(text: Chars) -> Chars:
    return [(char, bold, _address(address)) for char, bold, address in text]


def _address(address: str | None) -> str | None:
    return None if address is None else MARKDOWN.normalizeLink(address)


def read_markdown(text: str) -> Found:
    found: Found = []
    ended = False
    for node in SyntaxTreeNode(MARKDOWN.parse(text)).children:
        match node.type:
            case "heading":
                found.append(("heading", int(node.tag[1]), plain(_inline(node.children))))
            case "paragraph" if ended:
                found.append(("credit", _inline(node.children)))
            case "paragraph":
                found.append(_paragraph(node.children[0].children))
            case "table":
                rows = [row for part in node.children for row in part.children]
                found.append(("table", [tuple(plain(_inline(cell.children)) for cell in row.children) for row in rows]))
            case "blockquote":
                found.append(("quote", [_inline(part.children) for part in node.children]))
            case "bullet_list" | "ordered_list":
                start = int(node.attrs.get("start", 1)) if node.type == "ordered_list" else None
                found.append(("list", start, list(_items(node, 0))))
            case "hr":
                ended = True
            case "html_block" if node.content == "<!-- -->\n":
                pass
            case _:
                found.append(("not expected", node.type, node.content))
    return found


def _paragraph(nodes: list[SyntaxTreeNode]) -> tuple[Any, ...]:
    """A picture or video, if that is what the paragraph begins with."""
    first, *rest = nodes
    target = None
    if first.type == "link" and len(first.children) == 1 and first.children[0].type == "image":
        target, first = first.attrs["href"], first.children[0]
    if first.type == "image":
        caption = plain(_inline(rest[1].children)) if rest else None
        assert not rest or (rest[0].type, rest[1].type, len(rest)) == ("hardbreak", "em", 2)
        words = caption or ""
        return (
            ("video", first.attrs["src"], words, target)
            if target or words.startswith("视频")
            else ("image", first.attrs["src"], caption)
        )
    if first.type == "em" and not rest:
        return ("image", None, plain(_inline(first.children)))
    return ("paragraph", _inline(nodes))


def _items(node: SyntaxTreeNode, depth: int) -> Iterator[tuple[int, Chars]]:
    for item in node.children:
        texts = [part for part in item.children if part.type == "paragraph"]
        assert len(texts) <= 1
        yield depth, _inline(texts[0].children) if texts else []
        for inner in item.children:
            if inner.type in ("bullet_list", "ordered_list"):
                yield from _items(inner, depth + 1)


def _inline(nodes: Iterable[SyntaxTreeNode], *, bold: bool = False, address: str | None = None) -> Chars:
    found: Chars = []
    for node in nodes:
        match node.type:
            case "text":
                found += chars(node.content, bold=bold, address=address)
            case "hardbreak":
                found += chars("\n", address=address)
            case "html_inline" if node.content == "<br>":
                found += chars("\n", address=address)
            case "html_inline" if node.content in ("<strong>", "</strong>"):
                bold = node.content == "<strong>"
            case "strong":
                found += _inline(node.children, bold=True, address=address)
            case "link":
                found += _inline(node.children, bold=bold, address=str(node.attrs["href"]))
            case "inline":
                found += _inline(node.children, bold=bold, address=address)
            case _:
                found += chars(f"<not expected: {node.type} {node.content}>")
    return found


# --- HTML ------------------------------------------------------------------------------------------------------------


def as_html(found: Found) -> Found:
    """What is expected, in HTML's own terms."""
    said: Found = []
    for item in found:
        if item[0] == "table":
            block: Table = item[1]
            caption = writable(block.caption or "") if filled(block.caption) else None
            rows = [[(writable(c.text), c.header, c.colspan, c.rowspan) for c in row] for row in block.rows]
            said.append(("table", caption, rows))
        else:
            said.append(item)
    return said


def read_html(text: str) -> Found:
    (article,) = lxml.html.document_fromstring(text.encode(), parser=lxml.html.HTMLParser(encoding="utf-8")).iter(
        "article"
    )
    return list(_blocks(article))


def _blocks(parent: Any) -> Iterator[tuple[Any, ...]]:
    assert not parent.tail or not parent.tail.strip()
    for node in parent:
        match node.tag:
            case "section" | "header":
                yield from _blocks(node)
            case "footer":
                yield from (("credit", _run(line)) for line in node)
            case "p":
                yield ("paragraph", _run(node))
            case "h1" | "h2" | "h3" | "h4" | "h5" | "h6":
                yield ("heading", int(node.tag[1]), plain(_run(node)))
            case "figure":
                captions: list[str | None] = [plain(_run(part)) for part in node.iter("figcaption")]
                pictures = [part.get("src") for part in node.iter("img")]
                links = [part.get("href") for part in node.iter("a")]
                shown = (pictures or [None])[0], (captions or [None])[0]
                yield ("video", *shown, (links or [None])[0]) if node.get("class") == "video" else ("image", *shown)
            case "table":
                titles: list[str | None] = [plain(_run(part)) for part in node.iter("caption")]
                yield ("table", (titles or [None])[0], [list(map(_cell, row)) for row in node.iter("tr")])
            case "blockquote":
                yield ("quote", [_run(part) for part in node])
            case "ul" | "ol":
                yield ("list", int(node.get("start", 1)) if node.tag == "ol" else None, list(_html_items(node, 0)))
            case _:
                yield ("not expected", node.tag)


def _cell(node: Any) -> tuple[str, bool, int, int]:
    return plain(_run(node)), node.tag == "th", int(node.get("colspan", 1)), int(node.get("rowspan", 1))


def _html_items(node: Any, depth: int) -> Iterator[tuple[int, Chars]]:
    for item in node:
        yield depth, _run(item)
        for inner in item:
            if inner.tag in ("ul", "ol"):
                yield from _html_items(inner, depth + 1)


def _run(node: Any, *, bold: bool = False, address: str | None = None) -> Chars:
    found = chars(node.text or "", bold=bold, address=address)
    for child in node:
        match child.tag:
            case "br":
                found += chars("\n", address=address)
            case "strong":
                found += _run(child, bold=True, address=address)
            case "a":
                found += _run(child, bold=bold, address=child.get("href"))
            case "time":
                found += _run(child)
            case "ul" | "ol":
                # What follows an inner list is the line end before the next item.
                continue
            case _:
                found += chars(f"<not expected: {child.tag}>")
        found += chars(child.tail or "", bold=bold, address=address)
    return found


# --- what must hold ----------------------------------------------------------------------------------------------------


def same_in_markdown(article: Article) -> None:
    assert read_markdown(article.to_markdown()) == as_markdown(expected(article))


def same_in_html(article: Article) -> None:
    want = as_html(expected(article))
    assert read_html(article.to_html()) == want
    assert read_html(article.to_html(page=True)) == want


def same_in_front_matter(article: Article) -> None:
    post = frontmatter.loads(article.to_markdown(front_matter=True))
    want = post_metadata(article)
    date = want.pop("date", None)
    found = post.metadata.pop("date", None)
    assert found == date
    assert post.metadata == want


def complete_in_text(article: Article, width: int | None) -> None:
    text = article.to_text(width=width)
    rest = "".join(text.replace(">", "").split())  # quotations have one before each line
    for block in article.blocks:
        for line in block_texts(block):
            assert "".join(writable(line).replace(">", "").split()) in rest


TAGS = set(
    "article header footer section h1 h2 h3 h4 h5 h6 p br strong a figure img figcaption table caption tbody tr td th "
    "blockquote ul ol li time".split()
)
ATTRIBUTES = set(
    "href data-symbol src alt width height loading referrerpolicy colspan rowspan start class lang datetime".split()
)


def only_known_elements(text: str, *more: str) -> None:
    """Nothing in a piece of HTML but elements and attributes of ours, or ``more``, and addresses in the web."""
    (body,) = lxml.html.document_fromstring(f"<body>{text}").iter("body")
    for node in body.iter():
        if isinstance(node, lxml.etree._Comment):
            assert node.text == " "  # between two lists
            continue
        assert node.tag in TAGS or node.tag in ("body", *more), node.tag
        assert set(node.attrib) <= ATTRIBUTES, node.attrib
        for name in ("href", "src"):
            assert node.get(name, "https://").lower().startswith(("https://", "http://"))
