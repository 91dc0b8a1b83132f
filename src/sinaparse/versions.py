"""Which articles can be read back: the one place that knows versions of the schema.

An article says with ``schema_version`` how it is written. Within one version fields may be added, each with a default, and
none is changed or removed; so this release reads whatever an earlier or later one of the same version wrote. A version
that it does not know is refused, and nothing of it guessed.
"""

from __future__ import annotations

from typing import Any, Final

from sinaparse.problems import SinaParseError, excerpt

SCHEMA_VERSION: Final = "1"
"""What this release writes."""
READABLE: Final = (SCHEMA_VERSION,)
"""What it reads, the newest last; see ``docs/contract.md`` on how a version is added."""


class SchemaVersionError(SinaParseError):
    """An article that was written in a version of the schema which this release can't read.

    ``version`` is what the article says, ``readable`` has the versions that can be read. It is no ``ValidationError``, for
    the article may be as sound as can be.
    """

    def __init__(self, version: object, readable: tuple[str, ...] = READABLE) -> None:
        self.version = version
        self.readable = readable
        super().__init__(version, readable)

    def __str__(self) -> str:
        known = ", ".join(self.readable)
        what = f"this article has schema version {excerpt(repr(self.version))}; this release of sinaparse reads {known}"
        text = self.version if isinstance(self.version, str) else ""
        if text.isascii() and text.isdigit() and len(text) < 9 and int(text) > int(self.readable[-1]):
            return f"{what}. A later release wrote it: upgrade sinaparse"
        return f"{what}. No release wrote it: see where it comes from"


def check_version(version: Any) -> Any:
    """The version of an article that can be read. Raises :class:`SchemaVersionError` for all others."""
    if version not in READABLE:
        raise SchemaVersionError(version)
    return version
