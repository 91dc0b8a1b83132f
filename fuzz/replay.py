"""Feed all that the fuzzer has kept to its targets once more: ``coverage run --branch --source=src fuzz/replay.py``."""

from __future__ import annotations

from campaign import CORPUS, REGRESSIONS
from targets import TARGETS

if __name__ == "__main__":
    for name, target in TARGETS.items():
        inputs = [*(CORPUS / name).glob("*"), *REGRESSIONS.glob(f"{name}-*")]
        for path in inputs:
            target(path.read_bytes())
        print(f"{name}: {len(inputs)} inputs")
