"""``sinaparse check``, and the JSON of the other commands."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import sinaparse
from sinaparse import Parser
from support import Run, front_matter

GOOD = front_matter("磅秤") + "<div>\n<p>磅秤每年校准一次。</p>\n</div>\n"
UNKNOWN = front_matter("渡口") + '<div>\n<p>渡口封闭。</p>\n<div class="never-seen">来历不明</div>\n</div>\n'
RAGGED = front_matter("收成") + "<div>\n<table><tr><td>稻</td><td>1</td></tr><tr><td>麦</td></tr></table>\n</div>\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    folder = Path("exports")
    folder.mkdir()
    for name, text in (("磅秤", GOOD), ("渡口", UNKNOWN), ("收成", RAGGED), ("改名", GOOD)):
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    return folder


def objects(lines: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in lines.splitlines()]


def test_lines_that_editors_jump_to(run: Run, folder: Path) -> None:
    result = run("check", folder)
    assert result.code == 1
    assert result.text == (
        "exports/收成.md:13: warning[table-ragged]: the rows of a table are not equally long: 1 and 2\n"
        'exports/渡口.md:14: error[unknown-markup]: <div class="never-seen"> is not known and holds text\n'
    )


def test_the_summary_has_a_row_for_each_code(run: Run, folder: Path) -> None:
    assert run("check", folder).err == (
        "         code            problems     files\n"
        "error    unknown-markup         1         1\n"
        "warning  table-ragged           1         1\n"
        "info     name-mismatch          1         1\n"
        "4 files, 1 refused\n"
    )


def test_nothing_to_say(run: Run, folder: Path) -> None:
    result = run("check", folder / "磅秤.md")
    assert (result.code, result.text, result.err) == (0, "", "1 file, 0 refused\n")


def test_quiet_and_verbose(run: Run, folder: Path) -> None:
    quiet = run("check", folder, "-q")
    assert (quiet.code, quiet.text) == (1, "")
    assert "4 files, 1 refused\n" in quiet.err
    assert "info[name-mismatch]" not in run("check", folder).text
    (problem,) = Parser().inspect_file(folder / "改名.md").problems
    assert run("check", folder / "改名.md", "-v").text == (
        f"exports/改名.md: info[name-mismatch]: {problem.message}\n    = {problem.hint}\n"
    )


def test_lenient_mode_refuses_less(run: Run, folder: Path) -> None:
    result = run("check", folder, "--lenient")
    assert result.code == 0
    assert "渡口.md:14: warning[unknown-markup]" in result.text


def test_workers_say_the_same(run: Run, folder: Path) -> None:
    assert run("check", folder, "--workers", "2") == run("check", folder)


def test_json_has_every_field_of_a_problem(run: Run, folder: Path) -> None:
    found = objects(run("check", folder, "--format", "json", "-v").out)
    expected = [
        {"path": path.as_posix(), **problem.model_dump(mode="json")}
        for path in sorted(folder.iterdir())
        for problem in Parser().inspect_file(path).problems
    ]
    assert found == expected
    assert len(found) == 3


def test_annotations_of_github(run: Run, folder: Path) -> None:
    (folder / "渡口.md").rename(folder / "a,b:c%.md")
    lines = run("check", folder, "--format", "github", "-v").text.splitlines()
    place = "file=exports/a%2Cb%3Ac%25.md,line=14,title=unknown-markup"
    (error,) = [line for line in lines if line.startswith("::error")]
    assert error.startswith(f'::error {place}::<div class="never-seen"> is not known and holds text. Write a cleaner')
    assert sorted(line.split()[0] for line in lines) == ["::error", "::notice", "::notice", "::warning"]


@pytest.mark.parametrize("form", ["text", "json", "github"])
def test_a_source_can_not_command_the_terminal(run: Run, folder: Path, form: str) -> None:
    nasty = UNKNOWN.replace("never-seen", "\x1b]0;x\x07")
    (folder / "渡口.md").write_text(nasty, encoding="utf-8")
    result = run("check", folder, "--format", form, "-v")
    assert b"\x1b" not in result.out
    assert b"unknown-markup" in result.out


def test_wrong_use(run: Run, folder: Path) -> None:
    assert run("check", "gone").code == 2
    unknown = run("check", folder, "--format", "xml")
    assert unknown.code == 2
    assert "'json'" in unknown.err


# --- JSON of the other commands -----------------------------------------------------------------------------------


def test_cleaners_as_json(run: Run) -> None:
    found = objects(run("cleaners", "--json").out)
    built_in = [item for item in found if item["built_in"]]
    assert [item["name"] for item in built_in] == list(sinaparse.default_cleaners().names)
    assert all(item["summary"] for item in built_in)


def test_inspections_as_json(run: Run, folder: Path) -> None:
    result = run("inspect", folder, "--json")
    assert result.code == 1
    found = {item["path"]: item for item in objects(result.out)}
    assert list(found) == sorted(path.as_posix() for path in folder.iterdir())
    for path, item in found.items():
        inspection = Parser().inspect_file(path)
        assert (item["article"] is None) == (inspection.article is None)
        if inspection.article is not None:
            assert sinaparse.Article.model_validate(item["article"]) == inspection.article
        assert item["coverage"]["kept_chars"] == inspection.coverage.kept_chars
        assert [problem["code"] for problem in item["problems"]] == [problem.code for problem in inspection.problems]
    assert objects(run("inspect", folder / "磅秤.md", "--json").out) == [found["exports/磅秤.md"]]
    assert run("inspect", folder, "--json", "--html", "out").code == 2


def test_differences_as_json(run: Run, folder: Path) -> None:
    box = '<div class="appendQr_wrap"><p>扫码下载</p></div>'
    (folder / "磅秤.md").write_text(GOOD.replace("</div>", f"{box}\n</div>"), encoding="utf-8")
    (found,) = objects(run("diff", folder, "--without", "app-qr", "--json").out)
    change = {"direction": "comes back", "cleaner": "app-qr", "line": 14, "source": "扫码下载", "chars": 4}
    assert found["path"] == "exports/磅秤.md"
    assert found["changes"] == [change]
    assert found["verdict"] is None
    assert "sections" in found["fields"]
