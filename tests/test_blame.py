"""When the proof fails, the problem names the cleaner in whose turn something went without a removal."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

import pytest
from lxml import etree

import sinaparse
from sinaparse import Body, Parser, Pipeline, Problem, default_cleaners
from sinaparse.models import Article
from sinaparse.structure.outline import build_outline
from support import front_matter

EXPORT = (
    front_matter("缆车停在半山", "新浪财经")
    + """<div>
<p cms-style="font-L">　　缆车停在半山的时候，<b>风</b>正好小了。</p>
<p cms-style="font-L">　　售票员在广播里报了三遍高度。</p>
<table><tr><td>站</td><td>米</td></tr></table>
<p><img src="https://n.sinaimg.cn/spider2022217/21/w64h48/20220217/aa01-0e.jpg"></p>
<div class="video-2017"><i></i></div>
<p cms-style="font-L">　　索道上的<span class="fl">红漆</span>是去年补的。</p>
<!-- 总声明 -->
</div>
"""
)

Clean = Callable[[Body], object]


def named(name: str, clean: Clean) -> sinaparse.Cleaner:
    @sinaparse.cleaner(name)
    def cleaner(body: Body) -> None:
        clean(body)

    return cleaner


def cut(css: str) -> Clean:
    """Takes elements out behind the body's back."""

    def clean(body: Body) -> None:
        for node in body.select(css):
            node.getparent().remove(node)

    return clean


def blamed(*cleaners: sinaparse.Cleaner, strict: bool = False) -> Problem:
    """The problem that says what was lost."""
    inspection = Parser(strict=strict, cleaners=default_cleaners().then(*cleaners)).inspect(EXPORT)
    (problem,) = [problem for problem in inspection.problems if problem.code == "content-unaccounted"]
    assert inspection.coverage.unaccounted
    return problem


def without_paint(body: Body) -> None:
    for node in body.select("span.fl"):
        body.remove(node, reason="paint")


HONEST = named("honest", without_paint)
REWORDED = named("reworded", lambda body: body.replace_text(body.root, "三遍", "好几遍", reason="vague"))
LOSSES: dict[str, Clean] = {
    "a paragraph": cut("p:nth-of-type(2)"),
    "a word, and the text after it": cut("b"),
    "a table": cut("table"),
    "a picture": cut("img"),
    "a video": cut("div.video-2017"),
    "a text": lambda body: setattr(body.select("p")[1], "text", ""),
    "one character": lambda body: setattr(body.select("b")[0], "text", ""),
    "an address": lambda body: body.select("img")[0].set("src", "https://n.sinaimg.cn/other.jpg"),
    "hidden": lambda body: setattr(body.select("p")[1], "tag", "style"),
    "other characters": lambda body: setattr(body.select("p")[1], "text", "　　售票员没有说话。"),
}


@pytest.mark.parametrize("what", LOSSES)
@pytest.mark.parametrize("place", range(3))
def test_the_cleaner_is_named(what: str, place: int) -> None:
    others = [HONEST, REWORDED]
    others.insert(place, named("careless", LOSSES[what]))
    problem = blamed(*others)
    assert problem.message.endswith("; lost in the turn of the cleaner 'careless'")
    assert problem.severity == "warning"
    assert "mend it" in problem.hint


def test_strict_mode_names_it_too() -> None:
    problem = blamed(named("careless", cut("table")), strict=True)
    assert problem.severity == "error"
    assert "'careless'" in problem.message
    with pytest.raises(sinaparse.ParseError, match="in the turn of the cleaner 'careless'"):
        Parser(cleaners=Pipeline([named("careless", cut("table"))])).parse(EXPORT)


def test_all_that_lost_something_are_named() -> None:
    problem = blamed(named("first", cut("table")), HONEST, named("second", cut("b")))
    assert problem.message.endswith("; lost in the turn of the cleaner 'first' and 'second'")


def test_a_cleaner_that_takes_out_the_mark_of_anothers_removal() -> None:
    def clean(body: Body) -> None:
        etree.strip_elements(body.root, etree.ProcessingInstruction, with_tail=False)

    paint = named("paint", lambda body: body.replace_text(body.root, "售票员在广播里报了三遍高度", "", reason="noise"))
    problem = blamed(paint, named("rubber", clean))
    assert problem.message.endswith("; lost in the turn of the cleaner 'rubber'")


def test_a_soup_cleaner_is_named() -> None:
    @sinaparse.soup_cleaner("style-it")
    def style_it(soup: Any) -> None:
        soup("p")[1].name = "style"

    assert blamed(HONEST, style_it).message.endswith("; lost in the turn of the cleaner 'style-it'")


def test_no_cleaner_is_named_for_what_the_parser_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    """Then it is a fault of the library, and the hint says so."""

    def forgetful(*args: Any) -> Any:
        outline = build_outline(*args)
        first = outline.sections[0]
        first["blocks"] = first["blocks"][:-1]
        return outline

    monkeypatch.setattr("sinaparse.road.build_outline", forgetful)
    problem = blamed(HONEST)
    assert problem.message.endswith("; no cleaner is to blame")
    assert "a fault of sinaparse" in problem.hint


def test_a_cleaner_that_fails_the_second_time() -> None:
    """Never a traceback: what is known up to there is said."""
    calls: list[int] = []

    def moody(body: Body) -> None:
        calls.append(1)
        if len(calls) > 1:
            raise RuntimeError(body.turn)

    problem = blamed(named("careless", cut("table")), named("moody", moody))
    assert problem.message.endswith("; lost in the turn of the cleaner 'careless'")


def test_the_good_path_pays_nothing() -> None:
    calls: list[str] = []
    count = named("count", lambda body: calls.append(body.turn))
    Parser(cleaners=default_cleaners().then(count, HONEST, REWORDED)).parse(EXPORT)
    assert calls == ["count"]


def test_a_class_with_settings_is_named() -> None:
    @dataclasses.dataclass(frozen=True)
    class Cut:
        css: str
        name: str = "cut"

        def __call__(self, body: Body) -> None:
            cut(self.css)(body)

    assert "'cut'" in blamed(Cut("b")).message


def test_what_is_lost_is_still_named_exactly() -> None:
    inspection = Parser(strict=False, cleaners=Pipeline([named("careless", cut("b"))])).inspect(EXPORT)
    assert inspection.coverage.unaccounted == ("风", "正好小了。")
    assert isinstance(inspection.article, Article)
