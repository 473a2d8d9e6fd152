"""A word beside a checked number says what it is; a vague one, or one far away, does not."""

import pytest

CARD = "4556737586899855"
NIR = "1 85 05 78 006 084 91"

BESIDE = [
    (f"paid by card {CARD}", True),
    (f"{CARD} is his Visa", True),
    (f"NIR : {NIR}", True),
    (f"numéro de sécurité sociale {NIR}", True),
    (f"see {CARD}", False),
    (f"discarded {CARD}", False),  # whole words only
    (f"number {CARD}", False),  # a word of many recognizers says nothing
    (f"reference no {NIR}", False),
    (f"card {'x ' * 60}{CARD}", False),  # too far away
]


@pytest.mark.parametrize(("text", "spoken"), BESIDE)
def test_words_beside_a_checked_number(ask, text, spoken):
    hits = [hit for hit in ask(text).hits if hit.entity in ("CREDIT_CARD", "FR_NIR")]
    assert hits
    assert {hit.beside for hit in hits} == {spoken}


def test_words_beside_other_values_are_not_looked_at(ask):
    (hit,) = (hit for hit in ask("card of marie@acme.fr").hits if hit.entity == "EMAIL_ADDRESS")
    assert not hit.beside
