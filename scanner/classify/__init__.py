"""Classification: from counted detections and names to holdings of the taxonomy."""

from scanner.classify.bounds import bound
from scanner.classify.counterfactual import CUTS, changes, total
from scanner.classify.distinct import Distinct, alone, hashes
from scanner.classify.evidence import Classified, FieldEvidence, Profile, meant
from scanner.classify.holdings import by_name, classify, weigh, weigh_names
from scanner.classify.profiling import Profiler, profile
from scanner.classify.tally import Tally, tally
from scanner.classify.verdict import Cap, Piece, Verdict

__all__ = [
    "CUTS",
    "Cap",
    "Classified",
    "Distinct",
    "FieldEvidence",
    "Piece",
    "Profile",
    "Profiler",
    "Tally",
    "Verdict",
    "alone",
    "bound",
    "by_name",
    "changes",
    "classify",
    "hashes",
    "meant",
    "profile",
    "tally",
    "total",
    "weigh",
    "weigh_names",
]
