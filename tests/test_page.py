"""Pages as text: escaped throughout, allowed to do nothing but what they bring along, and complete."""

from __future__ import annotations

import base64
import functools
import hashlib
import html
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from sinaparse import Article, Inspection, Parser
from sinaparse.page import Row, by_trouble, file_page, index_page, metadata

ROOT = Path(__file__).parents[1]
FILES = sorted(ROOT.glob("tests/fixtures/exports/*.md"))
HOSTILE = "</script></style><script>alert(1)</script>\"'><img src=x onerror=alert(1)>&"
FRONT = "---\ntitle: '小河改道'\ncategories:\n - 新浪财经\nauthor: 新浪财经\ndate: Wed, 02 Mar 2022 03:15:53 GMT\n---\n"


class Reader(HTMLParser):
    """The tags of a page, and the text in its source column."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.lines: list[str] = []
        self.open = 0
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if ("class", "line") in attrs:
            self.lines.append("")

    def handle_data(self, data: str) -> None:
        if self.lines:
            self.lines[-1] += data

    def values(self, attribute: str) -> Iterator[str]:
        return (attributes[attribute] or "" for _, attributes in self.tags if attribute in attributes)


def inspect(source: str | bytes, name: str = "河.md") -> tuple[Inspection, Article | None]:
    inspection = Parser().inspect(source, name)
    return inspection, Parser(strict=False).inspect(source).article


@functools.cache
def page(path: Path) -> str:
    return file_page(*inspect(path.read_bytes(), path.name))


def row(name: str = "a.md", body: str = "<p>河水改道。</p>") -> Row:
    inspection, article = inspect(FRONT + body, name)
    return Row.of(inspection, article, f"{name}.html")


def check_policy(text: str) -> None:
    policy = html.unescape(re.findall(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', text)[0])
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == "'none'"
    for tag in ("style", "script"):
        inside = re.findall(rf"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
        hashes = [f"'sha256-{base64.b64encode(hashlib.sha256(one.encode()).digest()).decode()}'" for one in inside]
        assert rules[f"{tag}-src"] == (" ".join(hashes) or "'none'")
        assert len(re.findall(f"<{tag}", text)) <= 1
    assert text.index("Content-Security-Policy") < text.index("<style>")


def check_harmless(text: str) -> None:
    check_policy(text)
    reader = Reader(text)
    assert {tag for tag, _ in reader.tags}.isdisjoint(
        {"img", "iframe", "svg", "link", "object", "form", "base", "video"}
    )
    names = {name for _, attributes in reader.tags for name in attributes}
    assert not [name for name in names if name.startswith("on") or name in ("src", "style", "srcdoc", "action")]
    assert "alert(1)" not in "".join(re.findall(r"<script>.*?</script>", text, re.DOTALL))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_pages_of_all_fixtures(path: Path) -> None:
    reader = Reader(page(path))
    check_harmless(page(path))
    inspection, article = inspect(path.read_bytes())
    assert article is not None
    numbered = [f"{number}{line}" for number, line in enumerate(inspection.source_text.split("\n"), 1)]
    assert [line.rstrip("\n") for line in reader.lines[:-1]] == numbered[:-1]
    assert all(address.startswith("#L") for address in reader.values("href"))
    assert set(reader.values("href")) <= {f"#{name}" for name in reader.values("id")}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_piece_has_its_counterpart(path: Path) -> None:
    source, article = page(path).split('<section class="pane article"')
    keys = set(re.findall(r'data-key="([^"]*)"', source))
    assert keys
    assert keys <= set(re.findall(r'data-key="([^"]*)"', article))


def test_hostile_text_everywhere() -> None:
    text = html.escape(HOSTILE)
    body = (
        f'<p class="{text}">{text}</p><p cms-style="strong-Bold">一、{text}</p><table><caption>{text}</caption><tr><td>{text}</td></tr>'
        f'</table><blockquote><p>{text}</p></blockquote><ul><li>{text}</li></ul><div class="appendQr_wrap">{text}</div>'
        f'<div class="img_wrapper"><img src="https://n.sinaimg.cn/{text}" alt="{text}"><span class="img_descr">{text}</span></div>'
        f'<div class="{text}">{text}</div><a href="javascript:{text}">{text}</a><p class="article-editor">责任编辑：{text}</p>'
    )
    inspection, article = inspect(FRONT.replace("小河改道", HOSTILE.replace("'", "''")) + body, HOSTILE)
    assert article is not None
    assert article.title == HOSTILE
    shown = file_page(inspection, article, index=HOSTILE)
    check_harmless(shown)
    assert html.escape(HOSTILE) in shown
    listed = index_page([Row.of(inspection, article, HOSTILE)])
    check_harmless(listed)
    assert list(Reader(listed).values("href")) == [HOSTILE]


def test_a_refused_file() -> None:
    inspection, article = inspect(FRONT + '<div class="never-seen">来历不明</div>')
    shown = file_page(inspection, article)
    assert "Strict mode refuses this file. This is what lenient mode makes of it." in shown
    assert '<a href="#L8">line 8</a>: <span class="severity">error</span> <code>unknown-markup</code>' in shown


@pytest.mark.parametrize("source", [b"", b"\xff\xfe\x00", "---\nkein: Ende", "\x1b]0;x\x07 <b>"])
def test_what_is_no_export_has_a_page(source: str | bytes) -> None:
    inspection, article = inspect(source)
    assert article is None
    shown = file_page(inspection, article)
    check_harmless(shown)
    assert "Lenient mode makes nothing of it, either." in shown


def test_a_page_is_the_same_every_time() -> None:
    assert file_page(*inspect(FILES[0].read_bytes())) == file_page(*inspect(FILES[0].read_bytes()))


def test_the_index_is_sorted_by_trouble() -> None:
    rows = [
        row("d.md"),
        row("b.md", "<p class=never-seen>河水改道。</p>"),
        row("c.md"),
        row("a.md", "<dialog>河水改道。</dialog>"),
    ]
    assert [one.refused for one in rows] == [False, False, False, True]
    assert [one.name for one in by_trouble(rows)] == ["a.md", "b.md", "c.md", "d.md"]
    shown = index_page(rows)
    check_harmless(shown)
    assert list(Reader(shown).values("href")) == ["a.md.html", "b.md.html", "c.md.html", "d.md.html"]
    assert "4 files, 1 refused" in shown


def test_metadata_leaves_out_what_is_not_known() -> None:
    _, article = inspect(FRONT + "<p>河水改道。</p>")
    assert article is not None
    assert dict(metadata(article)) == {
        "title": "小河改道",
        "published at": "2022-03-02 03:15:53 UTC",
        "publisher": "新浪财经",
        "categories": "新浪财经",
    }
