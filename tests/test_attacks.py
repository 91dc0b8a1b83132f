"""What hostile texts do to front matter, to tables and to databases: nothing. What they do to pages is tried in a browser."""

from __future__ import annotations

import csv
import html
import io
import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from attacks import Attack, article_of, attacks, export_of
from render.reading import same_in_front_matter, same_in_html, same_in_markdown
from sinaparse import Article, Cell, Parser, Table, read_corpus, write_corpus

ATTACKS = list(attacks())
EACH = pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
LENIENT = Parser(strict=False)


@EACH
def test_front_matter_gives_back_what_was_put_in(attack: Attack) -> None:
    article = article_of(attack.at)
    same_in_front_matter(article)
    assert article.to_markdown(front_matter=True).startswith("---\n")


@EACH
def test_other_readers_see_texts(attack: Attack) -> None:
    article = article_of(attack.at)
    same_in_markdown(article)
    same_in_html(article)


@EACH
def test_an_export_with_it_is_an_article_that_survives_json(attack: Attack) -> None:
    article = LENIENT.parse(export_of(attack.at, html.escape))
    assert Article.model_validate_json(article.model_dump_json()) == article


def test_what_is_bound_is_no_sql(tmp_path: Path) -> None:
    """All attacks, and one on SQL itself, as paths, titles, keys and cells: each comes back from the database as it was."""
    pytest.importorskip("pyarrow")
    sql = Attack("SQL", 1, "'); DROP TABLE articles; --\"; DELETE FROM articles; SELECT '%s ? :x $1")
    wanted = {}
    for number, attack in enumerate([*ATTACKS, sql]):
        name = f"{number}'; DROP TABLE articles; --.md"
        (tmp_path / name).write_text(export_of(attack.at, html.escape), encoding="utf-8")
        wanted[name] = LENIENT.parse_file(tmp_path / name).title
    for place in (tmp_path / "x.sqlite", tmp_path / "x.duckdb"):
        if place.suffix == ".duckdb":
            duckdb = pytest.importorskip("duckdb")
        write_corpus(read_corpus(tmp_path, LENIENT), place)
        query = "SELECT sources.path, title FROM articles JOIN sources USING (digest)"
        if place.suffix == ".duckdb":
            with duckdb.connect(str(place)) as db:
                rows = db.execute(query).fetchall()
        else:
            with closing(sqlite3.connect(place)) as db:
                rows = db.execute(query).fetchall()
        assert {path.rpartition("/")[2]: title for path, title in rows} == wanted


# --- spreadsheets -------------------------------------------------------------------------------------------------------

FORMULAS = [attack.at("cell") for attack in ATTACKS if attack.kind == "spreadsheet formulas"]
SAFE_CSV = re.compile(r"^```python\nimport csv\n+(def no_formula.*?)^table", re.MULTILINE | re.DOTALL)


def formulas() -> Any:
    pytest.importorskip("pandas")
    rows = tuple((Cell(text=text), Cell(text="1")) for text in FORMULAS)
    return Table(rows=rows).to_dataframe()


def test_cells_are_data_and_are_not_changed() -> None:
    assert list(formulas()[0]) == FORMULAS


def test_the_csv_of_the_documentation_begins_no_cell_as_formulas_begin() -> None:
    text = (Path(__file__).parents[1] / "docs" / "tables.md").read_text(encoding="utf-8")
    namespace: dict[str, Any] = {}
    exec(SAFE_CSV.findall(text)[0], namespace)  # noqa: S102 our own documentation
    frame = formulas().map(namespace["no_formula"])
    rows = list(
        csv.reader(io.StringIO(frame.to_csv(index=False, header=False, quoting=csv.QUOTE_NONNUMERIC), newline=""))
    )
    assert len(rows) == len(FORMULAS)
    for (cell, _), text in zip(rows, FORMULAS, strict=True):
        assert cell.removeprefix("'") == text or text.startswith("'")
        assert cell.lstrip()[:1] not in tuple("=+-@＝＋－＠")
    numbers = formulas().iloc[[FORMULAS.index("-3.5")]]
    assert namespace["no_formula"](-3.5) == -3.5
    assert numbers.map(namespace["no_formula"]).iloc[0, 0] == "'-3.5"


@pytest.mark.parametrize(
    ("engine", "options", "kinds"),
    [
        ("xlsxwriter", {"options": {"strings_to_formulas": False, "strings_to_urls": False}}, {"s"}),
        ("xlsxwriter", {}, {"s", "f"}),
        ("openpyxl", {}, {"s", "f"}),
    ],
)
def test_excel_takes_texts_for_formulas_unless_told_not_to(
    tmp_path: Path, engine: str, options: dict[str, Any], kinds: set[str]
) -> None:
    """The warning of the documentation is true, and so is its way out."""
    pytest.importorskip(engine)
    openpyxl = pytest.importorskip("openpyxl")
    pd = pytest.importorskip("pandas")
    place = tmp_path / "x.xlsx"
    # XML has no CR of its own and no control characters; what Excel does with them is not at issue here.
    frame = formulas()
    frame = frame[~frame[0].str.contains("[\r\n\t]")]
    with pd.ExcelWriter(place, engine=engine, engine_kwargs=options) as file:
        frame.to_excel(file, index=False, header=False)
    cells = [row[0] for row in openpyxl.load_workbook(place).active.iter_rows()]
    assert {cell.data_type for cell in cells} == kinds
    assert [cell.value for cell in cells] == list(frame[0])
    assert all(cell.hyperlink is None for cell in cells)
