"""JSON lines, plain and compressed: the articles one a line, and the refused files with their problems.

Compressed files have one gzip member for each batch. Any gzip reader takes them for one stream, and they can be cut back
to the end of a member, as plain ones to the end of a line.
"""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Sequence
from contextlib import suppress
from typing import BinaryIO

from pydantic import JsonValue

from sinaparse.outcome import Outcome
from sinaparse.sinks import SinkError

LEVEL = 3
"""Of compression: on real articles four times as fast as the default level 6, and 22 % of the size instead of 20 %."""


class LineSink:
    """A file of JSON lines: one article a line. Refused files are left out."""

    def __init__(self, draft: str, mark: JsonValue = None) -> None:
        self._file = open(draft, "wb" if mark is None else "r+b")  # noqa: SIM115 open as long as the sink
        if mark is not None:
            if not isinstance(mark, int) or os.path.getsize(draft) < mark:
                self._file.close()
                raise SinkError(f"{draft} is shorter than it was at its last mark")
            self._file.truncate(mark)
            self._file.seek(mark)

    @staticmethod
    def encode(outcomes: Sequence[Outcome]) -> bytes:
        """The bytes of one batch."""
        return b"".join(outcome.line() + b"\n" for outcome in outcomes if outcome.json is not None)

    def write(self, outcomes: Sequence[Outcome]) -> None:
        """Add a batch at the end."""
        self._file.write(self.encode(outcomes))

    def commit(self) -> int:
        """Flush to the disk; the mark is the size of the file."""
        self._file.flush()
        os.fsync(self._file.fileno())
        return self._file.tell()

    def finish(self) -> None:
        """All is there when it is committed."""
        self.commit()
        self._file.close()

    def close(self) -> None:
        """Close the file, whatever is left to flush."""
        with suppress(OSError):
            self._file.close()


class ErrorLineSink(LineSink):
    """A file of JSON lines: one refused file with its problems a line."""

    @staticmethod
    def encode(outcomes: Sequence[Outcome]) -> bytes:
        """The bytes of one batch."""
        return b"".join(map(_error_line, (outcome for outcome in outcomes if outcome.json is None)))


class GzipErrorLineSink(LineSink):
    """JSON lines of refused files, compressed."""

    @staticmethod
    def encode(outcomes: Sequence[Outcome]) -> bytes:
        """The bytes of one batch."""
        return _compressed(ErrorLineSink.encode(outcomes))


class StreamSink:
    """Lines to what can't be cut back or renamed: standard output, a device, a pipe."""

    def __init__(self, stream: BinaryIO, kind: type[LineSink]) -> None:
        self._stream = stream
        self._encode = kind.encode

    def write(self, outcomes: Sequence[Outcome]) -> None:
        """Send a batch."""
        self._stream.write(self._encode(outcomes))

    def commit(self) -> bool:
        """Send what is still buffered; there is no mark worth the name."""
        self._stream.flush()
        return True

    def finish(self) -> None:
        """All is sent when it is committed."""

    def close(self) -> None:
        """The stream is its opener's."""


class GzipLineSink(LineSink):
    """JSON lines of articles, compressed."""

    @staticmethod
    def encode(outcomes: Sequence[Outcome]) -> bytes:
        """The bytes of one batch."""
        return _compressed(LineSink.encode(outcomes))


def _compressed(lines: bytes) -> bytes:
    """A gzip member without a time, so that the same lines give the same bytes."""
    return gzip.compress(lines, LEVEL, mtime=0) if lines else b""


def _error_line(outcome: Outcome) -> bytes:
    path = json.dumps(outcome.path, ensure_ascii=False).encode()
    return b'{"path":%b,"problems":%b}\n' % (path, outcome.problems_json)
