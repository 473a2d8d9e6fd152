"""Names of persons and places: the name book first, the language model where it can help.

A language model sees names in status words, log tokens and product names; so it is asked only
about values that are written like names or like sentences, and in sentences it must agree with the
name book.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scanner.classify.words import fold
from scanner.detect.models import Model
from scanner.detect.namebook import AMBIGUOUS, given_names, is_cjk_name, surnames
from scanner.model import Hit, Values

_TOKEN = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*\.?")
_NAME = re.compile(r"[^\W\d_][^\W\d_]*(?:[\s.,'’-]+[^\W\d_]+)*\.?")
# Test data numbers its people: "Marie218 Dupont77".
_NUMBERED = re.compile(r"\b([^\W\d_]{3,})\d{1,4}\b")
_TITLES = frozenset("mr mrs ms miss dr prof sir mme mlle m herr frau sr sra dott ing jr iii ii phd md dds dvm".split())
_PARTICLES = frozenset("de la le du des da di do dos das van von der den del della el al bin ter ten zu y e".split())
# In capitals at the start of a sentence or a label, and in the name book.
_NO_NAMES = frozenset(
    """the this that and for with from user users client server error failed session order status
    new york san los saint st north south east west united great hello dear regards best thanks
    street avenue road house company inc ltd gmbh llc corp bank hotel group team service services
    monday tuesday wednesday thursday friday saturday sunday january february march april may june
    july august september october november december""".split()
)
_STOPS = {
    "en": frozenset("the and of to is was for with that on has have please from by".split()),
    "fr": frozenset("le la les des et est une pour dans avec sur que qui pas du au aux nous vous".split()),
    "de": frozenset("der die das und ist ein eine mit nicht auf fur von dem den wir sie".split()),
    "es": frozenset("el los las una es por para con del que en se su".split()),
    "it": frozenset("il lo gli una per con che del della sono non".split()),
    "nl": frozenset("de het een van en is voor met niet op".split()),
    "pt": frozenset("o os as uma para com que do da em nao se".split()),
}
ROUNDS = (100, 300, 1000)
_LONG = 1000  # characters of one text given to the model


@dataclass(frozen=True, slots=True)
class People:
    """What was found, and how many cells were looked at."""

    hits: tuple[Hit, ...]
    examined: int


def _tokens(text: str) -> list[str]:
    return [token.strip(".'’-") for token in _TOKEN.findall(text)]


def _capital(token: str) -> bool:
    return token[:1].isupper()


def book_score(text: str, *, named: bool) -> float:
    """Score how much a short value is a person's name by the name book alone; 0 for no sign.

    ``named`` says that the field's name speaks of names: then one word may do.
    """
    text = _NUMBERED.sub(r"\1", text)
    if is_cjk_name(text):
        return 0.5
    if not _NAME.fullmatch(text.strip()) or len(text) > 60:
        return 0.0
    tokens = [fold(token).lower() for token in _tokens(text)]
    core = [t for t in tokens if t not in _TITLES and t not in _PARTICLES and len(t) > 1]
    if not core or len(core) > 5 or any(token in _NO_NAMES for token in core):
        return 0.0
    given = [token for token in core if token in given_names()]
    family = [token for token in core if token in surnames()]
    if len(core) == 1:
        return 0.5 if named and (given or family) else 0.0
    if not all(_capital(token) for token in _tokens(text) if fold(token).lower() in core):
        return 0.4 if named and given else 0.0
    if given and family and len(set(given + family)) > 1:
        return 0.8
    if given and any(token not in AMBIGUOUS for token in given):
        return 0.7
    return 0.5 if named and (given or family) else 0.0


def _like_name(text: str) -> bool:
    """Tell whether a value is written like a name: two to four words, each with a capital."""
    bare = text.strip()
    if len(bare) > 60 or not _NAME.fullmatch(bare):
        return False
    core = [t for t in _tokens(bare) if t.lower() not in _PARTICLES]
    return 1 <= len(core) <= 4 and all(_capital(token) for token in core)


def names_in_text(text: str) -> Iterator[tuple[int, int, bool]]:
    """Yield (start, end, sure) of a given name followed by a capitalised word."""
    matches = list(_TOKEN.finditer(text))
    at = 0
    while at < len(matches) - 1:
        one = matches[at]
        word = fold(one[0].rstrip(".")).lower()
        if not _capital(one[0]) or one[0].isupper() or word not in given_names() or word in _NO_NAMES:
            at += 1
            continue
        last = at
        while last + 1 < len(matches) and last - at < 3:
            gap = text[matches[last].end() : matches[last + 1].start()]
            nxt = matches[last + 1][0]
            plain = fold(nxt.rstrip(".")).lower()
            if gap != " " or (not _capital(nxt) and plain not in _PARTICLES) or plain in _NO_NAMES:
                break
            last += 1
        while last > at and not _capital(matches[last][0]):
            last -= 1
        if last > at:
            rest = {fold(matches[n][0].rstrip(".")).lower() for n in range(at + 1, last + 1)}
            yield one.start(), matches[last].end(), bool(rest & surnames()) and word not in AMBIGUOUS
            at = last
        at += 1


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
        """Look at short values as wholes: name book for all, model for what it leaves open."""
        hits: list[Hit] = []
        left: list[int] = []
        for index, value in enumerate(values.values):
            score = book_score(value, named=named)
            if score:
                hits.append(_whole_hit(index, value, "PERSON", score, "NameBook"))
            elif _like_name(value):
                left.append(index)
        if left and self.models:
            hits += self._ask_short(values, left, len(hits))
        return People(tuple(hits), values.examined)

    def _ask_short(self, values: Values, left: list[int], known: int) -> list[Hit]:
        """Ask the model about name-like values, in rounds; stop when a round shows nothing."""
        out: list[Hit] = []
        # A field of one-word labels that the book does not know holds no full names.
        asked: set[int] = set()
        for most in ROUNDS:
            batch = [left[at] for at in _spread(len(left), most) if left[at] not in asked]
            if not batch:
                break
            asked.update(batch)
            texts = [_cased(values.values[index].strip()) for index in batch]
            model = self.models[0]
            for index, doc in zip(batch, model.pipe.pipe(texts, batch_size=128), strict=True):
                for entity in doc.ents:
                    if len(entity.text) * 2 < len(doc.text):
                        continue
                    kind = _KINDS.get(entity.label_)
                    if kind == "PERSON" and " " not in entity.text.strip():
                        continue
                    if kind:
                        out.append(_whole_hit(index, values.values[index], kind, 0.6, model.name))
            if len(out) * 20 < len(asked) and known * 20 < len(asked):
                break
        return out

    def prose(self, values: Values, *, message: bool) -> People:
        """Look into sentences: a name needs the name book, and the model where there is one."""
        hits: list[Hit] = []
        open_: list[int] = []
        for index, value in enumerate(values.values):
            found = list(names_in_text(value[:20_000]))
            if not found:
                continue
            if self.models:
                open_.append(index)
                continue
            hits += [_hit(index, s, e, "PERSON", 0.7, "NameBook") for s, e, sure in found if sure]
        examined = values.examined
        if open_:
            picked = [open_[at] for at in _spread(len(open_), ROUNDS[-1])]
            hits += self._ask_prose(values, picked)
            skipped = set(open_) - set(picked)
            examined -= sum(int(values.counts[index]) for index in skipped)
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
                spans = [(e.start_char, e.end_char) for e in doc.ents if _KINDS.get(e.label_) == "PERSON"]
                for start, end, sure in names_in_text(doc.text):
                    if any(begin < end and start < stop for begin, stop in spans):
                        out.append(_hit(index, start, end, "PERSON", 0.85, model.name))
                    elif sure:
                        out.append(_hit(index, start, end, "PERSON", 0.6, "NameBook"))
        return out


_KINDS = {"PERSON": "PERSON", "PER": "PERSON", "GPE": "LOCATION", "LOC": "LOCATION"}


def _cased(text: str) -> str:
    """Return a name in title case when it is all capitals: models expect it so."""
    return text.title() if text.isupper() and len(text) > 3 else text


def _hit(index: int, start: int, end: int, entity: str, score: float, by: str) -> Hit:
    return Hit(index, start, end, entity, score, by)


def _whole_hit(index: int, value: str, entity: str, score: float, by: str) -> Hit:
    start = len(value) - len(value.lstrip())
    return Hit(index, start, len(value.rstrip()), entity, score, by)
