"""National numbers with right check digits: a random body, and the ending that validates.

python-stdnum says what is valid; where it knows no such number the sum is worked out here.
"""

import importlib
import string
from collections.abc import Callable
from datetime import date, timedelta
from itertools import product

from .base import Hand, Simple

Body = Callable[[Hand], str]
_OLDEST, _YOUNGEST = date(1937, 1, 1), date(1999, 12, 31)


def birth(hand: Hand) -> date:
    """Return a birth date of the last century, so that every country's number can hold it."""
    return _OLDEST + timedelta(days=hand.rng.randrange((_YOUNGEST - _OLDEST).days))


def _digits(count: int) -> Body:
    return lambda hand: hand.digits(count)


def _dated(form: str, more: int, *, before: str = "", between: str = "") -> Body:
    """Return a body: one sign of ``before``, the birth date, a separator, random digits."""

    def body(hand: Hand) -> str:
        first = hand.rng.choice(before) if before else ""
        return first + birth(hand).strftime(form) + between + hand.digits(more)

    return body


def _nir(hand: Hand) -> str:
    place = f"{hand.rng.randrange(1, 96):02}"
    place = "21" if place == "20" else place  # Corsica has 2A and 2B instead
    order = f"{hand.rng.randrange(1, 1000):03}"
    return hand.pick("12", 1) + birth(hand).strftime("%y%m") + place + hand.digits(3) + order


def _rodne_cislo(hand: Hand) -> str:
    born = birth(hand).replace(year=hand.rng.randrange(1954, 2000), day=hand.rng.randrange(1, 29))
    month = born.month + hand.rng.choice((0, 50))
    return f"{born:%y}{month:02}{born:%d}/{hand.digits(3)}"


def _cnp(hand: Hand) -> str:
    county = f"{hand.rng.randrange(1, 41):02}"
    return hand.pick("12", 1) + birth(hand).strftime("%y%m%d") + county + hand.digits(3)


def _codice_fiscale(hand: Hand) -> str:
    born = birth(hand)
    day = born.day + hand.rng.choice((0, 40))
    letters = hand.pick("BCDFGLMNPRSTVZ", 6)
    month = "ABCDEHLMPRST"[born.month - 1]
    return f"{letters}{born:%y}{month}{day:02}{hand.pick('ABCDEFGHIL', 1)}{hand.digits(3)}"


def _steuer_id(hand: Hand) -> str:
    kept = hand.rng.sample("0123456789", 9)
    signs = [*kept, hand.rng.choice(kept)]  # exactly one digit stands twice
    hand.rng.shuffle(signs)
    return "".join(signs)


def _austrian(hand: Hand) -> str:
    """Insurance number of Austria: the check digit is the fourth of ten."""
    vnr = importlib.import_module("stdnum.at.vnr")
    while True:
        serial, born = str(hand.rng.randrange(100, 1000)), birth(hand).strftime("%d%m%y")
        for check in string.digits:
            if vnr.is_valid(serial + check + born):
                return f"{serial}{check} {born}"


def german_check(body: str) -> int:
    """Return the check digit of a German insurance number: eleven signs, the ninth a letter."""
    letter = string.ascii_uppercase.index(body[8]) + 1
    plain = f"{body[:8]}{letter:02}{body[9:]}"
    weights = (2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1)
    products = (int(sign) * weight for sign, weight in zip(plain, weights, strict=True))
    return sum(n // 10 + n % 10 for n in products) % 10


def _german(hand: Hand) -> str:
    """Insurance number of Germany: area, birth date, letter, serial, check digit."""
    area = hand.rng.choice(("02", "04", "08", "10", "13", "15", "24", "40", "52", "65"))
    letter = hand.pick(string.ascii_uppercase, 1)
    body = f"{area}{birth(hand):%d%m%y}{letter}{hand.digits(2)}"
    return f"{body}{german_check(body)}"


def _sv_nummer(hand: Hand) -> str:
    return _austrian(hand) if hand.locale.endswith("_AT") else _german(hand)


def _nino(hand: Hand) -> str:
    first = hand.pick("ABCEGHJKLMNPRSTWXYZ", 1)
    second = hand.pick("ABCEGHJKLMNPRSTWXYZ", 1)
    if first + second in {"BG", "GB", "KN", "NK", "NT", "TN", "ZZ"}:
        second = "A"
    return f"{first}{second}{hand.digits(6)}{hand.pick('ABCD', 1)}"


def _us_ssn(hand: Hand) -> str:
    area = hand.rng.choice([n for n in range(1, 900) if n != 666])
    return f"{area:03}-{hand.rng.randrange(1, 100):02}-{hand.rng.randrange(1, 10000):04}"


def _checked(module: str, body: Body, tail: int = 1, signs: str = string.digits) -> Simple:
    """Return a maker: draw bodies until one of all endings of ``tail`` signs is valid."""

    def make(hand: Hand) -> str:
        valid = importlib.import_module(f"stdnum.{module}").is_valid
        while True:
            start = body(hand)
            for end in product(signs, repeat=tail):
                if valid(start + "".join(end)):
                    return start + "".join(end)

    return make


def _shaped(make: Simple, groups: str) -> Simple:
    """Return a maker that writes the signs of another into the 9s of ``groups``."""

    def shaped(hand: Hand) -> str:
        signs = iter(str(make(hand)))
        return "".join(next(signs) if sign == "9" else sign for sign in groups)

    return shaped


MAKERS: dict[str, Simple] = {
    "pesel": _checked("pl.pesel", _dated("%y%m%d", 4)),
    "bsn": _checked("nl.bsn", _digits(8)),
    "nir": _checked("fr.nir", _nir, 2),
    "siren": _checked("fr.siren", _digits(8)),
    "siret": _checked("fr.siret", lambda hand: f"{MAKERS['siren'](hand)}{hand.digits(4)}"),
    "nif": _checked("es.dni", _digits(8), 1, "TRWAGMYFPDXBNJZSQVHLCKE"),
    "nie": _checked(
        "es.nie", lambda h: h.pick("XYZ", 1) + h.digits(7), 1, "TRWAGMYFPDXBNJZSQVHLCKE"
    ),
    "cpr": _checked("dk.cpr", _dated("%d%m%y", 3, between="-")),
    "personnummer": _checked("se.personnummer", _dated("%y%m%d", 3, between="-")),
    "hetu": _checked(
        "fi.hetu",
        lambda h: f"{birth(h):%d%m%y}-{h.rng.randrange(2, 900):03}",
        1,
        "0123456789ABCDEFHJKLMNPRSTUVWXY",
    ),
    "rodne_cislo": _checked("cz.rc", _rodne_cislo),
    "cnp": _checked("ro.cnp", _cnp),
    "egn": _checked("bg.egn", _dated("%y%m%d", 3)),
    "oib": _checked("hr.oib", _digits(10)),
    "amka": _checked("gr.amka", _dated("%d%m%y", 4)),
    "isikukood": _checked("ee.ik", _dated("%y%m%d", 3, before="34")),
    "asmens_kodas": _checked("lt.asmens", _dated("%y%m%d", 3, before="34")),
    "codice_fiscale": _checked("it.codicefiscale", _codice_fiscale, 1, string.ascii_uppercase),
    "partita_iva": _checked("it.iva", lambda h: f"0{h.digits(6)}{h.rng.randrange(1, 100):03}"),
    "steuer_id": _checked("de.idnr", _steuer_id),
    "sv_nummer": _sv_nummer,
    "tckn": _checked("tr.tckimlik", lambda h: h.pick("123456789", 1) + h.digits(8), 2),
    "cpf": _shaped(_checked("br.cpf", _digits(9), 2), "999.999.999-99"),
    "cnpj": _shaped(_checked("br.cnpj", lambda h: f"{h.digits(8)}0001", 2), "99.999.999/9999-99"),
    "nino": _nino,
    "nhs": _shaped(_checked("gb.nhs", lambda h: h.pick("467", 1) + h.digits(8)), "999 999 9999"),
    "us_ssn": _us_ssn,
    "aadhaar_like": _shaped(
        _checked("in_.aadhaar", lambda h: h.pick("23456789", 1) + h.digits(10)), "9999 9999 9999"
    ),
}
