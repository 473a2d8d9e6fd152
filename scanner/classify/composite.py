"""Categories made of several fields: a call, a fax, an invoice, an audit trail, a contact."""

from collections.abc import Mapping, Sequence

from scanner.classify import lexicon
from scanner.classify.evidence import FieldEvidence
from scanner.classify.lookups import words_of
from scanner.classify.recipes import RECIPES, Part, Recipe
from scanner.classify.scale import confidence
from scanner.classify.whose import whose
from scanner.classify.words import find, split
from scanner.model import Asset, Confidence, Holding, Kind, Method, Path

# All parts and the name of the asset: probable, as no value says that it is one. A part less, or a
# name that does not speak: possible.
_COMPLETE, _NEARLY, _UNNAMED = 0.65, 0.35, 0.45

_Names = Mapping[str, tuple[str, ...]]  # field -> its words


def composites(
    asset: Asset,
    evidence: Sequence[FieldEvidence],
    holdings: Sequence[Holding],
    method: Method,
    population: int | None,
) -> list[Holding]:
    """Return asset-level holdings (field ``""``) of the composites whose parts the fields show.

    ``holdings`` are those of the fields. ``why`` names each part and the field that shows it.
    """
    fields = [item.field.name for item in evidence if item.field.kind is not Kind.MESSAGE]
    names = {name: _words(name.rsplit(".", 1)[-1]) for name in fields}
    held = _held(holdings)
    made = [
        (recipe, score, why)
        for recipe in RECIPES
        for score, why in [_weigh(recipe, _asset_words(asset), names, held)]
        if confidence(score) is not None
    ]
    if not made:
        return []
    about = whose(asset, evidence, holdings)
    examined = max((item.profile.examined for item in evidence), default=0)
    return [
        Holding(
            source=asset.source,
            kind=asset.kind,
            asset=asset.path,
            field="",
            category=recipe.category,
            entity=None,
            subject=about.subject,
            confidence=confidence(score) or Confidence.POSSIBLE,
            score=score,
            matched=0,
            examined=examined,
            population=population,
            method=method,
            by=("Composite",),
            why=why,
            subject_why=about.why,
        )
        for recipe, score, why in made
    ]


def _held(holdings: Sequence[Holding]) -> dict[str, list[str]]:
    """Map the categories that are held to their fields."""
    out: dict[str, list[str]] = {}
    for holding in holdings:
        if holding.field and not holding.text:
            out.setdefault(holding.category, []).append(holding.field)
    return out


def _words(name: str) -> tuple[str, ...]:
    """Return the words of a name, with those that were taken apart both ways."""
    whole, parts = split(name), lexicon.words(name)
    return parts if parts == whole else (*whole, *parts)


def _asset_words(asset: Asset) -> frozenset[str]:
    last = Path.parse(asset.path).segments[-1:] if "://" in asset.path else (asset.path,)
    return frozenset(words_of(asset)) | frozenset(word for name in last for word in split(name))


def _weigh(
    recipe: Recipe, asset_words: frozenset[str], names: _Names, held: Mapping[str, list[str]]
) -> tuple[float, tuple[str, ...]]:
    """Return the score of a composite, and a sentence for each part and the asset's name."""
    if _shown(recipe.never, names, held):
        return 0.0, ()
    shown = _each(recipe.parts, names, held)
    said = sorted(recipe.asset & asset_words)
    why = [f'the asset\'s name says "{said[0]}"'] if said else []
    why += [f"{part.name}: {field}" for part, field in shown if field]
    missing = [part.name for part, field in shown if not field]
    if not missing:
        alone = bool(_shown(recipe.alone, names, held))
        # A field that bears the name speaks as the asset does: "call_duration".
        borne = alone and any(not recipe.asset.isdisjoint(names.get(f, ())) for _, f in shown)
        return (_COMPLETE if said or borne else _UNNAMED if alone else 0.0), tuple(why)
    why += [f"not found: {name}" for name in missing]
    nearly = said and len(missing) == 1 and len(recipe.parts) > 3
    return (_NEARLY if nearly else 0.0), tuple(why)


def _each(
    parts: Sequence[Part], names: _Names, held: Mapping[str, list[str]]
) -> list[tuple[Part, str]]:
    """Find a field for each part, another one each where there are enough."""
    out: list[tuple[Part, str]] = []
    used: set[str] = set()
    for part in parts:
        fields = _shown(part.words, names, held)
        field = next((name for name in fields if name not in used), "".join(fields[:1]))
        used.add(field)
        out.append((part, field))
    return out


def _shown(words: frozenset[str], names: _Names, held: Mapping[str, list[str]]) -> list[str]:
    """Return the fields that show one of these words or categories, in the asset's order."""
    by_category = {field for word in words if word[0] == "=" for field in held.get(word[1:], ())}
    phrases = [tuple(word.split("_")) for word in words if "_" in word]
    return [
        name
        for name, own in names.items()
        if name in by_category
        or not words.isdisjoint(own)
        or any(True for phrase in phrases for _ in find(phrase, own))
    ]
