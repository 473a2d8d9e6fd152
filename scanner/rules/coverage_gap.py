"""H05: what should have been looked at, and was not."""

from collections import defaultdict
from collections.abc import Iterator

from scanner.model import Evidence, Finding, Gap, GapReason, Severity, place
from scanner.rules.comparison import Comparison
from scanner.rules.drafting import Where, Words, finding, listed
from scanner.rules.reach import Unreached, Why, out_of_reach

_SAID = {
    GapReason.UNREACHABLE: ("could not be reached", "Check the address, network and service"),
    GapReason.REFUSED: ("refused the connection", "Check the user, password and TLS"),
    GapReason.PERMISSION: ("no permission to read", "Let the account read it, or exclude it"),
    GapReason.CAN_WRITE: ("the account may write", "Use a read-only account"),
    GapReason.DRIVER_MISSING: ("a driver is not installed", "Install it as the detail says"),
    GapReason.MODEL_MISSING: ("a language model is not installed", "Install it as the detail says"),
    GapReason.UNREADABLE: ("could not be read", "Ask its owner whether it is intact"),
    GapReason.TRUNCATED: ("broke off half-way", "Check the file or the connection"),
    GapReason.BUDGET: ("stopped by the budget", "Raise the budget under [sampling]"),
    GapReason.NOT_MEASURED: ("not measured", "Give the field an index, or allow full_scan"),
    GapReason.UNSUPPORTED: ("format not supported", "Look at it by hand, or exclude it"),
    GapReason.CRASHED: ("the reader stopped", "Scan this source alone and report the message"),
}


class CoverageGap:
    """Something that should have been looked at was not, or only in part.

    ## What it checks
    Sources and assets that could not be read, or not wholly, once for each source and reason; and
    stores of the record for which no source is configured. What was left out on purpose is
    coverage, not a gap.

    ## Why it matters
    Silence about a place that was not read says nothing about it.

    ## Example
    A compressed log breaks off half-way; a database is down.

    ## How to resolve
    Follow the detail and scan again; or say in the configuration or record that it is left out.
    """

    code = "H05"
    name = "coverage-gap"
    articles: tuple[str, ...] = ("5(2)",)
    record_only = False

    def check(self, comparison: Comparison) -> Iterator[Finding]:
        """Yield one finding for each source and reason, and one for stores without a source."""
        gaps: dict[tuple[str, GapReason], list[Gap]] = defaultdict(list)
        for gap in comparison.inventory.all_gaps:
            gaps[(gap.source, gap.reason)].append(gap)
        for (source, reason), found in sorted(gaps.items()):
            yield self._gap(comparison, source, reason, found)
        yield from self._unconfigured(comparison)

    def _gap(
        self, comparison: Comparison, source: str, reason: GapReason, gaps: list[Gap]
    ) -> Finding:
        said, attempt = _SAID[reason]
        assets = sorted({gap.asset for gap in gaps if gap.asset})
        what = f"{source}, {len(assets)} of its assets" if assets else source
        concerned = _stores(comparison, assets)
        words = Words(
            title=f"{what or 'The scan'}: {said}{concerned}",
            advice=f"{attempt}; then scan again.",
            qualifier=reason.value,
            children=tuple(assets),
        )
        evidence = tuple(
            Evidence(place=place(gap.asset, gap.field) or gap.source, why=(gap.detail,))
            for gap in sorted(gaps, key=lambda g: (g.asset, g.field, g.detail))
        )
        return finding(
            comparison,
            self,
            Where(prefix=source),
            Severity.MEDIUM,
            words,
            evidence=evidence,
            records=len(gaps),
        )

    def _unconfigured(self, comparison: Comparison) -> Iterator[Finding]:
        missing = {
            id_: found
            for id_, found in out_of_reach(comparison).items()
            if found.why is Why.NOT_CONFIGURED
        }
        if missing:
            words = Words(
                title=f"No source of the configuration leads to {listed(missing)}",
                advice="Add a [[source]] with the name that the globs of the store begin with; "
                "or say reach = none, or sample = none, in the record.",
                qualifier="not_configured",
            )
            yield finding(
                comparison,
                self,
                Where(prefix="configuration"),
                Severity.MEDIUM,
                words,
                evidence=tuple(_line(comparison, *item) for item in missing.items()),
                records=len(missing),
            )


def _line(comparison: Comparison, id_: str, found: Unreached) -> Evidence:
    store = comparison.declared.store(id_)
    globs = [glob for site in store.sites for glob in site.match]
    return Evidence(place=listed(globs) or id_, why=(f"{store.origin}: {found.text}",))


def _stores(comparison: Comparison, assets: list[str]) -> str:
    """Name the declared stores concerned."""
    wanted = set(assets)
    ids = {s.id for a in comparison.assets if a.path in wanted for s in a.stores}
    return f" ({listed(sorted(ids))})" if ids else ""
