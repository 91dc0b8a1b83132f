"""What an inspection of one export gives."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from sinaparse.body import Entry, Removal
from sinaparse.models import Article
from sinaparse.problems import ParseError, Problem
from sinaparse.proof import Coverage


class Inspection:
    """Everything that is known about one export after reading it.

    ``article`` is None if the export was refused; ``problems`` are sorted by line, warnings are among them; ``removals``
    are in source order; ``path`` is None for strings and bytes that were given without one.
    """

    def __init__(
        self,
        path: str | None,
        article: Article | None,
        problems: tuple[Problem, ...],
        ledger: Sequence[Entry] = (),
        coverage: Coverage | None = None,
    ) -> None:
        self.path = path
        self.article = article
        self.problems = problems
        self.coverage = coverage or Coverage()
        self._ledger = tuple(ledger)

    @cached_property
    def removals(self) -> tuple[Removal, ...]:
        """What the cleaners took out, in source order."""
        removals = [entry.removal() for entry in self._ledger]
        return tuple(sorted(removals, key=lambda removal: removal.line or 0))

    def unwrap(self) -> Article:
        """The article. Raises :class:`~sinaparse.ParseError` with all problems if the export was refused."""
        if self.article is None:
            raise ParseError(self.problems, self.path)
        return self.article

    def __repr__(self) -> str:
        found = "refused" if self.article is None else repr(self.article.title)
        return f"Inspection({self.path!r}, {found}, {len(self.problems)} problems, {len(self._ledger)} removals)"
