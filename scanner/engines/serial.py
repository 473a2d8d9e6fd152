"""One unit after the other, in this process."""

from collections.abc import Callable, Iterable, Iterator
from typing import Generic, TypeVar

W = TypeVar("W")
U = TypeVar("U")
R = TypeVar("R")


class SerialEngine(Generic[W]):
    """Runs every task in the calling process; the worker is made at the first."""

    def __init__(self, make_worker: Callable[[], W]) -> None:
        self._make = make_worker
        self._worker: W | None = None

    def run(
        self,
        task: Callable[[W, U], R],
        units: Iterable[U],
        failed: Callable[[U, str], R],  # noqa: ARG002 - a dead process here is a dead scan
    ) -> Iterator[tuple[U, R]]:
        """Yield results in the order of the units."""
        for unit in units:
            if self._worker is None:
                self._worker = self._make()
            yield unit, task(self._worker, unit)

    def close(self) -> None:
        """Close the worker if it can be closed."""
        close = getattr(self._worker, "close", None)
        if close is not None:
            close()
        self._worker = None
