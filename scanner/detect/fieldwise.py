"""What values of a named field must look like: gender, birth date, user name, password, host."""

import contextlib
import functools
import itertools
import re
from datetime import date, datetime

from scanner.classify.words import bag, fold
from scanner.detect.secrets import looks_like_password

_WORDS = bag(
    """male female man woman men women boy girl homme femme masculin feminin mannlich weiblich mann
    frau masculino femenino hombre mujer maschio femmina uomo donna man vrouw mannelijk vrouwelijk
    feminino masculino homem mulher nonbinary non-binary diverse divers other autre
    unknown inconnu unbekannt transgender mr mrs ms miss mx monsieur madame mademoiselle herr
    senor senora sr sra sig signora mevrouw heer dhr dr prof rev hon"""
)
_TELLING = _WORDS - bag("other autre unknown inconnu unbekannt divers diverse dr prof rev hon")
_CODES = bag("m f w h d x u o n v 0 1 2 3 9")
_MOST_GENDERS = 10
_FORMATS = (
    "%Y-%m-%d",
    "%d/%m/%Y",
    "%m/%d/%Y",
    "%d.%m.%Y",
    "%d-%m-%Y",
    "%m-%d-%Y",
    "%Y/%m/%d",
    "%Y%m%d",
    "%d-%b-%Y",
    "%d %b %Y",
    "%d %B %Y",
    "%B %d, %Y",
    "%d.%m.%y",
    "%d/%m/%y",
    "%m/%d/%y",
    "%Y",
)
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)  # most are: worth asking first
# Letters of any alphabet, but not signs that stand for words.
_USER_SHAPE = re.compile(r"[^\W\u2e80-\uffff][^\s\u2e80-\uffff,;:!?()\[\]{}<>/\"'=*&%#]{0,63}")

_UUID = re.compile(r"(?i)[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")
_HOST_SHAPE = re.compile(
    r"(?i)(?=[a-z0-9.-]*[a-z])[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9-]{1,63})*"
)
MASKED_CARD = re.compile(
    r"(?<![\w*])(?:[3-6]\d{3,5}[ -]?[\dxX*•#]{2}(?:[ -]?[*xX•#]{2,4}){1,3}[ -]?\d{4}|"
    r"(?:[*xX•#]{4}[ -]?){2,4}\d{3,4}|[3-6]\d{5}[*xX•#]{4,9}\d{3,4})(?![\w*])"
)


def is_gender(values: tuple[str, ...], *, named: bool) -> bool:
    """Tell whether the distinct values are a set of genders; letters and digits need the name."""
    words: set[str] = set()
    for value in values:
        words.add(fold(value).strip().strip(".").lower())
        if len(words) > _MOST_GENDERS:
            return False
    if not words:
        return False
    if words & _TELLING and words <= _WORDS:
        return named or bool(words & {"male", "female", "homme", "femme", "mannlich", "weiblich"})
    # "Agender", "Genderfluid": new words beside two that are known.
    if named and len(words & _TELLING) > 1:
        return all(word.replace("-", "").replace(" ", "").isalpha() for word in words)
    return named and words <= _CODES | _WORDS


@functools.lru_cache(maxsize=4096)
def _year(text: str) -> int | None:
    """Return the year of a date in one of the usual forms."""
    if _ISO_DAY.fullmatch(text):
        with contextlib.suppress(ValueError):
            return date.fromisoformat(text).year
    head = text.strip().split("T")[0]
    head = head.split(" ")[0] if re.match(r"\d{4}-|\d{1,2}[/.]", head) else head
    for form in _FORMATS:
        try:
            # The zone does not matter for a year of birth.
            return datetime.strptime(head, form).year
        except ValueError:
            continue
    return None


def is_birth_date(text: str, today: date) -> bool:
    """Tell whether a value is a date on which somebody now alive or recently dead was born."""
    year = _year(text)
    return year is not None and 1880 <= year <= today.year


def birth_dates(values: tuple[str, ...], today: date) -> list[int]:
    """Return the indexes of plausible birth dates; none when the field holds recent dates only.

    A field of birth dates spans decades; one of recent events does not.
    """
    found = [index for index, value in enumerate(values) if is_birth_date(value, today)]
    years = [year for index in found if (year := _year(values[index])) is not None]
    return [] if len(years) > 5 and min(years) > today.year - 3 else found


def is_username(text: str) -> bool:
    """Tell whether a value of a user-name field can be one: no blanks, not a bare number."""
    bare = text.strip()
    if not any(char.isalpha() for char in bare) or _UUID.fullmatch(bare) or _drawn(bare):
        return False
    return bool(_USER_SHAPE.fullmatch(bare)) and bare.lower() not in ("null", "none", "-")


def _drawn(text: str) -> bool:
    """Tell whether a token was drawn by a machine: long, and its kinds of signs change often."""
    if len(text) < 14 or not text.isalnum():
        return False
    kinds = "".join("9" if c.isdigit() else "A" if c.isupper() else "a" for c in text)
    changes = sum(one != two for one, two in itertools.pairwise(kinds))
    return changes > 0.42 * len(text)


def is_password(text: str) -> bool:
    """Tell whether a value of a password field is a clear password (no digest, no mask)."""
    bare = text.strip()
    if not 4 <= len(bare) <= 128 or any(char.isspace() for char in bare):
        return False
    if re.fullmatch(r"[0-9A-Fa-f]{32,128}|[0-9a-f]{16,}|[A-Za-z0-9+/]{43,}={0,2}", bare):
        return False
    if re.match(
        r"\$|\{\w+\}|pbkdf2|scrypt|sha\d|\*[0-9A-F]{40}$|(?:!|\*+|x)$|\d{4}-\d\d-\d\d", bare
    ):
        return False
    return looks_like_password(bare)


def is_host(text: str) -> bool:
    """Tell whether a value of a host-name field can be one."""
    return len(text) > 2 and bool(_HOST_SHAPE.fullmatch(text.strip()))
