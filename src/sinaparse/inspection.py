"""What an inspection of one export gives."""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict

from sinaparse.body import Entry, Lines, Removal
from sinaparse.models import Article
from sinaparse.problems import CleanerError, ParseError, Problem, ProblemList, SinaParseError, count, counted

if TYPE_CHECKING:
    from rich.tree import Tree

    from sinaparse.parser import Parser


Fate = Literal["kept", "credit", "removed", "hidden", "unaccounted", "markup", "front-matter"]


class Coverage(BaseModel):
    """What became of the source's characters.

    Counted are the characters of all text outside comments, ``<style>`` and ``<script>``, without white space, U+3000,
    U+00A0, U+200B and U+FEFF, each once: ``kept_chars`` are in the article, ``removed_chars`` in the removals, and those of
    the texts in ``unaccounted`` in neither; their sum is the whole. Lost media stand there as ``image: URL``, ``table``, ``video``.
    """

    model_config = ConfigDict(frozen=True)

    kept_chars: int = 0
    removed_chars: int = 0
    unaccounted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of source characters that had one fate.

    ===============  ===========================================================================================
    ``fate``         what it is
    ===============  ===========================================================================================
    ``kept``         text of the article's sections; or the tag of an image, table or video that the article has
    ``credit``       text of a metadata line: byline, source, editor …
    ``removed``      what ``cleaner`` took out, its tags included, whether there was anything to see or not
    ``hidden``       comments, styles and scripts; with ``cleaner`` where one took them out
    ``unaccounted``  text and media that are neither in the article nor removed: `Coverage.unaccounted`
    ``markup``       all other tags, and white space at the edges of texts
    ``front-matter`` everything up to the body
    ===============  ===========================================================================================

    ``start`` and ``end`` are offsets into the source text after decoding and line-end normalisation
    (:attr:`Inspection.source_text`), whatever bytes the file had.
    """

    start: int
    end: int
    fate: Fate
    cleaner: str | None = None
    place: str | None = None
    """Path of what it became in the article, such as ``sections[0].blocks[3].text``: a text, the address of a picture, or
    a whole table or video. None for what is not in it."""
    text: str = ""
    """Its visible characters, entities decoded and white space left out: those that `Coverage` counts."""


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
        failure: tuple[str, Exception | SystemExit] | None = None,
        body: tuple[str, int] = ("", 1),
        origin: tuple[Parser, str | bytes] | None = None,
    ) -> None:
        self.path = path
        self.article = article
        self.problems = ProblemList(problems)
        self.coverage = coverage or Coverage()
        self.ledger = tuple(ledger)
        """The removals in raw form."""
        self._failure = failure
        self.body = body
        """The body's text and the line on which it begins."""
        self.origin = origin
        """The parser and the source, to read it again."""

    @cached_property
    def removals(self) -> tuple[Removal, ...]:
        """What the cleaners took out, in source order."""
        lines = Lines(*self.body)
        removals = [entry.removal(lines) for entry in self.ledger]
        return tuple(sorted(removals, key=lambda removal: removal.line or 0))

    @cached_property
    def source_text(self) -> str:
        """The source as text, decoded and with all line ends as newlines; empty if it can't be read as text."""
        from sinaparse.pieces import source_text

        return "" if self.origin is None else source_text(*self.origin)

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """What became of each piece of ``source_text``, from its first character to its last.

        Worked out on first access by parsing again, which costs a few times what the first time did. Empty where no
        article could be made at all; where strict mode refused one, places are those of the lenient article.
        """
        from sinaparse.pieces import find_pieces

        return () if self.origin is None else find_pieces(*self.origin)

    def unwrap(self) -> Article:
        """The article. Raises :class:`~sinaparse.ParseError` with all problems if the export was refused."""
        if self.article is not None:
            return self.article
        if self._failure is not None:
            cleaner, error = self._failure
            raise CleanerError(self.problems, self.path, cleaner) from error
        raise ParseError(self.problems, self.path)

    def __getstate__(self) -> dict[str, object]:
        state = self.__dict__.copy()
        if self._failure is not None:
            cleaner, error = self._failure
            state["_failure"] = cleaner, _portable(error)
        return state

    def __repr__(self) -> str:
        from sinaparse.describe import short

        found = "refused" if self.article is None else short(self.article.title)
        return f"Inspection({self.path!r}, {found}, {count(self.problems)}, {counted(len(self.ledger), 'removal')})"

    def _repr_html_(self) -> str:
        from sinaparse.notebook import inspection_card

        return inspection_card(self)

    def __rich__(self) -> Tree:
        from sinaparse.trees import inspection_tree

        return inspection_tree(self)


def _portable(error: Exception | SystemExit) -> Exception | SystemExit:
    """An exception as it is if it can be pickled, which is up to whoever wrote it; else one that says the same."""
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 our own bytes
    except Exception:  # noqa: BLE001 pickle has no one word for no
        return SinaParseError(f"{type(error).__name__}: {error}")
    return error
