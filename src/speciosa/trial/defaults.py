"""What a scenario says where it says nothing, each with its reason; all printed with a result.

These are conventions, chosen so that a short scenario is a plain one. None is a finding.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

__all__ = ["AFTER_REGIMEN", "AFTER_SINGLE_DOSE", "DEFAULTS", "Default", "default"]


@dataclass(frozen=True, slots=True)
class Default:
    """A value as one would write it in the file, and why it is that."""

    value: object
    doc: str


AFTER_SINGLE_DOSE = 168.0
"""h; how long a single dose is followed: several half-lives of the slowest alkaloid known."""

AFTER_REGIMEN = 72.0
"""h; how long a regimen is followed after its end."""

DEFAULTS = {
    "person.age": Default("35 y", "an adult of middle age"),
    "person.weight": Default("70 kg", "the customary adult"),
    "person.sex": Default("female", "a choice that had to be made"),
    "person.experience": Default("naive", "nothing taken before"),
    "person.cyp2d6": Default("normal", "the most frequent phenotype"),
    "person.conditions": Default([], "no illness"),
    "person.pain": Default("none", "no pain"),
    "person.signs": Default([], "no sign of an emergency"),
    "people.age": Default({"low": "18 y", "high": "65 y"}, "adults, every age as likely"),
    "people.weight": Default("reference", "reference weights by sex, from evidence records"),
    "people.sex": Default({"female": 0.5}, "as many women as men"),
    "people.cyp2d6": Default({"normal": 1.0}, "everybody normal unless shares are given"),
    "experience.dose": Default(None, "the dose of the regimen"),
    "experience.every": Default("8 h", "three times a day"),
    "experience.for": Default("1 y", "a year"),
    "regimen.for": Default("7 d", "a week"),
    "regimen.steps": Default([], "the same dose throughout"),
    "with.at": Default("0 h", "together with the first dose of kratom"),
    "with.route": Default("oral", "swallowed"),
    "output.until": Default(None, "7 d after a single dose, 3 d after the end of a regimen"),
    "output.sampling": Default("dense", "often enough that measures do not depend on it"),
    "output.lloq": Default("0 ng/mL", "every concentration can be measured"),
    "run.people": Default(200, "enough for steady quartiles"),
    "run.replicates": Default(50, "enough for a first interval"),
    "run.seed": Default(1, "any number would do"),
    "run.variants": Default([], "the model as it stands"),
}
"""By key of the scenario; those without a value depend on the rest of it (`complete.py`)."""


def default(key: str) -> Any:
    """The default of a key, as one would write it in the file."""
    return DEFAULTS[key].value
