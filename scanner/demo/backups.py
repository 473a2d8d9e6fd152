"""Backups (X6): dumps by date in three folders. Their content is what the stores hold."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from scanner.demo.cast import World
from scanner.demo.folders import Document


def documents(world: World, planted: frozenset[str]) -> Iterator[Document]:
    """Write a dump a month of the last year, and the old one of X6 if it is ``planted``."""
    limit = world.years_ago(1)
    for site in ("us", "eu", "ca"):
        for month in range(12):
            yield _dump(world, site, world.now - timedelta(days=30 * month))
    yield _dump(world, "ca", limit)  # near miss: its year ends today
    if "x6-old-backup" in planted:
        yield _dump(world, "eu", limit - timedelta(days=26))


def _dump(world: World, site: str, at: datetime) -> Document:
    rng = world.rng(f"backup-{site}-{at:%Y-%m-%d}")
    path = f"{at:%Y}/dump-{at:%Y-%m-%d}.pgdump"
    return Document(f"backup-{site}", path, b"PGDMP\x01\x0e" + rng.randbytes(400), at)
