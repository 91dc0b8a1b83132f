"""Names of news media: how they end, and those that no ending tells."""

import re

ENDINGS = (
    "报 网 社 台 刊 周刊 杂志 财经 新闻 在线 客户端 传媒 金融 观察 电视 频道 资讯 公司 头条 视频 导报 日报 时报 晚报 早报 晨报 商报 "
    "评论 智库 之声 经纬 资本局 证券 中国 发布 网站 微博 公众号 研究院 APP App TV AI 界 汇 号"
).split()

NAMES = frozenset(
    "每经 央视 总台央视 总台 新华 中新 澎湃 界面 财新 虎嗅 36氪 钛媒体 亿欧 券商中国 金融时报 时代数据 新浪 人民 央广 国是直通车 "
    "健康广东 侠客岛 政知见 政事儿 长安街知事 经观 界面 蓝鲸 中证金牛座 e公司 红星 九派 财经 彭博 路透 人民视觉".split()
)

OWN = ("本报", "本刊", "本网", "本台", "本社", "我报", "本站", "本版")
"""How a medium speaks of itself: no name."""

PHOTO_AGENCIES = re.compile(r"视觉中国|图虫|摄图网|东方IC|IC ?photo|Pexels|Unsplash|千图网|CFP|壹图网|包图网|全景|人民视觉|Getty", re.IGNORECASE)

_ENDING = re.compile(rf"[\w·•\-—.]{{1,16}}(?:{'|'.join(ENDINGS)})")


def is_medium(text: str) -> bool:
    """Whether a text is the name of a medium, as far as its form tells.

    >>> is_medium("观察者网"), is_medium("每经"), is_medium("本报"), is_medium("温彬")
    (True, True, False, False)
    """
    return text in NAMES or (text not in OWN and _ENDING.fullmatch(text) is not None)
