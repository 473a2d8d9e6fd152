"""Names of persons: in columns, in prose, in logs, and where there are none."""

import pytest

from scanner import detect
from scanner.config import Detection
from scanner.detect.written import book_score, names_in_text
from scanner.model import Asset, Kind

_ASSET = Asset("sqlite://s/people", "s", "sqlite")

SCORES = [
    ("Marie Dupont", False, True),
    ("DUPONT Marie", False, True),
    ("Dupont, Marie", False, True),
    ("Dr. Hans-Peter Müller", False, True),
    ("Abdul218 Harris789", False, True),
    ("Marie", True, True),
    ("Marie", False, False),
    ("PENELOPE", True, True),
    ("Paris", False, False),
    ("Shipped", False, False),
    ("Product Alpha", False, False),
    ("New York", False, False),
    ("Bank of Scotland", False, False),
    ("sessionid=abc", False, False),
    ("SKU-12345", False, False),
    ("Marie Curie Street", False, False),
]


@pytest.mark.parametrize(("text", "named", "person"), SCORES)
def test_the_name_book_alone(text, named, person):
    assert bool(book_score(text, named=named)) is person


PROSE = [
    ("I spoke to Marie Dupont about the invoice", ["Marie Dupont"]),
    ("Rappeler Jean-Pierre Martin demain", ["Jean-Pierre Martin"]),
    ("The server Will Restart soon", []),
    ("mark as read", []),
    ("NULL EUR ERROR FAILED", []),
]


@pytest.mark.parametrize(("text", "expected"), PROSE)
def test_sure_names_in_text(text, expected):
    assert [text[start:end] for start, end, sure in names_in_text(text) if sure] == expected


@pytest.fixture(scope="module")
def full():
    """The detector with the English model, when it is installed; else with the name book."""
    return detect.build(Detection(languages=("en",)))


def _persons(detector, values):
    return {hit.index for hit in detector.detect(values, _ASSET).hits if hit.entity == "PERSON"}


def test_a_column_of_names(full, values):
    names = ("Marie Dupont", "John Smith", "Peter Keller", "Anna Rossi", "Laura Martin")
    assert _persons(full, values(*names, name="full_name")) == set(range(len(names)))


@pytest.mark.parametrize(
    "texts",
    [
        ("Shipped", "Pending", "Cancelled", "Delivered", "Returned"),
        ("SKU-12345", "SKU-12346", "EUR", "NULL"),
        ("Mozilla/5.0 (X11; Linux x86_64) Firefox/120.0", "curl/8.0"),
        ("aa:bb:cc:11:22:33", "aa:bb:cc:11:22:34"),
        ("Steel Bolt M6", "Oak Table", "Office Chair", "Desk Lamp"),
    ],
)
def test_few_persons_in_other_columns(full, values, texts):
    assert len(_persons(full, values(*texts, name="value"))) * 3 < len(texts)


LOG = (
    "2024-03-09 12:13:14 INFO Worker started on host srv-01",
    "Failed password for invalid user oracle from 10.0.0.1 port 22 ssh2",
    "GET /index.html HTTP/1.1 200 Mozilla/5.0 (Macintosh; Intel Mac OS X 10_9_1)",
    "Jordan Service: Grant Access denied for Mark As Read",
    "Kerberos Service Ticket Request Audit Success",
)


def test_false_names_in_logs_are_rare(full, values):
    assert not _persons(full, values(*LOG, name="message", kind=Kind.MESSAGE))


def test_a_name_in_a_log_line_is_found(full, values):
    lines = (*LOG, "mail delivered to customer Marie Dupont after 2 attempts")
    assert _persons(full, values(*lines, name="message", kind=Kind.MESSAGE)) == {len(LOG)}


def test_explained_columns_are_not_asked_for_names(full, values):
    mails = tuple(f"marie.dupont{n}@acme.fr" for n in range(5))
    result = full.detect(values(*mails), _ASSET)
    assert {hit.entity for hit in result.hits} == {"EMAIL_ADDRESS"}
    assert "PERSON" in result.looked_for
