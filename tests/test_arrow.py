"""The tables say what the models say, and give back the articles that they were made from."""

from __future__ import annotations

import dataclasses
import functools
import json
import pickle
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

import sinaparse
from property import strategies as exports
from sinaparse import Article, Outcome, Parser, models, sinks
from sinaparse import outcome as outcomes_module
from sinaparse.inputs import Task
from sinaparse.models import all_sections, block_texts
from sinaparse.problems import Problem
from sinaparse.tables import OF_ARTICLES, TABLES
from sinaparse.versions import SCHEMA_VERSION

pa = pytest.importorskip("pyarrow")
arrow: Any = pytest.importorskip("sinaparse.arrow")

TESTS = Path(__file__).parent
FOLDERS = [TESTS.parent / "examples" / "exports", TESTS / "fixtures" / "exports", TESTS / "fixtures" / "invalid"]
LENIENT = Parser(strict=False)

Row = dict[str, Any]


@functools.cache
def outcomes() -> tuple[Outcome, ...]:
    """All fixtures, those of the invalid ones that are refused even in lenient mode among them."""
    return tuple(sinaparse.read_corpus(FOLDERS, LENIENT))


@functools.cache
def distinct() -> tuple[tuple[str, Article], ...]:
    """Digest and article of each content."""
    return tuple({item.digest: (item.digest, item.article) for item in outcomes() if item.article is not None}.values())


def rows(table: str) -> list[Row]:
    made = sinaparse.to_arrow(outcomes(), table)
    made.validate(full=True)
    assert made.schema.equals(arrow.SCHEMAS[table], check_metadata=True)
    found: list[Row] = made.to_pylist()
    return found


def from_articles(make: Callable[[str, Article], Iterator[Row]]) -> list[Row]:
    return [row for digest, article in distinct() for row in make(digest, article)]


# --- articles ---------------------------------------------------------------------------------------------------------


def test_articles_come_back_as_they_were() -> None:
    assert [arrow.read_article(row) for row in rows("articles")] == [article for _, article in distinct()]


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(exports.bodies)
def test_any_article_comes_back_as_it_was(body: str) -> None:
    found = outcomes_module.outcome_of(LENIENT, Task("a.md", exports.export(body).encode()))
    back = [arrow.read_article(row) for row in sinaparse.to_arrow([found]).to_pylist()]
    assert back == ([] if found.article is None else [found.article])


def test_columns_hold_what_the_article_says() -> None:
    paths = {item.digest: item.path for item in reversed(outcomes())}
    for row, (digest, article) in zip(rows("articles"), distinct(), strict=True):
        assert (row["digest"], row["path"], row["text"]) == (digest, paths[digest], article.text)
        assert row["published_at"] == article.published_at
        assert json.loads(row["extra"]) == article.extra.thaw()
        assert [section["heading"] for section in row["sections"]] == [part.heading for part in all_sections(article)]


def test_sections_know_what_they_are_part_of() -> None:
    for row, (_, article) in zip(rows("articles"), distinct(), strict=True):
        flat = list(all_sections(article))
        for section, found in zip(row["sections"], flat, strict=True):
            holder = article.sections if section["parent"] is None else flat[section["parent"]].sections
            assert any(found is each for each in holder)


def test_fields_of_other_kinds_of_blocks_are_null() -> None:
    kinds = Counter[str]()
    for row in rows("articles"):
        for block in (block for section in row["sections"] for block in section["blocks"]):
            kinds[block["kind"]] += 1
            own = {name for name, value in block.items() if value is not None}
            assert own <= set(arrow.convert.BLOCKS[block["kind"]])
    assert set(kinds) == set(arrow.convert.BLOCKS)


def test_schemas_have_the_fields_of_the_models() -> None:
    schemas = arrow.schemas
    plain = {"digest", "path", "text"}
    assert set(arrow.SCHEMAS["articles"].names) == set(Article.model_fields) | plain
    assert set(schemas.BLOCK.names) == {name for names in arrow.convert.BLOCKS.values() for name in names}
    assert schemas.SECTION.names == ["parent", "level", "heading", "blocks"]
    for struct, model in (
        (schemas.SPAN, models.Span),
        (schemas.CELL, models.Cell),
        (schemas.ITEM, models.Item),
        (schemas.EDITOR, models.Editor),
        (schemas.MENTION, models.Mention),
        (schemas.CREDIT, models.Credit),
        (schemas.PROBLEM, Problem),
    ):
        assert struct.names == list(model.model_fields)
    assert [*schemas.PARAGRAPH.names, "kind"] == [*list(models.Paragraph.model_fields)[1:], "kind"]


def test_schemas_say_their_version_and_what_their_columns_mean() -> None:
    assert list(arrow.SCHEMAS) == list(TABLES)
    for name, schema in {**arrow.SCHEMAS, "parsed": arrow.PARSED_SCHEMA}.items():
        version = SCHEMA_VERSION.encode()
        assert schema.metadata == {b"sinaparse:table": name.encode(), b"sinaparse:schema_version": version}
        assert [field.name for field in schema if not (field.metadata or {}).get(b"comment")] == []


def test_a_version_that_is_not_known_is_refused() -> None:
    row = rows("articles")[0]
    with pytest.raises(sinaparse.SchemaVersionError):
        arrow.read_article({**row, "schema_version": "2"})


def test_a_field_that_was_added_since_has_its_default() -> None:
    """``ItemList.start`` came after 0.1.0."""
    found = outcomes_module.outcome_of(LENIENT, Task("a.md", exports.export("<ol><li>采</li></ol>").encode()))
    (row,) = sinaparse.to_arrow([found]).to_pylist()
    del row["sections"][0]["blocks"][0]["start"]
    assert arrow.read_article(row) == found.article


# --- flat tables ------------------------------------------------------------------------------------------------------


def test_sources() -> None:
    assert rows("sources") == [{"path": item.path, "digest": item.digest} for item in outcomes()]


def test_problems_stand_at_their_files() -> None:
    assert rows("problems") == [
        {"path": item.path, "digest": item.digest, "problem_index": index, **problem.model_dump()}
        for item in outcomes()
        for index, problem in enumerate(item.problems)
    ]


def test_blocks() -> None:
    def make(digest: str, article: Article) -> Iterator[Row]:
        places = [(n, part, block) for n, part in enumerate(all_sections(article)) for block in part.blocks]
        for index, (section_index, section, block) in enumerate(places):
            yield {
                "digest": digest,
                "block_index": index,
                "section_index": section_index,
                "level": section.level,
                "heading": section.heading,
                "kind": block.kind,
                "text": "\n".join(block_texts(block)) if block_texts(block) else None,
                "lead_in": getattr(block, "lead_in", None),
            }

    assert rows("blocks") == from_articles(make)


def test_images() -> None:
    def make(digest: str, article: Article) -> Iterator[Row]:
        for index, block in enumerate(article.blocks):
            if isinstance(block, models.Image):
                yield {"digest": digest, "block_index": index, **block.model_dump(exclude={"kind"})}

    assert rows("images") == from_articles(make)
    assert any(row["date"] for row in rows("images"))


def test_mentions() -> None:
    def make(digest: str, article: Article) -> Iterator[Row]:
        for index, mention in enumerate(article.mentions):
            yield {"digest": digest, "mention_index": index, **mention.model_dump()}

    assert rows("mentions") == from_articles(make)


def test_removals() -> None:
    found = {item.digest: item for item in outcomes() if item.article is not None}
    assert rows("removals") == [
        {"digest": item.digest, "removal_index": index, **removal.model_dump(mode="json")}
        for item in found.values()
        for index, removal in enumerate(item.removals)
    ]


def test_cells_stand_where_the_grid_has_them() -> None:
    cells = rows("table_cells")
    found = {(digest, index): block for digest, article in distinct() for index, block in enumerate(article.blocks)}
    tables = {place: block for place, block in found.items() if isinstance(block, models.Table)}
    assert len(cells) == sum(len(row) for table in tables.values() for row in table.rows)
    for place, table in tables.items():
        own = [cell for cell in cells if (cell["digest"], cell["block_index"]) == place]
        flat = [(n, cell) for n, row in enumerate(table.rows) for cell in row]
        grid = [list(row) for row in table.grid()]
        for row, (row_index, cell) in zip(own, flat, strict=True):
            assert row["row_index"] == row_index
            assert {name: row[name] for name in models.Cell.model_fields} == cell.model_dump()
            assert grid[row_index][row["column_index"]] == cell.text
    assert any(table.rows[0][0].rowspan > 1 for table in tables.values() if table.rows), "no fixture tries spans"


@settings(max_examples=100, deadline=None, derandomize=True, database=None)
@given(exports.tables)
def test_cells_of_any_table_stand_where_the_grid_has_them(table: str) -> None:
    """Each cell of the grid shows the text of the last cell that reaches it, so placing them again gives the same grid."""
    found = outcomes_module.outcome_of(LENIENT, Task("a.md", exports.export(f"<p>一</p>{table}").encode()))
    cells = sinaparse.to_arrow([found], "table_cells").to_pylist()
    for index, block in enumerate(found.article.blocks if found.article else ()):
        if not isinstance(block, models.Table):
            continue
        grid = [[""] * len(row) for row in block.grid()]
        for cell in (cell for cell in cells if cell["block_index"] == index):
            for row in grid[cell["row_index"] : cell["row_index"] + cell["rowspan"]]:
                row[cell["column_index"] : cell["column_index"] + cell["colspan"]] = [cell["text"]] * cell["colspan"]
        assert tuple(map(tuple, grid)) == block.grid()


# --- many files -------------------------------------------------------------------------------------------------------


def test_the_same_bytes_twice_are_one_article_and_two_sources() -> None:
    item = next(item for item in outcomes() if item.problems and item.article)
    other = dataclasses.replace(item, path="other.md")
    twice = [item, other, item]
    assert [row["path"] for row in sinaparse.to_arrow(twice).to_pylist()] == [item.path]
    assert sinaparse.to_arrow(twice, "sources").column("path").to_pylist() == [item.path, "other.md"]
    assert sinaparse.to_arrow(twice, "problems").num_rows == 2 * len(item.problems)
    for table in OF_ARTICLES:
        assert sinaparse.to_arrow(twice, table).equals(sinaparse.to_arrow([item], table))


def test_a_file_that_cannot_be_read_is_a_source_with_a_problem() -> None:
    corpus = sinaparse.read_corpus("gone.md")
    assert corpus.to_arrow("sources").to_pylist() == [{"path": "gone.md", "digest": ""}]
    assert corpus.to_arrow("problems").column("code").to_pylist() == ["unreadable-file"]
    assert corpus.to_arrow().num_rows == 0


def test_batches_are_bounded_and_lazy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sinks, "BATCH_FILES", 10)
    taken = 0

    def counted() -> Iterator[Outcome]:
        nonlocal taken
        for item in outcomes():
            taken += 1
            yield item

    batches = arrow.to_batches(counted())
    assert taken == 0
    assert next(batches).num_rows <= 10
    assert taken == 10
    assert pa.Table.from_batches(batches).num_rows == len(distinct()) - 10


@pytest.mark.parametrize("table", TABLES)
def test_nothing_gives_an_empty_table(table: str) -> None:
    made = sinaparse.to_arrow([], table)
    assert made.num_rows == 0
    assert made.schema.equals(arrow.SCHEMAS[table])


@pytest.mark.parametrize("call", [sinaparse.to_arrow, arrow.to_batches])
def test_unknown_tables_are_refused_at_once(call: Callable[..., object]) -> None:
    with pytest.raises(ValueError, match=r"no table 'image' \(did you mean 'images'\?\); there are: sources"):
        call([], "image")


def test_to_pandas() -> None:
    pd = pytest.importorskip("pandas")
    corpus = sinaparse.read_corpus(FOLDERS, LENIENT)
    frame = corpus.to_pandas("images")
    assert len(frame) == corpus.to_arrow("images").num_rows
    assert str(frame["width"].dtype) == "Int32"
    assert pd.api.types.is_datetime64_any_dtype(frame["date"])
    articles = corpus.to_pandas()
    assert str(articles["published_at"].dt.tz) == "UTC"
    assert list(articles["title"]) == [article.title for _, article in distinct()]


def test_polars_comes_through_arrow() -> None:
    polars = pytest.importorskip("polars")
    frame = polars.from_arrow(sinaparse.to_arrow(outcomes()))
    assert [arrow.read_article(row) for row in frame.to_dicts()] == [article for _, article in distinct()]


@pytest.mark.parametrize("package", ["pyarrow", "pandas"])
def test_a_missing_package_is_told(package: str) -> None:
    code = f"""import sys; sys.modules[{package!r}] = None
import sinaparse
try:
    sinaparse.read_corpus([]).to_pandas()
except ModuleNotFoundError as error:
    print(error)"""
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert f"the package {package}: pip install" in shown


# --- engines ----------------------------------------------------------------------------------------------------------


def given_files(*files: tuple[str, bytes | None]) -> Any:
    paths, contents = [path for path, _ in files], [content for _, content in files]
    return pa.RecordBatch.from_pydict({"path": paths, "content": contents, "length": [1] * len(files)})


def test_parse_batches_gives_a_row_a_file() -> None:
    files = [(item.path, Path(item.path).read_bytes()) for item in outcomes()]
    batches = [given_files(*files[:50]), given_files(), given_files(*files[50:])]
    made = pa.Table.from_batches(arrow.parse_batches(iter(batches), parser=LENIENT))
    assert made.schema.equals(arrow.PARSED_SCHEMA, check_metadata=True)
    for row, item in zip(made.to_pylist(), outcomes(), strict=True):
        assert (row["path"], row["digest"]) == (item.path, item.digest)
        assert row["problems"] == [problem.model_dump() for problem in item.problems]
        if item.article is None:
            assert {value for name, value in row.items() if name not in ("path", "digest", "problems")} == {None}
        else:
            assert arrow.read_article(row) == item.article
            assert row["text"] == item.article.text


def test_parse_batches_takes_bytes_of_any_width_and_none() -> None:
    paths = pa.array(["a.md", None, "c.md"], pa.large_string())
    contents = pa.array([b"no export", b"", None], pa.large_binary())
    (made,) = arrow.parse_batches([pa.RecordBatch.from_arrays([paths, contents], names=["path", "content"])])
    codes = [[problem["code"] for problem in problems] for problems in made.column("problems").to_pylist()]
    assert codes == [["front-matter-missing"], ["empty-source"], ["unreadable-file"]]
    assert made.column("path").to_pylist() == ["a.md", "", "c.md"]
    assert made.column("digest").to_pylist()[2] == ""


def test_parse_batches_bounds_what_it_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sinks, "BATCH_FILES", 7)
    files = [(str(number), b"no export") for number in range(20)]
    assert [batch.num_rows for batch in arrow.parse_batches([given_files(*files)])] == [7, 7, 6]


def test_parse_batches_says_which_column_is_missing() -> None:
    batch = pa.RecordBatch.from_pydict({"path": ["a"], "bytes": [b""]})
    with pytest.raises(ValueError, match="content not among path, bytes"):
        list(arrow.parse_batches([batch]))


def test_parse_batches_travels_with_its_parser() -> None:
    call = pickle.loads(pickle.dumps(functools.partial(arrow.parse_batches, parser=LENIENT)))
    assert [batch.num_rows for batch in call([given_files(("a", b""))])] == [1]


def test_no_engine_is_imported() -> None:
    code = "import sys, sinaparse.arrow; print({'pyspark', 'ray', 'pandas', 'duckdb', 'polars'} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "set()\n"
