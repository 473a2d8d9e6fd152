"""Findings as people read them: evidence in words, and grouped by severity."""

from collections.abc import Iterable, Sequence

from reports.view import words
from reports.view.context import Context, differences, informative, possible
from reports.view.types import AlsoView, EvidenceView, Fact, FindingView, Group
from scanner.model import Evidence, Finding, Method, Path, Severity, State

EVIDENCE = 50  # places shown of one finding; JSON lists all
_OPENED = 12  # findings shown opened when there are few
_WHEN_ACCEPTED = "An accept block of the record answers for these until a day."


def groups(ctx: Context) -> tuple[Group, ...]:
    """Group the findings: by severity, then those to review, for information, and past ones."""
    counting = differences(ctx.result)
    few = len(counting) <= _OPENED
    out = [
        Group(
            severity.value,
            f"{severity.value.capitalize()} ({sum(f.severity is severity for f in counting)})",
            "",
            finding_views(ctx, [f for f in counting if f.severity is severity], opened=few),
        )
        for severity in reversed(Severity)
    ]
    out += [
        _aside(
            ctx,
            "possible",
            "Possible, to review",
            "Not sure enough to count in the result. A quick look decides; most are harmless.",
            possible(ctx.result),
        ),
        _aside(
            ctx,
            "info",
            "For information",
            "They weigh little: good to know when the record is next reviewed.",
            informative(ctx.result),
        ),
        _aside(ctx, "accepted", "Accepted", _WHEN_ACCEPTED, _in_state(ctx, State.ACCEPTED)),
        _aside(
            ctx,
            "past",
            "Resolved, or not seen this time",
            "Resolved: the place was read again and it is gone. Not seen this time: it was not "
            "read well enough to say.",
            _in_state(ctx, State.RESOLVED, State.NOT_SEEN),
        ),
    ]
    return tuple(group for group in out if group.findings)


def _aside(ctx: Context, key: str, title: str, about: str, findings: Sequence[Finding]) -> Group:
    return Group(
        key, f"{title} ({len(findings)})", about, finding_views(ctx, findings), collapsed=True
    )


def _in_state(ctx: Context, *states: State) -> list[Finding]:
    return words.best_first(
        finding
        for finding in ctx.result.findings
        if finding.section == "findings" and finding.state in states
    )


def record_groups(ctx: Context) -> tuple[Group, ...]:
    """Group the record's own gaps by activity."""
    own = [
        finding
        for finding in words.best_first(ctx.result.findings)
        if finding.section == "record" and finding.state in words.ACTIVE
    ]
    keys = sorted({(f.record if ctx.several else "", f.activity) for f in own})
    out = []
    for record, activity in keys:
        mine = [
            finding
            for finding in own
            if finding.activity == activity and (not ctx.several or finding.record == record)
        ]
        name = f"Activity {activity}" if activity else "The record as a whole"
        of = f", {record}" if record else ""
        out.append(Group(activity, f"{name}{of} ({len(mine)})", "", finding_views(ctx, mine)))
    return tuple(out)


def rules(findings: Iterable[Finding]) -> tuple[Fact, ...]:
    """Return each rule that speaks, with its name, once."""
    return tuple(Fact(*pair) for pair in sorted({(f.rule, f.name) for f in findings}))


def finding_views(
    ctx: Context, findings: Iterable[Finding], *, opened: bool = False
) -> tuple[FindingView, ...]:
    """Turn findings into views, in the order given."""
    return tuple(_finding(ctx, finding, opened=opened) for finding in findings)


def _finding(ctx: Context, finding: Finding, *, opened: bool) -> FindingView:
    best = words.strongest_first(finding.evidence)
    left = len(best) - EVIDENCE
    return FindingView(
        anchor=ctx.anchor(finding),
        rule=finding.rule,
        name=finding.name,
        title=words.sentence(finding.title),
        severity=finding.severity.value,
        confidence=finding.confidence.value,
        state=finding.state.value,
        state_label=_state(finding),
        place=best[0].place if best else finding.prefix or finding.store,
        facts=_facts(ctx, finding),
        evidence=tuple(_evidence(ctx, item) for item in best[:EVIDENCE]),
        more_evidence=f"{words.plural(left, 'more place')} in the JSON report." if left > 0 else "",
        children=finding.children,
        advice=finding.advice,
        fix=finding.fix.strip("\n"),
        also=tuple(_also(item) for item in finding.also),
        open=opened and finding.severity.rank >= Severity.HIGH.rank,
    )


def _state(finding: Finding) -> str:
    label = words.STATES[finding.state]
    if finding.state is State.ACCEPTED and finding.accepted_until:
        return f"{label} until {words.day(finding.accepted_until)}"
    return label


def _since(ctx: Context, finding: Finding) -> str:
    if finding.first_seen is None or finding.state not in (State.KNOWN, State.GROWN):
        return ""
    days = (ctx.result.as_of - finding.first_seen).days
    return f"{words.day(finding.first_seen)} ({words.plural(days, 'day')})"


def _facts(ctx: Context, finding: Finding) -> tuple[Fact, ...]:
    name = words.category(finding.category)
    shown = f"{name} ({finding.category})" if name != finding.category else name
    facts = (
        Fact("Category", shown),
        Fact("Store", finding.store),
        Fact("Not matched", finding.prefix if finding.rule == "I02" else ""),
        Fact("Record", finding.record if ctx.several else ""),
        Fact("Declared", finding.declared),
        Fact("Detail", finding.qualifier),
        Fact("Values found", words.number(finding.records) if finding.records else ""),
        Fact("Articles to read", words.articles(finding.articles)),
        Fact("Owner", finding.owner),
        Fact("First seen", _since(ctx, finding)),
        Fact("Fingerprint", finding.fingerprint),
    )
    return tuple(fact for fact in facts if fact.text)


def _also(finding: Finding) -> AlsoView:
    return AlsoView(
        finding.rule,
        finding.name,
        words.sentence(finding.title),
        finding.severity.value,
        words.articles(finding.articles),
    )


def _evidence(ctx: Context, item: Evidence) -> EvidenceView:
    asset, _, field = item.place.partition("#")
    cover = ctx.coverage.get(asset)
    exact = item.method is Method.WHOLE or bool(cover and cover.counted)
    by_name = item.entity is None and not item.matched
    template = field.partition(".")[0]
    return EvidenceView(
        place=item.place,
        category=words.category(item.category),
        counted=words.counted(item.matched, item.examined, item.method, item.cells),
        method=words.method(item.method, item.population, exact=exact),
        confidence=item.confidence.value,
        score=f"{item.score:.2f}",
        by="the field's name" if by_name and not item.by else ", ".join(item.by),
        marks=words.marks(item.marks),
        template=ctx.templates.get(f"{asset}#{template}", ""),
        shapes=item.examples,
        why=tuple(reason.rstrip(".") for reason in item.why),
    )


def short_place(finding: Finding) -> str:
    """Name the place of a finding briefly: the last part of its path with the field."""
    best = words.strongest_first(finding.evidence)
    text = best[0].place if best and finding.rule != "I02" else finding.prefix
    if "://" not in text:
        return text or finding.store
    path = Path.parse(text)
    last = path.segments[-1] if path.segments else path.source
    return f"{last}#{path.field}" if path.field else last
