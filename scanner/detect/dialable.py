"""Where in a text a telephone number can be accepted, and whether a match is one."""

import re
from collections.abc import Iterator

_UUID = re.compile(r"(?i)[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")
_STAMP = re.compile(
    r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?)?(?:Z|[+-]\d{2}:?\d{2})?"
    r"|\d{1,2}/[A-Z][a-z]{2}/\d{4}(?::\d{2}){3}(?: [+-]\d{4})?|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}"
    r"|\d{4}/\d{2}/\d{2}(?:[ T]\d{2}:\d{2}:\d{2})?"
)
_FLOAT = re.compile(r"[+-]?\d+[.,]\d+(?:[eE][+-]?\d+)?")
_QUAD = re.compile(r"(?:\d{1,3}\.){3}\d{1,3}")
_PLUS = re.compile(r"\+|\b00[1-9]")
_GROUPED = re.compile(r"\(\d{2,5}\)\s?\d|\d[ .-]\d")
_PHONE_WORDS = (
    r"\b(?:tel|t[ée]l[ée]phone|telefoon|telefone?|tel[ée]fono|phone|fon|mobile?|mobil|handy|cell|"
    r"fax|call(?:er|ed|ing)?|dial(?:ed|ing)?|msisdn|ani|dnis|from|to|sms|whatsapp|gsm|portable|"
    r"num[ée]ro|rufnummer|number)\b[\s.:=#°\"'(<-]{0,4}"
)
_PHONE_WORD = re.compile(rf"(?i)(?:{_PHONE_WORDS}|sip:|tel:)\+?$")


def opaque(text: str) -> bool:
    """Tell whether a whole value is of a kind that holds no telephone number."""
    bare = text.strip()
    return bool(
        _UUID.fullmatch(bare)
        or _STAMP.fullmatch(bare)
        or _FLOAT.fullmatch(bare)
        or _QUAD.fullmatch(bare)
    )


def phone_stretches(text: str, hinted: bool, strict: bool) -> Iterator[tuple[int, int]]:
    """Yield the stretches of a text in which :func:`phone` could accept a number.

    Metadata of telephone numbers is slow to ask: everything cheap is decided before.
    """
    for match in RUN.finditer(text):
        run, before = match[0], text[max(0, match.start() - 24) : match.start()]
        if _QUAD.fullmatch(run):
            continue  # and so would `phone`
        plus = bool(_INTERNATIONAL.search(run))
        if not plus and not hinted and not _PHONE_WORD.search(before):
            if strict and not _BRACKETS.search(run):
                continue
            if not _GROUPED.search(run) or opaque(run):
                continue
        yield max(0, match.start() - 1), min(len(text), match.end() + _EXTENSION)


# Digits with what may stand between them; an extension may follow.
_BETWEEN = r"[\s().\-/+~*\u2010-\u2015\u00a0\u200b]{0,4}"
RUN = re.compile(rf"[+(]*\d(?:{_BETWEEN}\d){{6,}}")


def _international() -> Iterator[str]:
    """Yield expressions for seven digits with a plus or 00 among them, by the digits before it."""
    for n in range(7):
        yield rf"(?:\d{_BETWEEN}){{{n}}}\+{_BETWEEN}(?:\d{_BETWEEN}){{{7 - n}}}"
    yield rf"(?:^|\D)00[1-9](?:{_BETWEEN}\d){{4}}"
    for n in range(1, 5):
        before = rf"(?:\d{_BETWEEN}){{{n - 1}}}\d{_BETWEEN.replace('{0,4}', '{1,4}')}"
        yield rf"{before}00[1-9](?:{_BETWEEN}\d){{{4 - n}}}"


# In a line of a log: a run with an international prefix in it, after a word, or with brackets.
STRICT_RUNS = (
    *map(re.compile, _international()),
    # `phone_stretches` looks at a piece of the line, which has edges of its own.
    re.compile(rf"(?i)(?:{_PHONE_WORDS.replace(chr(92) + 'b', '')}|sip:|tel:)\+?{RUN.pattern}"),
    re.compile(r"\(\d{3}\)\s?\d{3}-\d{4}"),
)
_EXTENSION = 14
_INTERNATIONAL = re.compile(r"\+|(?<!\d)00[1-9]")
_BRACKETS = re.compile(r"\(\d{3}\)\s?\d{3}-\d{4}")


def phone(text: str, start: int, end: int, hinted: bool, strict: bool) -> bool:
    """Tell whether a telephone hit is one.

    Plain digits count only in a hinted field or after a telephone word; ``strict`` (messages) wants
    an international prefix, a word, or brackets around the area code.
    """
    found = text[start:end]
    digits = sum(char.isdigit() for char in found)
    if digits < 7 or digits > 15:
        return False
    before, after = text[max(0, start - 24) : start], text[end : end + 2]
    edge = r"\w$" if found.startswith("+") else r"[\w.:/=%&?@#-]$"
    if re.search(edge, before[-1:]) and not _PHONE_WORD.search(before):
        return False
    if re.match(r"[\w/@%]|[:.-]\w", after):
        return False
    if _STAMP.fullmatch(found.strip()) or _STAMP.match(found) or _QUAD.fullmatch(found):
        return False
    if _PLUS.match(found.lstrip("( ")) or before.endswith("+"):
        return True
    if hinted or _PHONE_WORD.search(before):
        return True
    if strict:
        return bool(re.match(r"\(\d{3}\)\s?\d{3}-\d{4}$", found))
    return bool(_GROUPED.search(found)) and not _FLOAT.fullmatch(found) and not _columns(found)


def _columns(found: str) -> bool:
    """Tell whether a grouped number looks like a list or a range rather than one number."""
    groups = re.findall(r"\d+", found)
    if [len(group) for group in groups] in ([5, 4], [3, 2, 4]):  # ZIP+4, social security
        return True
    if len(groups) == 2 and re.fullmatch(r"(?:19|20)\d\d", groups[0]) and len(groups[1]) > 4:
        return True  # "2023-004711": a number of that year
    return len(groups) > 6 or max(map(len, groups)) > 8 or (len(groups) == 2 and len(groups[0]) > 5)
