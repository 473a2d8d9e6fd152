"""The labels of the CNIL's registers, in the spellings that are in use."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from scanner.exchange import words

TICKED: Final = "☒☑✓✔✅"
EMPTY_BOX: Final = "☐□"

_SIMPLE: Final[Mapping[str, tuple[str, ...]]] = {
    "name": (
        "nom du traitement",
        "nom de l'activité",
        "nom de l'activité de traitement",
        "activité",
    ),
    "reference": ("n° / réf", "n° réf", "référence", "réf", "numéro"),
    "created": ("date de création de la fiche", "date de création"),
    "reviewed": (
        "dernière mise à jour",
        "date de dernière mise à jour de la fiche",
        "date de dernière mise à jour",
        "mise à jour",
        "mise à jour de la fiche",
    ),
    "system": ("nom du logiciel ou de l'application", "logiciel ou application", "logiciel"),
    "purposes": (
        "finalité principale",
        "finalité",
        "finalités",
        "objectifs poursuivis",
        "objectif poursuivi",
        *(f"sous-finalité {n}" for n in range(1, 11)),
        "sous finalités",
        "catégories de traitements effectués",
        "catégories de traitements",
    ),
    "legal_basis": ("base légale", "base juridique", "fondement", "fondement juridique"),
    "on_behalf_of": (
        "client",
        "clients",
        "responsable de traitement pour le compte duquel",
        "pour le compte de",
    ),
    "department": ("service", "service concerné", "direction"),
    "source": ("source des données", "origine des données"),
    "dpia_required": ("pia", "aipd", "analyse d'impact requise"),
}
_SECTIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "actors": ("acteurs",),
    "data": (
        "catégories de données personnelles concernées",
        "catégories de données personnelles",
        "catégories de données",
        "catégories de données collectées",
        "données personnelles",
    ),
    "sensitive": ("données sensibles",),
    "subjects": ("catégories de personnes concernées", "personnes concernées"),
    "receivers": (
        "destinataires",
        "catégories de destinataires",
        "catégories de destinataires des données",
    ),
    "measures": ("mesures de sécurité", "mesures de sécurité techniques et organisationnelles"),
    "flows": (
        "transferts hors ue",
        "transferts des données hors ue",
        "transferts hors de l'ue",
        "transferts",
    ),
}
_ACTORS: Final[Mapping[str, tuple[str, ...]]] = {
    "organisation": ("responsable du traitement", "responsable de traitement"),
    "dpo": ("délégué à la protection des données", "dpo", "délégué"),
    "company": ("société du dpo",),
    "representative": ("représentant",),
    "joint": ("responsable(s) conjoint(s)", "responsable conjoint", "responsables conjoints"),
}
FLAT: Final[Mapping[str, tuple[str, ...]]] = {
    **_SIMPLE,
    "group": ("catégorie", "libellé de la catégorie"),
    "categories": (
        "catégorie de données",
        "catégories de données",
        "description des données",
        "description",
    ),
    "sensitive": ("données sensibles",),
    "retention": ("durée de conservation", "durées de conservation"),
    "data_subjects": (
        "catégories de personnes concernées",
        "catégories de personnes",
        "personnes concernées",
    ),
    "recipients": ("destinataires", "destinataire"),
    "recipient_type": ("type de destinataire", "type"),
    "measures": ("mesures de sécurité",),
    "transfer_countries": ("transferts hors ue", "transferts hors ue pays", "pays"),
    "mechanism": ("garanties", "type de garanties"),
    "joint_controllers": ("responsable(s) conjoint(s)", "responsables conjoints"),
}


def _index(table: Mapping[str, Sequence[str]]) -> dict[str, str]:
    return {words.plain(form): key for key, forms in table.items() for form in forms}


SIMPLE_AT: Final = _index(_SIMPLE)
SECTION_AT: Final = _index(_SECTIONS)
ACTOR_AT: Final = _index(_ACTORS)
NUMBERED = re.compile(
    r"^(?:categorie de personnes|categorie|destinataire|mesure|mesure de securite|transfert|"
    r"organisme destinataire) ?\d+$"
)
