"""Recognizers by entry point: only those that are named, whatever they are, and never a crash."""

import re
import sys

import pytest
from presidio_analyzer import EntityRecognizer, Pattern, PatternRecognizer, RecognizerResult

from scanner import detect
from scanner.config import Detection
from scanner.detect.custom import plugins
from scanner.detect.custom.added import AddedFinder, EntityFinder, Shared, is_added
from scanner.detect.registry import make
from scanner.detect.screen import Screen
from scanner.errors import ConfigError

CODE = r"""
from presidio_analyzer import EntityRecognizer, Pattern, PatternRecognizer, RecognizerResult


class Staff(PatternRecognizer):
    def __init__(self):
        super().__init__("STAFF", name="Staff", patterns=[Pattern("s", r"S-\d+", 0.9)])


class Both(EntityRecognizer):
    def __init__(self):
        self.calls = 0
        super().__init__(["LEFT", "RIGHT"], name="Both")

    def load(self):
        pass

    def analyze(self, text, entities, nlp_artifacts=None):
        self.calls += 1
        return [RecognizerResult(e, text.find(e[0]), text.find(e[0]) + 1, 0.8) for e in entities]


german = PatternRecognizer("STAFF_DE", name="German", supported_language="de", deny_list=["x"])
instance = Staff()


def several():
    return [Both(), PatternRecognizer("WORD", name="Words", deny_list=["alpha"])]


def nothing():
    return []


def number():
    return 5


def fails():
    raise RuntimeError("marie@acme.fr")


def clash():
    return PatternRecognizer("WORD", name="UrlRecognizer", deny_list=["alpha"])


def small():
    return PatternRecognizer("my word", name="Small", deny_list=["alpha"])


def broken():
    made = Staff()
    made.patterns[0].regex = "("
    return made


def odd_screen():
    made = Both()
    made.screened_by = "L"
    return made
"""
NAMES = {
    "staff": "Staff", "staff-object": "instance", "several": "several", "nothing": "nothing",
    "number": "number", "fails": "fails", "clash": "clash", "small": "small", "broken": "broken",
    "odd-screen": "odd_screen", "absent": "absent", "german": "german",
}  # fmt: skip


@pytest.fixture
def offered(tmp_path, monkeypatch):
    """Install a package that offers recognizers, as pip would."""
    info = tmp_path / "staffplug-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: staffplug\nVersion: 1.0\n")
    lines = [f"{name} = staffplug_recognizers:{target}" for name, target in NAMES.items()]
    lines.append("unbuilt = no_such_module_at_all:Thing")
    (info / "entry_points.txt").write_text("\n".join([f"[{plugins.GROUP}]", *lines]) + "\n")
    (tmp_path / "staffplug_recognizers.py").write_text(CODE)
    monkeypatch.syspath_prepend(tmp_path)
    yield
    sys.modules.pop("staffplug_recognizers", None)


def _made(*names, **settings):
    return make(Detection(names=False, recognizers=names, **settings), ())


def _added(made):
    return [finder for finder in made.finders if is_added(finder)]


def test_nothing_is_imported_that_is_not_named(offered):
    _made()
    assert "staffplug_recognizers" not in sys.modules
    detect.check(Detection(names=False, recognizers=("staff",)))
    assert "staffplug_recognizers" not in sys.modules
    _made("staff")
    assert "staffplug_recognizers" in sys.modules


@pytest.mark.parametrize("name", ["staff", "staff-object"])
def test_a_class_and_an_object_are_recognizers(offered, name):
    (finder,) = _added(_made(name))
    assert (finder.name, finder.entity) == ("Staff", "STAFF")
    assert isinstance(finder, AddedFinder)
    assert list(finder.find("id S-42.")) == [(3, 7, 0.9)]
    assert Screen.of({"0": finder}).unscreened == ()


def test_a_function_may_return_several_and_each_entity_is_told_apart(offered):
    left, right, word = _added(_made("several"))
    assert [f.entity for f in (left, right, word)] == ["LEFT", "RIGHT", "WORD"]
    assert list(left.find("RL")) == [(1, 2, 0.8)]
    assert list(right.find("RL")) == [(0, 1, 0.8)]
    assert list(right.find("L")) == []  # find() of its own says -1 there: no place in the text
    assert left.recognizer.calls == 2  # once for each text


def test_what_analyzes_on_its_own_runs_on_everything_with_a_reason(offered):
    left, right, word = _added(_made("several"))
    screen = Screen.of({"left": left, "right": right, "word": word})
    assert screen.unscreened == ("left", "right")
    assert set(screen.reasons.values()) == {"it is no pattern recognizer"}


def test_one_that_says_what_it_rests_on_is_screened():
    class Told(EntityRecognizer):
        screened_by = (re.compile("L"),)

        def load(self):
            pass

        def analyze(self, text, entities, nlp_artifacts=None):
            return [RecognizerResult("LEFT", 0, 1, 0.5)]

    finder = EntityFinder("Told", "LEFT", Shared(Told(["LEFT"])))
    assert Screen.of({"0": finder}).unscreened == ()


class Own(PatternRecognizer):
    """Analyzes in a way of its own."""

    def analyze(self, text, entities, nlp_artifacts=None, regex_flags=None):
        return super().analyze(text[::-1], entities, nlp_artifacts, regex_flags)


class Unread(EntityRecognizer):
    """Returns what nobody expects."""

    answer: object = None

    def load(self):
        pass

    def analyze(self, text, entities, nlp_artifacts=None):
        return self.answer


@pytest.mark.parametrize(
    "regex",
    ["(?:foobar){e<2}", r"(\((?:[^()]|(?R))*\))", r"\p{Lu}{3}", r"(?r)ab", r"[[a-z]--[aeiou]]x",
     r"(?|(a)|(b))\1", r"\X", r"\m\w+\M", "(?>a+)b", "a++b", r"\K", "(a)(?(1)b|c)",
     r"\G\d+", "((((((((((a))))))))))", "(" * 70 + "a" + ")" * 70, "a{,100000}"],
)  # fmt: skip
def test_the_screen_never_fails_on_an_expression_that_compiles(regex):
    recognizer = PatternRecognizer("X", patterns=[Pattern("p", regex, 0.5)])
    screen = Screen.of({"0": recognizer})
    assert all(len(reason) > 10 for reason in screen.reasons.values())


@pytest.mark.parametrize("thing", [object(), None, 5, "text", [], Own("X", deny_list=["a"])])
def test_the_screen_runs_what_it_does_not_know_on_everything(thing):
    assert Screen.of({"0": thing}).unscreened == ("0",)


@pytest.mark.parametrize("answer", [None, [], ()])
def test_an_answer_of_nothing_is_nothing(answer):
    recognizer = Unread(["X"], name="Unread")
    recognizer.answer = answer
    finder = EntityFinder("Unread", "X", Shared(recognizer))
    assert list(finder.find("text")) == []


def test_results_outside_the_text_and_scores_beyond_one_are_put_right():
    recognizer = Unread(["X"], name="Unread")
    recognizer.answer = [
        RecognizerResult("X", 0, 99, 0.5), RecognizerResult("X", 3, 3, 0.5),
        RecognizerResult("X", 0, 2, 7.0), RecognizerResult("X", 0, 1, 0.0),
    ]  # fmt: skip
    finder = EntityFinder("Unread", "X", Shared(recognizer))
    assert list(finder.find("text")) == [(0, 2, 1.0)]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("unbuilt", "the module no_such_module_at_all is not installed"),
        ("absent", "fails with AttributeError"),
        ("fails", "fails with RuntimeError"),
        ("nothing", "returns no recognizer"),
        ("number", "a value of type int"),
        ("clash", 'names itself "UrlRecognizer"'),
        ("small", "capitals"),
        ("broken", "expressions"),
        ("odd-screen", "screened_by"),
        ("stafff", "did you mean staff"),
    ],
)
def test_a_plug_in_that_cannot_be_used_is_one_sentence(offered, name, said):
    with pytest.raises(ConfigError, match=re.escape(said)) as told:
        _made(name)
    assert "marie" not in str(told.value)
    assert "\n" not in str(told.value)


def test_a_plug_in_for_another_language_is_left_out_and_said(offered):
    made = _made("german")
    assert _added(made) == []
    assert any("German" in note and "de" in note for note in made.notes)
    assert [finder.name for finder in _added(_made("german", languages=("de",)))] == ["German"]


def test_two_packages_with_one_name_are_refused(offered, monkeypatch):
    twice = {"staff": plugins.installed()["staff"] * 2}
    monkeypatch.setattr(plugins, "installed", lambda: twice)
    for attempt in (
        lambda: _made("staff"),
        lambda: detect.check(Detection(recognizers=("staff",))),
    ):
        with pytest.raises(ConfigError, match="two installed packages"):
            attempt()


def test_categories_and_thresholds_of_a_plug_in_are_checked_when_it_is_loaded(offered):
    fine = {"categories": {"STAFF": "employment_record"}, "thresholds": {"STAFF": 0.5}}
    told, _ = detect.check(Detection(names=False, recognizers=("staff",), **fine))
    assert any("checked when a scan starts" in sentence for sentence in told)
    assert _made("staff", **fine).categories == {"STAFF": "employment_record"}
    with pytest.raises(ConfigError, match="STAF is not looked for"):
        _made("staff", categories={"STAF": "employment_record"})
