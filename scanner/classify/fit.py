"""Whether the values of a field look as a category's do: 2 clearly, 1 yes, 0 cannot tell, -1 no."""

import re
from collections.abc import Callable, Mapping

from scanner.classify.evidence import Profile
from scanner.classify.lexicon import Named
from scanner.model import Detection, Kind

_TEXTUAL = frozenset({Kind.TEXT, Kind.OTHER, Kind.JSON, Kind.MESSAGE})
_NUMERIC = frozenset({Kind.INTEGER, Kind.NUMBER})
_TIMES = frozenset({Kind.DATE, Kind.TIMESTAMP})
_ANY = frozenset(Kind)

# Kinds of field that can hold a category; those not listed can hold it in any kind.
_IDS = _TEXTUAL | {Kind.INTEGER}
_KINDS: Mapping[str, frozenset[Kind]] = {
    "person_name": _TEXTUAL,
    "name_part": _TEXTUAL,
    "date_of_birth": _TEXTUAL | _TIMES | {Kind.INTEGER},
    "age": _TEXTUAL | _NUMERIC,
    "gender": _TEXTUAL | {Kind.INTEGER, Kind.BOOLEAN},
    "nationality": _TEXTUAL,
    "family_relation": _TEXTUAL | _NUMERIC | {Kind.BOOLEAN},
    "portrait_photo": _TEXTUAL | {Kind.BYTES},
    "email_address": _TEXTUAL,
    "phone_number": _IDS,
    "fax_number": _IDS,
    "postal_address": _TEXTUAL,
    "locality": _IDS,
    "country": _TEXTUAL,
    "personal_url": _TEXTUAL,
    "national_id_number": _IDS,
    "social_security_number": _IDS,
    "tax_identifier": _IDS,
    "passport_number": _IDS,
    "driver_licence_number": _IDS,
    "vehicle_registration": _TEXTUAL,
    "organisation_identifier": _IDS,
    "username": _TEXTUAL,
    "customer_identifier": _IDS | {Kind.UUID},
    "licence_identifier": _IDS | {Kind.UUID},
    "password_plaintext": _TEXTUAL,
    "password_hash": _TEXTUAL | {Kind.BYTES},
    "knowledge_secret": _IDS,
    "one_time_code": _IDS,
    "session_token": _TEXTUAL | {Kind.UUID},
    "api_key": _TEXTUAL | {Kind.UUID},
    "cryptographic_key": _TEXTUAL | {Kind.BYTES},
    "ip_address": _TEXTUAL | {Kind.INET},
    "mac_address": _TEXTUAL | {Kind.MAC},
    "device_identifier": _IDS | {Kind.UUID},
    "unique_identifier": _TEXTUAL | {Kind.UUID},
    "cookie_identifier": _TEXTUAL | {Kind.UUID},
    "computer_name": _TEXTUAL,
    "client_environment": _TEXTUAL,
    "precise_location": _TEXTUAL | {Kind.NUMBER},
    "approximate_location": _TEXTUAL,
    "file_name": _TEXTUAL,
    "case_note": _TEXTUAL,
    "message_content": _TEXTUAL,
    "email_content": _TEXTUAL,
    "payment_card_number": _IDS,
    "payment_card_expiry": _IDS | _TIMES,
    "payment_card_security_code": _IDS,
    "bank_account_number": _IDS,
    "payment_reference": _IDS | {Kind.UUID},
    "account_balance": _TEXTUAL | _NUMERIC,
    "income": _TEXTUAL | _NUMERIC,
    "job_and_employer": _TEXTUAL,
    "search_terms": _TEXTUAL,
    "browsing_history": _TEXTUAL,
    "racial_ethnic_origin": _TEXTUAL | {Kind.INTEGER},
    "political_opinion": _TEXTUAL,
    "religious_philosophical_belief": _TEXTUAL,
    "service_usage": _ANY,
}


def possible(category: str, kind: Kind) -> bool:
    """Tell whether a kind of field can hold a category at all."""
    return kind in _KINDS.get(category, _ANY)


def choosy(category: str) -> bool:
    """Tell whether the kind of a field says something about a category."""
    return category in _KINDS


Judge = Callable[[Profile, Named, Kind], int]
_POSTAL = re.compile(
    r"zip|post|\bplz\b|\bcep\b|\bcap\b|\bcp\b|\bpsc\b|\birsz|irany|\bkod\b|\bcod\b|\bpin\b|poczt|pasto"
    r"|indeks|index|yubin|youbin|youbian|\btk\b|邮|郵|우편|почт|индекс"
)


def postal(named: Named) -> bool:
    """Tell whether a name of a place speaks of postal codes."""
    return bool(_POSTAL.search(named.phrase))


def _name(seen: Profile, named: Named, kind: Kind) -> int:  # noqa: ARG001
    if seen.codes > 0.5 and seen.longest <= 3:
        # Most middle names are kept as one letter.
        return 1 if "initial" in named.phrase or "middle" in named.phrase else -1
    if seen.prose > 0.3 or seen.mean > 60 or seen.dates > 0.3:
        return -1
    return 1 if seen.alphabetic >= 0.6 and seen.words <= 5 else (0 if seen.letters > 0.6 else -1)


def _phone(seen: Profile, named: Named, kind: Kind) -> int:  # noqa: ARG001
    return 1 if seen.digits >= 0.5 and 5 <= seen.mean <= 25 and seen.dates < 0.5 else -1


_NUMBERED = ("number", "nummer", "nr", " no", "civico", "numero", "casa")


def _street(seen: Profile, named: Named, kind: Kind) -> int:
    if seen.numeric > 0.8 or seen.dates > 0.5 or seen.json > 0.5:
        return 1 if named.phrase.endswith(_NUMBERED) else -1
    if seen.codes > 0.7:
        return 0
    if seen.mixed > 0.6 and seen.words >= 2:  # "12 rue Neuve": a number and words
        return 2
    return (
        1
        if seen.letters > 0.3 and (seen.words >= 1.5 or seen.mixed > 0.3 or kind is Kind.TEXT)
        else 0
    )


def _place(seen: Profile, named: Named, kind: Kind) -> int:
    if postal(named):
        coded = seen.numeric + seen.mixed > 0.5 or seen.digits > 0.5
        return 1 if coded and 2.5 <= seen.mean <= 11 and seen.longest < 20 else -1
    if kind is Kind.INTEGER or seen.numeric > 0.5 or seen.prose > 0.3 or seen.mean > 50:
        return -1
    return 1 if seen.alphabetic >= 0.5 or seen.letters >= 0.7 else 0


def _somewhere(seen: Profile, named: Named, kind: Kind) -> int:  # noqa: ARG001
    """Judge places of any size: a few words, no codes, no file or web addresses."""
    if seen.numeric + seen.dates + seen.codes > 0.5 or seen.prose > 0.3 or seen.mean > 60:
        return -1
    return 1 if seen.letters >= 0.6 and seen.titled > 0.5 and seen.alphabetic >= 0.6 else 0


def _country(seen: Profile, named: Named, kind: Kind) -> int:  # noqa: ARG001
    return 1 if seen.letters >= 0.7 and seen.mean <= 40 and seen.prose < 0.3 else -1


def _card(seen: Profile, named: Named, kind: Kind) -> int:
    return -1 if seen.letters > 0.2 else _number(seen, named, kind)


def _number(seen: Profile, named: Named, kind: Kind) -> int:  # noqa: ARG001
    """Judge identifiers of five signs and more, mostly digits or both, mostly different."""
    if seen.prose > 0.3 or seen.alphabetic > 0.5 or seen.dates > 0.5 or seen.mean < 4:
        return -1
    if seen.decimal > 0.5 and kind is not Kind.TEXT:
        return -1
    return 1 if seen.mean >= 5 and seen.uniqueness > 0.5 else 0


def _age(seen: Profile, named: Named, kind: Kind) -> int:  # noqa: ARG001
    return 1 if seen.longest <= 7 and seen.digits > 0.4 and seen.numeric > 0.5 else -1


def _degrees(seen: Profile, named: Named, kind: Kind) -> int:  # noqa: ARG001
    if seen.within_degrees:
        return 1
    return 0 if kind is Kind.TEXT and seen.digits > 0.4 and seen.mean > 8 else -1


def _few(seen: Profile, named: Named, kind: Kind) -> int:  # noqa: ARG001
    return 1 if seen.distinct <= max(20, seen.examined // 10) and seen.prose < 0.2 else -1


def _long(seen: Profile, named: Named, kind: Kind) -> int:  # noqa: ARG001
    return (
        1 if seen.prose > 0.3 or seen.words > 4 else (-1 if seen.numeric + seen.dates > 0.5 else 0)
    )


def _amount(seen: Profile, named: Named, kind: Kind) -> int:  # noqa: ARG001
    return 1 if kind in _NUMERIC or seen.numeric + seen.decimal > 0.8 else -1


def _secret(seen: Profile, named: Named, kind: Kind) -> int:  # noqa: ARG001
    if seen.prose > 0.2 or seen.mean < 8 or seen.words > 1.5:
        return -1
    if seen.mixed > 0.9 and seen.uniqueness > 0.9 and seen.single > 0.95 and seen.mean >= 20:
        return 2 if not (seen.uniform and seen.longest == 36) else 1  # a UUID may be any key
    return 1 if seen.mixed > 0.6 and seen.uniqueness > 0.3 and seen.mean >= 16 else 0


def _code(seen: Profile, named: Named, kind: Kind) -> int:  # noqa: ARG001
    return 1 if seen.shortest >= 3 and seen.longest <= 4 and seen.numeric > 0.9 else -1


def _one_time(seen: Profile, named: Named, kind: Kind) -> int:  # noqa: ARG001
    """Codes of four to eight digits; seeds and recovery codes have no form of their own."""
    short = seen.shortest >= 4 and seen.longest <= 8
    return 1 if short and seen.uniform and seen.numeric > 0.9 else 0


def _words(seen: Profile, named: Named, kind: Kind) -> int:  # noqa: ARG001
    return 1 if seen.letters > 0.5 and seen.mean <= 80 else -1


def _identifier(seen: Profile, named: Named, kind: Kind) -> int:  # noqa: ARG001
    return 0 if seen.prose > 0.2 or seen.uniqueness < 0.05 else 1


_JUDGES: Mapping[str, Judge] = {
    "person_name": _name,
    "name_part": _name,
    "age": _age,
    "nationality": _words,
    "family_relation": _few,
    "phone_number": _phone,
    "fax_number": _phone,
    "postal_address": _street,
    "locality": _place,
    "country": _country,
    "approximate_location": _somewhere,
    "national_id_number": _number,
    "social_security_number": _number,
    "tax_identifier": _number,
    "passport_number": _number,
    "driver_licence_number": _number,
    "vehicle_registration": _number,
    "organisation_identifier": _number,
    "bank_account_number": _number,
    "payment_card_number": _card,
    "health_identifier": _number,
    "device_identifier": _number,
    "payment_card_security_code": _code,
    "one_time_code": _one_time,
    "precise_location": _degrees,
    "case_note": _long,
    "message_content": _long,
    "email_content": _long,
    "speech_transcript": _long,
    "income": _amount,
    "account_balance": _amount,
    "session_token": _secret,
    "api_key": _secret,
    "cryptographic_key": _secret,
    "racial_ethnic_origin": _few,
    "religious_philosophical_belief": _few,
    "political_opinion": _few,
    "job_and_employer": _words,
    "customer_identifier": _identifier,
    "unique_identifier": _identifier,
}

# Their values are recognized: a field so named whose values are not is something else.
_RECOGNIZED: Mapping[str, tuple[str, ...]] = {
    "email_address": ("EMAIL_ADDRESS",),
    "ip_address": ("IP_ADDRESS",),
    "mac_address": ("MAC_ADDRESS",),
    "date_of_birth": ("BIRTH_DATE", "DATE_TIME"),
    "gender": ("GENDER",),
    "username": ("USERNAME", "EMAIL_ADDRESS"),
    "password_plaintext": ("PASSWORD",),
    "password_hash": ("PASSWORD_HASH",),
    "computer_name": ("HOST_NAME", "IP_ADDRESS"),
    "personal_url": ("URL",),
}


def _regional(found: Detection) -> bool:
    """Tell whether regions were found: known ones, or enough that a model takes for places."""
    return found.entity == "REGION" or (found.entity == "LOCATION" and found.distinct >= 5)


def fit(named: Named, seen: Profile, kind: Kind, detections: tuple[Detection, ...]) -> int:
    """Compare the values of a field with what its name says."""
    if not seen.examined:
        return 0
    if entities := _RECOGNIZED.get(named.category):
        matched = sum(item.matched for item in detections if item.entity in entities)
        if kind in (Kind.BOOLEAN, Kind.BYTES):
            return 0
        if matched * 2 >= seen.examined:
            return 1
        return 0 if matched * 10 >= seen.examined else -1
    judge = _JUDGES.get(named.category)
    verdict = judge(seen, named, kind) if judge else 0
    if named.category == "locality" and named.weak and verdict > 0:
        if postal(named):
            return verdict
        # "state" may be a state of the order: without a known region among the values, no fit.
        return verdict if any(_regional(item) for item in detections) else 0
    return verdict
