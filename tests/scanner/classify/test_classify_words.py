"""Names are split into whole words, compounds only when known words cover them."""

import pytest

from scanner.classify import lexicon, subjects
from scanner.classify.words import fold, split
from scanner.taxonomy import taxonomy

SPLITS = [
    ("custEmailAddr_2", ("cust", "email", "addr", "2")),
    ("HTTPServer", ("http", "server")),
    ("e_mail", ("e", "mail")),
    ("EMail", ("e", "mail")),
    ("date-of-birth", ("date", "of", "birth")),
    ("Straße", ("strasse",)),
    ("prénom", ("prenom",)),
    ("a%20b", ("a", "b")),
]


@pytest.mark.parametrize(("name", "expected"), SPLITS)
def test_split(name, expected):
    assert split(name) == expected


COMPOUNDS = [
    ("Kundenname", ("kunden", "name")),
    ("telefonnummer", ("telefonnummer",)),
    ("phonenumber", ("phonenumber",)),
    ("kundenkontaktkanäle", None),
    ("public", ("public",)),
    ("ownership", ("ownership",)),
    ("revenue", ("revenue",)),
    ("geschaeftsfuehrer", ("geschaftsfuhrer",)),
]


@pytest.mark.parametrize(("name", "expected"), COMPOUNDS)
def test_compounds(name, expected):
    words = lexicon.words(name)
    assert words == expected if expected else "lic" not in words


def test_a_very_long_word_is_left_whole():
    assert lexicon.words("x" * 500) == ("x" * 500,)


def test_fold_keeps_case():
    assert fold("Éva Weiß") == "Eva Weiss"


NAMED = [
    ("first_name", "name_part"),
    ("Vorname", "name_part"),
    ("vorname_des_kunden", "name_part"),
    ("customer name", "person_name"),
    ("kandidatenname", "person_name"),
    ("email", "email_address"),
    ("kunden_e_mail", "email_address"),
    ("contact.email", "email_address"),
    ("adresse_ip", "ip_address"),
    ("remote_addr", "ip_address"),
    ("BillingPostalCode", "locality"),
    ("Geburtsdatum", "date_of_birth"),
    ("fecha_nacimiento", "date_of_birth"),
    ("codice_fiscale", "tax_identifier"),
    ("numero_de_securite_sociale", "social_security_number"),
    ("password_hash", "password_hash"),
    ("mot_de_passe", "password_plaintext"),
    ("cc_num", "payment_card_number"),
    ("geloofsovertuiging", "religious_philosophical_belief"),
    ("lat", "precise_location"),
    ("EMPFNM", "name_part"),
    ("date_naiss", "date_of_birth"),
    ("dt_nasc", "date_of_birth"),
    ("tlf", "phone_number"),
    ("cod_postal", "locality"),
    ("Heimatstadt", "locality"),
    ("email.value", "email_address"),
]


@pytest.mark.parametrize(("name", "category"), NAMED)
def test_names_speak_of_categories(name, category):
    assert category in {item.category for item in lexicon.match(name)}


NOT_NAMED = [
    ("email_verified", "email_address"),
    ("email_count", "email_address"),
    ("password_changed_at", "password_plaintext"),
    ("phone_type", "phone_number"),
    ("user_name", "person_name"),
    ("host_name", "person_name"),
    ("file_name", "person_name"),
    ("ip_address", "postal_address"),
    ("email_address", "postal_address"),
    ("mac_address", "postal_address"),
    ("public_key", "driver_licence_number"),
    ("policy", "driver_licence_number"),
    ("message", "age"),
    ("storage", "age"),
    ("platform", "precise_location"),
    ("passport_required", "passport_number"),
    ("city_count", "locality"),
    ("cell_id", "phone_number"),
    ("n_name", "name_part"),
    ("promo_code", "locality"),
    ("email.value_count", "email_address"),
    ("sexton", "gender"),
]


@pytest.mark.parametrize(("name", "category"), NOT_NAMED)
def test_near_misses(name, category):
    assert category not in {item.category for item in lexicon.match(name)}


def test_words_of_one_category_support_each_other():
    (both,) = (n for n in lexicon.match("county_district") if n.category == "locality")
    assert both.strength == 1.0


def test_words_of_things_weaken_a_name():
    (plain,) = (n for n in lexicon.match("name") if n.category == "person_name")
    (course,) = (n for n in lexicon.match("kursname") if n.category == "person_name")
    assert plain.weak
    assert course.strength < plain.strength


def test_every_phrase_of_the_taxonomy_is_found_in_itself():
    lost = []
    for category in taxonomy().categories.values():
        for phrases in category.words.values():
            for phrase in phrases:
                name = phrase.rstrip("?").replace(" ", "_")
                if category.id not in {item.category for item in lexicon.match(name)}:
                    lost.append((category.id, phrase))
    assert lost == []


def test_words_are_lower_case_and_without_accents():
    words = {
        phrase
        for category in taxonomy().categories.values()
        for phrases in category.words.values()
        for phrase in phrases
    }
    assert {word for word in words if word.isascii() and word != word.lower()} == set()
    # Other scripts keep their letters, Greek may keep its accents.
    assert not [word for word in words if not word.isascii() and max(word) < "\u0370"]


ROLES = [
    ("customers", "person"),
    ("sys_user", "person"),
    ("schüler", "person"),
    ("kunden_stamm", "person"),
    ("employee_master_data", "person"),
    ("customer_types", "thing"),
    ("web_client_accelerator", "linked"),
    ("products", "thing"),
    ("orders", "linked"),
    ("customer_orders", "linked"),
    ("stores", "organisation"),
    ("xyzzy", "unknown"),
]


@pytest.mark.parametrize(("name", "role"), ROLES)
def test_roles_of_assets(name, role):
    assert subjects.role_of(lexicon.words(name)) == role


SUBJECTS = [
    ("employees", "employee"),
    ("patients", "patient"),
    ("Kunden", "customer"),
    ("studenten", "student"),
    ("job_applicants", "job_applicant"),
    ("store", "organisation"),
    ("t1", "unknown"),
]


@pytest.mark.parametrize(("name", "subject"), SUBJECTS)
def test_subjects_of_assets(name, subject):
    assert subjects.subject_of(lexicon.words(name)) == subject
