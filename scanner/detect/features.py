"""Cheap counts of a value that decide which recognizers can match it at all."""

from dataclasses import dataclass, field

_DIGITS = str.maketrans("", "", "0123456789")


@dataclass(frozen=True, slots=True)
class Features:
    """Counts of one value: no recognizer whose least is not met can match."""

    length: int
    digits: int
    dots: int
    colons: int
    hyphens: int
    at: bool
    low: str = field(repr=False)  # the text in lower case


def features(text: str) -> Features:
    """Count the signs of a text.

    A sign beyond ASCII that is no letter counts as a digit: Unicode has digits that a recognizer
    may accept, and newer ones that this Python does not know yet.
    """
    digits = len(text) - len(text.translate(_DIGITS))
    if not text.isascii():
        digits += sum(1 for char in text if char > "\x7f" and not char.isalpha())
    return Features(
        len(text),
        digits,
        text.count("."),
        text.count(":"),
        text.count("-"),
        "@" in text,
        text.lower(),
    )


@dataclass(frozen=True, slots=True)
class Least:
    """The least that any match of a recognizer contains."""

    length: int = 1
    digits: int = 0
    dots: int = 0
    colons: int = 0
    hyphens: int = 0
    at: bool = False

    def met(self, seen: Features) -> bool:
        """Tell whether a value can hold a match."""
        return (
            seen.length >= self.length
            and seen.digits >= self.digits
            and seen.dots >= self.dots
            and seen.colons >= self.colons
            and seen.hyphens >= self.hyphens
            and (seen.at or not self.at)
        )


ANY = Least()  # no demand

# Read off the recognizers' own expressions; several rows mean: one of them. A recognizer without a
# row is always run. `tests/scanner/detect/test_detect_screen.py` compares with unscreened runs.
LEAST: dict[str, tuple[Least, ...]] = {
    "CreditCardRecognizer": (Least(13, 13),),
    "CryptoRecognizer": (Least(25),),
    "DateRecognizer": (Least(4, 1),),
    "EmailRecognizer": (Least(5, dots=1, at=True),),
    "IbanRecognizer": (Least(12, 2),),
    "IpRecognizer": (Least(7, 4, dots=3), Least(2, colons=2)),
    "MacAddressRecognizer": (Least(14, dots=2), Least(17, colons=5), Least(17, hyphens=5)),
    "PhoneRecognizer": (Least(7, 7),),
    "UrlRecognizer": (Least(7, dots=1),),
    "UuidRecognizer": (Least(36, hyphens=4),),
    "AbaRoutingRecognizer": (Least(9, 9),),
    "AuAbnRecognizer": (Least(11, 11),),
    "AuAcnRecognizer": (Least(9, 9),),
    "AuMedicareRecognizer": (Least(10, 10),),
    "AuTfnRecognizer": (Least(9, 9),),
    "CaPostalCodeRecognizer": (Least(6, 3),),
    "CaSinRecognizer": (Least(9, 9),),
    "DeHealthInsuranceRecognizer": (Least(10, 9),),
    "DeSocialSecurityRecognizer": (Least(12, 11),),
    "DeTaxIdRecognizer": (Least(11, 11),),
    "DeVatIdRecognizer": (Least(11, 9),),
    "EsNieRecognizer": (Least(9, 7),),
    "EsNifRecognizer": (Least(8, 7),),
    "FiPersonalIdentityCodeRecognizer": (Least(11, 9),),
    "FrNirRecognizer": (Least(15, 14),),
    "InAadhaarRecognizer": (Least(12, 12),),
    "ItFiscalCodeRecognizer": (Least(16),),
    "ItVatCodeRecognizer": (Least(11, 11),),
    "KrRrnRecognizer": (Least(13, 13),),
    "KrFrnRecognizer": (Least(13, 13),),
    "MedicalLicenseRecognizer": (Least(9, 7),),
    "NhsRecognizer": (Least(10, 10),),
    "PlPeselRecognizer": (Least(11, 11),),
    "SePersonnummerRecognizer": (Least(10, 10),),
    "ThTninRecognizer": (Least(13, 13),),
    "TrNationalIdRecognizer": (Least(11, 11),),
    "UkNinoRecognizer": (Least(8, 6),),
    "UsItinRecognizer": (Least(9, 9),),
    "UsMbiRecognizer": (Least(11, 5),),
    "UsSsnRecognizer": (Least(9, 9),),
    "ZaIdNumberRecognizer": (Least(13, 13),),
}
