"""Read a long text in windows, so that no expression sees more: some are quadratic."""

from collections.abc import Callable, Iterable

from scanner.detect.expression import Span

# Each window keeps what begins in its own stretch, and sees half an overlap before and after it.
WINDOW, OVERLAP = 4000, 1000


def windowed(
    find: Callable[[str], Iterable[Span]], text: str, *, again: bool = False
) -> Iterable[Span]:
    """Return what a finder finds in a text of any length.

    ``again``: a match that a window cuts off is looked for in the whole text, by a finder that
    stops itself when that takes too long.
    """
    if len(text) <= WINDOW + OVERLAP:
        return find(text)
    half, out = OVERLAP // 2, []
    for at in range(0, len(text), WINDOW):
        part = text[at : at + WINDOW + OVERLAP]
        for start, end, score in find(part):
            if again and end == len(part) and at + end < len(text):
                return find(text)
            if (start >= half or not at) and start < WINDOW + half:
                out.append((start + at, end + at, score))
    return out
