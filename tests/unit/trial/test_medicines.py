"""Medicines alone: what a usual dose gives, beside what labels and studies print.

Each row is a quantity with the range that its source allows: a printed range, or a printed mean
with about the spread that people have. `read` says how the source was seen, in the words of the
records. No row is a ratio with another drug: these decide whether kinetics are right, and such
ratios whether interactions are.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

import numpy as np
import pytest
from tests.unit.trial.test_comparators import medicine

from speciosa.evidence import records
from speciosa.evidence.load import source_keys
from speciosa.evidence.record import READ
from speciosa.model import Model
from speciosa.trial.arms import dose_form, nanomoles
from speciosa.trial.compartments import DRUGS
from speciosa.trial.measures import measure_all
from speciosa.trial.run import Dose, run
from speciosa.trial.windows import look


class Row(NamedTuple):
    """One quantity of one dose: ng/mL, h, or a share; `available` is by mouth over by vein."""

    drug: str
    mg: float
    what: str
    low: float
    high: float
    source: str
    read: str


LABEL = "label, from memory"
TABLE = (
    Row("ketoconazole", 200, "cmax", 2000, 5000, "label: 3.5 ug/mL within 1 to 2 h", "recalled"),
    Row("ketoconazole", 200, "half_life", 1.6, 2.6, "label: 2 h in the first 10 h", "recalled"),
    Row("itraconazole", 200, "half_life", 14, 30, f"{LABEL}: 16 to 28 h after one", "recalled"),
    Row("itraconazole", 200, "available", 0.35, 0.65, "PMC1661660: 55 %", "verified"),
    Row("voriconazole", 200, "tmax", 1.0, 2.0, "PMC1661660: 1 to 2 h", "verified"),
    Row("voriconazole", 200, "half_life", 5.0, 9.0, "a drug guide: 6 to 9 h", "verified"),
    Row("voriconazole", 200, "available", 0.6, 1.0, "label: 85 to 90 %, 60 to 100", "verified"),
    Row("fluconazole", 200, "cmax", 2000, 5000, "PMC1661660: 2 mg/L; label: 3 to 4", "verified"),
    Row("fluconazole", 200, "tmax", 1.0, 3.0, "PMC1661660: 1 to 3 h", "verified"),
    Row("fluconazole", 200, "half_life", 22, 35, "PMC1661660: 31 h", "verified"),
    Row("fluconazole", 200, "available", 0.9, 1.0, "PMC1661660: 93 %", "verified"),
    Row("clarithromycin", 500, "available", 0.45, 0.6, "chu-1991: 52 %", "secondary"),
    Row("clarithromycin", 500, "half_life", 2.5, 6.0, f"{LABEL}: 3 to 7 h", "recalled"),
    Row("verapamil", 80, "available", 0.2, 0.35, "PMID 7297023: 24 %; label: 20 to 35", "verified"),
    Row("verapamil", 80, "half_life", 2.0, 7.4, "label: 2.8 to 7.4 h", "verified"),
    Row("diltiazem", 60, "available", 0.35, 0.55, f"{LABEL}: 40 %", "recalled"),
    Row("diltiazem", 60, "half_life", 3.0, 5.5, f"{LABEL}: 3 to 4.5 h", "recalled"),
    Row("ritonavir", 100, "half_life", 3.0, 7.0, f"{LABEL}: 3 to 5 h", "recalled"),
    Row("cobicistat", 150, "half_life", 3.0, 4.5, f"{LABEL}: 3 to 4 h", "recalled"),
    Row("rifampicin", 600, "half_life", 2.3, 5.1, f"{LABEL}: 3.4 h, to 5.1", "recalled"),
    Row("carbamazepine", 400, "half_life", 25, 65, f"{LABEL}: 25 to 65 h at first", "recalled"),
    Row("efavirenz", 600, "half_life", 50, 78, "osp-efavirenz: 52 to 76 h after one", "verified"),
    Row("efavirenz", 600, "cmax", 1500, 4000, "an Indian study: 1900 and 3110", "verified"),
    Row("cimetidine", 400, "half_life", 1.5, 2.5, f"{LABEL}: 2 h", "recalled"),
    Row("triazolam", 0.25, "half_life", 1.5, 5.5, f"{LABEL}: 1.5 to 5.5 h", "recalled"),
    Row("triazolam", 0.25, "available", 0.35, 0.6, "kroboth-1995: 44 %", "verified"),
    Row("alprazolam", 0.5, "half_life", 6.3, 26.9, f"{LABEL}: 11.2 h, 6.3 to 26.9", "recalled"),
    Row("alprazolam", 0.5, "cmax", 5, 11, f"{LABEL}: 8 ng/mL for 0.5 mg", "recalled"),
    Row("simvastatin", 20, "available", 0.03, 0.1, f"{LABEL}: below 5 %; todd-1993: 7", "recalled"),
    Row("alfentanil", 1, "half_life", 1.1, 1.9, f"{LABEL}: 90 to 111 min", "recalled"),
    Row("felodipine", 5, "available", 0.1, 0.25, "edgar-1985: 15 %; label: 20", "verified"),
    Row("felodipine", 5, "tmax", 2.5, 5.0, "label: 2.5 to 5 h", "verified"),
    Row("felodipine", 5, "half_life", 3.0, 11, "PMID 3677507: 3.3 h, later 24", "verified"),
    Row("nifedipine", 10, "half_life", 1.2, 2.5, f"{LABEL}: 2 h", "recalled"),
    Row("nifedipine", 10, "available", 0.35, 0.6, "foster-1983, kleinbloesem-1984", "verified"),
    Row("buspirone", 10, "half_life", 1.8, 3.5, f"{LABEL}: 2 to 3 h", "recalled"),
    Row("buspirone", 10, "cmax", 0.5, 3.0, f"{LABEL}: 1 to 6 ng/mL for 20 mg", "recalled"),
    Row("quetiapine", 150, "half_life", 5.5, 7.5, "quetiapine-label: 6 h; a study: 7", "verified"),
    Row("quetiapine", 150, "tmax", 1.0, 2.0, "quetiapine-label: 1.5 h", "verified"),
    Row("zolpidem", 10, "cmax", 58, 272, "label: 121 ng/mL, 58 to 272", "verified"),
    Row("zolpidem", 10, "tmax", 1.0, 2.2, "label: 1.6 h", "verified"),
    Row("zolpidem", 10, "half_life", 1.4, 3.8, "label: 2.5 h, 1.4 to 3.8", "verified"),
    Row("quinidine", 166, "half_life", 6, 9, f"{LABEL}: 6 to 8 h", "recalled"),
    Row("paroxetine", 30, "auc_inf", 80, 260, "paroxetine-label: daily doses 8-fold", "secondary"),
    Row("fluoxetine", 40, "cmax", 12, 55, f"{LABEL}: 15 to 55 ng/mL for 40 mg", "recalled"),
    Row("fluoxetine", 40, "half_life", 24, 72, f"{LABEL}: 1 to 3 days at first", "recalled"),
    Row("bupropion", 130, "half_life", 12, 30, f"{LABEL}: 21 +/- 9 h", "recalled"),
    Row("duloxetine", 60, "half_life", 8, 17, "a review: 12 h, 8 to 17", "verified"),
    Row("duloxetine", 60, "tmax", 5, 8, "monograph: 6 h", "verified"),
    Row("duloxetine", 60, "available", 0.32, 0.8, "monograph: 32 to 80 %", "verified"),
    Row("diphenhydramine", 44, "cmax", 41, 111, "Swiss monograph: 41 to 111 ng/mL", "verified"),
    Row("diphenhydramine", 44, "tmax", 1.5, 3.0, "Swiss monograph: 1.5 to 3 h", "verified"),
    Row("diphenhydramine", 44, "half_life", 3.0, 15, "Blyden 1986: 8.4 h", "verified"),
    Row("diphenhydramine", 44, "available", 0.42, 0.75, "Blyden 1986: 72 %", "verified"),
    Row("hydrocodone", 6, "half_life", 3.3, 5.0, f"{LABEL}: 3.8 h", "recalled"),
    Row("hydrocodone", 6, "cmax", 15, 32, f"{LABEL}: 23.6 +/- 5.2 ng/mL", "recalled"),
    Row("codeine", 22, "half_life", 2.2, 3.6, f"{LABEL}: 3 h", "recalled"),
    Row("methadone", 80, "half_life", 15, 60, f"{LABEL}: 8 to 59 h", "recalled"),
    Row("methadone", 80, "available", 0.6, 0.95, f"{LABEL}: 36 to 100 %", "recalled"),
    Row("naltrexone", 45, "half_life", 3.0, 5.0, "meyer-1984: 4 h", "verified"),
    Row("naltrexone", 45, "available", 0.03, 0.4, "meyer-1984: 5 %; a guide: 5 to 40", "verified"),
    Row("gabapentin", 300, "available", 0.5, 0.7, f"{LABEL}: 60 % at 900 mg a day", "recalled"),
    Row("gabapentin", 300, "half_life", 4.5, 7.0, f"{LABEL}: 5 to 7 h", "recalled"),
    Row("pregabalin", 75, "half_life", 5.5, 7.0, "pregabalin-label: 6.3 h", "verified"),
    Row("pregabalin", 75, "available", 0.85, 1.0, f"{LABEL}: 90 % and more", "recalled"),
    Row("venlafaxine", 75, "half_life", 3.0, 7.0, "a page: 3 to 7 h", "verified"),
    Row("desvenlafaxine", 50, "half_life", 8.0, 13, "a page: 9 to 13 h", "verified"),
    Row("nortriptyline", 50, "half_life", 16, 60, f"{LABEL}: 16 to 90 h", "recalled"),
    Row("desipramine", 88, "half_life", 12, 30, f"{LABEL}: 12 to 27 h", "recalled"),
    Row("dextromethorphan", 14.7, "cmax", 0.3, 8.0, "svelic-9364: below 1 to 8 ng/mL", "verified"),
    Row("dextromethorphan", 22, "half_life", 1.0, 4.0, "an encyclopaedia: 2 to 4 h", "secondary"),
    Row("dextromethorphan", 22, "available", 0.07, 0.17, "an encyclopaedia: 11 %", "secondary"),
    Row("risperidone", 2, "half_life", 2.0, 4.0, f"{LABEL}: 3 h", "recalled"),
    Row("risperidone", 2, "available", 0.6, 0.8, "risperidone-label: 70 %", "secondary"),
    Row("metoprolol", 78, "half_life", 2.5, 7.0, f"{LABEL}: 3 to 7 h", "recalled"),
    Row("metoprolol", 78, "available", 0.4, 0.6, f"{LABEL}: 50 %", "recalled"),
    Row("atomoxetine", 80, "available", 0.55, 0.7, "atomoxetine-label: 63 %", "verified"),
    Row("atomoxetine", 80, "half_life", 4.0, 6.5, "a page of pharmacology: 5.2 h", "verified"),
    Row("digoxin", 0.25, "half_life", 27, 48, "digoxin-label: 36 to 48 h; else 28", "verified"),
    Row("digoxin", 0.25, "available", 0.6, 0.8, "digoxin-label: 60 to 80 %", "verified"),
    Row("dabigatran", 113, "half_life", 12, 17, "a monograph: 12 to 17 h", "verified"),
    Row("dabigatran", 113, "available", 0.03, 0.07, "PMC4371043: 3 to 7 %", "verified"),
    Row("dabigatran", 113, "tmax", 1.0, 3.0, "PMC4371043: 1 to 3 h", "verified"),
    Row("warfarin", 2.5, "half_life", 21, 43, f"{LABEL}: 21 to 43 h", "recalled"),
    Row("omeprazole", 20, "half_life", 0.35, 1.0, f"{LABEL}: half to one hour", "recalled"),
    Row("omeprazole", 20, "available", 0.3, 0.45, f"{LABEL}: 30 to 40 %", "recalled"),
    Row("nalmefene", 18, "available", 0.35, 0.47, "kyhl-2016: 41 %", "verified"),
    Row("nalmefene", 18, "half_life", 7.0, 15, f"{LABEL}: 12.5 h", "recalled"),
    Row("clonidine", 0.089, "half_life", 6, 24, f"{LABEL}: 6 to 24 h", "recalled"),
    Row("clonidine", 0.089, "available", 0.65, 0.95, f"{LABEL}: 70 to 80 %", "recalled"),
    Row("lofexidine", 0.54, "available", 0.6, 0.8, "lofexidine-label: 72 %", "verified"),
    Row("lofexidine", 0.54, "half_life", 10, 14, "a page: 11 to 13 h after one dose", "verified"),
    Row("lofexidine", 0.54, "tmax", 2.5, 5.0, "a drug guide: 3 to 5 h", "verified"),
    Row("lithium", 56, "half_life", 14, 36, f"{LABEL}: 18 to 36 h", "recalled"),
)  # fmt: skip

OFF = {
    ("ketoconazole", "half_life"): "one compartment, and little of it slows itself less",
    ("fluconazole", "tmax"): "dissolves as slowly as in its kinetic model; the peak is flat",
    ("atomoxetine", "half_life"): "one compartment: 0.85 L/kg by vein give 2.7 h",
    ("dabigatran", "half_life"): "one compartment: its volume by vein and its clearance give 5 h",
}
"""What lies outside: known, and not to be relied on."""

DAILY = (
    ("verapamil", 80, 8, 7, 150, 250, 35, 75, "verapamil-sr: 190 and 52 to 56"),
    ("voriconazole", 200, 12, 7, 1200, 3400, 200, 1000, "label: 2310 and 460"),
    ("efavirenz", 600, 24, 21, 2600, 5500, 1000, 3000, "label, from memory: 4070 and 1770"),
    ("paroxetine", 30, 24, 30, 30, 90, 20, 45, "paroxetine-label: half of 62 and 31"),
    ("fluvoxamine", 50, 12, 14, 70, 130, 50, 130, "fluvoxamine-cotinine: 92 on average"),
    ("fluoxetine", 40, 24, 30, 91, 302, 50, 302, "fluoxetine-label: 91 to 302"),
)
"""Drug, mg, every h, for days; peak and trough between; source."""


@cache
def levels(drug: str, mg: float, route: str, every: float = 0.0, days: int = 0):
    """Times and plasma levels (ng/mL) of somebody of 70 kg with central numbers."""
    times = np.arange(0.0, 24.0 * days, every) if every else np.array([0.0])
    model = Model.build([medicine(drug, route)], outputs=[f"plasma.{drug}"])
    usual = {"person.weight": 70.0, "person.pain": 0.0}
    person = [*model.central, *(usual.get(trait, 1.0) for trait in model.flat.traits)]
    plan = look(list(times), every or None, 24.0 * days or 400.0, None)
    nmol = np.full((1, len(times)), nanomoles(drug, mg))
    doses = [Dose(drug, times, nmol, route)]
    found = run(model, np.array([person]), doses, plan.times, [f"plasma.{drug}"])
    return plan, found.values[f"plasma.{drug}"]


@cache
def measured(drug: str, mg: float, route: str) -> dict[str, float]:
    plan, values = levels(drug, mg, route)
    limit = 0.003 * float(values.max())  # what a laboratory would see of the tail
    taken = measure_all("it", "ng/mL", values, plan, limit, concentration=True)
    return {one.measure: float(one.values[0]) for one in taken if one.window == "all"}


def simulated(row: Row) -> float:
    by_mouth = measured(row.drug, row.mg, "oral")
    if row.what == "available":
        return by_mouth["auc_inf"] / measured(row.drug, row.mg, "intravenous")["auc_inf"]
    return by_mouth[row.what]


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row.drug}-{row.what}")
def test_a_usual_dose_gives_what_people_had(row: Row) -> None:
    inside = row.low <= simulated(row) <= row.high
    known = (row.drug, row.what) in OFF
    told = f"{simulated(row):.4g} against {row.low:g} to {row.high:g}, {row.source}"
    assert inside != known, told


@pytest.mark.parametrize(
    ("drug", "mg", "every", "days", "peak", "peaks", "trough", "troughs", "source"),
    DAILY,
    ids=[row[0] for row in DAILY],
)
def test_daily_doses_of_what_acts_on_its_own_enzyme_reach_what_people_had(
    drug: str, mg: float, every: float, days: int, peak: float, peaks: float, trough: float,
    troughs: float, source: str,
) -> None:  # fmt: skip
    plan, values = levels(drug, mg, "oral", every, days)
    last = values[0][plan.times >= 24.0 * days - every]
    assert peak < last.max() < peaks, source
    assert trough < last.min() < troughs, source


def test_every_new_medicine_stands_in_the_table_or_acts_through_one_that_does() -> None:
    first = DRUGS.index("ketoconazole")
    followed = {drug for drug in DRUGS[first:] if dose_form(drug, "oral")}
    held = {row.drug for row in TABLE} | {row[0] for row in DAILY}
    assert followed - held == {"erythromycin", "phenytoin"}
    assert all(row.read in READ for row in TABLE)
    cited = {key for row in TABLE for key in re.findall(r"[a-z]+-(?:\d{4}|label)\b", row.source)}
    assert cited <= source_keys()
    assert {drug for drug, _ in OFF} <= held


def test_what_a_medicine_does_to_its_own_enzyme_is_counted_once() -> None:
    # A clearance of people who take it has no share of the enzyme that is gone in them.
    held = records("metabolism", "fitted")
    for gone in ("fluvoxamine.CYP1A2", "ritonavir.CYP3A4", "cobicistat.CYP3A4"):
        assert f"metabolism/share/{gone}" not in held
    # Elsewhere the record says that it is what it would be, or that little of it is so cleared.
    for drug in ("paroxetine", "fluoxetine", "ketoconazole", "itraconazole"):
        by = records("elimination")[f"elimination/CL/{drug}"].by
        assert "would be without" in by, drug
    for drug in ("duloxetine", "diphenhydramine"):
        assert held[f"metabolism/share/{drug}.CYP2D6"].value <= 0.25
        first = measured(drug, 1.0, "oral")["auc_inf"]
        usual = {"duloxetine": 60.0, "diphenhydramine": 44.0}[drug]
        assert measured(drug, usual, "oral")["auc_inf"] / usual < 1.25 * first
