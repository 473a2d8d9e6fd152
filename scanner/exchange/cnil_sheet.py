"""One sheet of an activity in a register of the CNIL: labels at the left, values beside them."""

from collections.abc import Sequence

from scanner.exchange import words
from scanner.exchange.cnil_words import ACTOR_AT, EMPTY_BOX, NUMBERED, SECTION_AT, SIMPLE_AT, TICKED
from scanner.exchange.grid import Sheet
from scanner.exchange.line import Data, Flow, Line, Person, Receiver


class Fiche:
    """The reader of one sheet of an activity: labels at the left, values beside them."""

    def __init__(self, sheet: Sheet, book: str) -> None:
        self.sheet, self.book = sheet, book
        self.simple: dict[str, list[str]] = {}
        self.people: dict[str, Person] = {}
        self.joint: list[str] = []
        self.data: list[Data] = []
        self.subjects: list[str] = []
        self.receivers: list[Receiver] = []
        self.measures: list[str] = []
        self.flows: list[Flow] = []
        self.texts: list[tuple[str, str]] = []
        self.section, self.heads = "", dict[str, int]()
        for row in sheet.rows:
            self._row(row)

    def line(self) -> Line:
        """Return the activity."""
        one = {key: tuple(dict.fromkeys(values)) for key, values in self.simple.items()}
        name = " ".join(one.get("name", ())) or self.sheet.name

        def text(key: str) -> str:
            return "\n".join(one.get(key, ()))

        clients = one.get("on_behalf_of", ())
        role = "processor" if clients else "joint_controller" if self.joint else "controller"
        return Line(
            name=name,
            reference=text("reference"),
            role=role,
            where=f"Imported from {self.book}, sheet {self.sheet.name}.",
            department=text("department"),
            purposes=one.get("purposes", ()),
            on_behalf_of=tuple(item for client in clients for item in words.pieces(client)),
            joint=tuple(self.joint),
            subjects=tuple(self.subjects),
            data=tuple(self.data),
            receivers=tuple(self.receivers),
            flows=tuple(self.flows),
            measures=tuple(self.measures),
            legal_basis=tuple(
                item for cell in one.get("legal_basis", ()) for item in words.pieces(cell)
            ),
            source=text("source"),
            systems=tuple(item for cell in one.get("system", ()) for item in words.pieces(cell)),
            dpia_required=text("dpia_required"),
            created=text("created"),
            reviewed=text("reviewed"),
            texts=tuple(self.texts),
        )

    def _row(self, row: Sequence[str]) -> None:
        cells = [
            (column, cell)
            for column, cell in enumerate(row)
            if cell and (column == 0 or row[column - 1] != cell)
        ]
        if not cells:
            return
        label, rest = cells[0][1], [cell for _, cell in cells[1:]]
        plain = words.plain(label.strip(TICKED + EMPTY_BOX + " "))
        if rest:
            self.texts.append((" ".join(label.split()), " | ".join(rest)))
        if plain in ACTOR_AT:
            self._actor(ACTOR_AT[plain], row, rest)
        elif plain in SECTION_AT:
            self.section = SECTION_AT[plain]
            self.heads = {words.plain(cell): column for column, cell in cells[1:]}
        elif plain in SIMPLE_AT:
            self.simple.setdefault(SIMPLE_AT[plain], []).extend(rest)
            self.section = ""
        elif self.section:
            self._item(label, plain, row, rest)

    def _at(self, row: Sequence[str], *starts: str) -> str:
        for start in starts:
            for head, column in self.heads.items():
                if head.startswith(start) and column < len(row):
                    return row[column]
        return ""

    def _actor(self, key: str, row: Sequence[str], rest: list[str]) -> None:
        if not rest:
            return
        heads = self.heads if self.section == "actors" and self.heads else {}
        name = self._at(row, "nom") if heads else rest[0]
        if key == "joint":
            self.joint += [name] if name else []
        elif key != "company" and name and not self.people.get(key):
            place = " ".join(
                p
                for p in (
                    self._at(row, "adresse"),
                    self._at(row, "code postal"),
                    self._at(row, "ville"),
                )
                if p
            )
            self.people[key] = Person(
                name,
                place,
                self._at(row, "adresse mel", "mel", "courriel"),
                self._at(row, "telephone"),
                self._at(row, "pays"),
            )

    def _item(self, label: str, plain: str, row: Sequence[str], rest: list[str]) -> None:
        if label[:1] in EMPTY_BOX or (rest and words.yes(rest[0]) is False):
            return
        ticked = label[:1] in TICKED or bool(rest and words.yes(rest[0]))
        said = [cell for cell in rest if words.yes(cell) is None]
        first = label.strip(TICKED + " ") if not NUMBERED.match(plain) else (said or [""])[0]
        if self.section in ("data", "sensitive"):
            self._category(label.strip(TICKED + " "), row, ticked, said)
        elif self.section == "subjects" and first:
            self.subjects += words.pieces(first)
        elif self.section == "receivers" and first:
            self.receivers.append(
                Receiver(
                    first, self._at(row, "type"), self._at(row, "pays"), self._at(row, "contrat")
                )
            )
        elif self.section == "measures" and first:
            kind = self._at(row, "type")
            self.measures += [kind or first]
        elif self.section == "flows":
            place = self._at(row, "pays") or first
            if place:
                importer = self._at(row, "destinataire")
                self.flows.append(
                    Flow(
                        words.pieces(place),
                        self._at(row, "garanties", "type de garanties"),
                        self._at(row, "documentation", "lien"),
                        importer=importer,
                    )
                )

    def _category(self, label: str, row: Sequence[str], ticked: bool, said: list[str]) -> None:
        description = self._at(row, "description") if self.heads else (said or [""])[0]
        if words.yes(description) is not None:
            description = ""
        limit = self._at(row, "duree") if self.heads else (said[1] if len(said) > 1 else "")
        if not (ticked or description or limit):
            return  # the template lists every kind; an empty row declares nothing
        texts: tuple[str, ...] = (description,) if description else (label,)
        if description and not words.many("categories", texts).ids:
            texts = (description, label)  # the description says more than our words know
        name = "" if self.section == "sensitive" and not description else label
        limits = tuple(part for part in limit.split("\n") if part.strip())
        self.data.append(Data(name, texts, limits))
