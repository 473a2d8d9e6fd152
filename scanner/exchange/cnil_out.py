"""The registers of the CNIL, written."""

from collections.abc import Sequence
from typing import Final

from scanner.exchange import words
from scanner.exchange.cnil_words import SECTION_AT
from scanner.exchange.grid import Sheet
from scanner.exchange.ico import SYNTHETIC
from scanner.exchange.ico_out import flow_cell, receiver_cell
from scanner.exchange.line import Data, Line, Register

_LIST_HEAD: Final = (
    "Nom du traitement",
    "N° / RÉF",
    "Date de création de la fiche",
    "Dernière mise à jour",
    "Finalité",
    "Données sensibles",
)
_FLAT_HEAD: Final = (
    "N° / RÉF",
    "Nom du traitement",
    "Date de création de la fiche",
    "Dernière mise à jour",
    "Nom du logiciel ou de l'application",
    "Finalités",
    "Base légale",
    "Pour le compte de",
    "Responsable(s) conjoint(s)",
    "Catégorie",
    "Description",
    "Durée de conservation",
    "Catégories de personnes concernées",
    "Destinataires",
    "Mesures de sécurité",
    "Pays",
    "Garanties",
)


def render(register: Register, sensitive: frozenset[str]) -> tuple[Sheet, ...]:
    """Return the list and a sheet for each activity.

    ``sensitive`` holds the words of categories of Art. 9 and 10.
    """
    title = "Registre des activités de traitement"
    head: list[tuple[str, ...]] = [(title,), (SYNTHETIC,)] if register.synthetic else [(title,)]
    rows = [*head, *_actors(register, ()), (), _LIST_HEAD]
    for one in register.lines:
        special = any(c in sensitive for data in one.data for c in data.categories)
        rows.append(
            (
                one.name,
                one.reference,
                one.created,
                one.reviewed,
                "\n".join(one.purposes[:1]),
                "Oui" if special else "Non",
            )
        )
    listed = Sheet(
        "Liste des traitements", tuple(rows), bold=frozenset({1, len(rows) - len(register.lines)})
    )
    return (listed, *(_fiche(one, register) for one in register.lines))


def _actors(register: Register, joint: Sequence[str]) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = [
        ("Acteurs", "Nom", "Adresse", "Code postal", "Ville", "Pays", "Téléphone", "Adresse mél")
    ]
    for label, one in (
        ("Responsable du traitement", register.organisation),
        ("Délégué à la protection des données", register.dpo),
        ("Représentant", register.representative),
    ):
        rows.append((label, one.name, one.address, "", "", one.country, one.phone, one.email))
    return [*rows, *(("Responsable(s) conjoint(s)", name) for name in joint)]


def _fiche(one: Line, register: Register) -> Sheet:
    rows: list[tuple[str, ...]] = [
        ("Fiche de registre de l'activité", SYNTHETIC if register.synthetic else ""),
        ("Nom du traitement", one.name),
        ("N° / RÉF", one.reference),
        ("Date de création de la fiche", one.created),
        ("Dernière mise à jour", one.reviewed),
        ("Nom du logiciel ou de l'application", "\n".join(one.systems)),
        *([("Pour le compte de", "\n".join(one.on_behalf_of))] if one.role == "processor" else []),
        *_actors(register, one.joint),
        *_purposes(one),
        ("Base légale", "\n".join(one.legal_basis)),
        ("Catégories de données personnelles concernées", "Description", "Durée de conservation"),
        *(
            (data.label.replace("\n", " "), "\n".join(data.categories), "\n".join(data.retention))
            for data in one.data
        ),
        ("Catégories de personnes concernées", "Description"),
        *((f"Catégorie de personnes {n}", who) for n, who in enumerate(one.subjects, 1)),
        ("Destinataires", "Nom", "Type", "Pays", "Contrat"),
        *(
            (f"Destinataire {n}", who.name, who.kind, who.country, who.contract)
            for n, who in enumerate(one.receivers, 1)
        ),
        ("Mesures de sécurité", "Type"),
        *((f"Mesure {n}", text) for n, text in enumerate(one.measures, 1)),
        ("Transferts hors UE", "Destinataire", "Pays", "Garanties", "Documentation"),
        *(
            (
                f"Transfert {n}",
                flow.importer,
                "; ".join(flow.places),
                flow.mechanism,
                flow.reference,
            )
            for n, flow in enumerate(one.flows, 1)
        ),
    ]
    bold = {n for n, row in enumerate(rows, 1) if words.plain(row[0]) in SECTION_AT} | {1}
    return Sheet(f"{one.reference} {one.name}"[:31], tuple(rows), bold=frozenset(bold))


def _purposes(one: Line) -> list[tuple[str, ...]]:
    first, *others = one.purposes or ("",)
    rows: list[tuple[str, ...]] = [("Finalité principale", first)]
    rows += [(f"Sous-finalité {n}", text) for n, text in enumerate(others[:5], 1)]
    # The template has five; what is left stands with the fifth.
    return [*rows, *(("Sous-finalité 5", text) for text in others[5:])]


def render_flat(register: Register) -> Sheet:
    """Return one row for each activity and category group."""
    rows: list[tuple[str, ...]] = []
    for one in register.lines:
        for number, data in enumerate(one.data or (Data(),)):
            rows.append(_flat_row(one, data, first=number == 0))
    note: list[tuple[str, ...]] = [(SYNTHETIC,)] if register.synthetic else []
    return Sheet("Registre", (*note, _FLAT_HEAD, *rows), bold=frozenset({len(note) + 1}))


def _flat_row(one: Line, data: Data, *, first: bool) -> tuple[str, ...]:
    rest: tuple[str, ...] = (
        "\n".join(one.subjects),
        "\n".join(receiver_cell(who) for who in one.receivers),
        "\n".join(one.measures),
        "\n".join("; ".join(flow.places) for flow in one.flows),
        "\n".join(map(flow_cell, one.flows)),
    )
    return (
        one.reference,
        one.name,
        one.created,
        one.reviewed,
        "\n".join(one.systems),
        "\n".join(one.purposes),
        "\n".join(one.legal_basis),
        "\n".join(one.on_behalf_of),
        "\n".join(one.joint),
        data.label,
        "\n".join(data.categories),
        "\n".join(data.retention),
        *(rest if first else ("",) * len(rest)),
    )
