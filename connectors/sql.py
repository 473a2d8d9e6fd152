"""The SQL connector: SQLite, PostgreSQL, MariaDB and MySQL through SQLAlchemy.

The session is read-only, an account that can write is refused unless the source allows it, and
every statement is made of SQLAlchemy's expressions or is a constant.
"""

from collections.abc import Iterator

import sqlalchemy as sa

from connectors import sampling_keys, sampling_postgresql, sql_explain
from connectors.questions import Asking
from connectors.questions_time import unasked
from connectors.sampling import Draw
from connectors.sql_batches import Reader
from connectors.sql_catalogue import Found, listing
from connectors.sql_catalogue_mysql import find_mysql
from connectors.sql_catalogue_postgresql import find_postgresql
from connectors.sql_catalogue_sqlite import list_sqlite
from connectors.sql_grants import refuse_writer
from connectors.sql_session import Session
from connectors.sql_target import Target, target_of
from connectors.sql_url import is_local, resolve
from scanner.model import (
    Asset,
    Batch,
    Budget,
    Gap,
    GapReason,
    Listing,
    Measure,
    Method,
    Question,
    Sample,
    Source,
)

__all__ = ["SqlConnector"]


class SqlConnector:
    """Reads one SQL store; answers questions, shows its statements and checks its connection.

    Nothing is connected before the first use. ``seconds`` limits each catalogue query and
    question; a read is limited by its budget. One connection, one statement at a time: a sample
    that is not read to its end is given up when the next begins.
    """

    def __init__(self, source: Source, *, application: str = "ropascan") -> None:
        self.seconds = 30.0
        self._source = source
        self._target = resolve(source, application)
        self._session = Session(self._target)
        self._asking = Asking(self._session, full_scan=source.full_scan)
        self._assets: dict[str, Asset] = {}  # as last listed
        self._reading: Draw | None = None
        self._trusted = self._target.kind == "sqlite"  # opened for reading by us

    @property
    def session(self) -> Session:
        """The connection; for tests."""
        return self._session

    def _begin(self, seconds: float) -> None:
        """Give up what was going on, so that it does not go on elsewhere, and allow some time."""
        if self._reading is not None:
            self._reading.give_up()
            self._reading = None
        self._session.begin(seconds)

    def assets(self) -> Listing:
        """List tables, and views when the source asks for them; see :class:`Connector`."""
        self._begin(self.seconds)
        self._asking.forget()
        try:
            if self._target.kind == "sqlite":
                listed = list_sqlite(self._session, self._source)
            else:
                listed = self._listed(self._found())
        finally:
            self._session.end()
        self._assets = {asset.path: asset for asset in listed.assets}
        return listed

    def _found(self) -> Found:
        find = find_postgresql if self._target.kind == "postgresql" else find_mysql
        return find(self._session, self._source, self._target.database)

    def _listed(self, found: Found) -> Listing:
        listed = listing(self._source, self._target.kind, found)
        if found.writers and not self._source.allow_write_grants:
            refuse_writer(
                self._session.dialect, listed.assets, self._target.database, found.writers
            )
        self._trusted = True
        return listed

    def _trust(self) -> None:
        """Check the account once, also when the assets come from an earlier listing."""
        if not self._trusted and not self._source.allow_write_grants:
            self.assets()

    def read(self, asset: Asset, budget: Budget) -> Sample:
        """Draw rows of a table; see :class:`Connector`. The sample's method is final at its end."""
        target = target_of(asset, self._target.kind)
        if not target.fields:
            detail = "none of its fields can be read; scan again, or grant SELECT on them"
            gap = Gap(asset.source, GapReason.UNREADABLE, detail, asset.path)
            return Sample(iter(()), Method.NONE, asset.population, asset.counted, gaps=[gap])
        if budget.most <= 0:
            return Sample(iter(()), Method.NONE, asset.population, asset.counted)
        self._trust()
        self._begin(budget.seconds)
        module = sampling_postgresql if self._target.kind == "postgresql" else sampling_keys
        drawn = module.draw(self._session, target, budget, full_scan=self._source.full_scan)
        drawn.start()
        self._reading = drawn
        sample = Sample(iter(()), drawn.method, drawn.population, drawn.counted)
        sample.gaps += drawn.gaps
        reader = Reader(sample, drawn, target.fields, self._target.kind, budget)
        sample.batches = self._batches(reader, asset)
        return sample

    def _batches(self, reader: Reader, asset: Asset) -> Iterator[Batch]:
        try:
            yield from reader.batches(asset.source, asset.path)
        finally:
            self._session.end()

    def ask(self, asset: Asset, question: Question) -> Measure:
        """Answer a question in SQL; see :class:`Answers`."""
        self._trust()
        if question.through is not None and not self._assets:
            self.assets()
        target = target_of(asset, self._target.kind)
        self._begin(self.seconds)
        try:
            return self._asking.ask(target, question, self._find)
        finally:
            self._session.end()

    def _find(self, path: str) -> Target:
        """Find an asset among those listed, for a question that goes through it."""
        asset = self._assets.get(path)
        if asset is None:
            raise unasked(
                "the asset that lists the customers is not in this source, or is left out of it; "
                "check store.subject and include"
            )
        return target_of(asset, self._target.kind)

    def statements(
        self, asset: Asset, budget: Budget, questions: tuple[Question, ...]
    ) -> tuple[str, ...]:
        """Show what reading and asking would send; nothing is connected."""
        return sql_explain.statements(
            self._session.dialect,
            target_of(asset, self._target.kind),
            budget,
            questions,
            find=self._find,
            full_scan=self._source.full_scan,
        )

    def probe(self) -> str:
        """Connect and check the account; see :class:`Probes`."""
        self._begin(self.seconds)
        try:
            name = self._product()
            if self._target.kind != "sqlite":
                self._listed(self._found())
        finally:
            self._session.end()
        return f"{name}, read-only{self._encryption()}"

    def _product(self) -> str:
        function = sa.func.sqlite_version() if self._target.kind == "sqlite" else sa.func.version()
        text = str(self._session.all(sa.select(function))[0][0])
        if self._target.kind == "sqlite":
            return f"SQLite {text}"
        if self._target.kind == "postgresql":
            return " ".join(text.split()[:2])
        product = "MariaDB" if "mariadb" in text.lower() else "MySQL"
        return f"{product} {text.partition('-')[0]}"

    def _encryption(self) -> str:
        if self._target.kind == "sqlite":
            return ""
        if self._target.verified:
            return ", TLS verified"
        return ", this machine" if is_local(self._target.url.host) else ", TLS not verified"

    def close(self) -> None:
        """Close the connection. Never raises."""
        if self._reading is not None:
            self._reading.give_up()
        self._session.close()
