"""Roles that lines about an article name, and words that only look like names behind them."""

REPORTERS = (
    "参与采写记者 参与记者 文字记者 执笔记者 采写记者 见习记者 实习记者 特约记者 首席记者 资深记者 高级记者 特派记者 记者 研究员 实习生 "
    "特约评论员 首席评论员 评论员 专栏作家 专栏作者 专栏机构 机构专栏 特约作者 本报告分析师 证券分析师 分析师"
).split()
"""Roles whose names are real ones."""
WRITERS = "本文作者 本篇作者 作者 撰文 撰稿人 撰稿 特约撰稿人 特约撰稿 特约 采写 参与采写 撰写 执笔人 执笔 主笔 文字 文 意见领袖".split()
"""Roles that pen names have, too; 意见领袖 is Sina's own column of opinions: ``意见领袖丨张三``."""
OTHERS = (
    "责任编辑 值班编辑 当值编辑 运营编辑 策划编辑 微信编辑 本版编辑 栏目编辑 文字编辑 图片编辑 视频编辑 版面编辑 美术编辑 新媒体编辑 网络编辑 实习编辑 本期编辑 本版责编 责编 编辑 美编 总编辑 总编 "
    "值班编委 编委 摄像 摄影记者 视频记者 视频制作 视频剪辑 视频 动画 值班主任 栏目主编 执行主编 值班主编 主编 值班总监 总监制 总监 监制 监审 出品人 出品 总策划 策划 统筹 版式设计 视觉设计 设计 制作 视觉 运营 排版 剪辑 文案 海报 翻译 译者 编译 采访整理 文字整理 整理 采访 口述 讲述 记录 供稿 插画 插图 数据支持 "
    "编 审 校 校对 审校 审核 审读 签发 通讯员 终审 二审 初审"
).split()
"""Roles that make nobody an author."""
PHOTOS = "头图摄影 摄影 图片来源 图片 题图来源 题图 头图来源 头图 首图 封面图片来源 封面图来源 封面来源 封面图源 封面图片 封面图 配图 供图 图源 本版制图 图表制作 制图 制表 图".split()
SOURCES = "消息来源 新闻来源 原文来源 素材来源 文章来源 信息来源 稿件来源 内容来源 本文来源 来源 转载自 转自 稿源 出处 综合自".split()


AUTHORS = frozenset({*REPORTERS, *WRITERS})
ROLES = frozenset({*AUTHORS, *OTHERS, *PHOTOS, *SOURCES})

EDITORS = frozenset("编辑 责编 校对 责任编辑".split())
"""Those among the others behind whom hardly anything stands but a name."""
MARKED = frozenset("文 编 审 校 视频 动画 特约 海报 采访 记录 口述 讲述 分析师 证券分析师 本报告分析师".split())
"""Roles that only a mark behind them tells from other words."""
OPEN_VALUES = frozenset("出品 数据支持".split())
"""Roles behind whose mark stands whoever it may be: a department, a brand."""
QUALITIES = frozenset("视频 动画 设计 制作 运营 视觉 文案".split())
"""Roles that are also what a product has; the words behind them may say how it is."""

ADDITIONS = frozenset("整理 编译 综合 采写 摄影 执笔 撰文 文并摄 文图 图文".split())
"""What else may be said behind names: 记者 张三 文并摄."""

NO_NAMES = frozenset(
    "连线 解读 关注 查证 简介 手记 观察 调查 采访 获悉 了解 注意 发现 梳理 报道 视角 之声 后记 提问 问答 招待 通气 朋友 沙龙 学会 协会 计算 应对 "
    "全程 广告 任务 程序 文章 文化 文件 单位 方案 方面 方法 高级 高度 经理 安全 成果 时间 时代 项目 平台 平均 明细 温馨 全文 全景 全新 费用 标准 周期 周年 周边 高峰 高层 严格 严重 金额 安徽 余额 成本 成效 成绩 景气 景观 贺词 "
    "谢谢 明白 接下来 原创 首发 兰州 探访 实探 直击 专访 独家 走访 暗访 体验 亲历 现场 前方 发自 整理 对话 追踪 来源 网友 名单 记者 编辑 作者 授权 版权 "
    "高端 管理 金融 金属 季度 计划 计提 江苏 江西 常态 常规 石油 石化 白酒 白银 牛市 熊市 方向 安排 程度 温度 万元 万亿 包装 易主 严控 严查 顾虑 官方 官员 官宣 官媒 门店 门槛 门户 户外 户均 盘面 盘点 盘整 盘中 盘后 盘前 何在 何时 何处 何以 何为".split()
)
"""Words that begin like names."""
