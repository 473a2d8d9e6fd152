"""The history as JSON, and back."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, TypeVar

from scanner.history.entry import Entry, Look
from scanner.history.seen import counts, pair, past_to_json, texts
from scanner.model import Confidence, Past, PastAsset, Severity
from scanner.model import Path as AssetPath

T = TypeVar("T")

_SCHEMA = "1"


def to_json(
    entries: Mapping[str, Entry], last_scan: datetime | None, past: Past | None = None
) -> dict[str, Any]:
    """Return what is written: dates as ISO text, findings sorted by fingerprint."""
    return {
        "schema": _SCHEMA,
        "last_scan": last_scan.isoformat() if last_scan else None,
        "findings": [_raw(entries[key]) for key in sorted(entries)],
        "seen": past_to_json(past),
    }


def _raw(entry: Entry) -> dict[str, Any]:
    out: dict[str, Any] = {
        name: getattr(entry, name) for name in Entry.__slots__ if name != "places"
    }
    out["first_seen"] = entry.first_seen.isoformat()
    out["last_seen"] = entry.last_seen.isoformat()
    out["places"] = {
        path: {
            "rows": look.rows,
            "share": round(look.share, 6),
            "looked_for": look.looked_for,
            "fields": look.fields,
            "measured": look.measured,
        }
        for path, look in sorted(entry.places.items())
    }
    return out


def from_json(raw: Any) -> tuple[dict[str, Entry], datetime | None, Past | None]:
    """Read what :func:`to_json` returned. Raise ValueError for anything else.

    A history of an earlier version, which does not tell what was seen, is read all the same.
    """
    data = _checked(raw, dict)
    if data.get("schema") != _SCHEMA:
        raise ValueError("another schema")
    day = data.get("last_scan")
    entries = [_entry(_checked(item, dict)) for item in _checked(data.get("findings"), list)]
    last = datetime.fromisoformat(_checked(day, str)) if day is not None else None
    seen = data.get("seen")
    past = _past(_checked(seen, dict)) if seen is not None else None
    return {entry.fingerprint: entry for entry in entries}, last, past


def _past(raw: dict[str, Any]) -> Past:
    detectors = _checked(raw.get("detectors"), dict)
    assets = _checked(raw.get("assets"), dict)
    return Past(
        when=datetime.fromisoformat(_checked(raw.get("when"), str)),
        as_of=date.fromisoformat(_checked(raw.get("as_of"), str)),
        detectors={str(key): _checked(value, str) for key, value in detectors.items()},
        rules=texts(raw.get("rules")),
        assets={path: _seen(_checked(item, dict)) for path, item in assets.items()},
    )


def _seen(raw: dict[str, Any]) -> PastAsset:
    population = raw.get("population")
    held = _checked(raw.get("held", {}), dict)
    months = _checked(raw.get("months", {}), dict)
    return PastAsset(
        population=None if population is None else _checked(population, int),
        counted=_checked(raw.get("counted", False), bool),
        method=_checked(raw.get("method", ""), str),
        looked_for=texts(raw.get("looked_for", [])),
        held={id_: pair(value) for id_, value in held.items()},
        first=texts(raw["first"]) if "first" in raw else None,
        months={key: counts(value) for key, value in months.items()},
    )


def _entry(raw: dict[str, Any]) -> Entry:
    texts = {
        key: _checked(raw.get(key), str)
        for key in (
            "fingerprint",
            "rule",
            "name",
            "record",
            "title",
            "store",
            "prefix",
            "category",
            "qualifier",
        )
    }
    if not texts["rule"] or not texts["fingerprint"]:
        raise ValueError("a finding without rule or fingerprint")
    places = _checked(raw.get("places"), dict)
    return Entry(
        **texts,
        severity=Severity(_checked(raw.get("severity"), str)),
        confidence=Confidence(_checked(raw.get("confidence"), str)),
        first_seen=date.fromisoformat(_checked(raw.get("first_seen"), str)),
        last_seen=date.fromisoformat(_checked(raw.get("last_seen"), str)),
        records=_checked(raw.get("records"), int),
        headline=_checked(raw.get("headline"), bool),
        fix=_checked(raw.get("fix", ""), str),
        advice=_checked(raw.get("advice", ""), str),
        places={AssetPath.parse(path).asset: _look(look) for path, look in places.items()},
    )


def _look(raw: Any) -> Look:
    data = _checked(raw, dict)
    share = data.get("share")
    if not isinstance(share, int | float):
        raise ValueError("a share is no number")
    entities = tuple(_checked(item, str) for item in _checked(data.get("looked_for"), list))
    fields = texts(data.get("fields", []))
    measured = _checked(data.get("measured", False), bool)
    return Look(_checked(data.get("rows"), int), float(share), entities, fields, measured)


def _checked(value: Any, kind: type[T]) -> T:
    if not isinstance(value, kind):
        raise ValueError(f"{kind.__name__} expected")
    return value
