"""Where data may be: stores with their sites, subjects, access logs and fields; transfers."""

from scanner.countries import countries
from scanner.ropa import vocabulary as words
from scanner.ropa.entry import Entry
from scanner.ropa.types import AccessLog, FieldRule, Site, Store, Subject, Transfer
from scanner.spelling import hint, quoted
from scanner.toml_lines import line_of


def store(entry: Entry) -> Store:
    """Read one ``[[store]]`` with its sub-tables."""
    id_ = entry.id("store")
    out = Store(
        id=id_,
        system=_required_link(entry, "system", "system"),
        kind=entry.choice("kind", words.STORE_KINDS, required=True),
        name=entry.text("name"),
        data_groups=entry.links_to("data_groups", "data_group"),
        environment=entry.choice("environment", words.ENVIRONMENTS, "production"),
        not_allowed=entry.categories("not_allowed"),
        residency=entry.link("residency", "residency"),
        measures=entry.open_choices("measures", words.MEASURES),
        backup_of=entry.links_to("backup_of", "store"),
        sample=entry.choice("sample", words.SAMPLES),
        scan_authorised_by=entry.text("scan_authorised_by"),
        reach=entry.choice("reach", words.REACHES),
        status=entry.choice("status", words.STATUSES, "active"),
        approved_by=entry.text("approved_by"),
        approved_on=entry.day("approved_on"),
        sites=tuple(_site(block) for block in entry.tables("site", "region")),
        subject=_subject(entry.table("subject")),
        access=_access(entry.table("access")),
        fields=tuple(_field(block) for block in entry.tables("field", "match")),
        note=entry.text("note"),
        origin=entry.origin("store", id_),
    )
    if out.reach == "none" and out.sites:
        entry.problem('reach = "none" says that nobody can look here, so there can be no site.')
    if id_ and id_ in out.backup_of:
        entry.problem(
            "backup_of names the store itself; name the stores that it copies.", "backup_of"
        )
    entry.finish()
    return out


def _required_link(entry: Entry, key: str, table: str) -> str:
    id_ = entry.text(key, required=True)
    if id_.strip():
        entry.later(key, id_, table)
    return id_


def _site(entry: Entry) -> Site:
    out = Site(
        match=entry.globs("match", required=True),
        country=entry.place("country"),
        region=entry.place("region"),
        exclude=entry.globs("exclude"),
        measures=entry.open_choices("measures", words.MEASURES),
    )
    entry.finish()
    return out


def _subject(entry: Entry | None) -> Subject | None:
    if entry is None:
        return None
    out = Subject(
        key=entry.text("key"),
        lookup=entry.text("lookup"),
        lookup_key=entry.text("lookup_key"),
        country_column=entry.text("country_column"),
        entity_column=entry.text("entity_column"),
        created_column=entry.text("created_column"),
        agreement_column=entry.text("agreement_column"),
        birth_column=entry.text("birth_column"),
    )
    if out.lookup and "://" not in out.lookup:
        entry.problem(
            "lookup must be the path of an asset, as in postgresql://{source}/app/core/accounts.",
            "lookup",
        )
    entry.finish()
    return out


def _access(entry: Entry | None) -> AccessLog | None:
    if entry is None:
        return None
    globs = entry.glob("asset")
    out = AccessLog(globs, entry.text("who"), entry.text("country"), entry.text("when"))
    entry.finish()
    return out


def _field(entry: Entry) -> FieldRule:
    out = FieldRule(
        match=entry.glob("match", of_field=True, required=True),
        must_be=entry.category("must_be"),
        protected_by=entry.choice("protected_by", words.MEASURES),
        is_not=entry.categories("is_not"),
        note=entry.text("note"),
        line=line_of(entry.doc.text, entry.at),
    )
    entry.finish()
    return out


def transfer(entry: Entry) -> Transfer:
    """Read one ``[[transfer]]``."""
    id_ = entry.id("transfer")
    single, pairs = _mechanism(entry)
    out = Transfer(
        id=id_,
        kind=entry.choice("kind", words.TRANSFER_KINDS, required=True),
        from_=entry.places("from", required=True),
        to=entry.places("to", required=True),
        name=entry.text("name"),
        exporter=entry.link("exporter", "organisation", "party"),
        importer=entry.link("importer", "organisation", "party"),
        purposes=entry.texts("purposes"),
        data_groups=entry.links_to("data_groups", "data_group"),
        mechanism=single,
        mechanisms=pairs,
        reference=entry.text("reference"),
        assessment=entry.text("assessment"),
        signed=entry.day("signed"),
        expires=entry.day("expires"),
        origin=entry.origin("transfer", id_),
    )
    if out.signed and out.expires and out.expires < out.signed:
        entry.problem("expires lies before signed.", "expires")
    entry.finish()
    return out


def _mechanism(entry: Entry) -> tuple[str, tuple[tuple[str, str], ...]]:
    value = entry.raw("mechanism")
    if not isinstance(value, dict):
        return entry.choice("mechanism", words.MECHANISMS), ()
    pairs = []
    for pair, mechanism in value.items():
        if split_pair(pair) is None:
            entry.problem(
                f"mechanism: {quoted(pair)} is no pair of places; write from and to, as in EU-US.",
                "mechanism",
            )
        if mechanism not in words.MECHANISMS:
            near = hint(str(mechanism), words.MECHANISMS)
            entry.problem(f"mechanism does not know {quoted(str(mechanism))}; {near}", "mechanism")
        pairs.append((pair, str(mechanism)))
    return "", tuple(pairs)


def split_pair(pair: str) -> tuple[str, str] | None:
    """Split ``EU-US`` or ``CA-QC-US`` into two places; None when it is not two known places."""
    knows = countries().knows
    cuts = (at for at, char in enumerate(pair) if char == "-")
    found = ((pair[:at], pair[at + 1 :]) for at in cuts)
    return next(((a, b) for a, b in found if knows(a) and knows(b)), None)
