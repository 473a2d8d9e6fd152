"""Times as logs write them."""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo

_MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}
_MON = r"(?P<mon>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_HMS = r"(?P<h>[01]\d|2[0-3]):(?P<mi>[0-5]\d)(?::(?P<s>[0-5]\d|60)(?:[.,:](?P<f>\d{1,9}))?)?"
_ZONE = r"(?:\s?(?P<zone>Z|UTC|GMT|[+-]\d\d:?\d\d)(?![\w:]))?"
_WEEKDAY = r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)"
_Y, _M, _D = r"(?P<y>(?:19|20)\d\d)", r"(?P<m>0[1-9]|1[0-2])", r"(?P<d>0[1-9]|[12]\d|3[01])"

# In order: the first that matches at a place is taken.
_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"{_Y}(?P<q>[-/.]){_M}(?P=q){_D}[T _]{_HMS}{_ZONE}",
        rf"(?P<d>\d\d)/{_MON}/{_Y}:{_HMS}{_ZONE}",  # access logs
        rf"(?:{_WEEKDAY} )?{_MON} +(?P<d>\d\d?) {_HMS}(?: [A-Z]{{3,4}})? {_Y}\b",  # asctime
        rf"(?:{_WEEKDAY}, )?(?P<d>\d\d?)[ -]{_MON}[ -]{_Y} {_HMS}{_ZONE}",  # mail, Tomcat
        rf"{_MON} +(?P<d>\d\d?) {_HMS}",  # syslog: the year is not written
        rf"{_Y}{_M}{_D}[ T_-](?P<h>[01]\d|2[0-3]):?(?P<mi>[0-5]\d):?(?P<s>[0-5]\d)"
        rf"(?:[.,:](?P<f>\d{{1,9}}))?{_ZONE}",
        rf"{_D}\.{_M}\.{_Y},? {_HMS}",
        rf"(?P<y2>\d\d)/{_M}/{_D} {_HMS}",  # Spark
        rf"{_M}-{_D} {_HMS}",  # Android: no year
        rf"(?P<y2>\d\d){_M}{_D} (?P<h>[01]\d|2[0-3])(?P<mi>[0-5]\d)(?P<s>[0-5]\d)\b",  # HDFS
        r"(?P<epoch>1\d{9}(?:\.\d{1,9})?|1\d{12})(?![\w.])",
    )
)
_START = re.compile(r"[\[(<]?")
_BEFORE = re.compile(r"(?:<\d{1,3}>)?(?:1 )?[\[(]?")
_AFTER = re.compile(r"[\])>]?[\s:|,;-]*")


class Clock:
    """Reads the times of one file.

    ``zone`` holds where a time has none; ``near`` is the file's time of change, from which a
    missing year follows: the latest that does not lie after it.
    """

    def __init__(self, zone: tzinfo, near: datetime) -> None:
        self._zone, self._near = zone, near + timedelta(days=1)

    def read(self, text: str) -> datetime | None:
        """Return the time that a text is, with its zone; None when it is none."""
        match = self._match(text, 0)
        if match is None or text[match.end() :].strip(" ])"):
            return None
        return self._moment(match)

    def leading(self, line: str) -> tuple[str, int] | None:
        """Return the time a line begins with, as written, and where the rest begins."""
        start = _START.match(line)
        at = start.end() if start else 0
        match = self._match(line, at)
        if match is None:
            return None
        after = _AFTER.match(line, match.end())
        end = after.end() if after else match.end()
        # "10:00:00foo" or an address that begins like a time is not a time.
        return (match.group(), end) if end > match.end() or end == len(line) else None

    def first(self, line: str) -> datetime | None:
        """Return the time that a line begins with, a syslog priority before it or not."""
        start = _BEFORE.match(line)
        match = self._match(line, start.end() if start else 0)
        return self._moment(match) if match else None

    def canonical(self, text: str) -> str:
        """Return a time in ISO 8601, without a zone when it has none; other texts unchanged."""
        match = self._match(text, 0)
        if match is None or text[match.end() :].strip(" ])"):
            return text
        moment = self._moment(match)
        if moment is None:
            return text
        groups = match.groupdict()
        known = groups.get("zone") or groups.get("epoch")
        return (moment if known else moment.replace(tzinfo=None)).isoformat()

    def _match(self, text: str, at: int) -> re.Match[str] | None:
        for form in _FORMS:
            match = form.match(text, at)
            if match:
                return match
        return None

    def _moment(self, match: re.Match[str]) -> datetime | None:
        part = match.groupdict()
        if part.get("epoch"):
            seconds = float(part["epoch"])
            return datetime.fromtimestamp(seconds / 1000 if seconds > 1e11 else seconds, UTC)
        try:
            moment = datetime(
                self._year(part),
                int(part["m"]) if part.get("m") else _MONTHS[part["mon"].lower()],
                int(part["d"]),
                int(part["h"]),
                int(part["mi"]),
                min(int(part.get("s") or 0), 59),  # 60 is a leap second
                int((part.get("f") or "0")[:6].ljust(6, "0")),
                tzinfo=_zone(part.get("zone")) or self._zone,
            )
            if part.get("y") or part.get("y2") or moment <= self._near:
                return moment
            return moment.replace(year=moment.year - 1)
        except ValueError:  # 30 February
            return None

    def _year(self, part: dict[str, str | None]) -> int:
        if part.get("y"):
            return int(part["y"] or 0)
        return 2000 + int(part["y2"] or 0) if part.get("y2") else self._near.year


def _zone(text: str | None) -> tzinfo | None:
    if not text:
        return None
    if text[0] not in "+-":
        return UTC
    hours, minutes = int(text[1:3]), int(text[-2:])
    offset = timedelta(hours=hours, minutes=minutes)
    return timezone(-offset if text[0] == "-" else offset)
