"""The figures of accuracy as tables: aligned for a terminal, or Markdown, or plain data."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import calibration
from adapter import LEVELS
from calibration import FIXED, NEVER, TARGETS, Cuts, Share
from estate import Measured, part
from scoring import MACRO_LEAST, Counts
from whom import Subjects

# Measure -> floor and goal: printed beside the figures, never asserted.
TARGET = {
    "micro F1": (0.90, 0.97),
    "macro F1": (0.85, 0.95),
    "precision": (0.93, 0.98),
    "any/none F1": (0.93, 0.98),
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: a line that says what it shows, a header, rows of text."""

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def markdown(self) -> list[str]:
        """Return the lines as Markdown."""
        rule = "|".join("---" for _ in self.header)
        rows = ["| " + " | ".join(row) + " |" for row in (self.header, *self.rows)]
        return [f"**{self.title}**", "", rows[0], f"|{rule}|", *rows[1:], ""]

    def plain(self) -> list[str]:
        """Return the lines with aligned columns."""
        every = (self.header, *self.rows)
        widths = [max(len(row[n]) for row in every) for n in range(len(self.header))]
        rows = ["  ".join(t.ljust(w) for t, w in zip(row, widths, strict=True)) for row in every]
        return [self.title, *(row.rstrip() for row in rows), ""]


def figure(value: float) -> str:
    """Return a share with three places; a dash where there is none."""
    return "-" if math.isnan(value) else f"{value:.3f}"


def _counts(name: str, counts: Counts) -> tuple[str, ...]:
    shares = map(figure, (counts.precision, counts.recall, counts.f1))
    return (name, *shares, *map(str, (counts.support, counts.tp, counts.fp, counts.fn)))


def types(measured: Measured) -> Sheet:
    """Return precision, recall, F1 and support of each type, and of all."""
    scores = measured.scores
    named = sorted(scores.types.items(), key=lambda pair: (-pair[1].support, pair[0]))
    macro = [figure(scores.macro(name)) for name in ("precision", "recall", "f1")]
    rows = [
        *(_counts(name, counts) for name, counts in named),
        _counts("micro", scores.micro),
        (f"macro of {len(scores.large)}", *macro, "", "", "", ""),
        _counts("any/none", scores.any),
    ]
    title = (
        f"{measured.estate.name}: {len(measured.estate.files)} databases, {scores.columns} columns "
        f"scored; macro over the types with at least {MACRO_LEAST} columns"
    )
    header = ("type", "precision", "recall", "F1", "support", "right", "wrong", "missed")
    return Sheet(title, header, tuple(rows))


def against_targets(measured: Measured) -> Sheet:
    """Return the main figures beside their floors and goals."""
    scores = measured.scores
    got = {
        "micro F1": scores.micro.f1,
        "macro F1": scores.macro("f1"),
        "precision": scores.micro.precision,
        "any/none F1": scores.any.f1,
    }
    rows = tuple(
        (name, f"{floor:.2f}", f"{goal:.2f}", figure(got[name]))
        for name, (floor, goal) in TARGET.items()
    )
    title = f"{measured.estate.name}: the main figures (confirmed and probable holdings)"
    return Sheet(title, ("measure", "floor", "goal", "measured"), rows)


def _share(share: Share) -> tuple[str, ...]:
    low, high = share.interval
    return (figure(share.value), f"{share.right} of {share.of}", f"{low:.3f} to {high:.3f}")


def levels(measured: Measured) -> Sheet:
    """Return how often each level is right: as said, and by cut points drawn elsewhere."""
    judged = calibration.judged(measured.estate.truth, measured.found)
    reached, chosen = calibration.leave_one_out(judged)
    ways = (
        ("as said", calibration.shares(judged)),
        ("by the fixed cut points", calibration.shares(judged, lambda j: FIXED.level(j.score))),
        ("by cut points drawn from the other databases", reached),
    )
    rows = tuple(
        (way, level, f"{TARGETS[level]:.2f}" if level in TARGETS else "", *_share(found[level]))
        for way, found in ways
        for level in reversed(LEVELS)
    )
    title = f"{measured.estate.name}: how often each level is right. {_spread(chosen)}"
    header = ("level", "", "promised", "right", "counts", "95 % interval")
    return Sheet(title, header, rows)


def _spread(chosen: Sequence[Cuts]) -> str:
    parts = []
    for level, fixed in (("confirmed", FIXED.confirmed), ("probable", FIXED.probable)):
        cuts = sorted(getattr(one, level) for one in chosen)
        if not cuts:
            return "No prediction to draw cut points from"
        low, middle, high = (_cut(cuts[n]) for n in (0, len(cuts) // 2, -1))
        parts.append(f"{level} from {low} to {high}, middle {middle} (fixed: {fixed:.2f})")
    return "Cut points drawn with one database left out: " + "; ".join(parts)


def _cut(value: float) -> str:
    return "never" if value == NEVER else f"{value:.2f}"


def whom(name: str, found: Subjects) -> Sheet:
    """Return the share of holdings that name the right subject, and what else they say."""
    rows = []
    for true in found.true:
        others = ", ".join(f"{said} {count}" for said, count in found.others(true)[:5])
        right, every = found.right(true), found.all(true)
        rows.append((true, figure(Share(right, every).value), f"{right} of {every}", others))
    right, every = sum(map(found.right, found.true)), sum(map(found.all, found.true))
    rows.append(("all", figure(Share(right, every).value), f"{right} of {every}", ""))
    title = f"{name}: the subject of holdings, in tables that are about somebody"
    return Sheet(title, ("subject", "right", "counts", "said instead"), tuple(rows))


def groups(measured: Measured) -> Sheet:
    """Return the main figures of the databases of each tag."""
    rows = []
    for tag, names in sorted(measured.estate.groups.items()):
        scores = part(measured, names)
        micro = scores.micro
        shares = map(figure, (micro.precision, micro.recall, micro.f1, scores.any.f1))
        counts = map(str, (micro.tp, micro.fp, micro.fn))
        rows.append((tag, str(len(names)), str(scores.columns), *shares, *counts))
    header = ("tag", "databases", "columns", "precision", "recall", "micro F1", "any/none F1")
    title = f"{measured.estate.name}: by tag (a database may bear several)"
    return Sheet(title, (*header, "right", "wrong", "missed"), tuple(rows))


def errors(measured: Iterable[Measured]) -> Sheet:
    """Return every wrong and every missed type."""
    rows = tuple(
        (one.how, one.type, *one.place, one.label, one.got)
        for each in measured
        for one in each.scores.wrong
    )
    header = ("", "type", "database", "table", "column", "label", "said")
    return Sheet("Wrong (FP) and missed (FN)", header, rows)


def data(measured: Measured) -> dict[str, object]:
    """Return the figures of an estate as data for JSON; what is no number is null."""
    scores = measured.scores
    judged = calibration.judged(measured.estate.truth, measured.found)

    def entry(counts: Counts) -> dict[str, float | None]:
        names = ("precision", "recall", "f1", "support", "tp", "fp", "fn")
        return {name: _number(getattr(counts, name)) for name in names}

    return {
        "estate": measured.estate.name,
        "databases": len(measured.estate.files),
        "columns": scores.columns,
        "types": {name: entry(counts) for name, counts in sorted(scores.types.items())},
        "micro": entry(scores.micro),
        "macro": {n: _number(scores.macro(n)) for n in ("precision", "recall", "f1")},
        "any": entry(scores.any),
        "levels": {n: [s.right, s.of] for n, s in calibration.shares(judged).items()},
        "wrong": [[one.how, one.type, *one.place, one.label, one.got] for one in scores.wrong],
        "subjects": [[*pair, n] for pair, n in sorted(measured.subjects.pairs.items())],
    }


def _number(value: float) -> float | None:
    return None if math.isnan(value) else value


def printed(sheets: Sequence[Sheet], *, markdown: bool) -> str:
    """Return tables as one text."""
    return "\n".join(
        line for sheet in sheets for line in (sheet.markdown() if markdown else sheet.plain())
    )
