"""Places that no declared store matches, in families that one decision can settle."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from scanner.model import Confidence, Inventory, Path
from scanner.ropa.types import Organisation, Ropa
from scanner.rules.building import comparisons
from scanner.rules.comparison import Matched, Shadow, Spot
from scanner.rules.weights import category

_DIGITS = re.compile(r"\d+")
_NOBODY = frozenset({"unknown", "none"})


@dataclass(frozen=True, slots=True)
class Family:
    """Assets of one place that belong together: tenants, partitions, rotated files, copies.

    ``rows`` adds up what is known of their sizes; None when nothing is. ``categories`` are at
    least probable, ``possible`` the others. ``subject`` is the likeliest, or empty.
    """

    place: str  # path with the numbers starred
    globs: tuple[str, ...]
    source: str
    kind: str  # of the path
    environment: str
    country: str
    categories: tuple[str, ...]
    possible: tuple[str, ...]
    subject: str
    rows: int | None
    assets: tuple[str, ...]
    draft: str = ""  # id of the draft store that would match


def unmatched(inventory: Inventory, ropas: Sequence[Ropa], as_of: date) -> tuple[Shadow, ...]:
    """Return the places with personal data that no record matches; without records, all."""
    given = tuple(ropas) or (Ropa(Organisation("nobody")),)
    return tuple(shadow for one in comparisons(inventory, given, as_of) for shadow in one.shadows)


def families(
    inventory: Inventory, ropas: Sequence[Ropa], as_of: date, *, whole: bool = False
) -> tuple[Family, ...]:
    """Return the families that wait for a decision, sorted by place.

    ``whole`` makes one family of each unmatched place (a source, a database, a schema), as a
    first draft wants it; else the assets of one place that differ in more than numbers are told
    apart.
    """
    out: list[Family] = []
    for shadow in unmatched(inventory, ropas, as_of):
        if whole:
            out.append(_family(shadow.prefix, shadow.globs, shadow.assets, shadow.spots, inventory))
            continue
        held: dict[str, list[Matched]] = defaultdict(list)
        for asset in shadow.assets:
            held[_starred(asset.path)].append(asset)
        for pattern, assets in held.items():
            paths = {asset.path for asset in assets}
            spots = tuple(s for s in shadow.spots if s.holding.asset in paths)
            globs = (pattern,) if len(assets) > 1 else (assets[0].path,)
            out.append(
                _family(pattern if len(assets) > 1 else globs[0], globs, assets, spots, inventory)
            )
    return tuple(sorted(out, key=lambda family: family.place))


def _starred(path: str) -> str:
    """Replace the numbers below the source by ``*``."""
    whole = Path.parse(path)
    return str(Path(whole.kind, whole.source, tuple(_DIGITS.sub("*", s) for s in whole.segments)))


def _family(
    place: str,
    globs: tuple[str, ...],
    assets: Sequence[Matched],
    spots: Iterable[Spot],
    inventory: Inventory,
) -> Family:
    found = tuple(spots)
    path = Path.parse(assets[0].path)
    status = next(s for s in inventory.sources if s.name == path.source)
    sure = {s.category for s in found if s.holding.confidence is not Confidence.POSSIBLE}
    return Family(
        place=place,
        globs=globs,
        source=path.source,
        kind=path.kind,
        environment=status.environment,
        country=status.country,
        categories=_by_weight(sure),
        possible=_by_weight({s.category for s in found} - sure),
        subject=subject(found),
        rows=_rows(assets),
        assets=tuple(asset.path for asset in assets),
        draft=next((asset.draft for asset in assets if asset.draft), ""),
    )


def _by_weight(ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(ids, key=lambda id_: (-category(id_).weight.rank, id_)))


def _rows(assets: Iterable[Matched]) -> int | None:
    known = [
        rows
        for asset in assets
        if (rows := asset.result.coverage.population or asset.result.asset.population) is not None
    ]
    return sum(known) if known else None


def subject(spots: Iterable[Spot]) -> str:
    """Return whose data it most likely is, by the number of fields that say so."""
    said = Counter(s.holding.subject for s in spots if s.holding.subject not in _NOBODY)
    return min(said, key=lambda name: (-said[name], name)) if said else ""


def merged(parts: Sequence[Family]) -> Family:
    """Join families of one source that a person treats alike."""
    if len(parts) == 1:
        return parts[0]
    said = Counter(part.subject for part in parts if part.subject)
    rows = [part.rows for part in parts if part.rows is not None]
    sure = {id_ for part in parts for id_ in part.categories}
    return replace(
        parts[0],
        place=f"{parts[0].kind}://{parts[0].source}",
        globs=tuple(glob for part in parts for glob in part.globs),
        categories=_by_weight(sure),
        possible=_by_weight({id_ for part in parts for id_ in part.possible} - sure),
        subject=min(said, key=lambda name: (-said[name], name)) if said else "",
        rows=sum(rows) if rows else None,
        assets=tuple(path for part in parts for path in part.assets),
    )
