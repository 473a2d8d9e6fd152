"""``ropascan config check``: is the configuration usable, and is each source there?

Without ``connect`` nothing is opened and no library is imported that a scan needs, so that it
answers at once, wherever the file is edited.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import reports
from scanner import config as configuration
from scanner import detect
from scanner.errors import RopascanError, StoreError
from scanner.model import Probes, Source
from scanner.ropa import load, load_all
from scanner.ropa.types import Ropa
from scanner.run import countries, refuse_nothing


def check(config_file: Path | None, *, connect: bool = False) -> tuple[list[str], int]:
    """Return one line for each source and record, and the exit code. Reads no data.

    ``connect`` opens each source, too. Raise ConfigError when the configuration itself cannot be
    used. Exit code 3: a source or a language model is not there, so that a scan would have gaps.
    """
    path = configuration.find(config_file)
    config = configuration.load(path)
    refuse_nothing(config)
    for name in config.reports.formats:
        if name not in reports.BUILTIN:
            reports.load(name)
    told, lacking = detect.check(config.detection, countries(config))
    lines = [f"{path.name}: {len(config.sources)} source(s), {len(config.records)} record(s)"]
    about, named = _records(config.records)
    lines += about
    code = 0 if named is not None else 2
    for source in config.sources:
        line, reached = reach(source) if connect else _at_hand(source)
        lines.append(line)
        code = code or (0 if reached else 3)
    lines += [f"detection: {sentence}" for sentence in told]
    code = code or (3 if lacking else 0)
    beyond = sorted((named or set()) - set(countries(config)) - {""})
    if beyond:
        lines.append(
            f"detection: the record names {', '.join(beyond)} beyond the countries whose "
            "identifiers are looked for; add them to countries under [detection] if they matter"
        )
    if not connect:
        lines.append("no source was opened; ropascan config check --connect tries each")
    return lines, code


def _records(refs: Sequence[configuration.RecordRef]) -> tuple[list[str], set[str] | None]:
    """Return a line for each record and the countries they name; None when one cannot be used."""
    lines: list[str] = []
    ropas: list[Ropa] = []
    for ref in refs:
        try:
            ropas.append(load(ref))
        except RopascanError as error:
            lines.append(f"record {ref.path.name}: {error}")
            continue
        lines.append(f"record {ref.path.name}: well formed, {ropas[-1].organisation.id}")
    if len(ropas) < len(refs):
        return lines, None
    try:
        load_all(refs, datetime.now(UTC).date())
    except RopascanError as error:  # each is well formed, and they do not go together
        return [*lines, f"records: {error}"], None
    sites = (site for ropa in ropas for store in ropa.stores for site in store.sites)
    return lines, {site.country[:2] for site in sites}


def _at_hand(source: Source) -> tuple[str, bool]:
    import connectors

    try:
        kind = connectors.at_hand(source)
    except StoreError as error:
        return f"source {source.name}: {error}", False
    what = "its file or folder is there" if source.path else "its driver is installed"
    return f"source {source.name}: {kind}, {what}", True


def reach(source: Source) -> tuple[str, bool]:
    """Open a source and close it; return one line about it, and whether it answered."""
    import connectors

    try:
        store = connectors.open_store(source, application="ropascan config check")
    except StoreError as error:
        return f"source {source.name}: {error}", False
    try:
        said = store.probe() if isinstance(store, Probes) else "reachable"
    except StoreError as error:
        return f"source {source.name}: {error}", False
    finally:
        store.close()
    return f"source {source.name}: {said}", True
