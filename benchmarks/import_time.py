"""How long ``import sinaparse`` takes in a fresh interpreter, and which modules take most of it.

    python benchmarks/import_time.py

Prints the least of several runs (what else the machine does can only add), less that of an interpreter that imports nothing. Ends with status 1 above 150 ms.
"""

from __future__ import annotations

import subprocess
import sys
import time

RUNS = 15
LIMIT = 0.150
HEAVY = ("pyarrow", "pandas", "rich", "typer", "bs4", "tqdm", "IPython")


def seconds(program: str) -> float:
    """Wall time of a program in an interpreter of its own."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", program], check=True)  # noqa: S603 our own interpreter
    return time.perf_counter() - start


def main() -> int:
    """Measure and print."""
    seconds("import sinaparse")  # writes the byte code
    bare, full = (min(seconds(program) for _ in range(RUNS)) for program in ("", "import sinaparse"))
    print(
        f"import sinaparse: {1000 * (full - bare):.0f} ms (limit {1000 * LIMIT:.0f} ms), interpreter {1000 * bare:.0f} ms"
    )
    command = [sys.executable, "-X", "importtime", "-c", "import sinaparse"]
    log = subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stderr  # noqa: S603
    rows = [line.removeprefix("import time:").split("|") for line in log.splitlines()[1:]]
    for own, total, name in sorted(rows, key=lambda row: -int(row[0]))[:8]:
        print(f"{int(own) / 1000:8.1f} ms own {int(total) / 1000:8.1f} ms in all  {name.strip()}")
    loaded = [name for name in HEAVY if any(row[2].strip() == name for row in rows)]
    print("heavy packages that it imports:", ", ".join(loaded) or "none")
    return 1 if loaded or full - bare > LIMIT else 0


if __name__ == "__main__":
    sys.exit(main())
