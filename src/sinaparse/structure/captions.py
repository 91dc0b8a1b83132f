"""Captions of pictures and titles of tables that stand in lines of their own."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from sinaparse.body import squash
from sinaparse.sina.media import PHOTO_AGENCIES
from sinaparse.structure.asides import is_aside
from sinaparse.structure.lines import CAPTION, CREDITS, LEGEND, Grid, Line, Picture, Piece
from sinaparse.structure.numbering import numbering

_MARK = r"\s*[/／：:丨|｜︱]\s*"
_AGENCIES = rf"(?i:{PHOTO_AGENCIES.pattern}|影像中国|新华社[/／](?:法新|美联|路透|欧新))".replace(" ", r"\s")
_OPENS = re.compile(
    rf"[▲△↑▴◆]|(?:图片?|漫画|摄影?|拍摄){_MARK}|图片?(?:来源|来自|源|由|据|自|截)(?!\w{{0,4}}的)|(?:资料|数据|图表|图文|封面)?来源{_MARK}|图表制作{_MARK}"
    rf"|(?:资料|制|配|题|头|封面|本)图(?:{_MARK}|片?(?:来自|来源|源自|据))|(?:文中|以上)图片均?(?:来自|来源)"
    r"|图片?说明?\s*[：:]|[（(]?[上下左右]?图为|截图(?:来[自源]|自)|制图\s+\w{2,4}\Z|[（(【](?:图|(?:资料|数据)?来源)|[Pp]hoto\s*(?:by\b|[：:/])"
)
_CLOSES = re.compile(
    rf"""
    (?: (?<!拍)摄 | 拍摄(?!。) | 供图 | 记者\s*\w{{2,4}}摄影 | [社报网]\s*图片?
      | (?:^|[\s/／])(?:图片?|摄影|制图|绘图)                              # 李晓青 图, 郭婧婷/摄影
      | (?:^|[\s。）)])图[据源自]\s*[^\s。，；：]{{2,12}}                     # 老码头 图据视觉中国
      | (?:摄影|图源|图片来源|(?<![头题首面])图){_MARK}[^。，；]{{1,20}}
      | (?:^|[\s。，（(【])(?:图片)?来源{_MARK}{_AGENCIES}\w{{0,4}}            # 老码头。来源：视觉中国
      | 图[\s，,（(]+(?:数据)?来源{_MARK}[^。，；）)]{{2,20}}                   # 日线图（来源：易汇通）
      | (?:^|[\s。，（(]){_AGENCIES}\s*(?:创意|资料|供?图片?)?
      | [（(][^（）()]{{0,20}}(?:供图|摄|图片|截图|效果图|图[源据][^（）()]*|(?:资料图片?|图片)\s*{_AGENCIES}|{_AGENCIES}|资料图片?)[）)]
      | 新华社发(?:[（(][^（）()]*[）)])? )
    \s*[）)】]?。?\Z
    """,
    re.VERBOSE,
)
_OF_FIGURES = re.compile(rf"[（(]?(?:资料|数据|图表)?来源{_MARK}[^。]+。?\Z")
"""Where the figures of a chart come from; what tells of the article is known before."""
_SIGN = re.compile("[摄图]|来源|视觉|影像|IC|新华社")
"""One of these stands in every line that credits a picture, or nearly."""
_SOURCED = re.compile(
    rf"[^。；]{{2,30}}(?:[（(](?:数据|资料|图片)?(?:来源{_MARK}|来自|截图?自)[^。；）)]{{2,24}}[）)]|\s(?:数据|资料)?来源{_MARK}[^。；]{{2,24}}"
    r"|[（(][^。；）)]{2,12}提供[）)])\Z"
)
"""Short lines that close with where the picture is from: ``产量走势（来源：Wind）``, ``工厂大门（受访者提供）``."""
_KINDS = ("资料图", "资料图片", "截图", "示意图", "效果图")
_POINTS_UP = tuple("▲△↑▴")
_BEFORE = re.compile(r"[▼▽↓▾]")
_CREDIT_WORD = re.compile(r"图\s*[/／：:丨|｜︱源片]|供图|配图|截图|截屏|资料图|示意图|效果图|图为|摄|来源|视觉中国")
_NO_CAPTION_END = tuple("。；：，！？;:,!?…”")
_NUMBER = r"\s*(?:\d|[一二三四五六七八九十]|[：:|｜丨])"
_TABLE_TITLE = re.compile(rf"[（(【]?附?(?:图表|表格?){_NUMBER}")
_PICTURE_TITLE = re.compile(rf"[▲△◆▼■]?\s*[（(【]?附?(?:图表?|表格?){_NUMBER}")
_NUMBERED = re.compile(r"[（(【]?附?图表?\s*(?:\d|[一二三四五六七八九十])")
_UNIT = re.compile(r"[（(]?\s*单位\s*[：:]")
_TEXT_CREDIT = re.compile(r"(?<!\w)文(?![^\W丨])|图文|作者(?!供|提供)|编辑|撰")
"""Who wrote the text: a line with one of these is about the article."""
_GOES_ON = re.compile(
    "第[一二三四五六七八九十]|[一二三四五六七八九十]是|首先|其次|最后|然而|不过|此外|同时|另外|但|而|因此|所以|其中|对此"
    r"|(?:\d{4}年)?\d{1,2}月\d{1,2}日\Z"
)
"""How a short line of the text begins that no caption is."""
_LEADS_ON = tuple("：:？?")
"""How a centred line of the text ends that leads from one picture to the next."""
_STOP = re.compile(r"[。，！？；]")

LONGEST = 120
SHORT = 30
_LONGEST_NAME = 6
"""Who took a picture, before 摄 or 供图."""
_LONGEST_CREDIT = 60
"""So long is what a caption closes with."""


# --- tables -------------------------------------------------------------------------------------------------------


def find_table_titles(pieces: Sequence[Piece]) -> None:
    """The line right before a table that equals its caption is doubled; one that opens like ``表1`` or ``图表：`` is its caption.

    A unit may stand between them (``单位：亿元``); a centred title may also stand below. All may be set like a heading; none
    is one.
    """
    for place, grid in enumerate(pieces):
        if not isinstance(grid, Grid):
            continue
        before = _above(pieces, place)
        if grid.caption:
            if before is not None and squash(before.text) == _joined(grid.caption):
                before.use = "doubled_title"
            continue
        if before is not None and _is_title(before, _TABLE_TITLE):
            _attach(grid, before)
        elif (
            (after := _text(pieces, place + 1))
            and after.centred
            and _is_title(after, _TABLE_TITLE)
            and not isinstance(_piece(pieces, place + 2), Grid | Picture)
        ):
            _attach(grid, after)


def _is_title(line: Line, pattern: re.Pattern[str]) -> bool:
    return (
        pattern.match(line.text) is not None
        and not line.text.endswith(("。", "；", "，", "："))
        and line.size <= LONGEST
    )


# --- pictures -----------------------------------------------------------------------------------------------------


def find_captions(pieces: Sequence[Piece]) -> None:
    """Give pictures the lines after or before them that are their captions.

    One that repeats the caption a picture has is doubled; one that only credits it is the caption's last line.
    """
    pictures = [(place, piece) for place, piece in enumerate(pieces) if isinstance(piece, Picture)]
    candidates = []
    for place, picture in pictures:
        if not picture.caption:
            candidates.append((place, picture))
        elif (after := _text(pieces, place + 1)) and len(after.text) <= LONGEST:
            if after.text[0] == picture.caption[0].text[0] and squash(after.text) == _joined(picture.caption):
                after.use = "doubled_caption"
            else:
                _credit(pieces, place + 1, picture)
    for place, picture in candidates:
        after = _text(pieces, place + 1)
        before = _above(pieces, place)
        if before is not None and _is_title(before, _PICTURE_TITLE):
            # Numbered titles go first: where each stands above its picture, the line after one belongs to the next.
            _attach(picture, before)
            _credit(pieces, place + 1, picture)
        elif after is not None and _follows(pieces, place + 1, after) and not _titles_next(pieces, place + 1):
            _attach(picture, after)
            _credit(pieces, place + 2, picture)
        elif before is not None and _points_down(before):
            _attach(picture, before)
    if any(picture.caption and _describes(picture.caption[0]) for _, picture in pictures):
        for place, picture in candidates:
            after = _text(pieces, place + 1)
            if not picture.caption and after is not None and _short(after):
                _attach(picture, after)


def credits_picture(pieces: Sequence[Piece], place: int) -> bool:
    """Whether a line that reads like metadata is about a picture beside it, and :func:`find_captions` will take it."""
    line = pieces[place]
    before = _piece(pieces, place - 1)
    if not isinstance(line, Line):
        return False
    if _TEXT_CREDIT.search(line.text):
        return isinstance(before, Picture) and not before.caption and line.text.startswith(_POINTS_UP)
    if isinstance(before, Picture):
        return _only_credits(line) if before.caption else _closes(line)
    after = _piece(pieces, place + 1)
    if isinstance(after, Picture) and not after.caption and (_is_title(line, _PICTURE_TITLE) or _points_down(line)):
        return before is None or before.use not in CREDITS  # below others, it is one of those about the article
    picture = _piece(pieces, place - 2)
    return isinstance(picture, Picture) and not picture.caption and _is_above_credit(before) and _only_credits(line)


def is_titled(pieces: Sequence[Piece], place: int) -> bool:
    """Whether a picture with a numbered title stands right above a line: the title above or below the picture."""
    beside = (_piece(pieces, place - 1), _piece(pieces, place - 2))
    titled = any(isinstance(piece, Line) and _is_title(piece, _PICTURE_TITLE) for piece in beside)
    return titled and any(isinstance(piece, Picture) for piece in beside)


def _piece(pieces: Sequence[Piece], place: int) -> Piece | None:
    return pieces[place] if 0 <= place < len(pieces) else None


def _text(pieces: Sequence[Piece], place: int) -> Line | None:
    """The line at a place, if it is text that nothing has claimed."""
    piece = pieces[place] if 0 <= place < len(pieces) else None
    return piece if isinstance(piece, Line) and piece.use == "text" else None


def _above(pieces: Sequence[Piece], place: int) -> Line | None:
    """The line of text above a table or picture, or above its unit (``单位：亿元``)."""
    line = _text(pieces, place - 1)
    return _text(pieces, place - 2) if line is not None and _UNIT.match(line.text) else line


def _joined(lines: Sequence[Line]) -> str:
    return squash("".join([line.text for line in lines]))


def _attach(block: Picture | Grid, line: Line) -> None:
    line.use = "caption"
    block.caption.append(line)


def _credit(pieces: Sequence[Piece], place: int, picture: Picture) -> None:
    """Add the line at a place to the caption if it closes with the credit of the picture, or says where its figures are from."""
    line = _text(pieces, place)
    if line is None or line.bold or _is_title(line, _PICTURE_TITLE):
        return
    if _closes(line) or (_OF_FIGURES.match(line.text) and line.size <= _LONGEST_CREDIT):
        _attach(picture, line)


def _points_down(line: Line) -> bool:
    """A caption above its picture: it opens with an arrow, or names the photographer."""
    return (_BEFORE.match(line.text) is not None or _closes(line)) and line.size <= LONGEST and not is_aside(line.text)


def _follows(pieces: Sequence[Piece], place: int, line: Line) -> bool:
    """Whether a line right after a picture is its caption: by itself, or as what stands before its credit."""
    if _is_title(line, _PICTURE_TITLE) or any(rule(line) for rule in AFTER):
        return not is_aside(line.text)
    credit = _text(pieces, place + 1)
    return credit is not None and _only_credits(credit) and _is_above_credit(line)


def _titles_next(pieces: Sequence[Piece], place: int) -> bool:
    """Whether a numbered title between two pictures is that of the second: no other stands below that."""
    line, below = _text(pieces, place), _text(pieces, place + 2)
    if line is None or not _NUMBERED.match(line.text) or not isinstance(_piece(pieces, place + 1), Picture):
        return False
    return below is None or not _NUMBERED.match(below.text)


def _is_above_credit(piece: Piece | None) -> bool:
    """Whether what stands before the credit of a picture may be its caption's first line."""
    if not isinstance(piece, Line) or piece.use != "text" or piece.bold:
        return False
    return piece.size <= (LONGEST if piece.centred else SHORT)


def _only_credits(line: Line) -> bool:
    """It is nothing but the credit of a picture: ``新华社记者 张云 摄``, ``图源：视觉中国``."""
    return (
        _closes(line)
        and line.size <= SHORT
        and _STOP.search(line.text.rstrip("。")) is None
        and not _is_title(line, _PICTURE_TITLE)
        and _TEXT_CREDIT.search(line.text) is None
    )


# --- the rules for a line right after a picture -------------------------------------------------------------------


def _styled(line: Line) -> bool:
    """The CMS says so: ``cms-style="legend"``, or a caption element that stands apart from its picture."""
    return bool(line.look & LEGEND) or line.role == CAPTION


def _opens(line: Line) -> bool:
    """It opens like one: ``▲会场内景``, ``图/新华社``, ``来源：上海银保监局``."""
    return len(line.text) <= LONGEST and _OPENS.match(line.text) is not None


def _closes(line: Line) -> bool:
    """It closes like one: ``……起立敬礼。王洪胜摄（人民视觉）``, ``日线图（来源：易汇通）``, ``视觉中国 图``."""
    text = line.text
    if len(text) > LONGEST or _SIGN.search(text) is None:
        return False
    return _CLOSES.search(text, max(len(text) - _LONGEST_CREDIT, 0)) is not None


def _names_kind(line: Line) -> bool:
    """It closes with what kind of picture it is: ``公司公告截图``, ``河湾镇一景。资料图``."""
    return line.text.rstrip("）)】").endswith(_KINDS) and line.size <= SHORT


def _centred(line: Line) -> bool:
    """Centred and not bold; with colour and without a word that credits a picture it is a heading."""
    if not line.centred or line.bold or line.size > LONGEST or numbering(line.text):
        return False
    if line.text.endswith(_LEADS_ON):
        return False
    return not line.coloured or _CREDIT_WORD.search(line.text) is not None


def _sourced(line: Line) -> bool:
    """It closes with its source: ``产量走势（来源：Wind）``."""
    return line.size <= _LONGEST_CREDIT and _SOURCED.match(line.text) is not None


AFTER: tuple[Callable[[Line], bool], ...] = (_styled, _opens, _closes, _names_kind, _sourced, _centred)


def _describes(line: Line) -> bool:
    """Whether a caption says what is to be seen, without a sign of its own: others of the article may do so, too."""
    credit = _CLOSES.search(line.text)
    return _OPENS.match(line.text) is None and (credit is None or credit.start() > _LONGEST_NAME)


def _short(line: Line) -> bool:
    """A short plain line without number and closing mark, where other pictures of the article are captioned."""
    return (
        line.size <= SHORT
        and not (line.bold or line.centred or line.coloured)
        and not line.text.endswith(_NO_CAPTION_END)
        and numbering(line.text) is None
        and _GOES_ON.match(line.text) is None
        and not is_aside(line.text)
    )
