"""Mark hits that say little about a person: test values, harmless addresses, role mailboxes.

Private mailboxes are marked too: addresses without them are those of companies.
"""

import ipaddress
import re
from collections.abc import Callable

from scanner.classify.words import bag
from scanner.detect.weakhash import weakness

# Published test numbers of the card brands and of payment services.
_TEST_CARDS = bag(
    """4111111111111111 4242424242424242 4012888888881881 4222222222222 4000000000000002
    4000056655665556 4917610000000000 5555555555554444 5105105105105100 5200828282828210
    2223003122003222 2223000048400011 378282246310005 371449635398431 378734493671000
    6011111111111117 6011000990139424 6011000000000004 30569309025904 38520000023237
    36227206271667 3530111333300000 3566002020360505 6200000000000005 5431111111111111
    4000000000000000 5454545454545454 4444333322221111 6304000000000000"""
)
_TEST_DOMAIN = re.compile(
    r"(?i)@(?:[\w-]+\.)*(?:example\.(?:com|org|net|edu)|example|test|invalid|localhost)$"
)
_ROLES = bag(
    """info contact support help helpdesk admin administrator webmaster postmaster hostmaster abuse
    noreply no-reply donotreply do-not-reply sales marketing office privacy dpo security billing
    accounts accounting invoice invoices hr jobs careers press media legal service services
    customerservice team hello enquiries inquiries feedback newsletter news mailer-daemon root
    daemon notifications notification alerts alert system bounce bounces facturation
    comptabilite accueil kontakt buchhaltung vertrieb datenschutz rechnung personal ventas
    contacto vendite contatti informazioni verkoop klantenservice atendimento contato"""
)
_FREE = re.compile(
    r"(?:gmail|googlemail|outlook|hotmail|live|msn|yahoo|ymail|rocketmail|icloud|aol|gmx|protonmail"
    r"|yandex|fastmail|mail|inbox)\.(?:com|net|org|[a-z]{2}|com?\.[a-z]{2})"
    r"|(?:me|mac)\.com|pm\.me|proton\.me|web\.de|t-online\.de|freenet\.de|arcor\.de|orange\.fr"
    r"|wanadoo\.fr|free\.fr|laposte\.net|sfr\.fr|bbox\.fr|neuf\.fr|numericable\.fr|libero\.it"
    r"|virgilio\.it|tiscali\.it|alice\.it|telenet\.be|skynet\.be|ziggo\.nl|kpnmail\.nl|bluewin\.ch"
    r"|videotron\.ca|sympatico\.ca|rogers\.com|bell\.net|shaw\.ca|telus\.net|comcast\.net"
    r"|verizon\.net|att\.net|sbcglobal\.net|btinternet\.com|sky\.com|qq\.com|163\.com|126\.com"
    r"|naver\.com|uol\.com\.br|bol\.com\.br|terra\.com\.br|wp\.pl|o2\.pl|onet\.pl|seznam\.cz|centrum\.cz"
)
_TEST_PHONE = re.compile(r"555\D?01\d\d$")
_TEST_SSN = frozenset({"000000000", "078051120", "219099999", "123456789", "111111111"})
_DOCUMENTATION = tuple(
    ipaddress.ip_network(text)
    for text in ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32", "3fff::/20")
)
# First numbers of the addresses that can bear a mark; the rest need not be taken apart.
_QUAD = re.compile(r"([0-9]{1,3})(?:\.[0-9]{1,3}){3}", re.ASCII)
_TELLING = bag("0 127 169 192 198 203 255 " + " ".join(map(str, range(224, 240))))


def _email(text: str) -> str:
    if _TEST_DOMAIN.search(text):
        return "test"
    local, _, domain = text.lower().partition("@")
    if local.partition("+")[0] in _ROLES:
        return "role"
    return "freemail" if _FREE.fullmatch(domain) else ""


def _address(text: str) -> str:
    plain = _QUAD.fullmatch(text)
    if plain and plain[1] not in _TELLING:
        return ""
    try:
        address = ipaddress.ip_interface(text.partition("%")[0]).ip
    except ValueError:
        return ""
    if address.is_loopback or address.is_link_local or address.is_unspecified:
        return "harmless"
    if address.is_multicast or str(address) == "255.255.255.255":
        return "harmless"
    inside = any(address.version == net.version and address in net for net in _DOCUMENTATION)
    return "harmless" if inside else ""


def _hardware(text: str) -> str:
    digits = re.sub(r"[^0-9a-f]", "", text.lower())
    return "harmless" if digits in ("0" * 12, "f" * 12) else ""


def mark(entity: str, text: str) -> str:
    """Return the mark of a hit: ``test``, ``harmless``, ``role``, ``weak``, ``bare`` or nothing.

    ``weak`` and ``bare`` are hashes of passwords (:mod:`scanner.detect.weakhash`).
    """
    judge = _JUDGES.get(entity)
    return judge(text) if judge is not None else ""


def _listed(known: frozenset[str]) -> Callable[[str], str]:
    """Return what marks the numbers of a list."""
    return lambda text: "test" if re.sub(r"\D", "", text) in known else ""


def _phone(text: str) -> str:
    return "test" if _TEST_PHONE.search(re.sub(r"\D", "", text)) else ""


def _host(text: str) -> str:
    if text.lower().startswith("localhost"):
        return "harmless"
    return "test" if _TEST_DOMAIN.search("@" + text) else ""


_JUDGES: dict[str, Callable[[str], str]] = {
    "CREDIT_CARD": _listed(_TEST_CARDS),
    "EMAIL_ADDRESS": _email,
    "HOST_NAME": _host,
    "IP_ADDRESS": _address,
    "MAC_ADDRESS": _hardware,
    "PASSWORD_HASH": weakness,
    "PHONE_NUMBER": _phone,
    "US_SSN": _listed(_TEST_SSN),
}
