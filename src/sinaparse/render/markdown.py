"""Articles as Markdown: CommonMark with pipe tables, which GitHub, Hexo, Hugo and MkDocs read alike.

Texts come back as they are: what Markdown could take for mark-up is escaped, and little else. Where more than one escape
would do, the one that all four read is taken: a character reference, or a backslash before one of the characters for which
the first Markdown had it.

Raw HTML stands in three places, for want of anything else: ``<br>`` in headings, cells and before empty lines; ``<strong>``
where ``**`` would not open or close (``**重点：**内容`` is not bold in CommonMark, since a ``**`` right after punctuation
closes only before punctuation or white space); ``<!-- -->`` between two lists that would become one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal

from sinaparse.models import Article, Image, Item, ItemList, Paragraph, Quote, Section, Table, Video, all_sections
from sinaparse.render.shared import (
    blank,
    cell_numbers,
    nested,
    runs,
    under_title,
    video_words,
    web_address,
    writable,
    write_block,
)

# --- inline ----------------------------------------------------------------------------------------------------------

_SPECIAL = re.compile(r"[\\`*_\[\]<{]|&(?=#?\w+;)")
_REFERENCES = {"<": "&lt;", "&": "&amp;", "{": "&#123;"}  # `{`: Hexo, Hugo and MkDocs have templates with it
_LINE_START = re.compile(r"^(?:(\d+)(?=[.)](?:\s|$))|(?=[#>]|[-+](?:\s|$)|!!!))")
_RULE = re.compile(r"^[-+=:|\s]+$")


_REPEATED = 100
"""Characters of the longest text that is repeated where its cell spans several places."""


def escape(text: str, *, tildes: bool | None = None) -> str:
    """A text as Markdown reads it back, wherever it stands but at the start or end of a line.

    Two tildes in one paragraph strike out what is between them at GitHub and in Hexo, a single one is harmless: ``tildes``
    says whether there are more in the same paragraph.
    """
    text = _SPECIAL.sub(lambda match: _REFERENCES.get(match[0], "\\" + match[0]), writable(text))
    return text.replace("~", "&#126;") if (text.count("~") > 1 if tildes is None else tildes) else text


def one_line(text: str) -> str:
    """A text for a heading or a cell, escaped, its line breaks as ``<br>``."""
    return "<br>".join(map(_keep_edges, escape(text).split("\n")))


def lines(inline: str) -> str:
    """The lines of a paragraph from its escaped text: hard breaks between them, and none that begins another block."""
    parts = inline.split("\n")
    # Two blanks are the hard break that all know. An empty line would end the paragraph.
    return ("  \n" if all(parts) else "<br>").join(map(_line, parts))


def inline(block: Paragraph | Item) -> str:
    """The text of a paragraph or item with its bold runs and links."""
    tildes = block.text.count("~") > 1
    pieces: list[tuple[str, bool]] = []
    for bold, parts in runs(block):
        text = "".join(_linked(escape(part, tildes=tildes), address) for part, address, _ in parts)
        core = text.strip() if bold else ""
        before, _, after = text.partition(core) if core else (text, "", "")
        pieces += [(before, False), (core, True), (after, False)]
    pieces = [piece for piece in pieces if piece[0]]
    out = ""
    for (text, bold), (following, _) in pairwise([*pieces, (" ", False)]):
        out += _bold(text, out[-1:] or " ", following[0]) if bold else text
    return lines(re.sub(r"!(?=\[)", r"\\!", out))  # or a link would become an image


def _linked(text: str, address: str | None) -> str:
    return text if address is None else f"[{text}]({_destination(address)})"


def _destination(address: str) -> str:
    return re.sub(r"[()*_]|&(?=#?\w+;)", lambda match: "&amp;" if match[0] == "&" else "\\" + match[0], address)


def _bold(text: str, before: str, after: str) -> str:
    if _flanks(text[0], before) and _flanks(text[-1], after):
        return f"**{text}**"
    return f"<strong>{text}</strong>"


def _flanks(inner: str, outer: str) -> bool:
    """Whether ``**`` between the two opens or closes: https://spec.commonmark.org/0.31.2/#left-flanking-delimiter-run.

    Symbols count as punctuation since version 0.31, so one is no help outside and harm inside.
    GitHub looks past a `~`, at what stands behind it.
    """
    if "~" in (inner, outer):
        return False
    if unicodedata.category(inner)[0] not in "PS":
        return True
    space = unicodedata.category(outer) == "Zs" or outer in "\t\n\f\r"
    return space or unicodedata.category(outer)[0] == "P" or outer in "$+<=>^`|"


def _reference(text: str) -> str:
    return "".join(f"&#{ord(char)};" for char in text)


def _keep_edges(line: str) -> str:
    """White space at the ends of a line, U+3000 among it, as references, since readers take it away."""
    if line.strip() == line:
        return line
    start, end = len(line) - len(line.lstrip()), len(line.rstrip())
    return _reference(line[:start]) + line[start:end] + _reference(line[max(start, end) :])


def _line(line: str) -> str:
    line = _keep_edges(line)
    if _RULE.match(line):
        return _reference(line[0]) + line[1:]
    return _LINE_START.sub(lambda match: f"{match[1] or ''}\\", line)


# --- one function a kind of block ------------------------------------------------------------------------------------


def paragraph(block: Paragraph, _: MarkdownRenderer) -> str:
    """A paragraph."""
    return "" if blank(block.text) else inline(block)


def image(block: Image, _: MarkdownRenderer) -> str:
    """A picture, and on the next line its caption in italics; the caption alone where the address can't be followed."""
    return _picture(web_address(block.url), block.alt or block.caption or "", block.caption)


def video(block: Video, renderer: MarkdownRenderer) -> str:
    """The poster, which leads to the video, and its title in italics; the title as a link where there is no poster."""
    words, address = video_words(block.title), web_address(block.url)
    poster = web_address(block.poster) if renderer.images else None
    if poster is None:
        return lines(_linked(escape(words), address))
    return _picture(poster, block.title or "", words, address)


def _picture(source: str | None, alt: str, caption: str | None, target: str | None = None) -> str:
    words = one_line(alt.replace("\n", " "))
    if words.startswith("^"):  # GitHub reads `![^` as a mark and a footnote
        words = "\\" + words
    shown = None if source is None else _linked(f"![{words}]({_destination(source)})", target)
    below = None if caption is None or blank(caption) else f"*{lines(escape(caption))}*"
    return "  \n".join(filter(None, (shown, below)))


def table(block: Table, renderer: MarkdownRenderer) -> str:
    """A pipe table below its caption in bold; its first row is the head, since a pipe table must have one.

    Cells that span several places are repeated in each, but for long texts, which stand in the first. With
    ``tables="html"`` it is an HTML table with spans instead.
    """
    if renderer.tables == "html":
        # Needed by those who ask for it only.
        from sinaparse.render.html import HtmlRenderer, table

        return table(block, HtmlRenderer()).replace("{", "&#123;")
    caption = None if block.caption is None or blank(block.caption) else f"**{lines(escape(block.caption))}**"
    texts = [one_line(cell.text).replace("|", "\\|") for row in block.rows for cell in row]
    rows: list[str] = []
    shown: set[int] = set()
    for line in filter(None, cell_numbers(block)):
        cells: list[str] = []
        for number in line:
            again = number in shown and len(texts[number]) > _REPEATED
            cells.append("" if number is None or again else texts[number])
            shown.update(() if number is None else (number,))
        rows.append(_row(cells))
        if len(rows) == 1:
            rows.append(_row(["---"] * len(line)))
    return "\n\n".join(filter(None, (caption, "\n".join(rows))))


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def quote(block: Quote, renderer: MarkdownRenderer) -> str:
    """A block quotation."""
    text = "\n\n".join(filter(None, (renderer.paragraph(item, renderer) for item in block.paragraphs)))
    return "\n".join(f"> {line}".rstrip() if not line else f"> {line}" for line in text.split("\n")) if text else ""


def item_list(block: ItemList, _: MarkdownRenderer) -> str:
    """A list, its inner lists indented by four columns, as the strictest reader wants it."""
    written: list[str] = []
    numbers: list[int] = []
    columns: list[int] = []
    for depth, item in nested(block):
        del numbers[depth + 1 :], columns[depth + 1 :]
        if len(numbers) == depth:
            numbers.append(0 if numbers else block.start - 1)
            columns.append(0)
        numbers[depth] += 1
        mark = f"{numbers[depth]}. " if block.ordered else "- "
        columns[depth] = max(4, len(mark))
        indent = " " * sum(columns[:depth])
        text = inline(item).replace("\n", "\n" + indent + " " * len(mark))
        written.append((indent + mark + text).rstrip(" "))
    return "\n".join(written)


def heading(section: Section, _: MarkdownRenderer) -> str:
    """The heading of a section, below the title's level; Markdown has six levels, deeper ones stand on the sixth."""
    return "" if blank(section.heading) else _heading(section.heading or "", section.level + 1)


def _heading(text: str, level: int) -> str:
    line = one_line(text)
    bare = line.rstrip("#")  # a row of them at the end counts for nothing
    return "#" * min(level, 6) + " " + bare + "\\#" * (len(line) - len(bare))


def head(article: Article, _: MarkdownRenderer) -> str:
    """The title as the first heading, then time, source and authors."""
    title = "" if blank(article.title) else _heading(article.title, 1)
    return "\n\n".join(filter(None, (title, lines(escape(" · ".join(under_title(article)))))))


def foot(article: Article, _: MarkdownRenderer) -> str:
    """The metadata lines of the body, below a rule."""
    credits_ = [lines(escape(credit.text)) for credit in article.credits if not blank(credit.text)]
    return "\n\n".join(["---", *credits_]) if credits_ else ""


# --- the whole -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class MarkdownRenderer:
    """Writes articles as Markdown. Each field that is a function writes one kind of thing; replace those you like."""

    front_matter: bool = False
    """YAML front matter in place of the title: the result is a post for Hexo, Hugo or MkDocs."""
    tables: Literal["pipe", "html"] = "pipe"
    images: bool = True
    """False leaves out pictures with their captions, and posters of videos."""
    paragraph: Callable[[Paragraph, MarkdownRenderer], str] = paragraph
    image: Callable[[Image, MarkdownRenderer], str] = image
    table: Callable[[Table, MarkdownRenderer], str] = table
    video: Callable[[Video, MarkdownRenderer], str] = video
    quote: Callable[[Quote, MarkdownRenderer], str] = quote
    item_list: Callable[[ItemList, MarkdownRenderer], str] = item_list
    heading: Callable[[Section, MarkdownRenderer], str] = heading
    head: Callable[[Article, MarkdownRenderer], str] = head
    """What stands before the first section; not used with front matter, which has the same."""
    foot: Callable[[Article, MarkdownRenderer], str] = foot

    def render(self, article: Article) -> str:
        """The article, with a newline at its end."""
        body = "\n\n".join(filter(None, self._parts(article))) + "\n"
        return _with_front_matter(article, body, images=self.images) if self.front_matter else body

    def _parts(self, article: Article) -> Iterator[str]:
        if not self.front_matter:
            yield self.head(article, self)
        last = ""
        for section in all_sections(article):
            if title := self.heading(section, self):
                last = ""
                yield title
            for block in section.blocks:
                text = write_block(block, self)
                if text and block.kind == last == "list":
                    yield "<!-- -->"
                yield text
                last = block.kind if text else last
        yield self.foot(article, self)


def post_metadata(article: Article, *, images: bool = True) -> dict[str, Any]:
    """The front matter of a post: what Hexo, Hugo and MkDocs have a name for, then what else is known.

    ``author`` is one string, since a list in ``authors`` names entries of a file in some themes. Unknown keys of the
    source's own front matter are kept.
    """
    picture = web_address(article.head_image) if images else None
    editor = article.editor and " ".join(filter(None, (article.editor.name, article.editor.code)))
    metadata = {
        "title": article.title,
        "date": article.published_at,
        "author": "、".join(article.authors),
        "categories": list(article.categories),
        "tags": list(article.symbols),
        "image": picture,
        "source": article.source,
        "editor": editor,
        "publisher": article.publisher,
        "original_title": article.original_title,
    }
    return {key: value for key, value in metadata.items() if value or key == "title"} | {
        key: value for key, value in article.extra.thaw().items() if key not in metadata
    }


def _with_front_matter(article: Article, body: str, *, images: bool) -> str:
    # Needed by those who ask for it only.
    import yaml
    from frontmatter import Post, dumps

    class Dumper(yaml.SafeDumper):
        def represent_str(self, data: str) -> yaml.ScalarNode:
            # Rare white space gets lost without quotes: at the end python-frontmatter cuts it off, U+0085 becomes a blank.
            return self.represent_scalar("tag:yaml.org,2002:str", data, style=None if data.isprintable() else '"')

    Dumper.add_representer(str, Dumper.represent_str)
    post = Post(body)
    post.metadata.update(post_metadata(article, images=images))
    return dumps(post, sort_keys=False, width=10**6, Dumper=Dumper) + "\n"
