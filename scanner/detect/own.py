"""Recognizers of our own for logs and tables: user and host names, user agents, coordinates."""

import re

from scanner.classify.words import bag
from scanner.detect.features import Least
from scanner.detect.finder import PatternFinder
from scanner.detect.refined import INTERNAL, offline_suffixes

_NAME = r"[A-Za-z0-9_][\w.\\@$+-]{0,63}"
_USER = (
    (rf"(?i)\binvalid user (?P<v>{_NAME}) from\b", 0.7),
    (rf"\b(?:Failed|Accepted) \S+ for (?:invalid user |illegal user )?(?P<v>{_NAME}) from\b", 0.8),
    (rf"(?i)\bsession (?:opened|closed) for user (?P<v>{_NAME})", 0.8),
    (rf"(?i)\bauthentication fail(?:ure|ed) for (?:user )?[\"']?(?P<v>{_NAME})", 0.7),
    (
        r"(?i)\b(?:login|logon|log in|sign-in|signin) (?:failed |succeeded |attempt )?"
        rf"(?:for|by|of) (?:user )?[\"']?(?P<v>{_NAME})",
        0.7,
    ),
    (
        r"(?i)(?<![\w-])(?:r?user|user_?name|logname|login|sasl_username|account|acct|uid_name|"
        rf"suser|duser|src_user|dst_user)=[\"'<]?(?P<v>(?=[\w.\\@$+-]*[A-Za-z]){_NAME})",
        0.7,
    ),
    (rf"(?i)\bfor user [\"']?(?P<v>{_NAME})", 0.65),
    (rf"(?i)\buser [\"'](?P<v>{_NAME})[\"']", 0.7),
    (
        rf"(?i)\buser (?P<v>{_NAME}) (?:logged (?:in|out|on|off)|signed (?:in|out)|authenticated|"
        r"has logged|connected|disconnected|from \d)",
        0.7,
    ),
    (
        r"(?i)\"(?:user|username|user_name|user_username|login|targetusername|subjectusername|"
        rf"remote_user)\"\s*:\s*\"(?P<v>{_NAME})\"",
        0.7,
    ),
    (rf"(?i)<Data Name=[\"'](?:Target|Subject)UserName[\"']>(?P<v>{_NAME})</Data>", 0.75),
)
_NOT_USER = bag(
    """user from unknown the a an invalid authentication client request this all uid more app
    task job connection agent agents not is was has with on at by to in host ip http https id
    name null none nil true false anonymous password method service it next each undefined and
    or of that new"""
)
_HOST = r"(?<![\w@./:%+=-])(?:[a-z0-9-]{1,63}\.)+[a-z]{2,24}(?![\w@(/-]|\.\w)"
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?")
_FILES = bag(
    """py sh rs js ts md pl ps cc so do zip mov app rb java class xml txt log conf cfg ini json
    yml yaml html htm php css png jpg jpeg gif svg pdf doc docx xls xlsx csv tsv gz bz tar exe
    dll jar war sql db bak tmp pid sock service target timer mount socket slice scope lock cpp
    hpp go kt swift vue tif tiff wav mp3 mp4 eml msg key pem crt cer csr"""
)
_AGENT = (
    r"(?:Mozilla|Opera)/\d+\.\d+ \([^\n\"]{3,400}"
    r"|^(?:curl|Wget|python-requests|okhttp|PostmanRuntime|Go-http-client|Dalvik)/\d"
    r"[\w./ ();-]{0,200}"
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


_POINT = (
    (
        r"(?<![\d.])[-+]?(?:[1-8]?\d|90)\.\d{3,}°?\s?[,;]\s?"
        r"[-+]?(?:1[0-7]\d|\d{1,2}|180)\.\d{3,}(?![\d.])",
        0.7,
    ),
    (r"\bPOINT ?\([-+]?\d{1,3}\.\d{3,} [-+]?\d{1,3}\.\d{3,}\)", 0.8),
)
_USER_CUES = ("user", "log", "failed", "accepted", "acct", "account", "auth", "sign")
_AGENT_CUES = (
    *("mozilla/", "opera/", "curl/", "wget/", "python-requests", "okhttp", "postmanruntime"),
    *("go-http-client", "dalvik"),
)


def _compile(rows: tuple[tuple[str, float], ...]) -> tuple[tuple[re.Pattern[str], float], ...]:
    return tuple((re.compile(pattern), score) for pattern, score in rows)


def own_finders() -> tuple[PatternFinder, ...]:
    """Return our finders beyond secrets."""
    host = ((re.compile(_HOST, re.IGNORECASE), 0.5),)
    points = Least(9, 8, dots=2)
    return (
        PatternFinder("UserInTextRecognizer", "USERNAME", _compile(_USER), _USER_CUES, _user),
        PatternFinder(
            "HostNameRecognizer", "HOST_NAME", host, check=_Hosts(), least=Least(4, dots=1)
        ),
        PatternFinder("UserAgentRecognizer", "USER_AGENT", _compile(((_AGENT, 0.9),)), _AGENT_CUES),
        PatternFinder("CoordinatesRecognizer", "COORDINATES", _compile(_POINT), least=points),
    )
