"""Page one: does what was declared match what was found, and how much was looked at?"""

from collections import Counter
from collections.abc import Iterable, Mapping

from reports.view import words
from reports.view.context import Context, differences, informative, possible
from reports.view.coverage import looked, looked_sentence, places
from reports.view.lines import blocks
from reports.view.retention import sentence as kept_sentence
from reports.view.types import Bar, Fact, Page, Part, Verdict
from scanner.model import Confidence, Finding, Pair, RecordSummary, Severity, State

_STEPS = 5
_GONE = (State.RESOLVED, State.NOT_SEEN)

# First the places where waiting costs most; the sentence never says what the law concludes.
_ADVICE = (
    (
        ("S01", "S02", "S03", "S04", "S05", "S06"),
        "first (confirm whether this is an incident; if so follow your procedure)",
    ),
    (("C01", "C02", "C03"), "check whether this data is needed, and on which condition"),
    (("P01", "P02"), "move or remove what is in a prohibited place"),
    (("T01",), "decide: move the data, or agree with the customer"),
    (("T03", "T04"), "name the safeguard of each transfer, or stop it"),
    (("I02",), "find the owner of each undeclared store; then declare or remove it"),
    (("R01", "R04", "R05", "R07"), "check legal minimum periods and holds, then erase"),
    (("I01", "I03", "I04", "I05", "I07", "T02"), "correct the record, or stop holding the data"),
)


def page(ctx: Context) -> Page:
    """Build page one."""
    result = ctx.result
    return Page(
        question="Record against reality",
        organisation=words.listed(record.name or record.id for record in result.records),
        facts=_facts(ctx),
        verdict=_verdict(ctx),
        blocks=blocks(ctx),
        bar=_bar(pair for record in result.records for pair in record.pairs),
        since=_since(ctx),
        steps=_steps(ctx),
    )


def _facts(ctx: Context) -> tuple[Fact, ...]:
    result = ctx.result
    regimes = sorted({regime for record in result.records for regime in record.regimes})
    facts = [
        Fact("Scan", f"{words.moment(result.started)}, compared as of {words.day(result.as_of)}"),
        *(Fact("Record", _record(record, ctx)) for record in result.records),
        Fact("Looked at", looked_sentence(result.inventory)),
        Fact("Retention", kept_sentence(result)),
        Fact("Regimes", ", ".join(_REGIMES.get(regime, regime) for regime in regimes)),
        Fact("Dated tables", _tables(result.tables)),
    ]
    return tuple(fact for fact in facts if fact.text)


def _tables(tables: Mapping[str, str]) -> str:
    days: dict[str, list[str]] = {}
    for name, day in tables.items():
        days.setdefault(day, []).append(name.replace("_", " "))
    return "; ".join(f"{day} ({', '.join(names)})" for day, names in sorted(days.items()))


_REGIMES = {
    "eu_gdpr": "EU GDPR",
    "uk_gdpr": "UK GDPR",
    "pipeda": "PIPEDA",
    "qc_law25": "Québec Law 25",
    "ccpa": "CCPA",
    "coppa": "COPPA",
}


def _record(record: RecordSummary, ctx: Context) -> str:
    parts = [
        f"{words.plural(len(record.stores), 'store')} declared in "
        + words.plural(record.activities, "activity", "activities")
    ]
    if record.effective:
        parts.append(f"version of {words.day(record.effective)}")
    reviewed = words.day(record.reviewed)
    parts.append(f"reviewed {reviewed}" if reviewed else "no review stated")
    text = ", ".join(parts)
    return f"{record.name or record.id}: {text}" if ctx.several else text


def _verdict(ctx: Context) -> Verdict:
    result = ctx.result
    found, gaps = differences(result), places(result.inventory.all_gaps)
    seen = looked(result.inventory)
    record = "records do" if ctx.several else "record does"
    if found:
        headline, tone = f"The {record} not match what was found.", "differences"
    elif not seen.read and not seen.names:
        headline, tone = "Nothing was read: the record could not be compared.", "gaps"
    elif not seen.read:
        headline, tone = "No difference found in names; no content was read.", "gaps"
    elif gaps:
        headline = "No difference found in what was looked at; not everything could be looked at."
        tone = "gaps"
    else:
        headline, tone = "No difference found in what was looked at.", "none"
    return Verdict(headline, " ".join(_details(ctx, found, len(gaps))), tone)


def _details(ctx: Context, found: list[Finding], gaps: int) -> Iterable[str]:
    result = ctx.result
    if found:
        levels = Counter(finding.severity for finding in found)
        split = ", ".join(f"{levels[s]} {s.value}" for s in reversed(Severity) if levels[s])
        need = "needs" if len(found) == 1 else "need"
        yield f"{words.plural(len(found), 'difference')} {need} a look ({split})."
    review, notes = len(possible(result)), len(informative(result))
    accepted = sum(f.state is State.ACCEPTED for f in result.findings)
    if review:
        yield f"{words.number(review)} 'possible' to review."
    if accepted:
        yield f"{words.number(accepted)} accepted."
    if notes:
        yield f"{words.number(notes)} for information."
    if gaps:
        yield f"{words.plural(gaps, 'place')} not scanned, or not wholly."
    if not found and looked(result.inventory).read:
        yield "A sample can miss what is rare."


def _bar(all_pairs: Iterable[Pair]) -> Bar:
    pairs = list(all_pairs)
    declared = [pair for pair in pairs if pair.declared]
    states = Counter(pair.state for pair in declared)
    total = len(declared)
    undeclared = sum(_undeclared(pair) for pair in pairs)
    labels = (
        ("found", "declared and found"),
        ("looked_for", "looked for, not found"),
        ("cannot_see", "cannot be seen by this tool"),
        ("not_reached", "not reached"),
    )
    parts, start = [], 0.0
    for key, label in labels:
        share = states[key] / total if total else 0.0
        parts.append(Part(key, label, words.number(states[key]), start, share))
        start += share
    return Bar(
        "Declared and found",
        f"{words.number(states['found'])} of {words.plural(total, 'declared pair')} "
        "(a store and a category)",
        tuple(parts),
        f"{words.number(undeclared)} found, not declared",
    )


def _undeclared(pair: Pair) -> bool:
    """Tell whether a pair was found and is not declared; a possible one does not count."""
    sure = pair.confidence is not Confidence.POSSIBLE
    return not pair.declared and pair.state == "found" and sure


def _since(ctx: Context) -> str:
    result = ctx.result
    if result.previous is None:
        return "First scan: there is none before to compare with."
    gone = [f for f in result.findings if f.section == "findings" and f.state in _GONE]
    own = [*differences(result), *gone]
    states = Counter(finding.state for finding in own)
    named = (
        (State.NEW, "new"),
        (State.RESOLVED, "resolved"),
        (State.NOT_SEEN, "not seen this time"),
        (State.GROWN, "grown tenfold"),
        (State.KNOWN, "still open"),
    )
    parts = [
        f"{words.number(states[state])} {label}"
        for state, label in named
        if states[state] or state in (State.NEW, State.RESOLVED, State.KNOWN)
    ]
    seen = [f.first_seen for f in own if f.state in (State.KNOWN, State.GROWN) and f.first_seen]
    oldest = f" (oldest {words.plural((result.as_of - min(seen)).days, 'day')})" if seen else ""
    return f"Since {words.day(result.previous)}: {', '.join(parts)}{oldest}."


def _steps(ctx: Context) -> tuple[str, ...]:
    found = differences(ctx.result)
    steps = []
    for rules, advice in _ADVICE:
        mine = sorted({finding.rule for finding in found if finding.rule in rules})
        if mine:
            steps.append(f"{words.listed(mine)}: {advice}.".replace(": first", " first"))
    gaps = len(places(ctx.result.inventory.all_gaps))
    if gaps:
        steps.append(
            f"Make {words.plural(gaps, 'place')} readable that could not be scanned, or not "
            "wholly; then scan again."
        )
    if possible(ctx.result) and len(steps) < _STEPS:
        steps.append("Look through the possible ones and set aside the false alarms.")
    return tuple(steps[:_STEPS]) or ("Scan again when the record or the stores change.",)
