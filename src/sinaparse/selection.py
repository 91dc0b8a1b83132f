"""Working with the outcomes of many files: their articles, their problems, those that fulfil a condition."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from typing import NamedTuple

from sinaparse.models import Article
from sinaparse.outcome import Outcome
from sinaparse.problems import Problem


class FileProblem(NamedTuple):
    """A problem and the file that has it."""

    path: str
    problem: Problem


class Outcomes(ABC):
    """Outcomes that can be iterated again and again; nothing is kept in memory, and each iteration reads anew."""

    @abstractmethod
    def __iter__(self) -> Iterator[Outcome]:
        """The outcomes, one a file."""

    @property
    def articles(self) -> Iterator[Article]:
        """The articles; refused files have none."""
        return (outcome.article for outcome in self if outcome.article is not None)

    @property
    def problems(self) -> Iterator[FileProblem]:
        """All problems as ``(path, problem)``, warnings included."""
        return (FileProblem(outcome.path, problem) for outcome in self for problem in outcome.problems)

    def where(self, condition: Callable[[Article], object]) -> Selection:
        """The outcomes with an article for which the condition is true: ``corpus.where(lambda a: "sh600519" in a.symbols)``."""
        return Selection(self, condition)

    def search(self, text: str) -> Selection:
        """The outcomes with an article that has a text in its title or its text; case matters."""
        return self.where(lambda article: text in article.title or text in article.text)


class Selection(Outcomes):
    """Some outcomes of others: what :meth:`Outcomes.where` and :meth:`Outcomes.search` give."""

    def __init__(self, outcomes: Outcomes, condition: Callable[[Article], object]) -> None:
        self._outcomes = outcomes
        self._condition = condition

    def __iter__(self) -> Iterator[Outcome]:
        return (
            outcome for outcome in self._outcomes if outcome.article is not None and self._condition(outcome.article)
        )

    def __repr__(self) -> str:
        return f"Selection({self._outcomes!r})"
