"""Which questions retention rules ask, of which asset, through which way."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import rulecases

from scanner.model import Ask, Asset, Field, Kind, Question, Through
from scanner.planning import plan
from scanner.ropa.declared import Declared
from scanner.ropa.limits import Limits

AS_OF = date(2026, 1, 15)
CRM = "sqlite://crm/main/"

RECORD = """
format = "1"
[organisation]
id = "acme"

[[data_group]]
id = "contact"
categories = ["person_name", "email_address"]
[[data_group]]
id = "payments"
categories = ["invoice_data", "payment_card_number"]
[[data_group]]
id = "tickets"
categories = ["case_note"]
unbounded = true
[[data_group]]
id = "billing"
categories = ["invoice_data"]
open_ended = true

[[system]]
id = "shop"

[[store]]
id = "crm"
system = "shop"
kind = "database"
data_groups = [GROUPS]
[[store.site]]
match = ["sqlite://crm/**"]
[store.subject]
key = "account_id"
lookup = "sqlite://{source}/main/accounts"
lookup_key = "id"

[[store]]
id = "weblog"
system = "shop"
kind = "log"
data_groups = ["contact"]
[[store.site]]
match = ["log://web/**"]

[[store]]
id = "copies"
system = "shop"
kind = "backup"
backup_of = ["crm"]
[[store.site]]
match = ["file://copies/**"]

[[retention]]
id = "r"
"""

LEAVERS = """
stores = ["crm"]
groups = ["contact"]
period = "P90D"
starts = "account_termination"
[retention.proof]
column = "sqlite://{source}/main/accounts#ended_at"
"""


def asset(path: str, *names: str, kind: Kind = Kind.TIMESTAMP, type_: str = "table") -> Asset:
    fields = tuple(Field(n, kind if n.endswith(("_at", "_on", "s")) else Kind.TEXT) for n in names)
    return Asset(path, path.split("/")[2], path.split(":")[0], type=type_, fields=fields)


ACCOUNTS = asset(CRM + "accounts", "id", "email", "ended_at")
ORDERS = asset(CRM + "orders", "account_id", "email")
LOG = asset("log://web/access.log", type_="log")
COPY = asset("file://copies/2024.tar", type_="file")


def asked(
    folder: Path, rule: str, *assets: Asset, groups: str = '"contact", "payments"'
) -> list[Question]:
    """Return the questions of retention rules to the first of the assets."""
    ropa = rulecases.record(RECORD.replace("GROUPS", groups) + rule, folder)
    units = plan(assets, [ropa], AS_OF).units
    (mine,) = [unit for unit in units if unit.asset.path == assets[0].path]
    aims = ("retention:", "closed:", "kept:", "excluded:")
    return [q for q in mine.questions if q.because.startswith(aims)]


def test_the_proof_of_the_asset_itself_is_asked_with_its_cutoff(tmp_path: Path) -> None:
    late, span = asked(tmp_path, LEAVERS, ACCOUNTS)
    assert (late.ask, late.field, late.through) == (Ask.COUNT_BEFORE, "ended_at", None)
    assert late.cutoff == datetime(2025, 10, 17, tzinfo=UTC)
    assert late.filled_of == ("email_address", "person_name")
    assert (span.ask, span.field, span.because) == (Ask.EXTREMES, "ended_at", "retention:r")


def test_rows_of_another_asset_are_asked_through_their_account(tmp_path: Path) -> None:
    late = asked(tmp_path, LEAVERS, ORDERS, ACCOUNTS)[0]
    assert late.field == "ended_at"
    assert late.through == Through("account_id", CRM + "accounts", "id")


def test_a_reference_of_the_store_leads_to_the_proof_too(tmp_path: Path) -> None:
    fields = (Field("customer", references="main/accounts#id"), Field("email"))
    late = asked(tmp_path, LEAVERS, Asset(CRM + "o", "crm", "sqlite", fields=fields), ACCOUNTS)[0]
    assert late.through == Through("customer", CRM + "accounts", "id")


@pytest.mark.parametrize(
    "others",
    [
        (asset(CRM + "orders", "number", "email"), ACCOUNTS),  # no key
        (ORDERS,),  # the accounts were not listed
        (ORDERS, asset("sqlite://crm2/main/accounts", "id", "ended_at")),  # another source
        (ORDERS, asset(CRM + "accounts", "id", "email")),  # no such field
        (ORDERS, asset(CRM + "accounts", "no", "ended_at")),  # no such key
    ],
    ids=["no key", "not listed", "other source", "no field", "no match"],
)
def test_nothing_is_asked_where_the_way_leads_nowhere(
    tmp_path: Path, others: tuple[Asset, ...]
) -> None:
    assert asked(tmp_path, LEAVERS, *others) == []


def test_a_flag_is_asked_apart(tmp_path: Path) -> None:
    flagged = LEAVERS + 'flag_column = "sqlite://{source}/main/accounts#closed"\n'
    accounts = asset(CRM + "accounts", "id", "email", "ended_at", "closed")
    late, closed, _ = asked(tmp_path, flagged, accounts)
    assert (late.flag, closed.flag, closed.because) == ("", "closed", "closed:r")
    assert closed.cutoff == late.cutoff


@pytest.mark.parametrize(
    ("bound", "asks"),
    [
        ('bound = "at_most"', ["count_before", "extremes"]),
        ("", ["count_before", "extremes"]),
        ('bound = "at_least"', ["extremes"]),  # of no law: nothing to check
        ('bound = "at_least"\nlegal_reason = "Tax law"', ["months", "extremes"]),
        ('bound = "exactly"', ["count_before", "months", "extremes"]),
    ],
)
def test_the_bound_decides_what_is_asked(tmp_path: Path, bound: str, asks: list[str]) -> None:
    rule = LEAVERS.replace('period = "P90D"', f'period = "P90D"\n{bound}')
    assert [q.ask for q in asked(tmp_path, rule, ACCOUNTS)] == asks


def test_criteria_alone_ask_for_the_oldest_only(tmp_path: Path) -> None:
    rule = LEAVERS.replace('period = "P90D"', 'criteria = "while needed"')
    assert [q.ask for q in asked(tmp_path, rule, ACCOUNTS)] == [Ask.EXTREMES]


def test_excluded_categories_are_asked_from_the_day_of_the_start_on(tmp_path: Path) -> None:
    rule = LEAVERS.replace('"contact"]', '"payments"]\nexcludes = ["payment_card_number"]')
    late, *_, excluded = asked(tmp_path, rule, ACCOUNTS)
    assert late.filled_of == ("invoice_data",)
    assert excluded.filled_of == ("payment_card_number",)
    assert (excluded.because, excluded.cutoff) == ("excluded:r", datetime(2026, 1, 16, tzinfo=UTC))


@pytest.mark.parametrize(
    ("cover", "asks"), [('period = "P30D"', 0), ('criteria = "soon"', 0), ('name = "?"', 1)]
)
def test_what_another_rule_covers_is_not_excluded(tmp_path: Path, cover: str, asks: int) -> None:
    rule = LEAVERS.replace('"contact"]', '"payments"]\nexcludes = ["payment_card_number"]')
    other = (
        '\n[[retention]]\nid = "c"\nstores = ["crm"]\n'
        f'categories = ["payment_card_number"]\n{cover}\n'
    )
    found = asked(tmp_path, rule + other, ACCOUNTS)
    assert len([q for q in found if q.because.startswith("excluded")]) == asks


CREATED = """
stores = ["crm", "weblog", "copies"]
period = "P1Y"
starts = "STARTS"
"""


@pytest.mark.parametrize(
    ("starts", "one", "field"),
    [
        ("record_creation", LOG, ""),
        ("record_creation", asset(CRM + "t", "email", "created_at"), "created_at"),
        ("record_creation", asset(CRM + "t", "email", "CreatedAt", kind=Kind.TEXT), "CreatedAt"),
        ("record_creation", asset(CRM + "t", "email", "created_at", "inserted_at"), None),
        ("record_creation", asset(CRM + "t", "email", "updated_at"), None),
        ("record_creation", asset("postgresql://crm/d/s/t", "created_at", kind=Kind.TEXT), None),
        ("backup_creation", COPY, ""),
        ("backup_creation", asset(CRM + "t", "email", "created_at"), None),
        ("account_termination", LOG, None),
        ("account_termination", COPY, None),
    ],
)
def test_what_is_read_where_the_record_names_no_proof(
    tmp_path: Path, starts: str, one: Asset, field: str | None
) -> None:
    found = asked(tmp_path, CREATED.replace("STARTS", starts), one)
    assert {q.field for q in found} == (set() if field is None else {field})


@pytest.mark.parametrize(
    ("attribute", "one", "asks"),
    [
        ("object.last_modified", COPY, True),
        ("file.modified", COPY, True),
        ("entry.time", LOG, True),
        ("file.modified", ACCOUNTS, False),
        ("object.tag.ended", COPY, False),
    ],
)
def test_attributes_that_can_be_read(
    tmp_path: Path, attribute: str, one: Asset, asks: bool
) -> None:
    rule = CREATED.replace("STARTS", "custom")
    proof = f'[retention.proof]\nattribute = "{attribute}"\n'
    assert bool(asked(tmp_path, rule + proof, one)) == asks


def test_the_time_of_entries_goes_by_many_names(tmp_path: Path) -> None:
    rule = CREATED.replace("STARTS", "record_creation")
    fields = {
        name: asked(tmp_path, f'{rule}[retention.proof]\ncolumn = "**#{name}"\n', LOG)[0].field
        for name in ("@timestamp", "received")
    }
    assert fields == {"@timestamp": "", "received": "received"}


def test_tokens_are_asked_by_their_expiry(tmp_path: Path) -> None:
    ropa = rulecases.record(RECORD.replace("GROUPS", '"contact"') + LEAVERS, tmp_path)
    names = ("token", "expires_at", "card_expires", "valid_until_note", "created_at")
    (unit,) = plan([asset(CRM + "sessions", *names)], [ropa], AS_OF).units
    mine = [q for q in unit.questions if q.because == "token_expiry"]
    assert [(q.field, q.cutoff) for q in mine] == [
        ("expires_at", datetime(2026, 1, 15, tzinfo=UTC))
    ]
    assert mine[0].filled_of == ("api_key", "session_token")


def limits(
    folder: Path, rules: str, store: str, groups: str = '"contact", "payments"'
) -> list[tuple[str, tuple[str, ...]]]:
    ropa = rulecases.record(RECORD.replace("GROUPS", groups) + rules, folder)
    found = Limits(Declared(ropa)).of(Declared(ropa).store(store))
    return [(limit.rule.id, limit.categories) for limit in found]


def test_a_rule_binds_the_stores_that_have_its_groups(tmp_path: Path) -> None:
    rule = 'groups = ["contact"]\nperiod = "P1Y"\n'
    mine = [("r", ("email_address", "person_name"))]
    assert {s: limits(tmp_path, rule, s) for s in ("crm", "weblog", "copies")} == {
        "crm": mine,
        "weblog": mine,
        "copies": mine,  # by what it backs up
    }
    assert limits(tmp_path, rule, "crm", '"payments"') == []


def test_a_backup_with_rules_of_its_own_inherits_none(tmp_path: Path) -> None:
    rules = (
        'groups = ["contact"]\nperiod = "P1Y"\n'
        '[[retention]]\nid = "own"\nstores = ["copies"]\nperiod = "P2Y"\n'
    )
    assert [id_ for id_, _ in limits(tmp_path, rules, "copies")] == ["own"]
    assert [id_ for id_, _ in limits(tmp_path, rules, "crm")] == ["r"]


def test_parts_of_a_selector_are_joined_by_and(tmp_path: Path) -> None:
    rule = 'stores = ["crm"]\ngroups = ["payments"]\ncategories = ["invoice_data", "person_name"]\n'
    assert limits(tmp_path, rule + 'period = "P1Y"\n', "crm") == [("r", ("invoice_data",))]


def test_open_groups_are_limited_with_what_they_may_hold(tmp_path: Path) -> None:
    unbounded = limits(tmp_path, 'groups = ["tickets"]\nperiod = "P1Y"\n', "crm", '"tickets"')
    assert "ip_address" in unbounded[0][1]
    open_ended = limits(tmp_path, 'groups = ["billing"]\nperiod = "P1Y"\n', "crm", '"billing"')
    assert "invoice_data" in open_ended[0][1]
    assert "ip_address" not in open_ended[0][1]


@pytest.mark.parametrize(
    ("period", "grace", "as_of", "first"),
    [
        ("P90D", "P7D", date(2026, 1, 15), date(2025, 10, 10)),
        ("P1Y", "P0D", date(2025, 3, 1), date(2024, 3, 1)),  # 2024-02-29 ended on 2025-02-28
        ("P1Y", "P0D", date(2025, 2, 28), date(2024, 2, 28)),
        ("P1M", "P0D", date(2026, 2, 28), date(2026, 1, 28)),
        ("P1M", "P0D", date(2026, 3, 1), date(2026, 2, 1)),
    ],
)
def test_the_first_allowed_start(
    tmp_path: Path, period: str, grace: str, as_of: date, first: date
) -> None:
    rule = f'stores = ["crm"]\nperiod = "{period}"\ngrace = "{grace}"\n'
    ropa = rulecases.record(RECORD.replace("GROUPS", '"contact"') + rule, tmp_path)
    (limit,) = Limits(Declared(ropa)).of(Declared(ropa).store("crm"))
    assert limit.first_allowed(as_of) == first
