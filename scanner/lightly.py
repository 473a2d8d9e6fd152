"""Keep a process that reads with pyarrow small."""

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType


class _Absent(MetaPathFinder):
    """Says that pandas is not installed."""

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None,  # noqa: ARG002
        target: ModuleType | None = None,  # noqa: ARG002
    ) -> ModuleSpec | None:
        if fullname.partition(".")[0] == "pandas":
            raise ImportError(name=fullname)
        return None


def without_pandas() -> None:
    """Let pyarrow go without pandas in this process.

    pyarrow imports pandas with its first array, in case it was given one of its objects: 0.2 s and
    40 MB in each process of a scan, which has none. It asks once; afterwards ``import pandas`` and
    ``to_pandas`` work as ever. Where pandas is imported already, nothing is done.
    """
    if "pandas" in sys.modules:
        return
    absent = _Absent()
    sys.meta_path.insert(0, absent)
    try:
        import pyarrow as pa

        pa.array([])
    finally:
        sys.meta_path.remove(absent)


def without_hoarding() -> None:
    """Let pyarrow give back to the system what it has freed.

    Its own allocators keep freed pages for later; a scan holds little at a time, and two workers
    kept 40 MB (measured over every row of a table; the time stayed the same).
    """
    import pyarrow as pa

    pa.set_memory_pool(pa.system_memory_pool())
