"""Reading the front matter's ``date``.

The exporter writes one of two shapes:

- ``Thu, 17 Feb 2022 03:15:53 GMT``: the time of publication (RFC 1123; an offset such as ``+0800`` may stand for GMT);
- ``2021-10-10 11:06:15``: the exporter's own clock, where the feed gave no date.

Anything else is read by dateutil, and kept only if it is complete and has but one reading.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Literal

from sinaparse.problems import Problems, excerpt

DateKind = Literal["published", "exported"]

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = {
    name: number
    for number, name in enumerate(
        ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"), start=1
    )
}
_UTC_NAMES = {"GMT", "UTC", "Z", "z"}

_RFC_1123 = re.compile(
    rf"(?:{'|'.join(_WEEKDAYS)}), ([0-9]{{1,2}}) ({'|'.join(_MONTHS)}) ([0-9]{{4}})"
    r" ([0-9]{2}):([0-9]{2}):([0-9]{2}) (?:GMT|([+-])([0-9]{2})([0-9]{2}))"
)
_NAIVE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}")
_WEEKDAY = re.compile(rf"\b({'|'.join(_WEEKDAYS)})", re.IGNORECASE)

_LONGEST = 64
"""Characters; dateutil takes its time over long strings, and no date is that long."""

# Two days that share no part: a date that comes out the same with both of them has no part from either.
_DEFAULTS = tuple(map(dt.datetime.fromisoformat, ("2001-03-05 07:09:11", "2012-10-20 18:36:54")))


def read_date(
    raw: str, timezone: dt.tzinfo, problems: Problems, line: int | None
) -> tuple[dt.datetime | None, DateKind]:
    """The date in UTC and what it is the date of; None after ``date-unreadable``.

    A date without a zone is the time of export: it is read in ``timezone``.
    """
    raw = raw.strip()
    try:
        written = _read_known(raw)
        guessed = written is None
        if written is None:
            raw = raw.encode("utf-8", "replace").decode()  # a lone surrogate fits into no message
            written = _read_unknown(raw)
        naive = written.tzinfo is None
        date = (written.replace(tzinfo=timezone) if naive else written).astimezone(dt.UTC)
    except (ValueError, OverflowError) as error:
        reason = error if isinstance(error, _Unreadable) else "there is no such date"
        problems.add("date-unreadable", line=line, source=raw, date=excerpt(raw), reason=reason)
        return None, "published"
    weekday = _WEEKDAY.search(raw)
    if weekday and weekday[1].title() != _WEEKDAYS[written.weekday()]:
        problems.add("date-weekday", line=line, source=raw, date=excerpt(raw))
    if guessed:
        problems.add("date-guessed", line=line, source=raw, date=excerpt(raw), value=written.isoformat(" "))
    if naive:
        problems.add("date-exported", line=line, source=raw, timezone=timezone)
    return date, "exported" if naive else "published"


class _Unreadable(ValueError):
    """Why a date can't be read, in words of ours: those of Python and dateutil differ between versions."""


def _read_known(raw: str) -> dt.datetime | None:
    """A date of one of the two known shapes; None for others, ValueError if there is no such date."""
    if match := _RFC_1123.fullmatch(raw):
        day, month, year, hour, minute, second, sign, hours, minutes = match.groups()
        zone = dt.UTC
        if sign:
            offset = dt.timedelta(hours=int(hours), minutes=int(minutes))
            zone = dt.timezone(-offset if sign == "-" else offset)
        return dt.datetime(int(year), _MONTHS[month], int(day), int(hour), int(minute), int(second), tzinfo=zone)
    return dt.datetime.fromisoformat(raw) if _NAIVE.fullmatch(raw) else None


def _read_unknown(raw: str) -> dt.datetime:
    """A date of any other shape; _Unreadable unless it is complete and has but one reading."""
    if len(raw) > _LONGEST:
        raise _Unreadable("it is too long for a date")
    from dateutil import parser  # imported here since it is hardly ever needed and takes its time

    # 03/04/2022 is a day in March or in April. A year in front leaves no doubt (and dateutil would swap there, too).
    orders = (False,) if raw[:4].isdecimal() else (False, True)
    try:
        readings = {
            parser.parse(raw, default=default, dayfirst=order, tzinfos=_zone)
            for default in _DEFAULTS
            for order in orders
        }
    except _Unreadable:
        raise
    except Exception as error:  # what dateutil raises for odd strings is documented nowhere
        raise _Unreadable("it has no known shape") from error
    if len(readings) > 1:
        raise _Unreadable("a part is missing, or it can be read in two ways")
    return readings.pop()


def _zone(name: str | None, seconds: int | None) -> dt.tzinfo | None:
    """The zone for what dateutil found; None for none.

    Names other than those of UTC are refused: CST is one zone in China and another in Chicago, and dateutil left to
    itself takes the machine's own zone if that has the same name.
    """
    if name is not None and name not in _UTC_NAMES:
        raise _Unreadable(f"the time zone {name} is not known")
    return None if seconds is None else dt.timezone(dt.timedelta(seconds=seconds))
