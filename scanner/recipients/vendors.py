"""The known third parties, read once from ``vendors.toml``, and how a record may name them."""

import functools
import re
import tomllib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import resources

# Words of names that tell no party from another.
_LEGAL = frozenset(
    [
        "inc",
        "incorporated",
        "llc",
        "ltd",
        "limited",
        "corp",
        "corporation",
        "co",
        "company",
        "gmbh",
        "ag",
        "sas",
        "sarl",
        "sa",
        "bv",
        "nv",
        "ab",
        "oy",
        "aps",
        "plc",
        "pty",
        "srl",
        "spa",
        "kg",
        "ireland",
        "international",
        "europe",
        "eu",
        "emea",
        "us",
        "usa",
        "uk",
        "the",
        "of",
        "and",
        "technologies",
        "platforms",
        "services",
        "group",
        "holdings",
    ]
)
# A record may name recipients by what they do ("SMS and voice delivery provider").
_BY_KIND: dict[str, frozenset[str]] = {
    "advertising": frozenset({"advertising", "advertisers", "advertiser", "ads"}),
    "analytics": frozenset({"analytics", "statistics", "measurement"}),
    "ai": frozenset({"ai", "model", "translation"}),
    "captcha": frozenset({"captcha"}),
    "chat": frozenset({"chat", "ticketing", "helpdesk", "support"}),
    "delivery": frozenset({"cdn", "cloud", "hosting", "infrastructure", "iaas", "paas", "content"}),
    "identity": frozenset({"identity", "geolocation", "verification", "signature", "maps"}),
    "mail": frozenset({"mail", "email", "mailing", "newsletter"}),
    "marketing": frozenset({"marketing", "crm", "survey"}),
    "monitoring": frozenset({"monitoring", "logging", "observability"}),
    "payment": frozenset({"payment", "payments", "card", "billing"}),
    "printing": frozenset({"print", "printing"}),
    "push": frozenset({"push", "notification", "notifications"}),
    "sms": frozenset({"sms", "telecommunication", "telecom", "messaging", "telephony", "voice"}),
    "social": frozenset({"social"}),
    "speech": frozenset({"speech", "transcription"}),
}


@dataclass(frozen=True, slots=True)
class Vendor:
    """A third party: ``hosts`` are suffixes (one may go on with a path), ``cookies`` patterns."""

    id: str
    name: str
    kind: str  # analytics, advertising, mail, delivery ...
    hosts: tuple[str, ...]
    cookies: tuple[str, ...] = ()
    company: str = ""
    country: str = ""
    also: tuple[str, ...] = ()


@functools.cache
def vendors() -> tuple[Vendor, ...]:
    """Return all known third parties, sorted by id."""
    data = tomllib.loads(resources.files(__package__).joinpath("vendors.toml").read_text("utf-8"))
    made = (
        Vendor(id_, said["name"], kind, tuple(said["hosts"]), tuple(said.get("cookies", ())),
               said.get("company", ""), said.get("country", ""), tuple(said.get("also", ())))
        for kind, table in data.items()
        for id_, said in table.items()
    )  # fmt: skip
    return tuple(sorted(made, key=lambda one: one.id))


@functools.cache
def _by_id() -> dict[str, Vendor]:
    return {one.id: one for one in vendors()}


def vendor(id_: str) -> Vendor | None:
    """Return a third party by its id; None for an id that is no vendor's."""
    return _by_id().get(id_)


def covered(one: Vendor, names: Iterable[str], *, by_kind: bool = True) -> bool:
    """Tell whether one of the names of declared recipients means a vendor.

    It does when it holds one of the vendor's names, is the name of its company, or (``by_kind``)
    says only what such recipients do ("SMS provider") and names no vendor at all.
    """
    return any(_means(name, one) or (by_kind and _does(name, one)) for name in names)


def _means(name: str, one: Vendor) -> bool:
    said = _words(name)
    if any(_within(_words(known), said) for known in (one.name, *one.also)):
        return True
    bare = tuple(word for word in said if word not in _LEGAL)
    company = tuple(word for word in _words(one.company) if word not in _LEGAL)
    return bool(company) and bare == company


def _does(name: str, one: Vendor) -> bool:
    """Tell whether a name says what a vendor does, and names nobody."""
    said = _words(name)
    return bool(_BY_KIND.get(one.kind, frozenset()) & set(said)) and not _names_somebody(said)


def _names_somebody(said: tuple[str, ...]) -> bool:
    return any(_within(brand, said) for brand in _brands())


@functools.cache
def _brands() -> tuple[tuple[str, ...], ...]:
    found = {_words(name) for one in vendors() for name in (one.name, one.company, *one.also)}
    # "Make", "Batch" and the like are words of descriptions as well.
    plain = {("make",), ("batch",), ("segment",), ("square",), ("bird",), ("x",), ("rev",)}
    return tuple(sorted(found - plain - {()}))


def _within(known: tuple[str, ...], said: tuple[str, ...]) -> bool:
    """Tell whether words stand in a name, one after the other."""
    size = len(known)
    return size > 0 and any(said[at : at + size] == known for at in range(len(said) - size + 1))


@functools.lru_cache(maxsize=4096)
def _words(name: str) -> tuple[str, ...]:
    """Return the words of a name, in small letters and without accents; what is bracketed too."""
    plain = unicodedata.normalize("NFKD", name.casefold().replace("+", " plus "))
    return tuple(re.findall(r"[a-z0-9]+", plain))
