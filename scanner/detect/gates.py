"""Reject and settle hits: look-alikes of mailboxes and numbers, and overlaps between entities."""

import re
from collections.abc import Iterator

from scanner.model import Hit

# Algorithms, services and units that are written like addresses of mail.
_ALGORITHM = re.compile(r"(?i)@(?:openssh\.com|libssh\.org|lysator\.liu\.se|ssh\.com)$")
_UNIT = re.compile(
    r"(?i)\.(?:service|target|socket|mount|automount|slice|scope|timer|path|swap|device|zip|mov)$"
)
_SERVICE = re.compile(
    r"(?i)(?<![\w./])(?:host|https?|ldaps?|cifs|nfs|imaps?|smtp|pop|krbtgt|dns|mssqlsvc|termsrv|wsman"
    r"|restrictedkrbhost|postgres|gc|afs)/$"
)
_MESSAGE_ID = re.compile(
    r"(?i)(?<![a-z])(?:message-?_?id|msg-?_?id|mid|in-reply-to|references|content-id|cid|resent)"
    r"[\"']?\s?[=:]\s?[\"']?<?$"
)
_ID = re.compile(r"(?i)(?<![a-z])id=<?$")
_EXIM_ID = re.compile(r"\bS=\d+(?: \S+){0,3} id=$")
_MADE = re.compile(r"(?i)(?=(?:[^0-9]*[0-9]){4})[\w.$%+=~-]{12,}@")  # by a program, not a person
# "https://user:secret@host": what stands before the host is no mailbox.
_LOGIN = re.compile(
    r"(?<![\w+.-])(?!mailto|sips?|xmpp)[A-Za-z][\w+.-]{1,20}://[^\s/@?#\"'<>]{0,80}$"
)
_REPOSITORY = re.compile(r"(?i)(?:git|hg|svn|gitlab|gitea|forgejo)@")


def email(text: str, start: int, end: int) -> bool:
    """Tell whether an e-mail hit is a mailbox.

    It is none when it is an algorithm of SSH, a unit of systemd, a file, a machine account or a
    service of Kerberos, the identifier of a message, the login of a URL or of a repository.
    """
    found, before = text[start:end], text[max(0, start - 120) : start]
    if _ALGORITHM.search(found) or _UNIT.search(found) or found.partition("@")[0].endswith("$"):
        return False
    if _MESSAGE_ID.search(before) or _EXIM_ID.search(before):
        return False
    if _ID.search(before) and _MADE.match(found):
        return False
    if _SERVICE.search(before) or _LOGIN.search(before):
        return False
    return not (_REPOSITORY.match(found) and re.match(r":[\w~/]", text[end : end + 2]))


def card_issuer(digits: str) -> bool:
    """Tell whether a number lies in a range that an issuer of cards uses, with a right length."""
    size, two, four = len(digits), int(digits[:2]), int(digits[:4])
    if digits[0] == "4":
        return size in (13, 16, 19)
    if 51 <= two <= 55 or 2221 <= four <= 2720:
        return size == 16
    if two in (34, 37):
        return size == 15
    if two in (36, 38, 39) or 300 <= int(digits[:3]) <= 305:
        return 14 <= size <= 19
    if 3528 <= four <= 3589:
        return 16 <= size <= 19
    return two in (50, 56, 57, 58, 60, 61, 62, 63, 64, 65, 66, 67, 68, 69) and 13 <= size <= 19


def card(text: str, start: int, end: int) -> bool:
    """Tell whether a card hit stands alone and belongs to an issuer."""
    digits = re.sub(r"\D", "", text[start:end])
    if len(set(digits)) == 1 or not card_issuer(digits):
        return False
    before, after = text[max(0, start - 1) : start], text[end : end + 2]
    return not (re.match(r"[\w.]", before) or re.match(r"\w|[.-]\w", after))


def social_security(text: str, start: int, end: int) -> bool:
    """Tell whether a US number is of those that were issued: no area 000, 666 or 900 and above."""
    digits = re.sub(r"\D", "", text[start:end])
    return digits[:3] not in ("000", "666") and digits[:1] != "9" and alone(text, start, end)


def alone(text: str, start: int, end: int) -> bool:
    """Tell whether a hit is no part of a longer run of letters and digits."""
    return not (text[start - 1 : start].isalnum() or text[end : end + 1].isalnum())


def url(text: str, start: int, end: int) -> bool:
    """Tell whether a URL hit has a scheme or begins with www."""
    found = text[start:end].lower().lstrip("\"'")
    return found.startswith(("http://", "https://", "www."))


# Who keeps a span when two entities overlap: earlier wins over later. An e-mail or an address
# inside a URL stays beside it.
_ORDER = (
    "PRIVATE_KEY",
    "JWT",
    "API_KEY",
    "PASSWORD_HASH",
    "SESSION_TOKEN",
    "OTP",
    "EMAIL_ADDRESS",
    "IBAN_CODE",
    "UUID",
    "MAC_ADDRESS",
    "IP_ADDRESS",
    "CREDIT_CARD",
    "CRYPTO",
    "USER_AGENT",
    "COORDINATES",
    "PASSWORD",
    "URL",
)
_RANK = {entity: rank for rank, entity in enumerate(_ORDER)}
_LATE = {"PHONE_NUMBER": 90, "HOST_NAME": 91, "USERNAME": 40, "DATE_TIME": 95}
_BESIDE_URL = frozenset(
    {
        "EMAIL_ADDRESS",
        "IP_ADDRESS",
        "CREDIT_CARD",
        "IBAN_CODE",
        "PASSWORD",
        "SESSION_TOKEN",
        "JWT",
        "API_KEY",
        "USERNAME",
    }
)


def _rank(hit: Hit) -> tuple[int, float, int]:
    rank = _RANK.get(hit.entity, _LATE.get(hit.entity, 50))
    return rank, -hit.score, hit.start - hit.end


def _clash(one: Hit, two: Hit) -> bool:
    """Tell whether two overlapping hits cannot both be right."""
    if one.end <= two.start or two.end <= one.start:
        return False
    entities = {one.entity, two.entity}
    if entities & {"URL", "USER_AGENT"} and entities & _BESIDE_URL:
        return False
    # An e-mail address as a user name is both.
    if entities == {"USERNAME", "EMAIL_ADDRESS"}:
        return False
    # National numbers of two countries may share a form; the ratio test decides later.
    national = one.entity not in _RANK and two.entity not in _RANK
    return not (national and not entities & set(_LATE) and one.entity != two.entity)


def settle(hits: list[Hit]) -> list[Hit]:
    """Return the hits of one value without those that a stronger one explains."""
    out: list[Hit] = []
    for group in _overlapping(hits):
        kept: list[Hit] = []
        for hit in sorted(group, key=_rank):
            if not any(_clash(hit, other) for other in kept):
                kept.append(hit)
        out += kept
    return sorted(out, key=lambda hit: (hit.start, hit.end, hit.entity))


def _overlapping(hits: list[Hit]) -> Iterator[list[Hit]]:
    """Yield hits in groups that do not touch each other: a long value may have 30,000 hits."""
    group: list[int] = []
    end = -1
    for at in sorted(range(len(hits)), key=lambda at: hits[at].start):
        if group and hits[at].start >= end:
            yield [hits[one] for one in sorted(group)]  # in their order, which decides ties
            group = []
        group.append(at)
        end = max(end, hits[at].end)
    if group:
        yield [hits[one] for one in sorted(group)]
