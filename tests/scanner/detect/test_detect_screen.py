"""The screen loses nothing: what it turns away, the recognizer does not match either."""

import random

import pytest

from scanner.detect.features import LEAST, features
from scanner.detect.finder import PresidioFinder
from scanner.detect.registry import _classes

# One or more true values of each recognizer that has a row in the screen.
TRUE = {
    "CreditCardRecognizer": ["4532015112830366", "4222222222222", "3782 822463 10005"],
    "CryptoRecognizer": ["1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"],
    "DateRecognizer": ["1/1/24", "2024-03-09", "12/24"],
    "EmailRecognizer": ["a@b.de", "marie@acme.co.uk"],
    "IbanRecognizer": ["DE89370400440532013000", "NO9386011117947", "BE68 5390 0754 7034"],
    "IpRecognizer": ["1.2.3.4", "fe80::1", "::", "::ffff:10.0.0.1", "2001:db8::7/32"],
    "MacAddressRecognizer": ["aa:bb:cc:11:22:33", "AA-BB-CC-11-22-33", "0012.3456.789A"],
    "UrlRecognizer": ["http://a.fr", "www.acme.fr", "https://acme.fr/x"],
    "UuidRecognizer": ["7d444840-9dc0-41d1-b245-5ffdce74fad2"],
    "AbaRoutingRecognizer": ["121000358", "3222-7162-7"],
    "AuAbnRecognizer": ["51 824 753 556"],
    "AuAcnRecognizer": ["005 499 981"],
    "AuMedicareRecognizer": ["2123 45670 1"],
    "AuTfnRecognizer": ["876 543 210"],
    "CaPostalCodeRecognizer": ["H2X 1Y4", "K1A0B1"],
    "CaSinRecognizer": ["130 692 544", "130692544"],
    "DeHealthInsuranceRecognizer": ["A123456780"],
    "DeTaxIdRecognizer": ["86095742719"],
    "EsNieRecognizer": ["Z8078221M", "X9613851N"],
    "EsNifRecognizer": ["55555555K", "1111111-G"],
    "FiPersonalIdentityCodeRecognizer": ["010594Y9032", "131052-308T"],
    "FrNirRecognizer": ["255081416802538"],
    "InAadhaarRecognizer": ["312345678909"],
    "ItFiscalCodeRecognizer": ["AAAAAA00B11C333N"],
    "ItVatCodeRecognizer": ["01333550323"],
    "KrRrnRecognizer": ["960121-1234567"],
    "MedicalLicenseRecognizer": ["BA1234563"],
    "NhsRecognizer": ["401-023-2137", "9434765919"],
    "PlPeselRecognizer": ["44051401359"],
    "SePersonnummerRecognizer": ["811228-9874"],
    "ThTninRecognizer": ["1101400152647"],
    "TrNationalIdRecognizer": ["10000000146"],
    "UkNinoRecognizer": ["AA123456B", "hh 01 02 03 d"],
    "UsItinRecognizer": ["911-70-1234"],
    "UsMbiRecognizer": ["1EG4-TE5-MK73"],
    "UsSsnRecognizer": ["536-90-4399", "536904399"],
    "ZaIdNumberRecognizer": ["8001015009087"],
}
_SIGNS = "0123456789" * 3 + "abcdefXYZ" + "-.:/@ +()" + "é٣３ſK"


def _finder(name):
    return PresidioFinder.of(_classes()[name](), name)


def _texts(name, seed):
    """True values, mutated: signs dropped, doubled, replaced, put between other text."""
    rng = random.Random(f"{name}{seed}")
    for value in TRUE.get(name, ["A123456789", "12-34 5678"]):
        yield value
        for _ in range(150):
            signs = list(value)
            for _ in range(rng.randint(0, 3)):
                at = rng.randrange(len(signs) + 1)
                signs[at : at + rng.randint(0, 2)] = rng.choice(_SIGNS) * rng.randint(0, 2)
            yield rng.choice(["", "x ", "é, "]) + "".join(signs) + rng.choice(["", " y", "\n"])


@pytest.mark.parametrize("name", sorted(set(LEAST) - {"PhoneRecognizer"}))
def test_screen_loses_nothing(name):
    finder = _finder(name)
    lost = [
        text
        for text in _texts(name, 1)
        if not finder.can(text, features(text)) and list(finder.find(text))
    ]
    assert lost == []


@pytest.mark.parametrize("name", sorted(TRUE))
def test_true_values_pass_the_screen_and_are_found(name):
    finder = _finder(name)
    for value in TRUE[name]:
        assert finder.can(value, features(value)), value
        assert list(finder.find(value)), value


def test_screen_turns_words_away():
    seen = features("shipped")
    assert not any(_finder(name).can("shipped", seen) for name in set(LEAST) & set(TRUE))
