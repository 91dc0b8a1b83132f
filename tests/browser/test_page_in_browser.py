"""Pages in a real browser: nothing hostile runs, and pointing at a piece shows its counterpart.

The table of attacks in ``tests/attacks.py`` is tried in ``test_attacks.py``; here pages are used as people use them.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sinaparse import Parser
from sinaparse.page import Row, file_page, index_page

SHOTS = "SINAPARSE_SCREENSHOTS"
"""With this variable set to a folder, pictures of the page are kept there to look at."""

# Playwright leaves the closing of its pipes to the end of the process.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")

RUN = "window.ran = true; alert(1)"
ATTACKS = (
    f"&lt;script&gt;{RUN}&lt;/script&gt;",
    f"&lt;img src=x onerror='{RUN}'&gt;",
    f"&lt;/style&gt;&lt;/script&gt;&lt;/title&gt;&lt;svg onload='{RUN}'&gt;",
    f"&quot;&gt;&lt;iframe srcdoc='&lt;script&gt;parent.{RUN}&lt;/script&gt;'&gt;",
    "&lt;!-- --&gt;&lt;link rel=stylesheet href=https://attacker.example/a.css&gt;",
)
EXPORT = f"""---
title: '"><script>{RUN}</script></title><svg onload="{RUN}">'
categories:
 - 金融
 - "</li><script>{RUN}</script>"
 - 新浪财经
headimg: 'https://n.sinaimg.cn/x.jpg" onerror="{RUN}'
author: "新浪<img src=x onerror='{RUN}'>"
date: Wed, 02 Mar 2022 03:15:53 GMT
</script>: "</style><script>{RUN}</script>"
---
<div>
<script>{RUN}</script>
<style>body {{ background: url(https://attacker.example/style.png) }}</style>
<!-- </script><script>{RUN}</script> -->
<div class="img_wrapper"><img src="https://n.sinaimg.cn/x/w640h480/20220302/1.jpg" alt='"><script>{RUN}</script>' onload="{RUN}"><span class="img_descr">{ATTACKS[0]}</span></div>
<p cms-style="strong-Bold">一、第一部分{ATTACKS[1]}</p>
<p onclick="{RUN}" class="x&quot;&gt;&lt;script&gt;{RUN}&lt;/script&gt;">　　河边新开的修车铺，<a href="javascript:{RUN}">修一辆车</a>要等<a href="https://attacker.example/&quot; onmouseover=&quot;{RUN}">两天</a>。{ATTACKS[2]}</p>
<table><caption>{ATTACKS[3]}</caption><tr><td>{ATTACKS[4]}</td><td onmouseover="{RUN}">单元格</td></tr></table>
<blockquote><p>引语{ATTACKS[0]}</p></blockquote>
<ul><li>条目{ATTACKS[1]}</li></ul>
<video src="https://attacker.example/film.mp4" poster="https://attacker.example/poster.png"></video>
<div class="appendQr_wrap"><img src="https://attacker.example/qr.png"><p>扫码下载{ATTACKS[2]}</p></div>
<div class="never-seen&quot;&gt;&lt;script&gt;{RUN}&lt;/script&gt;">来历不明的一段</div>
<svg onload="{RUN}"><script>{RUN}</script></svg>
<iframe src="https://attacker.example/frame" onload="{RUN}"></iframe>
<p class="article-editor">责任编辑：梁晓{ATTACKS[0]}</p>
</div>
"""


class Visit:
    """A page that is open, and what it did."""

    def __init__(self, tab: Any, file: Path) -> None:
        self.tab = tab
        self.dialogs: list[str] = []
        self.requests: list[str] = []
        self.failures: list[str] = []
        self.errors: list[str] = []
        tab.on("dialog", self._dismiss)
        tab.on("request", lambda request: self.requests.append(request.url))
        tab.on("requestfailed", lambda request: self.failures.append(request.failure))
        tab.on("console", lambda message: self.errors.append(message.text))
        tab.on("pageerror", lambda error: self.errors.append(str(error)))
        tab.goto(file.as_uri())

    def _dismiss(self, dialog: Any) -> None:
        self.dialogs.append(dialog.message)
        dialog.dismiss()


@pytest.fixture(params=["light", "dark"])
def visit(browser: Any, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Visit]:
    inspection = Parser().inspect(EXPORT, "</script>.md")
    article = Parser(strict=False).inspect(EXPORT).article
    assert article is not None
    file = tmp_path / "page.html"
    file.write_text(file_page(inspection, article), encoding="utf-8")
    (tmp_path / "index.html").write_text(index_page([Row.of(inspection, article, "page.html")]), encoding="utf-8")
    context = browser.new_context(color_scheme=request.param, viewport={"width": 1280, "height": 800})
    visit = Visit(context.new_page(), file)
    yield visit
    if folder := os.environ.get(SHOTS):
        visit.tab.screenshot(path=f"{folder}/{request.node.name}.png")
    context.close()


def test_nothing_hostile_runs(visit: Visit) -> None:
    tab = visit.tab
    for part in tab.query_selector_all("[data-key]"):
        part.hover(force=True)
        part.click(force=True)
    tab.wait_for_timeout(200)
    assert tab.evaluate("window.ran") is None
    assert visit.dialogs == []
    assert visit.errors == []
    assert visit.requests == [tab.url.partition("#")[0]]
    assert tab.evaluate("document.scripts.length") == 1
    assert tab.locator("img, iframe, svg, video, link, object, embed").count() == 0
    attributes = "[...document.querySelectorAll('*')].flatMap((node) => node.getAttributeNames())"
    assert set(tab.evaluate(attributes)).isdisjoint(
        {"onload", "onerror", "onclick", "onmouseover", "src", "style", "srcdoc"}
    )
    addresses = tab.evaluate("[...document.querySelectorAll('[href]')].map((node) => node.getAttribute('href'))")
    assert all(address.startswith("#L") for address in addresses)


def test_the_policy_holds_where_escaping_would_fail(visit: Visit) -> None:
    visit.tab.evaluate(
        f"document.body.insertAdjacentHTML('beforeend', `<img src=x onerror='{RUN}'><b style='color: red'>`)"
    )
    visit.tab.wait_for_timeout(200)
    assert visit.tab.evaluate("window.ran") is None
    assert visit.dialogs == []
    assert visit.failures == ["csp"]
    assert visit.requests[0] == visit.tab.url
    assert len(visit.requests) == 2  # the page itself, and the one that failed
    assert visit.errors  # the browser says what it refused


def counterparts(tab: Any, key: str) -> tuple[Any, Any]:
    return tab.locator(f'.source [data-key="{key}"]').first, tab.locator(f'.article [data-key="{key}"]').first


def is_hot(part: Any) -> bool:
    return "hot" in part.get_attribute("class").split()


def test_pointing_shows_the_counterpart(visit: Visit) -> None:
    source, article = counterparts(visit.tab, "sections[1].blocks[0].text")
    source.hover()
    assert is_hot(source)
    assert is_hot(article)
    assert article.evaluate("(node) => getComputedStyle(node).outlineStyle") == "solid"
    other, heading = counterparts(visit.tab, "sections[1].heading")
    heading.click()
    assert is_hot(other)
    assert not is_hot(article)


def test_pointing_at_what_was_removed_shows_who_did_it(visit: Visit) -> None:
    piece = visit.tab.locator(".source .removed", has_text="扫码下载").first
    piece.hover()
    assert piece.get_attribute("title") == "removed by app-qr"
    row = visit.tab.locator(".gone .hot")
    assert "app-qr (promotion of the app)" in row.text_content()
    assert row.evaluate(
        "(node) => { const box = node.getBoundingClientRect(); return box.top >= 0 && box.bottom <= innerHeight; }"
    )


def test_a_problem_leads_to_its_line(visit: Visit) -> None:
    link = visit.tab.locator(".problems .error a", has_text="line").first
    link.click()
    line = visit.tab.locator(".line:target")
    assert line.get_attribute("id") == link.get_attribute("href")[1:]
    visit.tab.wait_for_timeout(100)
    assert line.evaluate(
        "(node) => { const box = node.getBoundingClientRect(); return box.top >= 0 && box.top < innerHeight; }"
    )


def test_the_index_leads_to_the_page(visit: Visit) -> None:
    tab = visit.tab
    tab.goto(tab.url.replace("page.html", "index.html"))
    assert tab.evaluate("document.scripts.length") == 0
    tab.locator("td a").click()
    assert tab.url.endswith("page.html")
    assert visit.dialogs == []


# --- cards and rendered articles ----------------------------------------------------------------------------------


@pytest.fixture
def shown(browser: Any, tmp_path: Path) -> Iterator[Visit]:
    """A page with a card of each kind, and an article as HTML."""
    inspection = Parser(strict=False).inspect(EXPORT, "</script>.md")
    article = inspection.unwrap()
    things: list[Any] = [article, *article.sections, *article.images, *article.tables, inspection, inspection.problems]
    file = tmp_path / "cards.html"
    cards = "".join(thing._repr_html_() for thing in things)
    file.write_text(f"<!DOCTYPE html><meta charset=utf-8>{cards}", encoding="utf-8")
    (tmp_path / "article.html").write_text(article.to_html(page=True), encoding="utf-8")
    context = browser.new_context()
    context.route("https://**", lambda route: route.abort())
    yield Visit(context.new_page(), file)
    context.close()


def test_cards_fetch_nothing_before_they_are_opened(shown: Visit) -> None:
    tab = shown.tab
    tab.wait_for_timeout(200)
    assert shown.requests == [tab.url]
    tab.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })")
    tab.wait_for_timeout(200)
    assert set(shown.requests[1:]) == {"https://n.sinaimg.cn/x/w640h480/20220302/1.jpg"}
    assert tab.evaluate("window.ran") is None
    assert shown.dialogs == []
    assert tab.evaluate("document.scripts.length") == 0


def test_a_rendered_article_runs_nothing(shown: Visit) -> None:
    tab = shown.tab
    tab.goto(tab.url.replace("cards.html", "article.html"))
    for part in tab.query_selector_all("article *"):
        part.hover(force=True)
    tab.wait_for_timeout(200)
    assert tab.evaluate("window.ran") is None
    assert shown.dialogs == []
    assert tab.evaluate("document.scripts.length") == 0
    assert tab.locator("img").first.get_attribute("referrerpolicy") == "no-referrer"
    assert not any("attacker" in url for url in shown.requests if not url.endswith("poster.png"))
