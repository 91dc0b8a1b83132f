"""Cleaners that fail in other ways than by an exception, in a module that worker processes can import."""

from __future__ import annotations

import os
import sys
import time

import sinaparse


@sinaparse.cleaner("dies")
def dies(body: sinaparse.Body) -> None:
    """Ends the interpreter over a certain word."""
    for node in body.select("p"):
        if "猝死" in (node.text or ""):
            os._exit(3)


@sinaparse.cleaner("hangs")
def hangs(body: sinaparse.Body) -> None:
    """Never comes back over a certain word."""
    for node in body.select("p"):
        while "卡住" in (node.text or ""):
            pass


@sinaparse.cleaner("quits")
def quits(body: sinaparse.Body) -> None:
    """Quits over a certain word."""
    for node in body.select("p"):
        if "退出" in (node.text or ""):
            sys.exit(7)


@sinaparse.cleaner("slow")
def slow(_body: sinaparse.Body) -> None:
    """Takes its time."""
    time.sleep(0.05)


def unpicklable() -> sinaparse.Pipeline:
    """A pipeline that gets lost on its way to another process."""
    raise ImportError("no module of that name over here")


class Lost(sinaparse.Pipeline):
    """Travels as a call that fails at the other end."""

    def __reduce__(self) -> tuple[object, tuple[()]]:
        return unpicklable, ()
