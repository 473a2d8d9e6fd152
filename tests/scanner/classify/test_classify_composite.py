"""Calls, faxes, invoices, audit trails and contacts, by the fields of tables in many languages."""

import pytest

from scanner.classify import by_name
from scanner.model import Asset, Confidence, Field, Holding, Kind


def found(name: str, fields: str) -> dict[str, Holding]:
    """Return the composites of an asset that is known by its catalogue alone."""
    made = tuple(Field(field, Kind.TEXT) for field in fields.split())
    asset = Asset(f"sqlite://db/main/{name}", "db", "sqlite", fields=made)
    return {holding.category: holding for holding in by_name(asset) if not holding.field}


@pytest.mark.parametrize(
    ("name", "fields", "category"),
    [
        ("calls", "caller callee started_at duration", "call_detail_record"),
        ("cdr", "calldate clid src dst channel duration billsec", "call_detail_record"),
        ("cdr", "call_id a_number b_number start_ts dur_sec", "call_detail_record"),
        ("Anrufe", "Anrufer Angerufener Beginn Dauer", "call_detail_record"),
        ("appels", "appelant appelé date_début durée", "call_detail_record"),
        ("llamadas", "origen destino fecha duración", "call_detail_record"),
        ("połączenia", "dzwoniący odbiorca początek czas_trwania", "call_detail_record"),
        ("fax_log", "sender recipient sent_at pages", "fax_metadata"),
        ("telefaxe", "absender empfänger zeitpunkt seitenzahl", "fax_metadata"),
        ("invoices", "invoice_no customer_id total", "invoice_data"),
        ("Rechnungen", "Rechnungsnummer Kunden_ID Gesamtbetrag", "invoice_data"),
        ("factures", "numéro client_id montant_ttc", "invoice_data"),
        ("faktury", "nr_faktury nabywca kwota_brutto", "invoice_data"),
        ("számlák", "számlaszám vevő_neve összeg", "invoice_data"),
        ("audit_log", "actor action created_at", "audit_trail"),
        ("login_history", "user_id ip_address logged_time", "audit_trail"),
        ("Protokoll", "Benutzer Aktion Zeitpunkt", "audit_trail"),
        ("napló", "mikor ki mit", "audit_trail"),
        ("contacts", "first_name email", "address_book_entry"),
        ("Telefonbuch", "Nachname Vorname Telefon", "address_book_entry"),
        ("domains", "domain_name registrant registrar expires_at", "domain_registration"),
    ],
)
def test_parts_of_a_composite_are_found(name: str, fields: str, category: str) -> None:
    held = found(name, fields)
    assert category in held
    assert held[category].confidence is Confidence.PROBABLE


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("netflow", "src dst start duration bytes"),  # a flow in a network
        ("t17", "caller_ip src dst start duration packets"),
        ("trips", "origin destination start duration"),
        ("flights", "from to departure_time duration flight"),
        ("calls", "id subject notes"),
        ("invoice_lines", "line_no invoice_id product_id price"),
        ("invoices", "number issued"),
        ("build_log", "level message time"),
        ("events", "name kind starts_at"),
        ("contacts", "id opted_out"),
        ("domains", "id name active"),
        ("products", "number customer_id amount"),  # nothing says that it is an invoice
    ],
)
def test_what_lacks_a_part_or_is_something_else_is_none(name: str, fields: str) -> None:
    assert not found(name, fields)


def test_a_call_shows_by_its_fields_alone_but_is_only_possible() -> None:
    held = found("t17", "caller callee started_at duration")
    assert held["call_detail_record"].confidence is Confidence.POSSIBLE


def test_a_missing_part_of_many_is_named() -> None:
    held = found("calls", "caller callee started_at")["call_detail_record"]
    assert held.confidence is Confidence.POSSIBLE
    assert "not found: how long" in held.why


def test_evidence_names_the_parts_and_their_fields() -> None:
    held = found("invoices", "invoice_no customer_id total")["invoice_data"]
    assert held.why == (
        'the asset\'s name says "invoices"',
        "whose: customer_id",
        "how much: total",
        "which: invoice_no",
    )
    assert held.subject == "customer"
    assert "the field customer_id refers to customers" in held.subject_why
