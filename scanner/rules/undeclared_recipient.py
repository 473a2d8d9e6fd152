"""I05: data goes, or can go, to somebody whom the record does not name."""

from collections import defaultdict
from collections.abc import Iterator

from scanner.model import Confidence, Destination, Evidence, Finding, Path, Severity, place
from scanner.recipients import Vendor, covered, vendor, vendors
from scanner.rules.comparison import Comparison, Matched
from scanner.rules.drafting import Where, Words, finding, listed
from scanner.rules.remedies import quoted

_HOW = {
    "url": "an address of {0} stands there",
    "host": "the host {0} stands there",
    "cookie": "a cookie of theirs is set or seen there",
}
# Their addresses in settings are mostly links to somebody's own page there.
_LINKED = "social"
_DELIVERY = "delivery"
# Words of fields in which an asset that is no log keeps where something is sent.
_SENDING = frozenset(
    [
        "callback",
        "cookie",
        "cookies",
        "dsn",
        "endpoint",
        "gateway",
        "host",
        "hostname",
        "integration",
        "server",
        "smtp",
        "webhook",
        "webhooks",
    ]
)
_FREE = frozenset({"settings", "page", "log"})


class UndeclaredRecipient:
    """Data goes, or can go, to a third party that the record does not name.

    ## What it checks
    Hosts and cookies of known third parties (analytics, advertising, mail, SMS, speech, payment and
    others) in settings, pages and logs: what a page loads, where settings send, which hosts a log
    speaks of. A third party is declared when a `party` of the record names its host under `hosts`,
    bears its name or that of its company, or says what it does without naming anybody ("SMS
    provider"). Probable where settings or a page send there, possible where a host or cookie was
    merely seen in data. Nothing is said where the record names no party at all, of addresses that
    somebody came from, and of links in texts.

    ## Why it matters
    The record and the notice must name recipients, or their kinds; who is not known has no
    contract and no safeguard.

    ## Example
    A script of the web site loads an analytics service that no `party` names.

    ## How to resolve
    Find out what is sent there. Declare the party with its `hosts` and as a recipient of the
    activity, with its contract; or remove what sends it.
    """

    code = "I05"
    name = "undeclared-recipient"
    articles: tuple[str, ...] = ("30(1)(d)", "13(1)(e)", "28")
    record_only = False

    def check(self, comparison: Comparison) -> Iterator[Finding]:
        """Yield one finding for each third party and declared store, or source without one."""
        if not comparison.ropa.parties:
            return
        found: dict[tuple[str, str], list[tuple[Matched, Destination]]] = defaultdict(list)
        sent = [
            (asset, one)
            for asset in comparison.assets
            if not (asset.excluded_by or asset.other)
            for one in _sent(asset)
        ]
        seen_at = {one.party for _, one in sent}
        parties = {v.id: _declared(comparison, v) for v in vendors() if v.id in seen_at}
        for asset, one in sent:
            if not parties.get(one.party, True):
                found[(_where(asset).id, one.party)].append((asset, one))
        for (_, id_), seen in sorted(found.items(), key=lambda item: item[0]):
            if known := vendor(id_):
                yield self._finding(comparison, known, seen)

    def _finding(
        self, comparison: Comparison, one: Vendor, seen: list[tuple[Matched, Destination]]
    ) -> Finding:
        where = _where(seen[0][0])
        items = tuple(_item(asset, found, one) for asset, found in seen)
        best = max((item.confidence for item in items), key=lambda c: c.rank)
        fields = "place" if len(items) == 1 else "places"
        verb = "named as a destination" if best is Confidence.PROBABLE else "seen"
        words = Words(
            title=f"{one.name} ({one.kind}): {verb} at {len(items):,} {fields} in {where.words}; "
            "no declared party is meant by it",
            advice="Find out what is sent there, and whether it is still needed. If so, declare "
            "the party (proposal below), name it as a recipient of the activity, and check the "
            "contract and the notice; if not, remove what sends it.",
            declared=f"parties: {listed(party.id for party in comparison.ropa.parties)}",
            fix=_fix(one),
            qualifier=one.id,
        )
        records = max(item.matched for item in items)
        ordered = sorted(items, key=lambda i: (-i.confidence.rank, -i.matched, i.place))
        return finding(
            comparison, self, where, Severity.MEDIUM, words,
            confidence=best, evidence=tuple(ordered), records=records,
        )  # fmt: skip


def _where(asset: Matched) -> Where:
    if asset.stores:
        return Where(asset.stores[0])
    path = Path.parse(asset.path)
    return Where(prefix=str(Path(path.kind, path.source, ())))


def _sent(asset: Matched) -> Iterator[Destination]:
    """Yield the destinations of an asset that say where data goes."""
    texts = set(asset.result.coverage.text_fields)
    free = asset.result.asset.type in _FREE
    for one in asset.result.destinations:
        # Else it is a link in a text, or the page of a person.
        if free or (one.field not in texts and (one.configured or _sends(one.field))):
            yield one


def _sends(field: str) -> bool:
    return bool(_SENDING & set(field.lower().replace(".", "_").replace("-", "_").split("_")))


def _declared(comparison: Comparison, one: Vendor) -> bool:
    """Tell whether a party, or the organisation itself, is a third party or its like."""
    names = [n for p in comparison.ropa.parties if p.kind != "authority" for n in (p.name, p.id)]
    own = comparison.ropa.organisation
    return covered(one, names) or covered(one, (own.name,), by_kind=False)


def _item(asset: Matched, one: Destination, known: Vendor) -> Evidence:
    sends = one.configured and known.kind != _DELIVERY
    if known.kind == _LINKED and asset.result.asset.type != "page":
        sends = False
    return Evidence(
        place=place(asset.path, one.field),
        matched=one.count,
        examined=max(one.count, asset.result.coverage.rows),
        method=asset.result.coverage.method,
        confidence=Confidence.PROBABLE if sends else Confidence.POSSIBLE,
        score=0.7 if sends else 0.5,
        by=("Recipients",),
        why=(_HOW[one.how].format(one.suffix),),
    )


def _fix(one: Vendor) -> str:
    lines = ["[[party]]", f"id = {quoted(one.id)}", f"name = {quoted(one.name)}"]
    lines.append('kind = "processor"  # check')
    if one.country:
        lines.append(f"country = {quoted(one.country)}  # of the company; check where data goes")
    hosts = ", ".join(quoted(host) for host in one.hosts if "/" not in host)
    if hosts:
        lines.append(f"hosts = [{hosts}]")
    lines.append(f"# then: recipients = [..., {quoted(one.id)}] in the activity that it serves")
    return "\n".join(lines) + "\n"
