"""From bytes to text: encodings, line ends, and what may stand in no text."""

from __future__ import annotations

import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinaparse.export.encoding import decode
from sinaparse.limits import Limits
from sinaparse.problems import Problem, Problems

FRONT = "\n---\ntitle: '市场综述'\n---\n"
TEXT = f"{FRONT}\n<div>\n<p>　　今日市场平稳，成交量略有回升。</p>\n</div>\n"


def read(source: str | bytes, limits: Limits | None = None) -> tuple[str | None, list[Problem]]:
    problems = Problems(strict=True)
    return decode(source, problems, limits or Limits()), list(problems)


@pytest.mark.parametrize("source", [TEXT, TEXT.encode(), TEXT.encode("utf-8-sig"), "\ufeff" + TEXT])
def test_utf_8_is_read_without_a_word(source: str | bytes) -> None:
    assert read(source) == (TEXT, [])


@pytest.mark.parametrize(
    ("source", "encoding"),
    [
        (TEXT.encode("utf-16"), "UTF-16-LE"),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), "UTF-16-BE"),
        (TEXT.encode("utf-16-le"), "UTF-16-LE"),
        (TEXT.encode("utf-16-be"), "UTF-16-BE"),
        (TEXT.encode("gb18030"), "GB18030"),
        (TEXT.encode("gbk"), "GB18030"),
        (TEXT.replace("\n", "\r\n").encode("gbk"), "GB18030"),
        (TEXT.replace("\n", "\r\n").encode("utf-16"), "UTF-16-LE"),
    ],
)
def test_other_encodings_are_found_and_reported(source: bytes, encoding: str) -> None:
    text, [problem] = read(source)
    assert text == TEXT
    assert problem.code == "encoding-guessed"
    assert problem.severity == "warning"
    assert encoding in problem.message


@pytest.mark.parametrize("end", ["\r\n", "\r"])
@pytest.mark.parametrize("as_bytes", [False, True])
def test_line_ends_are_normalised(end: str, as_bytes: bool) -> None:
    source = TEXT.replace("\n", end)
    assert read(source.encode() if as_bytes else source) == (TEXT, [])


@pytest.mark.parametrize("source", ["", b"", " \n\t\u3000\n", b"\xef\xbb\xbf", b"\xff\xfe", b"\r\n\r\n"])
def test_nothing_but_white_space_is_empty(source: str | bytes) -> None:
    text, problems = read(source)
    assert text is None
    assert [problem.code for problem in problems if problem.severity == "error"] == ["empty-source"]


def test_limit_counts_bytes_of_utf_8() -> None:
    assert read("市" * 10, Limits(source_bytes=30))[0] == "市" * 10
    text, [problem] = read("市" * 10, Limits(source_bytes=29))
    assert text is None
    assert problem.code == "limit-source"
    assert "30 bytes" in problem.message


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_damaged_utf_8_is_not_taken_for_gb18030(end: str) -> None:
    good = TEXT.replace("\n", end).encode()
    at = good.index("略".encode())
    text, [problem] = read(good[: at + 1] + good[at + 3 :])
    assert text is None
    assert problem.code == "unreadable-bytes"
    assert problem.line == 7
    assert f"offset {at}" in problem.message


def test_file_cut_off_inside_a_character() -> None:
    text, [problem] = read(b"---\ntitle: 'x'\n---\n\n" + "价".encode()[:2])
    assert text is None
    assert problem.code == "unreadable-bytes"
    assert problem.line == 5


@pytest.mark.parametrize(
    "source",
    [
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\2\x80\0\0\1\xe0\x08\2\0\0\0",
        b"PK\3\4\x14\0\0\0\x08\0",
        b"GIF89a\1\0\1\0\x80\0\0\xff\xff\xff",
        bytes(range(256)) * 4,
        b"\xff\xfe\0\0-\0\0\0-\0\0\0-\0\0\0",
        b"\xff\xfe-\0-\0-",
        b"\0" * 20,
    ],
)
def test_binary_data_is_refused(source: bytes, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        text, problems = read(source)
    assert text is None
    assert [problem.code for problem in problems] == ["unreadable-bytes"]
    assert not caplog.records


@pytest.mark.parametrize("as_bytes", [False, True])
def test_lone_surrogates_are_replaced(as_bytes: bool) -> None:
    source = FRONT + "\n<p>一\ud83d二</p>\n<p>\udc00</p>"
    text, [problem] = read(source.encode("utf-8", "surrogatepass") if as_bytes else source)
    assert text == FRONT + "\n<p>一\ufffd二</p>\n<p>\ufffd</p>"
    assert (problem.code, problem.severity, problem.line) == ("lone-surrogate", "warning", 6)
    assert problem.message.startswith("2 ")
    assert problem.excerpt == "<p>一\ufffd二</p>"


def test_lone_surrogate_in_utf_16() -> None:
    text, problems = read(b"\xff\xfe" + (TEXT + "\ud800").encode("utf-16-le", "surrogatepass"))
    assert text == TEXT + "\ufffd"
    assert [problem.code for problem in problems] == ["lone-surrogate", "encoding-guessed"][::-1]


@pytest.mark.parametrize("char", ["\0", "\x0b", "\x0c", "\x1b", "\x1f", "\x7f", "\ufffe", "\uffff"])
def test_control_characters_of_the_body_are_replaced(char: str) -> None:
    text, [problem] = read(f"{TEXT}<p>一{char}二{char}</p>\n")
    assert text == f"{TEXT}<p>一\ufffd二\ufffd</p>\n"
    assert (problem.code, problem.severity, problem.line) == ("control-character", "warning", 9)
    assert problem.message.startswith("2 ")


def test_control_characters_of_the_front_matter_are_left_to_its_reader() -> None:
    source = "---\ntitle: 'a\x01b'\n---\n<p>文</p>"
    assert read(source) == (source, [])


@given(st.one_of(st.binary(), st.text(), st.text(st.characters(exclude_categories=[]))))
def test_anything_is_text_or_a_problem(source: str | bytes) -> None:
    text, problems = read(source)
    assert (text is None) == any(problem.severity == "error" for problem in problems)
    if text is not None:
        assert "\r" not in text
        text.encode()


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff\ufeff"), min_size=1))
def test_clean_text_comes_back_as_it_was(text: str) -> None:
    assert read(f"x{text}".encode()) == (f"x{text}", [])
    assert read(f"x{text}") == (f"x{text}", [])
