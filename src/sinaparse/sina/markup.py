"""The names in Sina's mark-up: elements, classes, ids, style tokens, comments.

Sources: real exports of March 2021 to October 2022; Sina's page frame and CMS as seen in them; the selectors that public
feed routes and scrapers remove. A new class of the page frame is one more row here.
"""

import re

from lxml import etree

# --- elements -----------------------------------------------------------------------------------------------------

HIDDEN_TAGS = ("style", "script")
"""Elements whose text a reader of the page never sees."""

RAW_TAGS = ("script", "textarea", "title", "xmp", "iframe", "noembed", "noframes", "plaintext")
"""Elements, besides ``<style>``, whose content an HTML parser takes as it stands, up to the end tag."""

INLINE_TAGS = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr q rp rt ruby s samp small "
    "span strike strong sub sup time tt u var wbr".split()
)
"""Elements that are part of a line of text."""

MEDIA_TAGS = frozenset("img table video audio iframe embed object svg canvas div".split())
"""Elements that are, or may be, something to see without any text."""

BOLD_TAGS = frozenset({"b", "strong"})

HEADING_TAGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}

LINE_TAGS = frozenset(
    {"p", "center", "dt", "dd", "figcaption", "address", "pre", "summary", "legend", "hr", *HEADING_TAGS}
)
"""Elements that are a line, or several, of their own (an ``hr`` is an empty one)."""

CONTAINER_TAGS = frozenset({"div", "dl", "figure", "body", "section", "article", "main", "header", "footer"})
"""Elements that hold lines; with a class or an id they are known only by its name."""

VOID_TAGS = frozenset(
    {"base", "col", "colgroup", "input", "link", "meta", "param", "source", "track", "area", "noscript"}
)
"""Elements that hold nothing a reader sees (a ``noscript`` that does is unknown mark-up by its text)."""

WITHIN_LINES = INLINE_TAGS | VOID_TAGS | {"br", "img", "video", *HIDDEN_TAGS}
"""Elements that do not end the line in which they stand, once they are gone; all others but `FOREIGN_TAG` do."""

HTML_TAGS = frozenset(
    "a abbr acronym address applet area article aside audio b base basefont bdi bdo bgsound big blink blockquote body br "
    "button canvas caption center cite code col colgroup command content data datalist dd del details dfn dialog dir div dl "
    "dt em embed fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i "
    "iframe image img input ins isindex kbd keygen label legend li link listing main map mark marquee math menu menuitem meta "
    "meter multicol nav nextid nobr noembed noframes noscript object ol optgroup option output p param picture plaintext "
    "portal pre progress q rb rbc rp rt rtc ruby s samp script search section select shadow slot small source spacer span "
    "strike strong style sub summary sup svg table tbody td template textarea tfoot th thead time title tr track tt u ul var "
    "video wbr xmp "
    "circle clippath defs ellipse g line lineargradient path pattern polygon polyline rect stop symbol text tspan use".split()
)
"""All elements of HTML, living or obsolete, and the common ones of SVG; anything else in angle brackets is text."""

KNOWN_TAGS = frozenset({*HTML_TAGS, etree.Comment})

USUAL_TAGS = "p font span div img a br strong td tr table tbody caption style video blockquote ul li h2 h3".split()
"""The elements of nearly all exports, the most frequent first; none is one of `RAW_TAGS`."""

FOREIGN_TAG = re.compile(
    r"(?:(?:o|v|w|m|st\d):\w+|mp-[a-z-]+|mp(?:voice|videosnap|profile|cps|gongyi|checktext)|qqmusic)\Z"
)
"""Tags that pasted text brings along, within a line: those of a word processor have a name space, not a meaning; those of
WeChat (voices, cards of accounts, mini programs) hold nothing to read."""

UNDEFINED = "/undefined"
"""What the feed service makes of a missing address: ``new URL(undefined, base)``."""

# --- text elements ------------------------------------------------------------------------------------------------

TEXT_CLASSES = frozenset(
    "article-editor show_author ori_titlesource img_descr keyword f_st jqlblock_cls fl fr clearfix legend a-p-s-img a-p-s-play a-p-s-txt "
    "a-p-s-prev a-p-s-next appendQr_normal appendQr_normal_txt".split()
)
"""Classes on paragraphs, spans, links and the like. Others are kept and reported (`unknown-class`)."""

STYLE_TOKEN = re.compile(
    r"font-[A-Z]+|strong-Bold|italic-Italic|underline|align-\w+|color\d+|legend|super-Script|sub-Script|list-\w+"
)
"""Tokens of the CMS's own style attribute ``cms-style``."""

# --- containers ---------------------------------------------------------------------------------------------------

IMAGE_CLASSES = frozenset({"img_wrapper", "img_descr"})
VIDEO_PLACEHOLDER = "video-2017"
PLAYER_CLASSES = frozenset(
    "artical-player-wrap a-p-hd a-p-info a-p-bd a-p-bd-b a-p-slide a-p-s-list a-p-s-item J_Play_Item".split()
)
PLAYER_IDS = frozenset("J_Article_Player J_Play_List_Wrap J_Play_List J_Video_Source J_Video_Autoplay".split())

PLAYER_WORD_CLASSES = frozenset({"fl", "a-p-s-play", "a-p-s-prev", "a-p-s-next"})
PLAYER_WORD_IDS = frozenset({"J_Article_Player", "J_Player_Prev", "J_Player_Next"})
"""Where the player's own words stand."""

QR_CLASSES = frozenset({"appendQr_wrap", "appendQr_normal", "appendQr_normal_txt"})
ACCOUNT_PART = "kaihu"
"""开户 stands in the class of every box that invites to open an account: ``app-kaihu-qr``."""
ACCOUNT_IDS = frozenset({"app-kaihu-stock", "app-qihuo-kaihu-qr"})

FRAME_CLASSES = frozenset(
    "finance_app_zqtg finance_lcsds_ds_cls xb_new_finance_app live-finance-banner-wrap ct_hqimg hqimg_wrapper hqimg_related "
    "otherContent_01 weiboListBox hzh sinaads tech-quotation tech-con article-notice article-bottom seo_data_list blkComment".split()
)
"""Blocks that the page frame adds: quotation bars, microblog lists, advertising places, notices."""
FORUM_CLICK = "suda_1028_guba"
"""``data-sudaclick`` of links to the stock forum."""
FRAME_IDS = frozenset({"left_hzh_ad", "sinaads_box"})
FRAME_ID_PREFIXES = ("ad_", "blk_weiboBox_")

LIST_CLASSES = frozenset({"list-paddingleft-1", "list-paddingleft-2", "list-paddingleft-3"})
"""What UEditor, the usual editor of Chinese web pages, calls lists by their depth."""

KNOWN_CONTAINERS = frozenset(
    {"clearfix", *LIST_CLASSES, VIDEO_PLACEHOLDER, *IMAGE_CLASSES, *PLAYER_CLASSES, *QR_CLASSES, *FRAME_CLASSES}
)
KNOWN_CLASSES = TEXT_CLASSES | KNOWN_CONTAINERS
KNOWN_IDS = frozenset({*PLAYER_IDS, *ACCOUNT_IDS, *FRAME_IDS, "artibody", "article"})

# --- comments -----------------------------------------------------------------------------------------------------

KEYWORDS = "news_keyword_pub"
VIDEO_LIST = "mce-plugin-videoList"
HIDDEN_AD = "article_adlist"

CMS_COMMENTS = (
    "正文下iframe", "总声明", "文末二维码", "编辑姓名及工作代码", "开户二维码", "期货开户二维码", "正文 start", "正文 end", "正文start",
    "video-list", "/video-list", "HDSlide", "图集开始", "图集结束", "WeiboList", "mce-plugin-survey", "publish_helper",
    "wapdump", "行情图", "新增众测推广文案", "app-kaihu", "news_keyword_pub_end",
)  # fmt: skip
"""How the page frame's own comments begin."""

# --- what makes a file Sina's -------------------------------------------------------------------------------------

MARKS = (
    "cms-style=", "img_wrapper", "article-editor", "appendQr_wrap", "ori_titlesource", "news_keyword_pub", "sinaimg.cn/",
    "正文下iframe", "总声明", "编辑姓名及工作代码",
)  # fmt: skip
NAME = "新浪"
