"""Sets of values that say what a field is about: religions, marital states, blood types.

Where a field's name speaks of the entity, each known value counts. Without such a name nearly all
distinct values must be known, and three of them must be words that mean nothing else: "single" and
"white" are also tickets and colours. Words are folded: lower case, no accents, ``_`` for blanks.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scanner.classify.words import bag, fold

_LONGEST = 80  # signs of a value of a set; what is longer is text
_MOST = 80  # distinct values of a set; a field with more is no set, and its name decides
_NEARLY = 0.9
_TELLING = 3
_GAP = re.compile(r"[\W_]+")
_BOTH = re.compile(r"(?<=[a-z]{4})_(?:a|o|e|in|ne|iere)$")  # "solteiro(a)", "verwitwet/e"


@dataclass(frozen=True, slots=True)
class ValueSet:
    """Words of one entity; ``vague`` ones also mean other things."""

    entity: str
    telling: frozenset[str]
    vague: frozenset[str] = frozenset()
    alone: bool = True  # may be found without a name

    def __contains__(self, text: str) -> bool:
        word = plain(text)
        return word in self.telling or word in self.vague

    def covers(self, words: frozenset[str]) -> bool:
        """Tell whether the distinct words of a field without a telling name are this set."""
        sure = words & self.telling
        if not self.alone or len(sure) < _TELLING:
            return False
        return len(sure | words & self.vague | words & _EMPTY) >= _NEARLY * len(words)


def words_of(values: Sequence[str]) -> frozenset[str]:
    """Return the distinct words of a field that may be a set; none when it is too long for one."""
    if len(values) > _MOST or any(len(value) > _LONGEST for value in values):
        return frozenset()
    return frozenset(word for value in values if (word := plain(value)))


def plain(text: str) -> str:
    """Return a value as the lists have it: folded, lower case, ``_`` for what is no letter."""
    return _BOTH.sub("", _GAP.sub("_", fold(text).lower()).strip("_"))


_EMPTY = bag(
    """none other unknown not_stated not_specified prefer_not_to_say undisclosed declined n_a na
    null no_answer other_unknown autre inconnu aucun sonstige unbekannt keine andere otro otra
    desconocido ninguno ninguna altro sconosciuto nessuna anders onbekend geen outro outra"""
)
_MARITAL = bag(
    """married unmarried never_married divorced widowed widow widower legally_separated
    civil_partnership registered_partnership domestic_partnership common_law cohabiting remarried
    marie mariee celibataire divorce divorcee veuf veuve pacse pacsee concubinage union_libre
    verheiratet ledig geschieden verwitwet eingetragene_lebenspartnerschaft
    casado casada soltero soltera divorciado divorciada viudo viuda union_de_hecho pareja_de_hecho
    coniugato coniugata sposato sposata celibe nubile divorziato divorziata vedovo vedova
    gehuwd getrouwd ongehuwd weduwe weduwnaar samenwonend gescheiden
    solteiro solteira divorciada viuvo viuva uniao_estavel
    gift ogift skild skilt ugift fraskilt zonaty zamezna zonaty_vdana zonaty_zamezna rozwiedziony
    rozwiedziona wdowiec wdowa kawaler panna mezatka nos hajadon elvalt ozvegy
    casatorit casatorita necasatorit necasatorita divortat divortata evli bekar bosanmis dul"""
)
_MARITAL_VAGUE = bag(
    """single separated partner partnered engaged m s d w c v l separe separee getrennt separado
    separada separato separata libero partnerschaft civil_union concubin fiance uniao juntado
    conviviente"""
)
_RELIGION = bag(
    """catholic roman_catholic protestant lutheran evangelical_lutheran anglican methodist baptist
    presbyterian pentecostal calvinist mormon latter_day_saints jehovah_s_witness jehovahs_witness
    adventist quaker christian christianity greek_orthodox russian_orthodox eastern_orthodox coptic
    muslim islam islamic sunni shia shiite sufi jewish judaism hindu hinduism buddhist buddhism sikh
    sikhism jain jainism taoist shinto bahai zoroastrian pagan wiccan rastafarian atheist agnostic
    catholique protestante chretien chretienne musulman musulmane juif juive bouddhiste hindouiste
    athee agnostique katholisch evangelisch romisch_katholisch muslimisch islamisch judisch
    konfessionslos buddhistisch hinduistisch catolico catolica cristiano cristiana musulmana
    judio judia budista ateo atea cattolico cattolica ebreo ebraica ebrea buddista musulmano
    katholiek hervormd gereformeerd moslim joods boeddhist hindoe evangelico evangelica muculmano
    muculmana judeu judaica ateu katolicki prawoslawny ortodox greco_catolic romano_catolic
    islamisch_sunnitisch evangelisch_lutherisch evangelisch_reformiert christlich_orthodox"""
)
_RELIGION_VAGUE = bag(
    """orthodox reformed spiritual no_religion secular rk ev ak vd lt ohne konfession unitarian
    orthodoxe orthodoxa ortodossa evangelical humanist none_stated folk_religion sans_religion
    ohne_bekenntnis sin_religion freikirchlich islamic_faith"""
)
_ETHNIC = bag(
    """caucasian african_american hispanic latino latina latinx asian_american native_american
    alaska_native american_indian pacific_islander native_hawaiian black_or_african_american
    american_indian_or_alaska_native native_hawaiian_or_other_pacific_islander hispanic_or_latino
    not_hispanic_or_latino non_hispanic white_british white_irish black_african black_caribbean
    black_british asian_british bangladeshi_british mixed_race multiracial biracial
    two_or_more_races roma romani gypsy_or_irish_traveller middle_eastern south_asian
    east_asian southeast_asian
    afro_caribbean maori aboriginal torres_strait_islander first_nations inuit metis mestizo mulatto
    mestico pardo parda preto preta indigena afrodescendiente afro_american white_non_hispanic
    black_non_hispanic asian_or_pacific_islander white_and_asian white_and_black_caribbean
    other_white other_asian other_black any_other_white_background eurasian kurdish tamil han
    yoruba igbo hausa zulu xhosa"""
)
_ETHNIC_VAGUE = bag(
    """white black asian mixed arab african european indian pakistani bangladeshi chinese japanese
    korean vietnamese filipino native coloured branca amarela jewish turkish irish british
    other_race other_ethnic_group some_other_race blanco negro weiss schwarz"""
)
_ORIENTATION = bag(
    """heterosexual homosexual bisexual gay lesbian asexual pansexual queer demisexual
    heterosexuel heterosexuelle homosexuel homosexuelle bisexuel bisexuelle lesbienne asexuel
    heterosexuell homosexuell bisexuell lesbisch schwul pansexuell asexuell heterosexuala
    eterosessuale omosessuale bisessuale lesbica lesbiana heteroseksueel homoseksueel biseksueel
    heterossexual homossexual bissexual gay_or_lesbian straight_heterosexual"""
)
_ORIENTATION_VAGUE = bag("straight hetero homo bi questioning curious fluid same_sex")
_POLITICAL = bag(
    """democrat democratic republican libertarian conservative liberal labour labor socialist
    communist green greens independent social_democrat social_democratic christian_democrat
    nationalist centrist progressive left right far_left far_right centre center left_wing
    right_wing lib_dem liberal_democrat snp plaid_cymru ukip reform_uk sinn_fein fianna_fail
    fine_gael cdu csu spd fdp afd die_linke linke bundnis_90_die_grunen die_grunen grune
    republicains les_republicains rassemblement_national lfi eelv renaissance modem
    parti_socialiste pcf psoe pp vox podemos sumar erc junts pnv forza_italia lega
    fratelli_d_italia partito_democratico movimento_5_stelle vvd d66 pvv pvda groenlinks cda
    ps psd chega iniciativa_liberal ovp spo fpo neos pis platforma_obywatelska lewica fidesz
    pt psdb psol pl mdb morena pri pan no_party unaffiliated non_partisan"""
)
_UNION = bag(
    """ver_di verdi ig_metall ig_bau igbce gew ngg evg gdp dgb dbb cgt cfdt cgt_fo force_ouvriere
    cfe_cgc cftc unsa solidaires sud fsu cgil cisl uil ugl cobas ccoo ugt uso csif fnv cnv vcp
    acv_csc abvv_fgtb aclvb_cgslb unison unite gmb usdaw nasuwt neu rmt aslef cwu pcs ucu
    afl_cio seiu afscme uaw teamsters ufcw ibew nea aft lo tco saco akava sak solidarnosc opzz"""
)
_BLOOD = re.compile(
    r"(?i)(?:a|b|ab|o|0)\s?(?:\+|-|[−–]"
    r"|(?:rh(?:esus)?[ (]*)?(?:pos(?:itive?)?|neg(?:ative?)?|\+|-)\)?|rh(?:\(d\))?\s?[+-])"
)

SETS: Mapping[str, ValueSet] = {
    "EthnicityRecognizer": ValueSet("ETHNICITY", _ETHNIC, _ETHNIC_VAGUE),
    "MaritalStatusRecognizer": ValueSet("MARITAL_STATUS", _MARITAL, _MARITAL_VAGUE),
    "PoliticalRecognizer": ValueSet("POLITICAL_AFFILIATION", _POLITICAL, alone=False),
    "ReligionRecognizer": ValueSet("RELIGION", _RELIGION, _RELIGION_VAGUE),
    "SexualOrientationRecognizer": ValueSet("SEXUAL_ORIENTATION", _ORIENTATION, _ORIENTATION_VAGUE),
    "TradeUnionRecognizer": ValueSet("TRADE_UNION", _UNION, alone=False),
}
"""By recognizer."""


def blood_types(values: Sequence[str], *, named: bool) -> list[int]:
    """Return the indexes of blood types; without a name all values must be, one of them AB or O.

    "A+", "B-" alone are marks of a school.
    """
    if not named and len(values) > _MOST:
        return []
    texts = [value.strip() for value in values]
    found = [at for at, text in enumerate(texts) if _BLOOD.fullmatch(text)]
    if named:
        bare = {"a", "b", "ab", "o", "0"}
        return [at for at, text in enumerate(texts) if at in found or text.lower() in bare]
    kinds = {texts[at].upper()[:2].rstrip("+- ") for at in found}
    whole = len(found) == len(texts) and len(texts) >= _TELLING
    return found if whole and kinds & {"AB"} and kinds & {"O", "0"} else []
