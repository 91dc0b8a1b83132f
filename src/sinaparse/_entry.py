"""Where the command starts: says how to install what it needs, if that is missing."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command ``sinaparse``."""
    try:
        import rich  # noqa: F401 needed on a terminal only, but its absence should be told at once
        import typer  # noqa: F401
    except ModuleNotFoundError as error:
        if error.name not in ("rich", "typer"):
            raise
        print('sinaparse: the command needs more packages: pip install "sinaparse[cli]"', file=sys.stderr)  # noqa: T201
        sys.exit(2)
    from sinaparse.cli import main as run

    run()
