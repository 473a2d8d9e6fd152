"""Asking a store what the plan wants to know, once reading has told which fields it is about."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from scanner.errors import StoreError
from scanner.model import (
    Answers,
    Ask,
    Asset,
    Confidence,
    Connector,
    Depth,
    Gap,
    GapReason,
    Holding,
    Measure,
    Question,
)
from scanner.planning import children, unanswered

_IF_FOUND = "excluded:"  # says that something is there which should not be: only once it was seen
_WITHOUT_ROWS = ("log", "file")  # kinds of paths whose assets are entries or files


def ask(
    connector: Connector, asset: Asset, questions: Iterable[Question]
) -> tuple[tuple[Measure, ...], tuple[Gap, ...]]:
    """Return the answers, and a gap for each field and reason for which there is none."""
    measures: list[Measure] = []
    failed: dict[tuple[str, str, str], tuple[StoreError, list[Question]]] = {}
    for question in in_order(questions):
        try:
            if not isinstance(connector, Answers):
                raise StoreError("this kind of store answers no questions", "not_measured")
            measures.append(connector.ask(asset, question))
        except StoreError as error:
            if question.because.startswith(children.BECAUSE):
                measures.append(Measure(asset.path, question))
                continue
            key = (question.field, error.reason, str(error))
            failed.setdefault(key, (error, []))[1].append(question)
    gaps = tuple(
        Gap(asset.source, GapReason(reason), unanswered(without, error), asset.path, field)
        for (field, reason, _), (error, without) in failed.items()
    )
    return tuple(measures), gaps


def resolve(
    questions: Iterable[Question], asset: Asset, holdings: Sequence[Holding], depth: Depth
) -> tuple[Question, ...]:
    """Complete the questions that are about fields known only after reading.

    A question whose fields were not found is dropped: nothing personal is there. Of logs and files
    that are known by their catalogue alone nobody can say so; they are asked as they are.
    """
    out: list[Question] = []
    for question in questions:
        for one in _filled(question, asset, holdings, depth):
            out += _aimed(one, holdings)
    return tuple(dict.fromkeys(out))


def _filled(
    question: Question, asset: Asset, holdings: Sequence[Holding], depth: Depth
) -> list[Question]:
    if not question.filled_of:
        return [question]
    fields = _fields(holdings, question.filled_of)
    if asset.kind in _WITHOUT_ROWS:
        certain = question.because.startswith(_IF_FOUND)
        unread = depth is Depth.METADATA and not holdings and not certain
        if not fields and not unread:
            return []
        # An entry of which something is known as a whole counts whatever its fields hold.
        named = () if asset.kind == "file" or "" in fields else fields
        return [replace(question, not_null=named, aside=())]
    named = tuple(name for name in fields if name)
    telling = tuple(name for name in named if name not in question.aside) or named
    return [replace(question, not_null=telling, aside=())] if named else []


def _aimed(question: Question, holdings: Sequence[Holding]) -> list[Question]:
    if not question.field_of:
        return [question]
    fields = _fields(holdings, question.field_of)
    return [replace(question, field=name) for name in fields if name]


def _fields(holdings: Sequence[Holding], categories: Sequence[str]) -> tuple[str, ...]:
    """The fields that hold one of the categories, as found or by name; sorted."""
    wanted = frozenset(categories)
    least = Confidence.PROBABLE.rank
    return tuple(
        sorted(
            {
                holding.field
                for holding in holdings
                if holding.category in wanted
                and holding.confidence.rank >= least
                and (holding.matched or holding.entity is None)
            }
        )
    )


def in_order(questions: Iterable[Question]) -> list[Question]:
    """Put questions about the same rows together, the oldest and newest last.

    A store tells these with a count, without looking again.
    """
    groups: dict[Question, list[Question]] = {}
    for question in questions:
        about = replace(
            question, ask=Ask.EXTREMES, cutoff=None, because="", filled_of=(), field_of=()
        )
        groups.setdefault(about, []).append(question)
    return [
        question
        for group in groups.values()
        for question in sorted(group, key=lambda question: question.ask is Ask.EXTREMES)
    ]


def as_stored(
    questions: Sequence[Question],
    masked: Asset,
    raw: Asset,
    others: Callable[[str], tuple[Asset, Asset] | None],
) -> tuple[Question, ...]:
    """Put the store's own names into questions that were planned on masked ones.

    ``others`` gives the masked and the raw asset behind the masked path of another asset.
    """
    own = _names(masked, raw)
    return tuple(_stored(question, own, others) for question in questions)


def _stored(
    question: Question,
    own: Mapping[str, str],
    others: Callable[[str], tuple[Asset, Asset] | None],
) -> Question:
    looked, path = own, ""
    if question.through is not None:
        path = question.through.asset
        if pair := others(path):
            looked, path = _names(*pair), pair[1].path
    return question.renamed(
        lambda name: own.get(name, name), lambda name: looked.get(name, name), lambda _: path
    )


def _names(masked: Asset, raw: Asset) -> dict[str, str]:
    pairs = zip(masked.fields, raw.fields, strict=False)
    return {shown.name: field.name for shown, field in pairs if shown.name != field.name}
