"""Reject and settle hits: look-alikes of numbers, and overlaps between entities."""

import re
from collections.abc import Iterator

from scanner.classify.words import bag
from scanner.model import Hit

_VERSION_WORD = re.compile(
    r"(?i)(?:\b(?:version|ver|vers|v|release|rel|build|rev|revision|firmware|update|patch|sdk|api)"
    r"[ =:/_\"'-]{0,3}|[a-z][\w+-]*/)$"
)
# "hostname/1.2.3.4" is an address; "Chrome/32.0.1700.107" is a version.
_HOST_WORD = re.compile(
    r"(?i)(?:^|[^\w])(?:https?:/|host|hostname|src|dest|dst|source|client|server|addr|address|node|ip|peer|remote)/$"
)
_ADDRESS_WORD = re.compile(
    r"(?i)\b(?:ip|ipv4|addr|address|adresse|host|server|client|peer|node|gateway|router|source|dest|"
    r"destination|from|to|by|ban|unban|found|block|blocked|connect|connection|at|via|for|user|remote)"
    r"[ :=]*$"
)
_VERSION_BEFORE = re.compile(r"(?<![\d.])\d+\.\d+\.\d+ $")
# "Rails 7.0.4.1": small numbers after a word with a capital.
_PRODUCT = re.compile(r"(?:^|[^\w.])[A-Z][a-z]+[\w+-]* $")
_SMALL = 20
_RESOLVERS = bag("1.1.1.1 1.0.0.1 8.8.8.8 9.9.9.9")


def address(text: str, start: int, end: int) -> bool:
    """Tell whether an IP hit is one: not a version, not ``::`` of a C++ or Perl name."""
    found = text[start:end]
    if ":" not in found and not start and end == len(text):
        return True  # nothing beside it that could tell otherwise
    before = text[max(0, start - 16) : start]
    if ":" in found and "." not in found:
        bare = found.partition("/")[0].partition("%")[0]
        if bare == "::" and text.strip() != "::":
            return False
        # "a::b" and "dead::" are names; clocks such as 12:30:45 have no "::" and fewer parts.
        groups = [group for group in bare.split(":") if group]
        if len(groups) < 3 and bare not in ("::1", "::") and not any(len(g) == 4 for g in groups):
            return False
        return not (len(groups) < 3 and all(group.isalpha() for group in groups))
    if _VERSION_WORD.search(before) and not _HOST_WORD.search(before):
        return False
    # "12603.2.4 10.12.5": a version follows a version; "x86~~6.1.2.3" names a package.
    if _VERSION_BEFORE.search(before) or before.endswith("~") or _named_version(text, start, found):
        return False
    after = text[end : end + 1]
    return not (
        re.search(r"[\d.][.-]$", before)
        or re.match(r"\.?\d", text[end : end + 2])
        or (after in ("-", "_") and text[end + 1 : end + 2].isalpha())
    )


def _named_version(text: str, start: int, found: str) -> bool:
    """Tell whether four small numbers stand after a word that may name a product."""
    if found in _RESOLVERS or found.startswith("10.") or "/" in found:
        return False
    numbers = found.split(".")
    if not all(number.isdigit() and int(number) < _SMALL for number in numbers):
        return False
    before = text[max(0, start - 30) : start]
    return bool(_PRODUCT.search(before)) and not _ADDRESS_WORD.search(before)


_FRAME = re.compile(r"\bMAC=(?:[0-9A-Fa-f]{2}:){0,6}$")


def hardware(text: str, start: int, end: int) -> bool:
    """Tell whether a MAC hit is one: not six pairs of a longer fingerprint."""
    if _FRAME.search(text[max(0, start - 24) : start]):
        return True  # the two addresses of an Ethernet header, as a firewall logs it
    before, after = text[max(0, start - 3) : start], text[end : end + 3]
    return not (re.search(r"[0-9A-Fa-f]{2}[:-]$", before) or re.match(r"[:-][0-9A-Fa-f]{2}", after))


# Names of algorithms that are written like addresses.
_ALGORITHM = re.compile(r"(?i)@(?:openssh\.com|libssh\.org|lysator\.liu\.se|ssh\.com)$")


def email(text: str, start: int, end: int) -> bool:
    """Tell whether an e-mail hit is one: no algorithm of SSH, no machine account of Kerberos."""
    found = text[start:end]
    return not (_ALGORITHM.search(found) or found.partition("@")[0].endswith("$"))


def card_issuer(digits: str) -> bool:
    """Tell whether a number lies in a range that an issuer of cards uses, with a right length."""
    size, two, four = len(digits), int(digits[:2]), int(digits[:4])
    if digits[0] == "4":
        return size in (13, 16, 19)
    if 51 <= two <= 55 or 2221 <= four <= 2720:
        return size == 16
    if two in (34, 37):
        return size == 15
    if two in (36, 38, 39) or 300 <= int(digits[:3]) <= 305:
        return 14 <= size <= 19
    if 3528 <= four <= 3589:
        return 16 <= size <= 19
    return two in (50, 56, 57, 58, 60, 61, 62, 63, 64, 65, 66, 67, 68, 69) and 13 <= size <= 19


def card(text: str, start: int, end: int) -> bool:
    """Tell whether a card hit stands alone and belongs to an issuer."""
    digits = re.sub(r"\D", "", text[start:end])
    if len(set(digits)) == 1 or not card_issuer(digits):
        return False
    before, after = text[max(0, start - 1) : start], text[end : end + 2]
    return not (re.match(r"[\w.]", before) or re.match(r"\w|[.-]\w", after))


def social_security(text: str, start: int, end: int) -> bool:
    """Tell whether a US number is of those that were issued: no area 000, 666 or 900 and above."""
    digits = re.sub(r"\D", "", text[start:end])
    return digits[:3] not in ("000", "666") and digits[:1] != "9" and alone(text, start, end)


def alone(text: str, start: int, end: int) -> bool:
    """Tell whether a hit is no part of a longer run of letters and digits."""
    return not (text[start - 1 : start].isalnum() or text[end : end + 1].isalnum())


def url(text: str, start: int, end: int) -> bool:
    """Tell whether a URL hit has a scheme or begins with www."""
    found = text[start:end].lower().lstrip("\"'")
    return found.startswith(("http://", "https://", "www."))


# Who keeps a span when two entities overlap: earlier wins over later. An e-mail or an address
# inside a URL stays beside it.
_ORDER = (
    "PRIVATE_KEY",
    "JWT",
    "API_KEY",
    "PASSWORD_HASH",
    "SESSION_TOKEN",
    "OTP",
    "EMAIL_ADDRESS",
    "IBAN_CODE",
    "UUID",
    "MAC_ADDRESS",
    "IP_ADDRESS",
    "CREDIT_CARD",
    "CRYPTO",
    "USER_AGENT",
    "COORDINATES",
    "PASSWORD",
    "URL",
)
_RANK = {entity: rank for rank, entity in enumerate(_ORDER)}
_LATE = {"PHONE_NUMBER": 90, "HOST_NAME": 91, "USERNAME": 40, "DATE_TIME": 95}
_BESIDE_URL = frozenset(
    {
        "EMAIL_ADDRESS",
        "IP_ADDRESS",
        "CREDIT_CARD",
        "IBAN_CODE",
        "PASSWORD",
        "SESSION_TOKEN",
        "JWT",
        "API_KEY",
        "USERNAME",
    }
)


def _rank(hit: Hit) -> tuple[int, float, int]:
    rank = _RANK.get(hit.entity, _LATE.get(hit.entity, 50))
    return rank, -hit.score, hit.start - hit.end


def _clash(one: Hit, two: Hit) -> bool:
    """Tell whether two overlapping hits cannot both be right."""
    if one.end <= two.start or two.end <= one.start:
        return False
    entities = {one.entity, two.entity}
    if entities & {"URL", "USER_AGENT"} and entities & _BESIDE_URL:
        return False
    # An e-mail address as a user name is both.
    if entities == {"USERNAME", "EMAIL_ADDRESS"}:
        return False
    # National numbers of two countries may share a form; the ratio test decides later.
    national = one.entity not in _RANK and two.entity not in _RANK
    return not (national and not entities & set(_LATE) and one.entity != two.entity)


def settle(hits: list[Hit]) -> list[Hit]:
    """Return the hits of one value without those that a stronger one explains."""
    out: list[Hit] = []
    for group in _overlapping(hits):
        kept: list[Hit] = []
        for hit in sorted(group, key=_rank):
            if not any(_clash(hit, other) for other in kept):
                kept.append(hit)
        out += kept
    return sorted(out, key=lambda hit: (hit.start, hit.end, hit.entity))


def _overlapping(hits: list[Hit]) -> Iterator[list[Hit]]:
    """Yield hits in groups that do not touch each other: a long value may have 30,000 hits."""
    group: list[int] = []
    end = -1
    for at in sorted(range(len(hits)), key=lambda at: hits[at].start):
        if group and hits[at].start >= end:
            yield [hits[one] for one in sorted(group)]  # in their order, which decides ties
            group = []
        group.append(at)
        end = max(end, hits[at].end)
    if group:
        yield [hits[one] for one in sorted(group)]
