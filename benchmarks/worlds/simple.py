"""Makers that need no arguments: people, places, money, machines and words.

Every one may also stand inside a template, a JSON map or a joined value.
"""

import string
import uuid
from datetime import date, datetime, timedelta

from . import national, technical
from .base import Hand, Simple, WorldError

_GENDERS = {
    "de": ("männlich", "weiblich", "divers"),
    "fr": ("homme", "femme"),
    "es": ("hombre", "mujer"),
    "it": ("maschio", "femmina"),
    "pt": ("masculino", "feminino"),
    "nl": ("man", "vrouw"),
    "pl": ("mężczyzna", "kobieta"),
    "sv": ("man", "kvinna"),
    "da": ("mand", "kvinde"),
    "fi": ("mies", "nainen"),
    "cs": ("muž", "žena"),
    "tr": ("erkek", "kadın"),
    "ro": ("masculin", "feminin"),
    "hu": ("férfi", "nő"),
}
_CHOSEN = """sommer dragon monkey london flower shadow football sunshine princess welcome soleil
    azerty qwerty amore ninja hunter"""
# What Faker's locales call the same thing; the first that a locale has is taken.
_STATES = ("state", "region", "province", "prefecture", "administrative_unit", "canton_name")
_FAKED: dict[str, tuple[str, ...]] = {
    "state": (*_STATES, "county"),
    "mobile": ("cellphone_number", "cell_phone", "mobile_number", "phone_number"),
    "phone": ("phone_number",),
    "street": ("street_name",),
    "street_no": ("building_number",),
    "bic": ("swift",),
    "currency": ("currency_code",),
    "licence_plate": ("license_plate",),
    **{name: (name,) for name in ("first_name", "last_name", "name", "prefix", "job", "ssn")},
    **{name: (name,) for name in ("city", "postcode", "country", "country_code", "address")},
    **{name: (name,) for name in ("user_name", "company", "iban", "street_address", "latitude")},
    **{name: (name,) for name in ("longitude", "user_agent", "word", "sentence", "paragraph")},
    **{name: (name,) for name in ("ean13", "isbn13")},
}
_OF_A_PLACE = {"address", "person", "phone_number", "automotive", "ssn"}
_CARDS = (("4", 16), ("51", 16), ("52", 16), ("53", 16), ("54", 16), ("55", 16), ("4", 16))


def _faker(names: tuple[str, ...]) -> Simple:
    """Return a maker of the first of these methods of Faker, in one line of text."""

    def make(hand: Hand) -> str:
        found = next((getattr(hand.fake, n) for n in names if hasattr(hand.fake, n)), None)
        if found is None:
            raise WorldError(f"Faker has no {names[0]!r} for {hand.locale}; use choice or pattern")
        return ", ".join(line.strip() for line in str(found()).splitlines())

    return make


def borrowed(hand: Hand, name: str) -> str | None:
    """Return the locale that Faker takes a maker's values from, where it is not the world's."""
    for method in _FAKED.get(name, ()):
        for provider in hand.fake.get_providers():
            if hasattr(provider, method):
                part = str(provider.__provider__).rpartition(".")[2]
                lang = provider.__lang__
                return str(lang) if part in _OF_A_PLACE and lang != hand.locale else None
    return None


def luhn(digits: str) -> str:
    """Return the digits with the one that Luhn's sum asks for."""
    doubled = (int(sign) * (2 - n % 2) for n, sign in enumerate(reversed(digits)))
    return digits + str(-sum(n // 10 + n % 10 for n in doubled) % 10)


def _numbered(start: str, length: int) -> Simple:
    return lambda hand: luhn(start + hand.digits(length - 1 - len(start)))


def _card(hand: Hand) -> str:
    start, length = hand.rng.choice(_CARDS)
    return luhn(start + hand.digits(length - 1 - len(start)))


def _card_2series(hand: Hand) -> str:
    return luhn(f"{hand.rng.randrange(2221, 2721)}{hand.digits(11)}")


def _card_19(hand: Hand) -> str:
    return luhn(hand.rng.choice(("6212", "6226", "5018", "6304")) + hand.digits(14))


def _gender_word(hand: Hand) -> str:
    return hand.rng.choice(_GENDERS.get(hand.locale[:2], ("male", "female")))


def _email(hand: Hand) -> str:
    return str(hand.fake.email(safe=False))  # example.org would be a test value


def _password(hand: Hand) -> str:
    """Return what people choose: words with digits, seldom a generated one."""
    word = hand.rng.choice(_CHOSEN.split())
    styles = (
        f"{word.title()}{hand.digits(2)}!",
        f"{word}{hand.rng.randrange(1970, 2012)}",
        f"{hand.pick(string.ascii_lowercase, 4)}{hand.digits(3)}",
        hand.pick(string.ascii_letters + string.digits + "!$%&?#", 12),
    )
    return hand.rng.choice(styles)


def moment(hand: Hand, first: date, last: date) -> datetime:
    """Return a moment between two days."""
    seconds = int((last - first).total_seconds())
    start = datetime(first.year, first.month, first.day)
    return start + timedelta(seconds=hand.rng.randrange(max(seconds, 1)))


def _recent(form: str) -> Simple:
    return lambda hand: moment(hand, date(2018, 1, 1), date(2025, 12, 31)).strftime(form)


def _range(low: int, high: int) -> Simple:
    return lambda hand: hand.rng.randint(low, high)


def _price(hand: Hand) -> float:
    return round(hand.rng.uniform(0.5, 900), 2)


MAKERS: dict[str, Simple] = {
    **{name: _faker(methods) for name, methods in _FAKED.items()},
    "words": lambda hand: " ".join(hand.fake.words(hand.rng.randint(2, 4))),
    "color": lambda hand: hand.rng.choice(("red", "navy", "olive", "teal", "black", "#3a7f22")),
    "email": _email,
    "password": _password,
    "gender_mf": lambda hand: hand.pick("MF", 1),
    "gender_word": _gender_word,
    "gender_01": _range(0, 1),
    "birth_date": lambda hand: national.birth(hand).isoformat(),
    "age": _range(18, 92),
    "date": _recent("%Y-%m-%d"),
    "datetime": _recent("%Y-%m-%d %H:%M:%S"),
    "time": _recent("%H:%M"),
    "year": _range(1960, 2025),
    "integer": _range(1, 999),
    "price": _price,
    "card": _card,
    "card_19": _card_19,
    "card_2series": _card_2series,
    "cvv": lambda hand: hand.digits(3),
    "expiry": lambda hand: f"{hand.rng.randint(1, 12):02}/{hand.rng.randint(26, 31)}",
    "imei": _numbered("35", 15),
    "iccid": _numbered("89", 19),
    "uuid4": lambda hand: str(uuid.UUID(int=hand.rng.getrandbits(128), version=4)),
    "order_no": lambda hand: (
        f"{hand.pick('ABKSW', 1)}O-{hand.rng.randint(2018, 2025)}-{hand.digits(5)}"
    ),
    "sku": lambda hand: (
        f"{hand.pick(string.ascii_uppercase, 3)}-{hand.digits(4)}-"
        f"{hand.pick(string.ascii_uppercase, 1)}"
    ),
    **technical.MAKERS,
    **national.MAKERS,
}
