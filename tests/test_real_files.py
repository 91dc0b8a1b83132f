"""Real exports with labels made by hand: every ``*.md`` with a ``*.json`` in the folder ``SINAPARSE_CORPUS``.

A test for each file and field. Coverage is checked against a reading of the source that shares no code with the parser.
"""

from __future__ import annotations

import functools
import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import lxml.html
import pytest

from sinaparse import Article, Parser
from sinaparse.inspection import Inspection

FOLDER = os.environ.get("SINAPARSE_CORPUS")
FILES = sorted(path for path in Path(FOLDER or ".").glob("*.md") if FOLDER and path.with_suffix(".json").exists())
KNOWN: dict[tuple[str, str], str] = {}
"""(file, field) of differences that are accepted, and why."""

pytestmark = pytest.mark.skipif(not FOLDER, reason="SINAPARSE_CORPUS names no folder of labelled exports")

Gold = dict[str, Any]


@functools.cache
def inspect(path: Path) -> Inspection:
    return Parser().inspect(path.read_bytes())


@functools.cache
def gold(path: Path) -> Gold:
    found: Gold = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    return found


def squash(text: str | None) -> str:
    return re.sub(r"[\s\u3000\u00a0\u200b\ufeff]+", "", text or "")


# --- fields: what the article says, and what the labels say ---------------------------------------------------------


def labelled_headings(label: Gold) -> list[tuple[str, int]]:
    return [(squash(text), level) for text, level in label.get("headings") or []]


def found_headings(article: Article) -> list[tuple[str, int]]:
    return [(squash(text), level) for level, text in article.headings]


def texts(headings: list[tuple[str, int]]) -> str:
    """All in one: a heading set over two lines may be read as one or as two."""
    return "".join(text for text, _ in headings)


def levels(headings: list[tuple[str, int]], other: list[tuple[str, int]]) -> list[tuple[str, int]]:
    return [(character, level) for text, level in headings if text in texts(other) for character in text]


def day_and_time(article: Article) -> str | None:
    return article.published_at.strftime("%Y-%m-%dT%H:%M:%SZ") if article.published_at else None


def shapes(article: Article) -> list[list[int]]:
    grids = [table.grid() for table in article.tables]
    return [[len(grid), max(map(len, grid), default=0)] for grid in grids]


def corners(article: Article) -> list[list[str]]:
    return [[squash(table.rows[0][0].text), squash(table.rows[-1][-1].text)] for table in article.tables]


def missing_lead_ins(article: Article, label: Gold) -> list[str]:
    found = [squash(paragraph.lead_in) for paragraph in article.paragraphs if paragraph.lead_in]
    return [text for text in label.get("lead_ins") or [] if not any(squash(text)[:8] in other for other in found)]


PAIRS: dict[str, tuple[Callable[[Article], Any], Callable[[Gold], Any]]] = {
    "title": (lambda a: squash(a.title), lambda g: squash(g["title"])),
    "published_at": (day_and_time, lambda g: g["published"]),
    "categories": (lambda a: list(a.categories), lambda g: list(g["categories"])),
    "original_title": (lambda a: squash(a.original_title), lambda g: squash(g.get("original_title"))),
    "editor": (lambda a: a.editor and a.editor.name, lambda g: g.get("editor")),
    "editor_code": (lambda a: a.editor and a.editor.code, lambda g: g.get("editor_code")),
    "authors": (lambda a: sorted(map(squash, a.authors)), lambda g: sorted(map(squash, g.get("authors") or []))),
    "source": (lambda a: squash(a.source), lambda g: squash(g.get("source"))),
    "symbols": (lambda a: sorted(a.symbols), lambda g: sorted(g.get("symbols") or [])),
    "mentions": (
        lambda a: [[mention.symbol, squash(mention.name)] for mention in a.mentions],
        lambda g: [[symbol, squash(name)] for symbol, name in g.get("mentions") or []],
    ),
    "headings": (lambda a: texts(found_headings(a)), lambda g: texts(labelled_headings(g))),
    "images": (lambda a: [image.url for image in a.images], lambda g: [url for url, _ in g.get("images") or []]),
    "captions": (
        lambda a: [squash(image.caption) for image in a.images],
        lambda g: [squash(caption) for _, caption in g.get("images") or []],
    ),
    "tables": (lambda a: len(a.tables), lambda g: g.get("tables") or 0),
    "videos": (lambda a: len(a.videos), lambda g: g.get("videos") or 0),
    "paragraphs": (lambda a: len(a.paragraphs), lambda g: g["paragraphs"]),
}
"""Fields that are equal or not."""

OPTIONAL: dict[str, tuple[Callable[[Article], Any], Callable[[Gold], Any]]] = {
    "table_shapes": (shapes, lambda g: g["table_shapes"]),
    "table_cells": (corners, lambda g: [[squash(first), squash(last)] for first, last in g["table_cells"]]),
    "table_captions": (
        lambda a: [squash(table.caption) for table in a.tables],
        lambda g: list(map(squash, g["table_captions"])),
    ),
}
"""The same for fields that only some labels speak of."""


def check(path: Path, field: str, got: object, want: object) -> None:
    if (path.stem, field) in KNOWN:
        assert got != want, f"{path.stem} {field} is right now: take it off KNOWN"
        pytest.skip(KNOWN[path.stem, field])
    assert got == want


@pytest.mark.parametrize("field", [*PAIRS, *OPTIONAL])
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_field(path: Path, field: str) -> None:
    if field in OPTIONAL and gold(path).get(field) is None:
        return
    found, labelled = (PAIRS | OPTIONAL)[field]
    check(path, field, found(inspect(path).unwrap()), labelled(gold(path)))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_heading_too_many(path: Path) -> None:
    want = texts(labelled_headings(gold(path)))
    check(path, "extra_headings", [text for text, _ in found_headings(inspect(path).unwrap()) if text not in want], [])


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_heading_levels(path: Path) -> None:
    got, want = found_headings(inspect(path).unwrap()), labelled_headings(gold(path))
    check(path, "heading_levels", levels(got, want), levels(want, got))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_unmarked_headings(path: Path) -> None:
    want = gold(path).get("unmarked_headings")
    if want:
        found = Parser(unmarked_headings=True).parse(path.read_bytes()).headings
        check(path, "unmarked_headings", [squash(text) for _, text in found], [squash(text) for text, _ in want])


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_lead_ins(path: Path) -> None:
    check(path, "lead_ins", missing_lead_ins(inspect(path).unwrap(), gold(path)), [])


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_first_and_last_paragraph(path: Path) -> None:
    first, last = squash(gold(path).get("first")), squash(gold(path).get("last"))
    paragraphs = [squash(paragraph.text) for paragraph in inspect(path).unwrap().paragraphs] or [""]
    assert any(text.startswith(first) for text in paragraphs[:3])
    assert any(text.endswith(last) for text in paragraphs[-3:])


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_promotion_in_the_text(path: Path) -> None:
    text = squash(inspect(path).unwrap().text)
    assert not [words for words in gold(path).get("promo") or [] if squash(words) and squash(words) in text]


# --- promises -------------------------------------------------------------------------------------------------------


def test_the_folder_has_files() -> None:
    assert FILES


def test_known_differences_are_of_these_files() -> None:
    assert {name for name, _ in KNOWN} <= {path.stem for path in FILES}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_strict_mode_accepts(path: Path) -> None:
    assert [str(problem) for problem in inspect(path).problems if problem.severity == "error"] == []
    assert Parser(strict=False).inspect(path.read_bytes()).article == inspect(path).article


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_round_trip(path: Path) -> None:
    article = inspect(path).unwrap()
    assert Article.model_validate_json(article.model_dump_json()) == article


VISIBLE = "//text()[not(ancestor::style)][not(ancestor::script)][not(ancestor::comment())]"
BLOCKS = "//p[not(ancestor::blockquote)][not(.//p)][not(.//table)] | //td[not(.//td)]"


def read_apart(path: Path) -> Any:
    """The tree of a body, read without any of the parser's code."""
    text = path.read_text(encoding="utf-8").replace("&#123;", "{").replace("&#125;", "}")
    body = re.split(r"(?m)^---[ \t]*$", text, maxsplit=2)[2]
    whole = f"<html><body><div>{body}</div></body></html>"
    return lxml.html.document_fromstring(whole, parser=lxml.html.HTMLParser(huge_tree=True))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_character_is_kept_or_removed(path: Path) -> None:
    coverage = inspect(path).coverage
    assert coverage.unaccounted == ()
    visible = squash("".join(read_apart(path).xpath(VISIBLE)))
    assert coverage.kept_chars + coverage.removed_chars == len(visible)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_whole_blocks_stand_somewhere(path: Path) -> None:
    article, removals = inspect(path).unwrap(), inspect(path).removals
    captions = [image.caption or "" for image in article.images] + [table.caption or "" for table in article.tables]
    kept = squash("\n".join([article.text, *(credit.text for credit in article.credits), *captions]))
    gone = squash("\n".join(removal.text for removal in removals))
    blocks = [squash("".join(node.xpath(f".{VISIBLE}"))) for node in read_apart(path).xpath(BLOCKS)]
    raw = squash(re.sub(r"<[^<>]*>", "", article.text))  # words in angle brackets may be text for the parser only
    assert [block for block in blocks if block not in kept and block not in gone and block not in raw] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_picture_is_kept_or_removed(path: Path) -> None:
    article = inspect(path).unwrap()
    kept = [image.url for image in article.images] + [video.poster for video in article.videos if video.poster]
    gone = [url for removal in inspect(path).removals if removal.visible for url in removal.media]
    assert sorted(kept + gone) == sorted(read_apart(path).xpath("//img/@src"))


# --- damaged files --------------------------------------------------------------------------------------------------


def paragraphs_at(path: Path) -> tuple[list[str], int]:
    """The lines of a file, and the place of the first paragraph in its body."""
    lines = path.read_text(encoding="utf-8").split("\n")
    return lines, next(place for place, line in enumerate(lines) if re.match(r"<p[ >]", line))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_an_unknown_container_is_refused_with_its_line(path: Path) -> None:
    lines, place = paragraphs_at(path)
    lines.insert(place, '<div class="zz-box"><p>　　插在中间的一段文字。</p></div>')
    damaged = "\n".join(lines)
    strict = Parser().inspect(damaged)
    assert [(p.code, p.line) for p in strict.problems if p.severity == "error"] == [("unknown-markup", place + 1)]
    lenient = Parser(strict=False).inspect(damaged)
    assert ("unknown-markup", place + 1, "warning") in [(p.code, p.line, p.severity) for p in lenient.problems]
    assert lenient.article is not None
    assert "插在中间的一段文字。" in lenient.article.text


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_an_unknown_class_on_a_paragraph_is_not_refused(path: Path) -> None:
    lines, place = paragraphs_at(path)
    if " class=" in lines[place].partition(">")[0]:
        lines.insert(place, "<p>　　插在前面的一段文字，它说了一件不相干的事。</p>")
    lines[place] = lines[place].replace("<p", '<p class="zz-line"', 1)
    inspection = Parser().inspect("\n".join(lines))
    assert inspection.article is not None
    assert ("unknown-class", place + 1) in [(problem.code, problem.line) for problem in inspection.problems]
