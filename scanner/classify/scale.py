"""The one scale of scores: cut points, detector classes and the interval of a share."""

import math

from scanner.classify.words import bag
from scanner.model import Confidence

POSSIBLE, PROBABLE, CONFIRMED = 0.30, 0.60, 0.85

# By name and shape of values alone nothing is confirmed; by name alone little is probable.
CAP_BY_NAME, CAP_CATALOGUE = 0.80, 0.70

# Class A: formats that nothing else has; one value is enough.
STRICT = frozenset({"PRIVATE_KEY", "JWT", "API_KEY", "PASSWORD_HASH", "SESSION_TOKEN"})
# Class A: checksums that one number in ten or so passes by chance.
LOOSE_CHECKS = bag(
    """UK_NHS PL_PESEL CA_SIN AU_TFN AU_ABN AU_ACN AU_MEDICARE DE_TAX_ID IT_VAT_CODE US_NPI
    TR_NATIONAL_ID SE_PERSONNUMMER SE_ORGANISATIONSNUMMER ZA_ID_NUMBER TH_TNIN NG_NIN IN_AADHAAR
    KR_RRN KR_BRN KR_FRN ABA_ROUTING_NUMBER DE_LANR DE_BSNR AT_TAX_ID AT_VNR BG_PNF BY_UNP CL_RUT
    CN_USCC CO_NIT CU_NI CZ_RC DK_CPR DK_CVR DO_CEDULA DO_RNC EE_REGISTRIKOOD ES_CIF FI_YTUNNUS
    FR_SIREN UK_UTR GR_VAT GT_NIT HK_HKID HR_OIB HU_TAJ HU_TAX_ID ID_NIK ID_NPWP IE_PPS IL_HP
    IL_IDNR IMEI ICCID JP_CORPORATE_NUMBER JP_MY_NUMBER KE_PIN LV_PK MD_IDNO ME_PIB MK_EDB MX_RFC
    MY_NRIC NL_BSN NO_ORGNR NZ_IRD PL_NIP PL_REGON PT_CC PT_NIF PY_RUC RS_PIB RU_INN RU_OGRN
    SI_VAT SV_NIT TR_VKN TW_NATIONAL_ID TW_UBN UA_EDRPOU UA_RNTRC VN_MST ZA_TIN"""
)
# Class A: checksums or forms that chance hardly passes once the ratio holds.
CHECKED = bag(
    """CREDIT_CARD IBAN_CODE CRYPTO ES_NIF ES_NIE IT_FISCAL_CODE FI_PERSONAL_IDENTITY_CODE FR_NIR
    MEDICAL_LICENSE DE_SOCIAL_SECURITY DE_HEALTH_INSURANCE DE_VAT_ID SG_NRIC_FIN IN_GSTIN IN_PAN
    UK_NINO US_MBI AR_CUIT AT_VAT AZ_VOEN BE_NN BE_VAT BG_EGN BG_VAT BR_CNPJ BR_CPF CH_AHV CH_UID
    CN_RIC CY_VAT CZ_VAT EC_CI EC_RUC EE_IK EE_VAT FI_VAT FR_NIF FR_SIRET FR_VAT UK_VAT GR_AMKA
    HU_PERSONAL_ID HU_VAT IE_VAT IS_KENNITALA LT_ASMENS LT_VAT LU_NATIONAL_ID LU_VAT MT_VAT
    MU_NID MX_CURP NL_VAT NO_FODSELSNUMMER PE_RUC RO_CNP RO_CUI RU_SNILS SE_VAT SI_EMSO SK_RC
    SK_VAT UY_RUT VE_RIF NATIONAL_NUMBER"""
)
# Class B: structure.
STRUCTURE = frozenset({"EMAIL_ADDRESS", "IP_ADDRESS", "MAC_ADDRESS", "USER_AGENT", "COORDINATES"})
# Class D: the language model and the name book.
MODEL = frozenset({"PERSON", "LOCATION", "NRP", "ORGANIZATION"})
# Never a holding without a name that fits.
NEVER_ALONE = frozenset(
    {"LOCATION", "URL", "UUID", "ORGANIZATION", "DATE_TIME", "NRP", "COUNTRY", "REGION"}
)


def confidence(score: float) -> Confidence | None:
    """Return the confidence of a score; None below the lowest cut."""
    if score >= CONFIRMED:
        return Confidence.CONFIRMED
    if score >= PROBABLE:
        return Confidence.PROBABLE
    return Confidence.POSSIBLE if score >= POSSIBLE else None


def lower_bound(matched: int, examined: int, *, whole: bool) -> float:
    """Return the share, or the lower end of its Wilson 95 % interval for a sample."""
    if not examined:
        return 0.0
    share = min(matched / examined, 1.0)
    if whole:
        return share
    z = 1.96
    centre = share + z * z / (2 * examined)
    spread = z * math.sqrt(share * (1 - share) / examined + z * z / (4 * examined * examined))
    return max((centre - spread) / (1 + z * z / examined), 0.0)
