"""What the values of a field whose name speaks of an entity must look like: one test for each.

None of these forms says anything alone: three digits are a security code only where the name says
so. Their score is below what counts without a name.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from scanner.classify.words import fold
from scanner.countries import countries
from scanner.detect.peoples import is_nationality
from scanner.model import Kind

_WEAK = 0.45  # below 0.5: counts only with the name
_FORM = 0.6

_TEXT = frozenset({Kind.TEXT, Kind.OTHER})
_DIGITS = _TEXT | {Kind.INTEGER}


@dataclass(frozen=True, slots=True)
class Named:
    """A test for the values of a named field."""

    entity: str
    test: Callable[[str], bool]
    score: float = _WEAK
    kinds: frozenset[Kind] = _TEXT


def _form(pattern: str) -> Callable[[str], bool]:
    compiled = re.compile(pattern)
    return lambda text: compiled.fullmatch(text.strip()) is not None


_BIC = re.compile(r"[A-Z]{4}([A-Z]{2})[A-Z0-9]{2}(?:[A-Z0-9]{3})?")


def is_bic(text: str) -> bool:
    """Tell whether a text has the form of a bank's code, with a country that exists."""
    found = _BIC.fullmatch(text.strip().upper())
    return found is not None and (found[1] in countries().names or found[1] == "XK")


# The code of a country that begins the number of a subscriber; 001 is for tests.
is_imsi = _form(r"(?:00101|[2-7]\d\d\d{2})\d{9,10}")
is_security_code = _form(r"\d{3,4}")
is_expiry = _form(
    r"(?:0?[1-9]|1[0-2])\s?[/.-]\s?(?:\d{2}|20\d{2})|(?:0[1-9]|1[0-2])(?:20)?[1-9]\d"
    r"|20\d{2}[/-](?:0[1-9]|1[0-2])(?:-\d{2})?(?:[ T]00:00:00(?:\.0+)?)?"
)
_DEVICE = re.compile(
    r"[0-9a-f]{14,16}|[0-9a-f]{40}|[0-9A-F]{8}-[0-9A-F]{16}|"  # Android, MEID; iOS old and new
    r"(?:[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12})|"
    r"[\w-]{20,30}:APA91[\w-]{100,}|[0-9a-f]{64}|"  # tokens of push services
    r"ExponentPushToken\[[\w-]{10,}\]"
)
_SERIAL = re.compile(r"(?=[A-Z0-9-]*[0-9])(?=[A-Z0-9-]*[A-Z])[A-Z0-9](?:-?[A-Z0-9]){6,23}")


def is_device(text: str) -> bool:
    """Tell whether a text has the form of a device's identifier or serial number."""
    bare = text.strip()
    return bool(_DEVICE.fullmatch(bare)) or bool(_SERIAL.fullmatch(bare))


is_cookie = _form(
    r"(?=\S*\d)(?=\S*[A-Za-z.-])[\w.%:~+/=-]{12,400}"
    r"|\w[\w.-]{0,40}=\S{4,}(?:; ?\w[\w.-]{0,40}=\S*)*;?"
)
is_agent = _form(
    r"(?=.*[A-Za-z])[\w.() -]{1,60}/\d[\w.+-]*(?:[ ;(].{0,600})?"
    r"|.{0,80}\b(?:CFNetwork|Darwin|okhttp|Dalvik|[a-z-]*bot|spider|crawler|libwww-perl)\b.{0,400}"
)
is_wallet = _form(
    r"0x[0-9a-fA-F]{40}|[13][1-9A-HJ-NP-Za-km-z]{25,34}|[1-9A-HJ-NP-Za-km-z]{32,44}"
    r"|(?:bc1|ltc1|addr1|cosmos1|tb1)[02-9ac-hj-np-z]{30,100}"
)
is_icd = _form(r"[A-TV-Z]\d[0-9AB](?:\.?[0-9A-Z]{1,4})?[+*!†]?")
_MEDICAL = re.compile(
    r"(?:\w{3,}(?:itis|emia|aemia|pathy|pathie|algia|algie|osis|ose|oma|ectomy|ectomie|plegia"
    r"|penia|uria|cillin|cilline|statin|statine|sartan|prazole|prazol|mycin|dipine|gliptin|floxacin"
    r"|cycline|pril|olol|azepam|zolam|setron|triptan|vir|mab)"
    r"|\w*(?:diabet|cancer|krebs|carcinom|asthm|hypertens|hypertoni|depress|schizo|epilep|migr[ae]in"
    r"|pneumon|tubercul|malaria|covid|influenza|grippe|fracture|fraktur|allerg|insulin|metformin"
    r"|aspirin|ibuprofen|paracetamol|acetaminophen|warfarin|morphin|vaccin|impf|chemother|dialys"
    r"|infarct|infarkt|stroke|anxiety|alzheimer|parkinson|dementia|demenz|autis|syndrom|hiv|hepatit"
    r"|obesity|adipos|arthros|thyroid|bronch)\w*)"
)


def is_medical(text: str) -> bool:
    """Tell whether a text names a disease, a treatment or a medicine, by the ends of its words."""
    return len(text) < 200 and _MEDICAL.search(fold(text).lower()) is not None


NAMED: Mapping[str, Named] = {
    "BicRecognizer": Named("BIC", is_bic),
    "CardExpiryRecognizer": Named("CARD_EXPIRY", is_expiry, kinds=_DIGITS),
    "CardSecurityCodeRecognizer": Named("CARD_SECURITY_CODE", is_security_code, kinds=_DIGITS),
    "CookieFieldRecognizer": Named("COOKIE_ID", is_cookie),
    "DeviceIdRecognizer": Named("DEVICE_ID", is_device),
    "Icd10Recognizer": Named("ICD10", is_icd),
    "ImsiRecognizer": Named("IMSI", is_imsi, kinds=_DIGITS),
    "MedicalTermRecognizer": Named("MEDICAL_TERM", is_medical),
    "NationalityRecognizer": Named("NRP", is_nationality),
    "UserAgentFieldRecognizer": Named("USER_AGENT", is_agent, _FORM),
    "WalletFieldRecognizer": Named("WALLET_ADDRESS", is_wallet),
}
"""By recognizer."""
