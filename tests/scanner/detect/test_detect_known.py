"""What is known of recognizers without importing them is what they are."""

import inspect

import pytest
from presidio_analyzer import predefined_recognizers

from scanner.detect import known
from scanner.detect.byfield import FIELDWISE
from scanner.detect.own import own_finders
from scanner.detect.registry import _classes
from scanner.detect.secrets import secret_finders
from scanner.detect.tokens import token_finders
from scanner.taxonomy import taxonomy

REAL = _classes()


def test_the_names_are_those_of_the_real_classes():
    assert known.presidio_classes() == frozenset(REAL)


@pytest.mark.parametrize("name", sorted(REAL))
def test_the_entity_is_that_of_the_real_object(name):
    assert [known.entity_of(name)] == list(REAL[name]().supported_entities)


def test_our_own_are_all_there_with_their_entities():
    ours = {
        finder.name: finder.entity
        for finder in (*secret_finders(), *token_finders(), *own_finders())
    }
    assert ours | FIELDWISE == known.OWN


def test_what_is_offered_and_needs_a_model_or_service_is_told_apart():
    classes = {name for name, item in vars(predefined_recognizers).items() if inspect.isclass(item)}
    assert known.others() == classes - set(REAL) - known.LIKE_PHONE
    assert known.others() >= known.BY_MODEL
    assert classes >= known.LIKE_PHONE


def test_every_entity_of_ours_and_of_presidio_has_a_category():
    mapped = {entity for item in taxonomy().categories.values() for entity in item.entities}
    found = {known.entity_of(name) for name in known.presidio_classes()} | {*known.OWN.values()}
    assert found - mapped == set()


def test_a_name_that_is_none_is_unknown():
    assert not known.exists("EmailRecogniser")
    assert known.entity_of("EmailRecogniser") == ""
