"""What one process does: open stores, list them, and carry out units of work.

A worker is made from the configuration alone, which names environment variables and never holds a
secret. Stores are opened by name when first needed; so is the detector.
"""

import contextlib
import time
import traceback
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from scanner import explaining
from scanner.asking import as_stored, in_order
from scanner.config import Config
from scanner.errors import RopascanError, StoreError
from scanner.lightly import without_hoarding, without_pandas
from scanner.model import (
    Asset,
    AssetPlan,
    AssetResult,
    Budget,
    Connector,
    Coverage,
    Depth,
    Explained,
    Explains,
    Gap,
    GapReason,
    Listing,
    Question,
    Reading,
    Source,
)
from scanner.names import MaskedListing, hider, mask_listing, mask_result, safe_field
from scanner.pipeline import inspect

if TYPE_CHECKING:
    from scanner.detect import PresidioDetector


@dataclass(frozen=True, slots=True)
class Listed:
    """The masked listing of one source, and what the process detects with."""

    listing: Listing
    reached: bool
    detectors: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[Gap, ...] = ()  # what the detector lacks: a language model


class Worker:
    """Holds the open stores and the detector of one process."""

    def __init__(
        self, config: Config, application: str, countries: tuple[str, ...], key: bytes = b""
    ) -> None:
        self.key = key  # of the digests of this scan
        self._config = config
        self._application = application
        self._countries = countries
        self._detector: PresidioDetector | None = None
        self._stores: dict[str, Connector] = {}
        self._listings: dict[str, MaskedListing] = {}
        self._until: dict[str, float] = {}

    @property
    def detector(self) -> "PresidioDetector":
        """The detector, built at the first need: it takes seconds."""
        if self._detector is None:
            without_pandas()
            without_hoarding()
            from scanner import detect

            self._detector = detect.build(self._config.detection, self._countries)
        return self._detector

    def source(self, name: str) -> Source:
        """Find a configured source."""
        return next(source for source in self._config.sources if source.name == name)

    def store(self, name: str) -> Connector:
        """Open a source, or return it open. Raise StoreError."""
        if name not in self._stores:
            import connectors

            self._stores[name] = connectors.open_store(
                self.source(name), application=self._application
            )
            limit = time.monotonic() + self._config.sampling.most_source_seconds
            self._until.setdefault(name, limit)  # opened again after a failure: the same limit
        return self._stores[name]

    def listed(self, name: str) -> MaskedListing:
        """List a source once in this process. Raise StoreError."""
        if name not in self._listings:
            self._listings[name] = mask_listing(self.store(name).assets(), self.detector)
        return self._listings[name]

    def budget(self, name: str) -> Budget:
        """Return the bounds of the next read. Raise StoreError when the source's time is over."""
        sampling = self._config.sampling
        left = self._until[name] - time.monotonic()
        if left <= 0:
            raise StoreError(
                f"the {sampling.most_source_seconds:g} seconds for this source were used up; "
                "raise source_seconds under [sampling] to read the rest",
                "budget",
            )
        return Budget(
            sampling.rows,
            sampling.most_bytes,
            min(sampling.most_asset_seconds, left),
            sampling.cell,
            sampling.seed,
        )

    def raw(self, unit: AssetPlan) -> Asset:
        """Find the asset behind a masked path. Raise StoreError when it is gone."""
        asset = self.listed(unit.asset.source).raw.get(unit.asset.path)
        if asset is None:
            raise StoreError("it was listed and is gone now; scan again", "unreadable")
        return asset

    def questions(self, unit: AssetPlan, raw: Asset) -> tuple[Question, ...]:
        """Return what is asked of an asset, in the store's own names."""
        if not unit.questions:
            return ()
        listed = self.listed(unit.asset.source)

        def other(path: str) -> tuple[Asset, Asset] | None:
            masked = (asset for asset in listed.listing.assets if asset.path == path)
            shown = next(masked, None)
            return (shown, listed.raw[path]) if shown is not None else None

        return as_stored(unit.questions, unit.asset, raw, other)

    def forget(self, name: str) -> None:
        """Close a store after a failure, so that the next unit starts afresh."""
        store = self._stores.pop(name, None)
        if store is not None:
            store.close()

    def close(self) -> None:
        """Close all stores."""
        for name in list(self._stores):
            self.forget(name)


@contextlib.contextmanager
def _bounded(worker: Worker, name: str) -> Iterator[None]:
    """Turn whatever goes wrong with one source into a StoreError: it must not end the scan."""
    try:
        yield
    except RopascanError:
        raise
    except Exception as error:  # noqa: BLE001 - drivers raise anything; crash() quotes none of it
        worker.forget(name)
        raise StoreError(crash(error), GapReason.CRASHED) from None


def list_source(worker: Worker, name: str) -> Listed:
    """List a source; a source that cannot be listed gives a listing with one gap."""
    described, notes = worker.detector.describe(), worker.detector.gaps
    try:
        with _bounded(worker, name):
            return Listed(worker.listed(name).listing, True, described, notes)
    except StoreError as error:
        worker.forget(name)
        gap = Gap(name, GapReason(error.reason), str(error))
        return Listed(Listing((), (gap,), complete=False), False, described, notes)


def read_asset(worker: Worker, unit: AssetPlan) -> AssetResult:
    """Carry out one unit of work; whatever fails becomes a gap of its asset."""
    name = unit.asset.source
    try:
        with _bounded(worker, name):
            raw, store = worker.raw(unit), worker.store(name)
            asked = replace(unit, questions=worker.questions(unit, raw))
            budget = worker.budget(name)
            result = inspect(store, raw, asked, worker.detector, budget, worker.key)
            return mask_result(result, unit.asset.path, worker.detector)
    except StoreError as error:
        return failed_unit(unit, str(error), GapReason(error.reason))


def explain_asset(worker: Worker, unit: AssetPlan) -> Explained:
    """Read one asset and tell why its fields are held to be what they are. Raise StoreError."""
    name = unit.asset.source
    with _bounded(worker, name):
        raw, store = worker.raw(unit), worker.store(name)
        found = explaining.explain(store, raw, unit, worker.detector, worker.budget(name))
        result = mask_result(found.result, unit.asset.path, worker.detector)
        hide = hider((item.field for item in found.fields), worker.detector)
        fields = tuple(
            replace(
                item,
                field=safe_field(item.field, worker.detector),
                places=tuple(safe_field(name, worker.detector) for name in item.places),
                readings=tuple(_hidden(reading, hide) for reading in item.readings),
            )
            for item in found.fields
        )
        return Explained(result, fields)


def _hidden(reading: Reading, hide: Callable[[tuple[str, ...]], tuple[str, ...]]) -> Reading:
    """Return a reading whose sentences name no field that must not be shown."""
    return replace(
        reading,
        steps=tuple(replace(step, text=hide((step.text,))[0]) for step in reading.steps),
        subject_why=hide(reading.subject_why),
        changes=hide(reading.changes),
    )


def failed_unit(
    unit: AssetPlan, sentence: str, reason: GapReason = GapReason.CRASHED
) -> AssetResult:
    """Return the result of a unit that could not be read at all."""
    coverage = Coverage(unit.depth, unit.why, unit.by, population=unit.asset.population)
    gap = Gap(unit.asset.source, reason, sentence, unit.asset.path)
    return AssetResult(unit.asset, coverage, gaps=(gap,))


def crash(error: BaseException) -> str:
    """Describe an unforeseen error by type and place; its text could quote a value."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f"{frames[-1].name}, line {frames[-1].lineno}" if frames else "an unknown place"
    return (
        f"an unforeseen {type(error).__name__} in {where}; "
        "this is a defect of ropascan, please report it"
    )


def explain(worker: Worker, unit: AssetPlan) -> tuple[str, ...]:
    """Return what reading a unit would send to the store, in words that may be shown."""
    name = unit.asset.source
    try:
        with _bounded(worker, name):
            raw, store = worker.raw(unit), worker.store(name)
            if not isinstance(store, Explains) or unit.depth is Depth.NOTHING:
                return ()
            budget = worker.budget(name)
            if unit.depth is Depth.METADATA:
                budget = replace(budget, rows=0)
            questions = worker.questions(unit, raw)
            lines = store.statements(raw, budget, tuple(in_order(questions)))
    except StoreError as error:
        return (f"-- {error}",)
    # A statement names the asset and its fields: where a name is hidden, the statement is too.
    hidden = any(safe_field(f.name, worker.detector) != f.name for f in raw.fields)
    if hidden or questions != unit.questions or unit.asset.path != raw.path:
        return (f"-- {len(lines)} statement(s) on {unit.asset.path}, whose names are hidden",)
    return lines
