"""Files that are not opened: what their names, folders and media types tell."""

import pytest

from scanner.classify import by_name
from scanner.model import Asset, encode


def told(place: str, media: str) -> list[tuple[str, str]]:
    path = "/".join(encode(part) for part in place.split("/"))
    asset = Asset(f"file://docs/{path}", "docs", "file", "file", media_type=media)
    return [(one.category, str(one.confidence)) for one in by_name(asset)]


CASES = [
    ("identity_documents/scan_01.jpg", "image/jpeg", [("identity_document_copy", "probable")]),
    ("ids/passport_scan_01.jpg", "image/jpeg", [("identity_document_copy", "possible")]),
    ("KYC/a.pdf", "application/pdf", [("identity_document_copy", "probable")]),
    ("x/carte d'identité.jpg", "image/jpeg", [("identity_document_copy", "possible")]),
    ("CallRecordings/0001.wav", "audio/wav", [("call_recording", "probable")]),
    ("audio/recording-12.mp3", "audio/mpeg", [("call_recording", "possible")]),
    ("calls/12.mp3", "audio/mpeg", [("call_recording", "possible")]),
    ("voicemail/100/msg0001.wav", "audio/wav", [("voicemail_recording", "probable")]),
    ("faxes/cancer_results.pdf", "application/pdf", [("health_data", "possible")]),
    ("faxes/IRM_genou.tiff", "image/tiff", [("health_data", "possible")]),
    # Near misses.
    ("faxes/cancel_order.pdf", "application/pdf", []),
    ("img/passport-logo.png", "image/png", []),
    ("src/passport.js", "text/javascript", []),
    ("identity_documents/readme.txt", "text/plain", []),
    ("sounds/call.wav", "audio/wav", []),
    ("music/song.mp3", "audio/mpeg", []),
    ("docs/call_notes.pdf", "application/pdf", []),
    ("photos/img.jpg", "image/jpeg", []),
]


@pytest.mark.parametrize(("place", "media", "expected"), CASES, ids=[c[0] for c in CASES])
def test_names_of_files_tell_what_they_may_hold(
    place: str, media: str, expected: list[tuple[str, str]]
) -> None:
    assert told(place, media) == expected


def test_a_source_may_be_named_for_what_it_holds() -> None:
    asset = Asset("file://call-recordings/1.wav", "call-recordings", "file", "file",
                  media_type="audio/wav")  # fmt: skip
    held = by_name(asset)[0]
    assert (held.category, held.field, held.matched, held.text) == ("call_recording", "", 0, True)
    assert held.why == ('its folder says "call recordings"', "its media type is audio/wav")
