from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.invented import believe, evidence, record

from speciosa.evidence.load import studies
from speciosa.evidence.record import Arm, Study
from speciosa.trial.arms import nanomoles, plan_arm


@pytest.fixture(autouse=True)
def invented(monkeypatch: pytest.MonkeyPatch):
    believe(monkeypatch, evidence())


def arm(number: int = 1, every: float | None = None, **mg: float) -> Arm:
    return Arm("tea", "tea", mg or {"leafine": 40.0}, 2.0, every, number, 6, False, "oral")


def study(one: Arm, *sampling: float) -> Study:
    any_study = next(iter(studies().values()))
    return replace(any_study, arms=(one,), sampling=sampling)


def test_a_mass_becomes_an_amount_by_the_molar_mass():
    # 40 mg at 400 g/mol are 0.1 mmol.
    assert nanomoles("leafine", 40.0) == pytest.approx(1e5)


def test_a_single_dose_is_given_once_and_followed_for_days():
    one = arm()
    plan = plan_arm(study(one), one)
    (dose,) = plan.doses
    assert (dose.drug, dose.times.tolist()) == ("leafine", [0.0])
    assert dose.nmol == pytest.approx(np.array([[1e5]]))
    assert [w.name for w in plan.look.windows] == ["all"]
    assert plan.look.times[-1] == 120.0


def test_the_product_of_the_arm_is_its_dose_form():
    one = arm()
    (substance,) = plan_arm(study(one), one).substances
    assert (substance.name, substance.form, substance.uptake) == ("leafine", "tea", "leafine")


def test_repeated_doses_come_at_their_interval():
    daily = arm(number=3, every=24.0, leafine=40.0, leafol=4.0)
    plan = plan_arm(study(daily, 1.0, 2.0, 200.0), daily)
    assert [dose.drug for dose in plan.doses] == ["leafine", "leafol"]
    assert all(dose.times.tolist() == [0.0, 24.0, 48.0] for dose in plan.doses)
    assert [w.name for w in plan.look.windows] == ["first", "last", "all"]
    # The last sample of the study is 200 h after the last dose.
    assert plan.look.times[-1] == 248.0


def test_a_study_is_looked_at_when_it_drew_blood():
    one = arm()
    plan = plan_arm(study(one, 0.5, 1.0, 8.0), one)
    (window,) = plan.look.windows
    assert plan.look.times[window.samples].tolist() == [0.0, 0.5, 1.0, 8.0]


def test_a_pure_medicine_has_the_form_of_its_route(monkeypatch):
    nose = {"absorption/ka/blocker-nose": (3.0, "1/h")}
    believe(monkeypatch, evidence() | {i: record(i, *number) for i, number in nose.items()})
    for route, given in (("nose", "nose"), ("iv", "intravenous")):
        one = replace(arm(blocker=4.0), product="pure", route=route)
        plan = plan_arm(study(one), one)
        (substance,), (dose,) = plan.substances, plan.doses
        assert (substance.form, substance.origin) == ("blocker-nose", "medicine")
        assert dose.route == given


def test_a_pure_drug_that_is_no_medicine_keeps_its_own_pace():
    one = replace(arm(), product="pure")
    (substance,) = plan_arm(study(one), one).substances
    assert (substance.uptake, substance.origin) == ("leafine", "kratom")
