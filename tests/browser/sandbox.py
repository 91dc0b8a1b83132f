"""Shows documents in a real browser and tells what they did: scripts, dialogs, requests, navigation, foreign elements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

HOME = "https://sandbox.example/"
PICTURES = "https://pictures.example/"
SCRIPT = Path(__file__).with_name("sandbox.js").read_text(encoding="utf-8")
NOTICE = "for (const name of ['alert', 'confirm', 'prompt']) window[name] = (words) => noticed(String(words));"
"""A dialog would stop the frames beside it, and is not shown in frames of other origins: the call is what counts."""
BATCH = 50


class Sandbox:
    """A tab without a network. Each document is shown in a frame of its own, whose name is the document's number."""

    def __init__(self, browser: Any) -> None:
        self.context = browser.new_context()
        self.deeds: defaultdict[str, set[str]] = defaultdict(set)
        self.context.expose_binding("noticed", lambda source, words: self._note(source["frame"], f"ran {words}"))
        self.context.add_init_script(NOTICE)
        self.context.route("**/*", self._answer)
        self.tab = self.context.new_page()
        self.tab.on("dialog", self._dismiss)
        self.tab.goto(HOME)
        self.tab.add_script_tag(content=SCRIPT)
        self.tab.on("framenavigated", self._navigated)

    def _dismiss(self, dialog: Any) -> None:
        self.deeds[""].add(f"dialog {dialog.message}")
        dialog.dismiss()

    def _answer(self, route: Any) -> None:
        request = route.request
        if request.url == HOME and request.resource_type == "document" and request.frame == self.context.pages[0].main_frame:
            route.fulfill(body="<!DOCTYPE html><title>sandbox</title><body></body>", content_type="text/html")
            return
        if request.resource_type != "image" or not request.url.startswith(PICTURES):
            self._note(request.frame, f"asked for {request.url}")
        route.abort()

    def _navigated(self, frame: Any) -> None:
        if frame.url not in ("about:srcdoc", "about:blank", ""):
            self._note(frame, f"went to {frame.url}")

    def _note(self, frame: Any, deed: str) -> None:
        while frame.parent_frame is not None and frame.parent_frame.parent_frame is not None:
            frame = frame.parent_frame
        self.deeds[frame.name].add(deed)

    def shape(self, documents: Iterable[str]) -> set[str]:
        """Elements and attributes of harmless documents."""
        return {part for parts in self._show([["", text] for text in documents], None) for part in parts}

    def _show(self, pages: list[list[str]], allowed: list[str] | None) -> list[list[str]]:
        found: list[list[str]] = self.tab.evaluate("([pages, allowed]) => show(pages, allowed)", [pages, allowed])
        return found

    def faults(self, documents: Mapping[str, str], allowed: set[str]) -> dict[str, set[str]]:
        """What documents did or have beyond ``allowed``, by name; those that are harmless are not in it."""
        names = list(documents)
        found: defaultdict[str, set[str]] = defaultdict(set)
        self.deeds.clear()
        for start in range(0, len(names), BATCH):
            batch = names[start : start + BATCH]
            pages = [[str(number), documents[name]] for number, name in enumerate(batch, start)]
            for name, parts in zip(batch, self._show(pages, sorted(allowed)), strict=True):
                found[name].update(parts)
        for number, deeds in self.deeds.items():
            found[names[int(number)] if number.isdecimal() else f"one of {names[0]} …"] |= deeds
        return {name: parts for name, parts in found.items() if parts}

    def close(self) -> None:
        self.context.close()
