"""Presidio's recognizers where they need a word more, and a French one in their manner."""

import functools
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from presidio_analyzer import Pattern, PatternRecognizer
from presidio_analyzer.predefined_recognizers import (
    CreditCardRecognizer,
    EmailRecognizer,
    UrlRecognizer,
)
from stdnum import luhn

from scanner.classify.words import bag
from scanner.detect.checksums import imei

if TYPE_CHECKING:
    from presidio_analyzer import RecognizerResult
    from presidio_analyzer.nlp_engine import NlpArtifacts
    from tldextract import TLDExtract

# Suffixes of names inside an organisation; an address there is still somebody's.
INTERNAL = bag(
    """local lan internal corp intranet home localdomain private invalid test example localhost"""
)


@functools.cache
def offline_suffixes() -> "TLDExtract":
    """Return an extractor that reads the bundled public-suffix list: no network, no cache file."""
    import tldextract

    return tldextract.TLDExtract(
        cache_dir=None,
        suffix_list_urls=(),
        fallback_to_snapshot=True,
        include_psl_private_domains=False,
    )


# The longest local part and domain of an address, with some room.
_BEFORE, _AFTER = 80, 260
# Allowed in an address, but in practice the end of what stands before it.
_LEAD = re.compile(r".*[/=?&'`{|}!#$%^*~]")


def _around(text: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches of a text around its ``@``, those that touch joined."""
    start = end = -1
    for match in re.finditer("@", text):
        left, right = max(0, match.start() - _BEFORE), min(len(text), match.end() + _AFTER)
        if start < 0:
            start, end = left, right
        elif left <= end:
            end = right
        else:
            yield start, end
            start, end = left, right
    if start >= 0:
        yield start, end


def _lead(address: str) -> int:
    """Return how many signs before an address the rule took along: ``inbox/``, ``user=``."""
    local = address.rpartition("@")[0]
    found = _LEAD.match(local)
    return found.end() if found and found.end() < len(local) else 0


@functools.lru_cache(maxsize=65_536)
def _is_mail_domain(domain: str) -> bool:
    """Tell whether a domain lies under a public suffix or is an internal one."""
    if domain.rsplit(".", 1)[-1].lower() in INTERNAL:
        return True
    found = offline_suffixes()(domain)
    # "nhs.uk" is a suffix under which others register, and has mailboxes of its own.
    return bool(found.fqdn) or (not found.domain and found.suffix.count(".") > 0)


class _EmailInShort(EmailRecognizer):
    """Presidio's e-mail rule with the bundled suffix list, plus internal domains."""

    lead = staticmethod(_lead)

    def validate_result(self, pattern_text: str) -> bool:
        """Accept an address under a public suffix or an internal one."""
        return _is_mail_domain(pattern_text.rsplit("@", 1)[-1].rstrip("."))


class OfflineEmailRecognizer(_EmailInShort):
    """The same in texts of any length; ``within`` does it in texts of ``whole_up_to``."""

    whole_up_to = _BEFORE + _AFTER - 1

    def __init__(self) -> None:
        super().__init__()
        self.within = _EmailInShort()

    def analyze(
        self,
        text: str,
        entities: list[str],
        nlp_artifacts: "NlpArtifacts | None" = None,
        regex_flags: int | None = None,
    ) -> list["RecognizerResult"]:
        """Find addresses; in a long text only around each ``@``, as the rule is quadratic."""
        stretches = [(0, len(text))] if len(text) < _BEFORE + _AFTER else _around(text)
        out: list[RecognizerResult] = []
        for start, end in stretches:
            for result in super().analyze(text[start:end], entities, nlp_artifacts, regex_flags):
                result.start, result.end = result.start + start, result.end + start
                result.start += _lead(text[result.start : result.end])
                out.append(result)
        return out


class SchemeUrlRecognizer(UrlRecognizer):
    """Presidio's URL rule with a scheme or ``www``: the bare one takes ``john.do`` for one."""

    def __init__(self) -> None:
        www = Pattern(
            "www",
            r"(?i)(?<![\w./@-])www\d{0,3}\.(?:[a-z0-9-]{1,63}\.)+[a-z]{2,24}(?:/[^\s\"'<>]*)?",
            0.5,
        )
        super().__init__(patterns=[UrlRecognizer.PATTERNS[0], www])


class CardRecognizer(CreditCardRecognizer):
    """Presidio's card rule, plus Mastercard's 2-series and numbers of 17 to 19 digits."""

    def __init__(self) -> None:
        more = [
            Pattern(
                "Mastercard 2-series",
                r"\b2(?:22[1-9]|2[3-9]\d|[3-6]\d{2}|7[01]\d|720)(?:[- ]?\d{4}){3}\b",
                0.3,
            ),
            Pattern("17 to 19 digits", r"\b[3-6]\d{3}(?:[- ]?\d{4}){3}[- ]?\d{1,3}\b", 0.3),
        ]
        super().__init__(patterns=[*CreditCardRecognizer.PATTERNS, *more])


class FrNirRecognizer(PatternRecognizer):
    """French social security number (NIR) of 15 signs with its key."""

    PATTERNS = (
        Pattern(
            "NIR with key",
            r"(?<![\w.])[1-478]\s?\d{2}\s?(?:0[1-9]|1[0-2]|[2-9]\d)\s?(?:\d{2}|2[AB])\s?\d{3}\s?\d{3}\s?\d{2}(?![\w.])",
            0.5,
        ),
    )

    def __init__(self) -> None:
        super().__init__(
            supported_entity="FR_NIR",
            patterns=list(self.PATTERNS),
            context=["nir", "securite", "sociale", "sécurité"],
            supported_language="fr",
        )

    def validate_result(self, pattern_text: str) -> bool:
        """Check the key: 97 less the number's remainder; Corsica's 2A and 2B count as 19 and 18."""
        digits = re.sub(r"\s", "", pattern_text).upper()
        number = digits[:13].replace("2A", "19", 1) if digits[5:7] == "2A" else digits[:13]
        number = number.replace("2B", "18", 1) if digits[5:7] == "2B" else number
        return number.isdigit() and 97 - int(number) % 97 == int(digits[13:])


class ImeiRecognizer(PatternRecognizer):
    """The number of a mobile phone: fifteen digits with Luhn's check, begun by who gave it out."""

    def __init__(self) -> None:
        super().__init__(
            supported_entity="IMEI",
            patterns=[
                Pattern(
                    "IMEI",
                    r"\b(?:01|35|86|9[0179]|98|99|4[459]|5[0-4])[0-9]{6}[ -]?[0-9]{6}[ -]?[0-9]\b"
                    r"|\b(?:01|35|86|9[0179]|98|99|4[459]|5[0-4])-[0-9]{6}-[0-9]{6}-[0-9]\b",
                    0.3,
                )
            ],
            context=["imei", "handset", "device"],
        )

    def validate_result(self, pattern_text: str) -> bool:
        """Check Luhn's sum."""
        return imei(pattern_text)


class IccidRecognizer(PatternRecognizer):
    """The number of a SIM card: 89, country and issuer, 19 digits with Luhn's check or 20."""

    def __init__(self) -> None:
        super().__init__(
            supported_entity="ICCID",
            patterns=[Pattern("ICCID", r"\b89[0-9]{17}[0-9F]?\b", 0.3)],
            context=["iccid", "sim", "uicc"],
        )

    def validate_result(self, pattern_text: str) -> bool:
        """Check Luhn's sum over the first 19 digits or all 20."""
        digits = pattern_text.upper().rstrip("F")
        return any(luhn.is_valid(part) for part in {digits, digits[:19]})
