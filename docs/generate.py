"""Write the parts of the documentation that are made from the code: ``python docs/generate.py``."""

from __future__ import annotations

from pathlib import Path

from sinaparse.problems import CODES, Code

INTRODUCTION = """\
# Problems

Everything that can be wrong with an export, or worth knowing about it, has a code. `Inspection.problems` and
`ParseError.problems` have them with line, excerpt and hint. A file with an *error* gives no article. This page is made from
`sinaparse.problems.CODES` by `python docs/generate.py`.
"""


def severity(row: Code) -> str:
    """How severe a code is in the two modes."""
    if row.strict == row.lenient:
        return f"{row.strict.capitalize()}."
    return f"{row.strict.capitalize()} in strict mode, {row.lenient} in lenient mode."


def problems() -> str:
    """The page of problem codes."""
    parts = [
        f"## {row.name}\n\n*{severity(row)}* “{row.message}”\n\n{row.explanation}\n\n**What to do:** {row.hint}\n"
        for row in CODES.values()
    ]
    return "\n".join([INTRODUCTION, *parts])


PAGES = {"problems.md": problems}


if __name__ == "__main__":
    for name, render in PAGES.items():
        path = Path(__file__).with_name(name)
        path.write_text(render(), encoding="utf-8", newline="\n")
        print(path)
