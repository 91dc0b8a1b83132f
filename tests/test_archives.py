"""Exports in archives, honest and hostile ones; patterns; what a file system may do."""

from __future__ import annotations

import io
import os
import stat
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

import sinaparse
from sinaparse.inputs import ARCHIVES, Task, find_exports, load

EXAMPLES = Path(__file__).parents[1] / "examples" / "exports"
EXPORT = min(EXAMPLES.rglob("*.md")).read_bytes()
TARS = [suffix for suffix in ARCHIVES if suffix != ".zip"]
MODES = {"gz": "w:gz", "tgz": "w:gz", "bz2": "w:bz2", "xz": "w:xz", "tar": "w"}


def tar(path: Path, *members: tuple[str, bytes]) -> Path:
    with tarfile.open(path, MODES[path.name.rpartition(".")[2]]) as archive:  # type: ignore[call-overload]
        for name, source in members:
            member = tarfile.TarInfo(name)
            member.size = len(source)
            archive.addfile(member, io.BytesIO(source))
    return path


def zipped(path: Path, *members: tuple[str | zipfile.ZipInfo, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, source in members:
            archive.writestr(name, source)
    return path


def found(corpus: sinaparse.Corpus) -> dict[str, list[str]]:
    """The problems of each path, by code; those without an error have none."""
    return {
        outcome.path.partition(".dir/")[2] or outcome.path: [
            problem.code for problem in outcome.problems if problem.severity == "error"
        ]
        for outcome in corpus
    }


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "x.dir"
    path.mkdir()
    return path


MEMBERS = (("b/z.md", EXPORT), ("notes.txt", b"no export"), ("./a.MD", EXPORT), ("bad.md", b"no export"))


@pytest.mark.parametrize("suffix", TARS)
@pytest.mark.parametrize("workers", [1, 2])
def test_tar(folder: Path, suffix: str, workers: int) -> None:
    path = tar(folder / f"x{suffix}", *MEMBERS)
    corpus = sinaparse.read_corpus(path, workers=workers)
    assert found(corpus) == {
        f"x{suffix}/b/z.md": [], f"x{suffix}/a.MD": [], f"x{suffix}/bad.md": ["front-matter-missing"],
    }  # fmt: skip
    assert list(found(corpus)) == [f"x{suffix}/b/z.md", f"x{suffix}/a.MD", f"x{suffix}/bad.md"]
    (plain, *_) = corpus
    assert plain.article == sinaparse.parse(EXPORT)
    assert [entry.name for entry in folder.iterdir()] == [path.name]


@pytest.mark.parametrize("workers", [1, 2])
def test_zip_is_sorted(folder: Path, workers: int) -> None:
    path = zipped(folder / "x.zip", *MEMBERS)
    assert list(found(sinaparse.read_corpus([path, path.parent], workers=workers))) == [
        "x.zip/a.MD", "x.zip/b/z.md", "x.zip/bad.md",
    ]  # fmt: skip


def test_names_from_a_chinese_windows(folder: Path) -> None:
    member = zipfile.ZipInfo("AAAAAAAA.md")
    path = zipped(folder / "x.zip", (member, EXPORT))
    path.write_bytes(path.read_bytes().replace(b"AAAAAAAA.md", "春茶开采".encode("gb18030") + b".md"))
    assert found(sinaparse.read_corpus(path)) == {"x.zip/春茶开采.md": []}


def test_members_that_are_refused(folder: Path) -> None:
    link = zipfile.ZipInfo("link.md")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    names = ("/etc/passwd.md", "../up.md", "C:/x.md", "good.md")
    path = zipped(folder / "x.zip", (link, b"good.md"), *((name, EXPORT) for name in names))
    refused = {"x.zip/link.md", "x.zip/etc/passwd.md", "x.zip/../up.md", "x.zip/C:/x.md"}
    assert found(sinaparse.read_corpus(path)) == {name: ["archive-member"] for name in refused} | {"x.zip/good.md": []}
    with tarfile.open(folder / "y.tar", "w") as archive:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE):
            member = tarfile.TarInfo(f"{kind.decode()}.md")
            member.type, member.linkname = kind, "/etc/passwd"
            archive.addfile(member)
        last = tarfile.TarInfo("good.md")
        last.size = len(EXPORT)
        archive.addfile(last, io.BytesIO(EXPORT))
    codes = list(found(sinaparse.read_corpus(folder / "y.tar")).values())
    assert codes == [["archive-member"]] * 3 + [[]]


def test_an_encrypted_and_a_damaged_member(folder: Path) -> None:
    path = zipped(folder / "x.zip", ("a.md", EXPORT), ("b.md", EXPORT))
    data = bytearray(path.read_bytes())
    data[data.index(b"a.md") + 60] ^= 0xFF
    place = data.rindex(b"PK\x01\x02")  # the entry of b.md in the directory
    data[place + 8] |= 1
    path.write_bytes(data)
    outcomes = list(sinaparse.read_corpus(path))
    assert [outcome.problems[0].code for outcome in outcomes] == ["archive-member", "archive-member"]
    assert "encrypted" in outcomes[1].problems[0].message


@pytest.mark.parametrize("suffix", [".zip", ".tar", ".tar.gz"])
def test_a_bomb_is_not_unpacked(folder: Path, suffix: str) -> None:
    path = folder / f"x{suffix}"
    members = (("a.md", b"\n" * 30_000_000), ("b.md", EXPORT))
    zipped(path, *members) if suffix == ".zip" else tar(path, *members)
    assert found(sinaparse.read_corpus(path)) == {f"x{suffix}/a.md": ["limit-source"], f"x{suffix}/b.md": []}


def test_a_zip_that_lies_about_a_size(folder: Path) -> None:
    path = zipped(folder / "x.zip", ("a.md", b"\n" * 30_000_000), ("b.md", EXPORT))
    lie = path.read_bytes().replace((30_000_000).to_bytes(4, "little"), (1000).to_bytes(4, "little"))
    path.write_bytes(lie)
    assert found(sinaparse.read_corpus(path)) == {"x.zip/a.md": ["archive-member"], "x.zip/b.md": []}


@pytest.mark.parametrize("suffix", ARCHIVES)
def test_what_is_no_archive(folder: Path, suffix: str) -> None:
    path = folder / f"x{suffix}"
    for source in (b"", b"no archive", EXPORT):
        path.write_bytes(source)
        assert found(sinaparse.read_corpus(path)) == {f"x{suffix}": ["archive-unreadable"]}


@pytest.mark.parametrize("suffix", TARS)
def test_a_tar_that_is_cut_off_gives_what_it_has_and_says_so(folder: Path, suffix: str) -> None:
    path = tar(folder / f"x{suffix}", *((f"{number}.md", EXPORT) for number in range(4)))
    whole = path.read_bytes()
    for size in (len(whole) // 2, len(whole) - 5):
        path.write_bytes(whole[:size])
        outcomes = found(sinaparse.read_corpus(path))
        if suffix == ".tar" and size == len(whole) - 5:  # nothing but padding is gone
            assert len(outcomes) == 4
        else:
            assert outcomes[f"x{suffix}"] == ["archive-unreadable"]


def test_a_damaged_header_in_the_middle_is_no_end(folder: Path) -> None:
    path = tar(folder / "x.tar", ("a.md", EXPORT), ("b.md", EXPORT), ("c.md", EXPORT))
    data = bytearray(path.read_bytes())
    data[data.index(b"b.md")] ^= 0xFF
    path.write_bytes(data)
    assert found(sinaparse.read_corpus(path)) == {"x.tar/a.md": [], "x.tar": ["archive-unreadable"]}


def test_a_huge_header_is_not_read(folder: Path) -> None:
    path = tar(folder / "x.tar.gz", ("a.md", EXPORT), ("n" * 2_000_000 + ".md", EXPORT))
    assert found(sinaparse.read_corpus(path)) == {"x.tar.gz/a.md": [], "x.tar.gz": ["archive-unreadable"]}


def test_archives_in_archives_and_in_folders_are_not_opened(folder: Path) -> None:
    inner = zipped(folder / "inner.zip", ("a.md", EXPORT)).read_bytes()
    assert found(sinaparse.read_corpus(folder)) == {}
    assert found(sinaparse.read_corpus(zipped(folder / "x.zip", ("inner.zip", inner)))) == {}


def test_patterns(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    for name in ("a/1.md", "a/2.txt", "a/deep/3.md", "a-b/4.md", "5.md", "[6].md"):
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_bytes(EXPORT)
    Path("a/loop").symlink_to(folder, target_is_directory=True)
    zipped(folder / "x.zip", ("7.md", EXPORT))
    for pattern, want in {
        "a/*.md": ["a/1.md"],
        "**/*.md": ["5.md", "[6].md", "a-b/4.md", "a/1.md", "a/deep/3.md"],
        "a*": ["a-b/4.md", "a/1.md", "a/deep/3.md"],
        "a/**": ["a/1.md", "a/deep/3.md"],
        "./[56].md": ["./5.md"],
        "[6].md": ["[6].md"],
        f"{folder}/a/?.md": [f"{folder}/a/1.md"],
        "*.zip": ["x.zip"],
        "gone/*.md": ["gone/*.md"],
    }.items():
        assert list(find_exports(pattern)) == want, pattern
    assert [outcome.path for outcome in sinaparse.read_corpus("*.zip")] == ["x.zip/7.md"]


def test_nothing_is_read_to_count_the_files(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A progress bar has no total then, or one that needs no reading."""
    (folder / "plain.md").write_bytes(EXPORT)
    tar(folder / "x.tar", ("a.md", EXPORT))

    def opened(*_: object) -> None:
        pytest.fail("an archive was opened")

    monkeypatch.setattr("sinaparse.archives.members", opened)
    monkeypatch.setattr(sys, "stdin", None)
    assert sinaparse.read_corpus(folder / "x.tar").count() is None
    assert sinaparse.read_corpus([folder / "plain.md", folder / "*.tar"]).count() is None
    assert sinaparse.read_corpus([folder / "*.md", "-"]).count() == 2


@pytest.mark.parametrize("name", ["a\0b.md", "a\0*.md", "**a.md", "a**/*.md", "\x1b]0;a\x07.md"])
def test_names_that_no_file_can_have(folder: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.chdir(folder)
    assert found(sinaparse.read_corpus(name)) == {name: ["unreadable-file"]}


def test_a_member_with_a_nul_in_its_name(folder: Path) -> None:
    member = zipfile.ZipInfo("AB.md")
    path = zipped(folder / "x.zip", (member, EXPORT), ("good.md", EXPORT))
    path.write_bytes(path.read_bytes().replace(b"AB.md", b"A\0.md"))
    assert found(sinaparse.read_corpus(path))["x.zip/good.md"] == []


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX file system")
def test_links_in_a_loop_and_files_that_are_none(folder: Path) -> None:
    (folder / "a.md").symlink_to(folder / "b.md")
    (folder / "b.md").symlink_to(folder / "a.md")
    (folder / "gone.md").symlink_to(folder / "nowhere")
    (folder / "folder.md").symlink_to(folder, target_is_directory=True)
    os.mkfifo(folder / "pipe.md")
    codes = found(sinaparse.read_corpus(folder))
    assert codes == {f"{name}.md": ["unreadable-file"] for name in ("a", "b", "gone", "folder")}


def test_a_file_that_vanishes_after_it_was_listed(folder: Path) -> None:
    for name in "abc":
        (folder / f"{name}.md").write_bytes(EXPORT)
    outcomes = iter(sinaparse.read_corpus(folder))
    assert next(outcomes).json is not None
    (folder / "b.md").unlink()
    assert [outcome.json is None for outcome in outcomes] == [True, False]


def test_a_file_above_the_limit_is_not_read(folder: Path) -> None:
    path = folder / "a.md"
    with path.open("wb") as file:
        file.truncate(1 << 40)  # a terabyte that takes no place
    (outcome,) = sinaparse.read_corpus(folder)
    assert [problem.code for problem in outcome.problems] == ["limit-source"]
    assert "1099511627776 bytes" in outcome.problems[0].message
    assert outcome.digest == ""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="Linux")
def test_files_that_do_not_know_their_size() -> None:
    source = load(Task("status", "/proc/self/status"), 1 << 20)
    assert isinstance(source, bytes)
    assert source.startswith(b"Name:")
    assert not isinstance(load(Task("zero", "/dev/zero"), 1000), bytes)
