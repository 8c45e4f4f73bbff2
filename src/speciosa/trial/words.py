"""The words that a scenario may use where only certain words have a meaning."""

from __future__ import annotations

from speciosa.evidence.record import PAINS, PHENOTYPES, ROUTES

__all__ = ["CONDITIONS", "CYP2D6", "KINDS", "PAINS", "ROUTES", "SEXES", "SIGNS"]

SEXES = ("female", "male")
CYP2D6 = PHENOTYPES
KINDS = ("leaf", "tea", "capsule", "extract", "7-oh")
CONDITIONS = (
    "pregnancy",
    "breastfeeding",
    "liver disease",
    "kidney disease",
    "heart disease",
    "long qt",
    "high blood pressure",
    "epilepsy",
    "breathing disorder",
    "sleep apnoea",
    "alcohol use disorder",
    "opioid use disorder",
    "depression",
    "bipolar disorder",
    "psychosis",
    "thyroid disease",
    "diabetes",
    "copd",
    "substance use disorder",
    "anxiety",
    "suicidal thoughts in the past",
    "weak immune system",
    "planned anaesthesia",
    "falls",
    "driving",
)
SIGNS = (
    "slow breathing",
    "no breathing",
    "blue lips",
    "cannot be woken",
    "gurgling or snoring",
    "seizure",
    "chest pain",
    "fainting",
    "palpitations",
    "fever",
    "stiff muscles",
    "jerking muscles",
    "confusion",
    "yellow skin or eyes",
    "dark urine",
    "itching",
    "child swallowed",
    "suicidal thoughts",
    "severe withdrawal",
)
"""Signs of an emergency, of the person now. One of them is enough to stop the modelling."""
