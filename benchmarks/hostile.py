"""What hostile files cost: ``python benchmarks/hostile.py [--only WORD] [--jobs N]``, the worst first.

Each shape is read in a process of its own under the default limits, in lenient mode, which goes on where strict mode has
stopped: parsed, its problems and removals written as JSON, its article written, read back and compared, and rendered by
whatever renderers there are. Shown are the processor time in seconds, the peak of memory above the start in MB, and what came
out. Exits with 1 if a shape takes more than 5 s or 400 MB, or ends in anything but an article or an error.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

SECONDS, MEGABYTES = 5.0, 400
PATIENCE = 30
"""Seconds of wall time after which a process is ended."""

FRONT = (
    "title: '退潮之后'\ncategories:\n - 金融\n - 新浪财经\n - 新浪财经－国內\nheadimg: ''\nauthor: 新浪财经\ncomments: false\n"
    "date: Thu, 17 Feb 2022 03:15:53 GMT\nthumbnail: ''\n"
)
MEGABYTE = 1024 * 1024
SOURCE = 4 * MEGABYTE - 4096
"""Room for a body within the limit on sources."""
TAGS = 49_900
"""Room for tags within the limit on them."""
FRONT_ROOM = 62 * 1024


def export(body: str, front: str = FRONT) -> bytes:
    """A file with this body."""
    return f"---\n{front}---\n\n<div>   \n{body}\n  \n</div>\n            ".encode("utf-8", "surrogatepass")


def fill(pattern: str, size: int = SOURCE) -> str:
    """A pattern again and again, up to a size in bytes."""
    return pattern * (size // len(pattern.encode("utf-8", "surrogatepass")))


def tags(pattern: str, number: int = TAGS) -> str:
    """A pattern again and again, up to a number of tags and the size of a source."""
    return pattern * min(number // pattern.count("<"), SOURCE // len(pattern.encode()))


def numbered(pattern: str, number: int = TAGS) -> str:
    """The same with another number in each, for `@`."""
    times = min(number // max(pattern.count("<"), 1), SOURCE // (len(pattern.encode()) + 6))
    return "".join(pattern.replace("@", str(n)) for n in range(times))


def nested(opening: str, closing: str, depth: int, inner: str = "里") -> str:
    """An element in itself."""
    return opening * depth + inner + closing * depth


def front(more: str) -> bytes:
    """A file with this at the end of its front matter."""
    return export("<p cms-style='font-L'>退潮。</p>", FRONT + more)


def letters(number: int, seed: int = 7) -> str:
    """Random Chinese characters, the same every time."""
    dice = random.Random(seed)  # noqa: S311 no secret
    return "".join(chr(dice.randrange(0x4E00, 0x9FA5)) for _ in range(number))


STOCK = '<span id="stock_sh@"><a href="https://finance.sina.com.cn/realstock/company/sh@/nc.shtml">名</a></span>'
VIDEO = "<!--mce-plugin-videoList2[%s]mce-plugin-videoList2-->"

SHAPES: dict[str, Callable[[], bytes]] = {
    # --- size -------------------------------------------------------------------------------------------------------
    "one text of 4 MB": lambda: export(fill("退潮之后，滩涂上的人比船还多。")),
    "one paragraph of 4 MB": lambda: export(f"<p>{fill('字')}</p>"),
    "one paragraph of 4 MB of ASCII": lambda: export(f"<p>{fill('a')}</p>"),
    "15 MB of text": lambda: export(fill("退潮", 15 * MEGABYTE)),
    "4 MB of blanks": lambda: export(f"<p>一{fill(chr(0x3000))}二</p>"),
    "paragraphs between line breaks": lambda: export("<p>" + tags("一<br>　　") + "</p>"),
    "halves of indents after line breaks": lambda: export("<p>一" + tags("<br><b>　</b>") + "</p>"),
    "4 MB of line ends": lambda: export(f"<p>一{fill(chr(10))}二</p>"),
    "blanks in colours": lambda: export(numbered(f'<p style="color:rgb(@{" " * 3900}x">退潮</p>')),
    "4 MB of preformatted lines": lambda: export("<pre>" + fill("一\n") + "</pre>"),
    "4 MB of carriage returns": lambda: export(f"<p>一{fill(chr(13))}二</p>"),
    "4 MB of line ends before the fence": lambda: fill("\n").encode() + export("<p>一</p>"),
    "blank lines and blanks before a fence": lambda: fill(" \n ").encode() + b"-" + export("<p>一</p>"),
    "4 MB of fences": lambda: b"---\n" + fill("---\n").encode(),
    "4 MB of near-fences": lambda: b"---\n" + fill("--- x\n").encode() + export("<p>一</p>"),
    "a fence with 4 MB of blanks": lambda: b"---" + fill(" ").encode() + b"x\n" + export("<p>一</p>"),
    # --- bytes ------------------------------------------------------------------------------------------------------
    "4 MB of NULs": lambda: bytes(SOURCE),
    "NULs in the body": lambda: export("<p>" + fill("一\0") + "</p>"),
    "control characters in the body": lambda: export("<p>" + fill("一二三四\x01") + "</p>"),
    "lone surrogates": lambda: export("<p>" + fill("一\ud800") + "</p>"),
    "UTF-16": lambda: ("\ufeff" + export(fill("字", SOURCE * 3 // 2 - 9000)).decode()).encode("utf-16-le")[:SOURCE],
    "UTF-16 of odd length": lambda: ("\ufeff" + export(fill("字", SOURCE - 9000)).decode()).encode("utf-16-le") + b"<",
    "UTF-16 with halves of pairs": lambda: (
        b"\xff\xfe" + export("<p>一</p>").decode().encode("utf-16-le") + b"\x00\xd8" * 900_000
    ),
    "GB18030": lambda: export(f"<p>{fill('字', SOURCE - 9000)}</p>").decode().encode("gb18030"),
    "GB18030 in four bytes": lambda: (
        export("<p>" + "\u1234" * (SOURCE // 4 - 9000) + "</p>").decode().encode("gb18030")
    ),
    "GB18030 in four bytes, cut": lambda: (
        export("<p>" + "\u1234" * (SOURCE // 4 - 9000)).decode().encode("gb18030")[:-21]
    ),
    "UTF-8 with one wrong byte at the end": lambda: export(fill("字")) + b"\xff",
    "random bytes": lambda: random.Random(1).randbytes(SOURCE),  # noqa: S311
    "0xFF": lambda: b"\xff" * SOURCE,
    "0x80": lambda: b"---\n" + b"\x80" * SOURCE,
    "line ends and wrong bytes": lambda: b"---\n" + b"\xfe\n" * (SOURCE // 2),
    "text of both directions": lambda: export("<p>" + fill("\u202e\u05d0\u2066字\u2069\u202c") + "</p>"),
    "combining marks": lambda: export("<p>a" + fill("\u0301") + "</p>"),
    "zero-width blanks": lambda: export("<p>" + fill("一\u200b\ufeff") + "</p>"),
    # --- front matter -----------------------------------------------------------------------------------------------
    "YAML: a billion laughs": lambda: front(
        "a0: &a0 [笑,笑,笑,笑,笑,笑,笑,笑,笑]\n"
        + "".join(f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 40))
    ),
    "YAML: a quadratic number of laughs": lambda: front(f"a: &a '{'笑' * 10_000}'\nb: [{','.join(['*a'] * 7_000)}]\n"),
    "YAML: the same below many keys": lambda: front(
        f"a: &a [{','.join('笑' * 2_000)}]\n" + "".join(f"k{n}: *a\n" for n in range(4_500))
    ),
    "YAML: aliases just below the limit, again and again": lambda: front(
        f"a: &a [{','.join('a' * 15_000)}]\n" + "".join(f"k{n}: [*a,*a,*a,*a]\n" for n in range(1_400))
    ),
    "YAML: anchors": lambda: front("".join(f"k{n}: &a{n} 1\n" for n in range(4_500))),
    "YAML: tags": lambda: front("".join(f"k{n}: !t{n} 1\n" for n in range(4_500))),
    "YAML: long tags": lambda: front(f"k: !{'t' * 60_000} 1\n"),
    "YAML: brackets": lambda: front("k: " + "[" * 60_000 + "\n"),
    "YAML: keys in brackets": lambda: front("".join(f"[k{n}, [a, b]]: 1\n" for n in range(3_500))),
    "YAML: keys in brackets in keys in brackets": lambda: front("k: " + "{[" * 15_000 + "\n"),
    "YAML: question marks": lambda: front("k:\n" + " ? a\n" * 12_000),
    "YAML: a question mark in itself": lambda: front("? " * 30_000 + "a\n"),
    "YAML: items in items": lambda: front("k:\n " + "- " * 30_000 + "a\n"),
    "YAML: a long scalar": lambda: front(f"k: {'a' * FRONT_ROOM}\n"),
    "YAML: a long plain scalar on many lines": lambda: front("k: a\n" + "  a\n" * 15_000),
    "YAML: a long scalar in quotes on many lines": lambda: front('k: "a\n' + "\n" * FRONT_ROOM + '"\n'),
    "YAML: escapes": lambda: front('k: "' + "\\U0001F980" * 6_000 + '"\n'),
    "YAML: an integer of 60,000 digits": lambda: front(f"k: {'9' * 60_000}\n"),
    "YAML: a hexadecimal integer": lambda: front(f"k: 0x{'f' * 60_000}\n"),
    "YAML: an integer to the base 60": lambda: front(f"k: 1{':59' * 20_000}\n"),
    "YAML: many integers to the base 60": lambda: front(f"k: [{','.join(['1' + ':59' * 1_000] * 20)}]\n"),
    "YAML: a float of 60,000 digits": lambda: front(f"k: 0.{'9' * 60_000}\n"),
    "YAML: binary": lambda: front(f"k: !!binary {'QUJD' * 15_000}\n"),
    "YAML: duplicate keys": lambda: front("k: 1\n" * 15_000),
    "YAML: many keys": lambda: front("".join(f"k{n}: 1\n" for n in range(6_500))),
    "YAML: many bad values": lambda: front("".join(f"k{n}: !x 1\n" for n in range(5_000))),
    "YAML: a title of 60 KB": lambda: export("<p>一</p>", FRONT.replace("退潮之后", "题" * 20_000)),
    "YAML: a title in many quotes": lambda: export("<p>一</p>", FRONT.replace("'退潮之后'", "\"'" * 30_000)),
    "YAML: a title on many lines": lambda: export("<p>一</p>", FRONT.replace("'退潮之后'", "'退" + "\n 潮" * 14_000)),
    "YAML: a title in brackets": lambda: export("<p>一</p>", FRONT.replace("'退潮之后'", "[" * 40_000)),
    "YAML: many categories": lambda: export("<p>一</p>", FRONT.replace(" - 金融\n", " - 金\n" * 9_000)),
    "YAML: many bars": lambda: export("<p>一</p>", FRONT.replace(" - 金融\n", " - " + "| " * 28_000 + "金\n")),
    "YAML: bars before many categories": lambda: export("<p>一</p>", FRONT.replace(" - 金融\n", " - | 金\n" * 7_000)),
    "YAML: a category of bars and blanks": lambda: export(
        "<p>一</p>", FRONT.replace(" - 金融\n", " - " + "|  " * 20_000 + "\n")
    ),
    "YAML: a date of 60 KB": lambda: export("<p>一</p>", FRONT.replace("Thu, 17", "1 " * 30_000)),
    "YAML: control characters": lambda: front("k: " + "\x01" * 60_000 + "\n"),
    "YAML: comments": lambda: front("# a\n" * 15_000),
    "YAML: documents": lambda: front("--- a\n" * 10_000),
    "YAML: directives": lambda: export("<p>一</p>", "%YAML 1.1\n" * 5_000),
    "YAML: lines that are none": lambda: export("<p>一</p>", FRONT + "title: 'a\n" * 6_000 + "\t]\n"),
    "braces": lambda: export(f"<p>{fill('&#123;&#125;')}</p>"),
    # --- tags -------------------------------------------------------------------------------------------------------
    "paragraphs": lambda: export(tags("<p>字</p>")),
    "paragraphs that stay open": lambda: export(tags("<p>字")),
    "paragraphs of 80 characters": lambda: export(tags(f"<p>{'字' * 25}</p>")),
    "empty paragraphs": lambda: export("<p>一</p>" + tags("<p></p>")),
    "empty paragraphs in a paragraph": lambda: export("<p>一</p>" + tags("<p><p>")),
    "angle brackets": lambda: export(tags("<", 60_000)),
    "angle brackets before letters": lambda: export(tags("<a")),
    "angle brackets that close": lambda: export(fill(">")),
    "angle brackets and blanks": lambda: export(tags("< >字")),
    "ampersands": lambda: export(fill("&")),
    "entities": lambda: export(fill("&nbsp;&amp;")),
    "entities of characters": lambda: export(fill("&#x4e00;")),
    "entities that are none": lambda: export(fill("&xyzzy")),
    "entities of large numbers": lambda: export(fill("&#99999999999999999999;")),
    "closing tags": lambda: export("一" + tags("</p>")),
    "closing tags that fit nothing": lambda: export("一" + tags("</xyz>")),
    "a paragraph in many pieces": lambda: export("<p>" + ("<i>" + "字" * 50 + "</i>") * 24_900 + "</p>"),
    "a paragraph in many pieces of each look": lambda: export(
        "<p>" + ("<b>" + "粗" * 30 + "</b><a href=x>" + "字" * 30 + "</a>") * 12_400 + "</p>"
    ),
    "line breaks": lambda: export("<p>" + tags("一<br>") + "</p>"),
    "line breaks only": lambda: export("<p>一" + tags("<br>") + "二</p>"),
    "bold": lambda: export("<p>" + tags("<b>粗</b>细") + "</p>"),
    "bold in bold": lambda: export("<p>" + nested("<b>", "</b>", 190) + "</p>"),
    "bold in bold that stays open": lambda: export(tags("<b>粗")),
    "bold and paragraphs that stay open": lambda: export(tags("<b><p>粗")),
    "links that stay open": lambda: export(tags("<a href=x>")),
    "all text elements that stay open": lambda: export(tags("<b><i><u><font><span><a href=x><strong><em><p>字")),
    "bold deeper than the limit": lambda: export("<p>" + nested("<b>", "</b>", 20_000) + "</p>"),
    "deeper than libxml2 reads": lambda: export(nested("<div>", "</div>", 20_000)),
    "depth, again and again": lambda: export(tags(nested("<div>", "</div>", 180))),
    "depth of text elements, again and again": lambda: export(tags(nested("<span>", "</span>", 180))),
    "depth of quotations, again and again": lambda: export(tags(nested("<blockquote>", "</blockquote>", 180))),
    "depth of lists, again and again": lambda: export(tags(nested("<ul><li>", "</li></ul>", 90))),
    "depth with text": lambda: export(tags("<div>" * 180 + ("里" * 40_000) + "</div>" * 180, 400)),
    "unknown elements in each other": lambda: export(tags(nested('<div class="neu">', "</div>", 180, "里" * 100))),
    "unknown elements in each other with much text": lambda: export(
        nested('<div class="neu">', "</div>", 180, "里" * 1_000_000)
    ),
    "elements of other languages": lambda: export(tags(nested("<form>一", "</form>", 90))),
    "words in brackets": lambda: export(numbered("<词@>")),
    "words in brackets, ASCII": lambda: export(numbered("<w@>字")),
    "words in brackets that close": lambda: export(numbered("<w@>字</w@>")),
    "words in brackets that close, below the limit on problems": lambda: export(
        "".join(f"<w{n % 990}>字</w{n % 990}>" for n in range(24_900))
    ),
    "a long word in brackets": lambda: export(f"<{'w' * 4000}>字"),
    "many long words in brackets": lambda: export("".join(f"<{letters(1, n)}{'w' * 900}{n}>" for n in range(4_000))),
    "words in brackets in each other": lambda: export(tags("<abc>字", 40_000)),
    "frames in the text": lambda: export(tags("字</body></html>")),
    "frames in the text, open": lambda: export(tags("字<body><html>")),
    # --- attributes -------------------------------------------------------------------------------------------------
    "a start tag of 4 MB": lambda: export(f'<p title="{fill("a")}">一</p>'),
    "a start tag with 80,000 attributes": lambda: export("<p " + " ".join(f"a{n}" for n in range(80_000)) + ">一</p>"),
    "start tags of 4,000 characters": lambda: export(("<p " + " ".join(f"a{n}" for n in range(650)) + ">一</p>") * 900),
    "start tags of 4,000 characters, other names each": lambda: export(
        "".join(f"<p {' '.join(f'a{n:x}{m:x}' for m in range(500))}>一</p>" for n in range(1_000))
    ),
    "an attribute that stays open": lambda: export('<p>一</p><p title="' + fill("a>")),
    "quotation marks in tags": lambda: export(tags("<p a='>", 40_000)),
    "quotation marks without end": lambda: export(fill('="')),
    "start tags with equals signs": lambda: export("<p " + fill("=")),
    "start tags with quotation marks": lambda: export("<p " + fill('="a>" ')),
    "start tags that quote": lambda: export(tags('<p a=">">字')),
    "classes": lambda: export(numbered('<p class="k@">字</p>')),
    "many classes of one element": lambda: export(
        ("<p class='" + " ".join(f"k{n}" for n in range(700)) + "'>字</p>") * 900
    ),
    "styles": lambda: export(numbered('<p cms-style="s@ t@ font-L">字</p>')),
    "ids": lambda: export(numbered('<p id="i@">字</p>')),
    "styles of CSS": lambda: export(numbered('<p style="color:#@;text-align: center">字</p>')),
    "CSS with blanks": lambda: export(("<p style='" + "text-align:" + " " * 3_900 + "x'>字</p>") * 950),
    # --- comments, styles -------------------------------------------------------------------------------------------
    "comments": lambda: export("<p>一</p>" + tags("<!---->")),
    "1,000,000 comments": lambda: export("<p>一</p>" + "<!---->" * 1_000_000),
    "comments with text": lambda: export("<p>一</p>" + tags("<!--" + "x" * 70 + "-->")),
    "comments in a paragraph": lambda: export("<p>" + tags("一<!--x-->") + "</p>"),
    "a comment of 4 MB": lambda: export("<p>一</p><!--" + fill("x") + "-->"),
    "a comment that stays open": lambda: export("<p>一</p>" + tags("<!--x ")),
    "a comment with line ends": lambda: export("<p>一</p>" + tags("<!--" + "\n" * 70 + "-->")),
    "advertising comments": lambda: export("<p>一</p>" + tags("<!--article_adlist[广告]article_adlist-->")),
    "advertising comments with pictures": lambda: export(
        "<p>一</p>" + tags("<!--article_adlist[<img src='x'><img src='y'>]article_adlist-->")
    ),
    "an advertising comment of 4 MB": lambda: export(
        "<p>一</p><!--article_adlist[" + fill("广 src=a ") + "]article_adlist-->"
    ),
    "an advertising comment of blanks": lambda: export(
        "<p>一</p><!--article_adlist[ src" + fill(" ") + "]article_adlist-->"
    ),
    "styles of the page": lambda: export("<p>一</p>" + tags("<style>p{}</style>")),
    "styles in a paragraph": lambda: export("<p>" + tags("一<style>p{}</style>") + "</p>"),
    "a style of 4 MB": lambda: export("<p>一</p><style>" + fill("p{}") + "</style>"),
    "a style that stays open": lambda: export("<p>一</p><style>" + fill("p{}")),
    "processing instructions": lambda: export("<p>一</p>" + tags("<?x?>")),
    "CDATA": lambda: export("<p>一</p>" + tags("<![CDATA[x]]>")),
    "text areas": lambda: export("<p>一</p><textarea>" + fill("字") + "</textarea>"),
    "a keyword comment of 4 MB": lambda: export("<p>一</p><!-- news_keyword_pub,stock," + fill("sh600016&") + " -->"),
    "a keyword comment with other symbols": lambda: export(
        "<p>一</p><!-- news_keyword_pub,stock," + "&".join(f"sh{n:06}" for n in range(400_000)) + " -->"
    ),
    "a keyword comment of unknown symbols": lambda: export(
        "<p>一</p><!-- news_keyword_pub,stock," + "&".join(f"x{n}" for n in range(500_000)) + " -->"
    ),
    "a keyword comment with a symbol of 4 MB": lambda: export(
        "<p>一</p><!-- news_keyword_pub,stock," + fill("x") + " -->"
    ),
    "keyword comments": lambda: export("<p>一</p>" + numbered("<!-- news_keyword_pub,stock,sh60@ -->")),
    "keyword comments with many commas": lambda: export("<p>一</p><!-- news_keyword_pub," + fill(",&") + " -->"),
    # --- stock links ------------------------------------------------------------------------------------------------
    "stock links": lambda: export("<p>" + numbered(STOCK) + "</p>"),
    "stock links without names": lambda: export("<p>一" + numbered('<span id="stock_sh@"></span>') + "</p>"),
    "stock links in each other": lambda: export(
        tags("<p>" + nested('<span id="stock_sh600016">', "</span>", 180) + "</p>")
    ),
    "a stock link round all": lambda: export('<span id="stock_sh600016">' + tags("<b>粗</b>细") + "</span>"),
    "stock links that stay open": lambda: export(numbered('<span id="stock_sh@">名')),
    "stock links with unknown symbols": lambda: export("<p>" + numbered('<span id="stock_xx@">名</span>') + "</p>"),
    "live quotes": lambda: export("<p>一" + tags('<span id="quote_sh600016">11</span>') + "</p>"),
    "residue of the keyword linker": lambda: export(fill("#####filter1#####")),
    "number signs": lambda: export("#filter" + fill("#")),
    "number signs and digits": lambda: export(fill("###filter")),
    # --- tables -----------------------------------------------------------------------------------------------------
    "cells": lambda: export("<table>" + tags("<td>字", 49_000) + "</table>"),
    "rows": lambda: export("<table>" + tags("<tr><td>字", 49_000) + "</table>"),
    "a table of 199,000 cells by one span": lambda: export(
        "<table>" + "<tr><td colspan=400 rowspan=490>字</td></tr>" + "<tr><td></td></tr>" * 489 + "</table>"
    ),
    "rows with wide cells": lambda: export("<table>" + "<tr><td colspan=65534>字</td></tr>" * 3 + "</table>"),
    "tables with wide cells": lambda: export(("<table><tr><td colspan=999>字</td></tr></table>") * 199),
    "tables with a wide and tall cell, again and again": lambda: export(
        ("<table>" + "<tr><td colspan=900 rowspan=99>字</td></tr>" + "<tr><td>一</td></tr>" * 98 + "</table>") * 120
    ),
    "a wide row, then narrow ones": lambda: export(
        "<table><tr><td rowspan=2>一</td>"
        + "<td colspan=65534>字</td>" * 3
        + "</tr>"
        + "<tr><td>字</td></tr>" * 20_000
        + "</table>"
    ),
    "a wide row with a tall end, then narrow ones": lambda: export(
        "<table><tr><td colspan=9999>字</td><td rowspan=9999>尾</td></tr>" + "<tr><td>字</td></tr>" * 18 + "</table>"
    ),
    "a long text in a cell with spans": lambda: export(
        f"<table><tr><td colspan=400 rowspan=400>{'字' * 600_000}</td></tr>" + "<tr><td>字</td></tr>" * 399 + "</table>"
    ),
    "a long text in one column of many rows": lambda: export(
        f"<table><tr><td>{'字' * 900_000}</td><td>字</td></tr>" + "<tr><td>字<td>字" * 16_000 + "</table>"
    ),
    "long texts in all columns of many rows": lambda: export(
        f"<table><tr>{('<td>' + '字' * 400 + '</td>') * 2_700}</tr>" + "<tr><td>字</td></tr>" * 70 + "</table>"
    ),
    "short texts in wide and tall cells": lambda: export(
        f"<table><tr><td colspan=400 rowspan=490>{'字' * 99}</td></tr>" + "<tr><td></td></tr>" * 489 + "</table>"
    ),
    "wide rows in which cells overlap": lambda: export(
        "<table>" + "<tr><td>字</td><td colspan=90 rowspan=300>字</td></tr>" * 500 + "</table>"
    ),
    "tall cells": lambda: export("<table>" + "<tr><td rowspan=65534>字</td></tr>" * 1_400 + "</table>"),
    "tall cells in a wide row": lambda: export(
        "<table><tr>" + "<td rowspan=65534>字</td>" * 200 + "</tr>" + "<tr><td></td></tr>" * 4_900 + "</table>"
    ),
    "tall cells and empty rows": lambda: export(
        "<table>" + "<tr><td rowspan=9999>字</td></tr><tr></tr>" * 8_000 + "</table>"
    ),
    "wide and tall cells and empty rows": lambda: export(
        "<table><tr><td colspan=9999>字</td><td rowspan=9999>尾</td></tr>"
        + "<td rowspan=65534>字</td>" * 12_000
        + "</tr>"
        + "<tr></tr>" * 12_000
        + "<tr><td>一</td></tr></table>"
    ),
    "tables in tables": lambda: export(nested("<table><tr><td colspan=999 rowspan=999>", "</td></tr></table>", 60)),
    "tables in tables, again and again": lambda: export(tags(nested("<table><tr><td>", "</td></tr></table>", 60))),
    "tables in tables that stay open": lambda: export(tags("<table><tr><td>字", 49_000)),
    "tables of one cell": lambda: export(tags("<table><td>字</table>")),
    "tables of one cell with a title": lambda: export(tags("<table><caption>字<td>字</table>")),
    "text between cells": lambda: export("<table>" + tags("<tr>字<td>字</td></tr>字") + "</table>"),
    "pictures in cells": lambda: export("<table>" + tags("<tr><td><img src=x>字</td></tr>") + "</table>"),
    "tables with a title": lambda: export(tags("<p>表1 字</p><table><caption>表1 字</caption><tr><td>字</table>")),
    "a title of 4 MB": lambda: export(
        f"<p>表1{'字' * 600_000}</p><table><caption>表1{'字' * 600_000}</caption><tr><td>字</table>"
    ),
    "paragraphs in cells": lambda: export("<table><tr><td>" + tags("<p>字</p>") + "</td></tr></table>"),
    # --- lists, quotations, media -----------------------------------------------------------------------------------
    "items": lambda: export("<ul>" + tags("<li>字") + "</ul>"),
    "lists in items": lambda: export(tags("<ul><li>字", 380)),
    "lists in items that stay open": lambda: export(tags("<ul><li>字")),
    "items without list": lambda: export(tags("<li>字")),
    "quotations": lambda: export(tags("<blockquote>字</blockquote>")),
    "promotion in quotations": lambda: export(
        tags(nested("<blockquote>", "</blockquote>", 180, '<p class="jqlblock_cls">广</p>'))
    ),
    "pictures": lambda: export(tags('<img src="https://n.sinaimg.cn/a.jpg">')),
    "pictures with captions": lambda: export(tags('<img src="x"><span class="img_descr">图</span>')),
    "captions of one picture": lambda: export('<img src="x">' + tags('<span class="img_descr">图</span>')),
    "short lines after pictures": lambda: export('<img src="x"><p>▲图</p>' + tags('<img src="x"><p>短行</p>')),
    "pictures without address": lambda: export("<p>一</p>" + tags('<img src="https://finance.sina.com.cn/undefined">')),
    "addresses of pictures": lambda: export(
        tags(f'<img src="https://n.sinaimg.cn/{"a/" * 1_900}w1h1/20220217/a.jpg">')
    ),
    "proxies in addresses": lambda: export(tags(f'<img src="{"https://cors.zfour.workers.dev/?" * 120}">')),
    "addresses with digits": lambda: export(tags(f'<img src="https://n.sinaimg.cn/{"w1h1" * 950}">')),
    "players": lambda: export(tags('<div class="J_Play_Item" play-data="1-1-1"><img src="x"><span>字</span></div>')),
    "placeholders and comments": lambda: export(
        '<div class="video-2017"></div>' * 5_000 + VIDEO % ('{"videos":[' + ",".join(['{"title":"字"}'] * 5_000) + "]}")
    ),
    "videos in comments": lambda: export(
        "<p>一</p>" + tags(VIDEO % ('{"videos":[' + ",".join(['{"title":"字"}'] * 80) + "]}"))
    ),
    "videos with other numbers in comments": lambda: export(
        "<p>一</p>" + "".join(VIDEO % f'{{"videos":[{{"videoid":"{n}"}}]}}' for n in range(40_000))
    ),
    "empty videos in comments": lambda: export(
        "<p>一</p>" + (VIDEO % ('{"videos":[' + ",".join(["{}"] * 33_000) + "]}")) * 40
    ),
    "empty videos in comments, then players": lambda: export(
        (VIDEO % ('{"videos":[' + ",".join(["{}"] * 20_000) + "]}")) + '<div class="video-2017"></div>' * 20_000
    ),
    "a deep comment of a video": lambda: export("<p>一</p>" + VIDEO % ("[" * 90_000)),
    "deep comments of videos": lambda: export("<p>一</p>" + (VIDEO % ('{"a":' * 15_000)) * 40),
    "a comment of a video of 4 MB": lambda: export(
        "<p>一</p>" + VIDEO % ('{"videos":["' + fill("字", SOURCE - 99) + '"]}')
    ),
    "a video with a number of 90,000 digits": lambda: export(
        "<p>一</p>" + VIDEO % ('{"videos":[{"videoid":' + "9" * 90_000 + "}]}")
    ),
    "videos with numbers of 4,000 digits": lambda: export(
        "<p>一</p>" + (VIDEO % ('{"videos":[' + ",".join(['{"videoid":' + "9" * 4_000 + "}"] * 20) + "]}")) * 40
    ),
    "comments of videos that stay open": lambda: export(
        "<p>一</p>" + tags("<!--mce-plugin-videoList2[" + "x" * 50 + "-->")
    ),
    "a comment of a video with many brackets": lambda: export(
        "<p>一</p><!--mce-plugin-videoList2[" + fill("]mce-plugin-videoList2 x") + "-->"
    ),
    # --- sentences --------------------------------------------------------------------------------------------------
    "headings": lambda: export(tags("<p><b>一、字</b></p>")),
    "a heading of number signs": lambda: export("<h2>" + fill("#") + "字</h2><p>字</p>"),
    "headings of blanks": lambda: export("<h2>字" + fill(" ") + "字</h2><p>字</p>"),
    "a title of number signs": lambda: export("<p>一</p>", FRONT.replace("退潮之后", "#" * 60_000 + "题")),
    "tildes, stars and brackets": lambda: export("<p>" + fill("~*[`_\\!") + "</p>"),
    "addresses with brackets": lambda: export(tags(f"<p><a href='https://a/{'(' * 900}'>字</a></p>")),
    "headings of many levels": lambda: export(
        tags(
            "<h1>字</h1><h2>字</h2><h3>字</h3><h4>字</h4><h5>字</h5><h6>字</h6><p><b>一、字</b></p><p><b>（一）字</b></p><p><b>1.字</b></p>"
        )
    ),
    "headings below headings": lambda: export(numbered("<h2>第@章</h2><p><b>（一）字</b></p><p>字</p>")),
    "colours": lambda: export(numbered('<p cms-style="color@ align-Center">字</p>')),
    "bylines": lambda: export(tags("<p>记者 沈予安</p>")),
    "sources": lambda: export(tags("<p>来源：海州日报</p>")),
    "sources after pictures": lambda: export("<p>字</p>" + tags("<img src=x><p>来源：海州日报</p>") + "<p>字</p>"),
    "a byline of 4 MB": lambda: export("<p>记者 " + fill("沈予安 ") + "</p>"),
    "bylines of many names": lambda: export(numbered("<p>记者 沈@ 予@ 安@</p>")),
    "long bylines": lambda: export(tags("<p>记者 " + "沈予安 " * 25 + "</p>")),
    "brackets in bylines": lambda: export(tags("<p>（记者" + "（" * 50 + "</p>")),
    "roles": lambda: export(tags("<p>" + "记者 编辑 作者 " * 10 + "</p>")),
    "editors": lambda: export(tags('<p class="article-editor">责任编辑：沈予安 SF142</p>')),
    "editors that can't be read": lambda: export(tags('<p class="article-editor">沈予安</p>')),
    "blanks in the editor's line": lambda: export('<p class="article-editor">责任编辑：沈' + fill(" ") + "安</p>"),
    "wide blanks in the editor's line": lambda: export(
        '<p class="article-editor">责任编辑：沈' + fill(" 　") + "安</p>"
    ),
    "commas in the editor's line": lambda: export('<p class="article-editor">责任编辑：沈' + fill("，") + "安</p>"),
    "wide blanks in the title's line": lambda: export('<p class="ori_titlesource">原标题：沈' + fill(" 　") + "安</p>"),
    "sources with many blanks": lambda: export(tags("<p>来源：新华社" + " 张" * 55 + "</p>")),
    "sources with many roles": lambda: export(tags("<p>来源：新华社" + " 记者" * 38 + "</p>")),
    "a source with brackets all along": lambda: export('<p class="ori_titlesource">来源：沈' + fill(" （") + "</p>"),
    "blanks in the title's line": lambda: export("<p>原标题：沈" + fill(" ") + "来源</p>"),
    "titles": lambda: export(tags("<p>原标题：沈</p>")),
    "a contribution": lambda: export(
        "<p>记者" + "沈" * 20 + "对本文" * 60 + "亦有</p>" + tags("<p>记者" + "对本文" * 40 + "</p>")
    ),
    "an opening bracket": lambda: export("<p>" + fill("（") + "</p>"),
    "brackets that close": lambda: export("<p>字" + fill("（记者") + "）</p>"),
    "a dateline": lambda: export("<p>" + fill("海州日报") + "讯</p>"),
    "promotion": lambda: export("<p>一</p>" + tags('<div class="appendQr_wrap">广</div>')),
    "promotion in a paragraph": lambda: export("<p>" + tags('一<span id="quote_sh600016">广</span>') + "</p>"),
    "promotion in promotion": lambda: export(
        "<p>一</p>" + tags(nested('<div class="appendQr_wrap">', "</div>", 180, "广" * 100))
    ),
    "standing sentences": lambda: export("<p>一</p>" + tags("<p>海量资讯、精准解读，尽在新浪财经APP</p>")),
    "the beginning of a standing sentence": lambda: export(
        "<p>新浪声明" + fill("：此消息系转载自新浪合作媒体") + "</p>"
    ),
    "beginnings of standing sentences": lambda: export(tags("<p>股民福利来了！" + "点击" * 40 + "</p>")),
}
"""Files by what is in them."""


class Result(NamedTuple):
    """What one shape cost."""

    name: str
    seconds: float
    megabytes: float
    outcome: str

    @property
    def good(self) -> bool:
        """Whether it keeps the promise."""
        held = self.outcome.startswith(("article", "limit-")) or self.outcome in ERRORS
        return held and self.seconds <= SECONDS and self.megabytes <= MEGABYTES


ERRORS = frozenset(
    "body-missing body-truncated empty-source front-matter-missing front-matter-unclosed unreadable-bytes".split()
)
"""The errors of lenient mode that are no limits."""


def measure(path: Path) -> dict[str, Any]:
    """Read a file and say what that cost: seconds of the processor, megabytes above the start, and what came of it."""
    import sinaparse

    parser = sinaparse.Parser(strict=False)
    for warm in (export("<p cms-style=''>一</p>"), front("k: 1\n")):
        process(parser, warm)
    source = path.read_bytes()
    memory, start = peak(), time.process_time()
    outcome = process(parser, source)
    return {"outcome": outcome, "seconds": time.process_time() - start, "megabytes": peak() - memory}


def process(parser: Any, source: bytes) -> str:
    """All that the promise is about; says what came out."""
    from pydantic import TypeAdapter

    import sinaparse

    inspection = parser.inspect(source)
    TypeAdapter(tuple[sinaparse.Problem, ...]).dump_json(inspection.problems)
    TypeAdapter(tuple[sinaparse.Removal, ...]).dump_json(inspection.removals)
    article = inspection.article
    if article is None:
        try:
            inspection.unwrap()
        except sinaparse.ParseError as error:
            text = str(error)
        return next(item.code for item in inspection.problems if item.severity == "error") if text else ""
    text = article.model_dump_json()
    if sinaparse.Article.model_validate_json(text) != article:
        return "unequal after a round trip"
    if inspection.coverage.unaccounted:
        return "unaccounted"
    for grid in article.tables:
        grid.grid()
    renderers = [name for name in ("to_markdown", "to_html", "to_text") if hasattr(article, name)]
    for name in renderers:
        getattr(article, name)()
    return f"article, {len(inspection.problems)} problems, {len(inspection.removals)} removals, {len(text):,} bytes"


def peak() -> float:
    """The most memory that this process ever had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def run(name: str) -> Result:
    """Measure one shape in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "source.md"
        path.write_bytes(SHAPES[name]())
        start = time.monotonic()
        try:
            done = subprocess.run(  # noqa: S603 this very script
                [sys.executable, __file__, "--measure", path], capture_output=True, check=False, timeout=PATIENCE
            )
        except subprocess.TimeoutExpired:
            return Result(name, time.monotonic() - start, 0, "did not end")
    if done.returncode:
        last = done.stderr.decode(errors="replace").strip().splitlines()[-1:]
        return Result(name, time.monotonic() - start, 0, f"crashed with {done.returncode}: {''.join(last)}")
    found = json.loads(done.stdout)
    return Result(name, found["seconds"], found["megabytes"], found["outcome"])


def watched(name: str) -> Result:
    """The same, and a line on standard error when it is done, for there are many."""
    result = run(name)
    print(*table([result]), sep="\n", file=sys.stderr) if not result.good else None
    return result


def table(results: list[Result]) -> Iterator[str]:
    """The results as text, the worst first."""
    yield f"{'seconds':>8} {'MB':>6}  {'shape':<56} outcome"
    for item in sorted(results, key=lambda item: max(item.seconds / SECONDS, item.megabytes / MEGABYTES), reverse=True):
        mark = " " if item.good else "!"
        yield f"{item.seconds:8.2f} {item.megabytes:6.0f} {mark}{item.name:<56} {item.outcome}"


def main() -> None:
    """Measure all shapes, or those whose names have a word."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--only", default="", help="only the shapes whose names contain this")
    options.add_argument("--jobs", type=int, default=1, help="how many at a time")
    options.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.measure:
        print(json.dumps(measure(chosen.measure)))
        return
    with ThreadPoolExecutor(chosen.jobs) as pool:
        results = list(pool.map(watched, [name for name in SHAPES if chosen.only in name]))
    print(*table(results), sep="\n")
    bad = [item for item in results if not item.good]
    slowest, largest = max(item.seconds for item in results), max(item.megabytes for item in results)
    print(
        f"{len(results)} shapes, {len(bad)} beyond {SECONDS} s or {MEGABYTES} MB; at most {slowest:.2f} s, {largest:.0f} MB"
    )
    sys.exit(bool(bad))


if __name__ == "__main__":
    main()
