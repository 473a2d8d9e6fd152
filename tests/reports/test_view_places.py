"""Places and transfers in the report for people."""

from dataclasses import replace

import sample

import reports
from reports.view import build
from scanner.model import PlaceSummary, ScanResult, TransferSummary

PLACES = (
    PlaceSummary("ss_db", "secure", ("IE", "US"), ("IE",), "storage_region"),
    PlaceSummary("device", "secure"),
)
TRANSFERS = (
    TransferSummary(
        "home", "Users <b>", "storage", ("EU",), ("US",), "safe_harbor", "lapsed", "void"
    ),
    TransferSummary("help", "", "remote_access", ("EU", "CA"), ("IN",), "", "none"),
)


def shown() -> ScanResult:
    record = replace(sample.record(), places=PLACES, transfers=TRANSFERS)
    return sample.result(records=(record,))


def test_places_and_transfers_are_lists() -> None:
    places, transfers = build(shown()).places
    assert places.rows == (("ss_db (secure)", "IE, US", "IE", "storage_region"),)
    assert [row[-1] for row in transfers.rows] == ["safe_harbor: void", "not named"]
    assert transfers.rows[1][:4] == ("help", "EU, CA", "IN", "remote access")


def test_a_record_without_places_has_no_such_section() -> None:
    assert build(sample.result()).places == ()


def test_the_html_report_has_them_escaped() -> None:
    text = reports.load("html").render(shown()).decode()
    assert '<section id="places"' in text
    assert "Users &lt;b&gt;" in text
