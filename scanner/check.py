"""``ropascan config check``: is the configuration usable, and is each source there?"""

from pathlib import Path

from scanner import config as configuration
from scanner.errors import RopascanError, StoreError
from scanner.model import Probes, Source
from scanner.ropa import load


def check(config_file: Path | None) -> tuple[list[str], int]:
    """Return one line for each source and record, and the exit code. Reads no data.

    Raise ConfigError when the configuration itself cannot be used.
    """
    path = configuration.find(config_file)
    config = configuration.load(path)
    lines = [f"{path.name}: {len(config.sources)} source(s), {len(config.records)} record(s)"]
    code = 0
    countries: set[str] = set()
    for ref in config.records:
        try:
            ropa = load(ref)
        except RopascanError as error:
            lines.append(f"record {ref.path.name}: {error}")
            code = 2
            continue
        lines.append(f"record {ref.path.name}: well formed, {ropa.organisation.id}")
        countries |= {site.country[:2] for store in ropa.stores for site in store.sites}
    for source in config.sources:
        line, reached = _try(source)
        lines.append(line)
        code = code or (0 if reached else 3)
    beyond = sorted(countries - _looked_for(config) - {""})
    if beyond:
        lines.append(
            f"detection: the record names {', '.join(beyond)} beyond the countries whose "
            "identifiers are looked for; add them to countries under [detection] if they matter"
        )
    return lines, code


def _looked_for(config: configuration.Config) -> set[str]:
    chosen = config.detection.countries or tuple(s.country[:2] for s in config.sources)
    return set(chosen)


def _try(source: Source) -> tuple[str, bool]:
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
