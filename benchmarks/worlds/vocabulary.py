"""The labels that a field may bear, and their grammar.

``A+B`` says that a field holds both, ``X?`` that X is neither required nor wrong, ``ambiguous``
that the field is left out of every count.
"""

from collections.abc import Iterator

_TYPES = """PERSON EMAIL_ADDRESS PHONE_NUMBER LOCATION_ADDRESS DATE_OF_BIRTH GENDER IP_ADDRESS
    MAC_ADDRESS CREDIT_CARD BANK_ACCOUNT NATIONAL_ID USERNAME PASSWORD PASSWORD_HASH SECRET URL
    DEVICE_ID FREE_TEXT_WITH_PII"""
TYPES = frozenset(_TYPES.split())
PARTS = frozenset({"street", "city", "region", "postcode", "country", "geo", "full"})
NONE, AMBIGUOUS, PROSE = "NONE", "ambiguous", "FREE_TEXT_WITH_PII"


def folded(name: str) -> str:
    """Return the class that a type is counted under: credentials are one, parts are dropped."""
    base = name.split("/")[0]
    return "CREDENTIAL" if base in {"PASSWORD", "PASSWORD_HASH", "SECRET"} else base


def required(label: str) -> frozenset[str]:
    """Return the classes that must be found."""
    parts = label.split("+")
    return frozenset(folded(p) for p in parts if p != NONE and not p.endswith("?"))


def optional(label: str) -> frozenset[str]:
    """Return the classes that are neither required nor wrong."""
    return frozenset(folded(p.rstrip("?")) for p in label.split("+") if p.endswith("?"))


def faults(label: str) -> Iterator[str]:
    """Yield what is wrong with a label."""
    parts = label.split("+")
    for part in parts:
        base, _, place = part.removesuffix("?").partition("/")
        if part in {NONE, AMBIGUOUS}:
            if len(parts) > 1:
                yield f"{part} stands alone or not at all"
        elif base not in TYPES:
            yield f"unknown label {part!r}; there are NONE, ambiguous, {', '.join(sorted(TYPES))}"
        elif base == "LOCATION_ADDRESS" and place not in PARTS:
            yield f"{part!r} needs a part: LOCATION_ADDRESS/{'|'.join(sorted(PARTS))}"
        elif base != "LOCATION_ADDRESS" and place:
            yield f"{base} has no parts: write {base} instead of {part!r}"
