"""Cleaners over BeautifulSoup, for those who think in it."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from sinaparse.body import Body
from sinaparse.cleaners.pipeline import ANYWHERE, FunctionCleaner, cleaner

if TYPE_CHECKING:
    from bs4 import BeautifulSoup


def soup_cleaner(
    name: str, *, after: Mapping[str, str] = ANYWHERE
) -> Callable[[Callable[[BeautifulSoup], None]], FunctionCleaner]:
    """Make a cleaner of a function that takes a :class:`bs4.BeautifulSoup`.

    ::

        @sinaparse.soup_cleaner("drop-my-ad")
        def drop_my_ad(soup):
            for tag in soup.select("div.my-ad"):
                tag.decompose()

    What the function takes out or changes is recorded as a removal by this cleaner. It may take out, change, wrap, unwrap
    and put in; moving what is there raises :class:`~sinaparse.BodyError`. The soup holds what is inside ``<body>``.
    ``after`` is that of :func:`~sinaparse.cleaner`.
    """

    def decorate(function: Callable[[BeautifulSoup], None]) -> FunctionCleaner:
        @functools.wraps(function)  # by whose name it is pickled
        def clean(body: Body) -> None:
            from sinaparse.cleaners.mirror import Mirror  # needs bs4

            mirror = Mirror(body)
            function(mirror.soup)
            mirror.write_back()

        return cleaner(name, after=after)(clean)

    return decorate
