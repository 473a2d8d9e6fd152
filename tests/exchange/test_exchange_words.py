"""Words of registers: what they mean, and what they must not be taken for."""

import pytest

from scanner.countries import countries
from scanner.exchange import durations, words
from scanner.ropa import vocabulary as v
from scanner.ropa.types import Retention, Selector
from scanner.taxonomy import taxonomy


@pytest.mark.parametrize(
    ("kind", "text", "ids"),
    [
        (
            "categories",
            "Contact details (name, e-mail, phone)",
            ["person_name", "email_address", "phone_number"],
        ),
        (
            "categories",
            "Nom, prénom, adresse électronique",
            ["person_name", "name_part", "email_address"],
        ),
        ("categories", "N° de sécurité sociale", ["social_security_number"]),
        (
            "categories",
            "Bank details; Date of birth\nIP addresses",
            ["bank_account_number", "date_of_birth", "ip_address"],
        ),
        ("categories", "ETAT CIVIL", ["identity"]),
        ("categories", "Données de connexion / cookies", ["device_network", "cookie_identifier"]),
        ("categories", "Appartenance syndicale", ["trade_union_membership"]),
        ("data_subjects", "Employees and former employees", ["employee"]),
        (
            "data_subjects",
            "clients, prospects et fournisseurs",
            ["customer_user", "prospect", "supplier_contact"],
        ),
        ("legal_basis", "Article 6(1)(f) - legitimate interests", ["legitimate_interests"]),
        ("legal_basis", "Obligation légale", ["legal_obligation"]),
        ("mechanism", "Clauses contractuelles types (CCT)", ["scc"]),
        (
            "measures",
            "Chiffrement des données ; Contrôle d'accès des utilisateurs",
            ["encryption_at_rest", "access_need_to_know"],
        ),
        ("countries", "États-Unis, Royaume-Uni et Inde", ["US", "GB", "IN"]),
        ("countries", "CA-QC", ["CA-QC"]),
    ],
)
def test_words_of_both_languages_mean_the_same(kind: str, text: str, ids: list[str]) -> None:
    found = words.many(kind, (text,))
    assert (list(found.ids), found.unmapped) == (ids, [])


@pytest.mark.parametrize(
    ("kind", "text", "left"),
    [
        ("categories", "Zorglub", ["Zorglub"]),
        ("categories", "name of the ship", ["name of the ship"]),
        ("categories", "IBAN, colour of the car", ["colour of the car"]),
        ("countries", "in the cloud", ["in the cloud"]),
        ("legal_basis", "because we can", ["because we can"]),
        ("mechanism", "trust", ["trust"]),
    ],
)
def test_what_means_nothing_here_is_listed_and_never_guessed(
    kind: str, text: str, left: list[str]
) -> None:
    assert words.many(kind, (text,)).unmapped == left


def test_no_and_nothing_declare_nothing() -> None:
    for text in ("None", "N/A", "néant", "Sans objet", "no"):
        found = words.many("countries", (text,))
        assert not found.ids
        assert not found.unmapped


def test_an_address_is_not_the_content_of_a_letter() -> None:
    assert list(words.many("categories", ("e-mail",)).ids) == ["email_address"]
    assert list(words.many("categories", ("e-mails",)).ids) == ["email_content"]


@pytest.mark.parametrize(
    ("kind", "ids"),
    [
        ("categories", (*taxonomy().categories, *taxonomy().groups)),
        ("countries", (*countries().names, *countries().regions)),
        ("data_subjects", v.DATA_SUBJECTS),
        ("measures", v.MEASURES),
        ("legal_basis", v.LEGAL_BASES),
        ("mechanism", v.MECHANISMS),
        ("starts", v.STARTS),
    ],
)
def test_what_we_write_we_read(kind: str, ids: tuple[str, ...]) -> None:
    for id_ in ids:
        assert list(words.many(kind, (words.said(kind, id_),)).ids) == [id_]


def test_every_word_leads_to_something_that_exists() -> None:
    data = words._data()
    assert all(taxonomy().knows(id_) for id_ in data["categories"])
    assert all(countries().knows(code) for code in data["countries"])
    for kind in words._KNOWN.keys() - {"measures"}:
        assert set(data[kind]) <= set(words._KNOWN[kind])


def test_an_own_word_is_never_a_misspelt_known_one() -> None:
    assert words.own_word("data_subjects", "customer users") == "customer_user"
    assert words.own_word("data_subjects", "beekeepers") == "beekeepers"


@pytest.mark.parametrize(
    ("text", "period", "starts", "then"),
    [
        ("P90D", "P90D", "", ""),
        (
            "90 days after account termination, then deleted",
            "P90D",
            "account_termination",
            "delete",
        ),
        ("3 ans à compter du dernier contact", "P3Y", "last_activity", ""),
        ("Durée du contrat + 5 ans", "P5Y", "contract_expiry", ""),
        ("six years from end of employment", "P6Y", "contract_expiry", ""),
        ("one year and six months from collection", "P1Y6M", "record_creation", ""),
        ("13 mois puis anonymisation", "P13M", "", "anonymise"),
    ],
)
def test_sentences_about_how_long(text: str, period: str, starts: str, then: str) -> None:
    limit = durations.read(text)
    assert (limit.period, limit.starts, limit.then) == (period, starts, then)


@pytest.mark.parametrize(
    "text",
    [
        "As long as necessary",
        "3 ans en base active puis 5 ans en archive",
        "2 years or 5 years for contractors",
        "",
        "9999999 years",
    ],
)
def test_what_is_no_single_period_stays_a_criterion(text: str) -> None:
    limit = durations.read(text)
    assert (limit.period, limit.criteria, limit.sure) == ("", text, False)


def test_a_limit_is_read_as_it_was_written() -> None:
    rule = Retention(
        "x",
        Selector(groups=("g",)),
        period="P1Y6M",
        bound="at_most",
        starts="invoice_date",
        then="archive",
        excludes=("payment_card_number", "payment_card_expiry"),
    )
    limit = durations.read(durations.said(rule))
    assert (limit.period, limit.bound, limit.starts, limit.then, limit.excludes) == (
        rule.period,
        rule.bound,
        rule.starts,
        rule.then,
        rule.excludes,
    )
