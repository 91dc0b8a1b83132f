"""How the time of an inspection grows with each thing that an export can have much of.

Every measure below is doubled several times, up to the limits of the parser. The exponent is the slope of the logarithm of
the time over that of the size, from the larger half of the sizes: 1 is linear, 2 quadratic. Reading the removals counts, too.

What outgrows the processor's caches becomes slower without being more work. The first line is for comparison: as many plain
dicts and lists, made by Python's own JSON reader.

usage: python benchmarks/scaling.py [MEASURE...]      default: all of them
"""

from __future__ import annotations

import gc
import json
import math
import statistics
import sys
import time
from collections.abc import Callable

import sinaparse

DOUBLINGS = 5
REPEATS = 5
STEEP = 1.15

FRONT = """---
title: '青禾县春茶开采'
categories:
 - 金融
 - 新浪财经
 - 新浪财经－国內
headimg: ''
author: 新浪财经
comments: false
date: Tue, 04 Jan 2022 02:10:00 GMT
thumbnail: ''
"""
SENTENCE = "清明前后，青禾县的茶园迎来一年中最忙的时节，鲜叶收购价比去年同期高出一成。"
LINK = (
    '<span id="stock_sh{0}"><a href="https://finance.sina.com.cn/realstock/company/sh{0}/nc.shtml" class="keyword">茶业{0}</a></span>'
    '<span id="quote_sh{0}"></span>，'
)


def export(body: str, front: str = "") -> str:
    """A whole export."""
    return f"{FRONT}{front}---\n\n<div>\n{body}\n</div>\n"


def paragraphs(count: int, text: str = SENTENCE) -> str:
    """So many paragraphs."""
    return f'<p cms-style="font-L">　　{text}</p>\n' * count


def table(rows: int, columns: int) -> str:
    """A table with a header row."""
    cells = "".join(f"<td>{number}.5</td>\n" for number in range(columns))
    return f"<table><tbody>{f'<tr>{cells}</tr>' * rows}</tbody></table>"


def chains(depth: int) -> str:
    """A hundred paragraphs, each in so many containers."""
    return f"{'<div>' * depth}{paragraphs(1)}{'</div>' * depth}" * 100


def attributes(count: int) -> str:
    """Two hundred paragraphs with so many attributes each."""
    names = "".join(f' a{number}=""' for number in range(count))
    return f"<p{names}>{SENTENCE}</p>\n" * 200


MEASURES: dict[str, tuple[int, Callable[[int], str]]] = {
    "characters in one paragraph": (1_300_000, lambda size: export(paragraphs(1, "茶" * size))),
    "characters in lines of one paragraph": (1_200_000, lambda size: export(paragraphs(1, "春茶开采\n" * (size // 5)))),
    "paragraphs": (24_000, lambda size: export(paragraphs(size))),
    "text without paragraphs, in lines": (20_000, lambda size: export(f"{SENTENCE}<br>\n" * size)),
    "depth": (190, lambda size: export(chains(size))),
    "attributes of a start tag": (480, lambda size: export(attributes(size))),
    "characters of a start tag": (4_000, lambda size: export(f'<p title="{"a" * size}">{SENTENCE}</p>\n' * 200)),
    "start tags with > in a value": (24_000, lambda size: export(f'<p title="a>b">{SENTENCE[:9]}</p>\n' * size)),
    "comments": (48_000, lambda size: export(paragraphs(1) + "<!-- 总声明 -->\n<!-- x -->" * (size // 2))),
    "unclosed comments": (37_000, lambda size: export(paragraphs(1) + "<!-- x " * size)),
    "bold runs in one paragraph": (24_000, lambda size: export(paragraphs(1, "<b>春茶</b>开采" * size))),
    "bold runs, each in another": (180, lambda size: export(paragraphs(50, "<b>春茶" * size + "</b>" * size))),
    "headings": (
        12_000,
        lambda size: export("<p><strong>一、春茶开采</strong></p>\n<p><strong>收购价</strong></p>" * (size // 2)),
    ),
    "headings and paragraphs": (7_500, lambda size: export(("<p><strong>春茶</strong></p>" + paragraphs(1)) * size)),
    "pictures": (
        24_000,
        lambda size: export('<img src="https://n.sinaimg.cn/x/w640h480/20220104/a.jpg"><p>▲茶园</p>\n' * (size // 2)),
    ),
    "videos": (20_000, lambda size: export(f'<div class="video-2017"></div>{paragraphs(1)}' * (size // 2))),
    "cells in rows of ten": (22_000, lambda size: export(table(size // 10, 10))),
    "cells in one row": (24_000, lambda size: export(table(1, size))),
    "cells with paragraphs": (
        12_000,
        lambda size: export(f"<table><tr>{'<td><p>春茶</p><p>一成</p></td>' * (size // 2)}</tr></table>"),
    ),
    "places that spans fill": (
        140_000,
        lambda size: export(
            f'<table>{"<tr><td>春茶</td></tr>" * 100}<tr><td rowspan="300" colspan="{size // 300}">一成</td></tr>'
            f"{'<tr><td>春茶</td></tr>' * 300}</table>"
        ),
    ),
    "tables": (8_000, lambda size: export("<table><tr><td>春茶</td></tr></table>\n<p>开采</p>" * (size // 2))),
    "items of a list": (24_000, lambda size: export(f"<ul>{'<li>春茶</li>' * size}</ul>")),
    "items, each in another": (90, lambda size: export(f"{'<ul><li>春茶' * size}{'</li></ul>' * size}" * 50)),
    "quotations": (12_000, lambda size: export("<blockquote><p>春茶</p></blockquote>\n" * size)),
    "stock links in one paragraph": (
        8_000,
        lambda size: export(paragraphs(1, "".join(LINK.format(600_000 + number) for number in range(size)))),
    ),
    "symbols of the keyword comment": (
        29_000,
        lambda size: export(
            paragraphs(1) + f"<!-- news_keyword_pub,stock,{'&'.join(f'sh{600_000 + n}' for n in range(size))} -->"
        ),
    ),
    "removed boxes": (
        10_000,
        lambda size: export(paragraphs(1) + '<div class="appendQr_wrap"><p>扫码</p></div>\n' * size),
    ),
    "removed boxes in one paragraph": (
        20_000,
        lambda size: export(paragraphs(1, '茶<a data-sudaclick="suda_1028_guba">股吧</a>' * size)),
    ),
    "empty paragraphs": (24_000, lambda size: export(paragraphs(1) + "<p></p>\n" * size)),
    "end tags without a start": (48_000, lambda size: export(paragraphs(1) + "</p>\n" * size)),
    "lines about the article": (24_000, lambda size: export("<p>（记者 张三）</p>\n" * size)),
    "unknown classes": (
        1_000,
        lambda size: export("".join(f'<p class="c{n}">{SENTENCE[:9]}</p>\n' for n in range(size))),
    ),
    "unknown containers": (1_000, lambda size: export(f'<div class="box">{SENTENCE[:9]}</div>\n' * size)),
    "words in angle brackets": (
        2_000,
        lambda size: export(paragraphs(1) + "".join(f"<tea{n}>春茶</tea{n}>\n" for n in range(size // 2))),
    ),
    "keys of the front matter": (
        3_000,
        lambda size: export(paragraphs(1), "".join(f"key{n}: value {n}\n" for n in range(size))),
    ),
    "characters of a title": (20_000, lambda size: export(paragraphs(1)).replace("春茶开采", "春茶" * (size // 2))),
}
"""What is doubled: how much of it there may be, and an export with so much."""


def seconds(read: Callable[[str], None], text: str) -> float:
    """The best time of some readings."""
    times = []
    for _ in range(REPEATS):
        gc.collect()
        start = time.process_time()
        read(text)
        times.append(time.process_time() - start)
    return min(times)


def inspect(text: str) -> None:
    """Read an export, its removals, too."""
    inspection = sinaparse.Parser(strict=False).inspect(text)
    _ = inspection.removals
    if inspection.article is None:
        raise SystemExit(f"refused, so nothing was measured: {inspection.problems[0]}")


def plain(text: str) -> None:
    """Read JSON as an export is read: while the garbage collector waits."""
    gc.disable()
    _ = json.loads(text)
    gc.enable()


def plain_paragraphs(count: int) -> str:
    """Paragraphs as JSON."""
    return json.dumps(
        [{"kind": "paragraph", "text": f"{SENTENCE}{n}", "spans": [{"text": f"{n}"}]} for n in range(count)]
    )


def report(name: str, largest: int, read: Callable[[str], None], make: Callable[[int], str]) -> None:
    """Print the line of a measure."""
    sizes = [largest >> halving for halving in reversed(range(DOUBLINGS + 1))]
    times = [seconds(read, make(size)) for size in sizes]
    half = len(sizes) // 2
    slope = exponent(sizes[half:], times[half:])
    mark = "  <- steeper than linear" if slope > STEEP else ""
    print(f"{slope:8.2f} {largest:9,} {times[-1]:8.3f}  {name}{mark}", flush=True)


def exponent(sizes: list[int], times: list[float]) -> float:
    """The slope of log time over log size."""
    return statistics.linear_regression([math.log(size) for size in sizes], [math.log(time) for time in times]).slope


def main() -> None:
    """Print a line a measure."""
    chosen = {name: MEASURES[name] for name in sys.argv[1:]} or MEASURES
    gc.freeze()
    print(f"{'exponent':>8} {'largest':>9} {'seconds':>8}  measure")
    report("(plain dicts and lists)", 24_000, plain, plain_paragraphs)
    for name, (largest, make) in chosen.items():
        report(name, largest, inspect, make)


if __name__ == "__main__":
    main()
