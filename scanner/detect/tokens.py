"""Finders of what a program gave to a person: wallets, cookies of trackers, logins in URLs."""

import re

from scanner.detect.coins import ethereum, wallet
from scanner.detect.features import Least
from scanner.detect.finder import PatternFinder
from scanner.detect.secrets import looks_like_password

_B58 = "[1-9A-HJ-NP-Za-km-z]"
# Bitcoin's are Presidio's.
_WALLETS = (
    (r"(?<![\w.])0x[0-9a-fA-F]{40}(?!\w)", 0.95),
    (rf"(?<![\w.])[TLMD]{_B58}{{33}}(?!\w)", 0.95),  # Tron, Litecoin, Dogecoin
    (rf"(?<![\w.])r{_B58}{{24,34}}(?!\w)", 0.95),  # Ripple
    (r"(?<![\w.])(?:ltc1|cosmos1|osmo1)[02-9ac-hj-np-z]{38,58}(?!\w)", 0.95),
)
# No check, or none that can be made here: the form alone.
_FORMS = (
    (r"(?<![\w.])0x(?:[0-9a-f]{40}|[0-9A-F]{40})(?!\w)", 0.6),
    (rf"(?<![\w.])[48][0-9AB]{_B58}{{93}}(?!\w)", 0.7),  # Monero
    (r"(?<![\w.])addr1[02-9ac-hj-np-z]{50,100}(?!\w)", 0.7),  # Cardano
)
_COOKIES = (
    (r"(?<![\w.])GA1\.[0-9]\.[0-9]{6,10}\.[0-9]{9,10}(?![\w.])", 0.7),  # Google Analytics
    (r"(?<![\w.])GS[12]\.[0-9]\.[0-9s]{10,12}[.$][\w.$-]{5,80}", 0.7),
    (r"(?<![\w.])GCL\.[0-9]{10}\.[\w-]{20,200}", 0.7),
    (r"(?<![\w.])fb\.[0-2]\.[0-9]{13}\.[\w.-]{8,200}", 0.7),  # Meta
    (
        r"(?i)(?<![\w-])(?:_ga(?:_[A-Z0-9]{6,12})?|_gid|_fbp|_fbc|_gcl_au|_hjid|_hjSessionUser_[0-9]{3,9}"
        r"|__utma|_pk_id[\w.]{0,20}|hubspotutk|_uetvid|IDE|NID|ajs_anonymous_id|amplitude_id\w{0,60})"
        r"=(?P<v>(?=[^\s;,\"']*[0-9])[^\s;,\"']{8,400})",
        0.7,
    ),
)
# What stands between the colon and the host of a URL.
_LOGIN = (
    (
        r"(?<![\w+.-])[A-Za-z][A-Za-z0-9+.-]{1,30}://[^\s:/@?#\"'<>]{0,64}:(?P<v>[^\s/@\"'<>]{3,128})"
        r"@(?=[\w\[.-])",
        0.8,
    ),
)


def _distinct(text: str) -> bool:
    """Tell whether a bare address of Ethereum may be somebody's: not a few digits over and over."""
    return len(set(text.lower()[2:])) > 6 and not ethereum(text)


def _password(text: str) -> bool:
    return looks_like_password(text) and not re.match(r"(?:port|\d{1,5}$|%[sd])", text)


def _compile(rows: tuple[tuple[str, float], ...]) -> tuple[tuple[re.Pattern[str], float], ...]:
    return tuple((re.compile(pattern), score) for pattern, score in rows)


def token_finders() -> tuple[PatternFinder, ...]:
    """Return the finders."""
    return (
        PatternFinder(
            "WalletRecognizer", "CRYPTO", _compile(_WALLETS), check=wallet, least=Least(25)
        ),
        PatternFinder(
            "WalletFormRecognizer",
            "WALLET_ADDRESS",
            _compile(_FORMS),
            check=_distinct,
            least=Least(42, 1),
        ),
        PatternFinder("CookieRecognizer", "COOKIE_ID", _compile(_COOKIES), least=Least(12, 1)),
        PatternFinder(
            "LoginInUrlRecognizer",
            "PASSWORD",
            _compile(_LOGIN),
            check=_password,
            least=Least(9, colons=2, at=True),
        ),
    )
