"""The declared records of the demo: four organisations, one of them in two versions."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from scanner.demo import truth


@dataclass(frozen=True, slots=True)
class DemoRecord:
    """One version of one organisation's record, as a folder of the estate.

    ``sources`` are the globs of the sources that it answers for, as the configuration names them.
    """

    folder: str  # under record/
    organisation: str
    effective: date
    sources: tuple[str, ...]
    until: date | None = None

    @property
    def templates(self) -> str:
        """Name the folder of templates: one for each organisation."""
        return self.folder.partition("_")[0]

    def in_force(self, day: date) -> bool:
        """Tell whether the record is the one of its organisation on a day."""
        return self.effective <= day <= (self.until or date.max)

    def within(self, day: date) -> date:
        """Return the day nearest to ``day`` on which this record is in force."""
        return max(self.effective, min(day, self.until or date.max))


_XMEDIUS = (
    "xmfax-*",
    "fax-logs",
    "portal-*",
    "secure-*",
    "cloud-logs",
    "connect-*",
    "helpdesk*",
    "billing",
    "license-*",
    "backup-*",
)

RECORDS: tuple[DemoRecord, ...] = (
    DemoRecord(
        "xmedius_2018", "xmedius_solutions", date(2018, 5, 22), _XMEDIUS, date(2020, 10, 31)
    ),
    DemoRecord("xmedius_2020", "xmedius_solutions", date(2020, 11, 1), _XMEDIUS),
    DemoRecord("faxcom", "faxcom", date(2009, 10, 30), ("faxcom*",)),
    DemoRecord("ixanet", "ixanet", date(2019, 5, 1), ("ixanet*",)),
    DemoRecord("xmserver", "xmserver", date(2020, 3, 7), ("xmserver*",)),
)
"""Every record, in the order of the configuration. Fax.com's has no end: its policy names none."""


def organisations(day: date) -> frozenset[str]:
    """Return the ids of the organisations that have a record in force on a day."""
    return frozenset(record.organisation for record in RECORDS if record.in_force(day))


def configured(day: date) -> tuple[DemoRecord, ...]:
    """Return the records to compare with: all versions of the organisations of that day."""
    known = organisations(day)
    return tuple(record for record in RECORDS if record.organisation in known)


def write_records(folder: Path, *, day: date, planted: frozenset[str] | None = None) -> None:
    """Write all five records into ``folder``, one folder for each.

    ``planted`` are the ids of the deviations that the records are to bear; by default those of
    ``day``.
    """
    ids = truth.planted(day=day) if planted is None else planted
    for record in RECORDS:
        target = folder / record.folder
        target.mkdir(parents=True, exist_ok=True)
        for name, text in _rendered(record, day, ids):
            (target / name).write_text(text, "utf-8", newline="\n")


def _rendered(record: DemoRecord, day: date, planted: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Yield the name and text of each file of a record; a part that is empty has no file."""
    near = record.within(day)
    for item in sorted(_package("record", record.templates).iterdir(), key=lambda item: item.name):
        if not item.name.endswith(".j2"):
            continue
        text = render(
            item,
            planted=planted.__contains__,
            day=lambda days: (near + timedelta(days=days)).isoformat(),
            year=record.effective.year,
            p2=record.folder == "xmedius_2020",
        )
        if text.strip():
            yield item.name.removesuffix(".j2"), text


def _package(*parts: str) -> Traversable:
    return resources.files(__package__).joinpath(*parts)


def render(template: Traversable, **values: object) -> str:
    """Fill one template of the package."""
    from jinja2 import Environment, StrictUndefined

    # The templates are TOML of this package, not pages: nothing has to be escaped.
    environment = Environment(  # noqa: S701
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True
    )
    return environment.from_string(template.read_text("utf-8")).render(**values)
