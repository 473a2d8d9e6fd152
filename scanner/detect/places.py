"""Countries and regions by name, loaded once when first needed."""

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


def is_country(text: str) -> bool:
    """Tell whether a value is the name or code of a country."""
    return _plain(text) in _countries()


def is_region(text: str) -> bool:
    """Tell whether a value is the name or code of a state, province, canton, county or the like."""
    plain = _plain(text)
    return plain in _regions() or plain.removesuffix(" county") in _regions()
