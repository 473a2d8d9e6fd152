"""Which recognizers and telephone regions belong to which country: a literal table."""

from collections.abc import Iterable

from scanner.classify.words import bag
from scanner.detect.numerals import MADE

GENERIC = (
    "CreditCardRecognizer",
    "CryptoRecognizer",
    "EmailRecognizer",
    "IbanRecognizer",
    "IccidRecognizer",
    "ImeiRecognizer",
    "IpRecognizer",
    "MacAddressRecognizer",
    "PhoneRecognizer",
    "UrlRecognizer",
    "UuidRecognizer",
)

# Presidio's class names by ISO 3166 country; those of `numerals` join them.
NATIONAL: dict[str, tuple[str, ...]] = {
    "AU": ("AuAbnRecognizer", "AuAcnRecognizer", "AuMedicareRecognizer", "AuTfnRecognizer"),
    "CA": ("CaPostalCodeRecognizer", "CaSinRecognizer"),
    "DE": (
        "DeBsnrRecognizer",
        "DeFuehrerscheinRecognizer",
        "DeHandelsregisterRecognizer",
        "DeHealthInsuranceRecognizer",
        "DeIdCardRecognizer",
        "DeKfzRecognizer",
        "DeLanrRecognizer",
        "DePassportRecognizer",
        "DePlzRecognizer",
        "DeSocialSecurityRecognizer",
        "DeTaxIdRecognizer",
        "DeTaxNumberRecognizer",
        "DeVatIdRecognizer",
    ),
    "ES": ("EsNieRecognizer", "EsNifRecognizer", "EsPassportRecognizer"),
    "FI": ("FiPersonalIdentityCodeRecognizer",),
    "FR": ("FrNirRecognizer",),
    "GB": (
        "NhsRecognizer",
        "UkDrivingLicenceRecognizer",
        "UkNinoRecognizer",
        "UkPassportRecognizer",
        "UkPostcodeRecognizer",
        "UkVehicleRegistrationRecognizer",
    ),
    "IN": (
        "InAadhaarRecognizer",
        "InGstinRecognizer",
        "InPanRecognizer",
        "InPassportRecognizer",
        "InVehicleRegistrationRecognizer",
        "InVoterRecognizer",
    ),
    "IT": (
        "ItDriverLicenseRecognizer",
        "ItFiscalCodeRecognizer",
        "ItIdentityCardRecognizer",
        "ItPassportRecognizer",
        "ItVatCodeRecognizer",
    ),
    "KR": (
        "KrBrnRecognizer",
        "KrDriverLicenseRecognizer",
        "KrFrnRecognizer",
        "KrPassportRecognizer",
        "KrRrnRecognizer",
    ),
    "NG": ("NgNinRecognizer", "NgVehicleRegistrationRecognizer"),
    "PH": ("PhPassportRecognizer", "PhTinRecognizer", "PhUmidRecognizer"),
    "PL": ("PlPeselRecognizer",),
    "SE": ("SeOrganisationsnummerRecognizer", "SePersonnummerRecognizer"),
    "SG": ("SgFinRecognizer", "SgUenRecognizer"),
    "TH": ("ThTninRecognizer",),
    "TR": ("TrLicensePlateRecognizer", "TrNationalIdRecognizer"),
    "US": (
        "AbaRoutingRecognizer",
        "MedicalLicenseRecognizer",
        "UsBankRecognizer",
        "UsItinRecognizer",
        "UsLicenseRecognizer",
        "UsMbiRecognizer",
        "UsNpiRecognizer",
        "UsPassportRecognizer",
        "UsSsnRecognizer",
    ),
    "ZA": (
        "ZaCompanyRegistrationRecognizer",
        "ZaDriverLicenseRecognizer",
        "ZaIdNumberRecognizer",
        "ZaIncomeTaxNumberRecognizer",
        "ZaLicensePlateRecognizer",
        "ZaPassportRecognizer",
        "ZaTrafficRegisterNumberRecognizer",
        "ZaVatNumberRecognizer",
    ),
}

# Without countries: enough for numbers in national form of the common sources.
DEFAULT_REGIONS = ("US", "GB", "FR", "DE", "CA")

# Weak numbers: any run of digits fits. They count only where the field's name speaks of them, and
# are run nowhere else.
WEAK = bag(
    """ABA_ROUTING_NUMBER CA_POSTAL_CODE DATE_TIME DE_BSNR DE_FUEHRERSCHEIN DE_ID_CARD DE_KFZ
    DE_LANR DE_PASSPORT DE_PLZ DE_TAX_NUMBER ES_PASSPORT IN_PASSPORT IN_VEHICLE_REGISTRATION
    IN_VOTER IT_DRIVER_LICENSE IT_IDENTITY_CARD IT_PASSPORT KR_DRIVER_LICENSE KR_PASSPORT
    NG_VEHICLE_REGISTRATION PH_PASSPORT PH_TIN SG_UEN TR_LICENSE_PLATE UK_DRIVING_LICENCE
    UK_PASSPORT UK_POSTCODE UK_VEHICLE_REGISTRATION US_BANK_NUMBER US_CLAIM_NUMBER
    US_DRIVER_LICENSE US_HEALTH_INSURANCE_MEMBER_ID US_ITIN US_NPI US_PASSPORT
    US_PRESCRIPTION_NUMBER US_PRIOR_AUTHORIZATION_NUMBER US_PROVIDER_TAX_ID US_REFERRAL_NUMBER
    ZA_COMPANY_REGISTRATION ZA_DRIVER_LICENSE ZA_INCOME_TAX_NUMBER ZA_LICENSE_PLATE
    ZA_PASSPORT ZA_TRAFFIC_REGISTER_NUMBER ZA_VAT_NUMBER"""
)


def country_codes(countries: Iterable[str]) -> tuple[str, ...]:
    """Return the countries of codes that may name a subdivision: ``CA-QC`` gives ``CA``."""
    return tuple(dict.fromkeys(code.upper().split("-")[0] for code in countries if code))


def national(countries: Iterable[str]) -> tuple[str, ...]:
    """Return the class names for some countries, in the order given."""
    return tuple(
        name
        for country in country_codes(countries)
        for name in (
            *NATIONAL.get(country, ()),
            *(row.name for row in MADE if row.country == country),
        )
    )


def phone_regions(countries: Iterable[str]) -> tuple[str, ...]:
    """Return the regions whose national telephone numbers are read."""
    import phonenumbers

    known = phonenumbers.SUPPORTED_REGIONS
    return tuple(code for code in country_codes(countries) if code in known) or DEFAULT_REGIONS
