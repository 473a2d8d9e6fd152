"""Personal data in the names of assets and fields; ordinary names stay as they are."""

import pytest

MASKED = [
    ("marie.dupont@acme.fr", "asset", "EMAIL_ADDRESS", "marie.dupont@acme.fr"),
    ("inbox/marie.dupont@acme.fr", "key", "EMAIL_ADDRESS", "marie.dupont@acme.fr"),
    ("call_+33612345678.wav", "file", "PHONE_NUMBER", "+33612345678"),
    ("session:83.149.9.216", "key", "IP_ADDRESS", "83.149.9.216"),
    ("DE89370400440532013000", "field", "IBAN_CODE", "DE89370400440532013000"),
    ("cv_marie.pdf", "file", "PERSON", "marie"),
    ("cv_marie_dupont.pdf", "file", "PERSON", "marie_dupont"),
    ("Dupont Marie contrat.docx", "file", "PERSON", "Dupont Marie"),
]


@pytest.mark.parametrize(("text", "kind", "entity", "part"), MASKED)
def test_personal_names_are_found(patterns, text, kind, entity, part):
    hits = {(hit.entity, text[hit.start : hit.end]) for hit in patterns.names(text, kind)}
    assert (entity, part) in hits


ORDINARY = [
    *(("users", kind) for kind in ("asset", "field", "file", "key")),
    ("app.log", "file"),
    ("access.log.1.gz", "file"),
    ("orders_2024", "asset"),
    ("orders_2024", "file"),
    ("backup_20240309_121314.sql", "file"),
    ("invoice_000123456789.pdf", "file"),
    ("jordan", "asset"),
    ("martin_lookup", "asset"),
    ("v1.2.3.4", "asset"),
    ("python-3.11.7.tar.gz", "file"),
    ("7d444840-9dc0-41d1-b245-5ffdce74fad2", "key"),
    ("mail_log", "file"),
    ("user_profile.json", "file"),
    ("error.2024-03-09.log", "file"),
    ("t01234567", "field"),
    ("first_name", "field"),
    ("customer_marital_status", "field"),
    ("session:1699999999", "key"),
]


@pytest.mark.parametrize(("text", "kind"), ORDINARY)
def test_ordinary_names_stay(patterns, text, kind):
    assert patterns.names(text, kind) == ()
