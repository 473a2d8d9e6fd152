"""Countries, their subdivisions and the two regions that a record or configuration may name."""

import functools
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources

_SHAPE = re.compile(r"([A-Z]{2})-([A-Z0-9]{1,3})")


@dataclass(frozen=True, slots=True)
class Countries:
    """What codes exist. ``names`` holds countries, ``regions`` EU and EEA."""

    names: Mapping[str, str]  # IE -> Ireland
    regions: Mapping[str, str]  # EU -> European Union
    subdivisions: Mapping[str, frozenset[str]]  # CA -> {QC, ON, ...}; absent: any
    mistaken: Mapping[str, str]  # UK -> GB

    def knows(self, code: str) -> bool:
        """Tell whether a code is a country (IE), a subdivision (CA-QC) or a region (EU)."""
        if code in self.names or code in self.regions:
            return True
        match = _SHAPE.fullmatch(code)
        if not match or match[1] not in self.names:
            return False
        parts = self.subdivisions.get(match[1])
        return parts is None or match[2] in parts

    def wrong(self, code: str) -> str:
        """Return a sentence about a code that does not exist, or an empty text."""
        if self.knows(code):
            return ""
        shown = "".join(char if char.isprintable() else "?" for char in code)[:40]
        near = self._near(code)
        tip = f"did you mean {near}?" if near else "write an ISO 3166 code such as IE or CA-QC."
        return f'"{shown}" is no country; {tip}'

    def _near(self, code: str) -> str:
        plain = code.strip().upper().replace("_", "-")
        plain = self.mistaken.get(plain, plain)
        if self.knows(plain):
            return plain
        by_name = {name.lower(): key for key, name in (*self.names.items(), *self.regions.items())}
        return by_name.get(code.strip().lower(), "")


@functools.cache
def countries() -> Countries:
    """Read the data file that ships with the package."""
    text = resources.files(__name__).joinpath("countries.toml").read_text("utf-8")
    data = tomllib.loads(text)
    parts = {country: frozenset(codes) for country, codes in data["subdivisions"].items()}
    return Countries(data["countries"], data["regions"], parts, data["mistaken"])


@functools.cache
def country_words() -> tuple[tuple[str, str], ...]:
    """Return what people write for a country, in small letters, with its code; sorted.

    Codes (``de``, ``deu``, ``ca-qc``), names in several languages, and the regions EU and EEA.
    """
    text = resources.files(__name__).joinpath("names.toml").read_text("utf-8")
    data, known = tomllib.loads(text), countries()
    words = {code.lower(): code for code in (*known.names, *known.regions)}
    words |= {name.lower(): code for code, name in known.regions.items()}
    for country, parts in known.subdivisions.items():
        words |= {f"{country}-{part}".lower(): f"{country}-{part}" for part in parts}
    words |= {word: code for code, word in data["alpha3"].items()}
    for code, names in data["names"].items():
        words |= dict.fromkeys(names, code)
    return tuple(sorted(words.items()))


def country_of(code: str) -> str:
    """Return the country of a subdivision (``CA-QC`` -> ``CA``); other codes stay."""
    return code.partition("-")[0]
