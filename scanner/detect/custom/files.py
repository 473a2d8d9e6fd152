"""Read recognizers from Presidio's YAML format, without Presidio.

What is read is the ``recognizers`` list of a registry file: recognizers of the user's own
(patterns, deny lists) and changes to Presidio's (``type: predefined``). See docs/recognizers.md.
"""

import functools
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from scanner.detect import known
from scanner.detect.custom.yamlfile import Document, Entry, read_yaml
from scanner.errors import ConfigError
from scanner.spelling import hint, quoted
from scanner.tomlcheck import Problems

FLAGS = 26  # ignore case, multiline and dot-all: what Presidio takes without the key
_TYPES = ("custom", "predefined")
_ENTITY = re.compile(r"[A-Z][A-Z0-9_]*")
_LANGUAGE = re.compile(r"[a-z]{2}")
_OWN = ("patterns", "deny_list")
Contexts = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class PatternRecipe:
    """One expression of a recognizer."""

    name: str
    regex: str = field(repr=False)
    score: float


@dataclass(frozen=True, slots=True)
class Recipe:
    """One recognizer of a file, checked and not yet made."""

    name: str
    where: str  # file and line, for messages
    entity: str = ""  # empty: that of the class
    predefined: str = ""  # Presidio's class; empty: patterns of its own
    enabled: bool = True
    contexts: Contexts = ()  # language ("": any) and its context words
    patterns: tuple[PatternRecipe, ...] = ()
    deny_list: tuple[str, ...] = field(default=(), repr=False)
    deny_list_score: float = 1.0
    flags: int = FLAGS

    def speaks(self, languages: Collection[str]) -> bool:
        """Tell whether the recognizer is for one of these languages, or for any."""
        return any(code in ("", *languages) for code, _ in self.contexts)

    def context(self, languages: Collection[str]) -> tuple[str, ...]:
        """Return the context words of these languages together."""
        found = (words for code, words in self.contexts if code in ("", *languages))
        return tuple(dict.fromkeys(word for words in found for word in words))

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that it names."""
        return tuple(code for code, _ in self.contexts if code)


def read(paths: Sequence[Path]) -> tuple[Recipe, ...]:
    """Read the recognizers of some files, in their order.

    Raise ConfigError with a sentence for each mistake, each with its file and line.
    """
    problems = Problems()
    recipes: list[Recipe] = []
    for path in paths:
        recipes += _file(read_yaml(path, problems))
    seen: dict[str, Recipe] = {}
    for recipe in recipes:
        first = seen.setdefault(recipe.name, recipe)
        if first is not recipe:
            problems.add(functools.partial(_twice, recipe, first))
    problems.raise_if_any(ConfigError)
    return tuple(recipes)


def _twice(one: Recipe, other: Recipe) -> str:
    return (
        f"{one.where}: two recognizers are named {quoted(one.name)}, the other in {other.where}; "
        "each needs its own name."
    )


def _file(top: Entry) -> list[Recipe]:
    flags = top.whole("global_regex_flags", FLAGS)
    languages = tuple(code for code in top.texts("supported_languages") if _language(top, code))
    top.refuse("supported_countries", "write countries under [detection] in config.toml.")
    if "recognizers" not in top.nodes:
        top.problem('"recognizers" is missing: the list of recognizers.')
    out = []
    for number, node in enumerate(top.items("recognizers"), 1):
        recipe = _recognizer(top.doc, node, number, flags, languages)
        out += [recipe] if recipe is not None else []
    top.finish()
    return out


def _recognizer(
    doc: Document, node: yaml.Node, number: int, flags: int, languages: tuple[str, ...]
) -> Recipe | None:
    if isinstance(node, yaml.ScalarNode):  # the bare name of one of Presidio's
        where = f"{doc.name}, line {node.start_mark.line + 1}"
        name = str(doc.value(node))
        entry = Entry(doc, yaml.MappingNode("tag:yaml.org,2002:map", [], node.start_mark))
        return (
            Recipe(name, where, predefined=name, contexts=(("", ()),))
            if _class(entry, "", name)
            else None
        )
    if not isinstance(node, yaml.MappingNode):
        doc.problem(node, "a recognizer must be keys with values: name, supported_entity, ….")
        return None
    entry = Entry(doc, node)
    name = entry.text("name", required=True)
    entry.label = f"recognizer {quoted(name)}" if name else f"recognizer no. {number}"
    kind = entry.choice("type", _TYPES) or _guess(entry, name)
    recipe = (_predefined if kind == "predefined" else _custom)(entry, name, flags, languages)
    if recipe is None:
        return None  # told, or a model of Presidio's, whose settings say nothing here
    entry.refuse("score_thresholds", "write [detection.thresholds] in config.toml.")
    entry.refuse("global_regex_flags", "it stands at the top of the file, for all recognizers.")
    entry.finish()
    return recipe


def _guess(entry: Entry, name: str) -> str:
    """Return the type of an entry that does not say: its own unless it names one of Presidio's."""
    if any(key in entry.nodes for key in _OWN):
        return "custom"
    return "predefined" if entry.text("class_name") or known.exists(name) else "custom"


def _predefined(entry: Entry, name: str, flags: int, languages: tuple[str, ...]) -> Recipe | None:
    made_of = entry.text("class_name") or name
    enabled = entry.flag("enabled", default=True)
    entity = _entity(entry, required=False)
    entry.text("country_code")  # what Presidio itself says of the class
    contexts = _contexts(entry, languages)
    for key in _OWN:
        entry.refuse(key, "leave out type: predefined for a recognizer of your own.")
    if not made_of or not _class(entry, "class_name", made_of, enabled=enabled):
        return None
    if entity and made_of == "PhoneRecognizer":
        entry.problem("the entity of PhoneRecognizer cannot be changed.", "supported_entity")
    return Recipe(name, entry.where, entity, made_of, enabled, contexts, flags=flags)


def _class(entry: Entry, key: str, name: str, *, enabled: bool = True) -> bool:
    """Tell whether a predefined class is one to deal with; report it when it cannot be."""
    if known.exists(name):
        return True
    other = name in known.others() or name in known.LIKE_PHONE
    if name in known.BY_MODEL or (not enabled and other):
        return False  # names of persons are found by the models of [detection.models]
    at = key if key in entry.nodes else "name"
    if name in known.others():
        entry.problem(
            f"{name} runs a model or a service of its own, which no file can switch on; "
            "make it an entry point of the group ropascan.recognizers.",
            at,
        )
    elif name in known.LIKE_PHONE:
        entry.problem(
            f"the numbers of {name} are found by PhoneRecognizer; write countries under "
            "[detection] in config.toml.",
            at,
        )
    else:
        near = hint(name, known.presidio_classes())
        entry.problem(f"Presidio has no recognizer {quoted(name)}; {near}", at)
    return False


def _custom(entry: Entry, name: str, flags: int, languages: tuple[str, ...]) -> Recipe:
    enabled = entry.flag("enabled", default=True)
    entity = _entity(entry, required=True)
    entry.text("country_code")
    entry.text("version")
    entry.refuse("class_name", "write type: predefined for one of Presidio's recognizers.")
    contexts = _contexts(entry, languages)
    patterns = _patterns(entry, flags)
    deny_list = entry.texts("deny_list")
    score = entry.number("deny_list_score", 1.0)
    if not any(key in entry.nodes for key in _OWN):
        entry.problem("it needs patterns or a deny_list.")
    if known.exists(name) or name in known.OWN:
        entry.problem(
            f"{quoted(name)} is the name of a recognizer that exists; choose another.", "name"
        )
    return Recipe(
        name, entry.where, entity, "", enabled, contexts, patterns, deny_list, score, flags
    )


def _entity(entry: Entry, *, required: bool) -> str:
    several = entry.texts("supported_entities")
    entity = entry.text("supported_entity")
    if entity and several:
        entry.problem("write supported_entity or supported_entities, not both.", "supported_entity")
    key = "supported_entities" if several else "supported_entity"
    if len(several) > 1:
        entry.problem("a pattern recognizer finds one entity; make one for each.", key)
    entity = entity or (several[0] if several else "")
    if entity and not _ENTITY.fullmatch(entity):
        entry.problem(f"{quoted(entity)} is no entity; write capitals, as in EMPLOYEE_NUMBER.", key)
    if required and not entity and not several:
        entry.problem("supported_entity is missing; name what it finds, as in EMPLOYEE_NUMBER.")
    return entity


def _language(entry: Entry, code: str) -> bool:
    if _LANGUAGE.fullmatch(code):
        return True
    entry.problem(f"{quoted(code)} is no language; write two small letters, as in en or fr.")
    return False


def _contexts(entry: Entry, languages: tuple[str, ...]) -> Contexts:
    """Return the languages of a recognizer, each with its context words."""
    one, words = entry.text("supported_language"), entry.texts("context")
    if one and entry.has("supported_languages"):
        entry.problem(
            "write supported_language or supported_languages, not both.", "supported_language"
        )
    if one:
        return ((one, words),) if _language(entry, one) else ()
    found: list[tuple[str, tuple[str, ...]]] = []
    for node in entry.items("supported_languages"):
        if isinstance(node, yaml.MappingNode):
            inner = Entry(entry.doc, node, entry.label)
            code, own = inner.text("language", required=True), inner.texts("context")
            inner.finish()
        else:
            value = entry.doc.value(node)
            code, own = value if isinstance(value, str) else "", ()
            if not code:
                entry.doc.problem(
                    node, f'{entry.label}: a language is two letters in quotes, as in "no".'
                )
        if code and _language(entry, code):
            found.append((code, own or words))
    if words and len(found) > 1:
        entry.problem(
            "context words for several languages belong under each language: "
            "{language: en, context: […]}.",
            "context",
        )
    return tuple(found) or tuple((code, words) for code in languages or ("",))


def _patterns(entry: Entry, flags: int) -> tuple[PatternRecipe, ...]:
    out = []
    for number, node in enumerate(entry.items("patterns"), 1):
        if not isinstance(node, yaml.MappingNode):
            entry.doc.problem(
                node, f"{entry.label}: a pattern must be keys with values: name, regex, score."
            )
            continue
        inner = Entry(entry.doc, node)
        name = inner.text("name", required=True)
        inner.label = f"{entry.label}, pattern {quoted(name) if name else f'no. {number}'}"
        regex, score = inner.text("regex", required=True), inner.number("score", required=True)
        inner.finish()
        wrong = _wrong(regex, flags)
        if wrong:
            inner.problem(f"its regex cannot be read: {wrong}.", "regex")
        out.append(PatternRecipe(name, regex, score))
    return tuple(out)


def _wrong(expression: str, flags: int) -> str:
    """Say what is wrong with an expression; it is compiled as Presidio compiles it."""
    import regex  # type: ignore[import-untyped]

    try:
        regex.compile(expression)
        regex.compile(expression, flags=flags)
    except regex.error as error:
        at = f" at its sign {error.pos + 1}" if error.pos is not None else ""
        return f"{error.msg}{at}"
    except (ValueError, OverflowError, RecursionError):
        return "its flags or its nesting are impossible"
    return ""
