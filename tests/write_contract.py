"""Keep what this release writes, for later ones to read: ``python tests/write_contract.py``, once, when a version is released.

Writes ``fixtures/written/VERSION/``: articles (``NAME.json``), pickles of values (``KIND.pickle``) with what they must say
(``values.json``), and all problem codes (``codes.json``). A folder that is there is never written again: it is what users have.
"""

from __future__ import annotations

import json
import pickle
import sys
from pathlib import Path
from typing import Any

import sinaparse
from sinaparse.problems import CODES

HERE = Path(__file__).parent
FOLDER = HERE / "fixtures" / "written"
EXPORTS = [
    *sorted((HERE.parent / "examples" / "exports").glob("**/*.md")),
    *(
        HERE / "fixtures" / "exports" / f"{name}.md"
        for name in (
            "envelope-extra-keys",
            "envelope-stand-in-picture",
            "images-of-every-kind",
            "meta-original-title-with-source",
            "newer-feed-with-html-headings",
            "quotes-and-lists",
            "stocks-comment-disagrees",
        )
    ),
]
RICH = next(path for path in EXPORTS if path.stem.startswith("海川银行"))
REFUSED = HERE / "fixtures" / "invalid" / "missing-field-title.md"


@sinaparse.cleaner("clumsy")
def clumsy(body: sinaparse.Body) -> None:
    """Fails."""
    body.remove(body.root, reason="none")


def values() -> dict[str, Any]:
    """One value of each kind that people keep in pickles or send between processes."""
    lenient = sinaparse.Parser(strict=False)
    clumsy_parser = sinaparse.Parser(cleaners=sinaparse.default_cleaners().then(clumsy))
    outcomes = list(sinaparse.read_corpus([RICH, REFUSED], lenient))
    found: dict[str, Any] = {
        "article": lenient.parse(RICH.read_bytes()),
        "article-without-title": lenient.parse(REFUSED.read_bytes()),
        "outcomes": tuple(outcomes),
        "problems": sinaparse.Parser().inspect(REFUSED.read_bytes()).problems,
        "removals": lenient.inspect(RICH.read_bytes()).removals,
        "coverage": lenient.inspect(RICH.read_bytes()).coverage,
    }
    for name, parser, source in (("error", sinaparse.Parser(), REFUSED), ("cleaner-error", clumsy_parser, RICH)):
        try:
            parser.parse(source.read_bytes())
        except sinaparse.ParseError as error:
            found[name] = error
    return found


def said(value: Any) -> Any:
    """What a value says, as JSON, whatever it is made of."""
    if isinstance(value, tuple):
        return list(map(said, value))
    if isinstance(value, sinaparse.Outcome):
        article = None if value.article is None else said(value.article)
        return {"digest": value.digest, "article": article, "problems": said(value.problems)}
    if isinstance(value, Exception):
        return {"type": type(value).__name__, "text": str(value)}
    return value.model_dump(mode="json")


def codes() -> dict[str, list[str]]:
    """All problem codes: how severe each is in strict mode, and in lenient mode."""
    return {row.name: [row.strict, row.lenient] for row in CODES.values()}


def main() -> None:
    """Write the folder of this version."""
    folder = FOLDER / sinaparse.__version__
    if folder.exists():
        sys.exit(f"{folder} is there: it has what users of that version have, and must not change")
    folder.mkdir(parents=True)
    texts = {"codes": codes(), "values": {name: said(value) for name, value in values().items()}}
    texts |= {path.stem: said(sinaparse.Parser(strict=False).parse_file(path)) for path in EXPORTS}
    for name, content in texts.items():
        text = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
        (folder / f"{name}.json").write_text(text, encoding="utf-8", newline="\n")
    for name, value in values().items():
        (folder / f"{name}.pickle").write_bytes(pickle.dumps(value, protocol=4))
    print(folder)  # noqa: T201 a script


if __name__ == "__main__":
    main()
