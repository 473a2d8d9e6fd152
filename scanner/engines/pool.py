"""A pool of processes on this machine, each with a worker of its own.

Processes are spawned, not forked: the same on every system, and safe with the threads of the
libraries in use. A unit that kills its process is tried once more alone, then reported; the
others are not lost. Only the parent hears Ctrl-C, and no process outlives it.
"""

import contextlib
import multiprocessing
import os
import signal
import threading
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
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _worker = make_worker()


def _end_with_parent() -> None:
    """A parent that was killed can tell nobody; its sessions must not stay open on the stores."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


@contextlib.contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """Hold Ctrl-C back, also from processes begun meanwhile, which inherit it (not on Windows)."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _do(task: Callable[[Any, Any], Any], unit: Any) -> Any:
    return task(_worker, unit)


class PoolEngine(Generic[W]):
    """Keeps ``jobs`` processes busy, with few units in flight."""

    def __init__(self, make_worker: Callable[[], W], jobs: int) -> None:
        self._make = make_worker
        self._jobs = jobs
        self._pool: ProcessPoolExecutor | None = None
        self._flying: dict[Future[Any], Any] = {}
        self._others: set[int | None] = set()  # processes of this program that are not ours

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
        self._flying = flying
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
            self._others = {child.pid for child in multiprocessing.active_children()}
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
            with _deaf_to_interrupts():
                return self._pool.submit(_do, task, unit)
        except BrokenProcessPool as error:
            broken: Future[R] = Future()
            broken.set_exception(error)
            return broken

    def close(self) -> None:
        """Stop the processes; units in flight are given up."""
        if self._pool is not None:
            if self._flying:  # interrupted: a unit may take minutes, its process is not asked
                for child in multiprocessing.active_children():
                    if child.pid not in self._others:
                        child.terminate()
            self._flying.clear()
            self._pool.shutdown(wait=True, cancel_futures=True)
        self._pool = None
