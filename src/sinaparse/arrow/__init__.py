"""Articles as Arrow tables, and back. Needs pyarrow: the extra ``arrow``."""

from __future__ import annotations

try:
    import pyarrow  # noqa: F401, ICN001 only to see whether it is there
except ModuleNotFoundError as error:
    raise ModuleNotFoundError(
        'sinaparse.arrow needs the package pyarrow: pip install "sinaparse[arrow]"', name=error.name
    ) from None

from sinaparse.arrow.convert import read_article, to_arrow, to_batches, to_pandas
from sinaparse.arrow.engines import parse_batches
from sinaparse.arrow.schemas import PARSED_SCHEMA, SCHEMAS

__all__ = ["PARSED_SCHEMA", "SCHEMAS", "parse_batches", "read_article", "to_arrow", "to_batches", "to_pandas"]
