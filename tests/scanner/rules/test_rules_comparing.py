"""What holds between rules: one headline, fingerprints, acceptance, several records, the result."""

import itertools
import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import rulecases
from rulecases import DAY

from scanner.config import RecordRef
from scanner.errors import ConfigError
from scanner.model import Confidence, Finding, Inventory, Outcome, Severity, State
from scanner.ropa import load
from scanner.ropa.types import Ropa
from scanner.rules import Compared, check_record, compare, exit_code, find

RECORD = tomllib.loads((Path(__file__).parent / "cases" / "i01.toml").read_text("utf-8"))["record"]
WORKED = Path(__file__).parents[1] / "records" / "worked_example.toml"
USERS = "sqlite://crm/main/users"
LOG = "log://web/access"


def asset(path: str, *holdings: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"path": path, "holdings": list(holdings), **more}


def held(field: str, category: str, **more: Any) -> dict[str, Any]:
    return {"field": field, "category": category, **more}


def compared(folder: Path, *assets: dict[str, Any], add: str = "", **raw: Any) -> Compared:
    ropa = rulecases.record(RECORD + add, folder)
    return compare(rulecases.inventory({"asset": assets, **raw}), [ropa], DAY)


def headlines(result: Compared) -> list[tuple[str, str]]:
    return [(f.rule, f.store or f.prefix) for f in result.findings if f.section == "findings"
            and f.rule != "I06"]  # fmt: skip


# One place, one headline


def test_a_finding_keeps_the_places_that_nobody_else_speaks_of(tmp_path: Path) -> None:
    ban = """
[[prohibit]]
id = "no_mail_to"
categories = ["email_address"]
in = { stores = ["weblog"] }
unless = "synthetic"
"""
    assets = (
        asset(LOG, held("to", "email_address")),
        asset("log://web/test", held("to", "email_address", marks={"test": 400})),
    )
    found = compared(tmp_path, *assets, add=ban).findings
    ban_finding, rest = (f for f in found if f.rule in ("P01", "I03"))
    assert [item.place for item in ban_finding.evidence] == [f"{LOG}#to"]
    assert [item.place for item in ban_finding.also[0].evidence] == [f"{LOG}#to"]
    assert (rest.rule, [e.place for e in rest.evidence]) == ("I03", ["log://web/test#to"])
    assert (rest.severity, ban_finding.also[0].severity) == (Severity.INFO, Severity.HIGH)
    assert rest.fingerprint == ban_finding.also[0].fingerprint


def test_families_speak_in_their_order(tmp_path: Path) -> None:
    ban = """
[[prohibit]]
id = "no_tokens_in_logs"
categories = ["session_token"]
in = { store_kinds = ["log"] }
"""
    result = compared(tmp_path, asset(LOG, held("m", "session_token")), add=ban)
    secret = rulecases.told(result.findings, "S03")[0]
    assert sorted(f.rule for f in secret.also) == ["I03", "P01"]
    assert headlines(result) == [("S03", "weblog")]


def test_an_undeclared_store_with_more_than_cards_stays_a_headline(tmp_path: Path) -> None:
    people = asset("sqlite://x/p", held("pan", "payment_card_number"), held("n", "person_name"))
    assert headlines(compared(tmp_path, people)) == [("I02", "sqlite://x"), ("S04", "sqlite://x")]


# Fingerprints


def prints(result: Compared) -> set[str]:
    return {f.fingerprint for f in result.findings if f.section == "findings" and f.rule != "I06"}


@pytest.mark.parametrize(
    "other",
    [
        asset(USERS, held("birth", "date_of_birth", confidence="probable", matched=3)),
        asset("sqlite://crm/main/people", held("born", "date_of_birth")),
    ],
    ids=["field, count and confidence", "asset"],
)
def test_fingerprint_does_not_depend_on(other: dict[str, Any], tmp_path: Path) -> None:
    first = compared(tmp_path, asset(USERS, held("born", "date_of_birth")))
    assert prints(first) == prints(compared(tmp_path, other))


def test_fingerprint_of_a_shadow_survives_a_new_partition(tmp_path: Path) -> None:
    one = asset("sqlite://crm/x/ev_2024", held("m", "email_address"))
    two = asset("sqlite://crm/x/ev_2025", held("m", "email_address"))
    known = asset("sqlite://crm/main/users")
    beside = """
[[store]]
id = "other"
system = "shop"
kind = "database"
[[store.site]]
match = ["sqlite://crm/x/known"]
"""
    rest = (known, asset("sqlite://crm/x/known"))
    before = compared(tmp_path, one, *rest, add=beside)
    after = compared(tmp_path, one, two, *rest, add=beside)
    assert headlines(before) == [("I02", "sqlite://crm/x/ev_2024")]
    assert headlines(after) == [("I02", "sqlite://crm/x/ev_*")]
    assert prints(before) == prints(after)


def test_fingerprint_depends_on_the_record(tmp_path: Path) -> None:
    users = asset(USERS, held("born", "date_of_birth"))
    one = compared(tmp_path, users)
    other = rulecases.record(RECORD.replace('id = "acme"', 'id = "bcme"'), tmp_path)
    two = compare(rulecases.inventory({"asset": [users]}), [other], DAY)
    assert not prints(one) & prints(two)


def test_order_of_assets_changes_nothing(tmp_path: Path) -> None:
    assets = [
        asset(USERS, held("born", "date_of_birth"), held("sex", "gender")),
        asset(LOG, held("to", "email_address"), held("m", "session_token")),
        asset("sqlite://guests/people", held("n", "person_name")),
    ]
    ropa = rulecases.record(RECORD, tmp_path)
    whole = rulecases.inventory({"asset": assets})
    results = {
        compare(replace(whole, results=order), [ropa], DAY).findings
        for order in itertools.permutations(whole.results)
    }
    assert len(results) == 1
    ranks = [(f.severity.rank, f.confidence.rank) for f in results.pop()]
    assert ranks == sorted(ranks, reverse=True)


# Accepted findings

ACCEPT = """
[[accept]]
finding = "{finding}"
store = "weblog"
{what}
until = {until}
by = "Officer"
reason = "planned"
{more}
"""


def state(folder: Path, block: dict[str, str]) -> tuple[State, tuple[str, ...]]:
    text = {
        "finding": "I03",
        "what": 'category = "email_address"',
        "until": "2026-12-31",
        "more": "",
    }
    result = compared(
        folder,
        asset(LOG, held("to", "email_address", matched=40)),
        add=ACCEPT.format(**{**text, **block}),
    )
    (found,) = rulecases.told(result.findings, "I03")
    return found.state, result.notes


@pytest.mark.parametrize(
    "block",
    [
        {},
        {"finding": "misplaced-category"},
        {"what": f'path = "{LOG}#to"'},
        {"what": 'path = "log://web/*"'},
        {"more": "up_to = 40"},
        {"until": "2026-01-15"},
    ],
    ids=["rule", "name", "field", "asset", "as many", "last day"],
)
def test_accept_covers_a_finding_by(block: dict[str, str], tmp_path: Path) -> None:
    assert state(tmp_path, block) == (State.ACCEPTED, ())


@pytest.mark.parametrize(
    ("block", "note"),
    [
        ({"finding": "I01"}, ""),
        ({"what": 'category = "gender"'}, ""),
        ({"what": 'path = "log://web/other"'}, ""),
        ({"more": "up_to = 39"}, "speaks again"),
        ({"until": "2026-01-14"}, "is over"),
        ({"until": "2027-02-01"}, "at most a year"),
    ],
    ids=["another rule", "category", "path", "more records", "after its day", "too long"],
)
def test_accept_does_not_cover(block: dict[str, str], note: str, tmp_path: Path) -> None:
    found, notes = state(tmp_path, block)
    assert found is State.FIRST
    assert [note in sentence for sentence in notes] == ([True] if note else [])


def test_critical_findings_are_accepted_for_90_days_at_most(tmp_path: Path) -> None:
    block = {"finding": "S03", "what": 'category = "session_token"', "more": ""}
    for until, expected in (("2026-04-15", State.ACCEPTED), ("2026-04-16", State.FIRST)):
        text = ACCEPT.format(**block, until=until)
        result = compared(tmp_path, asset(LOG, held("m", "session_token")), add=text)
        assert rulecases.told(result.findings, "S03")[0].state is expected


def test_an_undeclared_store_is_accepted_by_its_fingerprint(tmp_path: Path) -> None:
    guests = asset("sqlite://guests/p", held("m", "email_address"))
    (found,) = rulecases.told(compared(tmp_path, guests).findings, "I02")
    what = 'path = "sqlite://guests/**"'
    for print_, expected in ((found.fingerprint, State.ACCEPTED), ("0" * 16, State.FIRST)):
        text = ACCEPT.format(finding=print_, what=what, until="2026-12-31", more="")
        (again,) = rulecases.told(compared(tmp_path, guests, add=text).findings, "I02")
        assert again.state is expected


# Several records


def test_what_another_record_declares_is_not_undeclared_here(tmp_path: Path) -> None:
    ours = rulecases.record(RECORD, tmp_path / "a")
    theirs = rulecases.record(
        RECORD.replace('id = "acme"', 'id = "bcme"').replace("sqlite://crm/", "sqlite://hr/"),
        tmp_path / "b",
    )
    assets = [
        asset(USERS, held("mail", "email_address")),
        asset("sqlite://hr/main/staff", held("mail", "email_address")),
        asset("sqlite://lost/x", held("mail", "email_address")),
    ]
    result = compare(rulecases.inventory({"asset": assets}), [ours, theirs], DAY)
    shadows = rulecases.told(result.findings, "I02")
    assert [(f.record, f.prefix) for f in shadows] == [("acme", "sqlite://lost")]
    assert [record.id for record in result.records] == ["acme", "bcme"]


def test_a_record_is_compared_with_its_own_sources_only(tmp_path: Path) -> None:
    ours = replace(rulecases.record(RECORD, tmp_path), sources=("crm", "we?"))
    assets = [asset(USERS), asset(LOG, held("to", "email_address")), asset("sqlite://desk/x")]
    result = compare(rulecases.inventory({"asset": assets}), [ours], DAY)
    assert headlines(result) == [("I03", "weblog")]
    assert "No record answers for desk: what is there was not compared." in result.notes
    reasons = {store.id: store.reason for store in result.records[0].stores}
    assert "gives its source to no scan" in reasons["tickets"]


# Words


def test_no_article_is_cited_before_it_applied(tmp_path: Path) -> None:
    ropa = rulecases.record(RECORD, tmp_path)
    things = rulecases.inventory({"asset": [asset(USERS, held("born", "date_of_birth"))]})
    before = compare(things, [ropa], date(2018, 5, 24)).findings
    after = compare(things, [ropa], date(2018, 5, 25)).findings
    assert before
    assert not any(finding.articles for finding in before)
    assert any("GDPR Art. 30(1)(c)" in finding.articles for finding in after)


def test_uk_records_cite_the_text_that_applied(tmp_path: Path) -> None:
    text = RECORD.replace('"eu_gdpr"', '"uk_gdpr"').replace('country = "FR"', 'country = "GB"')
    ropa = rulecases.record(text, tmp_path)
    things = rulecases.inventory({"asset": [asset(USERS, held("born", "date_of_birth"))]})
    for day, law in ((date(2020, 12, 31), "GDPR Art. "), (date(2021, 1, 1), "UK GDPR Art. ")):
        (found,) = rulecases.told(compare(things, [ropa], day).findings, "I01")
        assert all(article.startswith(law) for article in found.articles)


def test_proposals_are_toml_that_silences_the_finding(tmp_path: Path) -> None:
    users = asset(USERS, held("born", "date_of_birth"))
    (found,) = rulecases.told(compared(tmp_path, users).findings, "I01")
    again = compared(tmp_path, users, add=found.fix)
    assert headlines(again) == []


def test_proposed_store_is_a_draft_until_somebody_approves_it(tmp_path: Path) -> None:
    odd = asset('sqlite://odd/a "b" \\c', held("mail", "email_address"), held("k", "api_key"))
    (found,) = rulecases.told(compared(tmp_path, odd).findings, "I02")
    assert "api_key" not in tomllib.loads(found.fix)["data_group"][0]["categories"]
    draft = compared(tmp_path, odd, add=found.fix)
    assert [f.rule for f in draft.findings if f.rule == "I02"] == ["I02"]
    approved = compared(tmp_path, odd, add=found.fix.replace('"draft"', '"active"'))
    assert not rulecases.told(approved.findings, "I02")


def test_nothing_declarable_means_no_proposal(tmp_path: Path) -> None:
    (found,) = rulecases.told(
        compared(tmp_path, asset("sqlite://odd/a", held("k", "health_data"))).findings, "I02"
    )
    assert found.fix == ""


def test_what_is_left_in_peace_is_said(tmp_path: Path) -> None:
    masked = held("m", "payment_card_number", matched=0, marks={"masked": 3})
    notes = compared(tmp_path, asset(LOG, masked)).notes
    assert notes == ("acme: fields that hold masked values, which are counted only: 1.",)


def test_old_tables_are_warned_of(tmp_path: Path) -> None:
    ropa = rulecases.record(RECORD, tmp_path)
    assert any(
        "dated tables" in note for note in compare(Inventory(), [ropa], date(2030, 1, 1)).notes
    )


# The matrix


def test_matrix_tells_four_states_apart(tmp_path: Path) -> None:
    result = compared(
        tmp_path,
        asset(USERS, held("mail", "email_address", matched=300), looked_for=["EMAIL_ADDRESS"]),
        asset(LOG, fields=["m"], held=[]),
    )
    pairs = {(pair.store, pair.category): pair for pair in result.records[0].pairs}
    found = pairs[("crm", "email_address")]
    assert (found.state, found.matched, found.declared) == ("found", 300, True)
    missing = pairs[("weblog", "ip_address")]
    assert (missing.state, missing.examined, missing.bound) == ("looked_for", 1000, 0.003)
    assert pairs[("crm", "username")].state == "cannot_see"
    assert pairs[("billing", "email_address")].state == "not_reached"


def test_matrix_shows_what_is_found_and_not_declared(tmp_path: Path) -> None:
    result = compared(tmp_path, asset(USERS, held("born", "date_of_birth")))
    (pair,) = (p for p in result.records[0].pairs if p.category == "date_of_birth")
    assert (pair.store, pair.declared, pair.state) == ("crm", False, "found")


def test_stores_say_why_they_were_not_reached(tmp_path: Path) -> None:
    result = compared(
        tmp_path,
        asset(USERS),
        asset(LOG, depth="metadata", why="declared_metadata"),
        source=[{"name": "desk", "reached": False}],
    )
    stores = {store.id: (store.reached, store.reason) for store in result.records[0].stores}
    assert stores == {
        "crm": (True, ""),
        "billing": (False, "no source of the configuration matches its globs"),
        "tickets": (False, "not reached: desk"),
        "weblog": (False, "its content was left out on purpose"),
    }


# The exit code


def finding(**more: Any) -> Finding:
    base = {"rule": "I01", "severity": Severity.HIGH, "confidence": Confidence.PROBABLE}
    return Finding(**{"name": "", "record": "acme", "title": "", **base, **more})


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({}, 1),
        ({"severity": Severity.MEDIUM}, 0),
        ({"confidence": Confidence.POSSIBLE}, 0),
        ({"rule": "Q01"}, 0),
        ({"state": State.ACCEPTED}, 0),
        ({"state": State.RESOLVED}, 0),
        ({"state": State.NOT_SEEN}, 0),
        ({"state": State.GROWN}, 1),
        ({"rule": "H05", "severity": Severity.MEDIUM}, 3),
    ],
    ids=str,
)
def test_exit_code(given: dict[str, Any], code: int) -> None:
    assert exit_code([finding(**given)], Inventory()) == code


def test_possible_findings_never_fail_a_run() -> None:
    found = finding(confidence=Confidence.POSSIBLE, severity=Severity.CRITICAL)
    assert exit_code([found], Inventory(), Severity.INFO, Confidence.POSSIBLE) == 0


def test_confirmed_only_may_be_asked_for() -> None:
    assert exit_code([finding()], Inventory(), Severity.HIGH, Confidence.CONFIRMED) == 0


def test_findings_weigh_more_than_gaps() -> None:
    gaps = rulecases.inventory({"gap": [{"source": "crm", "reason": "unreachable"}]})
    assert exit_code([], gaps) == 3
    assert exit_code([finding()], gaps) == 1


# The rules by name


def test_rules_are_found_by_code_and_name() -> None:
    assert find("i03") is find("misplaced-category")
    with pytest.raises(ConfigError, match="Did you mean misplaced-category"):
        find("misplaced-categories")


# The worked example


def worked() -> Ropa:
    return load(RecordRef(WORKED))


def test_worked_example_has_its_known_gaps_only() -> None:
    found = [
        (f.rule, f.prefix or f.store, f.confidence.value)
        for f in check_record([worked()], DAY).findings
    ]
    assert found == [
        ("T03", "[[party]] sms_voice_provider", "possible"),
        ("Q04", "[[store]] ss_backup", "confirmed"),  # 90 days, and backups of a year
        ("Q04", "[[store]] ss_backup", "confirmed"),  # in one place, of data with a region each
        ("Q06", "[[party]] sms_voice_provider", "confirmed"),
        ("Q02", "[[data_group]] billing_data", "confirmed"),  # "etc."
    ]


def test_audit_trail_of_the_worked_example_says_nothing() -> None:
    """A004: names, addresses, file names and IP in the audit trail are declared."""
    trail = asset(
        "postgresql://ss-eu-1/sendsecure/core/audit",
        held("", "audit_trail"),
        held("name", "person_name"),
        held("mail", "email_address"),
        held("file", "file_name"),
        held("ip", "ip_address"),
    )
    result = compare(rulecases.inventory({"asset": [trail]}), [worked()], DAY)
    assert headlines(result) == [("T03", "[[party]] sms_voice_provider")]


def test_accepted_relay_log_of_the_worked_example_comes_back_in_time() -> None:
    """A003, accepted by the record until the end of 2026."""
    log = asset("opensearch://logs-eu/sendsecure-2026", held("rcpt", "email_address"))
    things = rulecases.inventory({"asset": [log]})
    for day, expected in ((DAY, State.ACCEPTED), (date(2027, 1, 1), State.FIRST)):
        (found,) = rulecases.told(compare(things, [worked()], day).findings, "I03")
        assert (found.store, found.severity, found.state) == ("ss_logs", Severity.HIGH, expected)


# Corrections


def test_corrections_are_told_and_what_hides_an_id_is_named(tmp_path: Path) -> None:
    field = '[[store.field]]\nmatch = "**/orders#number"\nis_not = ["social_security_number"]\n'
    text = RECORD.replace("[[store.site]]", field + "[[store.site]]", 1)
    ropa = rulecases.record(text, tmp_path)
    orders = asset("sqlite://crm/main/orders", held("number", "social_security_number"))
    things = rulecases.inventory({"asset": [orders]})
    result = compare(things, [ropa], DAY)
    assert [(c.place, c.outcome) for c in result.corrections] == [
        ("sqlite://crm/main/orders#number", Outcome.REMOVED)
    ]
    notes = " ".join(result.notes)
    assert "corrections of the record (is_not, must_be) applied: 1" in notes
    assert "Social security" in notes
    assert "(**/orders#number); fields: 1, values: 400" in notes
    (holding,) = things.holdings  # what was found is not rewritten
    assert holding.category == "social_security_number"


def test_a_record_without_corrections_says_nothing_of_them(tmp_path: Path) -> None:
    result = compared(tmp_path, asset(USERS, held("ip", "ip_address")))
    assert result.corrections == ()
    assert "corrections" not in " ".join(result.notes)


def test_the_fingerprint_of_what_stays_does_not_change(tmp_path: Path) -> None:
    """A correction at one field leaves the finding of the same category elsewhere as it was."""
    field = '[[store.field]]\nmatch = "**/users#a"\nis_not = ["date_of_birth"]\n'
    ropa = rulecases.record(RECORD.replace("[[store.site]]", field + "[[store.site]]", 1), tmp_path)
    found = asset(USERS, held("a", "date_of_birth"), held("b", "date_of_birth"))
    things = rulecases.inventory({"asset": [found]})
    (after,) = rulecases.told(compare(things, [ropa], DAY).findings, "I01")
    (before,) = rulecases.told(compared(tmp_path, found).findings, "I01")
    assert (len(before.evidence), len(after.evidence)) == (2, 1)
    assert after.fingerprint == before.fingerprint
