"""What holds for every export there can be, tried on random ones.

Runs are repeatable: the same examples everywhere. ``SINAPARSE_EXAMPLES=2000 pytest tests/property`` tries that many for each
property, and others every time.
"""

from __future__ import annotations

import functools
import os
import pickle
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import sinaparse
from sinaparse import Article, Body, Inspection, Parser, Pipeline, default_cleaners
from sinaparse.models import Item, ItemList, Paragraph, Quote

from . import strategies as exports

LONG_RUN = "SINAPARSE_EXAMPLES"
EXAMPLES = int(os.environ.get(LONG_RUN, "0"))

FOLDER = Path(__file__).parents[1] / "fixtures" / "exports"
FIXTURES = sorted(FOLDER.glob("*.md"))


def tries(number: int) -> settings:
    return settings(
        max_examples=EXAMPLES or number,
        derandomize=not EXAMPLES,
        deadline=None,
        database=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
    )


@sinaparse.cleaner("do-nothing")
def do_nothing(body: Body) -> None:
    """Makes all others run over the tree instead of while it is read."""


PIPELINES = {
    "default": default_cleaners(),
    "none": Pipeline(),
    "over the tree": default_cleaners().then(do_nothing),
}
LENIENT = Parser(strict=False)
STRICT = Parser()

bodies = st.one_of(exports.bodies, exports.bodies, exports.tangles)


def squash(text: str) -> str:
    return re.sub(r"[\s\u3000\u00a0\u200b\ufeff]+", "", text)


def visible_chars(source: str) -> int:
    """How many visible characters an export has, read without any of the parser's code."""
    body = source.removeprefix(exports.HEAD).replace("&#123;", "{").replace("&#125;", "}")
    reader = lxml.html.HTMLParser(huge_tree=True, remove_comments=True)
    root = lxml.html.document_fromstring(f"<html><body>{body}", parser=reader)
    texts: Any = root.xpath("//text()[not(ancestor::style)][not(ancestor::script)]")
    return len(squash("".join(texts)))


def errors(inspection: Inspection) -> list[str]:
    return [problem.code for problem in inspection.problems if problem.severity == "error"]


def check(inspection: Inspection) -> None:
    """An article or the reason why there is none, and everything that can be asked for works."""
    assert (inspection.article is None) == bool(errors(inspection))
    assert inspection.coverage.unaccounted == ()
    assert all(removal.cleaner for removal in inspection.removals)
    assert all(str(problem) for problem in inspection.problems)
    if inspection.article is not None:
        assert inspection.unwrap() is inspection.article
    else:
        with pytest.raises(sinaparse.ParseError):
            inspection.unwrap()


# --- (a) an article or problems -----------------------------------------------------------------------------------


@tries(250)
@given(exports.damaged)
@example("，")
def test_any_body_ends_in_an_article_or_in_problems(body: str) -> None:
    for parser in (LENIENT, STRICT):
        check(parser.inspect(exports.export(body)))


@tries(250)
@given(st.text(max_size=200))
@example("")
@example("---\n")
@example("---\n---\n")
@example("\ufeff---\ntitle: a\n---\n<p>")
@example("---\r---\r\r")
def test_any_text_ends_in_an_article_or_in_problems(text: str) -> None:
    for source in (text, exports.HEAD + text, f"---\n{text}\n---\n<div><p cms-style=''>一</p></div>"):
        check(LENIENT.inspect(source))
        check(STRICT.inspect(source))


@tries(250)
@given(st.binary(max_size=200))
@example(b"\xff\xfe")
@example(b"\xef\xbb\xbf")
@example(b"\x00" * 50)
def test_any_bytes_end_in_an_article_or_in_problems(data: bytes) -> None:
    for source in (data, exports.HEAD.encode() + data):
        check(LENIENT.inspect(source))
        check(STRICT.inspect(source))


# --- (b) the books balance ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("cleaners", PIPELINES)
@tries(250)
@given(body=bodies)
@example(body="<p>一<wbr>二</p>三")
@example(body="<iframe>一")
def test_kept_and_removed_are_all_that_is_visible(cleaners: str, body: str) -> None:
    source = exports.export(body)
    inspection = Parser(strict=False, cleaners=PIPELINES[cleaners]).inspect(source)
    check(inspection)
    if inspection.article is not None:
        coverage = inspection.coverage
        assert coverage.kept_chars + coverage.removed_chars == visible_chars(source)
        removed = sum(len(squash(removal.text)) for removal in inspection.removals if removal.visible)
        assert coverage.removed_chars == removed


@tries(250)
@given(bodies)
@example("一<p>海量资讯、精准解读，尽在新浪财经APP</p>二")
@example('一<div class="appendQr_wrap">广告</div>二')
@example("一<p></p>二")
def test_while_reading_or_over_the_tree(body: str) -> None:
    """The default cleaners are asked while the tree is read; before another kind of cleaner they run over the tree."""
    source = exports.export(body)
    reading = LENIENT.inspect(source)
    over = Parser(strict=False, cleaners=PIPELINES["over the tree"]).inspect(source)
    assert over.article == reading.article
    assert over.coverage == reading.coverage


# --- (c) strict and lenient ---------------------------------------------------------------------------------------


@tries(250)
@given(bodies)
def test_what_strict_mode_accepts_lenient_mode_gives_as_well(body: str) -> None:
    strict, lenient = STRICT.inspect(exports.export(body)), LENIENT.inspect(exports.export(body))
    assert [(problem.code, problem.line) for problem in strict.problems] == [
        (problem.code, problem.line) for problem in lenient.problems
    ]
    if strict.article is not None:
        assert strict.article == lenient.article
        assert strict.removals == lenient.removals
        assert strict.coverage == lenient.coverage


# --- (d) round trips ----------------------------------------------------------------------------------------------


@tries(250)
@given(bodies)
def test_round_trips(body: str) -> None:
    inspection = LENIENT.inspect(exports.export(body))
    article = inspection.article
    if article is None:
        return
    again = Article.model_validate_json(article.model_dump_json())
    assert again == article
    assert hash(again) == hash(article)
    assert again.model_dump_json() == article.model_dump_json()
    assert Article.model_validate(article.model_dump()) == article
    assert pickle.loads(pickle.dumps(article)) == article
    carried = pickle.loads(pickle.dumps(inspection))
    assert (carried.article, carried.problems, carried.removals, carried.coverage) == (
        article,
        inspection.problems,
        inspection.removals,
        inspection.coverage,
    )


# --- (e) promotion ------------------------------------------------------------------------------------------------


@tries(250)
@given(
    st.lists(exports.blocks, min_size=1, max_size=5),
    st.lists(st.lists(exports.promotions, max_size=2).map("\n".join), min_size=6, max_size=6),
)
def test_promotion_between_blocks_changes_nothing(blocks: list[str], promotions: list[str]) -> None:
    mixed = [promotions[0], *(part for pair in zip(blocks, promotions[1:], strict=False) for part in pair)]
    plain = LENIENT.inspect(exports.export("\n".join(blocks)))
    if plain.article is None:  # nothing but empty elements
        return
    assert LENIENT.inspect(exports.export("\n".join(mixed))).article == plain.article


# --- (f) damage ---------------------------------------------------------------------------------------------------


@functools.cache
def fixture(number: int) -> bytes:
    return FIXTURES[number].read_bytes()


@tries(250)
@given(st.integers(min_value=0, max_value=len(FIXTURES) - 1), exports.edits)
def test_a_damaged_file_ends_in_an_inspection(number: int, edits: list[tuple[str, float, int]]) -> None:
    source = exports.damage(fixture(number), edits)
    for parser in (LENIENT, STRICT):
        check(parser.inspect(source))


# --- (g), (h) what models promise ---------------------------------------------------------------------------------


def lines(article: Article) -> Iterator[Paragraph | Item]:
    for block in article.blocks:
        if isinstance(block, Paragraph):
            yield block
        elif isinstance(block, Quote):
            yield from block.paragraphs
        elif isinstance(block, ItemList):
            yield from block.items


@tries(250)
@given(bodies)
def test_a_text_is_what_its_spans_hold(body: str) -> None:
    article = LENIENT.inspect(exports.export(body)).article
    for line in lines(article) if article else ():
        assert "".join(span.text for span in line.spans) == line.text
        assert line.text == line.text.strip()
        assert line.text
        assert all(span.text for span in line.spans)
        if isinstance(line, Paragraph) and line.lead_in is not None:
            assert line.text.startswith(line.lead_in)
            assert line.spans[0].bold


@tries(250)
@given(st.lists(exports.tables, min_size=1, max_size=2).map("\n".join))
def test_a_grid_is_a_rectangle(body: str) -> None:
    article = LENIENT.inspect(exports.export(f"<p>\u3000\u3000下表。</p>{body}")).article
    assert article is not None
    for table in article.tables:
        grid = table.grid()
        assert len(grid) == len(table.rows)
        assert len({len(row) for row in grid}) <= 1
        assert all(row for row in table.rows)
        shown = {text for row in grid for text in row}
        assert {cell.text for row in table.rows for cell in row} <= shown
        assert shown <= {cell.text for row in table.rows for cell in row} | {""}


@tries(250)
@given(bodies)
def test_sections_are_a_tree_in_reading_order(body: str) -> None:
    article = LENIENT.inspect(exports.export(body)).article
    if article is None:
        return

    def walk(sections: tuple[sinaparse.Section, ...], above: int) -> None:
        for number, section in enumerate(sections):
            assert (section.heading is None) == (section.level == 0)
            assert section.level > above or (section.level == 0 and above == -1 and number == 0)
            assert section.level or section.blocks
            walk(section.sections, section.level)

    walk(article.sections, -1)
    assert article.text.count("\n") >= len(article.paragraphs) + len(article.headings) - 1


# --- this run -----------------------------------------------------------------------------------------------------


def test_the_grammar_writes_exports_that_strict_mode_accepts() -> None:
    """Otherwise the properties above would say little: most bodies of the grammar are sound, most tangles are not."""
    found: list[bool] = []

    @tries(100)
    @given(
        st.lists(
            st.one_of(exports.paragraphs, exports.headings, exports.pictures, exports.promotions),
            min_size=1,
            max_size=6,
        ).map("\n".join)
    )
    def look(body: str) -> None:
        found.append(STRICT.inspect(exports.export(body)).article is not None)

    look()
    assert found.count(True) > 0.8 * len(found)
