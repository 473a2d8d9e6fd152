"""What must hold: retention, residency, prohibitions, holds and accepted findings."""

import re
from datetime import date
from itertools import pairwise

from scanner.countries import countries
from scanner.ropa import vocabulary as words
from scanner.ropa.entry import Entry
from scanner.ropa.residency import conditions
from scanner.ropa.types import (
    Accept,
    Approval,
    Branch,
    Hold,
    Prohibit,
    Proof,
    Residency,
    ResidencyVersion,
    Retention,
    Selector,
    Where,
)
from scanner.spelling import quoted

_FINGERPRINT = re.compile(r"[0-9a-f]{16,64}")
_FINDING = re.compile(rf"[A-Z]\d{{2}}|[a-z][a-z0-9]*(?:-[a-z0-9]+)+|{_FINGERPRINT.pattern}")


def _selector(entry: Entry) -> Selector:
    entry.need_one(("groups", "stores", "categories"), "it does not say which data it is about")
    return Selector(
        groups=entry.links_to("groups", "data_group"),
        stores=entry.links_to("stores", "store"),
        categories=entry.categories("categories"),
    )


def retention(entry: Entry) -> Retention:
    """Read one ``[[retention]]``."""
    id_ = entry.id("retention")
    out = Retention(
        id=id_,
        selector=_selector(entry),
        name=entry.text("name"),
        period=entry.period("period"),
        bound=entry.choice("bound", words.BOUNDS),
        starts=entry.choice("starts", words.STARTS),
        criteria=entry.text("criteria"),
        excludes=entry.categories("excludes"),
        combine=entry.choice("combine", words.COMBINES),
        then=entry.choice("then", words.THENS),
        grace=entry.period("grace"),
        legal_reason=entry.text("legal_reason"),
        proof=_proof(entry.table("proof")),
        origin=entry.origin("retention", id_),
    )
    entry.finish()
    return out


def _proof(entry: Entry | None) -> Proof | None:
    if entry is None:
        return None
    out = Proof(
        column=entry.glob("column", of_field=True),
        attribute=entry.text("attribute"),
        flag_column=entry.glob("flag_column", of_field=True),
    )
    entry.finish()
    return out


def residency(entry: Entry) -> Residency:
    """Read one ``[[residency]]`` with its versions."""
    id_ = entry.id("residency")
    out = Residency(
        id=id_,
        versions=tuple(_version(block) for block in entry.tables("version", "effective")),
        name=entry.text("name"),
        grandfather=entry.flag("grandfather"),
        origin=entry.origin("residency", id_),
    )
    _check_periods(entry, out)
    entry.finish()
    return out


def _check_periods(entry: Entry, residency: Residency) -> None:
    ordered = sorted(residency.versions, key=lambda version: version.effective)
    for before, after in pairwise(ordered):
        if (before.until or date.max) >= after.effective:
            entry.problem(
                f"two versions are in force on {after.effective}; "
                "end the earlier one with until on the day before."
            )


def _version(entry: Entry) -> ResidencyVersion:
    out = ResidencyVersion(
        effective=entry.day("effective", required=True) or date.min,
        branches=tuple(_branch(block) for block in entry.tables("branches", "region")),
        until=entry.day("until"),
    )
    if not entry.has("branches"):
        entry.problem("branches is missing; it must be there.")
    if out.until and out.until < out.effective:
        entry.problem("until lies before effective.", "until")
    entry.finish()
    return out


def _branch(entry: Entry) -> Branch:
    out = Branch(entry.place("region"), entry.text("when"), entry.flag("otherwise"))
    if not entry.has("region"):
        entry.problem("region is missing; it must be there.")
    if bool(out.when) == out.otherwise:
        entry.problem("a branch has either when or otherwise = true.")
    if out.when:
        _check_when(entry, out.when)
    entry.finish()
    return out


def _check_when(entry: Entry, when: str) -> None:
    try:
        parts = conditions(when)
    except ValueError as error:
        entry.problem(f"when: {quoted(when)} cannot be read; {error}.", "when")
        return
    for part in parts:
        if part.subject == "country":
            entry.check("when", part.values, countries().wrong)
        else:
            entry.later("when", part.values[0], "party", "organisation")


def prohibit(entry: Entry) -> Prohibit:
    """Read one ``[[prohibit]]``."""
    id_ = entry.id("prohibit")
    place = entry.table("in")
    if not entry.has("in"):
        entry.problem('in is missing; it says where, as in in = { store_kinds = ["log"] }.')
    out = Prohibit(
        id=id_,
        categories=entry.categories("categories", required=True, star=True),
        where=_where(place) if place is not None else Where(),
        unless=entry.choice("unless", words.UNLESS),
        severity=entry.choice("severity", words.SEVERITIES),
        reason=entry.text("reason"),
        origin=entry.origin("prohibit", id_),
    )
    entry.finish()
    return out


def _where(entry: Entry) -> Where:
    keys = ("stores", "store_kinds", "systems", "environments", "regions")
    entry.need_one(keys, "it does not say where")
    out = Where(
        stores=entry.links_to("stores", "store"),
        store_kinds=entry.choices("store_kinds", words.STORE_KINDS),
        systems=entry.links_to("systems", "system"),
        environments=entry.choices("environments", words.ENVIRONMENTS),
        regions=entry.places("regions"),
    )
    entry.finish()
    return out


def hold(entry: Entry) -> Hold:
    """Read one ``[[hold]]``."""
    id_ = entry.id("hold")
    out = Hold(
        id=id_,
        reason=entry.text("reason", required=True),
        by=entry.text("by", required=True),
        selector=_selector(entry),
        review=entry.day("review"),
        origin=entry.origin("hold", id_),
    )
    entry.finish()
    return out


def accept(entry: Entry) -> Accept:
    """Read one ``[[accept]]``."""
    finding = entry.text("finding", required=True)
    # A fingerprint names one finding, wherever it is.
    alone = bool(_FINGERPRINT.fullmatch(finding))
    store = entry.text("store", required=not alone)
    if finding.strip() and not _FINDING.fullmatch(finding):
        entry.problem(
            f"finding: {quoted(finding)} is no rule or fingerprint; write an id such as I03, "
            "a name such as misplaced-category, or the fingerprint from a report.",
            "finding",
        )
    if store.strip():
        entry.later("store", store, "store")
    if not alone:
        entry.need_one(("category", "path"), "it does not say what is accepted")
    out = Accept(
        finding=finding,
        store=store,
        until=entry.day("until", required=True) or date.min,
        by=entry.text("by", required=True),
        reason=entry.text("reason", required=True),
        category=entry.category("category"),
        path=entry.text("path"),
        up_to=entry.whole("up_to") if entry.has("up_to") else None,
        origin=entry.origin("accept", f"{finding} {store}".strip()),
    )
    entry.finish()
    return out


def approval(entry: Entry) -> Approval:
    """Read one ``[[approval]]``."""
    entry.need_one(("stores", "activities"), "it does not say what is approved")
    out = Approval(
        by=entry.text("by", required=True),
        on=entry.day("on", required=True) or date.min,
        stores=entry.links_to("stores", "store"),
        activities=entry.links_to("activities", "activity"),
        note=entry.text("note"),
        origin=entry.origin("approval", ""),
    )
    entry.finish()
    return out
