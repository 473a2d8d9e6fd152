"""Where the start of a retention period can be read, for one asset of a declared store."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from scanner.model import Asset, Field, Kind, Path, Through, glob_match, place
from scanner.ropa.types import Retention, Store, Subject

FILE_TIMES = frozenset({"object.last_modified", "object.modified", "file.modified", "file.mtime"})
LOG_TIMES = frozenset({"entry.time", "entry.timestamp", "log.date", "log.time", "log.timestamp"})
# The time that an entry of a log bears, however the record calls it.
_ENTRY_TIME = frozenset({"@timestamp", "timestamp", "time"})
# Names, without signs between words, that a field of a row's creation goes by.
_CREATION = frozenset(
    {
        "created",
        "createdat",
        "createdon",
        "createddate",
        "createdtime",
        "createdatetime",
        "createdts",
        "creationdate",
        "creationtime",
        "creationtimestamp",
        "createdate",
        "createtime",
        "datecreated",
        "datecreation",
        "datedecreation",
        "insertedat",
        "insertedon",
        "insertdate",
        "loggedat",
        "logdate",
        "logtime",
        "recordedat",
        "timestamp",
        "eventtime",
        "eventtimestamp",
        "creele",
        "dateajout",
        "erstelltam",
        "fechacreacion",
    }
)
_TIMES = frozenset({Kind.DATE, Kind.TIMESTAMP})
NO_PROOF = "the record does not say where the start can be read (proof)"


@dataclass(frozen=True, slots=True)
class Start:
    """What tells when the period of a row, entry or file began.

    ``field`` and ``flag`` are fields of the asset that ``through`` leads to, else of the asset
    itself; an empty ``field`` is the entry's or file's own time. ``declared`` is False where the
    record names no proof and a usual name was taken.
    """

    field: str
    through: Through | None = None
    flag: str = ""
    declared: bool = True

    @property
    def words(self) -> str:
        """What the start is read from: ``terminated_at of accounts``."""
        name = self.field or "its own time"
        if self.through is not None:
            name = f"{name} of {self.through.asset.rpartition('/')[2]}"
        return name if self.declared else f"{name}, not declared as proof"


def start_of(
    rule: Retention, store: Store, asset: Asset, assets: Mapping[str, Asset]
) -> Start | str:
    """Return the start for an asset, or a phrase that says why it cannot be told.

    The phrase is empty where nothing is to be told: the rows belong to no customer, or the rule
    speaks of data wherever it is and names no proof. ``assets`` are all that were listed, by path.
    """
    proof = rule.proof
    if proof is not None and proof.column:
        return _by_column(proof.column, proof.flag_column, store, asset, assets)
    if proof is not None and proof.attribute:
        return _by_attribute(proof.attribute, asset)
    return _unnamed(rule, asset)


def _by_attribute(attribute: str, asset: Asset) -> Start | str:
    if asset.type == "log" and attribute in LOG_TIMES | FILE_TIMES:
        return Start("")
    if asset.kind == "file" and asset.type != "table" and attribute in FILE_TIMES:
        return Start("")
    if attribute in LOG_TIMES | FILE_TIMES:
        return f"{attribute} is no attribute of what it holds"
    return f"{attribute} cannot be read by this tool"


def _unnamed(rule: Retention, asset: Asset) -> Start | str:
    """Take what can mean nothing else, where the record names no proof."""
    if asset.type == "log" and rule.starts in ("", "record_creation"):
        return Start("")
    whole = asset.kind == "file" and asset.type != "table"
    if whole and rule.starts in ("record_creation", "backup_creation"):
        return Start("", declared=False)
    # Of data in whatever store it is no one field could be the proof.
    lacking = NO_PROOF if rule.selector.stores else ""
    if rule.starts != "record_creation":
        return lacking
    named = [f.name for f in asset.fields if plain(f.name) in _CREATION and tells_time(f, asset)]
    if len(named) == 1:
        return Start(named[0], declared=False)
    if not lacking:
        return ""
    if named:
        return f"{lacking}, and several fields could be it"
    return f"{lacking}, and no field is clearly the time of creation"


def plain(name: str) -> str:
    """Return a field's name in small letters without signs between its words."""
    return re.sub(r"[^a-z0-9]", "", name.lower())


def tells_time(field: Field, asset: Asset) -> bool:
    """Tell whether a field may hold times that its store can compare."""
    # SQLite knows no type for times: its texts and numbers are tried.
    return field.kind in _TIMES or (
        asset.kind == "sqlite" and field.kind in (Kind.TEXT, Kind.INTEGER, Kind.NUMBER)
    )


def _by_column(
    column: str, flag: str, store: Store, asset: Asset, assets: Mapping[str, Asset]
) -> Start | str:
    column = column.replace("{source}", asset.source)
    flag = flag.replace("{source}", asset.source)
    if asset.type == "log":
        return _in_log(column, asset)
    own = _field(column, asset)
    if own is not None:
        return Start(own, flag=_field(flag, asset) or "")
    lookup = _lookup(store.subject, asset)
    path = column.rpartition("#")[0]
    if "://" not in path or any(sign in path for sign in "*?{"):
        # A glob may mean the asset that lists the customers; it names no other.
        customers = assets.get(lookup)
        if customers is None or _field(column, customers) is None:
            return "it has no field that the proof names"
        path = lookup
    if Path.parse(path).source != asset.source:
        return "the proof lies in another source; it must lie in the same one as the data"
    listing = assets.get(path)
    through = _through(store.subject, asset, listing) if listing is not None else None
    lists = asset.path in (path, lookup)
    if through is None and not lists and _of_nobody(store.subject, asset):
        return ""
    if listing is None:
        return f"the proof names {path.rpartition('/')[2]}, which was not found there"
    named = _field(column, listing)
    if named is None:
        return f"{path.rpartition('/')[2]} has no field that the proof names"
    if through is None:
        return f"nothing ties its rows to {path.rpartition('/')[2]}, where the proof is"
    return Start(named, through, _field(flag, listing) or "")


def _lookup(subject: Subject | None, asset: Asset) -> str:
    return subject.lookup.replace("{source}", asset.source) if subject is not None else ""


def _of_nobody(subject: Subject | None, asset: Asset) -> bool:
    """Tell whether the record says how rows are tied to customers, and these are not."""
    if subject is None or not subject.key:
        return False
    return all(field.name != subject.key for field in asset.fields)


def _in_log(column: str, asset: Asset) -> Start | str:
    """Find the time in the entries of a log, whose fields may be known only after reading."""
    own = _field(column, asset)
    name = own or column.rpartition("#")[2]
    if own is None and (
        any(sign in name for sign in "*?{") or not glob_match(column, place(asset.path, name))
    ):
        return "it has no field that the proof names"
    return Start("" if name in _ENTRY_TIME else name)


def _field(glob: str, asset: Asset) -> str | None:
    """Return the first field of an asset that a glob with a field names."""
    if not glob:
        return None
    return next((f.name for f in asset.fields if glob_match(glob, place(asset.path, f.name))), None)


def _through(subject: Subject | None, asset: Asset, listing: Asset) -> Through | None:
    """Find the way from the rows of an asset to those of the asset that holds the proof."""
    mine = {field.name for field in asset.fields}
    theirs = {field.name for field in listing.fields}
    if subject is not None and subject.key in mine:
        match = subject.lookup_key or subject.key
        if match in theirs:
            return Through(subject.key, listing.path, match)
    target = listing.path.split("/", 3)[-1]
    for field in asset.fields:
        referred, _, match = field.references.partition("#")
        if match in theirs and _same_end(referred, target):
            return Through(field.name, listing.path, match)
    return None


def _same_end(referred: str, target: str) -> bool:
    """Tell whether a reference (segments without the source) names an asset."""
    return bool(referred) and (referred == target or target.endswith(f"/{referred}"))
