"""Read config.toml into a :class:`scanner.config.Config`, strictly and without opening anything."""

import os
import re
from pathlib import Path

from scanner.config.sources import absolute, bad_glob, source
from scanner.config.types import Config, Detection, RecordRef, Reports, Sampling
from scanner.countries import countries
from scanner.errors import ConfigError
from scanner.model import Confidence, Severity, glob_match
from scanner.spelling import hint, quoted
from scanner.tomlcheck import Block, Problems, read_toml

ALL = "all"  # rows
FORMATS = ("terminal", "json", "jsonl", "html")


def find(explicit: Path | None = None, folder: Path | None = None) -> Path:
    """Return the configuration to use: the one asked for, else ``config.toml`` in the folder.

    Raise ConfigError that says what to do when it does not exist.
    """
    if explicit is not None:
        path = explicit / "config.toml" if explicit.is_dir() else explicit
        if not path.is_file():
            raise ConfigError(f"{path} does not exist; check the path given with --config.")
        return path
    path = (folder or Path()) / "config.toml"
    if not path.is_file():
        raise ConfigError(
            "There is no config.toml in this folder; name one with --config FILE, "
            "or run `ropascan demo` to see an example at work."
        )
    return path


def load(path: Path) -> Config:
    """Read and check a configuration; raise ConfigError with a sentence per mistake.

    Nothing is opened but this file: a store that is missing becomes a gap when it is scanned.
    """
    doc = read_toml(path, path.name, ConfigError)
    base = Path(os.path.abspath(path)).parent
    problems = Problems()
    top = Block(doc, problems)
    sources = tuple(source(block, base) for block in top.tables("source", "name"))
    blocks = top.tables("record", "path")
    records = tuple(_record(block, base, [source.name for source in sources]) for block in blocks)
    config = Config(
        sources=sources,
        records=records,
        sampling=_sampling(top.table("sampling")),
        detection=_detection(top.table("detection"), base),
        reports=_reports(top.table("reports"), base),
        jobs=top.whole("jobs"),
        base=base,
        file=path.name,
    )
    top.finish()
    _unique(top, [source.name for source in sources if source.name])
    problems.raise_if_any(ConfigError)
    return config


def _unique(top: Block, names: list[str]) -> None:
    for name in sorted({name for name in names if names.count(name) > 1}):
        top.problem(f"two sources are named {quoted(name)}; every [[source]] needs its own name.")


def _record(block: Block, base: Path, names: list[str]) -> RecordRef:
    path = block.text("path", required=True)
    globs = block.texts("sources")
    block.finish()
    for glob in globs:
        if bad_glob(block, "sources", glob):
            continue
        if names and not any(glob_match(glob, name) for name in names):
            block.problem(
                f"sources: no source is named {quoted(glob)}; {hint(glob, names)}", "sources"
            )
    return RecordRef(absolute(base, path) if path else base, globs)


def _sampling(block: Block | None) -> Sampling:
    default = Sampling()
    if block is None:
        return default
    sampling = Sampling(
        rows=_rows(block),
        seed=block.whole("seed", default.seed),
        asset_bytes=block.whole("asset_bytes", least=1) or None,
        asset_seconds=block.number("asset_seconds", least=0.1) or None,
        source_seconds=block.number("source_seconds", least=0.1) or None,
        cell=block.whole("cell", default.cell, least=16),
    )
    block.finish()
    return sampling


def _rows(block: Block) -> int | None:
    value = block.raw("rows")
    if value == ALL:
        return None
    if isinstance(value, str):
        block.problem(
            f'rows must be a whole number, without quotes, or "{ALL}" for every row.', "rows"
        )
        return Sampling().rows
    return block.whole("rows", 10_000, least=1)


def _detection(block: Block | None, base: Path) -> Detection:
    default = Detection()
    if block is None:
        return default
    languages = block.texts("languages") if block.has("languages") else default.languages
    block.check("languages", languages, _wrong_language)
    codes = block.texts("countries")
    block.check("countries", codes, countries().wrong)
    detection = Detection(
        languages=languages,
        countries=codes,
        recognizers=block.texts("recognizers"),
        exclude_recognizers=block.texts("exclude_recognizers"),
        names=block.flag("names", default=default.names),
        models=_models(block.table("models")),
        thresholds=_thresholds(block.table("thresholds")),
        recognizer_files=tuple(absolute(base, name) for name in block.texts("recognizer_files")),
        categories=_categories(block.table("categories")),
        seconds=block.number("seconds", default.seconds, least=0.1),
        thorough=block.flag("thorough", default=default.thorough),
        rare=block.flag("rare", default=default.rare),
        verify=block.number("verify", default.verify, most=1.0),
    )
    block.finish()
    return detection


def _wrong_language(code: str) -> str:
    if re.fullmatch(r"[a-z]{2}", code):
        return ""
    return f"{quoted(code)} is no language; write two small letters, as in en or fr."


def _models(block: Block | None) -> dict[str, str]:
    if block is None:
        return {}
    models = {}
    for language in block.data:
        wrong = _wrong_language(language)
        if wrong:
            block.problem(wrong, language)
        models[language] = block.text(language, required=True)
    return models


def _thresholds(block: Block | None) -> dict[str, float]:
    if block is None:
        return {}
    _check_entities(block)
    return {entity: block.number(entity, most=1.0) for entity in block.data}


def _categories(block: Block | None) -> dict[str, str]:
    if block is None:
        return {}
    _check_entities(block)
    return {entity: block.text(entity, required=True) for entity in block.data}


def _check_entities(block: Block) -> None:
    for entity in block.data:
        if not re.fullmatch(r"[A-Z][A-Z0-9_]*", entity):
            block.problem(
                f"{quoted(entity)} is no entity; write capitals, as in PHONE_NUMBER.", entity
            )


def _reports(block: Block | None, base: Path) -> Reports:
    default = Reports()
    if block is None:
        return default
    out = block.text("out")
    reports = Reports(
        formats=block.open_choices("formats", FORMATS) or default.formats,
        out=absolute(base, out) if out else None,
        fail_on=block.choice("fail_on", tuple(Severity), default.fail_on),
        min_confidence=block.choice("min_confidence", tuple(Confidence), default.min_confidence),
    )
    block.finish()
    return reports
