"""What the view says: the verdict, the zeros, the denominators and the words."""

from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime

import pytest
import sample

from reports import view
from reports.view import words
from scanner.model import (
    Confidence,
    Depth,
    Inventory,
    Method,
    Pair,
    ScanResult,
    Severity,
    SourceStatus,
    State,
)

ONE = sample.finding("I01", Severity.HIGH, "Gender is not declared", category="gender")


def page(**more: object) -> view.Page:
    return view.build(sample.quiet(**more)).page


def line(shown: view.Page, title: str) -> view.Line:
    return next(item for block in shown.blocks for item in block.lines if item.title == title)


GAP = Inventory(sample.inventory().sources, sample.inventory().results, sample.inventory().gaps)
UNREACHED = Inventory((SourceStatus("a", "sqlite", reached=False),), (), sample.inventory().gaps)


@pytest.mark.parametrize(
    ("more", "headline", "tone"),
    [
        ({}, "No difference found in what was looked at.", "none"),
        (
            {"inventory": GAP},
            "No difference found in what was looked at; not everything could be looked at.",
            "gaps",
        ),
        ({"inventory": UNREACHED}, "Nothing was read: the record could not be compared.", "gaps"),
        ({"findings": (ONE,)}, "The record does not match what was found.", "differences"),
        (
            {"findings": (ONE,), "records": (sample.record(), sample.record(id="b"))},
            "The records do not match what was found.",
            "differences",
        ),
        (
            {"findings": (replace(ONE, confidence=Confidence.POSSIBLE),)},
            "No difference found in what was looked at.",
            "none",
        ),
        (
            {"findings": (replace(ONE, severity=Severity.INFO),)},
            "No difference found in what was looked at.",
            "none",
        ),
        (
            {"findings": (replace(ONE, state=State.ACCEPTED),)},
            "No difference found in what was looked at.",
            "none",
        ),
        (
            {"findings": (replace(ONE, state=State.RESOLVED),)},
            "No difference found in what was looked at.",
            "none",
        ),
        (
            {"findings": (replace(ONE, rule="Q01"), replace(ONE, rule="H05"))},
            "No difference found in what was looked at.",
            "none",
        ),
    ],
)
def test_headline(more: dict[str, object], headline: str, tone: str) -> None:
    verdict = page(**more).verdict
    assert (verdict.headline, verdict.tone) == (headline, tone)


def test_the_result_counts_differences_by_severity_and_names_the_rest() -> None:
    detail = view.build(sample.result()).page.verdict.detail
    assert detail == (
        "10 differences need a look (3 critical, 5 high, 1 medium, 1 low). 1 'possible' to review. "
        "1 accepted. 2 for information. 3 places not scanned, or not wholly."
    )


def test_a_line_of_page_one_counts_each_difference_once() -> None:
    shown = view.build(sample.result()).page
    counts = {
        item.title: item.count
        for block in shown.blocks
        for item in block.lines
        if item.title != "Not scanned, or not wholly"
    }
    assert counts == {
        "Records to correct": "2",
        "Data in the wrong place": "2",
        "Kept too long": "–",
        "Transfers without safeguard": "1",
        "Special data, children": "1",  # health data by I01, not among the records to correct
        "Secrets readable": "1",
        "Cards outside their store": "1",
        "Tokens and keys in logs": "1",
        "Undeclared stores": "1",
        "Access from elsewhere": "–",
    }


def test_a_zero_says_whether_it_was_looked_for() -> None:
    shown = page(rules=("T03",))
    assert line(shown, "Kept too long").count == "–"
    assert line(shown, "Kept too long").rest == "not measured in this scan"
    assert line(shown, "Transfers without safeguard").count == "0"
    assert line(shown, "Transfers without safeguard").rest == ("not measured: expired safeguards")
    complete = line(page(rules=("T03", "T04")), "Transfers without safeguard")
    assert (complete.count, complete.rest) == ("0", "")


def test_what_nothing_was_read_for_is_no_zero() -> None:
    shown = page(inventory=UNREACHED, rules=("I01", "S04", "T03"))
    assert line(shown, "Cards outside their store").count == "–"
    assert line(shown, "Cards outside their store").rest == "not measured in this scan"
    assert line(shown, "Transfers without safeguard").count == "0"  # asks the record alone
    assert "sample" not in shown.verdict.detail


def test_a_zero_that_rests_on_names_says_so() -> None:
    looked = sample.inventory()
    names = tuple(
        replace(item, coverage=replace(item.coverage, depth=Depth.METADATA), gaps=())
        for item in looked.results
    )
    shown = page(inventory=Inventory(looked.sources, names), rules=("I01", "S04", "T03"))
    assert shown.verdict.headline == "No difference found in names; no content was read."
    assert line(shown, "Cards outside their store").rest == "by names only"
    assert line(shown, "Transfers without safeguard").rest == "not measured: expired safeguards"


def test_masked_values_are_not_said_to_be_among_those_that_match() -> None:
    assert words.marks((("masked", 5),)) == "besides, 5 masked"
    assert words.marks((("test", 2), ("role", 0))) == "of these 2 reserved for tests"
    assert words.marks(()) == ""


def test_a_secret_that_is_merely_undeclared_is_the_security_teams() -> None:
    shown = page(findings=(replace(ONE, category="api_key"),))
    assert line(shown, "Secrets readable").count == "1"
    assert line(shown, "Records to correct").count == "0"


def test_a_line_names_two_and_counts_the_rest() -> None:
    many = tuple(replace(ONE, fingerprint=f"{n}", records=n) for n in range(5))
    shown = line(page(findings=many), "Records to correct")
    assert (len(shown.notes), shown.level) == (2, "high")
    assert shown.rest == "and 3 more; not measured: people, recipients, claims, places"


def test_gaps_are_counted_by_place_and_named_by_reason() -> None:
    shown = line(view.build(sample.result()).page, "Not scanned, or not wholly")
    assert shown.count == "3"
    assert shown.notes[0].text == "1 source: could not be reached"


def test_looked_at_names_its_denominator() -> None:
    shown = {fact.label: fact.text for fact in view.build(sample.result()).page.facts}
    assert shown["Looked at"] == (
        "5 of 7 assets listed (71%), 4,990 rows read; 1 by name and size only, on purpose; "
        "1 could not be read; 1 source not reached: its assets are not counted"
    )


def test_the_bar_shows_four_numbers_that_add_up() -> None:
    bar = view.build(sample.result()).page.bar
    counts = [int(part.count) for part in bar.parts]
    declared = sum(pair.declared for pair in sample.pairs())
    assert [part.key for part in bar.parts] == ["found", "looked_for", "cannot_see", "not_reached"]
    assert sum(counts) == declared
    assert bar.sentence.startswith(f"{counts[0]} of {declared} declared pairs")
    assert sum(part.share for part in bar.parts) == pytest.approx(1)
    assert bar.undeclared == "7 found, not declared"


def test_a_possible_pair_is_not_counted_as_undeclared() -> None:
    pair = Pair("crm", "gender", False, "found", 9, None, 4, Confidence.POSSIBLE)
    shown = page(records=(sample.record(pairs=(pair,)),))
    assert shown.bar.undeclared == "0 found, not declared"


def test_dated_tables_of_one_day_are_named_together() -> None:
    shown = page(tables={"adequacy": "2026-01-01", "child_age": "2026-01-01", "x": "2025-01-01"})
    text = next(fact.text for fact in shown.facts if fact.label == "Dated tables")
    assert text == "2025-01-01 (x); 2026-01-01 (adequacy, child age)"


def test_no_declared_pair_is_no_division_by_zero() -> None:
    bar = page(records=(sample.record(pairs=()),)).bar
    assert bar.sentence.startswith("0 of 0 declared pairs")


def test_since_last_scan() -> None:
    assert view.build(sample.result()).page.since == (
        "Since 2025-12-15: 3 new, 1 resolved, 1 not seen this time, 1 grown tenfold, "
        "6 still open (oldest 61 days)."
    )
    assert page().since == "First scan: there is none before to compare with."
    quiet = page(previous=datetime(2025, 12, 1, tzinfo=UTC)).since
    assert quiet == "Since 2025-12-01: 0 new, 0 resolved, 0 still open."


def test_secrets_and_cards_come_first_among_the_next_steps() -> None:
    steps = view.build(sample.result()).page.steps
    assert steps[0] == (
        "S01, S03 and S04 first (confirm whether this is an incident; if so follow your procedure)."
    )


def test_findings_are_grouped_and_what_does_not_count_is_collapsed() -> None:
    groups = [(g.title, g.collapsed) for g in view.build(sample.result()).groups]
    assert groups == [
        ("Critical (3)", False),
        ("High (5)", False),
        ("Medium (1)", False),
        ("Low (1)", False),
        ("Possible, to review (1)", True),
        ("For information (2)", True),
        ("Accepted (1)", True),
        ("Resolved, or not seen this time (2)", True),
    ]


def test_every_finding_is_shown_once() -> None:
    shown = view.build(sample.result())
    groups = [*shown.groups, *shown.record]
    anchors = [f.anchor for g in groups for f in g.findings]
    anchors += [f.anchor for f in shown.coverage.findings]
    assert len(anchors) == len(set(anchors)) == len(sample.findings())


def test_findings_with_one_fingerprint_keep_different_anchors() -> None:
    shown = view.build(sample.quiet(findings=(ONE, replace(ONE))))
    assert len({f.anchor for f in shown.groups[0].findings}) == 2


def finding(rule: str) -> view.FindingView:
    shown = view.build(sample.result())
    return next(f for g in shown.groups for f in g.findings if f.rule == rule)


def test_evidence_is_said_in_words() -> None:
    item = finding("S04").evidence[0]
    assert item.counted == "18 of 1,000 values (1.8%)"
    assert item.method == "random sample from 9,800 rows"
    assert item.marks == "of these 2 reserved for tests; besides, 5 masked"
    assert item.shapes == ("9999 9999 9999 9999", "9999999999999999")


@pytest.mark.parametrize(
    ("cited", "text"),
    [
        (("GDPR Art. 32", "GDPR Art. 5(1)(f)"), "GDPR Art. 32, 5(1)(f)"),
        (("32", "5(1)(f)"), "32, 5(1)(f)"),
        (
            ("GDPR Art. 44", "Law 25 s. 17", "Law 25 s. 23", "GDPR Art. 46", "recital 26"),
            "GDPR Art. 44, Law 25 s. 17, 23, GDPR Art. 46, recital 26",
        ),
        ((), ""),
    ],
)
def test_a_law_is_named_once(cited: tuple[str, ...], text: str) -> None:
    assert words.articles(cited) == text


def test_a_rule_that_spoke_has_run_whatever_the_result_lists() -> None:
    shown = line(page(findings=(ONE,), rules=()), "Records to correct")
    assert shown.rest == "not measured: people, recipients, claims, places"


def test_evidence_in_a_log_shows_its_template_and_an_estimate_is_called_about() -> None:
    item = finding("S03").evidence[0]
    assert item.template == "session <TOKEN> opened for <USERNAME> in <*>"
    assert item.method == "sample spread over about 120,000 rows"


def test_a_template_without_a_word_is_not_shown() -> None:
    log = replace(sample.inventory().results[2], templates=(("t1a2b3c4", "<*> <JWT>  <*>"),))
    result = sample.result(inventory=Inventory((), (log,)))
    shown = view.build(result).groups[0].findings
    assert next(f for f in shown if f.rule == "S03").evidence[0].template == ""


def test_many_places_are_cut_and_counted() -> None:
    shown = finding("I03")
    assert len(shown.evidence) == 50
    assert shown.more_evidence == "10 more places in the JSON report."


@pytest.mark.parametrize(
    ("matched", "examined", "how", "text"),
    [
        (412, 1000, Method.RANDOM, "412 of 1,000 values (41%)"),
        (1, 100_000, Method.RANDOM, "1 of 100,000 values (under 0.1%)"),
        (99_999, 100_000, Method.WHOLE, "99,999 of 100,000 values (over 99.9%)"),
        (10, 10, Method.WHOLE, "10 of 10 values (100%)"),
        (0, 500, Method.RANDOM, "by its name; 500 values examined"),
        (0, 0, Method.NONE, "by its name only"),
        (0, 0, Method.WHOLE, "by its name only"),
    ],
)
def test_counts_in_words(matched: int, examined: int, how: Method, text: str) -> None:
    assert words.counted(matched, examined, how) == text


def test_matrix_keeps_stores_in_order_and_puts_categories_in_the_taxonomys() -> None:
    matrix = view.build(sample.result()).matrices[0]
    assert [store.id for store in matrix.stores][:2] == ["sendsecure_eu", "helpdesk_tickets"]
    assert [group.name for group in matrix.groups][:2] == ["Identity", "Contact"]
    rows = {row.category: [c.key for c in row.cells] for g in matrix.groups for row in g.rows}
    assert rows["Fax number"] == [
        "nothing", "nothing", "looked_for", "looked_for", "not_reached", "looked_for",
    ]  # fmt: skip
    assert rows["Date of birth"][0] == "undeclared"
    assert rows["Message or chat content"][1] == "cannot_see"
    assert rows["Full name"][0] == "found"


def cell(pair: Pair) -> view.Cell:
    shown = view.build(sample.quiet(records=(sample.record(pairs=(pair,)),)))
    row = shown.matrices[0].groups[0].rows[0].cells
    return next(item for item in row if item.key != "nothing")


def seen(examined: int, bound: float) -> Pair:
    return Pair("crm", "gender", True, "looked_for", examined, bound)


FOUND = Pair("crm", "gender", False, "found", 9, None, 4, Confidence.PROBABLE)


@pytest.mark.parametrize(
    ("pair", "end"),
    [
        (seen(1000, 0.003), "(none in 1,000 values: under 0.3% of all)"),
        (seen(700, 3 / 700), "(none in 700 values: under 0.43% of all)"),
        (seen(20, 3 / 20), "(none in 20 values: under 15% of all)"),
        (seen(1_000_000, 3e-6), "(none in 1,000,000 values: under 0.0003% of all)"),
        (seen(12, 0.0), "(none in all 12 values)"),
        (seen(2, 1.5), "(none in 2 values: too few to say)"),
        (FOUND, "found, not declared (probable, 4 values)"),
        (replace(FOUND, declared=True), "declared and found (probable, 4 values)"),
        (
            replace(FOUND, confidence=Confidence.POSSIBLE),
            "possibly found, not declared (possible, 4 values)",
        ),
        (Pair("crm", "gender", True, "not_reached"), "not reached"),
    ],
)
def test_a_cell_says_what_its_sign_means(pair: Pair, end: str) -> None:
    assert cell(pair).text.endswith(end)


def test_a_store_that_only_findings_know_gets_a_column() -> None:
    pair = Pair("sqlite://shadow", "gender", False, "found", 5, None, 5, Confidence.CONFIRMED)
    shown = view.build(sample.quiet(records=(sample.record(pairs=(pair,)),))).matrices[0]
    assert shown.stores[-1].detail == "not declared"


def test_the_records_own_points_are_grouped_by_activity_and_do_not_count() -> None:
    shown = view.build(sample.result())
    assert [group.title for group in shown.record] == [
        "The record as a whole (2)",
        "Activity fax_service (1)",
    ]
    assert "do not change the result" in shown.record_sentence


def test_coverage_lists_gaps_with_what_to_try_and_choices_apart() -> None:
    tables = {table.key: table for table in view.build(sample.result()).coverage.tables}
    assert list(tables) == ["gaps", "sources", "assets", "omissions"]
    where, why, what, attempt = tables["gaps"].rows[0]
    assert (where, why) == ("pg-down", "could not be reached")
    assert what == "nothing answers on the port."
    assert "Check the address" in attempt
    assert len(tables["omissions"].rows) == 2


def test_no_gap_is_said_too() -> None:
    gaps = view.build(sample.quiet()).coverage.tables[0]
    assert gaps.title.endswith("(0 places)")
    assert gaps.about == "Everything that was to be read was read."


def test_synthetic_data_is_said_and_real_data_is_not() -> None:
    assert view.build(sample.result()).banner == "SYNTHETIC DATA"
    assert view.build(sample.quiet()).banner == ""
    assert view.build(sample.quiet(records=(sample.record(),))).banner == "SYNTHETIC DATA"


def strings(item: object) -> list[str]:
    if isinstance(item, str):
        return [item]
    if isinstance(item, tuple):
        return [text for part in item for text in strings(part)]
    if is_dataclass(item):
        return [text for f in fields(item) for text in strings(getattr(item, f.name))]
    return []


@pytest.mark.parametrize("result", [sample.result(), sample.bare()], ids=["scan", "inventory"])
def test_no_string_of_a_view_can_steer_a_terminal(result: ScanResult) -> None:
    shown = strings(view.of(result))
    assert any("\ufffd[31mred" in text for text in shown)
    assert not [t for t in shown if any((ord(c) < 32 and c != "\n") or c == "\u202e" for c in t)]


@pytest.mark.parametrize("result", [sample.result(), sample.quiet(), sample.bare()])
def test_no_report_accuses(result: ScanResult) -> None:
    text = " ".join(strings(view.of(result))).lower()
    for word in ("violation", "illegal", "complian", "breach", "container", "column", "clean"):
        assert word not in text


def test_inventory_sums_up_by_category_and_by_source() -> None:
    shown = view.build_inventory(sample.bare())
    assert shown.verdict.headline == "Personal data found: 8 categories in 9 fields of 5 assets."
    assert shown.summary.rows[0][:2] == ("Password in clear (or reversibly encoded)", "critical")
    users = shown.sources[0].places[0]
    assert [h.field for h in users.holdings] == ["email", "password", "profile.born"]
    assert users.holdings[0].shapes == ("aaaaa.aaa9@aaaa.aaa",)
    assert users.holdings[2].counted == "by its name only"


def test_inventory_does_not_call_an_unread_asset_free_of_data() -> None:
    helpdesk = view.build_inventory(sample.bare()).sources[1]
    assert helpdesk.silent == "Not known: 1 asset, could not be read."
    files = view.build_inventory(sample.bare()).sources[3]
    assert files.silent == "Nothing in the names of 1 asset, read by name and size only."


@pytest.mark.parametrize(
    ("inventory", "headline"),
    [
        (Inventory(), "Nothing was read."),
        (UNREACHED, "Nothing was read."),
        (
            Inventory((), (replace(sample.inventory().results[0], holdings=()),)),
            "No personal data found in what was looked at.",
        ),
    ],
)
def test_an_empty_inventory_says_why(inventory: Inventory, headline: str) -> None:
    shown = view.build_inventory(sample.bare(inventory=inventory))
    assert shown.verdict.headline == headline
    assert shown.summary.rows == ()


# Corrections


def test_corrections_are_shown_as_applied_the_weighty_ones_marked() -> None:
    applied, idle = view.build(sample.result()).corrections
    assert applied.title == "Corrections applied (2)"
    card, fax = applied.rows
    assert card[2:] == ("Payment card number (PAN), probable", "set aside (is_not)", "1,234")
    assert "check this line" in card[0]
    assert fax[2:] == ("Telephone number, confirmed", "Fax number", "by name only")
    assert "check this line" not in fax[0]
    assert idle.title == "Corrections without effect (2)"
    assert [row[2] for row in idle.rows] == [
        "must_be, but Password in clear (or reversibly encoded) was found",
        "is_not Personal tax number",
    ]


def test_fields_that_a_line_corrects_alike_share_a_row() -> None:
    card = sample.corrections()[0]
    other = replace(card, place=f"{sample.TICKETS}#other", confidence=Confidence.CONFIRMED)
    (applied,) = view.build(sample.result(corrections=(card, other))).corrections
    ((_, fields, found, _, values),) = applied.rows
    assert fields == f"{card.match} (2 fields)"
    assert found == "Payment card number (PAN), probable and confirmed"
    assert values == "2,468"


def test_a_record_that_corrects_nothing_has_no_such_section() -> None:
    assert view.build(sample.quiet()).corrections == ()
