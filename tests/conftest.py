"""Fixtures of several test modules."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from sinaparse.cli import app
from support import Result, Run


def pytest_configure() -> None:
    """Let Ctrl-C reach the processes that tests start: in the background of a script, a shell has all of them ignore it."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture
def run(capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    """Run the command in this process."""

    def run(*arguments: str | Path) -> Result:
        with pytest.raises(SystemExit) as stop:
            app(list(map(str, arguments)))
        out, err = capfdbinary.readouterr()
        return Result(stop.value.code, out, err.decode())

    return run
