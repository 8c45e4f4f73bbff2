"""Every number with its source: records, observations, sources.

A number and where it comes from are one record that cannot be split. The words in which the files
are written are explained at the top of `record.py`, the kinds of spread at the top of `spread.py`.
"""

from __future__ import annotations

from speciosa.evidence.load import (
    find,
    observations,
    records,
    source,
    sources,
    studies,
    write_records,
)
from speciosa.evidence.record import Arm, Observation, Record, Source, Study
from speciosa.evidence.spread import Printed, Spread
from speciosa.evidence.unused import Unused, unused

__all__ = [
    "Arm",
    "Observation",
    "Printed",
    "Record",
    "Source",
    "Spread",
    "Study",
    "Unused",
    "find",
    "observations",
    "records",
    "source",
    "sources",
    "studies",
    "unused",
    "write_records",
]
