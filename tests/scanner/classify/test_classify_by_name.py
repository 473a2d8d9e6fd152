"""What a catalogue alone tells: possible, or probable when name and type agree; never confirmed."""

from scanner.classify import by_name
from scanner.model import Asset, Confidence, Field, Kind, Method


def _held(asset, *fields):
    place = Asset(f"postgresql://crm/public/{asset}", "crm", "postgresql", fields=fields)
    return {(h.field, h.category): h for h in by_name(place)}


def test_firm_names_are_probable():
    held = _held("customers", Field("first_name"), Field("email"), Field("fax"))
    assert {h.confidence for h in held.values()} == {Confidence.PROBABLE}
    assert set(held) == {
        ("first_name", "name_part"),
        ("email", "email_address"),
        ("fax", "fax_number"),
    }


def test_nothing_is_confirmed_and_nothing_was_read():
    held = _held("customers", Field("first_name"), Field("email"), Field("iban"))
    for holding in held.values():
        assert holding.confidence is not Confidence.CONFIRMED
        assert (holding.entity, holding.matched, holding.examined) == (None, 0, 0)
        assert holding.method is Method.NONE


def test_a_type_that_cannot_hold_it_cancels_the_name():
    assert not _held("customers", Field("email", Kind.BOOLEAN), Field("city", Kind.TIMESTAMP))


def test_the_form_of_a_password_is_not_guessed():
    held = _held("users", Field("login"), Field("password"))
    assert held["password", "password_hash"].confidence is Confidence.PROBABLE
    assert held["password", "password_plaintext"].confidence is Confidence.POSSIBLE


def test_lists_of_things_hold_nothing():
    assert not _held("products", Field("id", Kind.INTEGER), Field("name"), Field("price"))
    assert not _held("countries", Field("name"), Field("population", Kind.INTEGER))


def test_an_asset_without_fields_holds_nothing():
    assert by_name(Asset("file://share/cv.pdf", "share", "file", type="file")) == ()


def test_a_call_record_is_a_composite():
    fields = (Field("caller"), Field("callee"), Field("started", Kind.TIMESTAMP), Field("duration"))
    held = _held("calls", *fields)
    assert held["", "call_detail_record"].confidence is Confidence.PROBABLE


def test_a_part_less_makes_a_composite_possible():
    held = _held("calls", Field("caller"), Field("callee"), Field("started", Kind.TIMESTAMP))
    assert held["", "call_detail_record"].confidence is Confidence.POSSIBLE


def test_an_audit_trail_needs_actor_action_and_time():
    full = (Field("username"), Field("action"), Field("created_at", Kind.TIMESTAMP))
    assert ("", "audit_trail") in _held("audit_log", *full)
    held = _held("audit_log", Field("id", Kind.INTEGER), Field("payload"))
    assert ("", "audit_trail") not in held
