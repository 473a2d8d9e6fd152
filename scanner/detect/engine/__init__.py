"""Run the recognizers over all values of a field at once.

What the screen lets through is located by RE2 where an expression has an exact RE2 form, and by
the recognizer's own expression elsewhere; validators and the removal of duplicates are Presidio's.
Spans and scores are those of ``analyze``, which a test compares on every recognizer.
"""

from scanner.detect.engine.engine import Engine, Ran
from scanner.detect.engine.found import Found

__all__ = ["Engine", "Found", "Ran"]
