"""What values of a named field must look like: gender, birth date, user name, password, host."""

import contextlib
import functools
import itertools
import re
from datetime import UTC, date, datetime, timedelta

from scanner.classify.words import bag, fold
from scanner.detect.secrets import looks_like_password

_WORDS = bag(
    fold(
        """male female man woman men women boy girl homme femme masculin feminin mannlich weiblich
        mann frau masculino femenino hombre mujer maschio femmina uomo donna vrouw
        mannelijk vrouwelijk feminino homem mulher nonbinary non-binary diverse divers
        other autre unknown inconnu unbekannt transgender mr mrs ms miss mx monsieur
        madame mademoiselle herr senor senora sr sra sig signora mevrouw heer dhr dr
        prof rev hon mezczyzna kobieta meski zenska meska zenski pan pani muz zena
        muzsky zensky muzske zenske moski muskarac muski musko zensko barbat femeie
        barbati femei barbatesc femeiesc feminina ferfi mand kvinde kvinna kvinne hane
        hun mies nainen mees naine virietis sieviete vyras moteris erkek kadin bay bayan
        home dona мужчина женщина мужской женский муж жен чоловік жінка чоловіча жіноча
        мъж жена ανδρας γυναικα αρρεν θηλυ 男 女 男性 女性 男生 女生 先生
        女士 小姐 保密 未知 不明 남 여 남자 여자
        남성 여성"""
    )
)
_TELLING = _WORDS - bag(
    "other autre unknown inconnu unbekannt divers diverse dr prof rev hon 保密 未知 不明"
)
# K: kobieta, kvinde, kadin; Z: zena; B: barbat; E: erkek; S: sieviete.
_CODES = bag("m f w h d x u o n v k z b e s no 0 1 2 3 9") | frozenset(map(fold, "мжчαγθ"))
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
    "%d-%b-%y",
    "%d %b %y",
    "%b %d, %Y",
    "%b %d %Y",
    "%Y.%m.%d",
    "%d%m%Y",
    "%Y-%m",
    "%Y",
)
# A time of day after a date, as databases add it: "00:00:00.000", "T00:00Z", "12:00AM".
_TIME = re.compile(
    r"(?i)(?<=\d)(?:T|\s+)\d{1,2}:\d{2}(?::\d{2}(?:[.,:]\d+)?)?"
    r"\s*(?:[ap]m)?\s*(?:Z|UTC|[+-]\d\d(?::?\d\d)?)?$"
)
_EPOCH = re.compile(r"-?\d{7,10}|-?\d{9,10}000")  # seconds, or whole ones in milliseconds
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
    head = _TIME.sub("", text.strip())
    for form in _FORMATS:
        try:
            # The zone does not matter for a year of birth.
            return _past(datetime.strptime(head, form).year, form)
        except ValueError:
            continue
    if _EPOCH.fullmatch(head):
        seconds = int(head) // (1000 if len(head.lstrip("-")) > 10 else 1)
        return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)).year
    return None


def _past(year: int, form: str) -> int:
    """Return the year of a date, a hundred years earlier where two digits gave one to come."""
    return year - 100 if form.endswith("%y") and year > datetime.now(UTC).year else year


_EARLIEST = 1500  # composers and kings stand in databases, too


def is_birth_date(text: str, today: date) -> bool:
    """Tell whether a value is a date on which somebody who is known may have been born."""
    year = _year(text)
    return year is not None and _EARLIEST <= year <= today.year


def birth_dates(values: tuple[str, ...], today: date) -> list[int]:
    """Return the indexes of plausible birth dates; none when the field holds recent dates only.

    A field of birth dates spans decades; one of recent events does not.
    """
    found = [index for index, value in enumerate(values) if is_birth_date(value, today)]
    years = [year for index in found if (year := _year(values[index])) is not None]
    return [] if len(years) > 5 and min(years) > today.year - 3 else found


def is_username(text: str) -> bool:
    """Tell whether a value of a user-name field can be one: no blanks, not a bare number."""
    bare = text.strip().removeprefix("@")
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
