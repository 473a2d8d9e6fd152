"""What the settings choose, checked without importing Presidio: the same for a scan and a check."""

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scanner.config import Detection
from scanner.detect import known, national
from scanner.detect.custom import files, plugins
from scanner.detect.custom.files import Recipe
from scanner.errors import ConfigError
from scanner.spelling import hint, quoted
from scanner.taxonomy import taxonomy

UNCLASSIFIED = "unclassified_personal_data"
"""The category of an entity for which neither the taxonomy nor the configuration names one."""


@dataclass(frozen=True, slots=True)
class Selection:
    """The recognizers that run. ``notes`` says in sentences what of a file does not, and why."""

    classes: tuple[str, ...]  # of Presidio, or ours in their place, in the order of running
    changed: Mapping[str, Recipe]  # by class: what a file changes about it
    recipes: tuple[Recipe, ...]  # made from a file
    plugins: tuple[str, ...]  # entry points
    excluded: frozenset[str]
    notes: tuple[str, ...] = ()

    @property
    def own(self) -> frozenset[str]:
        """The entities that files name."""
        named = {recipe.entity for recipe in (*self.recipes, *self.changed.values())}
        return frozenset(named - {""})

    @property
    def entities(self) -> frozenset[str]:
        """What is looked for in values by what is named here; entry points tell when loaded."""
        changed = self.changed
        found = {
            (changed[name].entity if name in changed else "") or known.entity_of(name)
            for name in self.classes
        }
        found |= self.own
        found |= {entity for name, entity in known.OWN.items() if name not in self.excluded}
        return frozenset(found - {""})


def select(settings: Detection, countries: Sequence[str]) -> Selection:
    """Choose the recognizers: generic, national, asked for, and those of files.

    Raise ConfigError for a name that does not exist and for mistakes in a file.
    """
    recipes = files.read(settings.recognizer_files)
    added = [item for item in recipes if not item.predefined]
    _check_asked(settings.recognizers)
    names = {*known.presidio_classes(), *known.OWN, *(item.name for item in added)}
    _check(settings.exclude_recognizers, sorted(names), "exclude_recognizers")
    notes: list[str] = []
    changed, off = _changes([item for item in recipes if item.predefined], settings, notes)
    asked = tuple(name for name in settings.recognizers if known.exists(name))
    wanted = dict.fromkeys((*national.GENERIC, *national.national(countries), *asked, *changed))
    gone = frozenset(settings.exclude_recognizers)
    out = gone | (off - frozenset(asked))
    running = [item for item in added if item.enabled and item.name not in gone]
    spoken = tuple(item for item in running if item.speaks(settings.languages))
    notes += [_foreign(item) for item in running if item not in spoken]
    return Selection(
        tuple(name for name in wanted if name not in out),
        {name: recipe for name, recipe in changed.items() if name not in out},
        spoken,
        tuple(name for name in dict.fromkeys(settings.recognizers) if not known.exists(name)),
        gone,
        tuple(notes),
    )


def _changes(
    recipes: Sequence[Recipe], settings: Detection, notes: list[str]
) -> tuple[dict[str, Recipe], frozenset[str]]:
    """Return what files change about Presidio's classes, and the classes they switch off."""
    changed: dict[str, Recipe] = {}
    off: dict[str, Recipe] = {}
    for recipe in recipes:
        if not recipe.enabled:
            off[recipe.predefined] = recipe
        elif not recipe.speaks(settings.languages):
            notes.append(_foreign(recipe))
        elif recipe.predefined in changed:
            other = changed[recipe.predefined].where
            raise ConfigError(
                f"{recipe.where}: {recipe.predefined} stands in {other} too; keep one of them."
            )
        else:
            changed[recipe.predefined] = recipe
    gone = frozenset(off) - frozenset(changed)
    named = sorted(gone - frozenset(settings.recognizers))
    if named:
        places = ", ".join(dict.fromkeys(off[name].where.split(",")[0] for name in named))
        notes.append(f"{places} switches off {', '.join(named)}")
    return changed, gone


def _foreign(recipe: Recipe) -> str:
    codes = ", ".join(recipe.languages)
    return (
        f"the recognizer {quoted(recipe.name)} ({recipe.where}) is for {codes}, which is not among "
        "languages under [detection]: it does not run"
    )


def _check_asked(names: Sequence[str]) -> None:
    """Refuse a name that is neither a class of Presidio nor an entry point."""
    unknown = [name for name in names if not known.exists(name)]
    if not unknown:
        return
    offered = plugins.installed()
    _check(names, sorted({*known.presidio_classes(), *offered}), "recognizers")
    for name in unknown:
        plugins.the_one(name)


def _check(names: Sequence[str], there: Sequence[str], key: str) -> None:
    """Refuse a name that does not exist, with the nearest one that does."""
    for name in names:
        if name in there:
            continue
        near = difflib.get_close_matches(name, there, n=1, cutoff=0.5)
        tip = (
            f"; did you mean {near[0]}?"
            if near
            else "; recognizers are named as Presidio's classes are, or as an installed package "
            f"names them in the entry point group {plugins.GROUP}"
        )
        shown = "".join(char if char.isprintable() else "?" for char in name)[:60]
        raise ConfigError(f'[detection] {key}: there is no recognizer "{shown}"{tip}')


def categories(settings: Detection, entities: frozenset[str]) -> Mapping[str, str]:
    """Return the category of each entity that the taxonomy does not know.

    Configured, else :data:`UNCLASSIFIED`. Raise ConfigError for a category that does not exist
    and for an entity that has one or is not looked for.
    """
    known_to = _in_taxonomy()
    for entity, category in settings.categories.items():
        if category not in taxonomy().categories:
            near = hint(category, taxonomy().categories)
            raise ConfigError(
                f"[detection.categories]: there is no category {quoted(category)}; {near}"
            )
        if entity in known_to:
            raise ConfigError(
                f"[detection.categories]: {entity} is {known_to[entity]} already; give your "
                "recognizer an entity of its own"
            )
        if entity not in entities:
            own = sorted(entities - frozenset(known_to))
            said = f"of your own recognizers there are: {', '.join(own)}" if own else (
                "it is for entities of recognizers of your own, and there is none"
            )  # fmt: skip
            raise ConfigError(f"[detection.categories]: {entity} is not looked for; {said}")
    return {
        entity: settings.categories.get(entity, UNCLASSIFIED)
        for entity in sorted(entities - frozenset(known_to))
    }


def _in_taxonomy() -> Mapping[str, str]:
    return {
        entity: category.id
        for category in reversed(tuple(taxonomy().categories.values()))
        for entity in category.entities
    }


def check_thresholds(settings: Detection, entities: frozenset[str]) -> None:
    """Refuse a threshold of an entity that is never looked for, or beyond 0 to 1."""
    for entity, least in settings.thresholds.items():
        if entity not in entities:
            there = ", ".join(sorted(entities))
            raise ConfigError(
                f"[detection.thresholds]: {entity} is not looked for; known are: {there}"
            )
        if not 0 <= least <= 1:
            raise ConfigError(f"[detection.thresholds]: {entity} must lie between 0 and 1")


def check(settings: Detection, countries: Sequence[str]) -> tuple[str, ...]:
    """Check the settings as building a detector would, and return what there is to say.

    Nothing is imported that a scan needs; entry points are not loaded, as they are code, so what
    only they can tell is left to the scan. Raise ConfigError.
    """
    chosen = select(settings, settings.countries or countries)
    told = list(chosen.notes)
    if chosen.plugins:
        told.append(
            f"{', '.join(chosen.plugins)}: installed; what they find is checked when a scan starts"
        )
    people = frozenset({"PERSON", "LOCATION"} if settings.names else ())
    # What an entry point finds is unknown: only what no entry point could change is checked.
    claimed = frozenset((*settings.thresholds, *settings.categories) if chosen.plugins else ())
    if settings.thresholds:  # without any, Presidio's source need not be read
        check_thresholds(settings, chosen.entities | people | claimed)
    assigned: Mapping[str, str] = {}
    if settings.categories or chosen.own:  # a test sees to it that all others have a category
        assigned = categories(settings, chosen.own | claimed)
    open_ = [entity for entity, category in assigned.items() if category == UNCLASSIFIED]
    if open_:
        told.append(
            f"{', '.join(open_)}: reported as {UNCLASSIFIED}; name a category for each under "
            "[detection.categories] to compare it with the record"
        )
    return tuple(told)
