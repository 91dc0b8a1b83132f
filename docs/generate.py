"""Write the parts of the documentation that are made from the code: ``python docs/generate.py``."""

from __future__ import annotations

import re
from pathlib import Path

from sinaparse.cleaners import default_cleaners
from sinaparse.cleaners.installed import summary_of
from sinaparse.problems import CODES, Code

HERE = Path(__file__).parent

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


def cleaners() -> str:
    """The page on cleaners, with the table of the default ones."""
    rows = [f"| `{item.name}` | {summary_of(item)} |" for item in default_cleaners()]
    table = "\n".join(["| cleaner | what it takes out |", "| --- | --- |", *rows])
    page = (HERE / "cleaners.md").read_text(encoding="utf-8")
    return re.sub(r"(?s)(?<=generate\.py -->\n).*?(?=<!-- end -->)", f"\n{table}\n\n", page)


PAGES = {"problems.md": problems, "cleaners.md": cleaners}


if __name__ == "__main__":
    for name, render in PAGES.items():
        path = HERE / name
        path.write_text(render(), encoding="utf-8", newline="\n")
        print(path)
