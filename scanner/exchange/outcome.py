"""What an import or an export gives."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Imported:
    """The text of a draft record, and what a person should look at."""

    text: str
    activities: int
    unmapped: tuple[tuple[str, str], ...] = ()  # field, words of the register
    assumed: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Exported:
    """The bytes of a file, what it does not carry, and what else to know."""

    content: bytes
    left_out: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
