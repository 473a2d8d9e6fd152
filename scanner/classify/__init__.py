"""Classification: from counted detections and names to holdings of the taxonomy."""

from scanner.classify.evidence import Classified, FieldEvidence, Profile
from scanner.classify.holdings import by_name, classify
from scanner.classify.profiling import profile
from scanner.classify.tally import tally

__all__ = ["Classified", "FieldEvidence", "Profile", "by_name", "classify", "profile", "tally"]
