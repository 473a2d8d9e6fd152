"""Names can be personal data too: assets are listed with such names masked."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from scanner.model import Asset, AssetResult, Detector, Gap, Listing, Omission, Path, decode, encode
from scanner.redact import mask

_FILES = ("file", "log")  # kinds of paths whose segments are names of files and folders


@dataclass(frozen=True, slots=True)
class MaskedListing:
    """A listing that may leave the process, and the raw asset behind each masked path."""

    listing: Listing
    raw: dict[str, Asset]


def mask_listing(listing: Listing, detector: Detector) -> MaskedListing:
    """Mask personal data in the names of a listing.

    Two assets that would share a masked path are told apart by ``~2``, ``~3`` in listing order.
    """
    raw: dict[str, Asset] = {}
    assets = []
    for asset in sorted(listing.assets, key=lambda asset: asset.path):
        path = _unique(mask_path(asset.path, detector), raw)
        raw[path] = asset
        assets.append(_public(asset, path, detector))
    safe = replace(
        listing,
        assets=tuple(sorted(assets, key=lambda asset: asset.path)),
        gaps=tuple(_safe_gap(gap, detector) for gap in listing.gaps),
        omissions=tuple(_safe_omission(item, detector) for item in listing.omissions),
    )
    return MaskedListing(safe, raw)


def mask_path(path: str, detector: Detector) -> str:
    """Mask each segment of an asset's path that holds personal data."""
    if not path:
        return path
    parts = Path.parse(path)
    kind = "file" if parts.kind in _FILES else "asset"
    segments = tuple(_mask_segment(segment, detector, kind) for segment in parts.segments)
    return str(replace(parts, segments=segments))


def _mask_segment(segment: str, detector: Detector, kind: str) -> str:
    text = decode(segment)
    spans = [
        (hit.start, hit.end) for part in _readings(text, kind) for hit in detector.names(part, kind)
    ]
    return encode(mask(text, spans)) if spans else segment


def _readings(text: str, kind: str) -> list[str]:
    """The name, and a file's name without its endings: ``.log`` hides the end of an address."""
    readings = [text]
    while kind == "file" and "." in readings[-1].lstrip("."):
        readings.append(readings[-1].rpartition(".")[0])
    return readings


def _unique(path: str, taken: Iterable[str]) -> str:
    if path not in taken:
        return path
    number = 2
    while f"{path}~{number}" in taken:
        number += 1
    return f"{path}~{number}"


def _public(asset: Asset, path: str, detector: Detector) -> Asset:
    """The asset without comments (they may quote people) and with safe field names."""
    fields = tuple(
        replace(field, name=safe_field(field.name, detector), comment="") for field in asset.fields
    )
    return replace(asset, path=path, comment="", fields=fields)


def safe_field(name: str, detector: Detector) -> str:
    """Mask each part of a field's name that holds personal data."""
    return ".".join(_mask_segment(part, detector, "field") for part in name.split("."))


def _safe_gap(gap: Gap, detector: Detector) -> Gap:
    return replace(
        gap,
        asset=mask_path(gap.asset, detector),
        field=safe_field(gap.field, detector),
        detail=_mask_text(gap.detail, detector),
    )


def _safe_omission(item: Omission, detector: Detector) -> Omission:
    return replace(item, asset=mask_path(item.asset, detector))


def _mask_text(text: str, detector: Detector) -> str:
    hits = detector.names(text, "asset")
    return mask(text, [(hit.start, hit.end) for hit in hits])


def mask_result(result: AssetResult, path: str, detector: Detector) -> AssetResult:
    """Put the masked path and field names into a result made under the raw ones."""

    def field(name: str) -> str:
        return safe_field(name, detector)

    return replace(
        result,
        asset=_public(result.asset, path, detector),
        coverage=replace(
            result.coverage, text_fields=tuple(field(name) for name in result.coverage.text_fields)
        ),
        holdings=tuple(
            replace(holding, asset=path, field=field(holding.field)) for holding in result.holdings
        ),
        gaps=tuple(
            replace(_safe_gap(gap, detector), asset=path) if gap.asset else _safe_gap(gap, detector)
            for gap in result.gaps
        ),
        omissions=tuple(replace(item, asset=path) for item in result.omissions),
        measures=tuple(
            replace(
                measure,
                asset=path,
                question=replace(measure.question, field=field(measure.question.field)),
            )
            for measure in result.measures
        ),
    )
