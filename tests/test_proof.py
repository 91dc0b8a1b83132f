"""The proof looks at the finished article: whatever the source has and the article lacks is named, exactly and always.

The article is changed between the road's last step and the proof, as a defect of the parser would change it: one text or
one medium after the other is dropped, cut, replaced or moved. Which characters a source has is counted here anew.
"""

from __future__ import annotations

import functools
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import lxml.html
import pytest

import sinaparse
import sinaparse.road
from sinaparse import Article, Body, Inspection, Parser, Pipeline, default_cleaners
from sinaparse.body import read_body
from sinaparse.limits import Limits
from sinaparse.models import FrozenDict
from sinaparse.problems import Problems
from sinaparse.proof import source_texts
from support import front_matter

FOLDER = Path(__file__).parent / "fixtures" / "exports"
FIXTURES = (
    "bold-in-every-form",
    "captions-by-their-signs",
    "images-of-every-kind",
    "lead-ins",
    "meta-byline-and-dateline",
    "noise-account-opening",
    "noise-hidden-ads",
    "noise-live-quotes-and-layout",
    "noise-page-frame",
    "noise-player-words",
    "quotes-and-lists",
    "stocks-outside-paragraphs",
    "tables-of-every-kind",
    "text-outside-paragraphs",
    "video-player-with-comment",
    "videos-old-and-new",
)

Json = dict[str, Any]
Change = Callable[[Json], None]

FRONT = front_matter("水库的早晨") + "\n<div>\n"


def export(body: str) -> bytes:
    return f"{FRONT}{body}\n</div>\n".encode()


@functools.cache
def source(name: str) -> bytes:
    return (FOLDER / f"{name}.md").read_bytes()


def squash(text: str) -> str:
    return re.sub(r"[\s\u3000\u00a0\u200b\ufeff]+", "", text)


@functools.cache
def visible(data: bytes) -> str:
    """The visible characters of a source without stray mark-up, read without any of the parser's code."""
    text = data.decode().replace("\r\n", "\n").replace("&#123;", "{").replace("&#125;", "}")
    body = re.split(r"(?m)^---[ \t]*$", text, maxsplit=2)[2]
    reader = lxml.html.HTMLParser(huge_tree=True, remove_comments=True)
    root = lxml.html.document_fromstring(f"<html><body>{body}</body></html>", parser=reader)
    texts: Any = root.xpath("//text()[not(ancestor::style)][not(ancestor::script)]")
    return squash("".join(texts))


@functools.cache
def finished(data: bytes) -> Article:
    return Parser(strict=False).parse(data)


def changed(monkeypatch: pytest.MonkeyPatch, data: bytes, change: Change, *, strict: bool = False) -> Inspection:
    """What the parser says if its last step gives another article than it should."""

    class Sabotaged:
        @staticmethod
        def model_validate(fields: Any) -> Article:
            values = Article.model_validate(fields).model_dump()
            change(values)
            return Article.model_validate(values)

    with monkeypatch.context() as patch:
        patch.setattr(sinaparse.road, "Article", Sabotaged)
        return Parser(strict=strict).inspect(data)


def lost_text(inspection: Inspection) -> str:
    return "".join(piece for piece in inspection.coverage.unaccounted if not _is_medium(piece))


def lost_media(inspection: Inspection) -> list[str]:
    return sorted(piece for piece in inspection.coverage.unaccounted if _is_medium(piece))


def _is_medium(piece: str) -> bool:
    return piece in ("table", "video") or piece.startswith("image: ")


def check_sum(inspection: Inspection, data: bytes) -> None:
    coverage = inspection.coverage
    assert coverage.kept_chars + coverage.removed_chars + len(lost_text(inspection)) == len(visible(data))


# --- places in an article -----------------------------------------------------------------------------------------


class Place(NamedTuple):
    """A text or a medium of an article: the way to it through the fields, and what the source loses with it."""

    kind: str
    path: tuple[Any, ...]
    text: str
    media: tuple[str, ...] = ()


COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
OPTIONAL = {"heading", "caption", "title"}
"""Fields that are None where there is nothing; everything else is dropped from its tuple."""


def find(values: Any, path: tuple[Any, ...]) -> Any:
    return functools.reduce(lambda found, key: found[key], path, values)


def _thaw(values: Any) -> Any:
    """The same with lists in the place of tuples, to be changed."""
    if isinstance(values, dict):
        return {key: value if isinstance(value, FrozenDict) else _thaw(value) for key, value in values.items()}
    return [_thaw(value) for value in values] if isinstance(values, list | tuple) else values


def drop(place: Place) -> Change:
    def change(values: Json) -> None:
        values.update(_thaw(values))
        *path, last = place.path
        if last in OPTIONAL:
            find(values, tuple(path))[last] = None
        else:
            del find(values, tuple(path))[last]

    return change


def rewrite(place: Place, new: Callable[[str], str]) -> Change:
    def change(values: Json) -> None:
        values.update(_thaw(values))
        path = place.path if place.path[-1] in OPTIONAL else (*place.path, "text")
        holder = find(values, path[:-1])
        holder[path[-1]] = new(holder[path[-1]])

    return change


def texts_of(article: Article, body: str) -> Iterator[Place]:
    values = article.model_dump()
    for number, credit in enumerate(values["credits"]):
        yield Place("credit", ("credits", number), credit["text"])
    for path, section in _sections(values["sections"], ("sections",)):
        if section["heading"] is not None:
            yield Place("heading", (*path, "heading"), section["heading"])
        for number, block in enumerate(section["blocks"]):
            yield from _block_texts(block, (*path, "blocks", number), body)


def _sections(sections: Any, path: tuple[Any, ...]) -> Iterator[tuple[tuple[Any, ...], Json]]:
    for number, section in enumerate(sections):
        yield (*path, number), section
        yield from _sections(section["sections"], (*path, number, "sections"))


def _block_texts(block: Json, path: tuple[Any, ...], body: str) -> Iterator[Place]:
    kind = block["kind"]
    if kind == "paragraph":
        yield Place(kind, path, block["text"])
    if block.get("caption") is not None:
        yield Place("caption", (*path, "caption"), block["caption"])
    if kind == "video" and block["title"] is not None and squash(block["title"]) in body:
        yield Place("title", (*path, "title"), block["title"])
    for name, inner in (("quote", "paragraphs"), ("list", "items")):
        if kind == name:
            for number, part in enumerate(block[inner]):
                yield Place(f"{name}'s {inner}", (*path, inner, number), part["text"])
    if kind == "table":
        for number, row in enumerate(block["rows"]):
            for column, cell in enumerate(row):
                if cell["text"]:
                    yield Place("cell", (*path, "rows", number, column), cell["text"])


def media_of(article: Article, body: str, page: str, comments: str) -> Iterator[Place]:
    for path, section in _sections(article.model_dump()["sections"], ("sections",)):
        for number, block in enumerate(section["blocks"]):
            where = (*path, "blocks", number)
            text = "".join(place.text for place in _block_texts(block, where, body))
            if block["kind"] == "image":
                yield Place("image", where, text, (f"image: {block['url']}",))
            elif block["kind"] == "table":
                yield Place("table", where, text, ("table",))
            elif block["kind"] == "video" and not (block["video_id"] and f'"vid":"{block["video_id"]}"' in comments):
                # A video that only a comment tells of is nothing that a reader of the page could miss.
                poster = [f"image: {block['poster']}"] if f'src="{block["poster"]}"' in page else []
                yield Place("video", where, text, ("video", *poster))


def places(name: str) -> list[Place]:
    data = source(name)
    article, body, text = finished(data), visible(data), data.decode()
    page, comments = COMMENT.sub("", text), "".join(COMMENT.findall(text))
    return [*texts_of(article, body), *media_of(article, body, page, comments)]


def _id(part: str | Place) -> str:
    return part if isinstance(part, str) else f"{part.kind}-{'.'.join(map(str, part.path))}"


ALL = [(name, place) for name in FIXTURES for place in places(name)]
TEXTS = [(name, place) for name, place in ALL if not place.media]
each_place = pytest.mark.parametrize(("name", "place"), ALL, ids=_id)
each_text = pytest.mark.parametrize(("name", "place"), TEXTS, ids=_id)


def test_every_kind_of_place_is_tried() -> None:
    assert Counter(place.kind for _, place in ALL).keys() == {
        "credit", "heading", "paragraph", "caption", "title", "quote's paragraphs", "list's items", "cell",
        "image", "table", "video",
    }  # fmt: skip


# --- what is dropped is named -------------------------------------------------------------------------------------


@each_place
def test_what_is_dropped_is_named_exactly(name: str, place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    inspection = changed(monkeypatch, source(name), drop(place))
    assert lost_media(inspection) == sorted(place.media)
    assert lost_text(inspection) == squash(place.text)
    check_sum(inspection, source(name))
    (problem,) = [problem for problem in inspection.problems if problem.code == "content-unaccounted"]
    assert problem.severity == "warning"
    assert problem.excerpt
    assert str(len(inspection.coverage.unaccounted)) in problem.message
    assert inspection.article is not None


@each_place
def test_strict_mode_refuses_what_lost_anything(name: str, place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    inspection = changed(monkeypatch, source(name), drop(place), strict=True)
    errors = [problem.code for problem in inspection.problems if problem.severity == "error"]
    assert errors == ["content-unaccounted"]
    assert inspection.article is None
    with pytest.raises(sinaparse.ParseError, match="content-unaccounted"):
        inspection.unwrap()


@pytest.mark.parametrize("name", FIXTURES)
def test_without_a_change_nothing_is_lost(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """So the tests above see the change, and nothing else."""
    inspection = changed(monkeypatch, source(name), lambda _: None, strict=True)
    assert inspection.coverage.unaccounted == ()
    check_sum(inspection, source(name))
    assert inspection.unwrap() == finished(source(name))


# --- texts that are changed ---------------------------------------------------------------------------------------


@each_text
def test_a_text_that_lost_its_end_is_noticed(name: str, place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    inspection = changed(monkeypatch, source(name), rewrite(place, lambda text: text[:-1]))
    assert lost_text(inspection) == place.text[-1]
    assert lost_media(inspection) == []
    check_sum(inspection, source(name))


@each_text
def test_a_text_that_lost_its_beginning_is_noticed(name: str, place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """How much is named may be more than what is lost: texts are compared from their beginning."""
    inspection = changed(monkeypatch, source(name), rewrite(place, lambda text: text.lstrip()[1:]))
    assert squash(place.text)[0] in lost_text(inspection)
    assert Counter(lost_text(inspection)) <= Counter(squash(place.text))
    check_sum(inspection, source(name))


@each_text
def test_another_text_is_noticed(name: str, place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the same length, so that no count of characters would show it."""
    inspection = changed(monkeypatch, source(name), rewrite(place, lambda text: re.sub(r"\S", "囧", text)))
    assert lost_text(inspection) == squash(place.text)
    check_sum(inspection, source(name))


@each_text
def test_a_text_in_another_order_is_noticed(name: str, place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same characters backwards: no bag of characters would show it."""
    if squash(place.text) == squash(place.text)[::-1]:
        return
    inspection = changed(monkeypatch, source(name), rewrite(place, lambda text: text[::-1]))
    assert inspection.coverage.unaccounted != ()
    check_sum(inspection, source(name))


@each_text
def test_white_space_does_not_count(name: str, place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    inspection = changed(
        monkeypatch, source(name), rewrite(place, lambda text: "\u3000 ".join(text) + "\u200b\ufeff\u00a0")
    )
    assert inspection.coverage == Parser().inspect(source(name)).coverage
    assert inspection.coverage.unaccounted == ()


@pytest.mark.parametrize("name", FIXTURES)
def test_an_empty_article_lost_everything(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    inspection = changed(monkeypatch, source(name), lambda values: values.update(sections=(), credits=()))
    plain = Parser().inspect(source(name)).coverage
    assert (inspection.coverage.kept_chars, inspection.coverage.removed_chars) == (0, plain.removed_chars)
    check_sum(inspection, source(name))


def test_fields_that_only_repeat_are_no_part_of_the_proof(monkeypatch: pytest.MonkeyPatch) -> None:
    """Authors, source, editor, mentions come from texts that the article has anyway; title and date from the front matter."""
    inspection = changed(
        monkeypatch,
        source("stocks-outside-paragraphs"),
        lambda values: values.update(
            authors=(), source=None, editor=None, mentions=(), symbols=(), title="", head_image=None
        ),
    )
    assert inspection.coverage == Parser().inspect(source("stocks-outside-paragraphs")).coverage


# --- order --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FIXTURES)
def test_two_paragraphs_in_each_others_place_lose_nothing(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The proof is about loss. Both texts are still there, whole, so nothing is unaccounted; what the swap does is that
    the quick comparison fails, and the search that follows has to find both where they don't belong."""

    def swap(values: Json) -> None:
        values.update(_thaw(values))
        for _, section in _sections(values["sections"], ()):
            blocks = section["blocks"]
            two = [number for number, block in enumerate(blocks) if block["kind"] == "paragraph"][:2]
            if len(two) == 2:
                blocks[two[0]], blocks[two[1]] = blocks[two[1]], blocks[two[0]]
                return

    inspection = changed(monkeypatch, source(name), swap, strict=True)
    assert inspection.coverage == Parser().inspect(source(name)).coverage


@pytest.mark.parametrize("name", FIXTURES)
def test_a_text_twice_does_not_make_up_for_another(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The place of the lost text is taken by a copy of the one before it: as many texts as there should be."""
    texts = [place for place in places(name) if place.kind == "paragraph"][:2]
    if len(texts) < 2:
        return
    inspection = changed(monkeypatch, source(name), rewrite(texts[1], lambda _: texts[0].text))
    assert lost_text(inspection) == squash(texts[1].text)
    check_sum(inspection, source(name))


# --- short texts that stand elsewhere, too ------------------------------------------------------------------------

TWINS = """
<p cms-style="font-L">　　水位上升了三米，闸门打开了两孔。</p>
<p cms-style="font-L">　　水位</p>
<table border="1"><tbody><tr><td>水位</td><td>3</td></tr><tr><td>水位差</td><td>33</td></tr></tbody></table>
<p cms-style="font-L">　　水位下降了三米，闸门关上了两孔。</p>
<p cms-style="font-L">　　水位</p>
<ul><li>水位</li><li>水位上升了</li></ul>
<p cms-style="font-L">　　<b>水位</b>还会变。</p>
"""
TWIN_PLACES = list(texts_of(finished(export(TWINS)), visible(export(TWINS))))


@pytest.mark.parametrize("place", TWIN_PLACES, ids=_id)
def test_a_text_that_stands_in_others_as_well(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """水位 is in nearly every text here; that does not hide the loss of one of them."""
    data = export(TWINS)
    inspection = changed(monkeypatch, data, drop(place))
    assert Counter(lost_text(inspection)) == Counter(squash(place.text))
    check_sum(inspection, data)


@pytest.mark.parametrize("place", TWIN_PLACES, ids=_id)
def test_strict_mode_sees_its_loss(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    inspection = changed(monkeypatch, export(TWINS), drop(place), strict=True)
    assert "content-unaccounted" in {problem.code for problem in inspection.problems}
    assert inspection.article is None


# --- media --------------------------------------------------------------------------------------------------------

GALLERY = """
<div class="img_wrapper"><img src="https://n.sinaimg.cn/a/1.jpg" alt><span class="img_descr">大坝</span></div>
<div class="video-2017" id="videoList0"></div>
<div class="img_wrapper"><img src="https://n.sinaimg.cn/a/2.jpg" alt></div>
<table border="1"><tbody><tr><td>一号闸</td></tr></tbody></table>
<div class="a-p-s-item J_Play_Item" play-data="391000111-1-1" title-data="开闸"><a href="javascript:;" class="a-p-s-img"><img src="https://n.sinaimg.cn/a/3.jpg"><span class="a-p-s-txt">开闸</span></a></div>
<div class="img_wrapper"><img src="https://n.sinaimg.cn/a/1.jpg" alt></div>
<p cms-style="font-L">　　水库的早晨从一声哨子开始。</p>
"""
GALLERY_MEDIA = [
    ("image: https://n.sinaimg.cn/a/1.jpg",),
    ("video",),
    ("image: https://n.sinaimg.cn/a/2.jpg",),
    ("table",),
    ("image: https://n.sinaimg.cn/a/3.jpg", "video"),
    ("image: https://n.sinaimg.cn/a/1.jpg",),
]


def test_the_gallery_is_whole() -> None:
    inspection = Parser().inspect(export(GALLERY))
    assert [block.kind for block in inspection.unwrap().blocks] == [
        "image", "video", "image", "table", "video", "image", "paragraph",
    ]  # fmt: skip
    assert inspection.coverage.unaccounted == ()


@pytest.mark.parametrize("number", range(len(GALLERY_MEDIA)))
def test_a_medium_before_others_of_another_kind(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """What follows stands one place further up then; still only the one that is gone is named."""

    def change(values: Json) -> None:
        values.update(_thaw(values))
        del values["sections"][0]["blocks"][number]

    inspection = changed(monkeypatch, export(GALLERY), change)
    assert lost_media(inspection) == sorted(GALLERY_MEDIA[number])
    check_sum(inspection, export(GALLERY))


@pytest.mark.parametrize(
    ("number", "field", "lost"),
    [
        (0, "url", "image: https://n.sinaimg.cn/a/1.jpg"),
        (2, "url", "image: https://n.sinaimg.cn/a/2.jpg"),
        (4, "poster", "image: https://n.sinaimg.cn/a/3.jpg"),
    ],
)
def test_another_address_is_noticed(number: int, field: str, lost: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def change(values: Json) -> None:
        values.update(_thaw(values))
        values["sections"][0]["blocks"][number][field] = "https://n.sinaimg.cn/a/9.jpg"

    inspection = changed(monkeypatch, export(GALLERY), change)
    assert inspection.coverage.unaccounted == (lost,)


@pytest.mark.parametrize("media", [("image",), ("table",), ("video",), ("image", "table", "video")])
def test_all_media_of_a_kind(media: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    def change(values: Json) -> None:
        values.update(_thaw(values))
        section = values["sections"][0]
        section["blocks"] = [block for block in section["blocks"] if block["kind"] not in media]

    kinds = ("image", "video", "image", "table", "video", "image")
    gone = [name for kind, names in zip(kinds, GALLERY_MEDIA, strict=True) if kind in media for name in names]
    inspection = changed(monkeypatch, export(GALLERY), change)
    assert lost_media(inspection) == sorted(gone)


# --- cleaners that reach round Body -------------------------------------------------------------------------------

LINES = """
<p cms-style="font-L">　　管理员六点开门，先看水尺。</p>
<p cms-style="font-L">　　<b>第二件事</b>是喂狗，狗叫<i>阿闸</i>，今年九岁。</p>
<div class="img_wrapper"><img src="https://n.sinaimg.cn/a/1.jpg" alt><span class="img_descr">阿闸</span></div>
<p cms-style="font-L">　　第三件事是写日志。</p>
"""


@sinaparse.cleaner("blank-out")
def blank_out(body: Body) -> None:
    for node in body.select("b"):
        node.text = None


@sinaparse.cleaner("cut-out")
def cut_out(body: Body) -> None:
    for node in body.select("i"):
        node.getparent().remove(node)


@sinaparse.cleaner("overwrite")
def overwrite(body: Body) -> None:
    for node in body.select("b"):
        node.text = "另外一桩"


@sinaparse.cleaner("tear-out")
def tear_out(body: Body) -> None:
    (node,) = body.select("div.img_wrapper")
    node.getparent().remove(node)


@sinaparse.cleaner("empty-out")
def empty_out(body: Body) -> None:
    for node in body.select("p")[1:2]:
        node.clear()


@pytest.mark.parametrize(
    ("cleaner", "text", "media"),
    [
        (blank_out, "第二件事", []),
        (cut_out, "阿闸，今年九岁。", []),  # lxml takes the text behind a node along with it
        (overwrite, "第二件事", []),
        (tear_out, "阿闸", ["image: https://n.sinaimg.cn/a/1.jpg"]),
        (empty_out, "第二件事是喂狗，狗叫阿闸，今年九岁。", []),
    ],
    ids=lambda part: getattr(part, "name", ""),
)
@pytest.mark.parametrize("place", ["first", "last", "alone"])
def test_a_cleaner_behind_the_back_of_body(cleaner: sinaparse.Cleaner, text: str, media: list[str], place: str) -> None:
    """With nothing in the ledger, the text is missing, and said to be."""
    pipelines = {
        "first": default_cleaners().before("hidden-ad", cleaner),
        "last": default_cleaners().then(cleaner),
        "alone": Pipeline([cleaner]),
    }
    data = export(LINES)
    inspection = Parser(strict=False, cleaners=pipelines[place]).inspect(data)
    assert (Counter(lost_text(inspection)), lost_media(inspection)) == (Counter(text), media)
    assert [removal for removal in inspection.removals if removal.visible] == []
    check_sum(inspection, data)
    assert [problem.severity for problem in inspection.problems if problem.code == "content-unaccounted"] == ["warning"]
    refused = Parser(cleaners=pipelines[place]).inspect(data)
    assert refused.article is None
    assert [problem.code for problem in refused.problems if problem.severity == "error"] == ["content-unaccounted"]


@pytest.mark.parametrize("cleaner", [blank_out, cut_out], ids=lambda cleaner: cleaner.name)
def test_a_removal_by_the_book_beside_one_that_is_not(cleaner: sinaparse.Cleaner) -> None:
    @sinaparse.cleaner("drop-diary")
    def drop_diary(body: Body) -> None:
        body.remove(body.select("p")[-1], reason="diary")

    data = export(LINES)
    inspection = Parser(strict=False, cleaners=default_cleaners().then(drop_diary, cleaner)).inspect(data)
    assert Counter(lost_text(inspection)) == Counter("第二件事" if cleaner is blank_out else "阿闸，今年九岁。")
    assert inspection.coverage.removed_chars == len("第三件事是写日志。")
    check_sum(inspection, data)


@pytest.mark.parametrize("new", ["", "水尺和闸门", "一", "先看水尺。"])
def test_what_is_put_in_counts_nowhere(new: str) -> None:
    @sinaparse.cleaner("reword")
    def reword(body: Body) -> None:
        for node in body.select("p"):
            body.replace_text(node, "水尺", new, reason="reworded")

    data = export(LINES)
    inspection = Parser(cleaners=default_cleaners().then(reword)).inspect(data)
    plain = Parser().inspect(data).coverage
    assert inspection.unwrap().paragraphs[0].text == f"管理员六点开门，先看{new}。"
    assert inspection.coverage.unaccounted == ()
    assert inspection.coverage.removed_chars == plain.removed_chars + len("水尺")
    assert inspection.coverage.kept_chars == plain.kept_chars - len("水尺")
    check_sum(inspection, data)


def test_what_is_put_in_does_not_make_up_for_what_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    """The cleaner writes 写日志 into one paragraph; the loss of the one that had it in the source is a loss."""

    @sinaparse.cleaner("reword")
    def reword(body: Body) -> None:
        body.replace_text(body.select("p")[0], "看水尺", "写日志", reason="reworded")

    class Sabotaged:
        @staticmethod
        def model_validate(fields: Any) -> Article:
            values = _thaw(Article.model_validate(fields).model_dump())
            del values["sections"][0]["blocks"][-1]
            return Article.model_validate(values)

    data = export(LINES)
    parser = Parser(strict=False, cleaners=default_cleaners().then(reword))
    monkeypatch.setattr(sinaparse.road, "Article", Sabotaged)
    inspection = parser.inspect(data)
    assert lost_text(inspection) == "第三件事是写日志。"
    check_sum(inspection, data)


# --- the sum ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FIXTURES)
def test_kept_is_what_the_article_holds(name: str) -> None:
    """Counted on the article: its texts, its credits, and titles of videos that stand in the page."""
    article, body = finished(source(name)), visible(source(name))
    held = sum(len(squash(place.text)) for place in texts_of(article, body))
    assert Parser().inspect(source(name)).coverage.kept_chars == held


@pytest.mark.parametrize("name", FIXTURES)
def test_the_texts_of_the_source_are_its_visible_characters(name: str) -> None:
    text = source(name).decode().replace("&#123;", "{").replace("&#125;", "}")
    body = read_body(text.split("\n---\n", 2)[-1], 1, Problems(strict=True), Limits())
    assert body is not None
    assert "".join(source_texts(body.root)) == body.visible == visible(source(name))


def test_coverage_is_a_value() -> None:
    coverage = Parser().inspect(source(FIXTURES[0])).coverage
    assert json.loads(coverage.model_dump_json()) == {
        "kept_chars": coverage.kept_chars,
        "removed_chars": coverage.removed_chars,
        "unaccounted": [],
    }
    assert coverage == Parser(strict=False).inspect(source(FIXTURES[0])).coverage
    assert hash(coverage) == hash(Parser(strict=False).inspect(source(FIXTURES[0])).coverage)
