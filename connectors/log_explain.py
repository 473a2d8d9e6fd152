"""Says in sentences what reading a log would do."""

import math
from collections.abc import Sequence

from connectors.log_files import Place
from scanner.model import Ask, Asset, Budget, Question

_NAMES = 3  # files named in a sentence
_READ = {
    "settings": "for its keys and values",
    "page": "for what it loads from elsewhere and the names of its cookies",
}
_UNITS = ("bytes", "kB", "MB", "GB", "TB")


def human_size(size: float) -> str:
    """Return a size for people: ``48 MB``."""
    step = 0
    while size >= 1000 and step < len(_UNITS) - 1:
        size, step = size / 1000, step + 1
    digits = 1 if step and size < 10 else 0
    return f"{size:.{digits}f} {_UNITS[step]}"


def explain(
    asset: Asset, places: Sequence[Place], budget: Budget, questions: Sequence[Question]
) -> tuple[str, ...]:
    """Return one sentence for the sample (none when no row is wanted) and one for each question."""
    said: list[str] = []
    if budget.most > 0 and asset.type == "log":
        said.append(_reading(places, budget))
    elif budget.most > 0 and asset.type in _READ:
        said.append(f"read the file, {human_size(asset.size or 0)}, {_READ[asset.type]}")
    elif budget.most > 0:
        said.append("not opened again: path, size, date and media type only")
    return (*said, *(_question(question, asset, places) for question in questions))


def _reading(places: Sequence[Place], budget: Budget) -> str:
    if budget.rows is not None:
        return f"read up to {budget.rows} lines spread over {_files(places)}"
    bounds = [] if budget.bytes is None else [human_size(budget.bytes)]
    if math.isfinite(budget.seconds):
        bounds.append(f"{budget.seconds:g} seconds")
    bound = f"up to {' or '.join(bounds)}" if bounds else "without a bound on bytes or seconds"
    return f"read every line of {_files(places)}, {bound}"


def _files(places: Sequence[Place]) -> str:
    names = sorted(place.name for place in places)
    shown = ", ".join(names[:_NAMES])
    if len(names) > _NAMES:
        shown += f" and {len(names) - _NAMES} more"
    size = human_size(sum(place.size for place in places))
    if len(names) == 1:
        return f"the file {shown}, {size}"
    return f"{len(names)} files ({shown}), {size}"


def _question(question: Question, asset: Asset, places: Sequence[Place]) -> str:
    if asset.type != "log":
        return "answer from the file's time of change"
    over = f"{len(places)} file{'s' if len(places) != 1 else ''}"
    if question.field_of and not question.field:
        return (
            f"after reading: ask about the fields holding {', '.join(question.field_of)} in {over}"
        )
    what = f"field {question.field}" if question.field else "the time of entry"
    bare = what.removeprefix("the ")
    day = question.cutoff.date().isoformat() if question.cutoff else "the cutoff"
    said = {
        Ask.EXTREMES: f"find the oldest and newest value of {what} in {over}",
        Ask.GROUPS: f"count the entries by {what} in {over}",
        Ask.MONTHS: f"count the entries by the month of {bare} in {over}",
        Ask.COUNT_BEFORE: f"count the entries whose {bare} lies before {day} in {over}",
        Ask.COUNT_FROM: f"count the entries whose {bare} lies on or after {day} in {over}",
    }
    return said.get(question.ask, f"not asked: a log cannot be asked about {what} so")
