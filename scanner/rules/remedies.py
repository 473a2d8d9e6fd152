"""Ways out: advice, and TOML that a person may paste into the record."""

import json
import re
from collections.abc import Iterable

from scanner.model import Path, glob_match
from scanner.ropa.types import Store
from scanner.rules.comparison import Comparison, Shadow
from scanner.rules.reach import source_pattern
from scanner.rules.weights import category

REMOVE = (
    "Remove the data or move it to a store that declares it, and find out what writes it here; "
    "declaring it in this place is not the way out."
)
DECLARE = (
    "Ask the owner of the store whether the data is meant to be here: if so, declare it (proposal "
    "below), have it approved, and check the privacy notice; if not, remove it and what writes it."
)
CHECK_STORE = (
    "Ask who runs this and for what: declare it as a store (proposal below), or remove it. Name it "
    "under exclude of the configuration only when it holds nothing of the organisation."
)
INCIDENT = (
    "Confirm whether this is an incident; if so follow your procedure. Then stop what writes it, "
    "remove what is there"
)


def declarable(id_: str) -> bool:
    """Tell whether declaring a category is a way out: not for secrets, cards, ids, Art. 9."""
    return not category(id_).untouchable


def quoted(text: str) -> str:
    """Return a TOML basic string. JSON's escapes are a subset of TOML's."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _list(items: Iterable[str]) -> str:
    return "[" + ", ".join(quoted(item) for item in items) + "]"


def _id(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_") or "store"


def declare_in_store(store: Store, id_: str) -> str:
    """Propose a data group that adds a category to a store: appended, it amends the record."""
    return (
        "[[data_group]]\n"
        f"id = {quoted(_id(f'{store.id}_{id_}'))}\n"
        f"name = {quoted(category(id_).name)}\n"
        f"categories = {_list((id_,))}\n"
        f"stores = {_list((store.id,))}\n"
        "# activities = []  # name the activities that it serves\n"
    )


def _neighbour(comparison: Comparison, source: str) -> str:
    """Guess the system of an undeclared store: that of a store in the same source, else any."""
    for store in comparison.ropa.stores:
        for glob in (glob for site in store.sites for glob in site.match):
            if source_pattern(glob) != "*" and glob_match(source_pattern(glob), source):
                return store.system
    return next((system.id for system in comparison.ropa.systems), "name_of_a_system")


def declare_shadow(comparison: Comparison, shadow: Shadow) -> str:
    """Propose a draft store for what nothing matches; empty when all of it should go instead."""
    found = sorted({spot.category for spot in shadow.spots})
    kept = [id_ for id_ in found if declarable(id_)]
    if not kept:
        return ""
    left = [id_ for id_ in found if not declarable(id_)]
    path = Path.parse(shadow.assets[0].path)
    name = _id("_".join((path.source, *Path.parse(shadow.prefix).segments)))
    kind = "log" if shadow.assets[0].result.asset.kind == "log" else "database"
    lines = [
        "# A draft: it counts once approved_by and approved_on are set and status is active.",
        *(f"# Left out, to be removed there instead: {id_}" for id_ in left),
        "[[data_group]]",
        f"id = {quoted(f'{name}_data')}",
        f"categories = {_list(kept)}",
        "",
        "[[store]]",
        f"id = {quoted(name)}",
        f"system = {quoted(_neighbour(comparison, path.source))}  # check: is it part of this one?",
        f"kind = {quoted(kind)}",
        'status = "draft"',
        f"data_groups = {_list((f'{name}_data',))}",
        "",
        "[[store.site]]",
        f"match = {_list(shadow.globs)}",
    ]
    return "\n".join(lines) + "\n"
