"""Secrets by their format: password hashes, tokens, keys, one-time codes, passwords in text."""

import base64
import binascii
import json
import re
from collections.abc import Callable

from scanner.detect.features import ANY, Least
from scanner.detect.finder import PatternFinder
from scanner.detect.hashforms import DIGESTS, HASHES
from scanner.detect.keyforms import KEYS

_PEM = (
    (
        r"-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----"
        r"(?:[^-]{0,20000}-----END[^-]{0,60}-----)?",
        0.99,
    ),
    (r"\bAGE-SECRET-KEY-1[A-Z0-9]{58}\b", 0.99),
    (r"\bPuTTY-User-Key-File-\d: \S+", 0.95),
    (r"\{[^{}]{0,4000}\"kty\"[^{}]{0,4000}\"d\"\s*:\s*\"[\w-]{20,}\"[^{}]{0,4000}\}", 0.95),  # JWK
    (r"\{[^{}]{0,4000}\"d\"\s*:\s*\"[\w-]{20,}\"[^{}]{0,4000}\"kty\"[^{}]{0,4000}\}", 0.95),
)
_OTP = (
    (r"otpauth://[ht]otp/[^\s\"'<>]+", 0.95),
    (
        r"(?i)\b(?:otp|one[- ]time (?:code|password|passcode|pin)|passcode|2fa code|mfa code|"
        r"(?:verification|security|confirmation|authentication|login|sign-in|access) code|"
        r"code (?:de (?:v[ée]rification|s[ée]curit[ée]|confirmation|connexion)|[àa] usage unique)|"
        r"mot de passe (?:[àa] usage )?unique|einmal-?(?:passwort|kennwort|code|pin)|"
        r"(?:best[äa]tigungs|sicherheits)code|"
        r"c[óo]digo de (?:verificaci[óo]n|verifica[çc][ãa]o|seguridad|seguran[çc]a|un solo uso)|"
        r"contrase[ñn]a de un solo uso|senha de uso [úu]nico|codice (?:di (?:verifica|sicurezza)|"
        r"monouso)|password monouso|(?:verificatie|beveiligings)code|"
        r"eenmalige? (?:code|wachtwoord))[^\d\n]{0,24}\b(?P<v>\d{4,8}|\d{3}[ -]\d{3})\b",
        0.75,
    ),
    (
        # A message of its own, and a gateway that logs what it sends.
        r"(?i)\b(?:your|votre|ihr|dein|tu|su|seu|il tuo|uw|je) (?:code|c[óo]digo|codice)\b"
        r"[^\d\n]{0,12}\b(?P<v>\d{6})\b",
        0.75,
    ),
    (
        r"(?i)\b(?:sms|2fa|mfa)\b[^\n]{0,60}(?<!error )(?<!status )(?<!response )(?<!reason )"
        r"\bcode\s?[=:]?\s?[\"']?(?P<v>\d{6})\b",
        0.75,
    ),
    (
        r"(?i)(?<!\d)(?P<v>\d{6}) (?:is (?:your|uw|je)|est votre|ist ihr|es (?:tu|su)|"
        r"[èe] il (?:tuo|suo)|[ée] o seu)\b[^\n]{0,40}"
        r"\b(?:(?:\w+-?)?code|c[óo]digo|codice|passcode|pin)\b",
        0.75,
    ),
)
_OTP_TRIGGERS = (
    *("otp", "code", "código", "codigo", "codice", "pin", "one-time", "one time", "passwor"),
    *("mot de passe", "einmal", "contraseña", "contrasena", "wachtwoord", "senha"),
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
    r"reset|your|must|is|was|for|and|or|not)$|^[*•x.#_-]+$|^[\[<({$%].*$|^\*+|^\$\{|^%\w|^\\|"
    r"^/(?:[\w.@+-]+/?)*$"  # the folder that sudo logs as PWD=
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
        ("private key", "putty-user-key-file", "age-secret-key", '"kty"'),
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
    (
        "PasswordHashRecognizer",
        "PASSWORD_HASH",
        HASHES,
        (),
        _any,
        Least(20),
    ),
    ("HexDigestRecognizer", "PASSWORD_HASH", DIGESTS, (), _any, Least(24, 1)),
    ("ApiKeyRecognizer", "API_KEY", KEYS, (), _any, Least(16)),
    ("OtpRecognizer", "OTP", _OTP, _OTP_TRIGGERS, _any, ANY),
    (
        "PasswordInTextRecognizer",
        "PASSWORD",
        _PASSWORD,
        ("pass", "pwd", "mdp", "kennwort", "contrase", "senha", "wachtwoord"),
        looks_like_password,
        ANY,
    ),
)
