"""Both engines give the same answers; a unit that kills its process loses nobody else's work."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

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


def write_later(_worker: Counter, unit: Path) -> Path:
    if unit.name != "now":
        time.sleep(20)
        unit.write_text("done")
    return unit


def test_an_interrupted_pool_waits_for_no_unit(tmp_path: Path) -> None:
    engine = PoolEngine(Counter, 2)
    units = [tmp_path / "now", tmp_path / "later"]
    results = engine.run(write_later, units, lambda unit, _: unit)
    assert next(results)[0] == units[0]
    engine.close()
    assert not units[1].exists()


ORPHANS = """
import functools, os, sys
sys.path.insert(0, sys.argv[1])
import test_engines
from scanner.engines.pool import PoolEngine
if __name__ == "__main__":
    engine = PoolEngine(test_engines.Counter, 2)
    results = engine.run(test_engines.wait_after_first, [0, 1], test_engines.lost)
    next(results)
    os._exit(9)
"""


def wait_after_first(_worker: Counter, unit: int) -> int:
    if unit:
        time.sleep(60)
    return unit


def test_no_process_outlives_its_parent(tmp_path: Path) -> None:
    script = tmp_path / "orphans.py"
    script.write_text(ORPHANS, "utf-8")
    # The pipe is at its end only when nobody holds it any more: not the parent, nor its pool.
    subprocess.run(
        [sys.executable, str(script), str(Path(__file__).parent)],
        env={**os.environ, "PYTHONPATH": str(Path(engines.__file__).parents[2])},
        capture_output=True,
        timeout=30,
        check=False,
    )
