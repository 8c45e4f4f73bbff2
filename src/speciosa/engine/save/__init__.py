"""What is kept of a solve, computed while it runs, so that no trajectory of everybody is in memory.

A solver hands over finished people in chunks; a keeper takes from them what is wanted and forgets
the rest. What it holds at the end is the same to the last bit for any order and size of the chunks
and any number of threads.
"""

from speciosa.engine.save.everything import Everything
from speciosa.engine.save.keeper import Floats, Int8s, Keeper, Several
from speciosa.engine.save.measures import MEASURES, Measures
from speciosa.engine.save.parquet import Parquet
from speciosa.engine.save.percentiles import Percentiles
from speciosa.engine.save.reduced import Reduced

__all__ = [
    "MEASURES",
    "Everything",
    "Floats",
    "Int8s",
    "Keeper",
    "Measures",
    "Parquet",
    "Percentiles",
    "Reduced",
    "Several",
]
