"""The formats of log lines, one parser each, and the vote that chooses one for a file.

A parser takes one entry and returns its cells, or None when the entry is not of its format; such an
entry becomes one message.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from connectors.log_json import top_cells
from connectors.log_tables import header_format, is_comment
from connectors.log_time import Clock
from connectors.log_types import MESSAGE_KEYS, TIME_KEYS, Cell, Format, cell, message, timed
from scanner.model import Field, Kind, field_name

_LEVEL = (
    r"(?P<level>TRACE|DEBUG|VERBOSE|INFO|INFORMATION|NOTICE|WARN|WARNING|ERROR|ERR|SEVERE|FATAL|CRIT"
    r"|CRITICAL|ALERT|EMERG|FINE|FINER|FINEST|CONFIG|trace|debug|info|notice|warn|warning|error|err"
    r"|fatal|crit|critical|alert|emerg)"
)
_LEVEL_FIRST = re.compile(rf"[\[(<]?{_LEVEL}[\])>]?(?:[\s:|,-]+|$)")
_LEVEL_AFTER_THREAD = re.compile(rf"\[[^\]]{{0,80}}\]\s+{_LEVEL}\b")
_SYSLOG = re.compile(
    r"(?:<\d{1,3}>)?(?P<time>[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d(?:\.\d+)?(?: \d{4})?"
    r"|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d))"
    r" (?P<host>[\w.:-]*\w) "
    r"(?:(?P<program>[\w./@()-]{1,64}?)(?:\[(?P<pid>\d+)\])?: ?)?(?P<message>.*)",
    re.DOTALL,
)
_RFC5424 = re.compile(
    r"(?:<\d{1,3}>)?1 (?P<time>-|\d{4}-\d\d-\d\dT\S+) (?P<host>\S+) (?P<program>\S+) (?P<pid>\S+)"
    r" (?P<msgid>\S+) (?P<data>-|(?:\[(?:[^\]\\\"]|\"(?:[^\"\\]|\\.)*\")*\])+)"
    r"(?: (?P<message>.*))?",
    re.DOTALL,
)
_ELEMENT = re.compile(r"\[([^\s\]=\"]+)((?:\s+[^\s=\]\"]+=\"(?:[^\"\\]|\\.)*\")*)\s*\]")
_PARAMETER = re.compile(r"([^\s=\]\"]+)=\"((?:[^\"\\]|\\.)*)\"")
_QUOTED = r'"((?:[^"\\]|\\.)*)"'
_ACCESS = re.compile(
    r"(?:(?P<vhost>[\w.*-]+(?::\d+)?) )?(?P<remote>[\w.:%-]+(?:, ?[\w.:%-]+)*) (?P<ident>\S+)"
    r" (?P<user>[^\[\]]{1,256}?) \[(?P<time>\d\d/[A-Z][a-z]{2}/\d{4}:\d\d:\d\d:\d\d [+-]\d{4})\]"
    rf" {_QUOTED} (?P<status>\d{{3}}|-) (?P<size>\d+|-)(?: {_QUOTED} {_QUOTED})?(?: (?P<extra>.*))?"
)
_PAIR = re.compile(r"([A-Za-z_@][\w.@/-]*)=(\"(?:[^\"\\]|\\.)*\"|[^\s\"=]\S*|)(?:\s+|$)")


def _logfmt(line: str, clock: Clock) -> list[Cell] | None:
    if line.count("=") < 2:  # most lines of other formats: their time need not be read
        return None
    cells: list[Cell] = []
    at = 0
    begins = clock.leading(line)
    if begins:
        cells.append(timed("timestamp", begins[0], clock))
        at = begins[1]
    start = at
    pairs = 0
    while match := _PAIR.match(line, at):
        at, pairs = match.end(), pairs + 1
        key, value = match.groups()
        if value.startswith('"'):
            value = re.sub(r"\\(.)", r"\1", value[1:-1])
        cells.append(_pair(key, value, clock))
    return cells if pairs >= 2 and at >= len(line.rstrip()) > start else None


def _pair(key: str, value: str, clock: Clock) -> Cell:
    name = field_name(key)
    if key.lower() in MESSAGE_KEYS:
        return Cell(name, Kind.MESSAGE, value)
    if key.lower() in TIME_KEYS and clock.read(value):
        return timed(name, value, clock)
    return Cell(name, Kind.TEXT, value)


def _syslog(line: str, clock: Clock) -> list[Cell] | None:
    match = _SYSLOG.fullmatch(line)
    if match is None or (match["time"][0].isdigit() and not match["program"]):
        return None
    if _LEVEL_FIRST.match(match["host"]):  # "…Z INFO main: started" has no host
        return None
    return [
        timed("timestamp", match["time"], clock),
        Cell("host", Kind.TEXT, match["host"]),
        Cell("program", Kind.TEXT, match["program"]),
        Cell("pid", Kind.INTEGER, match["pid"]),
        message(match["message"]),
    ]


def _rfc5424(line: str, clock: Clock) -> list[Cell] | None:
    match = _RFC5424.fullmatch(line)
    if match is None:
        return None
    cells = [
        timed("timestamp", match["time"], clock),
        cell("host", match["host"]),
        cell("program", match["program"]),
        cell("pid", match["pid"]),
        cell("msgid", match["msgid"]),
    ]
    for element, parameters in _ELEMENT.findall(match["data"]):
        for key, value in _PARAMETER.findall(parameters):
            text = re.sub(r"\\(.)", r"\1", value)
            cells.append(Cell(field_name(element, key), Kind.TEXT, text))
    return [*cells, message((match["message"] or "").removeprefix("\ufeff"))]


def _access(line: str, clock: Clock) -> list[Cell] | None:
    match = _ACCESS.fullmatch(line)
    if match is None:
        return None
    request, referer, agent = (text and text.replace('\\"', '"') for text in match.group(6, 9, 10))
    cells = [
        cell("remote_addr", match["remote"]),
        cell("ident", match["ident"]),
        cell("remote_user", match["user"].strip('"')),
        timed("time", match["time"], clock),
        cell("request", request),
        cell("status", match["status"], Kind.INTEGER),
        cell("size", match["size"], Kind.INTEGER),
    ]
    if match["vhost"]:
        cells.insert(0, cell("vhost", match["vhost"]))
    if agent is not None:
        cells += [cell("referer", referer), cell("user_agent", agent)]
    return [*cells, cell("extra", match["extra"])] if match["extra"] else cells


def _plain(line: str, clock: Clock) -> list[Cell] | None:
    begins = clock.leading(line)
    if begins is None:
        return None
    rest = line[begins[1] :]
    cells = [timed("timestamp", begins[0], clock)]
    level = _LEVEL_FIRST.match(rest)
    if level:
        rest = rest[level.end() :]
    else:
        level = _LEVEL_AFTER_THREAD.match(rest)
    cells.append(Cell("level", Kind.TEXT, level["level"] if level else None))
    return [*cells, message(rest)]


def _text(line: str, clock: Clock) -> list[Cell] | None:
    del clock
    return [message(line)]


def _fields(**kinds: Kind) -> tuple[Field, ...]:
    return tuple(Field(name, kind) for name, kind in kinds.items())


_MESSAGE = {"message": Kind.MESSAGE}
_HOST = {"timestamp": Kind.TIMESTAMP, "host": Kind.TEXT, "program": Kind.TEXT}
_ACCESS_FIELDS = _fields(
    remote_addr=Kind.TEXT,
    ident=Kind.TEXT,
    remote_user=Kind.TEXT,
    time=Kind.TIMESTAMP,
    request=Kind.TEXT,
    status=Kind.INTEGER,
    size=Kind.INTEGER,
    referer=Kind.TEXT,
    user_agent=Kind.TEXT,
)
JSON = Format("JSON lines", top_cells, time=TIME_KEYS, media="application/jsonl")
TEXT = Format("text", _text, fields=_fields(**_MESSAGE), joined=True)
PLAIN = Format(
    "text with times",
    _plain,
    fields=_fields(timestamp=Kind.TIMESTAMP, level=Kind.TEXT, **_MESSAGE),
    time=("timestamp",),
    joined=True,
)
LOGFMT = Format("logfmt", _logfmt, time=TIME_KEYS, joined=True)
# The more a format asks for, the earlier it stands: the first that fits a line has its vote.
FORMATS: tuple[Format, ...] = (
    JSON,
    Format("access log", _access, fields=_ACCESS_FIELDS, time=("time",)),
    Format(
        "syslog (RFC 5424)",
        _rfc5424,
        fields=_fields(**_HOST, pid=Kind.TEXT, msgid=Kind.TEXT, **_MESSAGE),
        time=("timestamp",),
        joined=True,
    ),
    Format(
        "syslog",
        _syslog,
        fields=_fields(**_HOST, pid=Kind.INTEGER, **_MESSAGE),
        time=("timestamp",),
        joined=True,
    ),
    LOGFMT,
    PLAIN,
)


@dataclass(frozen=True, slots=True)
class Vote:
    """The format of a file and how many of the lines looked at are of it."""

    format: Format
    fits: int
    of: int

    @property
    def is_log(self) -> bool:
        """Most lines, and more than one, are of a format that logs have."""
        return self.format is not TEXT and self.fits >= 2 and self.fits * 2 > self.of


def vote(lines: Sequence[str], clock: Clock) -> Vote:
    """Choose the format of a file from its first lines (those that continue an entry left out)."""
    header = header_format(lines)
    rows = [line for line in lines if line.strip() and not line.startswith((" ", "\t"))]
    if header is not None:
        rows = [line for line in rows if not is_comment(line)]
        # A header is decisive, even when no line follows it yet.
        return Vote(header, len(rows) + 2, len(rows) + 2)
    counts: Counter[str] = Counter()
    for line in rows:
        counts[next((f.name for f in FORMATS if f.parse(line, clock)), TEXT.name)] += 1
    best = max(FORMATS, key=lambda f: counts[f.name])  # a tie goes to the stricter
    structured = sum(counts[f.name] for f in FORMATS)
    if counts[best.name] * 2 > len(rows):
        return Vote(best, counts[best.name], len(rows))
    if structured * 2 > len(rows) or counts[PLAIN.name] * 4 > len(rows):
        # Several formats in one file, or entries of many lines: keep the time, else one message.
        return Vote(PLAIN, structured, len(rows))
    return Vote(TEXT, 0, len(rows))
