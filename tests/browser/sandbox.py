"""Shows documents in a real browser and tells what they did: scripts, dialogs, requests, navigation, foreign elements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

HOME = "https://sandbox.example/"
PICTURES = ("https://pictures.example/", "https://n.sinaimg.cn/")
"""Where pictures of the articles are."""
SCRIPT = Path(__file__).with_name("sandbox.js").read_text(encoding="utf-8")
NOTICE = "for (const name of ['alert', 'confirm', 'prompt']) window[name] = (words) => noticed(String(words));"
"""A dialog would stop the frames beside it, and is not shown in frames of other origins: the call is what counts."""
BATCH = 10
"""Frames that are open at a time."""
TOGETHER = 20
"""Pieces in one frame."""
WHOLE = "<!DOCTYPE html>"
"""How a document begins that is more than a piece of one."""
END = '<p id="the-end">'
"""Stands after each piece: if it can't be found there, something is open."""


def _page(documents: list[str]) -> str:
    if documents[0].startswith(WHOLE):
        before, _, after = documents[0].rpartition("</body>")
        return f"{before}{END}</body>{after}"
    return f"{WHOLE}<title>x</title><body>{''.join(document + END for document in documents)}</body>"


class Sandbox:
    """A tab without a network. Each document is shown in a frame of its own, whose name is the document's number."""

    def __init__(self, browser: Any) -> None:
        self.pictures: tuple[str, ...] = PICTURES
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
        if (
            request.url == HOME
            and request.resource_type == "document"
            and request.frame == self.context.pages[0].main_frame
        ):
            route.fulfill(body="<!DOCTYPE html><title>sandbox</title><body></body>", content_type="text/html")
            return
        if request.resource_type != "image" or not request.url.startswith(self.pictures):
            self._note(request.frame, f"asked for {request.url}")
        route.abort()

    def _navigated(self, frame: Any) -> None:
        if frame.url not in ("about:srcdoc", "about:blank", ""):
            self._note(frame, f"went to {frame.url}")

    def _note(self, frame: Any, deed: str) -> None:
        while frame.parent_frame is not None and frame.parent_frame.parent_frame is not None:
            frame = frame.parent_frame
        self.deeds[frame.name].add(deed)

    def shape(self, document: str) -> set[str]:
        """Elements and attributes of a harmless document."""
        return set(self._show([("", [document])], None)[0])

    def faults(self, documents: Mapping[str, str], allowed: set[str]) -> dict[str, set[str]]:
        """What documents did or have beyond ``allowed``, by name; those that are harmless are not in it.

        Pieces of a page stand together, since a frame takes longer than what is in it; each that may be to blame is then
        shown alone.
        """
        pieces = [name for name, document in documents.items() if not document.startswith(WHOLE)]
        groups = [pieces[start : start + TOGETHER] for start in range(0, len(pieces), TOGETHER)]
        groups += [[name] for name in documents if name not in set(pieces)]
        guilty = self._try(groups, documents, allowed)
        alone = self._try([[name] for names in guilty for name in names], documents, allowed)
        # What is harmless alone and does harm in company is to blame as well.
        innocent = {names: parts for names, parts in guilty.items() if not any((name,) in alone for name in names)}
        return {" | ".join(names): parts for names, parts in (alone | innocent).items()}

    def _try(
        self, groups: list[list[str]], documents: Mapping[str, str], allowed: set[str]
    ) -> dict[tuple[str, ...], set[str]]:
        found: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
        self.deeds.clear()
        for start in range(0, len(groups), BATCH):
            batch = groups[start : start + BATCH]
            pages = [(str(number), [documents[name] for name in names]) for number, names in enumerate(batch, start)]
            for names, parts in zip(batch, self._show(pages, sorted(allowed)), strict=True):
                found[tuple(names)].update(parts)
        for number, deeds in self.deeds.items():
            found[tuple(groups[int(number)])] |= deeds
        return {names: parts for names, parts in found.items() if parts}

    def _show(self, pages: Iterable[tuple[str, list[str]]], allowed: list[str] | None) -> list[list[str]]:
        written = [[name, _page(documents), len(documents)] for name, documents in pages]
        found: list[list[str]] = self.tab.evaluate("([pages, allowed]) => show(pages, allowed)", [written, allowed])
        return found

    @contextmanager
    def pictures_from(self, *prefixes: str) -> Iterator[None]:
        """Pictures may come from other addresses for a while."""
        self.pictures = prefixes
        yield
        self.pictures = PICTURES

    def close(self) -> None:
        self.context.close()
