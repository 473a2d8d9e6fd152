"""What bytes are: text, or a media type by their first bytes. Nothing is decoded blindly."""

from connectors.media import UNKNOWN, UNKNOWN_TEXT, magic_type


def examine(raw: bytes, *, cut: bool = False) -> tuple[str | None, str]:
    """Return the text of bytes that are printable UTF-8, else null, and their media type.

    With ``cut`` the bytes are the beginning of something longer: a last sign that is incomplete
    does not make them binary.
    """
    if media := magic_type(raw):
        return None, media
    text = _decoded(raw, cut)
    if text is None or not _printable(text):
        return None, UNKNOWN
    return text, UNKNOWN_TEXT


def _decoded(raw: bytes, cut: bool) -> str | None:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        if cut and error.start >= len(raw) - 3 and error.reason == "unexpected end of data":
            return raw[: error.start].decode("utf-8")
        return None


def _printable(text: str) -> bool:
    return all(char.isprintable() or char in "\t\r\n\f\u00a0" for char in text)
