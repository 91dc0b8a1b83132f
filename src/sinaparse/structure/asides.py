"""Lines between the parts of a text that are set apart and title nothing: end marks, calls to click, words that lead on."""

from __future__ import annotations

import re

_ASIDE = re.compile(
    r"""
    [\W_]*
    (?: (?:(?:(?:[Tt][Hh][Ee]\s*)?[Ee][Nn][Dd]|[全本正]?文?完)[\W_]*)?\Z                    # - END -, 【全文完】, or nothing but signs
      | 点击(?:查看|观看|视频|阅读|下载|关注|收听|进入|跳转|图片|蓝字|标题|链接|[上下左右]方|[“"「【]?(?:阅读原文|链接|图片|蓝字))
      | [如见][上下左右][图表] | (?:具体|详情)?如[下上][图表]?[：:]?\Z | https?://\S+\Z
      | 阅读原文 | (?:[左右上下]{2}|向[左右上下])滑动 | 更多.{0,8}(?:关注|点击|下载) | 长按(?:识别|图片|扫描|扫码|[上下]方|[\w“”]{0,4}二维码)
      | 扫描?(?:[上下]方|图中)二维码 | 扫描?(?:二维)?码(?:关注|下载|加入|加群|观看) | 欢迎(?:关注|订阅|扫码|添加)
      | (?:相关|延伸|推荐|往期)(?:阅读|新闻|报道|回顾|文章|推荐)[\W_]*\Z )   # over links
    """,
    re.VERBOSE,
)

LONGEST = 60


def is_aside(text: str) -> bool:
    """Whether a line is none of the text's own.

    >>> is_aside("—— END ——"), is_aside("↓ 点击图片查看详情 ↓"), is_aside("点击率的秘密")
    (True, True, False)
    """
    return len(text) <= LONGEST and _ASIDE.match(text) is not None
