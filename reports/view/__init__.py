"""One presentation model for the formats that people read: strings ready to be shown.

:func:`of` picks :func:`build` for a comparison with a record and :func:`build_inventory` for a
result without one. Formats only lay out what stands here; they decide nothing.
"""

from reports.view.build import build, build_inventory, of
from reports.view.inventory import HoldingView, InventoryView, PlaceView, SourceView
from reports.view.types import (
    AlsoView,
    Bar,
    Block,
    Cell,
    CoverageView,
    EvidenceView,
    Fact,
    FindingView,
    Group,
    Line,
    Matrix,
    MatrixGroup,
    MatrixRow,
    MatrixStore,
    Note,
    Page,
    Part,
    Table,
    Verdict,
    View,
)

__all__ = [
    "AlsoView",
    "Bar",
    "Block",
    "Cell",
    "CoverageView",
    "EvidenceView",
    "Fact",
    "FindingView",
    "Group",
    "HoldingView",
    "InventoryView",
    "Line",
    "Matrix",
    "MatrixGroup",
    "MatrixRow",
    "MatrixStore",
    "Note",
    "Page",
    "Part",
    "PlaceView",
    "SourceView",
    "Table",
    "Verdict",
    "View",
    "build",
    "build_inventory",
    "of",
]
