"""From batches of a sample to the distinct values of each field, with their counts."""

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass, replace

from scanner.model import Asset, Column, Detector, Field, Sample, Values, decode
from scanner.names import personal_words


@dataclass(slots=True)
class _Tally:
    field: Field
    counts: dict[str, int] = dataclasses.field(default_factory=dict, repr=False)
    nulls: int = 0

    def add(self, column: Column) -> None:
        """Count the values of one batch; null and empty cells are counted apart."""
        import pyarrow.compute as pc

        for entry in pc.value_counts(column.values).to_pylist():
            value, count = entry["values"], entry["counts"]
            if value is None or not value.strip():
                self.nulls += count
            else:
                self.counts[value] = self.counts.get(value, 0) + count


@dataclass(frozen=True, slots=True)
class Gathered:
    """The fields of one sample, each with its distinct values, in the order first seen."""

    columns: tuple[Values, ...] = dataclasses.field(repr=False)

    def fields(self, asset: Asset) -> tuple[Field, ...]:
        """The fields as sampled, then those of the catalogue that no row showed."""
        seen = {values.field.name for values in self.columns}
        nested = {name.split(".")[0] for name in seen}
        rest = tuple(f for f in asset.fields if f.name not in seen and f.name not in nested)
        return tuple(values.field for values in self.columns) + rest


def gather(sample: Sample, asset: Asset, detector: Detector) -> Gathered:
    """Read all batches of a sample. Keys that are personal data themselves collapse to ``{}``."""
    import numpy as np

    known = {f.name for f in asset.fields}
    renamed: dict[str, str] = {}
    tallies: dict[str, _Tally] = {}
    for column in _columns(sample):
        name = column.field.name
        if name not in renamed:
            renamed[name] = name if name in known else collapse(name, detector)
        target = renamed[name]
        if target not in tallies:
            tallies[target] = _Tally(replace(column.field, name=target))
        tallies[target].add(column)
    out = []
    for name, found in tallies.items():
        values = tuple(sorted(found.counts))
        counts = np.fromiter((found.counts[v] for v in values), dtype=np.int64, count=len(values))
        cut = sum(n for raw, n in sample.cut.items() if renamed.get(raw) == name)
        out.append(Values(found.field, values, counts, int(counts.sum()), found.nulls, cut))
    return Gathered(tuple(out))


def _columns(sample: Sample) -> Iterator[Column]:
    for batch in sample.batches:
        yield from batch


def collapse(name: str, detector: Detector) -> str:
    """Replace each part of a field's name that holds personal data by ``{}``."""
    return ".".join(
        "{}" if part != "{}" and _personal(decode(part), detector) else part
        for part in name.split(".")
    )


def _personal(key: str, detector: Detector) -> bool:
    return bool(detector.names(key, "key") or personal_words(key))
