"""What the records say of one field, and the correction that could be pasted into them."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scanner.model import (
    AssetResult,
    Correction,
    ExplainedField,
    Inventory,
    Outcome,
    Statement,
    place,
)
from scanner.ropa.declared import Declared
from scanner.ropa.matching import Match, Matcher, answers_for
from scanner.ropa.types import Ropa, Store
from scanner.rules.corrections import correct, line, stands, untouchable

_WHO = "who looked, and what it is"


@dataclass(frozen=True, slots=True)
class Recorded:
    """Statements and corrections of all records; ``store`` is the first that covers the asset."""

    statements: tuple[Statement, ...] = ()
    corrections: tuple[Correction, ...] = ()
    store: Store | None = None


def of(result: AssetResult, item: ExplainedField, ropas: Sequence[Ropa]) -> Recorded:
    """Ask every record that answers for the asset's source about one of its fields."""
    statements: list[Statement] = []
    made: list[Correction] = []
    first: Store | None = None
    for ropa in ropas:
        if not answers_for(ropa, result.asset.source):
            continue
        matcher = Matcher(ropa)
        match = matcher.match(result.asset.path)
        first = first or match.store
        statements += _statements(ropa, matcher, match, result, item)
        made += _corrections(ropa, matcher, match, result, item)
    if not statements:
        statements = [Statement("", "", "no record answers for this source")]
    return Recorded(tuple(statements), tuple(made), first)


def _stores(match: Match) -> tuple[Store, ...]:
    return match.ambiguous or ((match.store,) if match.store else ())


def _statements(
    ropa: Ropa, matcher: Matcher, match: Match, result: AssetResult, item: ExplainedField
) -> Iterator[Statement]:
    """Say where the categories held in a field are declared."""
    record, path = ropa.organisation.id, place(result.asset.path, item.field)
    stores = _stores(match)
    if not stores:
        yield Statement(record, "", _unmatched(match))
        return
    named = " and ".join(store.id for store in stores)
    both = "stores {} claim it equally" if len(stores) > 1 else "store {} covers the asset"
    yield Statement(record, "", both.format(named), str(stores[0].origin))
    declared = Declared(ropa)
    rules = [(store, rule) for store in stores for rule in matcher.field_rules(store, path)]
    for id_ in dict.fromkeys(one.category for one in item.readings if one.outcome == "held"):
        settled = next(((s, rule) for s, rule in rules if rule.must_be == id_), None)
        if settled:
            said = f"declared for this very field (must_be of {settled[1].match})"
            yield Statement(record, id_, said, line(*settled))
            continue
        yield _declared(record, id_, declared, stores, text=item.text)


def _declared(
    record: str, id_: str, declared: Declared, stores: Sequence[Store], *, text: bool
) -> Statement:
    """Say where a category is declared; ``text``: the field holds free text."""
    here = [s for s in stores if id_ in declared.allowed(s.id)]
    if here:
        groups = [g for g in declared.groups(here[0].id) if g in declared.declaring(id_)]
        by = ", ".join(group.id for group in groups)
        return Statement(record, id_, f"declared here: data group {by}", str(here[0].origin))
    free = [group.id for store in stores for group in declared.unbounded(store.id)]
    open_ = ""
    if text and free and not untouchable(id_):
        open_ = f"; data group {free[0]} is unbounded, so its content may hold it"
    elsewhere = declared.stores(id_)
    if elsewhere:
        named = ", ".join(store.id for store in elsewhere[:4])
        said = f"not declared here; declared for: {named}{open_}"
        return Statement(record, id_, said, str(elsewhere[0].origin))
    if declared.anywhere(id_):
        return Statement(record, id_, f"not declared here; declared for no store{open_}")
    return Statement(record, id_, f"not declared in this record{open_}")


def _unmatched(match: Match) -> str:
    if match.excluded_by:
        return f"the asset is left out (exclude = {json.dumps(match.excluded_by)})"
    draft = f"; the draft store {match.draft.id} would cover it" if match.draft else ""
    return f"nothing in the record covers the asset{draft}"


def _corrections(
    ropa: Ropa, matcher: Matcher, match: Match, result: AssetResult, item: ExplainedField
) -> Iterator[Correction]:
    """Return the corrections that speak of a field, those without effect too."""
    path = place(result.asset.path, item.field)
    lines = {
        (line(s, rule), rule.match) for s in _stores(match) for rule in matcher.field_rules(s, path)
    }
    for made in correct(Inventory(results=(result,)), ropa, matcher).corrections:
        if made.place == path or (
            made.outcome is Outcome.IDLE and (made.line, made.match) in lines
        ):
            yield made


def toml(result: AssetResult, item: ExplainedField, store: Store | None) -> str:
    """Write corrections of a field to paste below the ``[[store]]`` that covers its asset.

    Empty when nothing is held there: there is nothing to correct.
    """
    held = [one.category for one in item.readings if one.outcome == "held"]
    if not held:
        return ""
    where = f'the [[store]] with id = "{store.id}"' if store else "the [[store]] that covers it"
    file = f" in {store.origin.file}" if store and store.origin.file else ""
    names = ", ".join(f'"{id_}"' for id_ in held)
    weighty = " (every report will name this line)" if any(map(untouchable, held)) else ""
    blocks = [(f"# A false alarm: name here what it is not{weighty}.", f"is_not = [{names}]")]
    meant = _meant(result, item)
    if meant:
        blocks.append(("# Or: personal data, but of this category.", f'must_be = "{meant}"'))
    path = json.dumps(place(result.asset.path, item.field), ensure_ascii=False)
    written = [
        f'{why}\n[[store.field]]\nmatch = {path}\n{key}\nnote = "{_WHO}"' for why, key in blocks
    ]
    return f"# Below {where}{file}.\n" + "\n\n".join(written) + "\n"


def _meant(result: AssetResult, item: ExplainedField) -> str:
    """Return another category that was considered and that ``must_be`` could settle."""
    first, *others = (one.category for one in item.readings)
    mine = (one for one in result.holdings if one.field == item.field)
    best = next((one for one in mine if one.category == first), None)
    return next((id_ for id_ in others if best and not stands(best, id_)), "")
