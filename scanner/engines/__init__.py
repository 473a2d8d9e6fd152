"""Ways of running units of work: one after the other, or in a pool of processes.

An engine is handed a function that makes the worker of a process, and runs tasks ``(worker, unit)
-> result`` on it. Results come as they complete; every engine gives the same set of results.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, TypeVar

W = TypeVar("W")
W_co = TypeVar("W_co", covariant=True)
U = TypeVar("U")
R = TypeVar("R")


class Engine(Protocol[W_co]):
    """Runs tasks on workers."""

    def run(
        self,
        task: Callable[[W_co, U], R],
        units: Iterable[U],
        failed: Callable[[U, str], R],
    ) -> Iterator[tuple[U, R]]:
        """Yield ``(unit, result)`` as they complete.

        A unit whose process died gives ``failed(unit, sentence)`` and the others go on.
        """
        ...

    def close(self) -> None:
        """Let the workers go."""
        ...


def local(jobs: int, make_worker: Callable[[], W]) -> Engine[W]:
    """Return the engine for this machine: serial for one job, else a pool (0: one per core)."""
    count = jobs or os.cpu_count() or 1
    if count == 1:
        from scanner.engines.serial import SerialEngine

        return SerialEngine(make_worker)
    from scanner.engines.pool import PoolEngine

    return PoolEngine(make_worker, count)
