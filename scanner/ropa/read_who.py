"""Who and why: organisation, settings, parties, activities, data groups and systems."""

from scanner.countries import countries
from scanner.ropa import vocabulary as words
from scanner.ropa.entry import Entry
from scanner.ropa.types import (
    Activity,
    Contact,
    DataGroup,
    Dpia,
    JointController,
    Organisation,
    Party,
    Settings,
    System,
)


def organisation(entry: Entry) -> Organisation:
    """Read ``[organisation]``."""
    id_ = entry.id("organisation")
    out = Organisation(
        id=id_,
        name=entry.text("name"),
        country=entry.place("country"),
        email=entry.text("email"),
        phone=entry.text("phone"),
        address=entry.text("address"),
        regimes=entry.choices("regimes", words.REGIMES),
        joint_controllers=tuple(
            _joint_controller(block) for block in entry.tables("joint_controllers", "party")
        ),
        supervisory_authority=entry.text("supervisory_authority"),
        dpo=_contact(entry.table("dpo"), party=False),
        representative=_contact(entry.table("representative"), party=True),
        origin=entry.origin("organisation", id_),
    )
    entry.finish()
    return out


def _joint_controller(entry: Entry) -> JointController:
    out = JointController(
        party=entry.link("party", "party"),
        arrangement=entry.text("arrangement"),
        contact_point=entry.text("contact_point"),
    )
    entry.finish()
    return out


def _contact(entry: Entry | None, *, party: bool) -> Contact | None:
    if entry is None:
        return None
    out = Contact(
        name=entry.text("name"),
        party=entry.link("party", "party") if party else "",
        email=entry.text("email"),
        phone=entry.text("phone"),
        address=entry.text("address"),
    )
    entry.finish()
    return out


def settings(entry: Entry | None) -> Settings:
    """Read ``[settings]``."""
    default = Settings()
    if entry is None:
        return default
    out = Settings(
        review_every=entry.period("review_every", default.review_every),
        adequacy_table=entry.day("adequacy_table"),
        child_age=_child_age(entry),
        us_territories=entry.flag("us_territories", default=default.us_territories),
        test_domains=entry.texts("test_domains"),
    )
    entry.finish()
    return out


def _child_age(entry: Entry) -> int | tuple[tuple[str, int], ...] | None:
    value = entry.raw("child_age")
    if value is None:
        return None
    if not isinstance(value, dict):
        return entry.whole("child_age", least=1)
    block = entry.table("child_age")
    if block is None:
        return None
    block.check("child_age", block.data, countries().wrong)
    return tuple((code, block.whole(code, least=1)) for code in block.data)


def party(entry: Entry) -> Party:
    """Read one ``[[party]]``."""
    id_ = entry.id("party")
    out = Party(
        id=id_,
        name=entry.text("name"),
        kind=entry.choice("kind", words.PARTY_KINDS),
        country=entry.place("country"),
        contact=entry.text("contact"),
        contract=entry.text("contract"),
        receives=entry.categories("receives"),
        hosts=entry.texts("hosts"),
        started=entry.day("started"),
        ended=entry.day("ended"),
        origin=entry.origin("party", id_),
    )
    if out.started and out.ended and out.ended < out.started:
        entry.problem("ended lies before started.", "ended")
    entry.finish()
    return out


def _special_condition(item: str) -> str:
    return item.removeprefix("eu-gdpr:")


def activity(entry: Entry) -> Activity:
    """Read one ``[[activity]]``."""
    id_ = entry.id("activity")
    conditions = tuple(_special_condition(item) for item in entry.texts("special_condition"))
    entry.check("special_condition", conditions, _no_condition)
    out = Activity(
        id=id_,
        role=entry.choice("role", words.ROLES, required=True),
        name=entry.text("name"),
        purposes=entry.texts("purposes"),
        processing=entry.texts("processing"),
        on_behalf_of=entry.texts("on_behalf_of"),
        legal_basis=entry.choices("legal_basis", words.LEGAL_BASES),
        legitimate_interest=entry.text("legitimate_interest"),
        lia=entry.text("lia"),
        special_condition=conditions,
        criminal_basis=entry.text("criminal_basis"),
        schedule1_condition=entry.text("schedule1_condition"),
        data_subjects=entry.open_choices("data_subjects", words.DATA_SUBJECTS),
        data_groups=entry.links_to("data_groups", "data_group"),
        recipients=entry.links_to("recipients", "party"),
        consent_only=entry.flag("consent_only"),
        transfers=entry.links_to("transfers", "transfer"),
        source=entry.text("source"),
        automated_decisions=entry.text("automated_decisions"),
        rights=entry.texts("rights"),
        dpia=_dpia(entry.table("dpia")),
        consent_record=entry.text("consent_record"),
        contract=entry.text("contract"),
        breach_log=entry.text("breach_log"),
        systems=entry.links_to("systems", "system"),
        owner=entry.text("owner"),
        department=entry.text("department"),
        status=entry.choice("status", words.STATUSES, "active"),
        approved_by=entry.text("approved_by"),
        approved_on=entry.day("approved_on"),
        created=entry.day("created"),
        reviewed=entry.day("reviewed"),
        next_review=entry.day("next_review"),
        notice=entry.link("notice", "notice"),
        note=entry.text("note"),
        origin=entry.origin("activity", id_),
    )
    if out.created and out.reviewed and out.reviewed < out.created:
        entry.problem("reviewed lies before created.", "reviewed")
    if out.next_review and out.reviewed and out.next_review < out.reviewed:
        entry.problem("next_review lies before reviewed.", "next_review")
    entry.finish()
    return out


def _no_condition(item: str) -> str:
    if item in words.SPECIAL_CONDITIONS:
        return ""
    return f'"{item}" is no condition of Article 9(2); write A9-2-a to A9-2-j.'


def _dpia(entry: Entry | None) -> Dpia | None:
    if entry is None:
        return None
    out = Dpia(
        required=entry.flag("required") if entry.has("required") else None,
        state=entry.text("state"),
        link=entry.text("link"),
    )
    entry.finish()
    return out


def data_group(entry: Entry) -> DataGroup:
    """Read one ``[[data_group]]``."""
    id_ = entry.id("data_group")
    # A list that is left open may name nothing: what is vague is reported, not refused.
    open_list = bool(entry.data.get("open_ended") or entry.data.get("unbounded"))
    out = DataGroup(
        id=id_,
        categories=entry.categories("categories", required=not open_list),
        name=entry.text("name"),
        source=entry.text("source"),
        optional=entry.flag("optional"),
        unbounded=entry.flag("unbounded"),
        open_ended=entry.flag("open_ended"),
        claims=entry.choices("claims", words.CLAIMS),
        note=entry.text("note"),
        stores=entry.links_to("stores", "store"),
        activities=entry.links_to("activities", "activity"),
        origin=entry.origin("data_group", id_),
    )
    entry.finish()
    return out


def system(entry: Entry) -> System:
    """Read one ``[[system]]``."""
    id_ = entry.id("system")
    out = System(
        id=id_,
        name=entry.text("name"),
        version=entry.text("version"),
        hosting=entry.choice("hosting", words.HOSTING),
        operator=entry.link("operator", "party", "organisation"),
        countries=entry.places("countries"),
        activities=entry.links_to("activities", "activity"),
        access_from=entry.places("access_from"),
        measures=entry.open_choices("measures", words.MEASURES),
        owner=entry.text("owner"),
        security_note=entry.text("security_note"),
        origin=entry.origin("system", id_),
    )
    entry.finish()
    return out
