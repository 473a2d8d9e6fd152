"""Names in rounds: the verdict is that of all values, the cost is not; counts are honest."""

import random
from types import SimpleNamespace

import numpy as np
import pytest

from scanner.classify import FieldEvidence, classify, profile, tally
from scanner.detect import models
from scanner.detect.models import Model
from scanner.detect.namebook import AMBIGUOUS, NO_NAMES, given_names, surnames
from scanner.detect.people import PeopleFinder
from scanner.model import Asset, Detected, Field, Gap, GapReason, Kind, Method, Values

_MODEL = Model("en", "pretended", "1", "", "pretended")
_CLASSES = ("Zarq", "Vexo")  # the pretended model takes what begins so for a person, a place


class _Pipe:
    """Sees a person or a place where a text says so, and counts what it read."""

    def __init__(self):
        self.read = 0

    def pipe(self, texts, batch_size):
        assert batch_size > 1
        for text in texts:
            self.read += 1
            yield SimpleNamespace(ents=tuple(self._ents(text)))

    def _ents(self, text):
        for word, label in zip(_CLASSES, ("PERSON", "GPE"), strict=True):
            if (at := text.find(word)) >= 0:
                yield SimpleNamespace(start_char=max(at - 8, 0), end_char=len(text), label_=label)


@pytest.fixture
def pipe(monkeypatch):
    """Put a pretended model in the place of a loaded one."""
    found = _Pipe()
    monkeypatch.setattr(models, "_pipe", lambda _where: found)
    return found


def _column(texts, name="value", kind=Kind.TEXT):
    counted = {}
    for text in texts:
        counted[text] = counted.get(text, 0) + 1
    distinct = tuple(sorted(counted))
    counts = np.array([counted[text] for text in distinct], dtype=np.int64)
    return Values(Field(name, kind), distinct, counts, len(texts))


def _word(draw):
    return "".join(draw.choice("bcdfgkl") + draw.choice("aeou") for _ in range(3)).title()


def _short(share, seed, size=4000, repeat=1):
    """Return short values that only the model can tell, a share of them names."""
    draw = random.Random(seed)
    return [
        f"{draw.choice(_CLASSES[:1]) if draw.random() < share else 'Qi'}{_word(draw)} {_word(draw)}"
        for _ in range(size // repeat)
    ] * repeat


def _places(share, seed, size=2000):
    """Return single words, a share of them places to the model."""
    draw = random.Random(seed)
    return [f"{'Vexo' if draw.random() < share else 'Qi'}{_word(draw)}" for _ in range(size)]


def _notes(share, seed, size=4000, *, sure=False):
    """Return sentences, a share of them with a name that the book knows, or half knows."""
    draw = random.Random(seed)
    given = sorted(given_names() - AMBIGUOUS - NO_NAMES)
    family = sorted(surnames() - given_names() - NO_NAMES)
    plain = [word for word in given if word.isalpha() and word.isascii() and len(word) > 3]
    last = [word for word in family if word.isalpha() and word.isascii() and len(word) > 3]
    out = []
    for number in range(size):
        who = f"{draw.choice(plain).title()} "
        who += draw.choice(last).title() if sure else f"Zarq{_word(draw)}"
        inside = f"with {who} " if draw.random() < share else ""
        out.append(f"the parcel {number} was talked over {inside}and sent back to us last week")
    return out


def _look(values, *, thorough, asset="people", hinted=frozenset()):
    """Return what was found, and (category, confidence) of the field's holdings."""
    found = PeopleFinder((_MODEL,), thorough=thorough).find(values, (), hinted)
    detected = Detected(
        found.hits,
        found.looked_for,
        {},
        found.examined,
        drawn=found.drawn,
        floors=found.floors,
    )
    evidence = FieldEvidence(values.field, profile(values), tally(values, detected))
    place = Asset(f"sqlite://s/{asset}", "s", "sqlite")
    holdings = classify(place, [evidence], Method.RANDOM, 100_000).holdings
    return found, {(item.category, item.confidence) for item in holdings}


COLUMNS = [
    *(("full_name", _short, share) for share in (0.0, 0.05, 0.2, 0.6, 0.95)),
    *(("value", _short, share) for share in (0.0, 0.1, 0.2, 0.4, 0.65, 0.95)),
    *(("city", _places, share) for share in (0.0, 0.3, 0.7, 1.0)),
    *(("note", _notes, share) for share in (0.0, 0.002, 0.02, 0.3)),
]

_HINTS = {"full_name": "PERSON", "city": "LOCATION"}


@pytest.mark.parametrize(("name", "make", "share"), COLUMNS)
def test_the_verdict_is_that_of_all_values(pipe, name, make, share):
    hinted = frozenset({_HINTS[name]}) if name in _HINTS else frozenset()
    differ = 0
    for seed in range(5):
        values = _column(make(share, seed), name)
        _, quick = _look(values, thorough=False, hinted=hinted)
        _, slow = _look(values, thorough=True, hinted=hinted)
        differ += quick != slow
    assert differ == 0


@pytest.mark.parametrize("repeat", [1, 4])
def test_obvious_names_cost_few_values_and_the_share_is_that_of_the_field(pipe, repeat):
    values = _column(_short(0.9, 1, repeat=repeat))
    found, _ = _look(values, thorough=False)
    (person,) = (item for item in tally(values, _detected(found)) if item.entity == "PERSON")
    assert pipe.read <= 60
    assert person.examined == found.examined["PERSON"] <= 60
    assert 0.75 < person.matched / person.examined <= 1.0
    assert person.floor == 0.5


def _detected(found):
    return Detected(
        found.hits,
        found.looked_for,
        examined=found.examined,
        drawn=found.drawn,
        floors=found.floors,
    )


def test_a_field_without_names_says_in_how_many_cells_it_was_looked(pipe):
    found, holdings = _look(_column(_short(0.0, 1)), thorough=False)
    assert 300 <= found.examined["PERSON"] <= 500
    assert found.examined["PERSON"] == pipe.read
    assert holdings == set()


def test_names_that_the_book_is_sure_of_cost_nothing(pipe):
    values = _column(_notes(0.1, 1, sure=True))
    found, holdings = _look(values, thorough=False)
    assert pipe.read == 0
    assert found.examined == {}
    assert 300 < len(found.hits) < 500
    assert {category for category, _ in holdings} == {"person_name"}


def test_one_sure_name_among_thousands_of_notes_is_found(pipe):
    texts = [*_notes(0.0, 1), *_notes(1.0, 2, 1, sure=True)]
    found, _ = _look(_column(texts), thorough=False)
    assert len(found.hits) == 1


def test_one_name_that_only_the_model_is_sure_of_is_found(pipe):
    texts = [*_notes(0.0, 1), *_notes(1.0, 2, 1)]
    found, _ = _look(_column(texts), thorough=False)
    assert len(found.hits) == pipe.read == 1


def test_thorough_asks_about_every_value(pipe):
    found, _ = _look(_column(_short(0.9, 1, 1500)), thorough=True)
    assert pipe.read == len(set(_short(0.9, 1, 1500)))
    assert found.examined == {}


def test_names_beside_an_address_in_a_note_count(pipe):
    from scanner.model import Hit

    texts = [f"{text}, mail a{n}@b.fr" for n, text in enumerate(_notes(1.0, 1, 50, sure=True))]
    values = _column(texts)
    mails = [
        Hit(index, text.index(" mail ") + 6, len(text), "EMAIL_ADDRESS", 1.0, "x")
        for index, text in enumerate(values.values)
    ]
    found = PeopleFinder((_MODEL,)).find(values, mails, frozenset())
    assert len({hit.index for hit in found.hits}) == 50
    # What is an address itself is no name.
    whole = [Hit(index, 0, len(text), "URL", 1.0, "x") for index, text in enumerate(values.values)]
    assert PeopleFinder((_MODEL,)).find(values, whole, frozenset()).hits == ()


def test_a_settled_field_is_not_looked_at_again(pipe):
    values = _column(_short(0.9, 1))
    first = PeopleFinder((_MODEL,)).find(values, (), frozenset())
    assert "PERSON" in first.settled
    read = pipe.read
    later = Values(values.field, values.values, values.counts, 4000, settled=first.settled)
    again = PeopleFinder((_MODEL,)).find(later, (), frozenset())
    assert again.hits == ()
    assert again.looked_for == frozenset()
    assert pipe.read == read


def test_lines_of_a_log_keep_every_sure_name_and_bound_the_model(pipe):
    texts = [*_notes(1.0, 1, 2000, sure=True), *_notes(1.0, 2, 2000)]
    found = PeopleFinder((_MODEL,)).find(_column(texts, kind=Kind.MESSAGE), (), frozenset())
    assert pipe.read == found.asked == 300
    assert len({hit.index for hit in found.hits}) == 2300


def test_a_model_that_cannot_be_loaded_is_a_gap_and_the_book_goes_on(monkeypatch):
    monkeypatch.setattr(models, "_pipe", lambda _where: "cannot be loaded")
    texts = [*_short(0.9, 1, 100), "Marie Dupont", "Peter Keller"]
    found = PeopleFinder((_MODEL,)).find(_column(texts), (), frozenset({"PERSON"}))
    assert {hit.by for hit in found.hits} == {"NameBook"}
    assert [gap.reason for gap in found.gaps] == [GapReason.MODEL_MISSING]
    assert isinstance(found.gaps[0], Gap)
    assert "pretended" in found.gaps[0].detail


def test_single_words_are_places_only_where_the_name_speaks_of_places(pipe):
    texts = [f"Vexo{_word(random.Random(number))}" for number in range(50)]
    assert not PeopleFinder((_MODEL,)).find(_column(texts), (), frozenset()).hits
    assert pipe.read == 0
    found = PeopleFinder((_MODEL,)).find(_column(texts), (), frozenset({"LOCATION"}))
    assert {hit.entity for hit in found.hits} == {"LOCATION"}
    assert "LOCATION" in found.looked_for


def test_finding_a_model_loads_nothing(monkeypatch):
    def refuse(_where):
        raise AssertionError("loaded")

    monkeypatch.setattr(models, "_pipe", refuse)
    found = models.load("en", {})
    assert isinstance(found, (Model, str))


def test_a_folder_that_is_no_model_is_named_as_unusable(tmp_path):
    (tmp_path / "meta.json").write_text("{", encoding="utf-8")
    assert "cannot be loaded" in models.load("en", {"en": str(tmp_path)})
    (tmp_path / "meta.json").write_text('{"lang": "en", "pipeline": ["tagger"]}', encoding="utf-8")
    assert "no entity recognizer" in models.load("en", {"en": str(tmp_path)})
    (tmp_path / "meta.json").write_text('{"lang": "de", "pipeline": ["ner"]}', encoding="utf-8")
    assert "another language" in models.load("en", {"en": str(tmp_path)})
    (tmp_path / "meta.json").write_text('{"lang": "en", "pipeline": ["ner"]}', encoding="utf-8")
    found = models.load("en", {"en": str(tmp_path)})
    assert "cannot be loaded" in found.broken()  # it says it is one, and is none
