"""Sentences that Sina's page frame adds: a block goes only if all of it is one of them."""

import re

SENTENCES = re.compile(
    r"""
      海量资讯、精准解读，尽在新浪财经APP
    | 炒股就看金麒麟分析师研报，权威，专业，及时，全面，助您挖掘潜力主题机会！
    | 炒股开户享福利，入金抽\d+元红包，100%中奖！
    | 股民福利来了！.{0,40}点击查看(?:>>)?
    | 扫二维码\s*立即期货开户
    | 热点栏目(?:\s*(?:自选股|数据中心|行情中心|资金流向|模拟交易|客户端))+
    | 新酷产品第一时间免费试玩.{0,80}新浪众测.{0,80}
    | 新浪声明：(?:此消息系转载自新浪合作媒体|新浪网登载此文出于传递更多信息之目的).{0,250}
    | 免责声明：自媒体综合提供的内容均源自自媒体.{0,200}
    """,
    re.VERBOSE,
)

FIRST = frozenset("海炒股扫热新免")
"""How they begin."""


PLAYER_WORDS = frozenset({"视频加载中，请稍候...", "视频加载中，请稍候…", "自动播放", "play", "向前", "向后"})
"""What the video player says by itself."""
