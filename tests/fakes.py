"""Fakes for the flow's protocols: an in-memory store and a detector of two entities."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pyarrow as pa

from scanner.errors import StoreError
from scanner.model import (
    Asset,
    Batch,
    Budget,
    Column,
    Detected,
    Field,
    Hit,
    Listing,
    Measure,
    Method,
    Question,
    Sample,
    Values,
)

Rows = Mapping[str, Sequence[str | None]]  # field name -> values


@dataclass
class FakeConnector:
    """Holds assets in memory; an asset without rows refuses to be read."""

    rows: Mapping[str, Rows]  # by asset path
    types: Mapping[str, str] = field(default_factory=dict)
    fail: Mapping[str, Exception] = field(default_factory=dict)
    closed: bool = False

    def assets(self) -> Listing:
        return Listing(
            tuple(
                Asset(
                    path,
                    path.split("//")[1].split("/")[0],
                    path.split(":")[0],
                    type=self.types.get(path, "table"),
                    fields=tuple(Field(name) for name in rows),
                    population=max((len(v) for v in rows.values()), default=0),
                )
                for path, rows in sorted(self.rows.items())
            )
        )

    def read(self, asset: Asset, budget: Budget) -> Sample:
        if asset.path in self.fail:
            raise self.fail[asset.path]
        rows = self.rows[asset.path]
        sample = Sample(iter(()), Method.WHOLE, asset.population, counted=True)

        def batches() -> Iterator[Batch]:
            sample.rows = max((len(values) for values in rows.values()), default=0)
            yield tuple(
                Column(Field(name), pa.array(values, pa.string())) for name, values in rows.items()
            )

        sample.batches = batches()
        return sample

    def close(self) -> None:
        self.closed = True


@dataclass
class AnsweringConnector(FakeConnector):
    """A fake that can count."""

    count: int = 3

    def ask(self, asset: Asset, question: Question) -> Measure:
        if self.count < 0:
            raise StoreError("the asset is too large to count without an index", "not_measured")
        return Measure(asset.path, question, count=self.count)


PATTERNS = {
    "EMAIL_ADDRESS": re.compile(r"[\w.]+@[\w.]+\.\w+"),
    "IP_ADDRESS": re.compile(r"\b\d+\.\d+\.\d+\.\d+\b"),
}


class FakeDetector:
    """Finds e-mail and IP addresses; names hold personal data when they hold an e-mail address."""

    gaps = ()

    def detect(self, values: Values, asset: Asset) -> Detected:
        hits = tuple(
            Hit(index, match.start(), match.end(), entity, 1.0, "fake")
            for index, value in enumerate(values.values)
            for entity, pattern in PATTERNS.items()
            for match in pattern.finditer(value)
        )
        return Detected(hits, frozenset(PATTERNS))

    def names(self, text: str, kind: str) -> tuple[Hit, ...]:
        return tuple(
            Hit(0, match.start(), match.end(), "EMAIL_ADDRESS", 1.0, "fake")
            for match in PATTERNS["EMAIL_ADDRESS"].finditer(text)
        )

    def describe(self) -> Mapping[str, str]:
        return {"detector": "fake"}
