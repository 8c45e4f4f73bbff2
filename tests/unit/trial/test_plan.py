from __future__ import annotations

import math
import re

import numpy as np
import pytest
from tests.cups import PRODUCT, tea

from speciosa.errors import InputError, ScenarioError
from speciosa.evidence import find
from speciosa.model.wiring import EFFECTS
from speciosa.people.who import PAIN_SHARES
from speciosa.trial.arms import nanomoles
from speciosa.trial.plan import FORGOTTEN, memory, plan
from speciosa.trial.simulation import simulate
from speciosa.units import convert, unit

REGULAR = {"experience": {"dose": "3 g", "every": "8 h", "for": "2 d"}}


def middle(name: str) -> np.ndarray:
    return np.array([0.5])


def test_one_dose_is_taken_at_time_zero() -> None:
    prepared = plan(tea())
    assert prepared.schedule.times == (0.0,)
    assert prepared.schedule.amounts == (2.0,)
    assert prepared.dose_unit == "g"
    assert prepared.start == 0.0
    assert [window.name for window in prepared.look.windows] == ["all"]
    assert prepared.look.times[-1] == 72.0


def test_the_model_follows_what_is_in_the_product_and_what_it_becomes() -> None:
    prepared = plan(tea())
    assert set(prepared.alkaloids) == {"mitragynine", "speciociliatine"}
    assert {"mitragynine", "hydroxymitragynine", "speciociliatine"} == set(prepared.model.drugs)


def test_a_gram_holds_what_is_stated() -> None:
    prepared = plan(tea())
    assert prepared.milligrams("mitragynine") == pytest.approx(19.5)
    assert prepared.milligrams("speciogynine") == 0.0


def test_a_repeated_regimen_has_a_first_and_a_last_interval() -> None:
    daily = {"dose": "2 g", "every": "24 h", "for": "2 d"}
    prepared = plan(tea(regimen=daily))
    assert prepared.schedule.times == (0.0, 24.0)
    assert [window.name for window in prepared.look.windows] == ["first", "last", "all"]


def test_a_step_of_no_grams_stops_the_doses() -> None:
    stopped = {
        "dose": "2 g",
        "every": "8 h",
        "for": "2 d",
        "steps": [{"from": "1 d", "dose": "0 g"}],
    }
    prepared = plan(tea(regimen=stopped))
    assert prepared.schedule.times == (0.0, 8.0, 16.0)
    (mitragynine, _) = prepared.doses(middle, 1)
    assert mitragynine.times.tolist() == [0.0, 8.0, 16.0]


def test_a_habit_comes_before_time_zero_and_ends_one_interval_before() -> None:
    prepared = plan(tea(person=REGULAR))
    assert prepared.habit.times == (-48.0, -40.0, -32.0, -24.0, -16.0, -8.0)
    assert prepared.habit.amounts == (3.0,) * 6
    assert prepared.start == -48.0
    mitragynine = prepared.doses(middle, 1)[0]
    assert mitragynine.times.tolist() == [*prepared.habit.times, 0.0]
    assert mitragynine.nmol[0, -1] / mitragynine.nmol[0, 0] == pytest.approx(2.0 / 3.0)


def test_a_long_habit_is_followed_only_as_far_back_as_tolerance_remembers() -> None:
    long = {"experience": {"dose": "3 g", "every": "24 h", "for": "10 y"}}
    prepared = plan(tea(person=long))
    assert -memory() <= prepared.start < -memory() + 24.0
    ids = [f"tolerance/k_off/{effect}" for effect in EFFECTS] + ["dependence/pace"]
    left = [math.exp(-record.value * memory()) for record in find(ids).values()]
    # What is lost slowest is just forgotten, everything else long before.
    assert max(left) == pytest.approx(FORGOTTEN)


def test_the_content_of_a_product_is_shared_by_all_people_of_a_replicate() -> None:
    drawn = {**PRODUCT, "profile": {**PRODUCT["profile"], "speciociliatine": "< 10 mg/g"}}
    prepared = plan(tea(product=drawn))

    def chance(name: str) -> np.ndarray:
        return np.array([0.25, 0.75])

    found = {dose.drug: dose.nmol for dose in prepared.doses(chance, 3)}
    exact, below = found["mitragynine"], found["speciociliatine"]
    assert exact.shape == below.shape == (6, 1)
    assert exact == pytest.approx(np.full((6, 1), nanomoles("mitragynine", 39.0)))
    expected = [nanomoles("speciociliatine", mg) for mg in (5.0,) * 3 + (15.0,) * 3]
    assert below[:, 0] == pytest.approx(expected)


def test_a_medicine_with_kinetics_is_followed_at_its_own_times() -> None:
    medicine = {"drug": "morphine", "dose": "10 mg", "at": "1 h", "every": "4 h", "for": "8 h"}
    prepared = plan(tea(medicines=[medicine]))
    assert "morphine" in prepared.model.drugs
    assert prepared.silent == ()
    (dose,) = [dose for dose in prepared.doses(middle, 1) if dose.drug == "morphine"]
    assert dose.times.tolist() == [1.0, 5.0]
    assert dose.nmol == pytest.approx(np.full((1, 2), nanomoles("morphine", 10.0)))
    assert "substance/molar_mass/morphine" in prepared.dosing_records


def test_a_medicine_into_a_vein_needs_no_dose_form() -> None:
    medicine = {"drug": "naloxone", "dose": "0.4 mg", "route": "intravenous"}
    prepared = plan(tea(medicines=[medicine]))
    assert [dose.route for dose in prepared.doses(middle, 1) if dose.drug == "naloxone"] == [
        "intravenous"
    ]


@pytest.mark.parametrize(
    ("drug", "dose", "route", "mg"),
    [
        ("oxycodone", "20 mg", "oral", 20.0),
        ("oxycodone", "5 mg", "intravenous", 5.0),
        ("tramadol", "100 mg", "oral", 100.0),
        ("fentanyl", "50 ug", "intravenous", 0.05),
        ("fentanyl", "400 ug", "buccal", 0.4),
        ("midazolam", "7.5 mg", "oral", 7.5),
        ("midazolam", "1 mg", "intravenous", 1.0),
        ("alcohol", "14 g", "oral", 14_000.0),
        ("caffeine", "200 mg", "oral", 200.0),
    ],
)
def test_comparators_are_followed_whatever_their_dose_is_written_in(
    drug: str, dose: str, route: str, mg: float
) -> None:
    prepared = plan(tea(medicines=[{"drug": drug, "dose": dose, "route": route}]))
    assert prepared.silent == ()
    (taken,) = [one for one in prepared.doses(middle, 1) if one.drug == drug]
    assert taken.nmol[0, 0] == pytest.approx(nanomoles(drug, mg))
    assert taken.route == route


def test_tramadol_brings_its_metabolite_along() -> None:
    prepared = plan(tea(medicines=[{"drug": "tramadol", "dose": "50 mg"}]))
    assert "desmetramadol" in prepared.model.drugs


@pytest.mark.parametrize("dose", ["200 mg", "10 mL"])
@pytest.mark.parametrize("route", ["oral", "transdermal"])
def test_a_medicine_that_no_record_can_follow_is_named_and_left_out(dose: str, route: str) -> None:
    medicine = {"drug": "haloperidol", "dose": dose, "route": route}
    prepared = plan(tea(medicines=[medicine, medicine]))
    assert prepared.silent == ("haloperidol",)
    assert prepared.medicines == ()
    assert "haloperidol" not in prepared.model.drugs


@pytest.mark.parametrize(
    ("wrong", "key"),
    [({"route": "transdermal"}, "with[0].route"), ({"dose": "10 mL"}, "with[0].dose")],
    ids=["no such route", "a volume"],
)
def test_a_medicine_that_can_be_followed_is_never_left_out(wrong: dict[str, str], key: str) -> None:
    with pytest.raises(ScenarioError, match=f"^{re.escape(key)}: got .*morphine"):
        tea(medicines=[{"drug": "morphine", "dose": "10 mg", **wrong}])
    # Without a dose nothing of it is simulated, so only the words of its interactions are asked.
    assert plan(tea(medicines=[{"drug": "morphine", "route": "transdermal"}])).silent == ()


def test_a_medicine_without_a_dose_is_no_concern_of_a_run() -> None:
    prepared = plan(tea(medicines=[{"drug": "morphine"}]))
    assert (prepared.medicines, prepared.silent) == ((), ())


def test_one_person_is_a_population_without_spread() -> None:
    who = plan(tea(person={"sex": "male", "weight": "81 kg", "cyp2d6": "poor"})).population
    assert (who.age, who.female, dict(who.cyp2d6)) == ((35.0, 35.0), 0.0, {"poor": 1.0})
    assert who.weight is not None
    assert (who.weight.median, who.weight.cv) == (81.0, 0.0)


def test_people_bring_the_records_behind_their_traits() -> None:
    shares = {"poor": 0.1, "normal": 0.9}
    prepared = plan(tea(people={"cyp2d6": shares}))
    assert prepared.population.weight is None
    assert set(prepared.trait_records) == {
        "people/pain/none",
        *(f"people/pain/none/{share}" for share in PAIN_SHARES),
        "people/weight/female",
        "people/weight/male",
        "people/weight/sd_log",
        "people/cyp2d6/poor",
        "people/cyp2d6/normal",
    }


def test_counted_doses_rest_on_what_a_capsule_holds() -> None:
    capsules = {"product": {**PRODUCT, "kind": "capsule"}, "regimen": {"dose": "2 capsules"}}
    prepared = plan(tea(**capsules))
    assert prepared.dose_unit == "capsules"
    assert "product/capsule_fill" in prepared.dosing_records
    fill = find(["product/capsule_fill"])["product/capsule_fill"]
    grams = convert(fill.value, fill.unit, unit("g"))
    assert prepared.milligrams("mitragynine") == pytest.approx(19.5 * grams)


def test_an_unknown_variant_is_refused() -> None:
    with pytest.raises(InputError, match="wishful"):
        plan(tea(), ["wishful"])


@pytest.mark.parametrize("at", ["24 h", "100 h"])
def test_a_medicine_taken_later_is_looked_at_as_closely_as_one_taken_at_once(at: str) -> None:
    def exposure(at: str) -> tuple[float, float]:
        morphine = {"drug": "morphine", "dose": "10 mg", "at": at}
        scenario = tea(medicines=[morphine], output={"until": "140 h"})
        result = simulate(scenario, people=2, replicates=1, outputs=["plasma.morphine"])
        return result.measure("cmax", "plasma.morphine")[0], result.measure(
            "auc_last", "plasma.morphine"
        )[0]

    assert exposure(at) == pytest.approx(exposure("0 h"), rel=0.02)


def test_doses_after_the_end_of_the_run_are_left_out_and_said() -> None:
    scenario = tea(regimen={"dose": "2 g", "every": "8 h", "for": "14 d"}, output={"until": "24 h"})
    assert plan(scenario).schedule.times == (0.0, 8.0, 16.0)
    assert any("output.until ends before" in remark for remark in scenario.remarks())


YOUNG = {
    "person.age: got '16 y'; expected at least 18 y": {"person": {"age": 16}},
    "person.weight: got '9 kg'; expected at least 30 kg": {"person": {"weight": "9 kg"}},
    "people.age.low: got '12 y'; expected at least 18 y": {
        "people": {"age": {"low": "12 y", "high": "40 y"}}
    },
    "people.weight.median: got '25 kg'; expected at least 30 kg": {"people": {"weight": "25 kg"}},
}


@pytest.mark.parametrize("told", YOUNG)
def test_a_child_may_be_asked_about_and_is_not_simulated(told: str) -> None:
    scenario = tea(**YOUNG[told])
    with pytest.raises(ScenarioError) as refused:
        plan(scenario)
    assert str(refused.value).startswith(told)
    assert "'speciosa check' answers" in str(refused.value)
