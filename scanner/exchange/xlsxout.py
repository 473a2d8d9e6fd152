"""Excel workbooks, written with the standard library alone. Every cell is text."""

import io
import re
import zipfile
from collections.abc import Sequence
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from scanner.exchange.grid import Sheet, letters, padded, printable

_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
# Styles: 0 plain and wrapped, 1 the same in bold. "@" makes a spreadsheet keep text as text.
_STYLES: Final = (
    f'{_HEAD}<styleSheet xmlns="{_MAIN}">'
    '<fonts count="2"><font><sz val="10"/><name val="Arial"/></font>'
    '<font><b/><sz val="10"/><name val="Arial"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    "<borders><border><left/><right/><top/><bottom/><diagonal/></border></borders>"
    '<cellStyleXfs count="1"><xf numFmtId="49" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="2"><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0"'
    ' applyNumberFormat="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>'
    '<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"'
    ' applyNumberFormat="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>'
    '</cellXfs><cellStyles><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>"
)


def render(sheets: Sequence[Sheet]) -> bytes:
    """Return a workbook; the same sheets give the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in _parts(sheets):
            # A fixed day: a file under version control changes only when its content does.
            archive.writestr(
                zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)),
                text.encode("utf-8"),
                zipfile.ZIP_DEFLATED,
            )
    return out.getvalue()


def _parts(sheets: Sequence[Sheet]) -> list[tuple[str, str]]:
    numbers = range(1, len(sheets) + 1)
    titles = unique_titles([sheet.name for sheet in sheets])
    listed = "".join(
        f'<sheet name={quoteattr(title)} sheetId="{n}" r:id="rId{n}"/>'
        for n, title in zip(numbers, titles, strict=True)
    )
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in numbers
    )
    return [
        ("[Content_Types].xml", _types(numbers)),
        (
            "_rels/.rels",
            f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
            f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        ),
        (
            "xl/workbook.xml",
            f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{listed}</sheets>'
            "</workbook>",
        ),
        (
            "xl/_rels/workbook.xml.rels",
            f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{links}<Relationship '
            f'Id="rId{len(sheets) + 1}" Type="{_OFFICE}/styles" Target="styles.xml"/>'
            "</Relationships>",
        ),
        ("xl/styles.xml", _STYLES),
        *(
            (f"xl/worksheets/sheet{number}.xml", _sheet(sheet))
            for number, sheet in zip(numbers, sheets, strict=True)
        ),
    ]


def _types(numbers: range) -> str:
    kinds = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_TYPE}.worksheet+xml"/>'
        for n in numbers
    )
    return (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>{kinds}'
        "</Types>"
    )


def unique_titles(names: Sequence[str]) -> list[str]:
    """Return names that a spreadsheet takes: 31 signs at most, no ``[]:*?/\\``, no two alike."""
    out: list[str] = []
    for name in names:
        base = re.sub(r"[\[\]:*?/\\]+", " ", printable(name)).strip(" '\t\n")[:31] or "Sheet"
        title, number = base, 2
        while title.lower() in (seen.lower() for seen in out):
            title = f"{base[:27]} {number}"
            number += 1
        out.append(title)
    return out


def _sheet(sheet: Sheet) -> str:
    rows = padded(sheet.rows)
    width = max((len(row) for row in rows), default=1)
    body = []
    for number, row in enumerate(rows, 1):
        cells = "".join(
            f'<c r="{letters(column)}{number}" s="{int(_bold(sheet, number))}" t="inlineStr"><is>'
            f'<t xml:space="preserve">{escape(printable(text))}</t></is></c>'
            for column, text in enumerate(row)
            if text
        )
        body.append(f'<row r="{number}">{cells}</row>')
    return (
        f'{_HEAD}<worksheet xmlns="{_MAIN}"><cols><col min="1" max="{max(width, 1)}" width="28" '
        f'customWidth="1"/></cols><sheetData>{"".join(body)}</sheetData></worksheet>'
    )


def _bold(sheet: Sheet, number: int) -> bool:
    return number in sheet.bold
