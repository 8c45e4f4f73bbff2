"""Integrates a flat problem: plain numerics that know no pharmacology."""

from speciosa.engine.covariates import Covariates
from speciosa.engine.events import Events
from speciosa.engine.outcome import Outcome
from speciosa.engine.problem import Op, Problem, Program
from speciosa.engine.solution import Solution
from speciosa.engine.solve import solve
from speciosa.engine.triggers import Trigger

__all__ = [
    "Covariates",
    "Events",
    "Op",
    "Outcome",
    "Problem",
    "Program",
    "Solution",
    "Trigger",
    "solve",
]
