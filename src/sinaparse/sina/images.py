"""Addresses of Sina's image hosts.

Grammar, from real exports (2015 to 2022)::

    address   = scheme "n.sinaimg.cn/" bucket "/" [shard "/"] [size "/"] date "/" name
    thumbnail = scheme "k.sinaimg.cn/n/" path "/" size quality ".jpg"
    size      = "w" digits "h" digits          pixels; missing before about 2017
    date      = 8 digits                       the day of storage

The exporter may put its own proxy before an address: ``https://cors.zfour.workers.dev/?http://…``.
"""

import datetime as dt
import re
from typing import NamedTuple

PROXY = "https://cors.zfour.workers.dev/?"

_SIZE = re.compile(r"/w(\d{1,5})h(\d{1,5})(?=[/q.])")
_DATE = re.compile(r"/((?:19|20)\d\d)(\d\d)(\d\d)/")
_HOST = "sinaimg.cn/"


class Facts(NamedTuple):
    """What an address says about its image; sizes in pixels."""

    width: int | None = None
    height: int | None = None
    date: dt.date | None = None


def unwrap(url: str) -> str:
    """The address without the exporter's proxy."""
    return url.removeprefix(PROXY)


def facts(url: str) -> Facts:
    """Size and date from an address of Sina's; nothing from others.

    >>> facts("https://n.sinaimg.cn/spider20220104/33/w640h993/20220104/ebe5-5617.jpg")
    Facts(width=640, height=993, date=datetime.date(2022, 1, 4))
    """
    if _HOST not in url:
        return Facts()
    width = height = date = None
    sizes = _SIZE.findall(url)
    if sizes:
        width, height = int(sizes[-1][0]), int(sizes[-1][1])
    if day := _DATE.search(url):
        try:
            date = dt.date(int(day[1]), int(day[2]), int(day[3]))
        except ValueError:
            date = None
    return Facts(width, height, date)
