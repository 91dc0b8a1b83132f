"""The JSON Schemas of what sinaparse writes: committed files that ship with the package, one for each kind of object.

They are made from the models by ``python docs/generate.py``, and a test fails where they are not current; ``docs/contract.md``
says what may change in them, and when.
"""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

from sinaparse.problems import SinaParseError, nearest

SCHEMAS = ("article", "line", "refusal", "problem", "removal")
"""An article; a line that ``sinaparse parse`` writes for one; a line of its ``--errors``; what ``Inspection`` has in tuples."""


class UnknownSchemaError(SinaParseError, ValueError):
    """A name that is none of the schemas."""


def schema_text(name: str = "article") -> str:
    """A schema as JSON text. Raises :class:`UnknownSchemaError` for an unknown name."""
    if name not in SCHEMAS:
        raise UnknownSchemaError(
            f"there is no schema {name!r}{nearest(name, SCHEMAS)}; there are: {', '.join(SCHEMAS)}"
        )
    return (files(__name__) / f"{name}.json").read_text(encoding="utf-8")


def json_schema(name: str = "article") -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of what sinaparse writes.

    ``name`` is ``article`` (``Article.model_dump_json``), ``line`` (an article with its ``path``, as ``sinaparse parse`` writes
    it), ``refusal`` (a line of ``--errors``), ``problem`` or ``removal``. Raises ``ValueError`` for any other.
    """
    schema: dict[str, Any] = json.loads(schema_text(name))
    return schema
