"""No default cleaner needs another to have had its turn: in any order they give one article and one set of removals."""

from __future__ import annotations

import functools
import itertools
import pickle
import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

import sinaparse
from sinaparse import Body, Inspection, Node, Parser, Pipeline, PipelineError, default_cleaners
from sinaparse.cleaners.pipeline import NodeCleaner
from support import front_matter

FILES = sorted((Path(__file__).parent / "fixtures" / "exports").glob("*.md"))
PROMOTION = "海量资讯、精准解读，尽在新浪财经APP"

HEAD = (
    front_matter("晒谷场的磅秤", "新浪财经")
    + """<div>
<p cms-style="font-L">　　晒谷场的磅秤每年秋天校准一次。</p>
"""
)
TAIL = "\n</div>\n"


@functools.cache
def source(path: Path) -> bytes:
    return path.read_bytes()


def in_one_pass(cleaners: Sequence[sinaparse.Cleaner]) -> Pipeline:
    return Pipeline(cleaners)


def in_passes_of_their_own(cleaners: Sequence[sinaparse.Cleaner]) -> Pipeline:
    """A cleaner of another kind between any two keeps them from sharing a pass."""
    walls = [sinaparse.cleaner(f"wall-{number}")(nothing) for number in range(len(cleaners))]
    return Pipeline(itertools.chain.from_iterable(zip(cleaners, walls, strict=True)))


def nothing(body: Body) -> None:
    """Takes nothing."""


def removals(inspection: Inspection) -> Counter[str]:
    return Counter(removal.model_dump_json() for removal in inspection.removals)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_shuffled(path: Path) -> None:
    usual = Parser().inspect(source(path))
    cleaners = list(default_cleaners())
    rnd = random.Random(path.stem)  # noqa: S311 only to try many orders
    for order in (cleaners, cleaners[::-1], *(rnd.sample(cleaners, len(cleaners)) for _ in range(4))):
        for made in (in_one_pass, in_passes_of_their_own):
            inspection = Parser(cleaners=made(order)).inspect(source(path))
            assert inspection.unwrap() == usual.unwrap()
            assert removals(inspection) == removals(usual)
            assert inspection.coverage == usual.coverage


ALONE = {
    "hidden-ad": "<!--article_adlist[<b>卖秤</b>]article_adlist-->",
    "cms-comment": "<!-- 总声明 -->",
    "style": "<style>p{}</style>",
    "frame": "<iframe></iframe>",
}


@pytest.mark.parametrize("name", ALONE)
@pytest.mark.parametrize("made", [in_one_pass, in_passes_of_their_own])
def test_what_others_empty_is_an_empty_paragraph_in_any_order(name: str, made: type[Pipeline]) -> None:
    cleaners = list(default_cleaners().only(name, "empty-paragraph"))
    html = f"{HEAD}<p>{ALONE[name]}</p>{TAIL}"
    for order in itertools.permutations(cleaners):
        found = [removal.cleaner for removal in Parser(cleaners=made(order)).inspect(html).removals]
        assert Counter(found) == Counter([name, "empty-paragraph"])


def test_a_paragraph_that_a_later_cleaner_empties() -> None:
    @sinaparse.cleaner("no-weights")
    def no_weights(body: Body) -> None:
        assert len(body.select("p")) == 2, "the default cleaners had their turn"
        for node in body.comments():
            body.remove(node, reason="weights")

    html = f"{HEAD}<p></p><p><!-- 秤砣 --></p>{TAIL}"
    found = Parser(cleaners=default_cleaners().then(no_weights)).inspect(html).removals
    assert Counter(removal.cleaner for removal in found) == Counter({"empty-paragraph": 2, "no-weights": 1})


NESTED = [
    f'<div class="appendQr_wrap"><p>{PROMOTION}</p><!-- 总声明 --></div>',
    '<div class="hqimg_wrapper"><span id="quote_sz300059">(11.20)</span><iframe></iframe><p></p></div>',
    '<div class="app-kaihu-qr"><style>p{}</style><a data-sudaclick="suda_1028_guba">股吧</a></div>',
    '<div class="finance-kaihu hqimg_wrapper" id="ad_1"><p>开户</p></div>',
    '<p><span id="quote_sz300059"></span></p>',
    '<blockquote><p class="jqlblock_cls"><a href="https://x.cn/">研报</a><span id="quote_sz300059">(1)</span></p></blockquote>',
]


@pytest.mark.parametrize("html", NESTED)
@pytest.mark.parametrize("made", [in_one_pass, in_passes_of_their_own])
def test_noise_in_noise(html: str, made: type[Pipeline]) -> None:
    """Who takes it may hang on the order where each has a pass of its own; that it goes does not, nor what is on record."""
    export = HEAD + html + TAIL
    usual = Parser().inspect(export)
    assert [paragraph.text for paragraph in usual.unwrap().paragraphs] == ["晒谷场的磅秤每年秋天校准一次。"]
    cleaners = list(default_cleaners())
    rnd = random.Random(html)  # noqa: S311 only to try many orders
    for _ in range(20):
        inspection = Parser(cleaners=made(rnd.sample(cleaners, len(cleaners)))).inspect(export)
        assert inspection.unwrap() == usual.unwrap()
        assert inspection.coverage == usual.coverage
        if made is in_one_pass:
            assert removals(inspection) == removals(usual)


# --- cleaners that do need an order ---------------------------------------------------------------------------------


def test_no_default_cleaner_declares_an_order() -> None:
    """The table of orders is empty because none is needed, which the tests above show."""
    assert not any(dict(item.after) for item in default_cleaners() if isinstance(item, NodeCleaner))


@sinaparse.cleaner("unpack")
def unpack(body: Body) -> None:
    for node in body.select("div.sack"):
        body.unwrap(node)


@sinaparse.cleaner("sweep", after={"unpack": "chaff is in sacks"})
def sweep(body: Body) -> None:
    for node in body.select("div > p.chaff"):
        body.remove(node, reason="chaff")


@sinaparse.soup_cleaner("rinse", after={"unpack": "sand is in sacks"})
def rinse(soup: BeautifulSoup) -> None:
    for tag in soup.select("p.sand"):
        tag.decompose()


@dataclass(frozen=True)
class Sort:
    name: str = "sort"
    after: tuple[()] | dict[str, str] = field(default_factory=lambda: {"sweep": "chaff has no size"}, hash=False)

    def __call__(self, body: Body) -> None:
        """Takes nothing."""


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ((sweep, unpack), "the cleaner 'sweep' must come after 'unpack': chaff is in sacks"),
        ((rinse, unpack), "the cleaner 'rinse' must come after 'unpack': sand is in sacks"),
        ((Sort(), sweep), "the cleaner 'sort' must come after 'sweep': chaff has no size"),
    ],
)
def test_a_wrong_order_is_refused_with_the_reason(wrong: Sequence[sinaparse.Cleaner], message: str) -> None:
    pipeline = default_cleaners()
    with pytest.raises(PipelineError) as refused:
        pipeline.then(*wrong)
    assert str(refused.value) == message
    assert pipeline.then(*reversed(wrong)).names[-len(wrong) :] == tuple(item.name for item in reversed(wrong))


def test_every_way_to_make_a_pipeline_checks_the_order() -> None:
    right = default_cleaners().then(unpack, sweep)
    with pytest.raises(PipelineError):
        right.without("sweep").before("unpack", sweep)
    with pytest.raises(PipelineError):
        right.without("unpack").after("sweep", unpack)
    with pytest.raises(PipelineError):
        right.without("unpack").then(unpack)
    with pytest.raises(PipelineError):
        right.only("sweep").then(unpack)


def test_an_order_among_those_that_are_there() -> None:
    assert default_cleaners().then(sweep).without("style").names[-1] == "sweep"


def test_what_is_no_order_is_refused() -> None:
    with pytest.raises(
        PipelineError, match="'sort': after must be a mapping of cleaners' names to reasons, not \\(\\)"
    ):
        Pipeline([Sort(after=())])


def test_cleaners_with_an_order_travel_and_compare() -> None:
    pipeline = default_cleaners().then(unpack, sweep, rinse)
    assert pickle.loads(pickle.dumps(pipeline)) == pipeline
    assert hash(pickle.loads(pickle.dumps(pipeline))) == hash(pipeline)


@sinaparse.node_cleaner("weigh", "span")
def weigh(body: Body, node: Node) -> str | None:
    """Takes the weights inside lines."""
    return "weight" if body.text(node).endswith("千克") else None


def without_weight(body: Body, node: Node) -> str | None:
    """Takes lines that are nothing but a bracket."""
    return "nothing weighed" if body.text(node).strip() == "（）" else None


@pytest.mark.parametrize("ordered", [True, False])
@pytest.mark.parametrize("made", [in_one_pass, in_passes_of_their_own])
def test_a_node_cleaner_waits_for_another_to_be_through(ordered: bool, made: Callable[..., Pipeline]) -> None:
    """Without a declared order both look at a line together, and the weight inside it is still there."""
    after = {"weigh": "it empties the brackets"} if ordered else {}
    bracket = sinaparse.node_cleaner("bracket", "p", after=after)(without_weight)
    html = f"{HEAD}<p>（<span>40千克</span>）</p>{TAIL}"
    inspection = Parser(cleaners=made([weigh, bracket])).inspect(html)
    taken = [(removal.cleaner, removal.text) for removal in inspection.removals]
    if ordered or made is in_passes_of_their_own:
        assert Counter(taken) == Counter([("weigh", "40千克"), ("bracket", "（）")])
    else:
        assert taken == [("weigh", "40千克")]
    assert not inspection.coverage.unaccounted


def test_replace_keeps_the_place() -> None:
    pipeline = default_cleaners()
    names = pipeline.names
    replaced = pipeline.replace(names[3], sweep)
    assert replaced.names == (*names[:3], "sweep", *names[4:])
    assert repr(replaced) == f"Pipeline({', '.join(replaced.names)})"
