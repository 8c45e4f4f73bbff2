"""Which output feeds which input: the only file that sees two body systems at once."""

from __future__ import annotations

from collections.abc import Mapping

from speciosa.body.absorption import Absorption
from speciosa.body.distribution import Distribution
from speciosa.body.elimination import Elimination
from speciosa.body.metabolism import Metabolism
from speciosa.body.opioid import Opioid
from speciosa.body.pain import Pain
from speciosa.body.tolerance import Tolerance
from speciosa.language import Input, Output, System

__all__ = ["MEMBERS", "OUTPUTS", "SYSTEMS", "TRAITS", "WIRES"]

SYSTEMS: tuple[type[System], ...] = (
    Absorption,
    Metabolism,
    Distribution,
    Elimination,
    Opioid,
    Tolerance,
    Pain,
)

WIRES: dict[Input, Output] = {
    # What is swallowed reaches the blood, and leaves it.
    Metabolism.uptake: Absorption.uptake,
    Metabolism.usual: Elimination.usual,
    Distribution.arriving: Metabolism.arriving,
    Distribution.lost: Metabolism.lost,
    Elimination.concentration: Distribution.concentration,
    Elimination.gone: Metabolism.gone,
    # The brain answers, and adapts.
    Opioid.ligand: Distribution.brain,
    Opioid.sensitivity: Tolerance.sensitivity,
    Tolerance.response: Opioid.response,
    Pain.opioid: Opioid.response,
}

# Given from outside, per person.
TRAITS: dict[Input, str] = {
    Distribution.weight: "weight",
    Elimination.weight: "weight",
    Metabolism.activity: "activity",
    Pain.stimulus: "pain",
}

# The records that name the members of an index set: `<prefix><drug>`, or `<prefix><drug>.<word>...`
# where the set has maps. A set that only the maps of others lead to has the members they reach.
MEMBERS: Mapping[str, str] = {
    "ligand": "opioid/mu/Ki/",
    "route": "metabolism/share/",
    "saturable": "elimination/Km/",
}

# The names that the world outside uses, where they are not `system.quantity`.
OUTPUTS: dict[str, Output] = {
    "plasma": Distribution.plasma,
    "unbound": Distribution.unbound,
    "brain": Distribution.brain,
    "opioid.occupancy": Opioid.occupancy,
    "opioid.response": Opioid.response,
    "pain.felt": Pain.felt,
    "pain.relief": Pain.relief,
    "tolerance.level": Tolerance.level,
}
