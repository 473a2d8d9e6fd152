"""Recognizers of our own: hosts, machines, mailboxes, user agents, coordinates."""

import re

from scanner.classify.words import bag
from scanner.detect.accounts import account_finder
from scanner.detect.features import Least
from scanner.detect.finder import PatternFinder
from scanner.detect.refined import INTERNAL, offline_suffixes

_DOTTED = r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,22}[a-z]"
_HOST = rf"(?<![\w@./:%+=-])_?{_DOTTED}(?![\w@(/-]|\.\w)"
# After what announces a machine, and before its address or port, the last label may be any suffix.
_SAID_HOST = (
    r"(?<![\w-])(?:rhost|host|hostname|client|server|helo|ehlo|relay|h|peer|node|remote|workstation"
    r"|computer|domain|source|src|dst|dest|from|to|for|by|proxy|via|connect|query\[\w{1,5}\])"
    rf"(?:[=: ]|: |=<|[\"']: ?[\"']|=[\"']| \()(?P<v>{_DOTTED})(?![\w@-]|\.\w)(?!\()"
)
_HOST_PORT = rf"(?<![\w@./:%+=-])(?P<v>{_DOTTED})(?= ?\[\d|:\d{{2,5}}(?![\w.])|/\d{{1,3}}\.\d)"
_FRAMEWORK = re.compile(r"[A-Z]\w*\.NET")
# Suffixes of the Internet that end the names of settings, too: "spark.app.name".
_SETTINGS = bag(
    """name id app host data dir group zone cache email link page run work events media network
    services systems bot date day dev download email exchange fail foundation game global icu
    java kim map menu one plus post property pub report review select show site social store
    style support team tech test tips today tools top total trade vote watch win works zip"""
)
_MACHINE = re.compile(
    r"(?:www|mail|mx|ns|smtp|imap|pop|ftp|vpn|host|dsl|ppp|pc|srv|web|dns)\d*(?:-|$)|.*\d"
)
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?")
_FILES = bag(
    """py sh rs js ts md pl ps cc so do zip mov app rb java class xml txt log conf cfg ini json
    yml yaml html htm php css png jpg jpeg gif svg pdf doc docx xls xlsx csv tsv gz bz tar exe
    dll jar war sql db bak tmp pid sock service target timer mount socket slice scope lock cpp
    hpp go kt swift vue tif tiff wav mp3 mp4 eml msg key pem crt cer csr"""
)
_COUNTRIES = bag("pl cc rs do sh py")  # endings of files that are a country's, too
_RESERVED = bag("test example invalid private localhost")
_AGENT = (
    r"(?:Mozilla|Opera)/\d+\.\d+ \([^\n\"]{3,400}"
    r"|^(?:curl|Wget|python-requests|okhttp|PostmanRuntime|Go-http-client|Dalvik)/\d"
    r"[\w./ ();-]{0,200}"
)


class _Hosts:
    """Accepts full host names: a known suffix that is no file's ending and no word of a setting.

    ``said``: something beside the name says that it is one of a machine.
    """

    def __init__(self, *, said: bool = False) -> None:
        self._extract, self._said = offline_suffixes(), said

    def __call__(self, text: str) -> bool:
        labels = text.lower().lstrip("_").split(".")
        last = labels[-1]
        if not all(_LABEL.fullmatch(label) for label in labels):
            return False
        if last in INTERNAL:
            return len(labels) > 2 or self._said or last not in _RESERVED
        if any(label.isdigit() for label in labels[-2:]) or len(labels[-2]) < 2:
            return False
        said = self._said or (len(labels) > 2 and _MACHINE.match(labels[0]) is not None)
        if last in _FILES and not (said and last in _COUNTRIES):
            return False
        found = self._extract(text)
        if not self._said and (
            _FRAMEWORK.fullmatch(text) or (last in _SETTINGS and "." not in found.suffix)
        ):
            return False
        return bool(found.fqdn)


_MAC_KEY = (
    r"(?i)(?<![a-z0-9])(?:(?:client|src|dst|source|dest|device|wifi|wlan|host|ap|sta|peer|eth|bt"
    r"|bluetooth|user|node|hw|phy)?[_-]?mac(?:[_-]?addr(?:ess)?)?|bssid|hw_?addr|lladdr|chaddr|ether"
    r"|station|cli|(?:calling|called)-?station-?id)[\"']?(?: ?[=:] ?| is | )[\"']?"
)
_HEX = "[0-9A-Fa-f]"
_PAIRS = rf"{_HEX}{{2}}(?::{_HEX}{{2}}){{5}}"
_MAC = (
    (
        rf"{_MAC_KEY}(?P<v>{_HEX}{{12}}|{_HEX}{{4}}-{_HEX}{{4}}-{_HEX}{{4}}"
        rf"|{_HEX}{{6}}-{_HEX}{{6}})(?![\w-])",
        0.7,
    ),
    # BSD leaves out leading zeros; a DHCP client's id begins with the type of its hardware.
    (
        rf"(?i)\b(?:at|station [\d.]{{7,15}}|flop [\d.]{{7,15}}|address [\d.]{{7,15}}) "
        rf"(?P<v>(?:{_HEX}{{1,2}}:){{5}}{_HEX}{{1,2}})(?= )",
        0.7,
    ),
    (rf"\bdev_(?P<v>{_HEX}{{2}}(?:_{_HEX}{{2}}){{5}})(?![\w-])", 0.8),  # BlueZ
    (rf"(?<![\w-])\w{{2,12}},(?P<v>{_HEX}{{12}}),v?\d{{1,3}}\.\d{{1,3}}\.\d", 0.7),  # UniFi
    (rf"(?i)(?:cid|client-?_?id|uid|identifier)\W{{1,4}}01:(?P<v>{_PAIRS})(?![0-9a-f:])", 0.6),
    (
        rf"(?i)(?<![0-9a-f:])00:0[13]:00:01:(?:(?:{_HEX}{{2}}:){{4}})?(?P<v>{_PAIRS})(?![0-9a-f:])",
        0.6,
    ),
    # The audit log of Windows' DHCP server.
    (
        r"^\d{1,2},\d\d/\d\d/\d\d,\d\d:\d\d:\d\d,[^,\n]{1,60},[\d.]{7,15},[^,\n]{0,255},"
        rf"(?P<v>{_HEX}{{12}}),",
        0.8,
    ),
)
_MAC_CUES = (
    ("mac", "bssid", "addr", "ether", "station", "cli"),
    ("at ", "station ", "flop ", "address "),
    ("dev_",),
    (",",),
    ("01:",),
    ("00:01:",),
    (",",),
)
# In angle brackets after a word of a mail server, an address may have any domain.
_MAILBOX = (
    (
        r"(?i)(?:\b(?:from|to|rcpt|orig_to|sender|recipient|user|f|arg1|mail from|rcpt to)[=: ] ?"
        r"|-> ?)<(?P<v>[\w.!#$%&'*+/?^`{|}~-]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+"
        r"[a-z][a-z-]{0,22}[a-z])>",
        0.6,
    ),
)


def _hardware(text: str) -> bool:
    """Tell whether digits are those of one machine: neither all zero nor all of the others."""
    return len(set(re.sub(r"[^0-9a-f]", "", text.lower()))) > 1


_POINT = (
    (
        r"(?<![\d.])[-+]?(?:[1-8]?\d|90)\.\d{3,}°?\s?[,;]\s?"
        r"[-+]?(?:1[0-7]\d|\d{1,2}|180)\.\d{3,}(?![\d.])",
        0.7,
    ),
    (r"\bPOINT ?\([-+]?\d{1,3}\.\d{3,} [-+]?\d{1,3}\.\d{3,}\)", 0.8),
)
_AGENT_CUES = (
    *("mozilla/", "opera/", "curl/", "wget/", "python-requests", "okhttp", "postmanruntime"),
    *("go-http-client", "dalvik"),
)


def _compile(rows: tuple[tuple[str, float], ...]) -> tuple[tuple[re.Pattern[str], float], ...]:
    return tuple((re.compile(pattern), score) for pattern, score in rows)


def own_finders() -> tuple[PatternFinder, ...]:
    """Return our finders beyond secrets."""
    host = _compile(((f"(?i){_HOST}", 0.5),))
    said = _compile(((f"(?i){_SAID_HOST}", 0.6), (f"(?i){_HOST_PORT}", 0.6)))
    points, dot = Least(9, 8, dots=2), Least(4, dots=1)
    return (
        account_finder(),
        PatternFinder("HostNameRecognizer", "HOST_NAME", host, check=_Hosts(), least=dot),
        PatternFinder(
            "HostInTextRecognizer", "HOST_NAME", said, check=_Hosts(said=True), least=dot
        ),
        PatternFinder(
            "MacInTextRecognizer", "MAC_ADDRESS", _compile(_MAC), check=_hardware, cues=_MAC_CUES
        ),
        PatternFinder("MailboxInTextRecognizer", "EMAIL_ADDRESS", _compile(_MAILBOX)),
        PatternFinder("UserAgentRecognizer", "USER_AGENT", _compile(((_AGENT, 0.9),)), _AGENT_CUES),
        PatternFinder("CoordinatesRecognizer", "COORDINATES", _compile(_POINT), least=points),
    )
