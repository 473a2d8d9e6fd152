"""Secrets by their format: password hashes, tokens, keys, one-time codes, passwords in text."""

import base64
import binascii
import json
import re
from collections.abc import Callable

from scanner.detect.features import ANY, Least
from scanner.detect.finder import PatternFinder

_B64 = r"[A-Za-z0-9+/=._-]"
_HASHES = (
    (r"\$2[abxy]?\$\d\d\$[./A-Za-z0-9]{53}(?![./A-Za-z0-9])", 0.95),  # bcrypt
    (r"\$argon2(?:id|i|d)\$(?:v=\d+\$)?m=\d+,t=\d+,p=\d+\$[A-Za-z0-9+/]+\$[A-Za-z0-9+/]+", 0.95),
    (rf"\$scrypt\$ln=\d+,r=\d+,p=\d+\${_B64}+\${_B64}+", 0.95),
    (rf"\bscrypt:\d+:\d+:\d+\${_B64}+\$[0-9a-f]{{32,}}", 0.95),  # Werkzeug
    (rf"\$pbkdf2(?:-sha\d+)?\$\d+\${_B64}+\${_B64}+", 0.95),
    (rf"\bpbkdf2[_:-]sha\d+[$:]\d+[$:]{_B64}+[$:]{_B64}{{16,}}", 0.95),  # Django, Werkzeug
    (r"\$(?:1|5|6|apr1)\$(?:rounds=\d+\$)?[./A-Za-z0-9]{1,16}\$[./A-Za-z0-9]{22,86}", 0.95),
    (r"\$(?:y|gy|7)\$[./A-Za-z0-9]+\$[./A-Za-z0-9]{0,86}\$[./A-Za-z0-9]{43}", 0.95),  # yescrypt
    (r"\$[PHS]\$[./A-Za-z0-9]{31,52}(?![./A-Za-z0-9])", 0.9),  # phpass, Drupal
    (
        r"\{(?:SSHA|SHA|SMD5|MD5|CRYPT|SSHA256|SSHA512|SHA256|SHA512|PBKDF2[\w-]*)\}"
        r"[\w+/=.$,:-]{16,}",
        0.95,
    ),
    (r"\b(?:sha1|md5|sha256)\$[A-Za-z0-9]{1,32}\$[0-9a-f]{32,64}\b", 0.9),  # old Django
    (r"^\*[0-9A-F]{40}$", 0.6),  # MySQL
)
# Plain hexadecimal digests are hashes of anything: score 0.3 counts only in a password's field.
_HEX = (
    r"^(?=[0-9A-Fa-f]*[0-9])(?=[0-9A-Fa-f]*[A-Fa-f])"
    rf"(?:{'|'.join(f'[0-9A-Fa-f]{{{size}}}' for size in (32, 40, 56, 64, 96, 128))})"
    r"(?::[^\s:]{2,64}(?::\d)?)?$"  # a salt and a version may follow
)
# The same in Base64: 16, 20, 32 and 64 bytes.
_BASE64 = (
    r"^(?=[^0-9]*[0-9])(?=[^a-z]*[a-z])(?=[^A-Z]*[A-Z])"
    r"(?:[A-Za-z0-9+/]{22}==|[A-Za-z0-9+/]{27}=|[A-Za-z0-9+/]{43}=|[A-Za-z0-9+/]{86}==)$"
)

_KEYS = (
    (r"(?<![A-Z0-9])(?:AKIA|ASIA)[0-9A-Z]{16}(?![A-Z0-9])", 0.95),  # AWS
    (r"\bgh[pousr]_[A-Za-z0-9]{36,}\b", 0.95),
    (r"\bgithub_pat_[A-Za-z0-9_]{22,}\b", 0.95),
    (r"\bglpat-[\w-]{20,}", 0.95),
    (r"\bxox[abeprs]-[A-Za-z0-9-]{10,}", 0.95),  # Slack
    (r"\bAIza[\w-]{35}(?![\w-])", 0.95),  # Google
    (r"\b[rs]k_(?:live|test)_[A-Za-z0-9]{16,}\b", 0.95),  # Stripe
    (r"\bSG\.[\w-]{16,}\.[\w-]{16,}", 0.9),  # SendGrid
    (r"\bnpm_[A-Za-z0-9]{36}\b", 0.95),
    (r"\bpypi-AgEI[\w-]{40,}", 0.95),
    (
        r"(?i)\b(?:x-)?(?:api[_-]?key|apikey|api[_-]?secret|secret[_-]?(?:access[_-]?)?key|access[_-]?key"
        r"|client[_-]?secret)[\"']?\s*[=:]\s*[\"']?(?P<v>(?=[\w./+-]*\d)(?=[\w./+-]*[A-Za-z])[\w./+-]{16,})",
        0.7,
    ),
)
_KEY_TRIGGERS = (
    *("akia", "asia", "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "glpat-", "xox"),
    *("aiza", "k_live_", "k_test_", "sg.", "npm_", "pypi-", "api", "secret", "access"),
)
_PEM = (
    (
        r"-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----"
        r"(?:[^-]{0,20000}-----END[^-]{0,60}-----)?",
        0.99,
    ),
    (r"\bPuTTY-User-Key-File-\d: \S+", 0.95),
    (r"\{[^{}]{0,4000}\"kty\"[^{}]{0,4000}\"d\"\s*:\s*\"[\w-]{20,}\"[^{}]{0,4000}\}", 0.95),  # JWK
    (r"\{[^{}]{0,4000}\"d\"\s*:\s*\"[\w-]{20,}\"[^{}]{0,4000}\"kty\"[^{}]{0,4000}\}", 0.95),
)
_OTP = (
    (r"otpauth://[ht]otp/[^\s\"'<>]+", 0.95),
    (
        r"(?i)\b(?:otp|one[- ]time (?:code|password|passcode)|verification code|security code|"
        r"confirmation code|passcode|code de v[ée]rification|code de s[ée]curit[ée]|"
        r"best[äa]tigungscode|c[óo]digo de verificaci[óo]n|codice di verifica|verificatiecode)"
        r"[^\d\n]{0,24}\b(?P<v>\d{4,8}|\d{3}[ -]\d{3})\b",
        0.75,
    ),
    (
        r"(?i)(?<!\d)(?P<v>\d{6}) (?:is your|est votre|ist ihr|es tu|es su)\b[^\n]{0,40}\bcode?\b",
        0.75,
    ),
)
_JWT = ((r"\beyJ[\w-]{8,}\.[\w-]{2,}\.[\w-]*", 0.97),)
_BEARER = (
    (r"(?i)\bbearer\s+(?P<v>(?=[\w.~+/-]*\d)[\w.~+/-]{20,}=*)", 0.85),
    (
        r"(?i)\b(?:PHPSESSID|JSESSIONID|ASP\.NET_SessionId|connect\.sid|sessionid|session_id|"
        r"access_token|refresh_token|auth_token|remember_token)[\"']?\s*[=:]\s*[\"']?"
        r"(?P<v>(?=[\w.%~+/-]*\d)[\w.%~+/-]{16,})",
        0.8,
    ),
)
# What follows may stand in double quotes, single quotes or bare.
_SAID = (
    r"(?i)(?<![a-z])(?:password|passwd|pwd|passphrase|mot[ _]de[ _]passe|mdp|passwort|kennwort|"
    r"contrase[ñn]a|senha|wachtwoord)[\"']?\s*(?:=|:(?!//))\s*"
)
_PASSWORD = tuple(
    (_SAID + value, 0.7)
    for value in (
        r"\"(?P<v>[^\"\s]{4,64})\"",
        r"'(?P<v>[^'\s]{4,64})'",
        r"(?P<v>[^\s\"',;&)\]}<>]{4,64})",
    )
)
_NOT_PASSWORD = re.compile(
    r"(?i)^(?:null|none|nil|true|false|yes|no|required|invalid|incorrect|wrong|expired|changed|"
    r"failed|missing|empty|undefined|redacted|filtered|hidden|masked|secret|password|string|text|"
    r"reset|your|must|is|was|for|and|or|not)$|^[*•x.#_-]+$|^[\[<({$%].*$|^\*+|^\$\{|^%\w|^\\"
)


def _compile(rows: tuple[tuple[str, float], ...]) -> tuple[tuple[re.Pattern[str], float], ...]:
    return tuple((re.compile(pattern), score) for pattern, score in rows)


def _token(text: str) -> bool:
    """Tell whether the first part of a JWT is a JSON header with an algorithm."""
    head = text.split(".", 1)[0]
    try:
        raw = base64.urlsafe_b64decode(head + "=" * (-len(head) % 4))
        parsed = json.loads(raw)
    except (ValueError, binascii.Error):
        return False
    return isinstance(parsed, dict) and ("alg" in parsed or "enc" in parsed)


def looks_like_password(text: str) -> bool:
    """Tell whether a text after ``password=`` is a password rather than a word or a mask."""
    return not _NOT_PASSWORD.match(text)


def secret_finders() -> tuple[PatternFinder, ...]:
    """Return the finders of secrets, in the order in which overlaps are settled."""
    return tuple(
        PatternFinder(name, entity, _compile(patterns), triggers, check, least)
        for name, entity, patterns, triggers, check, least in _FINDERS
    )


def _any(_: str) -> bool:
    return True


_Row = tuple[str, str, tuple[tuple[str, float], ...], tuple[str, ...], Callable[[str], bool], Least]
_FINDERS: tuple[_Row, ...] = (
    (
        "PrivateKeyRecognizer",
        "PRIVATE_KEY",
        _PEM,
        ("private key", "putty-user-key-file", '"kty"'),
        _any,
        ANY,
    ),
    ("JwtRecognizer", "JWT", _JWT, ("eyj",), _token, ANY),
    (
        "BearerRecognizer",
        "SESSION_TOKEN",
        _BEARER,
        ("bearer", "sess", "connect.sid", "_token"),
        _any,
        ANY,
    ),
    ("PasswordHashRecognizer", "PASSWORD_HASH", _HASHES, ("$", "{", "*"), _any, Least(20)),
    ("HexDigestRecognizer", "PASSWORD_HASH", ((_HEX, 0.3), (_BASE64, 0.3)), (), _any, Least(24, 1)),
    ("ApiKeyRecognizer", "API_KEY", _KEYS, _KEY_TRIGGERS, _any, Least(16)),
    ("OtpRecognizer", "OTP", _OTP, ("otp", "code", "código", "codice"), _any, ANY),
    (
        "PasswordInTextRecognizer",
        "PASSWORD",
        _PASSWORD,
        ("pass", "pwd", "mdp", "kennwort", "contrase", "senha", "wachtwoord"),
        looks_like_password,
        ANY,
    ),
)
