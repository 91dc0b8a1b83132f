"""What the cleaners take, what they leave, and a whole export."""

from __future__ import annotations

from pathlib import Path

import pytest
import sinaparse
from sinaparse.testing import FixtureCase, assert_keeps, assert_removes, check_fixtures

from sinaparse_cleaner_example import ClosingWords, closing_words, reading_time

PARSER = sinaparse.Parser(cleaners=sinaparse.default_cleaners().then(reading_time, closing_words))
EXPORTS = Path(__file__).parent / "exports"


def test_reading_time_goes() -> None:
    assert_removes(reading_time, "<p>　　阅读时间：3分钟</p><p>　　早稻开镰。</p>", ["阅读时间：3分钟"])
    assert_removes(reading_time, "<p>本文约1200字</p>", ["本文约1200字"])


def test_reading_time_in_a_sentence_stays() -> None:
    assert_keeps(reading_time, "<p>　　问卷显示，读者每天的阅读时间：3分钟到半小时不等。</p>")


def test_closing_words_go() -> None:
    assert_removes(closing_words, "<p>　　早稻开镰。</p><p>　　（完）</p>", ["（完）"])


def test_closing_words_in_a_sentence_stay() -> None:
    assert_keeps(closing_words, "<p>　　报告的最后一页写着（完）两个字。</p>")


def test_other_closing_words() -> None:
    mine = ClosingWords("my-words", words=("（本版完）",))
    assert_removes(mine, "<p>（完）</p><p>（本版完）</p>", ["（本版完）"])


@pytest.mark.parametrize("name", ["reading-time", "closing-words"])
def test_they_are_installed(name: str) -> None:
    assert sinaparse.load_cleaner(name).name == name


@pytest.mark.parametrize("case", check_fixtures(EXPORTS, PARSER))
def test_exports(case: FixtureCase) -> None:
    case.check()
