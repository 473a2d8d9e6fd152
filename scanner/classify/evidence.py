"""What classification reads and returns: no value of a store, only counts and shares."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from scanner.model import Detection, Field, Holding


@dataclass(frozen=True, slots=True)
class Profile:
    """How the values of one field look, weighted by their counts. All shares lie in [0, 1]."""

    examined: int = 0  # non-empty cells
    nulls: int = 0
    distinct: int = 0
    shortest: int = 0  # characters
    longest: int = 0
    mean: float = 0.0  # characters of a cell
    words: float = 0.0  # words of a cell, on average
    letters: float = 0.0  # share of characters
    digits: float = 0.0
    spaces: float = 0.0
    alphabetic: float = 0.0  # share of cells of letters, blanks and name punctuation only
    numeric: float = 0.0  # share of cells that are a whole number
    decimal: float = 0.0  # share of cells that are a number with a fraction
    titled: float = 0.0  # share of cells that begin with a capital letter
    mixed: float = 0.0  # share of cells with letters and digits
    single: float = 0.0  # share of cells of one word
    prose: float = 0.0  # share of cells that read like sentences
    dates: float = 0.0  # share of cells that are a date or a time stamp
    json: float = 0.0  # share of cells that are a JSON object or list
    veiled: float = 0.0  # share of cells that say that a value was taken out: [REDACTED], ****
    codes: float = 0.0  # share of cells of at most three capital letters or digits
    uniform: bool = False  # all cells have the same length
    within_degrees: bool = False  # every number lies in [-180, 180] and some have a fraction

    @property
    def uniqueness(self) -> float:
        """Distinct values per cell."""
        return self.distinct / self.examined if self.examined else 0.0

    @property
    def like_names(self) -> bool:
        """Whether the values are written as full names of persons are: "Ana Lopez"."""
        written = self.alphabetic >= 0.85 and self.titled >= 0.8 and 1.7 <= self.words <= 4
        return written and self.prose < 0.1 and self.longest <= 60

    @property
    def like_logins(self) -> bool:
        """Whether the values are written as logins are: one short word in small letters."""
        short = 3 <= self.mean <= 20 and self.single >= 0.95 and self.titled < 0.2
        return short and self.letters > 0.5 and self.codes < 0.2 and self.numeric + self.dates < 0.2

    @property
    def like_handles(self) -> bool:
        """Whether the values are short single words, as the names of profiles are."""
        return 0 < self.mean <= 24 and self.single >= 0.95 and self.letters > 0.5

    @property
    def free_text(self) -> bool:
        """Whether people (or programs) write sentences here."""
        return self.prose >= 0.4 and self.json < 0.5


@dataclass(frozen=True, slots=True)
class FieldEvidence:
    """Everything known of one field when it is classified.

    ``template`` is the masked text of the log template a placeholder belongs to, if any.
    """

    field: Field
    profile: Profile = Profile()
    detections: tuple[Detection, ...] = ()
    template: str = ""


@dataclass(frozen=True, slots=True)
class Classified:
    """The holdings of one asset, sorted by field and category, and its free-text fields."""

    holdings: tuple[Holding, ...] = ()
    text_fields: tuple[str, ...] = ()


def meant(
    evidence: Iterable[FieldEvidence], categories: Mapping[str, str]
) -> tuple[FieldEvidence, ...]:
    """Tell detections of the user's own entities what ``categories`` say that they stand for."""
    if not categories:
        return tuple(evidence)
    return tuple(
        replace(
            item,
            detections=tuple(
                replace(found, category=categories.get(found.entity, ""))
                for found in item.detections
            ),
        )
        for item in evidence
    )
