r"""From bytes to text.

What is read, in this order:

1. UTF-8, with or without a byte order mark: the only encoding that the exporter writes;
2. UTF-16, known by its byte order mark, or by NULs at every other place of the head;
3. GB18030 (and with it GBK and GB2312), found by :mod:`bs4.dammit`.

Whatever the encoding, line ends become ``\n`` first, so that a line number is the one that editors show; then what can
stand in no HTML is replaced by U+FFFD: halves of surrogate pairs everywhere, control characters in the body, and character
references to either. Control
characters in the front matter stay for :mod:`sinaparse.export.repairs`, which has a problem of its own for them.
"""

from __future__ import annotations

import re

from sinaparse.export.hexo import find_fences
from sinaparse.limits import Limits
from sinaparse.problems import Problems

_BOM = "\ufeff"

# Bytes that valid UTF-8 without them needs no second look for: control characters, and CR for the line ends.
_ODD_BYTES = bytes(n for n in range(0x20) if n not in b"\t\n") + b"\x7f"

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")

# What HTML readers make these characters of, and no tree of lxml's takes: `&#1;` is as good as the character itself.
_REFERENCE = re.compile(
    r"&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01]|127|6553[45]|55(?:29[6-9]|[3-9]\d\d)|56\d{3}|57(?:[0-2]\d\d|3(?:[0-3]\d|4[0-3])))(?!\d)"
    r"|x0*(?:[0-8bcef]|1[\da-f]|7f|fff[ef]|d[89a-f][\da-f]{2})(?![\da-f]));?",
    re.ASCII | re.IGNORECASE,
)

_NO_CHARACTER = re.compile(f"{_CONTROL.pattern}|{_REFERENCE.pattern}", re.ASCII | re.IGNORECASE)

_UTF_16_MARKS = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_UTF_16_HEAD = 8
"""Bytes that are looked at for NULs: every file begins with four ASCII characters (line ends, dashes, ``title``)."""

_GB_CODECS = {"gb18030", "gbk", "gb2312"}


def decode(source: str | bytes, problems: Problems, limits: Limits) -> str | None:
    r"""The text of a file, with ``\n`` line ends and no byte order mark; None after a fatal problem was added.

    A ``str`` is read like the bytes of its UTF-8 form.
    """
    data = source.encode("utf-8", "surrogatepass") if isinstance(source, str) else source
    if len(data) > limits.source_bytes:
        problems.add("limit-source", size=len(data), limit=limits.source_bytes)
        return None
    text = _decode_clean(data)
    if text is None:
        text = _decode_odd(data, problems)
        if text is None:
            return None
    text = text.removeprefix(_BOM)
    if not text or text.isspace():
        problems.add("empty-source")
        return None
    return text


def _decode_clean(data: bytes) -> str | None:
    """The text of UTF-8 bytes in which nothing has to be replaced; None for all others."""
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return None
    # Deleting bytes and comparing lengths takes a fifth of the time of a regular expression over the text.
    if len(data.translate(None, _ODD_BYTES)) != len(data) or "\ufffe" in text or "\uffff" in text:
        return None
    return None if "&" in text and _REFERENCE.search(text) else text


def _decode_odd(data: bytes, problems: Problems) -> str | None:
    text = _decode_guessing(data, problems)
    if text is None:
        return None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _replace(text, 0, _SURROGATE, "lone-surrogate", problems)
    fences = find_fences(text)
    return _replace(text, (fences and fences.body) or 0, _NO_CHARACTER, "control-character", problems)


def _decode_guessing(data: bytes, problems: Problems) -> str | None:
    encoding = _utf_16(data) or "utf-8"
    try:
        text = data.decode(encoding, "surrogatepass")
    except UnicodeDecodeError as error:
        damaged = encoding != "utf-8" or _is_damaged_utf_8(data, error)
        found = None if damaged else _gb18030(data)
        if found is None:
            reason = f"byte 0x{data[error.start]:02X} at offset {error.start} fits nowhere"
            before = data[: error.start].decode(encoding, "replace").replace("\r\n", "\n").replace("\r", "\n")
            problems.add("unreadable-bytes", line=before.count("\n") + 1, reason=reason)
            return None
        text, encoding = found, "gb18030"
    if 4 * len(_CONTROL.findall(text.replace("\r", ""))) > len(text):
        problems.add("unreadable-bytes", reason="most of them are control characters")
        return None
    if encoding != "utf-8":
        problems.add("encoding-guessed", encoding=encoding.upper())
    return text


def _utf_16(data: bytes) -> str | None:
    for mark, encoding in _UTF_16_MARKS:
        if data.startswith(mark):
            return encoding
    head = data[:_UTF_16_HEAD]
    nuls = bytes(_UTF_16_HEAD // 2)
    if head[1::2] == nuls and 0 not in head[::2]:
        return "utf-16-le"
    if head[::2] == nuls and 0 not in head[1::2]:
        return "utf-16-be"
    return None


def _is_damaged_utf_8(data: bytes, error: UnicodeDecodeError) -> bool:
    """Whether bytes that are no UTF-8 once were.

    They were if they only end in the middle of a character, or if most of what is not ASCII is whole sequences of three
    or four bytes: nearly all of Chinese UTF-8 is, and nearly nothing of GB18030 looks like it.
    """
    if error.reason == "unexpected end of data":
        return True
    whole = sum(char >= "\u0800" for char in data.decode("utf-8", "ignore"))
    broken = data.decode("utf-8", "replace").count("\ufffd") - data.count("\ufffd".encode())
    return whole > broken


def _gb18030(data: bytes) -> str | None:
    from bs4.dammit import UnicodeDammit  # imported here since exports are UTF-8 and it takes its time

    # Latin-1 fits everything: without it dammit would end in a second round with replacement characters and log it.
    found = UnicodeDammit(data, ["gb18030"], user_encodings=["latin-1"])
    if found.original_encoding not in _GB_CODECS or found.unicode_markup is None:
        return None
    # Two bytes of a picture or an archive often make a Chinese character; text has no NULs and their kin between them.
    return None if _CONTROL.search(found.unicode_markup.replace("\r", "")) else found.unicode_markup


def _replace(text: str, start: int, pattern: re.Pattern[str], code: str, problems: Problems) -> str:
    """The text with U+FFFD for each match from ``start`` on, and one problem for all of them."""
    first = pattern.search(text, start)
    if first is None:
        return text
    at = first.start()
    tail, count = pattern.subn("\ufffd", text[at:])
    text = text[:at] + tail
    source = text[text.rfind("\n", 0, at) + 1 :].partition("\n")[0]
    problems.add(code, line=text.count("\n", 0, at) + 1, source=source, count=count)
    return text
