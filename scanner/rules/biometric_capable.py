"""C05: recordings of voices and faces."""

from collections import defaultdict
from collections.abc import Iterator

from scanner.model import Asset, Evidence, Finding, Severity
from scanner.rules.aside import beside
from scanner.rules.comparison import Comparison, Matched
from scanner.rules.conditions import flagged
from scanner.rules.drafting import Where, Words, called, evidence, finding
from scanner.rules.reach import was_read

_MEDIA = ("audio/", "video/")
_FLAG = "biometric-capable"


class BiometricCapable:
    """Recordings of voices, which could be used to tell people apart.

    ## What it checks
    Audio and video files, and recordings of calls and voicemail, in declared stores. Only the
    kind of media is looked at, never its content; a photograph is none. Always info.

    ## Why it matters
    A recording is no biometric data by itself; it becomes that when somebody identifies people
    by it. Then a condition of Art. 9(2) is needed.

    ## Example
    A folder holds recordings of calls, as the record declares.

    ## How to resolve
    Nothing to do, as long as nobody identifies people by voice or face from it. If somebody
    does, declare `biometric_template` with its condition.
    """

    code = "C05"
    name = "biometric-capable"
    articles: tuple[str, ...] = ("9(1)", "4(14)")
    record_only = False

    def check(self, comparison: Comparison) -> Iterator[Finding]:
        """Yield one finding for each store."""
        capable = flagged(_FLAG)
        files: dict[str, list[Matched]] = defaultdict(list)
        for at in comparison.assets:
            if at.stores and _recording(at.result.asset):
                files[at.stores[0].id].append(at)
        spots = [s for s in comparison.spots if s.category in capable]
        named = {spot.store.id for spot in spots}
        for id_ in sorted({*files, *named}):
            mine = [spot for spot in spots if spot.store.id == id_]
            store = comparison.declared.store(id_)
            declared = comparison.declared.allowed(id_) & capable
            kinds = sorted({spot.category for spot in mine} or declared)
            where = Where(store)
            what = " and ".join(called(kind) for kind in kinds) or "Recordings"
            about = (
                f"{len(files[id_]):,} audio or video assets"
                if id_ in files
                else "fields of recordings"
            )
            words = Words(
                title=f"{what}: {about} in {where.words}; no biometric data unless people are "
                "identified by them",
                advice="Nothing to do, as long as nobody identifies people by voice or face.",
                category=kinds[0] if len(kinds) == 1 else "",
            )
            shown = evidence(mine) + tuple(
                Evidence(
                    at.path,
                    category="media",
                    matched=0 if was_read(at) else at.result.asset.siblings,
                    population=at.result.asset.siblings,
                    why=(f"media type {at.result.asset.media_type}",),
                )
                for at in files[id_]
            )
            yield beside(finding(comparison, self, where, Severity.INFO, words, evidence=shown))


def _recording(asset: Asset) -> bool:
    return asset.media_type.startswith(_MEDIA)
