"""An explanation as people read it: lines and facts, ready to be shown."""

from dataclasses import dataclass

from reports.view import words
from reports.view.types import Fact, Table
from scanner.model import (
    Correction,
    Depth,
    ExplainedField,
    Explanation,
    Missed,
    Outcome,
    Path,
    Reading,
)


@dataclass(frozen=True, slots=True)
class StepView:
    """One piece of evidence: signed points and the sentence."""

    points: str  # "+0.50"
    text: str


@dataclass(frozen=True, slots=True)
class ReadingView:
    """One category that was considered."""

    title: str  # "Email address (email_address): confirmed, 0.95"
    tone: str  # "confirmed", "probable", "possible" or "no"
    steps: tuple[StepView, ...]
    sum: StepView
    facts: tuple[Fact, ...]
    changes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ExplanationView:
    """One field, or with ``fields`` an overview of an asset."""

    banner: str
    title: str
    facts: tuple[Fact, ...]
    readings: tuple[ReadingView, ...]
    silence: str  # when nothing was considered
    missed: tuple[Fact, ...]
    record: tuple[Fact, ...]
    toml: str
    fields: Table | None
    cuts: str
    generator: str


def explanation(item: Explanation) -> ExplanationView:
    """Build the view of an explanation."""
    one = item.fields[0] if item.field else None
    view = ExplanationView(
        banner=words.BANNER if item.synthetic else "",
        title=item.path,
        facts=_facts(item, one),
        readings=tuple(_reading(r, one) for r in (one.readings if one else item.whole)),
        silence=_silence(one) if one else "",
        missed=_missed(one) if one else (),
        record=_record(item) if one else (),
        toml=item.toml,
        fields=None if one else _overview(item),
        cuts="; ".join(f"{name} from {cut:.2f}" for name, cut in item.cuts),
        generator=f"ropascan {item.version}",
    )
    return words.clean(view)


def _silence(one: ExplainedField) -> str:
    if one.places:
        return (
            "Messages are judged at the places of their templates; explain one of these: "
            + ", ".join(f"#{name}" for name in one.places)
        )
    return "No evidence speaks for any category of personal data."


def _facts(item: Explanation, one: ExplainedField | None) -> tuple[Fact, ...]:
    out = [Fact("Read", _how(item))]
    if one and item.depth is Depth.CONTENT:
        out.append(Fact("Values", _values(one)))
        if one.shapes:
            out.append(Fact("Shapes", _shapes(one)))
        if one.template:
            out.append(Fact("In lines", one.template))
    out += [Fact("Gap", words.sentence(gap.detail)) for gap in item.gaps]
    return tuple(out)


def _how(item: Explanation) -> str:
    if item.depth is not Depth.CONTENT:
        why = words.OMISSIONS.get(item.why, item.why)
        return f"{why} ({item.by})" if item.by else why
    how = words.method(item.method, item.population, exact=item.counted)
    return f"{how}; {words.plural(item.rows, _unit(item.path))}"


def _unit(path: str) -> str:
    return "line" if Path.parse(path).kind == "log" else "row"


def _values(one: ExplainedField) -> str:
    parts = [words.plural(one.examined, "value")]
    if one.longest:
        lengths = f"{words.number(one.shortest)}"
        if one.longest != one.shortest:
            lengths += f" to {words.number(one.longest)}"
        parts += [f"{words.number(one.distinct)} distinct", f"{lengths} characters"]
        parts.append(f"{words.number(one.nulls)} empty")
    free = one.text and not one.template
    parts.append(f"kind {one.kind.value}" + (", free text" if free else ""))
    return ", ".join(parts)


def _shapes(one: ExplainedField) -> str:
    return "   ".join(
        f"{shape} ({words.percent(count, one.examined)})" if count else shape
        for shape, count in one.shapes
    )


def _reading(one: Reading, of: ExplainedField | None) -> ReadingView:
    tone = one.confidence.value if one.outcome == "held" and one.confidence else "no"
    name = words.brief(one.category)
    facts = [Fact("Outcome", _outcome(one))]
    if one.outcome == "held" and one.subject != "unknown":
        why = f": {'; '.join(one.subject_why)}" if one.subject_why else ""
        facts.append(Fact("Whose", one.subject.replace("_", " ") + why))
    if of is not None and 0 < one.examined < of.examined:
        total = words.plural(of.examined, "value")
        said = f"{words.number(one.examined)} of {total}, drawn at random: enough to tell"
        facts.append(Fact("Looked at", said))
    return ReadingView(
        title=f"{name} ({one.category}): {_short(one)}",
        tone=tone,
        steps=tuple(StepView(_points(step.points), step.text) for step in one.steps),
        sum=StepView(f"{one.score:.2f}", _sum(one)),
        facts=tuple(facts),
        changes=one.changes,
    )


def _points(points: float) -> str:
    return f"{points:+.2f}" if points else ""


def _short(one: Reading) -> str:
    if one.outcome == "held" and one.confidence:
        return f"{one.confidence.value}, {one.score:.2f}"
    return "set aside" if one.outcome == "set aside" and one.confidence else "not held"


def _sum(one: Reading) -> str:
    if one.total > one.cap:
        why = f": {one.cap_why}" if one.cap_why else ""
        if one.cap >= 1:
            return f"the sum is {one.total:.2f}; no score is above 1"
        return f"the sum is {one.total:.2f}, capped at {one.cap:.2f}{why}"
    if one.total < 0:
        return f"the sum is {one.total:.2f}; no score is below 0"
    if one.cap < 1:
        return f"the sum; it could reach {one.cap:.2f}: {one.cap_why}"
    return "the sum"


def _outcome(one: Reading) -> str:
    if one.outcome == "set aside" and one.confidence:
        said = f": {one.reason}" if one.reason else ""
        return f"set aside, because {words.category(one.against)} is the surer reading{said}"
    if one.outcome == "held" and one.confidence:
        return f"held as {one.confidence.value}"
    return "not held: below the lowest cut point"


def _missed(one: ExplainedField) -> tuple[Fact, ...]:
    """Group what was looked for in vain by how surely it is absent."""
    by_bound: dict[tuple[int, float], list[Missed]] = {}
    for entity in one.missed:
        by_bound.setdefault((entity.examined, entity.bound), []).append(entity)
    out = []
    for (examined, bound), found in sorted(by_bound.items(), reverse=True):
        out.append(Fact(_bound(examined, bound), ", ".join(_entity(m) for m in found)))
    return tuple(out)


def _bound(examined: int, bound: float) -> str:
    if not bound:
        return f"0 of all {words.number(examined)}"
    return f"0 of {words.number(examined)}: under {_percent(bound)}"


def _percent(share: float) -> str:
    return f"{share * 100:.2g} %" if share < 1 else "100 %"


def _entity(missed: Missed) -> str:
    if not missed.shaped:
        return missed.entity
    return f"{missed.entity} ({words.number(missed.shaped)} of its shape, none of them one)"


def _record(item: Explanation) -> tuple[Fact, ...]:
    """What the records say of the field, and the corrections that speak of it."""
    several = len({said.record for said in item.statements}) > 1
    out = []
    for said in item.statements:
        label = words.brief(said.category) if said.category else "The asset"
        label = f"{said.record}: {label}" if several else label
        out.append(Fact(label, said.said + (f" ({said.line})" if said.line else "")))
    out += [Fact("Correction", _correction(made)) for made in item.corrections]
    return tuple(out)


def _correction(made: Correction) -> str:
    found = words.category(made.found) if made.found else ""
    said = f" ({made.match}, {made.line})" + (f"; note: {made.note}" if made.note else "")
    if made.outcome is Outcome.REMOVED:
        return f"is_not: {found} is set aside in a scan{said}"
    if made.outcome is Outcome.CHANGED:
        return f"must_be: {found} counts as {words.category(made.category)} in a scan{said}"
    if made.outcome is Outcome.KEPT:
        return f"must_be: {found} stays; {made.detail}{said}"
    return f"{made.setting} {words.category(made.found or made.category)}: {made.detail}{said}"


def _overview(item: Explanation) -> Table:
    rows = [_row(one) for one in item.fields]
    return Table("", ("Field", "Held as", "Also considered"), tuple(rows))


def _row(one: ExplainedField) -> tuple[str, str, str]:
    held = [r for r in one.readings if r.outcome == "held" and r.confidence]
    rest = [r for r in one.readings if r.outcome != "held"]
    if one.places:
        return one.field, "see the places of its templates", ""
    said = "; ".join(
        f"{r.category}, {r.confidence.value} ({r.score:.2f})" for r in held if r.confidence
    )
    return one.field, said or "nothing", ", ".join(f"{r.category} ({r.score:.2f})" for r in rest)
