"""How the language models are asked, and what their answers mean."""

from collections.abc import Iterable, Sequence

from scanner.classify.words import bag, fold
from scanner.detect.models import Model, Seen
from scanner.model import Gap, GapReason

LONG = 1000  # characters of one text given to a model
_STOPS = {
    "en": bag("the and of to is was for with that on has have please from by"),
    "fr": bag("le la les des et est une pour dans avec sur que qui pas du au aux nous vous"),
    "de": bag("der die das und ist ein eine mit nicht auf fur von dem den wir sie"),
    "es": bag("el los las una es por para con del que en se su"),
    "it": bag("il lo gli una per con che del della sono non"),
    "nl": bag("de het een van en is voor met niet op"),
    "pt": bag("o os as uma para com que do da em nao se"),
}
_KINDS = {"PERSON": "PERSON", "PER": "PERSON", "GPE": "LOCATION", "LOC": "LOCATION"}


class Models:
    """The language models of a process. One that turns out to be unusable sees nothing."""

    def __init__(self, models: Sequence[Model]) -> None:
        self._models = tuple(models)
        self._broken: dict[str, Gap] = {}

    def __bool__(self) -> bool:
        return bool(self._models)

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """What was found to be missing when a model was asked."""
        return tuple(self._broken[name] for name in sorted(self._broken))

    def wholes(self, values: Sequence[str]) -> tuple[str, list[str]]:
        """Tell of short values whether each is a PERSON, a LOCATION or neither (empty).

        The name of the model that was asked comes first.
        """
        if not self._models:
            return "", [""] * len(values)
        model = self._models[0]
        texts = [_cased(value.strip()) for value in values]
        return model.name, [
            _entity_of(text, seen)
            for text, seen in zip(texts, self._ask(model, texts), strict=True)
        ]

    def persons(self, texts: Sequence[str]) -> list[tuple[str, list[tuple[int, int]]]]:
        """Return the model that read each text, and the spans in which it saw persons.

        Only the first 1,000 characters are read, by the model whose language has most of its small
        words in them.
        """
        out: list[tuple[str, list[tuple[int, int]]]] = [("", [])] * len(texts)
        cut = [text[:LONG] for text in texts]
        chosen = [self._language(text) for text in cut]
        for number, model in enumerate(self._models):
            group = [at for at, pick in enumerate(chosen) if pick == number]
            for at, seen in zip(group, self._ask(model, [cut[at] for at in group]), strict=True):
                spans = [(s, e) for s, e, label in seen if _KINDS.get(label) == "PERSON"]
                out[at] = (model.name, spans)
        return out

    def _language(self, text: str) -> int:
        """Return the place of the model to ask."""
        if len(self._models) < 2:
            return 0
        words = {fold(word).lower() for word in text.split()}
        known = [len(words & _STOPS.get(m.language, frozenset())) for m in self._models]
        return known.index(max(known))

    def _ask(self, model: Model, texts: Sequence[str]) -> list[tuple[Seen, ...]]:
        if not texts:
            return []
        if wrong := model.broken():
            self._broken[model.name] = Gap("", GapReason.MODEL_MISSING, wrong)
            return [()] * len(texts)
        return list(model.entities(texts))


def _entity_of(text: str, seen: Iterable[Seen]) -> str:
    """Return PERSON or LOCATION when it is most of a short text; one word is no person here."""
    for start, end, label in seen:
        kind = _KINDS.get(label, "")
        if (end - start) * 2 < len(text) or (kind == "PERSON" and " " not in text[start:end]):
            continue
        if kind:
            return kind
    return ""


def _cased(text: str) -> str:
    """Return a name in title case when it is all capitals: models expect it so."""
    return text.title() if text.isupper() and len(text) > 3 else text
