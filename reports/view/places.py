"""Places and transfers as lists: where the record says that data lies and goes."""

from collections.abc import Iterator

from reports.view import words
from reports.view.types import Table
from scanner.model import PlaceSummary, RecordSummary, ScanResult, TransferSummary

ROWS = 1000  # of one table of a report for people; JSON lists all
_STATES = {"in_force": "named", "lapsed": "does not carry it", "none": "not named"}


def places(result: ScanResult) -> tuple[Table, ...]:
    """Tables of stores by place and of declared transfers, for each record; none if empty."""
    many = len(result.records) > 1
    return tuple(table for record in result.records for table in _tables(record, many))


def _tables(record: RecordSummary, many: bool) -> Iterator[Table]:
    of = f" of {record.name}" if many else ""
    stated = [item for item in record.places if item.declared or item.observed]
    if stated:
        yield Table(
            f"Where stores lie{of} ({words.number(len(stated))})",
            ("Store", "Declared", "Found", "Residency rule"),
            tuple(_place(item) for item in stated[:ROWS]),
            about="Found is what the configuration and the stores themselves say; no address "
            "was looked up.",
            more=_more(len(stated)),
            key=f"places-{record.id}" if many else "places",
        )
    if record.transfers:
        yield Table(
            f"Declared transfers{of} ({words.number(len(record.transfers))})",
            ("Transfer", "From", "To", "Kind", "Safeguard"),
            tuple(_transfer(item) for item in record.transfers[:ROWS]),
            more=_more(len(record.transfers)),
            key=f"transfers-{record.id}" if many else "transfers",
        )


def _place(item: PlaceSummary) -> tuple[str, ...]:
    return (
        f"{item.store} ({item.system})",
        ", ".join(item.declared) or "not stated",
        ", ".join(item.observed) or "not stated",
        item.residency or "–",
    )


def _transfer(item: TransferSummary) -> tuple[str, ...]:
    state = _STATES.get(item.state, item.state)
    safeguard = f"{item.safeguard}: {item.why or state}" if item.state == "lapsed" else ""
    return (
        item.name or item.id,
        ", ".join(item.origins),
        ", ".join(item.targets),
        item.kind.replace("_", " "),
        safeguard or item.safeguard or state,
    )


def _more(count: int) -> str:
    left = count - ROWS
    return f"{words.number(left)} more are listed in the JSON report." if left > 0 else ""
