"""Detection: Presidio's recognizers, our own, and names by language model.

:func:`build` makes the detector of a process; Presidio and spaCy are imported only then.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from scanner.classify.tally import tally
from scanner.config import Detection

if TYPE_CHECKING:
    from scanner.detect.detector import PresidioDetector

__all__ = ["PresidioDetector", "build", "tally"]


def build(settings: Detection, countries: Sequence[str] = ()) -> "PresidioDetector":
    """Build the detector for these settings.

    ``countries`` are ISO 3166 codes (``FR``, ``CA-QC``) whose national identifiers are looked for.
    Raise ConfigError for a recognizer, entity or threshold that does not exist. A language model
    that is missing is no error: see ``gaps`` of the detector.
    """
    from scanner.detect.detector import PresidioDetector

    return PresidioDetector(settings, countries)


def __getattr__(name: str) -> object:
    """Import the detector's class only when it is asked for."""
    if name == "PresidioDetector":
        from scanner.detect.detector import PresidioDetector

        return PresidioDetector
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
