from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.invented import believe, evidence, record

from speciosa.errors import EvidenceError
from speciosa.evidence.load import studies
from speciosa.evidence.record import Arm, Habit, Medicine, Study
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


def test_a_habit_ends_before_time_zero_and_its_first_dose_begins_the_run():
    regular = replace(arm(), habit=Habit({"leafine": 20.0}, every=8.0, days=1.0, since=12.0))
    plan = plan_arm(study(regular), regular)
    now, before = plan.doses
    assert now.times.tolist() == [0.0]
    assert before.times.tolist() == [-28.0, -20.0, -12.0]
    assert before.nmol == pytest.approx(np.full((1, 3), 5e4))
    assert plan.start == -28.0
    assert plan_arm(study(arm()), arm()).start == 0.0


def test_a_habit_shorter_than_its_interval_is_one_dose():
    regular = replace(arm(), habit=Habit({"leafine": 20.0}, every=48.0, days=1.0, since=3.0))
    assert plan_arm(study(regular), regular).doses[1].times.tolist() == [-3.0]


def test_a_medicine_brings_its_form_its_route_and_its_times(monkeypatch):
    monkeypatch.setattr("speciosa.trial.arms.forms", lambda drug: (f"{drug}-nose",))
    given = Medicine("blocker", 4.0, at=2.0, every=6.0, number=2, route="nose")
    both = replace(arm(), medicines=(given,))
    plan = plan_arm(study(both), both)
    assert [s.name for s in plan.substances] == ["leafine", "blocker"]
    assert (plan.substances[1].form, plan.substances[1].origin) == ("blocker-nose", "medicine")
    assert plan.doses[1].times.tolist() == [2.0, 8.0]
    assert plan.doses[1].route == "nose"
    assert plan.look.times[-1] == 128.0
    vein = replace(both, medicines=(replace(given, route="intravenous"),))
    assert plan_arm(study(vein), vein).substances[1].form == "blocker-nose"


def test_a_medicine_that_no_record_can_follow_is_refused(monkeypatch):
    given = Medicine("blocker", 4.0, at=0.0, every=None, number=1, route="intravenous")
    other = replace(arm(), medicines=(given,))
    monkeypatch.setattr("speciosa.trial.arms.forms", lambda drug: ())
    with pytest.raises(EvidenceError, match="'blocker-intravenous'; expected a drug whose"):
        plan_arm(study(other), other)
    monkeypatch.setattr("speciosa.trial.arms.forms", lambda drug: ("blocker-nose",))
    swallowed = replace(arm(), medicines=(replace(given, route="oral"),))
    with pytest.raises(EvidenceError, match="'blocker-oral'; expected one of blocker-nose"):
        plan_arm(study(swallowed), swallowed)


def test_a_pure_medicine_has_the_form_of_its_route(monkeypatch):
    nose = {"absorption/ka/blocker-nose": (3.0, "1/h")}
    believe(monkeypatch, evidence() | {i: record(i, *number) for i, number in nose.items()})
    for route in ("nose", "intravenous"):
        one = replace(arm(blocker=4.0), product="pure", route=route)
        plan = plan_arm(study(one), one)
        (substance,), (dose,) = plan.substances, plan.doses
        assert (substance.form, substance.origin) == ("blocker-nose", "medicine")
        assert dose.route == route


def test_a_pure_drug_that_is_no_medicine_keeps_its_own_pace():
    one = replace(arm(), product="pure")
    (substance,) = plan_arm(study(one), one).substances
    assert (substance.uptake, substance.origin) == ("leafine", "kratom")
