"""SQLite files for the tests, made by statements and opened through the connector."""

from typing import Protocol

from connectors.sql import SqlConnector
from scanner.model import Asset, Listing

SERIES = "WITH RECURSIVE s(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM s WHERE i < {}) "


class Make(Protocol):
    """Run statements on a file and open it; settings are those of the source."""

    def __call__(self, *statements: str, **settings: object) -> SqlConnector:
        """Open the file."""
        ...


def only(listing: Listing) -> Asset:
    """The one asset of a listing."""
    (asset,) = listing.assets
    return asset
