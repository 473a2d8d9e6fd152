"""What became of the safeguards that declared transfers name: void, expired, or replaced."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scanner.ropa.read_where import split_pair
from scanner.ropa.types import Transfer
from scanner.rules.comparison import Comparison
from scanner.rules.remedies import quoted
from scanner.rules.routes import exporter_regimes

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Lapsed:
    """A safeguard that a transfer names and that carries it no more, or not yet."""

    transfer: Transfer
    mechanism: str
    regime: str  # whose safeguard it is; empty when no regime of the record is known to ask for it
    pairs: tuple[Pair, ...]
    why: str  # a clause: "Safe Harbor was declared invalid on 2015-10-06"


def lapsed(comparison: Comparison) -> Iterator[Lapsed]:
    """Yield what lapsed, by transfer; a transfer that another one replaces is left out."""
    every = [(t, tuple(of_transfer(comparison, t))) for t in comparison.ropa.transfers]
    # What lapsed for all of its pairs replaces nothing.
    holding = [t for t, found in every if sum(len(f.pairs) for f in found) < len([*_named(t)])]
    for transfer, found in every:
        pairs = [pair for item in found for pair in item.pairs]
        if found and not _replaced(comparison, transfer, pairs, holding):
            yield from found


def of_transfer(comparison: Comparison, transfer: Transfer) -> Iterator[Lapsed]:
    """Yield the safeguards of one transfer that do not carry it at the date."""
    found: dict[tuple[str, str, str], list[Pair]] = defaultdict(list)
    for mechanism, pair in _named(transfer):
        for regime in _asking(comparison, transfer, mechanism, pair):
            why = _lapse(comparison, transfer, mechanism, regime)
            if why:
                found[(mechanism, regime, why)].append(pair)
    for (mechanism, regime, why), pairs in found.items():
        yield Lapsed(transfer, mechanism, regime, tuple(pairs), why)


def _named(transfer: Transfer) -> Iterator[tuple[str, Pair]]:
    """Yield each safeguard with the pair of places that it is named for."""
    if transfer.mechanism:
        for origin in transfer.from_:
            for to in transfer.to:
                if origin != to:
                    yield transfer.mechanism, (origin, to)
    for text, mechanism in transfer.mechanisms:
        pair = split_pair(text)
        if pair is not None:
            yield mechanism, pair


def _asking(
    comparison: Comparison, transfer: Transfer, mechanism: str, pair: Pair
) -> tuple[str, ...]:
    """Return the regimes under which a safeguard is judged: of where the data comes from.

    Where it comes from no regime's territory, those of the exporter that know the safeguard; one
    empty text when there is none. Nothing for a pair that needs no safeguard.
    """
    tables, day = comparison.tables, comparison.as_of
    origin, to = pair
    own: tuple[str, ...] = ()
    # Before the GDPR the same places were restricted by the Directive.
    if tables.in_eea(origin, day):
        own = ("eu_gdpr",)
        home = tables.flows_freely(to, day)
    elif tables.inside(origin, "GB", day):
        own = ("uk_gdpr",)
        home = tables.inside(to, "GB", day)
    else:
        tools = [tool for tool in tables.tools if tool.mechanism == mechanism]
        known = {regime for tool in tools for regime in tool.regimes}
        return tuple(r for r in exporter_regimes(comparison, transfer) if r in known) or ("",)
    entry = tables.adequate(own[0], to, day)
    needless = home or (entry is not None and entry.whole)
    return () if needless else own


def _lapse(comparison: Comparison, transfer: Transfer, mechanism: str, regime: str) -> str:
    """Say why a safeguard does not carry a transfer at the date; empty when it does."""
    day = comparison.as_of
    if transfer.expires is not None and transfer.expires < day:
        return f"it expired on {transfer.expires}"
    if transfer.signed is not None and transfer.signed > day:
        return f"it was signed on {transfer.signed} only"
    state = comparison.tables.mechanism_state(mechanism, day, regime=regime, signed=transfer.signed)
    return state.reason if state.state == "void" else ""


def _replaced(
    comparison: Comparison, old: Transfer, pairs: Sequence[Pair], holding: Sequence[Transfer]
) -> bool:
    """Tell whether another transfer of the same data carries all these pairs at the date."""

    def carried(pair: Pair, new: Transfer) -> bool:
        covered = [
            mechanism
            for mechanism, other in _named(new)
            if _within(comparison, pair[0], other[0]) and _within(comparison, pair[1], other[1])
        ]
        regimes = (_asking(comparison, new, mechanism, pair) for mechanism in covered)
        return any(
            not any(_lapse(comparison, new, mechanism, regime) for regime in asking)
            for mechanism, asking in zip(covered, regimes, strict=True)
        )

    others = [t for t in holding if t.id != old.id and _same_data(old, t)]
    return all(any(carried(pair, new) for new in others) for pair in pairs)


def _within(comparison: Comparison, place: str, other: str) -> bool:
    same = {place, other} <= {"EU", "EEA"}
    return same or comparison.tables.inside(place, other, comparison.as_of)


def _same_data(old: Transfer, new: Transfer) -> bool:
    groups = not new.data_groups or set(old.data_groups) <= set(new.data_groups)
    if not old.data_groups and new.data_groups:
        groups = False
    return groups and new.kind == old.kind and new.importer in (old.importer, "")


def renewed(transfer: Transfer, taken: frozenset[str]) -> str:
    """Propose a transfer that takes the place of one: its mechanism is for a person to name."""
    return proposal(transfer, f"{transfer.id}_2", taken)


def proposal(transfer: Transfer, name: str, taken: frozenset[str]) -> str:
    """Propose a transfer like this one under a name that no other has, its mechanism left open."""
    while name in taken:
        name += "_2"
    lines = ["[[transfer]]", f"id = {quoted(name)}", f"kind = {quoted(transfer.kind)}"]
    lines += [f"from = {_list(transfer.from_)}", f"to = {_list(transfer.to)}"]
    for key, id_ in (("exporter", transfer.exporter), ("importer", transfer.importer)):
        if id_:
            lines.append(f"{key} = {quoted(id_)}")
    if transfer.data_groups:
        lines.append(f"data_groups = {_list(transfer.data_groups)}")
    lines.append('# mechanism = "scc"  # name the safeguard that is in force')
    lines.append('# reference = ""  # and where it can be read')
    return "\n".join(lines) + "\n"


def _list(items: tuple[str, ...]) -> str:
    return "[" + ", ".join(quoted(item) for item in items) + "]"
