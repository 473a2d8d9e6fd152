"""What stands in the places of a log line: personal data of each kind, and what looks like it.

A kind is a function of the random source. It returns the text, and what of it is personal data:
``(entity, value)`` that must be found, and entities that may be (a mailbox as a user name is both).
"""

import base64
import random
from collections.abc import Callable
from typing import NamedTuple

from columns import words

_HEX = "0123456789abcdef"
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_USERS = words(
    """jdoe mkeller admin oracle test deploy s.meier anna_b postgres ubuntu backup-01 svc.crm
    k.nowak wwwrun pi git hadoop l0ra john.smith a.lopez42 nagios ftpuser guest webmaster M_Rossi"""
)
_DOMAINS = words(
    """acme.fr gmail.com web.de orange.fr kth.se uni-bonn.de hotmail.co.uk libero.it protonmail.com
    mail.ru firma.at corp.local example.org nhs.uk uol.com.br ziggo.nl"""
)
_HOSTS = words(
    """dsl-{n}-{m}.dynamic.t-ipconnect.de mail{n}.acme.com {n}-{m}.hinet-ip.hinet.net
    host{n}.uni-bonn.de ns{n}.provider.net c-{n}-hsd1.ca.comcast.net pc{n}.orange.fr
    static.{n}.clients.your-server.de ppp{n}.neostrada.pl mx{n}.libero.it srv-{n}.acme.co.uk"""
)
_AGENTS = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/120.0.0.0 Safari/537.36",
    "Mozilla/5.0 (X11; U; Linux x86_64; en-US; rv:1.9.0.19) Gecko/2010040121 Firefox/3.0.19",
    "Mozilla/5.0 (Windows; U; Windows NT 5.1; de; rv:1.8.1.4) Gecko/20070515 Firefox/2.0.0.4",
    "Opera/9.80 (Windows NT 6.1; U; en) Presto/2.10.229 Version/11.61 OPR/12.1.0.5",
    "Mozilla/4.0 (compatible; MSIE 8.0; Windows NT 6.1; .NET CLR 2.0.50727; Zune 4.7.1.2)",
    "curl/8.4.0",
    "MyApp/3.2.1.7 (iPhone; iOS 17.1)",
    "Dalvik/2.1.0 (Linux; U; Android 9; SM-G960F Build/PPR1.180610.011)",
)


class Filled(NamedTuple):
    """The text of a place, what must be found in it, and entities that may be."""

    text: str
    must: tuple[tuple[str, str], ...] = ()
    may: tuple[str, ...] = ()


Kind = Callable[[random.Random], Filled]


def _digits(r: random.Random, n: int) -> str:
    return str(r.randint(1, 9)) + "".join(str(r.randint(0, 9)) for _ in range(n - 1))


def _hex(r: random.Random, n: int) -> str:
    return "".join(r.choice(_HEX) for _ in range(n))


def _pairs(r: random.Random, n: int, sign: str = ":") -> str:
    return sign.join(_hex(r, 2) for _ in range(n))


def _mac(r: random.Random) -> str:
    first = r.choice(("00", "3c", "a4", "f0", "b8", "dc", "5c", "02", "08", "70"))
    return f"{first}:{_pairs(r, 5)}"


def _ip(r: random.Random) -> str:
    kind = r.random()
    tail = ".".join(str(r.randint(0, 255)) for _ in range(2))
    if kind < 0.15:
        return f"192.168.{tail}"
    if kind < 0.3:
        return f"10.{r.randint(0, 30)}.{tail}"
    if kind < 0.35:
        return f"172.{r.randint(16, 31)}.{tail}"
    if kind < 0.4:  # written like a version
        return f"{r.choice((1, 2, 5, 8))}.{r.randint(0, 19)}.{r.randint(0, 19)}.{r.randint(1, 19)}"
    return f"{r.choice([n for n in range(11, 223) if n != 127])}.{r.randint(0, 255)}.{tail}"


def _ip6(r: random.Random) -> str:
    group = [f"{r.randint(1, 0xFFFF):x}" for _ in range(8)]
    group[0] = r.choice(("2001", "2a02", "2a01", "2003", "2604", "fe80", "fd00", "240e"))
    kind = r.randint(0, 3)
    if kind == 0:
        return ":".join(group)
    if kind == 1:
        return f"{group[0]}:{group[1]}:{group[2]}:{group[3]}::{r.randint(1, 9)}"
    return (
        f"{group[0]}:{group[1]}::{group[2]}:{group[3]}" if kind == 2 else f"{group[0]}::{group[1]}"
    )


def _email(r: random.Random, domains: list[str] = _DOMAINS) -> str:
    local = r.choice(("{a}.{b}", "{a}", "{a}_{b}", "{a}+news", "{a}{n}")).format(
        a="".join(r.choice(_LETTERS) for _ in range(r.randint(3, 7))),
        b="".join(r.choice(_LETTERS) for _ in range(r.randint(4, 8))),
        n=r.randint(1, 99),
    )
    return f"{local}@{r.choice(domains)}"


def _host(r: random.Random) -> str:
    return r.choice(_HOSTS).format(n=r.randint(1, 254), m=r.randint(1, 254))


def _card(r: random.Random) -> str:
    digits = [int(char) for char in "4" + _digits(r, 14)]
    total = sum(sum(divmod(2 * d, 10)) if at % 2 == 0 else d for at, d in enumerate(digits))
    return "".join(map(str, digits)) + str(-total % 10)


def _phone(r: random.Random) -> str:
    return r.choice(
        (
            f"+49 30 {_digits(r, 7)}",
            f"+336{_digits(r, 8)}",
            f"+1 (415) 55{r.randint(2, 9)}-{_digits(r, 4)}",
            f"+44 20 7946 0{_digits(r, 3)}",
            f"+39 06 {_digits(r, 8)}",
        )
    )


def _quad(r: random.Random) -> str:
    return f"{r.randint(1, 12)}.{r.randint(0, 19)}.{r.randint(0, 19)}.{r.randint(0, 250)}"


def _one(entity: str, make: Callable[[random.Random], str], *may: str) -> Kind:
    def fill(r: random.Random) -> Filled:
        text = make(r)
        return Filled(text, ((entity, text),), may)

    return fill


def _plain(make: Callable[[random.Random], str], *may: str) -> Kind:
    return lambda r: Filled(make(r), (), may)


def _frame(end: str) -> Kind:
    def fill(r: random.Random) -> Filled:
        two = _mac(r), _mac(r)
        return Filled(f"{two[0]}:{two[1]}:{end}", tuple(("MAC_ADDRESS", one) for one in two))

    return fill


def _clock(r: random.Random) -> str:
    return f"{r.randint(0, 23):02}:{r.randint(0, 59):02}:{r.randint(0, 59):02}"


def _date(r: random.Random) -> str:
    return f"{r.randint(2016, 2025)}-{r.randint(1, 12):02}-{r.randint(1, 28):02}"


def _uuid(r: random.Random) -> str:
    return f"{_hex(r, 8)}-{_hex(r, 4)}-4{_hex(r, 3)}-a{_hex(r, 3)}-{_hex(r, 12)}"


def _token(r: random.Random, n: int) -> str:
    return base64.urlsafe_b64encode(r.randbytes(n)).decode().rstrip("=")


def _jwt(r: random.Random) -> str:
    head = base64.urlsafe_b64encode(b'{"alg":"HS256","typ":"JWT"}').decode().rstrip("=")
    return f"{head}.{_token(r, 30)}.{_token(r, 32)}"


def _quoted(r: random.Random) -> Filled:
    user = r.choice(_USERS)
    return Filled(f"'{user}'", (("USERNAME", user),))


def _user(r: random.Random) -> str:
    return r.choice(_USERS)


_MAIL, _MACS = "EMAIL_ADDRESS", "MAC_ADDRESS"
PERSONAL: dict[str, Kind] = {
    "ip": _one("IP_ADDRESS", _ip),
    "ip6": _one("IP_ADDRESS", _ip6),
    "mac": _one(_MACS, lambda r: r.choice((str.lower, str.upper))(_mac(r))),
    "macdash": _one(_MACS, lambda r: _mac(r).replace(":", "-").upper()),
    "maccisco": _one(_MACS, lambda r: ".".join((_hex(r, 4), _hex(r, 3) + "a", "b" + _hex(r, 3)))),
    "machuawei": _one(_MACS, lambda r: "-".join((_hex(r, 4), _hex(r, 3) + "a", "b" + _hex(r, 3)))),
    "macbare": _one(_MACS, lambda r: _mac(r).replace(":", "").upper()),
    "frame": _frame("08:00"),
    "frame6": _frame("86:dd"),
    "email": _one(_MAIL, _email),
    "mailuser": _one(_MAIL, _email, "USERNAME"),
    "emailuserparen": _one(_MAIL, _email, "USERNAME"),
    "sipmail": _one(_MAIL, _email, "USERNAME"),
    "oddmail": _one(_MAIL, lambda r: _email(r, ["mail.acme-intern", "host.domain", "mx1.corpnet"])),
    "user": _one("USERNAME", _user),
    "user2": _one("USERNAME", _user),
    "quoted_user": _quoted,
    "host": _one("HOST_NAME", _host),
    "internal": _one("HOST_NAME", lambda r: f"pc{r.randint(1, 99)}.corp.local"),
    "cluster": _one("HOST_NAME", lambda r: f"MININT-{_hex(r, 6).upper()}.fareast.corp.acme.com"),
    "phone": _one("PHONE_NUMBER", _phone),
    "card": _one("CREDIT_CARD", _card),
    "jwt": _one("JWT", _jwt, "SESSION_TOKEN"),
    "token": _one("SESSION_TOKEN", lambda r: _hex(r, 32)),
    "awskey": _one("API_KEY", lambda r: "AKIA" + _hex(r, 16).upper()),
    "password": _one("PASSWORD", lambda r: r.choice(("Tr0ub4dor3", "hunter22", "s3cret-9x"))),
    "urlpass": _one("PASSWORD", lambda r: _hex(r, 16)),
    "otp": _one("OTP", lambda r: _digits(r, 6)),
}
OTHER: dict[str, Kind] = {
    "innermac": _plain(_mac, _MACS),
    "box": _plain(
        lambda r: r.choice(("web01", "combo", "LabSZ", "ip-10-0-0-7", "fw-edge")), "HOST_NAME"
    ),
    "site": _plain(lambda r: f"www.shop{r.randint(1, 9)}.com", "HOST_NAME"),
    "site2": _plain(lambda r: f"www.shop{r.randint(1, 9)}.com", "HOST_NAME"),
    "device": _plain(
        lambda r: r.choice(("android-7f3c", "LAPTOP-3K2J", "iPad", "Galaxy-S9")), "HOST_NAME"
    ),
    "sipphone": _plain(lambda r: "+4930" + _digits(r, 7), _MAIL, "PHONE_NUMBER", "HOST_NAME"),
    "msgid": _plain(
        lambda r: r.choice(
            (
                f"{_digits(r, 14)}.{_hex(r, 8).upper()}@mail{r.randint(1, 9)}.acme.com",
                f"CAF{_token(r, 15)}@mail.gmail.com",
                f"{_uuid(r)}@web.de",
                f"{_digits(r, 10)}.{r.randint(1, 9)}.{_digits(r, 13)}.JavaMail.app@srv3.acme.fr",
            )
        )
    ),
    "agent": _plain(lambda r: r.choice(_AGENTS)),
    "agentplus": _plain(lambda r: r.choice(_AGENTS).replace(" ", "+")),
    "quad": _plain(_quad),
    "v3": _plain(lambda r: f"{r.randint(1, 12)}.{r.randint(0, 30)}.{r.randint(0, 40)}"),
    "pairs8": _plain(lambda r: "50:06:01:" + _pairs(r, 5)),
    "pairs16": _plain(lambda r: _pairs(r, 16)),
    "pairs20": _plain(lambda r: _pairs(r, 20).upper()),
    "tail4": _plain(lambda r: _pairs(r, 4)),
    "dump": _plain(lambda r: _pairs(r, r.choice((7, 10, 12)), r.choice((":", "-", " ")))),
    "oid": _plain(lambda r: f"1.3.6.1.4.1.{r.randint(9, 9999)}.1.{r.randint(1, 9)}"),
    "pci": _plain(lambda r: f"0000:0{r.randint(0, 9)}:{r.randint(10, 31)}.{r.randint(0, 7)}"),
    "uuid": _plain(_uuid),
    "order": _plain(lambda r: f"{r.randint(100, 999)}-{_digits(r, 7)}-{_digits(r, 7)}"),
    "num": _plain(lambda r: _digits(r, r.randint(1, 7))),
    "pid": _plain(lambda r: str(r.randint(100, 32000))),
    "port": _plain(lambda r: str(r.randint(1024, 65000))),
    "hex8": _plain(lambda r: _hex(r, 8).upper()),
    "hex32": _plain(lambda r: _hex(r, 32)),
    "sha": _plain(lambda r: _token(r, 32)),
    "b64": _plain(lambda r: _token(r, 12)),
    "id12": _plain(lambda r: _token(r, 9).replace("-", "x").replace("_", "y")),
    "day": _plain(lambda r: str(r.randint(10, 28))),
    "year": _plain(lambda r: str(r.randint(2016, 2025))),
    "clock": _plain(_clock),
    "iso": _plain(lambda r: f"{_date(r)}T{_clock(r)}"),
    "iso10": _plain(lambda r: f"{_date(r)} {_clock(r)}"),
    "isodate": _plain(_date),
    "slashdate": _plain(lambda r: f"{_date(r).replace('-', '/')} {_clock(r)}"),
    "usdate": _plain(lambda r: f"{r.randint(1, 12):02}/{r.randint(1, 28):02}/{r.randint(16, 25)}"),
    "apache": _plain(lambda r: f"{r.randint(10, 28)}/May/2015:{_clock(r)} +0000"),
    "apacheerror": _plain(lambda r: f"[Wed Mar {r.randint(10, 28)} {_clock(r)}.123456 2024]"),
    "hadoop": _plain(
        lambda r: f"0811{r.randint(10, 28)} {_clock(r).replace(':', '')} {r.randint(10, 99)}"
    ),
    "unix": _plain(lambda r: "15" + _digits(r, 8)),
    "q": _plain(lambda _: "'"),
}
