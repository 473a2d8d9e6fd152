"""Bounds on what is remembered of many fields whose values come in parts."""

from collections.abc import Iterable

from scanner.classify.profiling import Profiler
from scanner.classify.tally import Tally

_HASHES = 1_000_000  # of all counters of distinct values together: 8 MB
_LOOKS = 200_000  # values looked at, of all profiles together: 20 MB
_LEAST_LOOKS = 32


def bound(fields: Iterable[tuple[Profiler, Tally]], least: int = 4096) -> None:
    """Share the memory for distinct values and for profiles among fields.

    Each counter keeps at least ``least`` hashes. What one has let go it does not get back when
    fields disappear, so that results do not depend on when this was called.
    """
    held = list(fields)
    counters = [counter for one, tally in held for counter in (one.distinct, *tally.counters)]
    most = max(_HASHES // max(len(counters), 1), least)
    looks = max(_LOOKS // max(len(held), 1), _LEAST_LOOKS)
    for counter in counters:
        counter.limit(most)
    for profiler, _ in held:
        profiler.limit(looks)
