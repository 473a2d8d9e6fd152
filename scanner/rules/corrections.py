"""Corrections of the record, applied to holdings before any rule runs.

``is_not`` of a ``store.field`` sets aside what was found there of these categories. ``must_be``
says as what the field's holdings are to be read: the record's word makes the category, the
evidence and its confidence stay as they are. It holds against a name, against what only a word
list or a name suggests, and against a recognizer that serves both categories. It does not hold
against values that speak for themselves, so that it never hides a secret, a card or an address;
only ``is_not`` does that, and says so.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from scanner.model import (
    AssetResult,
    Confidence,
    Correction,
    Depth,
    Holding,
    Inventory,
    Outcome,
    place,
)
from scanner.ropa.declared import members
from scanner.ropa.matching import Matcher
from scanner.ropa.types import FieldRule, Ropa, Store
from scanner.taxonomy import taxonomy

IS_NOT, MUST_BE = "is_not", "must_be"


@dataclass(frozen=True, slots=True)
class Corrected:
    """An inventory as the record corrects it, and every correction, those without effect too."""

    inventory: Inventory
    corrections: tuple[Correction, ...] = ()


def correct(inventory: Inventory, ropa: Ropa, matcher: Matcher) -> Corrected:
    """Apply the corrections of one record.

    ``inventory`` is limited to the sources that the record answers for. Corrections come sorted:
    first those that set aside an id, a card, a secret or a special category, then by place.
    """
    if not any(rule.must_be or rule.is_not for store in ropa.stores for rule in store.fields):
        return Corrected(inventory)
    desk = _Desk(ropa, matcher)
    results = tuple(desk.result(result) for result in inventory.results)
    made = (*desk.made, *desk.idle())
    return Corrected(replace(inventory, results=results), tuple(sorted(made, key=_order)))


def _order(item: Correction) -> tuple[bool, int, str, str, str]:
    weighty = item.weighty and item.outcome in (Outcome.REMOVED, Outcome.CHANGED)
    return not weighty, list(Outcome).index(item.outcome), item.place, item.setting, item.found


@dataclass(slots=True)
class _Desk:
    """Applies the corrections of one record, and notes what became of each."""

    ropa: Ropa
    matcher: Matcher
    made: list[Correction] = field(default_factory=list)
    # Fields that each line speaks of: those read, and those known by name only.
    read: Counter[tuple[str, str]] = field(default_factory=Counter)
    named: Counter[tuple[str, str]] = field(default_factory=Counter)
    used: set[tuple[str, str, str, str]] = field(default_factory=set)

    def result(self, result: AssetResult) -> AssetResult:
        """Return what an asset holds, corrected."""
        match = self.matcher.match(result.asset.path)
        stores = match.ambiguous or ((match.store,) if match.store else ())
        if not any(store.fields for store in stores):
            return result
        self._note_fields(result, stores)
        kept: dict[tuple[str, str], Holding] = {}
        for holding in result.holdings:
            now = self._holding(holding, stores)
            if now is not None:
                key = now.field, now.category
                kept[key] = _surer(kept[key], now) if key in kept else now
        return replace(result, holdings=tuple(kept[key] for key in sorted(kept)))

    def _note_fields(self, result: AssetResult, stores: Iterable[Store]) -> None:
        count = self.read if result.coverage.depth is Depth.CONTENT else self.named
        names = {f.name for f in result.asset.fields} | {h.field for h in result.holdings}
        for name in names - {""}:
            for store, rule in self._rules(stores, place(result.asset.path, name)):
                count[store.id, rule.match] += 1

    def _rules(self, stores: Iterable[Store], path: str) -> list[tuple[Store, FieldRule]]:
        return [(s, rule) for s in stores for rule in self.matcher.field_rules(s, path)]

    def _holding(self, holding: Holding, stores: Iterable[Store]) -> Holding | None:
        """Return a holding as the record corrects it; None when the record sets it aside."""
        if not holding.field:
            return holding
        rules = self._rules(stores, place(holding.asset, holding.field))
        meant = next(((s, rule) for s, rule in rules if rule.must_be), None)
        now = self._meant(holding, *meant) if meant else holding
        for store, rule in rules:
            named = [id_ for id_ in rule.is_not if now.category in members((id_,))]
            if named:
                self.used.update((store.id, rule.match, IS_NOT, id_) for id_ in named)
                self._note(store, rule, IS_NOT, Outcome.REMOVED, now)
                return None
        if meant and now.category != meant[1].must_be:
            self._note(*meant, MUST_BE, Outcome.KEPT, holding, now.category)
        return now

    def _meant(self, holding: Holding, store: Store, rule: FieldRule) -> Holding:
        """Read a holding as what the most specific line of the record says, if that can be."""
        self.used.add((store.id, rule.match, MUST_BE, rule.must_be))
        if holding.category == rule.must_be or stands(holding, rule.must_be):
            return holding
        self._note(store, rule, MUST_BE, Outcome.CHANGED, holding, rule.must_be)
        said = f'the record says what it is (must_be); found as "{_name(holding.category)}"'
        return replace(holding, category=rule.must_be, why=(*holding.why, said))

    def _note(
        self,
        store: Store,
        rule: FieldRule,
        key: str,
        outcome: Outcome,
        holding: Holding,
        category: str = "",
    ) -> None:
        kept = outcome is Outcome.KEPT
        self.made.append(
            Correction(
                record=self.ropa.organisation.id,
                store=store.id,
                setting=key,
                outcome=outcome,
                place=place(holding.asset, holding.field),
                found=holding.category,
                category=category,
                line=line(store, rule),
                match=rule.match,
                note=rule.note,
                records=holding.records,
                confidence=holding.confidence,
                weighty=untouchable(holding.category),
                detail=_AGAINST.format(wanted=_name(rule.must_be)) if kept else "",
            )
        )

    def idle(self) -> Iterator[Correction]:
        """Yield the corrections that had nothing to correct."""
        for store in self.ropa.stores:
            if store.status == "draft":
                continue
            for rule in store.fields:
                lines = [(IS_NOT, id_) for id_ in rule.is_not]
                lines += [(MUST_BE, rule.must_be)] if rule.must_be else []
                for key, id_ in lines:
                    if (store.id, rule.match, key, id_) not in self.used:
                        yield self._idle(store, rule, key, id_)

    def _idle(self, store: Store, rule: FieldRule, key: str, id_: str) -> Correction:
        return Correction(
            record=self.ropa.organisation.id,
            store=store.id,
            setting=key,
            outcome=Outcome.IDLE,
            place=rule.match,
            found=id_ if key == IS_NOT else "",
            category=id_ if key == MUST_BE else "",
            line=line(store, rule),
            match=rule.match,
            note=rule.note,
            detail=self._why_idle(store, rule, key),
        )

    def _why_idle(self, store: Store, rule: FieldRule, key: str) -> str:
        read = self.read[store.id, rule.match]
        if read:
            what = "nothing of that category" if key == IS_NOT else "no personal data"
            where = "in the field" if read == 1 else f"in its {read:,} fields"
            return f"{what} was found {where} that it speaks of"
        if self.named[store.id, rule.match]:
            return "the fields that it speaks of were not read"
        return "it speaks of no field that this scan has seen"


_AGAINST = (
    'the record says "{wanted}" (must_be), the values speak for themselves; if this is a false '
    "alarm, is_not sets it aside"
)


def stands(holding: Holding, wanted: str) -> bool:
    """Tell whether a holding stays what it is although the record says ``wanted``.

    It does when its values were recognized by a form of their own: a secret, card, id or special
    category always, another plain form (an e-mail address) from probable on.
    """
    known = taxonomy().categories
    if holding.entity is None or holding.entity in known[wanted].entities:
        return False
    found = known.get(holding.category)
    if found is None or found.group == "other":  # not classified: that is what the line is for
        return False
    plain = found.seen == "C" and holding.confidence is not Confidence.POSSIBLE
    return found.untouchable or plain


def _surer(one: Holding, other: Holding) -> Holding:
    """Return the surer of two holdings that the record makes the same."""
    return max(one, other, key=lambda h: (h.confidence.rank, h.matched, h.score))


def line(store: Store, rule: FieldRule) -> str:
    """Name the line of the record: file and line."""
    return f"{store.origin.file}, line {rule.line}" if rule.line else store.origin.file


def untouchable(category: str) -> bool:
    """Tell whether a category is an id, a card, a secret or special."""
    found = taxonomy().categories.get(category)
    return found is not None and found.untouchable


def _name(category: str) -> str:
    found = taxonomy().categories.get(category)
    return found.name if found else category
