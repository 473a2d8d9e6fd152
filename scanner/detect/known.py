"""The names of all recognizers and what they find, known without importing Presidio.

``config check`` must tell a misspelt recognizer in a tenth of a second; importing Presidio takes
one. Presidio's source is read instead: which classes its package offers, and the entity that each
names in its constructor. A test compares all of it with the real objects.
"""

import ast
import functools
import importlib.util
from collections.abc import Iterator, Mapping
from pathlib import Path

from scanner.detect.numerals import MADE

# Ours: by name, what they find.
OWN: Mapping[str, str] = {
    "ApiKeyRecognizer": "API_KEY",
    "BearerRecognizer": "SESSION_TOKEN",
    "BicRecognizer": "BIC",
    "BirthDateRecognizer": "BIRTH_DATE",
    "BloodTypeRecognizer": "BLOOD_TYPE",
    "CardExpiryRecognizer": "CARD_EXPIRY",
    "CardSecurityCodeRecognizer": "CARD_SECURITY_CODE",
    "CookieFieldRecognizer": "COOKIE_ID",
    "CookieRecognizer": "COOKIE_ID",
    "CoordinatesRecognizer": "COORDINATES",
    "CountryRecognizer": "COUNTRY",
    "DeviceIdRecognizer": "DEVICE_ID",
    "EthnicityRecognizer": "ETHNICITY",
    "GenderRecognizer": "GENDER",
    "HexDigestRecognizer": "PASSWORD_HASH",
    "HostFieldRecognizer": "HOST_NAME",
    "HostInTextRecognizer": "HOST_NAME",
    "HostNameRecognizer": "HOST_NAME",
    "Icd10Recognizer": "ICD10",
    "ImsiRecognizer": "IMSI",
    "JwtRecognizer": "JWT",
    "LoginInUrlRecognizer": "PASSWORD",
    "MacInTextRecognizer": "MAC_ADDRESS",
    "MailboxInTextRecognizer": "EMAIL_ADDRESS",
    "MaritalStatusRecognizer": "MARITAL_STATUS",
    "MaskedCardRecognizer": "CREDIT_CARD",
    "MedicalTermRecognizer": "MEDICAL_TERM",
    "NationalNumberRecognizer": "NATIONAL_NUMBER",
    "NationalityRecognizer": "NRP",
    "OtpRecognizer": "OTP",
    "PasswordHashRecognizer": "PASSWORD_HASH",
    "PasswordInTextRecognizer": "PASSWORD",
    "PasswordRecognizer": "PASSWORD",
    "PoliticalRecognizer": "POLITICAL_AFFILIATION",
    "PrivateKeyRecognizer": "PRIVATE_KEY",
    "RegionRecognizer": "REGION",
    "ReligionRecognizer": "RELIGION",
    "SexualOrientationRecognizer": "SEXUAL_ORIENTATION",
    "StreetAddressRecognizer": "STREET_ADDRESS",
    "TradeUnionRecognizer": "TRADE_UNION",
    "UserAgentFieldRecognizer": "USER_AGENT",
    "UserAgentRecognizer": "USER_AGENT",
    "UserInTextRecognizer": "USERNAME",
    "UserNameRecognizer": "USERNAME",
    "WalletFieldRecognizer": "WALLET_ADDRESS",
    "WalletFormRecognizer": "WALLET_ADDRESS",
    "WalletRecognizer": "CRYPTO",
}
# In Presidio's manner.
OURS_BY_CLASS: Mapping[str, str] = {
    "FrNirRecognizer": "FR_NIR",
    "IccidRecognizer": "ICCID",
    "ImeiRecognizer": "IMEI",
    **{row.name: row.entity for row in MADE},
}
# Presidio's ways to run a language model; here `names` and [detection.models] say so.
BY_MODEL = frozenset({"SpacyRecognizer", "StanzaRecognizer", "TransformersRecognizer"})
_PACKAGE = "predefined_recognizers"
_PATTERNS = ("country_specific", "generic")  # folders whose classes are pattern recognizers
_NO_PATTERNS = frozenset({"NLP_RECOGNIZERS", "PREDEFINED_RECOGNIZERS"})
# They enumerate telephone numbers as PhoneRecognizer does, which reads those of South Africa too.
LIKE_PHONE = frozenset({"ZaMobileNumberRecognizer", "ZaTelephoneNumberRecognizer"})


@functools.cache
def _folder() -> Path | None:
    spec = importlib.util.find_spec("presidio_analyzer")  # finds, and does not import
    return Path(spec.origin).parent / _PACKAGE if spec and spec.origin else None


@functools.cache
def _offered() -> Mapping[str, str]:
    """Return the classes that Presidio's package offers, each with the module it comes from."""
    folder = _folder()
    if folder is None:
        return {}
    tree = ast.parse((folder / "__init__.py").read_text("utf-8"))
    return {
        alias.asname or alias.name: (node.module or "").rpartition(f"{_PACKAGE}.")[2]
        for node in tree.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }


@functools.cache
def presidio_classes() -> frozenset[str]:
    """Return the class names that ``recognizers`` may list: those that need no model."""
    return frozenset(
        name
        for name, module in _offered().items()
        if module.partition(".")[0] in _PATTERNS and name not in LIKE_PHONE
    ) | frozenset(OURS_BY_CLASS)


def others() -> frozenset[str]:
    """Return the class names of Presidio that run models or services."""
    return frozenset(_offered()) - presidio_classes() - _NO_PATTERNS - LIKE_PHONE


def exists(name: str) -> bool:
    """Tell whether a name is that of a class that ``recognizers`` may list."""
    return name in presidio_classes()


@functools.cache
def entity_of(name: str) -> str:
    """Return what a class of Presidio finds; empty when its source does not tell."""
    if name in OURS_BY_CLASS:
        return OURS_BY_CLASS[name]
    folder, module = _folder(), _offered().get(name, "")
    if folder is None or not module:
        return ""
    place = folder.joinpath(*module.split("."))
    source = place.with_suffix(".py") if place.with_suffix(".py").is_file() else place
    files = [source] if source.is_file() else sorted(place.glob("*.py"))
    for file in files:
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.ClassDef) and node.name == name:
                return next(_entities(node), "")
    return ""


def _entities(class_: ast.ClassDef) -> Iterator[str]:
    """Yield the entities that a class names: as a default of its constructor, or on itself."""
    for node in class_.body:
        if isinstance(node, ast.FunctionDef) and node.name == "__init__":
            arguments = node.args.args[-len(node.args.defaults) :] if node.args.defaults else []
            for argument, default in zip(arguments, node.args.defaults, strict=True):
                if argument.arg in ("supported_entity", "supported_entities"):
                    yield from _texts(default)
        if isinstance(node, ast.Assign) and any(
            isinstance(target, ast.Name) and target.id in ("ENTITY", "SUPPORTED_ENTITY")
            for target in node.targets
        ):
            yield from _texts(node.value)


def _texts(node: ast.expr) -> Iterator[str]:
    for item in node.elts if isinstance(node, (ast.List, ast.Tuple)) else [node]:
        if isinstance(item, ast.Constant) and isinstance(item.value, str):
            yield item.value
