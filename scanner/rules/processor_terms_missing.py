"""Q06: processors without a contract in the record."""

from collections import defaultdict
from collections.abc import Iterator

from scanner.model import Finding, Severity
from scanner.rules.comparison import Comparison
from scanner.rules.drafting import listed
from scanner.rules.entries import Said, about, first, of_system, running

_KINDS = ("processor", "sub_processor")


class ProcessorTermsMissing:
    """A processor is used, and the record names no contract with it.

    ## What it checks
    Parties of kind `processor` or `sub_processor` that a running activity names as recipient, a
    system as operator, or a transfer as importer, and that have no `contract`. Those that have
    ended are left out, and so are records under other laws than the GDPR and UK GDPR.

    ## Why it matters
    What a processor may do with the data is bound by that contract.

    ## Example
    The messages are sent by a provider of which only the name is known.

    ## How to resolve
    Find the contract, and write its reference under `contract`; if there is none, make one.
    """

    code = "Q06"
    name = "processor-terms-missing"
    articles: tuple[str, ...] = ("28(3)",)
    record_only = True

    def check(self, comparison: Comparison) -> Iterator[Finding]:
        """Yield one finding for each party."""
        if not comparison.laws:
            return
        users = _users(comparison)
        for party in comparison.ropa.parties:
            ended = party.ended is not None and party.ended < comparison.as_of
            bare = party.kind in _KINDS and not party.contract.strip()
            if not bare or ended or party.id not in users:
                continue
            used = users[party.id]
            kind = party.kind.replace("_", "-")
            said = Said(
                f"{party.name or party.id} ({kind}): no contract is declared; "
                f"named by {listed(name for name, _ in used)}",
                "Write the reference of the contract under contract of the party.",
                first(activity for _, activity in used),
            )
            yield about(comparison, self, party.origin, Severity.MEDIUM, said)


def _users(comparison: Comparison) -> dict[str, list[tuple[str, str]]]:
    out: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for activity in running(comparison):
        for id_ in activity.recipients:
            out[id_].append((f"activity {activity.name or activity.id}", activity.id))
    for system in comparison.ropa.systems:
        behind = of_system(comparison, system)
        out[system.operator].append((f"system {system.name or system.id}", behind))
    for transfer in comparison.ropa.transfers:
        out[transfer.importer].append((f"transfer {transfer.name or transfer.id}", ""))
    return dict(out)
