"""What an inspection of one export gives."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from sinaparse.body import Entry, Removal
from sinaparse.models import Article
from sinaparse.problems import CleanerError, ParseError, Problem
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
        failure: tuple[str, Exception] | None = None,
        body: tuple[str, int] = ("", 1),
    ) -> None:
        self.path = path
        self.article = article
        self.problems = problems
        self.coverage = coverage or Coverage()
        self.ledger = tuple(ledger)
        """The removals in raw form."""
        self._failure = failure
        self.body = body
        """The body's text and the line on which it begins."""

    @cached_property
    def removals(self) -> tuple[Removal, ...]:
        """What the cleaners took out, in source order."""
        text, first_line = self.body
        lines = text.split("\n")
        removals = [entry.removal(lines, first_line) for entry in self.ledger]
        return tuple(sorted(removals, key=lambda removal: removal.line or 0))

    def unwrap(self) -> Article:
        """The article. Raises :class:`~sinaparse.ParseError` with all problems if the export was refused."""
        if self.article is not None:
            return self.article
        if self._failure is not None:
            cleaner, error = self._failure
            raise CleanerError(self.problems, self.path, cleaner) from error
        raise ParseError(self.problems, self.path)

    def __repr__(self) -> str:
        found = "refused" if self.article is None else repr(self.article.title)
        return f"Inspection({self.path!r}, {found}, {len(self.problems)} problems, {len(self.ledger)} removals)"
