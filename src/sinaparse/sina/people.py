"""Family names, to tell a person's name from other words and to split names that run together."""

SINGLE = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳"
    "酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞"
    "熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫房裘缪干解宗丁宣贲邓郁单"
    "杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊惠甄曲家封芮储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴"
    "甘厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰鄂索咸籍赖卓蔺屠蒙池乔阴胥苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍郤璩桑桂"
    "濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡耿满弘匡文寇广禄阙欧殳沃利蔚越夔隆师巩厍聂"
    "晁勾敖融冷訾辛阚那简饶曾毋沙乜养鞠须丰巢关蒯查荆游竺权逯盖益桓仉督岳帅缑亢况郈琴归晋楚闫汝鄢涂钦牟佘佴谯笪爱阳佟肖仝原苑"
    "代覃冼付修岩邸丘揭敬麦植丛迟初邝漆檀尉揣辜栗臻苟扎贠兰隋芦亓粟矫缴勉牙佀忻俎仵郗禤蒯帖逄庹郄綦盘户官门谌雒呙弋羿郇禚撒冶朴"
)
"""Family names of one character."""
COMMON = frozenset(
    "李王张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜"
    "范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛"
    "伍韦申尤毕聂丛焦向柳邢路岳梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲游阳裴席卫查屈鲍覃霍翁隋植甘景薄单包"
    "司柏宁柯阮桂闫肖付佟原代卓"
)
"""Those that more than one person in two thousand has."""
COMPOUND = frozenset(
    "欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 申屠 公孙 慕容 仲孙 钟离 "
    "长孙 宇文 司徒 鲜于 司空 令狐 呼延".split()
)

PEN_NAMES = frozenset("泰勒 忆山 晨曦 天心 南深".split())
"""Those of reporters who sign with no role before them, like others with their real names: ``中国基金报 泰勒``."""

_NO_GIVEN = tuple(
    "报 网 社 周刊 月刊 专刊 导刊 期刊 银行 证券 基金 保险 财经 金融 集团 科技 公司 资本 研究 观察 大学 学院 中国 经济 市场 地产".split()
)
"""How media and companies end, and hardly any given name: 华商报, 江苏银行."""


def is_name(text: str) -> bool:
    """Whether a text is two or three Chinese characters that begin with a family name, or four with a double one.

    Two common family names, those of both parents, are a double one, unless the second half may be a name as well.

    >>> is_name("温彬"), is_name("上官思雨"), is_name("李林晨曦"), is_name("张明李红"), is_name("手记"), is_name("华商报")
    (True, True, True, False, False, False)
    """
    if not text or min(text) < "\u4e00" or max(text) > "\u9fff" or text.endswith(_NO_GIVEN):
        return False
    if len(text) == 4:
        return text[:2] in COMPOUND or (text[0] in COMMON and text[1] in COMMON and text[2] not in COMMON)
    return text in PEN_NAMES or (text[0] in SINGLE and 2 <= len(text) <= 3)


def is_common(name: str) -> bool:
    """Whether a name is more likely one than another word with such a beginning.

    >>> is_common("温彬"), is_common("上官思雨"), is_common("云集")
    (True, True, False)
    """
    return name[0] in COMMON or name[:2] in COMPOUND or name in PEN_NAMES


def split_names(text: str) -> tuple[str, ...]:
    """The names in a run of characters without a separator; empty if it can't be cut into names.

    Longer names and common family names are preferred; two names of two characters each are not told from a word of four,
    see :func:`split_pair`.

    >>> split_names("吕立勤梁剑箫"), split_names("温彬"), split_names("首席研究员")
    (('吕立勤', '梁剑箫'), ('温彬',), ())
    """
    if is_name(text):
        return (text,)
    best: tuple[str, ...] = ()
    if len(text) == 4:
        return best
    for length in (4, 3, 2) if len(text) <= 20 else ():
        first, rest = text[:length], text[length:]
        if rest and is_name(first) and (others := split_names(rest)) and _score((first, *others)) > _score(best):
            best = (first, *others)
    return best


def split_pair(text: str) -> tuple[str, ...]:
    """Two names of two characters each, with common family names; empty for anything else. For places where names must stand.

    >>> split_pair("张明李红"), split_pair("首席顾问")
    (('张明', '李红'), ())
    """
    names = text[:2], text[2:]
    return names if len(text) == 4 and all(is_name(name) and name[0] in COMMON for name in names) else ()


def _score(names: tuple[str, ...]) -> tuple[float, int]:
    known = sum(map(is_common, names))
    return (known / len(names) if names else -1.0, -len(names))
