"""Front matter: the exporter's generations, its faults, and whatever else may stand between two fences."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinaparse.export import Envelope, Export, read_export
from sinaparse.export.fields import Front
from sinaparse.export.hexo import GENERATIONS, read_known_shape
from sinaparse.export.repairs import read_any_shape
from sinaparse.limits import Limits
from sinaparse.problems import Problem, Problems

BODY = "\n<div>   \n<p>　　文</p>  \n</div>\n            "

FIRST = """\
title: 小镇果园今年丰收 苹果装满十车
categories: 
    - 金融
    - 新浪财经 - 新浪财经－国內
author: 新浪财经 - 新浪财经－国內
comments: false
date: Mon, 22 Mar 2021 02:06:02 GMT
thumbnail: https://n.sinaimg.cn/a.png
"""  # noqa: W291
REQUOTED = FIRST.replace("title: ", "title: " + '"' * 9 + "'").replace("装满十车", "装满十车'" + '"' * 9)
SECOND = """\
title: '图说_小镇的一天'
categories: 
    - 金融
    - 新浪财经
    - 新浪财经－国內

author: 新浪财经
comments: false
date: 2021-10-10 11:06:15
thumbnail: 'https://n.sinaimg.cn/a.png'
"""  # noqa: W291
THIRD = """\
title: "it's 新的一年"
categories: 
 - 金融
 - 新浪财经
 - | | 新浪财经－国內
headimg: 'https://n.sinaimg.cn/a.png'
author: 新浪财经
comments: false
date: Thu, 17 Feb 2022 03:15:53 GMT
thumbnail: 'https://n.sinaimg.cn/a.png'
"""  # noqa: W291
FOURTH = THIRD.replace("| | ", "").replace('"it\'s 新的一年"', "'小镇迎来\"果香节\"'")

KINDS = ("金融", "新浪财经", "新浪财经－国內")
PICTURE = "https://n.sinaimg.cn/a.png"


def read_file(
    text: str, *, strict: bool = True, limits: Limits | None = None, timezone: dt.tzinfo = dt.UTC
) -> tuple[Export | None, list[Problem]]:
    problems = Problems(strict)
    return read_export(text, problems, limits or Limits(), timezone), list(problems)


def read(front: str, limits: Limits | None = None) -> tuple[Envelope, list[tuple[str, int | None]]]:
    """The envelope for front matter that begins in line 3, and the problems with it, as codes and lines."""
    export, problems = read_file(f"\n---\n{front}---\n{BODY}", limits=limits)
    assert export is not None
    return export.envelope, [(problem.code, problem.line) for problem in problems]


def with_line(key: str, line: str) -> str:
    """Front matter of the fourth generation with another line for one key."""
    lines = FOURTH.splitlines()
    at = next(n for n, old in enumerate(lines) if old.startswith(f"{key}:"))
    return "\n".join([*lines[:at], line, *lines[at + 1 :], ""])


# --- the exporter's generations -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("front", "title", "kinds", "head_image", "problems"),
    [
        (
            FIRST,
            "小镇果园今年丰收 苹果装满十车",
            ("金融", "新浪财经 - 新浪财经－国內"),
            PICTURE,
            [],
        ),
        (
            REQUOTED,
            "小镇果园今年丰收 苹果装满十车",
            ("金融", "新浪财经 - 新浪财经－国內"),
            PICTURE,
            [("title-repaired", 3)],
        ),
        (SECOND, "图说_小镇的一天", KINDS, PICTURE, [("title-lossy", 3), ("date-exported", 11)]),
        (THIRD, "it's 新的一年", KINDS, PICTURE, [("category-repaired", 7)]),
        (FOURTH, '小镇迎来"果香节"', KINDS, PICTURE, []),
    ],
    ids=["first", "requoted", "second", "third", "fourth"],
)
def test_generations(
    front: str, title: str, kinds: tuple[str, ...], head_image: str, problems: list[tuple[str, int]]
) -> None:
    envelope, found = read(front)
    assert found == problems
    assert envelope.title == title
    assert envelope.categories == kinds
    assert envelope.publisher == kinds[1]
    assert envelope.head_image == head_image
    assert envelope.thumbnail == PICTURE
    assert envelope.extra == {}
    assert envelope.date_kind == ("exported" if front == SECOND else "published")


@pytest.mark.parametrize(("front", "generation"), [(FOURTH, 0), (THIRD, 1), (SECOND, 2), (FIRST, 3)])
def test_each_generation_fits_its_own_pattern_only(front: str, generation: int) -> None:
    assert [n for n, row in enumerate(GENERATIONS) if row.pattern.fullmatch(front)] == [generation]


@pytest.mark.parametrize("start", ["", "\n", "\n \t\n\n"])
@pytest.mark.parametrize("fence", ["---", "--- \t"])
def test_lines_are_those_of_the_file(start: str, fence: str) -> None:
    text = f"{start}{fence}\n{FOURTH}{fence}\n{BODY}"
    export, problems = read_file(text)
    assert export is not None
    assert problems == []
    assert export.body == BODY
    assert export.body_line == start.count("\n") + 13
    assert text.split("\n")[export.body_line :] == BODY.split("\n")[1:]


def test_braces_are_undone_everywhere() -> None:
    front = with_line("title", "title: '&#123;一&#125;'") + "&#123;k&#125;: ['&#123;v&#125;']\n"
    export, _ = read_file(f"---\n{front.replace('&#123;k', 'k').replace('k&#125;', 'k')}---\n<p>&#123;&#125;&#12;</p>")
    assert export is not None
    assert export.envelope.title == "{一}"
    assert export.envelope.extra == {"k": ["{v}"]}
    assert export.body == "<p>{}&#12;</p>"


@pytest.mark.parametrize(
    ("headimg", "thumbnail", "expected"),
    [
        ("'https://a/1.jpg'", "'https://a/2.jpg'", ("https://a/1.jpg", "https://a/2.jpg")),
        ("''", "'https://a/2.jpg'", ("https://a/2.jpg", "https://a/2.jpg")),
        ("'https://picsum.photos/400/300?random=51'", "'https://picsum.photos/400/300?random=51'", (None, None)),
        ("''", "", (None, None)),
        ("'https://proxy.example/?http://a/b.jpg'", "''", ("https://proxy.example/?http://a/b.jpg", None)),
    ],
)
def test_images(headimg: str, thumbnail: str, expected: tuple[str | None, str | None]) -> None:
    front = with_line("headimg", f"headimg: {headimg}").replace(f"thumbnail: '{PICTURE}'", f"thumbnail: {thumbnail}")
    envelope, problems = read(front)
    assert (envelope.head_image, envelope.thumbnail) == expected
    assert problems == []


# --- titles ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "title"),
    [
        ("一 # 二: 三 [四 {五", "一 # 二: 三 [四 {五"),
        ("[快讯] 一", "[快讯] 一"),
        ("[" * 10 + "一", "[" * 10 + "一"),
        ("@某人: 一", "@某人: 一"),
        ("!一", "!一"),
        ("&一", "&一"),
        ("*一", "*一"),
        ("- 一", "- 一"),
        ("%一", "%一"),
        ("`一`", "`一`"),
        ("yes", "yes"),
        ("2021-03-22", "2021-03-22"),
        ("12:30:45", "12:30:45"),
        ("1e3", "1e3"),
        ("一 \t", "一"),
        ("'it''s'", "it's"),
        ("'一' # 注 '二'", "一"),
        ("'[[[[ # 一: '", "[[[[ # 一: "),
        (r'"一\u4e8c \"三\""', '一二 "三"'),
        ("'\u2028一'", "\u2028一"),
        ("|\n  一\n  二", "一 二"),
        (">-\n  一\n  二", "一 二"),
        ("\n  一", "一"),
        ("'一\n二'", "一 二"),
        ('"一\n\n  二"', "一 二"),
    ],
)
def test_titles(raw: str, title: str) -> None:
    envelope, problems = read(with_line("title", f"title: {raw}"))
    assert envelope.title == title
    assert envelope.publisher == "新浪财经"
    assert problems == []


@pytest.mark.parametrize(
    ("raw", "title"),
    [
        ("""'it's "q" x'""", """it's "q" x"""),
        ('''"it's "q" x"''', """it's "q" x"""),
        ('''""q" it's x"''', """"q" it's x"""),
        ('""' + "'一'" + '""', "一"),
        ('"""' + "'一'" + '"', "一"),
        ('"""\'it\'s "q"\'"""', """it's "q\""""),
        ('"一"和二', '"一"和二'),
        ("一\n二\n三", "一 二 三"),
        ("X战警\n X光下的X", "X战警 X光下的X"),
        ("X 与 X\n二", "X 与 X 二"),
    ],
)
def test_repaired_titles(raw: str, title: str) -> None:
    envelope, problems = read(with_line("title", f"title: {raw}"))
    assert envelope.title == title
    assert envelope.categories == KINDS
    assert problems == [("title-repaired", 3)]


@pytest.mark.parametrize(
    ("raw", "line"), [("'一", 3), ('"一"和"二"', 3), ('"一\\d"', 3), ("'一'\n----", 4), ("'一' 二'", 3)]
)
def test_titles_with_more_than_one_reading_are_refused(raw: str, line: int) -> None:
    envelope, problems = read(with_line("title", f"title: {raw}"))
    assert problems == [("front-matter-invalid", line)]
    assert envelope.title
    assert envelope.categories == KINDS


def test_titles_that_lost_characters() -> None:
    assert read(with_line("title", "title: '_一_'"))[1] == [("title-lossy", 3)]


# --- fields ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "line"),
    [
        ("title", "title:"),
        ("title", "title: ''"),
        ("title", "title: '　'"),
        ("title", "title: ~"),
        ("title", "title: null"),
        ("author", "author: "),
        ("author", 'author: ""'),
        ("date", "date: null"),
    ],
)
def test_missing_values(key: str, line: str) -> None:
    number = 3 + [name.split(":")[0] for name in FOURTH.split("\n")].index(key)
    assert read(with_line(key, line))[1] == [("missing-field", number)]


def test_missing_keys_are_reported_at_the_fence() -> None:
    envelope, problems = read("comments: false\n")
    assert problems == [("missing-field", 2)] * 4
    assert envelope == Envelope("", (), "", None, "published", None, None, {})


@pytest.mark.parametrize("front", ["", "# nothing\n", "~\n"])
def test_empty_front_matter_lacks_all_fields(front: str) -> None:
    assert read(front)[1] == [("missing-field", 2)] * 4


@pytest.mark.parametrize(
    ("key", "line", "number"),
    [
        ("title", "title: [a, b]", 3),
        ("title", "title: {a: b}", 3),
        ("author", "author: [a]", 9),
        ("date", "date: {}", 11),
        ("headimg", "headimg: []", 8),
        ("thumbnail", "thumbnail: [a]", 12),
    ],
)
def test_wrong_fields(key: str, line: str, number: int) -> None:
    assert read(with_line(key, line))[1] == [("wrong-field", number)]


@pytest.mark.parametrize(
    ("lines", "kinds", "code"),
    [
        ("categories: [一, 二]", ("一", "二"), None),
        ("categories: 一", ("一",), "wrong-field"),
        ("categories: {一: 二}", (), "wrong-field"),
        ("categories: []", (), "missing-field"),
        ("categories:", (), "missing-field"),
        ("categories:\n- 一\n- [二]\n", ("一",), "wrong-field"),
        ("categories:\n- 一\n-\n", ("一",), "wrong-field"),
        ("categories:\n- 一\n- ~\n", ("一",), "wrong-field"),
        ("categories:\n- 一\n- null\n- X\n", ("一", "X"), "wrong-field"),
        ("categories:\n- 2021-03-22\n- yes\n- 1e3\n- '| 一'", ("2021-03-22", "yes", "1e3", "| 一"), None),
        ("categories:\n- |\n  一\n", ("一",), None),
    ],
)
def test_categories(lines: str, kinds: tuple[str, ...], code: str | None) -> None:
    front = f"title: x\nauthor: 2021-03-22\ndate: Thu, 17 Feb 2022 03:15:53 GMT\n{lines}\n"
    envelope, problems = read(front)
    assert envelope.categories == kinds
    assert envelope.publisher == "2021-03-22"
    assert problems == ([(code, 6)] if code else [])


def test_bars_are_taken_off_in_any_shape() -> None:
    envelope, problems = read(FOURTH.replace("- 新浪财经\n", "- | 新浪财经\n") + "tags: x\n")
    assert envelope.categories == KINDS
    assert problems == [("category-repaired", 6)]


@pytest.mark.parametrize("raw", ["someday", "2022", "99999999999999999999", "Thu, 31 Feb 2022 03:15:53 GMT"])
def test_unreadable_date(raw: str) -> None:
    envelope, problems = read(with_line("date", f"date: {raw}"))
    assert envelope.published_at is None
    assert problems == [("date-unreadable", 11)]


def test_dates_in_quotes_and_their_zone() -> None:
    front = with_line("date", "date: '2021-10-10 11:06:15'")
    zone = dt.timezone(dt.timedelta(hours=8))
    export, [problem] = read_file(f"---\n{front}---\n{BODY}", timezone=zone)
    assert export is not None
    assert export.envelope.published_at == dt.datetime(2021, 10, 10, 3, 6, 15, tzinfo=dt.UTC)
    assert export.envelope.date_kind == "exported"
    assert (problem.code, problem.line) == ("date-exported", 10)


# --- what is not the exporter's -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("yaml", "value"),
    [
        ("text", "text"),
        ("'12'", "12"),
        ("12", 12),
        ("yes", True),
        ("1.5", 1.5),
        ("~", None),
        ("2021-10-10", "2021-10-10"),
        ("2021-10-10 11:06:15", "2021-10-10T11:06:15"),
        ("2021-10-10T11:06:15+08:00", "2021-10-10T11:06:15+08:00"),
        ("2021-13-45", "2021-13-45"),
        (".nan", ".nan"),
        ("-.inf", "-.inf"),
        ("1.0e+999", "1.0e+999"),
        ("9" * 5000, "9" * 5000),
        ("0x" + "f" * 5000, "0x" + "f" * 5000),
        ("! 12", 12),
        ("!!binary aGk=", "aGk="),
        ("!!int nothing", "nothing"),
        ("!!int ''", ""),
        ("!!bool maybe", "maybe"),
        ("!!timestamp never", "never"),
        ("!!set {a, b}", ["a", "b"]),
        ("!!omap [a: 1]", [{"a": 1}]),
        ("[1, [2, {a: b}]]", [1, [2, {"a": "b"}]]),
        ("{1: a, true: b, ~: c, 2021-10-10: d}", {"1": "a", "true": "b", "~": "c", "2021-10-10": "d"}),
        ("{[x]: a, {y: z}: b}", {"[x]": "a", "{y: z}": "b"}),
        ("[&a 1, *a, &b [*a], *b]", [1, 1, [1], [1]]),
        ("[&a [x], {*a : b}]", [["x"], {"*a": "b"}]),
        ("=", "="),
        ("<<", "<<"),
        (r'"\0\e"', "\ufffd\ufffd"),
    ],
)  # fmt: skip
def test_extra_values_are_json(yaml: str, value: Any) -> None:
    envelope, problems = read(f"{FOURTH}more: {yaml}\n1: x\n")
    assert envelope.extra == {"more": value, "1": "x"}
    assert json.loads(json.dumps(envelope.extra)) == envelope.extra
    assert problems == []


@pytest.mark.parametrize(
    ("yaml", "reason"),
    [
        ("&a [*a]", "contains itself"),
        ("&a {x: [*a]}", "contains itself"),
        ("!foo x", "the tag !foo is not known"),
        ("[1, {a: !foo [x]}]", "the tag !foo is not known"),
        ("!!python/object/apply:os.getcwd []", "not known"),
    ],
)
def test_values_that_are_not_json(yaml: str, reason: str) -> None:
    export, [problem] = read_file(f"---\n{FOURTH}more: {yaml}\nother: 1\n---\n{BODY}")
    assert export is not None
    assert export.envelope.extra == {"other": 1}
    assert (problem.code, problem.line) == ("front-matter-value", 12)
    assert "more" in problem.message
    assert reason in problem.message


def refused(front: str) -> Problem:
    """The only problem of a file whose front matter crosses a limit."""
    export, [problem] = read_file(f"---\n{front}---\n{BODY}")
    assert export is None
    assert (problem.code, problem.line) == ("limit-front-matter", 1)
    return problem


def test_aliases_can_not_grow_without_bound() -> None:
    rows = [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
    problem = refused("\n".join(["a0: &a0 [x, x, x, x, x, x, x, x, x]", *rows, FOURTH]))
    assert "more than 65536 characters in its aliases" in problem.message
    assert "Limits.front_matter_bytes" in problem.message


def test_aliases_can_not_grow_without_bound_side_by_side() -> None:
    rows = [f"a{n}: *a" for n in range(70)]
    assert "in its aliases" in refused("\n".join([f"a: &a {'x' * 1000}", *rows, FOURTH])).message
    envelope, problems = read("\n".join([f"a: &a {'x' * 1000}", *rows[:60], FOURTH]))
    assert problems == []
    assert len(envelope.extra) == 61


def test_aliases_can_not_nest_without_bound() -> None:
    rows = [f"a{n}: &a{n} [*a{n - 1}]" for n in range(1, 60)]
    assert "more than 50 levels" in refused("\n".join(["a0: &a0 x", *rows, FOURTH])).message
    envelope, problems = read("\n".join(["a0: &a0 x", *rows[:49], FOURTH]))
    assert problems == []
    assert envelope.extra["a1"] == ["x"]


# --- what is refused, or read as well as can be ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("<p>文</p>", 1),
        ("\n\n  x\n---\ntitle: a\n---\nb", 3),
        ("----\ntitle: a\n----\nb", 1),
        (" ---\ntitle: a\n---\nb", 1),
        ("--- a\n---\nb", 1),
        ("+++\ntitle = 1\n+++\nb", 1),
    ],
)
def test_front_matter_missing(text: str, line: int) -> None:
    export, [problem] = read_file(text, strict=False)
    assert export is None
    assert (problem.code, problem.line, problem.severity) == ("front-matter-missing", line, "error")


@pytest.mark.parametrize(
    ("text", "line"), [("---", 1), ("\n\n---\n", 3), ("---\ntitle: a\n----\n<p>", 1), ("---\ntitle: a\n ---\nb", 1)]
)
def test_front_matter_unclosed(text: str, line: int) -> None:
    export, [problem] = read_file(text, strict=False)
    assert export is None
    assert (problem.code, problem.line, problem.severity) == ("front-matter-unclosed", line, "error")


@pytest.mark.parametrize("body", ["", "\n", "\n \u3000\n\n"])
def test_body_missing(body: str) -> None:
    export, [problem] = read_file(f"---\n{FOURTH}---{body}", strict=False)
    assert export is None
    assert (problem.code, problem.line, problem.severity) == ("body-missing", 12, "error")


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("author: [新浪财经", 10),
        ("author: '新浪财经", 9),
        ("\tauthor: 新浪财经", 9),
        ("author: a: b", 9),
        ("author: *a", 9),
        ("...\nauthor: x", 10),
        ("author: &#123;a&#125;", 9),
    ],
)
def test_front_matter_invalid(line: str, number: int) -> None:
    envelope, problems = read(with_line("author", line))
    assert problems[0] == ("front-matter-invalid", number)
    assert envelope.title == '小镇迎来"果香节"'
    assert envelope.categories == KINDS
    assert envelope.published_at == dt.datetime(2022, 2, 17, 3, 15, 53, tzinfo=dt.UTC)
    assert envelope.head_image == PICTURE


@pytest.mark.parametrize("front", ["- a\n- b\n", "word\n", "'title'\n"])
def test_front_matter_that_is_no_mapping(front: str) -> None:
    assert read(front)[1] == [("front-matter-not-mapping", 3), *[("missing-field", 2)] * 4]


@pytest.mark.parametrize(
    ("line", "number"),
    [("title: b", 13), ("author: b", 13), ("x: 1\nx: 2", 14), ("x: {a: 1, a: 2}", 13), ("'date': b", 13)],
)
def test_duplicate_keys(line: str, number: int) -> None:
    envelope, problems = read(f"{FOURTH}{line}\n")
    assert problems == [("front-matter-duplicate-key", number)]
    assert (envelope.title, envelope.publisher) == ('小镇迎来"果香节"', "新浪财经")
    assert envelope.extra in ({}, {"x": 1}, {"x": {"a": 1}})


def test_duplicate_keys_where_yaml_fails() -> None:
    _, problems = read(f"{FOURTH}author: b\nx: [\n")
    assert set(problems) == {("front-matter-invalid", 15), ("front-matter-duplicate-key", 13)}


@pytest.mark.parametrize("char", ["\0", "\x0b", "\x1b", "\r", "\x7f", "\x80", "\ud800", "\uffff"])
def test_control_characters(char: str) -> None:
    envelope, problems = read(with_line("author", f"author: 新{char}浪{char}"))
    assert envelope.publisher == "新\ufffd浪\ufffd"
    assert problems == [("front-matter-control", 9)]


def test_size_of_front_matter() -> None:
    front = with_line("title", f"title: '{'市' * 100}'")
    size = len(front.encode())
    assert read(front, Limits(front_matter_bytes=size))[1] == []
    export, [problem] = read_file(f"---\n{front}---\n{BODY}", limits=Limits(front_matter_bytes=size - 1), strict=False)
    assert export is None
    assert (problem.code, problem.severity) == ("limit-front-matter", "error")
    assert f"{size} bytes" in problem.message


@pytest.mark.parametrize(
    "hostile",
    [
        "a: " + "[" * 30_000,
        "a: " + "{" * 30_000,
        "a: " + "[" * 30_000 + "]" * 30_000,
        "a: " + "[x, " * 15_000,
        "- " * 30_000,
        "? " * 30_000,
        "title: " + "[" * 30_000,
        "a: 'x\n',[[': " + "[" * 30_000,
        "\n".join(" " * n + "a:" for n in range(60)),
        "'" + "[" * 30_000 + "': " + "[" * 30_000,
    ],
    ids=lambda text: text[:8],
)
def test_depth_of_front_matter(hostile: str) -> None:
    export, problems = read_file(f"---\n{hostile}\n---\n{BODY}", strict=False)
    if export is None:
        [problem] = problems
        assert (problem.code, problem.severity, problem.line) == ("limit-front-matter", "error", 1)
        assert "50 levels" in problem.message
    else:  # it stopped being YAML before it was too deep
        assert problems[0].code == "front-matter-invalid"


def test_depth_is_counted_exactly() -> None:
    def nested(depth: int) -> str:
        return f"{FOURTH}a: {'[' * (depth - 1)}{']' * (depth - 1)}\n"

    assert read(nested(50))[1] == []
    assert read_file(f"---\n{nested(51)}---\n{BODY}")[0] is None


def test_brackets_in_honest_text_are_no_depth() -> None:
    many = "[" * 1000 + "{" * 1000
    front = with_line("title", f"title: '{many}'") + f"note: '{many}'\nmore: a {many}\nlist: [{'[a], ' * 1000}]\n"
    envelope, problems = read(front)
    assert problems == []
    assert envelope.title == envelope.extra["note"] == many


def test_many_problems_take_no_quadratic_time() -> None:
    problems = Problems(strict=False, limit=30_000)
    export = read_export("---\n" + "a:\n" * 20_000 + f"---\n{BODY}", problems, Limits(), dt.UTC)
    assert export is not None
    assert len(problems.sorted()) == 20_000 - 1 + 4


# --- for all --------------------------------------------------------------------------------------------------------

letters = st.characters(exclude_categories=["Cs", "Cc"])
texts = st.text(st.one_of(letters, st.sampled_from(""" '"#:-[]{}|>&*!%@`,?_~=<\\&#123;金融新浪""")), max_size=20)
plain = st.one_of(
    texts, st.sampled_from(["金融", "yes", "null", "12:30", "1e3", "2021-03-22", "~", "a:", "a #b", "- a"])
)
quoted = st.one_of(
    texts.map(lambda text: "'" + text.replace("'", "''") + "'"), texts.map(lambda text: '"' + text + '"')
)


@st.composite
def fronts(draw: st.DrawFn) -> str:
    """Front matter of a known shape, with values that need not fit it."""
    row = draw(st.sampled_from(GENERATIONS))
    first = row.name.startswith("first")
    names = [draw(plain) for _ in range(row.categories)]
    if row.bars:
        names[-1] = "| " * draw(st.integers(1, 3)) + names[-1]
    item = " " * row.indent + "- "
    lines = [
        f"title: {draw(plain if first else quoted)}",
        "categories: ",
        *(item + name for name in names),
        *([f"headimg: {draw(quoted)}"] if row.head_image else []),
        *([""] if row.blank_before_author else []),
        f"author: {draw(plain)}",
        "comments: false",
        f"date: {draw(st.sampled_from(['Thu, 17 Feb 2022 03:15:53 GMT', '2021-10-10 11:06:15']))}",
        f"thumbnail: {draw(st.one_of(quoted, st.just(''), texts.map('https://a/'.__add__)))}",
        "",
    ]
    return "\n".join(lines)


@given(fronts())
def test_known_shapes_are_read_as_yaml_reads_them(text: str) -> None:
    problems = Problems(strict=True)
    known = read_known_shape(Front(text, 1, problems))
    if known is None:
        return
    by_yaml = Problems(strict=True)
    fields = read_any_shape(Front(text, 1, by_yaml), Limits())
    assert fields is not None
    assert {key: value or "" for key, value in fields.own.items() if key != "comments"} == known.own
    assert fields.extra == known.extra == {}
    assert list(by_yaml) == list(problems)


@given(st.data())
def test_most_generated_shapes_are_known(data: st.DataObject) -> None:
    simple = st.text("金融新浪财经－abc019 ", min_size=1, max_size=12).map(lambda text: f"x{text}x")
    for row, front in zip(GENERATIONS, (FOURTH, THIRD, SECOND, FIRST), strict=True):
        found = row.pattern.fullmatch(front.replace("金融", data.draw(simple)).replace("新的一年", data.draw(simple)))
        assert found


syntax = st.sampled_from(
    [
        "title: ",
        "categories:\n",
        " - ",
        "date: ",
        "author: ",
        "\n",
        "  ",
        "&a ",
        "*a",
        "---\n",
        "!!set ",
        "? ",
        "[",
        "]",
    ]
)
yamlish = st.lists(st.one_of(texts, plain, quoted, syntax), max_size=30).map("".join)


@given(st.one_of(st.text(st.characters()), yamlish, yamlish.map(lambda text: f"---\n{text}\n---\n<p>")), st.booleans())
def test_any_text_is_an_export_or_a_problem(text: str, strict: bool) -> None:
    export, problems = read_file(text, strict=strict)
    if export is None:
        assert any(problem.severity == "error" for problem in problems)
        return
    assert text.replace("&#123;", "{").replace("&#125;", "}").endswith(export.body)
    assert (text.split("\n", export.body_line - 1)[-1]).replace("&#123;", "{").replace("&#125;", "}") == export.body
    json.dumps(export.envelope.extra, allow_nan=False).encode()
    for value in (export.envelope.title, export.envelope.publisher, *export.envelope.categories):
        assert "\n" not in value
        value.encode()
