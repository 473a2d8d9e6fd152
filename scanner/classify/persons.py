"""Which of the categories that were found tell that the rows are people, or organisations."""

from collections.abc import Collection, Iterable

from scanner.classify import lexicon, subjects
from scanner.classify.clues import Clue
from scanner.classify.words import bag
from scanner.model import Asset, Confidence, Holding, Kind

# Categories of organisations as well as of people: they tell nothing of whose they are.
SHARED = frozenset(
    {
        "country",
        "email_address",
        "fax_number",
        "locality",
        "phone_number",
        "postal_address",
        "precise_location",
    }
)
# Only people have these.
PERSONAL = frozenset(
    {
        "age",
        "date_of_birth",
        "driver_licence_number",
        "family_relation",
        "gender",
        "name_part",
        "national_id_number",
        "nationality",
        "passport_number",
        "social_security_number",
    }
)
# Where somebody can be reached, rather than where something lies.
_REACHED = SHARED - {"country", "locality", "precise_location"}
# Somebody seen from the asset: the holder of an account is whoever the rows are about.
RELATIVE_TO = bag(
    """account holder user login profile owner member subscriber cardholder author konto compte
    cuenta inhaber titular titulaire titolare houder halter besitzer profil perfil head chef
    benutzer utilisateur usuario utente"""
)
# Of these categories the words of a phrase may speak of somebody and mean him.
_MEANT = frozenset(
    {"customer_identifier", "family_relation", "job_and_employer", "name_part", "person_name"}
)


def own_subject(name: str, category: str = "") -> tuple[str, str]:
    """Return the subject that a field's own name tells, and the word; ("", "") when it tells none.

    The words of a phrase say what a field holds, not whose it is: a ``user agent`` is no user's
    name. They count only where they name somebody: ``customer name``.
    """
    words = lexicon.words(name.rsplit(".", 1)[-1])
    named = {one.category: one for one in lexicon.match(name)}
    mute: set[str] = set()
    for one in named.values():
        whole = one.category == category not in SHARED or len(one.phrase.split()) > 1
        if one.category not in _MEANT and whole:
            mute.update(one.phrase.split())
    if category in _MEANT and category in named:
        mute -= set(named[category].phrase.split())
    left = tuple(word for word in words if word not in mute)
    found = subjects.subject_of(left)
    if found == "unknown":
        return "", ""
    return found, next(word for word in reversed(left) if subjects.subject_of((word,)) == found)


def done_by(name: str) -> str:
    """Return the word by which a field's name asks for a doer: ``created_by``; else nothing."""
    words = lexicon.words(name.rsplit(".", 1)[-1])
    return words[-1] if len(words) > 1 and words[-1] in lexicon.DOER else ""


def held_by_rows(
    asset: Asset,
    holdings: Iterable[Holding],
    words: frozenset[str],
    prefix: str,
    *,
    things: bool,
) -> dict[str, set[str]]:
    """Map the categories that are held in this asset's own name to their fields."""
    out: dict[str, set[str]] = {}
    told = [
        (one.field, one.category)
        for one in holdings
        if one.field and one.confidence is not Confidence.POSSIBLE and not one.text
    ]
    if not told:
        told = [
            (one.name, named.category)
            for one in asset.fields
            for named in lexicon.spoken(one, words, prefix)
            if not named.weak and named.strength > 0.5 and one.kind is not Kind.MESSAGE
        ]
    for name, category in told:
        # "owner_first_name" among dogs is the owner's.
        said, word = own_subject(name.removeprefix(prefix), category)
        if not said or word in words or (word in RELATIVE_TO and not things):
            out.setdefault(category, set()).add(name)
    return out


def people(held: dict[str, set[str]], role: str) -> frozenset[str]:
    """Return the fields that tell that the rows are people: at least two that belong together.

    Where the name of the asset speaks of things only given and family names do: dogs have a name,
    a sex and a birth date too.
    """
    names = held.get("name_part", set()) | held.get("person_name", set())
    others = {name for category in PERSONAL - {"name_part"} for name in held.get(category, ())}
    reached = {name for category in _REACHED for name in held.get(category, ())}
    if len(held.get("name_part", ())) >= 2:
        return frozenset(names | others)
    if role == "thing":
        return frozenset()
    if names and others:
        return frozenset(names | others)
    if (names and reached) or len(others) >= 2:
        return frozenset(names | others | reached)
    return frozenset()


def persons_clue(held: dict[str, set[str]], role: str) -> list[Clue]:
    """Return the clue that people are held, whoever they are."""
    fields = people(held, role)
    if not fields or role == "organisation":
        return []
    return [Clue("person", 0.6, f"{_some(fields)} tell of people")]


def reached_clue(held: dict[str, set[str]], role: str) -> list[Clue]:
    """Return the clue that there is an address or a telephone, but nobody's name."""
    streets = held.get("postal_address", set())
    lines = held.get("phone_number", set()) | held.get("fax_number", set())
    named = {name for category in PERSONAL | {"person_name"} for name in held.get(category, ())}
    if not streets or not lines or named or role in ("person", "linked"):
        return []
    said = f"an address and a telephone ({_some(streets | lines)}), and no name of a person"
    return [Clue("organisation", 1.0, said)]


def _some(names: Collection[str]) -> str:
    """Return "fields a, b and 3 more"."""
    shown = sorted(names)[:3]
    more = len(names) - len(shown)
    noun = "field" if len(names) == 1 else "fields"
    return f"{noun} {', '.join(shown)}" + (f" and {more} more" if more else "")
