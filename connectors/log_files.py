"""The files of one log: their heads, formats and sizes, for the sampler and the questions."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo

from connectors.log_formats import TEXT, Vote, vote
from connectors.log_lines import Head, continues, look
from connectors.log_time import Clock
from connectors.log_types import Format

_LINES = 60  # of the head that vote
_RATIO = 8  # plain bytes of one compressed byte, for weights only


@dataclass(frozen=True, slots=True)
class Place:
    """A regular file as its folder lists it."""

    path: str  # in the file system, for opening only
    name: str
    size: int
    modified: datetime

    @property
    def label(self) -> str:
        """How messages name the file: never its place on the machine."""
        return f"file {self.name!r}"


@dataclass(frozen=True, slots=True)
class LogFile:
    """One file of a set, looked at."""

    place: Place
    head: Head
    format: Format
    clock: Clock = field(repr=False)
    fits: bool = False  # its lines look like those of a log
    mean: float = 0.0  # bytes of a line of its head

    @property
    def weight(self) -> int:
        """Plain bytes: known, or guessed for a compressed file."""
        return self.place.size * (_RATIO if self.head.packed else 1)

    @property
    def seekable(self) -> bool:
        """Lines can be read from anywhere in it."""
        return not self.head.packed and not self.head.encoding.startswith("utf-16")

    def decode(self, entry: bytes) -> str:
        """Return the text of an entry; what is not of the encoding is replaced."""
        encoding = "utf-8" if self.head.encoding.startswith("utf") else self.head.encoding
        return entry.decode(encoding, "replace").removeprefix("\ufeff")


def look_at(place: Place, zone: tzinfo) -> LogFile:
    """Read the head of a file and choose its format. Raise StoreError when it cannot be opened."""
    head = look(place.path, place.label)
    clock = Clock(zone, place.modified)
    if not head.text:
        return LogFile(place, head, TEXT, clock)
    lines = head.data.replace(b"\0", b"").split(b"\n")
    if len(lines) > 1 and not head.whole:
        lines.pop()  # cut by the end of the head
    kept = [line for line in lines[:_LINES] if not continues(line)]
    bare = LogFile(place, head, TEXT, clock)
    chosen: Vote = vote([bare.decode(line.rstrip(b"\r")) for line in kept], clock)
    full = [len(line) + 1 for line in lines if line.strip()]
    mean = sum(full) / len(full) if full else 0.0
    return LogFile(place, head, chosen.format, clock, chosen.is_log, mean)


def modified(seconds: float) -> datetime:
    """Return a file's time of change; one that no calendar holds is the beginning of 1970."""
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return datetime(1970, 1, 1, tzinfo=UTC)
