"""What a cleaner is, and the ordered, immutable sequence of them."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Protocol, runtime_checkable

from lxml import etree

from sinaparse.body import BLANKS, Body, Node
from sinaparse.problems import SinaParseError, nearest

COMMENT = "!--"
"""Stands for comments where tags are named."""


ANYWHERE: Mapping[str, str] = MappingProxyType({})
"""After no other cleaner in particular."""


@runtime_checkable
class Cleaner(Protocol):
    """Anything with a name that takes noise out of a body.

    One that needs others to have had their turn also has ``after``: a mapping of their names to the reasons. A pipeline that
    has both in another order is refused when it is made.
    """

    @property
    def name(self) -> str:
        """What it is called in a pipeline and in the record of removals."""
        ...

    def __call__(self, body: Body, /) -> None:
        """Take out of a body what should not be in the article."""
        ...


class PipelineError(SinaParseError, ValueError):
    """A pipeline that can't be made: an unknown or doubled name, a wrong order, or something that is no cleaner."""


@dataclass(frozen=True, slots=True)
class FunctionCleaner:
    """A cleaner made of a function over the whole body; see :func:`cleaner`."""

    name: str
    function: Callable[[Body], None]
    after: Mapping[str, str] = field(hash=False)

    def __call__(self, body: Body) -> None:
        """Clean a body."""
        self.function(body)

    @property
    def summary(self) -> str:
        """The first line of the function's docstring."""
        return (self.function.__doc__ or "").strip().partition("\n")[0]

    def __reduce__(self) -> tuple[Any, ...]:
        return _by_name(self)


@dataclass(frozen=True, slots=True)
class Where:
    """Which nodes a node cleaner is asked about: those of some tags and, where given, with one of some names."""

    tags: tuple[str, ...]
    classes: frozenset[str] = frozenset()
    class_parts: tuple[str, ...] = ()
    """Pieces of the class attribute."""
    ids: frozenset[str] = frozenset()
    id_prefixes: tuple[str, ...] = ()
    comment_prefixes: tuple[str, ...] = ()
    """How the text of a comment begins, white space apart."""
    begins: frozenset[str] = frozenset()
    """The first visible character: only nodes with one line of text that begins with one of these."""
    blank: bool = False
    """Only nodes in which nothing is left once the other cleaners are through: no text, no picture, no comment."""


@dataclass(frozen=True, slots=True)
class NodeCleaner:
    """A cleaner that judges one node at a time and says where it applies.

    Such cleaners share one pass over the tree, unless one is declared to come after another; those at the end of a pipeline
    are even asked while the tree is read.
    """

    name: str
    where: Where
    judge: Callable[[Body, Node], str | None]
    after: Mapping[str, str] = field(hash=False)

    def __call__(self, body: Body) -> None:
        """Clean a body, in a pass of its own."""
        Rules((self,)).apply(body)

    @property
    def summary(self) -> str:
        """The first line of the function's docstring."""
        return (self.judge.__doc__ or "").strip().partition("\n")[0]

    def __reduce__(self) -> tuple[Any, ...]:
        return _by_name(self)


def cleaner(name: str, *, after: Mapping[str, str] = ANYWHERE) -> Callable[[Callable[[Body], None]], FunctionCleaner]:
    """Make a cleaner of a function that takes a :class:`~sinaparse.body.Body`.

    ::

        @sinaparse.cleaner("drop-my-ad")
        def drop_my_ad(body):
            for node in body.select("div.my-ad"):
                body.remove(node, reason="advertisement")

    ``after`` names the cleaners that must have had their turn, and why: ``{"unpack": "the ad is in what it unpacks"}``.
    """

    def decorate(function: Callable[[Body], None]) -> FunctionCleaner:
        return FunctionCleaner(name, function, MappingProxyType(dict(after)))

    return decorate


def node_cleaner(
    name: str,
    *tags: str,
    classes: Iterable[str] = (),
    class_parts: Iterable[str] = (),
    ids: Iterable[str] = (),
    id_prefixes: Iterable[str] = (),
    comment_prefixes: Iterable[str] = (),
    begins: Iterable[str] = (),
    blank: bool = False,
    after: Mapping[str, str] = ANYWHERE,
) -> Callable[[Callable[[Body, Node], str | None]], NodeCleaner]:
    """Make a cleaner of a function that judges one node, and say which nodes it is asked about.

    ::

        @sinaparse.node_cleaner("drop-my-ad", "div", classes={"my-ad"})
        def drop_my_ad(body, node):
            return "advertisement"

    What the function returns is the reason for which the node is removed; None leaves it. It must not change the body.
    ``tags`` are names of elements, or :data:`COMMENT`. With ``classes``, ``class_parts``, ``ids``, ``id_prefixes`` or
    ``comment_prefixes`` it is asked only about nodes that have one of these; with ``begins`` only about single lines of text
    that begin with one of these characters; with ``blank`` only about nodes in which nothing is left. ``after`` is that of
    :func:`cleaner`. This is the fast way to write a cleaner.
    """
    where = Where(
        tags=tags,
        classes=frozenset(classes),
        class_parts=tuple(class_parts),
        ids=frozenset(ids),
        id_prefixes=tuple(id_prefixes),
        comment_prefixes=tuple(comment_prefixes),
        begins=frozenset(begins),
        blank=blank,
    )

    def decorate(function: Callable[[Body, Node], str | None]) -> NodeCleaner:
        return NodeCleaner(name, where, function, MappingProxyType(dict(after)))

    return decorate


def _by_name(made: FunctionCleaner | NodeCleaner) -> tuple[Any, ...]:
    """Pickle a decorated function by its qualified name, which then stands for the cleaner."""
    function = made.function if isinstance(made, FunctionCleaner) else made.judge
    name = function.__qualname__
    if "<" in name:
        message = (
            f"cleaner {made.name!r} is made of {name}, which other processes can't find; "
            "define the function at the top of a module to use it with workers"
        )
        raise PipelineError(message)
    return _find, (function.__module__, name)


def _find(module: str, name: str) -> Any:
    found: Any = importlib.import_module(module)
    for part in name.split("."):
        found = getattr(found, part)
    return found


Judge = tuple[str, Callable[[Body, Node], "str | None"]]
"""A cleaner's name and its function."""


class Rules:
    """Node cleaners by what they apply to, so that one look at a node finds those to ask."""

    def __init__(self, cleaners: Iterable[NodeCleaner] = ()) -> None:
        self.tags: dict[Any, TagRules] = {}
        for item in cleaners:
            for tag in item.where.tags:
                self.tags.setdefault(etree.Comment if tag == COMMENT else tag, TagRules()).add(item)
        self.comments = self.tags.get(etree.Comment)
        self.elements = {tag: rules for tag, rules in self.tags.items() if tag is not etree.Comment}

    def apply(self, body: Body) -> None:
        """Remove all nodes that a rule is against; blank ones last, and inner ones first, for they may empty outer ones."""
        nodes = list(body.root.iter(*self.tags)) if self.tags else []
        for node in nodes:
            rules = self.tags[node.tag]
            verdict = rules.verdict(body, node)
            if verdict is None and rules.firsts:
                verdict = rules.text_verdict(body, node, body.text(node).lstrip(BLANKS)[:1])
            if verdict and body.has(node):
                body.turn = verdict[0]
                body.remove(node, reason=verdict[1])
        for node in reversed(nodes):
            rules = self.tags[node.tag]
            if rules.blank and body.has(node) and body.is_blank(node) and (verdict := rules.blank_verdict(body, node)):
                body.turn = verdict[0]
                body.remove(node, reason=verdict[1])


Verdict = tuple[str, str]
"""The name of a cleaner that is against a node, and its reason."""


def _ask(judges: Iterable[Judge], body: Body, node: Node) -> Verdict | None:
    for cleaner, judge in judges:
        if reason := judge(body, node):
            return cleaner, reason
    return None


class TagRules:
    """The node cleaners of one tag."""

    __slots__ = (
        "_begins",
        "_class_parts",
        "_classes",
        "_comments",
        "_id_prefixes",
        "_ids",
        "_rest",
        "blank",
        "early",
        "firsts",
        "late",
    )

    def __init__(self) -> None:
        self.blank: list[Judge] = []
        self.firsts: frozenset[str] = frozenset()
        """First characters of the lines that a cleaner is asked about."""
        self.early = False
        """Whether any cleaner is to be asked before a node is read."""
        self.late = False
        """Whether any cleaner is to be asked after a node has been read."""
        self._begins: list[tuple[frozenset[str], Judge]] = []
        self._rest: list[Judge] = []
        self._classes: dict[str, list[Judge]] = {}
        self._class_parts: list[tuple[str, Judge]] = []
        self._ids: dict[str, list[Judge]] = {}
        self._id_prefixes: list[tuple[tuple[str, ...], Judge]] = []
        self._comments: list[tuple[tuple[str, ...], Judge]] = []

    def add(self, item: NodeCleaner) -> None:
        """Take in one more cleaner."""
        where, judge = item.where, (item.name, item.judge)
        for name in where.classes:
            self._classes.setdefault(name, []).append(judge)
        self._class_parts += ((part, judge) for part in where.class_parts)
        for name in where.ids:
            self._ids.setdefault(name, []).append(judge)
        if where.id_prefixes:
            self._id_prefixes.append((where.id_prefixes, judge))
        if where.comment_prefixes:
            self._comments.append((where.comment_prefixes, judge))
        if where.blank:
            self.blank.append(judge)
        if where.begins:
            self._begins.append((where.begins, judge))
            self.firsts |= where.begins
        late = where.blank or bool(where.begins)
        self.late = self.late or late
        self.early = self.early or not late
        if where == Where(where.tags):
            self._rest.append(judge)

    def verdict(self, body: Body, node: Node) -> Verdict | None:
        """The first cleaner that is against a node, before it is read."""
        return _ask(self._asked(node), body, node)

    def blank_verdict(self, body: Body, node: Node) -> Verdict | None:
        """The same for a node in which nothing is left."""
        return _ask(self.blank, body, node)

    def text_verdict(self, body: Body, node: Node, first: str) -> Verdict | None:
        """The same for a node that holds one line of text, by the line's first character."""
        return _ask((judge for begins, judge in self._begins if first in begins), body, node)

    def comment_verdict(self, body: Body, node: Node, text: str) -> Verdict | None:
        """The same for a comment whose text is known, white space before it apart."""
        for prefixes, (cleaner, judge) in self._comments:
            if text.startswith(prefixes) and (reason := judge(body, node)):
                return cleaner, reason
        return _ask(self._rest, body, node)

    def _asked(self, node: Node) -> list[Judge]:
        asked = self._rest
        if self._comments:
            text = (node.text or "").lstrip()
            asked = [*asked, *(judge for prefixes, judge in self._comments if text.startswith(prefixes))]
        if (self._classes or self._class_parts) and (names := node.get("class")):
            for name in names.split():
                if name in self._classes:
                    asked = asked + self._classes[name]
            for part, judge in self._class_parts:
                if part in names:
                    asked = [*asked, judge]
        if (self._ids or self._id_prefixes) and (identity := node.get("id")):
            if identity in self._ids:
                asked = asked + self._ids[identity]
            for prefixes, judge in self._id_prefixes:
                if identity.startswith(prefixes):
                    asked = [*asked, judge]
        return asked


Step = Cleaner | list[NodeCleaner]
"""A cleaner that goes over the body by itself, or node cleaners that share a pass."""


def _steps(cleaners: Iterable[Cleaner]) -> tuple[list[Step], list[NodeCleaner]]:
    """The steps of a pipeline, and the node cleaners that are left at its end.

    Node cleaners side by side share a pass, but for those that must come after one in it.
    """
    steps: list[Step] = []
    for item in cleaners:
        if not isinstance(item, NodeCleaner):
            steps.append(item)
            continue
        shared = steps[-1] if steps else None
        if isinstance(shared, list) and not any(other.name in item.after for other in shared):
            shared.append(item)
        else:
            steps.append([item])
    if steps and isinstance(last := steps[-1], list):
        return steps[:-1], last
    return steps, []


def _check(cleaners: Iterable[Cleaner]) -> None:
    """Refuse what is no cleaner, names that stand twice, and an order that a cleaner is declared against."""
    waited_for: dict[str, tuple[str, str]] = {}
    names: set[str] = set()
    for item in cleaners:
        given: Any = item
        named = callable(given) and isinstance(getattr(given, "name", None), str)
        if isinstance(given, type) or not named:
            raise PipelineError(f"{item!r} is no cleaner: it needs a name and must be callable; see sinaparse.cleaner")
        if item.name in names:
            raise PipelineError(f"there are two cleaners named {item.name!r}")
        if item.name in waited_for:
            early, reason = waited_for[item.name]
            raise PipelineError(f"the cleaner {early!r} must come after {item.name!r}: {reason}")
        names.add(item.name)
        after: Any = getattr(given, "after", ANYWHERE)
        if not isinstance(after, Mapping):
            raise PipelineError(f"{item.name!r}: after must be a mapping of cleaners' names to reasons, not {after!r}")
        waited_for.update((name, (item.name, reason)) for name, reason in after.items())


class Pipeline:
    """An immutable, ordered sequence of cleaners with distinct names.

    Every method that changes something gives a new pipeline. Raises :class:`PipelineError` for unknown or doubled names,
    for what is no cleaner, and for a cleaner that stands before one that it must come after.
    """

    __slots__ = ("_cleaners", "_rules", "_steps")

    def __init__(self, cleaners: Iterable[Cleaner] = ()) -> None:
        self._cleaners = tuple(cleaners)
        _check(self._cleaners)
        steps, last = _steps(self._cleaners)
        self._steps = [Rules(step) if isinstance(step, list) else step for step in steps]
        # What was not blank in its turn may be so when all are through, so those that want blank nodes are asked again.
        blank = [item for step in steps if isinstance(step, list) for item in step if item.where.blank]
        self._rules = Rules((*blank, *last))

    def __reduce__(self) -> tuple[Any, ...]:
        return Pipeline, (self._cleaners,)

    @property
    def names(self) -> tuple[str, ...]:
        """The names, in order."""
        return tuple(item.name for item in self._cleaners)

    def then(self, *cleaners: Cleaner) -> Pipeline:
        """With these after all others."""
        return Pipeline((*self._cleaners, *cleaners))

    def before(self, name: str, *cleaners: Cleaner) -> Pipeline:
        """With these right before the one that is named."""
        place = self._place(name)
        return Pipeline((*self._cleaners[:place], *cleaners, *self._cleaners[place:]))

    def after(self, name: str, *cleaners: Cleaner) -> Pipeline:
        """With these right after the one that is named."""
        place = self._place(name) + 1
        return Pipeline((*self._cleaners[:place], *cleaners, *self._cleaners[place:]))

    def replace(self, name: str, cleaner: Cleaner) -> Pipeline:
        """With this one in the place of the one that is named."""
        place = self._place(name)
        return Pipeline((*self._cleaners[:place], cleaner, *self._cleaners[place + 1 :]))

    def without(self, *names: str) -> Pipeline:
        """Without those that are named."""
        places = set(map(self._place, names))
        return Pipeline(item for place, item in enumerate(self._cleaners) if place not in places)

    def only(self, *names: str) -> Pipeline:
        """Those that are named and no others, in this pipeline's order."""
        places = set(map(self._place, names))
        return Pipeline(item for place, item in enumerate(self._cleaners) if place in places)

    def __call__(self, body: Body) -> None:
        """Run all cleaners, in order."""
        self.begin(body).apply(body)

    def begin(self, body: Body) -> Rules:
        """Run all but the node cleaners at the end, and give those: the reader asks them as it goes.

        That spares the usual pipeline a pass over the tree and every change of it.
        """
        for step in self._steps:
            if isinstance(step, Rules):
                step.apply(body)
            else:
                body.turn = step.name
                step(body)
        return self._rules

    def _place(self, name: str) -> int:
        names = self.names
        if name not in names:
            message = f"there is no cleaner {name!r}{nearest(name, names)}; there are: {', '.join(names) or 'none'}"
            raise PipelineError(message)
        return names.index(name)

    def __iter__(self) -> Iterator[Cleaner]:
        return iter(self._cleaners)

    def __len__(self) -> int:
        return len(self._cleaners)

    def __contains__(self, name: object) -> bool:
        return name in self.names or name in self._cleaners

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Pipeline) and self._cleaners == other._cleaners

    def __hash__(self) -> int:
        return hash(self._cleaners)

    def __repr__(self) -> str:
        return f"Pipeline({', '.join(self.names)})"
