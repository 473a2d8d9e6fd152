"""Values to measure and to fuzz with: 20 kinds of column, and texts made from expressions."""

import random
import re._constants as sre
import re._parser as sre_parser
import string
import uuid
from collections.abc import Callable, Iterable, Iterator


def words(text: str) -> list[str]:
    """Return the words of a text."""
    return text.split()


_FIRST = words("Marie Jean Anna Luis Olga Peter Zoé Chloé Søren Łukasz Ivan Emma Noah Mia Liam")
_LAST = words("Dupont Müller Smith García Rossi Nowak Jensen Kowalski O'Brien Lefèvre Brown")
_WORDS = words(
    """order shipped late customer asked refund invoice meeting tomorrow please call about the
    account was closed after review payment received new address parcel returned déjà où être
    größer and then again for with version update system error timeout retry public policy"""
)
_TLD = words("com org net fr de io co.uk info local dev")
_AGENT = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{}.0.0.0"
_STATES = ["new", "paid", "open", "shipped", "closed", "cancelled", "pending", "returned"]

Rng = random.Random


def _digits(rng: Rng, size: int) -> str:
    return "".join(rng.choices(string.digits, k=size))


def _hex(rng: Rng, size: int) -> str:
    return "".join(rng.choices("0123456789abcdef", k=size))


def _email(rng: Rng) -> str:
    first, last = rng.choice(_FIRST).lower(), rng.choice(_LAST).lower()
    return f"{first}.{last}{rng.randint(0, 999)}@{rng.choice(_WORDS)}.{rng.choice(_TLD)}"


def _phone(rng: Rng) -> str:
    form = rng.choice(("+33 # ## ## ## ##", "(###) ###-####", "0###-#######", "+44 #### ######"))
    return "".join(rng.choice(string.digits) if sign == "#" else sign for sign in form)


def _date(rng: Rng) -> str:
    year, month, day = rng.randint(1950, 2026), rng.randint(1, 12), rng.randint(1, 28)
    form = rng.choice(("{0}-{1:02}-{2:02}", "{2:02}/{1:02}/{0}", "{2}.{1}.{0}"))
    return form.format(year, month, day)


def _clock(rng: Rng) -> str:
    return f"{rng.randint(0, 23):02}:{rng.randint(0, 59):02}:{rng.randint(0, 59):02}"


def _stamp(rng: Rng) -> str:
    return f"2026-{rng.randint(1, 12):02}-{rng.randint(1, 28):02} {_clock(rng)}.{_digits(rng, 3)}"


def _ip(rng: Rng) -> str:
    return ".".join(str(rng.randint(0, 255)) for _ in range(4))


def _url(rng: Rng) -> str:
    host = f"www.{rng.choice(_WORDS)}.{rng.choice(_TLD)}"
    return f"https://{host}/{rng.choice(_WORDS)}?id={_digits(rng, 5)}"


def _iban(rng: Rng) -> str:
    country, size = rng.choice((("DE", 18), ("NO", 11), ("BE", 12), ("GB", 18)))
    number = _digits(rng, size)
    tail = "".join(str(int(sign, 36)) for sign in number + country)
    return f"{country}{98 - int(tail + '00') % 97:02}{number}"


def _card(rng: Rng) -> str:
    number = rng.choice(("4", "5" + rng.choice("12345"))) + _digits(rng, 14)
    number = number[:15]
    total = sum(
        int(sign) if place % 2 else sum(divmod(2 * int(sign), 10))
        for place, sign in enumerate(number)
    )
    number += str(-total % 10)
    return number if rng.random() < 0.5 else " ".join(number[i : i + 4] for i in range(0, 16, 4))


def _text(rng: Rng) -> str:
    words = rng.choices(_WORDS, k=rng.randint(20, 34))
    if rng.random() < 0.1:
        words[rng.randrange(len(words))] = rng.choice((_email, _phone, _url, _ip))(rng)
    return " ".join(words)


def _log(rng: Rng) -> str:
    request = f"GET /{rng.choice(_WORDS)}/{_digits(rng, 4)}.html HTTP/1.1"
    return (
        f'{_ip(rng)} - - [12/Mar/2026:{_clock(rng)} +0100] "{request}" 200 {_digits(rng, 4)} '
        f'"{_url(rng)}" "{_agent(rng)}"'
    )


def _agent(rng: Rng) -> str:
    return _AGENT.format(rng.randint(60, 140))


def _name(rng: Rng) -> str:
    return f"{rng.choice(_FIRST)} {rng.choice(_LAST)}"


KINDS: dict[str, Callable[[Rng], str]] = {
    "email": _email,
    "phone": _phone,
    "name": _name,
    "ip": _ip,
    "mac": lambda rng: ":".join(_hex(rng, 2) for _ in range(6)),
    "integer": lambda rng: _digits(rng, rng.randint(1, 12)),
    "uuid": lambda rng: str(uuid.UUID(int=rng.getrandbits(128), version=4)),
    "date": _date,
    "text": _text,
    "status": lambda rng: rng.choice(_STATES),
    "price": lambda rng: f"{rng.uniform(0, 5000):.2f}",
    "sku": lambda rng: f"SKU-{_digits(rng, 5)}-{rng.choice('ABC')}",
    "iban": _iban,
    "url": _url,
    "card": _card,
    "sha-256": lambda rng: _hex(rng, 64),
    "log line": _log,
    "address": lambda rng: f"{rng.randint(1, 200)} {rng.choice(_LAST)} Street, {_digits(rng, 5)}",
    "user agent": _agent,
    "timestamp": _stamp,
}


def matching(expression: str, rng: Rng) -> str:
    """Make a text that an expression may match, by the standard library's own reading of it."""
    bare = expression.replace("(?i)", "")
    return "".join(_signs(sre_parser.parse(bare, sre.SRE_FLAG_IGNORECASE), rng, {}))


def _signs(
    tree: Iterable[tuple[object, object]], rng: Rng, groups: dict[int, str]
) -> Iterator[str]:
    for kind, what in tree:
        yield _sign(kind, what, rng, groups)


def _sign(kind: object, what: object, rng: Rng, groups: dict[int, str]) -> str:
    if kind is sre.LITERAL:
        return rng.choice((str.lower, str.upper))(chr(what))
    if kind is sre.NOT_LITERAL or kind is sre.ANY:
        return rng.choice("a 9-é\n")
    if kind is sre.IN:
        return _of_set(what, rng)
    if kind is sre.BRANCH:
        return "".join(_signs(rng.choice(what[1]), rng, groups))
    if kind is sre.SUBPATTERN:
        text = "".join(_signs(what[-1], rng, groups))
        groups[what[0]] = text
        return text
    if kind in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
        least, most, inner = what
        times = rng.choice((least, least, min(most, least + rng.randint(0, 4))))
        return "".join("".join(_signs(inner, rng, groups)) for _ in range(min(times, 300)))
    if kind is sre.ATOMIC_GROUP:
        return "".join(_signs(what, rng, groups))
    if kind is sre.GROUPREF:
        return groups.get(what, "")
    if kind is sre.ASSERT:
        return "".join(_signs(what[1], rng, groups)) if what[0] < 0 else ""
    return ""


_CLASSES = {
    sre.CATEGORY_DIGIT: "0123456789",
    sre.CATEGORY_SPACE: " \t\n",
    sre.CATEGORY_WORD: "aZ9_é",
    sre.CATEGORY_NOT_SPACE: "a9-é.",
    sre.CATEGORY_NOT_WORD: " -.",
    sre.CATEGORY_NOT_DIGIT: "aZ -.é",
}


def _of_set(items: list[tuple[object, object]], rng: Rng) -> str:
    if items[0][0] is sre.NEGATE:
        banned = {sign for item in items[1:] for sign in _members(item)}
        return rng.choice([sign for sign in 'a9 -.éZ_"/' if sign not in banned] or ["\x01"])
    return rng.choice((str.lower, str.upper, str))(rng.choice(_members(rng.choice(items))))


def _members(item: tuple[object, object]) -> list[str]:
    kind, what = item
    if kind is sre.RANGE:
        return [chr(code) for code in range(what[0], what[1] + 1)]
    return list(_CLASSES[what]) if kind is sre.CATEGORY else [chr(what)]


# Signs that expressions turn on; the second row folds to ASCII, counts as digits, or only looks so.
_SIGNS = string.digits * 2 + "abcxyzABCKS" + "-.:/@ +()_#'\",;\n\r\t=$&[]{}"
_ODD = "éßſKİı٣３߄𝟙०²½ªºÄÖÜ\u00a0\u2009\u200b\u2013\u0301\x1c\x85😀漢ﬀ"


def mutated(value: str, rng: Rng) -> str:
    """Change a value a little: signs dropped, doubled, replaced, put between other text."""
    signs = list(value)
    for _ in range(rng.choice((0, 0, 1, 1, 2, 4))):
        at = rng.randrange(len(signs) + 1)
        new = rng.choice(_SIGNS if rng.random() < 0.75 else _ODD) * rng.randint(0, 2)
        signs[at : at + rng.randint(0, 2)] = new
    before = rng.choice(("", "", "", " ", "x", "é", "9", "-", "id ", "\n", "_", "(", '"', "ſ"))
    after = rng.choice(("", "", "", " ", "x", "é", "9", "-", ".", "\n", "_", ")", '"', " z"))
    text = before + "".join(signs) + after
    return text * rng.randint(20, 400) if rng.random() < 0.002 else text


def mixed(expressions: list[str], count: int, rng: Rng) -> Iterator[str]:
    """Yield values: a third of columns, a third of these changed, a third made from expressions."""
    kinds = list(KINDS.values())
    for number in range(count):
        if number % 3 == 2:
            yield mutated(matching(rng.choice(expressions), rng), rng)
        else:
            value = rng.choice(kinds)(rng)
            yield value if number % 3 else mutated(value, rng)
