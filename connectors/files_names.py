"""What the name of a file says: which rotated set it belongs to, and whether it is a log."""

import re

_COMPRESSED = re.compile(r"\.(?:gz|bz2|xz|lzma|zst|zstd)$", re.IGNORECASE)
_DAY = r"(?:19|20)\d\d(?P<sep>[-_.]?)(?:0[1-9]|1[0-2])(?P=sep)(?:0[1-9]|[12]\d|3[01])"
_MONTH = r"(?:19|20)\d\d[-_.](?:0[1-9]|1[0-2])"
_CLOCK = r"(?:[-_T.](?:[01]\d|2[0-3])(?:[-_.:h]?[0-5]\d(?:[-_.:]?[0-5]\d)?)?Z?)?"
_COUNT = r"(?:[-_.]\d{1,4})?"
_DATE = rf"(?:{_DAY}{_CLOCK}|{_MONTH})"
_DATED = "yyyy-mm-dd"  # stands for a name that is nothing but its date

# Each pattern keeps the groups "head" and "tail" and drops what a rotation put between them.
_ROTATIONS = (
    re.compile(
        rf"(?P<head>.+?)[-_.]{_DATE}{_COUNT}(?P<tail>)"
    ),  # app.log-20260114, app.log.2026-01
    re.compile(r"(?P<head>.+?)[-.]1\d{9}(?P<tail>)"),  # logrotate's "dateformat -%s"
    re.compile(r"(?P<head>.+)\.(?:\d{1,4}|old|bak|prev|orig)(?P<tail>)", re.IGNORECASE),
    re.compile(rf"(?P<head>.*?)[-_.]?{_DATE}{_COUNT}(?P<tail>\.[A-Za-z]\w*)"),  # app-2026-01-14.log
    re.compile(rf"(?P<head>){_DATE}[-_.](?P<tail>.+)"),  # 2026-01-14-app.log
    re.compile(r"(?P<head>u_(?:ex|in|nc))\d{6,8}(?:_x)?(?P<tail>\.log)", re.IGNORECASE),  # IIS
    re.compile(r"(?P<head>.*[^\d.])\.\d{1,3}(?P<tail>\.log)", re.IGNORECASE),  # app.1.log
)

_LOG_NAME = re.compile(
    r""".+\.(?:log|logs|jsonl|ndjson|journal\.txt|err|out|trace)
      | (?:.*[_-])?(?:access|error|slow|query|audit|request|transfer|debug)[_-]?logs?(?:\.txt)?
      | .+[_-]log
      | syslog | messages | secure | maillog | mail | auth | kern | daemon | cron | user | debug
      | dmesg | boot | xferlog | stdout | stderr | log | logs
    """,
    re.IGNORECASE | re.VERBOSE,
)


def base_name(name: str) -> str:
    """Return a file's name without what rotation and compression added to it.

    ``app.log.2.gz``, ``app-2026-01-14.log`` and ``app.log-20260114.xz`` all give ``app.log``. A
    name that is only a date gives ``yyyy-mm-dd`` and its ending.
    """
    base = _COMPRESSED.sub("", name) or name
    for _ in range(3):  # app.log.2026-01-14.1: a date and a counter
        shorter = _strip_once(base)
        if shorter == base:
            break
        base = shorter
    return base


def _strip_once(name: str) -> str:
    if re.fullmatch(_DATE, name):
        return _DATED
    for pattern in _ROTATIONS:
        match = pattern.fullmatch(name)
        if match:
            head, tail = match["head"], match["tail"]
            return (head or (_DATED if tail.startswith(".") else "")) + tail
    return name


def is_log_name(name: str) -> bool:
    """Tell whether a file's name says that it is a log, rotated and compressed or not."""
    return _LOG_NAME.fullmatch(base_name(name)) is not None
