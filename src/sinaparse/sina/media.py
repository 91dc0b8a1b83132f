"""Names of news media: how they end, and those that no ending tells."""

import re

from sinaparse.sina.patterns import LETTER

STRONG_ENDINGS = (
    "报 网 社 台 卫视 周刊 杂志 财经 新闻 新闻网 客户端 在线 频道 电视 日报 时报 晚报 早报 晨报 商报 导报 导刊 头条 财讯 快讯社 商业观察 商业评论 APP App"
).split()
"""Endings that hardly any other word has."""

WEAK_ENDINGS = "刊 传媒 金融 观察 资讯 公司 视频 评论 智库 之声 经纬 资本局 证券 中国 发布 网站 媒体集团 微博 公众号 研究院 TV AI 界 汇 号 站".split()
"""Endings that only a place where a medium must stand makes one of."""

NAMES = frozenset(
    "21世纪经济报道 每经 央视 总台央视 总台 新华 中新 中新经纬 澎湃 界面 财新 虎嗅 36氪 钛媒体 亿欧 券商中国 时代数据 央广 国是直通车 健康广东 侠客岛 政知见 政事儿 "
    "长安街知事 经观 蓝鲸 中证金牛座 e公司 红星 红星资本局 九派 人民视觉 智通 格隆汇 金融界 每经AI "
    "南方周末 参考消息 蓝鲸保险 大河财立方 华尔街见闻 金十数据 证券之星 中国企业家 资本邦 富途资讯 新浪科技 新浪美股 新浪港股 新浪证券 腾讯科技 网易科技 凤凰网科技 IT之家 TechWeb 经参 南都 南方+ 读创 读特 新浪财经上市公司研究院 FX168 IPO早知道 国资小新 "
    "投资界 创业邦 机器之心 量子位 品玩 斑马消费 独角金融 清科研究 克而瑞 市值风云 晚点LatePost 银柿财经 医药魔方 巨潮资讯 同花顺 东方财富 "
    "DeepTech深科技 证券时报e公司 证券时报•e公司 亿邦动力 i黑马 彭博 路透 中经 21财经APP 金融界网站 金融界美股 腾讯证券 "
    "新浪期货 新浪外汇 新浪基金 新浪债市 新浪黄金 新浪保险 新浪银行 新浪地产 新浪股票 新浪财经新三板 同花顺金融研究中心 "
    "《财经》新媒体 字母榜 深燃 新熵 深响 Tech星球 DoNews 极点商业 凤凰WEEKLY 互联网江湖 燃财经 燃次元 开菠萝财经 远川研究所 NBD CF40 FT中文网 吴晓波频道 盒饭财经 创业最前线 光子星球 零态LT "
    "环球网科技 人民日报海外版 法治周末 每日人物 中国之声 中国新闻社国是直通车 半月谈 瞭望 驱动之家 快科技 鞭牛士 齐鲁壹点 C114 Mysteel 24K99 中国网地产".split()
)

OWN = ("本报", "本刊", "本网", "本台", "本社", "我报", "本站", "本版", "意见领袖", "新浪财经意见领袖")
"""How a medium speaks of itself, and Sina of its own column: no name."""

_EMPLOYERS = tuple("证券 银行 基金 期货 保险 信托 大学 学院 研究院 研究所 研究中心 实验室".split())

PHOTO_AGENCIES = re.compile(
    r"视觉中国|图虫|摄图网|东方IC|IC ?photo|Pexels|Unsplash|千图网|CFP|壹图网|包图网|全景|人民视觉|Getty", re.IGNORECASE
)

DATA = re.compile(
    r"Wind|iFinD|Choice|CEIC|Bloomberg|企查查|天眼查|启信宝|公告|招股|年报|截图|网络|官网|研究[院所部中]|[，,、].*(?:证券|研究)",
    re.IGNORECASE,
)
"""Where figures and charts come from, rather than articles."""

LONGEST = 17

_BEGIN = re.compile(rf"21世纪|36氪|{LETTER}")
_CHARACTERS = re.compile(r"[\w·•\-—.]+")
_STRONG, _ANY = tuple(STRONG_ENDINGS), (*STRONG_ENDINGS, *WEAK_ENDINGS)


def is_medium(text: str, *, sure: bool = False) -> bool:
    """Whether a text is the name of a medium, as far as its form tells; ``sure`` asks for more than a weak ending.

    >>> is_medium("观察者网"), is_medium("每经"), is_medium("本报"), is_medium("温彬")
    (True, True, False, False)
    >>> is_medium("上市公司"), is_medium("上市公司", sure=True)
    (True, False)
    """
    if text in NAMES:
        return True
    if text.startswith("《") and text.endswith("》"):
        return len(text) <= LONGEST
    if "·" in text and len(text) <= LONGEST and not text.endswith("记者"):  # and one of its own: 齐鲁晚报·齐鲁壹点
        head, _, own = text.partition("·")
        if is_medium(head, sure=True) or own in NAMES:
            return True
    if text in OWN or len(text) > LONGEST or not text[1:].endswith(_STRONG if sure else _ANY):
        return False
    return _CHARACTERS.fullmatch(text) is not None and (not sure or _BEGIN.match(text) is not None)


def is_employer(text: str) -> bool:
    """Whether what looks like a medium before a name is rather where somebody works.

    >>> is_employer("中国银行研究院"), is_employer("21世纪资本研究院"), is_employer("证券日报")
    (True, False, False)
    """
    return text.endswith(_EMPLOYERS) and text not in NAMES and not text.startswith("21世纪")
