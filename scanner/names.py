"""Names can be personal data too: assets are listed with such names masked."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from urllib.parse import unquote

from scanner.model import (
    Asset,
    AssetResult,
    Detector,
    Gap,
    Hit,
    Listing,
    Omission,
    Path,
    decode,
    encode,
)
from scanner.redact import mask, shape
from scanner.vocabulary import sayable

_FILES = ("file", "log")  # kinds of paths whose segments are names of files and folders
_DOCUMENTS = re.compile(
    r"pdf|docx?|odt|rtf|xlsx?|ods|pptx?|odp|jpe?g|png|gif|tiff?|heic|webp|bmp|wav|mp3|m4a|ogg|opus|"
    r"mp4|mov|avi|mkv|webm|eml|msg|pst|ost|vcf|ics|mbox"
)
# A folder in one of these belongs to a person.
_HOMES = frozenset({"home", "homes", "users", "mailboxes", "inboxes", "maildirs", "profiles"})
_WORD = re.compile(r"(?![A-Za-z]{2}(?![^\W\d_]))[^\W\d_]{2,}")  # "cv", "hr" say too little to hide
_HUMP = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-Z])")
_HYPHENATED = re.compile(r"(?:-[^\W\d_]+)+")
_QUOTED = re.compile(r"'([^']+)'")


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


def _safe_reference(text: str, detector: Detector) -> str:
    """Mask the names in ``segment/segment#field``, as listing masks those that it refers to."""
    path, _, name = text.partition("#")
    if not path:
        return ""
    segments = (_mask_segment(segment, detector, "asset") for segment in path.split("/"))
    return f"{'/'.join(segments)}#{safe_field(name, detector)}"


def mask_path(path: str, detector: Detector) -> str:
    """Mask each segment of an asset's path that holds personal data."""
    if not path:
        return path
    parts = Path.parse(path)
    kind = "file" if parts.kind in _FILES else "asset"
    segments = [_mask_segment(segment, detector, kind) for segment in parts.segments]
    for at, folder in enumerate(parts.segments[1:-1], 1) if kind == "file" else ():
        if parts.segments[at - 1].lower() in _HOMES and not sayable(decode(folder)):
            segments[at] = encode(shape(decode(folder)))
    return str(replace(parts, segments=tuple(segments)))


def _mask_segment(segment: str, detector: Detector, kind: str) -> str:
    text = decode(segment)
    safe = _safe_name(text, detector, kind)
    return segment if safe == text else encode(safe)


def _safe_name(text: str, detector: Detector, kind: str) -> str:
    """Mask what is personal in one name, as it is written on disk or in the catalogue."""
    # Tables and folders are named after people too (``mailbox_marie_dupont``), columns hardly ever.
    looked = "file" if kind == "asset" else kind
    whole = unicodedata.normalize("NFC", text)
    spans = [
        span
        for part in _readings(whole, kind)
        for hit in detector.names(part, looked)
        for span in _with_hyphens(whole, hit)
    ]
    if kind == "file":
        spans += personal_words(whole)
    if spans:
        return mask(whole, spans)
    if kind != "field" and any(detector.names(other, looked) for other in _rewritten(whole)):
        stem = whole.rpartition(".")[0] or whole
        return shape(stem, limit=len(stem)) + whole[len(stem) :]
    return text


def _readings(text: str, kind: str) -> list[str]:
    """The name, and a file's name without its endings: ``.log`` hides the end of an address."""
    readings = [text]
    while kind == "file" and "." in readings[-1].lstrip("."):
        readings.append(readings[-1].rpartition(".")[0])
    return readings


def _with_hyphens(text: str, hit: Hit) -> Iterator[tuple[int, int]]:
    """A hit, with the rest of a double name: ``-Baptiste`` after ``Jean``."""
    rest = _HYPHENATED.match(text, hit.end) if hit.entity == "PERSON" else None
    yield hit.start, rest.end() if rest else hit.end


def _rewritten(text: str) -> Iterator[str]:
    """Other ways to write a name that hide what it says: ``marie%40acme.fr``, ``MarieDupont``."""
    plain = unquote(text)
    if plain != text:
        yield from _readings(plain, "file")
    if (apart := _HUMP.sub(" ", text)) != text:
        yield apart


def personal_words(text: str) -> list[tuple[int, int]]:
    """Return the spans of a file's name or of a key that no list of names can vouch for.

    Documents are named after people in every language, so of their names only known words are
    shown; elsewhere two or more capitalised words of another alphabet are taken for a person.
    """
    stem, _, ending = text.rpartition(".")
    if _DOCUMENTS.fullmatch(ending.lower()):
        return [word.span() for word in _WORD.finditer(stem) if not sayable(word.group())]
    words = text.split()
    if len(words) > 1 and all(_capitalised_abroad(word) for word in words):
        return [(0, len(text))]
    return []


def _capitalised_abroad(word: str) -> bool:
    """Tell whether a word is capitalised and of an alphabet that the lists of names lack."""
    return word.istitle() and not unicodedata.name(word[0], "LATIN").startswith("LATIN")


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
        replace(
            field,
            name=safe_field(field.name, detector),
            comment="",
            references=_safe_reference(field.references, detector),
        )
        for field in asset.fields
    )
    return replace(asset, path=path, comment="", fields=fields)


def safe_field(name: str, detector: Detector) -> str:
    """Mask each part of a field's name that holds personal data."""
    return ".".join(_mask_segment(part, detector, "field") for part in name.split("."))


def hider(names: Iterable[str], detector: Detector) -> Callable[[tuple[str, ...]], tuple[str, ...]]:
    """Return what replaces, in sentences that name fields, the names that must not be shown."""
    safe = {name: safe_field(name, detector) for name in names}
    hidden = {name: shown for name, shown in safe.items() if name != shown}

    def hide(texts: tuple[str, ...]) -> tuple[str, ...]:
        for name, shown in hidden.items():
            texts = tuple(text.replace(name, shown) for text in texts)
        return texts

    return hide


def _safe_gap(gap: Gap, detector: Detector) -> Gap:
    return replace(
        gap,
        asset=mask_path(gap.asset, detector),
        field=safe_field(gap.field, detector),
        detail=_mask_text(gap.detail, detector),
    )


def _safe_omission(item: Omission, detector: Detector) -> Omission:
    return replace(item, asset=mask_path(item.asset, detector), by=_mask_text(item.by, detector))


def _mask_text(text: str, detector: Detector) -> str:
    """Mask a sentence: what it quotes is a name, the rest is searched as a whole."""

    def safe(quoted: re.Match[str]) -> str:
        parts = quoted[1].split("/")
        return "'" + "/".join(_safe_name(part, detector, "file") for part in parts) + "'"

    text = _QUOTED.sub(safe, text)
    hits = detector.names(text, "asset")
    return mask(text, [(hit.start, hit.end) for hit in hits])


def mask_result(result: AssetResult, path: str, detector: Detector) -> AssetResult:
    """Put the masked path and field names into a result made under the raw ones."""

    def field(name: str) -> str:
        return safe_field(name, detector)

    hide = hider((item.name for item in result.asset.fields), detector)
    return replace(
        result,
        asset=_public(result.asset, path, detector),
        coverage=replace(
            result.coverage, text_fields=tuple(field(name) for name in result.coverage.text_fields)
        ),
        holdings=tuple(
            replace(
                holding,
                asset=path,
                field=field(holding.field),
                why=hide(holding.why),
                subject_why=hide(holding.subject_why),
            )
            for holding in result.holdings
        ),
        gaps=tuple(
            replace(_safe_gap(gap, detector), asset=path) if gap.asset else _safe_gap(gap, detector)
            for gap in result.gaps
        ),
        destinations=tuple(replace(item, field=field(item.field)) for item in result.destinations),
        omissions=tuple(
            replace(_safe_omission(item, detector), asset=path) for item in result.omissions
        ),
        measures=tuple(
            replace(
                measure,
                asset=path,
                question=measure.question.renamed(
                    field, field, lambda other: mask_path(other, detector)
                ),
            )
            for measure in result.measures
        ),
    )
