"""Names of persons and places: the name book first, the language model where it can help.

A language model sees names in status words, log tokens and product names; so it is asked only
about values that are written like names or like sentences, and in sentences it must agree with the
name book.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scanner.classify.words import bag, fold
from scanner.detect.models import Model
from scanner.detect.written import book_score, like_name, names_in_text
from scanner.model import Hit, Values

if TYPE_CHECKING:
    from spacy.tokens import Doc

_STOPS = {
    "en": bag("the and of to is was for with that on has have please from by"),
    "fr": bag("le la les des et est une pour dans avec sur que qui pas du au aux nous vous"),
    "de": bag("der die das und ist ein eine mit nicht auf fur von dem den wir sie"),
    "es": bag("el los las una es por para con del que en se su"),
    "it": bag("il lo gli una per con che del della sono non"),
    "nl": bag("de het een van en is voor met niet op"),
    "pt": bag("o os as uma para com que do da em nao se"),
}
ROUNDS = (100, 300, 1000)
_LONG = 1000  # characters of one text given to the model
_READ = 20_000  # characters of one text searched by the name book
_BOOK = "NameBook"
_KINDS = {"PERSON": "PERSON", "PER": "PERSON", "GPE": "LOCATION", "LOC": "LOCATION"}


@dataclass(frozen=True, slots=True)
class People:
    """What was found, in how many cells, and what was looked for."""

    hits: tuple[Hit, ...]
    examined: int
    looked_for: frozenset[str] = frozenset({"PERSON"})


def _language(text: str, models: Sequence[Model]) -> Model:
    """Choose the model whose language has most of its small words in the text."""
    if len(models) == 1:
        return models[0]
    words = {fold(word).lower() for word in text.split()}
    return max(models, key=lambda model: len(words & _STOPS.get(model.language, frozenset())))


def _spread(total: int, most: int) -> list[int]:
    """Return at most ``most`` indexes spread evenly over all."""
    if total <= most:
        return list(range(total))
    return [index * total // most for index in range(most)]


class PeopleFinder:
    """Finds PERSON and LOCATION in the values of a field."""

    def __init__(self, models: Sequence[Model]) -> None:
        self.models = tuple(models)

    def structured(self, values: Values, *, named: bool) -> People:
        """Look at short values as wholes: the name book at all, the model at what that leaves open.

        ``named``: the field's name speaks of persons, so that one word may be a name.
        """
        hits: list[Hit] = []
        left: list[int] = []
        for index, value in enumerate(values.values):
            score = book_score(value, named=named)
            if score:
                hits.append(_whole_hit(index, value, "PERSON", score, _BOOK))
            elif like_name(value) and (" " in value.strip() or not named):
                left.append(index)
        settled = len(hits) * 2 > len(values.values)
        if not left or settled or not self.models:
            return People(tuple(hits), values.examined)
        hits += self._ask_short(values, left, len(hits))
        return People(tuple(hits), values.examined, frozenset({"PERSON", "LOCATION"}))

    def _ask_short(self, values: Values, left: list[int], known: int) -> list[Hit]:
        """Ask the model about name-like values, in rounds; stop when a round shows nothing."""
        out: list[Hit] = []
        asked: set[int] = set()
        model = self.models[0]
        for most in ROUNDS:
            batch = [left[at] for at in _spread(len(left), most) if left[at] not in asked]
            asked.update(batch)
            texts = [_cased(values.values[index].strip()) for index in batch]
            for index, doc in zip(batch, model.pipe.pipe(texts, batch_size=128), strict=True):
                if entity := _entity_of(doc):
                    out.append(_whole_hit(index, values.values[index], entity, 0.6, model.name))
            if not batch or max(len(out), known) * 20 < len(asked):
                break
        return out

    def prose(self, values: Values) -> People:
        """Look into sentences: a name needs the name book, and the model where there is one."""
        hits: list[Hit] = []
        unsure: list[int] = []
        for index, value in enumerate(values.values):
            found = list(names_in_text(value[:_READ]))
            if found and self.models:
                unsure.append(index)
                continue
            hits += [_hit(index, s, e, 0.7, _BOOK) for s, e, sure in found if sure]
        picked = [unsure[at] for at in _spread(len(unsure), ROUNDS[-1])]
        hits += self._ask_prose(values, picked)
        skipped = set(unsure) - set(picked)
        examined = values.examined - sum(int(values.counts[index]) for index in skipped)
        return People(tuple(hits), examined)

    def _ask_prose(self, values: Values, picked: list[int]) -> list[Hit]:
        """Keep the names of the name book that the model also sees as persons."""
        out: list[Hit] = []
        by_model: dict[str, list[int]] = {}
        models = {model.language: model for model in self.models}
        for index in picked:
            chosen = _language(values.values[index][:_LONG], self.models)
            by_model.setdefault(chosen.language, []).append(index)
        for language, indexes in by_model.items():
            model = models[language]
            texts = [values.values[index][:_LONG] for index in indexes]
            for index, doc in zip(indexes, model.pipe.pipe(texts, batch_size=64), strict=True):
                spans = [
                    (e.start_char, e.end_char) for e in doc.ents if _KINDS.get(e.label_) == "PERSON"
                ]
                for start, end, sure in names_in_text(doc.text):
                    if any(begin < end and start < stop for begin, stop in spans):
                        out.append(_hit(index, start, end, 0.85, model.name))
                    elif sure:
                        out.append(_hit(index, start, end, 0.6, _BOOK))
        return out


def _entity_of(doc: "Doc") -> str:
    """Return PERSON or LOCATION when it is most of a short text; one word is no person here."""
    for entity in doc.ents:
        kind = _KINDS.get(entity.label_, "")
        if len(entity.text) * 2 < len(doc.text) or (kind == "PERSON" and " " not in entity.text):
            continue
        if kind:
            return kind
    return ""


def _cased(text: str) -> str:
    """Return a name in title case when it is all capitals: models expect it so."""
    return text.title() if text.isupper() and len(text) > 3 else text


def _hit(index: int, start: int, end: int, score: float, by: str) -> Hit:
    return Hit(index, start, end, "PERSON", score, by)


def _whole_hit(index: int, value: str, entity: str, score: float, by: str) -> Hit:
    start = len(value) - len(value.lstrip())
    return Hit(index, start, len(value.rstrip()), entity, score, by)
