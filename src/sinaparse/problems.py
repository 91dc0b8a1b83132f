"""What can be wrong with an export, and how it is said.

Every problem has a *code*: a stable, readable name. :data:`CODES` is the one table of them; a code says how severe it is
in strict and in lenient mode, what the message is, what to do about it, and why it matters.

Exceptions::

    SinaParseError            anything this library raises on purpose
    ├── WorkerError           processes that can't be started
    └── ParseError            an export that can't be accepted (also a ValueError)
        └── CleanerError      … because a cleaner failed
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from sinaparse.limits import Limits

Severity = Literal["error", "warning", "info"]

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")
"""The worst first."""

EXCERPT_CHARS = 80
_DEFAULT_LIMIT = Limits().problems


class Problem(BaseModel):
    """One thing that is wrong with, or worth knowing about, one export."""

    model_config = ConfigDict(frozen=True)

    code: str
    """A key of :data:`CODES`, such as ``unknown-markup``."""
    severity: Severity
    message: str
    line: int | None = None
    """Line of the source file, counted from 1; None where a problem belongs to no line."""
    excerpt: str = ""
    """The place in the source, on one line and cut to 80 characters."""
    hint: str = ""
    """What to do about it."""

    def __repr__(self) -> str:
        return f"Problem({str(self)!r})"

    def __str__(self) -> str:
        where = "" if self.line is None else f"{self.line}: "
        return f"{where}{self.severity}[{self.code}]: {self.message}"


class ProblemList(tuple[Problem, ...]):
    """A tuple of problems that is short in a shell, and a table in a notebook."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"ProblemList({count(self)})"

    def _repr_html_(self) -> str:
        from sinaparse.notebook import problem_card

        return problem_card(self)


class SinaParseError(Exception):
    """Base of everything that this library raises on purpose."""


class WorkerError(SinaParseError):
    """Worker processes can't be started at all."""


class ParseError(SinaParseError, ValueError):
    """An export that can't be accepted; ``str()`` of it reads like a compiler's message.

    ``problems`` has all problems of the export, warnings included; ``path`` is None for strings and bytes.
    """

    def __init__(self, problems: Iterable[Problem], path: str | None = None) -> None:
        self.problems = ProblemList(problems)
        self.path = path
        super().__init__(self.problems, path)

    def __str__(self) -> str:
        return report(self.problems, self.path)

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.problems, self.path)


class CleanerError(ParseError):
    """A cleaner raised an exception, which is the ``__cause__``; ``cleaner`` is the cleaner's name."""

    def __init__(self, problems: Iterable[Problem], path: str | None = None, cleaner: str = "") -> None:
        super().__init__(problems, path)
        self.cleaner = cleaner

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.problems, self.path, self.cleaner)


def report(problems: Iterable[Problem], path: str | None = None) -> str:
    """Problems as a compiler would print them: place, severity, code, message, excerpt, hint; a count at the end.

    >>> print(report([problem("not-sina", "error")], "a.md"))
    a.md: error[not-sina]: nothing in this file says that it comes from Sina
      = hint: Check where the file comes from; lenient mode parses it all the same.
    1 error
    """
    problems = tuple(problems)
    lines = []
    for item in problems:
        lines.append(headline(item, path or "<source>"))
        if item.excerpt:
            gutter = "" if item.line is None else str(item.line)
            lines.append(f"  {gutter:>5} | {item.excerpt}")
        if item.hint:
            lines.append(f"  = hint: {item.hint}")
    lines.append(count(problems))
    return "\n".join(lines)


def headline(item: Problem, path: str) -> str:
    """``a.md:3: error[not-sina]: …``, on one line whatever the name of the file."""
    name = path.replace("\n", "\ufffd")
    place = name if item.line is None else f"{name}:{item.line}"
    return f"{place}: {item.severity}[{item.code}]: {item.message}"


def count(problems: Iterable[Problem]) -> str:
    """``2 errors, 1 warning``: how many problems there are of each severity, the worst first."""
    severities = [item.severity for item in problems]
    counts = [(severities.count(kind), kind) for kind in SEVERITIES]
    words = [f"{n} {kind}{'' if n == 1 or kind == 'info' else 's'}" for n, kind in counts if n]
    return ", ".join(words) or "no problems"


def counted(number: int, noun: str) -> str:
    """``1 file``, ``3 files``, ``0 files``."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def excerpt(text: str) -> str:
    """A piece of source on one line, cut to 80 characters."""
    line = " ".join(text[: 4 * EXCERPT_CHARS].split())
    return line if len(line) <= EXCERPT_CHARS else line[: EXCERPT_CHARS - 1] + "…"


def nearest(name: str, names: Iterable[str]) -> str:
    """`` (did you mean 'x'?)`` for the known name nearest to an unknown one, or nothing."""
    match = difflib.get_close_matches(name, list(names), n=1)
    return f" (did you mean {match[0]!r}?)" if match else ""


@dataclass(frozen=True, slots=True)
class Code:
    """One row of :data:`CODES`."""

    name: str
    strict: Severity
    lenient: Severity
    message: str
    """A template for :meth:`str.format`."""
    hint: str
    explanation: str
    """One paragraph for the documentation: what it means and why it is checked."""


def problem(
    code: str, severity: Severity, *, line: int | None = None, source: str = "", hint: str = "", **values: object
) -> Problem:
    """A problem of a known code; ``values`` fill its message, ``source`` becomes the excerpt."""
    row = CODES[code]
    return Problem(
        code=code,
        severity=severity,
        message=row.message.format(**values),
        line=line,
        excerpt=excerpt(source),
        hint=hint or row.hint,
    )


class TooManyProblems(Exception):
    """The limit on problems was crossed, and the last one says so."""


class Problems:
    """Collects the problems of one export; the mode decides how severe each is."""

    def __init__(self, strict: bool, limit: int = _DEFAULT_LIMIT) -> None:
        self.strict = strict
        self._limit = limit
        self._items: list[Problem] = []

    def add(self, code: str, *, line: int | None = None, source: str = "", hint: str = "", **values: object) -> None:
        """Note one problem: its code, its line in the source file, the source there, and what its message needs.

        Raises :class:`TooManyProblems` for the first one beyond the limit.
        """
        if len(self._items) >= self._limit:
            self._items.append(problem("limit-problems", "error", line=line, limit=self._limit))
            raise TooManyProblems
        row = CODES[code]
        severity = row.strict if self.strict else row.lenient
        self._items.append(problem(code, severity, line=line, source=source, hint=hint, **values))

    def __iter__(self) -> Iterator[Problem]:
        return iter(self._items)

    @property
    def fatal(self) -> bool:
        """Whether any of them is an error."""
        return any(item.severity == "error" for item in self._items)

    def sorted(self) -> tuple[Problem, ...]:
        """All of them by line; those without a line come first."""
        return tuple(sorted(self._items, key=lambda item: item.line or 0))


_LENIENT = "Lenient mode (`strict=False`) goes on with a warning."

_ROWS = (
    # --- the source -------------------------------------------------------------------------------------------------
    Code(
        "unreadable-file", "error", "error",
        "the file can't be read: {reason}",
        "Check that it is still there and that you may read it.",
        "Only where files are read by path: the file or folder is gone, is not yours to read, or lies on a disk that fails. "
        "A run over many files reports it and goes on with the next one.",
    ),
    Code(
        "archive-unreadable", "error", "error",
        "the archive can't be read to its end: {reason}",
        "Copy it again from where it came, or unpack it with a tool that repairs.",
        "The file is no archive of the kind that its suffix names, or it is damaged or cut off. The members before the damage "
        "are parsed all the same.",
    ),
    Code(
        "archive-member", "error", "error",
        "this member of the archive is refused: {reason}",
        "Pack the archive again, with plain files only and without a password.",
        "Members that are encrypted or damaged can't be read. Those with an absolute path, with `..` in it, and links are not "
        "what an archive of exports has; they are what an archive has that is made to do harm. The other members are parsed.",
    ),
    Code(
        "timeout", "error", "error",
        "it was not parsed within {seconds:g} s",
        "Look for a cleaner that hangs, or raise the timeout if the machine was busy.",
        "Only where `read_corpus(timeout=…)` or `--timeout` sets a limit: the process that was at work on the file was killed. "
        "The run went on with another. Without cleaners of others no file needs more than a few seconds.",
    ),
    Code(
        "worker-died", "error", "error",
        "the process that parsed it died: {reason}",
        "Look for a cleaner that ends the interpreter or takes all memory; `dmesg` says whether the system killed the process.",
        "A file has this problem if a worker died over it twice, the second time when it had only this file to parse. After a "
        "first death its files are parsed again one by one, so that only the guilty one is refused.",
    ),
    Code(
        "parser-failed", "error", "error",
        "sinaparse itself failed: {error}",
        "Please report it, with the file if you can.",
        "`Parser.inspect` never raises for what is in a file. Should it do so after all, a run over many files goes on.",
    ),
    Code(
        "empty-source", "error", "error",
        "the file is empty",
        "Export the article again.",
        "The source has no characters at all, or nothing but white space.",
    ),
    Code(
        "unreadable-bytes", "error", "error",
        "the bytes are no text in UTF-8, UTF-16 or GB18030: {reason}",
        "Convert the file to UTF-8, or copy it again from where it came.",
        "Exports are UTF-8. Files that went through a Windows editor may be UTF-16 or GB18030 and are read as such. "
        "Bytes that fit none of them (a picture, an archive, a damaged or cut-off file) can't be read without guessing.",
    ),
    Code(
        "encoding-guessed", "warning", "warning",
        "the file is not UTF-8; it was read as {encoding}",
        "Convert the file to UTF-8 to be sure of every character.",
        "The exporter writes UTF-8; the encoding of anything else was found by looking at the bytes.",
    ),
    Code(
        "lone-surrogate", "warning", "warning",
        "{count} lone surrogate(s) were replaced by U+FFFD",
        "Find out which program wrote half a character.",
        "Half of a UTF-16 pair stands for no character and can be written to no UTF-8 file. The replacement marks the place.",
    ),
    Code(
        "control-character", "warning", "warning",
        "{count} control character(s) were replaced by U+FFFD",
        "Look at the place: the file may be damaged.",
        "NUL and its kin have no meaning in HTML; libxml2 drops or changes them without saying so. A reference such as `&#1;` is as "
        "good as the character. The replacement marks the place.",
    ),
    Code(
        "limit-source", "error", "error",
        "the source has {size} bytes; the limit is {limit} (Limits.source_bytes)",
        "Raise the limit if the file is honest.",
        "The largest real export known has 211 KB.",
    ),
    # --- the envelope -----------------------------------------------------------------------------------------------
    Code(
        "front-matter-missing", "error", "error",
        "the file does not begin with front matter",
        "The first line that is not empty must be `---`.",
        "Without front matter there is no title and no date: whatever it is, it is no export.",
    ),
    Code(
        "front-matter-unclosed", "error", "error",
        "the front matter has no closing `---`",
        "The file may be cut off; export it again.",
        "Everything after the first `---` would be front matter, and there would be no body.",
    ),
    Code(
        "front-matter-invalid", "error", "warning",
        "the front matter is no valid YAML: {reason}",
        "Mend the line. " + _LENIENT,
        "The known faults of the exporter are repaired; what is left is not guessed. Lenient mode reads the lines "
        "`key: value` that it knows and leaves the rest.",
    ),
    Code(
        "front-matter-not-mapping", "error", "warning",
        "the front matter is no mapping of keys to values",
        "It must consist of lines `key: value`. " + _LENIENT,
        "A single word or a list is valid YAML, yet holds no title and no date.",
    ),
    Code(
        "front-matter-duplicate-key", "error", "warning",
        "the key {key} stands twice in the front matter",
        "Delete one of the two. " + _LENIENT,
        "YAML loaders take the last one without saying so. Lenient mode takes the first.",
    ),
    Code(
        "front-matter-value", "error", "warning",
        "the value of {key} can't be kept: {reason}",
        "Delete the key or simplify its value. " + _LENIENT,
        "Keys that are not the exporter's own go to `Article.extra` as JSON values. What is no JSON value (a cycle, an "
        "unknown tag) has no place there; lenient mode leaves it out.",
    ),
    Code(
        "front-matter-control", "error", "warning",
        "{count} control character(s) in the front matter",
        "Delete them; the file may be damaged. " + _LENIENT,
        "YAML allows no control characters but tab and line end. Lenient mode reads them as U+FFFD.",
    ),
    Code(
        "limit-front-matter", "error", "error",
        "the front matter has {size} {unit}; the limit is {limit} (Limits.{setting})",
        "Raise the limit if the file is honest.",
        "Real front matter has less than 2 KB, two levels and no aliases. Deep nesting makes the YAML library overflow its stack; "
        "aliases of aliases can stand for more than any memory holds, so what they stand for counts like what is written.",
    ),
    Code(
        "missing-field", "error", "warning",
        "the front matter has no {key}",
        "Every export has title, categories, author and date. " + _LENIENT,
        "The exporter always writes these four. In lenient mode a missing one is empty in the article.",
    ),
    Code(
        "wrong-field", "error", "warning",
        "{key} must be {expected}",
        "Mend the line. " + _LENIENT,
        "title, author, date, headimg and thumbnail are single values; categories is a list of them. Lenient mode treats "
        "anything else as missing.",
    ),
    Code(
        "title-repaired", "warning", "warning",
        "the title's broken quoting was repaired",
        "Nothing: the title is unambiguous.",
        "Exports of March 2021 quote the title once per field of the feed item (`\"\"\"…'T'…\"\"\"`), and titles with both "
        "kinds of quotation mark are not escaped. The text between the innermost quotes is the title.",
    ),
    Code(
        "category-repaired", "warning", "warning",
        "the category {category} had bars before it",
        "Nothing: the category is unambiguous.",
        "The third generation of the exporter writes `| K` for the last category, and one more bar for each article of a run.",
    ),
    Code(
        "title-lossy", "info", "info",
        "the title has `_` where the exporter could not keep a character",
        "`Article.original_title` has the real characters where the article repeats its title.",
        "Older exports replace `: / \\ ? * “ ” < > | [ ]` in titles by `_`, since the title became a file name. "
        "That can't be undone from the title alone.",
    ),
    Code(
        "date-exported", "warning", "warning",
        "the date has no time zone: it is the time of export, read as {timezone}",
        'Do not take it for the time of publication (`Article.date_kind` is "exported").',
        "Where the feed gave no date the exporter wrote its own clock, which ran in UTC. Another zone can be set with "
        "`Parser(timezone=…)`.",
    ),
    Code(
        "date-guessed", "warning", "warning",
        "the date {date} has an unknown shape and was read as {value}",
        "Check the date.",
        "The exporter writes `Thu, 17 Feb 2022 03:15:53 GMT` or `2021-10-10 11:06:15`. Other shapes are read with "
        "dateutil, and only if they are complete.",
    ),
    Code(
        "date-unreadable", "error", "warning",
        "the date {date} can't be read: {reason}",
        "Write it as `Thu, 17 Feb 2022 03:15:53 GMT`. " + _LENIENT,
        "An impossible date, or one with a part missing, is not completed by guessing. In lenient mode `published_at` is None.",
    ),
    Code(
        "date-weekday", "warning", "warning",
        "the weekday of {date} does not fit the date",
        "Check the date.",
        "The exporter's dates come from a program; a wrong weekday says that somebody changed the line.",
    ),
    Code(
        "name-mismatch", "info", "info",
        "the file is not named after its title",
        "Nothing, unless files were mixed up.",
        "The exporter names a file by its title without `.` and `#`.",
    ),
    Code(
        "head-image-mismatch", "info", "info",
        "headimg, thumbnail and the first image of the body are not the same",
        "Nothing, unless the front matter was edited.",
        "The exporter takes all three from the first `<img>` of the body.",
    ),
    Code(
        "body-missing", "error", "error",
        "there is nothing to make an article of: {what}",
        "Export the article again; where cleaners took all, look at the removals.",
        "The file ends after its front matter, or the body holds nothing but white space and empty elements, or cleaners took "
        "all there was.",
    ),
    Code(
        "body-unclosed", "error", "warning",
        "the body's last `</div>` is missing",
        "The file is probably cut off; export it again. " + _LENIENT,
        "The exporter wraps every body in one `<div>`; where it is not closed, the end of the article may be lost.",
    ),
    Code(
        "not-sina", "error", "warning",
        "nothing in this file says that it comes from Sina",
        "Check where the file comes from; lenient mode parses it all the same.",
        "The same exporter wrote posts from many sites. A Sina export shows the page frame's marks (`cms-style`, "
        "`article-editor`, `img_wrapper`, the keyword comment, a sinaimg URL …) or 新浪 among its categories or author.",
    ),
    # --- the body ---------------------------------------------------------------------------------------------------
    Code(
        "body-truncated", "error", "error",
        "libxml2 stopped reading the body: {reason}",
        "Look for extreme nesting or a damaged place.",
        "When the HTML parser gives up it returns what it has without an exception; the rest of the article would be lost.",
    ),
    Code(
        "unclosed-markup", "error", "warning",
        "a {element} is not closed and hides what follows",
        "The file is probably damaged; export it again. " + _LENIENT,
        "What stands behind an open comment or style is invisible, up to the end of the next one or of the body, in a browser as "
        "well as here.",
    ),
    Code(
        "limit-nodes", "error", "error",
        "the body has about {size} tags; the limit is {limit} (Limits.nodes)",
        "Raise the limit if the file is honest.",
        "Counted on the text, before anything is built from it.",
    ),
    Code(
        "limit-depth", "error", "error",
        "elements are nested deeper than {limit} (Limits.depth)",
        "Raise the limit if the file is honest.",
        "Real bodies are nested about ten deep.",
    ),
    Code(
        "limit-start-tag", "error", "error",
        "a start tag has more than {limit} characters (Limits.start_tag_chars)",
        "Raise the limit if the file is honest.",
        "libxml2's time grows with the square of the number of attributes of one tag.",
    ),
    Code(
        "limit-comment", "error", "error",
        "a comment has {size} characters; the limit is {limit} (Limits.comment_chars)",
        "Raise the limit if the file is honest.",
        "The longest real comment known has 892 characters.",
    ),
    Code(
        "limit-cells", "error", "error",
        "the tables have {size} cells after their spans; the limit is {limit} (Limits.table_cells)",
        "Raise the limit if the file is honest.",
        "Two attributes of ten characters can ask for a billion cells. Counted are the rows of each table times its widest row, "
        "up to the table that crosses the limit.",
    ),
    Code(
        "limit-videos", "error", "error",
        "the comments tell of more than {limit} videos (Limits.videos)",
        "Raise the limit if the file is honest.",
        "Three characters of the JSON in such a comment make a video. Real articles have one, seldom two.",
    ),
    Code(
        "limit-problems", "error", "error",
        "there are more than {limit} problems (Limits.problems)",
        "Mend the first ones, or raise the limit if the file is honest.",
        "A real export has a handful of problems. With more than the limit it is something else, and reading ends at once: what "
        "else is wrong with it is not known.",
    ),
    Code(
        "unknown-markup", "error", "warning",
        "{element} is not known and holds {content}",
        "Write a cleaner that removes it, or report it. " + _LENIENT,
        "Whether a container that nobody has seen before is article or advertisement can't be known. Lenient mode keeps "
        "what it holds.",
    ),
    Code(
        "unknown-class", "warning", "warning",
        "unknown {kind} {name} on {element}",
        "Nothing: text elements keep their text whatever their style.",
        "The CMS invents style names all the time. A new one may be a kind of heading or caption that is not recognised yet.",
    ),
    Code(
        "stray-markup", "warning", "warning",
        "<{name}> is no HTML element and was read as text",
        "Nothing, if the article means it as text.",
        "The feed service decodes `&lt;` and `&gt;`, so words in angle brackets look like tags. HTML parsers drop them.",
    ),
    Code(
        "broken-attribute", "warning", "warning",
        "an attribute of {element} is broken by quotation marks inside it",
        "Captions are taken from the caption element, not from `alt`.",
        "The feed service decodes `&quot;`, so a quotation inside an attribute ends it early.",
    ),
    Code(
        "undefined-url", "warning", "warning",
        "{element} has no address: the feed service wrote {url}",
        "Nothing: it counts as absent.",
        "The feed service makes missing `href` and `src` absolute and so invents addresses that end in `/undefined`.",
    ),
    Code(
        "cms-residue", "warning", "warning",
        "a placeholder of the CMS stands in the text: {text}",
        "Compare the place with the article on the web.",
        "Sina's keyword linker puts `#####filterN#####` where it protects a piece of text, and may forget one.",
    ),
    Code(
        "table-misfit", "error", "warning",
        "the cells of a table overlap: {reason}",
        "Compare the table with the article on the web. " + _LENIENT,
        "A cell that claims a place which a span from above already fills shifts all cells after it.",
    ),
    Code(
        "table-ragged", "warning", "warning",
        "the rows of a table are not equally long: {widths}",
        "`Table.grid()` fills them up on the right with empty text.",
        "The author left cells out; which ones is not known.",
    ),
    Code(
        "video-unreadable", "warning", "warning",
        "the data of a video can't be read: {reason}",
        "The video is kept with what the player says.",
        "The comment `mce-plugin-videoList2[…]` holds JSON with title, id, poster and address.",
    ),
    Code(
        "symbol-unknown", "warning", "warning",
        "the symbol {symbol} has an unknown prefix",
        "Nothing: it is kept as it stands.",
        "Known are sh, sz, bj, hk and the prefixes of funds, forex, futures and US stocks.",
    ),
    Code(
        "symbols-disagree", "warning", "warning",
        "the links and the keyword comment name different symbols: {difference}",
        "`Article.mentions` has the links, `Article.symbols` all of them.",
        "The CMS writes both from the same list, so one of them was edited.",
    ),
    Code(
        "editor-unreadable", "warning", "warning",
        "the editor line is not of the form 责任编辑：NAME CODE",
        "It is kept as a note among the credits.",
        "The page frame closes every article with its editor and, for some, a code such as SF142.",
    ),
    Code(
        "cleaner-failed", "error", "warning",
        "the cleaner {cleaner} failed: {error}",
        "Mend the cleaner. In lenient mode the file is parsed as if it were not there.",
        "A cleaner raised an exception. `parse()` raises `CleanerError`, whose `__cause__` is the cleaner's own exception; over "
        "many files the run goes on.",
    ),
    Code(
        "content-unaccounted", "error", "warning",
        "{count} piece(s) of the body are neither in the article nor removed by a cleaner; {blame}",
        "If a cleaner is named, mend it: it reaches around Body. If none is, it is a fault of sinaparse; please report it. " + _LENIENT,
        "The parser proves of every article that each visible character, image, table and video of the source is in it or "
        "was removed by a named cleaner. This one failed the proof; `Coverage.unaccounted` has the pieces. To see who lost them "
        "the cleaners are run again one by one: in the turn of the one that is named, something went without a removal.",
    ),
)  # fmt: skip

CODES: dict[str, Code] = {row.name: row for row in _ROWS}
"""All problem codes by name."""
