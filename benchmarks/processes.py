"""Run a command of ropascan and measure it: seconds, and memory summed over its processes.

Memory is the proportional set size (PSS) where the system tells it, else the resident size; pages
that processes share are then counted for each of them.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil  # type: ignore[import-untyped]

RUN = (sys.executable, "-c", "from scanner.cli import main; main()")
_KB = 1024


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command took: seconds of wall clock, largest sum of memory in bytes, exit code."""

    seconds: float
    peak: int
    code: int
    said: str  # why: standard error, and what the report says was not read

    def check(self, *accepted: int) -> None:
        """End the measurement when the command did not do all its work: exit codes 2 and 3."""
        if self.code not in (accepted or (0, 1)):
            raise SystemExit(f"the command ended with exit code {self.code}: {self.said}")


def run(arguments: Sequence[str], *, every: float = 0.0) -> Ran:
    """Run ``ropascan ARGUMENTS``; ``every``: look at the memory so often (seconds; 0: never)."""
    begun, peak = time.perf_counter(), 0
    with tempfile.TemporaryFile() as output:  # a pipe would have to be emptied meanwhile
        child = subprocess.Popen(
            (*RUN, *arguments),
            stdout=output,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            env=_environment(),
        )
        while every and child.poll() is None:
            peak = max(peak, _memory(child.pid))
            time.sleep(every)
        code = child.wait()
        seconds = time.perf_counter() - begun
        output.seek(0)
        text = output.read().decode("utf-8", "replace")
    _, found, gaps = text.partition("Not scanned, or not wholly")
    return Ran(seconds, peak, code, gaps[:800] if found else text[-800:])


def _environment() -> dict[str, str]:
    """An installed command keeps its modules compiled; a checkout may not be allowed to."""
    return {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}


def _memory(pid: int) -> int:
    """Sum the memory of a process and all below it."""
    try:
        root = psutil.Process(pid)
        below = root.children(recursive=True)
    except psutil.NoSuchProcess:
        return 0
    return sum(_sizes(process.pid for process in (root, *below)))


def _sizes(pids: Iterable[int]) -> Iterable[int]:
    for pid in pids:
        try:
            # One file of sums: quick enough to be read twenty times a second.
            text = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii")
            yield next(
                int(line.split()[1]) * _KB for line in text.splitlines() if line.startswith("Pss:")
            )
        except (OSError, StopIteration):
            try:
                yield int(psutil.Process(pid).memory_info().rss)
            except psutil.Error:
                continue
