"""Which assets are compared by digests: production on one side, other environments on the other."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from scanner.model import AssetPlan, Depth, Plan
from scanner.ropa.environments import is_production
from scanner.ropa.matching import Matcher, answers_for
from scanner.ropa.types import Ropa

COMPARED = (
    "email_address",
    "phone_number",
    "bank_account_number",
    "national_id_number",
    "social_security_number",
)
"""Categories whose values hardly ever coincide by chance."""


def compared(plan: Plan, environments: Mapping[str, str], ropas: Sequence[Ropa]) -> Plan:
    """Ask for digests wherever content is read, if there is something to compare.

    ``environments`` are those of the sources by name, empty where not stated.
    """
    sides = [(ropa, Matcher(ropa)) for ropa in ropas]
    read = [
        unit for unit in plan.units if unit.depth is Depth.CONTENT and unit.asset.type != "page"
    ]
    kinds = {_produces(unit, environments, sides) for unit in read}
    if kinds != {True, False}:
        return plan
    domains = tuple(sorted({d for ropa in ropas for d in ropa.settings.test_domains}))
    chosen = {unit.asset.path for unit in read}
    return Plan(
        tuple(
            replace(unit, digests=COMPARED, test_domains=domains)
            if unit.asset.path in chosen
            else unit
            for unit in plan.units
        )
    )


def _produces(
    unit: AssetPlan, environments: Mapping[str, str], sides: Sequence[tuple[Ropa, Matcher]]
) -> bool:
    asset = unit.asset
    environment = environments.get(asset.source, "")
    stores = [m.match(asset.path).store for r, m in sides if answers_for(r, asset.source)]
    return all(is_production(store, environment) for store in stores or [None])
