"""A small stage for acceptance cases: real stores with invented people, a record, a whole scan."""

import json
import os
import random
import shutil
import sqlite3
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from faker import Faker

from scanner import cli, rules, run
from scanner.config import Config, Detection, RecordRef, Sampling
from scanner.demo import records
from scanner.model import Confidence, Finding, Gap, ScanResult, Secret, Severity, Source

AS_OF = date(2026, 1, 15)
ROWS = 60  # of a table that nothing else decides

Cells = Sequence[object]
_ALONE = frozenset(rule.code for rule in rules.RULES if rule.record_only)


class People:
    """Invented people, always the same: every call gives columns of ``count`` cells."""

    def __init__(self, count: int = ROWS, seed: int = 7) -> None:
        self._fake, self._random, self.count = Faker("en_US"), random.Random(seed), count
        self._fake.seed_instance(seed)
        self.first = [self._fake.first_name() for _ in range(count)]
        self.last = [self._fake.last_name() for _ in range(count)]

    @property
    def emails(self) -> list[str]:
        """Mailboxes at a domain that is not reserved for tests."""
        pairs = zip(self.first, self.last, strict=True)
        return [
            f"{a}.{b}{n}@polderwerk-mail.nl".lower().replace(" ", "")
            for n, (a, b) in enumerate(pairs)
        ]

    @property
    def names(self) -> list[str]:
        """First and last names in one cell."""
        return [f"{a} {b}" for a, b in zip(self.first, self.last, strict=True)]

    @property
    def phones(self) -> list[str]:
        """French mobile numbers."""
        return [f"+33 6 {self._two()} {self._two()} {self._two()} {self._two()}" for _ in self.last]

    @property
    def addresses(self) -> list[str]:
        """Public IPv4 addresses."""
        draw = self._random.randint
        return [f"8{draw(0, 9)}.{draw(20, 200)}.{draw(1, 250)}.{draw(1, 250)}" for _ in self.last]

    @property
    def genders(self) -> list[str]:
        """M or F."""
        return [self._random.choice("MF") for _ in self.last]

    def pick(self, *words: str) -> list[str]:
        """One of the words in each cell."""
        return [self._random.choice(words) for _ in self.last]

    def of(self, method: str) -> list[str]:
        """What a provider of the library gives."""
        return [str(getattr(self._fake, method)()) for _ in self.last]

    def hexes(self, digits: int) -> list[str]:
        """Random hexadecimal digits."""
        return ["".join(self._random.choices("0123456789abcdef", k=digits)) for _ in self.last]

    def digits(self, count: int) -> list[str]:
        """Random decimal digits, the first of which is no zero."""
        return [str(self._random.randint(10 ** (count - 1), 10**count - 1)) for _ in self.last]

    def _two(self) -> str:
        return f"{self._random.randint(10, 98)}"


@dataclass(frozen=True, slots=True)
class Said:
    """What a scan said, and questions to it."""

    result: ScanResult

    def every(self, least: str = "low", *, alone: bool = False) -> tuple[Finding, ...]:
        """Findings from stores at a level; ``alone`` adds those that the record alone gives."""
        wanted = Severity(least).rank
        return tuple(
            f
            for f in self.result.findings
            if f.section == "findings"
            and f.severity.rank >= wanted
            and (alone or f.rule not in _ALONE)
        )

    def headlines(self) -> set[tuple[str, str, str]]:
        """Rule, store (or unmatched prefix) and category of all that speaks from stores."""
        return {(f.rule, f.store or f.prefix, f.category) for f in self.every()}

    def nothing(self) -> None:
        """Assert that no store speaks at level low or higher."""
        assert self.headlines() == set(), self.summary()

    def only(
        self,
        rule: str,
        store: str,
        category: str = "",
        *,
        severity: str = "",
        confidence: str = "confirmed",
    ) -> Finding:
        """Assert that this is all that the stores say, and return it."""
        assert self.headlines() == {(rule, store, category)}, self.summary()
        return self.one(rule, store, category, severity=severity, confidence=confidence)

    def one(
        self,
        rule: str,
        store: str | None = None,
        category: str | None = None,
        *,
        severity: str = "",
        confidence: str = "confirmed",
    ) -> Finding:
        """Assert that a rule speaks exactly once of a store and category, and return it."""
        found = self.all(rule, store, category)
        assert len(found) == 1, self.summary()
        (finding,) = found
        assert (finding.severity.value, finding.confidence.value) == (
            severity or finding.severity.value,
            confidence or finding.confidence.value,
        ), self.summary()
        return finding

    def all(
        self, rule: str, store: str | None = None, category: str | None = None
    ) -> list[Finding]:
        """Every finding of a rule, of any level and section."""
        return [
            f
            for f in self.result.findings
            if f.rule == rule
            and store in (None, f.store or f.prefix)
            and category in (None, f.category)
        ]

    def never(self, *codes: str, store: str | None = None) -> None:
        """Assert that rules say nothing at level low or higher."""
        said = [f for f in self.every("low", alone=True) if f.rule in codes]
        said += [f for f in self.result.findings if f.section != "findings" and f.rule in codes]
        told = [f.title for f in said if store in (None, f.store) and f.severity.rank > 0]
        assert told == []

    def at(self, place: str, least: str = "low") -> set[tuple[str, str]]:
        """Rules and categories that speak as headline at one field or asset."""
        wanted = Severity(least).rank
        return {
            (f.rule, item.category)
            for f in self.result.findings
            for item in f.evidence
            if item.place == place and f.severity.rank >= wanted and f.section == "findings"
        }

    def also(self, finding: Finding) -> set[str]:
        """Rules that stand below a headline."""
        return {other.rule for other in finding.also}

    def held(self, place: str) -> set[str]:
        """Categories found in a field."""
        asset, _, name = place.partition("#")
        return {
            h.category
            for h in self.result.inventory.holdings
            if (h.asset, h.field) == (asset, name)
        }

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """Everything that could not be looked at."""
        return self.result.inventory.all_gaps

    def summary(self) -> str:
        """All findings and what was found, a line each, for messages of failed tests."""
        told = [
            f"{f.rule} {f.severity} {f.confidence} {f.store or f.prefix} {f.category} {f.title}"
            for f in self.result.findings
            if f.section == "findings" or f.severity.rank > 0
        ]
        held = [
            f"{h.asset}#{h.field} {h.category} {h.confidence} {h.score:.2f} {h.matched}"
            for h in self.result.inventory.holdings
        ]
        gaps = [
            f"gap {gap.source} {gap.asset}#{gap.field} {gap.reason} {gap.detail}"
            for gap in self.gaps
        ]
        return "\n".join(("", *told, *held, *gaps))


@dataclass(slots=True)
class Stage:
    """Stores, records and a configuration in one folder."""

    folder: Path
    names: bool = False  # look for names with the language model
    sources: dict[str, Source] = field(default_factory=dict)
    records: list[RecordRef] = field(default_factory=list)
    countries: tuple[str, ...] = ()

    def source(self, name: str, **settings: object) -> None:
        """Configure a source further, or one that lies elsewhere (``url``)."""
        self.sources[name] = replace(self.sources.get(name, Source(name)), **settings)  # type: ignore[arg-type]

    def table(
        self, source: str, name: str, columns: Mapping[str, Cells], *, types: str = ""
    ) -> None:
        """Write a table into the SQLite file of a source; columns are named cells of one length.

        ``types`` are declared types of columns, as in ``"born DATE, n INTEGER"``.
        """
        path = self.folder / "stores" / f"{source}.sqlite"
        path.parent.mkdir(exist_ok=True)
        declared = dict(part.split() for part in types.split(",") if part.strip())
        rows = list(zip(*columns.values(), strict=True))
        listed = ", ".join(f'"{c}" {declared.get(c, _type(v))}' for c, v in columns.items())
        with sqlite3.connect(path) as connection:
            connection.execute(f'create table "{name}" ({listed})')
            marks = ", ".join("?" for _ in columns)
            connection.executemany(f'insert into "{name}" values ({marks})', rows)
        connection.close()
        self._at(source, path)

    def log(self, source: str, path: str, lines: Iterable[str]) -> None:
        """Write a log file into the folder of a source."""
        self.file(source, path, "\n".join(lines) + "\n")

    def file(
        self, source: str, path: str, content: str | bytes = "", *, modified: date | None = None
    ) -> None:
        """Write a file into the folder of a source, last changed on a day."""
        target = self.folder / "stores" / source / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content if isinstance(content, bytes) else content.encode())
        if modified:
            seconds = datetime(modified.year, modified.month, modified.day, 12, tzinfo=UTC)
            os.utime(target, (seconds.timestamp(), seconds.timestamp()))
        self._at(source, self.folder / "stores" / source)

    def _at(self, source: str, path: Path) -> None:
        if source not in self.sources:
            self.source(source, path=str(path))

    def demo(
        self,
        *names: str,
        day: date = AS_OF,
        change: Mapping[str, str] | None = None,
        add: str = "",
    ) -> None:
        """Take records of the demo, without anything planted.

        ``day`` is that of the scan; a record that ended before speaks on. ``change`` replaces
        texts of the first record, each of which must occur; ``add`` is further TOML for it.
        """
        whole = self.folder / "all-records"
        records.write_records(whole, day=day, planted=frozenset())
        known = {record.folder: record for record in records.RECORDS}
        for name in names:
            target = self.folder / "record" / name
            shutil.copytree(whole / name, target, dirs_exist_ok=True)
            self.records.append(RecordRef(target, known[name].sources))
            until = known[name].until
            if until and day > until and len(names) == 1:
                self._changed(target, {f"\nuntil     = {until}\n": "\n"})
        self._changed(self.folder / "record" / names[0], change or {})
        if add:
            (self.folder / "record" / names[0] / "99-added.toml").write_text(add, "utf-8")

    def _changed(self, folder: Path, change: Mapping[str, str]) -> None:
        left = set(change)
        for path in sorted(folder.glob("*.toml")):
            text = path.read_text("utf-8")
            for old, new in change.items():
                if old in text:
                    left.discard(old)
                    text = text.replace(old, new)
            path.write_text(text, "utf-8")
        assert not left, f"not in the record: {left}"

    def record(self, text: str, name: str = "record", *, sources: tuple[str, ...] = ()) -> None:
        """Write a record of the case's own."""
        path = self.folder / f"{name}.toml"
        path.write_text(text, "utf-8")
        self.records.append(RecordRef(path, sources))

    def config(self) -> Config:
        """Return the configuration of a run in this process."""
        return Config(
            sources=tuple(self.sources.values()),
            records=tuple(self.records),
            sampling=Sampling(rows=1000),
            detection=Detection(names=self.names, languages=("en",), countries=self.countries),
            jobs=1,
            base=self.folder,
        )

    def written(self) -> Path:
        """Write the configuration as config.toml, for the command line."""
        lines = [f"jobs = 1\n[detection]\nnames = {json.dumps(self.names)}"]
        lines += [f"[[record]]\npath = {json.dumps(str(ref.path))}" for ref in self.records]
        for source in self.sources.values():
            told = {
                "name": source.name,
                "path": source.path,
                "country": source.country,
                "environment": source.environment,
            }
            given = (f"{key} = {json.dumps(text)}" for key, text in told.items() if text)
            lines.append("\n".join(("[[source]]", *given)))
        path = self.folder / "config.toml"
        path.write_text("\n".join(lines) + "\n", "utf-8")
        return path

    def scan(self, as_of: date = AS_OF, *, history: bool = False) -> Said:
        """Scan it all in this process. With ``history`` the scan before is remembered."""
        path = self.folder / "history.json" if history else None
        return Said(run.scan(self.config(), run.Options(as_of=as_of, history=path)))

    def check(self, as_of: date = AS_OF) -> Said:
        """Tell what the records say of themselves."""
        return Said(run.check_records(tuple(self.records), as_of, Severity.HIGH))


def command(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    """Run the command line in this process and return its exit code."""
    monkeypatch.setattr(sys, "argv", ["ropascan", *arguments])
    try:
        cli.main()
    except SystemExit as end:
        return int(end.code or 0)
    return 0


def _type(cells: Cells) -> str:
    return "INTEGER" if all(isinstance(cell, int) for cell in cells) else "TEXT"


__all__ = ["AS_OF", "ROWS", "Confidence", "People", "Said", "Secret", "Stage", "command"]
