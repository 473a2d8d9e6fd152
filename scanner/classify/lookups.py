"""Lists to look things up in: countries, cities, currencies, categories, types.

What such a list says of a place is nobody's address: the country of a city is no more personal than
the country of a river. The same field among customers is.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from scanner.classify import lexicon, subjects
from scanner.classify.evidence import FieldEvidence
from scanner.classify.fit import postal
from scanner.classify.words import bag
from scanner.model import Asset, Field, Kind, Path

# The entries of lists of places.
_PLACES = bag(
    """country countries pays land lander pais paises paese paesi landen city cities ville villes
    stadt stadte ciudad ciudades citta cidade cidades stad steden town towns region regions regionen
    regiones regioni regioes state states etat province provinces provincia provincias provincie
    provinz provinzen bundesland bundeslander county counties landkreis kreis district districts
    bezirk continent continents kontinent kontinente continente municipality municipio municipios
    comune comuni commune communes gemeinde gemeinden gemeente gemeenten territory territories
    zone zones area areas nation nations kraj kraje panstwa wojewodztwa zeme miasta miasto mesto
    mesta okresy orszag orszagok varosok megye megyek judete judet orase tari lander lan fylke
    maakunta ulke ulkeler sehir sehirler ilce iller airport airports flughafen aeroport aeropuerto
    timezone timezones postcode postcodes zip zips plz 国家 城市 省份 地区 страны города 都道府県"""
)
# The entries of lists of kinds.
_KINDS = bag(
    """type types typ typen tipo tipos tipi soort category categories kategorie kategorien categoria
    categorias status statuses state kind kinds class classes genre genres tag tags level levels
    grade grades unit units einheit einheiten einheit priority priorities reason reasons code codes
    role roles rolle rollen currency currencies wahrung wahrungen devise devises moneda monedas
    language languages sprache sprachen langue langues idioma idiomas lingue colour color colours
    colors farbe farben size sizes grosse grossen option options lookup lookups ref reference
    referenz dict dictionary dictionaries enum enums picklist lov parameter parametry setting
    settings slownik ciselnik cisel tarif tarife cennik klasse klassen art arten gruppe gruppen
    group groups"""
)
# Fields that every list may have.
_COMMON = bag(
    """id ids code codes name names title label description desc text value sort order position rank
    parent key slug abbr abbreviation abkurzung short shortname long iso iso2 iso3 alpha alpha2
    alpha3 numeric symbol active enabled default flag deleted created updated modified at on last
    update date nr no num number nummer bezeichnung beschreibung kurzel kurz nom libelle descripcion
    nombre codigo nome descrizione descricao naam omschrijving nazwa kod opis nazev popis nev
    megnevezes nume denumire ad adi aciklama namn benamning nimi koodi lat lon lng latitude
    longitude population area surface capital dial dialing calling prefix timezone tz utc offset
    decimals rate tax free is visible"""
)
_MOST = 12  # fields
_FEW = 0.5  # share of the fields that every list may have, or that name places
_REFERS = frozenset({"country", "locality", "approximate_location"})


@dataclass(frozen=True, slots=True)
class Listed:
    """A list to look something up in. ``of_places`` tells whether its entries are places."""

    of_places: bool
    why: tuple[str, ...]


def where_it_lies(asset: Asset, role: str, field: str, category: str) -> str:
    """Say why a field tells where a thing is rather than whose it is; empty when it may be his.

    ``role`` is that of the asset's rows, thing for lists. The country of each city in a list of
    cities is reference data, and so is that of a river. Among streets, postal codes and telephones
    the same field is part of an address, which may be somebody's. A field that is the entry itself,
    ``city`` in a list of cities, may be part of somebody's address that lies in several assets.
    """
    if role != "thing" or category not in _REFERS:
        return ""
    names = words_of(asset)
    own = {word for word in lexicon.words(field.rsplit(".", 1)[-1]) if not word.isdigit()}
    entry = next((name for name in reversed(names) if name in _PLACES), "")
    if any(subjects.same(word, entry) for word in own) or _reached(asset.fields, postal_too=True):
        return ""
    if entry:
        return "it says where an entry of a list of places lies, which is nobody's address"
    return "it says where a thing is or comes from, which is nobody's address"


def words_of(asset: Asset) -> tuple[str, ...]:
    """Return the words of an asset's own name, the last segment of its path."""
    segments = Path.parse(asset.path).segments if "://" in asset.path else (asset.path,)
    return lexicon.words(segments[-1]) if segments else ()


def listed(asset: Asset, evidence: Sequence[FieldEvidence] = ()) -> Listed | None:
    """Tell whether an asset is a list to look up in; None when it is not.

    The name speaks of places or kinds and of nobody, the
    fields are few and such as every list may have; values that are all different confirm it.
    """
    words = words_of(asset)
    places, kinds = bool(_head(words) & _PLACES), bool(_head(words) & _KINDS)
    if not (places or kinds) or not 0 < len(asset.fields) <= _MOST:
        return None
    if subjects.role_of(words) in ("person", "organisation"):
        return None
    common = [field for field in asset.fields if _common(field, words)]
    if len(common) < _FEW * len(asset.fields) or _reached(asset.fields):
        return None
    if not any(_telling(field, words) for field in common):
        return None  # it only ties two others together
    unique = [item.field.name for item in evidence if _unique(item)]
    if evidence and not unique and any(item.profile.examined > 1 for item in evidence):
        return None
    noun = "places" if places else "kinds"
    why = [f'the asset\'s name "{" ".join(words)}" speaks of a list of {noun}']
    why.append(f"{len(common)} of {len(asset.fields)} fields are such as every list has")
    if unique:
        why.append(f"every value of {unique[0]} is there once")
    return Listed(places, tuple(why))


def _head(words: tuple[str, ...]) -> frozenset[str]:
    """Return the words that may name the entries: of "order_status" and "ref_country" the ends."""
    ends = [word for word in words if not word.isdigit()]
    return frozenset(ends[-1:] + ends[:1] if ends[:1] and ends[0] in _LEADS else ends[-1:])


_LEADS = bag("ref reference referenz lookup dict lov enum cd list liste")


def _common(field: Field, words: tuple[str, ...]) -> bool:
    """Tell whether a field is one that every list may have, or names a place or the entry."""
    own = {word for word in lexicon.words(field.name.rsplit(".", 1)[-1]) if not word.isdigit()}
    return field.kind is Kind.BOOLEAN or own <= _COMMON | _PLACES | _KINDS | set(words)


def _telling(field: Field, words: tuple[str, ...]) -> bool:
    """Tell whether a field says what an entry is, be it only by a code."""
    own = set(lexicon.words(field.name.rsplit(".", 1)[-1]))
    return bool(own & (_LABELS | _PLACES | set(words))) and not own & {"id", "ids"}


def _reached(fields: Sequence[Field], *, postal_too: bool = False) -> bool:
    """Tell whether a field holds what only people and organisations have: a phone, a street."""
    spoken = [named for field in fields for named in lexicon.match(field.name)]
    if any(named.category in _REACH and not named.weak for named in spoken):
        return True
    return postal_too and any(named.category == "locality" and postal(named) for named in spoken)


_LABELS = bag(
    """name names title label description desc text value code codes bezeichnung beschreibung kurzel
    nom libelle descripcion nombre codigo nome descrizione descricao naam omschrijving nazwa opis
    kod nazev popis nev megnevezes nume denumire ad adi aciklama namn benamning nimi koodi iso iso2
    iso3"""
)
_REACH = frozenset(
    {
        "date_of_birth",
        "email_address",
        "fax_number",
        "name_part",
        "national_id_number",
        "phone_number",
        "postal_address",
        "username",
    }
)


def _unique(item: FieldEvidence) -> bool:
    """Tell whether every value of a field is there once."""
    return item.profile.examined > 1 and item.profile.distinct == item.profile.examined
