"""Why a field is held to be what it is: ``ropascan explain``.

Opens the one source that a path names, reads the one asset as a scan would (same plan, sample,
seed and recognizers), and joins what decided the verdicts with what the records say of the field.
"""

import contextlib
import secrets
from collections.abc import Sequence
from dataclasses import replace

from scanner import planning
from scanner.classify import CUTS
from scanner.config import Config
from scanner.errors import ConfigError, StoreError
from scanner.model import (
    Asset,
    AssetPlan,
    Explained,
    ExplainedField,
    Explanation,
    Path,
    Reading,
    Step,
    place,
)
from scanner.ropa import load_all
from scanner.ropa.types import Ropa
from scanner.rules import recorded
from scanner.run import Options, countries, refuse_nothing, version
from scanner.spelling import hint, nearest, quoted
from scanner.worker import Worker, explain_asset


def explain(config: Config, options: Options, text: str) -> Explanation:
    """Explain the field, or all fields of the asset, that a path as in reports names.

    Raise ConfigError for a path that leads nowhere, with the nearest right spelling; RecordError;
    StoreError when the asset cannot be read.
    """
    refuse_nothing(config)
    path = _parsed(text)
    names = [source.name for source in config.sources]
    if path.source not in names:
        raise ConfigError(
            f"{quoted(text)}: no source has the name {quoted(path.source)}; "
            f"{hint(path.source, names)}"
        )
    ropas = load_all(config.records, options.as_of)
    # The countries of all sources: the same recognizers as in a scan.
    worker = Worker(config, f"ropascan {secrets.token_hex(6)}", countries(config))
    with contextlib.closing(worker):
        asset = _asset(worker, path, text)
        planned = planning.plan([asset], ropas, options.as_of, names_only=options.names_only)
        unit = replace(planned.units[0], questions=())
        found = explain_asset(worker, unit)
    return _joined(unit, found, _chosen(found, path, text), path.field, ropas)


def _parsed(text: str) -> Path:
    try:
        path = Path.parse(text)
    except ValueError:
        raise ConfigError(
            f"{quoted(text)} is no path; write it as reports do: kind://source/asset#field"
        ) from None
    return path


def _asset(worker: Worker, path: Path, text: str) -> Asset:
    """Find an asset by the path that reports show. Raise ConfigError or StoreError."""
    listing = worker.listed(path.source).listing
    known = {asset.path: asset for asset in listing.assets}
    if path.asset in known:
        return known[path.asset]
    left = next((item for item in listing.omissions if item.asset == path.asset), None)
    if left is not None:
        raise ConfigError(f"{quoted(path.asset)} is left out ({left.why}), so it is not read")
    for gap in listing.gaps:
        if not known or gap.asset == path.asset:
            raise StoreError(gap.detail, gap.reason)
    tip = _near(path.asset, list(known))
    raise ConfigError(f"{quoted(text)}: there is no such asset; {tip}")


def _near(wanted: str, known: Sequence[str]) -> str:
    """Point to the nearest path: by its last segment first, as the beginnings are all alike."""
    by_end = {name.rpartition("/")[2]: name for name in known}
    end = nearest(wanted.rpartition("/")[2], by_end, beginnings=False)
    near = tuple(by_end[name] for name in end) or nearest(wanted, known, beginnings=False)
    if near:
        return f"did you mean {' or '.join(map(quoted, near))}?"
    return hint("", known)


def _chosen(found: Explained, path: Path, text: str) -> tuple[ExplainedField, ...]:
    if not path.field:
        return found.fields
    chosen = tuple(item for item in found.fields if item.field == path.field)
    if not chosen:
        known = sorted({item.field for item in found.fields})
        asset = found.result.asset.path
        raise ConfigError(f"{quoted(text)}: {asset} has no such field; {hint(path.field, known)}")
    return chosen


def _joined(
    unit: AssetPlan,
    found: Explained,
    fields: tuple[ExplainedField, ...],
    field: str,
    ropas: Sequence[Ropa],
) -> Explanation:
    result, cover = found.result, found.result.coverage
    answers = recorded.of(result, fields[0], ropas) if field and ropas else recorded.Recorded()
    return Explanation(
        path=place(result.asset.path, field),
        field=field,
        depth=unit.depth,
        why=unit.why,
        by=unit.by,
        method=cover.method,
        rows=cover.rows,
        population=cover.population,
        counted=cover.counted,
        cuts=CUTS,
        fields=fields,
        whole=() if field else _whole(found),
        statements=answers.statements,
        corrections=answers.corrections,
        toml=recorded.toml(result, fields[0], answers.store) if field else "",
        gaps=result.gaps,
        records=bool(ropas),
        synthetic=any(ropa.synthetic for ropa in ropas),
        version=version(),
    )


def _whole(found: Explained) -> tuple[Reading, ...]:
    """What the fields make together: a call, an invoice, an audit trail."""
    return tuple(
        Reading(
            category=item.category,
            entity=item.entity,
            steps=tuple(Step("table", 0.0, text) for text in item.why),
            total=item.score,
            cap=1.0,
            cap_why="",
            score=item.score,
            confidence=item.confidence,
            outcome="held",
            subject=item.subject,
        )
        for item in found.result.holdings
        if not item.field
    )
