"""The words that a scenario may use where only certain words have a meaning."""

from __future__ import annotations

from speciosa.evidence.record import PAINS, ROUTES

__all__ = ["CONDITIONS", "CYP2D6", "KINDS", "PAINS", "ROUTES", "SEXES"]

SEXES = ("female", "male")
CYP2D6 = ("poor", "intermediate", "normal", "ultrarapid")
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
