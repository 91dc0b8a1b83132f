"""Pages that show what became of a source: one for a file, with source and article side by side, and an index of many.

Pure functions from an inspection to a string. A page needs no network and nothing beside it. Whatever comes from an export
is escaped, no address in it is ever an attribute that a browser follows, and the page's own policy allows no script and no
style but the ones that stand here.
"""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape

from sinaparse.inspection import Inspection, Piece
from sinaparse.models import Article, Block, Image, ItemList, Paragraph, Quote, Span, Table
from sinaparse.pieces import walk
from sinaparse.problems import Problem, count, excerpt

_STYLE = """
:root { color-scheme: light dark; --paper: #fff; --ink: #1c1c1e; --faint: #8a8a8e; --rule: #d9d9de; --panel: #f5f5f7;
  --kept: #dcf3e0; --credit: #d9e8fb; --hidden: #ececf0; --lost: #c62828; --hot: #ffd54a; --light: 88%; --chroma: 75%; }
@media (prefers-color-scheme: dark) { :root { --paper: #17181b; --ink: #e6e6e9; --faint: #84868d; --rule: #3a3c42;
  --panel: #202226; --kept: #173a22; --credit: #16304f; --hidden: #2b2d33; --lost: #ff6b60; --hot: #8a6a00; --light: 22%;
  --chroma: 50%; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.6 system-ui, "Noto Sans CJK SC", sans-serif; }
h1 { font-size: 1.25rem; margin: 0; } h2, h3, h4, h5 { font-size: 1rem; margin: 1.2em 0 .4em; }
a { color: inherit; }
.two { display: grid; grid-template: auto minmax(0, 1fr) / minmax(0, 1fr) minmax(0, 1fr); height: 100vh; }
.two > header { grid-column: 1 / 3; padding: .8rem 1.2rem; border-bottom: 1px solid var(--rule); background: var(--panel);
  max-height: 40vh; overflow: auto; }
.pane { overflow: auto; padding: 1rem 1.2rem; } .pane + .pane { border-left: 1px solid var(--rule); }
@media (max-width: 50rem) { .two { grid-template: auto 1fr 1fr / minmax(0, 1fr); } .two > header { grid-column: 1; }
  .pane + .pane { border: 0; border-top: 2px solid var(--rule); } }
.name { color: var(--faint); overflow-wrap: anywhere; }
.legend { display: flex; flex-wrap: wrap; gap: .3rem .8rem; margin: .5rem 0 0; padding: 0; list-style: none; font-size: .85rem; }
.legend span { padding: 0 .4em; }
.problems { margin: .5rem 0 0; padding: 0; list-style: none; font-size: .9rem; }
.problems .severity { font-weight: 600; } .problems .error .severity { color: var(--lost); }
.problems code, .hint { color: var(--faint); }
.source { font: 13px/1.7 ui-monospace, "Noto Sans Mono CJK SC", monospace; padding-left: 0; }
.line { display: grid; grid-template-columns: 4em minmax(0, 1fr); unicode-bidi: isolate; }
.line > a { color: var(--faint); text-decoration: none; text-align: right; padding-right: 1em; user-select: none; }
.line > span { white-space: pre-wrap; overflow-wrap: anywhere; }
.line:target { outline: 2px solid var(--hot); outline-offset: -1px; }
.markup, .front-matter { color: var(--faint); }
.kept { background: var(--kept); } .credit { background: var(--credit); }
.source .removed { text-decoration: line-through; text-decoration-thickness: 1px; }
.hidden { background: var(--hidden); font-style: italic; }
.unaccounted { background: var(--lost); color: var(--paper); font-weight: 700; }
.article { white-space: pre-wrap; overflow-wrap: anywhere; } .article > * { white-space: normal; }
.article [data-key] { border-radius: 3px; white-space: pre-wrap; }
[data-key] { cursor: pointer; scroll-margin: 2rem; } .hot { background: var(--hot) !important; color: var(--ink); outline: 2px solid var(--hot); }
[data-key]:focus-visible { outline: 2px solid currentColor; }
.meta { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 0 1em; margin: 0 0 1em; font-size: .9rem; }
.meta dt { color: var(--faint); } .meta dd { margin: 0; overflow-wrap: anywhere; }
.media { border: 1px solid var(--rule); padding: .4em .8em; margin: .6em 0; overflow-wrap: anywhere; font-size: .85rem; }
.link { text-decoration: underline dotted; } blockquote { border-left: 3px solid var(--rule); margin: .6em 0; padding-left: 1em; }
table { border-collapse: collapse; margin: .6em 0; font-size: .9rem; } td, th { border: 1px solid var(--rule); padding: .2em .6em; }
caption { text-align: left; font-weight: 600; } .scroll { overflow-x: auto; }
.d1 { margin-left: 1.5em; } .d2 { margin-left: 3em; } .d3 { margin-left: 4.5em; }
.gone { padding: 0; list-style: none; font-size: .85rem; } .gone li { padding: .1em .4em; margin: .2em 0; }
.note { border-left: 4px solid var(--lost); padding: .2em .8em; background: var(--panel); }
.index { max-width: 75rem; margin: 0 auto; padding: 1.2rem; } .index td { vertical-align: top; } .index .n { text-align: right; }
.index tr.refused td:first-child, .index tr.lost td:first-child { border-left: 4px solid var(--lost); }
"""

_HUES = (28, 285, 48, 320, 190, 80, 255, 340)
"""Colours of cleaners, as far from each other and from those of the other fates as may be."""

_SCRIPT = """
"use strict";
const parts = new Map();
for (const part of document.querySelectorAll("[data-key]")) {
  const key = part.dataset.key;
  parts.set(key, [...(parts.get(key) || []), part]);
}
let hot = [];
function show(event) {
  const part = event.target.closest("[data-key]");
  if (!part) return;
  for (const old of hot) old.classList.remove("hot");
  hot = parts.get(part.dataset.key);
  for (const other of hot) other.classList.add("hot");
  const pane = part.closest(".pane");
  const there = hot.find((other) => other.closest(".pane") !== pane);
  if (there) there.scrollIntoView({ block: "nearest", inline: "nearest" });
}
for (const type of ["mouseover", "focusin", "click"]) document.addEventListener(type, show);
"""

_WORDS = {
    "kept": "kept",
    "credit": "metadata line",
    "removed": "removed by {cleaner}",
    "hidden": "never visible",
    "unaccounted": "unaccounted",
    "markup": "mark-up",
    "front-matter": "front matter",
}


def file_page(inspection: Inspection, article: Article | None, index: str | None = None) -> str:
    """The page of one file: its source, coloured by what became of each piece, beside the article.

    ``article`` is the one to show, for a refused file that of lenient mode. ``index`` is the address of a page to go back to.
    """
    pieces = inspection.pieces or (Piece(0, len(inspection.source_text), "markup"),)
    cleaners = list(dict.fromkeys(piece.cleaner for piece in pieces if piece.cleaner is not None))
    colours = {name: f"c{number}" for number, name in enumerate(cleaners)}
    title = (article.title if article else "") or inspection.path or "sinaparse"
    back = "" if index is None else f'<a href="{escape(index)}">all files</a> · '
    head = [
        f"<h1>{escape(title)}</h1>",
        f'<div class="name">{back}{escape(inspection.path or "")}</div>',
        f"<div>{escape(_summary(inspection))}</div>",
        _legend(pieces, colours),
        _problem_list(inspection.problems),
    ]
    notes = [] if inspection.article is not None else [_refusal(article)]
    right = [*notes, *(_article(article) if article else ()), *_gone(inspection, pieces, colours)]
    content = (
        f'<div class="two"><header>{"".join(head)}</header>'
        f'<section class="pane source" aria-label="source">{_source(inspection.source_text, pieces, colours)}</section>'
        f'<section class="pane article" aria-label="article">{"".join(right)}</section></div>'
    )
    rules = (
        f".c{number} {{ background: hsl({_HUES[number % len(_HUES)]} var(--chroma) var(--light)); }}\n"
        for number in range(len(cleaners))
    )
    return _document(title, content, _STYLE + "".join(rules), _SCRIPT)


@dataclass(frozen=True, slots=True)
class Row:
    """One file in an index."""

    name: str
    page: str
    """Address of its page, relative to the index."""
    title: str
    refused: bool
    problems: tuple[Problem, ...]
    kept: int
    """Characters, as in `Coverage`."""
    removed: int
    unaccounted: int

    @classmethod
    def of(cls, inspection: Inspection, article: Article | None, page: str = "") -> Row:
        """The row of an inspected file; ``article`` as for :func:`file_page`."""
        coverage = inspection.coverage
        return cls(
            name=inspection.path or "",
            page=page,
            title=article.title if article else "",
            refused=inspection.article is None,
            problems=inspection.problems,
            kept=coverage.kept_chars,
            removed=coverage.removed_chars,
            unaccounted=len(coverage.unaccounted),
        )

    @property
    def trouble(self) -> tuple[int, ...]:
        """What rows are sorted by, the greatest first: refused, unaccounted, errors, warnings, infos."""
        severities = [problem.severity for problem in self.problems]
        return (
            self.refused,
            self.unaccounted,
            severities.count("error"),
            severities.count("warning"),
            severities.count("info"),
        )


def by_trouble(rows: Iterable[Row]) -> list[Row]:
    """Rows with the greatest trouble first, then by name."""
    return sorted(rows, key=lambda row: ([-number for number in row.trouble], row.name))


def index_page(rows: Iterable[Row]) -> str:
    """The page that lists many files, those with the greatest trouble first."""
    rows = by_trouble(rows)
    refused = sum(row.refused for row in rows)
    lines = [_row(row) for row in rows]
    columns = ("file", "title", "problems", "kept", "removed", "unaccounted")
    content = (
        f'<main class="index"><h1>{len(rows)} files, {refused} refused</h1><div class="scroll"><table><thead><tr>'
        f"{''.join(f'<th>{column}</th>' for column in columns)}</tr></thead><tbody>{''.join(lines)}</tbody></table></div></main>"
    )
    return _document("sinaparse", content, _STYLE, "")


def _row(row: Row) -> str:
    kind = "refused" if row.refused else "lost" if row.unaccounted else ""
    codes = Counter(f"{problem.severity}[{problem.code}]" for problem in row.problems)
    problems = ", ".join(f"{code} × {times}" if times > 1 else code for code, times in codes.items())
    verdict = "refused: " if row.refused else ""
    return (
        f'<tr class="{kind}"><td><a href="{escape(row.page)}">{escape(row.name)}</a></td><td>{escape(row.title)}</td>'
        f'<td>{escape(verdict + problems)}</td><td class="n">{row.kept}</td><td class="n">{row.removed}</td>'
        f'<td class="n">{row.unaccounted}</td></tr>'
    )


# --- the frame ----------------------------------------------------------------------------------------------------


def _document(title: str, content: str, style: str, script: str) -> str:
    policy = (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; base-uri 'none'; form-action 'none'"
    )
    return (
        '<!DOCTYPE html>\n<html lang="zh-Hans">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="referrer" content="no-referrer">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{style}</style>\n</head>\n<body>\n{content}\n"
        f"{f'<script>{script}</script>' if script else ''}\n</body>\n</html>\n"
    )


def _hash(text: str) -> str:
    """How a content security policy names a script or style by what it holds; an empty one allows none."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" if text else "'none'"


def _summary(inspection: Inspection) -> str:
    coverage = inspection.coverage
    verdict = "refused" if inspection.article is None else "parsed"
    return (
        f"{verdict} · {count(inspection.problems)} · {coverage.kept_chars} characters kept, {coverage.removed_chars} removed, "
        f"{len(coverage.unaccounted)} pieces unaccounted"
    )


def _legend(pieces: Sequence[Piece], colours: dict[str, str]) -> str:
    counts = Counter((piece.fate, piece.cleaner) for piece in pieces)
    items = (
        f'<li><span class="{_classes(fate, cleaner, colours)}">{escape(_words(fate, cleaner))}</span> {number}</li>'
        for (fate, cleaner), number in counts.items()
        if fate not in ("markup", "front-matter")
    )
    return f'<ul class="legend">{"".join(items)}</ul>'


def _classes(fate: str, cleaner: str | None, colours: dict[str, str]) -> str:
    return fate if cleaner is None else f"{fate} {colours[cleaner]}"


def _words(fate: str, cleaner: str | None) -> str:
    words = _WORDS[fate].format(cleaner=cleaner)
    return words if cleaner is None or fate == "removed" else f"{words}, taken out by {cleaner}"


def _problem_list(problems: Sequence[Problem]) -> str:
    items = []
    for problem in sorted(problems, key=lambda problem: ("error", "warning", "info").index(problem.severity)):
        place = "" if problem.line is None else f'<a href="#L{problem.line}">line {problem.line}</a>: '
        hint = f' <span class="hint">{escape(problem.hint)}</span>' if problem.hint else ""
        items.append(
            f'<li class="{problem.severity}">{place}<span class="severity">{problem.severity}</span> '
            f"<code>{escape(problem.code)}</code> {escape(problem.message)}{hint}</li>"
        )
    return f'<ul class="problems">{"".join(items)}</ul>' if items else ""


def _refusal(article: Article | None) -> str:
    shown = "This is what lenient mode makes of it." if article else "Lenient mode makes nothing of it, either."
    return f'<p class="note">Strict mode refuses this file. {shown}</p>'


# --- the source ---------------------------------------------------------------------------------------------------


def _source(text: str, pieces: Sequence[Piece], colours: dict[str, str]) -> str:
    lines: list[list[str]] = [[]]
    for number, piece in enumerate(pieces):
        key = _key(number, piece)
        attributes = f'class="{_classes(piece.fate, piece.cleaner, colours)}"'
        if key is not None:
            attributes += f' data-key="{key}" title="{escape(_words(piece.fate, piece.cleaner))}"'
        first, *others = text[piece.start : piece.end].split("\n")
        for place, part in enumerate((first, *others)):
            if place:
                lines.append([])
            if part:
                lines[-1].append(f"<span {attributes}>{escape(part)}</span>")
    return "".join(
        f'<div class="line" id="L{number}"><a href="#L{number}">{number}</a><span>{"".join(parts)}</span></div>'
        for number, parts in enumerate(lines, 1)
    )


def _key(number: int, piece: Piece) -> str | None:
    """What a piece and its counterpart have in common; None for pieces without one."""
    if piece.place is not None:
        return piece.place
    return f"piece-{number}" if piece.cleaner is not None or piece.fate == "unaccounted" else None


def _gone(inspection: Inspection, pieces: Sequence[Piece], colours: dict[str, str]) -> Iterator[str]:
    """What is not in the article, piece by piece."""
    text = inspection.source_text
    reasons = {(removal.cleaner, removal.line): removal.reason for removal in inspection.removals}
    items = []
    for number, piece in enumerate(pieces):
        key = _key(number, piece)
        if key is None or piece.place is not None:
            continue
        line = text.count("\n", 0, piece.start) + 1
        reason = reasons.get((piece.cleaner or "", line))
        what = f"{piece.cleaner or piece.fate}{f' ({reason})' if reason else ''}"
        words = excerpt(piece.text or text[piece.start : piece.end])
        items.append(
            f'<li class="{_classes(piece.fate, piece.cleaner, colours)}" data-key="{key}" tabindex="0">'
            f"line {line}: <b>{escape(what)}</b> {escape(words)}</li>"
        )
    if items:
        yield f'<h2>Not in the article</h2><ul class="gone">{"".join(items)}</ul>'


# --- the article --------------------------------------------------------------------------------------------------


def metadata(article: Article) -> Iterator[tuple[str, str]]:
    """What is known about an article, name by name, as one would write it; what is not known is left out."""
    editor = article.editor
    values = (
        ("title", article.title),
        ("original title", article.original_title),
        (f"{article.date_kind} at", article.published_at and article.published_at.strftime("%Y-%m-%d %H:%M:%S UTC")),
        ("publisher", article.publisher),
        ("categories", ", ".join(article.categories)),
        ("source", article.source),
        ("authors", ", ".join(article.authors)),
        ("editor", editor and f"{editor.name} {editor.code or ''}".strip()),
        ("symbols", ", ".join(article.symbols)),
        ("mentions", ", ".join(f"{mention.name} ({mention.symbol})" for mention in article.mentions)),
        ("head image", article.head_image),
        ("other keys", ", ".join(article.extra)),
    )
    return ((name, value) for name, value in values if value)


def _article(article: Article) -> Iterator[str]:
    rows = "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in metadata(article))
    yield f'<dl class="meta">{rows}</dl>'
    for number, credit in enumerate(article.credits):
        yield f"<p>{_part('span', f'credits[{number}].text', escape(credit.text), 'credit')} <small>{credit.kind}</small></p>"
    for path, section in walk(article):
        if section.heading is not None:
            level = min(section.level + 1, 6)
            yield _part(f"h{level}", f"{path}.heading", escape(section.heading))
        for number, block in enumerate(section.blocks):
            yield from _block(block, f"{path}.blocks[{number}]")


def _block(block: Block, path: str) -> Iterator[str]:
    if isinstance(block, Paragraph):
        yield _part("p", f"{path}.text", _spans(block.spans))
    elif isinstance(block, Quote):
        inner = (
            _part("p", f"{path}.paragraphs[{n}].text", _spans(one.spans)) for n, one in enumerate(block.paragraphs)
        )
        yield f"<blockquote>{''.join(inner)}</blockquote>"
    elif isinstance(block, ItemList):
        tag = "ol" if block.ordered else "ul"
        start = f' start="{block.start}"' if block.ordered and block.start != 1 else ""
        items = (
            f'<li class="d{min(item.depth, 3)}">{_part("span", f"{path}.items[{n}].text", _spans(item.spans))}</li>'
            for n, item in enumerate(block.items)
        )
        yield f"<{tag}{start}>{''.join(items)}</{tag}>"
    elif isinstance(block, Table):
        yield _table(block, path)
    elif isinstance(block, Image):
        size = f" {block.width}×{block.height}" if block.width and block.height else ""
        caption = "" if block.caption is None else _part("div", f"{path}.caption", escape(block.caption))
        yield f'<div class="media">{_part("div", f"{path}.url", f"image{size}: {escape(block.url)}")}{caption}</div>'
    else:
        title = "" if block.title is None else _part("div", f"{path}.title", escape(block.title))
        poster = "" if block.poster is None else _part("div", f"{path}.poster", f"poster: {escape(block.poster)}")
        named = ": ".join(["video", *filter(None, (block.video_id, block.url))])
        yield f'<div class="media">{_part("div", path, escape(named))}{title}{poster}</div>'


def _table(table: Table, path: str) -> str:
    caption = (
        "" if table.caption is None else f"<caption>{_part('span', f'{path}.caption', escape(table.caption))}</caption>"
    )
    rows = []
    for number, row in enumerate(table.rows):
        cells = []
        for column, cell in enumerate(row):
            tag = "th" if cell.header else "td"
            text = _part("span", f"{path}.rows[{number}][{column}].text", escape(cell.text)) if cell.text else ""
            cells.append(f'<{tag} colspan="{cell.colspan}" rowspan="{cell.rowspan}">{text}</{tag}>')
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return (
        f'<div class="scroll">{_part("div", path, "table")}<table>{caption}<tbody>{"".join(rows)}</tbody></table></div>'
    )


def _part(tag: str, key: str, content: str, kind: str = "kept") -> str:
    """An element that has a counterpart in the source; ``content`` is mark-up."""
    return f'<{tag} class="{kind}" data-key="{key}" tabindex="0">{content}</{tag}>'


def _spans(spans: Iterable[Span]) -> str:
    parts = []
    for span in spans:
        text = escape(span.text)
        if span.bold:
            text = f"<b>{text}</b>"
        if span.symbol or span.href:  # shown, not followed: the page asks for nothing
            about = " ".join(filter(None, (span.symbol, span.href)))
            text = f'<span class="link" title="{escape(about)}">{text}</span>'
        parts.append(text)
    return "".join(parts)
