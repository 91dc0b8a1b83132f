"""Cleaners of other packages: those that an installed package names in its entry-point group ``sinaparse.cleaners``.

::

    [project.entry-points."sinaparse.cleaners"]
    reading-time = "my_package.cleaners:reading_time"

An entry point has the name of its cleaner and leads to the cleaner itself. Nothing of such a package is imported before
somebody asks, and none of its cleaners is used unless it is named.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from typing import Any

from sinaparse.cleaners import Cleaner, Pipeline, PipelineError, default_cleaners
from sinaparse.problems import nearest

GROUP = "sinaparse.cleaners"
"""The entry-point group."""


@dataclass(frozen=True, slots=True)
class InstalledCleaner:
    """A cleaner that an installed package offers, or why it can't be used."""

    name: str
    value: str
    """Where it is: ``package.module:attribute``."""
    distribution: str
    """The package that was installed, as pip names it."""
    summary: str
    """What the cleaner does, in one line: its ``summary``, else the first line of its docstring; empty if it has none."""
    error: str | None = None
    """Why :func:`load_cleaner` refuses it, or None."""


def installed_cleaners() -> tuple[InstalledCleaner, ...]:
    """All cleaners that installed packages offer, sorted by name.

    Their modules are imported. Never raises because of a package: one that fails to import, or that takes the name of
    another cleaner, has its ``error``.
    """
    points = _entry_points()
    return tuple(_record(point, points) for point in points)


def load_cleaner(name: str) -> Cleaner:
    """The cleaner that an installed package offers under a name, to be added to a pipeline.

    Raises :class:`PipelineError` if there is none of that name, if it can't be imported or is no cleaner, and if its name
    is that of a built-in cleaner or is offered twice.
    """
    points = _entry_points()
    for point in points:
        if point.name == name:
            return _load(point, points)
    if name in default_cleaners().names:
        raise PipelineError(f"the cleaner {name!r} is a built-in one: default_cleaners() has it")
    names = [point.name for point in points]
    known = ", ".join(dict.fromkeys(names)) or "none"
    raise PipelineError(f"there is no installed cleaner {name!r}{nearest(name, names)}; there are: {known}")


def _entry_points() -> list[EntryPoint]:
    return sorted(entry_points(group=GROUP), key=lambda point: (point.name, _distribution(point)))


def _distribution(point: EntryPoint) -> str:
    return "" if point.dist is None else point.dist.name


def _load(point: EntryPoint, points: list[EntryPoint]) -> Cleaner:
    """The cleaner behind an entry point. Raises :class:`PipelineError` if it can't be used."""
    name, owner = point.name, _distribution(point)
    if name in default_cleaners().names:
        raise PipelineError(f"the cleaner {name!r} of {owner} has the name of a built-in one")
    owners = [_distribution(other) for other in points if other.name == name]
    if len(owners) > 1:
        raise PipelineError(f"there are two cleaners named {name!r}: of {' and of '.join(owners)}")
    try:
        made: Any = point.load()
    except (Exception, SystemExit) as error:  # whatever it is, it is the package's
        raise PipelineError(
            f"the cleaner {name!r} of {owner} failed to load: {type(error).__name__}: {error}"
        ) from error
    if isinstance(made, type):
        raise PipelineError(f"{point.value} of {owner} is a class: let the entry point name a cleaner made from it")
    Pipeline((made,))  # refuses what is no cleaner
    if made.name != name:
        raise PipelineError(f"{point.value} of {owner} is named {made.name!r}, its entry point {name!r}: use one name")
    cleaner: Cleaner = made
    return cleaner


def _record(point: EntryPoint, points: list[EntryPoint]) -> InstalledCleaner:
    try:
        summary, error = summary_of(_load(point, points)), None
    except PipelineError as refused:
        summary, error = "", str(refused)
    return InstalledCleaner(point.name, point.value, _distribution(point), summary, error)


def summary_of(cleaner: Cleaner) -> str:
    """What a cleaner does, in one line: its ``summary``, else the first line of its docstring; empty if it has neither."""
    text = getattr(cleaner, "summary", None)
    return text if isinstance(text, str) else (cleaner.__doc__ or "").strip().partition("\n")[0]
