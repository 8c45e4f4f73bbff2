"""Which output feeds which input: the only file that sees two body systems at once."""

from __future__ import annotations

from collections.abc import Mapping

from speciosa.body.absorption import Absorption
from speciosa.body.arousal import Arousal
from speciosa.body.autonomic import Autonomic
from speciosa.body.breathing import Breathing
from speciosa.body.dependence import Dependence
from speciosa.body.distribution import Distribution
from speciosa.body.elimination import Elimination
from speciosa.body.endocannabinoid import Endocannabinoid
from speciosa.body.gut import Gut
from speciosa.body.heart import Heart
from speciosa.body.inflammation import Inflammation
from speciosa.body.liver import Liver
from speciosa.body.metabolism import Metabolism
from speciosa.body.monoamine import Monoamine
from speciosa.body.mood import Mood
from speciosa.body.muscle import Muscle
from speciosa.body.neuroprotection import Neuroprotection
from speciosa.body.opioid import Opioid
from speciosa.body.pain import Pain
from speciosa.body.tolerance import Tolerance
from speciosa.compile import Wire
from speciosa.language import Input, System

__all__ = [
    "CONCENTRATIONS",
    "EFFECTS",
    "FOLLOWERS",
    "MEMBERS",
    "OUTPUTS",
    "SYSTEMS",
    "TRAITS",
    "WIRES",
]

SYSTEMS: tuple[type[System], ...] = (
    Absorption,
    Metabolism,
    Distribution,
    Elimination,
    Opioid,
    Tolerance,
    Dependence,
    Monoamine,
    Endocannabinoid,
    Inflammation,
    Neuroprotection,
    Pain,
    Muscle,
    Arousal,
    Mood,
    Breathing,
    Gut,
    Heart,
    Autonomic,
    Liver,
)

WIRES: dict[Input, Wire] = {
    # What is swallowed reaches the blood, and leaves it.
    Metabolism.uptake: Absorption.uptake,
    Metabolism.usual: Elimination.usual,
    Metabolism.unbound: Distribution.unbound,
    Metabolism.loose: Distribution.loose,
    Distribution.arriving: Metabolism.arriving,
    Distribution.lost: Metabolism.lost,
    Elimination.concentration: Distribution.concentration,
    Elimination.gone: Metabolism.gone,
    # The opioid receptors answer, inside the brain and outside of it, and the body adapts.
    Opioid.ligand: Distribution.brain,
    Opioid.outside: Distribution.unbound,
    Opioid.at_kappa: Distribution.brain,
    Opioid.at_delta: Distribution.brain,
    Opioid.sensitivity: (Tolerance.sensitivity, "relief"),
    Tolerance.response: Opioid.response,
    Dependence.response: Opioid.response,
    # Other receptors.
    Monoamine.brain: Distribution.brain,
    Monoamine.opioid: Opioid.response,
    Monoamine.withdrawal: Dependence.withdrawal,
    Endocannabinoid.brain: Distribution.brain,
    Endocannabinoid.response: Opioid.response,
    Inflammation.unbound: Distribution.unbound,
    Inflammation.scavenger: Distribution.unbound,
    # Pain, and muscle that hurts and is tightened by pain.
    Pain.opioid: Opioid.response,
    Pain.drive_outside: Opioid.drive_outside,
    Pain.bound_outside: Opioid.bound_outside,
    Pain.noradrenaline: Monoamine.noradrenaline,
    Pain.cannabinoid: Endocannabinoid.tone,
    Pain.mediator: Inflammation.mediator,
    Pain.tension: Muscle.tension,
    Pain.withdrawal: Dependence.withdrawal,
    Muscle.through: Pain.through,
    Muscle.gaba: Arousal.gaba,
    Muscle.drive: Opioid.drive,
    Muscle.bound: Opioid.bound,
    Muscle.sensitivity: (Tolerance.sensitivity, "arousal"),
    Muscle.unbound: Distribution.unbound,
    # Wakefulness and mood.
    Arousal.drive: Opioid.drive,
    Arousal.bound: Opioid.bound,
    Arousal.pull: Opioid.pull,
    Arousal.held: Opioid.held,
    Arousal.antidote: Opioid.held,
    Arousal.sensitivity: (Tolerance.sensitivity, "arousal"),
    Arousal.sympathetic: Monoamine.sympathetic,
    Arousal.dopamine: Monoamine.dopamine,
    Arousal.withdrawal: Dependence.withdrawal,
    Arousal.sedative: Distribution.brain,
    Arousal.awakener: Distribution.brain,
    Arousal.stimulant: Distribution.brain,
    Mood.drive: Opioid.drive,
    Mood.bound: Opioid.bound,
    Mood.sensitivity: (Tolerance.sensitivity, "reward"),
    Mood.dopamine: Monoamine.dopamine,
    Mood.serotonin: Monoamine.serotonin,
    Mood.felt: Pain.felt,
    Mood.withdrawal: Dependence.withdrawal,
    Mood.gaba: Arousal.gaba,
    # Organs.
    Breathing.plain: Opioid.plain,
    Breathing.held: Opioid.held,
    Breathing.antidote: Opioid.held,
    Breathing.sensitivity: (Tolerance.sensitivity, "breathing"),
    Breathing.gaba: Arousal.gaba,
    Gut.drive: Opioid.drive,
    Gut.bound: Opioid.bound,
    Gut.drive_outside: Opioid.drive_outside,
    Gut.bound_outside: Opioid.bound_outside,
    Gut.gut_sensitivity: (Tolerance.sensitivity, "gut"),
    Gut.nausea_sensitivity: (Tolerance.sensitivity, "nausea"),
    Gut.withdrawal: Dependence.withdrawal,
    Gut.exposure: Distribution.concentration,
    Heart.at_herg: Distribution.unbound,
    Heart.sympathetic: Monoamine.sympathetic,
    Heart.stimulation: Arousal.stimulation,
    Heart.alpha1: Monoamine.alpha1,
    Heart.drive: Opioid.drive,
    Heart.bound: Opioid.bound,
    Heart.withdrawal: Dependence.withdrawal,
    Autonomic.drive: Opioid.drive,
    Autonomic.bound: Opioid.bound,
    Autonomic.pupil_sensitivity: (Tolerance.sensitivity, "pupil"),
    Autonomic.withdrawal: Dependence.withdrawal,
    Liver.present: Distribution.concentration,
}

# Given from outside, per person.
TRAITS: dict[Input, str] = {
    Distribution.weight: "weight",
    Elimination.weight: "weight",
    Metabolism.activity: "activity",
    Pain.stimulus: "pain",
    Pain.inflamed: "inflamed",
    Pain.neuropathic: "neuropathic",
    Pain.muscular: "muscular",
    Pain.sensitised: "sensitised",
    Mood.stimulus: "pain",
}

# The records that name the members of an index set: `<prefix><drug>`, or `<prefix><drug>.<word>...`
# where the set has maps. A set of no drug has the members that the maps of others reach.
MEMBERS: Mapping[str, str] = {
    "deep": "distribution/V2/",
    "route": "metabolism/share/",
    "saturable": "elimination/Km/",
    "wall": "metabolism/wall/",
    "inhibition": "metabolism/Ki/",
    "inactivation": "metabolism/kinact/",
    "induction": "metabolism/Emax/",
    "changing": "metabolism/kdeg/",
    "ligand": "opioid/mu/Ki/",
    "kappa_ligand": "opioid/kappa/Ki/",
    "delta_ligand": "opioid/delta/Ki/",
    "antidote": "opioid/antidote/",
    "binding": "monoamine/Ki/",
    "cannabinoid": "endocannabinoid/Ki/",
    "inhibitor": "inflammation/IC50/",
    "scavenger": "inflammation/scavenging/IC50/",
    "blocker": "muscle/block/IC50/",
    "sedative": "arousal/gaba/EC50/",
    "awakener": "arousal/adenosine/Ki/",
    "stimulant": "arousal/stimulant/EC50/",
    "slower": "gut/other_half/",
    "herg": "heart/hERG/IC50/",
    "exposing": "liver/trace/",
}

# What these sets hold acts on what is there for another reason, and brings nothing along: an
# enzyme that no drug of a model is cleared by is not in it, whoever inhibits it.
FOLLOWERS = frozenset({"inhibition", "inactivation", "induction"})

# Effects that wear off at a pace of their own, each with records in `tolerance`.
EFFECTS = ("relief", "breathing", "gut", "nausea", "arousal", "reward", "pupil")

# Every output that the world outside may ask for, by its public name. What is not listed is not
# public: it feeds another system, and has no name outside.
OUTPUTS: dict[str, Wire] = {
    "plasma": Distribution.plasma,
    "unbound": Distribution.unbound,
    "brain": Distribution.brain,
    "metabolism.activity": Metabolism.working,
    "opioid.occupancy": Opioid.occupancy,
    "opioid.kappa": Opioid.kappa,
    "opioid.delta": Opioid.delta,
    "opioid.response": Opioid.response,
    "monoamine.occupancy": Monoamine.occupancy,
    "monoamine.noradrenaline": Monoamine.noradrenaline,
    "monoamine.serotonin": Monoamine.serotonin,
    "monoamine.dopamine": Monoamine.dopamine,
    "endocannabinoid.occupancy": Endocannabinoid.occupancy,
    "endocannabinoid.tone": Endocannabinoid.tone,
    "inflammation.inhibition": Inflammation.inhibition,
    "inflammation.mediator": Inflammation.mediator,
    "inflammation.scavenged": Inflammation.scavenged,
    "pain.felt": Pain.felt,
    "pain.relief": Pain.relief,
    "pain.tolerance_time": Pain.tolerance_time,
    "muscle.tension": Muscle.tension,
    "muscle.block": Muscle.block,
    "arousal.level": Arousal.alertness,
    "arousal.sedation": Arousal.sedation,
    "arousal.stimulation": Arousal.stimulation,
    "arousal.focus": Arousal.focus,
    "arousal.sleep": Arousal.sleep,
    "arousal.gaba": Arousal.gaba,
    "arousal.risk": Arousal.oversedation,
    "mood.level": Mood.wellbeing,
    "mood.drug_effect": Mood.drug_effect,
    "mood.anxiety": Mood.anxiety,
    "mood.stress": Mood.stress,
    "breathing.drive": Breathing.ventilation,
    "breathing.co2": Breathing.co2,
    "breathing.depression": Breathing.depression,
    "breathing.risk": Breathing.risk,
    "gut.nausea": Gut.nausea,
    "gut.transit": Gut.transit,
    "heart.rate": Heart.rate,
    "heart.qt": Heart.qt,
    "heart.standing": Heart.standing,
    "heart.dizziness": Heart.dizziness,
    "autonomic.pupil": Autonomic.pupil,
    "autonomic.dry_mouth": Autonomic.dry_mouth,
    "liver.onset": Liver.onset,
    "tolerance": Tolerance.level,
    "tolerance.level": (Tolerance.level, "relief"),
    "dependence.level": Dependence.level,
    "dependence.withdrawal": Dependence.withdrawal,
    "dependence.score": Dependence.score,
}

# First words of the outputs that are concentrations of a drug; all others are effects.
CONCENTRATIONS = ("plasma", "unbound", "brain")
