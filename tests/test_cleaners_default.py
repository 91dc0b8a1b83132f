"""The default cleaners: each takes what it should and nothing else, in whatever pipeline, and the books balance."""

from __future__ import annotations

import functools
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

import lxml.html
import pytest

import sinaparse
from sinaparse import Body, Inspection, Parser, Pipeline, default_cleaners

FOLDER = Path(__file__).parent / "fixtures" / "exports"
FIXTURES = sorted(path.stem for path in FOLDER.glob("*.md"))
NAMES = default_cleaners().names

BEFORE = "河湾县的邮递员骑一辆绿色的三轮车，每天要在二十六个村口停下来按一次喇叭。"
AFTER = "三轮车的后斗里，快递箱子比信件多出几十倍，但每个村口总有人在等一封信。"
GIF = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"

FRONT = """
---
title: '二十六个村口'
categories: 
 - 金融
 - 新浪财经
 - 新浪财经－国內
headimg: 'https://picsum.photos/400/300?random=1207'
author: 新浪财经
comments: false
date: Thu, 17 Feb 2022 03:15:53 GMT
thumbnail: 'https://picsum.photos/400/300?random=1207'
---

<div>   
"""  # noqa: W291


def around(html: str) -> str:
    """An export with a piece of mark-up between two paragraphs."""
    return f'{FRONT}<p cms-style="font-L">　　{BEFORE}</p>\n{html}\n<p cms-style="font-L">　　{AFTER}</p>\n  \n</div>\n            '


def squash(text: str) -> str:
    return re.sub(r"[\s\u3000\u00a0\u200b\ufeff]+", "", text)


def texts(inspection: Inspection) -> list[str]:
    assert inspection.article is not None, [str(problem) for problem in inspection.problems]
    return [paragraph.text for paragraph in inspection.article.paragraphs]


# --- what each cleaner takes --------------------------------------------------------------------------------------


class Taken(NamedTuple):
    cleaner: str
    html: str
    text: str
    """The text of the removal."""
    visible: bool = True
    media: tuple[str, ...] = ()


QR = "https://n.sinaimg.cn/finance/cece9e13/20200514/343233024.png"

TAKEN = [
    Taken("hidden-ad", '<!--article_adlist[<p cms-style="font-L">关注公众号</p>]article_adlist-->', "关注公众号", visible=False),
    Taken("hidden-ad", "<!-- article_adlist[<p>关注公众号</p>]article_adlist -->", "关注公众号", visible=False),
    Taken("hidden-ad", '<!--article_adlist[<p cms-style="font-L">被切断的话</p><p cms-style="font-L">-->', "被切断的话", visible=False),
    Taken("hidden-ad", f'<!--article_adlist[<img src="{GIF}" black-list="y"/>]article_adlist-->', "", visible=False, media=(GIF,)),
    Taken("cms-comment", "<!-- 正文下iframe -->", "正文下iframe", visible=False),
    Taken("cms-comment", "<!-- 总声明-->", "总声明", visible=False),
    Taken("cms-comment", "<!-- 文末二维码 start -->", "文末二维码 start", visible=False),
    Taken("cms-comment", "<!-- 编辑姓名及工作代码-->", "编辑姓名及工作代码", visible=False),
    Taken("cms-comment", "<!-- 开户二维码 end -->", "开户二维码 end", visible=False),
    Taken("cms-comment", "<!--wapdump end-->", "wapdump end", visible=False),
    Taken("cms-comment", "<!-- 行情图end -->", "行情图end", visible=False),
    Taken("cms-comment", "<!-- HDSlide https://slide.finance.sina.com.cn/1.html -->", "HDSlide https://slide.finance.sina.com.cn/1.html", visible=False),
    Taken("cms-comment", '<!-- 图集开始 <div class="fake_multiimages_upload"><li>一</li></div> 图集结束 -->', "图集开始 一 图集结束", visible=False),
    Taken("cms-comment", "<!-- publish_helper name='原始正文' p_id='32' -->", "publish_helper name='原始正文' p_id='32'", visible=False),
    Taken("cms-comment", "<!--mce-plugin-survey[https://survey.finance.sina.com.cn/1]mce-plugin-survey-->", "https://survey.finance.sina.com.cn/1", visible=False),
    Taken("cms-comment", "<!--新增众测推广文案-->", "新增众测推广文案", visible=False),
    Taken("style", "<style>\n.app-kaihu-qr&#123;padding: 20px 0;&#125;\n</style>", ".app-kaihu-qr{padding: 20px 0;}", visible=False),
    Taken("style", "<script>var slide_data = 1;</script>", "var slide_data = 1;", visible=False),
    Taken("app-qr", f'<div class="clearfix appendQr_wrap"><div class="appendQr_normal"><img src="{QR}" referrerpolicy="no-referrer"></div><div class="appendQr_normal_txt">海量资讯、精准解读，尽在新浪财经APP</div></div>', "海量资讯、精准解读，尽在新浪财经APP", media=(QR,)),
    Taken("app-qr", '<div class="appendQr_wrap">换了一句话的推广</div>', "换了一句话的推广"),
    Taken("account-opening", '<div class="app-kaihu-qr"><span>炒股开户享福利，入金抽188元红包，100%中奖！</span></div>', "炒股开户享福利，入金抽188元红包，100%中奖！"),
    Taken("account-opening", '<div class="app-kaihu-qr" id="app-qihuo-kaihu-qr"><!--<span>扫二维码 立即期货开户</span>--></div>', "扫二维码 立即期货开户", visible=False),
    Taken("account-opening", '<div id="app-kaihu-stock"><p>开户送好礼</p></div>', "开户送好礼"),
    Taken("account-opening", '<div class="finance-kaihu-banner"><p>开户送好礼</p></div>', "开户送好礼"),
    Taken("page-frame", '<div class="finance_app_zqtg finance_lcsds_ds_cls">打开客户端看大赛</div>', "打开客户端看大赛"),
    Taken("page-frame", '<div class="xb_new_finance_app"><a href="https://finance.sina.com.cn/app.html">下载新版</a></div>', "下载新版"),
    Taken("page-frame", '<div class="live-finance-banner-wrap">直播进行中</div>', "直播进行中"),
    Taken("page-frame", '<div class="ct_hqimg"><div class="hqimg_related">热点栏目 自选股</div></div>', "热点栏目 自选股"),
    Taken("page-frame", '<div class="hqimg_wrapper"><img src="https://image.sinajs.cn/newchart/min/n/sh000001.gif" referrerpolicy="no-referrer"></div>', "", media=("https://image.sinajs.cn/newchart/min/n/sh000001.gif",)),
    Taken("page-frame", '<div class="weiboListBox otherContent_01" id="blk_weiboBox_3">微博推荐</div>', "微博推荐"),
    Taken("page-frame", '<div id="left_hzh_ad">合作位</div>', "合作位"),
    Taken("page-frame", '<div id="ad_44099">合作位</div>', "合作位"),
    Taken("page-frame", '<div class="sinaads" id="sinaads_box">合作位</div>', "合作位"),
    Taken("page-frame", '<div class="tech-quotation"><div class="tech-con">试玩招募</div></div>', "试玩招募"),
    Taken("page-frame", '<div class="article-notice">特别声明</div>', "特别声明"),
    Taken("page-frame", '<div class="article-bottom">我有话说</div>', "我有话说"),
    Taken("page-frame", '<div class="blkComment">我有话说</div>', "我有话说"),
    Taken("page-frame", '<ul class="seo_data_list"><li>相关一</li><li>相关二</li></ul>', "相关一相关二"),
    Taken("forum-link", '<div data-sudaclick="suda_1028_guba">去股吧看看</div>', "去股吧看看"),
    Taken("forum-link", '<p><a href="https://guba.sina.com.cn/?s=bar&name=sz300059" data-sudaclick="suda_1028_guba">去股吧看看</a></p>', "去股吧看看"),
    Taken("frame", '<iframe src="https://finance.sina.com.cn/iframe/hq.html" width="640"></iframe>', "", visible=False),
    Taken("promo-quote", '<blockquote><p class="jqlblock_cls"><a href="https://finance.sina.com.cn/jql/">研报精选</a></p><p class="jqlblock_cls"><a href="https://finance.sina.com.cn/zt/">涨停复盘</a></p></blockquote>', "研报精选涨停复盘"),
    Taken("promo-sentence", "<p>海量资讯、精准解读，尽在新浪财经APP</p>", "海量资讯、精准解读，尽在新浪财经APP"),
    Taken("promo-quote", '<blockquote>安装新浪财经客户端第一时间接收最全面的市场资讯→<a href="https://finance.sina.com.cn/mobile/">【下载地址】</a></blockquote>', "安装新浪财经客户端第一时间接收最全面的市场资讯→【下载地址】"),
    Taken("promo-quote", '<blockquote><p class="jqlblock_cls">　　登录新浪财经APP 搜索【信披】查看更多考评等级</p></blockquote>', "登录新浪财经APP 搜索【信披】查看更多考评等级"),
    Taken("promo-sentence", '<p>　　安装新浪财经客户端第一时间接收最全面的市场资讯→【<a href="https://finance.sina.com.cn/mobile/">下载地址</a>】</p>', "安装新浪财经客户端第一时间接收最全面的市场资讯→【下载地址】"),
    Taken("promo-sentence", '<p>　　感知中国经济的真实温度，见证逐梦时代的前行脚步。谁能代表2021年度商业最强驱动力？点击投票，评选你心中的人物。<a href="https://finance.sina.com.cn/zt/">【我要投票】</a></p>', "感知中国经济的真实温度，见证逐梦时代的前行脚步。谁能代表2021年度商业最强驱动力？点击投票，评选你心中的人物。【我要投票】"),
    Taken("promo-sentence", '<p>　　进入<a href="https://guba.sina.com.cn/?s=bar&name=sz300059" data-sudaclick="suda_1028_guba">【新浪财经股吧】</a>讨论</p>', "进入【新浪财经股吧】讨论"),
    Taken("promo-sentence", "<p>　　新浪声明：所有会议实录均为现场速记整理，未经演讲者审阅，新浪网登载此文出于传递更多信息之目的，并不意味着赞同其观点或证实其描述。</p>", "新浪声明：所有会议实录均为现场速记整理，未经演讲者审阅，新浪网登载此文出于传递更多信息之目的，并不意味着赞同其观点或证实其描述。"),
    Taken("promo-sentence", "<p>　　特别声明：以上文章内容仅代表作者本人观点，不代表新浪网观点或立场。如有关于作品内容、版权或其它问题请于作品发表后的30日内与新浪网联系。</p>", "特别声明：以上文章内容仅代表作者本人观点，不代表新浪网观点或立场。如有关于作品内容、版权或其它问题请于作品发表后的30日内与新浪网联系。"),
    Taken("promo-sentence", "<p>　　新浪财经意见领袖专栏文章均为作者个人观点，不代表新浪财经的立场和观点。</p>", "新浪财经意见领袖专栏文章均为作者个人观点，不代表新浪财经的立场和观点。"),
    Taken("promo-sentence", "<p>　　欢迎关注“创事记”的微信订阅号：sinachuangshiji</p>", "欢迎关注“创事记”的微信订阅号：sinachuangshiji"),
    Taken("promo-sentence", "<p>　　欢迎关注官方微信“意见领袖”，阅读更多精彩文章。点击微信界面右上角的+号，选择“添加朋友”，输入意见领袖的微信号“kopleader”即可，也可以扫描下方二维码添加关注。</p>", "欢迎关注官方微信“意见领袖”，阅读更多精彩文章。点击微信界面右上角的+号，选择“添加朋友”，输入意见领袖的微信号“kopleader”即可，也可以扫描下方二维码添加关注。"),
    Taken("promo-sentence", "<p>　　海量资讯、精准解读，尽在新浪财经APP </p>", "海量资讯、精准解读，尽在新浪财经APP"),
    Taken("promo-sentence", '<p>　　<font cms-style="font-L">炒股就看金麒麟分析师研报，权威，专业，及时，全面，助您挖掘潜力主题机会！</font></p>', "炒股就看金麒麟分析师研报，权威，专业，及时，全面，助您挖掘潜力主题机会！"),
    Taken("promo-sentence", '<p>　　<font cms-style="font-L"><font cms-style="strong-Bold">海量资讯、精准解读，尽在新浪财经APP</font></font></p>', "海量资讯、精准解读，尽在新浪财经APP"),
    Taken("promo-sentence", '<p>　　<font cms-style="font-L"></font>海量资讯、精准解读，尽在新浪财经APP</p>', "海量资讯、精准解读，尽在新浪财经APP"),
    Taken("promo-sentence", "<p><!-- 站内推广位预留 -->海量资讯、精准解读，尽在新浪财经APP</p>", "海量资讯、精准解读，尽在新浪财经APP"),
    Taken("promo-sentence", "<p>炒股开户享福利，入金抽288元红包，100%中奖！</p>", "炒股开户享福利，入金抽288元红包，100%中奖！"),
    Taken("promo-sentence", "<p>股民福利来了！十大金股送给你，带你掘金“黄金坑”！点击查看>></p>", "股民福利来了！十大金股送给你，带你掘金“黄金坑”！点击查看>>"),
    Taken("promo-sentence", "<p>扫二维码 立即期货开户</p>", "扫二维码 立即期货开户"),
    Taken("promo-sentence", "<p>热点栏目 自选股 数据中心 行情中心 资金流向 模拟交易 客户端</p>", "热点栏目 自选股 数据中心 行情中心 资金流向 模拟交易 客户端"),
    Taken("promo-sentence", "<p>新浪声明：此消息系转载自新浪合作媒体，新浪网登载此文出于传递更多信息之目的，并不意味着赞同其观点或证实其描述。文章内容仅供参考，不构成投资建议。投资者据此操作，风险自担。</p>", "新浪声明：此消息系转载自新浪合作媒体，新浪网登载此文出于传递更多信息之目的，并不意味着赞同其观点或证实其描述。文章内容仅供参考，不构成投资建议。投资者据此操作，风险自担。"),
    Taken("promo-sentence", "<p>免责声明：自媒体综合提供的内容均源自自媒体，版权归原作者所有，转载请联系原作者并获许可。</p>", "免责声明：自媒体综合提供的内容均源自自媒体，版权归原作者所有，转载请联系原作者并获许可。"),
    Taken("promo-sentence", "<p>　　股市瞬息万变，投资难以决策？来#A股参谋部#超话聊一聊，[点击进入]</p>", "股市瞬息万变，投资难以决策？来#A股参谋部#超话聊一聊，[点击进入]"),
    Taken("promo-sentence", "<p>　　股市回暖，抄底炒股先开户！智能定投、条件单、个股雷达……送给你>></p>", "股市回暖，抄底炒股先开户！智能定投、条件单、个股雷达……送给你>>"),
    Taken("promo-sentence", "<p>　　进入【新浪财经股吧】讨论</p>", "进入【新浪财经股吧】讨论"),
    Taken("promo-sentence", "<p>　　下载新浪财经APP，查看更多资讯和大V观点</p>", "下载新浪财经APP，查看更多资讯和大V观点"),
    Taken("promo-sentence", "<p>　　新浪合作大平台期货开户 安全快捷有保障</p>", "新浪合作大平台期货开户 安全快捷有保障"),
    Taken("promo-sentence", "<p>　　【线索征集令！】你吐槽，我倾听；您爆料，我报道！在这里，我们将回应你的诉求，正视你的无奈。爆料联系邮箱：finance_biz@sina.com</p>", "【线索征集令！】你吐槽，我倾听；您爆料，我报道！在这里，我们将回应你的诉求，正视你的无奈。爆料联系邮箱：finance_biz@sina.com"),
    Taken("promo-sentence", "<p>　　福利来了！低位布局良机，送你十大金股！点击查看>></p>", "福利来了！低位布局良机，送你十大金股！点击查看>>"),
    Taken("promo-sentence", "<p>　　登陆新浪财经APP 搜索【信披】查看更多考评等级</p>", "登陆新浪财经APP 搜索【信披】查看更多考评等级"),
    Taken("promo-sentence", "<p>　　新浪合作平台光大期货开户 安全快捷有保障</p>", "新浪合作平台光大期货开户 安全快捷有保障"),
    Taken("promo-sentence", "<p>MACD金叉信号形成，这些股涨势不错！</p>", "MACD金叉信号形成，这些股涨势不错！"),
    Taken("promo-sentence", '<p>　　如何在结构性行情中开展投资布局？新浪财经《<a href="https://finance.sina.com.cn/fund/live/">基金直播间</a>》，邀请基金经理在线路演解读市场。</p>', "如何在结构性行情中开展投资布局？新浪财经《基金直播间》，邀请基金经理在线路演解读市场。"),
    Taken("promo-sentence", '<p>　　新浪财经ESG评级中心提供包括资讯、报告、培训、咨询等在内的14项ESG服务，助力上市公司传播ESG理念。点击查看【<a href="https://finance.sina.com.cn/esg/">ESG评级中心服务手册</a>】</p>', "新浪财经ESG评级中心提供包括资讯、报告、培训、咨询等在内的14项ESG服务，助力上市公司传播ESG理念。点击查看【ESG评级中心服务手册】"),
    Taken("promo-sentence", "<p>　　提示：本文属于研究报告栏目，仅为机构或分析人士对一只股票的个人观点和看法，并非正式的新闻报道。</p>", "提示：本文属于研究报告栏目，仅为机构或分析人士对一只股票的个人观点和看法，并非正式的新闻报道。"),
    Taken("promo-sentence", "<p>　　新浪独家稿件声明：该作品特供新浪使用，未经授权，任何媒体和个人不得转载。</p>", "新浪独家稿件声明：该作品特供新浪使用，未经授权，任何媒体和个人不得转载。"),
    Taken("player-words", '<div id="J_Article_Player">\n            视频加载中，请稍候...\n        </div>', "视频加载中，请稍候..."),
    Taken("player-words", '<label class="fl">\n自动播放\n</label>', "自动播放"),
    Taken("player-words", '<a href="javascript:;" class="a-p-s-prev" id="J_Player_Prev">向前</a>', "向前"),
    Taken("player-words", '<a href="javascript:;" class="a-p-s-next" id="J_Player_Next">向后</a>', "向后"),
    Taken("player-words", '<i class="a-p-s-play">play</i>', "play"),
    Taken("live-quote", '<span id="quote_sz300059"></span>', "", visible=False),
    Taken("live-quote", '<span id="quote_sz300059">(<font color="green">11.20</font>, <font color="green">-0.31</font>)</span>', "(11.20, -0.31)"),
    Taken("live-quote", "<span id=quote_hk00700>(368.2)</span>", "(368.2)"),
    Taken("empty-paragraph", "<p></p>", "", visible=False),
    Taken("empty-paragraph", '<p cms-style="font-L">　　</p>', "", visible=False),
    Taken("empty-paragraph", "<p> \u00a0　</p>", "", visible=False),
    Taken("empty-paragraph", '<p>　<font cms-style="font-L">　<font></font></font></p>', "", visible=False),
    Taken("empty-paragraph", "<p><br></p>", "", visible=False),
]  # fmt: skip


@pytest.mark.parametrize("case", TAKEN, ids=lambda case: f"{case.cleaner}: {case.text[:16]}")
def test_takes(case: Taken) -> None:
    inspection = Parser().inspect(around(case.html))
    assert texts(inspection) == [BEFORE, AFTER]
    taken = [removal for removal in inspection.removals if removal.cleaner == case.cleaner]
    assert [(removal.text, removal.visible, removal.media) for removal in taken] == [
        (case.text, case.visible, case.media)
    ]
    assert taken[0].line == 17
    assert taken[0].reason
    assert inspection.coverage.kept_chars == len(squash(BEFORE + AFTER))
    assert inspection.coverage.removed_chars == (len(squash(case.text)) if case.visible else 0)
    assert inspection.coverage.unaccounted == ()


# --- what they leave ----------------------------------------------------------------------------------------------

LEFT = [
    # by sentence only if a whole block equals it
    "<p>　　大堂里的屏幕滚动着“海量资讯、精准解读，尽在新浪财经APP”，没有人抬头看。</p>",
    "<p>　　炒股开户享福利？营业部的人说，入金抽红包的做法两年前就停了。</p>",
    "<p>　　股民福利来了！交易所宣布下调手续费，新费率下月一日起执行。</p>",
    "<p>　　扫二维码立即期货开户的链接不要点，证监局在提示里写道。</p>",
    "<p>　　热点栏目的收视率，上个月第一次超过了新闻联播的地方版。</p>",
    "<p>　　新浪声明：公司从未授权任何第三方以其名义开展理财业务，已向公安机关报案。</p>",
    "<p>　　新酷产品第一时间免费试玩，是这家门店留住年轻人的办法。</p>",
    "<p>　　特别声明：以上数据来自河湾镇统计站。</p>",
    "<p>　　欢迎关注“河湾茶市”的行情，明天继续。</p>",
    "<p>　　安装新浪财经客户端的人多了，老徐也装了一个。</p>",
    "<p>　　股市回暖，抄底的人说，先看看再开户。</p>",
    "<p>　　【线索征集】河湾日报征集茶市线索。</p>",
    "<p>　　下载新浪财经APP的人多了。</p>",
    "<p>　　免责声明：本报告由河湾研究所撰写，仅供内部参考。</p>",
    "<p>　　（声明：文章内容仅供参考，不构成投资建议。投资者据此操作，风险自担。）</p>",
    "<p>　　相关新闻：河湾县启动冬季补贴</p>",
    "<p>　　自动播放</p>",
    "<p>　　play</p>",
    "<p>　　向前</p>",
    # an article about opening an account
    "<p>　　开户二维码贴在营业部的玻璃门上，扫码的人先要读完三页风险提示。</p>",
    "<p>　　“先开户，再送券。”店员把这句话说了一上午。</p>",
    # real quotations, also those that link or that stand at the top
    "<blockquote>一封信走了三天，还是热的。</blockquote>",
    "<blockquote><p>　　一封信走了三天，还是热的。</p></blockquote>",
    '<blockquote><p>　　见<a href="https://finance.sina.com.cn/china/1.html">县志</a>第三卷。</p></blockquote>',
    "<blockquote>海量资讯、精准解读，尽在新浪财经APP，这是他背得最熟的一句广告词。</blockquote>",
    # names that only resemble those of the page frame
    '<p class="appendQr_txt">　　二维码贴歪了。</p>',
    '<p id="ad_hoc">　　临时工棚今天拆了。</p>',
    '<p cms-style="legend">　　三轮车停在村口。</p>',
    '<div class="clearfix"><p>　　三轮车停在村口。</p></div>',
    '<span class="fl">　　三轮车停在村口。</span>',
    '<label class="fl">三轮车自动播放着喇叭</label>',
    # stock links stay, and figures that are no live quotation
    '<p>　　<span id="stock_sz300059"><a href="https://finance.sina.com.cn/realstock/company/sz300059/nc.shtml" class="keyword">东方财富</a></span>（11.20元）收平。</p>',
    '<p>　　<span id="quotation">一封信走了三天。</span></p>',
    # links in the text
    '<p>　　店主给他看了<a href="https://guba.sina.com.cn/" target="_bank">股吧</a>里的帖子。</p>',
    # not empty
    "<p>　　-</p>",
    "<p>。</p>",
    "<p><b>　1　</b></p>",
]  # fmt: skip


@pytest.mark.parametrize("html", LEFT, ids=lambda html: squash(re.sub(r"<[^>]*>", "", html))[:20])
def test_leaves(html: str) -> None:
    inspection = Parser().inspect(around(html))
    assert inspection.article is not None, [str(problem) for problem in inspection.problems]
    assert [removal for removal in inspection.removals if removal.visible] == []
    assert inspection.coverage.removed_chars == 0
    text = squash(re.sub(r"</?(?:p|b|a|div|span|label|blockquote)\b[^>]*>", "", html))
    assert squash(inspection.article.text) == squash(BEFORE) + text + squash(AFTER)


COMMENTS = [
    "<!-- news_keyword_pub,stock, -->",
    "<!-- news_keyword_pub,stock,sz000686 -->",
    '<!--mce-plugin-videoList2[&#123;"videos":[&#123;"title":"按喇叭","videoid":"391000111"&#125;]&#125;]mce-plugin-videoList2-->',
    "<!-- 这里原来有一张表 -->",
    "<!-- adlist -->",
    "<!---->",
]


@pytest.mark.parametrize("comment", COMMENTS)
def test_leaves_comments_that_others_read_or_nobody_knows(comment: str) -> None:
    inspection = Parser().inspect(around(comment))
    assert texts(inspection) == [BEFORE, AFTER]
    assert inspection.removals == ()


def test_leaves_paragraphs_with_pictures_or_videos() -> None:
    picture = '<p cms-style="align-Center"><img src="https://n.sinaimg.cn/spider2021410/12/w64h48/20210410/ab12-0f.jpg" alt></p>'
    video = '<p><!--video-list--></p><div class="video-2017" id="videoList0" style></div><!--/video-list-->'
    inspection = Parser().inspect(around(picture + video))
    article = inspection.unwrap()
    assert (len(article.images), len(article.videos)) == (1, 1)
    assert inspection.coverage.unaccounted == ()


def test_the_player_itself_stays() -> None:
    player = (
        '<div class="artical-player-wrap"><div id="J_Article_Player">视频加载中，请稍候...</div>'
        '<div class="a-p-s-item J_Play_Item" play-data="391000111-1-1" title-data="按喇叭">'
        '<a href="javascript:;" class="a-p-s-img"><i class="a-p-s-play">play</i><span class="a-p-s-txt">按喇叭</span></a></div></div>'
    )
    inspection = Parser().inspect(around(player))
    (video,) = inspection.unwrap().videos
    assert (video.title, video.video_id) == ("按喇叭", "391000111")
    assert [removal.text for removal in inspection.removals] == ["视频加载中，请稍候...", "play"]


def test_each_default_cleaner_has_a_case() -> None:
    assert {case.cleaner for case in TAKEN} == set(NAMES)


# --- the books balance in every pipeline --------------------------------------------------------------------------

VISIBLE = ".//text()[not(ancestor::style)][not(ancestor::script)]"


@functools.cache
def source(name: str) -> bytes:
    return (FOLDER / f"{name}.md").read_bytes()


@functools.cache
def visible_chars(name: str) -> int:
    """How many visible characters a fixture has, read without any of the parser's code."""
    text = source(name).decode("utf-8-sig").replace("\r\n", "\n").replace("&#123;", "{").replace("&#125;", "}")
    body = re.split(r"(?m)^---[ \t]*$", text, maxsplit=2)[2]
    parser = lxml.html.HTMLParser(huge_tree=True, remove_comments=True)
    root = lxml.html.document_fromstring(f"<html><body><div>{body}</div></body></html>", parser=parser)
    pieces: Any = root.xpath(VISIBLE)
    return len(squash("".join(pieces)))


@functools.cache
def has_stray_markup(name: str) -> bool:
    """Words in angle brackets are text for the parser, and tags for lxml."""
    return any(
        code == "stray-markup" for code, _ in json.loads((FOLDER / f"{name}.json").read_text("utf-8"))["problems"]
    )


def _check_balance(name: str, cleaners: Pipeline) -> Inspection:
    inspection = Parser(strict=False, cleaners=cleaners).inspect(source(name))
    coverage = inspection.coverage
    assert inspection.article is not None
    assert coverage.unaccounted == ()
    if not has_stray_markup(name):
        assert coverage.kept_chars + coverage.removed_chars == visible_chars(name)
    removed = sum(len(squash(removal.text)) for removal in inspection.removals if removal.visible)
    assert coverage.removed_chars == removed
    return inspection


@pytest.mark.parametrize("name", FIXTURES)
def test_balance_with_all_cleaners(name: str) -> None:
    _check_balance(name, default_cleaners())


@pytest.mark.parametrize("left_out", NAMES)
@pytest.mark.parametrize("name", FIXTURES)
def test_balance_without_one_cleaner(name: str, left_out: str) -> None:
    inspection = _check_balance(name, default_cleaners().without(left_out))
    assert left_out not in {removal.cleaner for removal in inspection.removals}


@pytest.mark.parametrize("left_out", sorted({*NAMES} - {"frame"}))
@pytest.mark.parametrize("name", FIXTURES)
def test_strict_mode_knows_what_a_cleaner_that_is_left_out_would_take(name: str, left_out: str) -> None:
    """It is noise in the article then, but no mark-up that nobody has seen; only an embedded page is that by itself."""
    inspection = Parser(cleaners=default_cleaners().without(left_out)).inspect(source(name))
    assert [problem.code for problem in inspection.problems if problem.severity == "error"] == []


@pytest.mark.parametrize("alone", NAMES)
@pytest.mark.parametrize("name", FIXTURES)
def test_balance_with_one_cleaner(name: str, alone: str) -> None:
    inspection = _check_balance(name, default_cleaners().only(alone))
    assert {removal.cleaner for removal in inspection.removals} <= {alone, "table-title"}


@pytest.mark.parametrize("name", FIXTURES)
def test_balance_without_cleaners(name: str) -> None:
    inspection = _check_balance(name, Pipeline())
    assert {removal.cleaner for removal in inspection.removals} <= {"table-title"}


@pytest.mark.parametrize("name", FIXTURES)
def test_the_order_of_the_cleaners_changes_no_article(name: str) -> None:
    """What one takes another may take as well, but nothing depends on who comes first."""
    backwards = Parser(cleaners=Pipeline(reversed(list(default_cleaners())))).parse(source(name))
    assert backwards == Parser().parse(source(name))


# --- cleaners of one's own ----------------------------------------------------------------------------------------


@sinaparse.cleaner("do-nothing")
def do_nothing(body: Body) -> None:
    """Takes nothing."""


@sinaparse.cleaner("drop-second-village")
def drop_second_village(body: Body) -> None:
    """Takes one paragraph."""
    for node in body.select("p"):
        if "第二个村口" in body.text(node):
            body.remove(node, reason="another village")


def watch(seen: list[int]) -> sinaparse.Cleaner:
    """A cleaner that counts the boxes of the page frame."""

    @sinaparse.cleaner("watch")
    def count(body: Body) -> None:
        seen.append(len(body.select("div.appendQr_wrap")))

    return count


def _removals(inspection: Inspection) -> Counter[str]:
    return Counter(removal.model_dump_json() for removal in inspection.removals)


@pytest.mark.parametrize("name", FIXTURES)
def test_while_reading_or_over_the_tree(name: str) -> None:
    """Node cleaners at the end of a pipeline are asked while the tree is read; before another kind they run over it."""
    reading = Parser().inspect(source(name))
    over_the_tree = Parser(cleaners=default_cleaners().then(do_nothing)).inspect(source(name))
    assert over_the_tree.article == reading.article
    assert _removals(over_the_tree) == _removals(reading)
    assert over_the_tree.coverage == reading.coverage
    assert [(p.code, p.line) for p in over_the_tree.problems] == [(p.code, p.line) for p in reading.problems]


@pytest.mark.parametrize("place", NAMES)
@pytest.mark.parametrize("name", [name for name in FIXTURES if name.startswith("noise-")])
def test_a_cleaner_between_others_changes_nothing_by_being_there(name: str, place: str) -> None:
    plain = Parser().inspect(source(name))
    for pipeline in (default_cleaners().before(place, do_nothing), default_cleaners().after(place, do_nothing)):
        inspection = Parser(cleaners=pipeline).inspect(source(name))
        assert inspection.article == plain.article
        assert _removals(inspection) == _removals(plain)


@pytest.mark.parametrize("place", ["before", "after", "then"])
def test_own_cleaner_before_and_after(place: str) -> None:
    pipelines = {
        "before": default_cleaners().before("app-qr", drop_second_village),
        "after": default_cleaners().after("app-qr", drop_second_village),
        "then": default_cleaners().then(drop_second_village),
    }
    second = "第二个村口没有人等信，他还是按了一次喇叭。"
    inspection = Parser(cleaners=pipelines[place]).inspect(around(f'<p cms-style="font-L">　　{second}</p>'))
    assert texts(inspection) == [BEFORE, AFTER]
    (removal,) = inspection.removals
    assert (removal.cleaner, removal.reason, removal.text) == ("drop-second-village", "another village", second)
    assert removal.line == 17
    assert inspection.coverage.removed_chars == len(second)
    assert inspection.coverage.unaccounted == ()


def test_own_cleaner_sees_what_those_before_it_left() -> None:
    box = '<div class="clearfix appendQr_wrap"><div class="appendQr_normal_txt">海量资讯、精准解读，尽在新浪财经APP</div></div>'
    seen: list[int] = []
    for pipeline in (default_cleaners().before("app-qr", watch(seen)), default_cleaners().after("app-qr", watch(seen))):
        assert texts(Parser(cleaners=pipeline).inspect(around(box))) == [BEFORE, AFTER]
    assert seen == [1, 0]


def test_own_cleaner_may_take_what_a_default_one_would_take() -> None:
    """The first to take a node is the one on record."""

    @sinaparse.cleaner("mine")
    def mine(body: Body) -> None:
        for node in body.select("blockquote"):
            body.remove(node, reason="mine")

    promo = TAKEN[next(n for n, case in enumerate(TAKEN) if case.cleaner == "promo-quote")]
    first = Parser(cleaners=default_cleaners().before("hidden-ad", mine)).inspect(around(promo.html))
    last = Parser(cleaners=default_cleaners().then(mine)).inspect(around(promo.html))
    assert [removal.cleaner for removal in first.removals] == ["mine"]
    assert [removal.cleaner for removal in last.removals] == ["promo-quote"]
    assert first.article == last.article


def test_own_node_cleaner_is_asked_while_reading() -> None:
    @sinaparse.node_cleaner("no-tables", "table")
    def no_tables(body: Body, node: sinaparse.Node) -> str | None:  # noqa: ARG001
        return "table"

    table = "<table><tbody><tr><td>村口</td><td>二十六</td></tr></tbody></table>"
    inspection = Parser(cleaners=default_cleaners().then(no_tables)).inspect(around(table))
    assert texts(inspection) == [BEFORE, AFTER]
    assert [(removal.cleaner, removal.text) for removal in inspection.removals] == [("no-tables", "村口二十六")]
    assert inspection.unwrap().tables == ()
    assert inspection.coverage.unaccounted == ()


ASKED = """<p class="fl tips">一</p>
<p id="x1">二</p>
<p>三<!-- ad 1 --><!-- mark --></p>
<p>　　四，三毛</p>
<p><b></b></p>
<p class="my-tips-box">五</p>
<p>六<b class="fl">七</b></p>"""


@pytest.mark.parametrize(
    ("where", "asked"),
    [
        ({}, ["一", "二", "三", "四，三毛", "", "五", "六七"]),
        ({"classes": {"tips"}}, ["一"]),
        ({"class_parts": ("tips",)}, ["一", "五"]),
        ({"ids": {"x1"}}, ["二"]),
        ({"id_prefixes": ("x",)}, ["二"]),
        ({"begins": {"四"}}, ["四，三毛"]),
        ({"blank": True}, [""]),
        ({"classes": {"tips"}, "ids": {"x1"}}, ["一", "二"]),
    ],
)
@pytest.mark.parametrize("reading", [True, False])
def test_a_node_cleaner_is_asked_only_about_what_it_names(
    where: dict[str, Any], asked: list[str], reading: bool
) -> None:
    """While the body is read, and over the tree, as a cleaner that is none of nodes makes it."""
    seen: set[str] = set()

    @sinaparse.node_cleaner("ask", "p", **where)
    def ask(body: Body, node: sinaparse.Node) -> str | None:
        if node.get("cms-style") is None:
            seen.add(body.text(node).strip("\u3000"))
        return None

    pipeline = Pipeline([ask]) if reading else Pipeline([ask, do_nothing])
    Parser(cleaners=pipeline, strict=False).inspect(around(ASKED)).unwrap()
    assert seen == set(asked)


def test_a_node_cleaner_is_asked_about_comments_by_how_they_begin() -> None:
    seen: list[str | None] = []

    @sinaparse.node_cleaner("ask", sinaparse.COMMENT, comment_prefixes=("ad",))
    def ask(body: Body, node: sinaparse.Node) -> str | None:  # noqa: ARG001
        seen.append(node.text)
        return None

    Parser(cleaners=Pipeline([ask]), strict=False).inspect(around(ASKED)).unwrap()
    assert seen == [" ad 1 "]
