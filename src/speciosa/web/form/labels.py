"""Every key of a scenario in plain words: the one table behind all labels of the form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

__all__ = ["CHOICES", "LABELS", "Label", "label_of"]


@dataclass(frozen=True, slots=True)
class Label:
    """What a field asks for, what helps to answer, and an example that stands in it while empty.

    `example` is shown where a key has no default.
    """

    asks: str
    hint: str = ""
    example: str = ""
    choices: Mapping[str, str] = field(default_factory=dict[str, str])


_KINDS = {
    "leaf": "Leaf powder, eaten or stirred in",
    "tea": "Tea, brewed from leaf",
    "capsule": "Capsules of leaf powder",
    "extract": "Extract: resin, shot or strong powder",
    "7-oh": "7-OH: tablets or other, made strong",
}
_SEXES = {"female": "Female", "male": "Male"}
_PAINS = {
    "none": "No pain",
    "acute": "New pain, days or weeks old",
    "chronic": "Pain for three months or more",
    "neuropathic": "Nerve pain: burning, shooting, numb",
    "inflammatory": "Swollen joints, or other inflamed parts",
}
_CYP2D6 = {
    "poor": "Does not work (poor)",
    "intermediate": "Works slowly (intermediate)",
    "normal": "Works as in most people (normal)",
    "ultrarapid": "Works very fast (ultrarapid)",
}
_ROUTES = {
    "oral": "Swallowed",
    "sublingual": "Under the tongue",
    "buccal": "In the cheek",
    "intranasal": "Into the nose",
    "inhaled": "Breathed in",
    "transdermal": "Patch on the skin",
    "subcutaneous": "Shot under the skin",
    "intramuscular": "Shot into a muscle",
    "intravenous": "Into a vein",
}
_CONDITIONS = {
    "pregnancy": "Pregnant",
    "breastfeeding": "Breastfeeding",
    "liver disease": "Liver disease",
    "kidney disease": "Kidney disease",
    "heart disease": "Heart disease",
    "long qt": "Long QT (heart rhythm)",
    "high blood pressure": "High blood pressure",
    "epilepsy": "Epilepsy, or fits before",
    "breathing disorder": "Asthma or other trouble with breath",
    "sleep apnoea": "Breath stops in sleep (apnoea)",
    "alcohol use disorder": "Alcohol use disorder, now or before",
    "opioid use disorder": "Opioid use disorder, now or before",
    "depression": "Depression",
    "bipolar disorder": "Bipolar disorder",
    "psychosis": "Psychosis",
    "thyroid disease": "Thyroid disease",
    "diabetes": "Diabetes",
    "copd": "COPD (lungs)",
    "substance use disorder": "Use disorder of another drug, now or before",
    "anxiety": "Anxiety",
    "suicidal thoughts in the past": "Thoughts of suicide in the past",
    "weak immune system": "Weak immune system",
    "planned anaesthesia": "Surgery soon",
    "falls": "Falls easily",
    "driving": "Drives or runs machines",
}
_SIGNS = {
    "slow breathing": "Slow or shallow breath",
    "no breathing": "No breath",
    "blue lips": "Blue or grey lips",
    "cannot be woken": "Cannot be woken",
    "gurgling or snoring": "Gurgling, or odd snoring",
    "seizure": "A fit (seizure)",
    "chest pain": "Chest pain",
    "fainting": "Fainted",
    "palpitations": "Heart races or skips",
    "fever": "Fever",
    "stiff muscles": "Stiff muscles",
    "jerking muscles": "Jerking muscles",
    "confusion": "Confused",
    "yellow skin or eyes": "Yellow skin or eyes",
    "dark urine": "Dark urine",
    "itching": "Itching all over",
    "child swallowed": "A child swallowed some",
    "suicidal thoughts": "Thoughts of suicide",
    "severe withdrawal": "Very bad withdrawal",
}

CHOICES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "product.kind": _KINDS,
        "person.sex": _SEXES,
        "person.pain": _PAINS,
        "person.cyp2d6": _CYP2D6,
        "person.conditions": _CONDITIONS,
        "person.signs": _SIGNS,
        "with.route": _ROUTES,
    }
)
"""What each word that may be chosen means, by key."""

_WHO = {
    "experience": Label(
        "Kratom taken before",
        "As one would say it: never, regular, 3 g every 6 h since March, twice a day for 2 years.",
        "never",
    ),
    "conditions": Label("Tick what is so"),
    "jurisdiction": Label(
        "Country or state",
        "By its code, as TH, US-CA or US-CA/San Diego. For phone numbers and the law.",
        "US-CA",
    ),
    "pain": Label("Pain"),
    "signs": Label("Any of these, now?"),
    "cyp2d6": Label(
        "Enzyme CYP2D6", "It breaks down kratom. A gene test tells; most people have had none."
    ),
}

LABELS: Mapping[str, Label] = MappingProxyType(
    {
        "product.kind": Label("What is taken"),
        "product.mitragynine": Label(
            "Mitragynine in it, if known",
            "From a label or a lab paper: 14 mg/g, 1.4 %, 12 mg/mL or 15 mg/tablet.",
            "not known",
        ),
        "product.profile.hydroxymitragynine": Label(
            "7-OH in it, if known",
            "Of 7-OH tablets, what one holds: 15 mg/tablet. Of a powder: 0.1 mg/g.",
            "not known",
        ),
        "product.profile.*": Label("{name} in it", "", "not known"),
        "product.strain": Label(
            "Name on the pack", "Kept and shown. It does not tell what is inside.", "none"
        ),
        "regimen.dose": Label(
            "How much kratom at once",
            "As 2 g, 500 mg, 2 tsp (level), 4 capsules, 1 tablet or 30 mL.",
            "2 g",
        ),
        "regimen.every": Label(
            "How often", "As every 8 h, or 3 times a day. Empty means once.", "once"
        ),
        "regimen.for": Label(
            "For how long", "As 14 days. Empty means a week, and then no more doses.", ""
        ),
        "regimen.steps.from": Label("From when", "Counted from the first dose: 7 d.", "7 d"),
        "regimen.steps.dose": Label("How much then", "0 g means a break or the end.", "1 g"),
        "person.age": Label("Age, in years"),
        "person.weight": Label("Weight", "In kg, or as 154 lb."),
        "person.sex": Label("Sex"),
        **{f"person.{key}": one for key, one in _WHO.items()},
        **{f"people.{key}": one for key, one in _WHO.items()},
        "people.age.low": Label("Youngest, in years"),
        "people.age.high": Label("Oldest, in years"),
        "people.weight.median": Label(
            "Middle weight", "Half weigh less, half more.", "as adults weigh, by sex"
        ),
        "people.weight.cv": Label(
            "How much weights differ", "Spread over the mean: 0.2 or 20 %.", "0.2"
        ),
        "people.sex.female": Label("Share of women", "0.5 or 50 %."),
        "people.cyp2d6.poor": Label("Share whose CYP2D6 does not work", "", "0"),
        "people.cyp2d6.intermediate": Label("Share whose CYP2D6 works slowly", "", "0"),
        "people.cyp2d6.normal": Label("Share whose CYP2D6 works as in most people", "", "1"),
        "people.cyp2d6.ultrarapid": Label("Share whose CYP2D6 works very fast", "", "0"),
        "with.drug": Label("Name", "A medicine, alcohol, or any other drug.", "caffeine"),
        "with.dose": Label(
            "How much of this at once", "As 5 mg. Empty gives warnings only.", "not said"
        ),
        "with.at": Label("When", "Counted from the first kratom: 30 min, 2 h."),
        "with.every": Label("How often", "As every 12 h. Empty means once.", "once"),
        "with.for": Label("For how long", "", "as kratom"),
        "with.route": Label("How it is taken"),
        "output.until": Label("How far to look", "As 12 h or 5 d.", "long enough"),
        "output.sampling": Label("Times of blood samples", "For a study: 0.5 h, 1 h, 2 h.", ""),
        "output.lloq": Label("Least level that the lab can see"),
        "run.people": Label("How many people"),
        "run.replicates": Label("How many draws of what we do not know"),
        "run.seed": Label("Seed of chance", "The same seed gives the same result."),
        "run.variants": Label("Other versions of the model", "Where sources do not agree."),
    }
)


def label_of(plain: str) -> Label | None:
    """The words of a key without numbers; None for a key that has no field."""
    found = LABELS.get(plain)
    if found is None and plain.startswith("product.profile."):
        name = plain.removeprefix("product.profile.")
        found = Label(LABELS["product.profile.*"].asks.format(name=name), "", "not known")
    return found
