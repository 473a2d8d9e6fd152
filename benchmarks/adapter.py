"""From the lines of ``inventory --format jsonl`` to the types that the scorer knows.

The scorer's words are fewer than the taxonomy's: it has one word for a name and its parts, one for
telephone and fax, one for every part of an address, one for every government number. What a person
did, earns or suffers from has no word there, and neither have customer numbers, companies' register
numbers or card expiry: such holdings are no predictions, neither right nor wrong.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from scanner.model import decode

TYPES = {
    "person_name": "PERSON",
    "name_part": "PERSON",
    "email_address": "EMAIL_ADDRESS",
    "phone_number": "PHONE_NUMBER",
    "fax_number": "PHONE_NUMBER",
    "postal_address": "LOCATION_ADDRESS",
    "locality": "LOCATION_ADDRESS",
    "country": "LOCATION_ADDRESS",
    "precise_location": "LOCATION_ADDRESS",
    "approximate_location": "LOCATION_ADDRESS",
    "date_of_birth": "DATE_OF_BIRTH",
    "gender": "GENDER",
    "ip_address": "IP_ADDRESS",
    "mac_address": "MAC_ADDRESS",
    "payment_card_number": "CREDIT_CARD",
    "bank_account_number": "BANK_ACCOUNT",
    "national_id_number": "NATIONAL_ID",
    "social_security_number": "NATIONAL_ID",
    "tax_identifier": "NATIONAL_ID",
    "passport_number": "NATIONAL_ID",
    "driver_licence_number": "NATIONAL_ID",
    "username": "USERNAME",
    "password_plaintext": "PASSWORD",
    "password_hash": "PASSWORD_HASH",
    "session_token": "SECRET",
    "api_key": "SECRET",
    "cryptographic_key": "SECRET",
    "knowledge_secret": "SECRET",
    "one_time_code": "SECRET",
    "personal_url": "URL",
    "device_identifier": "DEVICE_ID",
    "cookie_identifier": "DEVICE_ID",
    # Prose about or from people; found there, a name is no column of names.
    "case_note": "FREE_TEXT_WITH_PII",
    "message_content": "FREE_TEXT_WITH_PII",
    "email_content": "FREE_TEXT_WITH_PII",
    "speech_transcript": "FREE_TEXT_WITH_PII",
}
# National numbers that the taxonomy files under health, by the recognizer that checked them.
BY_ENTITY = {
    "UK_NHS": "NATIONAL_ID",
    "AU_MEDICARE": "NATIONAL_ID",
    "DE_HEALTH_INSURANCE": "NATIONAL_ID",
}
PROSE = "FREE_TEXT_WITH_PII"
COUNTED = frozenset({"confirmed", "probable"})
LEVELS = ("possible", "probable", "confirmed")
Place = tuple[str, str, str]  # database, table, column


@dataclass(frozen=True, slots=True)
class Line:
    """One holding of an inventory, with the column it belongs to."""

    place: Place
    category: str
    type: str | None  # of the scorer; None: it has no word for it
    confidence: str
    score: float
    subject: str


@dataclass(frozen=True, slots=True)
class Prediction:
    """One type at one column: the best of its holdings."""

    place: Place
    type: str
    confidence: str
    score: float

    @property
    def counted(self) -> bool:
        """A possible holding is a hint, no statement."""
        return self.confidence in COUNTED


def lines(text: str, columns: Mapping[tuple[str, str], Iterable[str]]) -> list[Line]:
    """Read an inventory; ``columns`` are the labelled ones of each (database, table).

    A holding inside a JSON column is the column's; a holding of a whole table is left out.
    """
    out = []
    for raw in text.splitlines():
        holding = json.loads(raw)
        table = decode(holding["asset"].rpartition("/")[2])
        field = decode(holding["field"])
        if not field:
            continue
        known = columns.get((holding["source"], table), ())
        place = (holding["source"], table, _column(field, known))
        out += [
            Line(place, holding["category"], kind, holding["confidence"], holding["score"], whom)
            for kind in _types(holding)
            for whom in [holding["subject"]]
        ]
    return out


def _column(field: str, known: Iterable[str]) -> str:
    """Return the column that a path into JSON (``profile.address.city``) starts from."""
    names = set(known)
    if field in names:
        return field
    starts = [name for name in names if field.startswith((f"{name}.", f"{name}["))]
    return max(starts, key=len, default=field)


def _types(holding: Mapping[str, object]) -> Sequence[str | None]:
    """Return the scorer's words for a holding.

    What lies inside prose makes the column prose; where nearly every cell holds it, it is said too.
    """
    kind = BY_ENTITY.get(str(holding["entity"])) or TYPES.get(str(holding["category"]))
    if kind is None or kind == PROSE or not holding.get("text"):
        return (kind,)
    matched, examined = holding["matched"], holding["examined"]
    if not isinstance(matched, int) or not isinstance(examined, int):
        return (PROSE,)
    return (PROSE, kind) if matched >= 0.8 * examined else (PROSE,)


def predictions(found: Iterable[Line]) -> list[Prediction]:
    """Return one prediction for each type at each column, as sure as its best holding."""
    best: dict[tuple[Place, str], Line] = {}
    for line in found:
        if line.type is None:
            continue
        before = best.get((line.place, line.type))
        if before is None or _sureness(line) > _sureness(before):
            best[line.place, line.type] = line
    return [
        Prediction(place, kind, line.confidence, line.score)
        for (place, kind), line in sorted(best.items())
    ]


def _sureness(line: Line) -> tuple[int, float]:
    return LEVELS.index(line.confidence), line.score
