"""What a cleaner is, and the ordered, immutable sequence of them."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol, cast, runtime_checkable

from lxml import etree

from sinaparse.body import Body, Node
from sinaparse.problems import SinaParseError, nearest

COMMENT = "!--"
"""Stands for comments where tags are named."""


@runtime_checkable
class Cleaner(Protocol):
    """Anything with a name that takes noise out of a body."""

    @property
    def name(self) -> str: ...

    def __call__(self, body: Body, /) -> None: ...


class PipelineError(SinaParseError, ValueError):
    """A pipeline that can't be made: an unknown or doubled name, or something that is no cleaner."""


@dataclass(frozen=True, slots=True)
class FunctionCleaner:
    """A cleaner made of a function over the whole body; see :func:`cleaner`."""

    name: str
    function: Callable[[Body], None]

    def __call__(self, body: Body) -> None:
        self.function(body)

    @property
    def summary(self) -> str:
        """The first line of the function's docstring."""
        return (self.function.__doc__ or "").strip().partition("\n")[0]

    def __reduce__(self) -> tuple[Any, ...] | str:
        return _by_name(self)


@dataclass(frozen=True, slots=True)
class Where:
    """Which nodes a node cleaner is called for: of these tags and, where given, with one of these classes or ids."""

    tags: tuple[str, ...]
    classes: frozenset[str] = frozenset()
    ids: frozenset[str] = frozenset()
    id_prefixes: tuple[str, ...] = ()

    @property
    def named(self) -> bool:
        """Whether only nodes with certain names are meant."""
        return bool(self.classes or self.ids or self.id_prefixes)


@dataclass(frozen=True, slots=True)
class NodeCleaner:
    """A cleaner that says where it applies: the nodes of several such cleaners are found in one pass over the tree."""

    name: str
    where: Where
    visit: Callable[[Body, Node], None]

    def __call__(self, body: Body) -> None:
        _Switch((self,)).run(body)

    @property
    def summary(self) -> str:
        """The first line of the function's docstring."""
        return (self.visit.__doc__ or "").strip().partition("\n")[0]

    def __reduce__(self) -> tuple[Any, ...] | str:
        return _by_name(self)


def cleaner(name: str) -> Callable[[Callable[[Body], None]], FunctionCleaner]:
    """Make a cleaner of a function that takes a :class:`~sinaparse.body.Body`::

        @sinaparse.cleaner("drop-my-ad")
        def drop_my_ad(body):
            for node in body.select("div.my-ad"):
                body.remove(node, reason="advertisement")
    """

    def decorate(function: Callable[[Body], None]) -> FunctionCleaner:
        return FunctionCleaner(name, function)

    return decorate


def node_cleaner(
    name: str,
    *tags: str,
    classes: Iterable[str] = (),
    ids: Iterable[str] = (),
    id_prefixes: Iterable[str] = (),
) -> Callable[[Callable[[Body, Node], None]], NodeCleaner]:
    """Make a cleaner of a function that takes a body and one node, and say for which nodes it is called.

    ``tags`` are names of elements, or :data:`COMMENT`. With ``classes``, ``ids`` or ``id_prefixes`` only elements that have
    one of these are visited. This is the fast way: all such cleaners that follow each other share one pass.
    """
    where = Where(tags, frozenset(classes), frozenset(ids), tuple(id_prefixes))

    def decorate(function: Callable[[Body, Node], None]) -> NodeCleaner:
        return NodeCleaner(name, where, function)

    return decorate


def _by_name(made: FunctionCleaner | NodeCleaner) -> str:
    """Pickle a decorated function by its qualified name, which then stands for the cleaner."""
    function = made.function if isinstance(made, FunctionCleaner) else made.visit
    name = function.__qualname__
    if "<" in name:
        message = (
            f"cleaner {made.name!r} is made of {name}, which other processes can't find; "
            "define the function at the top of a module to use it with workers"
        )
        raise PipelineError(message)
    return name


class _Switch:
    """Node cleaners by what they apply to, so that one look at a node finds those that want it."""

    def __init__(self, cleaners: Iterable[NodeCleaner]) -> None:
        self.tags: dict[Any, _Tag] = {}
        for item in cleaners:
            for tag in item.where.tags:
                self.tags.setdefault(etree.Comment if tag == COMMENT else tag, _Tag()).add(item)

    def run(self, body: Body) -> None:
        """Visit all nodes, inner ones before those around them, so that a node is seen as the others left it."""
        for node in reversed(list(body.root.iter(*self.tags))):
            tag = self.tags[node.tag]
            wanted = tag.always
            if tag.names and (found := tag.named(node)):
                wanted = wanted + found
            for name, visit in wanted:
                body.turn = name
                visit(body, node)


class _Tag:
    """The node cleaners of one tag: those that want every node, and those that want some by name."""

    def __init__(self) -> None:
        self.always: list[tuple[str, Any]] = []
        self.names = False
        self._classes: dict[str, list[tuple[str, Any]]] = {}
        self._ids: dict[str, list[tuple[str, Any]]] = {}
        self._prefixes: list[tuple[str, list[tuple[str, Any]]]] = []

    def add(self, item: NodeCleaner) -> None:
        """Take in one more cleaner."""
        entry = (item.name, item.visit)
        if not item.where.named:
            self.always.append(entry)
            return
        self.names = True
        for name in item.where.classes:
            self._classes.setdefault(name, []).append(entry)
        for name in item.where.ids:
            self._ids.setdefault(name, []).append(entry)
        self._prefixes += ((prefix, [entry]) for prefix in item.where.id_prefixes)

    def named(self, node: Node) -> list[tuple[str, Any]]:
        """The cleaners that want a node for its names."""
        found: list[tuple[str, Any]] = []
        if names := node.get("class"):
            for name in names.split():
                found += self._classes.get(name, ())
        if name := node.get("id"):
            found += self._ids.get(name, ())
            for prefix, entries in self._prefixes:
                if name.startswith(prefix):
                    found += entries
        return found


def _steps(cleaners: Iterable[Cleaner]) -> Iterator[Cleaner | _Switch]:
    """What to run: node cleaners that follow each other share one pass over the tree."""
    for together, group in itertools.groupby(cleaners, lambda item: isinstance(item, NodeCleaner)):
        if together:
            yield _Switch(cast("Iterable[NodeCleaner]", group))
        else:
            yield from group


class Pipeline:
    """An immutable, ordered sequence of cleaners with distinct names.

    Every method that changes something gives a new pipeline. Raises :class:`PipelineError` for unknown or doubled names
    and for what is no cleaner.
    """

    __slots__ = ("_cleaners", "_steps")

    def __init__(self, cleaners: Iterable[Cleaner] = ()) -> None:
        self._cleaners = tuple(cleaners)
        names: set[str] = set()
        for item in self._cleaners:
            if not (callable(item) and isinstance(getattr(item, "name", None), str)):
                message = f"{item!r} is no cleaner: it needs a name and must be callable; see sinaparse.cleaner"
                raise PipelineError(message)
            if item.name in names:
                message = f"there are two cleaners named {item.name!r}"
                raise PipelineError(message)
            names.add(item.name)
        self._steps = tuple(_steps(self._cleaners))

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
        for step in self._steps:
            if isinstance(step, _Switch):
                step.run(body)
            else:
                body.turn = step.name
                step(body)

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
