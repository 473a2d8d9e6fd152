"""The beginning that the names of an asset's fields share: ``pat_``, ``usr``, ``EM``.

Many schemas repeat the asset in each of its fields (``pat_fname``, ``EMDOB``). Such a beginning
says nothing of the single field, and hides the word that does.
"""

import functools
import re
from collections import Counter
from collections.abc import Iterable

_LEAST, _MOST = 4, 0.7  # fields that share it at least, and their share of all
_PARTED = re.compile(r"([A-Za-z]{1,8}[_-])\w|([a-z]{1,6})[A-Z]")
_RUN = re.compile(r"[A-Z0-9#$@]{4,}|[a-z0-9]{4,}")
_LONGEST = 4  # letters of a beginning that nothing parts from the rest


def shared_prefix(names: Iterable[str]) -> str:
    """Return the beginning that most of these names share; empty when there is none."""
    return _shared(tuple(sorted({name.split(".")[0] for name in names})))


@functools.lru_cache(maxsize=1024)
def _shared(names: tuple[str, ...]) -> str:
    if len(names) < _LEAST:
        return ""
    parted = Counter(m[1] or m[2] for name in names if (m := _PARTED.match(name)))
    for prefix, count in parted.most_common(1):
        if count >= max(_LEAST, _MOST * len(names)):
            return prefix
    return _run_together(names)


def _run_together(names: tuple[str, ...]) -> str:
    """Return the two to four letters that begin the names of an old schema: EMDOB, EMZIP."""
    runs = [name for name in names if _RUN.fullmatch(name)]
    if len(runs) < max(_LEAST, 0.9 * len(names)):
        return ""
    for size in range(_LONGEST, 1, -1):
        prefix, count = Counter(name[:size] for name in runs).most_common(1)[0]
        if prefix.isalpha() and count >= max(_LEAST, 0.8 * len(names)):
            return prefix
    return ""
