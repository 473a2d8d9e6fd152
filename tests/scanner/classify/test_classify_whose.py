"""Whose data an asset and its fields hold, by everything that the asset shows."""

import pytest

from scanner.classify.evidence import FieldEvidence, Profile
from scanner.classify.lookups import listed, where_it_lies
from scanner.classify.persons import own_subject
from scanner.classify.subjects import role_of, subject_of
from scanner.classify.whose import owned, whose
from scanner.classify.words import split
from scanner.model import Asset, Confidence, Field, Holding, Kind, Method


def asset(name: str, fields: str, *, within: str = "main", comment: str = "") -> Asset:
    """Return an asset; ``name!`` is a primary key and ``name>other`` a foreign one."""
    made = []
    for item in fields.split():
        field, _, target = item.partition(">")
        made.append(
            Field(
                field.rstrip("!"),
                key="primary" if field.endswith("!") else "",
                references=f"{within}/{target}#id" if target else "",
            )
        )
    path = f"sqlite://db/{within}/{name}"
    return Asset(path, "db", "sqlite", fields=tuple(made), comment=comment)


def holding(field: str, category: str, confidence: str = "probable", text: bool = False) -> Holding:
    return Holding(
        source="db",
        kind="sqlite",
        asset="sqlite://db/main/x",
        field=field,
        category=category,
        entity=None,
        subject="unknown",
        confidence=Confidence(confidence),
        score=0.7,
        matched=0,
        examined=10,
        population=10,
        method=Method.WHOLE,
        by=(),
        text=text,
    )


@pytest.mark.parametrize(
    ("name", "fields", "subject"),
    [
        # by the name alone, in many languages
        ("staff", "id x", "employee"),
        ("Angestellte", "id x", "employee"),
        ("pracownicy", "id x", "employee"),
        ("henkilökunta", "id x", "employee"),
        ("Kunden", "id x", "customer"),
        ("zákazníci", "id x", "customer"),
        ("müşteriler", "id x", "customer"),
        ("клиенты", "id x", "customer"),
        ("客户信息表", "id x", "customer"),
        ("pacientes", "id x", "patient"),
        ("étudiants", "id x", "student"),
        ("dodavatelé", "id x", "supplier"),
        ("użytkownicy", "id x", "user"),
        ("Sportler", "id x", "person"),
        ("Fluggesellschaften", "uid Land", "organisation"),
        # by the fields, where the name says little
        ("t_pers", "id first_name last_name hire_date salary", "employee"),
        ("records", "id first_name last_name dob", "person"),
        ("records", "id nachname vorname matrikelnummer studiengang", "student"),
        ("records", "id nom prenom groupe_sanguin medecin_traitant", "patient"),
        ("party", "id last_name first_name kyc_risk loyalty_points", "customer"),
        ("main_data", "id username password_hash last_login", "user"),
        ("entries", "id first_name last_name cover_letter desired_salary", "job_applicant"),
        ("entities", "id company_name vat_number website", "organisation"),
        ("accounts", "id account_name annual_revenue website duns_number", "organisation"),
        # the people of a company are people
        ("entities", "id first_name last_name email company_name vat_number", "person"),
        # by what fields refer to
        ("flows", "id amount customer_id>customers staff_id>staff", "customer"),
        ("flows", "id amount customer_id", "customer"),
        ("conditions", "start stop PATIENT code", "patient"),
        ("shifts", "id employee_id>employees starts_at", "employee"),
        ("flows", "customerNumber checkNumber amount", "customer"),
        # a manager of employees is no further evidence, but no contradiction either
        ("employees", "id first_name last_name manager_id>employees customer_id", "employee"),
        ("customers", "id first_name last_name sales_rep_employee_id>employees", "customer"),
        # an address and a telephone, and nobody's name
        ("outposts", "code phone street_address city", "organisation"),
        ("blacklist", "phone reason", "unknown"),
        # about nobody
        ("countries", "id name iso2 iso3", "none"),
        ("customer_types", "id name description", "none"),
        ("people_types", "id name description", "none"),
        ("products", "id name price", "none"),
        ("wines", "id name vintage country", "none"),
        ("Rennstrecke", "id Name Ort", "none"),
        # nothing is known
        ("xq7", "a b c", "unknown"),
        ("", "", "unknown"),
    ],
)
def test_an_asset_tells_whom_it_is_about(name: str, fields: str, subject: str) -> None:
    found = whose(asset(name, fields))
    assert found.subject == subject, found
    assert bool(found.why) == (subject != "unknown")


@pytest.mark.parametrize(
    ("name", "fields", "role"),
    [
        ("records", "id first_name last_name dob", "person"),
        ("berufe", "id vorname nachname telefon strasse", "person"),
        ("people_types", "id name description", "thing"),
        ("dogs", "id name birth_date gender", "thing"),
        ("dogs", "id name owner_first_name owner_last_name", "thing"),
        ("orders", "id customer_id>customers total", "linked"),
        ("orders", "id customer_first_name customer_last_name customer_email", "linked"),
        ("flows", "id customer_id>customers amount", "linked"),
        ("entities", "id company_name vat_number website", "organisation"),
        ("branches", "id manager_name phone street", "organisation"),
        ("xq7", "a b c", "unknown"),
    ],
)
def test_fields_tell_what_the_rows_are_where_the_name_does_not(
    name: str, fields: str, role: str
) -> None:
    assert whose(asset(name, fields)).role == role


@pytest.mark.parametrize(
    ("table", "field", "category", "subject"),
    [
        ("orders", "customer_name", "person_name", "customer"),
        ("orders", "supplier_phone", "phone_number", "supplier"),
        ("products", "supplier_phone", "phone_number", "supplier"),
        ("shops", "manager_name", "person_name", "employee"),
        ("shops", "phone", "phone_number", "organisation"),
        ("companies", "contact_person", "person_name", "contact"),
        ("employees", "office_phone", "phone_number", "employee"),
        ("employees", "employer_address", "postal_address", "organisation"),
        ("employees", "account_holder", "person_name", "employee"),
        ("customers", "user_name", "username", "customer"),
        ("visitors", "user_agent", "client_environment", "customer"),
        ("employees", "bank_account", "bank_account_number", "employee"),
        ("employees", "spouse_name", "person_name", "person"),
        ("customers", "created_by", "username", "user"),
        ("customers", "written_by", "person_name", "person"),
        ("products", "login_name", "username", "user"),
        ("films", "director", "person_name", "employee"),
        ("rivers", "discovered", "person_name", "person"),
        ("rivers", "discovered", "locality", "none"),
    ],
)
def test_words_of_a_field_come_first_for_that_field(
    table: str, field: str, category: str, subject: str
) -> None:
    made = asset(table, f"id {field}")
    said, why = whose(made).of(made.fields[1], category)
    assert (said, bool(why)) == (subject, True)


def test_a_telephone_is_nobodys_only_where_nothing_is_known() -> None:
    made = asset("jobs", "id phone street")
    assert whose(asset("jobs", "id pages")).subject == "none"
    job = asset("jobs", "id callback")
    assert whose(job).of(job.fields[1], "phone_number") == ("unknown", ())
    assert whose(made).of(made.fields[1], "phone_number")[0] == "organisation"


def test_a_foreign_key_says_whose_a_field_is() -> None:
    made = asset("orders", "id customer_id>customers handled>staff")
    assert whose(made).of(made.fields[2], "username") == (
        "employee",
        ("the field refers to staff",),
    )


def test_the_shared_beginning_of_fields_is_not_taken_for_their_owner() -> None:
    made = asset("bestand", "kunde_id kunde_vorname kunde_nachname kunde_ort kunde_lehrer")
    assert own_subject(made.fields[1].name.removeprefix("kunde_"))[0] == ""
    assert whose(made).of(made.fields[4])[0] == "employee"


def test_messages_of_a_log_are_of_whomever_its_name_says() -> None:
    made = Asset(
        "log://web/access", "web", "log", type="log", fields=(Field("customer", Kind.MESSAGE),)
    )
    assert whose(made).subject == "unknown"
    assert whose(made).of(made.fields[0], "ip_address") == ("unknown", ())


def test_the_comment_and_the_schema_speak_where_the_name_does_not() -> None:
    assert whose(asset("t17", "a b", comment="Patients of the ward")).subject == "patient"
    people = "id first_name last_name email"
    assert whose(asset("t17", people, within="payroll")).subject == "employee"
    assert whose(asset("t17", people)).subject == "person"
    assert whose(asset("t17", "id a b", within="payroll")).subject == "unknown"


def test_evidence_is_told_in_sentences() -> None:
    found = whose(asset("staff", "staff_id! hire_date salary"))
    assert found.why == (
        'the asset\'s name says "staff"',
        "the fields hire_date, salary are kept of employees",
        "the key staff_id numbers employees",
    )
    found = whose(asset("flows", "id customer_id>clients"))
    assert found.why == ("the field customer_id refers to clients",)


def test_what_was_found_counts_for_more_than_names() -> None:
    made = asset("t17", "a b c")
    found = [holding("a", "name_part"), holding("b", "name_part"), holding("c", "date_of_birth")]
    assert whose(made, (), found).subject == "person"
    doubtful = [holding("a", "name_part", "possible"), holding("b", "gender", "possible")]
    assert whose(made, (), doubtful).subject == "unknown"
    in_text = [holding("a", "person_name", text=True), holding("a", "phone_number", text=True)]
    assert whose(made, (), in_text).subject == "unknown"


def test_holdings_are_given_their_subject_with_its_evidence() -> None:
    made = asset("orders", "id customer_id>customers supplier_phone")
    found = [holding("supplier_phone", "phone_number"), holding("", "invoice_data")]
    by_field, by_asset = owned(made, (), found)
    assert by_field.subject == "supplier"
    assert by_field.subject_why == ('the field\'s own name says "supplier"',)
    assert by_asset.subject == "customer"
    assert "the field customer_id refers to customers" in by_asset.subject_why


@pytest.mark.parametrize(
    ("name", "fields", "places"),
    [
        ("countries", "country_id country_name region_id", True),
        ("directory_country_region", "region_id country_id code default_name", True),
        ("city", "id name country_code district population", True),
        ("Länder", "land_id landesname kontinent", True),
        ("ref_currency", "code name rate", False),
        ("order_status", "id name sort_order", False),
        ("product_categories", "id parent_id name", False),
        ("dict_type", "dict_id dict_name dict_type status", False),
    ],
)
def test_lists_to_look_up_in_are_told(name: str, fields: str, places: bool) -> None:
    found = listed(asset(name, fields))
    assert found is not None
    assert found.of_places == places
    assert len(found.why) >= 2


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("customer", "id name country_code"),  # about people
        ("locations", "id street postal_code city country_id"),  # addresses
        ("city_offices", "id name phone street"),  # can be called
        ("state", "id email first_name"),
        ("user_role", "user_id role_id"),  # ties two others
        ("film_category", "film_id category_id last_update"),
        ("stations", "id a b c d e f g h i j k l m"),
        ("status", "heartbeat memory load swap processes"),
    ],
)
def test_other_assets_are_no_lists(name: str, fields: str) -> None:
    assert listed(asset(name, fields)) is None


def test_values_that_repeat_make_no_list() -> None:
    made = asset("region", "code name")
    once = FieldEvidence(made.fields[1], Profile(examined=9, distinct=9))
    often = FieldEvidence(made.fields[1], Profile(examined=9, distinct=2))
    assert listed(made, (once,)) is not None
    assert listed(made, (often,)) is None


@pytest.mark.parametrize(
    ("name", "fields", "field", "category", "reference"),
    [
        ("city", "id name country_code population", "country_code", "country", True),
        ("directory_country_region", "region_id country_id code", "country_id", "country", True),
        ("rivers", "name length country_name", "country_name", "country", True),
        ("wines", "id grape region price", "region", "locality", True),
        # the entry itself may be part of somebody's address in several assets
        ("city", "city_id city country_id", "city", "locality", False),
        ("countries", "country_id country", "country", "country", False),
        # part of an address
        ("stadium", "id street city country", "city", "locality", False),
        ("building", "id town zip", "town", "locality", False),
        # somebody's
        ("customer", "id name country_code", "country_code", "country", False),
        ("employees", "id name city", "city", "locality", False),
        ("votes", "id state phone", "state", "locality", False),
        # no place at all
        ("city", "id name mayor", "mayor", "person_name", False),
    ],
)
def test_where_a_thing_lies_is_nobodys_address(
    name: str, fields: str, field: str, category: str, reference: bool
) -> None:
    made = asset(name, fields)
    assert bool(where_it_lies(made, whose(made).role, field, category)) == reference


@pytest.mark.parametrize(
    ("name", "subject", "role"),
    [
        ("contact_person", "contact", "person"),
        ("wifi_networks", "unknown", "thing"),
        ("Wettkampf", "unknown", "thing"),
        ("Ausstellung", "unknown", "thing"),
        ("Personal", "employee", "person"),
        ("订单", "unknown", "linked"),
        ("产品类型", "unknown", "thing"),
        ("客户类型", "unknown", "thing"),
        ("siparişler", "unknown", "linked"),
    ],
)
def test_words_of_many_languages_are_known(name: str, subject: str, role: str) -> None:
    assert (subject_of(split(name)), role_of(split(name))) == (subject, role)
