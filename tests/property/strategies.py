"""Random exports: from a grammar of the real mark-up, from wild nesting, and real files with damage.

Every strategy here gives text; the blocks of :func:`blocks` are what a body of Sina's CMS is made of, one element each.
"""

from __future__ import annotations

from html import escape

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
    st.sampled_from(["<br>", "<br/>", "<!-- x -->", "<font></font>", '<span style="font-weight:bold">粗</span>']),
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
style i em u video iframe label figure figcaption script noscript textarea title select option button svg pre o:p form""".split()
VOID = ["img", "br", "hr", "input", "wbr", "source"]
ATTRIBUTES = ["", "", "", *(f" {attribute}" for attribute in """class="img_wrapper"|class="img_descr"|class="appendQr_wrap"|class="app-kaihu-qr"|class="video-2017"|
class="article-editor"|class="ori_titlesource"|class="zzz"|class="artical-player-wrap"|class="jqlblock_cls"|class="fl"|id="stock_sh600000"|id="quote_sh600000"|
id="J_Article_Player"|play-data="1-2-3" class="J_Play_Item" title-data="题"|cms-style="font-L strong-Bold"|cms-style="align-Center"|rowspan="3" colspan="2"|
rowspan="0"|colspan="99999"|style="text-align:center"|src="http://n.sinaimg.cn/a/w1h2/20220101/x.jpg"|src="https://x/undefined"|href="javascript:;"|
href="https://finance.sina.com.cn/realstock/company/sh600519/nc.shtml"|title="<p>"|alt='>'|data-x=1""".replace("\n", "").split("|"))]  # fmt: skip
STRAY = [
    "</div>",
    "</p>",
    "</table>",
    "</td>",
    "</span>",
    "</ul>",
    "<br>",
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
