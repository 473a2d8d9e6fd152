"""Whether the places of an earlier finding were read again well enough to call it resolved."""

from collections.abc import Mapping
from dataclasses import dataclass

from scanner.history.entry import Entry, Look
from scanner.model import AssetResult, Depth, GapReason, Inventory, Method
from scanner.model import Path as AssetPath

_EXPECTED = 3  # hits that a fair sample must have promised before their absence counts


@dataclass(frozen=True, slots=True)
class Looked:
    """What this scan looked at, for comparing with how a finding was seen."""

    results: Mapping[str, AssetResult]
    listed: frozenset[str]  # sources that were listed completely
    left: frozenset[str]  # assets left out, or not wholly read
    unanswered: frozenset[str]  # assets with a gap of any kind

    @classmethod
    def of(cls, inventory: Inventory) -> "Looked":
        """Index an inventory."""
        gaps = (g for g in inventory.all_gaps if g.reason is not GapReason.NOT_MEASURED)
        return cls(
            {item.asset.path: item for item in inventory.results},
            frozenset(s.name for s in inventory.sources if s.reached and s.complete),
            frozenset(g.asset for g in gaps) | {o.asset for o in inventory.all_omissions},
            frozenset(g.asset for g in inventory.all_gaps if g.asset),
        )

    def settles(self, entry: Entry) -> bool:
        """Tell whether every place of an entry was read again at least as well."""
        return all(self._again(path, look) for path, look in entry.places.items())

    def _again(self, path: str, then: Look) -> bool:
        now = self.results.get(path)
        if now is None:  # the asset is gone, if its source was listed completely
            return path not in self.left and AssetPath.parse(path).source in self.listed
        if then.measured:  # metadata is enough to be asked
            return path not in self.unanswered and now.coverage.depth is not Depth.NOTHING
        coverage, there = now.coverage, {field.name for field in now.asset.fields}
        if then.fields and there and there.isdisjoint(then.fields):
            return coverage.depth is not Depth.NOTHING  # its fields are gone from the catalogue
        if not then.share and not then.looked_for:  # a name spoke: names were read again
            return coverage.depth is not Depth.NOTHING
        if path in self.left or coverage.depth is not Depth.CONTENT:
            return False
        if not set(then.looked_for) <= set(coverage.looked_for):
            return False
        if coverage.method is Method.WHOLE:
            return True
        return coverage.rows >= then.rows and coverage.rows * then.share >= _EXPECTED
