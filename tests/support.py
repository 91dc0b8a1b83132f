"""What several test modules share."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple


class Result(NamedTuple):
    """What a run of the command ended with."""

    code: int | str | None
    out: bytes
    err: str

    @property
    def text(self) -> str:
        return self.out.decode()


Run = Callable[..., Result]
"""Runs the command in this process: the fixture `run`."""


def front_matter(title: str, *categories: str) -> str:
    """Front matter between its fences, valid in everything, with 新浪财经 among the categories unless others are given."""
    names = "".join(f" - {name}\n" for name in categories or ("金融", "新浪财经"))
    return (
        f"---\ntitle: '{title}'\ncategories:\n{names}headimg: ''\nauthor: 新浪财经\ncomments: false\n"
        "date: Thu, 17 Feb 2022 03:15:53 GMT\nthumbnail: ''\n---\n"
    )
