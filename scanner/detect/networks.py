"""Reject look-alikes of addresses of networks and machines: versions, fingerprints, dumps, names.

Presidio's rules say what is written like an address; what stands around it says whether it is one.
"""

import re

from scanner.classify.words import bag

_VERSION_WORD = re.compile(
    r"(?i)(?:version|(?<![a-z])(?:ver|vers|v|rv|release|rel|build|rev|revision|firmware"
    r"|upgraded from|downgraded from|upgrade to|upgraded to))[ =:/_\"'>\\-]{0,4}$"
)
# "hostname/1.2.3.4" is an address; "Chrome/32.0.1700.107" is a version.
_SLASH = re.compile(r"(?<![\w.+-])([\w.+-]*[A-Za-z][\w.+-]*)/$")
_HOST_WORD = re.compile(
    r"(?i)(?:https?|(?:[a-z]+[_-])?(?:host|hostname|src|dest|dst|source|client|server|addr|address"
    r"|node|ip|peer|remote|proxy|gateway|localhost)|ipv[46]|udp|tcp|tls|icmp|sctp|ws|wss|direct|pinned)"
)
# "HIER_DIRECT/1.2.3.4" of a proxy, "fareast.corp.acme.com/1.2.3.4" as Java writes a socket.
_CODE_OR_HOST = re.compile(r"[A-Z]{2,}(?:_[A-Z]+)+|(?:[\w-]+\.){2,}[A-Za-z]{2,}")
_PORT = re.compile(r"[:/]\d{2,5}(?![\d.])")
_INSIDE = re.compile(r"(?:192\.168|172\.(?:1[6-9]|2\d|3[01])|127\.0|169\.254)\.")
_ADDRESS_WORD = re.compile(
    r"(?i)\b(?:ip|ipv4|addr|address|adresse|host|server|client|peer|node|gateway|router|source|dest|"
    r"destination|from|to|by|ban|unban|found|block|blocked|connect|connection|at|via|for|user|remote|"
    r"src|dst|reply|request|ping|probe|scan|route|network|subnet|dns|resolver|nameserver|ntp|dhcp|"
    r"lease|of|on|in|and|or|with|failed|denied|dropped|accepted|rejected|login|icmp|tcp|udp|tell|"
    r"assign|renew|release)[ :=]*$"
)
_FROM_VERSION = re.compile(
    r"(?<![\d.])\d+\.\d+\.\d+ $|(?i:upgrad|downgrad|version|release)[^\n]{0,40}\d (?:to|->|=>) $"
)
# "Rails 7.0.4.1": small numbers after a word with a capital.
_PRODUCT = re.compile(r"(?:^|[^\w.])[A-Z][a-z]+[\w+-]*[ +]$")
# What has versions or numbered parts.
_THING = re.compile(
    r"(?i)(?:^|[^\w.])(?:update|patch|sdk|api|kernel|linux|driver|bios|microcode|library|module|package|plugin|engine"
    r"|runtime|framework|openssl|openssh|nginx|apache|php|python|java|chrome|firefox|mysql|redis"
    r"|docker|section|chapter|paragraph|clause|article)[ +:=]$"
)
# "openssl-1.0.2.11-16.el7" names a package, "ip-1.2.3.4" a machine.
_PACKAGE = re.compile(r"(?i)([a-z]\w*)-$")
_MACHINES = bag("ip host node client peer addr address src dst server gw gateway dhcp dsl pool")
_SMALL = 20
_RESOLVERS = bag("1.1.1.1 1.0.0.1 8.8.8.8 9.9.9.9")
_PAIRS_ONLY = re.compile(r"(?:[0-9A-Fa-f]{2}:){7}[0-9A-Fa-f]{2}")


def address(text: str, start: int, end: int) -> bool:
    """Tell whether an IP hit is one: not a version, not ``::`` of a C++ or Perl name."""
    found = text[start:end]
    if ":" not in found and not start and end == len(text):
        return True  # nothing beside it that could tell otherwise
    if ":" in found and "." not in found:
        return _sixth(found, text)
    before, after = text[max(0, start - 80) : start], text[end : end + 8]
    if re.search(r"[\d.][.-]$", before) or re.match(r"\.?\d", after):
        return False
    if _INSIDE.match(found):
        return True  # no product has such a version
    slash = _SLASH.search(before)
    if slash and not _before_address(slash, before, after):
        return False
    if not slash and _VERSION_WORD.search(before):
        return False
    package = _PACKAGE.search(before)
    if package and package[1].lower() not in _MACHINES:
        return False
    # "12603.2.4 10.12.5": a version follows a version; "x86~~6.1.2.3" names a package.
    if _FROM_VERSION.search(before) or before.endswith("~") or _named_version(before, found):
        return False
    return not re.match(r"[-_][A-Za-z]", after)


def _sixth(found: str, text: str) -> bool:
    """Tell whether a hit with colons alone is an address of version 6."""
    bare = found.partition("/")[0].partition("%")[0]
    if bare == "::" and text.strip() != "::":
        return False
    # World-wide names and dumps of eight bytes have groups of two; no address has them throughout.
    if _PAIRS_ONLY.fullmatch(bare):
        return False
    # "a::b" and "dead::" are names; clocks such as 12:30:45 have no "::" and fewer parts.
    groups = [group for group in bare.split(":") if group]
    if len(groups) < 3 and bare not in ("::1", "::") and not any(len(g) == 4 for g in groups):
        return False
    return not (len(groups) < 3 and all(group.isalpha() for group in groups))


def _before_address(slash: re.Match[str], before: str, after: str) -> bool:
    """Tell whether what stands before a slash may name the machine whose address follows."""
    word = slash[1]
    if _PORT.match(after) or _HOST_WORD.fullmatch(word):
        return True
    in_url = "//" in before[: slash.start()].rpartition(" ")[2]
    return _CODE_OR_HOST.fullmatch(word) is not None and not in_url


def _named_version(before: str, found: str) -> bool:
    """Tell whether four small numbers stand after a word that may name a product."""
    numbers = found.split(".")
    if not all(number.isdigit() and int(number) < _SMALL for number in numbers):
        return False
    near = before[-30:]
    if _THING.search(near):
        return True
    if found in _RESOLVERS or found.startswith("10."):
        return False
    return bool(_PRODUCT.search(near)) and not _ADDRESS_WORD.search(near)


_FRAME = re.compile(r"\bMAC=(?:[0-9A-Fa-f]{2}:){0,6}$")
_BEFORE_PAIR = {sign: re.compile(rf"(?:(?<![0-9A-Za-z])[0-9A-Fa-f]{{2}}{sign})+$") for sign in ":-"}
_AFTER_PAIR = {sign: re.compile(rf"(?:{sign}[0-9A-Fa-f]{{2}}(?![0-9A-Za-z]))+") for sign in ":-"}
_HEADER = frozenset({":08:00", ":86:dd", ":08:06", ":81:00"})  # what an Ethernet header ends in
# Before the address in the id of a DHCP client: a type of hardware, or of the id and a time.
_CLIENT_ID = re.compile(r"01:|00:01:00:01:(?:..:){4}|00:03:00:01:")
_LONG = 60  # characters on each side in which further pairs are looked for
_MAC_WORD = re.compile(r"(?i)(?:mac|address|addr|host|client|station|hw|ether)\W{0,3}$")


def hardware(text: str, start: int, end: int) -> bool:
    """Tell whether a MAC hit is one: not six pairs of a longer fingerprint or dump.

    The two addresses at the head of an Ethernet header are, as firewalls log it.
    """
    found = text[start:end]
    if found[2] not in ":-":
        return _dotted(text, start, end)
    if _FRAME.search(text[max(0, start - 24) : start]):
        return True
    before = _BEFORE_PAIR[found[2]].search(text[max(0, start - _LONG) : start])
    after = _AFTER_PAIR[found[2]].match(text[end : end + _LONG])
    if before is None and after is None:
        return True
    lead, rest = before[0] if before else "", after[0] if after else ""
    if not rest:
        return _CLIENT_ID.fullmatch(lead) is not None
    return rest[-6:].lower() in _HEADER and (len(lead) // 3, len(rest) // 3) in ((0, 8), (6, 2))


def _dotted(text: str, start: int, end: int) -> bool:
    """Tell whether three groups of four are a MAC: no part of a longer number, no number alone."""
    if re.search(r"[0-9A-Fa-f]\.$", text[max(0, start - 2) : start]):
        return False
    if re.match(r"\.[0-9A-Fa-f]", text[end : end + 2]):
        return False
    plain = text[start:end].replace(".", "").isdigit()
    return not plain or bool(_MAC_WORD.search(text[max(0, start - 16) : start])) or not (
        start or end < len(text)
    )  # fmt: skip
