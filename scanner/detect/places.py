"""Countries, regions and towns by name, loaded once when first needed."""

import functools
import importlib
from collections.abc import Iterable

from scanner.classify.words import bag, fold
from scanner.countries import countries

_COUNTRY_NAMES = (
    *("de_DE", "en", "es", "fr_FR", "it_IT", "nl_NL", "pt_BR", "pt_PT", "cs_CZ", "da_DK", "el_GR"),
    *("fi_FI", "hr_HR", "hu_HU", "sk_SK", "sl_SI", "sv_SE", "ru_RU", "uk_UA", "ja_JP", "ko_KR"),
    "zh_CN",
)
_REGIONS = (
    *("de_AT", "de_CH", "de_DE", "en_AU", "en_CA", "en_GB", "en_IN", "en_US", "es_ES", "es_MX"),
    *("fr_CA", "fr_CH", "fr_FR", "it_IT", "nl_BE", "nl_NL", "pt_BR", "pt_PT", "pl_PL", "cs_CZ"),
    *("sl_SI", "hr_HR", "hu_HU", "ro_RO", "el_GR", "sv_SE", "fi_FI", "ru_RU", "uk_UA", "ja_JP"),
    *("ko_KR", "zh_CN"),
)
_LISTS = (
    *("states", "states_abbr", "provinces", "provinces_abbr", "cantons", "departments", "regions"),
    *("counties", "estados", "distritos", "prefectures", "region_names", "region_republics"),
    *("region_krai", "region_oblast"),
)
# Locales whose list holds towns that people know, not each village: those bear names of persons.
_TOWNS = (
    *("de_AT", "de_CH", "de_DE", "pl_PL", "cs_CZ", "sl_SI", "hr_HR", "ro_RO", "el_GR", "fi_FI"),
    *("sv_SE", "pt_PT", "ru_RU", "uk_UA", "ja_JP", "ko_KR", "zh_CN", "hu_HU"),
)
_TOWN_LISTS = ("cities", "city_names", "real_city_names")
# In no list, or in lists of villages: capitals and the large cities of countries without a list.
_TOWNS_MORE = (
    "aalborg|aarhus|abidjan|accra|addis ababa|aix en provence|algiers|almeria|amiens|"
    "amsterdam|angers|ankara|antalya|antwerp|antwerpen|athens|atlanta|auckland|augsburg|"
    "austin|baghdad|baltimore|bangalore|bangkok|barcelona|bari|basel|beijing|beirut|belfast|"
    "belgrade|bergen|berlin|bern|bielefeld|bilbao|birmingham|bochum|bogota|bologna|bonn|"
    "bordeaux|boston|brasilia|bratislava|bremen|brest|brisbane|bristol|bruges|brugge|"
    "brussels|bruxelles|bucharest|budapest|buenos aires|burgas|cairo|calgary|cape town|"
    "caracas|cardiff|casablanca|catania|charleroi|chicago|cleveland|coimbra|cologne|"
    "copenhagen|cordoba|curitiba|dakar|dallas|debrecen|delhi|den haag|denver|detroit|dhaka|"
    "dijon|doha|dortmund|dresden|dubai|dublin|duisburg|dusseldorf|edinburgh|eindhoven|essen|"
    "firenze|florence|fortaleza|frankfurt|frankfurt am main|geneva|geneve|genoa|genova|gent|"
    "ghent|glasgow|goteborg|granada|grenoble|groningen|guadalajara|gyor|hamburg|hannover|"
    "hanoi|havana|helsinki|hong kong|houston|istanbul|izmir|jakarta|jerusalem|johannesburg|"
    "karachi|karlsruhe|kathmandu|kaunas|kiev|kinshasa|kobenhavn|koln|kuala lumpur|kyiv|kyoto|"
    "la paz|lagos|lausanne|le havre|le mans|leeds|leicester|leipzig|leuven|liege|lille|lima|"
    "limoges|lisboa|lisbon|liverpool|ljubljana|london|los angeles|luanda|luxembourg|lyon|"
    "madrid|malaga|malmo|manchester|manila|mannheim|maputo|marseille|medellin|melbourne|"
    "messina|metz|mexico city|miami|milan|milano|minneapolis|minsk|monaco|monterrey|"
    "montevideo|montpellier|montreal|moscow|mumbai|munchen|munich|munster|murcia|nairobi|"
    "namur|nancy|nantes|naples|napoli|new delhi|new york|new york city|nice|nijmegen|nimes|"
    "nottingham|nurnberg|odense|osaka|oslo|ottawa|oxford|padova|palermo|palma|pamplona|paris|"
    "parma|pecs|perpignan|perth|philadelphia|phoenix|plovdiv|poitiers|portland|porto|"
    "porto alegre|prague|praha|quebec|quito|rabat|recife|reims|rennes|reykjavik|riga|"
    "rio de janeiro|riyadh|roma|rome|rotterdam|rouen|sacramento|saint etienne|salvador|"
    "san diego|san francisco|san jose|santander|santiago de chile|sao paulo|sarajevo|seattle|"
    "seoul|sevilla|seville|shanghai|sheffield|singapore|skopje|sofia|southampton|"
    "st petersburg|stavanger|stockholm|strasbourg|stuttgart|sydney|szeged|taipei|tallinn|"
    "tartu|tbilisi|tehran|tel aviv|the hague|tilburg|tirana|tokyo|toledo|torino|toronto|"
    "toulon|toulouse|tours|trieste|tripoli|trondheim|tunis|turin|uppsala|utrecht|valencia|"
    "valladolid|valletta|vancouver|varna|venezia|venice|verona|vienna|vigo|vilnius|warsaw|"
    "washington|wellington|wiesbaden|wuppertal|yerevan|zagreb|zaragoza|zurich|京都|台北|名古屋|大阪|"
    "札幌|東京|横浜|福岡|高雄|부산|서울|서울특별시"
)
# Usual, but in no list.
_COUNTRY_MORE = bag(
    """usa u.s.a. uk u.k. england scotland wales great-britain holland russia south-korea
    north-korea vietnam czech-republic czechia taiwan iran syria deutschland"""
)


def _plain(text: str) -> str:
    return fold(text).strip().lower().replace("-", " ")


def _listed(locale: str, names: Iterable[str]) -> set[str]:
    """Collect some lists of one locale; pairs are (code, name)."""
    provider = importlib.import_module(f"faker.providers.address.{locale}").Provider
    out: set[str] = set()
    for name in names:
        for item in getattr(provider, name, ()):
            out.update(_plain(str(part)) for part in (item if isinstance(item, tuple) else (item,)))
    return {item for item in out if not item.isdigit()}


@functools.cache
def _countries() -> frozenset[str]:
    from faker.providers.address import Provider

    out = {_plain(word) for word in _COUNTRY_MORE}
    for code, name in countries().names.items():
        out |= {code.lower(), _plain(name)}
    out |= {code.lower() for code in Provider.alpha_3_country_codes}
    for locale in _COUNTRY_NAMES:
        out |= _listed(locale, ("countries",))
    return frozenset(out)


@functools.cache
def _regions() -> frozenset[str]:
    out: set[str] = set()
    for locale in _REGIONS:
        out |= _listed(locale, _LISTS)
    return frozenset(out)


@functools.cache
def _towns() -> frozenset[str]:
    out = {_plain(name) for name in _TOWNS_MORE.split("|")}
    for locale in _TOWNS:
        out |= _listed(locale, _TOWN_LISTS)
    return frozenset(out)


def is_city(text: str) -> bool:
    """Tell whether a value is a known town; some are names of persons: Florence, Sofia."""
    return _plain(text) in _towns()


def is_country(text: str) -> bool:
    """Tell whether a value is the name or code of a country."""
    return _plain(text) in _countries()


def is_region(text: str) -> bool:
    """Tell whether a value is the name or code of a state, province, canton, county or the like."""
    plain = _plain(text)
    return plain in _regions() or plain.removesuffix(" county") in _regions()
