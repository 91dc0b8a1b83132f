"""Each language has its own navigation, and the other language is one click away: on the same page where it has that."""

from __future__ import annotations

import copy
from typing import Any

CHINESE = "zh/"
"""Where the Chinese pages are."""
CHINESE_TITLE = "中文"
"""What their part of the navigation is called."""


def on_page_context(context: dict[str, Any], *, page: Any, config: Any, nav: Any) -> None:
    """Called by MkDocs before each page is written."""
    chinese = next(item for item in nav.items if item.title == CHINESE_TITLE)
    pages = {each.file.src_uri: each for each in nav.pages}
    uri = page.file.src_uri
    in_chinese = uri.startswith(CHINESE)
    others = [item for item in nav.items if item is not chinese]
    own = copy.copy(nav)
    own.items = [*chinese.children, *filter(_only_english, others)] if in_chinese else others
    own.homepage = pages[f"{CHINESE}index.md" if in_chinese else "index.md"]
    context["nav"] = own
    english = pages.get(uri.removeprefix(CHINESE), pages["index.md"])
    translated = pages.get(uri if in_chinese else CHINESE + uri, pages[f"{CHINESE}index.md"])
    config.extra["alternate"] = [
        {"name": "English", "link": english.url, "lang": "en"},
        {"name": CHINESE_TITLE, "link": translated.url, "lang": "zh"},
    ]


def _only_english(item: Any) -> bool:
    """Whether a part of the navigation is one of those that are not translated."""
    return item.title in ("Reference", "Explanation")
