"""Accuracy: holdings become predictions, and those become figures, as worked out by hand."""

import csv
import json
import math
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

Bench = Callable[[str], ModuleType]
ROOT = Path(__file__).parents[2]


def holding(field: str, category: str, **more: Any) -> str:
    """One line of an inventory."""
    line = {"source": "d", "asset": "sqlite://d/main/t", "field": field, "category": category}
    usual = {"entity": None, "subject": "customer", "confidence": "probable", "score": 0.7}
    return json.dumps({**line, **usual, "matched": 10, "examined": 10, **more})


TYPES: list[tuple[str, dict[str, Any], set[str]]] = [
    ("name_part", {}, {"PERSON"}),
    ("fax_number", {}, {"PHONE_NUMBER"}),
    ("locality", {}, {"LOCATION_ADDRESS"}),
    ("tax_identifier", {}, {"NATIONAL_ID"}),
    ("organisation_identifier", {}, set()),
    ("age", {}, set()),
    ("customer_identifier", {}, set()),
    ("health_identifier", {}, set()),
    ("health_identifier", {"entity": "UK_NHS"}, {"NATIONAL_ID"}),
    ("case_note", {"text": True, "matched": 0}, {"FREE_TEXT_WITH_PII"}),
    ("person_name", {"text": True, "matched": 3}, {"FREE_TEXT_WITH_PII"}),
    ("email_address", {"text": True, "matched": 9}, {"FREE_TEXT_WITH_PII", "EMAIL_ADDRESS"}),
    ("email_address", {"text": False, "matched": 3}, {"EMAIL_ADDRESS"}),
]


@pytest.mark.parametrize(("category", "more", "types"), TYPES)
def test_a_category_becomes_what_the_scorer_knows(
    bench: Bench, category: str, more: dict[str, Any], types: set[str]
) -> None:
    adapter = bench("adapter")
    found = adapter.predictions(adapter.lines(holding("c", category, **more), {}))
    assert {one.type for one in found} == types


def test_every_category_of_the_registry_is_in_the_taxonomy(bench: Bench) -> None:
    from scanner.taxonomy import taxonomy

    known = set(taxonomy().categories)
    assert set(bench("adapter").TYPES) <= known


FIELDS = [
    ("profile.address.city", ["profile", "id"], "profile"),
    ("a.b", ["a", "a.b"], "a.b"),
    ("a.b.c", ["a", "a.b"], "a.b"),
    ("tags[].name", ["tags"], "tags"),
    ("profiles", ["profile"], "profiles"),
    ("Stra%C3%9Fe", ["Straße"], "Straße"),
]


@pytest.mark.parametrize(("field", "columns", "column"), FIELDS)
def test_a_path_into_json_is_its_column(
    bench: Bench, field: str, columns: list[str], column: str
) -> None:
    adapter = bench("adapter")
    (line,) = adapter.lines(holding(field, "gender"), {("d", "t"): columns})
    assert line.place == ("d", "t", column)


def test_a_prediction_is_as_sure_as_its_best_holding(bench: Bench) -> None:
    adapter = bench("adapter")
    said = (
        holding("c", "postal_address", confidence="probable", score=0.8),
        holding("c", "locality", confidence="confirmed", score=0.9),
        holding("c", "country", confidence="possible", score=0.4),
        holding("e", "country", confidence="possible", score=0.4),
        holding("", "invoice_data"),
    )
    found = adapter.predictions(adapter.lines("\n".join(said), {}))
    told = [(one.place[2], one.confidence, one.score, one.counted) for one in found]
    assert told == [("c", "confirmed", 0.9, True), ("e", "possible", 0.4, False)]


# column -> label, what was said; the counts below were worked out by hand.
TABLE: dict[str, tuple[str, list[str]]] = {
    "right": ("PERSON", ["PERSON"]),
    "missed": ("PERSON", []),
    "wrong": ("NONE", ["PERSON"]),
    "other": ("EMAIL_ADDRESS", ["PERSON"]),  # one wrong, one missed; yes for any/none
    "both": ("PERSON+EMAIL_ADDRESS", ["PERSON"]),
    "optional": ("PERSON?", ["PERSON"]),
    "optional, not said": ("PERSON?", []),
    "optional, other": ("PERSON?", ["GENDER"]),
    "ambiguous": ("ambiguous", ["PERSON", "GENDER"]),
    "part": ("LOCATION_ADDRESS/city", ["LOCATION_ADDRESS"]),
    "one class": ("PASSWORD_HASH", ["SECRET"]),
    "prose": ("FREE_TEXT_WITH_PII", ["PERSON"]),  # found by any prediction, which is wrong itself
    "prose said": ("FREE_TEXT_WITH_PII", ["FREE_TEXT_WITH_PII"]),
    "prose instead": ("GENDER", ["FREE_TEXT_WITH_PII"]),  # not wrong; the gender is missed
    "prose of nobody": ("NONE", ["FREE_TEXT_WITH_PII"]),
    "nothing": ("NONE", []),
}
COUNTS = {
    "PERSON": (2, 3, 1),
    "EMAIL_ADDRESS": (0, 0, 2),
    "GENDER": (0, 1, 1),
    "LOCATION_ADDRESS": (1, 0, 0),
    "CREDENTIAL": (1, 0, 0),
    "FREE_TEXT_WITH_PII": (2, 1, 0),
}
ANY = (8, 3, 1)


def table(bench: Bench) -> tuple[dict[Any, str], list[Any]]:
    prediction = bench("adapter").Prediction
    truth = {("d", "t", name): label for name, (label, _) in TABLE.items()}
    said = [
        prediction(("d", "t", name), kind, "probable", 0.7)
        for name, (_, kinds) in TABLE.items()
        for kind in kinds
    ]
    hint = prediction(("d", "t", "nothing"), "PERSON", "possible", 0.4)
    return truth, [*said, hint, prediction(("d", "t", "no label"), "PERSON", "confirmed", 1.0)]


def test_the_scorer_agrees_with_counts_made_by_hand(bench: Bench) -> None:
    scores = bench("scoring").score(*table(bench))
    counted = {name: (c.tp, c.fp, c.fn) for name, c in scores.types.items()}
    assert counted == COUNTS
    assert (scores.any.tp, scores.any.fp, scores.any.fn) == ANY
    assert scores.columns == 15
    assert (scores.micro.tp, scores.micro.fp, scores.micro.fn) == (6, 5, 4)
    assert scores.micro.precision == pytest.approx(6 / 11)
    assert scores.micro.recall == pytest.approx(6 / 10)
    assert scores.micro.f1 == pytest.approx(12 / 21)
    missed = {one.place[2] for one in scores.wrong if one.how == "FN"}
    assert missed == {"missed", "other", "both", "prose instead"}


def test_macro_is_over_types_with_enough_columns(bench: Bench) -> None:
    scoring = bench("scoring")
    types = {"A": scoring.Counts(5, 0, 0), "B": scoring.Counts(0, 0, 5), "C": scoring.Counts(4)}
    scores = scoring.Scores(14, types, scoring.Counts())
    assert scores.macro("recall") == 0.5
    assert scores.macro("precision") == 0.5  # nothing said is no precision: it counts as none
    assert math.isnan(scoring.Scores(0, {}, scoring.Counts()).macro("f1"))


JUDGE = """
def score(truth, preds, strict=False):
    assert all(set(p) == {"db", "table", "column", "type"} for p in preds)
    entry = {"tp": len(preds), "fp": 1, "fn": len(truth)}
    wrong = [("FN", "X", "d", "t", "c", "X", "")]
    return {"columns": 9, "types": {"X": entry}, "any": entry, "errors": wrong}
"""


def test_a_labelled_folder_is_judged_by_its_own_scorer(bench: Bench, tmp_path: Path) -> None:
    scoring, judge = bench("scoring"), tmp_path / "score.py"
    judge.write_text(JUDGE, "utf-8")
    truth, found = table(bench)
    scores = scoring.by_judge(judge, truth, found)
    counted = [one for one in found if one.confidence != "possible"]
    assert scores.types["X"] == scoring.Counts(len(counted), 1, len(TABLE))
    assert (scores.columns, scores.wrong[0].place) == (9, ("d", "t", "c"))
    with pytest.raises(SystemExit, match="brings its own judge"):
        scoring.by_judge(tmp_path / "absent.py", truth, found)


def judged(bench: Bench, *rows: tuple[str, str, float, bool]) -> list[Any]:
    make = bench("calibration").Judged
    return [make(*row) for row in rows]


def test_optional_and_ambiguous_columns_calibrate_nothing(bench: Bench) -> None:
    truth, found = table(bench)
    shares = bench("calibration").shares(bench("calibration").judged(truth, found))
    counted = {level: (share.right, share.of) for level, share in shares.items()}
    assert counted == {"possible": (0, 1), "probable": (5, 10), "confirmed": (0, 0)}


def test_wilsons_interval_is_the_published_one(bench: Bench) -> None:
    share = bench("calibration").Share
    low, high = share(81, 263).interval  # Newcombe 1998, method 3
    assert (round(low, 4), round(high, 4)) == (0.2553, 0.3662)
    assert share(0, 0).interval == (0.0, 1.0)
    assert share(20, 20).interval[1] == pytest.approx(1.0)


def test_cut_points_are_the_lowest_that_reach_the_targets(bench: Bench) -> None:
    calibration = bench("calibration")
    sure = [("a", "confirmed", 0.9, True)] * 60
    band = [("a", "probable", 0.7, n > 1) for n in range(16)]  # 14 of 16: probable
    low = [("a", "possible", 0.4, False)] * 9
    cuts = calibration.drawn(judged(bench, *sure, *band, *low))
    assert cuts == calibration.Cuts(0.9, 0.7)
    never = calibration.drawn(judged(bench, ("a", "confirmed", 1.0, False)))
    assert never == calibration.Cuts(calibration.NEVER, calibration.NEVER)


def test_equal_scores_are_on_one_side_of_a_cut(bench: Bench) -> None:
    calibration = bench("calibration")
    mixed = [("a", "confirmed", 0.9, True)] * 3 + [("a", "confirmed", 0.9, False)] * 3
    assert calibration.drawn(judged(bench, *mixed)).confirmed == calibration.NEVER


def test_a_database_never_sees_cut_points_drawn_from_itself(bench: Bench) -> None:
    calibration = bench("calibration")
    rows = [("a", "confirmed", 0.5, True)] * 10 + [("b", "confirmed", 0.5, False)] * 10
    reached, chosen = calibration.leave_one_out(judged(bench, *rows))
    # a is cut by b (never sure), b by a (sure from 0.5 on): only b's wrong ones are confirmed.
    assert [cuts.confirmed for cuts in chosen] == [calibration.NEVER, 0.5]
    assert (reached["confirmed"].right, reached["confirmed"].of) == (0, 10)
    assert (reached["possible"].right, reached["possible"].of) == (10, 10)


def test_subjects_are_compared_where_a_table_is_about_somebody(bench: Bench) -> None:
    whom, adapter = bench("whom"), bench("adapter")
    said = (
        holding("a", "gender", subject="patient"),
        holding("b", "gender", subject="unknown"),
        holding("c", "gender", subject="customer"),
        holding("d", "gender", subject="customer", confidence="possible"),
    )
    true = {("d", "t", name): who for name, who in zip("abcd", ("patient",) * 4, strict=True)}
    true["d", "t", "c"] = "none"
    found = whom.subjects(true, adapter.lines("\n".join(said), {}))
    assert (found.true, found.right("patient"), found.all("patient")) == (["patient"], 1, 2)
    assert found.others("patient") == [("unknown", 1)]


def command(bench: Bench, monkeypatch: pytest.MonkeyPatch, *arguments: object) -> None:
    monkeypatch.setattr(sys, "argv", ["accuracy.py", *map(str, arguments)])
    bench("accuracy").main()


WORLD = """
name = "small"
about = "One table"
locale = "en_GB"
[[table]]
name = "customers"
rows = 40
subject = "customer"
fields = [
  { name = "id", type = "INTEGER PRIMARY KEY", make = "serial", label = "NONE" },
  { name = "email", make = "email", label = "EMAIL_ADDRESS" },
  { name = "iban", make = "iban", label = "BANK_ACCOUNT" },
  { name = "flag", type = "INTEGER", make = "boolean", label = "GENDER", note = "a miss" },
]
"""


def test_both_estates_are_measured_through_the_command(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: Any
) -> None:
    (tmp_path / "small.toml").write_text(WORLD, "utf-8")
    labelled = tmp_path / "labelled"
    (labelled / "dbs").mkdir(parents=True)
    labels = bench("worlds").build(tmp_path / "small.toml", labelled / "dbs", 5)
    with (labelled / "labels.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(("db", "table", "column", "labels"))
        rows.writerows((one.db, one.table, one.column, one.labels) for one in labels)
    (labelled / "score.py").write_text(JUDGE, "utf-8")
    arguments = ("--eval", labelled, "--worlds", tmp_path, "--markdown", "--errors", "--jobs", 1)
    command(bench, monkeypatch, *arguments, "--no-logs", "--seed", 5)
    printed = capsys.readouterr().out
    assert "`python benchmarks/accuracy.py --eval" in printed
    assert "**labelled: 1 databases, 9 columns scored" in printed  # as its own judge says
    assert "**worlds, seed 5: 1 databases, 4 columns scored" in printed
    assert "| EMAIL_ADDRESS | 1.000 | 1.000 | 1.000 | 1 | 1 | 0 | 0 |" in printed
    assert "| FN | GENDER | small | customers | flag | GENDER |  |" in printed
    assert "| customer | 1.000 |" in printed
    assert "| micro F1 of columns | 0.90 | 0.97 | **0.800** |" in printed


def test_figures_are_json_too(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: Any
) -> None:
    (tmp_path / "small.toml").write_text(WORLD, "utf-8")
    said = "\n".join(
        holding(field, category).replace('"d"', '"small"').replace("main/t", "main/customers")
        for field, category in (("email", "email_address"), ("id", "phone_number"))
    )
    monkeypatch.setattr(bench("estate"), "inventory", lambda *_: said)
    command(bench, monkeypatch, "--worlds", tmp_path, "--json")
    (figures,) = json.loads(capsys.readouterr().out)
    assert (figures["micro"]["tp"], figures["micro"]["fp"], figures["micro"]["fn"]) == (1, 1, 2)
    assert figures["micro"]["recall"] == pytest.approx(1 / 3)
    assert figures["types"]["PHONE_NUMBER"]["recall"] is None
    assert figures["levels"] == {"possible": [0, 0], "probable": [1, 2], "confirmed": [0, 0]}


def test_what_cannot_be_measured_is_said_in_one_sentence(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    cases = [("--eval", tmp_path), ("--worlds", tmp_path), ("--worlds", tmp_path / "bad")]
    said = [r"has no labels\.csv", "no world that fits", "unknown maker 'emial'"]
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad" / "small.toml").write_text(WORLD.replace('make = "email"', 'make = "emial"'))
    for arguments, message in zip(cases, said, strict=True):
        with pytest.raises(SystemExit, match=message):
            command(bench, monkeypatch, *arguments)


def test_tags_are_scored_apart(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: Any
) -> None:
    for name, tags in (("small", '["hard"]'), ("other", '["hard", "german"]')):
        text = WORLD.replace('"small"', f'"{name}"')
        text = text.replace("[[table]]", f"tags = {tags}\n[[table]]")
        (tmp_path / f"{name}.toml").write_text(text, "utf-8")
    said = holding("email", "email_address").replace('"d"', '"small"')
    said = said.replace("main/t", "main/customers")
    monkeypatch.setattr(bench("estate"), "inventory", lambda *_: said)
    command(bench, monkeypatch, "--worlds", tmp_path, "--no-logs", "--markdown")
    printed = capsys.readouterr().out
    assert "| german | 1 | 4 | - | 0.000 | 0.000 | 0.000 | 0 | 0 | 3 |" in printed
    assert "| hard | 2 | 8 | 1.000 | 0.167 | 0.286 | 0.286 | 1 | 0 | 5 |" in printed
