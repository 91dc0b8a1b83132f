"""Finding one's way in an article: each block with the headings above it, texts, and sections by heading or number."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sinaparse.models import Article, Block, Section, Video, all_sections, block_texts
from sinaparse.problems import SinaParseError, nearest


class Place(NamedTuple):
    """A block and where it stands."""

    path: tuple[str, ...]
    """The headings above it, from the outermost: ``("一、总体要求", "（一）指导思想")``; empty before the first heading."""
    block: Block


class SectionError(SinaParseError, LookupError):
    """No section, or more than one, has the heading or number that was asked for."""


def walk(article: Article) -> Iterator[Place]:
    """All blocks in reading order, each with its path."""
    waiting: list[tuple[tuple[str, ...], Section]] = [((), section) for section in reversed(article.sections)]
    while waiting:
        path, section = waiting.pop()
        path = path if section.heading is None else (*path, section.heading)
        yield from (Place(path, block) for block in section.blocks)
        waiting.extend((path, inner) for inner in reversed(section.sections))


def find(article: Article, text: str) -> tuple[Place, ...]:
    """The blocks in which a text stands: in a paragraph, item, caption or cell, or in the title of a video."""
    return tuple(place for place in walk(article) if any(text in line for line in _texts(place.block)))


def _texts(block: Block) -> list[str]:
    return [block.title or ""] if isinstance(block, Video) else block_texts(block)


def find_section(article: Article, name: str) -> Section:
    """The section with a heading, or with what opens one, such as its number; see :meth:`Article.section`."""
    known = [section for section in all_sections(article) if section.heading is not None]
    found = [section for section in known if section.heading == name] or [
        section for section in known if _opens(section.heading or "", name)
    ]
    if len(found) == 1:
        return found[0]
    headings = [section.heading or "" for section in found or known]
    if found:
        raise SectionError(f"{len(found)} sections have {name!r}: {', '.join(map(repr, headings))}")
    there_are = f"there are {', '.join(map(repr, headings))}" if headings else "the article has no headings"
    raise SectionError(f"no section has {name!r}{nearest(name, headings)}; {there_are}")


def _opens(heading: str, name: str) -> bool:
    """Whether a heading begins with this, a whole word or number: ``二`` opens ``二、…`` and not ``二十、…``."""
    rest = heading[len(name) :]
    return bool(name) and heading.startswith(name) and not (name[-1].isalnum() and rest[:1].isalnum())
