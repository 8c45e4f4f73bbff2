"""What the observation files hold, and what each number may serve."""

from __future__ import annotations

import pytest

from speciosa.evidence import Observation, observations, records, studies
from speciosa.evidence.load import HOME, systems
from speciosa.trial.observed import is_effect, is_kinetic, is_ratio
from speciosa.units import unit

OBSERVATIONS = observations()
FIT = ("tanna-2022", "huestis-2026")
VALIDATE = ("huestis-2024", "trakulsrichai-2015")
MEDICINES = (
    "culm-merdek-2005",
    "jones-1991-whisky",
    "lintz-1998",
    "oxycodone-label",
    "palovaara-2000",
    "streisand-1991",
)
FIT_EFFECTS = ("smith-2024", "vicknasingam-2020")
VALIDATE_EFFECTS = (
    "cepeda-2005",
    "knaggs-2004",
    "lee-1998",
    "rogers-2024",
    "trakulsrichai-2015",
    "weil-1975",
)
MEASURES = ("cmax", "tmax", "auc_inf", "half_life")
EFFECT_MEASURES = (
    *("at", "change", "ratio"),
    *("max", "min", "mean", "last", "rise", "fall", "lowest_ratio"),
)
CHECKED = [o for o in OBSERVATIONS.values() if o.use != "none"]
KINETIC = [o for o in CHECKED if is_kinetic(o)]
EFFECTS = [o for o in CHECKED if is_effect(o)]
RATIOS = [o for o in CHECKED if is_ratio(o)]


def test_every_file_is_a_study() -> None:
    assert set(studies()) == {path.stem for path in (HOME / "observations").glob("*.yaml")}


@pytest.mark.parametrize("observation", OBSERVATIONS.values(), ids=lambda o: o.id)
def test_every_observation_is_whole(observation: Observation) -> None:
    assert observation.unit is not None  # parses
    assert observation.study in studies()
    assert observation.read in str(observation)
    assert all(studies()[observation.study].arm(arm) for arm in observation.arms)


def test_whole_studies_are_kept_for_validation() -> None:
    for held, fit, unseen in (
        (KINETIC, FIT, (*VALIDATE, *MEDICINES)),
        (EFFECTS, FIT_EFFECTS, VALIDATE_EFFECTS),
    ):
        assert {o.study for o in held if o.use == "validate"} == set(unseen)
        assert {o.study for o in held if o.use == "fit"} == set(fit)


def test_interactions_are_fitted_to_midazolam_where_it_is_the_only_victim() -> None:
    for study in {o.study for o in RATIOS if o.use == "fit"}:
        of_study = [o for o in OBSERVATIONS.values() if o.study == study and is_ratio(o)]
        victims = {o.output for o in of_study} - {"plasma.dextromethorphan"}  # given along with tea
        assert victims == {"plasma.midazolam"}, study
        assert {o.measure for o in of_study if o.use == "fit"} == {"auc_ratio"}, study


def test_a_ratio_of_two_visits_is_of_arms_that_differ_in_one_cause() -> None:
    for o in RATIOS:
        study = studies()[o.study]
        taken, alone = (study.arm(name) for name in o.arms)
        assert (taken.route, taken.product, taken.number) == (
            alone.route,
            alone.product,
            alone.number,
        ), o.id
        assert set(alone.medicines) <= set(taken.medicines), o.id
        assert taken.medicines != alone.medicines or taken.mg != alone.mg, o.id


def test_no_study_serves_both_and_as_many_effects_are_unseen_as_fitted() -> None:
    uses: dict[str, set[str]] = {}
    for o in CHECKED:
        uses.setdefault(o.study, set()).add(o.use)
    assert all(len(use) == 1 for use in uses.values()), uses
    unseen = [o for o in EFFECTS if o.use == "validate"]
    assert len(unseen) >= len(EFFECTS) - len(unseen)


def test_no_number_follows_from_others_repeats_one_or_stands_twice() -> None:
    seen: set[tuple[object, ...]] = set()
    for o in CHECKED:
        assert not o.by, o.id
        assert not o.repeats, o.id
        what = (o.study, o.output, o.measure, o.window, o.arms, o.statistic, o.at, o.above)
        assert what not in seen, o.id
        seen.add(what)
    for o in OBSERVATIONS.values():
        if o.repeats:
            assert o.repeats in OBSERVATIONS
            assert o.repeats != o.id


def test_no_unseen_effect_is_behind_a_record_of_the_system_that_it_judges() -> None:
    for o in EFFECTS:
        if o.use == "validate":
            word = o.output.partition(".")[0]
            held = records(word).values() if word in systems() else ()
            sources = {r.source for r in held if "occupancy" not in r.id and "anchor" not in r.id}
            assert o.source not in sources, o.id


@pytest.mark.parametrize("observation", EFFECTS, ids=lambda o: o.id)
def test_an_effect_is_of_a_measure_that_can_be_simulated(observation: Observation) -> None:
    study = studies()[observation.study]
    assert observation.measure in EFFECT_MEASURES
    assert study.sampling
    assert study.assumed
    for name in observation.arms:
        arm = study.arm(name)
        assert arm.n
        assert not arm.per_kg
        assert arm.mg or arm.medicines or arm.habit
    if observation.use == "fit":
        # A fit needs an error, and a share brings its own.
        assert observation.spread.kind != "none" or observation.statistic == "share"


def test_what_is_fitted_is_measured_once_and_can_be_simulated() -> None:
    fitted = [o for o in KINETIC if o.use == "fit"]
    assert {o.measure for o in fitted} == set(MEASURES)
    seen = {(o.study, o.output, o.measure, o.window, o.arms, o.statistic) for o in fitted}
    assert len(seen) == len(fitted) == 35
    assert all(o.comparable for o in fitted)


@pytest.mark.parametrize("observation", KINETIC, ids=lambda o: o.id)
def test_an_arm_that_is_simulated_has_a_design(observation: Observation) -> None:
    study = studies()[observation.study]
    drug = observation.output.removeprefix("plasma.")
    assert study.sampling
    assert study.assumed
    for name in observation.arms:
        arm = study.arm(name)
        assert arm.mg["mitragynine" if observation.study not in MEDICINES else drug] > 0.0
        assert arm.n
        assert not arm.per_kg
    if observation.comparable:
        assert drug in study.lloq
        assert observation.measure in (*MEASURES, "vz_f")


@pytest.mark.parametrize("observation", CHECKED, ids=lambda o: o.id)
def test_a_printed_peak_time_lies_within_the_sampling(observation: Observation) -> None:
    if observation.measure == "tmax":
        times = studies()[observation.study].sampling
        assert times[0] <= observation.value <= times[-1]


@pytest.mark.parametrize(
    "identity", [o.id for o in OBSERVATIONS.values() if o.study == "tanna-2022"]
)
def test_every_peak_time_of_the_tea_is_a_sampling_time(identity: str) -> None:
    observation = OBSERVATIONS[identity]
    if observation.use == "fit" and observation.measure == "tmax":
        times = studies()["tanna-2022"].sampling
        spread = observation.spread
        assert {observation.value, spread.low, spread.high} <= set(times)


def test_derived_repeated_and_unreliable_numbers_serve_nothing() -> None:
    for observation in OBSERVATIONS.values():
        derived = observation.measure in ("vz_f", "cl_f")
        span = "/3S/" in observation.id or "/3R/" in observation.id
        if (derived and observation.study == "tanna-2022") or span:
            assert observation.use == "none"
    for identity in (
        "trakulsrichai-2015/mitragynine/cl_f_total",
        "trakulsrichai-2015/mitragynine/cl_f_per_kg",
        "trakulsrichai-2015/mitragynine/cmax_lowest",
    ):
        assert OBSERVATIONS[identity].use == "none"
    assert all(o.because for o in OBSERVATIONS.values() if o.use == "none")


def test_a_statistic_over_groups_names_its_groups() -> None:
    for observation in OBSERVATIONS.values():
        if observation.statistic.split("_")[1:2] == ["group"] and observation.use != "none":
            assert len(observation.arms) == 4


def test_an_amount_is_molar_or_a_mass_and_never_both() -> None:
    molar, mass = unit("nmol/L"), unit("ng/mL")
    for observation in OBSERVATIONS.values():
        if observation.measure == "cmax":
            assert observation.unit.same_dimension(molar) != observation.unit.same_dimension(mass)


def test_the_tea_is_the_leaf_that_was_assayed() -> None:
    from speciosa.evidence import records

    product = records("product")
    for drug, mg in studies()["tanna-2022"].arms[0].mg.items():
        if mg > 0.0:
            assert mg == pytest.approx(2.0 * product[f"product/content/{drug}/k51"].value, rel=0.03)


def test_no_animal_is_compared_with_people() -> None:
    for study in studies().values():
        if any(arm.per_kg for arm in study.arms):
            found = [o for o in OBSERVATIONS.values() if o.study == study.id]
            assert all(o.use == "none" and not o.comparable for o in found)
