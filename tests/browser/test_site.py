"""The documentation as a site: it builds without a warning, its Chinese pages say that they are, and searching finds words.

Needs the dependency group ``docs``; only the search needs a browser.
"""

from __future__ import annotations

import functools
import http.server
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


def test_every_page_names_its_language(site: Path) -> None:
    found = {
        page.relative_to(ROOT / "docs").as_posix(): lxml.html.parse(
            site / page.relative_to(ROOT / "docs").with_suffix(".html")
        ).getroot()
        for page in ROOT.glob("docs/**/*.md")
    }
    assert {name: root.get("lang") for name, root in found.items()} == {
        name: "zh" if name.startswith("zh/") else "en" for name in found
    }
    # The words of the theme are those of the language, too.
    (label,) = found["zh/index.md"].xpath("//label[@class='md-search__icon md-icon'][1]/../input/@placeholder")
    assert label == "搜索"


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
