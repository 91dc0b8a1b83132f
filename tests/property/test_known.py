"""What was written is what is read: exports from a grammar, together with their answers; ``strategies.known_exports``."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from sinaparse import Article, Inspection, Parser, Problem
from sinaparse.models import Image, ItemList, Paragraph, Quote, Section, Table, Video
from sinaparse.road import Road
from support import PROGRAM, fresh

from . import strategies as exports
from .test_properties import PIPELINES, errors, tries

STRICT = Parser()


def blocks(sections: tuple[Section, ...]) -> list[Any]:
    """Headings and blocks of an article in the form of an answer."""
    found: list[Any] = []
    for section in sections:
        if section.heading is not None:
            found.append(("heading", section.heading, section.level))
        found += map(block, section.blocks)
        found += blocks(section.sections)
    return found


def block(item: object) -> Any:
    match item:
        case Paragraph():
            spans = tuple((span.text, span.bold, span.href, span.symbol) for span in item.spans)
            return "paragraph", item.text, item.lead_in, spans
        case Image():
            return "image", item.url, item.caption, item.alt, item.width, item.height, item.date
        case Table():
            rows = tuple(
                tuple((cell.text, cell.header, cell.colspan, cell.rowspan) for cell in row) for row in item.rows
            )
            return "table", item.caption, rows
        case Quote():
            return "quote", tuple(paragraph.text for paragraph in item.paragraphs)
        case ItemList():
            start = item.start if item.ordered else None
            return "list", start, tuple((line.text, line.depth) for line in item.items)
        case Video():
            return "video", item.title, item.video_id, item.url, item.poster
    raise TypeError(item)


def said(article: Article) -> dict[str, Any]:
    """An article in the form of an answer."""
    return {
        "title": article.title,
        "original_title": article.original_title,
        "published_at": article.published_at,
        "date_kind": article.date_kind,
        "publisher": article.publisher,
        "categories": article.categories,
        "head_image": article.head_image,
        "authors": article.authors,
        "source": article.source,
        "editor": None if article.editor is None else (article.editor.name, article.editor.code),
        "symbols": article.symbols,
        "mentions": [(mention.symbol, mention.name) for mention in article.mentions],
        "credits": [(credit.kind, credit.text) for credit in article.credits],
        "extra": article.extra.thaw(),
        "blocks": blocks(article.sections),
    }


def check(inspection: Inspection, known: exports.Known) -> None:
    assert errors(inspection) == []
    assert inspection.article is not None
    found = said(inspection.article)
    assert set(found) == set(known.answer)
    for field, want in known.answer.items():
        assert found[field] == want, field
    assert inspection.coverage.unaccounted == ()
    assert Article.model_validate_json(inspection.article.model_dump_json()) == inspection.article


@tries(400)
@given(exports.known_exports())
def test_what_was_written_is_what_is_read(known: exports.Known) -> None:
    check(STRICT.inspect(known.source()), known)


@tries(150)
@given(exports.known_exports(), st.lists(st.lists(exports.promotions, max_size=2).map("\n".join), max_size=20))
def test_promotion_anywhere_changes_nothing(known: exports.Known, between: list[str]) -> None:
    inspection = STRICT.inspect(known.source(between))
    check(inspection, known)
    assert inspection.article == STRICT.parse(known.source())


@tries(150)
@given(exports.known_exports(), exports.exporter_damage())
def test_the_way_of_a_file_changes_nothing(known: exports.Known, damage: Callable[[str], bytes]) -> None:
    check(STRICT.inspect(damage(known.source())), known)


@tries(100)
@given(exports.known_exports(), st.lists(exports.promotions, max_size=6))
def test_cleaning_is_idempotent(known: exports.Known, between: list[str]) -> None:
    """A second round of the default cleaners finds nothing that is to be seen, and lenient mode gives the same article."""
    source = known.source(between)
    once = STRICT.inspect(source)
    over = Parser(cleaners=PIPELINES["over the tree"]).inspect(source)
    assert over.article == once.article == Parser(strict=False).parse(source)
    bodies = []

    def twice(body: Any) -> Any:
        for _ in range(2):
            PIPELINES["over the tree"](body)
            bodies.append((len(body.ledger), body.text(body.root)))
        return body

    assert Road(STRICT).trace(source, twice) is not None
    assert bodies[0] == bodies[1]


def test_another_process_gives_the_same(tmp_path: Path) -> None:
    """With another hash seed, locale and time zone."""
    paths: list[str] = []

    @tries(60)
    @given(exports.known_exports(), st.lists(exports.promotions, max_size=3), exports.exporter_damage())
    def write(known: exports.Known, between: list[str], damage: Callable[[str], bytes]) -> None:
        path = tmp_path / f"{len(paths)}.md"
        path.write_bytes(damage(known.source(between)))
        paths.append(str(path))

    write()
    assert len(paths) >= 60
    usual = fresh(PROGRAM, json.dumps(paths))
    for environment in (
        {"PYTHONHASHSEED": "31", "TZ": "Asia/Kathmandu"},
        {"PYTHONHASHSEED": "5", "LC_ALL": "C", "PYTHONUTF8": "0"},
    ):
        assert fresh(PROGRAM, json.dumps(paths), **environment) == usual


def test_threads_share_a_parser() -> None:
    sources: list[bytes] = []

    @tries(60)
    @given(exports.known_exports(), exports.exporter_damage(), exports.edits)
    def collect(known: exports.Known, damage: Callable[[str], bytes], edits: list[tuple[str, float, int]]) -> None:
        sources.extend((damage(known.source()), exports.damage(known.source().encode(), edits)))

    collect()

    def outcome(source: bytes) -> tuple[Article | None, tuple[Problem, ...]]:
        inspection = STRICT.inspect(source)
        return inspection.article, inspection.problems

    alone = list(map(outcome, sources))
    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(outcome, sources * 3)) == alone * 3
