"""Which language a text is written in, and Simplified characters made Traditional."""

from __future__ import annotations

import re
from functools import cache

from opencc import OpenCC

CHINESE = "zh-TW"
ENGLISH = "en"

_HAN = re.compile("[\u3105-\u312f\u3400-\u9fff\uf900-\ufaff]")
_LATIN = re.compile(r"[A-Za-zÀ-ÿ]+(?:['’][A-Za-z]+)?")
# Characters of Simplified alone; good Traditional ones (后, 里, 干) are not here.
_SIMPLIFIED = re.compile(
    "[这们个国时说对问题坏灯车东门见长马鸟鱼风飞龙齐为义书买乱争亲从仓仪价众优会伟传伤伦"
    "体余侧侨倾偿儿兑关兴养内写军农决况冻净减凤凭则刚创删别办务动励劳势区医华协单卖卢卫却厂厅历压"
    "厌县参双发变叠号叹听员响哑唤围图圆圣场块坚坛坝坟坠垄垒垦垫备复够头夹夺奋奖妇妈娱婴学宁宝实审宪宽宾对"
    "导寿将尔尘尝层属岁岗岛岭币师帐带帮库应庙废开异弃张弹强归录彻径忆态怀总恋恶惊惧惨惯愿户扑执扩扫扬"
    "扰抚抛抢护报担拟拥择挂挡挤挥损换据掷摄摆摇撑敌数断无旧显晓暂术机杀杂权条来极构枪柜标栈栋栏树样桥检楼"
    "欢残毁毕气汇汉沟没泪泼泽洁浅测济浏涂润涨渐湾湿满滤滥灭灵灾炉点炼烂烟烦烧热爱爷牵犹狱独狮猎环现电画"
    "疗疯盖监盘码确碍礼离种积称稳穷窃竞笔筑签简粮紧纠红约级纪纯纲纳纵纷纸线练组细织终绍经结绕绘给络绝统继绩绪续维绿缓编缩网罗罚"
    "职联肃肤肿脏脑脚脱脸舰艺节芦苏药获营蓝虑虽虫蚀补装览观规视觉计订认讨让训议讯记讲许论设访证评识诉诊词译试诗诚话询该详语误请诸读课谁调谈谊谋谓谢谱贝负贡财"
    "责败货质贪购贯贴贵贷贸费贺赁资赋赏赔赖赚赛赞赢赵趋跃践转轮软轻较辆输边达迁过运还进远违连迟适选递遗邮邻郑释针钉钟钢钱铁铃银锁错键镇镜闭间闲闻阅队阳阴阵阶际陆陈险随隐难雾静韩页顶项顺须顾顿预领频颗额饭饮饰饱馆验骑骗]"
)
_TELLING = 2
"""Words of English to a Han character, from which on a mixed text counts as English."""


def language(text: str) -> str:
    """zh-TW or en. Simplified counts as zh-TW; a text without letters does too."""
    han = len(_HAN.findall(text))
    words = len(_LATIN.findall(text))
    return ENGLISH if words and words * _TELLING > han else CHINESE


def traditional(text: str) -> str:
    """The text in Taiwan's characters and words; unchanged where nothing is Simplified."""
    return str(_converter().convert(text)) if _SIMPLIFIED.search(text) else text


@cache
def _converter() -> OpenCC:
    """Built at the first Simplified text: most processes never see one."""
    return OpenCC("s2twp")
