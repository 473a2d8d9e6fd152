"""Stores that nothing declares: the highest unmatched prefixes, look-alikes together."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from scanner.model import Path
from scanner.rules.comparison import Matched, Shadow, Spot

_DIGITS = re.compile(r"\d+")
_STEM = 3  # signs that the names of copies must share at the start
_LISTED = 20  # globs proposed one by one; above that, their common pattern


def shadows(assets: Sequence[Matched], spots: Iterable[Spot]) -> tuple[Shadow, ...]:
    """Return one shadow for each highest unmatched prefix below which something was found.

    ``spots`` are those at unknown assets. Numbered prefixes (tenants, partitions) and same-shaped
    copies become one shadow.
    """
    found: dict[str, list[Spot]] = defaultdict(list)
    for spot in spots:
        found[spot.holding.asset].append(spot)
    below = _highest(assets)
    out = []
    for pattern, key, prefixes in _alike(below):
        members = [asset for prefix in prefixes for asset in below[prefix]]
        mine = tuple(spot for asset in members for spot in found.get(asset.path, ()))
        if mine:
            held = {spot.holding.asset for spot in mine}
            kept = tuple(asset for asset in members if asset.path in held)
            out.append(Shadow(pattern, key, _globs(pattern, prefixes, below), kept, mine))
    return tuple(sorted(out, key=lambda shadow: shadow.prefix))


def _highest(assets: Sequence[Matched]) -> dict[str, list[Matched]]:
    """Collect the unknown assets by their highest ancestor below which nothing is known."""
    kept = {text for asset in assets if not asset.unknown for text in _ancestors(asset.path)}
    out: dict[str, list[Matched]] = defaultdict(list)
    for asset in assets:
        if asset.unknown:
            chain = _ancestors(asset.path)
            out[next((text for text in chain if text not in kept), asset.path)].append(asset)
    return out


def _ancestors(path: str) -> tuple[str, ...]:
    """Return the source, every prefix of segments, and the asset itself, highest first."""
    whole = Path.parse(path)
    return tuple(
        str(Path(whole.kind, whole.source, whole.segments[:n]))
        for n in range(len(whole.segments) + 1)
    )


def _alike(
    below: Mapping[str, Sequence[Matched]],
) -> Iterable[tuple[str, str, tuple[str, ...]]]:
    """Group prefixes: yield the pattern to show, the stable key, and the members."""
    numbered: dict[str, list[str]] = defaultdict(list)
    for prefix in sorted(below):
        numbered[_without_digits(prefix)].append(prefix)
    shaped: dict[tuple[str, object], list[str]] = defaultdict(list)
    for key, members in numbered.items():
        shaped[(_parent(key), _shape(members[0], below[members[0]]))].append(key)
    for keys in shaped.values():
        for group in _copies(keys, numbered, below):
            found = tuple(sorted(m for key in group for m in numbered[key]))
            shown = found[0] if len(found) == 1 else _pattern(group)
            yield shown, _pattern(group), found


def _without_digits(prefix: str) -> str:
    """Replace the numbers of the last segment by ``*``; sources are told apart by theirs."""
    whole = Path.parse(prefix)
    if not whole.segments:
        return prefix
    last = _DIGITS.sub("*", whole.segments[-1])
    return str(Path(whole.kind, whole.source, (*whole.segments[:-1], last)))


def _parent(prefix: str) -> str:
    return prefix.rsplit("/", 1)[0]


def _shape(prefix: str, assets: Sequence[Matched]) -> object:
    """Return the names of assets (below the prefix) and fields: equal for copies."""
    return tuple(
        sorted(
            (asset.path[len(prefix) :], tuple(sorted(f.name for f in asset.result.asset.fields)))
            for asset in assets
        )
    )


def _copies(
    keys: Sequence[str],
    numbered: Mapping[str, Sequence[str]],
    below: Mapping[str, Sequence[Matched]],
) -> Iterable[tuple[str, ...]]:
    """Split same-shaped keys of one parent into groups of copies.

    Schemas and folders of one shape are copies whatever they are called; single assets only when
    their names begin alike, for many tables are just an id and a name.
    """
    first = numbered[keys[0]][0]
    single = any(asset.path == first for asset in below[first])
    if len(keys) == 1 or not Path.parse(first).segments:
        yield from ((key,) for key in keys)
    elif not single:
        yield tuple(keys)
    else:
        groups: dict[str, list[str]] = defaultdict(list)
        for key in sorted(keys):
            groups[key[len(_parent(key)) + 1 :][:_STEM]].append(key)
        yield from (tuple(group) for group in groups.values())


def _pattern(keys: Sequence[str]) -> str:
    """Return what the keys share, with ``*`` for the rest of the last segment."""
    if len(keys) == 1:
        return keys[0]
    parent = _parent(keys[0])
    names = [key[len(parent) + 1 :] for key in keys]
    return f"{parent}/{_stem(names)}*"


def _stem(names: Sequence[str]) -> str:
    """Return the signs that all names begin with, before the first ``*``."""
    first, last = min(names), max(names)  # the two that differ first
    same = 0
    while same < min(len(first), len(last)) and first[same] == last[same]:
        same += 1
    return first[:same].partition("*")[0]


def _globs(
    pattern: str, prefixes: Sequence[str], below: Mapping[str, Sequence[Matched]]
) -> tuple[str, ...]:
    """Return globs that would match the assets, for a proposal."""
    chosen = tuple(prefixes) if len(prefixes) <= _LISTED else (pattern,)
    single = any(asset.path == prefixes[0] for asset in below[prefixes[0]])
    return chosen if single else tuple(f"{prefix}/**" for prefix in chosen)
