"""How large an export may be before the parser refuses it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on one export; crossing one is a ``limit-…`` problem, an error in both modes, that names the figure and the setting.

    They keep libyaml and libxml2 away from input on which they crash or need quadratic time, and what is made of a file in
    proportion to the file. The defaults leave room for at least ten times the largest real export known (211 KB), and under
    them no file takes more than 5 seconds and 400 MB; ``docs/trust.md`` has the figures.
    """

    source_bytes: int = 4 * 1024 * 1024
    """Size of a file in bytes (for a ``str``: of its UTF-8 form); all else grows with it."""
    front_matter_bytes: int = 64 * 1024
    """Size of the front matter in bytes of UTF-8, and of what its aliases stand for, in characters: nine lines of YAML can say
    a billion things."""
    front_matter_depth: int = 50
    """Nesting of YAML collections, aliases written out; libyaml overflows its stack at some ten thousand levels, or refuses
    more than 1,000 (as PyYAML 6.0.4 ships it)."""
    nodes: int = 50_000
    """Number of ``<`` in the body: an upper bound on its elements and comments, counted before the tree is built, since a tree
    takes some hundred times the memory of its tags."""
    depth: int = 200
    """Nesting of elements in the body: the reader calls itself for each level, and Python's stack is finite."""
    start_tag_chars: int = 4 * 1024
    """Length of one start tag and so of each attribute; libxml2 compares every attribute of a tag with every other."""
    comment_chars: int = 256 * 1024
    """Length of one comment: the CMS hides whole advertisements in them, pictures included, but no articles."""
    table_cells: int = 200_000
    """Cells of all tables after their spans are filled: two attributes of ten characters can ask for a billion."""
    videos: int = 1_000
    """Videos that comments tell of: three characters of JSON make one."""
    problems: int = 1_000
    """Problems that are kept; a file with more is no export, and nobody reads on."""
