"""Cards: what objects look like in a notebook.

A card is a few kilobytes of HTML that needs nothing beside it and runs nothing. Everything is escaped. Pictures stand in
parts that are closed at first, so nothing is fetched from the network before somebody opens one. Colours are JupyterLab's
where it runs, else those of the system, light or dark; no rule reaches beyond the card.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from itertools import islice
from typing import TYPE_CHECKING

from sinaparse.models import Article, Image, Section, Table, all_sections
from sinaparse.problems import Problem, count
from sinaparse.render.html import HtmlRenderer, img
from sinaparse.render.shared import shown_time, web_address, write_block

if TYPE_CHECKING:
    from sinaparse.corpus import Corpus
    from sinaparse.inspection import Inspection
    from sinaparse.outcome import Outcome

TEXT_CHARS = 1200
"""How much of a text a card shows: a page with hundreds of cards should open at once."""
ROWS = 30
"""Rows of a table, problems and files that a card shows."""

_STYLE = (
    "<style>.sinaparse{--i:var(--jp-content-font-color1,#1c1c1e);--f:var(--jp-content-font-color2,#66666b);"
    "--r:var(--jp-border-color2,#d5d5da);--p:var(--jp-layout-color1,#fff);--e:var(--jp-error-color1,#c62828);"
    "--w:var(--jp-warn-color1,#b26a00)}"
    "@media(prefers-color-scheme:dark){.sinaparse{--i:var(--jp-content-font-color1,#e6e6e9);"
    "--f:var(--jp-content-font-color2,#9a9aa1);--r:var(--jp-border-color2,#3f4147);--p:var(--jp-layout-color1,#1b1c1f);"
    "--e:var(--jp-error-color1,#ff7b72);--w:var(--jp-warn-color1,#e3a93b)}}"
    ".sinaparse{max-width:46rem;border:1px solid var(--r);border-radius:6px;padding:.7em 1em;margin:.4em 0;"
    "color:var(--i);background:var(--p);font:14px/1.65 system-ui,'Noto Sans CJK SC',sans-serif;overflow-wrap:anywhere}"
    ".sinaparse .t{font-size:1.15em;font-weight:600}.sinaparse .m,.sinaparse summary,.sinaparse figcaption{color:var(--f);"
    "font-size:.9em}.sinaparse summary{cursor:pointer}.sinaparse code{font-size:.9em}"
    ".sinaparse p{margin:.45em 0}.sinaparse figure{margin:.5em 0}.sinaparse img{max-width:100%;max-height:24em;height:auto}"
    ".sinaparse h2,.sinaparse h3,.sinaparse h4,.sinaparse h5,.sinaparse h6{font-size:1em;margin:.8em 0 .3em}"
    ".sinaparse ul{margin:.2em 0;padding-left:1.4em}.sinaparse blockquote{margin:.4em 0;padding-left:.8em;"
    "border-left:3px solid var(--r)}.sinaparse .s{overflow:auto;max-height:26em}"
    ".sinaparse table{border-collapse:collapse;margin:.3em 0;font-size:.92em;color:inherit}"
    ".sinaparse caption{text-align:left;font-weight:600;color:inherit}"
    ".sinaparse :is(td,th){border:1px solid var(--r);padding:.15em .55em;text-align:left;white-space:pre-wrap;"
    "vertical-align:top;background:none;max-width:32em}.sinaparse a{color:inherit}"
    ".sinaparse .error{color:var(--e)}.sinaparse .warning{color:var(--w)}</style>"
)


def _card(*parts: str) -> str:
    return f'<div class="sinaparse">{_STYLE}{"".join(parts)}</div>'


def _title(words: str) -> str:
    return f'<div class="t">{escape(words)}</div>'


def _line(*words: str | None) -> str:
    shown = " · ".join(escape(word) for word in words if word)
    return f'<div class="m">{shown}</div>' if shown else ""


def _folded(summary: str, content: str) -> str:
    return f"<details><summary>{escape(summary)}</summary>{content}</details>" if content else ""


def _more(shown: int, number: int, noun: str) -> str:
    return _line(f"… and {number - shown} more {noun}") if number > shown else ""


# --- articles --------------------------------------------------------------------------------------------------------


def article_card(article: Article) -> str:
    """Title, date, source, authors and symbols; to open: the first picture, the outline and the text."""
    return _card(_article(article))


def _article(article: Article) -> str:
    editor = f"editor {article.editor.name}" if article.editor else None
    picture = next(iter(article.images), None)
    return "".join(
        [
            _title(article.title or "(no title)"),
            _line(shown_time(article), article.source, "、".join(article.authors), editor),
            _line(" ".join(article.symbols)),
            "" if picture is None else _folded(f"Picture: {picture.caption or '(no caption)'}", _picture(picture)),
            _folded(f"Outline: {len(article.headings)} headings", _outline(article)),
            _folded(f"Text: {len(article.text)} characters", f'<div class="s">{_text(article)}</div>'),
        ]
    )


def _outline(article: Article) -> str:
    lines = [f"{chr(0x3000) * (level - 1)}{escape(heading)}<br>" for level, heading in islice(article.headings, ROWS)]
    return "".join(lines) + _more(len(lines), len(article.headings), "headings")


def _text(article: Article) -> str:
    return _cut(written for section in all_sections(article) for written in _written(section))


def _cut(parts: Iterable[str]) -> str:
    """Parts of a text until there is enough to see what it is."""
    out = ""
    for written in parts:
        if len(out) > TEXT_CHARS:
            return out + _line("…")
        out += written
    return out


def _written(section: Section) -> list[str]:
    """The heading of a section and its blocks, without pictures."""
    renderer = HtmlRenderer(images=False)
    blocks = (_table(block) if isinstance(block, Table) else write_block(block, renderer) for block in section.blocks)
    return [renderer.heading(section, renderer), *blocks]


def section_card(section: Section) -> str:
    """Heading, what is in the section, and its text."""
    inner = "".join(f"<li>{escape(item.heading or '')}</li>" for item in section.sections)
    return _card(
        _title(section.heading) if section.heading else "",
        _line(f"level {section.level}", f"{len(section.blocks)} blocks", f"{len(section.sections)} sections"),
        f'<div class="s">{_cut(_written(section)[1:])}</div>',
        _folded(f"{len(section.sections)} sections below", f"<ul>{inner}</ul>" if inner else ""),
    )


def table_card(table: Table) -> str:
    """The table with its spans, up to the thirtieth row."""
    return _card(f'<div class="s">{_table(table)}</div>', _more(ROWS, len(table.rows), "rows"))


def _table(table: Table) -> str:
    renderer = HtmlRenderer()
    return renderer.table(table.model_copy(update={"rows": table.rows[:ROWS]}), renderer)


def image_card(image: Image) -> str:
    """Caption, size, date and address; the picture itself when opened."""
    size = f"{image.width}×{image.height}" if image.width and image.height else None
    return _card(
        _title(image.caption or image.alt or "(no caption)"),
        _line(size, str(image.date) if image.date else None),
        _line(image.url[:200]),
        _folded("Picture", _picture(image)),
    )


def _picture(image: Image) -> str:
    address = web_address(image.url)
    return "" if address is None else f"<figure>{img(address, image.alt or image.caption or '')}</figure>"


# --- what happened -----------------------------------------------------------------------------------------------------


def problem_card(problems: tuple[Problem, ...]) -> str:
    """A table of problems."""
    return _card(_title(count(problems)), _problems(problems))


def _problems(problems: tuple[Problem, ...]) -> str:
    rows = "".join(
        f'<tr><td>{item.line or ""}</td><td class="{item.severity}">{item.severity}</td><td><code>{escape(item.code)}</code>'
        f"</td><td>{escape(item.message)}{_line(item.hint)}</td></tr>"
        for item in problems[:ROWS]
    )
    return (f'<div class="s"><table>{rows}</table></div>' if rows else "") + _more(ROWS, len(problems), "problems")


def _verdict(words: str, article: Article | None, problems: tuple[Problem, ...]) -> str:
    return f'<div class="t{"" if article else " error"}">{words}: {count(problems)}</div>'


def inspection_card(inspection: Inspection) -> str:
    """The verdict, the problems, what was removed, and the article."""
    coverage = inspection.coverage
    verdict = "refused" if inspection.article is None else "accepted"
    lost = f"{len(coverage.unaccounted)} unaccounted" if coverage.unaccounted else "nothing unaccounted"
    shown = [item for item in inspection.removals if item.visible or item.media]
    removed = "".join(
        f"<tr><td>{item.line or ''}</td><td>{escape(item.cleaner)}</td><td>{escape(item.text[:80])}"
        f"{_line(*(url[:80] for url in item.media[:3]))}</td></tr>"
        for item in shown[:ROWS]
    )
    removals = f'<div class="s"><table>{removed}</table></div>' if removed else ""
    return _card(
        _verdict(verdict, inspection.article, inspection.problems),
        _line(inspection.path, f"{coverage.kept_chars} characters kept", f"{coverage.removed_chars} removed", lost),
        _problems(inspection.problems),
        _folded(f"Removals: {len(shown)}", removals + _more(ROWS, len(shown), "removals")),
        "" if inspection.article is None else _folded("Article", _article(inspection.article)),
    )


def outcome_card(outcome: Outcome) -> str:
    """The file, its problems, and the article."""
    article = outcome.article
    verdict = "refused" if article is None else "parsed"
    return _card(
        _verdict(verdict, article, outcome.problems),
        _line(outcome.path),
        _problems(outcome.problems),
        "" if article is None else _folded("Article", _article(article)),
    )


def corpus_card(corpus: Corpus) -> str:
    """The files, and how to go on; nothing is parsed for it."""
    number = corpus.count()
    names = "".join(f"<li>{escape(task.name)}</li>" for task in islice(corpus.tasks(), ROWS))
    return _card(
        _title("Files in archives" if number is None else f"{number} files"),
        _line("iterate it, or: .articles, .problems, .where(…), .search(…), .to_pandas()"),
        _folded("Files", (f"<ul>{names}</ul>" if names else "") + _more(ROWS, number or 0, "files")),
    )
