"""However a sample is cut into batches and parts, what is made of it is the same."""

import random
from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pytest
from fakes import FakeDetector
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.gather import Bounds, Gatherer
from scanner.looking import Seen, look
from scanner.model import (
    Asset,
    Batch,
    Column,
    Detected,
    Field,
    Gap,
    GapReason,
    Kind,
    Sample,
    Values,
)

ASSET = Asset("fake://crm/users", "crm", "fake")
Rows = dict[str, list[str | None]]


def sample(rows: Rows, size: int = 100, kind: Kind = Kind.TEXT) -> Sample:
    """Deliver rows in batches."""
    total = max(map(len, rows.values()))

    def batches() -> Iterator[Batch]:
        for at in range(0, total, size):
            yield tuple(
                Column(Field(name, kind), pa.array(texts[at : at + size], pa.string()))
                for name, texts in rows.items()
            )

    return Sample(batches())


def parts(rows: Rows, bounds: Bounds, size: int = 100) -> list[tuple[Values, bool]]:
    return list(Gatherer(sample(rows, size), ASSET, FakeDetector(), bounds).parts())


def seen(rows: Rows, bounds: Bounds, size: int = 100, kind: Kind = Kind.TEXT) -> Seen:
    return look(
        Gatherer(sample(rows, size, kind), ASSET, FakeDetector(), bounds), ASSET, FakeDetector()
    )


def table(count: int, seed: int = 1) -> Rows:
    rnd = random.Random(seed)
    return {
        "mail": [f"p{rnd.randrange(count * 2)}@acme.fr" for _ in range(count)],
        "state": [rnd.choice(["open", "closed", None, " "]) for _ in range(count)],
        "note": [
            f"called {n} from 10.0.{n % 250}.7, answered x{n}@acme.fr" if n % 9 else f"{n}.5"
            for n in range(count)
        ],
    }


def logins(count: int, seed: int = 1) -> list[str | None]:
    rnd = random.Random(seed)
    names = [f"user{a}{b}" for a in "abcdefgh" for b in "vwxyz"]
    out: list[str | None] = []
    for n in range(count):
        address = ".".join(str(rnd.randrange(1, 250)) for _ in range(4))
        out.append(f"Failed password for {rnd.choice(names)} from {address} port {n} ssh2")
        out.append(f"mail {n} from m{rnd.randrange(90)}@acme.fr accepted")
        out.append("cron job done")
    return out


SPLITS = [Bounds(values=4000), Bounds(values=900), Bounds(values=200), Bounds(total=20_000)]


def test_one_part_holds_what_fits() -> None:
    found = parts({"a": ["x", "y", "x", None, "", "\u2003"], "b": ["1", "1"]}, Bounds())
    assert [(v.field.name, v.values, v.counts.tolist(), v.nulls, last) for v, last in found] == [
        ("a", ("x", "y"), [2, 1], 3, True),
        ("b", ("1",), [2], 0, True),
    ]
    assert found[0][0].examined == 3
    assert not found[0][0].partial
    assert found[0][0].array.to_pylist() == ["x", "y"]


def test_values_are_in_the_order_of_their_characters() -> None:
    texts = ["z", "Z", "é", "\U0001f600", "\uffee", "a"]
    ((values, _),) = parts({"a": list(texts)}, Bounds())
    assert values.values == tuple(sorted(texts))


def test_a_field_of_few_values_is_one_part_whatever_its_rows() -> None:
    rows: Rows = {"state": [f"s{n % 40}" for n in range(5000)], "id": [str(n) for n in range(5000)]}
    found = parts(rows, Bounds(values=500))
    assert [v.examined for v, _ in found if v.field.name == "state"] == [5000]
    assert {(v.field.name, v.partial) for v, _ in found} == {("state", False), ("id", True)}
    assert len([v for v, _ in found if v.field.name == "id"]) > 7
    assert max(len(v.values) for v, _ in found) <= 500


def test_a_batch_larger_than_the_bound_is_cut() -> None:
    found = parts({"id": [str(n) for n in range(5000)]}, Bounds(values=500), size=5000)
    assert max(len(v.values) for v, _ in found) <= 500
    assert sum(v.examined for v, _ in found) == 5000


def test_many_fields_together_stay_within_the_bound() -> None:
    rows: Rows = {f"f{n}": [f"{n} {m} {'x' * 50}" for m in range(300)] for n in range(20)}
    found = parts(rows, Bounds(total=100_000), size=50)
    assert sum(v.examined for v, _ in found) == 6000
    assert len(found) > 20
    assert sum(last for _, last in found) == 20


def test_the_last_parts_come_in_the_order_of_the_fields() -> None:
    gatherer = Gatherer(sample(table(3000)), ASSET, FakeDetector(), Bounds(values=300))
    assert [v.field.name for v, last in gatherer.parts() if last] == ["mail", "state", "note"]
    assert gatherer.order == ("mail", "state", "note")


def test_cells_cut_are_counted_once() -> None:
    cut = sample({"id": [str(n) for n in range(1000)]})
    cut.cut["id"] = 7
    found = list(Gatherer(cut, ASSET, FakeDetector(), Bounds(values=100)).parts())
    assert len(found) > 1
    assert sum(v.cut for v, _ in found) == 7


def test_fields_may_appear_over_time() -> None:
    def batches() -> Iterator[Batch]:
        for n in range(400):
            names = ["id", f"extra.k{n // 100}"]
            yield tuple(Column(Field(name), pa.array([f"{n} {name}"])) for name in names)

    def gatherer(bounds: Bounds) -> Gatherer:
        return Gatherer(Sample(batches()), ASSET, FakeDetector(), bounds)

    few = gatherer(Bounds(values=30))
    found = look(few, ASSET, FakeDetector())
    assert found == look(gatherer(Bounds()), ASSET, FakeDetector())
    assert [f.name for f in few.fields()] == ["id", *(f"extra.k{n}" for n in range(4))]
    assert [item.profile.examined for item in found.evidence] == [400, 100, 100, 100, 100]


def test_an_empty_field_has_a_part() -> None:
    found = parts({"a": [None, None]}, Bounds())
    assert [(v.values, v.nulls, last) for v, last in found] == [((), 2, True)]


@pytest.mark.parametrize("bounds", SPLITS, ids=str)
@pytest.mark.parametrize("size", [37, 5000])
def test_parts_add_up_to_the_same_evidence(bounds: Bounds, size: int) -> None:
    rows = table(1900)
    assert seen(rows, bounds, size) == seen(rows, Bounds())


@pytest.mark.parametrize("bounds", SPLITS[1:], ids=str)
def test_more_values_than_a_profile_looks_at_make_no_difference(bounds: Bounds) -> None:
    rows: Rows = {"note": [f"{'Ab' * (n % 7)} {n}" for n in range(6000)]}
    assert seen(rows, bounds) == seen(rows, Bounds())


@pytest.mark.parametrize("bounds", SPLITS, ids=str)
def test_messages_in_parts_give_the_same_templates_and_evidence(bounds: Bounds) -> None:
    rows: Rows = {"message": logins(500)}
    assert seen(rows, bounds, kind=Kind.MESSAGE) == seen(rows, Bounds(), kind=Kind.MESSAGE)


def test_a_message_repeated_in_every_part_is_one_message() -> None:
    # In one part it is one distinct message: far from the 20 that make its words constant.
    lines: list[str | None] = []
    for n in range(60):
        lines += ["Disk check done by 10.0.0.1 now", *(f"x{n} y{m}" for m in range(40))]
    found = seen({"message": lines}, Bounds(values=40), kind=Kind.MESSAGE)
    assert {item.field.name for item in found.evidence} == {"t0.ip_address"}
    assert not any("Disk" in text for _, text in found.templates)


def test_rare_words_stay_hidden_when_forms_are_too_many() -> None:
    rnd = random.Random(5)
    words = [f"{a}{b}{c}zaq" for a in "klmnprst" for b in "aeiou" for c in "klmnprst"]
    lines: list[str | None] = [
        f"request {rnd.choice(words)} {rnd.choice(words)} {rnd.choice(words)} from 10.1.{n % 250}.9"
        for n in range(8_000)
    ]
    found = seen({"message": lines}, Bounds(values=2000), kind=Kind.MESSAGE)
    text = " ".join(text for _, text in found.templates)
    assert not any(word in text for word in words)
    assert sum(d.matched for item in found.evidence for d in item.detections) == 8_000


class Settling(FakeDetector):
    """Says after the first part of a field that addresses need not be looked for again."""

    def __init__(self) -> None:
        self.told: list[frozenset[str]] = []

    def detect(self, values: Values, asset: Asset) -> Detected:
        self.told.append(values.settled)
        if "EMAIL_ADDRESS" in values.settled:
            return Detected((), frozenset({"IP_ADDRESS"}))
        found = FakeDetector.detect(self, values, asset)
        gap = Gap("crm", GapReason.BUDGET, "slow", asset.path)
        return Detected(
            found.hits, found.looked_for, gaps=(gap,), settled=frozenset({"EMAIL_ADDRESS"})
        )


def test_what_is_settled_is_not_looked_for_again_and_its_share_is_kept() -> None:
    detector = Settling()
    rows: Rows = {"mail": [f"p{n}@acme.fr" for n in range(1000)]}
    gatherer = Gatherer(sample(rows), ASSET, detector, Bounds(values=200))
    found = look(gatherer, ASSET, detector)
    assert detector.told[0] == frozenset()
    assert set(detector.told[1:]) == {frozenset({"EMAIL_ADDRESS"})}
    ((mail,),) = [item.detections for item in found.evidence]
    assert 0 < mail.matched == mail.examined < 1000
    assert len(found.gaps) == 1


cells = st.one_of(
    st.none(),
    st.sampled_from(["", " ", "open", "closed", "10.0.0.1", "a@b.fr", "-1.5", "2024-01-02"]),
    st.text(alphabet="ab1@. é\n", max_size=12),
)


@settings(deadline=None, max_examples=60)
@given(st.lists(cells, min_size=1, max_size=80), st.integers(1, 9), st.integers(1, 80))
def test_any_cells_in_any_parts(texts: list[str | None], most: int, size: int) -> None:
    rows = {"f": texts}
    assert seen(rows, Bounds(values=most), size) == seen(rows, Bounds())
    shuffled = {"f": random.Random(1).sample(texts, len(texts))}
    assert seen(shuffled, Bounds(values=most), size) == seen(rows, Bounds())


class Drawing(FakeDetector):
    """Looks for addresses in every other cell only."""

    def detect(self, values: Values, asset: Asset) -> Detected:
        found = FakeDetector.detect(self, values, asset)
        drawn = np.arange(len(values.values)) % 2 * values.counts
        return Detected(
            tuple(hit for hit in found.hits if drawn[hit.index]),
            found.looked_for,
            examined={"EMAIL_ADDRESS": int(drawn.sum())},
            drawn={"EMAIL_ADDRESS": drawn},
        )


@pytest.mark.parametrize("kind", [Kind.TEXT, Kind.MESSAGE])
@pytest.mark.parametrize("bounds", [Bounds(), Bounds(values=100)], ids=str)
def test_cells_that_were_not_drawn_do_not_count(kind: Kind, bounds: Bounds) -> None:
    rows: Rows = {"f": [f"mail {n} for m{n}@acme.fr accepted" for n in range(400)]}
    gatherer = Gatherer(sample(rows, kind=kind), ASSET, Drawing(), bounds)
    found = look(gatherer, ASSET, Drawing())
    ((mail,),) = [item.detections for item in found.evidence]
    assert (mail.matched, mail.examined) == (200, 200)
    assert found.partly == {"EMAIL_ADDRESS": 200}


def test_a_field_that_turns_out_to_hold_text_is_text_from_there_on() -> None:
    kinds = (Kind.INTEGER, Kind.INTEGER, Kind.TEXT, Kind.INTEGER)
    batches = [
        (Column(Field("ref", kind), pa.array([str(10 * place + n) for n in range(9)])),)
        for place, kind in enumerate(kinds)
    ]
    gatherer = Gatherer(
        Sample(iter(batches)), ASSET, FakeDetector(), Bounds(values=9, bytes=10**6, total=10**6)
    )
    found = [values.field.kind for values, _ in gatherer.parts() if values.values]
    assert found == [Kind.INTEGER, Kind.INTEGER, Kind.TEXT, Kind.TEXT]
    assert [field.kind for field in gatherer.fields()] == [Kind.TEXT]
