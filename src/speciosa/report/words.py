"""Plain words for what the model calls by short names, and numbers as a person would say them.

A name that is not listed here is shown as it is, with its dots and underscores opened up: an
unlisted drug or output is still readable, and nothing is hidden for want of a phrase.
"""

from __future__ import annotations

import math

from speciosa.evidence.cite import HOW

OUTPUTS = {
    "opioid.occupancy": "Opioid receptors occupied, share",
    "opioid.kappa": "Kappa receptors held, share",
    "opioid.delta": "Delta receptors held, share",
    "opioid.response": "Response of opioid receptors, share of the largest",
    "monoamine.noradrenaline": "Noradrenaline in the cord, fold of usual",
    "monoamine.serotonin": "Serotonin, fold of usual",
    "monoamine.dopamine": "Dopamine, fold of usual",
    "endocannabinoid.occupancy": "Cannabinoid receptors held, share",
    "endocannabinoid.tone": "Cannabinoid tone, fold of usual",
    "inflammation.inhibition": "COX-2 inhibited, share",
    "inflammation.mediator": "Inflammatory mediator, fold of untreated",
    "inflammation.scavenged": "Oxidants taken up, share",
    "pain.felt": "Pain felt, 0 to 10",
    "pain.relief": "Pain relief, share of the signal stopped",
    "pain.tolerance_time": "Hand in ice water, time endured",
    "muscle.tension": "Muscle tension, fold of untreated",
    "muscle.block": "Nerve to muscle blocked, share",
    "arousal.level": "Stimulation minus sedation, -1 to 1",
    "arousal.sedation": "Sedation, 0 to 1",
    "arousal.stimulation": "Stimulation, 0 to 1",
    "arousal.focus": "Attention, fold of usual",
    "arousal.sleep": "Quality of sleep, share of usual",
    "arousal.gaba": "Effect through GABA, share of the largest",
    "arousal.risk": "Risk of deep sedation, 0 to 1",
    "mood.level": "Mood, -1 to 1, 0 as usual",
    "mood.drug_effect": "Drug effect as felt, 0 to 100",
    "mood.anxiety": "Anxiety, fold of usual",
    "mood.stress": "Stress, fold of usual",
    "breathing.drive": "Breathing, share of usual",
    "breathing.co2": "Carbon dioxide in blood",
    "breathing.depression": "Breath lost at unchanged carbon dioxide, share",
    "breathing.risk": "Risk to breathing, 0 to 1",
    "gut.nausea": "Nausea, 0 to 1",
    "gut.transit": "Speed of the gut, share of usual",
    "heart.rate": "Pulse at rest",
    "heart.qt": "QTc interval",
    "heart.standing": "Fall of pressure on standing",
    "heart.dizziness": "Dizziness on standing, 0 to 1",
    "autonomic.pupil": "Diameter of the pupil",
    "autonomic.dry_mouth": "Dry mouth, share of people",
    "liver.onset": "Liver injury shown, share of those it will strike",
    "tolerance.level": "Opioid tolerance, 0 is none",
    "dependence.level": "Dependence, 0 to 1",
    "dependence.withdrawal": "Withdrawal, 0 to 1",
    "dependence.score": "Opioid withdrawal scale, 0 to 64",
}

# Effects that a terminal shows and that are drawn, and their words in a table; which of their
# values is shown is `trial.telling`'s business. What is a risk comes first.
EFFECTS = {
    "breathing.risk": "risk to breathing",
    "arousal.risk": "risk of deep sedation",
    "heart.qt": "QTc",
    "breathing.drive": "least breath, of usual",
    "opioid.occupancy": "receptors occupied",
    "pain.relief": "pain relief",
    "pain.felt": "least pain, of 10",
    "arousal.stimulation": "stimulation",
    "arousal.sedation": "sedation",
    "arousal.sleep": "worst sleep, of usual",
    "mood.level": "best mood, -1 to 1",
    "mood.anxiety": "least anxiety",
    "muscle.tension": "least tension",
    "gut.nausea": "nausea",
    "gut.transit": "slowest gut, of usual",
    "heart.rate": "pulse",
    "heart.dizziness": "dizziness",
    "autonomic.pupil": "narrowest pupil",
    "tolerance.level": "tolerance, 0 is none",
    "dependence.withdrawal": "withdrawal",
}

# Systems whose outputs are concentrations of a drug, and where they are.
PLACES = {"plasma": "in blood plasma", "brain": "in the brain, unbound"}

# Families of outputs, by what comes before the last dot; the last word is said within.
FAMILIES = {
    "tolerance": "Tolerance of {}, 0 is none",
    "monoamine.occupancy": "{} receptors held, share",
}
MEMBERS = {
    "relief": "pain relief",
    "gut": "the gut",
    "reward": "good mood",
    "pupil": "the pupil",
    "alpha1A": "Alpha-1A",
    "alpha1B": "Alpha-1B",
    "alpha1D": "Alpha-1D",
    "alpha2A": "Alpha-2A",
    "alpha2B": "Alpha-2B",
    "alpha2C": "Alpha-2C",
    "5HT1A": "5-HT1A",
    "5HT2A": "5-HT2A",
    "5HT2B": "5-HT2B",
    "5HT2C": "5-HT2C",
    "5HT7": "5-HT7",
}

DRUGS = {"hydroxymitragynine": "7-hydroxymitragynine", "pseudoindoxyl": "mitragynine pseudoindoxyl"}

# The field's symbol and its sentence.
MEASURES = {
    "cmax": "peak (Cmax)",
    "tmax": "time of peak (tmax)",
    "auc_inf": "exposure (AUC∞)",
    "auc_ratio": "ratio of exposure (AUC)",
    "cmax_ratio": "ratio of peaks (Cmax)",
    "half_life_ratio": "ratio of half-lives",
    "auc_last": "exposure seen (AUClast)",
    "auc_24": "24 h exposure (AUC24)",
    "half_life": "half-life",
    "trough": "before a dose",
    "max": "highest",
    "min": "lowest",
    "mean": "mean",
    "last": "at the end",
    "time_above": "time above threshold",
    "accumulation": "accumulation",
    "vz_f": "volume (Vz/F)",
    "at": "at a moment",
    "change": "change at a moment",
    "ratio": "over before, at a moment",
    "rise": "largest rise",
    "fall": "largest fall",
    "lowest_ratio": "lowest over before",
}

WINDOWS = {"first": "first dose", "last": "last dose", "all": ""}

KINDS = {
    "variability": "people differ",
    "uncertainty": "we do not know",
    "both": "both together",
}

STATUS = {
    "measured": "measured",
    "derived": "derived from other numbers",
    "fitted": "fitted to measurements",
    "assumed": "assumed",
}

READ = HOW


def output_title(name: str) -> str:
    """What an output is, as the title of a figure or of a block in a table."""
    if name in OUTPUTS:
        return OUTPUTS[name]
    system, _, quantity = name.partition(".")
    if system in PLACES:
        return sentence(f"{drug(quantity)} {PLACES[system]}")
    family, _, member = name.rpartition(".")
    if family in FAMILIES:
        return FAMILIES[family].format(MEMBERS.get(member, member.replace("_", " ")))
    return sentence(f"{system} {quantity}".replace("_", " ").replace(".", " "))


def drug(name: str) -> str:
    """The name of a substance as it is written in a sentence."""
    return DRUGS.get(name, name.replace("_", " "))


def measure(name: str) -> str:
    """What a measure says."""
    return MEASURES.get(name, name.replace("_", " "))


def number(value: float | None, digits: int = 3) -> str:
    """A few significant digits, without powers of ten where a person would write none."""
    if value is None or not math.isfinite(value):
        return "–"
    if value == 0:
        return "0"
    rounded = float(f"{value:.{digits}g}")
    power = math.floor(math.log10(abs(rounded)))
    if power >= 6 or power < -4:
        return f"{rounded / 10.0**power:.{digits - 1}f}×10^{power}"
    return f"{rounded:,.{max(0, digits - 1 - power)}f}"


def span(low: float | None, high: float | None, room: int | None = None) -> str:
    """A range, or a dash where there is none; its ends are known to two digits at best.

    A third is shown where two would make them one, and one where two do not fit in the `room`.
    """
    if low is None or high is None:
        return "–"
    digits = 2 if number(low, 2) != number(high, 2) else 3
    said = _between(low, high, digits)
    return said if room is None or len(said) <= room else _between(low, high, 1)


def _between(low: float, high: float, digits: int) -> str:
    between = " to " if low < 0 else "–"
    return f"{number(low, digits)}{between}{number(high, digits)}"


def readable(unit: str, largest: float) -> tuple[str, float]:
    """A unit in which a level of so many `unit` is read without powers of ten, and the factor.

    Alcohol is g/L in blood, which nobody would say as a million ng/mL.
    """
    if unit.startswith("ng/mL"):
        for least, name in ((1e6, "g/L"), (1e5, "mg/L")):
            if largest >= least:
                return unit.replace("ng/mL", name), 1e-6 if name == "g/L" else 1e-3
    return unit, 1.0


def count(n: int, one: str, many: str | None = None) -> str:
    """A counted noun: 1 person, 2 people."""
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def sentence(text: str) -> str:
    """With a capital at its head; the rest stays as it is."""
    return text[:1].upper() + text[1:]
