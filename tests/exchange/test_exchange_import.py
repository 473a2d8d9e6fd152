"""Registers of others become drafts: what is kept, what is mapped, what is never assumed."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from scanner import exchange
from scanner.config import RecordRef
from scanner.errors import ConfigError, RecordError
from scanner.exchange import sheets
from scanner.exchange.grid import Sheet
from scanner.ropa import Ropa, load

DAY = date(2026, 1, 15)

ICO_HEAD = [
    "Business function",
    "Purpose of processing",
    "Name and contact details of joint controller (if applicable)",
    "Categories of individuals",
    "Categories of personal data",
    "Categories of recipients",
    "Link to contract with processor",
    "Names of third countries or international organisations that personal data are "
    "transferred to (if applicable)",
    "Safeguards for exceptional transfers of personal data to third countries or "
    "international organisations (if applicable)",
    "Retention schedule (if possible)",
    "General description of technical and organisational security measures (if possible)",
    "Article 6 lawful basis for processing personal data",
    "Article 9 condition for processing special category data",
    "Location of personal data",
    "Data Protection Impact Assessment required?",
    "Mood of the officer",
]
PAYROLL = [
    "HR",
    "Paying staff",
    "N/A",
    "Employees, beekeepers",
    "Contact details, pay details, bank details",
    "HMRC; Payroll Ltd (Processor, Ireland)",
    "Payroll Ltd: DPA-7",
    "N/A",
    "N/A",
    "6 years post employment",
    "Encrypted drives, access controls, an old dog",
    "Article 6(1)(c) - legal obligation",
    "",
    "Shared drive",
    "No",
    "calm",
]
HEALTH = [
    "",
    "Sickness records",
    "",
    "Employees",
    "Health details",
    "",
    "",
    "USA",
    "Privacy Shield",
    "As long as necessary",
    "",
    "Article 6(1)(b) - contract",
    "Article 9(2)(b) - employment",
    "",
    "Yes",
    "",
]


def ico_file(folder: Path, *rows: list[str], head: list[str] = ICO_HEAD) -> Path:
    book = openpyxl.Workbook()
    page = book.active
    page.title = "Controller"
    page.append(
        ["Controller", None, "Data Protection Officer (if applicable)", None, "Representative"]
    )
    page.append(["Name", "Bees Ltd", "Name", "Ann Bee", "Name"])
    page.append(["Address", "1 Hive St", "Address", "", "Address"])
    page.append(["Email", "bees@example.org", "Email", "dpo@example.org", "Email"])
    page.append(["Telephone", "+44 1", "Telephone", "", "Telephone"])
    page.append([])
    page.append(head)
    for row in rows:
        page.append(row)
    page.merge_cells("A8:A9")
    file = folder / "ropa.xlsx"
    book.save(file)
    return file


def imported(file: Path, kind: str = "", **options: object) -> tuple[Ropa, exchange.Imported]:
    done = exchange.read(file, kind, as_of=DAY, **options)  # type: ignore[arg-type]
    record = file.with_suffix(".out.toml")
    record.write_text(done.text, "utf-8")
    return load(RecordRef(record)), done


def test_a_workbook_of_the_ico_becomes_a_draft(tmp_path: Path) -> None:
    ropa, _ = imported(ico_file(tmp_path, PAYROLL, HEALTH))
    assert (ropa.organisation.name, ropa.organisation.email) == ("Bees Ltd", "bees@example.org")
    assert ropa.organisation.dpo is not None
    assert (ropa.organisation.dpo.name, ropa.organisation.dpo.email) == (
        "Ann Bee",
        "dpo@example.org",
    )
    assert ropa.organisation.representative is None
    pay, health = ropa.activities
    assert (pay.name, pay.department, pay.role) == ("Paying staff", "HR", "controller")
    assert health.department == "HR"  # merged downwards
    assert pay.legal_basis == ("legal_obligation",)
    assert pay.data_subjects == ("employee", "beekeepers")
    assert health.special_condition == ("A9-2-b",)
    (group, special) = ropa.data_groups
    assert group.categories == ("contact", "employment_record", "bank_account_number")
    assert special.categories == ("health_data",)
    assert {p.name: (p.kind, p.country, p.contract) for p in ropa.parties} == {
        "HMRC": ("authority", "", ""),
        "Payroll Ltd": ("processor", "IE", "DPA-7"),
    }
    assert [(s.name, s.measures[:2]) for s in ropa.systems] == [
        ("Shared drive", ("encryption_at_rest", "access_need_to_know"))
    ]
    assert [(r.period, r.starts, r.criteria) for r in ropa.retentions] == [
        ("P6Y", "contract_expiry", ""),
        ("", "", "As long as necessary"),
    ]


def test_every_imported_block_is_a_draft_and_matches_no_place(tmp_path: Path) -> None:
    ropa, done = imported(ico_file(tmp_path, PAYROLL, HEALTH))
    assert {a.status for a in ropa.activities} == {"draft"}
    assert {(s.kind, s.status, s.sites) for s in ropa.stores} == {("file_share", "draft", ())}
    assert "match =" not in done.text


def test_the_text_of_every_cell_stays_in_the_note(tmp_path: Path) -> None:
    ropa, _ = imported(ico_file(tmp_path, PAYROLL, HEALTH))
    for cell in PAYROLL:
        assert cell in ropa.activities[0].note
    assert "row 8" in ropa.activities[0].note


def test_words_without_a_meaning_are_listed_in_the_output_and_in_the_file(tmp_path: Path) -> None:
    _, done = imported(ico_file(tmp_path, PAYROLL, HEALTH))
    left = {text for _, text in done.unmapped}
    assert {"beekeepers", "an old dog", "As long as necessary"} <= left
    assert all(f"# {what}: {text}" in done.text for what, text in done.unmapped)
    assert any("Mood of the officer" in remark for remark in done.remarks)


def test_a_void_tool_is_kept_as_a_word_and_never_as_a_tool(tmp_path: Path) -> None:
    ropa, done = imported(ico_file(tmp_path, PAYROLL, HEALTH))
    (transfer,) = ropa.transfers
    assert (transfer.to, transfer.mechanism, transfer.reference) == (("US",), "", "Privacy Shield")
    assert any(text == "Privacy Shield" for _, text in done.unmapped)


@pytest.mark.parametrize(
    ("cell", "day", "tool"),
    [
        ("Standard contractual clauses", DAY, "scc"),
        ("Adequacy decision", DAY, ""),
        ("EU-US Data Privacy Framework", DAY, "dpf"),
        ("EU-US Data Privacy Framework", date(2021, 1, 1), ""),
        ("Safe Harbor", date(2014, 1, 1), ""),
    ],
)
def test_which_safeguards_an_import_writes(tmp_path: Path, cell: str, day: date, tool: str) -> None:
    row = [*HEALTH]
    row[8] = cell
    done = exchange.read(ico_file(tmp_path, PAYROLL, row), as_of=day)
    assert (f'mechanism = "{tool}"' in done.text) is bool(tool)
    assert bool(tool) is not any(cell == text for _, text in done.unmapped)


def test_two_safeguards_for_one_country_are_not_chosen_from(tmp_path: Path) -> None:
    row = [*HEALTH]
    row[7], row[8] = "USA\nIndia\nJapan", "SCC\nBCR"
    ropa, _ = imported(ico_file(tmp_path, PAYROLL, row))
    assert len(ropa.transfers) == 3


def test_missing_columns_are_named(tmp_path: Path) -> None:
    rows = [[*row[:5], *row[9:]] for row in (PAYROLL, HEALTH)]
    _, done = imported(ico_file(tmp_path, *rows, head=[*ICO_HEAD[:5], *ICO_HEAD[9:]]))
    assert any("Categories of recipients" in remark for remark in done.remarks)


def test_headers_in_another_language_are_refused_with_a_way_out(tmp_path: Path) -> None:
    head = [f"Spalte {n}" for n in range(len(ICO_HEAD))]
    with pytest.raises(RecordError, match="--mapping"):
        exchange.read(ico_file(tmp_path, PAYROLL, head=head), as_of=DAY)


def test_a_table_without_rows_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="no processing activity"):
        exchange.read(ico_file(tmp_path), "ico", as_of=DAY)


def test_rows_of_one_name_get_ids_of_their_own(tmp_path: Path) -> None:
    ropa, _ = imported(ico_file(tmp_path, PAYROLL, PAYROLL))
    assert [a.id for a in ropa.activities] == ["paying_staff", "paying_staff_2"]


def test_a_cell_cannot_leave_its_comment_or_its_text(tmp_path: Path) -> None:
    row = [*PAYROLL]
    row[3] = 'zorg\nstatus = "active"\n[[accept]]'
    row[1] = 'x"""\n[[store]]\nid = "evil"'
    ropa, _ = imported(ico_file(tmp_path, row, HEALTH))
    assert not ropa.accepts
    assert {a.status for a in ropa.activities} == {"draft"}
    assert "evil" not in {store.id for store in ropa.stores}


FICHE = (
    ("Fiche de registre",),
    ("Nom du traitement", "Paie des salariés"),
    ("N° / RÉF", "T-01"),
    ("Date de création de la fiche", "03/05/2019"),
    ("Mise à jour", "2024-02-29"),
    ("Nom du logiciel ou de l'application", "Logiciel Paye+"),
    ("Acteurs", "Nom", "Adresse", "Code postal", "Ville", "Pays", "Téléphone", "Adresse mél"),
    (
        "Responsable du traitement",
        "Ruche SA",
        "1 rue",
        "75001",
        "Paris",
        "France",
        "01",
        "r@example.org",
    ),
    ("Délégué à la protection des données", "A. Beille", "", "", "", "", "", "dpo@example.org"),
    ("Finalité principale", "Payer les salariés"),
    ("Sous-finalité 1", "Déclarations sociales"),
    ("Catégories de données personnelles concernées", "Description", "Durée de conservation"),
    ("Etat civil, Identité, données d'identification, images...", "Nom, prénom", "5 ans"),
    ("Vie personnelle", "", ""),
    ("Numéro de Sécurité Sociale", "NIR", "5 ans à compter de la fin du contrat"),
    ("Données sensibles", "Description", "Durée de conservation"),
    ("Données révélant l'appartenance syndicale", "Oui", ""),
    ("Données concernant la santé", "Non", ""),
    ("Catégories de personnes concernées", "Description"),
    ("Catégorie de personnes 1", "Salariés"),
    ("Destinataires", "Nom", "Type"),
    ("Destinataire 1", "URSSAF", "Partenaires institutionnels ou commerciaux"),
    ("Destinataire 2", "Paye Cloud", "Sous-traitants"),
    ("Mesures de sécurité", "Type", "Description"),
    ("Mesure 1", "Contrôle d'accès des utilisateurs", "mots de passe"),
    ("Transferts hors UE", "Destinataire", "Pays", "Garanties", "Documentation"),
    ("Transfert 1", "Paye Cloud", "États-Unis", "Privacy shield", "lien"),
)


def padded(rows: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, ...], ...]:
    return tuple((*row, *("",) * (8 - len(row))) for row in rows)


@pytest.mark.parametrize("kind", ["ods", "xlsx"])
def test_a_sheet_of_the_cnil_becomes_a_draft(tmp_path: Path, kind: str) -> None:
    file = tmp_path / f"registre.{kind}"
    file.write_bytes(
        sheets.write((Sheet("Mode d'emploi", (("Lire",),)), Sheet("T-01", padded(FICHE))), kind)
    )
    ropa, done = imported(file)
    (one,) = ropa.activities
    assert (one.name, one.purposes) == (
        "Paie des salariés",
        ("Payer les salariés", "Déclarations sociales"),
    )
    assert (one.created, one.reviewed) == (date(2019, 5, 3), date(2024, 2, 29))
    assert (ropa.organisation.name, ropa.organisation.country) == ("Ruche SA", "FR")
    held = [group.categories for group in ropa.data_groups]
    assert held == [("person_name",), ("social_security_number",), ("trade_union_membership",)]
    assert [(r.period, r.starts) for r in ropa.retentions] == [
        ("P5Y", ""),
        ("P5Y", "contract_expiry"),
    ]
    assert {p.name: p.kind for p in ropa.parties} == {
        "URSSAF": "recipient",
        "Paye Cloud": "processor",
    }
    assert [(t.to, t.mechanism) for t in ropa.transfers] == [(("US",), "")]
    assert any("Privacy shield" in text for _, text in done.unmapped)
    assert any("Mode d'emploi" in remark for remark in done.remarks)
    assert ropa.systems[0].measures == ("access_need_to_know",)


def test_a_csv_with_one_row_a_category_is_one_activity(tmp_path: Path) -> None:
    file = tmp_path / "registre.csv"
    file.write_text(
        "N° / RÉF;Nom du traitement;Finalité principale;Catégorie de données;"
        "Durée de conservation\n"
        "1;Paie;Payer;Nom;5 ans\n1;Paie;Payer;IBAN;10 ans\n2;Accueil;Recevoir;Nom;\n",
        "cp1252",
    )
    ropa, _ = imported(file)
    assert [a.name for a in ropa.activities] == ["Paie", "Accueil"]
    assert len(ropa.activities[0].data_groups) == 2
    assert [r.period for r in ropa.retentions] == ["P5Y", "P10Y"]


MAPPING = """
format = "1"
separators = ","
home = "DE"
[columns]
name = "Verarbeitung"
data_subjects = "Betroffene"
categories = ["Daten", "Besondere Daten"]
legal_basis = "Rechtsgrundlage"
transfer_countries = "Drittland"
[values.legal_basis]
"Art. 6 Abs. 1 b DSGVO" = "contract"
[values.categories]
"Anschrift" = "postal_address"
"""
TABLE = (
    "Verarbeitung,Betroffene,Daten,Besondere Daten,Rechtsgrundlage,Drittland\n"
    'Versand,Kunden,"Anschrift, IBAN",,Art. 6 Abs. 1 b DSGVO,Indien\n'
)


def test_headers_of_ones_own_are_read_through_a_mapping_file(tmp_path: Path) -> None:
    (tmp_path / "map.toml").write_text(MAPPING, "utf-8")
    file = tmp_path / "vvt.csv"
    file.write_text(TABLE, "utf-8")
    ropa, done = imported(file, mapping=tmp_path / "map.toml", organisation="bienen")
    assert ropa.organisation.id == "bienen"
    assert ropa.activities[0].legal_basis == ("contract",)
    assert ropa.data_groups[0].categories == ("postal_address", "bank_account_number")
    assert ("countries of transfers", "Indien") in done.unmapped
    assert ("categories of individuals", "Kunden") in done.unmapped


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ('name = "Verarbeitung"', "nam ="),
        ('format = "1"', 'format = "2"'),
        ('= "contract"', '= "agreement"'),
        ('= "postal_address"', '= "adress"'),
        ('home = "DE"', 'home = "XX"'),
    ],
)
def test_a_mistake_in_a_mapping_file_is_named(tmp_path: Path, change: str, said: str) -> None:
    text = MAPPING.replace(change, said if said != "nam =" else 'nam = "Verarbeitung"')
    assert text != MAPPING
    (tmp_path / "map.toml").write_text(text, "utf-8")
    file = tmp_path / "vvt.csv"
    file.write_text(TABLE, "utf-8")
    with pytest.raises(ConfigError, match=r"map\.toml"):
        exchange.read(file, "table", as_of=DAY, mapping=tmp_path / "map.toml")


FIDES = """
organization:
  - fides_key: bees
    name: Bees Ltd
    controller: {name: Bees Ltd, address: 1 Hive St, email: bees@example.org, phone: ''}
system:
  - fides_key: shop
    name: Shop
    system_type: Service
    responsibility: [Controller]
    does_international_transfers: true
    legal_basis_for_transfers: [SCCs]
    dataset_references: [shop_db]
    privacy_declarations:
      - name: Orders
        data_categories:
          - user.contact.email
          - user.financial.bank_account
          - user.content.private
          - user.xyz
        data_use: essential.service
        data_subjects: [customer]
        legal_basis_for_processing: Contract
        retention_period: 90 days after account termination
        third_parties: NO
dataset:
  - fides_key: shop_db
    name: shop_db
    collections:
      - name: users
        fields:
          - name: mail
            data_categories: [user.contact.email]
          - name: home
            fields: [{name: street, data_categories: [user.contact.address.street]}]
policy:
  - fides_key: p
    rules: []
"""


def test_a_manifest_of_fides_becomes_a_draft(tmp_path: Path) -> None:
    file = tmp_path / "bees.yml"
    file.write_text(FIDES, "utf-8")
    ropa, done = imported(file)
    (one,) = ropa.activities
    assert (one.name, one.legal_basis, one.data_subjects) == (
        "Orders",
        ("contract",),
        ("customer_user",),
    )
    assert ropa.data_groups[0].categories[0] == "email_address"
    (store,) = ropa.stores
    assert (store.kind, store.status, store.sites) == ("database", "draft", ())
    assert {text for _, text in done.unmapped} >= {"user.xyz", "SCCs"}
    assert any("policy" in remark for remark in done.remarks)
    assert not ropa.transfers  # no country is named


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: &x [1]\nb: *x", "alias"),
        ("- 1", "does not start with keys"),
        ("a: [", "not valid YAML"),
        ("other: 1", "neither system"),
        ("[" * 5000, "YAML"),
        ("system: !!python/object/apply:os.system ['echo']", "neither system"),
    ],
)
def test_yaml_traps_are_refused_with_one_sentence(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "a.yml"
    file.write_text(text, "utf-8")
    with pytest.raises(RecordError, match=said) as caught:
        exchange.read(file, as_of=DAY)
    assert "\n" not in str(caught.value)


def test_the_check_tells_what_an_import_lacks(tmp_path: Path) -> None:
    from scanner import run
    from scanner.model import Severity

    imported(ico_file(tmp_path, PAYROLL, HEALTH))
    result = run.check_records((RecordRef(tmp_path / "ropa.out.toml"),), DAY, Severity("medium"))
    assert "Q01" in {finding.rule for finding in result.findings}
