"""What will be done with each asset, decided before anything is read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from scanner.errors import StoreError
from scanner.model import Ask, Asset, AssetPlan, Depth, Plan, Question, glob_match, place
from scanner.ropa.matching import Match, Matcher, answers_for
from scanner.ropa.periods import cutoff, parse_period
from scanner.ropa.types import Activity, Retention, Ropa, Store

COVERAGE = "coverage"  # asked for the report alone, by no rule

# Stores of these kinds hold correspondence: read as metadata unless the record asks for content.
_CORRESPONDENCE = frozenset({"mail"})


_ASKED = {
    Ask.COUNT_BEFORE: "how many rows lie before the cutoff by",
    Ask.EXTREMES: "the oldest and newest of",
    Ask.GROUPS: "the counts by",
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
    matchers = [(ropa, Matcher(ropa)) for ropa in ropas]
    units = [_unit(asset, matchers, as_of, names_only) for asset in assets]
    return Plan(tuple(sorted(units, key=lambda unit: unit.asset.path)))


def _unit(
    asset: Asset, matchers: Sequence[tuple[Ropa, Matcher]], as_of: date, names_only: bool
) -> AssetPlan:
    choices, questions, store_id = [], [], ""
    for ropa, matcher in matchers:
        if not answers_for(ropa, asset.source):
            continue
        match = matcher.match(asset.path)
        if match.store is None:
            continue
        store_id = store_id or match.store.id
        choices.append(_declared_depth(ropa, match))
        questions += _retention_questions(ropa, match.store, asset, as_of)
    if asset.type == "log":
        questions.append(Question(Ask.EXTREMES, "", because=COVERAGE))
    choice = _strictest(choices) if choices else _Choice(Depth.CONTENT, "default")
    if asset.type == "file" and choice.depth is Depth.CONTENT:
        choice = _Choice(Depth.METADATA, "media")
    if names_only and choice.depth is Depth.CONTENT:
        choice = _Choice(Depth.METADATA, "depth")
    asked = () if names_only or choice.depth is Depth.NOTHING else tuple(dict.fromkeys(questions))
    return AssetPlan(asset, choice.depth, choice.why, choice.by, asked, store_id)


def _strictest(choices: Sequence[_Choice]) -> _Choice:
    order = (Depth.NOTHING, Depth.METADATA, Depth.CONTENT)
    return min(choices, key=lambda choice: order.index(choice.depth))


def _declared_depth(ropa: Ropa, match: Match) -> _Choice:
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
    if _only_as_processor(ropa, store) and not store.scan_authorised_by:
        return _Choice(Depth.METADATA, "processor", line)
    return _Choice(Depth.CONTENT, "default", line)


def _only_as_processor(ropa: Ropa, store: Store) -> bool:
    """Tell whether all activities that use this store's data act for somebody else."""
    used = _activities_of(ropa, store)
    return bool(used) and all(activity.role == "processor" for activity in used)


def _activities_of(ropa: Ropa, store: Store) -> list[Activity]:
    system = next((system for system in ropa.systems if system.id == store.system), None)
    ids = system.activities if system else ()
    named = [activity for activity in ropa.activities if activity.id in ids]
    groups = set(store.data_groups)
    sharing = [activity for activity in named if groups & set(activity.data_groups)]
    return sharing or named


def _retention_questions(ropa: Ropa, store: Store, asset: Asset, as_of: date) -> list[Question]:
    out = []
    for rule in ropa.retentions:
        if not _about(rule, store) or rule.proof is None or not rule.proof.column:
            continue
        glob = rule.proof.column.replace("{source}", asset.source)
        for field in asset.fields:
            if glob_match(glob, place(asset.path, field.name)):
                out += _cutoff_questions(rule, field.name, as_of)
    return out


def _about(rule: Retention, store: Store) -> bool:
    chosen = rule.selector
    if chosen.stores and store.id not in chosen.stores:
        return False
    return not chosen.groups or bool(set(chosen.groups) & set(store.data_groups))


def _cutoff_questions(rule: Retention, field: str, as_of: date) -> list[Question]:
    because = f"retention:{rule.id}"
    if not rule.period:
        return [Question(Ask.EXTREMES, field, because=because)]
    day = cutoff(as_of, parse_period(rule.grace)) if rule.grace else as_of
    day = cutoff(day, parse_period(rule.period))
    first_kept = datetime(day.year, day.month, day.day, tzinfo=UTC)
    return [
        Question(Ask.COUNT_BEFORE, field, cutoff=first_kept, because=because),
        Question(Ask.EXTREMES, field, because=because),
    ]


def unanswered(question: Question, error: StoreError) -> str:
    """Say in one sentence which question has no answer, and why."""
    what = question.field or "the time of the entries"
    reason = "" if question.because == COVERAGE else f" ({question.because} needs it)"
    return f"{_ASKED[question.ask]} {what} could not be told{reason}: {error}"
