"""The systems of the demo, and from when on each is in use."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from scanner.demo import (
    backups,
    billing,
    cloudlogs,
    connect,
    faxcom,
    faxlogs,
    helpdesk,
    ixanet,
    licences,
    portal,
    secure,
    xmfax,
    xmserver,
)
from scanner.demo.cast import World
from scanner.demo.folders import Document
from scanner.demo.logfiles import LogSet
from scanner.demo.tables import Database

_P1 = date(2018, 5, 22)
_P2 = date(2020, 11, 1)
_P3 = date(2009, 10, 30)
_P4 = date(2019, 5, 1)
_P5 = date(2020, 3, 7)


@dataclass(frozen=True, slots=True)
class System:
    """One or more declared systems: what builds their stores with the planted deviations.

    ``first`` is the first day on which a record declares it.
    """

    first: date
    databases: Callable[[World, frozenset[str]], Iterator[Database]] | None = None
    note: str = ""
    logs: Callable[[World, frozenset[str]], Iterator[LogSet]] | None = None
    log_source: str = ""
    log_note: str = ""
    documents: Callable[[World, frozenset[str]], Iterator[Document]] | None = None
    file_note: str = ""


def _logs(
    first: date, module_logs: Callable[..., Iterator[LogSet]], name: str, note: str
) -> System:
    return System(first, logs=module_logs, log_source=name, log_note=note)


_SYSTEMS: tuple[System, ...] = (
    System(_P1, xmfax.databases, "X1: XM Fax"),
    System(_P1, portal.databases, "X3: account management"),
    System(_P1, secure.databases, "X4: XM SendSecure"),
    System(
        _P1,
        helpdesk.databases,
        "X9: export of the hosted help desk",
        documents=helpdesk.documents,
        file_note="X9: files that customers sent with their tickets",
    ),
    System(_P1, billing.databases, "X10: export of the hosted billing platform"),
    _logs(
        _P1,
        faxlogs.logs,
        faxlogs.SOURCE,
        "X2: system logs of XM Fax, a folder for each data centre",
    ),
    _logs(
        _P1,
        cloudlogs.logs,
        cloudlogs.SOURCE,
        "X5: system logs of the public cloud, a folder for each region",
    ),
    System(_P1, documents=backups.documents, file_note="X6: backups"),
    System(
        _P2,
        connect.databases,
        "X7: XM Connect",
        connect.logs,
        connect.SOURCE,
        "X8: system logs of XM Connect",
    ),
    System(_P2, licences.databases, "X11: license servers"),
    System(
        _P3,
        faxcom.databases,
        "F: Fax.com",
        faxcom.logs,
        faxcom.SOURCE,
        "F6, F7: logs of the site and of clear gifs",
    ),
    System(
        _P4, ixanet.databases, "I: ixanet", ixanet.logs, ixanet.SOURCE, "I2: statistics of the site"
    ),
    System(
        _P5,
        xmserver.databases,
        "S: xmserver.fr",
        documents=xmserver.documents,
        file_note="S: files and pages of xmserver.fr",
    ),
)

# What the operator writes beside a source; where nothing is written, nothing is compared.
_COUNTRIES = {
    **{f"{name}-us": "US" for name in ("xmfax", "portal", "secure", "connect", "license")},
    **{f"{name}-ca": "CA" for name in ("xmfax", "portal", "secure", "license")},
    "xmfax-fr": "FR",
    "portal-ie": "IE",
    "secure-ie": "IE",
    "portal-staging": "US",
    "helpdesk": "US",
    "helpdesk-files": "US",
    "billing": "US",
    "ixanet": "CA",
}


def in_use(day: date) -> tuple[System, ...]:
    """Return the systems that a record in force on a day declares."""
    return tuple(system for system in _SYSTEMS if system.first <= day)


def country(source: str, planted: frozenset[str]) -> str:
    """Return the country that the operator states for a source, "" for none."""
    if source == "ixanet-hosting":
        return "US" if "i4-place" in planted else "CA"
    return _COUNTRIES.get(source, "")
