"""ropascan: does what we declared match what we hold?

The library behind the command::

    import datetime, pathlib, scanner

    config = scanner.load_config(pathlib.Path("config.toml"))
    result = scanner.scan(config, scanner.Options(as_of=datetime.date.today()))
    for finding in result.findings:
        print(finding.severity, finding.title)

Nothing heavy is imported until one of these names is used. A script that scans with more than one
job needs the usual ``if __name__ == "__main__":`` around its work, as workers are spawned.
"""

import importlib

__all__ = ["Config", "Options", "RopascanError", "ScanResult", "load_config", "scan"]

_HOMES = {
    "Config": ("scanner.config", "Config"),
    "Options": ("scanner.run", "Options"),
    "RopascanError": ("scanner.errors", "RopascanError"),
    "ScanResult": ("scanner.model", "ScanResult"),
    "load_config": ("scanner.config", "load"),
    "scan": ("scanner.run", "scan"),
}


def __getattr__(name: str) -> object:
    """Import a public name at its first use."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module, attribute = _HOMES[name]
    return getattr(importlib.import_module(module), attribute)
