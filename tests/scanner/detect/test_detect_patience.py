"""Time budgets: what is too slow or fails is stopped, named, and keeps what it found."""

import pytest
from presidio_analyzer import EntityRecognizer, Pattern, PatternRecognizer, RecognizerResult

from scanner.detect.custom.added import wrapped
from scanner.detect.finder import PresidioFinder
from scanner.detect.lean import LeanSteps
from scanner.detect.patience import Patience
from scanner.model import Asset, GapReason

ASSET = Asset("sqlite://s/main/t", "s", "sqlite")
SLOW = Pattern("slow", r"(a|aa)+$", 0.5)  # doubles with every sign
QUICK = Pattern("quick", "b", 0.6)
TRAP = "b" + "a" * 60 + "!"


class Clock:
    """A clock that goes on when it is told to."""

    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


class Costly(EntityRecognizer):
    """Takes a time for each text, and may fail."""

    def __init__(self, clock, cost, fails_at=None):
        self.clock, self.cost, self.fails_at, self.seen = clock, cost, fails_at, []
        super().__init__(["COSTLY"], name="Costly")

    def load(self):
        pass

    def analyze(self, text, entities, nlp_artifacts=None):
        self.seen.append(text)
        self.clock.now += self.cost
        if text == self.fails_at:
            raise KeyError("marie@acme.fr")
        return [RecognizerResult("COSTLY", 0, 1, 0.5)]


def _costly(cost, seconds=10.0, fails_at=None):
    clock = Clock()
    recognizer = Costly(clock, cost, fails_at)
    (finder,) = wrapped(recognizer)
    return recognizer, finder, Patience(seconds, clock)


def _gap(watch):
    (gap,) = watch.gaps(ASSET, "notes")
    assert (gap.source, gap.asset, gap.field) == ("s", ASSET.path, "notes")
    return gap


def test_an_expression_is_cut_off_and_keeps_what_it_found():
    steps = LeanSteps.of(PatternRecognizer("X", patterns=[SLOW, QUICK]))
    assert steps.search(TRAP, 0.02) == (((0, 1, 0.6),), False)
    assert (
        steps.search("ba", 0.02) == (((1, 2, 0.5), (0, 1, 0.6)), True)
        or steps.search("ba", 0.02)[1]
    )


def test_a_text_that_was_cut_off_is_a_gap_and_the_entity_is_not_claimed():
    (finder,) = wrapped(PatternRecognizer("X", name="Mine", patterns=[SLOW, QUICK]))
    watch = Patience(0.05).field()
    with watch.turn(finder) as turn:
        assert turn.limit == 0.05
        assert turn.find(TRAP) == ((0, 1, 0.6),)
    assert watch.looked_for([finder]) == set()
    gap = _gap(watch)
    assert gap.reason is GapReason.BUDGET
    assert '"Mine"' in gap.detail
    assert "aaa" not in gap.detail


def test_a_recognizer_is_stopped_when_its_seconds_are_used_up():
    recognizer, finder, patience = _costly(3.0)
    watch = patience.field()
    found = []
    with watch.turn(finder) as turn:
        for text in "abcdefgh":
            found += turn.find(text)
    assert recognizer.seen == list("abcd")  # 12 s: it is not interrupted, and not begun again
    assert len(found) == 4
    assert not turn.finished
    assert "after 10 s" in _gap(watch).detail


def test_the_seconds_of_all_turns_on_a_field_add_up():
    recognizer, finder, patience = _costly(3.0)
    watch = patience.field()
    for text in "abcdefgh":
        watch.turn(finder).find(text)
    assert recognizer.seen == list("abcd")
    assert watch.looked_for([finder]) == set()


def test_what_keeps_within_its_seconds_leaves_no_gap():
    recognizer, finder, patience = _costly(1.0)
    watch = patience.field()
    with watch.turn(finder) as turn:
        for text in "abcdefgh":
            turn.find(text)
    assert len(recognizer.seen) == 8
    assert watch.gaps(ASSET, "notes") == ()
    assert watch.looked_for([finder]) == {"COSTLY"}


def test_every_field_has_its_own_seconds_until_three_were_too_much():
    recognizer, finder, patience = _costly(6.0)
    sentences = []
    for _ in range(5):
        watch = patience.field()
        for text in "abcd":
            watch.turn(finder).find(text)
        sentences.append(_gap(watch).detail)
    assert len(recognizer.seen) == 6
    assert [("was not run" in s and "3 fields before" in s) for s in sentences] == [
        False, False, False, True, True,
    ]  # fmt: skip


def test_code_of_others_that_fails_is_stopped_and_its_words_are_not_repeated():
    recognizer, finder, patience = _costly(0.0, fails_at="b")
    watch = patience.field()
    with watch.turn(finder) as turn:
        found = [turn.find(text) for text in "abc"]
    assert [len(spans) for spans in found] == [1, 0, 0]
    assert recognizer.seen == ["a", "b"]
    gap = _gap(watch)
    assert gap.reason is GapReason.CRASHED
    assert "KeyError" in gap.detail
    assert "marie" not in gap.detail


def test_a_check_of_others_that_fails_is_stopped_too():
    class Checked(PatternRecognizer):
        def validate_result(self, pattern_text):
            raise ValueError("marie@acme.fr")

    (finder,) = wrapped(Checked("X", patterns=[QUICK]))
    watch = Patience(1.0).field()
    assert watch.turn(finder).find("b") == ()
    assert "ValueError" in _gap(watch).detail


def test_a_loop_of_ones_own_is_measured_and_guarded():
    _, finder, patience = _costly(0.0)
    watch, done = patience.field(), 0
    with watch.turn(finder) as turn:
        while not turn.over():
            patience.clock.now += 4.0
            done += 1
    assert done == 3
    assert not turn.open
    watch = patience.field()
    with watch.turn(finder):
        raise KeyError
    assert watch.turn(finder).failed == "KeyError"


def test_a_failure_of_our_own_code_is_never_hidden():
    finder = PresidioFinder.of(PatternRecognizer("X", patterns=[QUICK]), "X")
    watch = Patience(1.0).field()
    with pytest.raises(KeyError), watch.turn(finder):
        raise KeyError
    broken = PresidioFinder(finder.recognizer, "X", "X", (), None)
    broken.recognizer.analyze = lambda *_: 1 / 0
    with pytest.raises(ZeroDivisionError):
        watch.turn(broken).find("b")


def test_an_interruption_is_never_hidden():
    _, finder, patience = _costly(0.0)
    with pytest.raises(KeyboardInterrupt), patience.field().turn(finder):
        raise KeyboardInterrupt


def test_an_entity_that_another_recognizer_finished_counts_as_looked_for():
    (mine,) = wrapped(PatternRecognizer("X", name="Mine", patterns=[SLOW]))
    other = PresidioFinder.of(PatternRecognizer("X", patterns=[QUICK]), "Other")
    watch = Patience(0.02).field()
    for finder in (mine, other):
        watch.turn(finder).find(TRAP)
    assert watch.looked_for([mine, other]) == {"X"}
    assert len(watch.gaps(ASSET, "notes")) == 1
