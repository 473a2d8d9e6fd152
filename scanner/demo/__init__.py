"""The demo estate: invented stores with a declared record, and what a scan must find in them."""

from scanner.demo.days import AS_OF, DAYS
from scanner.demo.estate import DemoSource, Estate, build
from scanner.demo.records import RECORDS, DemoRecord, write_records
from scanner.demo.truth import (
    DEVIATIONS,
    NEAR_MISSES,
    RECORDED,
    Deviation,
    Expectation,
    NearMiss,
    Recorded,
    expected,
    planted,
    recorded,
)

__all__ = [
    "AS_OF",
    "DAYS",
    "DEVIATIONS",
    "NEAR_MISSES",
    "RECORDED",
    "RECORDS",
    "DemoRecord",
    "DemoSource",
    "Deviation",
    "Estate",
    "Expectation",
    "NearMiss",
    "Recorded",
    "build",
    "expected",
    "planted",
    "recorded",
    "write_records",
]
