"""What speaks for a subject: the name of the asset, its fields, keys, comment and place."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scanner.classify import lexicon, subjects
from scanner.classify.prefix import shared_prefix
from scanner.classify.traits import TRAITS, traits
from scanner.classify.words import bag
from scanner.model import Asset, Field, Path

_GENERIC = bag(
    """person people individual human user account profile contact persona personne personnes
    persoon pessoa personen leute osoba osoby member konto compte cuenta"""
)
_KEYS = bag(
    """id ids nr no num number nummer numero code key ref pk fk uuid guid kod kode cod codigo sk oid
    numer cislo identifier identifiant"""
)
_MOST = 3.0  # weight of all traits of one subject together
_MOST_OF_COMPANIES = 4.0
# Handles what others are the subjects of.
_HANDLES = frozenset({"employee", "user"})
_CALLED = frozenset({"patient", "customer", "student"})  # a key is often called so, without more
_PLACES = {
    "employee": bag("hr payroll personnel personal hcm staff rh"),
    "customer": bag("crm shop store webshop sales commerce ecommerce loyalty"),
    "patient": bag("hospital clinic ehr emr krankenhaus klinik hopital clinique ospedale medical"),
    "student": bag("school university college campus schule hochschule universitat ecole escuela"),
}


@dataclass(frozen=True, slots=True)
class Clue:
    """A piece of evidence for a subject. ``points`` are its weight, ``text`` a sentence."""

    subject: str
    points: float
    text: str
    key: bool = False  # a field that refers to somebody
    named: bool = False  # the asset's own name


def clues(asset: Asset, words: tuple[str, ...], role: str) -> Iterator[Clue]:
    """Yield what speaks for a subject in an asset with this name."""
    yield from _named(words, role)
    yield from _kept(asset.fields, shared_prefix(field.name for field in asset.fields))
    yield from _keys(asset, role)
    if asset.comment:
        said = subjects.subject_of(lexicon.words(asset.comment)[:6])
        if said != "unknown":
            yield Clue(said, 1.5, "the asset's comment in the catalogue says so")
    yield from _within(asset)


def _named(words: tuple[str, ...], role: str) -> Iterator[Clue]:
    """Yield what the asset's name says."""
    said = subjects.subject_of(words)
    if said != "unknown":
        word = next(w for w in reversed(words) if subjects.subject_of((w,)) == said)
        points = {"person": 3.0, "organisation": 3.0, "linked": 2.0, "unknown": 1.5}.get(role, 0.4)
        if subjects.singular(word) in _GENERIC:
            points = min(points, 1.5)
        yield Clue(said, points, f'the asset\'s name says "{word}"', named=True)
        for other in words:  # "user accounts", "customer contacts"
            beside = subjects.subject_of((other,))
            if beside not in (said, "unknown"):
                yield Clue(beside, 0.6, f'the asset\'s name says "{other}"')
    elif role == "linked":
        hung = subjects.linked_subjects()
        for word in words:
            if hung.get(word):
                yield Clue(hung[word], 0.6, f'"{word}" is mostly of {_plural(hung[word])}')
                return


def _kept(fields: Sequence[Field], prefix: str) -> Iterator[Clue]:
    """Yield what fields are kept of one kind of somebody only."""
    for subject, names in sorted(
        traits(field.name.removeprefix(prefix) for field in fields).items()
    ):
        most = _MOST_OF_COMPANIES if subject == "organisation" else _MOST
        points = min(TRAITS[subject][0] * len(names), most)
        shown = ", ".join(names[:4])
        verb = "is" if len(names) == 1 else "are"
        noun = "field" if len(names) == 1 else "fields"
        whom = "organisations" if subject == "organisation" else f"{_plural(subject)}"
        yield Clue(subject, points, f"the {noun} {shown} {verb} kept of {whom}")


def _plural(subject: str) -> str:
    return subject.replace("_", " ") + "s"


def _keys(asset: Asset, role: str) -> Iterator[Clue]:
    """Yield whom fields refer to, each subject once; the rows' own key says whom they number."""
    own = _own_key(asset.fields)
    seen: set[str] = set()
    for field in asset.fields:
        if field.references and _same(asset, field):
            continue  # a manager is an employee too
        said, by = _referred(field)
        if not said or said in seen:
            continue
        if field is own and not field.references:
            if said == "organisation" or not _numbers(field):
                continue
            seen.add(said)
            yield Clue(said, 1.5, f"the key {field.name} numbers {_plural(said)}", key=True)
        elif role not in ("person", "organisation"):
            seen.add(said)
            points = 0.6 if said in _HANDLES else 0.2 if said == "organisation" else 1.2
            yield Clue(said, points, f"the field {field.name} refers to {by}", key=True)


def _own_key(fields: Sequence[Field]) -> Field | None:
    """Return the field that numbers the rows: a primary key of one field, else the first field."""
    primary = [field for field in fields if field.key == "primary"]
    if primary:
        return primary[0] if len(primary) == 1 else None
    return fields[0] if fields else None


def _numbers(field: Field) -> bool:
    """Tell whether a field is a key by declaration or by name."""
    return field.key == "primary" or bool(set(lexicon.words(field.name)) & _KEYS)


def _same(asset: Asset, field: Field) -> bool:
    """Tell whether a field refers to its own asset."""
    return asset.path.endswith("/" + field.references.partition("#")[0])


def _referred(field: Field) -> tuple[str, str]:
    """Return whom a field refers to, by its foreign key or by its name: ``customer_id``.

    A field that is called only "patient" refers to one.
    """
    if field.references and (target := subjects_of_target(field.references))[0]:
        return target
    words = lexicon.words(field.name.rsplit(".", 1)[-1])
    rest = tuple(word for word in words if word not in _KEYS)
    if not rest or any(subjects.subject_of((word,)) == "unknown" for word in rest):
        return "", ""
    said = subjects.subject_of(rest)
    if rest == words and said not in _CALLED:
        return "", ""  # "operator" and "artist" hold names more often than keys
    return said, _plural(said)


def subjects_of_target(references: str) -> tuple[str, str]:
    """Return the subject of the asset that a foreign key points at (or ""), and its name."""
    name = references.partition("#")[0].rpartition("/")[2]
    words = lexicon.words(name)
    known = subjects.role_of(words) in ("person", "organisation")
    return (subjects.subject_of(words) if known else ""), name


def _within(asset: Asset) -> Iterator[Clue]:
    """Yield what the source and the schema around an asset say: little."""
    path = Path.parse(asset.path) if "://" in asset.path else None
    around = (path.source, *path.segments[:-1]) if path else ()
    for segment in reversed(around):
        words = set(lexicon.words(segment))
        for subject, places in _PLACES.items():
            if words & places:
                yield Clue(subject, 0.4, f'it lies in "{segment}"')
                return
