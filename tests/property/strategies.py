"""Random exports: from a grammar of the real mark-up, from wild nesting, and real files with damage.

Most strategies give text; the blocks of :data:`blocks` are what a body of Sina's CMS is made of, one element each.
:func:`known_exports` gives exports together with what must be read from them.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from email.utils import format_datetime
from html import escape
from itertools import groupby
from typing import Any

from hypothesis import strategies as st

from support import front_matter

HEAD = front_matter("滩涂上的账本", "金融", "新浪财经", "新浪财经－国內") + "\n"


def export(body: str) -> str:
    """A file whose body is this."""
    return f"{HEAD}<div>   \n{body}\n  \n</div>\n            "


# --- text ---------------------------------------------------------------------------------------------------------

WORDS = st.sampled_from(
    """滩涂|退潮后|蛏子|每公斤12.5元|2022年|一、|（二）|第三，|1．|来源：|海州日报|记者|沈予安|图/|摄|（作者：韩立）|责任编辑：|原标题：|表1
    |“账本”|——|说，|。|，|：|？|……|A股|ETF|-3.2%|播放|注：|声明|a < b|R&D|"引号"|'|&nbsp;|100%|★|▲|🦀|é|单位：万元|本报讯
    |\u3000|\u3000\u3000|\u00a0|\u200b|\ufeff| |  |\n|\t|#####filter1#####|海量资讯、精准解读，尽在新浪财经APP|{{|}}|\\|`""".split("|")
)  # fmt: skip
"""Pieces of sentences, among them all that decides about headings, captions, credits and white space."""

texts = st.lists(WORDS, min_size=1, max_size=6).map(lambda words: escape("".join(words), quote=False))
"""A few words as HTML text."""

plain_texts = st.sampled_from(
    """退潮之后，滩涂上的人比船还多。|每公斤十二元五角，比去年低了两成。|账本记到第三十一页，字迹换过四次。|她说，海的脾气写不进账本。|收蛏子的车排到了堤上。
    |2022年全镇产量为3,410吨，同比增长7.9%。|银行给了五十万元的额度，利率4.35%。|合作社下个月换届。""".replace(
        "\n    ", ""
    ).split("|")
)
"""Sentences that are nothing but text."""

STYLES = st.sampled_from(
    ["", ' cms-style="font-L"', ' cms-style="font-L strong-Bold"', ' cms-style="align-Center color0"']
)
STOCKS = st.sampled_from(["sh600519", "sz000858", "hk00700", "gb_aapl", "sh000001"])
PICTURES = st.sampled_from(
    [f"https://n.sinaimg.cn/spider20220217/{n}/w640h427/20220217/{n}a-0f.jpg" for n in range(4)]
    + [
        "https://picsum.photos/400/300?random=1207",
        "//n.sinaimg.cn/finance/abc.png",
        "https://finance.sina.com.cn/undefined",
    ]
)

# --- runs of text -------------------------------------------------------------------------------------------------


def _stock(parts: tuple[str, str]) -> str:
    code, name = parts
    return (
        f'<span id="stock_{code}"><a href="https://finance.sina.com.cn/realstock/company/{code}/nc.shtml" class="keyword">'
        f'{name}</a></span><span id="quote_{code}"></span>'
    )


_atoms = st.one_of(
    texts,
    texts.map("<b>{}</b>".format),
    texts.map('<font cms-style="strong-Bold font-L">{}</font>'.format),
    texts.map('<a href="https://finance.sina.com.cn/china/1.shtml" target="_blank">{}</a>'.format),
    st.tuples(STOCKS, texts).map(_stock),
    STOCKS.map('<span id="quote_{}">(<font color="green">11.20</font>, -0.31)</span>'.format),
    st.sampled_from(
        [
            "<br>",
            "<br><br>",
            "<br/>\u3000\u3000",
            "<!-- x -->",
            "<font></font>",
            '<span style="font-weight:bold">粗</span>',
        ]
    ),
)
runs = st.lists(_atoms, min_size=1, max_size=4).map("".join)
"""What stands in a line."""

# --- blocks -------------------------------------------------------------------------------------------------------

paragraphs = st.tuples(STYLES, runs).map(lambda parts: f"<p{parts[0]}>\u3000\u3000{parts[1]}</p>")

headings = st.one_of(
    texts.map('<p cms-style="font-L">\u3000\u3000<font cms-style="strong-Bold">一、{}</font></p>'.format),
    texts.map('<p cms-style="font-L align-Center"><strong>{}</strong></p>'.format),
    texts.map("<h2>{}</h2>".format),
)


def _picture(parts: tuple[str, str, str]) -> str:
    url, alt, caption = parts
    return f'<div class="img_wrapper"><img src="{url}" alt="{alt}"><span class="img_descr">{caption}</span></div>'


pictures = st.tuples(PICTURES, st.sampled_from(["", "滩涂"]), st.one_of(st.just(""), texts)).map(_picture)

_spans = st.sampled_from(
    ["", "", "", ' colspan="2"', ' rowspan="2"', ' rowspan="3" colspan="2"', ' rowspan="0"', ' colspan="x"']
)
_cells = st.tuples(
    st.sampled_from(["td", "td", "th"]), _spans, st.one_of(st.just(""), texts, texts.map("<p>{}</p><p>二行</p>".format))
).map(lambda parts: f"<{parts[0]}{parts[1]}>{parts[2]}</{parts[0]}>")
_rows = st.lists(_cells, max_size=4).map("".join).map("<tr>{}</tr>".format)
tables = st.tuples(st.one_of(st.just(""), texts.map("<caption>{}</caption>".format)), st.lists(_rows, max_size=4)).map(
    lambda parts: f'<table border="1">{parts[0]}<tbody>{"".join(parts[1])}</tbody></table>'
)


def _list(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    items = st.lists(inner.map("<li>{}</li>".format), max_size=3).map("".join)
    return st.tuples(st.sampled_from(["ul", "ol"]), items).map(lambda parts: f"<{parts[0]}>{parts[1]}</{parts[0]}>")


lists = _list(st.one_of(runs, st.tuples(runs, _list(runs)).map("".join)))

quotes = st.one_of(
    runs.map("<blockquote>{}</blockquote>".format),
    st.lists(paragraphs, min_size=1, max_size=2).map("".join).map("<blockquote>{}</blockquote>".format),
)


def _player(parts: tuple[str, str]) -> str:
    title, shown = parts
    return (
        '<div class="artical-player-wrap"><div class="a-p-hd"><div id="J_Article_Player">视频加载中，请稍候...</div></div>'
        f'<div class="a-p-s-item J_Play_Item" play-data="391000111-1-1" title-data="{title}"><a href="javascript:;" class="a-p-s-img">'
        f'<img src="https://n.sinaimg.cn/v/1.jpg"><i class="a-p-s-play">play</i><span class="a-p-s-txt">{shown}</span></a></div></div>'
    )


videos = st.one_of(
    st.tuples(st.sampled_from(["", "赶海"]), st.sampled_from(["", "赶海", "退潮"])).map(_player),
    st.just('<!--video-list--><div class="video-2017" id="videoList0"></div><!--/video-list-->'),
    st.just('<video poster="https://n.sinaimg.cn/v/2.jpg"><source src="https://edge.ivideo.sina.com.cn/1.mp4"></video>'),
    st.just('<!--mce-plugin-videoList2[{"videos":[{"title":"赶海","videoid":"391000111","img":"https://n.sinaimg.cn/v/1.jpg"}]}]mce-plugin-videoList2-->'),
)  # fmt: skip

metadata = st.one_of(
    st.just('<p class="article-editor">责任编辑：沈予安 SF142</p>'),
    st.just('<p class="ori_titlesource">\u3000\u3000原标题：滩涂上的账本</p>'),
    st.sampled_from(["来源：海州日报", "记者 沈予安", "海州日报记者 沈予安", "（作者为海洋大学教授）"]).map(
        "<p>\u3000\u3000{}</p>".format
    ),
    st.sampled_from(["", "sh600519", "sh600519&hk00700"]).map("<!-- news_keyword_pub,stock,{} -->".format),
)

promotions = st.sampled_from(
    [
        '<!--article_adlist[<p cms-style="font-L">关注公众号</p>]article_adlist-->',
        '<!--article_adlist[<img src="data:image/gif;base64,R0lGOD" black-list="y"/><p>被切断-->',
        "<!-- 正文下iframe -->",
        "<!-- 总声明-->",
        "<style>.appendQr_wrap&#123;border:1px solid #E6E6E6&#125;</style>",
        "<script>var slide_data = 1;</script>",
        (
            '<div class="clearfix appendQr_wrap"><div class="appendQr_normal"><img src="https://n.sinaimg.cn/q/1.png"></div>'
            '<div class="appendQr_normal_txt">海量资讯、精准解读，尽在新浪财经APP</div></div>'
        ),
        '<div class="app-kaihu-qr"><span>炒股开户享福利，入金抽188元红包，100%中奖！</span></div>',
        '<div class="ct_hqimg"><div class="hqimg_related">热点栏目 自选股</div></div>',
        '<ul class="seo_data_list"><li>相关一</li><li>相关二</li></ul>',
        '<iframe src="https://finance.sina.com.cn/iframe/hq.html" width="640"></iframe>',
        '<blockquote><p class="jqlblock_cls"><a href="https://finance.sina.com.cn/jql/">研报精选</a></p></blockquote>',
        "<p>\u3000\u3000海量资讯、精准解读，尽在新浪财经APP</p>",
        "<p>扫二维码 立即期货开户</p>",
        '<div data-sudaclick="suda_1028_guba">去股吧看看</div>',
        "<p></p>",
        '<p cms-style="font-L">\u3000\u3000</p>',
    ]
)
"""What the page frame adds and the default cleaners take out; one element each."""

blocks = st.one_of(paragraphs, paragraphs, headings, pictures, tables, lists, quotes, videos, metadata)
"""One block of an article."""

bodies = st.lists(st.one_of(blocks, blocks, blocks, promotions), min_size=1, max_size=6).map("\n".join)
"""The inside of a body as the CMS writes it."""

# --- wild nesting -------------------------------------------------------------------------------------------------

TAGS = """p p p div span font b strong a table tr td th tbody thead caption ul ol li dl dt dd blockquote h2 h4 center section aside
style i em u video iframe label figure figcaption script noscript textarea title select option button svg pre o:p st1:chsdate mpvoice form""".split()
VOID = ["img", "br", "hr", "input", "wbr", "source"]
ATTRIBUTES = ["", "", "", *(f" {attribute}" for attribute in """class="img_wrapper"|class="img_descr"|class="appendQr_wrap"|class="app-kaihu-qr"|class="video-2017"|
class="article-editor"|class="ori_titlesource"|class="zzz"|class="artical-player-wrap"|class="jqlblock_cls"|class="fl"|id="stock_sh600000"|id="quote_sh600000"|
id="J_Article_Player"|play-data="1-2-3" class="J_Play_Item" title-data="题"|cms-style="font-L strong-Bold"|cms-style="align-Center"|rowspan="3" colspan="2"|
rowspan="0"|colspan="99999"|style="text-align:center"|src="http://n.sinaimg.cn/a/w1h2/20220101/x.jpg"|src="https://x/undefined"|src="data:," data-src="https://x/y.jpg"|href="javascript:;"|
href="https://finance.sina.com.cn/realstock/company/sh600519/nc.shtml"|title="<p>"|alt='>'|data-x=1""".replace("\n", "").split("|"))]  # fmt: skip
STRAY = [
    "</div>",
    "</p>",
    "</table>",
    "</td>",
    "</span>",
    "</ul>",
    "<br>",
    "<br>\u3000",
    "&nbsp;",
    "&lt;x&gt;",
    "1<2",
    "a & b",
    "<!-- x -->",
    "<!---->",
    "<?php x ?>",
]
DAMAGE = ["</body>", "</html>", "<abc>", "<摘要>", "</摘要>", "<!--", "-->", "<style>", "</", "<", "&#0;", "&#xD800;", "\0", "\x1b", "<![CDATA[", "\ud800", '<p title="']  # fmt: skip


def _element(parts: tuple[str, str, str, bool]) -> str:
    tag, attributes, inner, closed = parts
    return f"<{tag}{attributes}>{inner}{f'</{tag}>' if closed else ''}"


def _tangle(leaves: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    attributes = st.sampled_from(ATTRIBUTES)
    leaf = st.one_of(leaves, st.tuples(st.sampled_from(VOID), attributes).map("<{0[0]}{0[1]}>".format))

    def extend(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        closed = st.sampled_from([True, True, True, True, False])
        element = st.tuples(st.sampled_from(TAGS), attributes, inner, closed).map(_element)
        return st.lists(st.one_of(element, leaf), min_size=1, max_size=4).map("".join)

    return st.recursive(leaf, extend, max_leaves=12)


tangles = _tangle(st.one_of(texts, promotions, st.sampled_from(STRAY)))
"""Any element in any other, some of them not closed."""

damaged = _tangle(st.one_of(texts, blocks, st.sampled_from(STRAY), st.sampled_from(DAMAGE), st.sampled_from(DAMAGE)))
"""The same with what no tree can be made of without a decision."""

# --- damage of bytes ----------------------------------------------------------------------------------------------

edits = st.lists(
    st.tuples(
        st.sampled_from(["flip", "cut", "insert", "end"]),
        st.floats(min_value=0, max_value=1, exclude_max=True),
        st.integers(min_value=0, max_value=255),
    ),
    min_size=1,
    max_size=6,
)
"""What happens to a file on the way: kind, place as a part of its length, and a byte."""

INSERTED = (
    b"<",
    b">",
    b'"',
    b"---\n",
    b"\n---\n",
    b"<!--",
    b"-->",
    b"</div>",
    b"\x00",
    b"\xff\xfe",
    b"&",
    b": ",
    b"\r",
    b"<style>",
    b"'",
    b"[",
)


def damage(source: bytes, what: list[tuple[str, float, int]]) -> bytes:
    """A source after some accidents."""
    data = bytearray(source)
    for kind, part, value in what:
        place = int(part * len(data))
        if kind == "flip" and data:
            data[place] ^= value or 1
        elif kind == "cut":
            del data[place : place + value]
        elif kind == "insert":
            data[place:place] = INSERTED[value % len(INSERTED)]
        elif kind == "end" and value < 64:
            del data[place:]
    return bytes(data)


# --- exports with their answers -------------------------------------------------------------------------------------
#
# Nothing in these sentences decides anything: what is a heading, a caption or a credit is so by its mark-up or its first
# words, which stand here. So the answer is known without reading what was written.

SAFE = "滩涂退潮蛏斤今船堤上她他收车排字迹银额度利率合换届海风岸"
_WORDS = st.one_of(
    st.text(SAFE, min_size=1, max_size=6),
    st.sampled_from(
        [
            "3,410吨",
            "4.35%",
            "A股",
            "“账本”",
            "《关于<回购股份>的议案》",
            "R&D",
            "{甲}",
            "，",
            "🦀",
            "a < b",
            "é",
            ">>",
            "--",
        ]
    ),
)


phrases = st.tuples(
    st.text(SAFE, min_size=2, max_size=4), st.lists(_WORDS, max_size=4).map("".join), st.sampled_from(SAFE)
).map("".join)
"""A few words that begin and end with a Chinese character."""
sentences = phrases.map("{}。".format)
names = st.sampled_from(["沈予安", "韩立秋", "陆闻舟"])
symbols = st.sampled_from(["sh600519", "sz000858", "hk00700", "sz300059", "bj430047"])

Span = tuple[str, bool, str | None, str | None]
"""Text, whether bold, address, symbol."""


@dataclass
class Written:
    """A piece of a body and what must be read from it: blocks and headings in order, and stock links."""

    html: str
    answer: list[Any] = field(default_factory=list)
    mentions: list[tuple[str, str]] = field(default_factory=list)


def _run(parts: tuple[str, str, str]) -> tuple[str, Span, list[tuple[str, str]]]:
    kind, text, symbol = parts
    if kind == "stock":
        address = f"https://finance.sina.com.cn/realstock/company/{symbol}/nc.shtml"
        html = f'<span id="stock_{symbol}"><a href="{address}" class="keyword">{text}</a></span><span id="quote_{symbol}"></span>'
        return html, (text, False, address, symbol), [(symbol, text)]
    if kind == "link":
        return (
            f'<a href="https://finance.sina.com.cn/1.shtml">{text}</a>',
            (text, False, "https://finance.sina.com.cn/1.shtml", None),
            [],
        )
    html = {
        "bold": "<b>{}</b>",
        "font": '<font cms-style="strong-Bold font-L">{}</font>',
        "plain": "{}",
        "font-L": '<font cms-style="font-L">{}</font>',
    }[kind]
    return html.format(text), (text, kind in ("bold", "font"), None, None), []


_kinds = st.sampled_from(["plain", "plain", "plain", "font-L", "bold", "font", "link", "stock"])
_inner_runs = st.lists(st.tuples(_kinds, phrases, symbols).map(_run), max_size=3)
_inline_promotions = st.sampled_from(
    ["", "", "", "<!--article_adlist[<p>关注公众号</p>]article_adlist-->", '<span id="quote_sh600000">(<font color="red">9.1</font>)</span>', "<!-- 行情图end -->"]
)  # fmt: skip


def _merged(spans: list[Span]) -> tuple[Span, ...]:
    return tuple(("".join(span[0] for span in group), *kind) for kind, group in groupby(spans, lambda span: span[1:]))


@st.composite
def _known_paragraphs(draw: st.DrawFn) -> Written:
    """A sentence, perhaps with links and bold inside, perhaps after a bold lead-in."""
    lead = draw(st.one_of(st.none(), st.none(), phrases.map("{}：".format)))
    runs = [_run(("plain", draw(sentences), "")), *draw(_inner_runs), _run(("plain", draw(sentences), ""))]
    if lead:
        runs.insert(0, _run((draw(st.sampled_from(["bold", "font"])), lead, "")))
    html = "".join(run[0] + draw(_inline_promotions) for run in runs)
    spans = _merged([run[1] for run in runs])
    style = draw(st.sampled_from(["", ' cms-style="font-L"', ' align="justify"']))
    indent = draw(st.sampled_from(["\u3000\u3000", "", "  \n"]))
    text = "".join(span[0] for span in spans)
    answer = ("paragraph", text, lead, spans)
    return Written(f"<p{style}>{indent}{html}</p>", [answer], [link for run in runs for link in run[2]])


@st.composite
def _known_images(draw: st.DrawFn) -> Written:
    width, height = draw(st.integers(1, 9_999)), draw(st.integers(1, 9_999))
    day = draw(st.dates(dt.date(2015, 1, 1), dt.date(2022, 12, 31)))
    address = f"https://n.sinaimg.cn/spider{day:%Y%m%d}/{draw(st.integers(0, 999))}/w{width}h{height}/{day:%Y%m%d}/ebe5-5617.jpg"
    if draw(st.booleans()):
        address = "https://cors.zfour.workers.dev/?" + address
    alt = draw(st.one_of(st.just(""), phrases))
    caption: str | None = None
    html, mentions = "", []
    if draw(st.booleans()):
        run = _run((draw(st.sampled_from(["plain", "stock"])), draw(phrases), draw(symbols)))
        html, caption, mentions = run[0], run[1][0], run[2]
    answer = ("image", address, caption, alt or None, width, height, day)
    alt = escape(alt, quote=True)
    return Written(
        f'<div class="img_wrapper"><img id="0" src="{address}" alt="{alt}" referrerpolicy="no-referrer"><span class="img_descr">{html}</span></div>',
        [answer],
        mentions,
    )


@st.composite
def _known_tables(draw: st.DrawFn) -> Written:
    width, height = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    tall = draw(st.booleans()) and width > 1 and height > 1
    rows: list[tuple[Any, ...]] = []
    html: list[str] = []
    mentions: list[tuple[str, str]] = []
    for number in range(height):
        cells = []
        parts = []
        for column in range(width):
            if tall and number == 1 and column == 0:
                continue
            kind = draw(st.sampled_from(["plain", "plain", "stock", "nothing"]))
            run = ("", ("", False, None, None), []) if kind == "nothing" else _run((kind, draw(phrases), draw(symbols)))
            header = draw(st.booleans()) and number == 0
            rowspan = 2 if tall and (number, column) == (0, 0) else 1
            tag = "th" if header else "td"
            inner = f"<p>{run[0]}</p>" if draw(st.booleans()) else run[0]
            parts.append(f"<{tag}{' rowspan=2' if rowspan == 2 else ''}>{inner}</{tag}>")
            cells.append((run[1][0], header, 1, rowspan))
            mentions += run[2]
        html.append(f"<tr>{''.join(parts)}</tr>")
        rows.append(tuple(cells))
    if draw(st.booleans()):
        note = draw(phrases)
        html.append(f'<tr><td colspan="{width}">{note}</td></tr>')
        rows.append(((note, False, width, 1),))
    caption = draw(st.one_of(st.none(), phrases))
    head = "" if caption is None else f"<caption>{caption}</caption>"
    return Written(
        f'<table border="1">{head}<tbody>{chr(10).join(html)}</tbody></table>',
        [("table", caption, tuple(rows))],
        mentions,
    )


@st.composite
def _known_quotes(draw: st.DrawFn) -> Written:
    texts = draw(st.lists(sentences, min_size=1, max_size=3))
    bare = len(texts) == 1 and draw(st.booleans())
    inner = texts[0] if bare else "".join(f"<p>\u3000\u3000{text}</p>" for text in texts)
    return Written(f"<blockquote>{inner}</blockquote>", [("quote", tuple(texts))])


@st.composite
def _known_lists(draw: st.DrawFn) -> Written:
    start = draw(st.none() | st.just(1) | st.integers(0, 99))
    tag = "ul" if start is None else "ol"
    numbered = f' start="{start}"' if start != 1 and start is not None else ""
    items: list[tuple[str, int]] = []
    html = ""
    for text, inner in draw(st.lists(st.tuples(sentences, st.lists(phrases, max_size=2)), min_size=1, max_size=3)):
        items += [(text, 0), *((line, 1) for line in inner)]
        below = f"<ul>{''.join(f'<li>{line}</li>' for line in inner)}</ul>" if inner else ""
        html += f"<li>{text}{below}</li>"
    return Written(f"<{tag}{numbered}>{html}</{tag}>", [("list", start, tuple(items))])


@st.composite
def _known_videos(draw: st.DrawFn) -> Written:
    number = str(draw(st.integers(100_000_000, 999_999_999)))
    title = draw(phrases.filter(lambda text: "--" not in text))
    poster = f"https://p.ivideo.sina.com.cn/video/{number}.jpg"
    address = f"https://video.sina.com.cn/p/{number}.html"
    data = {"title": title, "videoid": number, "ad": "1", "url": address, "img": poster}
    written = json.dumps({"listPlay": 1, "videos": [data]}, ensure_ascii=draw(st.booleans()))
    return Written(
        f"<!--mce-plugin-videoList2[{written}]mce-plugin-videoList2--><!--video-list-->"
        '<div class="video-2017" id="videoList0"></div><!--/video-list-->',
        [("video", title, number, address, poster)],
    )


_CHINESE = "一二三四五六七八九十"
_SCHEMES: dict[str, Callable[[int, int, str], tuple[str, str]]] = {
    "elements": lambda depth, _number, text: (f"<h{depth + 2}>{text}</h{depth + 2}>", text),
    "numbers": lambda depth, number, text: [
        lambda line: (f'<p cms-style="font-L align-Center"><font cms-style="strong-Bold">{line}</font></p>', line),
        lambda line: (
            f'<p cms-style="font-L">\u3000\u3000<font cms-style="strong-Bold font-L">{line}</font></p>',
            line,
        ),
        lambda line: (f'<p cms-style="font-L strong-Bold">\u3000\u3000{line}</p>', line),
    ][depth]((f"{_CHINESE[number]}、{text}", f"（{_CHINESE[number]}）{text}", f"{number + 1}. {text}")[depth]),
    "bold": lambda _depth, _number, text: (f"<p>\u3000\u3000<strong>{text}</strong></p>", text),
}
"""How the headings of one article are written, by depth and number: the mark-up and the text."""
_DEPTHS = {"elements": 3, "numbers": 3, "bold": 1}

known_blocks = st.one_of(
    _known_paragraphs(), _known_paragraphs(), _known_images(), _known_tables(), _known_quotes(), _known_lists(), _known_videos()
)  # fmt: skip


@dataclass
class Known:
    """An export and what must be read from it."""

    front: str
    body: list[str]
    """Its elements, between which anything that is no part of the article may stand."""
    answer: dict[str, Any]
    braces: bool
    """Whether the exporter escaped them."""

    def source(self, between: list[str] | None = None) -> str:
        """The file, with something after each element of the body, as far as it reaches."""
        between = [*(between or []), *[""] * len(self.body)]
        body = "\n".join(part for pair in zip(self.body, between, strict=False) for part in pair if part)
        text = f"---\n{self.front}---\n\n<div>   \n{body}\n  \n</div>\n            "
        return text.replace("{", "&#123;").replace("}", "&#125;") if self.braces else text


@st.composite
def _fronts(draw: st.DrawFn, image: str | None) -> tuple[str, dict[str, Any], bool]:
    """Front matter of any generation, or of none; what it says; whether braces are escaped in such a file."""
    generation = draw(st.sampled_from(["first", "requoted", "second", "third", "fourth", "other"]))
    title = draw(phrases.filter(lambda text: "{" not in text and "\n" not in text)) + "记事"
    if draw(st.booleans()) and generation not in ("first", "requoted"):
        title += draw(st.sampled_from(["：'一'", '"一"', "_一_", "“一”"]))
    moment = draw(st.datetimes(dt.datetime(2015, 1, 1), dt.datetime(2030, 1, 1))).replace(microsecond=0, tzinfo=dt.UTC)  # noqa: DTZ001
    naive = draw(st.booleans())
    date = f"{moment:%Y-%m-%d %H:%M:%S}" if naive else format_datetime(moment, usegmt=True)
    old = generation in ("first", "requoted")
    categories = ["金融", "新浪财经 - 新浪财经－国內"] if old else ["金融", "新浪财经", "新浪财经－国內"]
    publisher = categories[1]
    quoted = f'"{title}"' if "'" in title else f"'{title}'"
    written = {"first": title, "requoted": '"' * 9 + f"'{title}'" + '"' * 9}.get(generation, quoted)
    shown = [*categories[:-1], f"| {categories[-1]}"] if generation == "third" else categories
    indent = " " * (1 if generation in ("third", "fourth") else 4)
    items = "".join(f"{indent}- {name}\n" for name in shown)
    picture = image or ("https://picsum.photos/400/300?random=5061" if generation == "fourth" else "")
    thumbnail = picture if old else f"'{picture}'"
    lines = [
        f"title: {written}\ncategories: \n{items}",
        f"headimg: '{picture}'\n" if generation in ("third", "fourth", "other") else "",
        "\n" if generation == "second" else "",
        f"author: {publisher}\ncomments: false\n",
        f"date: {date}\n",
        f"thumbnail: {thumbnail}\n",
    ]
    extra = {}
    if generation == "other":
        lines.append("tags: [甲, 乙]\nweight: 3\n")
        extra = {"tags": ["甲", "乙"], "weight": 3}
        lines = draw(st.permutations(lines))
    answer = {
        "title": title,
        "published_at": moment,
        "date_kind": "exported" if naive else "published",
        "publisher": publisher,
        "categories": tuple(categories),
        "head_image": image,
        "extra": extra,
    }
    return "".join(lines), answer, not old


@st.composite
def known_exports(draw: st.DrawFn) -> Known:
    """An export with its answer: front matter of any generation, credits, sections with blocks of every kind."""
    parts: list[Written] = []
    answer: dict[str, Any] = {"original_title": None, "source": None, "authors": (), "editor": None}
    credits_: list[tuple[str, str]] = []

    def credit(kind: str, text: str, html: str) -> None:
        credits_.append((kind, text))
        parts.append(Written(html.format(text)))

    if draw(st.booleans()):
        answer["original_title"] = title = draw(phrases)
        credit(
            "original_title",
            f"原标题：{title}",
            '<p class="ori_titlesource">\u3000\u3000{}</p>' if "{" not in title else "<p>{}</p>",
        )
    if draw(st.booleans()):
        answer["source"] = "海州日报"
        credit("source", "来源：海州日报", "<p>\u3000\u3000{}</p>")
    if draw(st.booleans()):
        answer["authors"] = tuple(dict.fromkeys(draw(st.lists(names, min_size=1, max_size=2))))
        credit("byline", f"记者 {' '.join(answer['authors'])}", "<p>\u3000\u3000{}</p>")
    scheme = draw(st.sampled_from(sorted(_SCHEMES)))
    parts += [draw(_known_paragraphs()), *draw(st.lists(known_blocks, max_size=3))]
    depth = -1
    numbers = [0, 0, 0]
    for _ in range(draw(st.integers(0, 4))):
        depth = draw(st.integers(0, min(depth + 1, _DEPTHS[scheme] - 1)))
        html, text = _SCHEMES[scheme](depth, numbers[depth], draw(phrases.filter(lambda text: len(text) <= 24)))
        numbers[depth] += 1
        parts.append(Written(html, [("heading", text, depth + 1)]))
        parts += [draw(_known_paragraphs()), *draw(st.lists(known_blocks, max_size=2))]
    mentions = [link for part in parts for link in part.mentions]
    found = dict.fromkeys(symbol for symbol, _ in mentions)
    if draw(st.booleans()):
        listed = [*found, *draw(st.lists(symbols, max_size=1))]
        found.update(dict.fromkeys(listed))
        parts.append(Written(f"<!-- news_keyword_pub,stock,{'&'.join(dict.fromkeys(listed))} -->"))
    if draw(st.booleans()):
        name, code = draw(names), draw(st.sampled_from([None, "SF142", "SN225"]))
        answer["editor"] = (name, code)
        credit("editor", f"责任编辑：{name}{' ' + code if code else ''}", '<p class="article-editor">{}</p>')
    blocks_ = [block for part in parts for block in part.answer]
    image = next((block[1] for block in blocks_ if block[0] == "image"), None)
    front, said, braces = draw(_fronts(image))
    answer |= said | {"blocks": blocks_, "mentions": mentions, "symbols": tuple(found), "credits": credits_}
    return Known(front, [part.html for part in parts], answer, braces)


@st.composite
def exporter_damage(draw: st.DrawFn) -> Callable[[str], bytes]:
    """What happens to a file on its way that changes nothing in it: byte order mark, line ends, encoding, blanks."""
    line_end = draw(st.sampled_from(["\n", "\r\n", "\r"]))
    encoding = draw(st.sampled_from(["utf-8", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"]))
    before = draw(st.sampled_from(["", "\n", "\n \n"]))
    cut = draw(st.booleans())

    def damage(source: str) -> bytes:
        text = before + (source.rstrip() if cut else source)
        return text.replace("\n", line_end).encode(encoding)

    return damage
