"""Questions that only reading completes, their order, and their names on the way out."""

import sqlite3
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import pytest
from fakes import FakeConnector, FakeDetector

from scanner.asking import as_stored, in_order, resolve
from scanner.config import Config, Detection, Sampling
from scanner.model import (
    Ask,
    Asset,
    AssetPlan,
    AssetResult,
    Budget,
    Confidence,
    Coverage,
    Depth,
    Field,
    Holding,
    Listing,
    Measure,
    Method,
    Question,
    Sample,
    Source,
    Through,
)
from scanner.names import mask_listing, mask_result
from scanner.pipeline import inspect
from scanner.worker import Worker, explain, read_asset

PATH = "fake://crm/users"
MAILS = [f"person{n}@acme.fr" for n in range(40)]
BEFORE = Question(
    Ask.COUNT_BEFORE,
    "left_at",
    datetime(2024, 1, 1, tzinfo=UTC),
    because="retention:a",
    filled_of=("email_address", "ip_address"),
)
BIRTHS = Question(Ask.COUNT_FROM, "", because="child_age", field_of=("date_of_birth",))


def holding(name: str, category: str = "email_address", **more: object) -> Holding:
    known = {"entity": "EMAIL_ADDRESS", "confidence": Confidence.PROBABLE, "matched": 3} | more
    return Holding(
        "crm", "fake", PATH, name, category, known["entity"], "customer", known["confidence"],
        0.9, known["matched"], 9, 9, Method.WHOLE, (),
    )  # fmt: skip


def named(kind: str) -> Asset:
    return Asset(f"{kind}://crm/a", "crm", kind)


TABLES = [
    ([holding("mail"), holding("ip", "ip_address")], ("ip", "mail")),
    ([holding("mail"), holding("mail", "ip_address")], ("mail",)),
    ([holding("profile.mail", entity=None, matched=0)], ("profile.mail",)),
    ([holding("mail", confidence=Confidence.POSSIBLE)], None),  # too unsure
    ([holding("mail", matched=0)], None),  # only masked values
    ([holding("phone", "phone_number")], None),  # not what the rule is about
    ([holding("")], None),  # the asset as a whole: no field to look at
    ([], None),
]


@pytest.mark.parametrize(("holdings", "fields"), TABLES)
@pytest.mark.parametrize("depth", [Depth.CONTENT, Depth.METADATA])
def test_only_rows_with_found_fields_are_asked_about(
    holdings: list[Holding], fields: tuple[str, ...] | None, depth: Depth
) -> None:
    asked = resolve([BEFORE], named("sqlite"), holdings, depth)
    assert asked == (() if fields is None else (replace(BEFORE, not_null=fields),))


LOGS = [
    ("log", [holding("user.mail")], Depth.CONTENT, ("user.mail",)),
    ("log", [holding("user.mail"), holding("")], Depth.CONTENT, ()),
    ("log", [], Depth.CONTENT, None),
    ("log", [], Depth.METADATA, ()),
    ("log", [holding("x", "phone_number")], Depth.METADATA, None),
    ("file", [holding("user.mail")], Depth.CONTENT, ()),
    ("file", [], Depth.METADATA, ()),
    ("file", [], Depth.CONTENT, None),
]


@pytest.mark.parametrize(("kind", "holdings", "depth", "fields"), LOGS)
def test_logs_and_files_are_asked_when_they_hold_or_may_hold_it(
    kind: str, holdings: list[Holding], depth: Depth, fields: tuple[str, ...] | None
) -> None:
    asked = resolve([BEFORE], named(kind), holdings, depth)
    assert [question.not_null for question in asked] == ([] if fields is None else [fields])


@pytest.mark.parametrize("kind", ["log", "file"])
def test_what_must_not_be_there_is_asked_about_only_where_it_was_found(kind: str) -> None:
    excluded = replace(BEFORE, because="excluded:billing_7y")
    assert resolve([excluded], named(kind), [], Depth.METADATA) == ()
    found = [holding("mail")]
    assert len(resolve([excluded], named(kind), found, Depth.METADATA)) == 1


def test_each_found_field_is_asked_about() -> None:
    found = [holding(name, "date_of_birth") for name in ("born", "child.born", "")]
    asked = resolve([BIRTHS], named("sqlite"), found, Depth.CONTENT)
    assert [question.field for question in asked] == ["born", "child.born"]
    assert resolve([BIRTHS], named("sqlite"), [holding("mail")], Depth.CONTENT) == ()


def test_other_questions_stay_as_they_are() -> None:
    plain = replace(BEFORE, filled_of=(), not_null=("x",))
    assert resolve([plain, plain], named("sqlite"), [], Depth.CONTENT) == (plain,)


def test_the_oldest_is_asked_right_after_the_count_of_the_same_rows() -> None:
    extremes = replace(BEFORE, ask=Ask.EXTREMES, cutoff=None, because="coverage")
    other = Question(Ask.MONTHS, "made")
    late = replace(BEFORE, cutoff=datetime(2020, 1, 1, tzinfo=UTC))
    assert in_order([extremes, other, BEFORE, late]) == [BEFORE, late, extremes, other]


@dataclass
class Recording(FakeConnector):
    """Remembers what it was asked, and the order of reading and asking."""

    done: list[object] = field(default_factory=list)

    def read(self, asset: Asset, budget: Budget) -> Sample:
        self.done.append("read")
        return super().read(asset, budget)

    def ask(self, asset: Asset, question: Question) -> Measure:
        self.done.append(question)
        return Measure(asset.path, question, count=1)


def do(rows: dict[str, list[str]], depth: Depth, *questions: Question) -> Recording:
    connector = Recording({PATH: rows})
    (asset,) = connector.assets().assets
    unit = AssetPlan(asset, depth, "default", "", questions)
    inspect(connector, asset, unit, FakeDetector(), Budget())
    return connector


def test_a_store_is_asked_once_it_was_read() -> None:
    rows = {"mail": MAILS, "n": [str(n) for n in range(40)]}
    assert do(rows, Depth.CONTENT, BEFORE).done == ["read", replace(BEFORE, not_null=("mail",))]


def test_by_its_names_alone_a_store_is_asked_too() -> None:
    done = do({"email": MAILS, "n": MAILS}, Depth.METADATA, BEFORE).done
    assert done == [replace(BEFORE, not_null=("email",))]


def test_where_nothing_personal_is_nothing_is_asked_or_missed() -> None:
    assert do({"n": [str(n) for n in range(40)]}, Depth.CONTENT, BEFORE).done == ["read"]


# -- names that are personal data ---------------------------------------------------------------

KEY = "marie@acme%2Efr"
OTHER = "fake://crm/paul@acme.fr"
THROUGH = Through(KEY, OTHER, KEY)
FULL = Question(
    Ask.CUSTOMERS, KEY, not_null=(KEY,), flag=KEY, when=KEY, by=(KEY, "", "country"), customer=KEY,
)  # fmt: skip


@pytest.mark.parametrize("question", [FULL, replace(FULL, through=THROUGH)])
def test_no_name_of_a_question_goes_out_unmasked(question: Question) -> None:
    asset = Asset(PATH, "crm", "fake", fields=(Field(KEY),))
    coverage = Coverage(Depth.CONTENT, "default")
    result = AssetResult(asset, coverage, measures=(Measure(PATH, question),))
    safe = mask_result(result, PATH, FakeDetector())
    assert "marie" not in repr(safe)
    assert "paul" not in repr(safe)
    (measure,) = safe.measures
    assert measure.question.by[1:] == ("", "country")


def masked_pair(path: str) -> tuple[Asset, Asset]:
    raw = Asset(path, "crm", "fake", fields=(Field(KEY), Field("city")))
    (shown,) = mask_listing(Listing((raw,)), FakeDetector()).listing.assets
    return shown, raw


def test_the_store_is_asked_by_its_own_names() -> None:
    shown, raw = masked_pair(PATH)
    other, raw_other = masked_pair(OTHER)
    hidden = shown.fields[0].name
    assert hidden != KEY
    way = Through(hidden, other.path, hidden)
    planned = Question(
        Ask.CUSTOMERS, hidden, not_null=(hidden,), through=way, by=("city", hidden, "")
    )
    pairs = {other.path: (other, raw_other)}
    (asked,) = as_stored([planned], shown, raw, pairs.get)
    assert asked == Question(
        Ask.CUSTOMERS, KEY, not_null=(KEY,), through=THROUGH, by=("city", KEY, "")
    )
    plain = Question(Ask.EXTREMES, hidden)
    assert as_stored([plain], shown, raw, pairs.get) == (Question(Ask.EXTREMES, KEY),)


def test_hidden_names_are_asked_and_not_shown(tmp_path) -> None:
    with sqlite3.connect(tmp_path / "a.db") as database:
        database.executescript(
            'CREATE TABLE "cust_marie.k@acme.fr" (id INTEGER PRIMARY KEY, ended TEXT);'
            "CREATE TABLE faxes (id INTEGER PRIMARY KEY, customer INTEGER);"
            """INSERT INTO "cust_marie.k@acme.fr" VALUES (1, '2020-01-01');"""
            "INSERT INTO faxes VALUES (1, 1), (2, 1)"
        )
    database.close()
    source = Source("crm", path=str(tmp_path / "a.db"))
    config = Config((source,), sampling=Sampling(), detection=Detection(names=False))
    worker = Worker(config, "test", ())
    try:
        lists = worker.listed("crm").listing.assets
        customers, faxes = (a for a in lists)
        if customers.path.endswith("faxes"):
            customers, faxes = faxes, customers
        assert "marie" not in customers.path
        way = Through("customer", customers.path, "id")
        question = Question(
            Ask.COUNT_BEFORE, "ended", datetime(2021, 1, 1, tzinfo=UTC), through=way
        )
        unit = AssetPlan(faxes, Depth.CONTENT, "default", questions=(question,))
        result = read_asset(worker, unit)
        assert [measure.count for measure in result.measures] == [2]
        assert "marie" not in repr(result)
        assert "marie" not in repr(explain(worker, unit))
    finally:
        worker.close()
