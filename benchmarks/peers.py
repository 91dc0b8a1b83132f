"""Time and content of sinaparse beside those of what one would otherwise take.

Every peer reads the same files in the same process, in every round in another order; the median of a file's rounds counts.
Time is from the file's text to the peer's own result. Making a page of title and body for those that want a page, and
reading the result for the judgement, are not timed. docs/comparison.md says what the columns mean.

Content is judged where a file has labels (NAME.json beside NAME.md), else over the reviewed fixtures of the tests.

usage: python benchmarks/peers.py [FOLDER] [--rounds N]    default: the folder in SINAPARSE_CORPUS, else examples/exports
"""

from __future__ import annotations

import argparse
import gc
import html
import json
import logging
import os
import platform
import random
import re
import statistics
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, NamedTuple

import bs4
import frontmatter
import lxml.html
import yaml

import sinaparse

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples" / "exports"
FIXTURES = ROOT / "tests" / "fixtures" / "exports"
SITE = "https://finance.sina.com.cn/"
# The promotion of Sina's page, for every peer that has a setting for what to leave out.
PROMOTION_CLASSES = ("appendQr_wrap", "app-kaihu-qr")
PROMOTION_XPATHS = [f"//*[contains(@class, '{name}')]" for name in PROMOTION_CLASSES]
PROMOTION_CSS = [f".{name}" for name in PROMOTION_CLASSES]
PROMOTION = re.compile(
    r"海量资讯、精准解读，尽在新浪财经APP|[^\n]*点击查看>>|炒股开户享福利[^\n]*|瓜分\d+元现金红包[^\n]*"
)
BOLD = re.compile("strong-Bold")
BLOCKS = {"p", "div", "td", "th", "li", "blockquote", "span", "section", "body", "center"}


class TableSigns(NamedTuple):
    """What tells whether a table was read: how many rows that hold anything, its first cell and its last."""

    rows: int
    first: str
    last: str


@dataclass(frozen=True)
class Content:
    """What a peer found, or what the labels say: None where there is no such thing in the peer's API, or no label."""

    title: str | None = None
    text: str | None = None
    headings: list[str] | None = None
    images: list[str] | None = None
    captions: list[str] | None = None
    tables: list[TableSigns] | None = None
    editor: list[str] | None = None
    symbols: list[str] | None = None
    source: list[str] | None = None
    authors: list[str] | None = None


LISTS = ("headings", "images", "captions", "tables", "editor", "symbols", "source", "authors")
NOTHING = Content(title="", text="", **{name: [] for name in LISTS})


@dataclass(frozen=True)
class Export:
    """One file, in the forms that the peers take."""

    path: Path
    source: bytes
    text: str
    page: str


@dataclass(frozen=True)
class Labels:
    """What is right for a file: text that may stand in a result or not (credits), and what must not (promotion)."""

    content: Content
    optional: str
    promotion: list[str]


@dataclass(frozen=True)
class Peer:
    """How a peer is run (timed) and how its result is read (not timed)."""

    name: str
    package: str
    load: Callable[[], tuple[Callable[[Export], Any], Callable[[Any], Content]]]
    fields: frozenset[str]


PEERS: list[Peer] = []
Loader = Callable[[], tuple[Callable[[Export], Any], Callable[[Any], Content]]]


def peer(name: str, package: str, fields: str) -> Callable[[Loader], Loader]:
    """Register a peer; ``fields`` are those of ``Content`` that it has an API for."""

    def register(load: Loader) -> Loader:
        PEERS.append(Peer(name, package, load, frozenset(fields.split())))
        return load

    return register


def squash(text: str | None) -> str:
    """The text without white space, which every tool treats in its own way."""
    return re.sub(r"[\s\u200b\ufeff]+", "", text or "")


def signs(rows: Iterable[Iterable[str]]) -> TableSigns:
    """The signs of a table, given the texts of its cells."""
    filled = [cells for row in rows if any(cells := [squash(cell) for cell in row])]
    return TableSigns(len(filled), filled[0][0], filled[-1][-1]) if filled else TableSigns(0, "", "")


def visible(root: Any) -> str:
    """The text of an lxml tree, a line for each text node: style, scripts and comments left out."""
    return "\n".join(root.xpath(".//text()[not(ancestor::style or ancestor::script)]"))


def from_html(markup: str) -> Content:
    """What stands in HTML that a peer gives: text, headings by their tags, images, tables."""
    root = lxml.html.document_fromstring(markup or "<p></p>")
    return Content(
        text=visible(root),
        headings=[node.text_content() for node in root.xpath("//h1|//h2|//h3|//h4|//h5|//h6")],
        images=[str(url) for url in root.xpath("//img/@src")],
        tables=[
            signs([cell.text_content() for cell in row.xpath("td|th")] for row in table.iter("tr"))
            for table in root.iter("table")
        ],
    )


@peer("sinaparse", "sinaparse", "title text headings images captions tables editor symbols source authors")
def load_sinaparse() -> tuple[Callable[[Export], Any], Callable[[Any], Content]]:
    """A complete strict inspection, the proof that nothing was lost included."""
    parser = sinaparse.Parser()
    return lambda export: parser.inspect(
        export.source
    ), lambda result: of_article(result.article) if result.article else NOTHING


def of_article(article: sinaparse.Article) -> Content:
    """What an article holds."""
    return Content(
        title=article.title,
        text=article.text,
        headings=[text for _, text in article.headings],
        images=[image.url for image in article.images],
        captions=[image.caption for image in article.images if image.caption],
        tables=[signs([cell.text for cell in row] for row in table.rows) for table in article.tables],
        editor=[article.editor.name] if article.editor else [],
        symbols=[*article.symbols],
        source=[article.source] if article.source else [],
        authors=[*article.authors],
    )


@peer(
    "BeautifulSoup by hand",
    "beautifulsoup4",
    "title text headings images captions tables editor symbols source authors",
)
def load_soup() -> tuple[Callable[[Export], Any], Callable[[Any], Content]]:
    """The script that one writes in an afternoon: rules for what most files show, and PyYAML for the front matter."""

    def all_bold(node: bs4.Tag) -> bool:
        strings = [string for string in node.find_all(string=True) if string.strip()]
        return all(
            string.find_parent(["strong", "b"]) or string.find_parent("font", attrs={"cms-style": BOLD})
            for string in strings
        )

    def run(export: Export) -> Content:
        head, body = re.split(r"(?m)^---[ \t]*$", export.text, maxsplit=2)[1:]
        try:
            title = str(yaml.load(head, Loader=yaml.CSafeLoader)["title"])
        except yaml.YAMLError:
            found = re.search(r"(?m)^title:\s*['\"]?(.*?)['\"]?$", head)
            title = found[1] if found else ""
        soup = bs4.BeautifulSoup(body, "lxml")
        for node in soup.select(", ".join(["style", "script", *PROMOTION_CSS])):
            node.decompose()
        symbols = {str(node["id"]).removeprefix("stock_") for node in soup.select("span[id^=stock_]")}
        paragraphs: list[str] = []
        headings: list[str] = []
        images: list[str] = []
        captions: list[str] = []
        editor: list[str] = []
        source: list[str] = []
        authors: list[str] = []
        for node in soup.find_all(["p", "img", "h1", "h2", "h3", "h4", "td", "th"]):
            text = node.get_text().strip()
            if node.name == "img":
                images.append(str(node.get("src", "")))
                caption = node.find_next_sibling("span", class_="img_descr")
                if caption is not None and caption.get_text().strip():
                    captions.append(caption.get_text().strip())
                    paragraphs.append(caption.get_text().strip())
            elif not text or node.find(["p", "td"]):
                continue
            elif match := re.match(r"[（(]?责任编辑[：:]\s*(\w+)", text):
                editor.append(match[1])
            elif len(text) < 50 and (match := re.search(r"来源[：:]\s*(\S+)", text)):
                source.append(match[1])
            elif len(text) < 30 and (match := re.search(r"记者[：:]?\s*(.+)", text)):
                authors.extend(re.split(r"[\s、]+", match[1]))
            else:
                heading = node.name.startswith("h") or (node.name == "p" and len(text) < 50 and all_bold(node))
                if heading:
                    headings.append(text)
                paragraphs.append(text)
        return Content(
            title=title,
            text="\n".join(paragraphs),
            headings=headings,
            images=images,
            captions=captions,
            tables=[
                signs([cell.get_text() for cell in row.find_all(["td", "th"])] for row in table.find_all("tr"))
                for table in soup.find_all("table")
            ],
            editor=editor,
            symbols=[*symbols],
            source=source,
            authors=authors,
        )

    return run, lambda result: result


@peer("markdownify + python-frontmatter", "markdownify", "title text headings images tables")
def load_markdownify() -> tuple[Callable[[Export], Any], Callable[[Any], Content]]:
    """The front matter by python-frontmatter, the body as Markdown; headings are the lines with ``#``."""
    from markdownify import markdownify  # type: ignore[import-not-found,unused-ignore]

    def run(export: Export) -> tuple[str, str]:
        post = frontmatter.loads(export.text)
        return str(post["title"]), markdownify(post.content, heading_style="ATX", strip=["style", "a"])

    def read(result: tuple[str, str]) -> Content:
        title, text = result
        tables: list[list[list[str]]] = [[]]
        for line in text.splitlines():
            if not line.startswith("|"):
                tables.append([])
            elif not re.fullmatch(r"[|\s-]+", line):
                tables[-1].append(line.strip("| ").split("|"))
        return Content(
            title=title,
            text=re.sub(r"!\[[^\]]*\]\([^)]*\)|[*#|\\]|^[| -]+$", "", text, flags=re.MULTILINE),
            headings=re.findall(r"(?m)^#+ (.+)$", text),
            images=re.findall(r"!\[[^\]]*\]\((\S+?)\)", text),
            tables=[signs(table) for table in tables if table],
        )

    return run, read


@peer("trafilatura", "trafilatura", "title text headings images tables authors")
def load_trafilatura() -> tuple[Callable[[Export], Any], Callable[[Any], Content]]:
    """Tables, images and formatting on; ``favor_recall``: of its three ways that with the best recall over Chinese exports."""
    import trafilatura  # type: ignore[import-not-found,unused-ignore]

    def run(export: Export) -> Any:
        return trafilatura.bare_extraction(
            export.page,
            url=SITE,
            favor_recall=True,
            include_comments=False,
            include_formatting=True,
            include_images=True,
            include_tables=True,
            with_metadata=True,
            prune_xpath=PROMOTION_XPATHS,
        )

    def read(result: Any) -> Content:
        if result is None:
            return NOTHING
        body = result.body
        return Content(
            title=result.title,
            text="\n".join(body.itertext()),
            headings=["".join(node.itertext()) for node in body.iter("head")],
            images=[node.get("src") for node in body.iter("graphic")],
            tables=[
                signs(["".join(cell.itertext()) for cell in row.iter("cell")] for row in table.iter("row"))
                for table in body.iter("table")
            ],
            authors=result.author.split("; ") if result.author else [],
        )

    return run, read


@peer("readability-lxml", "readability-lxml", "title text headings images tables")
def load_readability() -> tuple[Callable[[Export], Any], Callable[[Any], Content]]:
    """The summary as HTML, with all images kept and Sina's promotion among the negative keywords."""
    from readability import Document  # type: ignore[import-not-found,unused-ignore]

    def run(export: Export) -> tuple[str, str]:
        document = Document(export.page, url=SITE, negative_keywords=[*PROMOTION_CLASSES])
        return document.title(), document.summary(html_partial=True, keep_all_images=True)

    return run, lambda result: replace(from_html(result[1]), title=result[0])


@peer("newspaper4k", "newspaper4k", "title text images authors")
def load_newspaper() -> tuple[Callable[[Export], Any], Callable[[Any], Content]]:
    """For Chinese (with jieba), without fetching images: nothing goes over the network."""
    import newspaper  # type: ignore[import-not-found,unused-ignore]

    def run(export: Export) -> Any:
        article = newspaper.Article(SITE, language="zh", fetch_images=False)
        article.download(input_html=export.page)
        return article.parse()

    return run, lambda article: Content(
        title=article.title, text=article.text, images=[*article.images], authors=[*article.authors]
    )


@peer("gne", "gne", "title text images authors")
def load_gne() -> tuple[Callable[[Export], Any], Callable[[Any], Content]]:
    """With Sina's promotion as noise nodes."""
    from gne import GeneralNewsExtractor  # type: ignore[import-not-found,unused-ignore]

    extractor = GeneralNewsExtractor()

    def read(result: dict[str, Any]) -> Content:
        authors = [result["author"]] if result["author"] else []
        return Content(title=result["title"], text=result["content"], images=result["images"], authors=authors)

    return lambda export: extractor.extract(export.page, noise_node_list=PROMOTION_XPATHS), read


@peer("fundus", "fundus", "title text headings images captions authors")
def load_fundus() -> tuple[Callable[[Export], Any], Callable[[Any], Content]]:
    """A publisher's parser made of fundus's own utilities, like that of the People's Daily which comes with it."""
    from fundus.parser import BaseParser, ParserProxy, attribute  # type: ignore[import-not-found,unused-ignore]
    from fundus.parser.utility import (  # type: ignore[import-not-found,unused-ignore]
        extract_article_body_with_selector,
        generic_author_parsing,
        generic_date_parsing,
        image_extraction,
        parse_title_from_root,
    )
    from lxml.etree import XPath

    heading = "(strong or b or font[contains(@cms-style, 'strong-Bold')]) and string-length(.) < 50 and not(text()[string-length(normalize-space(translate(., '　', ''))) > 0])"
    inside = "//div[@id='artibody']//p[not(@class='article-editor')]"
    paragraphs = XPath(f"{inside}[not({heading})][normalize-space(.)] | //div[@id='artibody']//td[not(.//p)]")
    subheadlines = XPath(f"{inside}[{heading}]")
    captions = XPath("./following-sibling::span[@class='img_descr'][normalize-space(.)]")
    bylines = XPath("string(//p[contains(., '记者') and string-length(.) < 30])")

    class SinaParser(ParserProxy):  # type: ignore[misc,unused-ignore]
        class V1(BaseParser):  # type: ignore[misc,unused-ignore]
            @attribute
            def body(self) -> Any:
                return extract_article_body_with_selector(
                    self.precomputed.doc, paragraphs, subheadline_selector=subheadlines
                )

            @attribute
            def title(self) -> str | None:
                return parse_title_from_root(self.precomputed.doc)

            @attribute
            def authors(self) -> list[str]:
                byline = re.search(r"记者[：:]?\s*(.+)", bylines(self.precomputed.doc))
                return generic_author_parsing(byline[1], split_on=["、", r"\s+"]) if byline else []

            @attribute
            def publishing_date(self) -> Any:
                return generic_date_parsing(self.precomputed.meta.get("article:published_time"))

            @attribute
            def images(self) -> Any:
                return image_extraction(
                    doc=self.precomputed.doc,
                    paragraph_selector=XPath("//div[@id='artibody']//p"),
                    image_selector=XPath("//div[@id='artibody']//div[@class='img_wrapper']//img"),
                    upper_boundary_selector=XPath("//h1"),
                    caption_selector=captions,
                )

    proxy = SinaParser()

    def read(result: dict[str, Any]) -> Content:
        images = result["images"] or []
        return Content(
            title=result["title"],
            text=str(result["body"]),
            headings=[text for section in result["body"].sections for text in section.headline],
            images=[image.versions[0].url for image in images],
            captions=[image.caption for image in images if image.caption],
            authors=result["authors"],
        )

    return lambda export: proxy().parse(export.page, error_handling="suppress"), read


@peer("resiliparse", "resiliparse", "text")
def load_resiliparse() -> tuple[Callable[[Export], Any], Callable[[Any], Content]]:
    """Plain text, with Sina's promotion among the elements to skip."""
    from resiliparse.extract.html2text import extract_plain_text  # type: ignore[import-not-found,unused-ignore]

    skip = [*PROMOTION_CSS, "h1"]
    return lambda export: extract_plain_text(
        export.page, alt_texts=False, list_bullets=False, skip_elements=skip
    ), lambda text: Content(text=text)


def read_export(path: Path) -> Export:
    """The file, and the page that the peers get which want one."""
    source = path.read_bytes()
    text = source.decode().replace("\r\n", "\n")
    body = re.split(r"(?m)^---[ \t]*$", text, maxsplit=2)[2]
    # A page has its right title, even where the exporter broke it.
    title = html.escape(sinaparse.Parser(strict=False).parse(source).title)
    page = (
        f'<!DOCTYPE html><html lang="zh"><head><meta charset="utf-8"><title>{title}</title></head>'
        f'<body><h1 class="main-title">{title}</h1><div class="article" id="artibody">{body}</div></body></html>'
    )
    return Export(path, source, text, page)


def read_labels(export: Export) -> Labels | None:
    """The labels of a file: an article that a person reviewed, or a list of facts; None where it has none."""
    path = export.path.with_suffix(".json")
    if not path.exists():
        return None
    found = json.loads(path.read_text(encoding="utf-8"))
    if "article" in found:
        article = sinaparse.Article.model_validate(found["article"])
        content = of_article(article)
        shown = visible(lxml.html.document_fromstring(export.page))
        text = squash(content.text)
        left = [match for match in PROMOTION.findall(shown) if squash(match) not in text]
        return Labels(content, "\n".join([article.title, *(credit.text for credit in article.credits)]), left)
    return labels_of_facts(found, export)


def labels_of_facts(facts: dict[str, Any], export: Export) -> Labels:
    """Labels from facts; the text is all visible text of the body without promotion, credit lines told by the names in them."""
    names = [name for name in (facts["editor"], facts["source"], facts["original_title"], *facts["authors"]) if name]
    root = lxml.html.document_fromstring(export.page).get_element_by_id("artibody")
    blocks: dict[Any, list[str]] = {}
    for node in root.xpath(".//text()[not(ancestor::style or ancestor::script)]"):
        parent = node.getparent()
        owner = parent.getparent() if node.is_tail else parent
        while owner.tag not in BLOCKS or (owner.tag == "span" and owner.get("class") != "img_descr"):
            owner = owner.getparent()
        blocks.setdefault(owner, []).append(node)
    required: list[str] = []
    optional = [facts["title"]]
    promotion = [squash(text) for text in facts["promo"]]
    for parts in blocks.values():
        block = squash("".join(parts))
        for text in promotion:
            block = block.replace(text, "")
        credit = len(block) < 80 and any(squash(name) in block for name in names)
        (optional if credit else required).append(block)
    shapes, cells = facts.get("table_shapes"), facts.get("table_cells")
    tables = None if facts["tables"] else []
    if shapes and cells:
        tables = [
            TableSigns(rows, squash(first), squash(last))
            for (rows, _), (first, last) in zip(shapes, cells, strict=True)
        ]
    content = Content(
        title=facts["title"],
        text="\n".join(required),
        headings=[text for text, _ in facts["headings"]],
        images=[url for url, _ in facts["images"]],
        captions=[caption for _, caption in facts["images"] if caption],
        tables=tables,
        editor=[facts["editor"]] if facts["editor"] else [],
        symbols=facts["symbols"],
        source=[facts["source"]] if facts["source"] else [],
        authors=facts["authors"],
    )
    return Labels(content, "\n".join(optional), facts["promo"])


def shingles(text: str | None) -> Counter[str]:
    """All runs of three characters."""
    whole = squash(text)
    return Counter(whole[start : start + 3] for start in range(len(whole) - 2))


@dataclass
class Score:
    """What a peer got right over all files: counts of what is true, what was said, and what is both."""

    true: Counter[str] = field(default_factory=Counter)
    said: Counter[str] = field(default_factory=Counter)
    both: Counter[str] = field(default_factory=Counter)
    files: int = 0
    titles: int = 0
    promoted: int = 0
    failed: int = 0

    def judge(self, got: Content, labels: Labels, fields: frozenset[str]) -> None:
        """Add one file."""
        want = labels.content
        self.files += 1
        self.titles += squash(got.title) == squash(want.title)
        said, required = shingles(got.text), shingles(want.text)
        self.true["text"] += required.total()
        self.both["recall"] += (said & required).total()
        self.said["text"] += said.total()
        self.both["precision"] += (said & (required + shingles(labels.optional))).total()
        self.promoted += any(squash(text) in squash(got.text) for text in labels.promotion)
        for name in fields.intersection(LISTS):
            if (true := getattr(want, name)) is not None:
                wanted, found = (Counter(map(_comparable, items)) for items in (true, getattr(got, name)))
                self.true[name] += wanted.total()
                self.said[name] += found.total()
                self.both[name] += (wanted & found).total()

    def percent(self, name: str) -> str:
        """F1 of a list."""
        sum_of_both = self.true[name] + self.said[name]
        return f"{200 * self.both[name] / sum_of_both:.0f}" if sum_of_both else "–"


def _comparable(item: Any) -> Any:
    return squash(item) if isinstance(item, str) else item


def attempt(run: Callable[[Export], Any], export: Export) -> tuple[float, Any]:
    """The seconds of one run, and its result: None where the peer raised."""
    start = time.perf_counter()
    try:
        result = run(export)
    except Exception:  # noqa: BLE001 a peer may raise whatever it likes: that is a file it did not read
        result = None
    return time.perf_counter() - start, result


def version_of(package: str) -> str:
    """The version of a package; sinaparse may stand on the path without being installed."""
    return sinaparse.__version__ if package == "sinaparse" else version(package)


def load_peers() -> tuple[dict[str, tuple[Peer, Any, Any]], list[str]]:
    """The peers that are installed with their two functions, and the names of the others."""
    loaded: dict[str, tuple[Peer, Any, Any]] = {}
    missing = []
    for item in PEERS:
        try:
            version_of(item.package)
        except PackageNotFoundError:
            missing.append(item.name)
        else:
            loaded[item.name] = (item, *item.load())
    return loaded, missing


def measure(loaded: dict[str, tuple[Peer, Any, Any]], exports: list[Export], rounds: int) -> dict[str, list[float]]:
    """The median seconds of each file, for each peer.

    In each round every peer goes over all files, as in a run over a folder, and the peers take turns in a random order.
    """
    times: defaultdict[tuple[str, int], list[float]] = defaultdict(list)
    for number in range(-1, rounds):  # the first round fills caches, and does not count
        for name, (_, run, _) in random.sample([*loaded.items()], len(loaded)):
            gc.collect()  # soups are full of cycles: let nobody pay for another's
            for index, export in enumerate(exports):
                seconds, _ = attempt(run, export)
                if number >= 0:
                    times[name, index].append(seconds)
    return {name: [statistics.median(times[name, index]) for index in range(len(exports))] for name in loaded}


def judge(loaded: dict[str, tuple[Peer, Any, Any]], judged: list[tuple[Export, Labels]]) -> dict[str, Score]:
    """What each peer got right."""
    scores = {name: Score() for name in loaded}
    for export, labels in judged:
        for name, (item, run, read) in loaded.items():
            _, result = attempt(run, export)
            content = NOTHING if result is None else read(result)
            scores[name].failed += result is None
            scores[name].judge(content, labels, item.fields)
    return scores


def row(item: Peer, times: list[float], own: list[float], score: Score) -> list[str]:
    """A row of the table."""
    ratio = statistics.median(other / mine for other, mine in zip(times, own, strict=True))
    text = [
        f"{100 * score.both[part] / max(1, total):.1f}"
        for part, total in (("recall", score.true["text"]), ("precision", score.said["text"]))
    ]
    lists = [score.percent(name) if name in item.fields else "—" for name in LISTS]
    title = f"{100 * score.titles / score.files:.0f}" if "title" in item.fields else "—"
    return [
        f"{item.name} {version_of(item.package)}",
        f"{statistics.median(times) * 1e3:.2f}",
        f"{ratio:.1f}",
        title,
        *text,
        str(score.promoted),
        *lists,
        str(score.failed),
    ]


COLUMNS = ("tool", "ms", "× sinaparse", "title", "text recall", "text precision", "promotion left in", *LISTS, "failed")


def main() -> None:
    """Print the table."""
    arguments = argparse.ArgumentParser(description="Time and content of sinaparse beside those of its peers.")
    arguments.add_argument("folder", type=Path, nargs="?", default=Path(os.environ.get("SINAPARSE_CORPUS", EXAMPLES)))
    arguments.add_argument("--rounds", type=int, default=7)
    options = arguments.parse_args()
    logging.disable(logging.CRITICAL)  # peers report what they don't find
    loaded, missing = load_peers()
    exports = [read_export(path) for path in sorted(options.folder.rglob("*.md"))]
    if not exports:
        arguments.error(f"no *.md in {options.folder}")
    judged = [(export, labels) for export in exports if (labels := read_labels(export))]
    if not judged:
        fixtures = map(read_export, sorted(FIXTURES.glob("*.md")))
        judged = [(export, labels) for export in fixtures if (labels := read_labels(export))]
    gc.freeze()
    times = measure(loaded, exports, options.rounds)
    scores = judge(loaded, judged)
    print(
        f"{len(exports)} files timed, {options.rounds} rounds; {len(judged)} files judged; Python {platform.python_version()}, lxml {version('lxml')}\n"
    )
    print("| " + " | ".join(COLUMNS) + " |\n|" + " --- |" + " ---: |" * (len(COLUMNS) - 1))
    for name in sorted(loaded, key=lambda name: statistics.median(times[name])):
        print("| " + " | ".join(row(loaded[name][0], times[name], times["sinaparse"], scores[name])) + " |")
    for name in missing:
        print(f"| {name} | not installed |" + " |" * (len(COLUMNS) - 2))


if __name__ == "__main__":
    main()
