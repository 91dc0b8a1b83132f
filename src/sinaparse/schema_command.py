"""The command ``sinaparse schema [NAME]``: the JSON Schema of what the other commands write."""

from __future__ import annotations

from typing import Annotated

import typer

from sinaparse.schema import SCHEMAS, UnknownSchemaError, schema_text
from sinaparse.terminal import failure, orderly


def schema(
    name: Annotated[str, typer.Argument(metavar="NAME", help=f"One of: {', '.join(SCHEMAS)}.")] = "article",
) -> None:
    """Print the JSON Schema of an article, or of another kind of object that is written."""
    try:
        text = schema_text(name)
    except UnknownSchemaError as error:
        raise failure(str(error)) from None
    with orderly():
        print(text, end="")
