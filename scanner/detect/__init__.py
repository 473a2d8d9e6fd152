"""Detection: Presidio's recognizers, our own, and names by language model.

:func:`build` makes the detector of a process; Presidio and spaCy are imported only then, and
:func:`check` tells without them whether it could be built.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from scanner.classify.tally import tally
from scanner.config import Detection

if TYPE_CHECKING:
    from scanner.detect.detector import PresidioDetector

__all__ = ["PresidioDetector", "build", "check", "tally"]


def build(settings: Detection, countries: Sequence[str] = ()) -> "PresidioDetector":
    """Build the detector for these settings.

    ``countries`` are ISO 3166 codes (``FR``, ``CA-QC``) whose national identifiers are looked for.
    Raise ConfigError for a recognizer, entity or threshold that does not exist. A language model
    that is missing is no error: see ``gaps`` of the detector.
    """
    from scanner.detect.detector import PresidioDetector

    return PresidioDetector(settings, countries)


def check(settings: Detection, countries: Sequence[str] = ()) -> tuple[tuple[str, ...], bool]:
    """Check settings as :func:`build` would, in a tenth of its time and importing no Presidio.

    Return sentences for people, and whether something that a scan needs is missing: a language
    model. Raise ConfigError as :func:`build` does. Entry points are not loaded, because they are
    code; what only they can tell is left to the scan.
    """
    from scanner.detect import models, selection

    told = selection.check(settings, countries)
    found = [models.load(code, settings.models) for code in settings.languages if settings.names]
    missing = tuple(item for item in found if isinstance(item, str))
    return (*told, *missing), bool(missing)


def __getattr__(name: str) -> object:
    """Import the detector's class only when it is asked for."""
    if name == "PresidioDetector":
        from scanner.detect.detector import PresidioDetector

        return PresidioDetector
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
