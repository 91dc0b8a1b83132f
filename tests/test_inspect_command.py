"""``sinaparse inspect`` and ``sinaparse diff``."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import sinaparse
from sinaparse import Body, Parser, default_cleaners
from sinaparse.diff_command import Change, changes
from sinaparse.page import file_page
from support import Run

ROOT = Path(__file__).parents[1]
FIXTURES = ROOT / "tests" / "fixtures" / "exports"
FRONT = "---\ntitle: '{}'\ncategories:\n - 新浪财经\nauthor: 新浪财经\ndate: Wed, 02 Mar 2022 03:15:53 GMT\n---\n"
UNKNOWN = '<div class="never-seen">来历不明</div>'
QR = '<div class="appendQr_wrap"><p>扫码下载</p></div>'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "exports"
    (folder / "2022").mkdir(parents=True)
    for name, body in (("甲", "<p>河水改道。</p>"), ("乙", f"<p>两岸无事。</p>{QR}"), ("丙", UNKNOWN)):
        (folder / "2022" / f"{name}.md").write_text(FRONT.format(name) + body, encoding="utf-8")
    return folder


# --- inspect ----------------------------------------------------------------------------------------------------------


def test_report_of_a_file(run: Run) -> None:
    path = FIXTURES / "noise-page-frame.md"
    result = run("inspect", path)
    inspection = Parser().inspect_file(path)
    article = inspection.unwrap()
    assert result.code == 0
    assert result.err == ""
    assert article.title in result.text
    assert "(before the first heading) [3 paragraphs, 1 image]" in result.text
    assert all(credit.text in result.text for credit in article.credits)
    for removal in inspection.removals:
        assert f"{removal.line:>7}  {removal.cleaner}: {removal.reason}" in result.text
    coverage = inspection.coverage
    assert f"coverage: {coverage.kept_chars} characters kept, {coverage.removed_chars} removed\n" in result.text
    assert all(str(problem) in result.text.replace(f"{path}: ", "") for problem in inspection.problems)


def test_report_of_a_refused_file(run: Run, folder: Path) -> None:
    result = run("inspect", folder / "2022" / "丙.md")
    assert result.code == 1
    assert "refused; what follows is what lenient mode makes of it" in result.text
    assert "丙.md:8: error[unknown-markup]" in result.text
    assert run("inspect", folder / "2022" / "丙.md", "--lenient").code == 0


def test_report_of_what_is_no_export(run: Run, tmp_path: Path) -> None:
    (tmp_path / "x.md").write_bytes(b"\x00\x01")
    result = run("inspect", tmp_path / "x.md")
    assert result.code == 1
    assert "\nrefused\n" in result.text


def test_control_characters_and_markup_do_nothing(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "x.md"
    path.write_text(
        FRONT.replace("'{}'", '"\\e]0;[bold red]河[/bold red]\\a"') + "<p>[link]河[/link]</p>", encoding="utf-8"
    )
    result = run("inspect", path)
    assert "\x1b" not in result.text
    assert "\x07" not in result.text
    assert "[bold red]河[/bold red]" in result.text


def test_options_reach_the_parser(run: Run, folder: Path) -> None:
    path = folder / "2022" / "乙.md"
    assert "app-qr" in run("inspect", path).text
    assert "app-qr" not in run("inspect", path, "--without", "app-qr").text


def test_a_folder_is_listed_by_trouble(run: Run, folder: Path) -> None:
    result = run("inspect", folder)
    assert result.code == 1
    assert [line.split("2022/")[1][0] for line in result.text.splitlines()] == ["丙", "乙", "甲"]
    assert result.text.startswith("refused ")
    assert "3 files, 1 refused" in result.err


def test_page_of_a_file(run: Run, folder: Path, tmp_path: Path) -> None:
    path, page = folder / "2022" / "乙.md", tmp_path / "page.html"
    result = run("inspect", path, "--html", page)
    assert (result.code, result.text) == (0, "")
    inspection = Parser().inspect_file(path)
    assert page.read_text(encoding="utf-8") == file_page(inspection, inspection.article)
    assert sorted(item.name for item in tmp_path.iterdir()) == ["exports", "page.html"]


def test_pages_of_a_folder(run: Run, folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "deep" / "pages"
    for _ in range(2):  # the second time they are written over
        assert run("inspect", folder, "--html", out).code == 1
        assert sorted(item.name for item in out.iterdir()) == ["index.html", "pages"]
        assert len(list((out / "pages").iterdir())) == 3
    index = (out / "index.html").read_text(encoding="utf-8")
    assert index.index("丙.md") < index.index("乙.md") < index.index("甲.md")
    for page in (out / "pages").iterdir():
        assert f'href="pages/{page.name}"' in index
        assert 'href="../index.html"' in page.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["inspect", "gone.md"], "no such file or folder: gone.md"),
        (["inspect", "."], "no *.md or *.markdown in ."),
        (["inspect", "a.md", "--html", "gone/x.html"], "no such folder: gone"),
        (["inspect", "a.md", "--html", "a.md"], "a.md is an input"),
        (["inspect", "a.md", "--timezone", "Mars/Olympus"], "Mars/Olympus"),
        (["inspect", "a.md", "--without", "app-kr"], "did you mean 'app-qr'?"),
        (["inspect", "b", "--html", "a.md"], "a.md"),
        (["diff", "a.md"], "nothing to compare"),
        (["diff", "a.md", "--cleaner", "nobody-made-this"], "nobody-made-this"),
        (["diff", "gone", "--without", "app-qr"], "no such file or folder: gone"),
    ],
)
def test_wrong_use(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], message: str
) -> None:
    monkeypatch.chdir(tmp_path)
    if "." not in arguments:
        (tmp_path / "b").mkdir()
        for name in ("a.md", "b/c.md"):
            (tmp_path / name).write_text(FRONT.format("a") + "<p>河</p>", encoding="utf-8")
    before = sorted(tmp_path.rglob("*"))
    result = run(*arguments)
    assert result.code == 2
    assert message in result.err
    assert sorted(tmp_path.rglob("*")) == before


def test_a_failure_leaves_the_old_page(run: Run, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "page.html"
    page.write_text("old")

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert run("inspect", folder / "2022" / "甲.md", "--html", page).code == 2
    assert page.read_text() == "old"
    assert sorted(item.name for item in tmp_path.iterdir()) == ["exports", "page.html"]


# --- diff -------------------------------------------------------------------------------------------------------------


def test_what_comes_back(run: Run, folder: Path) -> None:
    result = run("diff", folder, "--without", "app-qr")
    assert result.code == 0
    assert "乙.md\n  +     8  app-qr: 扫码下载\n  fields that differ: sections\n" in result.text
    assert "1 of 3 files change\ncomes back: 4 characters (4 app-qr)\n" in result.text
    assert "甲.md" not in result.text


def test_what_goes(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    @sinaparse.cleaner("quiet")
    def quiet(body: Body) -> None:
        for node in body.select("p:first-child, i"):
            body.remove(node, reason="silence")

    monkeypatch.setattr("sinaparse.terminal.load_cleaner", {"quiet": quiet}.__getitem__)
    body = "<p>河水改道。</p>\n<p><i>下雨</i>了一夜。</p>"
    (folder / "丁.md").write_text(FRONT.format("丁") + body, encoding="utf-8")
    result = run("diff", folder, "--cleaner", "quiet")
    assert (
        "丁.md\n  -     8  quiet: 河水改道。\n  -     9  quiet: 下雨\n  fields that differ: sections\n" in result.text
    )
    assert (
        "甲.md\n  refused now\n"
        "  7: error[body-missing]: there is nothing to make an article of: the cleaners took all of it out\n"
        "  -     8  quiet: 河水改道。\n"
    ) in result.text
    assert "3 of 4 files change\ngoes: 17 characters (17 quiet)\n2 refused now, 0 accepted now\n" in result.text
    assert result.code == 1


def test_nothing_changes(run: Run, folder: Path) -> None:
    assert run("diff", folder, "--without", "frame").text == "0 of 3 files change\n"


def test_changes_between_two_inspections() -> None:
    @sinaparse.cleaner("other")
    def other(body: Body) -> None:
        for node in body.select("div.appendQr_wrap, b"):
            body.remove(node, reason="other")
        body.replace_text(body.root, "无事", "平安", reason="other")

    source = FRONT.format("河") + f"<p>河水<b>大</b>改道。</p>\n<p>两岸<i>无事</i>。</p>{QR}"
    old = Parser().inspect(source)
    new = Parser(cleaners=default_cleaners().before("hidden-ad", other)).inspect(source)
    assert list(changes(old, new)) == [
        Change("goes", "other", 8, "大", 1),
        Change("goes", "other", 9, "无事", 2),
        Change("changes hands", "other", 9, QR, 4),
    ]
    assert [change.direction for change in changes(new, old)] == ["comes back", "comes back", "changes hands"]
    assert list(changes(old, old)) == []
