"""A register as people write it: free words, one line an activity. Every format passes through it.

Readers turn a file into a :class:`Register`, :mod:`scanner.exchange.building` turns that into a
draft record; :mod:`scanner.exchange.flattening` goes the other way, and writers lay it out.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody to write to: the controller, its DPO, its representative."""

    name: str = ""
    address: str = ""
    email: str = ""
    phone: str = ""
    country: str = ""

    def __bool__(self) -> bool:
        return any((self.name, self.address, self.email, self.phone))


@dataclass(frozen=True, slots=True)
class Data:
    """One row of categories: what, in whose words, and how long."""

    label: str = ""  # of the group
    categories: tuple[str, ...] = ()
    retention: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Receiver:
    """Who gets data."""

    name: str
    kind: str = ""
    country: str = ""
    contract: str = ""


@dataclass(frozen=True, slots=True)
class Flow:
    """Where data goes beyond the border, and under which safeguard."""

    places: tuple[str, ...] = ()
    mechanism: str = ""
    reference: str = ""
    name: str = ""
    importer: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """An activity. Every part is words of people; nothing is a word of the record yet."""

    name: str = ""
    reference: str = ""
    role: str = "controller"
    where: str = ""  # sheet and row, for the note
    department: str = ""
    owner: str = ""
    purposes: tuple[str, ...] = ()
    on_behalf_of: tuple[str, ...] = ()
    joint: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    data: tuple[Data, ...] = ()
    receivers: tuple[Receiver, ...] = ()
    contract: str = ""
    flows: tuple[Flow, ...] = ()
    measures: tuple[str, ...] = ()
    legal_basis: tuple[str, ...] = ()
    special_condition: tuple[str, ...] = ()
    legitimate_interest: str = ""
    lia: str = ""
    rights: tuple[str, ...] = ()
    automated: str = ""
    source: str = ""
    consent_record: str = ""
    systems: tuple[str, ...] = ()
    dpia_required: str = ""
    dpia_state: str = ""
    dpia_link: str = ""
    breach_log: str = ""
    schedule1: str = ""
    created: str = ""
    reviewed: str = ""
    texts: tuple[tuple[str, str], ...] = field(default=(), repr=False)  # header, cell, as read


@dataclass(frozen=True, slots=True)
class Held:
    """A store that a register describes, with the words for what it holds."""

    name: str
    system: str = ""
    kind: str = ""  # one of the record's store kinds, or empty
    categories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Register:
    """A whole register. ``home`` is the country that its format is of, or empty."""

    organisation: Person = Person()
    dpo: Person = Person()
    representative: Person = Person()
    lines: tuple[Line, ...] = ()
    stores: tuple[Held, ...] = ()
    synthetic: bool = False
    home: str = ""
    remarks: tuple[str, ...] = ()  # sentences about what was not read
