"""Names of fields in the languages of the word files, and near misses in each."""

import pytest

from scanner.classify import lexicon, subjects, tongues
from scanner.classify.phrases import NEGATIVE, NEUTRAL
from scanner.classify.words import split
from scanner.taxonomy import taxonomy

MAIN = ("en", "de", "fr", "es", "it", "nl", "pt")
PLACES = {"locality", "country"}

# Language -> "field>category" as schemas write them.
FIELDS = {
    "de": """Vorname>name_part Nachname>name_part Zweitname>name_part Ansprechperson>person_name
        Name_des_Kunden>person_name Heimatstadt>locality Geburtsort>locality Wohnort>locality
        PLZ_Ort>locality Staatsangehörigkeit>nationality Staatsbürgerschaft>nationality
        Mobiltelefonnummer>phone_number Handynummer>phone_number Anmeldename>username
        Adresszeile_1>postal_address Mitarbeiteradresse>postal_address Straße>postal_address
        Geburtsdatum>date_of_birth GebDat>date_of_birth Geschlecht>gender
        Familienstand>family_relation Kreditkartennummer>payment_card_number
        IBAN_Nr>bank_account_number Steuernummer>tax_identifier
        Sozialversicherungsnummer>social_security_number Reisepassnummer>passport_number
        Personalausweisnr>national_id_number Führerscheinnummer>driver_licence_number
        Blutgruppe>health_data Krankheitsgeschichte>health_data
        Konfession>religious_philosophical_belief Monatsgehalt>employment_record
        Kennwort>password_hash Kundennr>customer_identifier E_Mail_Adresse>email_address
        Gewerkschaftsmitgliedschaft>trade_union_membership""",
    "fr": """nomComplet>person_name prénom_usuel>name_part date_de_naissance>date_of_birth
        sexe>gender courriel_pro>email_address no_portable>phone_number
        adresse_ligne_2>postal_address code_postal_ville>locality pays_de_naissance>country
        numéro_cni>national_id_number num_secu>social_security_number
        numero_passeport>passport_number mdp_haché>password_hash salaire_brut>employment_record
        groupe_sanguin>health_data rib_client>bank_account_number""",
    "es": """apellido_paterno>name_part nombre_y_apellidos>person_name fec_nac>date_of_birth
        correo_electrónico>email_address nro_celular>phone_number
        direccion_linea_1>postal_address lugar_nacimiento>locality
        cédula_identidad>national_id_number nro_pasaporte>passport_number
        contraseña_hash>password_hash sueldo_base>employment_record tipo_sangre>health_data
        cta_corriente>bank_account_number num_tarjeta>payment_card_number
        estado_civil>family_relation""",
    "it": """cognome_nome>person_name data_di_nascita>date_of_birth num_cellulare>phone_number
        indirizzo_posta_elettronica>email_address codFiscale>tax_identifier
        comune_residenza>locality indirizzo_residenza>postal_address nazione_nascita>country
        numero_carta_identità>national_id_number stipendio_lordo>employment_record
        tessera_sanitaria>health_identifier num_conto>bank_account_number
        cod_cliente>customer_identifier nome_utente>username invalidità>health_data""",
    "nl": """voorvoegsel>name_part geboortedatum>date_of_birth gsm_nummer>phone_number
        emailadres>email_address huisnr_toev>postal_address postcode_plaats>locality
        rijksregisternummer>national_id_number rijbewijsnr>driver_licence_number
        rekeningnr>bank_account_number brutosalaris>employment_record geaardheid_seksuele>none
        burgerlijke_stand>family_relation gebruikersnaam>username wachtwoord>password_hash
        bloedgroep>health_data""",
    "pt": """nome_da_mãe>family_relation data_nasc>date_of_birth nr_telemóvel>phone_number
        endereço_residencial>postal_address código_postal>locality
        cartão_cidadão>national_id_number número_contribuinte>tax_identifier
        cpf>national_id_number cnh>driver_licence_number senha>password_hash
        salário_base>employment_record estado_civil>family_relation
        num_cartão>payment_card_number conta_corrente>bank_account_number
        raça_cor>racial_ethnic_origin""",
    "pl": """imie>name_part Nazwisko>name_part imieKlienta>name_part imie_i_nazwisko>person_name
        data_urodzenia>date_of_birth plec>gender nr_tel>phone_number
        telefon_komorkowy>phone_number ulica>postal_address nr_domu>postal_address
        kod_pocztowy>locality miasto>locality nr_dowodu>national_id_number nip>tax_identifier
        nr_paszportu>passport_number haslo>password_hash nr_konta>bank_account_number
        wynagrodzenie>employment_record stan_cywilny>family_relation
        wyznanie>religious_philosophical_belief""",
    "cs": """jméno>name_part příjmení>name_part jmeno_prijmeni>person_name
        datum_narození>date_of_birth pohlaví>gender telefonní_číslo>phone_number
        emailová_adresa>email_address ulice>postal_address psč>locality město>locality
        rodné_číslo>national_id_number číslo_pasu>passport_number heslo>password_hash
        číslo_účtu>bank_account_number mzda>employment_record krevní_skupina>health_data
        uživatelské_jméno>username""",
    "sk": """meno>name_part priezvisko>name_part dátum_narodenia>date_of_birth pohlavie>gender
        telefónne_číslo>phone_number ulica>postal_address psč>locality
        štátna_príslušnosť>nationality rodné_číslo>national_id_number číslo_pasu>passport_number
        heslo>password_hash číslo_účtu>bank_account_number hrubá_mzda>employment_record
        krvná_skupina>health_data používateľské_meno>username""",
    "sl": """priimek>name_part ime_in_priimek>person_name datum_rojstva>date_of_birth
        spol>gender telefonska_številka>phone_number hišna_številka>postal_address
        poštna_številka>locality emšo>national_id_number davčna_številka>tax_identifier
        potni_list>passport_number geslo>password_hash številka_računa>bank_account_number
        krvna_skupina>health_data uporabniško_ime>username državljanstvo>nationality""",
    "hr": """prezime>name_part ime_i_prezime>person_name datum_rođenja>date_of_birth spol>gender
        broj_telefona>phone_number kućni_broj>postal_address poštanski_broj>locality
        osobna_iskaznica>national_id_number broj_putovnice>passport_number lozinka>password_hash
        žiro_račun>bank_account_number zanimanje>job_and_employer krvna_grupa>health_data
        korisničko_ime>username bračno_stanje>family_relation""",
    "ro": """prenume>name_part nume_de_familie>name_part nume_și_prenume>person_name
        data_nașterii>date_of_birth nr_telefon>phone_number adresă_de_email>email_address
        strada>postal_address cod_poștal>locality județ>locality
        cod_numeric_personal>national_id_number nr_pașaport>passport_number
        cont_bancar>bank_account_number salariu_brut>employment_record
        grupa_sanguină>health_data nume_utilizator>username stare_civilă>family_relation""",
    "hu": """vezetéknév>name_part keresztnév>name_part születési_dátum>date_of_birth
        születési_hely>locality telefonszám>phone_number e_mail_cím>email_address
        lakcím>postal_address irányítószám>locality személyi_szám>national_id_number
        taj_szám>social_security_number adóazonosító>tax_identifier útlevélszám>passport_number
        jelszó>password_hash bankszámlaszám>bank_account_number fizetés>employment_record
        felhasználónév>username""",
    "bg": """име>name_part фамилия>name_part презиме>name_part дата_на_раждане>date_of_birth
        пол>gender имейл>email_address телефонен_номер>phone_number
        постоянен_адрес>postal_address пощенски_код>locality град>locality
        егн>national_id_number лична_карта>national_id_number парола>password_hash
        банкова_сметка>bank_account_number заплата>employment_record
        data_na_razhdane>date_of_birth""",
    "ru": """ФИО>person_name Фамилия>name_part Имя>name_part Отчество>name_part
        ДатаРождения>date_of_birth пол>gender номер_телефона>phone_number
        электронная_почта>email_address улица>postal_address почтовый_индекс>locality
        город>locality снилс>social_security_number инн>tax_identifier
        серия_паспорта>passport_number пароль>password_hash номер_счета>bank_account_number
        зарплата>employment_record гражданство>nationality familiya>name_part
        data_rozhdeniya>date_of_birth""",
    "uk": """прізвище>name_part по_батькові>name_part піб>person_name
        дата_народження>date_of_birth електронна_пошта>email_address номер_телефону>phone_number
        вулиця>postal_address поштовий_індекс>locality місто>locality рнокпп>tax_identifier
        номер_паспорта>passport_number пароль>password_hash номер_рахунку>bank_account_number
        заробітна_плата>employment_record громадянство>nationality""",
    "el": """Επώνυμο>name_part όνομα>name_part ονοματεπώνυμο>person_name
        ημερομηνία_γέννησης>date_of_birth φύλο>gender τηλέφωνο>phone_number οδός>postal_address
        ταχυδρομικός_κώδικας>locality πόλη>locality αμκα>social_security_number
        αφμ>tax_identifier αριθμός_ταυτότητας>national_id_number διαβατήριο>passport_number
        κωδικός_πρόσβασης>password_hash μισθός>employment_record eponymo>name_part""",
    "sv": """förnamn>name_part efternamn>name_part födelsedatum>date_of_birth
        kontaktperson>person_name e_postadress>email_address mobilnummer>phone_number
        gatuadress>postal_address postnummer>locality postort>locality
        personnr>national_id_number körkortsnummer>driver_licence_number
        passnummer>passport_number lösenord>password_hash bankkontonummer>bank_account_number
        månadslön>employment_record användarnamn>username""",
    "da": """fornavn>name_part efternavn>name_part fødselsdato>date_of_birth
        telefonnr>phone_number tlf_nr>phone_number vejnavn>postal_address husnr>postal_address
        postnr>locality cprnr>national_id_number pasnummer>passport_number
        kørekort>driver_licence_number adgangskode>password_hash kontonr>bank_account_number
        månedsløn>employment_record brugernavn>username blodtype>health_data""",
    "nb": """fornavn>name_part etternavn>name_part fødselsdato>date_of_birth kjønn>gender
        epostadresse>email_address mobilnr>phone_number gateadresse>postal_address
        poststed>locality fødselsnummer>national_id_number førerkort>driver_licence_number
        passord>password_hash kontonummer>bank_account_number sivilstand>family_relation
        brukernavn>username statsborgerskap>nationality""",
    "fi": """etunimi>name_part sukunimi>name_part syntymäaika>date_of_birth sukupuoli>gender
        sähköpostiosoite>email_address puhelinnumero>phone_number katuosoite>postal_address
        postinumero>locality henkilötunnus>national_id_number ajokortti>driver_licence_number
        salasana>password_hash tilinumero>bank_account_number palkka>employment_record
        kansalaisuus>nationality käyttäjätunnus>username""",
    "et": """eesnimi>name_part perekonnanimi>name_part sünniaeg>date_of_birth sugu>gender
        e_posti_aadress>email_address telefoninumber>phone_number elukoht>postal_address
        postiindeks>locality isikukood>national_id_number juhiluba>driver_licence_number
        parool>password_hash arvelduskonto>bank_account_number töötasu>employment_record
        kodakondsus>nationality kasutajanimi>username""",
    "lv": """vārds>name_part uzvārds>name_part dzimšanas_datums>date_of_birth dzimums>gender
        e_pasts>email_address tālruņa_numurs>phone_number dzīvesvieta>postal_address
        pasta_indekss>locality personas_kods>national_id_number pases_numurs>passport_number
        lietotājvārds>username bankas_konts>bank_account_number alga>employment_record
        pilsonība>nationality asins_grupa>health_data""",
    "lt": """vardas>name_part pavardė>name_part gimimo_data>date_of_birth lytis>gender
        el_paštas>email_address telefono_numeris>phone_number gatvė>postal_address
        pašto_kodas>locality asmens_kodas>national_id_number paso_numeris>passport_number
        slaptažodis>password_hash banko_sąskaita>bank_account_number
        atlyginimas>employment_record pilietybė>nationality kraujo_grupė>health_data""",
    "ga": """sloinne>name_part ainm_iomlán>person_name dáta_breithe>date_of_birth inscne>gender
        ríomhphost>email_address uimhir_ghutháin>phone_number sráid>postal_address
        contae>locality náisiúntacht>nationality stádas_pósta>family_relation
        pasfhocal>password_hash ceadúnas_tiomána>driver_licence_number
        uimhir_chuntais>bank_account_number tuarastal>employment_record ppsn>national_id_number""",
    "mt": """kunjom>name_part isem_sħiħ>person_name data_tat_twelid>date_of_birth
        indirizz_elettroniku>email_address numru_tat_telefon>phone_number triq>postal_address
        kodiċi_postali>locality pajjiż>country karta_tal_identità>national_id_number
        passaport>passport_number isem_tal_utent>username numru_tal_kont>bank_account_number
        nazzjonalità>nationality stat_ċivili>family_relation salarju>employment_record""",
    "tr": """soyadı>name_part ad_soyad>person_name doğum_tarihi>date_of_birth
        doğum_yeri>locality cinsiyet>gender e_posta>email_address cep_telefonu>phone_number
        mahalle>postal_address posta_kodu>locality tc_kimlik_no>national_id_number
        vergi_no>tax_identifier pasaport_no>passport_number şifre>password_hash
        hesap_no>bank_account_number medeni_hali>family_relation kullanıcı_adı>username""",
    "ca": """cognoms>name_part nom_i_cognoms>person_name data_de_naixement>date_of_birth
        sexe>gender correu_electrònic>email_address telèfon_mòbil>phone_number
        carrer>postal_address codi_postal>locality municipi>locality
        document_d_identitat>national_id_number passaport>passport_number
        contrasenya>password_hash compte_bancari>bank_account_number sou_brut>none
        nom_d_usuari>username estat_civil>family_relation""",
    "zh": """姓名>person_name 客户姓名>person_name 联系人>person_name 出生日期>date_of_birth
        性别>gender 手机号码>phone_number 聯絡電話>phone_number 电子邮箱>email_address
        家庭住址>postal_address 邮政编码>locality 身份证号>national_id_number
        身分證字號>national_id_number 护照号码>passport_number 车牌号>vehicle_registration
        密码>password_hash 银行卡号>bank_account_number 月薪>employment_record
        sfzh>national_id_number shouji>phone_number csrq>date_of_birth 婚姻状况>family_relation""",
    "ja": """氏名>person_name 顧客氏名>person_name 氏名_カナ>person_name フリガナ>person_name
        姓>name_part 生年月日>date_of_birth 性別>gender メールアドレス>email_address
        携帯電話番号>phone_number 住所>postal_address 郵便番号>locality 都道府県>locality
        マイナンバー>national_id_number 運転免許証番号>driver_licence_number
        パスワード>password_hash 口座番号>bank_account_number 血液型>health_data
        shimei>person_name seinengappi>date_of_birth yubin_bango>locality""",
    "ko": """성명>person_name 고객명>person_name 생년월일>date_of_birth 성별>gender
        휴대폰번호>phone_number 이메일주소>email_address 도로명주소>postal_address
        우편번호>locality 주민등록번호>national_id_number 여권번호>passport_number
        비밀번호>password_hash 계좌번호>bank_account_number 급여>employment_record
        국적>nationality 혈액형>health_data 아이디>username""",
}
# Not personal, though a word of it is: no firm name of a category.
NEAR_MISSES = {
    "de": "Telefontyp Adressformat Produktname Stadtplan Passwort_gesendet E_Mail_gesendet",
    "fr": "type_adresse nombre_emails prix_net statut_courriel nomenclature ville_produits_total",
    "es": "tipo_correo cantidad_telefonos correo_verificado precio estado_pedido nombre_producto",
    "it": "tipo_telefono stato_ordine numero_ordine email_verificata nome_prodotto scala_valori",
    "nl": "type_adres aantal_telefoons status_bestelling productnaam plaatsing postuum",
    "pt": "tipo_telefone quantidade status_pedido nome_produto data_pedido senhas_total_count",
    "pl": "typ_adresu liczba_telefonow email_zweryfikowany status nazwa_produktu plecak",
    "cs": "typ_telefonu pocet_adres stav_objednavky nazev_produktu heslovat cena",
    "sk": "typ_adresy pocet_telefonov nazov_produktu stav_objednavky cena",
    "sl": "stevilo_telefon status izdelek_naziv cena vrsta",
    "hr": "tip_telefon broj_narudzbe naziv_proizvoda status cijena",
    "ro": "tip_adresa numar_comanda denumire_produs pret stoc",
    "hu": "termek_neve_tipus ar darab statusz rendeles_szam",
    "bg": "тип_адрес брой_продукти цена статус наименование_продукт",
    "ru": "тип_телефона количество_адресов цена наименование_товара статус_заказа",
    "uk": "тип_телефону кількість_адрес ціна назва_товару статус",
    "el": "τυπος_διευθυνση τιμη προιον ποσοτητα κατασταση",
    "sv": "antal_adress produktnamn status pris typ",
    "da": "antal_telefon produktnavn status pris by_type",
    "nb": "antall_produkter produktnavn status pris gate_number_flight",
    "fi": "tuotteen_hinta maara tila tyyppi_puhelin tuotekoodi",
    "et": "toote_hind kogus olek tuup_telefon tootekood",
    "lv": "veids_adrese cena daudzums statuss preces_kods",
    "lt": "tipas_adresas kaina kiekis busena prekes_kodas",
    "ga": "praghas cineal uimhir_orduithe stadas tairge",
    "mt": "prezz kwantita ordni status tip",
    "tr": "urun_fiyati adet durum siparis_tarihi stok",
    "ca": "tipus_adreca preu quantitat estat_comanda producte",
    "zh": "产品名称 是否验证手机 订单状态 数量 价格",
    "ja": "商品コード 電話種別 注文状態 数量 価格",
    "ko": "상품코드 주문상태 수량 가격 이메일인증여부",
}
_ROWS = [
    (language, *field.split(">")) for language, text in FIELDS.items() for field in text.split()
]


def firm(name: str) -> set[str]:
    """Return the categories that a name speaks of firmly."""
    return {n.category for n in lexicon.match(name) if not n.weak and n.strength > 0.5}


@pytest.mark.parametrize(("language", "field", "category"), _ROWS, ids=lambda text: text)
def test_fields_of_each_language(language, field, category):
    if category == "none":
        assert not firm(field)
    else:
        assert category in firm(field), (lexicon.words(field), lexicon.match(field))


@pytest.mark.parametrize(
    ("language", "field"),
    [(language, field) for language, text in NEAR_MISSES.items() for field in text.split()],
)
def test_near_misses_of_each_language(language, field):
    assert not firm(field)


def test_every_language_has_its_table():
    languages = {lang for c in taxonomy().categories.values() for lang in c.words} - {"en"}
    assert languages == set(FIELDS) == set(NEAR_MISSES)
    assert all(len(text.split()) >= 15 for text in FIELDS.values())


def test_the_words_of_a_language_have_no_accents_and_are_whole():
    for category in taxonomy().categories.values():
        for language, phrases in category.words.items():
            for phrase in phrases:
                assert split(phrase.rstrip("?")), (category.id, language, phrase)
                assert phrase == phrase.lower().strip()


def _meanings() -> dict[tuple[str, ...], dict[str, dict[str, bool]]]:
    """Return phrase -> category -> language -> whether it is weak."""
    out: dict[tuple[str, ...], dict[str, dict[str, bool]]] = {}
    for category in taxonomy().categories.values():
        for language, phrases in category.words.items():
            for phrase in phrases:
                key = split(phrase.rstrip("?"))
                meant = out.setdefault(key, {}).setdefault(category.id, {})
                meant[language] = phrase.endswith("?")
    return out


# Words of one language beside the same letters of another, looked at one by one. Derived plurals:
# fotografi, cetatenie; contacts who are named so; words that mean the same in both lists.
REVIEWED_WORDS = {
    *("fotografi", "cetatenie", "kontaktperson", "联系人", "聯絡人", "연락처", "勤務先", "studii"),
    *("allergies", "symptomer", "diagnosi", "medikamenti", "联系方式"),
}
# nif: a tax number here, an identity number there; cui: companies in Romania.
REVIEWED_PHRASES = {"名字", "nif", "cui"}
# A name for clear passwords and for their hashes is the same word everywhere.
_TWINS = {"password_plaintext", "password_hash"}


def test_no_word_of_a_further_language_says_something_else_beside_a_phrase():
    speaking = subjects.person_words() | subjects.organisation_words()
    beside = NEGATIVE | NEUTRAL | speaking | subjects.thing_words()
    found = set()
    for key, categories in _meanings().items():
        for category, languages in categories.items():
            firm_here = [lang for lang, weak in languages.items() if lang not in MAIN and not weak]
            if firm_here and len(key) == 1 and category not in PLACES and key[0] in beside:
                found.add(key[0])
    assert found <= REVIEWED_WORDS


def test_no_phrase_of_a_further_language_means_another_category_elsewhere():
    found = set()
    for key, categories in _meanings().items():
        for category, languages in categories.items():
            firm_here = [lang for lang, weak in languages.items() if lang not in MAIN and not weak]
            others = set(categories) - {category} - (_TWINS if category in _TWINS else set())
            if firm_here and others:
                found.add(" ".join(key))
    assert found <= REVIEWED_PHRASES


def test_signs_without_blanks_are_taken_apart_at_known_words():
    assert lexicon.words("会員電話番号") == ("会員", "電話番号")
    assert "手机号码" in lexicon.words("客户手机号码")
    assert not lexicon.match("是否验证手机号")


def test_letters_of_other_scripts_keep_what_makes_them_other_letters():
    assert split("ИмяПользователя") == ("имя", "пользователя")
    assert split("Край") == ("край",)
    assert split("メールアドレス") == ("メールアドレス",)
    assert split("Ёлка") == ("елка",)
    assert split("doğum_yılı") == ("dogum", "yili")


def test_words_beside_a_phrase_are_written_as_names_are_split():
    for word in tongues.NEGATIVE | tongues.NEUTRAL:
        assert split(word) == (word,)
