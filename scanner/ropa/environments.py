"""Which places are production."""

from scanner.ropa.types import Store


def is_production(store: Store | None, environment: str) -> bool:
    """Tell whether a place is production, by its store and the environment of its source.

    Production is what a record says when it says nothing: a source that is stated to be something
    else outweighs it.
    """
    stated = environment in ("", "production")
    return stated and (store is None or store.environment in ("", "production"))
