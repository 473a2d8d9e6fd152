"""A pool of processes on this machine, each with a worker of its own.

Processes are spawned, not forked: the same on every system, and safe with the threads of the
libraries in use. A unit that kills its process is tried once more alone, then reported; the
others are not lost.
"""

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from typing import Any, Generic, TypeVar

W = TypeVar("W")
U = TypeVar("U")
R = TypeVar("R")

_worker: Any = None  # the worker of this process, made by _start


def _start(make_worker: Callable[[], Any]) -> None:
    global _worker
    _worker = make_worker()


def _do(task: Callable[[Any, Any], Any], unit: Any) -> Any:
    return task(_worker, unit)


class PoolEngine(Generic[W]):
    """Keeps ``jobs`` processes busy, with few units in flight."""

    def __init__(self, make_worker: Callable[[], W], jobs: int) -> None:
        self._make = make_worker
        self._jobs = jobs
        self._pool: ProcessPoolExecutor | None = None

    def run(
        self,
        task: Callable[[W, U], R],
        units: Iterable[U],
        failed: Callable[[U, str], R],
    ) -> Iterator[tuple[U, R]]:
        """Yield results as they complete."""
        waiting: deque[U] = deque(units)
        suspects: deque[U] = deque()  # were in flight when a process died: tried alone
        flying: dict[Future[R], U] = {}
        while waiting or suspects or flying:
            alone = self._launch(task, waiting, suspects, flying)
            done, _ = wait(flying, return_when=FIRST_COMPLETED)
            broken = False
            for future in done:
                unit = flying.pop(future)
                if isinstance(future.exception(), BrokenProcessPool):
                    broken = True
                    if alone:
                        yield unit, failed(unit, "the process that read it died, twice")
                    else:
                        suspects.append(unit)
                else:
                    yield unit, future.result()
            if broken:
                suspects.extend(flying.values())
                flying.clear()
                self.close()

    def _launch(
        self,
        task: Callable[[W, U], R],
        waiting: deque[U],
        suspects: deque[U],
        flying: dict[Future[R], U],
    ) -> bool:
        """Submit what fits; tell whether the only unit in flight is a suspect."""
        if self._pool is None:
            self._pool = ProcessPoolExecutor(
                self._jobs,
                mp_context=multiprocessing.get_context("spawn"),
                initializer=_start,
                initargs=(self._make,),
            )
        if suspects and not flying:
            unit = suspects.popleft()
            flying[self._submit(task, unit)] = unit
            return True
        while not suspects and waiting and len(flying) < 2 * self._jobs:
            unit = waiting.popleft()
            flying[self._submit(task, unit)] = unit
        return False

    def _submit(self, task: Callable[[W, U], R], unit: U) -> "Future[R]":
        assert self._pool is not None  # noqa: S101 - _launch made it
        try:
            return self._pool.submit(_do, task, unit)
        except BrokenProcessPool as error:
            broken: Future[R] = Future()
            broken.set_exception(error)
            return broken

    def close(self) -> None:
        """Stop the processes; units in flight are given up."""
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
        self._pool = None
