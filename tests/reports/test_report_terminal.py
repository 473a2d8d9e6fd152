"""The text report: it fits, reads without colour, and lets no name steer the terminal."""

import io
import re

import pytest
import sample

from reports import terminal
from scanner.model import ScanResult, Severity

RESULTS = {"scan": sample.result(), "quiet": sample.quiet(), "inventory": sample.bare()}
ANSI = re.compile(r"\x1b\[[0-9;]*m")


@pytest.mark.parametrize("result", RESULTS.values(), ids=list(RESULTS))
@pytest.mark.parametrize("width", [40, 80, 100, 120, 140])
def test_no_line_is_wider_than_asked(result: ScanResult, width: int) -> None:
    lines = terminal.render(result, width=width).decode().splitlines()
    assert max(map(len, lines)) <= width


def test_page_one_fits_a_screen() -> None:
    text = terminal.render(sample.result(), width=100).decode()
    page = text.split("Findings\n────")[0]
    assert len(page.splitlines()) <= 50
    for part in ("RESULT", "For the data-protection officer", "Declared and found", "Next:"):
        assert part in page


@pytest.mark.parametrize("width", [80, 100])
def test_nothing_is_cut_off_in_tables(width: int) -> None:
    text = re.sub(r"\s+", " ", terminal.render(sample.result(), width=width).decode())
    for part in ("about 120,000", "sqlite://helpdesk/main/secret_view", "production, shared"):
        assert part in text


def test_without_colour_there_is_no_escape_sequence() -> None:
    assert b"\x1b" not in terminal.render(sample.result())


def test_colour_adds_nothing_but_colour() -> None:
    coloured = terminal.render(sample.result(), colour=True).decode()
    assert "\x1b[" in coloured
    assert "[31mred" not in ANSI.sub("", coloured).replace("\ufffd[31mred", "")
    bare = "\n".join(line.rstrip() for line in ANSI.sub("", coloured).splitlines())
    assert bare == terminal.render(sample.result()).decode().rstrip("\n")


def test_ascii_only_is_ascii_and_keeps_the_layout() -> None:
    plain = terminal.render(sample.result(), ascii_only=True)
    assert plain.isascii()
    wide = terminal.render(sample.result()).decode()
    assert [len(line) for line in plain.decode().splitlines()] == [
        len(line) for line in wide.splitlines()
    ]


@pytest.mark.parametrize(
    "name", ["Findings\n", "Stores against", "The record itself", "Coverage\n"]
)
def test_sections_come_in_order(name: str) -> None:
    text = terminal.render(sample.result()).decode()
    assert text.count(f"\n{name}") == 1
    assert text.index("RESULT") < text.index(f"\n{name}") < text.index("\nHow this was made")


def test_every_part_says_synthetic_and_real_data_does_not() -> None:
    assert terminal.render(sample.result()).count(b"SYNTHETIC DATA") >= 4
    assert b"SYNTHETIC" not in terminal.render(sample.quiet())


def test_a_thousand_findings_stay_readable_and_are_counted() -> None:
    text = terminal.render(sample.crowded()).decode()
    assert len(text.splitlines()) < 6000
    assert re.search(r"and \d+ more: see the HTML or JSON report", text)


def test_markup_in_names_is_text() -> None:
    odd = sample.finding("I01", Severity.HIGH, "[bold]x[/bold] :smile: [/] in crm")
    assert b"[bold]x[/bold] :smile: [/]" in terminal.render(sample.result(findings=(odd,)))


class Limited(io.StringIO):
    """A terminal that can show only what its encoding has."""

    encoding = "cp1252"


def test_show_keeps_to_what_the_terminal_can_write() -> None:
    target = Limited()
    terminal.show(sample.result(), target)
    assert target.getvalue().isascii()
    assert "RESULT" in target.getvalue()


def test_record_check_shows_the_records_own_points_in_full() -> None:
    target = io.StringIO()
    terminal.print_record_check(sample.result(), target)
    assert "List the customers on whose behalf the activity acts." in target.getvalue()
    assert "S01" not in target.getvalue()
