"""Our own format, written and read again."""

import dataclasses
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scanner import config as configuration
from scanner import demo
from scanner.config import RecordRef
from scanner.exchange import toml
from scanner.ropa import load
from scanner.ropa import types as t
from scanner.ropa import vocabulary as v
from scanner.taxonomy import taxonomy

EXAMPLE = Path(__file__).parents[1] / "scanner" / "records" / "worked_example.toml"


def meaning(value: Any) -> Any:
    """What a record says, without where it stands."""
    if dataclasses.is_dataclass(value):
        names = (part.name for part in dataclasses.fields(value))
        skipped = {"origin", "line", "files", "sources"}
        return {name: meaning(getattr(value, name)) for name in names if name not in skipped}
    return tuple(map(meaning, value)) if isinstance(value, tuple) else value


def again(ropa: t.Ropa, folder: Path) -> t.Ropa:
    file = folder / "again.toml"
    file.write_text(toml.record(ropa, comment="read again"), "utf-8")
    return load(RecordRef(file))


def test_the_worked_example_is_the_same_when_written_and_read(tmp_path: Path) -> None:
    ropa = load(RecordRef(EXAMPLE))
    assert meaning(again(ropa, tmp_path)) == meaning(ropa)


def test_the_demo_records_are_the_same_when_written_and_read(tmp_path: Path) -> None:
    demo.build(tmp_path / "demo", seed=1)
    records = configuration.load(tmp_path / "demo" / "config.toml").records
    assert records
    for ref in records:
        ropa = load(ref)
        assert meaning(again(ropa, tmp_path)) == meaning(ropa)
        assert again(ropa, tmp_path).synthetic == ropa.synthetic


def test_every_table_of_a_record_is_written() -> None:
    own = {"organisation", "files", "effective", "until", "synthetic", "settings", "sources"}
    assert {part.name for part in dataclasses.fields(t.Ropa)} - own == set(toml.TABLES.values())


def test_the_text_is_stable() -> None:
    ropa = load(RecordRef(EXAMPLE))
    assert toml.record(ropa) == toml.record(ropa)


# The signs that break writers: quotes, backslashes, breaks, comment signs, controls, any script.
NASTY = st.text(
    st.one_of(
        st.sampled_from("\"'\\#\n\r\t\x00\x1f\x7f\x85\u2028[]{}=,. é漢"),
        st.characters(exclude_categories=("Cs",)),
    ),
    max_size=30,
)
SAID = NASTY.filter(str.strip)
TEXTS = st.lists(NASTY, max_size=3).map(tuple)
DAYS = st.none() | st.dates()
CATEGORIES = st.lists(st.sampled_from(sorted(taxonomy().categories)), max_size=4, unique=True).map(
    tuple
)


def some(options: tuple[str, ...]) -> Any:
    return st.lists(st.sampled_from(options), max_size=3, unique=True).map(tuple)


def maybe(options: tuple[str, ...]) -> Any:
    return st.sampled_from(("", *options))


PERIODS = st.sampled_from(("", "P90D", "P1Y6M", "P2W", "P10Y"))
PLACES = st.sampled_from(("IE", "CA-QC", "EU", "NO"))
SELECTORS = st.builds(
    t.Selector,
    groups=st.sampled_from(((), ("group",))),
    stores=st.just(("store",)),
    categories=CATEGORIES,
)
ROPAS = st.builds(
    t.Ropa,
    organisation=st.builds(
        t.Organisation,
        id=st.just("us"),
        name=NASTY,
        country=st.sampled_from(("", "CA")),
        address=NASTY,
        regimes=some(v.REGIMES),
        joint_controllers=st.lists(
            st.builds(t.JointController, party=st.just("party"), arrangement=NASTY), max_size=2
        ).map(tuple),
        dpo=st.none() | st.builds(t.Contact, name=NASTY, email=NASTY),
        representative=st.none() | st.just(t.Contact(party="party")),
    ),
    effective=st.just(date(2020, 1, 1)) | st.none(),
    synthetic=st.booleans(),
    settings=st.builds(
        t.Settings,
        review_every=st.sampled_from(("P12M", "P6M")),
        adequacy_table=DAYS,
        child_age=st.sampled_from((None, 13, (("FR", 15), ("IE", 16)))),
        us_territories=st.booleans(),
        test_domains=TEXTS,
    ),
    parties=st.just((t.Party("party", name="P", kind="processor", country="NO"),)),
    activities=st.lists(
        st.builds(
            t.Activity,
            id=st.just("activity"),
            role=st.sampled_from(v.ROLES),
            name=NASTY,
            purposes=TEXTS,
            legal_basis=some(v.LEGAL_BASES),
            special_condition=some(v.SPECIAL_CONDITIONS),
            data_subjects=some(v.DATA_SUBJECTS),
            data_groups=st.just(("group",)),
            recipients=st.sampled_from(((), ("party",))),
            consent_only=st.booleans(),
            dpia=st.none() | st.builds(t.Dpia, required=st.none() | st.booleans(), state=NASTY),
            status=st.sampled_from(v.STATUSES),
            approved_on=DAYS,
            note=NASTY,
        ),
        max_size=1,
    ).map(tuple),
    data_groups=st.builds(
        t.DataGroup,
        id=st.just("group"),
        categories=CATEGORIES,
        name=NASTY,
        unbounded=st.booleans(),
        claims=some(v.CLAIMS),
        note=NASTY,
    ).map(lambda group: (group,)),
    systems=st.just((t.System("system", name="S", measures=("mfa", "our own measure")),)),
    stores=st.builds(
        t.Store,
        id=st.just("store"),
        system=st.just("system"),
        kind=st.sampled_from(v.STORE_KINDS),
        name=NASTY,
        environment=st.sampled_from(v.ENVIRONMENTS),
        not_allowed=CATEGORIES,
        sites=st.lists(
            st.builds(t.Site, match=st.just(("sqlite://a/**",)), country=PLACES), max_size=2
        ).map(tuple),
        subject=st.none() | st.builds(t.Subject, key=NASTY),
        access=st.none() | st.just(t.AccessLog("sqlite://a/x", "who", "land", "when")),
        fields=st.lists(
            st.builds(t.FieldRule, match=st.just("**/x#y"), is_not=CATEGORIES, note=NASTY),
            max_size=2,
        ).map(tuple),
        status=st.sampled_from(v.STATUSES),
    ).map(lambda store: (store,)),
    retentions=st.lists(
        st.builds(
            t.Retention,
            id=st.just("limit"),
            selector=SELECTORS,
            period=PERIODS,
            criteria=NASTY,
            excludes=CATEGORIES,
            then=maybe(v.THENS),
            proof=st.none() | st.builds(t.Proof, attribute=NASTY),
        ),
        max_size=1,
    ).map(tuple),
    residencies=st.sampled_from(
        (
            (),
            (
                t.Residency(
                    "places",
                    (
                        t.ResidencyVersion(
                            date(2020, 1, 1),
                            (t.Branch("EU", "country in EU"), t.Branch("US", otherwise=True)),
                            date(2021, 1, 1),
                        ),
                    ),
                    grandfather=True,
                ),
            ),
        )
    ),
    transfers=st.lists(
        st.builds(
            t.Transfer,
            id=st.just("transfer"),
            kind=st.sampled_from(v.TRANSFER_KINDS),
            from_=st.just(("EU",)),
            to=st.just(("US", "CA")),
            mechanisms=st.sampled_from(((), (("EU-US", "scc"), ("EU-CA", "adequacy")))),
            reference=NASTY,
            signed=DAYS,
        ),
        max_size=1,
    ).map(tuple),
    prohibits=st.lists(
        st.builds(
            t.Prohibit,
            id=st.just("no"),
            categories=st.just(("*",)),
            where=st.just(t.Where(store_kinds=("log",))),
            severity=maybe(v.SEVERITIES),
            reason=NASTY,
        ),
        max_size=1,
    ).map(tuple),
    notices=st.lists(
        st.builds(
            t.Notice,
            id=st.just("notice"),
            version=DAYS,
            claims=st.lists(
                st.builds(t.Claim, says=SAID, field=st.just("data_group:group.name"), value=SAID),
                max_size=2,
            ).map(tuple),
        ),
        max_size=1,
    ).map(tuple),
    holds=st.lists(
        st.builds(
            t.Hold, id=st.just("hold"), reason=SAID, by=SAID, selector=SELECTORS, review=DAYS
        ),
        max_size=1,
    ).map(tuple),
    accepts=st.lists(
        st.builds(
            t.Accept,
            finding=st.just("I03"),
            store=st.just("store"),
            until=st.just(date(2030, 1, 1)),
            by=SAID,
            reason=SAID,
            category=st.just("email_address"),
            up_to=st.none() | st.integers(0, 10**9),
        ),
        max_size=1,
    ).map(tuple),
)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(ropa=ROPAS)
def test_any_record_is_the_same_when_written_and_read(
    ropa: t.Ropa, tmp_path_factory: pytest.TempPathFactory
) -> None:
    assert meaning(again(ropa, tmp_path_factory.mktemp("r"))) == meaning(ropa)


@settings(max_examples=80, deadline=None)
@given(comment=NASTY)
def test_no_sign_of_a_foreign_file_ends_the_comment(comment: str) -> None:
    ropa = t.Ropa(t.Organisation("us"))
    assert tomllib.loads(toml.record(ropa, comment=comment)) == tomllib.loads(toml.record(ropa))


def test_a_block_holds_sub_tables_and_lists_of_tables() -> None:
    text = toml.table(
        "store",
        {
            "id": "crm",
            "kind": None,
            "site": [{"match": ["sqlite://crm/**"]}],
            "subject": {"key": "id"},
        },
    )
    assert tomllib.loads(text) == {
        "store": [{"id": "crm", "site": [{"match": ["sqlite://crm/**"]}], "subject": {"key": "id"}}]
    }
    assert text.startswith('[[store]]\nid = "crm"\n[[store.site]]\n')
