"""Which writer a format is for, and the list of what it could not carry."""

from typing import Final

from scanner.exchange import carried, sheets, toml, words
from scanner.exchange.flattening import flatten
from scanner.exchange.grid import NOT_CARRIED, Sheet
from scanner.exchange.line import Register
from scanner.exchange.outcome import Exported
from scanner.ropa.types import Ropa
from scanner.taxonomy import taxonomy

SYNTHETIC: Final = "SYNTHETIC DATA"


def render(ropa: Ropa, kind: str, ending: str, *, authority: bool, base: str) -> Exported:
    """Return a record in a format; ``kind`` and ``ending`` were checked."""
    if kind == "toml":
        note = SYNTHETIC if ropa.synthetic else ""
        return Exported(toml.record(ropa, comment=note).encode("utf-8"))
    lost = carried.losses(ropa, kind)
    if kind == "dpv":
        from scanner.exchange import dpv

        name = "turtle" if ending == "ttl" else "json-ld"
        return Exported(dpv.render(ropa, name, base=base), lost)
    register = flatten(ropa, internal=not authority)
    if kind == "fides":
        from scanner.exchange import fides

        return Exported(fides.render(ropa, register), lost)
    found, remarks = _sheets(ropa, register, kind, ending)
    if ending != "csv" and not authority and lost:
        found = (*found, _not_carried(lost, synthetic=ropa.synthetic))
    return Exported(sheets.write(found, ending), lost, remarks)


def _sheets(
    ropa: Ropa, register: Register, kind: str, ending: str
) -> tuple[tuple[Sheet, ...], tuple[str, ...]]:
    if kind == "flows":
        from scanner.exchange import flows

        return (flows.render(ropa),), ()
    if kind == "cnil":
        from scanner.exchange import cnil_out

        if ending == "csv":
            return (cnil_out.render_flat(register),), (
                "A CSV holds no contacts of the organisation.",
            )
        return cnil_out.render(register, _sensitive()), ()
    from scanner.exchange import ico_out

    controller, processor = ico_out.render(ropa, register)
    roles = [line.role == "processor" for line in register.lines]
    if ending != "csv" or not any(roles):
        return (controller, processor), ()
    if all(roles):
        return (processor, controller), ()
    told = f"{sum(roles)} activities as a processor are not in the CSV; xlsx and ods hold both."
    return (controller, processor), (told,)


def _sensitive() -> frozenset[str]:
    """Return the words for categories of Art. 9 and 10."""
    known = taxonomy().categories.values()
    return frozenset(words.said("categories", c.id) for c in known if c.group == "special")


def _not_carried(lost: tuple[str, ...], *, synthetic: bool) -> Sheet:
    head: list[tuple[str, ...]] = [(SYNTHETIC,)] if synthetic else []
    title = "What this format has no place for; the record itself holds it"
    return Sheet(NOT_CARRIED, (*head, (title,), *((one,) for one in lost)), bold=frozenset({1}))
