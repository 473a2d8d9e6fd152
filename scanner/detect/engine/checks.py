"""Checks of Presidio's recognizers, done in bulk where the answer is plain; the rest is asked.

Only what a profile showed to be most of the time of a field full of hits. Each is bound to the
method that it stands for: a recognizer with another method is asked about everything. A test
compares both on what the expressions match and on other texts.
"""

import functools
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from scanner.detect.lean import LeanSteps

Worth = Callable[[str, float], float]  # a matched text and its expression's score: the score

_BYTE = "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])"
_PAIR = "[0-9A-Fa-f]{2}"
_DOUBLED = {str(digit): sum(divmod(2 * digit, 10)) for digit in range(10)}
_MAIL_SIGNS = frozenset("/?#:\\[]@")  # begin or end something else in the eyes of a URL parser
_PAIRS = [("-", ""), (" ", "")]


@dataclass(frozen=True, slots=True)
class Check:
    """What a recognizer makes of a match.

    Texts in which the RE2 expression ``good`` matches keep their score, those in which ``bad``
    matches are dropped; ``worth`` says of the others what they score, 0 for no match.
    """

    worth: Worth = field(repr=False)
    good: str = ""
    bad: str = ""


def _card(slow: Worth, text: str, score: float) -> float:
    """Luhn's sum over the digits; cards are written with blanks and hyphens."""
    digits = text.replace("-", "").replace(" ", "")
    if not (digits.isascii() and digits.isdigit()):
        return slow(text, score)
    total = sum(map(int, digits[-1::-2])) + sum(map(_DOUBLED.__getitem__, digits[-2::-2]))
    return 0.0 if total % 10 else 1.0


def _mail(slow: Worth, text: str, score: float) -> float:
    """Whether an address is under a public suffix depends on its domain; many share one."""
    local, _, domain = text.rpartition("@")
    plain = bool(local) and text.isascii() and _MAIL_SIGNS.isdisjoint(local + domain)
    return _of_domain(slow, domain, score) if plain else slow(text, score)


@functools.lru_cache(maxsize=65_536)
def _of_domain(slow: Worth, domain: str, score: float) -> float:
    return slow(f"a@{domain}", score)


@dataclass(frozen=True, slots=True)
class _Known:
    """How the answers of a method can be had faster."""

    method: str
    worth: Callable[[Worth, str, float], float] | None = None
    good: str = ""
    bad: str = ""


_HOME = "presidio_analyzer.predefined_recognizers.generic."
_KNOWN = {
    f"{_HOME}credit_card_recognizer.CreditCardRecognizer": _Known("validate_result", _card),
    # Base58 has no 0, O, I and l.
    f"{_HOME}crypto_recognizer.CryptoRecognizer": _Known("validate_result", bad=r"\A[13].*[0OIl]"),
    f"{_HOME}email_recognizer.EmailRecognizer": _Known("validate_result", _mail),
    f"{_HOME}ip_recognizer.IpRecognizer": _Known(
        "invalidate_result", good=rf"\A(?:{_BYTE}\.){{3}}{_BYTE}\z"
    ),
    # Only all 0 and all F are turned away.
    f"{_HOME}mac_recognizer.MacAddressRecognizer": _Known(
        "invalidate_result",
        good=rf"\A[1-9A-Ea-e][0-9A-Fa-f](?:(?::{_PAIR}){{5}}|(?:-{_PAIR}){{5}})\z",
    ),
}


def check_of(recognizer: object, lean: LeanSteps) -> Check | None:
    """Return what a recognizer's checks make of a match; None when it has no checks."""
    if lean.validate is None and lean.invalidate is None:
        return None
    known = _known(recognizer)
    if known is None:
        return Check(lean.worth)
    worth = lean.worth if known.worth is None else partial(known.worth, lean.worth)
    return Check(worth, known.good, known.bad)


def _known(recognizer: object) -> _Known | None:
    """Find the fast form of a recognizer whose checks are those that it was written for."""
    from presidio_analyzer import PatternRecognizer

    kind = type(recognizer)
    for owner in kind.__mro__:
        known = _KNOWN.get(f"{owner.__module__}.{owner.__qualname__}")
        if known is None:
            continue
        other = {"validate_result", "invalidate_result"} - {known.method}
        same = getattr(kind, known.method) is getattr(owner, known.method)
        alone = all(getattr(kind, name) is getattr(PatternRecognizer, name) for name in other)
        usual = getattr(recognizer, "replacement_pairs", _PAIRS) == _PAIRS
        return known if same and alone and usual else None
    return None
