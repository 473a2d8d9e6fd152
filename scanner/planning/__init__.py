"""What will be done with each asset, decided before anything is read."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from scanner.errors import StoreError
from scanner.model import Ask, Asset, AssetPlan, Depth, Plan, Question
from scanner.planning import access, children, residency, retention
from scanner.planning.context import Context
from scanner.ropa.matching import Match, Matcher, answers_for
from scanner.ropa.types import Ropa, Store

COVERAGE = "coverage"  # asked for the report alone, by no rule

# Stores of these kinds hold correspondence: read as metadata unless the record asks for content.
_CORRESPONDENCE = frozenset({"mail"})


# What the rules need to know of an asset of a declared store, one module for each family.
_ASKING: tuple[Callable[[Context, Store, Asset], Iterable[Question]], ...] = (
    retention.questions,
    residency.questions,
    children.questions,
)

_ASKED = {
    Ask.COUNT_BEFORE: "how many rows lie before the cutoff by",
    Ask.COUNT_FROM: "how many rows lie from the cutoff on by",
    Ask.COUNT_BELOW: "how many rows lie below the bound by",
    Ask.EXTREMES: "the oldest and newest of",
    Ask.GROUPS: "the counts by",
    Ask.MONTHS: "the counts by month of",
    Ask.CUSTOMERS: "the customers by region of",
}


@dataclass(frozen=True, slots=True)
class _Choice:
    depth: Depth
    why: str
    by: str = ""


def plan(
    assets: Iterable[Asset], ropas: Sequence[Ropa], as_of: date, *, names_only: bool = False
) -> Plan:
    """Decide depth and questions for every asset; units come sorted by path."""
    listed = {asset.path: asset for asset in assets}
    sides = [(Context(ropa, as_of, listed), Matcher(ropa)) for ropa in ropas]
    units = [_unit(asset, sides, names_only) for asset in listed.values()]
    return Plan(tuple(sorted(units, key=lambda unit: unit.asset.path)))


def _unit(asset: Asset, sides: Sequence[tuple[Context, Matcher]], names_only: bool) -> AssetPlan:
    choices: list[_Choice] = []
    questions: list[Question] = []
    store_id = ""
    for context, matcher in sides:
        if not answers_for(context.ropa, asset.source):
            continue
        questions += access.questions(context, asset)
        match = matcher.match(asset.path)
        if match.store is None:
            continue
        store_id = store_id or match.store.id
        choices.append(_declared_depth(context, match))
        for asking in _ASKING:
            questions += asking(context, match.store, asset)
    if asset.type == "log":
        questions.append(Question(Ask.EXTREMES, "", because=COVERAGE))
    choice = _strictest(choices) if choices else _Choice(Depth.CONTENT, "default")
    if asset.type == "file" and choice.depth is Depth.CONTENT:
        choice = _Choice(Depth.METADATA, "media")
    if names_only and choice.depth is Depth.CONTENT:
        choice = _Choice(Depth.METADATA, "depth")
    mine = [context.hosts for context, _ in sides if answers_for(context.ropa, asset.source)]
    hosts = mine[0] if len(mine) == 1 else tuple(sorted({host for one in mine for host in one}))
    asked = () if names_only or choice.depth is Depth.NOTHING else tuple(dict.fromkeys(questions))
    return AssetPlan(asset, choice.depth, choice.why, choice.by, asked, store_id, hosts=hosts)


def _strictest(choices: Sequence[_Choice]) -> _Choice:
    order = (Depth.NOTHING, Depth.METADATA, Depth.CONTENT)
    return min(choices, key=lambda choice: order.index(choice.depth))


def _declared_depth(context: Context, match: Match) -> _Choice:
    store = match.store
    if store is None:
        return _Choice(Depth.CONTENT, "default")
    line = str(store.origin)
    if store.sample == "none":
        return _Choice(Depth.NOTHING, "declared_none", line)
    if store.sample == "metadata":
        return _Choice(Depth.METADATA, "declared_metadata", line)
    if store.kind in _CORRESPONDENCE and store.sample != "content":
        return _Choice(Depth.METADATA, "correspondence", line)
    if context.declared.processor_only(store.id) and not store.scan_authorised_by:
        return _Choice(Depth.METADATA, "processor", line)
    return _Choice(Depth.CONTENT, "default", line)


def unanswered(questions: Sequence[Question], error: StoreError) -> str:
    """Say in one sentence which questions about one field have no answer, and why."""
    what = questions[0].field or "the time of the entries"
    kinds = dict.fromkeys(_ASKED[question.ask] for question in questions)
    needs = dict.fromkeys(q.because for q in questions if q.because != COVERAGE)
    verb = "needs" if len(needs) == 1 else "need"
    reason = f" ({', '.join(needs)} {verb} it)" if needs else ""
    return f"{', and '.join(kinds)} {what} could not be told{reason}: {error}"
