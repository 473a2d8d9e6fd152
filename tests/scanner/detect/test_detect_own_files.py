"""Recognizers from Presidio's YAML: read as Presidio reads them, mistakes named by their line."""

from pathlib import Path

import pytest
from presidio_analyzer.recognizer_registry import RecognizerRegistryProvider

from scanner import detect
from scanner.config import Detection
from scanner.detect.custom import files
from scanner.detect.custom.added import AddedFinder
from scanner.detect.registry import make
from scanner.detect.silence import silence
from scanner.errors import ConfigError

GOOD = """\
supported_languages: [en, fr]
recognizers:
  - name: Staff number
    supported_languages: [en]
    supported_entity: EMPLOYEE_NUMBER
    patterns:
      - name: long
        regex: "EMP-\\\\d{6}"
        score: 0.9
      - {name: short, regex: "E\\\\d{4}", score: 0.3}
    context: [badge, "staff id"]
  - name: Projects
    supported_entity: PROJECT_NAME
    deny_list: [Blue Fox, c++, Éclair]
    deny_list_score: 0.7
  - name: Zip code
    supported_language: de
    supported_entity: ZIP
    patterns:
      - {name: zip, regex: "\\\\b\\\\d{5}\\\\b", score: 0.01}
  - name: Ticket
    supported_languages:
      - {language: en, context: [ticket]}
      - {language: fr, context: [billet, dossier]}
    supported_entity: TICKET
    patterns:
      - {name: ticket, regex: "TCK[0-9]+", score: 0.5}
  - name: Idle
    enabled: false
    supported_entity: IDLE
    deny_list: [idle]
"""


@pytest.fixture
def write(tmp_path):
    def _write(text, name="recognizers.yaml"):
        path = tmp_path / name
        path.write_text(text, "utf-8")
        return path

    return _write


def _made(*paths, **settings):
    return make(Detection(names=False, recognizer_files=paths, **settings), ())


def _own(made):
    return {f.name: f for f in made.finders if isinstance(f, AddedFinder)}


def test_what_is_on_and_for_a_configured_language_runs(write):
    made = _made(write(GOOD))
    assert set(_own(made)) == {"Staff number", "Projects", "Ticket"}
    assert [
        note for note in made.notes if "Zip code" in note and "line 16" in note and "de" in note
    ]
    assert set(_own(_made(write(GOOD), languages=("de",)))) == {"Zip code"}


def test_spans_and_scores_are_those_of_presidio_for_the_same_file(write):
    path = write(GOOD)
    silence()
    provider = RecognizerRegistryProvider(conf_file=str(path))
    registry = provider.create_recognizer_registry()
    texts = ["emp-123456 and E1234", "use C++ at Blue Fox", "éclair", "eclair", "blue foxes",
             "TCK77 tck8", "EMP-12345", "", "12345"]  # fmt: skip
    theirs = {r.name: r for r in registry.recognizers if r.supported_language == "en"}
    ours = _own(_made(path))
    assert set(ours) <= set(theirs)
    found = 0
    for name, finder in ours.items():
        for text in texts:
            results = theirs[name].analyze(text, theirs[name].supported_entities, None)
            expected = [(r.start, r.end, r.score) for r in results]
            assert list(finder.find(text)) == expected, (name, text)
            found += len(expected)
    assert found == 7


def test_context_is_that_of_the_configured_languages(write):
    path = write(GOOD)
    assert _own(_made(path))["Ticket"].recognizer.context == ["ticket"]
    both = _own(_made(path, languages=("fr", "en")))["Ticket"].recognizer
    assert both.context == ["ticket", "billet", "dossier"]
    assert _own(_made(path))["Staff number"].phrases == (frozenset({"staff", "id"}),)


def test_one_recognizer_for_several_languages_is_one_finder(write):
    made = _made(write(GOOD), languages=("en", "fr"))
    assert [finder.name for finder in made.finders].count("Ticket") == 1


def test_a_predefined_recognizer_is_added_changed_and_switched_off(write):
    path = write(
        """\
recognizers:
  - name: PlPeselRecognizer
    type: predefined
    supported_languages: [en, pl]
  - name: IbanRecognizer
    type: predefined
    supported_entity: OUR_IBAN
    supported_languages: [{language: en, context: [konto]}]
  - {name: UrlRecognizer, type: predefined, enabled: false}
  - SpacyRecognizer
  - {name: GLiNERRecognizer, type: predefined, enabled: false}
  - MacAddressRecognizer
"""
    )
    made = _made(path)
    names = {finder.name: finder for finder in made.finders}
    assert "PlPeselRecognizer" in names
    assert "UrlRecognizer" not in names
    assert names["IbanRecognizer"].entity == "OUR_IBAN"
    assert names["IbanRecognizer"].recognizer.context == ["konto"]
    assert len([finder for finder in made.finders if finder.name == "MacAddressRecognizer"]) == 1
    assert any("switches off UrlRecognizer" in note for note in made.notes)


def test_what_the_configuration_asks_for_by_name_is_not_switched_off(write):
    path = write("recognizers:\n  - {name: UrlRecognizer, type: predefined, enabled: false}\n")
    made = _made(path, recognizers=("UrlRecognizer",))
    assert "UrlRecognizer" in {finder.name for finder in made.finders}
    assert made.notes == ()


def test_the_file_that_presidio_ships_can_be_used_as_it_is():
    import presidio_analyzer

    shipped = Path(presidio_analyzer.__file__).parent / "conf" / "default_recognizers.yaml"
    made = _made(shipped)
    names = {finder.name for finder in made.finders}
    assert {"CreditCardRecognizer", "UsSsnRecognizer", "EmailRecognizer"} <= names
    assert "AuTfnRecognizer" not in names
    example = shipped.with_name("example_recognizers.yaml")
    assert set(_own(_made(example, languages=("en", "de")))) == {
        "Zip code Recognizer", "Titles recognizer",
    }  # fmt: skip


def test_flags_of_the_file_count_for_its_recognizers(write):
    text = "recognizers:\n  - {name: A, supported_entity: A_B, deny_list: [Ab]}\n"
    assert list(_own(_made(write(text)))["A"].find("ab")) != []
    strict = _own(_made(write("global_regex_flags: 0\n" + text)))["A"]
    assert list(strict.find("ab")) == []
    assert list(strict.find("Ab")) == [(0, 2, 1.0)]


def test_a_list_of_one_entity_is_as_good_as_the_entity(write):
    text = "recognizers:\n  - {name: A, supported_entities: [A_B], deny_list: [x]}\n"
    assert [recipe.entity for recipe in files.read((write(text),))] == ["A_B"]


def test_aliases_and_merges_are_followed(write):
    path = write(
        """\
recognizers:
  - &one
    name: A
    supported_entity: A_B
    deny_list: [x]
  - <<: *one
    name: B
"""
    )
    assert [(r.name, r.entity) for r in files.read((path,))] == [("A", "A_B"), ("B", "A_B")]


ONE = "recognizers:\n  - name: A\n    supported_entity: A_B\n"
MISTAKES = {
    "empty file": ("", "line 1", "recognizers"),
    "no list": ("recognisers: []\n", "line 1", "recognizers"),
    "unclosed": (ONE + "    deny_list: [x\n", "line 5", "not valid YAML"),
    "tab": ("recognizers:\n\t- a\n", "line 2", "not valid YAML"),
    "unknown key": (ONE + "    deny_list: [x]\n    denylist_score: 1\n", "line 5",
                    "deny_list_score"),
    "unknown key of a pattern": (
        ONE + "    patterns:\n      - {name: p, regex: x, score: 1, scor: 2}\n", "line 5", "score"),
    "bad regex": (ONE + "    patterns:\n      - name: p\n        regex: '(x'\n        score: 1\n",
                  "line 6", 'pattern "p": its regex cannot be read: missing )'),
    "bad group": (ONE + "    patterns:\n      - {name: p, regex: '(?<n>x)(?P=m)', score: 1}\n",
                  "line 5", "unknown group"),
    "no regex": (ONE + "    patterns:\n      - {name: p, score: 1}\n", "line 5",
                 "regex is missing"),
    "no score": (ONE + "    patterns:\n      - {name: p, regex: x}\n", "line 5",
                 "score is missing"),
    "score above": (ONE + "    patterns:\n      - {name: p, regex: x, score: 1.5}\n", "line 5",
                    "between 0 and 1"),
    "score as text": (ONE + "    patterns:\n      - {name: p, regex: x, score: high}\n", "line 5",
                      "number between 0 and 1"),
    "score of the list": (ONE + "    deny_list: [x]\n    deny_list_score: -1\n", "line 5",
                          "between 0 and 1"),
    "score not a number": (ONE + "    deny_list: [x]\n    deny_list_score: .nan\n", "line 5",
                           "between 0 and 1"),
    "no entity": ("recognizers:\n  - name: A\n    deny_list: [x]\n", "line 2",
                  "supported_entity is missing"),
    "two entities": ("recognizers:\n  - name: A\n    supported_entities: [A_B, C]\n"
                     "    deny_list: [x]\n", "line 3", "one entity"),
    "small entity": ("recognizers:\n  - {name: A, supported_entity: a b, deny_list: [x]}\n",
                     "line 2", "capitals"),
    "no name": ("recognizers:\n  - supported_entity: A_B\n    deny_list: [x]\n", "line 2",
                "name is missing"),
    "nothing to find": (ONE, "line 2", "patterns or a deny_list"),
    "word that is no text": (ONE + "    deny_list:\n      - x\n      - no\n", "line 6", "quotes"),
    "empty word": (ONE + "    deny_list: [x, '']\n", "line 4", "empty text"),
    "list as text": (ONE + "    deny_list: x\n", "line 4", "a list"),
    "number as entity": ("recognizers:\n  - name: A\n    supported_entity: 12\n"
                         "    deny_list: [x]\n", "line 3", "a text"),
    "key twice": (ONE + "    deny_list: [x]\n    deny_list: [y]\n", "line 5", "twice"),
    "name twice": (ONE + "    deny_list: [x]\n" + ONE.partition("\n")[2] + "    deny_list: [y]\n",
                   "line 5", "line 2"),
    "name that exists": ("recognizers:\n  - name: EmailRecognizer\n    supported_entity: A_B\n"
                         "    deny_list: [x]\n", "line 2", "choose another"),
    "name of ours": ("recognizers:\n  - name: JwtRecognizer\n    supported_entity: A_B\n"
                     "    deny_list: [x]\n", "line 2", "choose another"),
    "norway": (ONE + "    deny_list: [x]\n    supported_languages: [no]\n", "line 5", "quotes"),
    "both languages": (ONE + "    deny_list: [x]\n    supported_language: en\n"
                       "    supported_languages: [fr]\n", "line 5", "not both"),
    "long language": (ONE + "    deny_list: [x]\n    supported_language: english\n", "line 2",
                      "two small letters"),
    "context of several": (ONE + "    deny_list: [x]\n    supported_languages: [en, fr]\n"
                           "    context: [y]\n", "line 6", "under each language"),
    "unknown type": (ONE + "    type: costum\n    deny_list: [x]\n", "line 4", "custom"),
    "unknown predefined": ("recognizers:\n  - {name: EmailRecogniser, type: predefined}\n",
                           "line 2", "EmailRecognizer"),
    "unknown bare name": ("recognizers:\n  - EmailRecogniser\n", "line 2", "EmailRecognizer"),
    "predefined service": (
        "recognizers:\n  - {name: AzureAILanguageRecognizer, type: predefined}\n", "line 2",
        "entry point"),
    "predefined phone": ("recognizers:\n  - {name: ZaMobileNumberRecognizer, type: predefined}\n",
                         "line 2", "PhoneRecognizer"),
    "predefined with patterns": ("recognizers:\n  - name: UrlRecognizer\n    type: predefined\n"
                                 "    patterns: []\n", "line 4", "type: predefined"),
    "thresholds": (ONE + "    deny_list: [x]\n    score_thresholds: {default: 0.4}\n", "line 5",
                   "[detection.thresholds]"),
    "countries": ("supported_countries: [us]\nrecognizers: []\n", "line 1", "countries"),
    "flags": ("global_regex_flags: i\nrecognizers: []\n", "line 1", "whole number"),
    "a list of lists": ("recognizers:\n  - [a]\n", "line 2", "keys with values"),
    "patterns as text": (ONE + "    patterns: x\n", "line 4", "must be a list"),
    "a tag": (ONE + "    deny_list: !!python/object/apply:os.system [x]\n", "line 4",
              "not read here"),
    "a merge of nothing": ("recognizers:\n  - <<: 3\n    name: A\n", "line 2", "<<"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "line", "said"), MISTAKES.values(), ids=MISTAKES.keys())
def test_a_mistake_is_named_with_its_line(write, text, line, said):
    with pytest.raises(ConfigError) as told:
        files.read((write(text),))
    sentences = str(told.value).splitlines()
    assert any(f"recognizers.yaml, {line}" in one and said in one for one in sentences), sentences


def test_several_mistakes_are_told_at_once(write):
    text = ONE + "    patterns:\n      - {name: p, regex: '(', score: 2}\n  - {name: B}\n"
    with pytest.raises(ConfigError) as told:
        files.read((write(text),))
    assert len(str(told.value).splitlines()) >= 4


def test_no_message_quotes_a_word_of_a_deny_list(write):
    for wrong in (
        "deny_list: {marie: 1}",
        "deny_list: [marie, 3]",
        "deny_list: [marie",
        "x: marie",
    ):
        with pytest.raises(ConfigError) as told:
            files.read((write(ONE + f"    {wrong}\n"),))
        assert "marie" not in str(told.value)
    (recipe,) = files.read((write(ONE + "    deny_list: [marie]\n"),))
    assert "marie" not in repr(recipe)


def test_a_file_that_is_not_there_or_no_text_is_one_sentence(tmp_path):
    with pytest.raises(ConfigError, match=r"absent\.yaml does not exist"):
        files.read((tmp_path / "absent.yaml",))
    with pytest.raises(ConfigError, match="cannot be read"):
        files.read((tmp_path,))
    odd = tmp_path / "odd.yaml"
    odd.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigError, match="UTF-8"):
        files.read((odd,))
    odd.write_text("a: \x07", "utf-8")
    with pytest.raises(ConfigError, match="signs that YAML does not allow"):
        files.read((odd,))
    odd.write_text("[" * 100_000, "utf-8")
    with pytest.raises(ConfigError, match=r"odd\.yaml"):
        files.read((odd,))


def test_names_of_two_files_must_differ(write):
    text = ONE + "    deny_list: [x]\n"
    with pytest.raises(ConfigError, match=r"b\.yaml, line 2.*a\.yaml, line 2"):
        files.read((write(text, "a.yaml"), write(text, "b.yaml")))


def test_a_recognizer_of_a_file_can_be_excluded(write):
    made = _made(write(GOOD), exclude_recognizers=("Projects",))
    assert "Projects" not in {finder.name for finder in made.finders}
    with pytest.raises(ConfigError, match="did you mean Projects"):
        _made(write(GOOD), exclude_recognizers=("Project",))


def test_entities_without_a_category_are_unclassified_and_can_be_given_one(write):
    path = write(GOOD)
    made = _made(path, categories={"EMPLOYEE_NUMBER": "employment_record"})
    assert made.categories == {
        "EMPLOYEE_NUMBER": "employment_record",
        "PROJECT_NAME": "unclassified_personal_data",
        "TICKET": "unclassified_personal_data",
    }


@pytest.mark.parametrize(
    ("categories", "said"),
    [
        ({"EMPLOYEE_NUMBER": "employment_recrod"}, "employment_record"),
        ({"EMAIL_ADDRESS": "employment_record"}, "email_address already"),
        ({"EMPLOYEE": "employment_record"}, "EMPLOYEE_NUMBER, PROJECT_NAME, TICKET"),
    ],
)
def test_a_category_that_does_not_fit_is_refused_by_scan_and_check(write, categories, said):
    settings = Detection(names=False, recognizer_files=(write(GOOD),), categories=categories)
    for attempt in (make, detect.check):
        with pytest.raises(ConfigError, match=said):
            attempt(settings, ())


def test_the_check_says_what_a_scan_would_do(write):
    told, lacking = detect.check(Detection(names=False, recognizer_files=(write(GOOD),)))
    assert not lacking
    assert any("Zip code" in sentence for sentence in told)
    assert any("EMPLOYEE_NUMBER" in s and "unclassified_personal_data" in s for s in told)


@pytest.mark.parametrize(
    "settings",
    [
        {"recognizers": ("PlPessel",)},
        {"exclude_recognizers": ("PlPessel",)},
        {"thresholds": {"EMAIL_ADRESS": 0.5}},
        {"thresholds": {"US_SSN": 0.5}},
        {"thresholds": {"PERSON": 0.5}},
    ],
)
def test_the_check_refuses_what_a_scan_refuses(settings):
    wrong = Detection(**{"names": False, **settings})
    for attempt in (detect.build, detect.check):
        with pytest.raises(ConfigError):
            attempt(wrong, ("FR",))


def test_the_check_passes_what_a_scan_passes():
    fine = Detection(
        names=False,
        recognizers=("UsSsnRecognizer",),
        exclude_recognizers=("UrlRecognizer", "GenderRecognizer"),
        thresholds={"US_SSN": 0.5, "FR_NIR": 0.5, "JWT": 0.5, "BIRTH_DATE": 0.1},
    )
    detect.build(fine, ("FR",))
    assert detect.check(fine, ("FR",)) == ((), False)
