"""Lines about the article and lines that only look like it: one line in a small export, and what must be read from it."""

from __future__ import annotations

import re
from typing import NamedTuple

import pytest

import sinaparse
from sinaparse.structure.fields import parse_fields

PARSER = sinaparse.Parser()
TEXT = "　　周一早盘，三大指数小幅高开，随后围绕前一交易日收盘点位反复震荡，成交额较上周同期略有放大，场内情绪平稳。"
END = "　　多位受访人士提到，接下来两周的披露将决定全年走向，各方都在等待更多细节落地，短期内不宜过度乐观。"

FRONT = """
---
title: '河湾镇的五金店为什么排起长队'
categories: 
 - 金融
 - 新浪财经
 - 新浪财经－国內
headimg: 'https://n.sinaimg.cn/finance/cece9e13/20200514/343233024.png'
author: 新浪财经
comments: false
date: Thu, 17 Feb 2022 03:15:53 GMT
thumbnail: 'https://n.sinaimg.cn/finance/cece9e13/20200514/343233024.png'
---

<div>   
"""  # noqa: W291


def article_of(*lines: str, editor: str | None = None) -> sinaparse.Article:
    """The article whose paragraphs are these lines."""
    body = [f'<p cms-style="font-L">{line}</p>' for line in lines]
    if editor is not None:
        body.append(f'<p class="article-editor">{editor}</p>')
    return PARSER.parse(FRONT + "\n".join(body) + "<!-- news_keyword_pub,stock, -->\n  \n</div>\n            ")


def placed(line: str, place: str) -> sinaparse.Article:
    """An article with a line before, between or after its paragraphs."""
    line = f"　　{line}"
    lines = {"first": (line, TEXT, END), "middle": (TEXT, line, END), "last": (TEXT, END, line)}
    return article_of(*lines[place])


def kinds_of(article: sinaparse.Article) -> list[str]:
    return [credit.kind for credit in article.credits]


class Case(NamedTuple):
    line: str
    kind: str
    authors: str = ""
    """Separated by ``/``."""
    source: str | None = None


# --- bylines ------------------------------------------------------------------------------------------------------

BYLINES = [
    Case("►文 观察者网 林晓舟", "byline", "林晓舟", "观察者网"),
    Case("▶ 文 观察者网 林晓舟 郑好", "byline", "林晓舟/郑好", "观察者网"),
    Case("文丨周以宁", "byline", "周以宁"),
    Case("文 丨 周以宁", "byline", "周以宁"),
    Case("文｜周以宁", "byline", "周以宁"),
    Case("文：周以宁", "byline", "周以宁"),
    Case("文 周以宁", "byline", "周以宁"),
    Case("文/沈予安", "byline", "沈予安"),
    Case("文／沈予安", "byline", "沈予安"),
    Case("文丨陶青禾梁思齐", "byline", "陶青禾/梁思齐"),
    Case("文|新浪财经 宋知秋 韩若水 郭明 刘小满", "byline", "宋知秋/韩若水/郭明/刘小满", "新浪财经"),
    Case("文/本报记者 沈予安", "byline", "沈予安"),
    Case("文/记者 沈予安 图/受访者提供", "byline", "沈予安"),
    Case("图/受访者供图 文/沈予安", "byline", "沈予安"),
    Case("作 者丨何知远", "byline", "何知远"),
    Case("作　者丨何知远", "byline", "何知远"),
    Case("作者：何知远", "byline", "何知远"),
    Case("作者: 何知远", "byline", "何知远"),
    Case("作者｜何知远", "byline", "何知远"),
    Case("作者 | 何知远 编辑 | 孟想", "byline", "何知远"),
    Case("作者丨何知远  编辑丨孟想  校对丨江小白", "byline", "何知远"),
    Case("作者：何知远、苏婉", "byline", "何知远/苏婉"),
    Case("作者：何知远，苏婉", "byline", "何知远/苏婉"),
    Case("何知远/文", "byline", "何知远"),
    Case("本刊记者 何知远 苏婉/文", "byline", "何知远/苏婉"),
    Case("河湾经营报《长镜头》记者 何知远 北京报道", "byline", "何知远", "河湾经营报"),
    Case("本文作者：何知远", "byline", "何知远"),
    Case("作者：何知远【转载请注明出处】", "byline", "何知远"),
    Case("（转载请注明出处）作者：何知远", "byline", "何知远"),
    Case("本报记者 韩立。", "byline", "韩立"),
    Case("作者：Emily Chen", "byline", "Emily Chen"),
    Case("作者：马丁·沃尔克", "byline", "马丁·沃尔克"),
    Case("文/约翰·米勒", "byline", "约翰·米勒"),
    Case("每经记者 丁一帆    ", "byline", "丁一帆", "每经"),
    Case("每经记者丨丁一帆  每经编辑丨孟想", "byline", "丁一帆", "每经"),
    Case("每经记者 丁一帆 每经编辑 孟想", "byline", "丁一帆", "每经"),
    Case("记者：许澄 罗思远", "byline", "许澄/罗思远"),
    Case("记者 许澄", "byline", "许澄"),
    Case("记者丨许澄  编辑丨孟想", "byline", "许澄"),
    Case("记者：王 琳　李思源", "byline", "王琳/李思源"),
    Case("本报记者　苏　婉　李　蔚", "byline", "苏婉/李蔚"),
    Case("本报记者 苏 婉 欧阳云舒", "byline", "苏婉/欧阳云舒"),
    Case("本报记者 贺兰亭", "byline", "贺兰亭"),
    Case("本报见习记者 贺兰亭", "byline", "贺兰亭"),
    Case("本报驻纽约记者 贺兰亭", "byline", "贺兰亭"),
    Case("本报记者 苏婉 实习生 周洛", "byline", "苏婉/周洛"),
    Case("本报记者：苏婉 实习生：周洛", "byline", "苏婉/周洛"),
    Case("见习记者 苏婉 上海报道", "byline", "苏婉"),
    Case("中国基金报记者许澄", "byline", "许澄", "中国基金报"),
    Case("中国基金报记者  许澄", "byline", "许澄", "中国基金报"),
    Case("中国基金报记者 许澄 罗思远", "byline", "许澄/罗思远", "中国基金报"),
    Case("证券时报记者 吴越 北京报道", "byline", "吴越", "证券时报"),
    Case("21世纪经济报道记者 吴越 广州报道", "byline", "吴越", "21世纪经济报道"),
    Case("华夏时报（www.chinatimes.net.cn）记者 吴越 北京报道", "byline", "吴越", "华夏时报"),
    Case("界面新闻记者 | 吴越", "byline", "吴越", "界面新闻"),
    Case("新华社记者吴越、许澄", "byline", "吴越/许澄", "新华社"),
    Case("新京报记者 韩立 编辑 陈述 校对 刘畅", "byline", "韩立", "新京报"),
    Case("采写：南方都市报记者 邱悦", "byline", "邱悦", "南方都市报"),
    Case("采写/新京报记者 邱悦", "byline", "邱悦", "新京报"),
    Case("撰文丨方可", "byline", "方可"),
    Case("撰文：方可 白露", "byline", "方可/白露"),
    Case("（作者：见习记者,李沐）", "byline", "李沐"),
    Case("（作者：谢朗，设计张小佳 编辑：丁宁）", "byline", "谢朗"),
    Case("（作者：研究员陆青，王子衿，设计郑佳，实习生裴晨 编辑：丁宁）", "byline", "陆青/王子衿/裴晨"),
    Case("（作者：研究员陆青 制图：郑佳 监制：丁宁）", "byline", "陆青"),
    Case("（总台央视记者 江南星）", "byline", "江南星", "总台央视"),
    Case("（总台央视记者 江南星 白露）", "byline", "江南星/白露", "总台央视"),
    Case("（记者 苏婉）", "byline", "苏婉"),
    Case("(记者苏婉)", "byline", "苏婉"),
    Case("（文/苏婉）", "byline", "苏婉"),
    Case("【环球时报记者 白云舒】", "byline", "白云舒", "环球时报"),
    Case("【文/观察者网 白云舒】", "byline", "白云舒", "观察者网"),
    Case("记者 艾力·买买提", "byline", "艾力·买买提"),
    Case("作者：苏婉（某高校金融学教授）", "byline", "苏婉"),
    Case("⊙记者 韩立 ○编辑 陈述", "byline", "韩立"),
    Case("◎记者 韩立", "byline", "韩立"),
    Case("本报记者 韩立 文/图", "byline", "韩立"),
    Case("文/图 本报记者 韩立", "byline", "韩立"),
    Case("文、图/羊城晚报全媒体记者 韩立", "byline", "韩立", "羊城晚报"),
    Case("羊城晚报全媒体记者 韩立 通讯员 穗交宣", "byline", "韩立", "羊城晚报"),
    Case("记者韩立 通讯员 交通宣", "byline", "韩立"),
    Case("出品 | 河湾财经 作者 | 韩立", "byline", "韩立"),
    Case("本报记者 韩立 摄影报道", "byline", "韩立"),
    Case("本报记者 韩立 发自上海", "byline", "韩立"),
    Case("作者丨韩立 陈述（实习）", "byline", "韩立/陈述"),
    Case("文｜AI财经社 韩立", "byline", "韩立", "AI财经社"),
    Case("作者：老张说钢", "byline", "老张说钢"),
    Case("作者：Winnie Li", "byline", "Winnie Li"),
    Case("中国证券报·中证网记者 韩立", "byline", "韩立", "中国证券报·中证网"),
    Case("证券日报记者 韩立 见习记者 陈述", "byline", "韩立/陈述", "证券日报"),
    Case("河湾晚报·河湾壹点 记者 韩立", "byline", "韩立", "河湾晚报·河湾壹点"),
    Case("澎湃新闻首席评论员 韩立", "byline", "韩立", "澎湃新闻"),
    Case("意见领袖丨韩立", "byline", "韩立"),
    Case("意见领袖 | 韩立、陈述", "byline", "韩立/陈述"),
    Case("文/意见领袖专栏作家 韩立", "byline", "韩立"),
    Case("文/新浪财经意见领袖专栏作家 韩立", "byline", "韩立"),
    Case("作者：韩立、陈述，河湾银行研究院", "byline", "韩立/陈述"),
    Case("作者：韩立，专栏作家", "byline", "韩立"),
    Case("本文作者：韩立，河湾银行首席经济学家", "byline", "韩立"),
    Case("文/意见领袖专栏作家 河湾研究 韩立", "byline", "韩立"),
    Case("文/新浪财经意见领袖专栏机构 河湾研究", "byline", "河湾研究"),
    Case("文｜《河湾经济》特约撰稿人 韩立", "byline", "韩立", "河湾经济"),
    Case("证券市场红周刊 特约作者 韩立", "byline", "韩立", "证券市场红周刊"),
    Case("本报（hewan.net.cn）记者韩立 北京报道", "byline", "韩立"),
    Case("华夏时报（www.hewan.net.cn）记者韩立 北京报道", "byline", "韩立", "华夏时报"),
    # media that look like names, and names that few people have
    Case("文/华商报 韩立", "byline", "韩立", "华商报"),
    Case("文/华商报韩立", "byline", "韩立", "华商报"),
    Case("文 金融界 韩立", "byline", "韩立", "金融界"),
    Case("文/东方财富网 韩立", "byline", "韩立", "东方财富网"),
    Case("文/中国基金报欧阳若水", "byline", "欧阳若水", "中国基金报"),
    Case("华夏时报记者褚若水", "byline", "褚若水", "华夏时报"),
    Case("（记者褚若水）", "byline", "褚若水"),
    Case("中国基金报记者 泰勒", "byline", "泰勒", "中国基金报"),
    Case("采写：河湾记者 韩立", "byline", "韩立", "河湾"),
    Case("【记者】韩立 陈述", "byline", "韩立/陈述"),
    Case("撰写：韩立", "byline", "韩立"),
    Case("【采写】河湾日报记者 韩立", "byline", "韩立", "河湾日报"),
    Case("记者：韩立编辑：陈述", "byline", "韩立"),
    Case("本报记者 韩立/文 陈述/图", "byline", "韩立"),
    Case("河湾商报记者 韩立 苏婉/文 陈述/制表", "byline", "韩立/苏婉", "河湾商报"),
    Case("河湾商报记者 韩立 苏婉 陈述/制图", "byline", "韩立/苏婉", "河湾商报"),
    Case("文/河湾日报记者 韩立 通讯员 陈述", "byline", "韩立", "河湾日报"),
    Case("文/本报记者 韩立 供图/受访者", "byline", "韩立"),
    Case("读创/深圳商报记者 韩立", "byline", "韩立", "深圳商报"),
    Case("号外财经 作者：韩立", "byline", "韩立", "号外财经"),
    Case("文/新浪财经上海站 韩立", "byline", "韩立", "新浪财经上海站"),
    Case("参与采写：韩立、陈述", "byline", "韩立/陈述"),
    # two names of two characters without a separator
    Case("记者 韩立陈述", "byline", "韩立/陈述"),
    Case("（记者韩立陈述）", "byline", "韩立/陈述"),
    Case("每经记者：韩立陈述 每经编辑：孟想", "byline", "韩立/陈述", "每经"),
    Case("华夏时报记者韩立陈述 北京报道", "byline", "韩立/陈述", "华夏时报"),
    Case("文丨记者 韩立陈述", "byline", "韩立/陈述"),
    Case("作者丨江海拾贝", "byline", "江海拾贝"),
    # who they are and where they work is no name
    Case("文/河湾证券首席经济学家 苏婉", "byline", "苏婉"),
    Case("作者：河湾银行首席研究员 苏婉", "byline", "苏婉"),
    Case("作者：河湾大学教授 苏婉", "byline", "苏婉"),
    Case("作者：河湾证券副总裁、研究所所长 苏婉", "byline", "苏婉"),
    Case("作者：IMF首席经济学家 玛丽·沃尔克", "byline", "玛丽·沃尔克"),
    Case("作者｜苏婉 河湾集团副总裁", "byline", "苏婉"),
    Case("作者：苏婉，河湾集团创始人", "byline", "苏婉"),
    Case("作者：河湾建投 苏婉", "byline", "苏婉"),
    Case("作者：NIFD 苏婉", "byline", "苏婉"),
    Case("作者：河湾社会科学院金融研究所 苏婉 许澄", "byline", "苏婉/许澄"),
    Case("文/新浪财经意见领袖专栏(微信公众号hewan)专栏作家 苏婉", "byline", "苏婉"),
    Case("文/新浪财经意见领袖（微信公众号hewan）专栏作家 苏婉", "byline", "苏婉"),
    Case("作者|苏婉「河湾大学经济学院副院长」", "byline", "苏婉"),
    Case("作者：[美]约翰·米勒", "byline", "约翰·米勒"),
    Case("作者：苏婉（执业证书编号：S0360518090001）", "byline", "苏婉"),
    Case("作者：苏婉、许澄 S0850513010002", "byline", "苏婉/许澄"),
    Case("作者：苏婉 从业资格号：F3038544 投资咨询号：Z0015153", "byline", "苏婉"),
    Case("证券分析师：苏婉", "byline", "苏婉"),
    Case("首席宏观分析师：苏婉", "byline", "苏婉"),
    Case("文/河湾证券研究所副所长、首席宏观分析师：苏婉（执业证号：S0360518090001）", "byline", "苏婉"),
    Case("苏婉 SAC执业证书编号：S0190521080005", "byline", "苏婉"),
    # those who write as one
    Case("意见领袖丨苏婉团队", "byline", "苏婉团队"),
    Case("意见领袖丨河湾投资研究院", "byline", "河湾投资研究院"),
    Case("意见领袖 | 河湾财富管理50人论坛", "byline", "河湾财富管理50人论坛"),
    Case("作者：国家河湾与发展实验室", "byline", "国家河湾与发展实验室"),
    Case("作者：苏婉等", "byline", "苏婉"),
    Case("作者：苏婉 等", "byline", "苏婉"),
    Case("新华社记者 苏婉、许澄等", "byline", "苏婉/许澄", "新华社"),
    Case("新华社记者 苏婉、许澄 等", "byline", "苏婉/许澄", "新华社"),
    # a medium before the names, and in brackets behind them
    Case("文 | 字母榜 苏婉 编辑 | 孟想", "byline", "苏婉", "字母榜"),
    Case("文｜河湾星球 苏婉", "byline", "苏婉", "河湾星球"),
    Case("文｜河湾商业 作者｜苏婉 编辑｜孟想", "byline", "苏婉", "河湾商业"),
    Case("文 / 河小灵（微信公众号：河湾频道）", "byline", "河小灵", "河湾频道"),
    Case("文：河与星空（ID：hewanxing）", "byline", "河与星空"),
    Case("作者：@河边的老张", "byline", "河边的老张"),
    Case("《瞭望》新闻周刊记者 苏婉", "byline", "苏婉", "《瞭望》新闻周刊"),
    Case("大众网·海报新闻记者 苏婉", "byline", "苏婉", "大众网·海报新闻"),
    Case("中国商报/中国商网 记者 苏婉", "byline", "苏婉", "中国商报"),
    Case("南方财经全媒体集团 21世纪经济报道记者 苏婉 北京报道", "byline", "苏婉", "21世纪经济报道"),
    Case("两会特派记者 苏婉", "byline", "苏婉"),
    Case("河湾往事（hewanwangshi）原创 作者｜苏婉", "byline", "苏婉", "河湾往事"),
    Case("©️河湾往事原创 · 作者｜苏婉", "byline", "苏婉", "河湾往事"),
    # several places of a report
    Case("本报记者 苏婉 许澄 上海、北京报道", "byline", "苏婉/许澄"),
    Case("本报记者 苏婉 许澄 武汉 北京报道", "byline", "苏婉/许澄"),
    Case("21世纪经济报道记者 苏婉 广州、深圳报道", "byline", "苏婉", "21世纪经济报道"),
    Case("时代周报记者 苏婉 发自广州、深圳", "byline", "苏婉", "时代周报"),
    Case("本报记者/苏婉/许澄/上海/北京报道", "byline", "苏婉/许澄"),
    # family names that few people have, where a name must stand
    Case("记者 | 牙小舟", "byline", "牙小舟"),
    Case("每经记者 可舟    每经编辑 兰小舟", "byline", "可舟", "每经"),
    Case("证券时报记者 苏婉 阿依娜", "byline", "苏婉/阿依娜", "证券时报"),
    Case("华夏时报（chinatimes.net.cn）记者粟婉 北京报道", "byline", "粟婉", "华夏时报"),
    Case("证券日报记者 矫 月", "byline", "矫月", "证券日报"),
    Case("本报记者苏 婉", "byline", "苏婉"),
    Case("本报记者苏 婉 许小澄", "byline", "苏婉/许小澄"),
    # marks and signs
    Case("作者I苏婉", "byline", "苏婉"),
    Case("作者∣苏婉", "byline", "苏婉"),
    Case("作者 | 苏婉＆许澄", "byline", "苏婉/许澄"),
    Case("◎许小澄 ○编辑 孟想", "byline", "许小澄"),
    Case("文/图 苏婉", "byline", "苏婉"),
    Case("本报记者 苏婉 文/摄", "byline", "苏婉"),
    Case("采访/撰文：苏婉", "byline", "苏婉"),
    Case("（执笔记者：苏婉；参与记者：许澄、陈述）", "byline", "苏婉/许澄/陈述"),
    Case("本篇作者 | 苏婉 | 当值编辑 | 孟想", "byline", "苏婉"),
    Case("（苏婉/文）", "byline", "苏婉"),
    Case("本报记者 苏婉 文并摄", "byline", "苏婉"),
    Case("（记者 苏婉 整理）", "byline", "苏婉"),
    Case("（记者 苏婉 综合）", "byline", "苏婉"),
    Case("（记者 苏婉 插图 许澄）", "byline", "苏婉"),
    Case("时代周报记者 苏婉 北京", "byline", "苏婉", "时代周报"),
    Case("作者：苏婉 河湾银行副行长", "byline", "苏婉"),
    Case("作者： 苏婉 ▪ 许澄", "byline", "苏婉/许澄"),
    Case("河湾报业·齐鲁壹点记者 苏婉", "byline", "苏婉", "河湾报业·齐鲁壹点"),
    Case("《财经》记者 苏婉/文  孟想/编辑", "byline", "苏婉", "财经"),
    Case("（记者 苏婉）（编辑 孟想）", "byline", "苏婉"),
    Case("（本报记者苏婉、李大明采访整理）", "byline", "苏婉/李大明"),
    Case("（人民日报记者 苏婉 采访整理）", "byline", "苏婉", "人民日报"),
    Case("（本报记者苏婉、李大明根据录音整理）", "byline", "苏婉/李大明"),
    Case("（记者苏婉参与报道）", "byline", "苏婉"),
    Case("（参与采写记者：苏婉、李大明）", "byline", "苏婉/李大明"),
    Case("（记者苏婉、李大明文/图）", "byline", "苏婉/李大明"),
    Case("（记者苏婉、李大明实习生许澄）", "byline", "苏婉/李大明/许澄"),
    Case("（新华社记者苏婉、李大明）（新华社专特稿）", "byline", "苏婉/李大明", "新华社"),
    Case("（参与记者：苏婉）（完）", "byline", "苏婉"),
    Case("文字记者：苏婉 摄影记者：孟想", "byline", "苏婉"),
    Case("雷达财经 文丨苏婉 编丨深海", "byline", "苏婉", "雷达财经"),
    Case("雷达财经出品 文|苏婉 编|深海", "byline", "苏婉", "雷达财经"),
    Case("作者丨苏婉 审丨孟想", "byline", "苏婉"),
    Case("中国新闻社国是直通车记者 苏婉", "byline", "苏婉", "中国新闻社国是直通车"),
    Case("21记者 苏婉", "byline", "苏婉"),
    Case("21世纪经济报道、21财经APP记者 苏婉 北京报道", "byline", "苏婉", "21世纪经济报道、21财经APP"),
    Case("作者：李大明教授", "byline", "李大明"),
    Case("作者：河湾大学教授李大明", "byline", "李大明"),
    Case("作者：中信证券首席经济学家李大明", "byline", "李大明"),
    Case("记者李大明综合报道", "byline", "李大明"),
    Case("见习记者李大明报道", "byline", "李大明"),
    Case("本报记者李大明发自北京", "byline", "李大明"),
    Case("红周刊 特约丨李大明", "byline", "李大明", "红周刊"),
    Case("中国商报（记者 李大明）", "byline", "李大明", "中国商报"),
    Case("证券日报记者 李万晨曦", "byline", "李万晨曦", "证券日报"),
    Case("记者 苏婉 赵白执南", "byline", "苏婉/赵白执南"),
    Case("作者：李万晨曦 苏婉", "byline", "李万晨曦/苏婉"),
    Case("第一财经记者 陈益刊", "byline", "陈益刊", "第一财经"),
    Case("本报记者 苏婉 李大明报道", "byline", "苏婉/李大明"),
    Case("（记者李大明、苏婉、张三丰采写）", "byline", "李大明/苏婉/张三丰"),
    Case("文/李大明整理", "byline", "李大明"),
    Case("本报记者李大明北京报道", "byline", "李大明"),
    Case("新华社“新华视点”记者李大明、苏婉", "byline", "李大明/苏婉", "新华社"),
    Case("“新华视点”记者李大明", "byline", "李大明"),
    Case("作者：华安证券 苏婉 首席", "byline", "苏婉"),
    Case("文/河湾银行研究院研究员 苏婉", "byline", "苏婉"),
    Case("（本文由新华社记者苏婉、李大明采写）", "byline", "苏婉/李大明", "新华社"),
    Case("本文作者：苏婉，新华社记者", "byline", "苏婉"),
    Case("作者：苏婉 财联社", "byline", "苏婉", "财联社"),
    Case("记者丨苏婉丨编辑丨孟想", "byline", "苏婉"),
    Case("作者：苏婉 校译：孟想", "byline", "苏婉"),
    Case("作者：苏婉 日期：2021年3月2日", "byline", "苏婉"),
    Case("作者：坤", "byline", "坤"),
    Case("记者戚雨桐、苏婉", "byline", "戚雨桐/苏婉"),
    Case("证券日报记者 应浩 实习生 楼小雨", "byline", "应浩/楼小雨", "证券日报"),
    Case("作者：苏婉 ◎编辑：孟想", "byline", "苏婉"),
    Case("▌本报记者 苏婉", "byline", "苏婉"),
    Case("文/广州日报·新花城记者 苏婉", "byline", "苏婉", "广州日报·新花城"),
    Case("记者：苏婉丨编辑：孟想", "byline", "苏婉"),
    Case("作者：苏婉和李大明", "byline", "苏婉/李大明"),
    Case("作者：河湾银行党委书记、河湾协会主席 苏婉", "byline", "苏婉"),
    Case("作者：河湾论坛理事长、河湾投资首席经济学家兼研究院院长 苏婉", "byline", "苏婉"),
    Case("本报驻美国特约记者 苏婉 本报记者 李大明", "byline", "苏婉/李大明"),
    Case("本报驻埃及、美国、英国记者 苏婉 李大明", "byline", "苏婉/李大明"),
    Case("（本报记者 苏婉 本报通讯员 孟想）", "byline", "苏婉"),
    Case("文 中国证券报·中证网 苏婉", "byline", "苏婉", "中国证券报·中证网"),
    Case("文丨河湾监察报记者 择远 北京报道", "byline", "择远", "河湾监察报"),
    Case("（作者：研究员择远，设计郑嘉琪）", "byline", "择远"),
    Case("（记者 苏婉 3月22日）", "byline", "苏婉"),
]

# --- sources ------------------------------------------------------------------------------------------------------

SOURCES = [
    Case("来源：综合自新华社、央视新闻", "source", "", "新华社、央视新闻"),
    Case("来源：综合新华社", "source", "", "新华社"),
    Case("综合新华社、央视新闻报道", "source", "", "新华社、央视新闻"),
    Case("（综合自新华社、央视新闻）", "source", "", "新华社、央视新闻"),
    Case("——来源：证券日报", "source", "", "证券日报"),
    Case("图文来源：证券日报", "source", "", "证券日报"),
    Case("来源：证券日报 ID：hewan", "source", "", "证券日报"),
    Case("来源：微信公众号“河湾观察”", "source", "", "河湾观察"),
    Case("来源：证券日报 责任编辑：孟想", "source", "", "证券日报"),
    Case("转自 证券日报", "source", "", "证券日报"),
    Case("本文来自公众号 河湾观察", "source", "", "河湾观察"),
    Case("本文首发于证券日报", "source", "", "证券日报"),
    Case("来源：证券日报", "source", "", "证券日报"),
    Case("来源: 证券日报", "source", "", "证券日报"),
    Case("来源|证券日报", "source", "", "证券日报"),
    Case("来源｜证券日报", "source", "", "证券日报"),
    Case("来源丨证券日报", "source", "", "证券日报"),
    Case("来源 | 证券日报", "source", "", "证券日报"),
    Case("来 源丨证券日报", "source", "", "证券日报"),
    Case("来源：证券日报。", "source", "", "证券日报"),
    Case("（来源：证券日报）", "source", "", "证券日报"),
    Case("来源：河湾日报客户端", "source", "", "河湾日报客户端"),
    Case("来源：经济观察报（ID：eeo-com-cn）", "source", "", "经济观察报"),
    Case("来源丨经济观察报 (ID: eeo-com-cn)", "source", "", "经济观察报"),
    Case("来源：经济观察报（微信公众号：eeo-com-cn）", "source", "", "经济观察报"),
    Case("来源：新华网、交通运输部官网、网友评论", "source", "", "新华网、交通运输部官网、网友评论"),
    Case("转自：中国新闻网", "source", "", "中国新闻网"),
    Case("转自｜中国新闻网", "source", "", "中国新闻网"),
    Case("（转自：上海证券报）", "source", "", "上海证券报"),
    Case("素材来源：交通运输部、央视财经", "source", "", "交通运输部、央视财经"),
    Case("文章来源：国际金融报", "source", "", "国际金融报"),
    Case("本文来源：国际金融报", "source", "", "国际金融报"),
    Case("经济日报综合自新华社、央视新闻", "source", "", "经济日报"),
    Case("经济日报综合新华社、央视新闻", "source", "", "经济日报"),
    Case(
        "河湾日报（ID：hewan_daily）综合中新网、河湾发布【转载请注明来源：河湾日报微信公众号】",
        "source",
        "",
        "河湾日报",
    ),
    Case("来源：河湾日报综合自新华社、央视新闻", "source", "", "河湾日报"),
    Case("来源：“河湾发布”微信公众号", "source", "", "河湾发布"),
    Case("来源：《中国证券报》", "source", "", "中国证券报"),
    Case("来源：《财经》杂志", "source", "", "《财经》杂志"),
    Case("来源：新华网综合报道", "source", "", "新华网"),
    Case("来源：综合人民日报、新华社报道", "source", "", "人民日报、新华社"),
    Case("来源：证券日报，转载请注明", "source", "", "证券日报"),
    Case("综合：新华社、央视新闻", "source", "", "新华社、央视新闻"),
    Case("来源：@央视新闻", "source", "", "央视新闻"),
    Case("来源：北京日报客户端综合北京卫视、公开报道", "source", "", "北京日报客户端"),
    Case("来源：新华网，如遇版权和其它问题请与本网联系", "source", "", "新华网"),
    Case("来源：人民日报（2022年03月21日 第02版）", "source", "", "人民日报"),
    Case("来源：经济参考报 2022年03月21日", "source", "", "经济参考报"),
    Case("来源：新华网 2022-03-21 09:30", "source", "", "新华网"),
    Case("来源：新华社　发布时间：2022-03-21", "source", "", "新华社"),
    Case("2022年03月21日 09:30 来源：新华网", "source", "", "新华网"),
    Case("来源 | 央视财经（ID：cctvyscj）综合央视新闻等", "source", "", "央视财经"),
    Case("消息来源：央视新闻客户端", "source", "", "央视新闻客户端"),
    Case("来源：新华社、央视新闻客户端", "source", "", "新华社、央视新闻客户端"),
    Case("转载自：证券时报", "source", "", "证券时报"),
    Case("来源 证券时报", "source", "", "证券时报"),
    Case("本文来自：证券时报", "source", "", "证券时报"),
    Case("本文源自：证券时报", "source", "", "证券时报"),
    Case("本文源自金融界", "source", "", "金融界"),
    Case("（本文来自第一财经）", "source", "", "第一财经"),
    Case("文章来源于证券时报", "source", "", "证券时报"),
    Case("来源：河湾（公众号ID：hewan）", "source", "", "河湾"),
    Case("来源：河湾ID：hewan", "source", "", "河湾"),
    Case("来源：河湾【ID：hewan】", "source", "", "河湾"),
    Case("来源 | 21世纪经济报道（ID：hewan）综合自网络", "source", "", "21世纪经济报道"),
    Case("来源┃证券时报网", "source", "", "证券时报网"),
    Case("本文经授权转载自微信公众号：河湾（ID：hewan）", "source", "", "河湾"),
    Case("转自公众号“河湾”（ID：hewan）", "source", "", "河湾"),
    Case("转载自公众号：河湾参考", "source", "", "河湾参考"),
    Case("本文来自于微信公众号：河湾（ID：hewan）", "source", "", "河湾"),
    Case("公众号：河湾往事（ID：hewan）", "source", "", "河湾往事"),
    Case("河湾往事（ID:hewan）原创", "source", "", "河湾往事"),
    Case("报道I河湾PEdaily", "source", "", "河湾PEdaily"),
    Case("（本文来自于新浪财经）", "source", "", "新浪财经"),
    Case("（本文来自澎湃新闻，更多原创资讯请下载“澎湃新闻”APP）", "source", "", "澎湃新闻"),
    Case("《 人民日报 》（ 2022年03月22日 02 版）", "source", "", "人民日报"),
    Case("《经济日报》（2022年3月22日 01版）", "source", "", "经济日报"),
]

BOTH = [
    Case("来源：金融时报 记者：苏婉", "byline", "苏婉", "金融时报"),
    Case("来源：金融时报 作者：苏婉 许澄", "byline", "苏婉/许澄", "金融时报"),
    Case("作者｜苏婉  来源｜经济观察报", "byline", "苏婉", "经济观察报"),
    Case("来源：新华社（记者苏婉）", "byline", "苏婉", "新华社"),
    Case("来源：新华社 记者：苏婉、许澄", "byline", "苏婉/许澄", "新华社"),
    Case("来源：河湾日报客户端 记者 苏婉", "byline", "苏婉", "河湾日报客户端"),
    Case("来源：新京报 记者 苏婉 编辑 陈述 校对 刘畅", "byline", "苏婉", "新京报"),
    Case("（来源：财联社，记者 苏婉）", "byline", "苏婉", "财联社"),
    Case("来源：河湾日报 编辑 陈述", "source", "", "河湾日报"),
    Case("来源：新华社 央视新闻", "source", "", "新华社 央视新闻"),
    Case("来源：券商中国 苏婉", "byline", "苏婉", "券商中国"),
    Case("来源：上海证券报作者：苏婉", "byline", "苏婉", "上海证券报"),
    Case("本文来自微信公众号“河湾观察”，作者：苏婉", "byline", "苏婉", "河湾观察"),
    Case("本文来自微信公众号：河湾观察（ID：hewan），作者：苏婉，原文标题：《河湾往事》", "byline", "苏婉", "河湾观察"),
    Case("作者：苏婉来源：上海证券报", "byline", "苏婉", "上海证券报"),
    Case("本文作者：苏婉，来源：华尔街见闻，原文标题：《河湾往事》", "byline", "苏婉", "华尔街见闻"),
    Case("来源：经济观察网 苏婉/文", "byline", "苏婉", "经济观察网"),
    Case("本文来自微信公众号“河湾”（ID：hewan），作者：苏婉，36氪经授权发布。", "byline", "苏婉", "河湾"),
    Case("本文来自：河湾研究所（ID：hewan），作者：苏婉", "byline", "苏婉", "河湾研究所"),
    Case("本文来自合作媒体：河湾，作者：苏婉。", "byline", "苏婉", "河湾"),
    Case("本文转载自“河湾”（ID：hewan），作者：苏婉，编辑：孟想", "byline", "苏婉", "河湾"),
    Case("本文来自微信公众号：河湾（ID：hewan），采访：许澄，作者：苏婉", "byline", "苏婉", "河湾"),
    Case(
        "来源：河湾大宗商品研究 作者：河湾期货研究部有色与新材料组",
        "byline",
        "河湾期货研究部有色与新材料组",
        "河湾大宗商品研究",
    ),
    Case("来源：澎湃新闻记者 苏婉", "byline", "苏婉", "澎湃新闻"),
    Case("来源：每日经济新闻（记者：苏婉）", "byline", "苏婉", "每日经济新闻"),
    Case("来源：券商中国（编辑：孟想）", "source", "", "券商中国"),
    Case("来源：央视新闻 总台记者 苏婉", "byline", "苏婉", "央视新闻"),
    Case("来源：北京日报客户端 北京日报记者 苏婉", "byline", "苏婉", "北京日报客户端"),
    Case("来源：经济日报 作者：苏婉 时间：2022-03-21", "byline", "苏婉", "经济日报"),
    Case("来源：河湾日报（ID：hewan）记者 苏婉", "byline", "苏婉", "河湾日报"),
    Case("（总台央视记者 苏婉） 来源：央视新闻", "byline", "苏婉", "央视新闻"),
]

# --- others -------------------------------------------------------------------------------------------------------

NOTES = [
    Case("（作者为某商业银行首席研究员）", "note"),
    Case("（作者系河湾大学经济学院教授）", "note"),
    Case("（作者苏婉为某商业银行首席研究员）", "note", "苏婉"),
    Case("（本文作者许澄系河湾大学教授）", "note", "许澄"),
    Case("（作者小河边为某行研究员）", "note"),
    Case("（刘小满对本文亦有贡献）", "note"),
    Case("实习生周洛对本文亦有贡献", "note"),
    Case("记者周洛对本文亦有贡献。", "note"),
    Case("（实习生周洛对本文亦有贡献）", "note"),
    Case("（见习记者李大明亦有贡献）", "note"),
    Case("编辑：孟想", "note"),
    Case("【统筹】孟想", "note"),
    Case("封面图片来源：河湾日报记者 孟想 摄", "note"),
    Case("题图来自视觉中国", "note"),
    Case("*题图来自Unsplash", "note"),
    Case("本文图片来源：视觉中国", "note"),
    Case("整理：孟想", "note"),
    Case("编译/孟想", "note"),
    Case("编辑|孟想 校对|江小白 审核|罗思远", "note"),
    Case("校对：江小白", "note"),
    Case("责编：孟想 | 审核：江小白 | 总监：罗思远", "note"),
    Case("监制：罗思远", "note"),
    Case("设计：张小佳", "note"),
    Case("头图摄影丨新华社 江小白", "note"),
    Case("图片来源：视觉中国", "note"),
    Case("摄影：江小白", "note"),
    Case("编辑 陈述", "note"),
    Case("编辑 陈述 校对 刘畅", "note"),
    Case("校对 刘畅", "note"),
    Case("编辑/孟想", "note"),
    Case("统筹：韩立 陈述", "note"),
    Case("海报设计：江小白", "note"),
    Case("题图来源：视觉中国", "note"),
    Case("图源：视觉中国", "note"),
    Case("栏目主编：孟想 文字编辑：江小白 图片编辑：罗思远", "note"),
    Case("新媒体编辑：孟想", "note"),
    Case("（实习编辑：孟想）", "note"),
    Case("总策划：孟想", "note"),
    Case("摄像：孟想 剪辑：江小白", "note"),
    Case("值班编委：孟想", "note"),
    Case("编辑 | 小白", "note"),
    Case("编辑：舰长", "note"),
    Case("编辑/子夜", "note"),
    Case("编辑/vicky", "note"),
    Case("审核：木鱼", "note"),
    Case("编辑：木木 校对：冬子", "note"),
    Case("排版：木宇", "note"),
    Case("插画｜Kira", "note"),
    Case("视觉设计：疏睿", "note"),
    Case("（编辑 才山丹）", "note"),
    Case("编辑 缪小舟 校对 苏婉", "note"),
    Case("运营编辑：苏婉", "note"),
    Case("版式设计：苏婉", "note"),
    Case("（本版制图：苏婉）", "note"),
    Case("图 源丨图虫", "note"),
    Case("责编：苏婉 | 审核：许澄 | 总编：孟想", "note"),
    Case("出品｜河湾汽车组", "note"),
    Case("出品 | 河湾最前线", "note"),
    Case("数据支持：河湾数据研究院", "note"),
    Case("采访整理：新浪财经 苏婉", "note"),
    Case("记录：苏婉", "note"),
    Case("采 访：苏婉", "note"),
    Case("口 述：苏婉 河湾集团董事局名誉主席", "note"),
    Case("讲述 | 苏婉", "note"),
    Case("*题图及文中配图来源于视觉中国。", "note"),
    Case("题图、文中配图来源于视觉中国", "note"),
    Case("封面图源：视觉中国", "note"),
    Case("封面｜pixabay", "note"),
    Case("文中图片来自视觉中国", "note"),
    Case("文中图片来源：公司官网、招股书", "note"),
    Case("封面图片来源：视觉中国-VCG41N1210205351", "note"),
    Case("（本文作者介绍：河湾证券全球首席经济学家）", "note"),
    Case("(本文作者介绍：河湾证券全球首席经济学家)", "note"),
    Case("（作者供职于河湾证券）", "note"),
    Case("（作者任职于河湾证券）", "note"),
    Case("（作者现任河湾证券研究员）", "note"),
    Case("（笔者系河湾证券研究员）", "note"),
    Case("（笔者为河湾证券研究员）", "note"),
    Case("作者简介：苏婉，河湾社会科学院副所长", "note", "苏婉"),
    Case("（作者苏婉为研究所副所长，许澄为河湾证券首席经济学家）", "note", "苏婉/许澄"),
    Case("本文作者苏婉系河湾大学教授", "note", "苏婉"),
    Case("作者为河湾大学经济学院教授", "note"),
    Case("本文作者系河湾大学经济学院教授", "note"),
    Case("制表：苏婉", "note"),
    Case("编丨苏婉", "note"),
    Case("（编辑：本报记者苏婉）", "note"),
    Case("作者：佚名", "note"),
    Case("视频：苏婉", "note"),
    Case("摄影记者：苏婉", "note"),
    Case("值班主任：苏婉", "note"),
    Case("通讯员 苏婉", "note"),
    Case("图：受访者供图", "note"),
    Case("图：苏婉", "note"),
    Case("本文作者苏婉为河湾大学经济学院教授、博士生导师。", "note", "苏婉"),
    Case("责编：孟想 | 审校：江小白", "note"),
    Case("栏目编辑：孟想 题图来源：图虫", "note"),
    Case("（本文作者为苏婉，河湾大学教授）", "note", "苏婉"),
]


def _check(case: Case, place: str) -> None:
    article = placed(case.line, place)
    assert kinds_of(article) == [case.kind]
    assert article.credits[0].text == " ".join(re.split(" +", case.line.strip()))
    assert "/".join(article.authors) == case.authors
    assert article.source == case.source
    assert article.editor is None
    assert [paragraph.text for paragraph in article.paragraphs] == [TEXT.strip(), END.strip()]


@pytest.mark.parametrize("place", ["first", "last"])
@pytest.mark.parametrize("case", BYLINES, ids=lambda case: case.line)
def test_byline(case: Case, place: str) -> None:
    _check(case, place)


@pytest.mark.parametrize(
    ("line", "authors", "source"),
    [
        ("河湾日报 林晓舟", "林晓舟", "河湾日报"),
        ("河湾日报 林晓舟 郑好", "林晓舟/郑好", "河湾日报"),
        ("河湾证券报 陶青禾梁思齐", "陶青禾/梁思齐", "河湾证券报"),
        ("《河湾投资》 林晓舟", "林晓舟", "河湾投资"),
        ("《河湾投资》林晓舟", "林晓舟", "河湾投资"),
        ("河湾财经 林晓舟 发自北京", "林晓舟", "河湾财经"),
        ("中国基金报 泰勒", "泰勒", "中国基金报"),
        ("南方周末 林晓舟", "林晓舟", "南方周末"),
        ("<strong>河湾社会科学院金融研究所副所长 苏婉</strong>", "苏婉", None),
        ("《河湾商业观察》苏婉 许澄", "苏婉/许澄", "河湾商业观察"),
        ("《财经》新媒体 苏婉", "苏婉", "《财经》新媒体"),
        ("21世纪经济报道、21财经APP 苏婉 北京报道", "苏婉", "21世纪经济报道"),
        ("乐居财经 苏婉 3月10日", "苏婉", "乐居财经"),
        ("□ 苏婉", "苏婉", None),
        ("□ 盘和林", "盘和林", None),
        ("■ 许小澄", "许小澄", None),
    ],
)
def test_names_without_a_role_before_the_text(line: str, authors: str, source: str | None) -> None:
    article = article_of(f"　　{line}", TEXT, END)
    assert kinds_of(article) == ["byline"]
    assert (article.authors, article.source) == (tuple(authors.split("/")), source)
    assert [paragraph.text for paragraph in article.paragraphs] == [TEXT.strip(), END.strip()]


@pytest.mark.parametrize(
    "line", ["上市公司 林晓舟", "河湾日报 大涨", "河湾日报", "■ 林业", "河湾日报 发自北京", "河湾集团创始人 苏婉"]
)
def test_what_is_no_byline_before_the_text(line: str) -> None:
    article = article_of(f"　　{line}", TEXT, END)
    assert (article.authors, article.source, kinds_of(article)) == ((), None, [])


def test_medium_and_names_in_the_middle_of_the_text_are_text() -> None:
    article = article_of(TEXT, "　　河湾日报 林晓舟", END)
    assert (article.authors, kinds_of(article)) == ((), [])
    assert "河湾日报 林晓舟" in article.text


@pytest.mark.parametrize("place", ["first", "last"])
@pytest.mark.parametrize("case", SOURCES, ids=lambda case: case.line)
def test_source(case: Case, place: str) -> None:
    _check(case, place)


@pytest.mark.parametrize("case", BOTH, ids=lambda case: case.line)
def test_names_and_source_in_one_line(case: Case) -> None:
    _check(case, "last")


@pytest.mark.parametrize("place", ["first", "last"])
@pytest.mark.parametrize("case", NOTES, ids=lambda case: case.line)
def test_note(case: Case, place: str) -> None:
    _check(case, place)


def test_editor_of_the_medium_is_neither_author_nor_editor() -> None:
    article = placed("每经编辑 孟想    ", "first")
    assert kinds_of(article) == ["note"]
    assert article.authors == ()
    assert article.editor is None


@pytest.mark.parametrize("place", ["first", "last"])
@pytest.mark.parametrize("line", ["转载请注明来源", "（转载请注明来源：河湾日报）", "转载请注明来源。"])
def test_a_reprint_notice_gives_no_source(line: str, place: str) -> None:
    assert placed(line, place).source is None


# --- 原标题 and 责任编辑 ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "title", "source"),
    [
        ("原标题：五金店门口的队伍", "五金店门口的队伍", None),
        ("原标题: 五金店门口的队伍", "五金店门口的队伍", None),
        ("原标题 五金店门口的队伍", "五金店门口的队伍", None),
        ("原标题　五金店门口的队伍", "五金店门口的队伍", None),
        ("原标题：“排队”为哪般？ 五金店门口的队伍", "“排队”为哪般？ 五金店门口的队伍", None),
        ("（原标题：五金店门口的队伍）", "五金店门口的队伍", None),
        ("原标题：五金店门口的队伍 来源：央视", "五金店门口的队伍", "央视"),
        ("原标题：五金店门口的队伍　　来源：河湾日报", "五金店门口的队伍", "河湾日报"),
        ("原标题：五金店门口的队伍 | 来源｜河湾日报", "五金店门口的队伍", "河湾日报"),
        ("原标题：五金店的收入来源：队伍", "五金店的收入来源：队伍", None),
        ("原标题：五金店 来源：谁在排队？", "五金店 来源：谁在排队？", None),
        ("(原标题：五金店门口的队伍)", "五金店门口的队伍", None),
        ("【原标题】五金店门口的队伍（下）", "五金店门口的队伍（下）", None),
        ("原标题丨五金店门口的队伍", "五金店门口的队伍", None),
        ("（原题为《五金店门口的队伍》）", "五金店门口的队伍", None),
    ],
)
def test_original_title(line: str, title: str, source: str | None) -> None:
    article = placed(line, "first")
    assert kinds_of(article) == ["original_title"]
    assert article.original_title == title
    assert article.source == source
    assert len(article.paragraphs) == 2


@pytest.mark.parametrize(
    ("line", "name", "code"),
    [
        ("责任编辑：张牧 SF142", "张牧", "SF142"),
        ("责任编辑：张牧 SN225", "张牧", "SN225"),
        ("责任编辑：张牧SF014", "张牧", "SF014"),
        ("责任编辑：张牧", "张牧", None),
        ("责任编辑：张牧 ", "张牧", None),
        ("责任编辑:张牧 SF001 ", "张牧", "SF001"),
        ("责任编辑：张 牧 ", "张牧", None),
        ("责任编辑：欧阳牧之 SF001", "欧阳牧之", "SF001"),
    ],
)
def test_editor_of_the_page_frame(line: str, name: str, code: str | None) -> None:
    article = article_of(TEXT, END, editor=line)
    assert kinds_of(article) == ["editor"]
    assert article.editor == sinaparse.Editor(name=name, code=code)
    assert article.authors == ()


@pytest.mark.parametrize(
    "line",
    ["（责任编辑：张牧）", "责任编辑：张牧", "（责任编辑：张牧 SF007）", "【责任编辑：张牧】", "责任编辑：【张牧】"],
)
def test_editor_in_the_text(line: str) -> None:
    article = placed(line, "last")
    assert kinds_of(article) == ["editor"]
    assert article.editor is not None
    assert article.editor.name == "张牧"


def test_editor_with_others_on_the_line() -> None:
    article = placed("责任编辑：张牧 主编：陈述", "last")
    assert kinds_of(article) == ["editor"]
    assert article.editor == sinaparse.Editor(name="张牧")


def test_the_page_frame_knows_the_editor_best() -> None:
    article = article_of(TEXT, "　　（责任编辑：白露）", editor="责任编辑：张牧 SF142")
    assert kinds_of(article) == ["editor", "editor"]
    assert article.editor == sinaparse.Editor(name="张牧", code="SF142")


# --- what opens the text ------------------------------------------------------------------------------------------

REST = "记者走访河湾镇三家五金店看到，货架上的节能灯已经补过两轮，店主们说周末的客流比平日多出一倍还不止。"


@pytest.mark.parametrize(
    ("opening", "authors", "source"),
    [
        ("新华社北京3月22日电（记者苏婉）", "苏婉", "新华社"),
        ("新华社北京3月22日电（记者苏婉、许澄）", "苏婉/许澄", "新华社"),
        ("新华社北京3月22日电 ", "", "新华社"),
        ("中新社上海3月1日电 (记者 苏婉)", "苏婉", "中新社"),
        ("中新网3月1日电 ", "", "中新网"),
        ("人民网北京3月1日电（记者苏婉）", "苏婉", "人民网"),
        ("证券时报网讯，", "", "证券时报网"),
        ("北京商报讯（记者 苏婉）", "苏婉", "北京商报"),
        ("上证报中国证券网讯 ", "", "上证报中国证券网"),
        ("上证报中国证券网讯（记者 苏婉）", "苏婉", "上证报中国证券网"),
        ("财联社（北京，记者 苏婉）讯，", "苏婉", "财联社"),
        ("财联社（北京市朝阳区河湾镇河边，记者 苏婉）讯，", "", "财联社"),  # too long for a place
        ("财联社（北京，苏婉 许澄）讯，", "", "财联社"),
        ("财联社3月1日讯（记者 苏婉）", "苏婉", "财联社"),
        ("财联社3月1日电，", "", "财联社"),
        ("央视网消息：", "", "央视网"),
        ("央广网北京3月22日消息（记者 苏婉）", "苏婉", "央广网"),
        ("国际在线消息：", "", "国际在线"),
        ("中新经纬3月22日电 ", "", "中新经纬"),
        ("中新经纬3月22日电 (苏婉)", "苏婉", "中新经纬"),
        ("中新经纬3月22日电 (苏婉 许澄)", "苏婉/许澄", "中新经纬"),
        ("红星资本局3月22日消息，", "", "红星资本局"),
        ("金融界3月22日消息 ", "", "金融界"),
        ("格隆汇3月22日丨", "", "格隆汇"),
        ("格隆汇讯丨", "", None),
        ("证券时报e公司讯，", "", "证券时报e公司"),
        ("每经AI快讯，", "", "每经AI"),
        ("新华财经北京3月22日电（记者苏婉）", "苏婉", "新华财经"),
        ("本报讯（记者 苏婉）", "苏婉", None),
        ("本报讯 ", "", None),
        ("本报北京3月1日讯（记者 苏婉 许澄）", "苏婉/许澄", None),
        ("【文/观察者网 苏婉】", "苏婉", "观察者网"),
        ("【环球时报记者 苏婉】", "苏婉", "环球时报"),
        ("【环球时报驻美国特约记者 苏婉】", "苏婉", "环球时报"),
        ("【环球网报道 记者 苏婉】", "苏婉", "环球网"),
        ("【文/观察者网 苏婉，编辑/许澄】", "苏婉", "观察者网"),
        ("【证券时报】（记者 苏婉）", "苏婉", "证券时报"),
        ("【证券时报】（苏婉）", "", "证券时报"),
        ("【证券时报】", "", None),
        ("【环球网财经综合报道】", "", "环球网财经"),
        ("[环球网报道]", "", "环球网"),
        ("【观察者网讯】", "", "观察者网"),
        ("【综合报道】", "", None),
        ("【市场电】", "", None),
        ("中国商报（记者 苏婉）", "苏婉", "中国商报"),
        ("中国商报（记者手记）", "", None),
        ("据中国商报（记者 苏婉）", "", None),
        ("本报（记者 苏婉）", "", None),
        ("【河湾镇】（记者 苏婉）", "", None),
        ("【新闻】", "", None),
        ("【记者观察】", "", None),
        ("（总台央视记者 苏婉）", "苏婉", "总台央视"),
        ("（记者 苏婉）", "苏婉", None),
        ("据新华社北京3月22日电，", "", "新华社"),
        ("【河湾镇拟建新桥】财联社1月5日电，", "", "财联社"),
        ("【河湾镇拟建新桥】每经AI快讯，", "", "每经AI"),
        ("亿邦动力讯 3月10日，", "", "亿邦动力"),
        ("证券时报网(www.stcn.com)01月02日讯 ", "", "证券时报网"),
        ("证券时报•e公司讯，", "", "证券时报•e公司"),
        ("据新华社北京1月2日电（记者苏婉）", "苏婉", "新华社"),
        ("【财新网】1月2日，", "", "财新网"),
        ("【财新网】（记者 苏婉 特派香港记者 许澄）1月2日，", "苏婉/许澄", "财新网"),
        ("IT之家 1 月 2 日消息，", "", "IT之家"),
        ("鞭牛士 1月2日消息，", "", "鞭牛士"),
        ("（综合新华社电）", "", "新华社"),
        ("据记者苏婉报道，", "", None),
        ("又据新华社记者苏婉报道，", "", None),
        ("本报讯 记者郗正平报道：", "郗正平", None),
        ("人民网北京10月14日电（苏婉、实习生 许澄）", "苏婉/许澄", "人民网"),
        ("中国消费者报北京讯 记者苏婉报道", "苏婉", "中国消费者报"),
        ("经济观察网 苏婉/文 ", "苏婉", "经济观察网"),
        ("据《证券日报》记者苏婉报道，", "", None),
        ("新华社拉萨10月14日电（记者扎西次仁、旦增努布、苏婉）", "扎西次仁/旦增努布/苏婉", "新华社"),
        ("【环球时报驻美国、日本特约记者 苏婉 许澄 环球时报记者 李大明】", "苏婉/许澄/李大明", "环球时报"),
        ("【环球网科技综合报道】", "", "环球网科技"),
        ("【财联社7月13日讯】", "", "财联社"),
        ("中新网3月21日电(中新财经 苏婉)", "苏婉", "中新财经"),
        ("中新经纬3月22日电 (苏婉 实习生 许澄)", "苏婉/许澄", "中新经纬"),
        ("新华社北京3月21日电（“新华视点”记者苏婉）", "苏婉", "新华社"),
        ("中国商报/中国商网（记者 苏婉）", "苏婉", "中国商报/中国商网"),
        ("北京3月21日电（记者苏婉）", "苏婉", None),
        ("《科创板日报》17日讯（记者 苏婉）", "苏婉", "科创板日报"),
        ("C114讯 1月2日消息（苏婉）", "", "C114"),
        ("财联社|新消费日报1月2日讯（记者 苏婉）", "苏婉", "财联社|新消费日报"),
        ("汇通网1月5日讯——", "", "汇通网"),
        ("汇通财经APP讯——", "", "汇通财经APP"),
        ("新浪期货讯 ", "", "新浪期货"),
        ("同花顺（300033）金融研究中心1月5日讯，", "", "同花顺金融研究中心"),
        ("和讯网消息 ", "", "和讯网"),
        ("财联社（深圳 记者 苏婉）讯，", "苏婉", "财联社"),
        ("财联社(北京,记者 苏婉)讯，", "苏婉", "财联社"),
        ("新华社北京1月2日电（记者 亓宁 苏婉）", "亓宁/苏婉", "新华社"),
        ("新华社拉萨1月2日电（记者春拉、旦增小舟）", "春拉/旦增小舟", "新华社"),
        ("本报讯 （记者矫月）", "矫月", None),
        ("央行官网1月2日消息，", "", None),
        ("据新华社报道，", "", None),
        ("证券时报记者从多位业内人士处获悉，", "", None),
        ("新华社北京3月22日电 记者林晓舟 ", "林晓舟", "新华社"),
        ("新华社北京3月22日电 记者林晓舟、郑好，", "林晓舟/郑好", "新华社"),
        ("经济观察网 记者 林晓舟 3月22日，", "林晓舟", "经济观察网"),
        ("21世纪经济报道北京3月22日电（记者林晓舟）", "林晓舟", "21世纪经济报道"),
        ("本报北京3月22日讯 记者林晓舟报道：", "林晓舟", None),
        ("本报上海讯（记者 林晓舟）", "林晓舟", None),
        ("【本报讯】（记者林晓舟）", "林晓舟", None),
        ("河湾财经讯 林晓舟 3月22日，", "林晓舟", "河湾财经"),
        ("河湾财经 林晓舟 3月22日，", "林晓舟", "河湾财经"),
        ("河湾财经讯3月22日，", "", "河湾财经"),
        ("河湾网 3月22日消息，", "", "河湾网"),
        ("经济日报-中国经济网北京3月22日讯（记者 林晓舟）", "林晓舟", "经济日报-中国经济网"),
        ("【新华社快讯】", "", "新华社"),
        ("【河湾财经早知道】", "", None),
        ("第一财经记者 林晓舟 报道：", "林晓舟", "第一财经"),
        ("本报记者 林晓舟 郑好 北京报道 ", "林晓舟/郑好", None),
        ("中国经营报记者 林晓舟 上海报道，", "林晓舟", "中国经营报"),
        ("【河湾网 林晓舟】", "林晓舟", "河湾网"),
        ("经济观察网 记者 注意到，", "", None),
        ("多家媒体记者 在现场报道，", "", None),
        ("【河湾网 独家】", "", None),
        ("去年夏天 记者 林晓舟 来到镇上，", "", None),
        ("中国证券报记者注意到，", "", None),
        ("记者从镇政府获悉，", "", None),
        ("在接受财联社记者采访时，镇上的店主说，", "", None),
        ("在中国电动汽车市场，", "", None),
        ("2021年中国电力需求增长较快，", "", None),
        ("去年中国电影票房回暖，", "", None),
        ("多家上市公司光伏发电业务放量，", "", None),
        ("长江水务公司电费支出上升，", "", None),
        ("在中国移动通讯展上，", "", None),
        ("新华社发布的数据显示，", "", None),
        ("央视网消息灵通人士说，", "", None),
        ("市场消息：", "", None),
        ("一则好消息（见下图）传来，", "", None),
        ("国家统计局讯息中心的数据显示，", "", None),
        ("华为公司电话会议上，", "", None),
    ],
)
def test_opening_of_the_text(opening: str, authors: str, source: str | None) -> None:
    article = article_of(f"　　{opening}{REST}", END)
    assert "/".join(article.authors) == authors
    assert article.source == source
    assert article.credits == ()
    assert article.paragraphs[0].text == f"{opening}{REST}"


@pytest.mark.parametrize(
    ("closing", "authors", "source"),
    [
        ("（记者 苏婉）", "苏婉", None),
        ("（记者苏婉 许澄）", "苏婉/许澄", None),
        ("（新华社记者 苏婉）", "苏婉", "新华社"),
        ("（作者：苏婉 编辑：孟想）", "苏婉", None),
        ("（本报记者 苏婉 实习生 周洛）", "苏婉/周洛", None),
        ("（财联社 苏婉）", "苏婉", "财联社"),
        ("（财联社 大涨）", "", None),
        ("（财联社）", "", None),
        ("（苏婉）", "", None),
        ("（据央视新闻）", "", None),
        ("（数据来源：Wind）", "", None),
        ("（资金来源：自有资金）", "", None),
        ("（图片来源：视觉中国）", "", None),
        ("（记者注：为初步统计）", "", None),
        ("（实习生李大明对本文亦有贡献）", "", None),
        ("（记者 苏婉）（完）", "苏婉", None),
        ("（本文图片均由本报记者苏婉摄）", "", None),
        ("（记者：苏婉 编辑：孟想）（来源：央视）", "苏婉", "央视"),
        ("（本文仅代表作者观点）", "", None),
        ("（编辑部整理）", "", None),
    ],
)
def test_bracket_that_closes_the_text(closing: str, authors: str, source: str | None) -> None:
    article = article_of(TEXT, f"{END}{closing}")
    assert "/".join(article.authors) == authors
    assert article.source == source
    assert article.credits == ()
    assert article.paragraphs[-1].text == f"{END}{closing}".strip()


@pytest.mark.parametrize(
    ("line", "kind", "authors", "source"),
    [
        ("（财联社 苏婉）", "byline", "苏婉", "财联社"),
        ("（苏婉）", "byline", "苏婉", None),
        ("（苏婉 韩立陈述好）", "byline", "苏婉/韩立/陈述好", None),
        ("（据新华社）", "source", "", "新华社"),
        ("（财联社）", "source", "", "财联社"),
        ("（据新华社电）", "source", "", "新华社"),
        ("（苏婉系河湾大学教授）", "note", "苏婉", None),
    ],
)
def test_line_of_brackets_at_the_end(line: str, kind: str, authors: str, source: str | None) -> None:
    article = article_of(TEXT, END, f"　　{line}")
    assert kinds_of(article) == [kind]
    assert ("/".join(article.authors), article.source) == (authors, source)
    assert [paragraph.text for paragraph in article.paragraphs] == [TEXT.strip(), END.strip()]


@pytest.mark.parametrize(
    "line", ["（完）", "（安徽）", "（据记者了解）", "（下转第三版）", "（视觉中国）", "（系列报道之二）"]
)
def test_line_of_brackets_at_the_end_that_is_text(line: str) -> None:
    article = article_of(TEXT, END, f"　　{line}")
    assert (article.credits, article.authors, article.source) == ((), (), None)


def test_bold_byline_that_opens_the_first_paragraph() -> None:
    article = article_of(f'　　<font cms-style="font-L strong-Bold">证券时报记者 苏婉</font> {REST}', END)
    assert article.authors == ("苏婉",)
    assert article.source == "证券时报"
    assert article.credits == ()
    assert article.paragraphs[0].lead_in == "证券时报记者 苏婉"


# --- what only looks like metadata --------------------------------------------------------------------------------

NO_METADATA = [
    # headings that begin with, or hold, the name of a role
    "记者手记", "记者调查", "记者观察", "记者实探", "记者问答", "记者招待会", "记者证核发提速", "新闻记者节", "答记者问",
    "国新办记者会要点", "记者连线", "记者解读", "记者关注", "记者查证", "央视记者独家探访", "证券时报记者调查",
    "深圳商报记者实地走访", "作者简介", "作者认为机会更多", "作者权益保障", "本文作者观点", "编辑部的故事", "编辑部故事",
    "本文作者们认为还有空间", "（一）（二）", "来源：化肥主要来自国内企业生产。", "图：近五年茶价", "视频：直播回放", "作者为此付出很多", "来源：主要是三个方面，一是财政，二是信贷", "□ 本期导读", "□",
    "（苏婉系化名）", "评论员：别让躺平成为时尚", "记者：何时能封顶", "（题图由新华社记者苏婉摄）",
    "（感谢证券日报记者苏婉）", "（采访由记者苏婉、李大明共同完成）",
    "记者万里行", "记者马拉松", "记者时评", "记者金融课", "实习生安排", "研究员安排", "作者金句", "新华社记者 走进县城",
    "编辑 寄语", "审核 周期", "设计 成本", "记者 观察", "记者 高端方案", "记者 安全管理", "作者 简介", "摄影高手云集", "编辑：推荐三本书", "审核：更严格", "设计：极简", "运营：轻资产", "记者：明白。", "记者：好的", "采访手记", "采访团走进河湾镇", "坚持原创", "原创内容更受欢迎", "公众号：流量去哪了",
    "（谢谢）", "封面故事", "封面：黄金周", "封面 | 新能源", "审核：三个月", "分析师：买入", "作者系列访谈", "笔者系统梳理", "作者单位变更", "《指引》（2022年3月22日发布第二版）", "记者：接下来", "（原创）", "记录：一座桥的三十年", "口述历史", "分析师：黄金或突破前高", "分析师看好后市", "出品：河湾，一家小店", "授权发布", "第02版", "笔者认为机会更多", "总编辑圆桌",  "设计师高管团队", "综合编辑部报道",
    "编辑推荐", "编辑手记", "主编寄语", "摄影大赛启幕", "摄影器材涨价", "设计费用上涨", "设计之都再出发", "审核趋严",
    "审核提速", "校对软件需求大增", "监制流程优化", "翻译编辑岗位减少", "实习生招聘启动", "研究员观点", "研究员岗位紧俏",
    "责任编辑制度改革", "采写编评一体化", "撰稿人经济", "执笔者说",
    # 来源 and its kin
    "来源于市场的压力", "来源于市场压力", "来源复杂", "来源不明", "文章来源复杂", "来源地证明将简化", "收入来源单一",
    "资金来源：自筹资金与银行贷款各占一半。", "资金来源：自有资金", "资金来源：自有资金及银行贷款", "数据来源：Wind",
    "数据来源：国家统计局", "资料来源：公司公告", "收入来源：门票与餐饮", "还款来源：经营性现金流", "货源：本地批发市场",
    "本文信息来源于公开渠道", "转自营成趋势", "来自市场的声音", "来自：何方", "源自热爱", "本文来自作者的观察", "本文来自公众号的留言", "来源 广泛",
    # 文, 图, 综合
    "生态/人文", "亚投行/世行 中英文", "《河湾往事》热映", "《河湾往事》 票房大涨", "文旅消费升温", "文具股走强", "文章千古事", "图书市场回暖", "综合整治见成效", "上市公司综合毛利率、净利率双双回升",
    "华泰证券综合考虑估值、成长性", "中国平安综合金融、医疗养老双轮驱动",
    # sentences and questions without more
    "作者认为，机会大于风险。", "记者从多家银行了解到", "记者注意到，货架空了。", "证券时报记者获悉", "21世纪经济报道记者关注到", "证券时报记者从业内人士处获悉",
    "记者：您怎么看？", "记者：产能何时释放", "记者：产能何时释放？", "记者：目前进展顺利", "本报记者从业内获悉",
    "记者：成效明显", "记者：顾虑何在", "记者：安全吗", "记者：高总好", "记者：项目进展", "记者：安全第一", "作者是谁", "研究员：项目进展", "采写：记者", "作者：编辑", "实习生：薪资多少",
    "本文仅代表作者观点", "本文仅代表作者个人观点。", "（本文仅代表作者个人观点）", "文章仅代表作者本人观点", "（作者观点仅供参考）",
    "原标题党何时休", "原题目更难", "原题为何改了", "设计：更轻更薄", "刘小满对本文亦有贡献", "某某摄影：江小白", "摄影：江小白，摄于去年",
    "摄影：江小白在河湾镇的老码头上拍下了这一幕清晨的渡口与船", "研究员观点，设计郑佳", "店主：记者朋友们好", "稿件对本文有帮助",
    # disclaimers and links of the medium are text
    "（声明：文章内容仅供参考，不构成投资建议。投资者据此操作，风险自担。）", "相关新闻：河湾镇启动冬季补贴",
]  # fmt: skip


@pytest.mark.parametrize("place", ["first", "middle", "last"])
@pytest.mark.parametrize("line", NO_METADATA)
def test_no_metadata(line: str, place: str) -> None:
    article = placed(line, place)
    assert article.credits == ()
    assert article.authors == ()
    assert article.source is None
    assert article.original_title is None
    assert line in [paragraph.text for paragraph in article.paragraphs]


@pytest.mark.parametrize("line", ["记者手记", "审核趋严", "证券时报记者调查", "编辑推荐", "收入来源单一", "记者连线"])
def test_such_a_line_in_bold_is_a_heading(line: str) -> None:
    article = article_of(TEXT, f'　　<font cms-style="font-L strong-Bold">{line}</font>', END)
    assert article.credits == ()
    assert article.headings == ((1, line),)


@pytest.mark.parametrize(
    "text", ["", "　　", "（）", "：", "记者", "记者：", "来源：", "文", "编辑", "作者：、，", "|", "【】", "文/"]
)
def test_single_line_without_a_name(text: str) -> None:
    assert parse_fields(text) is None


@pytest.mark.parametrize(
    "line",
    ["来源：沈" + " （" * 100_000, "责任编辑：沈" + " 　" * 100_000 + "安", "原标题：沈" + " 　" * 100_000 + "安"],
)
def test_a_line_of_any_length_is_read_in_step_with_it(line: str) -> None:
    body = f'<p>{TEXT}</p><p class="ori_titlesource">{line}</p>'
    assert PARSER.inspect(FRONT + body + "</div>").article is not None


def test_single_line_says_what_kind_of_credit_it_is() -> None:
    uses = {}
    for text in ("作者：苏婉", "来源：证券日报", "编辑：孟想", "图片来源：视觉中国"):
        fields = parse_fields(text)
        assert fields is not None
        uses[text] = fields.use, fields.photo
    assert uses == {
        "作者：苏婉": ("byline", False),
        "来源：证券日报": ("source", False),
        "编辑：孟想": ("note", False),
        "图片来源：视觉中国": ("note", True),
    }
