from __future__ import annotations

import hashlib
import io
import json
import multiprocessing
import os
import pickle
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import sinaparse
from sinaparse.corpus import Corpus, read_corpus
from sinaparse.inputs import Task
from sinaparse.pool import CHUNK_FILES, WINDOW

EXAMPLES = Path(__file__).parents[1] / "examples" / "exports"
EXPORT = min(EXAMPLES.rglob("*.md")).read_bytes()
REFUSED = b"no export"


def names(folder: Path, corpus: Corpus) -> list[str]:
    return [outcome.path.removeprefix(folder.as_posix() + "/") for outcome in corpus]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of seven exports, one of which is refused."""
    for name in ("a.md", "a-b/x.md", "a/x.md", "a/deep/y.markdown", "b.MD", "中.md", "notes.txt", "a/md"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(EXPORT)
    (tmp_path / "bad.md").write_bytes(REFUSED)
    return tmp_path


def test_a_folder_gives_its_exports_sorted_by_path(folder: Path) -> None:
    found = names(folder, read_corpus(folder))
    assert found == ["a-b/x.md", "a.md", "a/deep/y.markdown", "a/x.md", "b.MD", "bad.md", "中.md"]
    assert found == sorted(found)


def test_links_to_folders_are_not_followed(folder: Path) -> None:
    (folder / "a" / "loop").symlink_to(folder, target_is_directory=True)
    assert len(list(read_corpus(folder))) == 7


def test_paths_are_written_as_given(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    assert [outcome.path for outcome in read_corpus(["./a.md", "a-b", b"a"])] == [
        "./a.md", "a-b/x.md", "a/deep/y.markdown", "a/x.md",
    ]  # fmt: skip


@pytest.mark.skipif(sys.platform in ("darwin", "win32"), reason="file names are text there")
def test_bytes_of_a_path_that_are_no_text_are_escaped(tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.md")).write_bytes(EXPORT)
    outcome = next(iter(read_corpus(tmp_path)))
    assert outcome.path.endswith("/\\xff.md")
    assert json.loads(outcome.line())["path"] == outcome.path


def test_an_outcome_has_what_inspect_gives(folder: Path) -> None:
    inspection = sinaparse.Parser().inspect(EXPORT, path=f"{folder.as_posix()}/a.md")
    (outcome,) = read_corpus(folder / "a.md")
    assert outcome.digest == hashlib.sha256(EXPORT).hexdigest()
    assert outcome.article == inspection.article
    assert outcome.article is not None
    assert outcome.problems == inspection.problems
    assert outcome.removals == inspection.removals


def test_a_refused_file_has_problems_and_no_article(folder: Path) -> None:
    (outcome,) = read_corpus(folder / "bad.md")
    assert outcome.json is None
    assert outcome.article is None
    assert [problem.code for problem in outcome.problems] == ["front-matter-missing"]
    with pytest.raises(ValueError, match="was refused"):
        outcome.line()


def test_a_line_is_the_article_with_its_path_in_front(folder: Path) -> None:
    (outcome,) = read_corpus(folder / "中.md")
    line = outcome.line()
    assert b"\n" not in line
    assert list(json.loads(line))[:2] == ["path", "schema_version"]
    assert json.loads(line)["path"].endswith("/中.md")
    assert sinaparse.Article.model_validate_json(line) == outcome.article


def test_a_corpus_can_be_iterated_again_and_lists_anew(folder: Path) -> None:
    corpus = read_corpus(folder)
    first = list(corpus)
    assert list(corpus) == first
    (folder / "a.md").unlink()
    assert len(list(corpus)) == len(first) - 1


def test_the_parser_is_used(folder: Path) -> None:
    (outcome,) = read_corpus(folder / "bad.md", sinaparse.Parser(strict=False))
    assert outcome.article is None  # no front matter: refused in lenient mode, too
    nameless = EXPORT.replace(b"\nauthor:", b"\nauthority:")
    (folder / "bad.md").write_bytes(nameless)
    strict, lenient = (
        next(iter(read_corpus(folder / "bad.md", sinaparse.Parser(strict=mode)))) for mode in (True, False)
    )
    assert strict.article is None
    assert lenient.article is not None


def test_a_file_that_is_gone_is_an_outcome(tmp_path: Path) -> None:
    (outcome,) = read_corpus(tmp_path / "gone.md")
    assert (outcome.json, outcome.digest) == (None, "")
    assert [problem.code for problem in outcome.problems] == ["unreadable-file"]
    assert "No such file" in outcome.problems[0].message


def test_a_folder_that_cannot_be_read_is_an_outcome(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scandir = os.scandir

    def guarded(path: str) -> Iterator[os.DirEntry[str]]:
        if path.endswith("deep"):
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", guarded)
    found = {outcome.path.rpartition("/")[2]: outcome for outcome in read_corpus(folder)}
    assert [problem.code for problem in found["deep"].problems] == ["unreadable-file"]
    assert len(found) == 6  # two files are named x.md


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(EXPORT)))
    corpus = read_corpus("-")
    (outcome,) = corpus
    assert outcome.path == "-"
    assert outcome.article == sinaparse.parse(EXPORT)
    assert list(corpus) == [outcome]


def test_standard_input_reaches_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(EXPORT)))
    (outcome,) = read_corpus("-", workers=2)
    assert outcome.article is not None


def test_outcomes_pickle(folder: Path) -> None:
    for outcome in read_corpus(folder):
        assert pickle.loads(pickle.dumps(outcome)) == outcome


# --- several processes ------------------------------------------------------------------------------------------------


@pytest.fixture
def many(tmp_path: Path) -> Path:
    for number in range(3 * CHUNK_FILES):
        source = REFUSED if number % 7 == 0 else EXPORT
        (tmp_path / f"{number:03}.md").write_bytes(source)
    return tmp_path


def test_workers_give_the_same_outcomes_in_the_same_order(many: Path) -> None:
    assert list(read_corpus(many, workers=2)) == list(read_corpus(many))


def test_unordered_gives_the_same_outcomes(many: Path) -> None:
    outcomes = list(read_corpus(many, workers=3, ordered=False))
    assert sorted(outcomes, key=lambda outcome: outcome.path) == list(read_corpus(many))


def test_stopping_early_leaves_no_process_behind(many: Path) -> None:
    for outcome in read_corpus(many, workers=2):
        assert outcome.path.endswith("000.md")
        break
    assert multiprocessing.active_children() == []


def test_no_more_files_are_taken_than_workers_need() -> None:
    taken = 0

    def endless() -> Iterator[Task]:
        nonlocal taken
        while True:
            taken += 1
            yield Task("gone.md", "gone.md")

    outcomes = read_corpus("anything", workers=2).run(endless())
    for _ in range(5 * CHUNK_FILES):
        next(outcomes)
    assert taken <= 5 * CHUNK_FILES + 2 * WINDOW * CHUNK_FILES
    outcomes.close()
    assert multiprocessing.active_children() == []


def test_workers_must_be_at_least_one() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        read_corpus("anything", workers=0)


def test_a_cleaner_that_other_processes_cannot_find_is_refused_at_once() -> None:
    @sinaparse.cleaner("local")
    def local(body: sinaparse.Body) -> None: ...

    parser = sinaparse.Parser(cleaners=sinaparse.default_cleaners().then(local))
    with pytest.raises(ValueError, match="local"):
        read_corpus("anything", parser, workers=2)
