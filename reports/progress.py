"""What a person sees while a scan runs: a line for each source, on stderr, if a terminal."""

import sys
from collections.abc import Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Self, TextIO

if TYPE_CHECKING:
    from rich.progress import Progress as Bars
    from rich.progress import TaskID


class Progress:
    """Shows the progress of a scan; silent where nobody watches.

    Use it as a context manager and hand it to the scan as its watch::

        with Progress(["crm", "logs"]) as progress:
            progress.started("crm", 12)
            progress.advanced("crm")
            progress.finished("crm")
    """

    def __init__(self, sources: Sequence[str] = (), file: TextIO | None = None) -> None:
        self._sources = tuple(sources)
        self._file = file if file is not None else sys.stderr
        self._bars: Bars | None = None
        self._tasks: dict[str, TaskID] = {}

    def __enter__(self) -> Self:
        if self._file.isatty():
            self._bars = self._make()
            self._bars.start()
            for source in self._sources:
                self._task(source)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._bars is not None:
            self._bars.stop()
            self._bars = None

    def started(self, source: str, total: int) -> None:
        """Say that ``total`` assets of a source will be read."""
        if self._bars is not None:
            self._bars.update(self._task(source), total=total, state="reading")
            self._bars.start_task(self._task(source))

    def advanced(self, source: str) -> None:
        """Say that one asset of a source is done."""
        if self._bars is None:
            return
        task = self._task(source)
        self._bars.advance(task)
        if self._bars.tasks[self._bars.task_ids.index(task)].finished:
            self._bars.update(task, state="done")

    def finished(self, source: str) -> None:
        """Say that a source is done, whatever was read."""
        if self._bars is not None:
            self._bars.update(self._task(source), state="done")

    def _task(self, source: str) -> "TaskID":
        if source not in self._tasks:
            if self._bars is None:
                raise RuntimeError("a progress display has tasks only while it is shown")
            self._tasks[source] = self._bars.add_task(
                _plain(source), start=False, total=None, state="waiting"
            )
        return self._tasks[source]

    def _make(self) -> "Bars":
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
        from rich.progress import Progress as RichProgress

        return RichProgress(
            TextColumn("{task.description}", markup=False),
            BarColumn(bar_width=28),
            MofNCompleteColumn(),
            TextColumn("{task.fields[state]}", markup=False),
            TimeElapsedColumn(),
            console=Console(file=self._file, highlight=False, markup=False, emoji=False),
            transient=True,  # what stays on the screen is the report
            redirect_stdout=False,
            redirect_stderr=False,
        )


def _plain(name: str) -> str:
    return "".join(sign if sign.isprintable() else "?" for sign in name)
