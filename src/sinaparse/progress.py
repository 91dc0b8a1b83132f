"""A progress bar for long work in a notebook; the command has its own, on the terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator

from sinaparse.outcome import Outcome


def in_notebook() -> bool:
    """Whether this runs in a notebook that can show a bar: a Jupyter kernel with tqdm (extra ``notebook``)."""
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    if type(shell).__name__ != "ZMQInteractiveShell":
        return False
    from importlib.util import find_spec

    return find_spec("tqdm") is not None


def with_bar(outcomes: Iterator[Outcome], count: Callable[[], int | None]) -> Iterator[Outcome]:
    """The same outcomes, with a bar that goes away when all are read; ``count`` says how many they are, if that is known."""
    import warnings

    with warnings.catch_warnings():
        # Without ipywidgets tqdm shows a bar of text, and says so; there is nothing to do about it.
        warnings.simplefilter("ignore")
        from tqdm.auto import tqdm

    yield from tqdm(outcomes, total=count(), unit="file", leave=False)
