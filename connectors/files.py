"""Log files and folders: rotated sets of log files as assets, other files by path, size and type.

To tell logs from other files, the beginning (64 KiB) of each file is looked at. Settings files (up
to 1 MiB) are read as one row of keys and values; of web pages what they load from elsewhere.
Nothing else of a file that is no log is ever read.
"""

import os
from collections.abc import Iterator, Sequence
from datetime import UTC, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from connectors.files_names import base_name, is_log_name
from connectors.files_walk import Walk, real_parts
from connectors.log_ask import LogAsking
from connectors.log_every import EveryEntry
from connectors.log_explain import explain, human_size
from connectors.log_files import LogFile, Place, look_at, modified
from connectors.log_sample import Sampler
from connectors.log_table import Table
from connectors.media import ending, is_document, media_type
from connectors.pages import FIELDS, is_page, read_page
from connectors.settings import are_settings, read_settings
from scanner.errors import StoreError
from scanner.model import (
    Asset,
    Batch,
    Budget,
    Gap,
    GapReason,
    Listing,
    Measure,
    Method,
    Path,
    Question,
    Sample,
    Source,
    asset_path,
    encode,
)

_NAMED_LOGS = frozenset(("txt", "log", "out", "err", ""))  # read as a log when named explicitly


class FilesConnector:
    """Reads a folder, or one file. Opens files for reading only; follows no links out of it.

    ``application`` is what every connector takes; files have no sessions to show it on. Raise
    StoreError when the path is missing or the source's time zone is unknown.
    """

    def __init__(self, source: Source, *, application: str = "ropascan") -> None:
        del application
        self._source = source
        self._zone = _zone(source)
        self._asking = LogAsking()
        if source.url:
            raise StoreError(
                "log files and folders are named by path, not by url; write path = and the place",
                "unsupported",
            )
        self._root = os.path.realpath(source.path)
        if not source.path or not os.path.exists(self._root):
            raise StoreError(
                f"the folder or file of source {source.name!r} does not exist; check its path",
                "unreachable",
            )
        self._single = not os.path.isdir(self._root)

    def probe(self) -> str:
        """Return one sentence on what the path is. Raise StoreError when it cannot be read."""
        if self._single:
            place = self._place()
            look_at(place, self._zone)
            return f"one file, {human_size(place.size)}, readable"
        counts = [len(folder.files) for folder in Walk(self._source, self._root).folders()]
        return f"folder, readable; files: {sum(counts):,}, folders: {len(counts):,}"

    def assets(self) -> Listing:
        """List logs (a rotated set is one asset) and other files, sorted by path."""
        if self._single:
            return Listing((self._asset((), [look_at(self._place(), self._zone)]),))
        walk = Walk(self._source, self._root)
        assets: list[Asset] = []
        for folder in walk.folders():
            files, gaps = self._looked_at(folder.files, folder.parts)
            walk.gaps += gaps
            assets += [self._asset(folder.parts, found) for found in _sets(files)]
        assets.sort(key=lambda asset: asset.path)
        # What a listed log lacks is told when it is read.
        listed = {asset.path for asset in assets}
        gaps = [gap for gap in walk.gaps if gap.asset not in listed]
        gaps.sort(key=lambda gap: (gap.asset, gap.detail))
        omissions = sorted(walk.omissions, key=lambda item: (item.asset, item.by))
        return Listing(tuple(assets), tuple(gaps), tuple(omissions), complete=not gaps)

    def read(self, asset: Asset, budget: Budget) -> Sample:
        """Sample the entries of a log, or read settings or a page; of other files nothing."""
        if asset.type in ("settings", "page"):
            file = look_at(self._file(asset), self._zone)
            return (read_settings if asset.type == "settings" else read_page)(file, asset, budget)
        if asset.type != "log":
            return Sample(iter(()), Method.NONE)
        files, gaps = self._members(asset)
        if budget.rows is None:
            sample = Sample(iter(()), Method.WHOLE, gaps=gaps)
            sample.batches = EveryEntry(files, budget, sample).batches(asset.source, asset.path)
            return sample
        taken = Sampler(files, budget).take()
        table = Table(len(taken.entries), budget.cell)
        for entry in taken.entries:
            file = files[entry.file]
            table.add(file.decode(entry.data), file.format, file.clock, short=entry.short)
        gaps += [Gap(asset.source, reason, text, asset.path) for reason, text in taken.gaps]
        return Sample(
            _filled(table, files),
            taken.method,
            taken.population,
            taken.counted and not gaps,
            len(taken.entries),
            taken.bytes,
            table.cut,
            gaps,
        )

    def ask(self, asset: Asset, question: Question) -> Measure:
        """Answer from the entries of a log, or from the times of other files."""
        if asset.type != "log":
            return self._asking.answer(asset, [], question)
        files, gaps = self._members(asset)
        if gaps:
            raise StoreError(f"not all files could be read: {gaps[0].detail}", "not_measured")
        return self._asking.answer(asset, files, question)

    def statements(
        self, asset: Asset, budget: Budget, questions: tuple[Question, ...]
    ) -> tuple[str, ...]:
        """Say in sentences what would be read."""
        places = self._candidates(asset) if asset.type == "log" else []
        return explain(asset, places, budget, questions)

    def close(self) -> None:
        """Do nothing: each file is closed as soon as it was read."""

    def _place(self) -> Place:
        state = os.stat(self._root)
        name = os.path.basename(self._source.path.rstrip("/\\")) or os.path.basename(self._root)
        return Place(self._root, name, state.st_size, modified(state.st_mtime))

    def _looked_at(
        self, places: Sequence[Place], parts: Sequence[str]
    ) -> tuple[list[LogFile], list[Gap]]:
        files, gaps = [], []
        for place in places:
            try:
                files.append(look_at(place, self._zone))
            except StoreError as error:
                kind = "log" if is_log_name(place.name) else "file"
                name = base_name(place.name) if kind == "log" else place.name
                path = asset_path(kind, self._source.name, *parts, name)
                gaps.append(Gap(self._source.name, GapReason(error.reason), str(error), path))
        return files, gaps

    def _asset(self, parts: Sequence[str], files: Sequence[LogFile]) -> Asset:
        """Return the asset of a rotated set or of one file."""
        newest = max(files, key=lambda file: (file.place.modified, file.place.name))
        log = is_log(newest, explicit=self._single)
        name = newest.place.name if self._single or not log else base_name(newest.place.name)
        kind = "log" if log else "file"
        type_ = kind if log else _type(newest)
        media = newest.format.media if log else _media(newest)
        estimated = log and all(file.seekable and file.mean for file in files)
        return Asset(
            asset_path(kind, self._source.name, *parts, name),
            self._source.name,
            kind,
            type_,
            newest.format.fields if log else FIELDS if type_ == "page" else (),
            sum(int(f.place.size / f.mean) for f in files) if estimated else None,
            size=sum(file.place.size for file in files),
            modified=newest.place.modified,
            media_type=media,
            siblings=len(files),
        )

    def _file(self, asset: Asset) -> Place:
        """Return the one file that an asset stands for. Raise StoreError when it is gone."""
        if self._single:
            return self._place()
        *folders, last = Path.parse(asset.path).segments
        parts = real_parts(self._root, tuple(folders))
        try:
            files = Walk(self._source, self._root).one(parts)[0] if parts is not None else ()
        except OSError:
            files = ()
        found = [file for file in files if encode(file.name) == last]
        if not found:
            raise StoreError("the file is gone; scan again", "unreadable")
        return found[0]

    def _candidates(self, asset: Asset) -> list[Place]:
        """Return the files that the name of a log covers."""
        if self._single:
            return [self._place()]
        *folders, last = Path.parse(asset.path).segments
        parts = real_parts(self._root, tuple(folders))
        try:
            if parts is None:
                raise FileNotFoundError
            files, _ = Walk(self._source, self._root).one(parts)
        except OSError:
            raise StoreError("the folder of this log is gone; scan again", "unreadable") from None
        return [file for file in files if encode(base_name(file.name)) == last]

    def _members(self, asset: Asset) -> tuple[list[LogFile], list[Gap]]:
        candidates = self._candidates(asset)
        files, gaps = self._looked_at(candidates, ())
        files = [file for file in files if is_log(file, explicit=self._single)]
        gaps = [Gap(gap.source, gap.reason, gap.detail, asset.path) for gap in gaps]
        if not files:
            if gaps:
                raise StoreError(gaps[0].detail, gaps[0].reason.value)
            raise StoreError("the files of this log are gone; scan again", "unreadable")
        files.sort(key=lambda file: (file.place.modified, file.place.name))
        return files, gaps


def _zone(source: Source) -> tzinfo:
    if source.timezone.upper() in ("", "UTC", "Z"):
        return UTC
    try:
        return ZoneInfo(source.timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise StoreError(
            f"the timezone {source.timezone!r} of source {source.name!r} is not known here; write "
            "a name such as Europe/Paris (on Windows: pip install tzdata)",
            "unsupported",
        ) from None


def is_log(file: LogFile, *, explicit: bool) -> bool:
    """Tell whether a file is a log, by its name and by its lines.

    ``explicit``: the file itself is the source, so that a plain text is read as a log.
    """
    named = is_log_name(file.place.name)
    last = ending(base_name(file.place.name))
    if not file.head.text:
        # Nothing to judge (empty, a hole, damaged from the start): then the name does.
        return (named or (explicit and last in _NAMED_LOGS)) and not file.head.data.strip(b"\0")
    if named or file.format.header:
        return True
    if explicit and last in _NAMED_LOGS:
        return True
    return file.fits and not is_document(last)


def _sets(files: Sequence[LogFile]) -> Iterator[list[LogFile]]:
    """Group the logs of one folder by name without rotation; other files stay alone."""
    logs: dict[str, list[LogFile]] = {}
    for file in files:
        if is_log(file, explicit=False):
            logs.setdefault(base_name(file.place.name), []).append(file)
        else:
            yield [file]
    yield from logs.values()


def _type(file: LogFile) -> str:
    """Return what a file that is no log is read as."""
    try:
        return "settings" if are_settings(file) else "page" if is_page(file) else "file"
    except StoreError:  # gone or damaged since its beginning was read: known by its name
        return "file"


def _media(file: LogFile) -> str:
    return media_type(file.head.raw, file.place.name, text=file.head.text)


def _filled(table: Table, files: Sequence[LogFile]) -> Iterator[Batch]:
    yield from table.batches(files[-1].clock)
