"""Progress is shown to people and to nobody else."""

import io

from reports.progress import Progress


class Terminal(io.StringIO):
    """Text that claims to be a terminal."""

    def isatty(self) -> bool:
        return True


def watch(progress: Progress) -> None:
    with progress as shown:
        shown.started("crm", 2)
        shown.advanced("crm")
        shown.advanced("crm")
        shown.started("a[bold]b\x1b[2J", 1)
        shown.finished("a[bold]b\x1b[2J")


def test_a_terminal_sees_every_source() -> None:
    target = Terminal()
    watch(Progress(["crm"], target))
    assert "crm" in target.getvalue()
    assert "2/2" in target.getvalue()
    assert "a[bold]b?[2J" in target.getvalue()


def test_a_file_gets_nothing() -> None:
    target = io.StringIO()
    watch(Progress(["crm"], target))
    assert target.getvalue() == ""


def test_reports_after_the_end_are_ignored() -> None:
    target = Terminal()
    progress = Progress(["crm"], target)
    watch(progress)
    before = target.getvalue()
    progress.advanced("crm")
    assert target.getvalue() == before
