"""Digests: what two places share, and nothing that could be read."""

import numpy as np
import pytest

from scanner.digests import Digester
from scanner.model import Confidence, Detected, Field, Hit, Holding, Kind, Method, Values

KEY = b"k" * 32
MAIL = "email_address"


def values(texts: list[str], name: str = "mail", kind: Kind = Kind.TEXT) -> Values:
    counts = np.ones(len(texts), dtype="int64")
    return Values(Field(name, kind), tuple(texts), counts, len(texts))


def hits(texts: list[str], entity: str = "EMAIL_ADDRESS", mark: str = "") -> Detected:
    return Detected(
        tuple(Hit(n, 0, len(text), entity, 1.0, "R", mark) for n, text in enumerate(texts))
    )


def held(category: str = MAIL, field: str = "mail", sure: str = "confirmed") -> Holding:
    return Holding(
        "s", "sqlite", "sqlite://s/t", field, category, "E", "unknown", Confidence(sure),
        1.0, 5, 5, None, Method.WHOLE, (),
    )  # fmt: skip


def digests(texts: list[str], *, key: bytes = KEY, domains=(), category: str = MAIL, **more):
    made = Digester(key, (category,), domains)
    entity = {"phone_number": "PHONE_NUMBER"}.get(category, "EMAIL_ADDRESS")
    made.add(values(texts), hits(texts, entity, **more))
    return made.found([held(category)]).get(category, frozenset())


def test_one_value_has_one_digest_whatever_its_case() -> None:
    assert digests(["Marie@Acme.fr"]) == digests(["marie@acme.fr"])


def test_another_key_gives_other_digests() -> None:
    assert not digests(["marie@acme.fr"]) & digests(["marie@acme.fr"], key=b"x" * 32)


def test_a_number_has_one_digest_however_it_is_spaced() -> None:
    one = digests(["+33 1 12 34 56 78"], category="phone_number")
    assert one == digests(["+33112345678"], category="phone_number")
    assert one


@pytest.mark.parametrize("mark", ["test", "harmless", "role", "masked"])
def test_what_names_nobody_is_left_out(mark: str) -> None:
    assert not digests(["info@acme.fr"], mark=mark)


def test_mailboxes_of_test_domains_are_left_out() -> None:
    texts = ["a@qa.acme.fr", "b@sub.qa.acme.fr", "c@acme.fr", "d@notqa.acme.fr"]
    assert len(digests(texts, domains=("qa.acme.fr",))) == 2


@pytest.mark.parametrize("holding", [held(field="other"), held(sure="possible")])
def test_a_field_that_hardly_holds_the_category_gives_none(holding: Holding) -> None:
    made = Digester(KEY, (MAIL,))
    made.add(values(["a@b.fr"]), hits(["a@b.fr"]))
    assert not made.found([holding])


def test_large_fields_keep_the_same_part_of_what_they_share(monkeypatch) -> None:
    monkeypatch.setattr("scanner.digests.MOST", 100)
    texts = [f"user{n}@acme.fr" for n in range(1000)]
    assert len(digests(texts)) == 100
    parts = Digester(KEY, (MAIL,))
    for start in range(0, len(texts), 70):
        some = texts[start : start + 70]
        parts.add(values(some), hits(some))
    assert parts.found([held()])[MAIL] == digests(texts)


def test_nothing_is_collected_that_nobody_asked_for() -> None:
    made = Digester(KEY, ())
    made.add(values(["a@b.fr"]), hits(["a@b.fr"]))
    assert not made.found([held()])
