"""Who appears in the demo: invented customers and their people, the same in every system."""

import functools
import random
import tomllib
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from importlib import resources
from typing import TYPE_CHECKING

from scanner.demo import values

if TYPE_CHECKING:
    from faker import Faker

REGIONS = ("us", "eu", "ca")
_SIZES = {"us": 46, "eu": 40, "ca": 34}
_LOCALES = {"US": "en_US", "IE": "en_IE", "FR": "fr_FR", "CA-en": "en_CA", "CA-fr": "fr_CA"}
_STARTS = ("Vel", "Tor", "Hal", "Quor", "Mar", "Bel", "Cas", "Dru", "Fen", "Gal", "Lor", "Nor")
_MIDDLES = ("do", "vi", "me", "ra", "ti", "lu", "sa", "ne", "bri", "co")
_ENDS = ("ran", "vance", "mery", "dale", "nis", "quet", "vex", "lier", "mont", "thys")
_SECTORS = {
    "en": ("Medical Group", "Legal", "Insurance", "Logistics", "Clinic", "Energy", "Foods"),
    "fr": ("Santé", "Avocats", "Assurances", "Logistique", "Clinique", "Énergie", "Notaires"),
}
_TLDS = {"US": ".com", "IE": ".ie", "FR": ".fr", "CA": ".ca"}


@dataclass(frozen=True, slots=True)
class Place:
    """A city with the shapes of its postal codes and telephone numbers."""

    country: str
    city: str
    region: str
    postcode: str
    phone: str


@dataclass(frozen=True, slots=True)
class Person:
    """One invented person; nobody real is meant."""

    given: str
    family: str
    gender: str  # F or M
    email: str
    username: str
    phone: str
    fax: str
    street: str
    postcode: str
    place: Place
    computer: str
    device: str
    mac: str
    ip: str
    born: date

    @property
    def name(self) -> str:
        """Given and family name."""
        return f"{self.given} {self.family}"


@dataclass(frozen=True, slots=True)
class Customer:
    """One invented organisation that uses the services."""

    id: int
    number: str
    name: str
    domain: str
    region: str  # where its data lies: us, eu, ca
    country: str
    language: str  # en or fr
    entity: str  # who processed the order
    created: datetime
    terminated: datetime | None
    place: Place
    people: tuple[Person, ...]
    contacts: tuple[Person, ...]  # outside correspondents, not users


@dataclass(frozen=True, slots=True)
class World:
    """The whole cast, and the day on which the demo plays."""

    seed: int
    now: datetime
    customers: tuple[Customer, ...]

    def rng(self, part: str) -> random.Random:
        """Return the generator of one part, so that parts do not disturb each other."""
        return random.Random(f"{self.seed}:{part}")

    def years_ago(self, years: int) -> datetime:
        """Return the first day that lies within the last ``years``, at the hour of the demo."""
        year = self.now.year - years
        if (self.now.month, self.now.day) == (2, 29):
            return self.now.replace(year=year, month=3, day=1)
        return self.now.replace(year=year)

    def region(self, name: str) -> tuple[Customer, ...]:
        """Return the customers whose data lies in a region."""
        return tuple(customer for customer in self.customers if customer.region == name)


def strays(
    world: World, part: str, region: str, count: int, first_id: int, **changes: object
) -> tuple[Customer, ...]:
    """Invent a few more customers of a region for a planted case.

    ``changes`` are fields of Customer that differ from those of an ordinary one: the country that
    was entered, the entity, the days of creation and termination.
    """
    rng = world.rng(part)
    fakers = _fakers(world.seed * 131 + first_id)
    names, logins = _names(rng), _Logins()
    return tuple(
        replace(
            _customer(first_id + at, region, rng, fakers, names, logins, world.now),
            **{"terminated": None, **changes},  # type: ignore[arg-type]
        )
        for at in range(count)
    )


def people(world: World, part: str, country: str, count: int) -> tuple[Person, ...]:
    """Invent private persons of a country: US, IE, FR or CA."""
    rng = world.rng(part)
    fake = _fakers(world.seed * 151 + zlib.crc32(part.encode()))[
        country if country != "CA" else "CA-en"
    ]
    near = [place for place in places() if place.country == country]
    names, logins = _names(rng), _Logins()
    domains = [f"{values.ascii_slug(next(names))}{_TLDS[country]}" for _ in range(30)]
    return tuple(
        _person(rng, fake, rng.choice(near), rng.choice(domains), logins) for _ in range(count)
    )


@functools.cache
def places() -> tuple[Place, ...]:
    """Read the cities that ship with the package."""
    text = resources.files(__package__).joinpath("data", "places.toml").read_text("utf-8")
    return tuple(Place(**row) for row in tomllib.loads(text)["place"])


def cast(seed: int, day: date) -> World:
    """Invent all customers and people for a seed; the demo plays on the evening of ``day``."""
    fakers = _fakers(seed * 101)
    rng = random.Random(f"{seed}:cast")
    now = datetime.combine(day, time(20, 0), UTC)
    names, logins = _names(rng), _Logins()
    customers: list[Customer] = []
    for region in REGIONS:
        for _ in range(_SIZES[region]):
            id_ = 1001 + len(customers)
            customers.append(_customer(id_, region, rng, fakers, names, logins, now))
    return World(seed, now, tuple(customers))


def _fakers(seed: int) -> dict[str, "Faker"]:
    from faker import Faker

    fakers = {}
    for at, (key, locale) in enumerate(sorted(_LOCALES.items())):
        fakers[key] = Faker(locale)
        fakers[key].seed_instance(seed + at)
    return fakers


def _names(rng: random.Random) -> Iterator[str]:
    """Yield invented company words, each once."""
    words = [a + b + c for a in _STARTS for b in _MIDDLES for c in _ENDS]
    rng.shuffle(words)
    return iter(words)


class _Logins:
    """Hands out user names, each once."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def take(self, given: str, family: str) -> str:
        base = (values.ascii_slug(given, "")[0] + values.ascii_slug(family, ""))[:14]
        name, number = base, 2
        while name in self._taken:
            name, number = f"{base}{number}", number + 1
        self._taken.add(name)
        return name


def _customer(
    id_: int,
    region: str,
    rng: random.Random,
    fakers: dict[str, "Faker"],
    names: Iterator[str],
    logins: _Logins,
    now: datetime,
) -> Customer:
    country = {"us": "US", "ca": "CA", "eu": "IE" if rng.random() < 0.2 else "FR"}[region]
    place = rng.choice([place for place in places() if place.country == country])
    language = "fr" if country == "FR" or place.region == "QC" else "en"
    locale = f"CA-{language}" if country == "CA" else country
    word = next(names)
    sector = rng.choice(_SECTORS[language])
    domain = values.ascii_slug(f"{word} {sector.split()[0]}") + _TLDS[country]
    created = values.moment(rng, now - timedelta(days=420), 365 * 4)
    closed = rng.random() < 0.06
    people = tuple(
        _person(rng, fakers[locale], place, domain, logins) for _ in range(rng.randint(5, 14))
    )
    contacts = tuple(
        _person(rng, fakers[locale], place, f"{values.ascii_slug(next(names))}{_TLDS[country]}")
        for _ in range(rng.randint(5, 12))
    )
    return Customer(
        id=id_,
        number=f"XM-{id_ * 7:06d}",
        name=f"{word} {sector}" if language == "en" else f"{sector} {word}",
        domain=domain,
        region=region,
        country=country,
        language=language,
        entity="xmedius_europe" if region == "eu" else "xmedius_solutions",
        created=created,
        terminated=now - timedelta(days=rng.randint(5, 55)) if closed else None,
        place=place,
        people=people,
        contacts=contacts,
    )


def _person(
    rng: random.Random, fake: "Faker", place: Place, domain: str, logins: _Logins | None = None
) -> Person:
    gender = rng.choice("FM")
    given = fake.first_name_female() if gender == "F" else fake.first_name_male()
    family = fake.last_name()
    local = f"{values.ascii_slug(given)}.{values.ascii_slug(family)}"
    city = values.ascii_slug(place.city, "").upper()[:4]
    return Person(
        given=given,
        family=family,
        gender=gender,
        email=f"{local}@{domain}",
        username=logins.take(given, family) if logins else "",
        phone=values.phone(rng, place.phone),
        fax=values.phone(rng, place.phone),
        street=fake.street_address().replace("\n", ", "),
        postcode=values.pattern(rng, place.postcode),
        place=place,
        computer=f"{rng.choice(('WS', 'LT', 'PC'))}-{city}-{rng.randint(100, 9999):04d}",
        device=values.device(rng),
        mac=values.mac(rng),
        ip=values.ip(rng),
        born=date(1950, 1, 1) + timedelta(days=rng.randint(0, 365 * 52)),
    )
