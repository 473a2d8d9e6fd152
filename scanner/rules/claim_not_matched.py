"""I07: identifiers in data that the record claims to name nobody."""

import functools
from collections import defaultdict
from collections.abc import Iterable, Iterator

from scanner.model import Finding, Severity
from scanner.ropa.types import DataGroup
from scanner.rules.comparison import Comparison, Spot
from scanner.rules.drafting import Where, Words, called, from_spots, grouped
from scanner.taxonomy import taxonomy

_DIRECT = frozenset(
    {
        "person_name",
        "name_part",
        "email_address",
        "phone_number",
        "fax_number",
        "postal_address",
        "bank_account_number",
        "payment_card_number",
        "portrait_photo",
    }
)
_INDIRECT = frozenset(
    {
        "username",
        "customer_identifier",
        "licence_identifier",
        "ip_address",
        "mac_address",
        "device_identifier",
        "unique_identifier",
        "cookie_identifier",
        "computer_name",
        "precise_location",
    }
)
# What a claim says in a sentence; that there is nobody in it at all weighs more than that many
# were added up, as no further care is then taken of the data.
_SAID = {
    "no_personal_data": "to hold no personal data",
    "anonymous": "to be anonymous",
    "non_identifiable": "to identify nobody",
    "aggregated": "to be aggregated",
    "pseudonymous": "to be pseudonymous",
}
_TOTAL = frozenset({"no_personal_data", "anonymous"})


class ClaimNotMatched:
    """Identifiers of people in data that is claimed to be aggregated, anonymous or not personal.

    ## What it checks
    Stores of a data group with `claims`: whether names, addresses, numbers or identifiers of
    people or devices were found there. What another data group of the same store declares does
    not count, nor what a group of no personal data names itself, such as the number that a
    message goes to. For pseudonymous data only what names a person directly counts. Medium; high
    when the data is claimed to be anonymous or no personal data and a `notice` says so or covers
    its activity, and for no personal data in any case.

    ## Why it matters
    Whoever believes the claim asks for no basis, no limit and no protection; and people were
    told something that is not so.

    ## Example
    Visits are used in aggregate form only, says the record; a table has one row for each address
    and page.

    ## How to resolve
    Make the data what the claim says: add it up, drop the identifiers. Or withdraw the claim, and
    declare the data, its basis and its limit; then correct the notice.
    """

    code = "I07"
    name = "claim-not-matched"
    articles: tuple[str, ...] = ("4(1)", "5(1)(a)", "11")
    record_only = False

    def check(self, comparison: Comparison) -> Iterator[Finding]:
        """Yield one finding for each store and category."""
        against: dict[int, DataGroup] = {}
        spots: list[Spot] = []
        claimed = _claimed(comparison)
        for spot in comparison.spots:
            group = _contradicted(comparison, spot, claimed.get(spot.store.id, ()))
            if group is not None:
                against[id(spot)] = group
                spots.append(spot)
        for store, id_, found in grouped(spots):
            group = against[id(found[0])]
            where = Where(store)
            words = Words(
                title=f"{called(id_)}: found in {where.words}, whose data group "
                f"{group.name or group.id} is claimed {_said(group)}",
                advice="Remove the identifiers or add the data up, as the claim says; or withdraw "
                "the claim, declare the data for what it is, and correct the notice.",
                declared=f"{group.origin}, claims",
                category=id_,
            )
            severity = _severity(comparison, group)
            yield from_spots(comparison, self, where, found, severity, words)


@functools.cache
def _official() -> frozenset[str]:
    """Return the official identifiers of persons."""
    return frozenset(
        c.id
        for c in taxonomy().categories.values()
        if c.group == "government_id" and "usually-not-personal" not in c.flags
    )


def _claimed(comparison: Comparison) -> dict[str, tuple[DataGroup, ...]]:
    """Return the data groups with claims, by store."""
    out: dict[str, tuple[DataGroup, ...]] = defaultdict(tuple)
    for id_ in comparison.by_store:
        out[id_] = tuple(g for g in comparison.declared.groups(id_) if _claims(g))
    return {id_: groups for id_, groups in out.items() if groups}


def _claims(group: DataGroup) -> tuple[str, ...]:
    return tuple(claim for claim in _SAID if claim in group.claims)


def _contradicted(
    comparison: Comparison, spot: Spot, claimed: Iterable[DataGroup]
) -> DataGroup | None:
    """Return the group whose claim a spot contradicts, if one does."""
    if spot.category not in _DIRECT | _INDIRECT | _official():
        return None
    groups = comparison.declared.groups(spot.store.id)
    if any(not _claims(g) and spot.category in _leaves(g) for g in groups):
        return None
    return next((group for group in claimed if _denies(group, spot.category)), None)


def _denies(group: DataGroup, id_: str) -> bool:
    """Tell whether a group claims not to hold a category."""
    claims = _claims(group)
    if "no_personal_data" in claims and id_ in _leaves(group):
        return False  # the record says so itself: an address that the data goes to
    return claims != ("pseudonymous",) or id_ in _DIRECT | _official()


def _leaves(group: DataGroup) -> frozenset[str]:
    return taxonomy().leaves(group.categories)


def _said(group: DataGroup) -> str:
    return _SAID[_claims(group)[0]]


def _severity(comparison: Comparison, group: DataGroup) -> Severity:
    claims = set(_claims(group))
    if "no_personal_data" in claims or (claims & _TOTAL and _public(comparison, group)):
        return Severity.HIGH
    return Severity.MEDIUM


def _public(comparison: Comparison, group: DataGroup) -> bool:
    """Tell whether a notice makes the claim, or covers an activity with the data."""
    notices = comparison.ropa.notices
    if any(c.field.startswith(f"data_group:{group.id}.") for n in notices for c in n.claims):
        return True
    covered = {id_ for notice in notices for id_ in notice.activities}
    return any(
        group.id in activity.data_groups and (activity.notice or activity.id in covered)
        for activity in comparison.ropa.activities
    )
