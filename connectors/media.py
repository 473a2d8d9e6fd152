"""Media types by the first bytes of a file, then by the ending of its name.

The standard library's table is not used: it reads files of the machine, so two machines would say
different things of one file.
"""

_MAGIC: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (0, b"II*\x00", "image/tiff"),
    (0, b"MM\x00*", "image/tiff"),
    (0, b"%PDF-", "application/pdf"),
    (0, b"SQLite format 3\x00", "application/vnd.sqlite3"),
    (0, b"\x1f\x8b", "application/gzip"),
    *((0, b"BZh%d1AY" % size, "application/x-bzip2") for size in range(1, 10)),
    (0, b"\xfd7zXZ\x00", "application/x-xz"),
    (0, b"\x28\xb5\x2f\xfd", "application/zstd"),
    (0, b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (0, b"Rar!\x1a\x07", "application/vnd.rar"),
    (257, b"ustar", "application/x-tar"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"\xff\xfb", "audio/mpeg"),
    (0, b"OggS", "audio/ogg"),
    (0, b"fLaC", "audio/flac"),
    (0, b"#!AMR", "audio/amr"),
    (0, b"\x1aE\xdf\xa3", "video/x-matroska"),
    (0, b"\x7fELF", "application/x-elf"),
    (0, b"MZ\x90\x00", "application/vnd.microsoft.portable-executable"),
    (0, b"PAR1", "application/vnd.apache.parquet"),
    (0, b"Obj\x01", "application/avro"),
    (0, b"!BDN", "application/vnd.ms-outlook"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (0, b"ElfFile\x00", "application/x-windows-event-log"),
    (0, b"LPKSHHRH", "application/x-systemd-journal"),
    (0, b"\xd4\xc3\xb2\xa1", "application/vnd.tcpdump.pcap"),
    (0, b"\xa1\xb2\xc3\xd4", "application/vnd.tcpdump.pcap"),
    (0, b"PGDMP", "application/x-postgresql-dump"),
)
_RIFF = {b"WAVE": "audio/wav", b"AVI ": "video/x-msvideo", b"WEBP": "image/webp"}
_ZIP = b"PK\x03\x04"
_ZIPPED = {  # formats that are zip archives: the ending decides
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "epub": "application/epub+zip",
    "jar": "application/java-archive",
}
_ENDINGS = {
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "txt": "text/plain",
    "md": "text/markdown",
    "rst": "text/x-rst",
    "html": "text/html",
    "htm": "text/html",
    "css": "text/css",
    "xml": "application/xml",
    "svg": "image/svg+xml",
    "json": "application/json",
    "jsonl": "application/jsonl",
    "ndjson": "application/jsonl",
    "yaml": "application/yaml",
    "yml": "application/yaml",
    "toml": "application/toml",
    "ini": "text/x-ini",
    "conf": "text/x-ini",
    "cfg": "text/x-ini",
    "cnf": "text/x-ini",
    "config": "application/xml",
    "properties": "text/x-properties",
    "env": "text/x-properties",
    "sql": "application/sql",
    "py": "text/x-python",
    "js": "text/javascript",
    "mjs": "text/javascript",
    "ts": "text/x-typescript",
    "java": "text/x-java",
    "c": "text/x-c",
    "h": "text/x-c",
    "go": "text/x-go",
    "rb": "text/x-ruby",
    "php": "text/x-php",
    "sh": "text/x-shellscript",
    "ps1": "text/x-powershell",
    "vcf": "text/vcard",
    "ics": "text/calendar",
    "eml": "message/rfc822",
    "mbox": "application/mbox",
    "rtf": "application/rtf",
    "pem": "application/x-pem-file",
    "key": "application/x-pem-file",
    "doc": "application/msword",
    "xls": "application/vnd.ms-excel",
    "ppt": "application/vnd.ms-powerpoint",
    "msg": "application/vnd.ms-outlook",
    "heic": "image/heic",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "tif": "image/tiff",
    "tiff": "image/tiff",
    "m4a": "audio/mp4",
    "mp3": "audio/mpeg",
    "wav": "audio/wav",
    "ogg": "audio/ogg",
    "opus": "audio/ogg",
    "amr": "audio/amr",
    "flac": "audio/flac",
    "mp4": "video/mp4",
    "webm": "video/webm",
    **_ZIPPED,
}
_LOG_ENDINGS = frozenset({"txt", "json", "jsonl", "ndjson"})  # the lines decide
UNKNOWN_TEXT = "text/plain"
UNKNOWN = "application/octet-stream"


def magic_type(head: bytes) -> str:
    """Return the media type that the first bytes (300 are enough) say, or an empty string."""
    for at, sign, media in _MAGIC:
        if head.startswith(sign, at):
            return media
    if head.startswith(b"RIFF"):
        return _RIFF.get(head[8:12], "")
    if head.startswith(_ZIP):
        return "application/zip"
    if head.startswith(b"BM") and b"\0" in head[:16]:  # two letters alone are no proof
        return "image/bmp"
    if head[4:8] == b"ftyp":
        return "audio/mp4" if head[8:11] == b"M4A" else "video/mp4"
    return ""


def ending(name: str) -> str:
    """Return the ending of a file's name in lower case, without its dot; or an empty string."""
    stem, dot, last = name.rpartition(".")
    return last.lower() if dot and stem else ""


def is_document(last: str) -> bool:
    """Tell whether an ending names documents with a structure of their own.

    Lines that look like those of a log do not make a log of them: a CSV may begin with a time.
    """
    return last in _ENDINGS and last not in _LOG_ENDINGS


def media_type(head: bytes, name: str, *, text: bool) -> str:
    """Return a file's media type: by its first bytes, else its name, else text or unknown bytes.

    ``text`` says whether the bytes look like text. A name never turns text into a picture.
    """
    found = magic_type(head)
    if found in ("application/zip", "application/x-ole-storage"):
        return _ENDINGS.get(ending(name), found)
    if found:
        return found
    named = _ENDINGS.get(ending(name), "")
    if text or not head:
        return named or UNKNOWN_TEXT
    return named if named.startswith(("audio/", "image/", "video/")) else UNKNOWN
