"""Random articles whose texts are all that could confuse a writer or a reader of mark-up."""

from __future__ import annotations

import datetime as dt

from hypothesis import strategies as st

from sinaparse.models import (
    Article,
    Cell,
    Credit,
    Editor,
    FrozenDict,
    Image,
    Item,
    ItemList,
    Paragraph,
    Quote,
    Section,
    Span,
    Table,
    Video,
)

NASTY = (
    r"""\ ` * ** _ __ [ ] ( ) < > & &amp; &#42; &lt ~ ~~ # ## - + = === --- *** | || : ::: ! ![ !!! 1. 2) 1． 10. {{ }} {% <br> <!-- -->
    <script>alert(1)</script> <strong> </p> </table> <div onclick=x> ]]> `` ``` ~~~ \* \| \\ [a](b) [^1] [x]: <http://a.b> http://a.b/c_d_e 中 文
    重点： 。 ， “ ” （ ） 「 」 《 》 — … ％ a b 1 3 é 🦀 ½ ＋ € 3～5 a|b |:--|--| --|-- """
).split()
SPACES = [
    " ",
    "  ",
    "    ",
    "\t",
    "\n",
    "\n\n",
    "\u3000",
    "\u3000\u3000",
    "\u00a0",
    "\u200b",
    "\ufeff",
    "\u2028",
    "\x00",
    "\x0b",
    "\x85",
    "\r",
]
URLS = [
    "https://finance.sina.com.cn/a/b.shtml",
    "http://x.cn/(a)_(b)?q=1&copy;=2&lt;x&amp=3#f",
    "HTTPS://X.CN/ a b\n\"c\"'d'<e>\\|`*_~[]{}()",
    "//n.sinaimg.cn/中文 路径.jpg",
    "  https://x.cn/)(  ",
    "https://x.cn/%20%zz!",
    "javascript:alert(1)",
    "JaVa\tScRiPt:alert(1)",
    "\x01javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "/relative/path",
    "https:/x.cn",
    "https:\\\\x.cn",
    "http://user@other.cn/",
    "",
]

words = st.one_of(st.sampled_from(NASTY), st.sampled_from(NASTY), st.sampled_from(SPACES), st.text(max_size=3))
texts = st.lists(words, min_size=1, max_size=8).map("".join)
optional_texts = st.none() | texts
urls = st.sampled_from(URLS) | st.text(max_size=8).map("https://x.cn/{}".format)
optional_urls = st.none() | urls
spans = st.lists(
    st.builds(Span, text=texts, bold=st.booleans(), href=optional_urls, symbol=st.none() | st.just("sh600016")),
    max_size=5,
).map(tuple)


def _of_spans(found: tuple[Span, ...]) -> Paragraph:
    return Paragraph(text="".join(span.text for span in found), spans=found)


paragraphs = spans.map(_of_spans) | texts.map(lambda text: Paragraph(text=text))
items = st.tuples(paragraphs, st.integers(0, 4)).map(
    lambda parts: Item(text=parts[0].text, spans=parts[0].spans, depth=parts[1])
)
images = st.builds(Image, url=urls, caption=optional_texts, alt=optional_texts, width=st.none() | st.integers(1, 999))
cells = st.builds(
    Cell, text=texts | st.just(""), header=st.booleans(), colspan=st.integers(1, 3), rowspan=st.integers(1, 3)
)
rows = st.lists(cells, max_size=4).map(tuple)
tables = st.builds(Table, caption=optional_texts, rows=st.lists(rows, max_size=4).map(tuple))
videos = st.builds(Video, title=optional_texts, url=optional_urls, poster=optional_urls)
quotes = st.builds(Quote, paragraphs=st.lists(paragraphs, max_size=3).map(tuple))
lists = st.builds(
    ItemList,
    ordered=st.booleans(),
    start=st.just(1) | st.integers(0, 2_000),
    items=st.lists(items.filter(lambda item: item.text.strip() != ""), min_size=1, max_size=6).map(tuple),
)
blocks = st.one_of(paragraphs, paragraphs, images, tables, videos, quotes, lists)


def _section(inner: st.SearchStrategy[tuple[Section, ...]]) -> st.SearchStrategy[tuple[Section, ...]]:
    return st.lists(
        st.builds(
            Section,
            heading=texts,
            level=st.integers(1, 7),
            blocks=st.lists(blocks, max_size=4).map(tuple),
            sections=inner,
        ),
        max_size=2,
    ).map(tuple)


sections = st.recursive(st.just(()), _section, max_leaves=3)
articles = st.builds(
    Article,
    title=texts | st.just(""),
    published_at=st.none() | st.integers(0, 2**32).map(lambda seconds: dt.datetime.fromtimestamp(seconds, dt.UTC)),
    date_kind=st.sampled_from(["published", "exported"]),
    source=optional_texts,
    authors=st.lists(texts, max_size=2).map(tuple),
    categories=st.lists(texts, max_size=2).map(tuple),
    symbols=st.lists(texts, max_size=2).map(tuple),
    editor=st.none() | st.builds(Editor, name=texts, code=optional_texts),
    head_image=optional_urls,
    credits=st.lists(st.builds(Credit, kind=st.just("note"), text=texts), max_size=2).map(tuple),
    sections=st.tuples(st.lists(blocks, max_size=6).map(tuple), sections).map(
        lambda parts: (Section(blocks=parts[0]), *parts[1])
    ),
    extra=st.dictionaries(texts, texts | st.integers() | st.booleans() | st.none(), max_size=2).map(FrozenDict),
)
