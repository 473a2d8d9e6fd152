"""Given names and surnames of many locales, loaded once when first needed.

The names of ``LOCALES`` are known well enough to stand alone in prose. Those of ``MORE`` are words
in other languages too often: a given name of theirs needs a surname beside it, or a field named so.
"""

import functools
import importlib
import re
from collections.abc import Mapping

from scanner.classify.words import bag, fold
from scanner.detect.romanise import romanised
from scanner.vocabulary import said

LOCALES = (
    "de_AT",
    "de_DE",
    "en_GB",
    "en_IE",
    "en_US",
    "es_ES",
    "fr_BE",
    "fr_CA",
    "fr_FR",
    "it_IT",
    "nl_NL",
    "pl_PL",
    "pt_BR",
    "pt_PT",
    "sv_SE",
)

MORE = (
    *("bg_BG", "cs_CZ", "da_DK", "el_GR", "en_IN", "es_CA", "et_EE", "fi_FI", "fr_CH", "fr_DZ"),
    *("hr_HR", "hu_HU", "id_ID", "lt_LT", "lv_LV", "nl_BE", "no_NO", "pl_PL", "ro_RO", "ru_RU"),
    *("sk_SK", "sl_SI", "tr_TR", "uk_UA", "vi_VN", "ja_JP", "zh_CN", "zh_TW", "ar_AA", "he_IL"),
)
_OTHER_LETTERS = ("bg_BG", "el_GR", "ru_RU", "uk_UA")
# The usual Korean surnames as Koreans write them in Latin letters: in no list.
_KOREAN = bag(
    """kim lee park choi jung jeong kang cho yoon jang lim han shin seo kwon hwang ahn song hong yoo
    jeon moon yang bae baek heo nam shim noh ha kwak sung cha joo woo koo min ryu jin eom chae
    won bang cheon gong hyun ham byun yeom chu doh"""
)
# Given names that are words, places or months too: no proof of a person on their own.
AMBIGUOUS = bag(
    """april art august autumn bill bob bradford brooklyn carol chance charity chase chelsea
    christian clay crystal dakota dale dallas dawn dean denver destiny drew eden faith florence
    ford frank georgia grace grant guy heather holly hope hunter iris ivy jack jade jasmine jean
    jersey jesus jordan joy june king kelly lance lane laurel lee lily lincoln london madison
    major mark marina martin mason max may melody mercedes mercy miles miller misty norman olive
    paris parker pat patience pearl penny pierce pierre prince princess ray reed rich rob robin
    rocky rose ruby ruth rusty sandy savannah sierra sky skylar star sterling stone storm sue
    summer sydney taylor terry tiffany trinity troy tucker valentine van vera victor victoria
    violet virginia wade walker ward will windy wood alba alma angel angeles asuncion carmen
    concepcion consuelo cruz dolores domingo encarnacion luz maria mercedes milagros noel nieves
    pilar rosario santiago sol soledad paz aurore clemence constant desire fidele france honore
    innocent juste lune modeste parfait prudence reine rolland blanche claire marine emile ernst
    hans kai sven axel bernd anna may sun mini log test java per job lot mar par sep sol mio jet
    tea fem una uno pol edu del lex dom cal gun don bas ruby perl dash python sam alexa siri
    cortana daemon"""
)
TITLES = bag(
    """mr mrs ms miss dr prof sir mme mlle m herr frau sr sra dott ing jr iii ii phd md dds dvm pan
    pani panna mgr mudr judr dipl fru frk"""
)
PARTICLES = bag(
    "de la le du des da di do dos das van von der den del della el al bin ter ten zu y e"
)
# In capitals at the start of a sentence or a label, and in the name book.
NO_NAMES = bag(
    """the this that and for with from user users client server error failed session order status
    new york san los saint st north south east west united great hello dear regards best thanks
    street avenue road house company inc ltd gmbh llc corp bank hotel group team service services
    monday tuesday wednesday thursday friday saturday sunday january february march april may june
    july august september october november december
    mbh ag kg ohg kgaa limited plc pvt pte bhd sarl sas eurl srl spa ltda bvba bv nv oyj aps kft zrt
    doo dooel sro spol uab eood ood ead ooo oao zao holding holdings stiftung fondation verein
    s.a s.p.a s.r.l s.r.o s.a.s s.l d.o.o b.v n.v a.s z.o.o o.o e.v e.k"""
)

# What a word of the book is; TWICE: a given name that is a common word too.
GIVEN, FAMILY, TWICE, TITLE, PARTICLE, NO_NAME = 1, 2, 4, 8, 16, 32


_GIVEN_LISTS = (
    *("first_names", "first_names_male", "first_names_female", "first_names_nonbinary"),
    *("first_names_unisex", "first_romanized_names"),
)
_FAMILY_LISTS = (
    *("last_names", "last_names_male", "last_names_female", "last_names_unisex"),
    *("male_last_names", "unisex_last_names", "last_romanized_names", "middle_names"),
)


def _listed(locale: str, names: tuple[str, ...]) -> set[str]:
    """Collect the names of one locale's provider, folded and in lower case."""
    provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
    found: set[str] = set()
    for attribute in names:
        found.update(getattr(provider, attribute, ()))
    # All at once: folding name by name takes five times as long.
    return {name for name in fold("\n".join(found)).lower().split("\n") if len(name) > 1}


@functools.cache
def given_names() -> frozenset[str]:
    """Return the given names, lower case and without accents."""
    out: set[str] = set()
    for locale in LOCALES:
        out |= _listed(
            locale,
            ("first_names", "first_names_male", "first_names_female", "first_names_nonbinary"),
        )
    return frozenset(out)


# The most frequent Japanese surnames: the list of the locale is short.
_JAPANESE = bag(
    """佐藤 鈴木 高橋 田中 伊藤 渡辺 渡邊 渡部 山本 中村 小林 加藤 吉田 山田 佐々木 山口 松本
    井上 木村 林 斎藤 斉藤 清水 山崎 森 池田 橋本 阿部 石川 山下 中島 石井 小川 前田 岡田 長谷川
    藤田 後藤 近藤 村上 遠藤 青木 坂本 福田 太田 西村 藤井 金子 岡本 藤原 中野 三浦 原田 中川
    松田 竹内 小野 田村 中山 和田 石田 森田 上田 原 内田 柴田 酒井 宮崎 横山 高木 安藤 宮本 大野
    小島 谷口 工藤 今井 高田 増田 丸山 杉山 村田 大塚 新井 小山 平野 藤本 河野 上野 野口 武田
    松井 千葉 菅原 岩崎 久保 木下 佐野 野村 松尾 市川 菊地 杉本 古川 大西 島田 水野 桜井 高野
    吉川 山内 西田 飯田 菊池 西川 小松 北村 安田 五十嵐 川口 平田 関 中田 久保田 服部 東 岩田
    土屋 川崎 福島 本田 辻 樋口 秋山 田口 永井 山中 中西 吉村 川上 大橋 石原 松岡 浜田 馬場 森本
    矢野 浅野 松下 星野 大久保 吉岡 小池 野田 荒木 大谷 熊谷 松浦 内藤 黒田 尾崎 永田 川村 望月
    松村 田辺 荒井 堀 片山 広瀬 西 本間 早川 横田 岡崎 須藤 大島 栗原 平井 高山"""
)


@functools.cache
def _cjk_surnames() -> frozenset[str]:
    out: set[str] = set()
    for locale in ("ja_JP", "ko_KR", "zh_CN", "zh_TW"):
        provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
        out.update(str(name) for name in provider.last_names)
    return frozenset(name for name in out if not name.isascii()) | _JAPANESE


_READING = re.compile("[\u3041-\u30ff]{1,8}[ \u3000][\u3041-\u30ff]{1,8}")


def _cjk(char: str) -> bool:
    return "\u3040" <= char <= "\u9fff" or "\uac00" <= char <= "\ud7a3"


def is_cjk_name(text: str) -> bool:
    """Tell whether two to five Chinese, Japanese or Korean signs begin as a name does.

    Or two words of kana: how a Japanese name is read.
    """
    if _READING.fullmatch(text.strip()):
        return True
    bare = text.strip().replace(" ", "").replace("\u3000", "").replace("\u00b7", "")
    if not 2 <= len(bare) <= 5 or not all(map(_cjk, bare)):
        return False
    return any(bare[:size] in _cjk_surnames() for size in (1, 2, 3) if size < len(bare))


@functools.cache
def surnames() -> frozenset[str]:
    """Return the surnames, lower case and without accents."""
    out: set[str] = set()
    for locale in LOCALES:
        out |= _listed(locale, ("last_names", "last_names_male", "last_names_female"))
    return frozenset(out)


def _more(names: tuple[str, ...]) -> set[str]:
    """Collect the names of the further locales and, of Cyrillic and Greek, how they are romanised.

    Words of messages are left out: "he" and "long" are surnames, romanised.
    """
    out: set[str] = set()
    for locale in MORE:
        listed = _listed(locale, names)
        out |= listed
        if locale in _OTHER_LETTERS:
            out |= romanised("\n".join(listed))
    return out - said(out)


@functools.cache
def kinds() -> Mapping[str, int]:
    """Return what each word of the book is, as a sum of the ``GIVEN`` to ``NO_NAME`` signs.

    One look-up for each word of each value: asking six sets took most of the time.
    """
    out: dict[str, int] = {}
    lists = (
        (GIVEN, given_names()),
        (FAMILY, surnames()),
        (TWICE, AMBIGUOUS),
        (TITLE, TITLES),
        (PARTICLE, PARTICLES),
        (NO_NAME, NO_NAMES),
    )
    for name in _more(_GIVEN_LISTS):
        # Names of other scripts are no words of the languages around them.
        out[name] = GIVEN | TWICE if name.isascii() else GIVEN
    for name in _more(_FAMILY_LISTS) | _KOREAN:
        out[name] = out.get(name, 0) | FAMILY
        if name.endswith(("ski", "cki", "dzki")):  # her name: the lists have his
            out[f"{name[:-1]}a"] = out.get(f"{name[:-1]}a", 0) | FAMILY
    for sign, words in lists:
        for word in words:
            # What is known well is no doubtful name of another locale.
            doubt = TWICE if sign == GIVEN else 0
            out[word] = out.get(word, 0) & ~doubt | sign
    return out
