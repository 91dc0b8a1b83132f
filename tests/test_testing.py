"""The helpers for tests of others: what they let pass, what they catch, and how they say it."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import sinaparse
from sinaparse import testing
from sinaparse.testing import assert_keeps, assert_removes, check_fixtures, fixture_json, make_export

PATHS = {"PYTHONPATH": os.pathsep.join(map(os.path.abspath, filter(None, sys.path)))}
TIP = '<div class="tip-jar">喜欢就请作者喝杯茶</div>'
TEXT = "<p>　　临洲港上月吞吐量增长一成。</p>"


@sinaparse.node_cleaner("tip-jar", "div", classes={"tip-jar"})
def tip_jar(_body: sinaparse.Body, _node: sinaparse.Node) -> str | None:
    return "asks for a tip"


@sinaparse.cleaner("greedy")
def greedy(body: sinaparse.Body) -> None:
    for node in body.select("p, div.tip-jar"):
        body.remove(node, reason="this and that")


@sinaparse.cleaner("reaches-around")
def reaches_around(body: sinaparse.Body) -> None:
    body.select("p")[0].text = ""


@sinaparse.cleaner("fails")
def fails(_body: sinaparse.Body) -> None:
    raise ZeroDivisionError("nothing to divide by")


@sinaparse.cleaner("shouts")
def shouts(body: sinaparse.Body) -> None:
    for node in body.select("p"):
        node.set("class", "ori_titlesource")
        body.unwrap(node)


@dataclass(frozen=True)
class Words:
    name: str
    old: str

    def __call__(self, body: sinaparse.Body) -> None:
        body.replace_text(body.select("p")[0], self.old, "", reason="a word")


def failure(*arguments: Any) -> str:
    """What an assertion says that does not hold."""
    check = assert_keeps if len(arguments) == 2 else assert_removes
    with pytest.raises(AssertionError) as caught:
        check(*arguments)
    return str(caught.value)


# --- exports ----------------------------------------------------------------------------------------------------------


def test_an_export_is_valid_as_it_is() -> None:
    inspection = sinaparse.Parser().inspect(make_export(TEXT))
    assert inspection.problems == ()
    assert inspection.unwrap().text == "临洲港上月吞吐量增长一成。"


def test_front_matter_can_be_set_and_left_out() -> None:
    export = make_export(
        TEXT, title="港口：一二月", categories=["新浪财经", "航运"], author="海州财经", tags=["港", {"年": 2022}]
    )
    article = sinaparse.parse(export)
    assert (article.title, article.categories, article.publisher) == ("港口：一二月", ("新浪财经", "航运"), "海州财经")
    assert article.model_dump(mode="json")["extra"] == {"tags": ["港", {"年": 2022}]}
    with pytest.raises(sinaparse.ParseError, match="the front matter has no date"):
        sinaparse.parse(make_export(TEXT, date=None))


@pytest.mark.parametrize(
    ("date", "kind"),
    [
        (dt.datetime(2022, 5, 1, 11, 4, 5, tzinfo=dt.timezone(dt.timedelta(hours=8))), "published"),
        (dt.datetime(2022, 5, 1, 3, 4, 5), "exported"),  # noqa: DTZ001 the exporter's own clock names no zone
    ],
)
def test_dates(date: dt.datetime, kind: str) -> None:
    article = sinaparse.parse(make_export(TEXT, date=date))
    assert article.published_at == dt.datetime(2022, 5, 1, 3, 4, 5, tzinfo=dt.UTC)
    assert article.date_kind == kind


@given(
    st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), min_size=1).filter(lambda text: text == text.strip())
)
@example("&#123;")
@example("甲{乙}丙")
def test_any_title_stays_as_it_is(title: str) -> None:
    inspection = sinaparse.Parser().inspect(make_export(TEXT, title=title))
    assert {problem.code for problem in inspection.problems} <= {"title-lossy"}
    if not re.search(r"[{}]\s*[{}]|&#12[35];", title):  # the exporter escapes braces, and the parser undoes it
        assert inspection.unwrap().title == title


def test_values_that_no_front_matter_can_hold() -> None:
    with pytest.raises(TypeError):
        make_export(TEXT, tags={1, 2})


# --- assert_removes ---------------------------------------------------------------------------------------------------


def test_what_is_removed() -> None:
    assert_removes(tip_jar, TEXT + TIP, ["喜欢就请作者喝杯茶"])
    assert_removes(tip_jar, TIP + TEXT + TIP, ["喜欢就请作者喝杯茶", "喜欢就请作者喝杯茶"])
    assert_removes(tip_jar, TEXT, [])
    assert_removes(tip_jar, '<div class="tip-jar"><p>一</p>\n<p>二</p></div>', ["一\n二"])
    assert_removes(tip_jar, '<div class="tip-jar"></div>', [""])
    assert_removes(Words("words", "上月"), TEXT, ["上月"])


def test_a_picture_without_text_has_its_address() -> None:
    address = "https://n.sinaimg.cn/a/b.png"
    assert_removes(tip_jar, f'<div class="tip-jar"><img src="{address}"></div>', [address])


def test_a_default_cleaner() -> None:
    app_qr = next(cleaner for cleaner in sinaparse.default_cleaners() if cleaner.name == "app-qr")
    assert_removes(app_qr, '<div class="appendQr_wrap"><p>扫码下载</p></div>', ["扫码下载"])
    assert_keeps(app_qr, TEXT)


def test_too_little_and_too_much() -> None:
    assert failure(tip_jar, TEXT + TIP, ["喜欢就请作者吃顿饭"]) == (
        "the cleaner 'tip-jar' does not remove exactly what is expected:\n"
        "  not removed: '喜欢就请作者吃顿饭'\n"
        "  removed, too: '喜欢就请作者喝杯茶'"
    )
    assert "nothing is left of the body" in failure(greedy, TIP, ["喜欢就请作者喝杯茶"])
    assert "  removed, too: '喜欢就请作者喝杯茶'" in failure(tip_jar, TIP + TIP, ["喜欢就请作者喝杯茶"])


def test_another_cleaner_was_quicker() -> None:
    message = failure(tip_jar, '<div class="appendQr_wrap">扫码下载</div>', ["扫码下载"])
    assert message.endswith("  not removed: '扫码下载' (but 'app-qr' does)")


def test_one_text_is_not_several() -> None:
    with pytest.raises(TypeError, match="must be a list of texts"):
        assert_removes(tip_jar, TIP, "喜欢就请作者喝杯茶")


# --- assert_keeps -----------------------------------------------------------------------------------------------------


def test_what_is_kept() -> None:
    assert_keeps(tip_jar, TEXT)
    assert_keeps(tip_jar, '<div class="jar-of-tips">正文</div>')  # strict mode would refuse this


def test_something_is_removed() -> None:
    assert failure(tip_jar, TIP) == (
        "the cleaner 'tip-jar' does not leave all as it is:\n  removed (asks for a tip): '喜欢就请作者喝杯茶'"
    )


def test_something_changes() -> None:
    message = failure(shouts, TEXT + TEXT)
    assert message.startswith("the cleaner 'shouts' changes the article:\n--- without it\n+++ with it\n")
    assert re.search(r'^-.*"临洲港上月吞吐量增长一成。"', message, re.MULTILINE)


# --- both -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("arguments", [(TEXT,), (TEXT, ["临洲港上月吞吐量增长一成。"])])
def test_lost_text_is_named(arguments: tuple[Any, ...]) -> None:
    message = failure(reaches_around, *arguments)
    assert message.startswith("neither in the article nor removed by way of Body:\n")
    assert "'临洲港上月吞吐量增长一成。'" in message


@pytest.mark.parametrize("check", [lambda: assert_keeps(fails, TEXT), lambda: assert_removes(fails, TEXT, [])])
def test_a_cleaner_that_fails_gives_its_own_exception(check: Any) -> None:
    with pytest.raises(sinaparse.CleanerError) as caught:
        check()
    assert isinstance(caught.value.__cause__, ZeroDivisionError)


def test_html_of_which_no_article_can_be_made() -> None:
    message = failure(tip_jar, "<div>" * 3000)
    assert message.startswith("no article can be made of this HTML:\n<source>:")


# --- fixtures ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """One fixture that is right."""
    export = make_export(TEXT + TIP, title="港口一月")
    (tmp_path / "harbour.md").write_text(export, encoding="utf-8")
    inspection = sinaparse.Parser(cleaners=MINE).inspect_file(tmp_path / "harbour.md")
    (tmp_path / "harbour.json").write_text(fixture_json(inspection), encoding="utf-8")
    return tmp_path


MINE = sinaparse.default_cleaners().then(tip_jar)


def change(folder: Path, **values: Any) -> None:
    path = folder / "harbour.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(data | values), encoding="utf-8")


def failures(folder: Path) -> dict[str, str]:
    """What the cases say that fail, by their names."""
    said = {}
    for case in check_fixtures(folder, sinaparse.Parser(cleaners=MINE)):
        try:
            case.check()
        except AssertionError as error:
            said[str(case)] = str(error).replace(str(folder), "FOLDER")
    return said


def test_a_case_for_each_field(folder: Path) -> None:
    cases = check_fixtures(folder, sinaparse.Parser(cleaners=MINE))
    assert [case.field for case in cases] == [*sinaparse.Article.model_fields, "problems", "removals"]
    assert {case.file for case in cases} == {folder / "harbour.md"}
    assert str(cases[1]) == repr(cases[1]) == cases[1].__name__ == "harbour-title"
    assert failures(folder) == {}


def test_only_what_is_expected_is_checked(folder: Path) -> None:
    (folder / "harbour.json").write_text(
        '{"article": {"title": "港口一月"}, "removals": [["tip-jar", 13]]}', encoding="utf-8"
    )
    assert [str(case) for case in check_fixtures(folder)] == ["harbour-title", "harbour-removals"]


def test_the_wrong_field_fails_alone(folder: Path) -> None:
    article = json.loads((folder / "harbour.json").read_text(encoding="utf-8"))["article"]
    change(folder, article=article | {"title": "港口二月"}, removals=[])
    line = 1 + (folder / "harbour.md").read_text(encoding="utf-8").split("\n").index(TEXT + TIP)
    assert failures(folder) == {
        "harbour-title": 'FOLDER/harbour.md: title\n  expected: "港口二月"\n       got: "港口一月"',
        "harbour-removals": f'FOLDER/harbour.md: removals\n  expected: []\n       got: [["tip-jar", {line}]]',
    }
    article["sections"][0]["blocks"][0]["text"] = "临洲港"
    change(folder, article=article, removals=[["tip-jar", line]])
    (message,) = failures(folder).values()
    assert message.startswith("FOLDER/harbour.md: sections\n--- expected\n+++ got\n@@")
    assert '\n-    "text": "临洲港",\n+    "text": "临洲港上月吞吐量增长一成。",\n' in message


def test_a_refused_file(folder: Path) -> None:
    plain = sinaparse.Parser()
    cases = {case.field: case for case in check_fixtures(folder, plain)}
    with pytest.raises(AssertionError, match=r"refused:\n.*harbour.md:\d+: error\[unknown-markup\]"):
        cases["title"].check()
    (folder / "harbour.json").write_text(fixture_json(plain.inspect_file(folder / "harbour.md")), encoding="utf-8")
    for case in check_fixtures(folder, plain):
        case.check()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[", "FOLDER/harbour.json can't be read: Expecting value"),
        ("[]", "FOLDER/harbour.json must be an object"),
        ('{"article": 1}', "FOLDER/harbour.json must be an object"),
        ('{"artikel": {}}', "FOLDER/harbour.json expects nothing"),
    ],
)
def test_an_unreadable_expectation_fails(folder: Path, text: str, message: str) -> None:
    (folder / "harbour.json").write_text(text)
    said = failures(folder)
    assert list(said) == ["harbour-file"]
    assert said["harbour-file"].startswith(message)


def test_an_unknown_field_fails(folder: Path) -> None:
    change(folder, article={"titel": "港口一月"})
    assert failures(folder)["harbour-titel"] == "an article has no field 'titel' (did you mean 'title'?)"


@pytest.mark.parametrize("gone", ["harbour.md", "harbour.json"])
def test_a_file_without_its_counterpart_fails(folder: Path, gone: str) -> None:
    (folder / gone).unlink()
    assert failures(folder) == {"harbour-file": f"FOLDER/{gone} is missing"}


def test_an_empty_folder_is_no_success(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"no \*\.md in"):
        check_fixtures(tmp_path)


def test_our_own_fixtures() -> None:
    cases = check_fixtures(Path(__file__).parent / "fixtures" / "exports")
    assert len(cases) > 500
    for case in cases:
        case.check()


# --- in pytest --------------------------------------------------------------------------------------------------------


def test_pytest_names_the_wrong_field(folder: Path) -> None:
    change(folder, removals=[])
    (folder / "test_it.py").write_text(
        "import pytest\n"
        "import sinaparse\n"
        "from sinaparse.testing import check_fixtures\n"
        "@pytest.mark.parametrize('case', check_fixtures('.', sinaparse.Parser(strict=False)))\n"
        "def test_exports(case):\n"
        "    case.check()\n"
    )
    command = [sys.executable, *"-m pytest -q -W error -p no:randomly -p no:cacheprovider test_it.py".split()]
    environment = os.environ | PATHS | {"COLUMNS": "200"}
    result = subprocess.run(command, cwd=folder, capture_output=True, check=False, encoding="utf-8", env=environment)
    assert result.returncode == 1, result.stdout + result.stderr
    assert "FAILED test_it.py::test_exports[harbour-sections] - AssertionError: harbour.md: sections" in result.stdout
    assert "def check" not in result.stdout  # the frames of the helpers are not shown
    assert len(result.stdout.splitlines()) < 80


def test_it_needs_no_pytest() -> None:
    code = "import sys; import sinaparse.testing; sys.exit('pytest' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False, env=os.environ | PATHS).returncode == 0


def test_all_public_names_are_documented() -> None:
    for name in testing.__all__:
        assert getattr(testing, name).__doc__
