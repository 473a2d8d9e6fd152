"""Fields of postal addresses, told by how they are written, whatever the field is called.

A number and a word for a street ("12 Main Street", "Hauptstr. 7", "ul. Polna 3"), a post-office
box, or a postal code with its town behind a comma. One such value proves nothing (a film may be
called "21 Jump Street"), so a field is one of addresses only when most of its values are written
so.
"""

import re
from collections.abc import Iterable, Sequence

from scanner.classify.words import bag, fold
from scanner.model import Hit

NAME, ENTITY = "StreetAddressRecognizer", "STREET_ADDRESS"
_SCORE = 0.6
_LEAST, _SHARE = 3, 0.5  # distinct values, and the share of them that must be addresses
_LONGEST = 160  # characters of an address
# Words that end the name of a street; most are those of the US Postal Service.
_AFTER = bag(
    """street str st avenue ave av road rd lane ln boulevard blvd drive dr court courts ct
    crescent terrace parkway pkwy highway hwy square squares sq place pl close row way ways
    walk walks grove circle circles cir trail alley loop mews quay hill hills junction
    turnpike plaza ridge ridges heights crossing path pike pass view views bypass bend branch
    bridge brook brooks burg camp canyon causeway center cliff cliffs common corner corners
    course cove creek crest curve dale drives estate estates expressway extension fall falls
    ferry field fields flat flats ford forest forge fork forks fort freeway garden gardens
    gateway glen green greens harbor harbors haven hollow inlet island islands isle key keys
    knoll knolls lake lakes land landing light lights locks lock lodge manor manors meadow
    meadows mill mills mission motorway mount mountain mountains neck orchard oval overpass
    park parks parkways passage pine pines plain plains point points port ports prairie radial
    ramp ranch rapid rapids rest river route rue run shoal shoals shore shores skyway spring
    springs spur spurs station stravenue stream streets summit throughway trace track
    trafficway tunnel underpass union unions valley valleys via viaduct village villages ville
    vista well wells"""
)
# Words that begin it.
_BEFORE = bag(
    """rue avenue av boulevard bd bld chemin ch impasse allee place quai cours route square
    passage via viale piazza corso vicolo largo strada borgo contrada stretto rotonda
    lungomare calle avenida avda plaza paseo carretera ronda travesia camino glorieta callejon
    cuesta pasaje pasadizo rambla urbanizacion vial rua travessa praca estrada alameda ladeira
    rodovia viela quadra ul ulica al aleja os osiedle plac pl ulice namesti trida str
    bulevardul aleea calea soseaua intrarea splaiul piata odos leoforos jalan jl mahallesi am
    im zum zur morro conjunto jardim fazenda feira favela esplanada condominio colonia chacara
    campo setor trevo trecho vila sitio residencial recanto parque patio loteamento lagoa lago
    viaduto vale vereda estacao"""
)
# What ends a word that is the name of a street.
_WITHIN = bag(
    """strasse strase str gasse weg platz allee damm ring ufer steig graben chaussee stieg straat
    laan plein gracht kade dijk singel hof steeg gatan gata vagen vag grand torget backen gade
    vej alle plads vei veien katu tie kuja polku utca ut ter korut caddesi sokak sokagi
    bulvari"""
)
_NUMBER = r"\d{1,5}\s?(?:[a-z]|bis|ter)?(?:\s?[-/]\s?\d{1,4}\s?[a-z]?)?"


def _one_of(words: Iterable[str], *more: str) -> str:
    """Return an expression for any of some words, the longest first."""
    return "(?:" + "|".join([*more, *sorted(words, key=lambda word: (-len(word), word))]) + ")"


_BEGIN = _one_of(_BEFORE, "c/", "an der", "auf der", "in der")
_L = "[A-Za-z]"  # what folding leaves of letters; RE2's own classes are ASCII too
_FORMS = (
    rf"{_NUMBER},?\s+(?:{_L}[\w.'-]*\s+){{1,5}}{_one_of(_AFTER)}\b\.?(?:[\s,#].*)?",
    rf"{_NUMBER},?\s+{_BEGIN}\.?\s+{_L}.*",
    rf"{_BEGIN}\.?\s+[^\d,]{{3,50}},?\s+(?:n[or]?[.\s]*)?{_NUMBER}(?:[\s,.].*)?",
    rf"[^\d,]{{0,40}}{_L}{{3,}}{_one_of(_WITHIN)}\.?\s+{_NUMBER}(?:[\s,.].*)?",
    rf"[^\d,]{{3,40}}\b{_one_of(_WITHIN | _AFTER)}\.?\s+{_NUMBER}(?:[\s,.].*)?",
    r"(?:p\.?\s?o\.?\s?box|postfach|boite postale|bp|apartado|casella postale|skrytka pocztowa)"
    r"\s+\d{1,6}\b.*",
    r".*\d.*,\s*[^\d,]{2,40},?\s+[a-z]{2}\s+\d{5}(?:-\d{4})?",
    rf".*{_L}.*\d.*,\s*(?:[a-z]{{1,2}}-)?\d{{2,3}}[ -]?\d{{2,3}}\s+{_L}[^\d]{{2,40}}",
)
_FLAT = r"(?:(?:flat|apt|apartment|unit|suite)\.?\s+\w{1,4},\s+)?"
_FORM = f"(?i)^{_FLAT}(?:" + "|".join(_FORMS) + ")$"
_DIGIT, _LETTER = re.compile(r"\d"), re.compile(r"[^\W\d_]{2}")


def street_addresses(texts: Sequence[str]) -> list[Hit]:
    """Return a hit for each value that is written as an address, where most of them are."""
    able = [index for index, text in enumerate(texts) if _able(text)]
    least = max(_LEAST, _SHARE * len(texts))
    if len(able) < least:
        return []
    found = [index for index, is_one in zip(able, _written(texts, able), strict=True) if is_one]
    if len(found) < least:
        return []
    return [Hit(index, 0, len(texts[index]), ENTITY, _SCORE, NAME) for index in found]


def _written(texts: Sequence[str], indexes: Sequence[int]) -> list[bool]:
    """Tell of some values whether each is written as an address; RE2 reads all of them at once."""
    import pyarrow as pa
    import pyarrow.compute as pc

    flat = [_flat(texts[index]) for index in indexes]
    found: list[bool] = pc.match_substring_regex(pa.array(flat, pa.string()), _FORM).to_pylist()
    return found


def _flat(text: str) -> str:
    """Return a value on one line and without accents."""
    return " ".join(fold(text).replace("\n", ", ").split())


def _able(text: str) -> bool:
    """Tell cheaply whether a value may be an address: a digit, a blank, letters."""
    if not 6 <= len(text) <= _LONGEST or " " not in text:
        return False
    return bool(_DIGIT.search(text) and _LETTER.search(text))
