"""The declared record: its types, and how files become them."""

from scanner.ropa.declared import Declared, in_force, members
from scanner.ropa.loading import load, load_all
from scanner.ropa.matching import DeadGlob, Match, Matcher
from scanner.ropa.types import Ropa

__all__ = [
    "DeadGlob",
    "Declared",
    "Match",
    "Matcher",
    "Ropa",
    "in_force",
    "load",
    "load_all",
    "members",
]
