"""The matrix: every store of a record against every category declared or found there."""

import math
from collections.abc import Sequence

from reports.view import words
from reports.view.types import Cell, Matrix, MatrixGroup, MatrixRow, MatrixStore
from scanner.model import Confidence, Pair, RecordSummary
from scanner.taxonomy import taxonomy

SYMBOLS = {
    "found": ("●", "declared and found"),
    "undeclared": ("!", "found, not declared"),
    "maybe": ("!?", "possibly found, not declared"),
    "looked_for": ("○", "declared, looked for and not found"),
    "cannot_see": ("?", "declared, cannot be seen by this tool"),
    "not_reached": ("–", "declared, not reached"),
    "nothing": ("", "neither declared nor found"),
}

LEGEND = tuple(
    Cell(symbol, key, text) for key, (symbol, text) in SYMBOLS.items() if key != "nothing"
)

_NOTHING = Cell(SYMBOLS["nothing"][0], "nothing", SYMBOLS["nothing"][1])


def matrix(record: RecordSummary) -> Matrix:
    """Pivot the pairs of one record."""
    import pandas as pd  # only when there is a matrix to pivot

    shown = [pair for pair in record.pairs if pair.declared or pair.state == "found"]
    columns = _order_stores(record, shown)
    rows = _order_categories(shown)
    grid = (
        pd.DataFrame(
            [(pair.category, pair.store, _cell(pair)) for pair in shown],
            columns=["category", "store", "cell"],
        )
        .drop_duplicates(["category", "store"])
        .pivot(index="category", columns="store", values="cell")
        .reindex(index=rows, columns=columns)
    )
    cells = grid.map(lambda cell: cell if isinstance(cell, Cell) else _NOTHING).to_numpy().tolist()
    return Matrix(
        record.name or record.id,
        _stores(record, columns),
        _groups(rows, cells),
        LEGEND,
    )


def _order_stores(record: RecordSummary, pairs: Sequence[Pair]) -> list[str]:
    declared = [store.id for store in record.stores]
    others = sorted({pair.store for pair in pairs} - set(declared))
    return [*declared, *others]


def _order_categories(pairs: Sequence[Pair]) -> list[str]:
    """Keep the order of the taxonomy; categories that it does not know come last."""
    known = list(taxonomy().categories)
    there = {pair.category for pair in pairs}
    return [id_ for id_ in known if id_ in there] + sorted(there - set(known))


def _stores(record: RecordSummary, ids: Sequence[str]) -> tuple[MatrixStore, ...]:
    known = {store.id: store for store in record.stores}
    out = []
    for number, id_ in enumerate(ids, 1):
        store = known.get(id_)
        if store is None:
            out.append(MatrixStore(number, id_, "not declared", reached=True))
            continue
        seen = words.plural(store.assets, "asset") if store.reached else "not reached"
        why = f": {store.reason}" if store.reason and not store.reached else ""
        detail = ", ".join(filter(None, (store.system, store.kind, seen + why)))
        out.append(MatrixStore(number, id_, detail, store.reached))
    return tuple(out)


def _groups(rows: Sequence[str], cells: Sequence[Sequence[Cell]]) -> tuple[MatrixGroup, ...]:
    known = taxonomy()
    out: dict[str, list[MatrixRow]] = {}
    for id_, line in zip(rows, cells, strict=True):
        category = known.categories.get(id_)
        name = known.groups[category.group] if category else "Other"
        out.setdefault(name, []).append(MatrixRow(words.category(id_), tuple(line)))
    return tuple(MatrixGroup(name, tuple(lines)) for name, lines in out.items())


def _cell(pair: Pair) -> Cell:
    key = pair.state
    if key == "found" and not pair.declared:
        key = "maybe" if pair.confidence is Confidence.POSSIBLE else "undeclared"
    symbol, text = SYMBOLS[key]
    return Cell(symbol, key, text + _detail(pair))


def _detail(pair: Pair) -> str:
    if pair.state == "found" and pair.confidence:
        seen = f", {words.plural(pair.matched, 'value')}" if pair.matched else ""
        return f" ({pair.confidence.value}{seen})"
    if pair.state == "looked_for" and pair.examined:
        values = words.plural(pair.examined, "value")
        if pair.bound and pair.bound >= 1:
            return f" (none in {values}: too few to say)"
        if pair.bound:
            return f" (none in {values}: under {_bound(pair.bound)} of all)"
        return f" (none in all {values})"
    return ""


def _bound(share: float) -> str:
    """Round up to two digits, so that the bound stays true."""
    percent = share * 100
    scale = 10.0 ** max(0, 1 - math.floor(math.log10(percent)))
    return f"{math.ceil(percent * scale - 1e-9) / scale:g}%"
