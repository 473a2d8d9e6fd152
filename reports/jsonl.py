"""JSON lines: one finding a line for a scan, one holding a line for an inventory.

The format is docs/report-format.md; the lines of an inventory are a stable contract.
"""

from reports.json import as_object, banner, encode, plain
from scanner.model import SCHEMA, Finding, Holding, Inventory, ScanResult

FILENAME = "ropascan.jsonl"


def render(result: ScanResult) -> bytes:
    """Return findings when the result was compared with a record, else holdings."""
    if not result.records:
        return inventory_lines(result.inventory)
    return b"".join(encode(_finding(finding, result)) + b"\n" for finding in result.findings)


def inventory_lines(inventory: Inventory) -> bytes:
    """Return one holding a line, in the order of paths: the same keys whatever was found."""
    return b"".join(encode(_holding(holding)) + b"\n" for holding in inventory.holdings)


def _finding(finding: Finding, result: ScanResult) -> dict[str, object]:
    return {
        "schema": result.schema,
        "banner": banner(result),
        "scan_id": result.scan_id,
        "as_of": result.as_of.isoformat(),
        **as_object(finding),
    }


def _holding(holding: Holding) -> dict[str, object]:
    return {
        "schema": SCHEMA,
        "source": holding.source,
        "kind": holding.kind,
        "asset": holding.asset,
        "field": holding.field,
        "category": holding.category,
        "entity": holding.entity,
        "subject": holding.subject,
        "confidence": holding.confidence.value,
        "score": plain(holding.score),
        "matched": holding.matched,
        "examined": holding.examined,
        "population": holding.population,
        "method": holding.method.value,
        "by": sorted(holding.by),
        "text": holding.text,
    }
