"""Time limits in words, English and French: from a sentence to a retention rule and back."""

import re
from dataclasses import dataclass, replace
from typing import Final

from scanner.exchange import words
from scanner.ropa.periods import parse_period
from scanner.ropa.types import Retention
from scanner.ropa.vocabulary import THENS

_NUMBERS: Final = {
    word: number
    for number, forms in enumerate(
        (
            "",
            "one un une",
            "two deux",
            "three trois",
            "four quatre",
            "five cinq",
            "six",
            "seven sept",
            "eight huit",
            "nine neuf",
            "ten dix",
            "eleven onze",
            "twelve douze",
        )
    )
    for word in forms.split()
}
_UNITS: Final = {
    "day": "D",
    "days": "D",
    "jour": "D",
    "jours": "D",
    "week": "W",
    "weeks": "W",
    "semaine": "W",
    "semaines": "W",
    "month": "M",
    "months": "M",
    "mois": "M",
    "year": "Y",
    "years": "Y",
    "an": "Y",
    "ans": "Y",
    "annee": "Y",
    "annees": "Y",
    "yr": "Y",
    "yrs": "Y",
}
_SPAN = re.compile(
    rf"\b(\d{{1,4}}|{'|'.join(_NUMBERS)})\s+(?:full |calendar |business )?({'|'.join(_UNITS)})\b"
)
_ISO = re.compile(r"\bP(?=\d)(?:\d{1,4}Y)?(?:\d{1,5}M)?(?:\d{1,5}W)?(?:\d{1,6}D)?\b")
_AFTER = re.compile(
    r"\b(?:after|from|post|following|since|past|"
    r"apres|a compter de|a partir de|depuis|suivant)\s+(.*)"
)
_THEN: Final = {
    "delete": r"\b(?:delet|eras|destr|shred|supprim|efface|detrui)",
    "anonymise": r"\b(?:anonymi)",
    "archive": r"\b(?:archiv)",
    "review": r"\b(?:review|reexamin|revue)",
}
_EXCEPT = re.compile(
    r"\(\s*(?:not for|except for|except|excluding|hors|sauf):?\s+(.*)\)|"
    r",?\s*\b(?:not for|except for|except|excluding|hors|sauf)\b:?\s+([^()]+)$",
    re.IGNORECASE,
)
_LEAST = re.compile(r"\b(?:at least|minimum|no less than|au moins|minimale?)\b")
_MOST = re.compile(
    r"\b(?:up to|at most|maximum|no longer than|no more than|au plus|jusqu a|maximale?)\b"
)


@dataclass(frozen=True, slots=True)
class Limit:
    """What a sentence says. ``criteria`` holds the sentence where no single period was read."""

    period: str = ""
    bound: str = ""
    starts: str = ""
    then: str = ""
    criteria: str = ""
    sure: bool = True  # nothing of the sentence was left out
    excludes: tuple[str, ...] = ()  # categories that the limit is not for


def read(text: str) -> Limit:
    """Read one sentence about how long."""
    match = _EXCEPT.search(text)
    if match:
        found = words.many("categories", (match[1] or match[2],))
        limit = read(text[: match.start()] + text[match.end() :])
        return replace(limit, excludes=tuple(found.ids), sure=limit.sure and not found.unmapped)
    flat = words.plain(text)
    periods = _periods(text, flat)
    if len(periods) != 1:
        return Limit(criteria=" ".join(text.split()), sure=False)
    bound = "at_least" if _LEAST.search(flat) else "at_most" if _MOST.search(flat) else ""
    bound = bound or ("exactly" if re.search(r"\bexact", flat) else "")
    then = next((name for name, sign in _THEN.items() if re.search(sign, flat)), "")
    starts, said = _starts(flat)
    return Limit(
        periods[0],
        bound,
        starts,
        then,
        "" if starts or not said else " ".join(text.split()),
        bool(starts) or not said,
    )


def _periods(text: str, flat: str) -> list[str]:
    iso = _ISO.findall(text)
    if iso:
        return list(dict.fromkeys(iso))
    found: dict[str, str] = {}
    order = "YMWD"
    spans = [(match[1], _UNITS[match[2]], match.span()) for match in _SPAN.finditer(flat)]
    out: list[str] = []
    end = -1
    for number, unit, (start, stop) in spans:
        value = str(_NUMBERS.get(number, number)).lstrip("0") or "0"
        joined = end >= 0 and flat[end:start].strip() in ("", "and", "et")
        if found and not (joined and order.index(unit) > order.index(max(found, key=order.index))):
            out.append(_iso(found, order))
            found = {}
        found[unit] = value
        end = stop
    if found:
        out.append(_iso(found, order))
    return list(dict.fromkeys(out))


def _iso(found: dict[str, str], order: str) -> str:
    text = "P" + "".join(f"{found[unit]}{unit}" for unit in order if unit in found)
    try:
        parse_period(text)
    except ValueError:
        return ""
    return text


def _starts(flat: str) -> tuple[str, bool]:
    after = _AFTER.search(flat)
    tail = after[1] if after else flat
    found = _event(tail.split()) or _event(flat.split())
    return found, bool(found) or after is not None


def _event(said: list[str]) -> str:
    """Return the event that the longest run of known words names."""
    for size in range(6, 0, -1):
        for start in range(len(said) - size + 1):
            if id_ := words.one("starts", " ".join(said[start : start + size])):
                return id_
    return ""


def said(rule: Retention) -> str:
    """Return a retention rule as a sentence that :func:`read` understands."""
    if not rule.period:
        return rule.criteria or "period not stated"
    bound = {"at_most": "at most ", "at_least": "at least ", "exactly": "exactly "}.get(
        rule.bound, ""
    )
    text = bound + parse_period(rule.period).words
    if rule.starts:
        text += f" after {rule.starts.replace('_', ' ')}"
    if rule.then in THENS:
        text += f", then {rule.then}"
    if rule.excludes:
        text += f" (not for: {', '.join(words.said('categories', id_) for id_ in rule.excludes)})"
    return text
