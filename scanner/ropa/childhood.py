"""Below which age a record counts a person as a child, and which birth dates say so."""

from dataclasses import dataclass
from datetime import date, timedelta

from scanner.ropa.declared import Declared
from scanner.ropa.periods import Period, cutoff
from scanner.ropa.tables import Tables
from scanner.ropa.types import Organisation, Ropa, Store

# Words for data subjects by which a record says that it expects children.
_CHILDREN = frozenset({"child", "children", "minor", "minors", "pupil", "pupils"})
_GDPR = frozenset({"eu_gdpr", "uk_gdpr"})
_GDPR_AGE = 16  # Art. 8, where no law of a known country lowers it
_ELSEWHERE = 13  # what the regimes that know an age agree on at least

# Days that forms and migrations write when nobody knows better: births on them count for nothing.
_DEFAULTS = ((1, 1),)
_DEFAULT_YEARS = range(1900, 2101, 10)


@dataclass(frozen=True, slots=True)
class Births:
    """Birth dates from ``first`` on and before ``end`` are those of children.

    ``left_out`` are days inside that stand for an unknown date.
    """

    first: date
    end: date
    left_out: tuple[date, ...] = ()


def expects_children(declared: Declared, store: Store) -> bool:
    """Tell whether an activity behind a store names children among its data subjects."""
    subjects = (who for a in declared.activities(store.id) for who in a.data_subjects)
    return any(who.lower() in _CHILDREN for who in subjects)


def threshold(ropa: Ropa, tables: Tables, day: date) -> int:
    """Return the age below which a person is a child: the record's own, else the strictest known.

    Known are COPPA's and Quebec's ages and that of Art. 8 GDPR in the organisation's country (16
    where no country is known). Outside all of them it is 13.
    """
    own = ropa.settings.child_age
    if isinstance(own, int):
        return own
    if own:
        ages = dict(own)
        return ages.get(ropa.organisation.country, max(ages.values()))
    found = [age for age in (tables.child_age(c, day) for c in _places(ropa)) if age is not None]
    if _gdpr(ropa.organisation) and not _known(ropa, tables, day):
        found.append(_GDPR_AGE)
    return max(found, default=_ELSEWHERE)


def _places(ropa: Ropa) -> tuple[str, ...]:
    """Return the places whose ages count: of the regimes, and of the organisation's country."""
    regimes = ropa.organisation.regimes
    out = ["US"] if "coppa" in regimes else []
    out += ["CA-QC"] if "qc_law25" in regimes else []
    if _gdpr(ropa.organisation) or not regimes:
        out.append(ropa.organisation.country)
    return tuple(out)


def _gdpr(organisation: Organisation) -> bool:
    """Tell whether the GDPR is named; a record that names nothing is read as under it."""
    return bool(_GDPR & set(organisation.regimes)) or not organisation.regimes


def _known(ropa: Ropa, tables: Tables, day: date) -> bool:
    return tables.child_age(ropa.organisation.country, day) is not None


def births_of_children(day: date, years: int) -> Births:
    """Return which birth dates are those of persons under an age on a day.

    Exact to the day: on the birthday itself a person has the age; who was born on 29 February has
    it on 28 February of common years. Births in the year before the day are left out: they are
    mostly days of entry.
    """
    first = cutoff(day + timedelta(days=1), Period(years=years))
    end = cutoff(day + timedelta(days=1), Period(years=1))
    days = (date(year, month, at) for year in _DEFAULT_YEARS for month, at in _DEFAULTS)
    return Births(first, max(first, end), tuple(day for day in days if first <= day < end))
