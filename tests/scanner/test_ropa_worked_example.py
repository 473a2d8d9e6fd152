"""The worked example of the format loads, whole."""

from datetime import date
from pathlib import Path

from scanner.config import RecordRef
from scanner.ropa import Declared, Matcher, load
from scanner.ropa.types import Branch, Claim, Proof, Ropa, Selector

EXAMPLE = Path(__file__).parent / "records" / "worked_example.toml"


def example() -> Ropa:
    return load(RecordRef(EXAMPLE, ("ss-*", "billing-export")))


def test_every_table_of_the_example_is_read() -> None:
    ropa = example()
    assert ropa.organisation.id == "xmedius_solutions"
    assert ropa.organisation.representative is not None
    assert ropa.organisation.representative.party == "xmedius_europe"
    assert ropa.settings.adequacy_table == date(2026, 1, 1)
    counts = {
        name: len(getattr(ropa, name))
        for name in Ropa.__dataclass_fields__
        if isinstance(getattr(ropa, name), tuple)
    }
    assert counts == {
        "files": 1, "parties": 5, "activities": 4, "data_groups": 9, "systems": 2, "stores": 5,
        "retentions": 5, "residencies": 1, "transfers": 2, "prohibits": 4, "notices": 1,
        "holds": 0, "accepts": 1, "approvals": 0, "sources": 2,
    }  # fmt: skip


def test_details_of_the_example_survive() -> None:
    ropa = example()
    stores = {store.id: store for store in ropa.stores}
    assert [site.country for site in stores["ss_db"].sites] == ["IE", "US", "CA"]
    assert stores["ss_db"].subject is not None
    assert stores["ss_db"].subject.entity_column == "order_entity"
    assert stores["ss_db"].fields[1].protected_by == "key_encryption"
    assert stores["ss_files"].sample == "metadata"
    assert stores["ss_backup"].backup_of == ("ss_db", "ss_files")
    retention = {rule.id: rule for rule in ropa.retentions}["billing_7y"]
    assert retention.selector == Selector(groups=("billing_data",), stores=("billing_saas",))
    assert retention.excludes == ("payment_card_number", "payment_card_expiry")
    assert retention.proof == Proof(column="csv://billing-export/accounts#closed_on")
    old, new = ropa.residencies[0].versions
    assert old.until == date(2020, 10, 31)
    assert old.branches[-1] == Branch("CA", otherwise=True)
    assert new.branches[-1] == Branch("EU", when="order_entity == xmedius_europe")
    assert ropa.transfers[0].from_ == ("US", "EU", "CA")
    assert ropa.transfers[0].mechanisms == (("EU-CA", "adequacy"), ("EU-US", "scc"))
    assert ropa.prohibits[0].where.store_kinds == ("log", "backup")
    assert ropa.prohibits[3].categories == ("*",)
    assert ropa.notices[0].claims[1] == Claim(
        "kept up to 90 days after account termination", "retention:app_90d.period", "P90D"
    )
    assert ropa.accepts[0].until == date(2026, 12, 31)
    assert str(stores["ss_db"].origin) == "worked_example.toml [[store]] ss_db"
    assert ropa.sources == ("ss-*", "billing-export")


def test_the_example_answers_for_its_assets() -> None:
    ropa = example()
    match = Matcher(ropa).match("postgresql://ss-eu-1/sendsecure/core/users")
    assert match.store is not None
    assert match.site is not None
    assert (match.store.id, match.site.region) == ("ss_db", "EU")
    declared = Declared(ropa)
    assert "uploaded_file" in declared.allowed("ss_backup")  # what it backs up
    assert "gender" not in declared.allowed("ss_backup")
    open_group = declared.open_to("billing_saas", "fax_number")
    assert open_group is not None
    assert open_group.id == "billing_data"
    assert declared.processor_only("ss_files") is False
