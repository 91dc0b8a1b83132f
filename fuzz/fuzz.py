"""Run one target under atheris: ``python fuzz/fuzz.py TARGET [options of libFuzzer] [FOLDER...]``."""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["sinaparse", "frontmatter", "yaml"]):
    from targets import TARGETS

if __name__ == "__main__":
    target = TARGETS[sys.argv.pop(1)]
    atheris.Setup(sys.argv, target)
    atheris.Fuzz()
