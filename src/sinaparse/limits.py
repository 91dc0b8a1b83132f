"""How large an export may be before the parser refuses it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on one export; crossing one is a ``limit-…`` problem, an error in both modes.

    The largest real file known has 211 KB, so the defaults leave room for twenty times that and still keep
    libyaml and libxml2 away from input on which they crash or need quadratic time.
    """

    source_bytes: int = 4 * 1024 * 1024
    """Size of a file in bytes (for a ``str``: of its UTF-8 form)."""
    front_matter_bytes: int = 64 * 1024
    """Size of the front matter in bytes of UTF-8."""
    front_matter_depth: int = 50
    """Nesting of YAML collections; libyaml overflows its stack at some ten thousand levels, or refuses more than 1,000
    (as PyYAML 6.0.4 ships it)."""
    nodes: int = 50_000
    """Number of ``<`` in the body: an upper bound on its elements and comments, counted before the tree is built."""
    depth: int = 200
    """Nesting of elements in the body."""
    start_tag_chars: int = 4 * 1024
    """Length of one start tag; libxml2 compares every attribute of a tag with every other."""
    table_cells: int = 1_000_000
    """Cells of one table after its spans are filled."""
