"""Names of people, by the words that lead to them: 我叫, 我是, 敝姓, 聯絡人, my name is."""

from __future__ import annotations

_SURNAMES = (
    "(?:歐陽|司馬|諸葛|上官|張簡|范姜|司徒|[陳林黃張李王吳劉蔡楊許鄭謝洪郭邱曾廖賴徐周葉蘇莊呂江何蕭羅高潘簡朱"
    "鍾游彭詹胡施沈余盧梁趙顏柯翁魏孫戴范方宋鄧杜傅侯曹薛丁卓阮馬董温溫唐藍石蔣古紀姚連馮歐程湯田康姜汪鄒尤巫"
    "鐘黎涂龔嚴韓袁金童陸夏柳凃邵錢伍倪駱譚于甘萬熊任秦史白牛賀萇常俞池滕毛粘章裴陶喬尹闕翟凌祝霍聶辛岳麥喻葛季苗樊符])"
)
# Words that begin like a name: 我是高中生, 我是石牌人, 我叫黃色計程車.
_NO_NAMES = (
    "(?!高[中職齡年三二一雄鐵血工商樓層級壓度中]|石[牌門材]|馬[偕來路上祖祖]|施[工主]|程[式度序]|金[融門山屬錢牛]|古[亭董蹟]"
    "|溫[州泉]|江[南子北翠湖]|夏天|方[便才案面]|康復|連[續江鎖任日假夜]|周[邊圍末日一二三四五六]|田[徑中]|董事|童[軍工年]"
    "|黃[色昏金石線牛]|白[天色領目]|簡單|何[時處必況等]|許[多可願]|葉[子黃]|任[何職教務]|常[常客態年]|史[上前]|池塘|于是|甘"
    "願|毛小孩|毛孩|萬[一華事分芳隆]|唐[氏突]|湯圓|林[口森蔭務邊]|游[泳客]|曾[經祖在]|謝謝|謝[絕天]|余額|張貼|章[程魚]|藍[領色線]|王[子"
    "八]|牛[肉奶]|錢[包都]|秦始|羅斯|宋代|麥當|祝福|辛苦|季節|苗栗|霍亂|陶瓷|符合|凌晨|岳[父母]|小[孩弟妹朋時姐心吃]|阿[公嬤姨伯媽爸])"
)
_HAN = "[\u4e00-\u9fff]"
_TITLE = "(?:先生|小姐|太太|女士|媽媽|爸爸|奶奶|爺爺|伯伯|阿姨|叔叔|老師|同學)"
_STOP = r"(?:$|[\s,.!?;:/，。！？；：、()（）\[〔啦喔哦耶])"
_END = rf"(?={_STOP}|{_TITLE})"
_LOOSE = rf"(?={_STOP}|{_TITLE}|[住在是的想要有租來叫]|電話|手機|身[分份]|今年|敬上|信箱)"

_ROLE = "(?:住戶|市民|里民|屋主|房客|家長|承租人|學生)?"
_FORM = (
    r"(?:姓名|聯絡人|連絡人|陳情人|申請人|報案人|通報人|反映人|檢舉人|填表人|投訴人|持卡人)(?:姓名)?"
    r"\s*(?:是|為|叫)?\s*[:：/]?\s*"
)
_CALLED = "我叫做?|我的?名字(?:是|叫做?)|我名叫|本名(?:是|叫)?"
_LATIN = r"(?-i:[A-Z][a-z]+(?: [A-Z][a-z]+){0,2})"
_ENGLISH = r"[a-z](?:['’]?[a-z]|-[a-z])*(?-i:(?: [A-Z](?:['’]?[A-Za-z]|-[A-Za-z])*){0,3})"
_NO_ENGLISH = (
    "(?!(?:wrong|not|no|on|in|missing|incorrect|incorrectly|misspelled|spelled|still|being|written|"
    "listed|the|never|also|different|too|already|always|now)(?![a-z]))"
)

EXPRESSIONS: tuple[str, ...] = (
    rf"(?P<keep>{_CALLED}|{_FORM}){_NO_NAMES}"
    rf"(?:{_SURNAMES}(?={_TITLE})|{_SURNAMES}{_HAN}{{1,2}}?{_LOOSE}|[阿小]{_HAN}{_LOOSE}"
    rf"|{_SURNAMES}{_HAN}{{2}}|{_LATIN})",
    rf"(?P<keep>我是{_ROLE}|我叫{_ROLE}){_NO_NAMES}{_SURNAMES}{_HAN}{{0,2}}?{_END}",
    rf"(?P<keep>(?<![百同冠改原從夫母父貴])姓){_NO_NAMES}{_SURNAMES}{_HAN}{{0,2}}?{_LOOSE}",
    rf"(?P<keep>本人){_NO_NAMES}{_SURNAMES}{_HAN}{{0,2}}?(?={_STOP}|{_TITLE}|住)",
    rf"(?<!{_HAN}){_NO_NAMES}{_SURNAMES}{_HAN}{{1,2}}(?=\s?(?:敬上|謹上|謹啟|敬啟|拜上|叩上))",
    rf"(?P<keep>市民|里民|住戶|學生)\s?{_NO_NAMES}{_SURNAMES}{_HAN}{{1,2}}(?=\s?(?:敬|謹|拜)?上\s*$)",
    rf"(?P<keep>my (?:full )?name(?: is|['’]s) |(?<![a-z])(?:name|contact(?: person)?) ?[:：] ?)"
    rf"{_NO_ENGLISH}{_ENGLISH}",
)
"""What names look like; what the group `keep` holds stays in the text."""
