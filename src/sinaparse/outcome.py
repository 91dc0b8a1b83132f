"""What came of one file, as it travels between processes and to the places where it is written."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property

from pydantic import TypeAdapter

from sinaparse.body import Removal
from sinaparse.inputs import Task, load
from sinaparse.models import Article
from sinaparse.parser import Parser
from sinaparse.problems import Problem, ProblemList, count, problem

_ARTICLE = TypeAdapter(Article)
_PROBLEMS = TypeAdapter(tuple[Problem, ...])
_REMOVALS = TypeAdapter(tuple[Removal, ...])


@dataclass(frozen=True, repr=False)
class Outcome:
    """What came of one file: an article, or the problems because of which there is none."""

    path: str
    """As given, with ``/``; bytes that are no text stand escaped (``\\xff``); ``-`` is standard input."""
    digest: str
    """SHA-256 of the source bytes in hex; empty if the file could not be read."""
    json: bytes | None
    """The article in JSON, or None if the file was refused."""
    problems_json: bytes = b"[]"
    removals_json: bytes = b"[]"

    @cached_property
    def article(self) -> Article | None:
        """The article, or None if the file was refused."""
        return None if self.json is None else _ARTICLE.validate_json(self.json)

    @cached_property
    def problems(self) -> ProblemList:
        """All problems, warnings included."""
        return ProblemList(_PROBLEMS.validate_json(self.problems_json))

    @cached_property
    def removals(self) -> tuple[Removal, ...]:
        """What cleaners took out."""
        return _REMOVALS.validate_json(self.removals_json)

    def line(self) -> bytes:
        """The article as one JSON line without the line end: its own object with one more key, ``path``, in front.

        Raises ``ValueError`` if there is no article.
        """
        if self.json is None:
            raise ValueError(f"{self.path} was refused: there is no article to write")
        return b'{"path":' + json.dumps(self.path, ensure_ascii=False).encode() + b"," + self.json[1:]

    def warnings(self) -> list[str]:
        """The codes of the warnings; quicker than by ``problems``, for runs that only count them."""
        if self.problems_json == b"[]":
            return []
        return [item["code"] for item in json.loads(self.problems_json) if item["severity"] == "warning"]

    def fields(self) -> tuple[str, str, bytes | None, bytes, bytes]:
        """The arguments that make an equal one: what travels between processes, without what was decoded of it."""
        return self.path, self.digest, self.json, self.problems_json, self.removals_json

    @property
    def size(self) -> int:
        """Bytes of JSON that it holds."""
        return len(self.json or b"") + len(self.problems_json) + len(self.removals_json)

    def __repr__(self) -> str:
        return f"Outcome({self.path!r}, {'refused' if self.json is None else 'parsed'}, {count(self.problems)})"

    def _repr_html_(self) -> str:
        from sinaparse.notebook import outcome_card

        return outcome_card(self)


def digest_of(source: bytes | Problem) -> str:
    """The digest in the outcome of a file, by its bytes or why there are none."""
    return hashlib.sha256(source).hexdigest() if isinstance(source, bytes) else ""


def outcome_of(parser: Parser, task: Task) -> Outcome:
    """Read and parse one file."""
    path, source = task.name, load(task, parser.limits.source_bytes)
    if not isinstance(source, bytes):
        return unparsed(path, source)
    digest = digest_of(source)
    try:
        inspection = parser.inspect(source, path)
    except Exception as error:  # noqa: BLE001 no file may stop a run, not even by a fault of ours
        return unparsed(path, problem("parser-failed", "error", error=f"{type(error).__name__}: {error}"), digest)
    return Outcome(
        path=path,
        digest=digest,
        json=None if inspection.article is None else _ARTICLE.dump_json(inspection.article),
        problems_json=_PROBLEMS.dump_json(inspection.problems),
        removals_json=_REMOVALS.dump_json(inspection.removals),
    )


def unparsed(path: str, found: Problem, digest: str = "") -> Outcome:
    """The outcome of a file that no parser saw, or that none could finish."""
    return Outcome(path, digest, None, _PROBLEMS.dump_json((found,)))
