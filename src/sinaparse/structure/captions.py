"""Captions of pictures and titles of tables that stand in lines of their own."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from sinaparse.body import squash
from sinaparse.sina.media import PHOTO_AGENCIES
from sinaparse.structure.lines import CAPTION, LEGEND, Grid, Line, Picture, Piece
from sinaparse.structure.numbering import numbering

_OPENS = re.compile(
    r"[▲△↑▴◆]|图片?\s*[/／：:丨|｜︱]|图片?(?:来源|来自|源|由|据|自|截)|(?:资料|数据|图表)?来源\s*[/／：:丨|｜]"
    r"|(?:资料|制|配|题|头|封面|本)图(?:\s*[/／：:丨|｜]|片?(?:来自|来源|源自|据))|(?:文中|以上)图片均?(?:来自|来源)"
    r"|图片?说明?\s*[：:]|(?:摄影?|拍摄)\s*[/／：:丨|｜]|[上下左右]?图为|截图来[自源]|[（(【](?:图|来源)|[Pp]hoto\s*(?:by\b|[：:/])"
)
_CLOSES = re.compile(
    r"(?:(?<!拍)摄|拍摄(?!。)|供图|[（(](?:人民视觉|视觉中国|资料图片?|图片|效果图)[）)]|(?:摄影|图源|图片来源|图)\s*[/／：:丨|｜]\s*[^。，；]{1,20}"
    r"|[（(][^（）()]{0,20}(?:供图|摄|图片|图源[：:][^（）()]*)[）)]|新华社发(?:[（(][^（）()]*[）)])?|[社报网]\s*图)\s*[）)]?。?\Z"
)
_AGENCY = re.compile(rf"(?:{PHOTO_AGENCIES.pattern})\s*(?:创意|供?图)?\Z", re.IGNORECASE)
_KINDS = ("资料图", "资料图片", "截图", "示意图", "效果图")
_SIGNS = ("摄", "图", "视觉", "新华社发")
"""One of these stands in every line that `_CLOSES` matches."""
_BEFORE = re.compile(r"[▼▽↓▾]")
_CREDIT_WORD = re.compile(r"图\s*[/／：:丨|｜︱源片]|供图|配图|截图|截屏|资料图|示意图|效果图|图为|摄|来源|视觉中国")
_NO_CAPTION_END = tuple("。；：，！？;:,!?…”")
_TABLE_TITLE = re.compile(r"附?表\s*(?:\d|[一二三四五六七八九十])")
_PICTURE_TITLE = re.compile(r"附?图表?\s*(?:\d|[一二三四五六七八九十])")

LONGEST = 120
SHORT = 30


def find_table_titles(pieces: Sequence[Piece]) -> None:
    """The line right before a table that equals its caption is doubled; one that opens with 表 and a number is its caption.

    Both may be set like a heading; neither is one.
    """
    for place, piece in enumerate(pieces):
        before = pieces[place - 1] if place else None
        if not isinstance(piece, Grid) or not isinstance(before, Line) or before.use != "text":
            continue
        if piece.caption and squash(before.text) == squash("".join(line.text for line in piece.caption)):
            before.use = "doubled"
        elif not piece.caption and _is_title(before, _TABLE_TITLE):
            before.use = "caption"
            piece.caption = [before]


def _is_title(line: Line, pattern: re.Pattern[str]) -> bool:
    return (
        pattern.match(line.text) is not None
        and not line.text.endswith(("。", "；", "，", "："))
        and line.size <= LONGEST
    )


def find_captions(pieces: Sequence[Piece]) -> None:
    """Give pictures without a caption of their own the line after or before them that is one."""
    pictures = [(place, piece) for place, piece in enumerate(pieces) if isinstance(piece, Picture)]
    candidates = [(place, picture) for place, picture in pictures if not picture.caption]
    if not candidates:
        return
    for place, picture in candidates:
        after = _text(pieces, place + 1)
        before = _text(pieces, place - 1)
        if before is not None and _is_title(before, _PICTURE_TITLE):
            # Numbered titles go first: where each stands above its picture, the line after one belongs to the next.
            _attach(picture, before)
        elif after is not None and (_is_title(after, _PICTURE_TITLE) or any(rule(after) for rule in AFTER)):
            _attach(picture, after)
        elif before is not None and _points_down(before):
            _attach(picture, before)
    if any(picture.caption for _, picture in pictures):
        for place, picture in candidates:
            after = _text(pieces, place + 1)
            if not picture.caption and after is not None and _short(after):
                _attach(picture, after)


def _text(pieces: Sequence[Piece], place: int) -> Line | None:
    """The line at a place, if it is text that nothing has claimed."""
    piece = pieces[place] if 0 <= place < len(pieces) else None
    return piece if isinstance(piece, Line) and piece.use == "text" else None


def _attach(picture: Picture, line: Line) -> None:
    line.use = "caption"
    picture.caption.append(line)


def _points_down(line: Line) -> bool:
    """A caption above its picture: it opens with an arrow, or names the photographer."""
    return (_BEFORE.match(line.text) is not None or _closes(line)) and line.size <= LONGEST


# --- the rules for a line right after a picture -------------------------------------------------------------------


def _styled(line: Line) -> bool:
    """The CMS says so: ``cms-style="legend"``, or a caption element that stands apart from its picture."""
    return bool(line.look & LEGEND) or line.role == CAPTION


def _opens(line: Line) -> bool:
    """It opens like one: ``▲会场内景``, ``图/新华社``, ``来源：上海银保监局``."""
    return len(line.text) <= LONGEST and _OPENS.match(line.text) is not None


def _closes(line: Line) -> bool:
    """It closes like one: ``……起立敬礼。王洪胜摄（人民视觉）``, ``长城云海似画卷。摄影：新华社王立群``."""
    text = line.text
    return len(text) <= LONGEST and any(sign in text for sign in _SIGNS) and _CLOSES.search(text) is not None


def _names_kind(line: Line) -> bool:
    """It closes with what kind of picture it is: ``公司公告截图``, ``河湾镇一景。资料图``."""
    return line.text.endswith(_KINDS) and line.size <= SHORT


def _centred(line: Line) -> bool:
    """Centred and not bold; with colour and without a word that credits a picture it is a heading."""
    if not line.centred or line.bold or line.size > LONGEST:
        return False
    return not line.coloured or _CREDIT_WORD.search(line.text) is not None


def _names_agency(line: Line) -> bool:
    """It is nothing but the name of a picture agency: ``视觉中国 图``."""
    return _AGENCY.match(line.text) is not None


AFTER: tuple[Callable[[Line], bool], ...] = (_styled, _opens, _closes, _names_kind, _names_agency, _centred)


def _short(line: Line) -> bool:
    """A short plain line without number and closing mark, where other pictures of the article are captioned."""
    return (
        line.size <= SHORT
        and not (line.bold or line.centred or line.coloured)
        and not line.text.endswith(_NO_CAPTION_END)
        and numbering(line.text) is None
    )
