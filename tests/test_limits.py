"""Limits: each is exact, named in its problem and documented; and what must never happen below them.

How long hostile files take, and how much memory, is measured by ``benchmarks/hostile.py``.
"""

from __future__ import annotations

import dataclasses
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import sinaparse
from sinaparse import Body, Inspection, Limits, Parser
from sinaparse.problems import CODES
from support import front_matter

ROOT = Path(__file__).parents[1]
DEFAULTS = Limits()


@sinaparse.cleaner("move-texts")
def move_texts(body: Body) -> None:
    """Moves and sets all texts there are."""
    body.replace_text(body.root, "后", "前", reason="a test")
    for comment in body.comments():
        body.remove(comment, reason="a test")


TREE_CLEANERS = sinaparse.default_cleaners().then(move_texts)
HEAD = front_matter("退潮之后", "金融", "新浪财经")


def export(body: str, more: str = "") -> str:
    head = HEAD.replace("thumbnail", f"{more}thumbnail")
    return f"{head}\n<div>   \n{body}\n  \n</div>\n            "


def lenient(source: str, **limits: int) -> Inspection:
    return Parser(strict=False, limits=Limits(**limits)).inspect(source)


# --- each limit ---------------------------------------------------------------------------------------------------

EXACT: dict[str, tuple[int, str, Callable[[int], str]]] = {
    "source_bytes": (900, "limit-source", lambda n: export("").rstrip(" ") + "字" + " " * (n - len(export("").encode()) + 9)),
    "front_matter_bytes": (400, "limit-front-matter", lambda n: export("一", f"k: {'x' * (n - len(HEAD.encode()) + 4)}\n")),
    "front_matter_depth": (9, "limit-front-matter", lambda n: export("一", f"k: {'[' * (n - 1)}{']' * (n - 1)}\n")),
    "nodes": (9, "limit-nodes", lambda n: export("<br>" * (n - 2) + "一")),
    "depth": (9, "limit-depth", lambda n: export("<b>" * (n - 1) + "一" + "</b>" * (n - 1))),
    "start_tag_chars": (60, "limit-start-tag", lambda n: export(f'<p title="{"x" * (n - 12)}">一</p>')),
    "comment_chars": (9, "limit-comment", lambda n: export(f"一<!--{'x' * n}-->")),
    "table_cells": (9, "limit-cells", lambda n: export(f"<table><tr><td colspan={n}>一</table>")),
    "videos": (3, "limit-videos", lambda n: export(f'一<!--mce-plugin-videoList2[{{"videos":[{",".join(["{}"] * n)}]}}]mce-plugin-videoList2-->')),
    "problems": (9, "limit-problems", lambda n: export("".join(f"<p class=k{i}>一</p>" for i in range(n)))),
}  # fmt: skip


def test_every_limit_is_tried() -> None:
    assert set(EXACT) == {field.name for field in dataclasses.fields(Limits)}
    assert {code for _, code, _ in EXACT.values()} == {code for code in CODES if code.startswith("limit-")}


@pytest.mark.parametrize("setting", EXACT)
def test_a_limit_is_exact(setting: str) -> None:
    limit, code, source = EXACT[setting]
    within = lenient(source(limit), **{setting: limit})
    assert [problem for problem in within.problems if problem.severity == "error"] == []
    assert within.article is not None
    assert "一" in within.article.text or "字" in within.article.text
    beyond = lenient(source(limit + 1), **{setting: limit})
    assert beyond.article is None
    errors = [problem for problem in beyond.problems if problem.severity == "error"]
    assert [problem.code for problem in errors] == [code]
    assert f"(Limits.{setting})" in errors[0].message
    assert re.search(rf"\b{limit}\b", errors[0].message)


@pytest.mark.parametrize("setting", EXACT)
def test_a_crossed_limit_refuses_in_both_modes(setting: str) -> None:
    limit, code, source = EXACT[setting]
    assert (CODES[code].strict, CODES[code].lenient) == ("error", "error")
    strict = Parser(limits=Limits(**{setting: limit})).inspect(source(limit + 1))
    assert strict.article is None
    assert code in {problem.code for problem in strict.problems if problem.severity == "error"}
    assert strict.pieces == ()


@pytest.mark.parametrize("setting", EXACT)
def test_a_limit_is_documented_with_its_reason(setting: str) -> None:
    page = (ROOT / "docs" / "trust.md").read_text(encoding="utf-8")
    row = re.search(rf"^\| `{setting}` \| ([\d,]+)[^|]*\| `limit-[a-z-]+` \| [^|]{{30,}} \|$", page, re.MULTILINE)
    assert row, "docs/trust.md has no row for it"
    assert int(row[1].replace(",", "")) == getattr(DEFAULTS, setting)
    source = (ROOT / "src" / "sinaparse" / "limits.py").read_text(encoding="utf-8")
    assert re.search(rf'    {setting}: int = [^\n]+\n    """', source)


def test_front_matter_is_bounded_with_what_its_aliases_stand_for() -> None:
    more = f"a: &a {'x' * 60}\nb: [*a, *a, *a]\n"
    assert lenient(export("一", more), front_matter_bytes=400).article is not None
    [problem] = lenient(export("一", more.replace("*a]", "*a, *a, *a, *a, *a]")), front_matter_bytes=400).problems
    assert problem.code == "limit-front-matter"
    assert "more than 400 characters in its aliases" in problem.message


# --- tables -------------------------------------------------------------------------------------------------------


def test_all_tables_count_together() -> None:
    table = "<table><tr><td colspan=4>一</table>"
    assert lenient(export(table * 2), table_cells=8).article is not None
    [problem] = lenient(export(f"{table}\n{table}\n{table}"), table_cells=8).problems
    assert (problem.code, problem.line) == ("limit-cells", 16)


@pytest.mark.parametrize(
    ("rows", "cells"),
    [
        ("<tr><td rowspan=3 colspan=2>一<tr><td>二<tr><td>三", 9),
        ("<tr><td colspan=5>一<tr><td>二<tr><td>三", 15),
        ("<tr><td colspan=4>一<td rowspan=9>尾<tr><td>二<tr><td>三", 15),
        ("<tr><td rowspan=2>一<td rowspan=3>二<tr><td>三<tr><td>四", 9),
        ("<tr><td rowspan=9>一<tr><tr><tr><tr><td>二", 4),
    ],
)
def test_cells_are_those_of_the_rectangle(rows: str, cells: int) -> None:
    """Never fewer than `grid()` gives; more only where a cell overlaps another, or a gap stays open."""
    source = export(f"<table>{rows}</table>")
    found = lenient(source, table_cells=cells).article
    assert found is not None
    assert sum(map(len, found.tables[0].grid())) <= cells
    assert lenient(source, table_cells=cells - 1).article is None


@pytest.mark.parametrize(
    ("rows", "heights"),
    [
        ("<tr><td rowspan=9>一<td>二<tr><td>三", [[2, 1], [1]]),
        ("<tr><td rowspan=65534>一", [[1]]),
        ("<tr><td rowspan=3>一<tr><tr><td>二<tr><td>三", [[2], [1], [1]]),
        ("<tr><td rowspan=2>一<tr><tr><td>二", [[1], [1]]),
        ("<tr><tr><td rowspan=2>一<tr><td>二", [[2], [1]]),
    ],
)
def test_spans_end_with_the_rows_there_are(rows: str, heights: list[list[int]]) -> None:
    article = lenient(export(f"<table>{rows}</table>")).article
    assert article is not None
    assert [[cell.rowspan for cell in row] for row in article.tables[0].rows] == heights


# --- nothing is opened --------------------------------------------------------------------------------------------


@pytest.fixture
def listener() -> Iterator[tuple[str, list[object]]]:
    """An address that notes who comes."""
    server = socket.create_server(("127.0.0.1", 0))
    port = server.getsockname()[1]
    server.settimeout(0.5)
    visits: list[object] = []

    def wait() -> None:
        with server:
            try:
                connection, address = server.accept()
            except TimeoutError:
                return
            connection.close()
            visits.append(address)

    thread = threading.Thread(target=wait, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{port}/x", visits
    thread.join()


def test_no_entity_file_or_address_is_touched(tmp_path: Path, listener: tuple[str, list[object]]) -> None:
    address, visits = listener
    secret = tmp_path / "secret.txt"
    secret.write_text("机密的内容", encoding="utf-8")
    hostile = [
        f'<!DOCTYPE html [<!ENTITY x SYSTEM "{place}"><!ENTITY % y SYSTEM "{place}"> %y;]><p>一&x;二</p>'
        f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{place}" parse="text"/>'
        f'<link rel="stylesheet" href="{place}"><style>@import "{place}";</style><script src="{place}"></script>'
        f'<img src="{place}"><object data="{place}"></object><iframe src="{place}"></iframe><base href="{place}">'
        f'<?xml-stylesheet href="{place}"?><meta http-equiv="refresh" content="0; url={place}">'
        for place in (secret.as_uri(), address, f"//{address.partition('//')[2]}", str(secret))
    ]
    yaml = [f"k: !!python/object/apply:os.system ['touch {tmp_path}/made']\n", f"k: !include {secret}\n"]
    for source in [*map(export, hostile), *(export("一", more) for more in yaml)]:
        inspection = lenient(source)
        said = f"{inspection.article!r}{inspection.problems}{inspection.removals}{inspection.pieces}"
        assert "机密" not in said
    assert not (tmp_path / "made").exists()
    time.sleep(0.1)
    assert visits == []


def test_entities_of_their_own_stand_for_nothing() -> None:
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    article = lenient(export(f'<!DOCTYPE x [<!ENTITY a0 "笑">{laughs}]><p>一&a11;二</p>')).article
    assert article is not None
    assert "笑笑" not in article.text.replace('"笑"', "")
    assert len(article.text) < 5_000


# --- nothing is dropped without a word ----------------------------------------------------------------------------


@pytest.mark.parametrize("depth", [190, 250, 300, 1_000, 2_040, 2_100, 5_000, 20_000])
@pytest.mark.parametrize("tag", ["div", "b", "font", "blockquote"])
def test_depth_is_read_or_refused(tag: str, depth: int) -> None:
    source = export(f"<p>前</p>{f'<{tag}>' * depth}里{f'</{tag}>' * depth}<p>后</p>")
    for limit in (DEFAULTS.depth, 10_000):
        inspection = lenient(source, depth=limit)
        if inspection.article is None:
            assert {problem.code for problem in inspection.problems} <= {"limit-depth", "body-truncated"}
        else:
            assert inspection.article.text.replace("\n", "") == "前里后"
            assert depth < limit
        assert inspection.article is not None or depth >= limit - 10 or limit > DEFAULTS.depth


def test_a_text_beyond_what_libxml2_takes_by_default_is_whole() -> None:
    text = "潮" * 5_000_000  # 15 MB; libxml2's usual limit is 10
    article = lenient(export(f"<p>{text}</p><p>后</p>"), source_bytes=2**25).article
    assert article is not None
    assert [len(paragraph.text) for paragraph in article.paragraphs] == [len(text), 1]


ODD = (
    "\ud800",
    "\udfff",
    "\ud83e\udd80",
    "\udd80\ud83e",
    "\0",
    "\x0b",
    "\uffff",
    "\ufffe",
    "&#1;",
    "&#x0c",
    "&#0;",
    "&#xD83E;",
)


@pytest.mark.parametrize("odd", ODD, ids=ascii)
@pytest.mark.parametrize(
    "place", ["<p>前{}后</p>", '<p title="{}">前后</p>', "<p>前后</p><!--{}-->", "<p a{}=x>前后</p>"]
)
def test_what_no_tree_can_hold_is_replaced_and_reported(odd: str, place: str) -> None:
    inspection = lenient(export(place.format(odd)))
    assert inspection.article is not None
    assert inspection.article.text.replace("\ufffd", "") in ("前后", "前🦀后")
    assert {problem.code for problem in inspection.problems} & {"lone-surrogate", "control-character"} or "🦀" in (
        odd.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    )
    assert inspection.coverage.unaccounted == ()


@pytest.mark.parametrize(
    "number", [*range(160), 0xD7FF, 0xD800, 0xDFFF, 0xE000, 0xFFFD, 0xFFFE, 0xFFFF, 0x10000, 0x110000]
)
@pytest.mark.parametrize("form", ["&#{:d};", "&#x{:x};", "&#X{:X} ", "&#000{:d} "])
def test_no_reference_puts_into_the_tree_what_can_not_be_moved_in_it(form: str, number: int) -> None:
    """Cleaners that run over the tree move and set texts, which lxml refuses for control characters."""
    reference = form.format(number)
    source = export(f"<p>前<!-- 总声明 -->{reference}后</p><textarea>{reference}")
    inspection = Parser(strict=False, cleaners=TREE_CLEANERS).inspect(source)
    assert inspection.article is not None
    assert "cleaner-failed" not in {problem.code for problem in inspection.problems}
    assert inspection.coverage.unaccounted == ()
