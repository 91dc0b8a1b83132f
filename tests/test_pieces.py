"""`Inspection.pieces`: the pieces are the whole source, they add up to the coverage, and each is found in its place."""

from __future__ import annotations

import functools
import html
import itertools
import os
import pickle
import re
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

import sinaparse
from sinaparse import Body, Inspection, Parser, default_cleaners
from sinaparse.body import squash
from sinaparse.inspection import Piece
from sinaparse.road import Road

ROOT = Path(__file__).parents[1]
FILES = sorted([*ROOT.glob("tests/fixtures/exports/*.md"), *ROOT.glob("examples/exports/**/*.md")])
if folder := os.environ.get("SINAPARSE_CORPUS"):
    FILES += sorted(Path(folder).glob("*.md"))
INVALID = sorted(ROOT.glob("tests/fixtures/invalid/*.md"))
FRONT = "---\ntitle: '小河改道'\ncategories:\n - 新浪财经\nauthor: 新浪财经\ndate: Wed, 02 Mar 2022 03:15:53 GMT\n---\n"


@functools.cache
def inspect(path: Path) -> Inspection:
    return Parser().inspect_file(path)


def of(body: str, parser: Parser | None = None) -> Inspection:
    return (parser or Parser(strict=False)).inspect(FRONT + body)


def said(inspection: Inspection, *fates: str) -> list[tuple[str, str | None, str]]:
    """Fate, cleaner and source of the pieces that are not mere mark-up, or of those with some fates."""
    text = inspection.source_text
    return [
        (piece.fate, piece.cleaner, text[piece.start : piece.end])
        for piece in inspection.pieces
        if (piece.fate in fates if fates else piece.fate not in ("markup", "front-matter"))
    ]


def at(article: object, place: str) -> Any:
    """What stands at a place of an article."""
    for name, number in re.findall(r"([a-z_]+)|\[(\d+)\]", place):
        article = getattr(article, name) if name else article[int(number)]  # type: ignore[index]
    return article


def chars(pieces: Iterable[Piece]) -> Counter[str]:
    sizes: Counter[str] = Counter()
    for piece in pieces:
        sizes[piece.fate] += len(piece.text)
    return sizes


def check_whole(inspection: Inspection) -> None:
    pieces, text = inspection.pieces, inspection.source_text
    assert pieces[0].start == 0
    assert pieces[-1].end == len(text)
    assert all(piece.start < piece.end for piece in pieces)
    assert all(piece.end == following.start for piece, following in itertools.pairwise(pieces))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_pieces_are_the_whole_source(path: Path) -> None:
    check_whole(inspect(path))
    assert inspect(path).pieces[0].fate == "front-matter"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_pieces_add_up_to_the_coverage(path: Path) -> None:
    coverage = inspect(path).coverage
    sizes = chars(inspect(path).pieces)
    assert sizes["kept"] + sizes["credit"] == coverage.kept_chars
    assert sizes["removed"] == coverage.removed_chars
    assert sizes.total() == coverage.kept_chars + coverage.removed_chars


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_source_says_what_a_piece_says(path: Path) -> None:
    text = inspect(path).source_text
    for piece in inspect(path).pieces:
        if piece.text and "<" not in text[piece.start : piece.end]:
            assert squash(html.unescape(text[piece.start : piece.end])) == piece.text


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_text_is_put_together_of_its_pieces(path: Path) -> None:
    article = inspect(path).unwrap()
    texts: dict[str, str] = {}
    for piece in inspect(path).pieces:
        assert (piece.place is not None) == (piece.fate in ("kept", "credit"))
        if piece.place is not None and piece.text:
            assert piece.place.startswith("credits") == (piece.fate == "credit")
            texts[piece.place] = texts.get(piece.place, "") + piece.text
    assert {place: squash(at(article, place)) for place in texts} == texts
    expected = [article.text, *(credit.text for credit in article.credits)]
    titles = [text for place, text in texts.items() if place.endswith(".title")]
    assert Counter("".join(texts.values())) == Counter(squash("".join(expected)) + "".join(titles))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_picture_has_its_tag(path: Path) -> None:
    article, text = inspect(path).unwrap(), inspect(path).source_text
    tags = {
        piece.place: text[piece.start : piece.end] for piece in inspect(path).pieces if piece.place and not piece.text
    }
    pictures = [place for place in tags if place.endswith((".url", ".poster"))]
    assert all(at(article, place) in html.unescape(tags[place]) for place in pictures)
    assert len([place for place in pictures if place.endswith(".url")]) == len(article.images)
    assert {at(article, place).kind for place in tags if place.endswith("]")} <= {"table", "video"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_removal_has_a_piece_on_its_line(path: Path) -> None:
    text = inspect(path).source_text
    lines = {
        (piece.cleaner, line)
        for piece in inspect(path).pieces
        if piece.cleaner is not None
        for line in range(text.count("\n", 0, piece.start) + 1, text.count("\n", 0, piece.end) + 2)
    }
    assert {(removal.cleaner, removal.line) for removal in inspect(path).removals} <= lines


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.stem)
def test_refused_files_have_all_pieces_or_none(path: Path) -> None:
    inspection = inspect(path)
    if inspection.pieces:
        check_whole(inspection)
    else:
        assert Parser(strict=False).inspect_file(path).article is None


SNIPPETS = (
    "<p>,</p>,<div>,</div>,<div class=appendQr_wrap>,文字,abc,&amp;,&lt,&nbsp;,&#123;,<br>,<!--x-->,<!,<?z>,</,<,>,\",',=,<b>,</b>,"
    "<a href=x>,</a>,<img src=a.jpg>,<style>p{},</style>,<foo>,</foo>,<table>,<tr>,<td>,</table>,\n,\u3000,<ul><li>,</ul>,&notin"
).split(",")


@given(st.lists(st.sampled_from(SNIPPETS), max_size=30).map("".join))
def test_any_body_is_cut_into_pieces(body: str) -> None:
    inspection = of(body)
    if inspection.pieces:
        check_whole(inspection)
        sizes, coverage = chars(inspection.pieces), inspection.coverage
        assert sizes["kept"] + sizes["credit"] <= coverage.kept_chars
        assert sizes["removed"] <= coverage.removed_chars
    else:
        assert inspection.article is None


# --- one thing at a time ----------------------------------------------------------------------------------------------


def test_offsets_are_those_of_the_decoded_text() -> None:
    body = "<div>\r\n<p>　　河水&amp;泥沙&#8230;</p>\r\n</div>\r\n"
    for source in ((FRONT + body).encode("gb18030"), "\ufeff" + FRONT + body):
        inspection = Parser(strict=False).inspect(source)
        assert "\r" not in inspection.source_text
        assert said(inspection) == [("kept", None, "河水&amp;泥沙&#8230;")]
        assert [piece.text for piece in inspection.pieces if piece.fate == "kept"] == ["河水&泥沙…"]


def test_an_element_that_was_removed_is_one_piece() -> None:
    body = '<div class="appendQr_wrap">\n<img src="https://n.sinaimg.cn/q.png"><p>扫码<b>下载</b></p></div>'
    assert said(of(f"<p>河水改道。</p>{body}<p>泥沙淤积。</p>")) == [
        ("kept", None, "河水改道。"),
        ("removed", "app-qr", body),
        ("kept", None, "泥沙淤积。"),
    ]


def test_a_removal_inside_another() -> None:
    @sinaparse.cleaner("bold")
    def bold(body: Body) -> None:
        for node in body.select("b"):
            body.remove(node, reason="bold")

    parser = Parser(strict=False, cleaners=default_cleaners().before("app-qr", bold))
    assert said(of('<p>河水改道。</p><div class="appendQr_wrap">扫码<b>下载</b>应用</div>', parser)) == [
        ("kept", None, "河水改道。"),
        ("removed", "app-qr", '<div class="appendQr_wrap">扫码'),
        ("removed", "bold", "<b>下载</b>"),
        ("removed", "app-qr", "应用</div>"),
    ]


def test_text_that_was_replaced() -> None:
    @sinaparse.cleaner("river")
    def river(body: Body) -> None:
        body.replace_text(body.root, "小河", "大江", reason="grown")

    inspection = of("<p>昨天小河改道。</p>", Parser(strict=False, cleaners=default_cleaners().before("style", river)))
    assert said(inspection) == [("kept", None, "昨天"), ("removed", "river", "小河"), ("kept", None, "改道。")]
    assert inspection.unwrap().text == "昨天大江改道。"


def test_what_a_soup_cleaner_does() -> None:
    @sinaparse.soup_cleaner("ferry")
    def ferry(soup: BeautifulSoup) -> None:
        soup.select_one("b").decompose()  # type: ignore[union-attr]
        soup.select_one("i").unwrap()  # type: ignore[union-attr]
        (text,) = soup.find_all(string="小河改道。")
        text.replace_with("大江改道。")

    body = "<p>昨天<b>停航</b><i>渡口</i>封闭。</p><p>小河改道。</p>"
    inspection = of(body, Parser(strict=False, cleaners=default_cleaners().then(ferry)))
    check_whole(inspection)
    assert said(inspection) == [
        ("kept", None, "昨天"),
        ("removed", "ferry", "<b>停航</b>"),
        ("kept", None, "渡口"),
        ("kept", None, "封闭。"),
        ("removed", "ferry", "小河"),
        ("kept", None, "改道。"),
    ]


def test_what_nobody_sees() -> None:
    body = "<p>河水改道。</p><!-- 随手记 --><!-- 总声明 --><style>p { color: red }</style><p>　　<!--总声明--></p>"
    assert said(of(body)) == [
        ("kept", None, "河水改道。"),
        ("hidden", None, "<!-- 随手记 -->"),
        ("hidden", "cms-comment", "<!-- 总声明 -->"),
        ("hidden", "style", "<style>p { color: red }</style>"),
        ("removed", "empty-paragraph", "<p>"),
        ("hidden", "cms-comment", "<!--总声明-->"),
        ("removed", "empty-paragraph", "</p>"),
    ]


def test_angle_brackets_that_are_text() -> None:
    assert said(of("<p>若 a<b 则 <某某> 与 <foo>成立</foo></p>"))[0] == ("kept", None, "若 a")
    assert said(of("<p>若 1<2 则 <foo>成立</foo>。</p>")) == [("kept", None, "若 1<2 则 <foo>成立</foo>。")]


def lose(choose: Callable[[Body], None]) -> Parser:
    return Parser(cleaners=default_cleaners().before("hidden-ad", sinaparse.cleaner("careless")(choose)))


def test_what_a_cleaner_loses_is_unaccounted() -> None:
    def careless(body: Body) -> None:
        for node in body.select("i, img"):
            node.text = None
            node.attrib.pop("src", None)

    body = '<p>昨天<i>夜里</i>河水改道。</p><p>昨天有雨。</p><img src="https://n.sinaimg.cn/a.jpg"><p>沙。</p>'
    inspection = of(body, lose(careless))
    assert inspection.article is None
    assert inspection.coverage.unaccounted == ("夜里", "image: https://n.sinaimg.cn/a.jpg")
    assert said(inspection, "unaccounted") == [
        ("unaccounted", None, "夜里"),
        ("unaccounted", None, '<img src="https://n.sinaimg.cn/a.jpg">'),
    ]


def test_a_lost_text_that_begins_like_the_next() -> None:
    def careless(body: Body) -> None:
        body.select("p")[1].text = None

    inspection = of("<p>河水改道，两岸无事。</p><p>昨天有雨。</p><p>昨天的雨下了一夜。</p>", lose(careless))
    assert said(inspection, "unaccounted") == [("unaccounted", None, "昨天有雨。")]


def test_the_article_of_a_refused_file_has_places() -> None:
    inspection = of('<div class="never-seen">来历不明</div><p>河水改道。</p>', Parser())
    assert inspection.article is None
    assert [piece.place for piece in inspection.pieces if piece.fate == "kept"] == [
        "sections[0].blocks[0].text",
        "sections[0].blocks[1].text",
    ]


def test_a_failed_cleaner_is_left_out() -> None:
    def broken(_body: Body) -> None:
        raise RuntimeError

    inspection = of("<p>河水改道。</p>", lose(broken))
    assert inspection.article is None
    assert said(inspection) == [("kept", None, "河水改道。")]


def test_nothing_is_done_before_somebody_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Road, "trace", lambda *_: pytest.fail("parsed again"))
    assert of("<p>河水改道。</p>").unwrap().text == "河水改道。"


@pytest.mark.parametrize("source", [b"", b"\x00\xff\xfe", "no front matter", "---\ntitle: x\n"])
def test_what_is_no_export_has_no_pieces(source: str | bytes) -> None:
    assert Parser().inspect(source).pieces == ()
    assert Inspection(None, None, ()).pieces == ()
    assert Inspection(None, None, ()).source_text == ""


def test_pieces_travel() -> None:
    inspection = of("<p>河水改道。</p>")
    assert pickle.loads(pickle.dumps(inspection)).pieces == inspection.pieces
    assert hash(inspection.pieces)
