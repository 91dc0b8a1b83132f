"""Helpers for the tests of cleaners and parsers that others write.

They raise ``AssertionError`` with a readable difference, so any test runner will do; with pytest no more is needed than::

    from sinaparse.testing import assert_keeps, assert_removes

    def test_the_reading_time_goes():
        assert_removes(reading_time, "<p>阅读时间：3分钟</p>", ["阅读时间：3分钟"])

    def test_time_in_a_sentence_stays():
        assert_keeps(reading_time, "<p>会议的时间是下午三点。</p>")
"""

from __future__ import annotations

import datetime as dt
import difflib
import email.utils
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from sinaparse.body import Removal
from sinaparse.cleaners import Cleaner, Pipeline, default_cleaners
from sinaparse.inspection import Inspection
from sinaparse.parser import Parser
from sinaparse.problems import nearest, report

__all__ = ["FixtureCase", "assert_keeps", "assert_removes", "check_fixtures", "fixture_json", "make_export"]

_DEFAULTS: dict[str, object] = {
    "title": "示例文章",
    "categories": ("金融", "新浪财经", "新浪财经－国內"),
    "author": "新浪财经",
    "comments": False,
    "date": "Thu, 17 Feb 2022 03:15:53 GMT",
}
_LAST_PARAGRAPH = '<p cms-style="font-L">　　这一段是示例文章的正文，任何清理器都不应当动它。</p>'
"""Stands after the HTML under test: an article needs some text, and a cleaner that takes this, too, takes too much."""
_SHORT = 60
"""Values that are no longer than this in JSON are shown whole, one under the other."""


# --- exports ----------------------------------------------------------------------------------------------------------


def make_export(body_html: str, **front_matter: object) -> str:
    """A complete export round a piece of body.

    ``front_matter`` sets keys of the front matter, the exporter's own (``title``, ``categories``, ``author``, ``date``,
    ``headimg``, ``thumbnail``, ``comments``) or any other; None leaves a key out. Values are strings, sequences of them,
    whatever JSON knows, and datetimes: aware ones are written as the exporter writes a time of publication, naive ones as
    it writes its own clock. Whatever is not set is valid.

    The body stands in the exporter's ``<div>``, on lines of its own. Raises ``TypeError`` for a value that JSON does not
    know.

    >>> print(make_export("<p>早盘平稳。</p>", title="早盘", categories=["新浪财经"], comments=None))
    ---
    title: '早盘'
    categories:
     - '新浪财经'
    author: '新浪财经'
    date: 'Thu, 17 Feb 2022 03:15:53 GMT'
    ---
    <div>
    <p>早盘平稳。</p>
    </div>
    <BLANKLINE>
    """
    fields = _DEFAULTS | front_matter
    lines = [_entry(key, value) for key, value in fields.items() if value is not None]
    return "\n".join(["---", *lines, "---", "<div>", body_html, "</div>", ""])


def _entry(key: str, value: object) -> str:
    if isinstance(value, list | tuple) and value:
        return "\n".join([f"{key}:", *(f" - {_scalar(item)}" for item in value)])
    return f"{key}: {_scalar(value)}"


def _scalar(value: object) -> str:
    if isinstance(value, dt.datetime):
        aware = value.tzinfo is not None
        value = (
            email.utils.format_datetime(value.astimezone(dt.UTC), usegmt=True)
            if aware
            else f"{value:%Y-%m-%d %H:%M:%S}"
        )
    if isinstance(value, str) and value.isprintable():
        return "'" + value.replace("'", "''") + "'"
    return json.dumps(value, ensure_ascii=False)


# --- one cleaner ------------------------------------------------------------------------------------------------------


def assert_removes(cleaner: Cleaner, html: str, expected_texts: Iterable[str]) -> None:
    """A cleaner removes exactly these texts from a piece of body, and nothing gets lost on the way.

    The HTML is put into an export, with a paragraph after it, and parsed by the default cleaners with this one after them
    (or in its place, if it has the name of one). ``expected_texts`` has one text for each removal, in any order; white
    space counts as one blank. The text of a comment is what stands in it; a removed image that has no text around it
    is named by its address, and ``""`` stands for an empty element.

    Raises ``AssertionError`` if something else is removed or anything is neither kept nor recorded, and
    :class:`~sinaparse.CleanerError` if the cleaner itself fails; ``TypeError`` for a single text in the place of several.
    """
    __tracebackhide__ = True
    if isinstance(expected_texts, str):
        raise TypeError("expected_texts must be a list of texts, not one text")
    inspection = _inspect(html, _with(cleaner))
    got = [_text(removal) for removal in inspection.removals if removal.cleaner == cleaner.name]
    want = [" ".join(text.split()) for text in expected_texts]
    missing, surplus = Counter(want) - Counter(got), Counter(got) - Counter(want)
    if missing or surplus:
        taken = {_text(removal): removal.cleaner for removal in inspection.removals}
        lines = [f"the cleaner {cleaner.name!r} does not remove exactly what is expected:"]
        for text in missing.elements():
            other = f" (but {taken[text]!r} does)" if taken.get(text, cleaner.name) != cleaner.name else ""
            lines.append(f"  not removed: {text!r}{other}")
        lines += [f"  removed, too: {text!r}" for text in surplus.elements()]
        raise AssertionError("\n".join(lines))


def assert_keeps(cleaner: Cleaner, html: str) -> None:
    """A cleaner removes nothing from a piece of body, and the article is the same with it and without it.

    The HTML is parsed as in :func:`assert_removes`.

    Raises ``AssertionError`` if something is removed, lost or changed, and :class:`~sinaparse.CleanerError` if the cleaner
    itself fails.
    """
    __tracebackhide__ = True
    inspection = _inspect(html, _with(cleaner))
    removed = [removal for removal in inspection.removals if removal.cleaner == cleaner.name]
    if removed:
        lines = [f"  removed ({removal.reason}): {_text(removal)!r}" for removal in removed]
        raise AssertionError("\n".join([f"the cleaner {cleaner.name!r} does not leave all as it is:", *lines]))
    plain = _inspect(html, _without(cleaner))
    if inspection.article != plain.article:
        difference = _difference(_values(plain)["article"], _values(inspection)["article"], "without it", "with it")
        raise AssertionError(f"the cleaner {cleaner.name!r} changes the article:\n{difference}")


def _with(cleaner: Cleaner) -> Pipeline:
    pipeline = default_cleaners()
    return pipeline.replace(cleaner.name, cleaner) if cleaner.name in pipeline.names else pipeline.then(cleaner)


def _without(cleaner: Cleaner) -> Pipeline:
    return _with(cleaner).without(cleaner.name)


def _inspect(html: str, cleaners: Pipeline) -> Inspection:
    """Parse a piece of body leniently: whether an export with it would be accepted is not the question."""
    __tracebackhide__ = True
    export = make_export(f"{html}\n{_LAST_PARAGRAPH}")
    inspection = Parser(strict=False, cleaners=cleaners).inspect(export)
    if any(problem.code == "cleaner-failed" for problem in inspection.problems):
        Parser(cleaners=cleaners).parse(export)  # raises, with the cleaner's own exception as the cause
    if any(problem.code == "body-missing" for problem in inspection.problems):
        raise AssertionError("nothing is left of the body, not even the paragraph that stands after the HTML")
    if inspection.article is None:
        raise AssertionError(f"no article can be made of this HTML:\n{report(inspection.problems)}")
    if inspection.coverage.unaccounted:
        lost = "\n".join(f"  {piece!r}" for piece in inspection.coverage.unaccounted)
        raise AssertionError(f"neither in the article nor removed by way of Body:\n{lost}")
    return inspection


def _text(removal: Removal) -> str:
    return removal.text or " ".join(removal.media)


# --- fixtures ---------------------------------------------------------------------------------------------------------


def check_fixtures(folder: str | Path, parser: Parser | None = None) -> tuple[FixtureCase, ...]:
    """One case for each field of each expected result in a folder, so that a test runner names the field that is wrong.

    ::

        @pytest.mark.parametrize("case", check_fixtures("tests/exports", Parser(cleaners=MINE)))
        def test_exports(case):
            case.check()

    Beside each export ``NAME.md`` stands what must come of it in ``NAME.json``: an object with the ``article`` (its fields as
    in ``article.model_dump(mode="json")``), ``problems`` (of ``[code, line]``) and ``removals`` (of ``[cleaner, line]``).
    What it leaves out is not checked. :func:`fixture_json` makes one from what the parser gives now: read it before you keep it.

    ``parser`` is ``Parser()`` unless given. Cases come sorted by name and parse their file when they are checked. A file
    without its counterpart, and JSON that can't be read, are cases that fail. Raises ``ValueError`` if the folder has no
    exports.
    """
    folder = Path(folder)
    names = sorted({path.stem for suffix in ("md", "json") for path in folder.glob(f"*.{suffix}")})
    if not names:
        raise ValueError(f"no *.md in {folder}")
    fixtures = [_Fixture(folder / f"{name}.md", parser or Parser()) for name in names]
    return tuple(FixtureCase(fixture.path, field, fixture) for fixture in fixtures for field in fixture.fields)


def fixture_json(inspection: Inspection) -> str:
    """What :func:`check_fixtures` expects beside an export, made from what a parser gave; no ``article`` if it was refused."""
    values = {key: value for key, value in _values(inspection).items() if value is not None}
    return json.dumps(values, ensure_ascii=False, indent=1) + "\n"


@dataclass(frozen=True, slots=True)
class FixtureCase:
    """One field of one fixture; its ``str()`` and, for pytest, its ``__name__`` are ``NAME-field``."""

    file: Path
    """The export."""
    field: str
    """A field of the article, ``problems`` or ``removals``; ``file`` if the fixture itself is at fault."""
    _fixture: _Fixture

    def check(self) -> None:
        """Parse the file, unless another case did, and compare the field. Raises ``AssertionError`` with the difference."""
        __tracebackhide__ = True
        self._fixture.check(self.field)

    def __str__(self) -> str:
        return f"{self.file.stem}-{self.field}"

    __repr__ = __str__

    @property
    def __name__(self) -> str:
        """Where pytest looks for the id of a test."""
        return str(self)


class _Fixture:
    """One export and what must come of it."""

    def __init__(self, path: Path, parser: Parser) -> None:
        self.path = path
        self._parser = parser
        self._fault = ""
        """What is wrong with the two files."""
        self._want: dict[str, Any] = {}
        try:
            self._want = _read_expected(path)
        except (OSError, ValueError) as error:
            self._fault = str(error)

    @property
    def fields(self) -> tuple[str, ...]:
        return tuple(self._want) or ("file",)

    def check(self, field: str) -> None:
        __tracebackhide__ = True
        if self._fault:
            raise AssertionError(self._fault)
        values = self._got
        got = values if field in _BESIDE else values["article"]
        if got is None:
            raise AssertionError(f"refused:\n{report(self._inspection.problems, str(self.path))}")
        if field not in got:
            raise AssertionError(f"an article has no field {field!r}{nearest(field, got)}")
        if got[field] != self._want[field]:
            difference = _difference(self._want[field], got[field], "expected", "got")
            raise AssertionError(f"{self.path}: {field}\n{difference}")

    @cached_property
    def _inspection(self) -> Inspection:
        return self._parser.inspect(self.path.read_bytes())

    @cached_property
    def _got(self) -> dict[str, Any]:
        return _values(self._inspection)


_BESIDE = ("problems", "removals")
"""What a fixture has beside its article."""


def _read_expected(path: Path) -> dict[str, Any]:
    """The expected values by field. Raises ``OSError`` or ``ValueError`` with what is wrong with the files."""
    expected = path.with_suffix(".json")
    for missing in (path, expected):
        if not missing.exists():
            raise ValueError(f"{missing} is missing")
    try:
        data = json.loads(expected.read_text(encoding="utf-8"))
    except ValueError as error:
        raise ValueError(f"{expected} can't be read: {error}") from None
    article = data.get("article", {}) if isinstance(data, dict) else None
    if not isinstance(article, dict):
        raise ValueError(f"{expected} must be an object, and so must its article")  # noqa: TRY004 the file is wrong
    values = {**article, **{key: data[key] for key in _BESIDE if key in data}}
    if not values:
        raise ValueError(f"{expected} expects nothing: it needs an article, problems or removals")
    return values


def _values(inspection: Inspection) -> dict[str, Any]:
    """What fixtures hold. That a file is not named after its title is no matter: fixtures have names of their own."""
    article = inspection.article
    return {
        "article": None if article is None else article.model_dump(mode="json"),
        "problems": [
            [problem.code, problem.line] for problem in inspection.problems if problem.code != "name-mismatch"
        ],
        "removals": [[removal.cleaner, removal.line] for removal in inspection.removals],
    }


def _difference(want: Any, got: Any, want_name: str, got_name: str) -> str:
    """Two JSON values, one under the other if they are short, else as a unified diff."""
    short = [json.dumps(value, ensure_ascii=False) for value in (want, got)]
    if max(map(len, short)) <= _SHORT:
        width = max(len(want_name), len(got_name))
        return f"  {want_name:>{width}}: {short[0]}\n  {got_name:>{width}}: {short[1]}"
    long = [json.dumps(value, ensure_ascii=False, indent=1).split("\n") for value in (want, got)]
    return "\n".join(difflib.unified_diff(long[0], long[1], want_name, got_name, lineterm=""))
