"""Keyed digests of values, by which a copy of production data is told from other data.

The key is made for one scan and never written; neither are the digests, for they are personal data.
Of a field with very many values the smallest digests are kept: as all stores use one key, two
fields then keep the same part of what they share.
"""

import hashlib
import heapq
import re
from collections.abc import Iterable, Mapping

from scanner.model import Confidence, Detected, Hit, Holding, Kind, Values
from scanner.taxonomy import taxonomy

MOST = 20_000
"""Digests that are kept of one field or asset and category."""
_KEPT_OUT = frozenset({"masked", "test", "harmless", "role"})
_NOISE = re.compile(r"[\s()./\\-]+")
_DIGITS = re.compile(r"\D+")


class Digester:
    """Collects the digests of one asset, part by part; ``domains`` are those of test mailboxes."""

    def __init__(self, key: bytes, categories: Iterable[str], domains: Iterable[str] = ()) -> None:
        self._key = key
        self._domains = tuple(domain.lower().lstrip("@.") for domain in domains)
        known = taxonomy().categories
        self._meant: dict[str, str] = {
            entity: id_ for id_ in categories if id_ in known for entity in known[id_].entities
        }
        self._found: dict[tuple[str, str], set[int]] = {}
        self._messages: set[str] = set()

    def add(self, values: Values, detected: Detected) -> None:
        """Take in what was detected in a part of a field."""
        if not self._meant:
            return
        name = values.field.name
        if values.field.kind is Kind.MESSAGE:
            self._messages.add(name)
        for hit in detected.hits:
            category = self._meant.get(hit.entity)
            if category is None or hit.mark in _KEPT_OUT:
                continue
            text = _normal(category, values.values[hit.index], hit)
            if not text or (category == "email_address" and self._of_tests(text)):
                continue
            found = self._found.setdefault((name, category), set())
            found.add(self._digest(category, text))
            if len(found) >= 2 * MOST:
                self._found[(name, category)] = set(heapq.nsmallest(MOST, found))

    def found(self, holdings: Iterable[Holding]) -> Mapping[str, frozenset[int]]:
        """Return the digests by category, of fields that surely enough hold the category."""
        sure = [h for h in holdings if h.matched and h.confidence is not Confidence.POSSIBLE]
        held = {(holding.field, holding.category) for holding in sure}
        anywhere = {holding.category for holding in sure}
        out: dict[str, set[int]] = {}
        for (name, category), digests in self._found.items():
            # The fields of messages are parts of their templates, not the field that was read.
            if (name, category) in held or (name in self._messages and category in anywhere):
                out.setdefault(category, set()).update(digests)
        return {id_: frozenset(heapq.nsmallest(MOST, found)) for id_, found in out.items()}

    def _of_tests(self, address: str) -> bool:
        domain = address.rpartition("@")[2]
        return any(domain == test or domain.endswith(f".{test}") for test in self._domains)

    def _digest(self, category: str, text: str) -> int:
        said = f"{category}\0{text}".encode("utf-8", "surrogatepass")
        return int.from_bytes(hashlib.blake2b(said, digest_size=8, key=self._key).digest(), "big")


def _normal(category: str, value: str, hit: Hit) -> str:
    """Return what two spellings of one value share; empty when too little is left to compare."""
    text = value[hit.start : hit.end].strip().lower()
    if category == "phone_number":
        digits = _DIGITS.sub("", text)
        return digits if len(digits) > 6 else ""
    return text if category == "email_address" else _NOISE.sub("", text)
