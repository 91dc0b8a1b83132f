"""The parser: what is asked of it, and how it is set."""

from __future__ import annotations

import datetime as dt
import os
import zoneinfo
from dataclasses import dataclass, field
from pathlib import Path

from sinaparse.cleaners import Pipeline, default_cleaners
from sinaparse.inspection import Inspection
from sinaparse.limits import Limits
from sinaparse.models import Article
from sinaparse.problems import SinaParseError, nearest


@dataclass(frozen=True, slots=True)
class Parser:
    """Parses exports; immutable, so one parser may serve many threads, and it travels to other processes.

    ``strict`` refuses whatever breaks the grammar of an export; ``strict=False`` gives the best article it can, with the
    same problems as warnings. ``cleaners`` take noise out of the body, in order. ``timezone`` is the IANA zone of dates
    without one. ``unmarked_headings`` also finds headings that no mark-up sets apart. Raises ``ValueError`` for an unknown
    zone and :class:`~sinaparse.PipelineError` for what is no cleaner.
    """

    strict: bool = True
    cleaners: Pipeline = field(default_factory=default_cleaners)
    timezone: str = "UTC"
    unmarked_headings: bool = False
    limits: Limits = field(default_factory=Limits)

    def __post_init__(self) -> None:
        if not isinstance(self.cleaners, Pipeline):
            object.__setattr__(self, "cleaners", Pipeline(self.cleaners))
        find_zone(self.timezone)

    def parse(self, source: str | bytes) -> Article:
        """The article in an export. Raises :class:`~sinaparse.ParseError` with all its problems; warnings are dropped."""
        return self.inspect(source).unwrap()

    def parse_file(self, path: str | os.PathLike[str]) -> Article:
        """The article in a file. Raises :class:`~sinaparse.ParseError`, and ``OSError`` if it can't be read."""
        return self.inspect_file(path).unwrap()

    def inspect_file(self, path: str | os.PathLike[str]) -> Inspection:
        """Everything about the export in a file. Raises ``OSError`` if it can't be read, and nothing else."""
        return self.inspect(Path(path).read_bytes(), path)

    def inspect(self, source: str | bytes, path: str | os.PathLike[str] | None = None) -> Inspection:
        """Everything about an export: article, problems, removals, coverage. Never raises for what is in the source.

        ``path`` is only a name: nothing is read from it. Python's cyclic garbage collector waits meanwhile: it would go through
        the growing article again and again, which takes most of the time of a long one.
        """
        from sinaparse.road import Road  # with it comes all that reads an export

        return Road(self).inspect(source, path)


def find_zone(name: str) -> dt.tzinfo:
    """The time zone of a name. Raises :class:`TimezoneError` if there is none."""
    if name == "UTC":
        return dt.UTC
    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        known = zoneinfo.available_timezones()
        if not known:  # Windows, for example
            message = f"this system knows no time zones, so not {name!r} either: pip install tzdata"
        else:
            message = f"there is no time zone {name!r}{nearest(name, known)}; use a name such as Asia/Shanghai"
        raise TimezoneError(message) from None


class TimezoneError(SinaParseError, ValueError):
    """A name that is no IANA time zone, or a system that knows none."""
