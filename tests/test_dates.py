"""The front matter's date: the two shapes of the exporter, and all others."""

from __future__ import annotations

import datetime as dt
import os
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinaparse.export.dates import read_date
from sinaparse.problems import Problem, Problems

# Not from strftime, whose names depend on the locale.
WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

SHANGHAI = dt.timezone(dt.timedelta(hours=8), "Asia/Shanghai")


def utc(*parts: int) -> dt.datetime:
    year, month, day, hour, minute, second = parts
    return dt.datetime(year, month, day, hour, minute, second, tzinfo=dt.UTC)


def read(raw: str, timezone: dt.tzinfo = dt.UTC) -> tuple[dt.datetime | None, str, list[Problem]]:
    problems = Problems(strict=True)
    date, kind = read_date(raw, timezone, problems, 7)
    return date, kind, list(problems)


def codes(problems: list[Problem]) -> list[str]:
    assert all(problem.line == 7 for problem in problems)
    return [problem.code for problem in problems]


@pytest.mark.parametrize(
    ("raw", "date"),
    [
        ("Thu, 17 Feb 2022 03:15:53 GMT", utc(2022, 2, 17, 3, 15, 53)),
        (" Thu, 17 Feb 2022 03:15:53 GMT ", utc(2022, 2, 17, 3, 15, 53)),
        ("Tue, 1 Mar 2022 00:00:00 GMT", utc(2022, 3, 1, 0, 0, 0)),
        ("Thu, 17 Feb 2022 03:15:53 +0800", utc(2022, 2, 16, 19, 15, 53)),
        ("Thu, 17 Feb 2022 03:15:53 -0330", utc(2022, 2, 17, 6, 45, 53)),
        ("Thu, 29 Feb 2024 23:59:59 GMT", utc(2024, 2, 29, 23, 59, 59)),
    ],
)
def test_rfc_1123(raw: str, date: dt.datetime) -> None:
    found, kind, problems = read(raw, SHANGHAI)
    assert (found, kind, problems) == (date, "published", [])
    assert found is not None
    assert found.tzinfo is dt.UTC


@pytest.mark.parametrize(
    ("timezone", "date"),
    [(dt.UTC, utc(2021, 10, 10, 11, 6, 15)), (SHANGHAI, utc(2021, 10, 10, 3, 6, 15))],
)
def test_naive_dates_are_the_exporters_clock(timezone: dt.tzinfo, date: dt.datetime) -> None:
    found, kind, problems = read("2021-10-10 11:06:15", timezone)
    assert (found, kind, codes(problems)) == (date, "exported", ["date-exported"])
    assert str(timezone) in problems[0].message


def test_wrong_weekday() -> None:
    found, kind, problems = read("Fri, 17 Feb 2022 03:15:53 GMT")
    assert (found, kind, codes(problems)) == (utc(2022, 2, 17, 3, 15, 53), "published", ["date-weekday"])


@pytest.mark.parametrize(
    "raw",
    [
        "2022-02-17T03:15:53Z",
        "2022-02-17T11:15:53+08:00",
        "2022/02/17 03:15:53 UTC",
        "17 February 2022 03:15:53 GMT",
        "Thursday, 17-Feb-22 03:15:53 GMT",
    ],
)
def test_other_complete_dates_are_guessed(raw: str) -> None:
    found, kind, problems = read(raw)
    assert (found, kind, codes(problems)) == (utc(2022, 2, 17, 3, 15, 53), "published", ["date-guessed"])


def test_other_naive_dates_are_the_exporters_clock_too() -> None:
    found, kind, problems = read("2021/10/10 11:06:15", SHANGHAI)
    assert (found, kind) == (utc(2021, 10, 10, 3, 6, 15), "exported")
    assert codes(problems) == ["date-guessed", "date-exported"]


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("Thu, 31 Feb 2022 03:15:53 GMT", "no such date"),
        ("Thu, 17 Feb 2022 24:15:53 GMT", "no such date"),
        ("Thu, 17 Feb 2022 03:15:53 +9900", "no such date"),
        ("Thu, 17 Feb 0000 03:15:53 GMT", "no such date"),
        ("Mon, 01 Jan 0001 00:00:00 +0800", "no such date"),
        ("Fri, 31 Dec 9999 23:59:59 -0800", "no such date"),
        ("2021-13-10 11:06:15", "no such date"),
        ("2022", "a part is missing"),
        ("2022-02-17", "a part is missing"),
        ("2022-02-17 11:15", "a part is missing"),
        ("11:06:15", "a part is missing"),
        ("03/04/2022 11:06:15", "two ways"),
        ("2022年2月17日 11:06:15", "no known shape"),
        ("yesterday", "no known shape"),
        ("2022-02-17 11:06:15 CST", "time zone CST is not known"),
        ("9" * 50, "no known shape"),
        ("9" * 5000, "too long"),
        ("2022-02-17 11:06:15 +99999999", ""),
    ],
)
def test_unreadable_dates(raw: str, reason: str) -> None:
    found, kind, problems = read(raw)
    assert (found, kind, codes(problems)) == (None, "published", ["date-unreadable"])
    assert reason in problems[0].message


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone of a process can be set on Unix only")
def test_the_zone_of_the_machine_does_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = "2022-02-17 11:06:15 CST"
    try:
        monkeypatch.setenv("TZ", "CST-8")
        time.tzset()
        here = read(raw)
    finally:
        monkeypatch.undo()
        time.tzset()
    assert os.environ.get("TZ") != "CST-8"
    assert here == read(raw)


@given(
    st.datetimes(*map(dt.datetime.fromisoformat, ("0001-01-02", "9999-12-30"))).map(
        lambda date: date.replace(microsecond=0)
    ),
    st.timedeltas(dt.timedelta(hours=-12), dt.timedelta(hours=14)),
)
def test_every_date_of_a_known_shape_is_read(date: dt.datetime, offset: dt.timedelta) -> None:
    zone = dt.timezone(dt.timedelta(minutes=offset // dt.timedelta(minutes=1)))
    aware = date.replace(tzinfo=zone)
    weekday, month = WEEKDAYS[date.weekday()], MONTHS[date.month - 1]
    raw = f"{weekday}, {date:%d} {month} {date.year:04} {date:%H:%M:%S} {aware:%z}"
    assert read(raw) == (aware, "published", [])
    assert read(f"{date.isoformat(' ')}", zone)[0] == aware


@pytest.mark.parametrize("raw", ["\ud800", "2022-02-17 \udfff", "17 February 2022 11:15:53 \ud800"])
def test_half_a_character_fits_into_the_message(raw: str) -> None:
    date, _, [problem] = read(raw)
    assert date is None
    assert problem.message.encode().endswith(b"can't be read: it has no known shape")


@given(st.one_of(st.text(), st.text("0123456789:-/ +TZGMTapFebc.", max_size=40), st.text(st.characters())))
def test_any_string_is_a_date_or_a_problem(raw: str) -> None:
    date, kind, problems = read(raw, SHANGHAI)
    assert (date is None) == ("date-unreadable" in codes(problems))
    assert kind in ("published", "exported")
