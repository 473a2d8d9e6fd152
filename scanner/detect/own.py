"""Recognizers of our own for logs and tables, and Presidio's where they need a word more."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from presidio_analyzer import Pattern, PatternRecognizer
from presidio_analyzer.predefined_recognizers import (
    CreditCardRecognizer,
    EmailRecognizer,
    UrlRecognizer,
)

from scanner.detect.features import Least
from scanner.detect.finder import PatternFinder

if TYPE_CHECKING:
    from presidio_analyzer import RecognizerResult
    from presidio_analyzer.nlp_engine import NlpArtifacts
    from tldextract import TLDExtract

# Suffixes of names inside an organisation; an address there is still somebody's.
INTERNAL = frozenset(
    "local lan internal corp intranet home localdomain private invalid test example localhost".split()
)


def offline_suffixes() -> "TLDExtract":
    """Return an extractor that reads the bundled public-suffix list: no network, no cache file."""
    import tldextract

    return tldextract.TLDExtract(
        cache_dir=None, suffix_list_urls=(), fallback_to_snapshot=True, include_psl_private_domains=False
    )


# The longest local part and domain of an address, with some room.
_BEFORE, _AFTER = 80, 260


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


class OfflineEmailRecognizer(EmailRecognizer):
    """Presidio's e-mail rule with the bundled suffix list, plus internal domains."""

    def __init__(self) -> None:
        super().__init__()
        self._extract = offline_suffixes()

    def analyze(
        self,
        text: str,
        entities: list[str],
        nlp_artifacts: "NlpArtifacts | None" = None,
        regex_flags: int | None = None,
    ) -> list["RecognizerResult"]:
        """Find addresses; in a long text only around each ``@``, as the rule is quadratic."""
        if len(text) < _BEFORE + _AFTER:
            return super().analyze(text, entities, nlp_artifacts, regex_flags)
        out: list[RecognizerResult] = []
        for start, end in _around(text):
            for result in super().analyze(text[start:end], entities, nlp_artifacts, regex_flags):
                result.start, result.end = result.start + start, result.end + start
                out.append(result)
        return out

    def validate_result(self, pattern_text: str) -> bool:
        """Accept an address under a public suffix or an internal one."""
        domain = pattern_text.rsplit("@", 1)[-1].rstrip(".")
        if domain.rsplit(".", 1)[-1].lower() in INTERNAL:
            return True
        return bool(self._extract(domain).fqdn)


class SchemeUrlRecognizer(UrlRecognizer):
    """Presidio's URL rule with a scheme or ``www``: the bare one takes ``john.do`` for an address."""

    def __init__(self) -> None:
        www = Pattern("www", r"(?i)(?<![\w./@-])www\d{0,3}\.(?:[a-z0-9-]{1,63}\.)+[a-z]{2,24}(?:/[^\s\"'<>]*)?", 0.5)
        super().__init__(patterns=[UrlRecognizer.PATTERNS[0], www])


class CardRecognizer(CreditCardRecognizer):
    """Presidio's card rule, plus Mastercard's 2-series and numbers of 17 to 19 digits."""

    def __init__(self) -> None:
        more = [
            Pattern("Mastercard 2-series", r"\b2(?:22[1-9]|2[3-9]\d|[3-6]\d{2}|7[01]\d|720)(?:[- ]?\d{4}){3}\b", 0.3),
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


_NAME = r"[A-Za-z0-9_][\w.\\@$+-]{0,63}"
_USER = (
    (rf"(?i)\binvalid user (?P<v>{_NAME}) from\b", 0.7),
    (rf"\b(?:Failed|Accepted) \S+ for (?:invalid user |illegal user )?(?P<v>{_NAME}) from\b", 0.8),
    (rf"(?i)\bsession (?:opened|closed) for user (?P<v>{_NAME})", 0.8),
    (rf"(?i)\bauthentication fail(?:ure|ed) for (?:user )?[\"']?(?P<v>{_NAME})", 0.7),
    (rf"(?i)\b(?:login|logon|log in|sign-in|signin) (?:failed |succeeded |attempt )?(?:for|by|of) (?:user )?[\"']?(?P<v>{_NAME})", 0.7),
    (rf"(?i)(?<![\w-])(?:r?user|user_?name|logname|login|sasl_username|account|acct|uid_name|suser|duser|src_user|dst_user)=[\"'<]?(?P<v>(?=[\w.\\@$+-]*[A-Za-z]){_NAME})", 0.7),
    (rf"(?i)\bfor user [\"']?(?P<v>{_NAME})", 0.65),
    (rf"(?i)\buser [\"'](?P<v>{_NAME})[\"']", 0.7),
    (rf"(?i)\buser (?P<v>{_NAME}) (?:logged (?:in|out|on|off)|signed (?:in|out)|authenticated|has logged|connected|disconnected|from \d)", 0.7),
    (rf"(?i)\"(?:user|username|user_name|user_username|login|targetusername|subjectusername|remote_user)\"\s*:\s*\"(?P<v>{_NAME})\"", 0.7),
    (rf"(?i)<Data Name=[\"'](?:Target|Subject)UserName[\"']>(?P<v>{_NAME})</Data>", 0.75),
)
_NOT_USER = frozenset(
    """user from unknown the a an invalid authentication client request this all uid more app task job
    connection agent agents not is was has with on at by to in host ip http https id name null none
    nil true false anonymous password method service it next each undefined and or of that new""".split()
)
_HOST = r"(?<![\w@./:%+=-])(?:[a-z0-9-]{1,63}\.)+[a-z]{2,24}(?![\w@(/-]|\.\w)"
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?")
_FILES = frozenset(
    """py sh rs js ts md pl ps cc so do zip mov app rb java class xml txt log conf cfg ini json yml yaml
    html htm php css png jpg jpeg gif svg pdf doc docx xls xlsx csv tsv gz bz tar exe dll jar war sql
    db bak tmp pid sock service target timer mount socket slice scope lock cpp hpp go kt swift vue
    tif tiff wav mp3 mp4 eml msg key pem crt cer csr""".split()
)
_AGENT = (
    r"(?:Mozilla|Opera)/\d+\.\d+ \([^\n\"]{3,400}"
    r"|^(?:curl|Wget|python-requests|okhttp|PostmanRuntime|Go-http-client|Dalvik)/\d[\w./ ();-]{0,200}"
)


def _user(text: str) -> bool:
    return text.lower() not in _NOT_USER and not re.fullmatch(r"[\d.]+", text)


class _Hosts:
    """Accepts full host names: a known suffix that is no file's ending."""

    def __init__(self) -> None:
        self._extract = offline_suffixes()

    def __call__(self, text: str) -> bool:
        labels = text.lower().split(".")
        if not all(_LABEL.fullmatch(label) for label in labels):
            return False
        if labels[-1] in INTERNAL:
            return True
        if labels[-1] in _FILES or any(label.isdigit() for label in labels[-2:]):
            return False
        return bool(self._extract(text).fqdn) and len(labels[-2]) > 1


def own_finders() -> tuple[PatternFinder, ...]:
    """Return our finders beyond secrets."""
    return (
        PatternFinder(
            "UserInTextRecognizer",
            "USERNAME",
            tuple((re.compile(pattern), score) for pattern, score in _USER),
            ("user", "log", "failed", "accepted", "acct", "account", "auth", "sign"),
            _user,
        ),
        PatternFinder(
            "HostNameRecognizer",
            "HOST_NAME",
            ((re.compile(_HOST, re.IGNORECASE), 0.5),),
            check=_Hosts(),
            least=Least(4, dots=1),
        ),
        PatternFinder(
            "UserAgentRecognizer",
            "USER_AGENT",
            ((re.compile(_AGENT), 0.9),),
            ("mozilla/", "opera/", "curl/", "wget/", "python-requests", "okhttp", "postmanruntime", "go-http-client", "dalvik"),
        ),
        PatternFinder(
            "CoordinatesRecognizer",
            "COORDINATES",
            (
                (
                    re.compile(
                        r"(?<![\d.])[-+]?(?:[1-8]?\d|90)\.\d{3,}°?\s?[,;]\s?[-+]?(?:1[0-7]\d|\d{1,2}|180)\.\d{3,}(?![\d.])"
                    ),
                    0.7,
                ),
                (re.compile(r"\bPOINT ?\([-+]?\d{1,3}\.\d{3,} [-+]?\d{1,3}\.\d{3,}\)"), 0.8),
            ),
            least=Least(9, 8, dots=2),
        ),
    )


MASKED_CARD = re.compile(
    r"(?<![\w*])(?:[3-6]\d{3,5}[ -]?[\dxX*•#]{2}(?:[ -]?[*xX•#]{2,4}){1,3}[ -]?\d{4}|"
    r"(?:[*xX•#]{4}[ -]?){2,4}\d{3,4}|[3-6]\d{5}[*xX•#]{4,9}\d{3,4})(?![\w*])"
)
