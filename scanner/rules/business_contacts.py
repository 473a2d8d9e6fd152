"""Business contacts, where the regime of the record leaves them out.

The Canadian federal act does not apply to what is used only to reach somebody at work. An asset
counts as one of business contacts when it holds nothing but names and ways to reach somebody, says
itself that they belong to organisations, and hardly any of its addresses is a private mailbox.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from scanner.model import AssetResult, Confidence, Holding

# Since this day the exemption covers e-mail and fax too, S.C. 2015, c. 32.
_SINCE = date(2015, 6, 18)
_CONTACTS = frozenset(
    {
        "address_book_entry",
        "country",
        "customer_identifier",
        "email_address",
        "fax_number",
        "job_and_employer",
        "locality",
        "name_part",
        "organisation_identifier",
        "person_name",
        "phone_number",
        "postal_address",
        "unique_identifier",
    }
)
_REACHES = frozenset({"email_address", "phone_number", "fax_number", "postal_address"})
_AT_WORK = frozenset({"organisation", "supplier"})
_WORDS = frozenset(
    {
        "business",
        "company",
        "corporate",
        "employer",
        "enterprise",
        "entreprise",
        "firm",
        "firma",
        "job",
        "organisation",
        "organization",
        "societe",
        "supplier",
        "vendor",
    }
)
_PRIVATE = 0.1  # share of private mailboxes up to which addresses are those of companies
_PARTS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")


def business_assets(
    results: Iterable[AssetResult], regimes: Sequence[str], as_of: date
) -> frozenset[str]:
    """Return the paths of the assets that hold business contacts only.

    None where the regime of the record does not leave them out at the date.
    """
    if "pipeda" not in regimes or {"eu_gdpr", "uk_gdpr"} & set(regimes) or as_of < _SINCE:
        return frozenset()
    return frozenset(result.asset.path for result in results if _business(result))


def _business(result: AssetResult) -> bool:
    held = [one for one in result.holdings if one.confidence is not Confidence.POSSIBLE]
    if not held or {one.category for one in held} - _CONTACTS:
        return False
    if not _REACHES & {one.category for one in held} or any(one.text for one in held):
        return False
    return _says_so(result, held) and all(_of_companies(one) for one in held)


def _says_so(result: AssetResult, held: Sequence[Holding]) -> bool:
    """Tell whether the asset itself says that these are contacts of organisations."""
    if any(one.category == "job_and_employer" or one.subject in _AT_WORK for one in held):
        return True
    names = (result.asset.path.rpartition("/")[2], *(field.name for field in result.asset.fields))
    return any(_WORDS & {word.lower() for word in _PARTS.findall(name)} for name in names)


def _of_companies(one: Holding) -> bool:
    return one.category != "email_address" or one.marked("freemail") <= _PRIVATE * one.matched
