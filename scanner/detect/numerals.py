"""National numbers that Presidio has no recognizer for: a literal table, read without Presidio.

Each row says how a number is written and what checks it: a module of python-stdnum, or a function
of :mod:`scanner.detect.checksums`. In a form ``#`` is a digit, ``@`` a letter, ``*`` either and
``_`` an optional separator; all else stands for itself. How many random numbers of the form pass
the check was measured, and a test measures it again: see :mod:`scanner.classify.scale`.
"""

import functools
import importlib
import re
from collections.abc import Callable
from dataclasses import dataclass

_SIGNS = {"#": "[0-9]", "@": "[A-Z]", "*": "[A-Z0-9]"}
_RUN = re.compile(r"([#@*])\1*|_|[^#@*_]")


def expression(form: str) -> str:
    """Return the regular expression of a form, without boundaries."""
    out = []
    for match in _RUN.finditer(form):
        found, sign = match[0], match[1]
        if sign:
            out.append(_SIGNS[sign] + (f"{{{len(found)}}}" if len(found) > 1 else ""))
        else:
            out.append("[ ./-]?" if found == "_" else re.escape(found))
    return "".join(out)


@dataclass(frozen=True, slots=True)
class Number:
    """A kind of number: recognizer, entity, forms, check, and words that speak of it.

    ``made``: Presidio has no recognizer for it, so one is made of the row.
    """

    name: str
    country: str
    entity: str
    check: str  # "nl.bsn" of stdnum, or ":hu_taj" of scanner.detect.checksums
    forms: tuple[str, ...]
    words: tuple[str, ...]
    made: bool = True

    def valid(self, text: str) -> bool:
        """Tell whether a text passes the check; some modules of stdnum fail on what is none."""
        try:
            return text.isascii() and _check(self.check)(text)
        except (LookupError, ValueError):
            return False

    def written(self, text: str) -> bool:
        """Tell whether a text has one of the forms."""
        return _written(self.forms).fullmatch(text) is not None


@functools.cache
def _check(name: str) -> Callable[[str], bool]:
    module, _, function = name.partition(":")
    home = f"stdnum.{module}" if module else "scanner.detect.checksums"
    found: Callable[[str], bool] = getattr(importlib.import_module(home), function or "is_valid")
    return found


@functools.cache
def _written(forms: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(expression, forms)), re.IGNORECASE)


_CALLED = {"GB": "UK", "UkNhsRecognizer": "NhsRecognizer"}  # as Presidio does


def _row(line: str, *, made: bool = True) -> Number:
    country, name, entity, check, forms, words = (part.strip() for part in line.split("|"))
    prefix = _CALLED.get(country, country)
    called = f"{prefix.title()}{name}Recognizer"
    return Number(
        _CALLED.get(called, called),
        country,
        f"{prefix}_{entity}",
        check,
        tuple(forms.split("  ")),
        tuple(word.strip() for word in words.split(",")),
        made,
    )


# country | class | entity | check | forms, two blanks apart | words beside it
_MADE = """
AD|Nrt|NRT|ad.nrt|@_######_@|nrt, numero de registre tributari
AL|Nipt|NIPT|al.nipt|@########@|nipt, nuis
AR|Cuit|CUIT|ar.cuit|##_########_#|cuit, cuil
AT|Vnr|VNR|at.vnr|####_######|svnr, sozialversicherungsnummer, versicherungsnummer, sv nummer
AT|TaxId|TAX_ID|at.tin|##_###_####|steuernummer, abgabenkontonummer
AT|Vat|VAT|at.uid|ATU########|uid, umsatzsteuer, ust
AZ|Voen|VOEN|az.voen|##########|voen
BE|NationalNumber|NN|be.nn|##_##_##_###_##|rijksregisternummer, numero national, niss, insz
BE|Vat|VAT|be.vat|BE_#_###_###_###  BE####_###_###|btw, tva, ondernemingsnummer, numero d entreprise
BG|Egn|EGN|bg.egn|##########|egn, edinen grazhdanski nomer, егн
BG|Pnf|PNF|bg.pnf|##########|lnch, pnf, лнч
BG|Vat|VAT|bg.vat|BG#########  BG##########|vat, ддс
BR|Cpf|CPF|br.cpf|###_###_###_##|cpf, cadastro de pessoas
BR|Cnpj|CNPJ|br.cnpj|##_###_###_####_##|cnpj
BY|Unp|UNP|by.unp|#########|unp, унп
CH|Ahv|AHV|ch.ssn|756_####_####_##|ahv, avs, sozialversicherungsnummer, navs
CH|Uid|UID|ch.uid|CHE_###_###_###|uid, ide, unternehmens identifikationsnummer
CL|Rut|RUT|cl.rut|##_###_###-*  #_###_###-*|rut, run, rol unico
CN|Ric|RIC|cn.ric|#################*|shenfenzheng, id card, resident identity, 身份证, 身份證
CN|Uscc|USCC|cn.uscc|******************|uscc, unified social credit, 统一社会信用代码
CO|Nit|NIT|co.nit|###_###_###-#  ##########|nit
CU|Ni|NI|cu.ni|###########|numero de identidad, carne de identidad
CY|Vat|VAT|cy.vat|CY########@|vat, φπα
CZ|Rc|RC|cz.rc|######_####  ######_###|rodne cislo, rc, birth number
CZ|Vat|VAT|cz.dic|CZ########  CZ#########  CZ##########|dic
DK|Cpr|CPR|dk.cpr|######_####|cpr, personnummer
DK|Cvr|CVR|dk.cvr|########  DK########|cvr, se nummer
DO|Cedula|CEDULA|do.cedula|###_#######_#|cedula
DO|Rnc|RNC|do.rnc|#_##_#####_#|rnc
EC|Ci|CI|ec.ci|##########|cedula, ci
EC|Ruc|RUC|ec.ruc|#############|ruc
EE|Ik|IK|ee.ik|###########|isikukood, ik
EE|Vat|VAT|ee.kmkr|EE#########|kmkr
EE|Registrikood|REGISTRIKOOD|ee.registrikood|########|registrikood
ES|Cif|CIF|es.cif|@_#######_*|cif
FI|Ytunnus|YTUNNUS|fi.ytunnus|#######-#|y tunnus, ytunnus, business id
FI|Vat|VAT|fi.alv|FI########|alv
FR|Siren|SIREN|fr.siren|###_###_###|siren, rcs
FR|Siret|SIRET|fr.siret|###_###_###_#####|siret, etablissement
FR|Nif|NIF|fr.nif|##_##_###_###_###|nif, spi, numero fiscal, fiscal
FR|Vat|VAT|fr.tva|FR_**_###_###_###|tva, intracommunautaire
GB|Utr|UTR|gb.utr|##########|utr, unique taxpayer
GB|Vat|VAT|gb.vat|GB###_####_##  GB############|vat
GR|Amka|AMKA|gr.amka|###########|amka, αμκα
GR|Vat|VAT|gr.vat|EL#########  #########|afm, αφμ, vat
GT|Nit|NIT|gt.nit|#######-*  ########-*|nit
HK|Id|HKID|:hong_kong|@######_(*)  @@######_(*)  @######*|hkid, hong kong id
HR|Oib|OIB|hr.oib|###########  HR###########|oib
HU|TaxId|TAX_ID|:hu_tax|8#########|adoazonosito, adoazonosito jel
HU|Taj|TAJ|:hu_taj|###_###_###|taj, tajszam, taj szam
HU|PersonalId|PERSONAL_ID|:hu_person|#_######_####|szemelyi szam, szemelyi azonosito
HU|Vat|VAT|hu.anum|########-#-##  HU########|adoszam
ID|Nik|NIK|id.nik|################|nik, ktp, nomor induk
ID|Npwp|NPWP|id.npwp|##.###.###.#-###.###  ###############|npwp
IE|Pps|PPS|ie.pps|#######@  #######@@|pps, ppsn, personal public service
IE|Vat|VAT|ie.vat|IE#######@  IE#######@@  IE#@#####@|vat
IL|Id|IDNR|il.idnr|#########|teudat zehut, mispar zehut, תעודת זהות
IL|Company|HP|il.hp|5########|hp, company number
IS|Kennitala|KENNITALA|is_.kennitala|######_####|kennitala, kt
JP|MyNumber|MY_NUMBER|jp.in_|####_####_####|my number, kojin bango, マイナンバー, 個人番号
JP|Company|CORPORATE_NUMBER|jp.cn|#############|corporate number, 法人番号
KE|Pin|PIN|ke.pin|@#########@|kra, pin
LT|Asmens|ASMENS|lt.asmens|###########|asmens kodas, ak
LT|Vat|VAT|lt.pvm|LT#########  LT############|pvm
LU|Id|NATIONAL_ID|:luxembourg|####_####_#####|matricule, numero d identification national
LU|Vat|VAT|lu.tva|LU########|tva
LV|Pk|PK|lv.pvn|######_#####|personas kods, pk
MD|Idno|IDNO|md.idno|#############|idno
ME|Pib|PIB|me.pib|########|pib
MK|Edb|EDB|mk.edb|#############  MK#############|edb
MT|Vat|VAT|mt.vat|MT########|vat
MU|Nid|NID|mu.nid|@############*|nid, national identity
MX|Curp|CURP|mx.curp|@@@@######@@@@@@*#|curp
MX|Rfc|RFC|mx.rfc|@@@@_######_***  @@@_######_***|rfc
MY|Nric|NRIC|my.nric|######_##_####|nric, mykad, kad pengenalan
NL|Bsn|BSN|nl.bsn|####_##_###  #########|bsn, burgerservicenummer, sofinummer
NL|Vat|VAT|nl.btw|NL#########B##|btw, omzetbelasting
NO|Fodselsnummer|FODSELSNUMMER|no.fodselsnummer|######_#####|fodselsnummer, personnummer, fnr
NO|Orgnr|ORGNR|no.orgnr|###_###_###|orgnr, organisasjonsnummer
NZ|Ird|IRD|nz.ird|###_###_###  ##_###_###|ird
PE|Ruc|RUC|pe.ruc|###########|ruc
PK|Cnic|CNIC|pk.cnic|#####-#######-#|cnic, nadra
PL|Nip|NIP|pl.nip|###_###_##_##  PL##########|nip
PL|Regon|REGON|pl.regon|#########  ##############|regon
PT|Nif|NIF|pt.nif|###_###_###  PT#########|nif, contribuinte, numero de contribuinte
PT|Cc|CC|pt.cc|########_#_@*#|cartao de cidadao, cc
PY|Ruc|RUC|py.ruc|########-#  #######-#|ruc
RO|Cnp|CNP|ro.cnp|#############|cnp, cod numeric personal
RO|Cui|CUI|ro.cui|RO########  RO#######  RO######|cui, cif, cod fiscal
RS|Pib|PIB|rs.pib|#########|pib
RU|Inn|INN|ru.inn|############  ##########|inn, инн
RU|Snils|SNILS|:snils|###_###_###_##|snils, снилс
RU|Ogrn|OGRN|ru.ogrn|#############  ###############|ogrn, огрн
SE|Vat|VAT|se.vat|SE##########01|moms, vat
SI|Emso|EMSO|si.emso|#############|emso
SI|Vat|VAT|si.ddv|SI########  ########|ddv, davcna stevilka
SK|Rc|RC|sk.rc|######_####|rodne cislo, rc
SK|Vat|VAT|sk.dph|SK##########|dph, ic dph
SV|Nit|NIT|sv.nit|####-######-###-#|nit
TR|TaxId|VKN|tr.vkn|##########|vkn, vergi kimlik, vergi no
TW|Id|NATIONAL_ID|:taiwan|@#########|shenfenzheng, 身分證
TW|Company|UBN|tw.ubn|########|ubn, 統一編號
UA|Rntrc|RNTRC|ua.rntrc|##########|rnokpp, ipn, рнокпп, іпн
UA|Edrpou|EDRPOU|ua.edrpou|########|edrpou, єдрпоу
UY|Rut|RUT|uy.rut|############|rut
VE|Rif|RIF|ve.rif|@-########-#|rif
VN|Mst|MST|vn.mst|##########  ##########-###|mst, ma so thue
ZA|TaxId|TIN|za.tin|##########|income tax
"""
# Presidio has recognizers for these; where a field's name asks for a number, they are tried too.
_PRESIDIO = """
AU|Abn|ABN|au.abn|##_###_###_###|abn
AU|Tfn|TFN|au.tfn|###_###_###|tfn
CA|Sin|SIN|ca.sin|###_###_###|sin
DE|TaxId|TAX_ID|de.idnr|##_###_###_###|steuer id
DE|VatId|VAT_ID|de.vat|DE#########|ust id
ES|Nif|NIF|es.dni|########_@|dni, nif
ES|Nie|NIE|es.nie|@_#######_@|nie
FI|PersonalIdentityCode|PERSONAL_IDENTITY_CODE|fi.hetu|######-###*  ######+###*  ######A###*|hetu
FR|Nir|NIR|fr.nir|#_##_##_##_###_###_##|nir
GB|Nhs|NHS|gb.nhs|###_###_####|nhs
GB|Nino|NINO|:nino|@@_##_##_##_@|nino
IN|Aadhaar|AADHAAR|in_.aadhaar|####_####_####|aadhaar
IN|Gstin|GSTIN|in_.gstin|##@@@@@####@***|gstin
IN|Pan|PAN|in_.pan|@@@@@####@|pan
IT|FiscalCode|FISCAL_CODE|it.codicefiscale|@@@@@@**@**@***@|codice fiscale
IT|VatCode|VAT_CODE|it.iva|###########  IT###########|partita iva
KR|Rrn|RRN|kr.rrn|######_#######|rrn
PL|Pesel|PESEL|pl.pesel|###########|pesel
SE|Personnummer|PERSONNUMMER|se.personnummer|######_####  ########_####|personnummer
SE|Organisationsnummer|ORGANISATIONSNUMMER|se.orgnr|######_####|orgnr
TH|Tnin|TNIN|th.pin|#_####_#####_##_#|pin
TR|NationalId|NATIONAL_ID|tr.tckimlik|###########|tckn
US|Ssn|SSN|us.ssn|###-##-####|ssn
ZA|IdNumber|ID_NUMBER|za.idnr|######_####_##_#|id number
"""

NUMBERS: tuple[Number, ...] = tuple(
    [_row(line) for line in _MADE.strip().splitlines()]
    + [_row(line, made=False) for line in _PRESIDIO.strip().splitlines()]
)
"""All rows; those that are ``made`` are recognizers of their country."""

MADE: tuple[Number, ...] = tuple(row for row in NUMBERS if row.made)
