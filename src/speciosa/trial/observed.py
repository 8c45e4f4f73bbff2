"""Observations beside simulations: the same unit, the same statistic."""

from __future__ import annotations

from speciosa.errors import EvidenceError, UnitMismatch
from speciosa.evidence.load import find
from speciosa.evidence.record import Observation
from speciosa.trial.measures import unit_of
from speciosa.units import convert, unit

__all__ = ["molecule", "to_measure"]


def molecule(observation: Observation) -> str:
    """The drug that an observed concentration is of: the last part of its output."""
    return observation.output.rpartition(".")[2]


def to_measure(observation: Observation, value: float, output_unit: str) -> float:
    """A number of an observation in the unit that the simulated measure has.

    `output_unit` is the unit of the output itself. A molar value meets a mass only through the
    molar mass of the drug. Raises EvidenceError where the units measure different things.
    """
    wanted = unit(unit_of(observation.measure, output_unit))
    if observation.unit.same_dimension(wanted):
        return convert(value, observation.unit, wanted)
    identity = f"substance/molar_mass/{molecule(observation)}"
    record = find([identity])[identity]
    try:
        return convert(value * record.value, observation.unit * record.unit, wanted)
    except UnitMismatch:
        raise EvidenceError(
            f"{observation.id}, unit", observation.unit_text, f"a unit that leads to {wanted}"
        ) from None
