"""The text of an imported draft: the record, and above it what a person should look at."""

from typing import Final

from scanner.exchange import toml
from scanner.exchange.ico import SYNTHETIC
from scanner.exchange.lookup import Draft
from scanner.exchange.outcome import Imported

_INTRO: Final = """Draft record, imported from {name} ({kind}). Nothing here silences a finding.
Read it, correct it, write [[store.site]] with match where data is, and set approved_by and
approved_on when it is right. `ropascan record check` tells what is missing."""


def imported(draft: Draft, name: str, kind: str) -> Imported:
    """Return the draft with its text."""
    parts = [SYNTHETIC] if draft.ropa.synthetic else []
    parts.append(_INTRO.format(name=name, kind=kind))
    if draft.unmapped:
        parts.append(f"Words without a meaning here ({len(draft.unmapped)}); write them by hand:")
        parts += [f"  {what}: {_one_line(text)}" for what, text in draft.unmapped]
    for title, sentences in (("Assumed:", draft.assumed), ("Not read:", draft.remarks)):
        if sentences:
            parts += [title, *(f"  {_one_line(sentence)}" for sentence in sentences)]
    return Imported(
        toml.record(draft.ropa, comment="\n".join(parts)),
        len(draft.ropa.activities),
        tuple(draft.unmapped),
        tuple(draft.assumed),
        tuple(draft.remarks),
    )


def _one_line(text: str) -> str:
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
