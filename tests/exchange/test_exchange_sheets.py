"""Workbooks and tables: what is read, what is refused, and what is written."""

import io
import tracemalloc
import warnings
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from scanner.errors import RecordError
from scanner.exchange import archive, grid, sheets, xlsxout
from scanner.exchange.grid import Sheet

ROWS = (("Name", "=1+1", "@x"), ("é漢\nline", " a  b", ""), ("", "", "last"))


def saved(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("kind", sheets.KINDS)
def test_what_is_written_is_read(tmp_path: Path, kind: str) -> None:
    file = saved(
        tmp_path / f"a.{kind}", sheets.write((Sheet("A", ROWS, bold=frozenset({1})),), kind)
    )
    (sheet,) = sheets.read(file).sheets
    assert [[cell.strip() for cell in row] for row in ROWS] == [list(row) for row in sheet.rows]


@pytest.mark.parametrize("kind", sheets.KINDS)
def test_the_same_sheets_give_the_same_bytes(kind: str) -> None:
    assert sheets.write((Sheet("A", ROWS),), kind) == sheets.write((Sheet("A", ROWS),), kind)


def test_other_readers_see_text_and_never_a_formula(tmp_path: Path) -> None:
    file = saved(tmp_path / "a.xlsx", sheets.write((Sheet("A", ROWS),), "xlsx"))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        cells = openpyxl.load_workbook(file)["A"]
    assert [(cells[place].value, cells[place].data_type) for place in ("B1", "C1")] == [
        ("=1+1", "s"),
        ("@x", "s"),
    ]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t="])
def test_a_csv_cell_is_never_a_formula(start: str) -> None:
    text = sheets.write((Sheet("A", ((f"{start}cmd|' /C calc'!A0",),)),), "csv").decode("utf-8-sig")
    assert text.startswith("'")


def test_names_of_sheets_are_made_to_fit() -> None:
    names = ["a/b", "A B", "x" * 40, "x" * 40, "'", ""]
    assert xlsxout.unique_titles(names) == [
        "a b",
        "A B 2",
        "x" * 31,
        "x" * 27 + " 2",
        "Sheet",
        "Sheet 2",
    ]


def workbook(path: Path) -> tuple[openpyxl.Workbook, Path]:
    return openpyxl.Workbook(), path / "made.xlsx"


def test_dates_numbers_and_truths_are_read_as_people_see_them(tmp_path: Path) -> None:
    book, file = workbook(tmp_path)
    book.active.append([date(2024, 2, 29), 12.5, 3.0, True, False])
    book.save(file)
    assert sheets.read(file).sheets[0].rows == (("2024-02-29", "12.5", "3", "yes", "no"),)


def test_every_row_of_a_merged_cell_has_its_text(tmp_path: Path) -> None:
    book, file = workbook(tmp_path)
    page = book.active
    page["A1"], page["B1"], page["B2"] = "HR", "Payroll", "Recruitment"
    page.merge_cells("A1:A2")
    book.save(file)
    assert sheets.read(file).sheets[0].rows == (("HR", "Payroll"), ("HR", "Recruitment"))


def test_a_formula_without_a_saved_result_is_named(tmp_path: Path) -> None:
    book, file = workbook(tmp_path)
    book.active.append(["x", "=A1"])
    book.save(file)
    (sheet,) = sheets.read(file).sheets
    assert (sheet.rows, sheet.uncounted) == ((("x",),), ("B1",))


def test_a_hidden_sheet_is_not_read(tmp_path: Path) -> None:
    book, file = workbook(tmp_path)
    book.active.append(["seen"])
    book.create_sheet("lists").append(["hidden"])
    book["lists"].sheet_state = "hidden"
    book.save(file)
    assert [sheet.name for sheet in sheets.read(file).sheets] == ["Sheet"]


def test_macros_are_not_looked_at(tmp_path: Path) -> None:
    file = saved(tmp_path / "a.xlsm", sheets.write((Sheet("A", ROWS),), "xlsx"))
    with zipfile.ZipFile(file, "a") as content:
        content.writestr("xl/vbaProject.bin", b"\x00")
    assert "macros" in " ".join(sheets.read(file).remarks)


@pytest.mark.parametrize(
    ("content", "rows"),
    [
        ("a;b\r\n1;é\r\n".encode("cp1252"), (("a", "b"), ("1", "é"))),
        ("a\tb\n1\té\n".encode("utf-16"), (("a", "b"), ("1", "é"))),
        ("a,b\n1,é\n".encode("utf-8-sig"), (("a", "b"), ("1", "é"))),
        (b'a,b\n"1;2;3;4;5;6;7","x\ny"\n', (("a", "b"), ("1;2;3;4;5;6;7", "x\ny"))),
        (b"a,'=b\n", (("a", "=b"),)),
    ],
)
def test_tables_of_text_in_the_encodings_that_people_send(
    tmp_path: Path, content: bytes, rows: tuple[tuple[str, ...], ...]
) -> None:
    assert sheets.read(saved(tmp_path / "a.csv", content)).sheets[0].rows == rows


def test_the_content_and_not_the_ending_tells_the_kind(tmp_path: Path) -> None:
    file = saved(tmp_path / "a.csv", sheets.write((Sheet("A", ROWS),), "ods"))
    assert sheets.read(file).sheets[0].name == "A"


def packed(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as content:
        for name, data in parts.items():
            content.writestr(name.replace("__", "/").replace("_", "."), data)
    return out.getvalue()


BOMB = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb">]><a>&b;</a>'
DAMAGED = sheets.write((Sheet("A", ROWS),), "xlsx")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b" \n", "is empty"),
        (b"\x00\x01\x02\x03" * 20, "no text and no workbook"),
        (b"\xff\xfe\x00", "breaks off"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "encrypted or in the old .xls"),
        (b"PK\x03\x04 not a zip", "damaged"),
        (DAMAGED[: len(DAMAGED) // 2], "damaged"),
        (packed(note_txt=b"hello"), "no workbook"),
        (packed(content_xml=BOMB), "document type"),
        (packed(xl__workbook_xml=BOMB), "document type"),
        (packed(content_xml=b"<a><b></a>"), "damaged"),
        (packed(content_xml=b"<a/>", inner_zip=b"PK"), "archive inside"),
        (packed(content_xml=b"<a>" + b" " * 6_000_000 + b"</a>"), "unpacks"),
        (packed(content_xml=b"<a/>", **{f"part{n}": b"" for n in range(2100)}), "parts"),
    ],
)
def test_what_is_no_register_is_refused_with_one_sentence(
    tmp_path: Path, content: bytes, said: str
) -> None:
    with pytest.raises(RecordError, match=said) as caught:
        sheets.read(saved(tmp_path / "register.xlsx", content))
    assert "register.xlsx" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_an_encrypted_part_is_refused(tmp_path: Path) -> None:
    content = bytearray(packed(content_xml=b"<a/>"))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + at] |= 1
    with pytest.raises(RecordError, match="encrypted"):
        sheets.read(saved(tmp_path / "a.ods", bytes(content)))


def test_an_ods_behind_a_password_is_refused(tmp_path: Path) -> None:
    content = packed(
        content_xml=b"\x93\x01 not XML", **{"META-INF__manifest_xml": b"<m><encryption-data/></m>"}
    )
    with pytest.raises(RecordError, match="password"):
        sheets.read(saved(tmp_path / "a.ods", content))


def test_a_directory_that_lies_about_sizes_is_refused(tmp_path: Path) -> None:
    content = bytearray(packed(content_xml=b"<a>" + b" " * 100_000 + b"</a>"))
    at = content.index(b"PK\x01\x02") + 24
    content[at : at + 4] = (10).to_bytes(4, "little")
    with pytest.raises(RecordError):
        sheets.read(saved(tmp_path / "a.ods", bytes(content)))


def test_a_file_beyond_the_bound_is_not_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "MOST_FILE", 100)
    with pytest.raises(RecordError, match="not read"):
        sheets.read(saved(tmp_path / "a.csv", b"a,b\n" * 100))


def test_a_folder_or_nothing_is_said_to_be_that(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="is a folder"):
        sheets.read(tmp_path)
    with pytest.raises(RecordError, match="does not exist"):
        sheets.read(tmp_path / "none.xlsx")


def _book(sheet: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as content:
        content.writestr(
            "xl/workbook.xml",
            '<workbook xmlns:r="r"><sheets><sheet name="A" r:id="1"/></sheets></workbook>',
        )
        content.writestr(
            "xl/_rels/workbook.xml.rels",
            '<Relationships><Relationship Id="1" Target="worksheets/sheet1.xml"/></Relationships>',
        )
        content.writestr("xl/worksheets/sheet1.xml", sheet)
    return out.getvalue()


def test_a_million_rows_are_read_up_to_the_bound_in_bounded_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "MOST_RATIO", 10_000)  # equal rows pack far better than real ones
    row = '<row><c t="inlineStr"><is><t>some text of a cell</t></is></c></row>'
    content = _book(f"<worksheet><sheetData>{row * 1_000_000}</sheetData></worksheet>")
    file = saved(tmp_path / "big.xlsx", content)
    tracemalloc.start()
    book = sheets.read(file)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(book.sheets[0].rows) == grid.MOST_ROWS
    assert "first 20,000 rows" in book.remarks[0]
    assert peak < 60 * 2**20


def test_repeated_rows_and_cells_of_an_ods_stay_within_the_bounds(tmp_path: Path) -> None:
    spaces = (
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    )
    cell = (
        '<table:table-cell table:number-columns-repeated="16384"><text:p>x</text:p>'
        "</table:table-cell>"
    )
    text = (
        f'<a {spaces}><table:table table:name="A">'
        f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>'
        "</table:table></a>"
    )
    book = sheets.read(saved(tmp_path / "a.ods", packed(content_xml=text.encode())))
    cells = sum(len(row) for row in book.sheets[0].rows)
    assert cells <= grid.MOST_ROWS * grid.MOST_COLUMNS
    assert "were read" in book.remarks[0]
