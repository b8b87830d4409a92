"""How a text speaks: whether it asks how something is done, complains, or thanks.

A model of characters alone takes «舊床墊要怎麼丟» for a complaint about rubbish; its form says
that it is none. Texts are prepared (intents.features.prepared).
"""

from __future__ import annotations

import re

QUESTION = 36
"""Characters of the longest question; what is longer has a story to tell."""

BARE = 6
"""Characters of the longest text that only names a matter."""

WEAK = 24
"""Characters of the longest text whose ending alone makes it a question."""

_ASKS = re.compile(
    "請問|請教|想問(?!你們)|想知道|想了解|找誰|問誰|打給誰|跟誰|去哪|要去[那哪]|哪[裡邊兒](?:可以|能|有|辦|打|領|買|申請|拿|借|查|看|找|租|繳|換)|"
    "[在到從]哪[裡邊兒]?|哪[個間家年天班支本種一些]|幾[點號歲月天個支次本張折年班]|星期幾|多少[錢元人點]?|多久(?!了)|何時|何處|如何|"
    "什麼時[候間](?:開|繳|報|可|會|有|到|公|申|截|放|能|施)|是什麼(?:時候|意思)?$|可以做什麼|會做什麼|什麼(?:證件|資料|文件|條件|資格|補助|手續|活動)|"
    "(?:準備|帶|需要|先辦)(?:什麼|哪些)|(?:要|該|可以)怎麼|怎麼(?:辦|申請|查|繳|補|換|丟|預約|註冊|掛號|報名|去|走|算|用|租|借|退|買|領|回收|報|"
    "寫|填|找|登記|聯絡|打|樣|約|看|坐|搭|過戶)|想(?:要)?(?:申請|報名|預約|辦|認養|領養|登記|當志工|借)"
    "|(?<![a-z])(?:how (?:do|can|many|much|long|to|early|does)|where (?:can|do|is|are|to)|"
    "when (?:is|does|do|are|will)|what time|"
    "what (?:is|are|can|do|events|documents)|which|who (?:do|can|is)|do (?:i|we) need|may i|"
    "is there an?)(?![a-z])"
)
_WEAK = re.compile(
    "[嗎呢][?!。 啊]*$|[?]$|(?:要|會|能|可|需)不(?:要|會|能|可以|需要)|有沒有|是否|可否|有什麼|幾"
    "|(?<![a-z])(?:can (?:i|we|foreigners|tourists)|is there|are there|does the|is the)(?![a-z])"
)
_RHETORIC = re.compile(
    "(?:對|合理|公平|應該|可以|行|是|真的|好|正常|夠|知道|離譜|像話|道理)嗎|是不是|不然是|是在|難道|何必|憑什麼|搞什麼|算什麼|有人[管查]|"
    "要不要(?:去)?[查管處]|該怎麼[選活辦]$|怎麼活|一個月.{0,6}才|取消了|漲"
)
_COMPLAINS = re.compile(
    "壞|故障|當機|漏水|漏電|滲水|塞住|塞車|堵住|阻塞|不通|不亮|不動|不停|不來|不等|不理|不修|不處理|失靈|失敗|失效|錯誤|髒|[好很太超]臭|臭味|惡臭|"
    "吵|噪音|亂[停丟倒按收擺貼]|違[停建規]|拒[載絕]|過站|脫班|誤點|提早走|沒[下人來有]*(?:下來|修|處理|來收|來)|都不|都沒|一直|又[壞停漏]|"
    "還沒|還是[不沒]|為什麼|為何|怎麼(?:又|都|還|這麼|那麼|不|沒|會|可以|老是|一堆)|到底|才[要會能]|派人|請人|來清|清水溝|加裝|增設|增加|設置|改善|建議|希望|"
    "盡快|儘快|儘速|取締|拖走|清一?[下掉理]|修[剪復理一]|修好我|占[用滿線]|佔[用滿線]|霸占|破[洞損掉]|破了|坑洞|翹起|鬆動|歪|倒了|斷|裂|積水|淹|"
    "蚊|蟑螂|老鼠|屍體|沒水|沒電|停電[了一二三四五六七八九十0-9]|吞[錢卡]|扣[了兩款錢]|重複扣|多收|被騙了|詐|態度|很爛|太[少慢久小吵暗高擠]|[好很太]危險|"
    "沒有?(?:衛生紙|紙|冷氣|遮|位[子置]|座位|扶手|垃圾桶)|開車?得?[好很太]快|[好很太](?:燙|晃|滑)|刷不過|登不|讀不|看不[到清]|打不[通進]|進不去|用不了|不能用|不見了(?!.*(?:補|辦|繳|找|怎麼))|亮不起來|擠|追人|咬"
    "|(?<![a-z])(?:broken|leak(?:s|ing)?|still|never|out of order|blocked|dirty|noisy|"
    "smells?|stinks?|skipped|late again|disgusting|filthy|slippery|annoying|worms?|mold|"
    "would be nice|should (?:be|have)|almost hit|can(?:not|'?t) (?:sleep|breathe|cross|pass)|"
    "too (?:loud|slow|small|few|dark|hot|cold|fast|expensive|short|crowded|dirty)|"
    "so (?:many|slow|dirty|loud|dark)|no (?:hot water|water|power|lights?|sign)|"
    "why|not working|does(?: not|n't) work|rude|dangerous|please (?:fix|send|repair)|"
    "crashed|pothole)(?![a-z])"
)
_THANKS = re.compile(
    "謝|感恩|感激|讚|棒|厲害|親切|用心|貼心|溫暖|表揚|稱讚|嘉許|辛苦|給.{0,4}(?:掌聲|拍手|好評)|大推|推推|修好了|處理好了|亮了|亮起來"
    "|(?<![a-z])(?:thanks?|thx|great|good job|well done|love|lovely|wonderful|awesome|"
    "beautiful|kind|friendly)(?![a-z])"
)


_MARKS = re.compile(r"[^\w\s]")

_BUT = re.compile("但|不過|可是|只是|結果|又|(?<![a-z])(?:but|however|again)(?![a-z])")
"""What turns thanks into a complaint."""


def asks(prepared: str) -> bool:
    """Whether the text asks how, where or when something is done, and complains of nothing."""
    short = len(prepared) if not prepared.isascii() else len(prepared) // 2
    formed = _ASKS.search(prepared) or (short <= WEAK and _WEAK.search(prepared))
    if not formed or short > QUESTION:
        return False
    return not _COMPLAINS.search(prepared) and not _RHETORIC.search(prepared)


def bare(prepared: str) -> bool:
    """Whether the text is so short that what it names is all that it says, and thanks for nothing:
    老鼠, 哈囉 路燈, garbage truck."""
    said = _MARKS.sub("", prepared)
    short = len(said) <= (BARE if not said.isascii() else BARE * 3)
    return short and not _THANKS.search(said)


def complains(prepared: str) -> bool:
    """Whether the text says that something is wrong, and is no mere thanks."""
    if not _COMPLAINS.search(prepared):
        return False
    return bool(_BUT.search(prepared)) or not _THANKS.search(prepared)
