"""The only place where values become something that may be shown: shapes."""

_LIMIT = 40


def shape(value: str, limit: int = _LIMIT) -> str:
    """Return the shape of a value: ``marie.k7@acme.fr`` becomes ``aaaaa.a9@aaaa.aa``.

    Letters become ``a`` or ``A``, digits ``9``, white space one blank; punctuation stays. Longer
    shapes are cut after ``limit`` signs.
    """
    out = []
    for char in value[: limit + 1]:
        if char.isdigit():
            out.append("9")
        elif char.isalpha():
            out.append("A" if char.isupper() else "a")
        elif char.isspace():
            out.append(" ")
        elif char.isascii() and char.isprintable():
            out.append(char)
        else:
            out.append("?")
    text = "".join(out)
    return text[:limit] + "…" if len(text) > limit else text


def mask(text: str, spans: list[tuple[int, int]]) -> str:
    """Replace each span (start, end) of a text by its shape; the rest stays."""
    out, at = [], 0
    for start, end in sorted(spans):
        if end <= at:
            continue
        start = max(start, at)
        out.append(text[at:start])
        out.append(shape(text[start:end], limit=max(end - start, 1)))
        at = end
    out.append(text[at:])
    return "".join(out)
