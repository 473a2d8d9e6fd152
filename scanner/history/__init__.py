"""What earlier scans found: fingerprints, days and counts, never a value."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path

from scanner.errors import OutputError
from scanner.history.entry import Entry, Look, light, places_of
from scanner.history.looking import Looked
from scanner.history.seen import past_of
from scanner.history.stored import from_json, to_json
from scanner.model import AssetResult, Finding, Inventory, Past, ScanResult, State
from scanner.private import write_private

__all__ = ["Entry", "History", "Look"]

_GROWN = 10


@dataclass(frozen=True, slots=True)
class History:
    """The findings that were open after the last scan, by fingerprint."""

    entries: Mapping[str, Entry] = field(default_factory=dict)
    last_scan: datetime | None = None  # None: there was none
    seen: Past | None = None  # None: there was none, or an earlier version did not tell

    @classmethod
    def load(cls, path: Path) -> "History":
        """Read a history; a file that does not exist is an empty one.

        Raise OutputError when the file cannot be read or is no history of this version.
        """
        try:
            text = path.read_text("utf-8")
        except FileNotFoundError:
            return cls()
        except (OSError, UnicodeDecodeError) as error:
            raise OutputError(_unusable(path, "it cannot be read")) from error
        try:
            return cls(*from_json(json.loads(text)))
        except (ValueError, RecursionError) as error:
            raise OutputError(
                _unusable(path, "its content is damaged or of another version")
            ) from (error)

    def save(self, path: Path) -> None:
        """Write the history, readable by its owner alone. Raise OutputError."""
        raw = to_json(self.entries, self.last_scan, self.seen)
        write_private(path, (json.dumps(raw, indent=1) + "\n").encode())

    def past(self) -> Past | None:
        """Return what the scan before saw, for the rules that compare with it."""
        return self.seen

    def apply(
        self, findings: Iterable[Finding], as_of: date, inventory: Inventory
    ) -> tuple[Finding, ...]:
        """Give findings their states, and add those that are gone: resolved, or not seen.

        Resolved needs that every place which spoke was read again at least as well. What is gone
        comes without evidence, after the others.
        """
        now = tuple(self._stated(finding, as_of) for finding in findings)
        seen = {finding.fingerprint for finding in _all(now)}
        looked = Looked.of(inventory)
        gone = tuple(
            light(entry, State.RESOLVED if looked.settles(entry) else State.NOT_SEEN)
            for key, entry in sorted(self.entries.items())
            if key not in seen and entry.headline
        )
        return now + gone

    def _stated(self, finding: Finding, as_of: date) -> Finding:
        also = tuple(self._stated(item, as_of) for item in finding.also)
        entry = self.entries.get(finding.fingerprint)
        first = min(entry.first_seen, as_of) if entry else as_of
        state = finding.state if finding.state is State.ACCEPTED else self._state(finding, entry)
        return replace(finding, state=state, first_seen=first, also=also)

    def _state(self, finding: Finding, entry: Entry | None) -> State:
        if entry is None:
            return State.NEW if self.last_scan else State.FIRST
        grown = 0 < entry.records * _GROWN <= finding.records
        return State.GROWN if grown else State.KNOWN

    def updated(self, result: ScanResult) -> "History":
        """Return the history after a scan whose findings have their states.

        What is resolved is forgotten; what was not seen is kept as it was.
        """
        results = {item.asset.path: item for item in result.inventory.results}
        entries: dict[str, Entry] = {}
        for finding in result.findings:
            old = self.entries.get(finding.fingerprint)
            if finding.state is State.NOT_SEEN and old is not None:
                entries[finding.fingerprint] = old
            elif finding.state is not State.RESOLVED:
                for item, headline in _levels(finding):
                    made = self._entry(item, result.as_of, results, headline=headline)
                    entries.setdefault(item.fingerprint, made)
        return History(entries, result.started, past_of(result, self.seen))

    def _entry(
        self,
        finding: Finding,
        as_of: date,
        results: Mapping[str, AssetResult],
        *,
        headline: bool,
    ) -> Entry:
        old = self.entries.get(finding.fingerprint)
        keep = old is not None and finding.state is State.KNOWN
        return Entry(
            fingerprint=finding.fingerprint,
            rule=finding.rule,
            name=finding.name,
            record=finding.record,
            severity=finding.severity,
            confidence=finding.confidence,
            title=finding.title,
            first_seen=finding.first_seen or as_of,
            last_seen=as_of,
            records=old.records if old is not None and keep else finding.records,
            store=finding.store,
            prefix=finding.prefix,
            category=finding.category,
            qualifier=finding.qualifier,
            headline=headline,
            fix=finding.fix,
            advice=finding.advice,
            places=places_of(finding, results),
        )


def _all(findings: Iterable[Finding]) -> Iterator[Finding]:
    for finding in findings:
        yield finding
        yield from _all(finding.also)


def _levels(finding: Finding) -> Iterator[tuple[Finding, bool]]:
    yield finding, True
    for item in _all(finding.also):
        yield item, False


def _unusable(path: Path, why: str) -> str:
    return (
        f"The history {path.name} cannot be used: {why}; move it away, and the next scan starts a "
        "new one."
    )
