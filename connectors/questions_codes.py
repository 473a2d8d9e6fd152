"""Codes for the words that a grouping field may hold, so that no other value comes back."""

import unicodedata
from collections.abc import Mapping

UNKNOWN = "?"


def code_of(text: str | None, words: Mapping[str, str]) -> str:
    """Return the code of a word, ``?`` for another one, and nothing for nothing."""
    plain = unicodedata.normalize("NFC", text or "").strip().lower()
    return words.get(plain, UNKNOWN) if plain else ""
