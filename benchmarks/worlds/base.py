"""What all parts of the engine share: its error and the hand that draws values."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

Made = str | int | float | None


class WorldError(ValueError):
    """A world cannot be read or built; the message has one line for each thing to mend."""


@dataclass(frozen=True, slots=True)
class Hand:
    """Draws values: one source of chance, and Faker in a locale, both fed from one seed."""

    locale: str
    rng: random.Random = field(repr=False)
    fake: Any = field(repr=False)

    def seed(self, text: str) -> None:
        """Start both sources of chance again."""
        self.rng.seed(text)
        self.fake.seed_instance(text)

    def pick(self, signs: str, count: int) -> str:
        """Return so many signs out of the given ones."""
        return "".join(self.rng.choices(signs, k=count))

    def digits(self, count: int) -> str:
        """Return a string of random digits."""
        return self.pick("0123456789", count)


Simple = Callable[[Hand], str | int | float]
Draw = Callable[[int], Made]  # of the row's number, from 0


def hand(locale: str) -> Hand:
    """Return a hand for a locale of Faker.

    Raises:
        WorldError: Faker has no such locale.
    """
    from faker import Faker

    try:
        return Hand(locale, random.Random(), Faker(locale))
    except AttributeError:
        raise WorldError(f"locale {locale!r} is none of Faker's; for example pl_PL") from None
