"""The demo estate: invented stores with a declared record, and what a scan must find in them."""

from scanner.demo.estate import AS_OF, DemoSource, Estate, build
from scanner.demo.truth import (
    DEVIATIONS,
    NEAR_MISSES,
    Deviation,
    Expectation,
    NearMiss,
    expected,
)

__all__ = [
    "AS_OF",
    "DEVIATIONS",
    "NEAR_MISSES",
    "DemoSource",
    "Deviation",
    "Estate",
    "Expectation",
    "NearMiss",
    "build",
    "expected",
]
