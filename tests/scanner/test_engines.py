"""Both engines give the same answers; a unit that kills its process loses nobody else's work."""

import os
from collections.abc import Callable

import pytest

from scanner import engines
from scanner.engines.pool import PoolEngine
from scanner.engines.serial import SerialEngine


class Counter:
    """A worker that knows its process."""

    def __init__(self) -> None:
        self.process = os.getpid()
        self.closed = False

    def close(self) -> None:
        self.closed = True


def square(_worker: Counter, unit: int) -> int:
    return unit * unit


def die_at_seven(_worker: Counter, unit: int) -> int:
    if unit == 7:
        os._exit(9)
    return unit


def refuse(_worker: Counter, unit: int) -> int:
    raise ValueError(str(unit))


def which(worker: Counter, _unit: int) -> int:
    return worker.process


def lost(unit: int, _sentence: str) -> int:
    return -unit


MAKERS: list[Callable[[], engines.Engine[Counter]]] = [
    lambda: SerialEngine(Counter),
    lambda: PoolEngine(Counter, 2),
]


@pytest.mark.parametrize("make", MAKERS, ids=["serial", "pool"])
def test_every_engine_gives_the_same_answers(make: Callable[[], engines.Engine[Counter]]) -> None:
    engine = make()
    try:
        assert sorted(engine.run(square, range(20), lost)) == [(n, n * n) for n in range(20)]
        assert sorted(engine.run(square, [], lost)) == []
    finally:
        engine.close()


@pytest.mark.parametrize("make", MAKERS, ids=["serial", "pool"])
def test_an_error_of_the_task_reaches_the_caller(
    make: Callable[[], engines.Engine[Counter]],
) -> None:
    engine = make()
    try:
        with pytest.raises(ValueError, match="3"):
            list(engine.run(refuse, [3], lost))
    finally:
        engine.close()


def test_a_dead_process_costs_its_own_unit_only() -> None:
    engine = PoolEngine(Counter, 2)
    try:
        found = dict(engine.run(die_at_seven, range(12), lost))
    finally:
        engine.close()
    assert found == {n: (-7 if n == 7 else n) for n in range(12)}


def test_the_pool_works_in_other_processes() -> None:
    engine = PoolEngine(Counter, 2)
    try:
        processes = {process for _, process in engine.run(which, range(8), lost)}
    finally:
        engine.close()
    assert os.getpid() not in processes


def test_the_serial_engine_closes_its_worker() -> None:
    worker = Counter()
    engine = SerialEngine(lambda: worker)
    list(engine.run(square, [1], lost))
    engine.close()
    assert worker.closed


def test_one_job_is_serial_and_more_is_a_pool() -> None:
    assert isinstance(engines.local(1, Counter), SerialEngine)
    assert isinstance(engines.local(3, Counter), PoolEngine)
