"""Lines right after a picture: those that are its caption by their words, and those that are text."""

from __future__ import annotations

import pytest

import sinaparse
from support import front_matter

PARSER = sinaparse.Parser()
TEXT = "周一早盘，河湾镇的茶市小幅高开，随后围绕前一日的价格反复震荡，成交量较上周同期略有放大，场内情绪平稳。"
END = "多位受访人士提到，接下来两周的采摘将决定全年走向，各方都在等待更多细节落地，短期内不宜过度乐观。"
PICTURE = '<div class="img_wrapper"><img src="https://n.sinaimg.cn/spider20220217/1/w640h427/20220217/1a-0f.jpg"></div>'

CAPTIONS = [
    # how they open
    "▲河湾镇的老码头", "△图为河湾镇的老码头", "图/河湾日报", "图：河湾镇政府", "图丨河湾日报", "图｜受访者提供", "图片｜河湾日报", "图源：河湾镇政府",
    "图源网络", "图片来源：河湾日报", "图片来源网络", "图片来自：河湾日报", "图片由受访者提供", "图片截自网络", "图片截图自公司公告", "图片据河湾镇政府网站",
    "图据河湾日报", "图自河湾日报", "图说：河湾镇的老码头", "图片说明：河湾镇的老码头", "资料来源：公司公告", "数据来源：河湾镇统计站", "来源/公司官网", "来源：公司公告",
    "制图：苏婉", "题图来自河湾日报", "封面图来自河湾日报", "头图来源：河湾日报", "本图来自网络", "文中图片均来源于公司官网", "摄影：苏婉", "摄/苏婉",
    "图为河湾镇的老码头", "上图为河湾镇的老码头", "截图来自公司公告", "（图源：官网）", "（来源：公告截图）", "（数据来源：河湾数据）", "（数据来源：河湾数据，苏婉制图）", "封面来源｜视觉中国", "漫画/苏婉", "【图1】河湾镇的码头", "Photo by Hewan",
    # how they close
    "清晨的河湾镇。本报记者 苏婉 摄", "苏婉摄", "苏婉/摄", "苏婉拍摄", "受访者供图", "河湾镇的老码头 图/受访者", "清晨的河湾镇。新华社发（苏婉 摄）", "老码头（受访者供图）",
    "老码头 河湾日报图", "新华社图", "河湾股份公告截图", "河湾镇的老码头。资料图", "（资料图）", "河湾新闻记者 苏婉 图", "老码头一景。河湾新闻记者 苏婉 图", "老码头一景。人民视觉 图", "本文图均为 苏婉 图",
    "本报资料室/图", "老码头一景。本报资料室/图", "苏婉/摄影", "老码头一景。本报记者 苏婉/摄影", "本报记者 苏婉摄影", "新华社记者 苏婉摄", "苏婉/制图", "苏婉 制图", "新华社图片",
    "资料图 图据视觉中国", "老码头。（图据视觉中国）", "老码头 图源视觉中国", "老码头一景。来源：视觉中国", "老码头一景（来源：视觉中国）", "苏婉摄（影像中国）", "（影像中国）", "（资料图片 视觉中国）",
    "茶价走势图（来源：河湾财经）", "茶价日线图 来源：河湾财经", "（茶价日线图，来源：河湾汇）", "（视频截图）", "（网页截图）",
    # nothing but an agency
    "视觉中国", "视觉中国 图", "视觉中国/图", "视觉中国 图片", "图虫创意/图", "东方IC 资料", "新华社/法新", "东方IC 图", "图虫创意", "IC photo 图",
]  # fmt: skip

TEXTS = [
    "图书市场回暖", "图书馆延长开放时间。", "制图行业迎来拐点", "摄影大赛启幕", "全景扫描", "视觉中国股价大涨", "一张蓝图", "卫星地图", "拍摄地在河湾镇。", "老师也让我们统筹一些视频的拍摄。",
    "本图书馆免费开放。", "他热爱摄影", "这一企图", "镇上的商户都盼着早点开市。（来源：河湾数据中心的估计）",  "来源复杂", "由此可见，采茶工少了三成。",
]  # fmt: skip


def article_of(line: str) -> sinaparse.Article:
    """An article with a picture between two paragraphs, and a line right after it."""
    body = f"<p>　　{TEXT}</p>\n{PICTURE}\n<p>　　{line}</p>\n<p>　　{END}</p>\n"
    return PARSER.parse(f"{front_matter('河湾镇')}<div>{body}<!-- news_keyword_pub,stock, --></div>")


@pytest.mark.parametrize("line", CAPTIONS)
def test_caption(line: str) -> None:
    article = article_of(line)
    assert [image.caption for image in article.images] == [line]
    assert [paragraph.text for paragraph in article.paragraphs] == [TEXT, END]
    assert article.credits == ()


@pytest.mark.parametrize("line", TEXTS)
def test_text(line: str) -> None:
    article = article_of(line)
    assert [image.caption for image in article.images] == [None]
    assert line in [paragraph.text for paragraph in article.paragraphs]
