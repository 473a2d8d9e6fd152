"""The register as a person reads it, and how complete it is."""

from datetime import date
from pathlib import Path

import pytest

from reports import register as pages
from scanner.config import RecordRef
from scanner.errors import RecordError
from scanner.showing import complete, show

WORKED = RecordRef(Path(__file__).parent / "records" / "worked_example.toml")
DAY = date(2026, 1, 15)
BASE = """
format = "1"
[organisation]
id = "acme"
name = "Acme | <b>Sons</b>"
country = "FR"
[[activity]]
id = "sales"
role = "controller"
purposes = ["Sell"]
[[activity]]
id = "hosting"
role = "processor"
on_behalf_of = ["our customers"]
[[activity]]
id = "past"
role = "controller"
status = "ended"
"""


def ref(folder: Path, text: str, name: str = "record.toml") -> RecordRef:
    (folder / name).write_text(text, "utf-8")
    return RecordRef(folder / name)


def test_register_shows_every_activity_system_and_store() -> None:
    (found,) = show([WORKED], DAY)
    titles = {section.title: [e.title for e in section.entries] for section in found.sections}
    assert len(titles["Activities"]) == 4
    assert titles["Systems and stores"][0] == "System XM SendSecure and XM Cloud Management Portal"
    assert "Store ss_backup" in titles["Systems and stores"]
    assert len(titles["Parties"]) == 5
    assert any(point.startswith("Q06") for point in found.open_points)


def test_register_of_a_system_holds_nothing_of_another() -> None:
    (found,) = show([WORKED], DAY, system="billing")
    shown = pages.text([found])
    assert "Invoicing of the service" in shown
    assert "SendSecure" not in shown.partition("OPEN POINTS")[0].replace("XM SendSecure:", "")


def test_unknown_system_names_the_nearest() -> None:
    with pytest.raises(RecordError, match='"billing"'):
        show([WORKED], DAY, system="biling")


@pytest.mark.parametrize(("day", "name"), [("2019-06-01", "Old"), ("2021-06-01", "New")])
def test_the_day_picks_the_version(day: str, name: str, tmp_path: Path) -> None:
    old = BASE.replace("Acme | <b>Sons</b>", "Old").replace(
        "\nformat", "\nuntil = 2020-12-31\nformat"
    )
    new = BASE.replace("Acme | <b>Sons</b>", "New").replace(
        "\nformat", "\neffective = 2021-01-01\nformat"
    )  # fmt: skip
    refs = [ref(tmp_path, old, "old.toml"), ref(tmp_path, new, "new.toml")]
    (found,) = show(refs, date.fromisoformat(day))
    assert found.name == name


def test_markdown_does_not_take_the_records_signs_for_its_own(tmp_path: Path) -> None:
    shown = pages.markdown(show([ref(tmp_path, BASE)], DAY))
    assert r"# Register of Acme \| &lt;b&gt;Sons&lt;/b&gt; on 2026-01-15" in shown
    assert "<b>" not in shown


def test_invented_data_is_said_to_be_so(tmp_path: Path) -> None:
    found = show([ref(tmp_path, "synthetic = true\n" + BASE)], DAY)
    assert pages.text(found).startswith("SYNTHETIC DATA")
    assert "**SYNTHETIC DATA" in pages.markdown(found)


def test_completeness_counts_what_the_role_is_asked(tmp_path: Path) -> None:
    items = complete([ref(tmp_path, BASE)], DAY)
    assert [(i.title, i.article, i.filled, len(i.points)) for i in items] == [
        ("Acme | <b>Sons</b>", "30(1)", 1, 2),
        ("sales", "30(1)", 1, 6),
        ("hosting", "30(2)", 1, 3),
    ]
    shown = pages.completeness(items)
    assert "3 of 11 points" in shown
    assert "30(2)(b) kinds of processing" in shown


def test_completeness_is_not_asked_outside_the_gdpr(tmp_path: Path) -> None:
    text = BASE.replace('country = "FR"', 'country = "CA"\nregimes = ["pipeda"]')
    assert complete([ref(tmp_path, text)], DAY) == ()
    assert pages.completeness(()) == ""
