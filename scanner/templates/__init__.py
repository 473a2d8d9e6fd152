"""Templates of log messages: what messages of one event have in common, without a person's name."""

from scanner.templates.building import NO_TEMPLATE, Settled, Template, Templates, build, settle
from scanner.templates.skeletons import DROPPED, Skeletons, same_digits

__all__ = [
    "DROPPED",
    "NO_TEMPLATE",
    "Settled",
    "Skeletons",
    "Template",
    "Templates",
    "build",
    "same_digits",
    "settle",
]
