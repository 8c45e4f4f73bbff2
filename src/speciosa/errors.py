"""Every error the package raises on purpose.

SpeciosaError
├── UnitMismatch         two units met that are not the same
├── ModelError           a system, or a model built of systems, is wrong
│   └── WiringError      an input has no source, or parts depend on each other at one instant
├── InputError           something handed over is wrong; the command line ends with status 2
│   ├── ScenarioError    a scenario
│   └── EvidenceError    a record, an observation or a source
├── EmergencyError       somebody needs help now, and no number may stand in the way
└── SolverError          a whole run could not be integrated
"""

from __future__ import annotations

__all__ = [
    "EmergencyError",
    "EvidenceError",
    "InputError",
    "ModelError",
    "ScenarioError",
    "SolverError",
    "SpeciosaError",
    "UnitMismatch",
    "WiringError",
]


class SpeciosaError(Exception):
    """Base of all of them."""


class UnitMismatch(SpeciosaError):
    """Two units met in one equation, or one conversion, that are not the same."""


class ModelError(SpeciosaError):
    """A body system, or a model built of systems, is wrong."""


class WiringError(ModelError):
    """An input has no source, or parts depend on each other at the same instant."""


class InputError(SpeciosaError):
    """Something handed over is wrong: which key, which value, and what would be right."""

    def __init__(self, key: str, value: object, expected: str) -> None:
        self.key, self.value, self.expected = key, value, expected
        super().__init__(f"{key}: got {_shown(value)}; expected {expected}")


class ScenarioError(InputError):
    """A scenario is wrong."""


class EvidenceError(InputError):
    """A record, an observation or a source is wrong."""


class EmergencyError(SpeciosaError):
    """A scenario tells of an emergency, so nothing is simulated; the command ends with status 1."""

    def __init__(self, signs: tuple[str, ...]) -> None:
        self.signs = signs
        super().__init__(
            f"an emergency: {', '.join(signs)}. Nothing is simulated. Call your local emergency "
            "number now; `speciosa check` shows what to do"
        )


class SolverError(SpeciosaError):
    """A whole run could not be integrated."""


def _shown(value: object) -> str:
    """A value short enough to stand in one line of a message."""
    text = repr(value)
    return text if len(text) <= 80 else text[:77] + "..."
