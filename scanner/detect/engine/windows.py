"""Read a long text in windows, so that no expression sees more: some are quadratic."""

from collections.abc import Callable, Iterable, Iterator

from scanner.detect.finder import Span

# Each window keeps what begins in its own stretch, and sees half an overlap before and after it.
WINDOW, OVERLAP = 4000, 1000


def windowed(find: Callable[[str], Iterable[Span]], text: str) -> Iterator[Span]:
    """Yield what a finder finds in a text of any length."""
    if len(text) <= WINDOW + OVERLAP:
        yield from find(text)
        return
    half = OVERLAP // 2
    for at in range(0, len(text), WINDOW):
        for start, end, score in find(text[at : at + WINDOW + OVERLAP]):
            if (start >= half or not at) and start < WINDOW + half:
                yield start + at, end + at, score
