"""Whose data an asset and each of its fields hold, told by the whole of the asset.

The name of an asset often says it ("staff"), and often does not ("records", "t_pers", "party").
Then its fields do (a salary is kept of employees), what they refer to, the comment in the
catalogue, and the categories that were found. Each is a clue with a weight; the subject with the
most weight wins.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from scanner.classify import subjects
from scanner.classify.clues import Clue, clues, subjects_of_target
from scanner.classify.evidence import FieldEvidence
from scanner.classify.lookups import Listed, listed, words_of
from scanner.classify.persons import (
    PERSONAL,
    RELATIVE_TO,
    SHARED,
    done_by,
    held_by_rows,
    own_subject,
    people,
    persons_clue,
    reached_clue,
)
from scanner.classify.prefix import shared_prefix
from scanner.classify.words import bag
from scanner.model import Asset, Field, Holding, Kind

# An entry of a log is a thing that hangs on somebody.
_LOGS = bag("log logs event events journal protokoll protocol history audit alarm alarms")
_LEAST = 0.5  # weight of a subject that is said at all
# Of equal weights the one further to the front: staff handles what others are the subjects of.
_ORDER = (
    "patient",
    "student",
    "job_applicant",
    "customer",
    "contact",
    "supplier",
    "employee",
    "user",
    "person",
    "organisation",
)
# Whoever created a row is not whom it is about.
_DOERS = {"username": "user", "person_name": "person"}
_OF_USERS = frozenset({"password_hash", "password_plaintext", "session_token", "username"})
_OF_SOMEBODY = frozenset({"email_address", "fax_number", "phone_number"})
# "The office phone" of somebody: his own all the same.
_AT_WORK = bag(
    """office business company firm work corporate buro bureau dienst firma entreprise empresa
    azienda oficina ufficio escritorio kantoor"""
)


@dataclass(frozen=True, slots=True)
class Whose:
    """Whom an asset is about.

    ``subject`` is employee, customer, user, patient, student, job_applicant, supplier, contact,
    person, organisation, none (the rows are about nobody) or unknown; ``why`` has its evidence, a
    sentence each. ``role`` says what the rows are: person, linked, organisation, thing, unknown.
    """

    subject: str = "unknown"
    role: str = "unknown"
    why: tuple[str, ...] = ()
    listed: Listed | None = None  # the asset is a list to look things up in
    words: frozenset[str] = frozenset()  # of the asset's name
    prefix: str = field(default="", repr=False)

    def of(self, one: Field, category: str = "") -> tuple[str, tuple[str, ...]]:
        """Say whose data a field holds, and why: its own words, what it refers to, the asset.

        ``category`` is what it holds; empty where that is not known.
        """
        if one.kind is Kind.MESSAGE:
            return self.subject, self.why
        if (doer := done_by(one.name)) and category in _DOERS:
            return _DOERS[category], (f'the field says who did it: "{doer}"',)
        said, word = own_subject(one.name.removeprefix(self.prefix), category)
        if said and not self._swallows(said, word, category):
            return said, (f'the field\'s own name says "{word}"',)
        if one.references and (target := subjects_of_target(one.references))[0]:
            return target[0], (f"the field refers to {target[1]}",)
        return self._by_category(category)

    def _by_category(self, category: str) -> tuple[str, tuple[str, ...]]:
        """Say whose a category is where the asset does not tell; else whom the asset is about."""
        if self.subject not in ("none", "unknown"):
            return self.subject, self.why
        if category in PERSONAL | {"person_name"}:
            return "person", ("only people have what the field holds",)
        if category in _OF_USERS:
            return "user", ("somebody signs in with what the field holds",)
        if category in _OF_SOMEBODY:  # a thing has none: whose it is, nothing says
            return "unknown", ()
        return self.subject, self.why

    def _swallows(self, said: str, word: str, category: str) -> bool:
        """Tell whether a word of a field means whomever the asset is about."""
        if word in self.words:
            return self.subject != "unknown"
        about_people = self.subject not in ("none", "unknown", "organisation")
        if said == "organisation":
            return about_people and word in _AT_WORK and category in SHARED
        return about_people and word in RELATIVE_TO


def whose(
    asset: Asset, evidence: Sequence[FieldEvidence] = (), holdings: Iterable[Holding] = ()
) -> Whose:
    """Say whom an asset is about, and why.

    ``holdings`` are those found so far, of which the probable count; without any, the names of the
    fields speak for them. ``evidence`` is what was seen of the fields, for lists to look up in.
    """
    words = words_of(asset)
    prefix = shared_prefix(one.name for one in asset.fields)
    role = subjects.role_of(words)
    held = held_by_rows(asset, holdings, frozenset(words), prefix, things=role == "thing")
    among = people(held, role)
    found = listed(asset, evidence)
    if found and not among:
        return Whose("none", "thing", found.why, found, frozenset(words), prefix)
    told = [*clues(asset, words, role), *persons_clue(held, role), *reached_clue(held, role)]
    if asset.type == "log":  # its lines are about many; only its name may tell about whom
        told = [clue for clue in told if clue.named]
    subject, why = _heaviest(told, role, people=bool(among), logs=bool(_LOGS & set(words)))
    role = _role(role, subject, among, told)
    if subject == "unknown" and role == "thing":
        subject, why = "none", ("the asset's name speaks of things",)
    return Whose(subject, role, why, None, frozenset(words), prefix)


def owned(
    asset: Asset, evidence: Sequence[FieldEvidence], holdings: Sequence[Holding]
) -> tuple[Holding, ...]:
    """Return the holdings of an asset's fields with whose data they are, and why."""
    about = whose(asset, evidence, holdings)
    known = {item.field.name: item.field for item in evidence}
    known.update((one.name, one) for one in asset.fields)
    return tuple(_owned(holding, known, about) for holding in holdings)


def _owned(holding: Holding, known: Mapping[str, Field], about: Whose) -> Holding:
    if not holding.field:
        return replace(holding, subject=about.subject, subject_why=about.why)
    one = known.get(holding.field) or Field(holding.field)
    subject, why = about.of(one, holding.category)
    return replace(holding, subject=subject, subject_why=why)


def _heaviest(
    told: Sequence[Clue], role: str, *, people: bool, logs: bool
) -> tuple[str, tuple[str, ...]]:
    """Return the subject with the most weight, and what spoke for it."""
    weights: dict[str, float] = {}
    sure = role == "person" and any(clue.points >= 3 for clue in told if clue.named)
    for clue in told:
        if clue.subject == "organisation" and (people or sure) and role != "organisation":
            continue  # somebody's employer, or the company that a customer buys for
        weights[clue.subject] = weights.get(clue.subject, 0.0) + clue.points
    if any(name not in ("person", "organisation") for name in weights) and people:
        weights = {name: w for name, w in weights.items() if name != "person" or w > 1}
    least = 0.4 if people else _LEAST if role != "thing" or logs else 2 * _LEAST
    able = {name: w for name, w in weights.items() if w >= least}
    if not able:
        return "unknown", ()
    best = min(able, key=lambda name: (-round(able[name], 3), _ORDER.index(name)))
    return best, tuple(clue.text for clue in told if clue.subject == best)


def _role(role: str, subject: str, people: frozenset[str], told: Sequence[Clue]) -> str:
    """Return the role of the rows, by what the fields told where the name did not."""
    if role == "unknown":
        if people:
            return "person"
        if subject == "organisation":
            return "organisation"
        return "linked" if any(clue.key for clue in told) else role
    return "person" if role == "thing" and people else role
