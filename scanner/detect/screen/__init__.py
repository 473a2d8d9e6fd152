"""A lossless screen, derived from the recognizers' own expressions.

Detection asks :class:`Screen` which values a recognizer can match at all, for all values of a
field at once and without running the recognizer: first by what every match must contain (digits,
letters, signs, length), then by an RE2 expression that matches wherever the recognizer's own does.
"""

from scanner.detect.screen.alphabet import UnscreenableError
from scanner.detect.screen.chunks import arrow
from scanner.detect.screen.screen import Screen

__all__ = ["Screen", "UnscreenableError", "arrow"]
