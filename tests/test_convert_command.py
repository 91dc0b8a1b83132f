"""``sinaparse convert``: a folder of clean posts, wherever names lead."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import frontmatter
import pytest

from sinaparse.convert_command import Names, safe_name
from support import Run, front_matter

EXAMPLES = Path(__file__).parents[1] / "examples" / "exports"
GOOD = (
    front_matter("滩涂")
    + '<div>\n<p cms-style="font-L">　　退潮之后。</p>\n<div class="img_wrapper"><img src="https://n.sinaimg.cn/1.jpg"></div>\n</div>\n'
)


def names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("form", ["md", "html", "txt"])
def test_mirrors_the_folders(run: Run, tmp_path: Path, form: str) -> None:
    result = run("convert", EXAMPLES, "-o", tmp_path / "out", "--to", form)
    assert (result.code, result.out) == (0, b"")
    assert names(tmp_path / "out") == sorted(
        path.relative_to(EXAMPLES).with_suffix(f".{form}").as_posix().replace("/_", "/")
        for path in EXAMPLES.rglob("*.md")
    )
    assert result.err.endswith(f"{len(list(EXAMPLES.rglob('*.md')))} files written to {tmp_path / 'out'}, 0 refused\n")


def test_posts_have_front_matter(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(GOOD, encoding="utf-8")
    assert run("convert", tmp_path / "a.md", "-o", tmp_path / "out").code == 0
    post = frontmatter.load(str(tmp_path / "out" / "a.md"))
    assert post["title"] == "滩涂"
    assert post.content == "退潮之后。\n\n![](https://n.sinaimg.cn/1.jpg)"


def test_pictures_can_be_dropped(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(GOOD, encoding="utf-8")
    run("convert", tmp_path / "a.md", "-o", tmp_path / "out", "--images", "drop")
    assert "sinaimg" not in (tmp_path / "out" / "a.md").read_text(encoding="utf-8")


def test_reports_what_is_refused_and_goes_on(run: Run, tmp_path: Path) -> None:
    source = tmp_path / "in"
    source.mkdir()
    (source / "a.md").write_text("no export", encoding="utf-8")
    (source / "b.md").write_text(GOOD, encoding="utf-8")
    result = run("convert", source, "-o", tmp_path / "out")
    assert result.code == 1
    assert "a.md" in result.err
    assert "error[" in result.err
    assert names(tmp_path / "out") == ["b.md"]


def test_has_a_time_limit(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(GOOD, encoding="utf-8")
    refused = run("convert", tmp_path / "a.md", "-o", tmp_path / "out", "--timeout", "0.000001")
    assert refused.code == 1
    assert "error[timeout]" in refused.err
    assert run("convert", tmp_path / "a.md", "-o", tmp_path / "out", "--timeout", "60").code == 0
    assert names(tmp_path / "out") == ["a.md"]


@pytest.mark.parametrize(
    ("source", "out"), [("in", "in"), ("in", "in/out"), ("in/sub", "in"), ("in/sub/a.md", "in/sub")]
)
def test_never_writes_among_the_exports(run: Run, tmp_path: Path, source: str, out: str) -> None:
    (tmp_path / "in" / "sub").mkdir(parents=True)
    (tmp_path / "in" / "sub" / "a.md").write_text(GOOD, encoding="utf-8")
    result = run("convert", tmp_path / source, "-o", tmp_path / out)
    assert result.code == 2
    assert "among the exports" in result.err
    assert (tmp_path / "in" / "sub" / "a.md").read_text(encoding="utf-8") == GOOD


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("滩涂上的账本", "滩涂上的账本"),
        ("..", "post"),
        ("", "post"),
        ("_海上菜篮子_", "海上菜篮子_"),
        (".hidden", "hidden"),
        ("a\x00b/c\\d:e*f?", "a_b_c_d_e_f_"),
        ("CON", "post CON"),
        ("com1.old", "post com1.old"),
        ("lpt¹", "post lpt¹"),
        ("concert", "concert"),
        ("tail. ", "tail"),
        ("\udcff", "post"),
    ],
)
def test_safe_names(name: str, safe: str) -> None:
    assert safe_name(name) == safe


def test_long_names_are_cut_by_bytes_and_stay_apart() -> None:
    long = [safe_name("滩" * 300 + end) for end in "ab"]
    assert len(set(long)) == 2
    assert all(len(name.encode()) <= 200 for name in long)


def test_names_that_collide_get_numbers() -> None:
    given = Names(".md")
    paths = [
        "A.md",
        "a.markdown",
        "a?.md",
        "a_.md",
        str(Path("..", "a.md")),
        str(Path("b.md", "a.md")),
        "b.markdown",
    ]
    assert ["/".join(given.place(path)) for path in paths] == [
        "A.md", "a (2).md", "a_.md", "a_ (2).md", "post/a.md", "b.md_/a.md", "b.md",
    ]  # fmt: skip


@pytest.mark.skipif(sys.platform != "linux", reason="other systems don't allow such names")
def test_hostile_names_stay_inside(run: Run, tmp_path: Path) -> None:
    source = tmp_path / "in"
    for name in ("CON.md", "a:b.md", "..md", "x\\..\\..\\y.md", "e\u0301.md", "é.md", "长" * 80 + ".md"):
        (source / "...").mkdir(parents=True, exist_ok=True)
        (source / "..." / name).write_text(GOOD, encoding="utf-8")
    (source / os.fsdecode(b"\xff.md")).write_text(GOOD, encoding="utf-8")
    assert run("convert", source, "-o", tmp_path / "out").code == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in", "out"]
    assert len(names(tmp_path / "out")) == 8
