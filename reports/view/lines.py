"""The two columns of page one: which rules make up each line, and what a zero means."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from reports.view import words
from reports.view.context import Context, differences
from reports.view.coverage import looked, places
from reports.view.findings import short_place
from reports.view.types import Block, Line, Note
from scanner.model import Finding, Severity
from scanner.taxonomy import taxonomy

_NOTES = 2  # findings named on a line
_BY_RECORD = frozenset({"T03", "T04"})  # ask the record alone: true whatever could be read


@dataclass(frozen=True, slots=True)
class Aspect:
    """Something a line looks for, and the rules that look for it."""

    name: str
    rules: tuple[str, ...]


def _never(_finding: Finding) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Topic:
    """A line of page one. It takes findings of its rules, and those that ``takes`` claims."""

    title: str
    aspects: tuple[Aspect, ...]
    takes: Callable[[Finding], bool] = _never

    @property
    def rules(self) -> frozenset[str]:
        """Return every rule of the line."""
        return frozenset(rule for aspect in self.aspects for rule in aspect.rules)


def _special(finding: Finding) -> bool:
    known = taxonomy().categories.get(finding.category)
    return finding.rule[0] == "I" and known is not None and known.group in ("special", "children")


def _secret(finding: Finding) -> bool:
    known = taxonomy().categories.get(finding.category)
    return finding.rule in ("I01", "I03", "P01") and known is not None and known.secret


OFFICER = (
    Topic(
        "Records to correct",
        (
            Aspect("categories", ("I01", "I03")),
            Aspect("people", ("I04",)),
            Aspect("recipients", ("I05",)),
            Aspect("claims", ("I07",)),
            Aspect("places", ("T02",)),
        ),
    ),
    Topic(
        "Data in the wrong place",
        (
            Aspect("prohibited places", ("P01",)),
            Aspect("copies of production", ("P02",)),
            Aspect("customer regions", ("T01", "T06")),
        ),
    ),
    Topic(
        "Kept too long",
        (
            Aspect("declared limits", ("R01", "R03", "R04", "R06")),
            Aspect("closed accounts", ("R05",)),
            Aspect("backups", ("R07",)),
        ),
    ),
    Topic(
        "Transfers without safeguard",
        (Aspect("declared safeguards", ("T03",)), Aspect("expired safeguards", ("T04",))),
    ),
    Topic(
        "Special data, children",
        (
            Aspect("special categories", ("I01", "I03")),
            Aspect("conditions", ("C01", "C02", "C04")),
            Aspect("children", ("C03",)),
            Aspect("biometrics", ("C05",)),
        ),
        _special,
    ),
)

SECURITY = (
    Topic(
        "Secrets readable",
        (
            Aspect("clear secrets", ("S01",)),
            Aspect("weak hashes", ("S02",)),
            Aspect("keys beside data", ("S05",)),
            Aspect("declared protection", ("S06",)),
        ),
        _secret,
    ),
    Topic("Cards outside their store", (Aspect("card numbers", ("S04",)),)),
    Topic(
        "Tokens and keys in logs",
        (Aspect("secrets in logs", ("S03",)), Aspect("age of tokens", ("S07",))),
    ),
    Topic("Undeclared stores", (Aspect("stores", ("I02",)),)),
    Topic("Access from elsewhere", (Aspect("access logs", ("T05",)),)),
)


def blocks(ctx: Context) -> tuple[Block, Block]:
    """Build the column of the data-protection officer and that of the security team."""
    shares = _share(ctx)
    ran = _measured(ctx)
    left = tuple(
        _line(ctx, n, topic, shares[topic.title], ran) for n, topic in enumerate(OFFICER, 1)
    )
    right = tuple(
        _line(ctx, n, topic, shares[topic.title], ran) for n, topic in enumerate(SECURITY, 1)
    )
    return (
        Block("For the data-protection officer", left),
        Block("For the security team", (*right, _unscanned(ctx, len(right) + 1))),
    )


def _measured(ctx: Context) -> frozenset[str]:
    """Return the rules that had something to look at: a zero of theirs means something."""
    ran = frozenset(ctx.result.rules)
    seen = looked(ctx.result.inventory)
    if not seen.read and not seen.names:
        ran &= _BY_RECORD
    return ran | {finding.rule for finding in ctx.result.findings}


def _share(ctx: Context) -> dict[str, list[Finding]]:
    """Give every difference to one line: by what it is about first, then by its rule."""
    topics = (*SECURITY, *OFFICER)
    out: dict[str, list[Finding]] = {topic.title: [] for topic in topics}
    for finding in differences(ctx.result):
        claims = [topic for topic in topics if topic.takes(finding)]
        owns = [topic for topic in topics if finding.rule in topic.rules]
        for topic in (claims + owns)[:1]:
            out[topic.title].append(finding)
    return out


def _line(
    ctx: Context, number: int, topic: Topic, mine: list[Finding], ran: frozenset[str]
) -> Line:
    silent = [aspect.name for aspect in topic.aspects if not ran.intersection(aspect.rules)]
    measured = len(silent) < len(topic.aspects)
    return Line(
        number,
        topic.title,
        words.number(len(mine)) if measured or mine else "–",
        tuple(_note(ctx, finding) for finding in mine[:_NOTES]),
        _rest(
            len(mine) - _NOTES,
            _silence(silent, measured=measured or bool(mine)),
            _by_names(ctx, topic) if measured else "",
        ),
        level=mine[0].severity.value if mine else "",
    )


def _by_names(ctx: Context, topic: Topic) -> str:
    """Say that a number rests on names, where no content was read."""
    seen = looked(ctx.result.inventory)
    if seen.read or not seen.names or topic.rules <= _BY_RECORD:
        return ""
    return "by names only"


def _rest(more: int, *silence: str) -> str:
    told = (f"and {words.number(more)} more" if more > 0 else "", *silence)
    return "; ".join(filter(None, told))


def _silence(aspects: list[str], *, measured: bool) -> str:
    if not aspects:
        return ""
    return f"not measured: {', '.join(aspects)}" if measured else "not measured in this scan"


def _note(ctx: Context, finding: Finding) -> Note:
    name = words.brief(finding.category)
    place = short_place(finding)
    return Note(f"{name}: {place}" if name else place, finding.rule, ctx.anchor(finding))


def _unscanned(ctx: Context, number: int) -> Line:
    gaps = places(ctx.result.inventory.all_gaps)
    kinds = Counter(
        ("asset" if asset else "source", words.REASONS[gap.reason][0])
        for (_, asset), gap in gaps.items()
    )
    notes = tuple(
        Note(f"{words.plural(count, what)}: {reason}", anchor="coverage")
        for (what, reason), count in kinds.most_common(_NOTES)
    )
    left = len(kinds) - _NOTES
    return Line(
        number,
        "Not scanned, or not wholly",
        words.number(len(gaps)),
        notes,
        f"and {words.plural(left, 'more reason')}" if left > 0 else "",
        level=Severity.MEDIUM.value if gaps else "",
    )
