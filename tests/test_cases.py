"""Small bodies and what becomes of them, many to a file: see ``fixtures/cases/*.txt``.

A case is a title after ``==``, a body, a line ``--`` and the expected outline. Its lines::

    h2 一、…                      a heading of level 2
    p 前文**粗体**[名字]{sh600000}[链接](https://…)   bold, stock link, link; ⏎ is a newline inside a text
    lead 一是…。                  the lead-in of the paragraph above
    img URL | caption             alt … and size 640x427 2021-09-18 on lines of their own
    table 2x3 | caption           rows and columns of the grid; then: row 分组{r2} | 营收{c2} | 合计{th}
    video id | title | url | poster          - stands for nothing
    quote … ¶ …                   its paragraphs
    list ordered 3                with the number of the first item if it is not 1; then: - item, -- item one deeper
    credit byline …, author …, source …, original …, editor 张三 SF001, mention sh600000 …, symbol …
    removed cleaner | text        what a reader of the page saw
    problem code                  warnings

``[unmarked]`` after a title finds headings without mark-up; ``#`` opens a remark.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from sinaparse import Parser
from sinaparse.inspection import Inspection
from sinaparse.models import Article, Block, Image, ItemList, Paragraph, Quote, Section, Span, Table

FOLDER = Path(__file__).parent / "fixtures" / "cases"
EXPORT = """
---
title: '测试用的标题'
categories:\x20
 - 金融
 - 新浪财经
 - 新浪财经－国內
headimg: 'https://picsum.photos/400/300?random=5061'
author: 新浪财经
comments: false
date: Thu, 17 Feb 2022 03:15:53 GMT
thumbnail: 'https://picsum.photos/400/300?random=5061'
---

<div>  \x20
{body} \x20
</div>
            """


@dataclass(frozen=True)
class Case:
    place: str
    unmarked: bool
    body: str
    expected: tuple[str, ...]


def read_cases(path: Path) -> Iterator[Case]:
    """The cases of one file; each knows the line on which it stands."""
    lines = [line for line in path.read_text(encoding="utf-8").split("\n") if not line.startswith("# ")]
    numbers = [n for n, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1) if not line.startswith("# ")]
    starts = [place for place, line in enumerate(lines) if line.startswith("== ")]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        title = lines[start].removeprefix("== ")
        part = lines[start + 1 : end]
        assert part.count("--") == 1, f"{path.name}:{numbers[start]}: needs one line `--`"
        middle = part.index("--")
        expected = tuple(line for line in part[middle + 1 :] if line)
        place = f"{path.name}:{numbers[start]}: {title}"
        yield Case(place, "[unmarked]" in title, "\n".join(part[:middle]), expected)


# --- an article as such lines ---------------------------------------------------------------------------------------


def outline(inspection: Inspection) -> list[str]:
    """Everything in an article that comes from its body, a line each."""
    article = inspection.article
    assert article is not None, [str(problem) for problem in inspection.problems]
    lines = [line for section in article.sections for line in _section(section)]
    lines += _facts(article)
    lines += [f"removed {item.cleaner} | {_flat(item.text.strip())}" for item in inspection.removals if item.visible]
    lines += [f"problem {problem.code}" for problem in inspection.problems if problem.severity != "info"]
    return lines


def _section(section: Section) -> Iterator[str]:
    if section.heading is not None:
        yield f"h{section.level} {_flat(section.heading)}"
    for block in section.blocks:
        yield from _block(block)
    for inner in section.sections:
        yield from _section(inner)


def _block(block: Block) -> Iterator[str]:
    if isinstance(block, Paragraph):
        yield from _paragraph(block)
    elif isinstance(block, Image):
        yield f"img {block.url}{_caption(block.caption)}"
        if block.alt is not None:
            yield f"alt {block.alt}"
        if block.width is not None or block.date is not None:
            yield f"size {block.width or '-'}x{block.height or '-'} {block.date or '-'}"
    elif isinstance(block, Table):
        yield from _table(block)
    elif isinstance(block, Quote):
        yield "quote " + " ¶ ".join(_spans(paragraph.spans) for paragraph in block.paragraphs)
    elif isinstance(block, ItemList):
        start = f" {block.start}" if block.start != 1 else ""
        yield f"list{' ordered' if block.ordered else ''}{start}"
        yield from (f"{'-' * (item.depth + 1)} {_spans(item.spans)}" for item in block.items)
    else:
        yield f"video {' | '.join(value or '-' for value in (block.video_id, block.title, block.url, block.poster))}"


def _paragraph(paragraph: Paragraph) -> Iterator[str]:
    assert paragraph.text == "".join(span.text for span in paragraph.spans)
    yield f"p {_spans(paragraph.spans)}"
    if paragraph.lead_in is not None:
        yield f"lead {_flat(paragraph.lead_in)}"


def _spans(spans: Sequence[Span]) -> str:
    texts = []
    for span in spans:
        text = _flat(span.text)
        if span.symbol is not None:
            text = f"[{text}]{{{span.symbol}}}"
        elif span.href is not None:
            text = f"[{text}]({span.href})"
        texts.append(f"**{text}**" if span.bold else text)
    return "".join(texts)


def _table(table: Table) -> Iterator[str]:
    grid = table.grid()
    yield f"table {len(grid)}x{max(map(len, grid), default=0)}{_caption(table.caption)}"
    for row in table.rows:
        cells = []
        for cell in row:
            marks = f"{{r{cell.rowspan}}}" if cell.rowspan > 1 else ""
            marks += f"{{c{cell.colspan}}}" if cell.colspan > 1 else ""
            marks += "{th}" if cell.header else ""
            cells.append(_flat(cell.text) + marks)
        yield f"row {' | '.join(cells)}"


def _facts(article: Article) -> Iterator[str]:
    yield from (f"credit {credit.kind} {_flat(credit.text)}" for credit in article.credits)
    yield from (f"author {name}" for name in article.authors)
    if article.source is not None:
        yield f"source {article.source}"
    if article.original_title is not None:
        yield f"original {article.original_title}"
    if article.editor is not None:
        yield f"editor {article.editor.name} {article.editor.code or ''}".rstrip()
    yield from (f"mention {mention.symbol} {mention.name}" for mention in article.mentions)
    mentioned = {mention.symbol for mention in article.mentions}
    yield from (f"symbol {symbol}" for symbol in article.symbols if symbol not in mentioned)


def _caption(text: str | None) -> str:
    return "" if text is None else f" | {_flat(text)}"


def _flat(text: str) -> str:
    return text.replace("\n", "⏎")


# --- the tests ------------------------------------------------------------------------------------------------------

CASES = [case for path in sorted(FOLDER.glob("*.txt")) for case in read_cases(path)]


def test_there_are_cases() -> None:
    assert len(CASES) >= 60
    assert len({case.place for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.place)
def test_case(case: Case) -> None:
    source = EXPORT.format(body=case.body)
    inspection = Parser(unmarked_headings=case.unmarked).inspect(source)
    assert outline(inspection) == list(case.expected)
    assert inspection.coverage.unaccounted == ()
    lenient = Parser(strict=False, unmarked_headings=case.unmarked).inspect(source)
    assert lenient.article == inspection.article
