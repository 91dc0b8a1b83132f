"""Articles as HTML: the elements that say what a thing is, no style in them, and nothing that a browser would run.

All text is escaped. Addresses that are not http or https are left out, with the text of the link or the caption of the
picture in place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape as escape_html

from sinaparse.models import Article, Cell, Image, Item, ItemList, Paragraph, Quote, Section, Table, Video
from sinaparse.render.shared import (
    blank,
    is_sina_picture,
    nested,
    runs,
    under_title,
    video_words,
    web_address,
    writable,
    write_block,
)

STYLE = """
:root { color-scheme: light dark; }
body { max-width: 42rem; margin: 0 auto; padding: 1rem; font: 1.05rem/1.8 system-ui, "Noto Sans CJK SC", sans-serif; }
h1, h2, h3, h4, h5, h6 { line-height: 1.35; } header p, footer, figcaption { opacity: .7; font-size: .9rem; }
img { display: block; max-width: 100%; height: auto; margin: auto; } figure { margin: 1.5rem 0; text-align: center; }
table { display: block; overflow-x: auto; border-collapse: collapse; font-size: .9rem; line-height: 1.5; }
td, th { border: 1px solid #8888; padding: .3em .7em; white-space: pre-wrap; } caption { font-weight: 600; }
blockquote { margin: 1rem 0; padding-left: 1rem; border-left: 3px solid #8888; } footer { border-top: 1px solid #8888; }
footer p { margin: .3rem 0; }
p, li { overflow-wrap: anywhere; }
"""
"""How a page of its own looks."""


def text(value: str) -> str:
    """A text as HTML reads it back; its line breaks are ``<br>``."""
    return escape_html(writable(value), quote=False).replace("\n", "<br>")


def attributes(**values: str | int | None) -> str:
    """Attributes with a blank before each, for those that have a value; ``_`` is ``-``."""
    return "".join(
        f' {name.replace("_", "-")}="{escape_html(writable(str(value)))}"'
        for name, value in values.items()
        if value is not None
    )


def inline(block: Paragraph | Item) -> str:
    """The text of a paragraph or item with its bold runs and links."""
    out = ""
    for bold, parts in runs(block):
        run = "".join(_linked(part, address, symbol) for part, address, symbol in parts)
        out += f"<strong>{run}</strong>" if bold else run
    return out


def _linked(part: str, address: str | None, symbol: str | None) -> str:
    if address is None:
        return text(part)
    return f"<a{attributes(href=address, data_symbol=symbol)}>{text(part)}</a>"


def img(url: str, alt: str, width: int | None = None, height: int | None = None) -> str:
    """A picture that is loaded when it comes into view.

    Sina's image host answers 403 to requests that name a page of another site as their referrer, so none is sent to it.
    """
    policy = "no-referrer" if is_sina_picture(url) else None
    return f"<img{attributes(src=url, alt=alt, width=width, height=height, loading='lazy', referrerpolicy=policy)}>"


# --- one function a kind of block ------------------------------------------------------------------------------------


def paragraph(block: Paragraph, _: HtmlRenderer) -> str:
    """A paragraph."""
    return "" if blank(block.text) else f"<p>{inline(block)}</p>"


def image(block: Image, _: HtmlRenderer) -> str:
    """A figure with its caption; the caption alone where the address can't be followed."""
    url = web_address(block.url)
    alt = block.alt or ("" if block.caption else "图片")
    return _figure("" if url is None else img(url, alt, block.width, block.height), block.caption)


def video(block: Video, renderer: HtmlRenderer) -> str:
    """A figure: the poster and the title, both a link to the video."""
    address, poster = web_address(block.url), web_address(block.poster) if renderer.images else None
    link = "<a" + attributes(href=address) + ">{}</a>" if address else "{}"
    shown = "" if poster is None else link.format(img(poster, video_words(block.title)))
    return (
        f'<figure class="video">{shown}<figcaption>{link.format(text(video_words(block.title)))}</figcaption></figure>'
    )


def _figure(content: str, caption: str | None) -> str:
    below = "" if caption is None or blank(caption) else f"<figcaption>{text(caption)}</figcaption>"
    return f"<figure>{content}{below}</figure>" if content or below else ""


def table(block: Table, _: HtmlRenderer) -> str:
    """A table with its spans; cells are heads only where the source says so."""
    caption = "" if block.caption is None or blank(block.caption) else f"<caption>{text(block.caption)}</caption>"
    rows = "".join(f"<tr>{''.join(map(_cell, row))}</tr>\n" for row in block.rows)
    return f"<table>{caption}\n<tbody>\n{rows}</tbody></table>"


def _cell(cell: Cell) -> str:
    name = "th" if cell.header else "td"
    spans = attributes(
        colspan=cell.colspan if cell.colspan > 1 else None, rowspan=cell.rowspan if cell.rowspan > 1 else None
    )
    return f"<{name}{spans}>{text(cell.text)}</{name}>"


def quote(block: Quote, renderer: HtmlRenderer) -> str:
    """A block quotation."""
    content = "\n".join(filter(None, (renderer.paragraph(item, renderer) for item in block.paragraphs)))
    return f"<blockquote>{content}</blockquote>" if content else ""


def item_list(block: ItemList, _: HtmlRenderer) -> str:
    """A list; deeper items are lists within the item before them."""
    name = "ol" if block.ordered else "ul"
    start = block.start if block.ordered and block.start != 1 else None
    out, last = "", -1
    for depth, item in nested(block):
        if depth > last:
            out += f"<{name}{attributes(start=start)}>"
            start = None  # inner lists begin at 1
        else:
            out += f"</li></{name}>" * (last - depth) + "</li>"
        out += f"\n<li>{inline(item)}"
        last = depth
    return out + f"</li></{name}>" * (last + 1)


def heading(section: Section, _: HtmlRenderer) -> str:
    """The heading of a section, below the title's level; HTML has six levels, deeper ones stand on the sixth."""
    if section.heading is None or blank(section.heading):
        return ""
    name = f"h{min(section.level + 1, 6)}"
    return f"<{name}>{text(section.heading)}</{name}>"


def head(article: Article, _: HtmlRenderer) -> str:
    """The title, then time, source and authors."""
    title = "" if blank(article.title) else f"<h1>{text(article.title)}</h1>\n"
    words = list(map(text, under_title(article)))
    if article.published_at is not None:
        words[0] = f"<time{attributes(datetime=article.published_at.isoformat())}>{words[0]}</time>"
    line = f"<p>{' · '.join(words)}</p>\n" if words else ""
    return f"<header>\n{title}{line}</header>" if title or line else ""


def foot(article: Article, _: HtmlRenderer) -> str:
    """The metadata lines of the body."""
    written = [f"<p>{text(credit.text)}</p>" for credit in article.credits if not blank(credit.text)]
    return "\n".join(["<footer>", *written, "</footer>"]) if written else ""


# --- the whole -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class HtmlRenderer:
    """Writes articles as HTML. Each field that is a function writes one kind of thing; replace those you like."""

    page: bool = False
    """A whole page, with a little style of its own, instead of an ``<article>`` to put into one."""
    images: bool = True
    """False leaves out pictures with their captions, and posters of videos."""
    paragraph: Callable[[Paragraph, HtmlRenderer], str] = paragraph
    image: Callable[[Image, HtmlRenderer], str] = image
    table: Callable[[Table, HtmlRenderer], str] = table
    video: Callable[[Video, HtmlRenderer], str] = video
    quote: Callable[[Quote, HtmlRenderer], str] = quote
    item_list: Callable[[ItemList, HtmlRenderer], str] = item_list
    heading: Callable[[Section, HtmlRenderer], str] = heading
    head: Callable[[Article, HtmlRenderer], str] = head
    """What stands before the first section."""
    foot: Callable[[Article, HtmlRenderer], str] = foot

    def render(self, article: Article) -> str:
        """The article, with a newline at its end."""
        content = "\n".join(filter(None, self._parts(article)))
        content = f'<article lang="zh-CN">\n{content}\n</article>\n'
        return _page(article, content) if self.page else content

    def section(self, section: Section) -> str:
        """A section with those in it."""
        return "\n".join(self._sections((section,)))

    def _parts(self, article: Article) -> Iterator[str]:
        yield self.head(article, self)
        yield from self._sections(article.sections)
        yield self.foot(article, self)

    def _sections(self, sections: tuple[Section, ...]) -> Iterator[str]:
        # Not by recursion: how deep sections go is up to their maker.
        waiting = [iter(sections)]
        while waiting:
            section = next(waiting[-1], None)
            if section is None:
                waiting.pop()
                if waiting:
                    yield "</section>"
                continue
            yield "<section>"
            yield from filter(
                None, (self.heading(section, self), *(write_block(item, self) for item in section.blocks))
            )
            waiting.append(iter(section.sections))


def _page(article: Article, content: str) -> str:
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape_html(writable(article.title))}</title>\n<style>{STYLE}</style>\n</head>\n"
        f"<body>\n{content}</body>\n</html>\n"
    )
