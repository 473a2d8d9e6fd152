"""Excel workbooks (Office Open XML), read with the standard library alone.

Reading streams the XML, so memory is bounded by the cells that are kept, not by the file. Macros
(.xlsm) are never looked at.
"""

import re
import zipfile
from datetime import datetime, timedelta

from scanner.exchange.archive import Stop, damaged, parts_named, stream
from scanner.exchange.grid import (
    MOST_CELLS,
    MOST_CHARACTERS,
    MOST_PIECES,
    MOST_ROWS,
    MOST_SHEETS,
    Book,
    Grid,
    letters,
)

_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_DATE_FORMATS = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_UNQUOTED = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')
_FIRST_FEBRUARY_29 = 60  # 1900 was no leap year, but Excel counts one


def parse(archive: zipfile.ZipFile, name: str) -> Book:
    """Read every visible sheet. Raise RecordError."""
    parts = parts_named(archive)
    strings = _strings(archive) if "xl/sharedStrings.xml" in parts else []
    dates = _date_styles(archive) if "xl/styles.xml" in parts else frozenset()
    listed, from_1904 = _listed(archive)
    sheets, remarks = [], []
    if "xl/vbaProject.bin" in parts:
        remarks.append("The workbook holds macros; they were not looked at.")
    for title, part in listed[:MOST_SHEETS]:
        if part not in parts:
            raise damaged(name)
        grid = _Cells(strings, dates, from_1904).read(archive, part)
        sheets.append(grid.sheet(title))
        remarks.append(grid.remark(title))
    return Book(name, tuple(sheets), tuple(remark for remark in remarks if remark))


def _strings(archive: zipfile.ZipFile) -> list[str]:
    found: list[str] = []
    held: list[str] = []
    depth = {"t": 0, "rPh": 0}

    def start(tag: str, _: dict[str, str]) -> None:
        if tag == "si":
            held.clear()
        elif tag in depth:
            depth[tag] += 1

    def end(tag: str) -> None:
        if tag == "si":
            found.append("".join(held)[:MOST_CHARACTERS])
            if len(found) > 2 * MOST_CELLS:
                raise Stop
        elif tag in depth:
            depth[tag] -= 1

    def text(data: str) -> None:
        if depth["t"] and not depth["rPh"] and len(held) < MOST_PIECES:  # rPh: how to pronounce it
            held.append(data)

    stream(archive, "xl/sharedStrings.xml", start, end, text)
    return found


def _date_styles(archive: zipfile.ZipFile) -> frozenset[int]:
    custom: set[int] = set()
    styles: list[int] = []
    inside: list[str] = []

    def start(tag: str, given: dict[str, str]) -> None:
        inside.append(tag)
        if tag == "numFmt" and re.search("[yd]", _UNQUOTED.sub("", given.get("formatCode", ""))):
            custom.add(_whole(given.get("numFmtId")))
        elif tag == "xf" and "cellXfs" in inside:
            styles.append(_whole(given.get("numFmtId")))

    stream(archive, "xl/styles.xml", start, lambda _: _pop(inside))
    wanted = _DATE_FORMATS | custom
    return frozenset(number for number, style in enumerate(styles) if style in wanted)


def _pop(inside: list[str]) -> None:
    inside.pop()


def _whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() else 0


def _listed(archive: zipfile.ZipFile) -> tuple[list[tuple[str, str]], bool]:
    targets: dict[str, str] = {}
    sheets: list[tuple[str, str]] = []
    epoch = [False]

    def relation(tag: str, given: dict[str, str]) -> None:
        if tag == "Relationship":
            targets[given.get("Id", "")] = given.get("Target", "")

    def sheet(tag: str, given: dict[str, str]) -> None:
        if tag == "workbookPr":
            epoch[0] = given.get("date1904") in ("1", "true")
        if tag == "sheet" and given.get("state", "visible") == "visible":
            target = targets.get(given.get("id", ""), "")
            path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            sheets.append((given.get("name", ""), path))

    if "xl/_rels/workbook.xml.rels" in parts_named(archive):
        stream(archive, "xl/_rels/workbook.xml.rels", relation, lambda _: None)
    stream(archive, "xl/workbook.xml", sheet, lambda _: None)
    return sheets, epoch[0]


class _Cells:
    """Handlers for one sheet."""

    def __init__(self, strings: list[str], dates: frozenset[int], from_1904: bool) -> None:
        self.strings, self.dates, self.from_1904 = strings, dates, from_1904
        self.grid = Grid()
        self.at = (0, 0)
        self.row = -1
        self.column = -1
        self.given: dict[str, str] = {}
        self.value: list[str] = []
        self.inside = ""
        self.formula = False
        self.merges: list[tuple[int, int, int, int]] = []

    def read(self, archive: zipfile.ZipFile, part: str) -> Grid:
        stream(archive, part, self.start, self.end, self.text)
        for merge in self.merges:
            self.grid.spread(*merge)
        return self.grid

    def start(self, tag: str, given: dict[str, str]) -> None:
        if tag == "row":
            self.row = _whole(given.get("r")) - 1 if "r" in given else self.row + 1
            self.column = -1
        elif tag == "c":
            place = _REFERENCE.fullmatch(given.get("r", ""))
            self.column = _column(place[1]) if place else self.column + 1
            self.given, self.value, self.formula = given, [], False
        elif tag == "f":
            self.formula = True
        elif tag in ("v", "t"):
            self.inside = tag
        elif tag == "mergeCell":
            self._merge(given.get("ref", ""))

    def end(self, tag: str) -> None:
        if tag in ("v", "t"):
            self.inside = ""
        elif tag == "c":
            self._keep("".join(self.value))

    def text(self, data: str) -> None:
        if self.inside and len(self.value) < MOST_PIECES:
            self.value.append(data)

    def _merge(self, reference: str) -> None:
        corners = [_REFERENCE.fullmatch(corner) for corner in reference.split(":")]
        if len(corners) == 2 and corners[0] and corners[1] and len(self.merges) < MOST_ROWS:
            (left, top), (right, bottom) = ((c[1], c[2]) for c in corners if c)
            self.merges.append((int(top) - 1, _column(left), int(bottom) - 1, _column(right)))

    def _keep(self, raw: str) -> None:
        if self.row >= MOST_ROWS:
            if raw:
                self.grid.full = True
                raise Stop  # merges stand behind the last row: they are not read then
            return
        if self.formula and not raw and len(self.grid.uncounted) < MOST_ROWS:
            self.grid.uncounted.append(f"{letters(self.column)}{self.row + 1}")
        self.grid.put(self.row, self.column, self._shown(raw).strip())

    def _shown(self, raw: str) -> str:
        kind = self.given.get("t", "n")
        if kind == "s":
            number = _whole(raw)
            return self.strings[number] if raw and number < len(self.strings) else ""
        if kind == "b":
            return "yes" if raw == "1" else "no"
        if kind == "e":
            return ""  # #REF! and its like
        if kind == "n" and _whole(self.given.get("s")) in self.dates:
            return _day(raw, self.from_1904)
        return _number(raw) if kind == "n" else raw


def _column(word: str) -> int:
    out = 0
    for letter in word:
        out = out * 26 + ord(letter) - 64
    return out - 1


def _number(raw: str) -> str:
    return raw.removesuffix(".0")


def _day(raw: str, from_1904: bool) -> str:
    try:
        days = float(raw)
        start = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 30)
        if not from_1904 and days < _FIRST_FEBRUARY_29:
            start += timedelta(days=1)
        moment = start + timedelta(days=days)
    except (ValueError, OverflowError):
        return raw
    return moment.date().isoformat()
