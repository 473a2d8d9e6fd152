"""Which forms of a password hash are weak: without salt, or so fast that guessing is cheap.

``weak`` marks forms that name their method; ``bare`` plain digests, of which only the look speaks.
"""

import re
from collections.abc import Iterator

_LEAST_COST = 10  # of bcrypt: two to this power of rounds
_LEAST_ROUNDS = 10_000  # of PBKDF2
_LEAST_MEMORY = 4_096  # KiB of argon2
_LEAST_SCRYPT = 12  # two to this power
_BARE = re.compile(
    r"(?:[0-9A-Fa-f]{32}|[0-9A-Fa-f]{40}|[0-9A-Fa-f]{56}|[0-9A-Fa-f]{64}|[0-9A-Fa-f]{96}"
    r"|[0-9A-Fa-f]{128})(?::[^\s:]{2,64}(?::\d)?)?"  # a salt may follow
)
_BASE64 = re.compile(
    r"[A-Za-z0-9+/]{22}==|[A-Za-z0-9+/]{27}=|[A-Za-z0-9+/]{43}=|[A-Za-z0-9+/]{86}=="
)
_FAST = re.compile(
    r"\$(?:1|apr1)\$.*"  # MD5-crypt
    r"|\{(?:SHA|MD5|SMD5|SSHA|SHA256|SHA512|SSHA256|SSHA512|CRAM-MD5)\}.*"
    r"|(?:sha1|md5|sha256)\$.*"
    r"|\*[0-9A-F]{40}|md5[0-9a-f]{32}"  # MySQL, PostgreSQL
    r"|\{CRYPT\}[./A-Za-z0-9]{13}"  # DES
    r"|0x0100[0-9A-Fa-f]+|S:[0-9A-F]{60}.*"  # SQL Server, Oracle
    r"|[^:\s]{1,64}:[0-9]{1,10}:[0-9a-fA-F]{32}:[0-9a-fA-F]{32}:::",  # NTLM, as dumped
    re.DOTALL,
)
_COSTS: tuple[tuple[re.Pattern[str], int], ...] = (
    (re.compile(r"(?:\$wp)?\$2[abxy]?\$(\d\d)\$"), _LEAST_COST),
    (re.compile(r"\$pbkdf2(?:-sha\d+)?\$(\d+)\$"), _LEAST_ROUNDS),
    (re.compile(r"pbkdf2[_:-]sha\d+[$:](\d+)[$:]"), _LEAST_ROUNDS),
    (re.compile(r"sha(?:1|256|512):(\d{3,7}):"), _LEAST_ROUNDS),
    (re.compile(r"SCRAM-SHA-(?:1|256)\$(\d+):"), 4_096),  # what PostgreSQL takes by default
    (re.compile(r"\$argon2(?:id|i|d)\$(?:v=\d+\$)?m=(\d+),"), _LEAST_MEMORY),
    (re.compile(r"\$scrypt\$ln=(\d+),"), _LEAST_SCRYPT),
)


def _costs(text: str) -> Iterator[bool]:
    for pattern, least in _COSTS:
        found = pattern.match(text)
        if found:
            yield int(found[1]) < least


def weakness(text: str) -> str:
    """Return ``weak``, ``bare``, or an empty text for what takes long to guess or is not known."""
    if _BARE.fullmatch(text) or _BASE64.fullmatch(text):
        return "bare"
    return "weak" if _FAST.fullmatch(text) or any(_costs(text)) else ""
