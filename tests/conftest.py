"""Fixtures of several test modules."""

from __future__ import annotations

from pathlib import Path

import pytest

from sinaparse.cli import app
from support import Result, Run


@pytest.fixture
def run(capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    """Run the command in this process."""

    def run(*arguments: str | Path) -> Result:
        with pytest.raises(SystemExit) as stop:
            app(list(map(str, arguments)))
        out, err = capfdbinary.readouterr()
        return Result(stop.value.code, out, err.decode())

    return run
