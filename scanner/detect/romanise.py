"""How Cyrillic and Greek names are written in Latin letters: the two usual ways of each."""

_SAME = {
    "а": "a",
    "б": "b",
    "в": "v",
    "г": "g",
    "ґ": "g",
    "д": "d",
    "е": "e",
    "ё": "e",
    "є": "ye",
    "ж": "zh",
    "з": "z",
    "и": "i",
    "і": "i",
    "ї": "yi",
    "й": "y",
    "к": "k",
    "л": "l",
    "м": "m",
    "н": "n",
    "о": "o",
    "п": "p",
    "р": "r",
    "с": "s",
    "т": "t",
    "у": "u",
    "ф": "f",
    "х": "kh",
    "ц": "ts",
    "ч": "ch",
    "ш": "sh",
    "щ": "shch",
    "ы": "y",
    "э": "e",
    "ю": "yu",
    "я": "ya",
    "ь": "",
    "ъ": "",
    "’": "",
    "'": "",
    "α": "a",
    "β": "v",
    "γ": "g",
    "δ": "d",
    "ε": "e",
    "ζ": "z",
    "η": "i",
    "θ": "th",
    "ι": "i",
    "κ": "k",
    "λ": "l",
    "μ": "m",
    "ν": "n",
    "ξ": "x",
    "ο": "o",
    "π": "p",
    "ρ": "r",
    "σ": "s",
    "ς": "s",
    "τ": "t",
    "υ": "y",
    "φ": "f",
    "χ": "ch",
    "ψ": "ps",
    "ω": "o",
}
_ELSE = {"х": "h", "й": "i", "ю": "iu", "я": "ia", "щ": "sht", "є": "ie", "ї": "i", "г": "h"} | {
    "ц": "c",
    "η": "h",
    "υ": "i",
    "χ": "h",
    "ω": "w",
}
_FIRST, _SECOND = str.maketrans(_SAME), str.maketrans(_SAME | _ELSE)
# Two letters that are one sound; and the usual ends of Russian names, where й may have lost its
# accent: Dmitry, Sergey, Nikolay.
_PAIRS = (
    *(("ου", "ou"), ("αυ", "av"), ("ευ", "ev"), ("μπ", "b"), ("γγ", "ng")),
    *(("ий\n", "y\n"), ("ии\n", "y\n"), ("еи\n", "ey\n"), ("аи\n", "ay\n")),
)


def romanised(names: str) -> set[str]:
    """Return the usual ways to write lower-case names, one a line, in Latin letters."""
    text = f"{names}\n"
    joined = text
    for pair, latin in _PAIRS:
        joined = joined.replace(pair, latin)
    out = {*joined.translate(_FIRST).split("\n"), *text.translate(_SECOND).split("\n")}
    return {name for name in out if len(name) > 1 and name.isascii()}
