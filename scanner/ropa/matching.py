"""Which declared store an asset belongs to: the most specific glob wins."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from re import Pattern

from scanner.model import compile_glob, glob_match, specificity
from scanner.ropa.types import FieldRule, Ropa, Site, Store


@dataclass(frozen=True, slots=True)
class Match:
    """What the record says of one asset.

    ``store`` is None when nothing matches, when the choice is ``ambiguous`` (then all equally
    specific stores are named, by id) or when the record leaves the asset out (``excluded_by``
    is that glob). ``draft`` is the draft store that would match if it were approved; it never
    stands in ``store``.
    """

    store: Store | None = None
    site: Site | None = None
    glob: str = ""
    ambiguous: tuple[Store, ...] = ()
    excluded_by: str = ""
    draft: Store | None = None


@dataclass(frozen=True, slots=True)
class DeadGlob:
    """A glob of a store that matches nothing although its sources were listed completely."""

    store: Store
    glob: str
    table: str  # "store.site" or "store.field"


@dataclass(frozen=True, slots=True)
class _Claim:
    glob: str
    store: Store
    site: Site
    wildcards: int  # negative: fewer are more specific
    pattern: Pattern[str] = field(repr=False)
    excludes: tuple[tuple[str, Pattern[str]], ...] = field(repr=False)


class Matcher:
    """Finds the store of an asset in one record.

    Globs are filed under their literal prefix; a path looks its own prefixes up, longest first,
    so the cost hardly depends on the number of stores. Drafts are kept apart.
    """

    def __init__(self, ropa: Ropa) -> None:
        self.ropa = ropa
        self._active = _Index(s for s in ropa.stores if s.status != "draft")
        self._drafts = _Index(s for s in ropa.stores if s.status == "draft")
        self._rules: dict[str, tuple[tuple[FieldRule, Pattern[str]], ...]] = {}

    def match(self, path: str) -> Match:
        """Return what the record says of an asset; a ``#field`` at the end is ignored."""
        asset = _normal(path.partition("#")[0])
        claims, excluded_by = self._active.claims(asset)
        if not claims:
            drafts = self._drafts.claims(asset)[0]
            return Match(excluded_by=excluded_by, draft=drafts[0].store if drafts else None)
        stores = {claim.store.id: claim.store for claim in claims}
        if len(stores) > 1:
            return Match(ambiguous=tuple(stores[id_] for id_ in sorted(stores)))
        best = claims[0]
        return Match(best.store, best.site, best.glob)

    def field_rules(self, store: Store, path: str) -> tuple[FieldRule, ...]:
        """Return the field rules of a store that match a field, the most specific first.

        ``path`` is ``asset#field``, and the asset must lie in the store's own sites.
        """
        if not store.fields:
            return ()
        if store.id not in self._rules:
            ordered = sorted(store.fields, key=lambda rule: specificity(rule.match), reverse=True)
            self._rules[store.id] = tuple((rule, compile_glob(rule.match)) for rule in ordered)
        place = _normal(path)
        return tuple(rule for rule, pattern in self._rules[store.id] if pattern.fullmatch(place))

    def dead_globs(
        self,
        paths: Iterable[str],
        listed_sources: Collection[str],
        configured: Collection[str] | None = None,
    ) -> tuple[DeadGlob, ...]:
        """Return the globs of active stores that match none of the paths.

        ``paths`` are all listed assets, those left out on purpose included, with or without
        ``#field``; globs of fields are judged only when there are fields among them.
        ``listed_sources`` are the sources that were listed completely, ``configured`` all that
        the configuration names (by default the same). A glob is judged only when it points to at
        least one configured source, and all that it points to were listed completely.
        """
        places = sorted({_normal(path) for path in paths})
        assets = sorted({place.partition("#")[0] for place in places})
        complete = set(listed_sources)
        known = complete | set(complete if configured is None else configured)
        fields = [place for place in places if "#" in place]
        out = []
        for store in self.ropa.stores:
            if store.status == "draft":
                continue
            globs = [("store.site", glob) for site in store.sites for glob in site.match]
            if fields:
                globs += [("store.field", rule.match) for rule in store.fields]
            for table, glob in globs:
                pointed = _sources(glob, store, known)
                if not pointed or not pointed <= complete:
                    continue
                own = [g for site in store.sites for g in site.match]
                found = (
                    _any_match(glob, assets)
                    if table == "store.site"
                    else _any_field(glob, own, fields)
                )
                if not found:
                    out.append(DeadGlob(store, glob, table))
        return tuple(out)


class _Index:
    """Claims filed under their literal prefix."""

    def __init__(self, stores: Iterable[Store]) -> None:
        self._by_length: dict[int, dict[str, list[_Claim]]] = defaultdict(dict)
        for store in stores:
            for site in store.sites:
                excludes = tuple((glob, compile_glob(glob)) for glob in site.exclude)
                for glob in site.match:
                    self._file(_Claim(glob, store, site, 0, compile_glob(glob), excludes))
        for bucket in self._by_length.values():
            for claims in bucket.values():
                claims.sort(key=lambda claim: specificity(claim.glob), reverse=True)
        self._lengths = sorted(self._by_length, reverse=True)

    def _file(self, claim: _Claim) -> None:
        length, wildcards = specificity(claim.glob)
        made = _Claim(claim.glob, claim.store, claim.site, wildcards, claim.pattern, claim.excludes)
        self._by_length[length].setdefault(claim.glob[:length], []).append(made)

    def claims(self, asset: str) -> tuple[list[_Claim], str]:
        """Return the equally most specific claims, and the glob that left the asset out."""
        excluded_by = ""
        for length in self._lengths:
            found: list[_Claim] = []
            for claim in self._by_length[length].get(asset[:length], ()):
                if found and claim.wildcards < found[0].wildcards:
                    break
                if not claim.pattern.fullmatch(asset):
                    continue
                by = next((g for g, pattern in claim.excludes if pattern.fullmatch(asset)), "")
                if by:
                    excluded_by = excluded_by or by
                else:
                    found.append(claim)
            if found:
                return found, excluded_by
        return [], excluded_by


def _normal(path: str) -> str:
    kind, sep, rest = path.partition("://")
    return f"{kind.lower()}{sep}{rest}"


def _sources(glob: str, store: Store, known: set[str]) -> set[str]:
    """Return the configured sources that a glob points to."""
    if "://" not in glob:
        # A field glob such as ``**/users#email`` lies inside the store's own sites.
        own = [g for site in store.sites for g in site.match if "://" in g]
        if "#" in glob and own:
            return set().union(*(_sources(g, store, known) for g in own))
        return set(known)
    segment = glob.partition("://")[2].partition("/")[0].partition("#")[0]
    if "**" in segment:
        return set(known)
    pattern = compile_glob(segment) if segment.count("{") == segment.count("}") else None
    return {name for name in known if pattern is None or pattern.fullmatch(name)}


def _any_field(glob: str, sites: list[str], fields: list[str]) -> bool:
    """Tell whether a glob of fields matches one where the store has its sites."""
    if "://" in glob:
        return _any_match(glob, fields)
    pattern = compile_glob(glob)
    for prefix in {site[: specificity(site)[0]] for site in sites}:
        for at in range(bisect_left(fields, prefix), len(fields)):
            if not fields[at].startswith(prefix):
                break
            if pattern.fullmatch(fields[at]):
                return True
    return False


def _any_match(glob: str, places: list[str]) -> bool:
    prefix = glob[: specificity(glob)[0]]
    pattern = compile_glob(glob)
    for at in range(bisect_left(places, prefix), len(places)):
        if not places[at].startswith(prefix):
            return False
        if pattern.fullmatch(places[at]):
            return True
    return False


def answers_for(ropa: Ropa, source: str) -> bool:
    """Tell whether a record answers for a source; without globs it does for all."""
    return not ropa.sources or any(glob_match(glob, source) for glob in ropa.sources)
