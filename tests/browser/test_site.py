"""The documentation as a site: it builds without a warning, its Chinese pages say that they are, and searching finds words.

Needs the dependency group ``docs``; only the search needs a browser.
"""

from __future__ import annotations

import functools
import http.server
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import lxml.html
import pytest

pytest.importorskip("material", reason="MkDocs with Material is not installed")
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert result.returncode == 0, result.stderr
    return folder


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, Any]:
    """The pages by the names of their sources, below ``docs``."""
    names = [page.relative_to(ROOT / "docs") for page in ROOT.glob("docs/**/*.md")]
    return {name.as_posix(): lxml.html.parse(site / name.with_suffix(".html")).getroot() for name in names}


def test_every_page_names_its_language(pages: dict[str, Any]) -> None:
    assert {name: root.get("lang") for name, root in pages.items()} == {
        name: "zh" if name.startswith("zh/") else "en" for name in pages
    }
    # The words of the theme are those of the language, too.
    (label,) = pages["zh/index.md"].xpath("//label[@class='md-search__icon md-icon'][1]/../input/@placeholder")
    assert label == "搜索"


def test_each_language_has_its_own_navigation(pages: dict[str, Any]) -> None:
    shown = "//nav[contains(@class, 'md-nav--primary')]//a[@class='md-nav__link']/@href"
    english = {name for name in pages if not name.startswith("zh/")}
    for name, root in pages.items():
        base = Path(name).parent
        linked = {os.path.normpath(base / str(href)) for href in root.xpath(shown) if not href.startswith("#")}
        sources = {str(Path(href).with_suffix(".md")) for href in linked} | {name}
        if name in english:
            assert sources == english
        else:
            translated = {source for source in english if f"zh/{source}" in pages}
            assert sources == (set(pages) - translated)


def test_the_other_language_is_one_click_away_on_the_same_page(pages: dict[str, Any]) -> None:
    for name, root in pages.items():
        links = {link.get("hreflang"): link.get("href") for link in root.xpath("//a[@class='md-select__link']")}
        for language, href in links.items():
            there = Path(os.path.normpath(Path(name).parent / href)).with_suffix(".md").as_posix()
            same = name.removeprefix("zh/") if language == "en" else f"zh/{name.removeprefix('zh/')}"
            assert there == (same if same in pages else "zh/index.md")
        assert list(links) == ["en", "zh"]


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=site)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


# Playwright leaves the closing of its pipes to the end of the process.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_searching_finds_words_of_both_languages(address: str, browser: Any) -> None:
    page = browser.new_page()
    for word, wanted in {
        "清洗器": "zh/cleaners.html",
        "数据框": "zh/inspect.html",
        "parquet": "tables.html",
    }.items():
        # What is typed before the page is ready is lost; an address that asks is not.
        page.goto(f"{address}/zh/index.html?q={word}")
        results = page.locator(f".md-search-result__link[href*='/{wanted}']")
        results.first.wait_for(state="attached", timeout=20_000)
    page.close()
