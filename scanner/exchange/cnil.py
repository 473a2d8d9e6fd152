"""The registers of the CNIL: the list with one sheet an activity, and one CSV row a category.

The guarantees that its workbook offers are words only: it still lists tools and adequacy that
carry nothing any more.
"""

from scanner.exchange import columns, words
from scanner.exchange.cnil_sheet import Fiche
from scanner.exchange.cnil_words import FLAT, SECTION_AT, SIMPLE_AT
from scanner.exchange.grid import NOT_CARRIED, Book, Sheet
from scanner.exchange.ico import is_synthetic, no_header, uncounted
from scanner.exchange.line import Line, Person, Register


def read(book: Book) -> Register:
    """Read a workbook of sheets, or a table with one row a category. Raise RecordError."""
    fiches = [sheet for sheet in book.sheets if _is_fiche(sheet)]
    if not fiches:
        return _read_flat(book)
    readers = [Fiche(sheet, book.name) for sheet in fiches]
    lines = tuple(line for reader in readers if (line := reader.line()).name or line.purposes)
    people = [reader.people for reader in readers]
    listed = [_list_people(sheet) for sheet in book.sheets if sheet not in fiches]

    def person(key: str) -> Person:
        return next((one[key] for one in (*listed, *people) if one.get(key)), Person())

    left = [
        sheet
        for sheet in book.sheets
        if sheet not in fiches and not _is_list(sheet) and sheet.name != NOT_CARRIED
    ]
    remarks = [*book.remarks, *(text for sheet in fiches for text in uncounted(sheet))]
    remarks += [
        f"Sheet {sheet.name} is no sheet of an activity; it was not read." for sheet in left
    ]
    return Register(
        person("organisation"),
        person("dpo"),
        person("representative"),
        lines,
        synthetic=is_synthetic(book),
        home="FR",
        remarks=tuple(remarks),
    )


def knows(book: Book) -> bool:
    """Tell whether a workbook is a register in this shape."""
    return any(_is_fiche(sheet) or columns.find(sheet, FLAT, least=3) for sheet in book.sheets)


def _is_fiche(sheet: Sheet) -> bool:
    labels = {words.plain(next((cell for cell in row if cell), "")) for row in sheet.rows[:300]}
    purpose = any(SIMPLE_AT.get(label) == "purposes" for label in labels)
    return purpose and len(labels & SECTION_AT.keys()) >= 2


def _is_list(sheet: Sheet) -> bool:
    return columns.find(sheet, FLAT, least=3) is not None or not any(map(any, sheet.rows))


def _list_people(sheet: Sheet) -> dict[str, Person]:
    return Fiche(sheet, "").people


def _read_flat(book: Book) -> Register:
    lines: list[Line] = []
    remarks = list(book.remarks)
    seen = False
    for sheet in book.sheets:
        layout = columns.find(sheet, FLAT, least=3)
        if layout is None:
            continue
        seen = True
        remarks += uncounted(sheet)
        for number, cells, texts in columns.rows(sheet, layout):
            where = f"Imported from {book.name}, sheet {sheet.name}, row {number}."
            role = "processor" if cells.text("on_behalf_of") else "controller"
            lines.append(columns.line(cells, where, texts, role))
    if not seen:
        raise no_header(book, "Nom du traitement, Finalité principale, Durée de conservation")
    return Register(
        lines=columns.merged(lines), synthetic=is_synthetic(book), home="FR", remarks=tuple(remarks)
    )
