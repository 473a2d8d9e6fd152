"""Classification: from counted detections and names to holdings of the taxonomy."""

from scanner.classify.bounds import bound
from scanner.classify.distinct import Distinct, alone, hashes
from scanner.classify.evidence import Classified, FieldEvidence, Profile, meant
from scanner.classify.holdings import by_name, classify
from scanner.classify.profiling import Profiler, profile
from scanner.classify.tally import Tally, tally

__all__ = [
    "Classified",
    "Distinct",
    "FieldEvidence",
    "Profile",
    "Profiler",
    "Tally",
    "alone",
    "bound",
    "by_name",
    "classify",
    "hashes",
    "meant",
    "profile",
    "tally",
]
