from __future__ import annotations

import numpy as np
import pytest
from tests.cups import PRODUCT, ROOT, tea

from speciosa import simulate
from speciosa.errors import InputError, SolverError
from speciosa.evidence import find
from speciosa.model import VARIANTS, Variant
from speciosa.model import model as model_module
from speciosa.trial import simulation
from speciosa.trial.alternatives import BASE
from speciosa.trial.parameters import parameters
from speciosa.trial.plan import plan
from speciosa.trial.result import Result
from speciosa.trial.simulation import COARSE, FINE, evidence

THREE_DAYS = {"experience": {"dose": "3 g", "every": "8 h", "for": "3 d"}}


def median(found: Result, measure: str, output: str, window: str = "all") -> float:
    return float(np.nanmedian(found.measure(measure, output, window)))


def opened(found: Result, output: str) -> float:
    """The median person at time 0."""
    return float(np.median(found[output][:, 0]))


def test_the_same_seed_is_the_same_result_and_another_is_not() -> None:
    one, again, other = (simulate(tea(), seed=seed).to_dict() for seed in (3, 3, 4))
    assert one == again
    assert one["measures"] != other["measures"]
    assert one["model"] == other["model"]


def test_arguments_stand_in_for_the_keys_of_run() -> None:
    found = simulate(tea(), people=3, replicates=1, seed=9)
    assert (found.people, found.replicates, found.seed) == (3, 1, 9)
    assert found.scenario.run.people == 3
    assert found["plasma.mitragynine"].shape == (3, len(found.times))


def test_a_habit_of_days_leaves_tolerance_and_drug_at_time_zero() -> None:
    naive, regular = simulate(tea()), simulate(tea(person=THREE_DAYS))
    assert opened(naive, "tolerance.level") == 0.0
    assert opened(naive, "plasma.mitragynine") == 0.0
    assert opened(regular, "tolerance.level") > 0.0
    assert opened(regular, "plasma.mitragynine") > 0.0


def test_a_longer_habit_leaves_more_tolerance() -> None:
    longer = {"experience": {**THREE_DAYS["experience"], "for": "6 d"}}
    short, long = simulate(tea(person=THREE_DAYS)), simulate(tea(person=longer))
    assert opened(long, "tolerance.level") > opened(short, "tolerance.level")


def test_a_break_lets_tolerance_fall() -> None:
    regimen = {"dose": "2 g", "every": "8 h", "for": "3 d"}
    steps = [{"from": "1 d", "dose": "0 g"}]
    through = simulate(tea(regimen=regimen))
    broken = simulate(tea(regimen={**regimen, "steps": steps}))
    common, one, other = np.intersect1d(through.times, broken.times, return_indices=True)
    with_break = broken["tolerance.level"][:, other]
    without = through["tolerance.level"][:, one]
    before, after = common < 24.0, common >= 30.0
    assert before.sum() > 10
    assert after.sum() > 10
    assert with_break[:, before] == pytest.approx(without[:, before], rel=1e-4, abs=1e-7)
    assert (with_break[:, after] < without[:, after]).all()


def test_without_cyp2d6_more_mitragynine_reaches_and_stays_in_the_blood() -> None:
    normal, poor = (simulate(tea(person={"cyp2d6": name})) for name in ("normal", "poor"))
    for measure in ("auc_inf", "cmax"):
        more, usual = (f.measure(measure, "plasma.mitragynine") for f in (poor, normal))
        assert (more > usual).all()


def test_a_fast_metaboliser_has_less_and_an_intermediate_lies_between() -> None:
    kinds = ("poor", "intermediate", "normal", "ultrarapid")
    exposure = [
        median(simulate(tea(person={"cyp2d6": name})), "auc_inf", "plasma.mitragynine")
        for name in kinds
    ]
    assert exposure == sorted(exposure, reverse=True)


def test_naloxone_lowers_the_response_to_morphine() -> None:
    morphine = {"drug": "morphine", "dose": "20 mg"}
    naloxone = {"drug": "naloxone", "dose": "2 mg", "route": "intravenous", "at": "1 h"}
    alone = simulate(tea(medicines=[morphine]))
    together = simulate(tea(medicines=[morphine, naloxone]))
    # For some hours; when naloxone has left, receptors that could not adapt answer a little more.
    hours = [1.1, 1.5, 2.0, 3.0]
    blocked, free = (
        found["opioid.response"][:, np.searchsorted(found.times, np.array(hours) - 1e-6)]
        for found in (together, alone)
    )
    assert (blocked < free).all()
    assert (blocked[:, 0] < 0.7 * free[:, 0]).all()


def test_a_medicine_adds_to_the_response_and_is_followed_itself() -> None:
    alone = simulate(tea())
    beside = simulate(tea(medicines=[{"drug": "morphine", "dose": "20 mg"}]))
    assert "plasma.morphine" in beside.outputs
    assert "plasma.morphine" not in alone.outputs
    assert (
        beside.measure("max", "opioid.response") > alone.measure("max", "opioid.response")
    ).all()


def test_a_medicine_without_kinetics_is_not_simulated() -> None:
    found = simulate(tea(medicines=[{"drug": "haloperidol", "dose": "200 mg"}]))
    assert not any("haloperidol" in name for name in found.outputs)
    assert found.model_hash == simulate(tea()).model_hash


@pytest.mark.parametrize(
    "name", [n for n, v in VARIANTS.items() if all(i.startswith("opioid/") for i in v.instead)]
)
def test_a_variant_of_the_receptor_moves_nothing_in_the_blood(name: str) -> None:
    plain, other = simulate(tea()), simulate(tea(), variants=[name])
    assert other.variants == (name,)
    assert other.model_hash != plain.model_hash
    assert other.scenario.run.variants == (name,)
    for output in plain.outputs:
        same = np.allclose(other[output], plain[output], rtol=1e-5, atol=1e-9)
        if output.startswith("plasma."):
            assert same, output
    # The hold of a drug on the receptor is another, so this and what follows from it must move.
    for output in ("opioid.occupancy", "opioid.response", "pain.relief"):
        assert not np.allclose(other[output], plain[output], rtol=1e-3), output
    assert set(VARIANTS[name].instead.values()) <= {record.id for record in other.evidence}


def test_all_is_every_variant_by_itself_beside_the_model_as_it_stands() -> None:
    base, together = simulate(tea()), simulate(tea(), variants=["all"])
    assert together.variants == ()
    assert together.model_hash == base.model_hash
    assert together.rows == base.rows
    assert together.scenario.run.variants == ("all",)
    found = together.alternatives
    assert found is not None
    assert tuple(found.hashes) == (BASE, *VARIANTS)
    for name in VARIANTS:
        alone = simulate(tea(), variants=[name])
        assert found.hashes[name] == alone.model_hash
        medians = {
            (row["output"], row["measure"], row["window"]): row["median"]
            for row in alone.rows
            if row["kind"] == "both"
        }
        assert found.medians[name] == medians
        assert {record.id for record in alone.evidence} <= {r.id for r in together.evidence}


def test_a_variant_that_changes_nothing_here_is_not_run_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(simulation, "VARIANTS", {"sky-is-blue": Variant("sky-is-blue", "so", {})})
    monkeypatch.setattr(model_module, "VARIANTS", simulation.VARIANTS)
    told: list[tuple[int, int]] = []
    found = simulate(tea(), variants=["all"], progress=lambda *at: told.append(at)).alternatives
    assert found is not None
    assert found.hashes[BASE] == found.hashes["sky-is-blue"]
    assert found.medians[BASE] == found.medians["sky-is-blue"]
    assert told[-1] == (12, 12)


def test_progress_of_all_variants_runs_once_from_start_to_end() -> None:
    told: list[tuple[int, int]] = []
    simulate(tea(), variants=["all"], progress=lambda *at: told.append(at))
    assert told == sorted(told)
    # What midazolam alone would meet changes nothing for a tea, and is not run.
    assert told[-1][0] == told[-1][1] == 12 * (1 + len(VARIANTS) - 1)


def test_the_evidence_of_all_variants_is_that_of_each() -> None:
    found = evidence(tea(run={"variants": ["all"]}))
    for name in VARIANTS:
        if name != "gut-cyp3a-as-in-tubes":  # of a gut wall that no drug of a tea meets
            assert set(VARIANTS[name].instead.values()) <= set(found)
    assert set(evidence(tea())) <= set(found)


@pytest.mark.parametrize("variants", [["all", "speciociliatine-binds-weakly"]])
def test_all_stands_alone(variants: list[str]) -> None:
    with pytest.raises(InputError, match="all alone"):
        simulate(tea(), variants=variants)


def test_all_is_several_models_and_a_data_file_is_for_one() -> None:
    with pytest.raises(InputError, match="several models"):
        simulate(tea(), variants=["all"], data=ROOT / "examples" / "data.csv")


def test_what_destroys_its_own_enzyme_stays_longer() -> None:
    plain, other = simulate(tea()), simulate(tea(), variants=["cyp3a-autoinhibition"])
    mine, its = (one.measure("auc_inf", "plasma.mitragynine") for one in (plain, other))
    assert (its > mine).all()


def test_an_unknown_variant_is_refused_with_what_is_near() -> None:
    with pytest.raises(InputError, match=r"did you mean herg-sensitive\?"):
        simulate(tea(), variants=["herg-sensitiv"])


def test_every_record_of_the_run_is_listed_once() -> None:
    scenario = tea(people={"weight": "reference"}, medicines=[{"drug": "morphine", "dose": "5 mg"}])
    found = simulate(scenario)
    ids = [record.id for record in found.evidence]
    assert len(ids) == len(set(ids))
    assert tuple(ids) == evidence(found.scenario)
    assert set(find(ids)) == set(ids)
    for wanted in (
        "elimination/CL/mitragynine",
        "variability/elimination/CL",
        "substance/molar_mass/morphine",
        "people/weight/male",
    ):
        assert wanted in ids


def test_assumed_numbers_and_filled_in_keys_are_told() -> None:
    found = simulate(tea())
    # What is said of one number may name another.
    about = [line.partition(" = ")[0] for line in found.assumptions]
    assert "person.weight" in about
    for record in found.evidence:
        assert about.count(record.id) == (record.status == "assumed")


def test_a_product_without_anything_in_it_does_nothing() -> None:
    none = dict.fromkeys(PRODUCT["profile"], "0 mg/g")
    empty = {"kind": "tea", "mitragynine": "0 mg/g", "profile": none}
    found = simulate(tea(person={"pain": "chronic"}, product=empty))
    assert not any(name.startswith("plasma.") for name in found.outputs)
    assert not found["opioid.response"].any()
    assert found["pain.felt"] == pytest.approx(found["pain.felt"][:, :1] + 0.0 * found.times)


def test_a_swallowed_7_hydroxymitragynine_product_is_simulated_and_warned_of_first() -> None:
    pure = {"kind": "7-oh", "mitragynine": "0 mg/g", "profile": {"hydroxymitragynine": "50 %"}}
    found = simulate(tea(product=pure, regimen={"dose": "20 mg"}))
    assert "not leaf" in found.warnings[0]
    assert "plasma.mitragynine" not in found.outputs
    assert (found.measure("cmax", "plasma.hydroxymitragynine") > 0.0).all()
    assert (found.measure("max", "opioid.response") > 0.0).all()


def test_nobody_simulated_is_an_error_that_says_why(monkeypatch) -> None:
    def broken(model, *rest, **more):
        return np.full_like(parameters(model, *rest, **more), np.nan)

    monkeypatch.setattr("speciosa.trial.cohort.parameters", broken)
    with pytest.raises(SolverError, match="nobody could be simulated"):
        simulate(tea())


def test_percentiles_of_very_many_replicates_say_how_exact_they_are(monkeypatch) -> None:
    exact = simulate(tea())
    monkeypatch.setattr("speciosa.trial.cohort.EXACT", 3)
    counted = simulate(tea())
    assert counted.warnings[:-1] == exact.warnings
    assert "of all replicates" in counted.warnings[-1]
    assert "within 0.1 % of itself" in counted.warnings[-1]


def test_without_names_the_finest_outputs_are_left_out() -> None:
    found = simulate(tea(), people=1, replicates=1)
    known = plan(tea()).model.outputs
    assert "tolerance.level" in found.outputs
    left_out = set(known) - set(found.outputs)
    assert left_out >= {"unbound.mitragynine", "brain.mitragynine", "tolerance.relief"}
    assert left_out >= {"opioid.kappa", "opioid.delta", "monoamine.occupancy.5HT1A"}
    assert len(left_out) == sum(name.startswith(FINE) and name not in COARSE for name in known)
    some = sorted(left_out)[:3]
    assert list(simulate(tea(), people=1, replicates=1, outputs=some).outputs) == some


def test_percentiles_of_very_many_curves_say_how_exact_they_are(monkeypatch) -> None:
    exact = simulate(tea(), series=True)
    monkeypatch.setattr("speciosa.trial.courses.EXACT", 3)
    counted = simulate(tea(), series=True)
    assert exact.courses_error == 0.0
    assert "relative_error" not in exact.to_dict(series=True)["series"]
    assert counted.courses_error == 0.005
    assert counted.to_dict(series=True)["series"]["relative_error"] == 0.005
    assert counted.warnings[:-1] == exact.warnings

    def signed(band) -> bool:
        return min(curve.min() for curve in band.values()) < 0.0

    def largest(band) -> float:
        return max(np.abs(curve).max() for curve in band.values())

    bands = [(n, band) for n, c in exact.courses.items() for band in c.bands.values()]
    assert {n for n, band in bands if signed(band)} <= {
        "pain.relief",
        "arousal.level",
        "mood.level",
    }
    assert "within 0.5 % of itself" in counted.warnings[-1]
    for name, course in exact.courses.items():
        for kind, band in course.bands.items():
            for percentile, curve in band.items():
                other = counted.courses[name].bands[kind][percentile]
                # Between two people on either side of 0 there may be next to nothing, which is
                # told as exactly as they are.
                aside = largest(band) if signed(band) else 0.0
                allowed = 0.0051 * np.maximum(np.abs(curve), aside) + 1e-9
                assert (np.abs(other - curve) <= allowed).all(), (name, kind)
    assert counted.rows == exact.rows
