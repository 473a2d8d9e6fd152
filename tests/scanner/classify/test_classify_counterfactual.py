"""What would change a verdict: computed from its pieces alone."""

import pytest

from scanner.classify import CUTS, changes, total
from scanner.classify.scale import confidence
from scanner.classify.verdict import BELOW, HELD, SET_ASIDE, Piece, Verdict


def verdict(
    *pieces: tuple[str, float], cap: float = 1.0, cap_why: str = "", against: str = ""
) -> Verdict:
    made = tuple(Piece(kind, points, f"{kind} {points:+.2f}") for kind, points in pieces)
    score = round(min(max(sum(points for _, points in pieces), 0.0), cap), 3)
    sure = confidence(score)
    return Verdict(
        field="x",
        category="email_address",
        entity=None,
        pieces=made,
        cap=cap,
        cap_why=cap_why,
        score=score,
        confidence=sure,
        outcome=SET_ASIDE if against else HELD if sure else BELOW,
        against=against,
    )


def test_the_cut_points_are_those_of_the_scale() -> None:
    for name, cut in CUTS:
        assert confidence(cut) is not None
        assert confidence(cut).value == name  # type: ignore[union-attr]
        assert confidence(cut - 0.01) is not confidence(cut)


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (
            verdict(("values", 0.88), ("name", 0.35)),
            ["without “values +0.88” it would be possible (0.35)"],
        ),
        (
            verdict(("values", 0.30), ("name", 0.35)),
            [
                "without “values +0.30” it would be possible (0.35)",
                "without “name +0.35” it would be possible (0.30)",
                "0.20 is missing to confirmed (0.85); what could add it: values that look like it, "
                "an asset that is plainly about people, other fields of the asset that tell of "
                "people",
            ],
        ),
        (
            verdict(("values", 0.25), ("name", 0.25), ("look", 0.2), ("asset", 0.2)),
            [
                "without “values +0.25” it would be probable (0.65)",
                "without “name +0.25” it would be probable (0.65)",
                "without “look +0.20” it would be probable (0.70)",
                "without “asset +0.20” it would be probable (0.70)",
            ],
        ),
    ],
    ids=[
        "one piece carries it",
        "each piece carries it",
        "at the highest level nothing is missing",
    ],
)
def test_what_carries_a_verdict(made: Verdict, said: list[str]) -> None:
    found = sorted(changes(made), key=lambda text: said.index(text) if text in said else -1)
    assert found == said


def test_a_verdict_that_several_pieces_carry_alone_hangs_on_none() -> None:
    made = verdict(("values", 0.9), ("name", 0.9))
    assert changes(made) == (
        "no single piece of evidence decides it: without any one of them it would be the same",
    )


def test_what_speaks_against_is_named_when_it_decides() -> None:
    made = verdict(("name", 0.5), ("look", -0.5))
    assert "if not for “look -0.50” it would be possible (0.50)" in changes(made)
    light = verdict(("values", 0.95), ("look", -0.05))
    assert not any("if not for" in text for text in changes(light))


def test_a_cap_that_holds_a_verdict_down_is_told() -> None:
    made = verdict(("name", 0.65), ("look", 0.35), cap=0.8, cap_why="nothing is confirmed so")
    (told,) = [text for text in changes(made) if "capped" in text]
    assert told == (
        "it cannot be confirmed, as its score is capped at 0.80: nothing is confirmed so; "
        "by its sum alone it would be confirmed (1.00)"
    )


def test_what_is_missing_counts_from_the_sum_even_below_nothing() -> None:
    made = verdict(("name", 0.25), ("look", -0.5))
    assert total(made) == -0.25
    assert any(text.startswith("0.55 is missing to possible (0.30)") for text in changes(made))


def test_what_another_reading_sets_aside_names_it() -> None:
    made = verdict(("name", 0.65), against="phone_number")
    assert changes(made) == (
        "if phone_number were not the surer reading of the same values, this would be probable "
        "(0.65)",
    )
