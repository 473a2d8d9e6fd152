"""Messages name the right line, whatever the layout of the file."""

import pytest

from scanner.toml_lines import Place, line_of

TEXT = '''# [[store]] in a comment
format = "1"
note = """
[[store]]
[store]
"""
[[store]]
id = "a"
[[store.site]]
match = []
[store.subject]
key = "k"
[[store]]   # the second
id = "b"
  [[ store . site ]]
  match = []
  [[store.site]]
  "match" = []
rules = [
  { when = "x" },
]
[settings]
child_age = { FR = 15 }
'''


@pytest.mark.parametrize(
    ("place", "key", "line"),
    [
        ((), "format", 2),
        ((), "missing", 0),
        ((), "store", 7),  # a table of that name
        ((), "settings", 22),
        ((("store", 0),), "", 7),
        ((("store", 0),), "id", 8),
        ((("store", 0),), "match", 7),  # that key stands in the site, not here
        ((("store", 0), ("site", 0)), "match", 10),
        ((("store", 0), ("subject", -1)), "key", 12),
        ((("store", 1),), "id", 14),
        ((("store", 1), ("site", 0)), "match", 16),
        ((("store", 1), ("site", 1)), "match", 18),
        ((("store", 1), ("site", 1), ("rules", 0)), "when", 19),  # inline: the key around it
        ((("settings", -1), ("child_age", -1)), "FR", 23),
        ((("nowhere", 0),), "x", 0),
    ],
)
def test_lines(place: Place, key: str, line: int) -> None:
    assert line_of(TEXT, place, key) == line


def test_no_text_has_no_lines() -> None:
    assert line_of("", (("store", 0),), "id") == 0
