"""What ``rich.print`` shows: an article as a tree of its sections and blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text
from rich.tree import Tree

from sinaparse.describe import times
from sinaparse.models import Article, Section
from sinaparse.problems import count
from sinaparse.render.shared import under_title, writable

if TYPE_CHECKING:
    from sinaparse.inspection import Inspection

_STYLES = {"error": "red", "warning": "yellow", "info": "dim"}


def _label(words: str, style: str = "") -> Text:
    # As a `Text`, in which nothing is mark-up.
    return Text(writable(words), style=style, overflow="ellipsis", no_wrap=True)


def article_tree(article: Article) -> Tree:
    """Title and what stands under it, then the sections."""
    tree = Tree(_label(article.title or "(no title)", "bold"))
    if words := " · ".join(under_title(article)):
        tree.add(_label(words, "dim"))
    _add(tree, article.sections)
    return tree


def section_tree(section: Section) -> Tree:
    """A section with those in it."""
    tree = Tree(_label(section.heading or "(before the first heading)", "bold"))
    for block in section.blocks:
        tree.add(_label(repr(block)))
    _add(tree, section.sections)
    return tree


def _add(tree: Tree, sections: tuple[Section, ...]) -> None:
    for section in sections:
        tree.children.append(section_tree(section))


def inspection_tree(inspection: Inspection) -> Tree:
    """The verdict, problems and removals, and the article."""
    verdict = "refused" if inspection.article is None else "accepted"
    tree = Tree(_label(f"{inspection.path or '<source>'}: {verdict}, {count(inspection.problems)}", "bold"))
    for problem in inspection.problems:
        tree.add(_label(str(problem), _STYLES[problem.severity]))
    shown = [item for item in inspection.removals if item.visible or item.media]
    if words := times(len(shown), "removal"):
        branch = tree.add(_label(words))
        for item in shown:
            branch.add(_label(f"{item.line or ''} {item.cleaner}: {item.text[:60]}".strip(), "dim"))
    if inspection.article is not None:
        tree.children.append(article_tree(inspection.article))
    return tree
