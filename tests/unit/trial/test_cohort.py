from __future__ import annotations

import tracemalloc
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from tests.cups import TWO_GRAMS, tea

from speciosa import Scenario
from speciosa.evidence.spread import Spread
from speciosa.people.draws import Draws
from speciosa.trial.cohort import Cohort, cohort
from speciosa.trial.parameters import parameters
from speciosa.trial.plan import plan
from speciosa.trial.run import Ran

LOOKED = ("plasma.mitragynine", "plasma.hydroxymitragynine", "opioid.response", "pain.felt")
IN_PAIN = {"pain": "chronic"}


def found(
    scenario: Scenario,
    people: int,
    replicates: int = 0,
    outputs: Sequence[str] = LOOKED,
    **how: Any,
) -> Cohort:
    how = {"seed": 3, "series": False, **how}
    return cohort(plan(scenario), outputs, people=people, replicates=replicates, **how)


def by_name(held: Cohort) -> dict[tuple[str, str, str], int]:
    return {(m.output, m.measure, m.window): i for i, m in enumerate(held.nominal)}


def measure(held: Cohort, output: str, name: str) -> tuple[np.ndarray, np.ndarray]:
    """A measure of people with central records, and of (replicates, people)."""
    place = by_name(held)[output, name, "all"]
    return held.nominal[place].values, held.replicated[place]


def test_person_17_is_the_same_among_20_and_200_to_the_last_bit() -> None:
    scenario = tea(person=IN_PAIN)
    few, many = found(scenario, 20), found(scenario, 200)
    for name in LOOKED:
        assert np.array_equal(few.values[name], many.values[name][:20])
    for one, other in zip(few.nominal, many.nominal, strict=True):
        assert np.array_equal(one.values, other.values[:20], equal_nan=True), one.output


def test_person_17_is_the_same_whatever_the_number_of_replicates() -> None:
    one, more = found(tea(), 18, 1), found(tea(), 18, 3)
    for name in LOOKED:
        assert np.array_equal(one.values[name], more.values[name])


def test_people_are_the_same_people_with_another_drug_beside() -> None:
    alone = plan(tea())
    beside = plan(tea(medicines=[{"drug": "morphine", "dose": "10 mg"}]))
    tables = [
        dict(
            zip(
                p.model.problem.parameters,
                parameters(p.model, p.population, Draws(3), 20, None).T,
                strict=True,
            )
        )
        for p in (alone, beside)
    ]
    assert set(tables[0]) < set(tables[1])
    for name, values in tables[0].items():
        assert np.array_equal(values, tables[1][name]), name


def test_levels_of_an_alkaloid_do_not_know_of_another_drug() -> None:
    alone = found(tea(), 4)
    beside = found(tea(medicines=[{"drug": "morphine", "dose": "10 mg"}]), 4)
    name = "plasma.mitragynine"
    # Two models take different steps, so they agree to the tolerance and not to the bit.
    assert beside.values[name] == pytest.approx(alone.values[name], rel=1e-4, abs=1e-5)


def test_were_everything_known_every_replicate_would_be_the_central_run(monkeypatch) -> None:
    def centre(self: Spread, u: Any) -> np.ndarray:
        return np.full(np.shape(u), self.centre)

    monkeypatch.setattr(Spread, "quantile", centre)
    monkeypatch.setattr("speciosa.model.model.fits", dict)
    held = found(tea(person=IN_PAIN), 5, 3)
    for one, drawn in zip(held.nominal, held.replicated, strict=True):
        assert np.array_equal(drawn, np.tile(one.held, (3, 1)), equal_nan=True), one.output


def test_were_all_alike_only_what_is_not_known_would_spread(monkeypatch) -> None:
    monkeypatch.setattr("speciosa.trial.parameters.variabilities", lambda model: {})
    held = found(tea(), 3, 4)
    central, drawn = measure(held, "plasma.mitragynine", "auc_inf")
    assert (central == central[0]).all()
    assert (drawn == drawn[:, :1]).all()
    assert len(set(drawn[:, 0])) == 4


@pytest.mark.parametrize("name", ["cmax", "auc_inf"])
def test_variability_and_uncertainty_add_up_to_both(name: str, spread_of_tea: Cohort) -> None:
    # The same 80 people stand in all 60 replicates, and the same replicates on both sides, so most
    # of the error of sampling cancels. What stays is real: how much people differ is uncertain too,
    # so the replicates are on average a little wider than the central run. 30 % holds it.
    central, drawn = measure(spread_of_tea, "plasma.mitragynine", name)
    # A person whose samples fall below the limit too soon has no area to infinity.
    variability = np.nanvar(np.log(central))
    uncertainty = np.var(np.log(np.nanmedian(drawn, axis=1)))
    both = np.nanvar(np.log(drawn))
    assert np.mean(np.isnan(drawn)) < 0.02
    assert min(variability, uncertainty) > 0.0
    assert both == pytest.approx(variability + uncertainty, rel=0.3)


@pytest.fixture(scope="module")
def spread_of_tea() -> Cohort:
    return found(Scenario.load(TWO_GRAMS), 80, 60, ["plasma.mitragynine"], seed=1)


def test_a_person_who_fails_is_counted_and_harms_nobody(monkeypatch) -> None:
    whole = found(tea(person=IN_PAIN), 6)

    def with_one_broken(model: Any, *rest: Any, **more: Any) -> np.ndarray:
        table = parameters(model, *rest, **more)
        table[3::6, model.problem.parameters.index("person.weight")] = np.nan
        return table

    monkeypatch.setattr("speciosa.trial.cohort.parameters", with_one_broken)
    held = found(tea(person=IN_PAIN), 6, 2, series=True)
    assert held.failed == 3  # once at the central records, once in each replicate
    assert held.advice
    assert "person.weight" in held.advice[0]
    others = [0, 1, 2, 4, 5]
    for one, intact in zip(held.nominal, whole.nominal, strict=True):
        assert np.isnan(one.values[3]), (one.output, one.measure)
        assert np.array_equal(one.values[others], intact.values[others], equal_nan=True)
    for band in held.courses["pain.felt"].bands.values():
        assert np.isfinite(band["median"]).all()


def test_progress_rises_to_all_people_of_all_replicates() -> None:
    seen: list[tuple[int, int]] = []
    found(tea(), 5, 3, progress=lambda done, total: seen.append((done, total)))
    assert {total for _, total in seen} == {20}
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)
    assert seen[-1] == (20, 20)


def test_stopping_from_the_progress_stops() -> None:
    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        found(tea(), 5, 3, progress=stop)


def test_replicates_come_in_blocks_that_change_nothing(monkeypatch) -> None:
    at_once = found(tea(), 3, 4, series=True)
    monkeypatch.setattr("speciosa.trial.lanes.LANES", 6)
    in_blocks = found(tea(), 3, 4, series=True)
    for one, other in zip(at_once.replicated, in_blocks.replicated, strict=True):
        assert np.array_equal(one, other, equal_nan=True)
    for name, course in at_once.courses.items():
        for kind, band in course.bands.items():
            for percentile, curve in band.items():
                other = in_blocks.courses[name].bands[kind][percentile]
                assert np.array_equal(curve, other), (name, kind)


@pytest.mark.parametrize(("lanes", "values"), [(1, 2**23), (3, 2**23), (2000, 5000)])
def test_the_size_of_a_chunk_changes_no_bit(monkeypatch, lanes: int, values: int) -> None:
    scenario = tea(
        person=IN_PAIN,
        regimen={"dose": "2 g", "every": "12 h", "for": "1 d"},
        output={"until": "36 h", "lloq": "0.5 ng/mL"},
    )
    at_once = found(scenario, 7, 2, series=True)
    monkeypatch.setattr("speciosa.trial.cohort.LANES", lanes)
    monkeypatch.setattr("speciosa.trial.cohort.VALUES", values)
    in_chunks = found(scenario, 7, 2, series=True)
    for name in LOOKED:
        assert in_chunks.values[name].tobytes() == at_once.values[name].tobytes()
    for one, other in zip(in_chunks.nominal, at_once.nominal, strict=True):
        assert one.values.tobytes() == other.values.tobytes(), (one.output, one.measure)
    for one, other in zip(in_chunks.replicated, at_once.replicated, strict=True):
        assert one.tobytes() == other.tobytes()
    for name, course in at_once.courses.items():
        for kind, band in course.bands.items():
            for percentile, curve in band.items():
                other = in_chunks.courses[name].bands[kind][percentile]
                assert other.tobytes() == curve.tobytes(), (name, kind, percentile)


def test_who_failed_is_told_by_the_same_number_whatever_the_chunk(monkeypatch) -> None:
    def with_one_broken(model: Any, population: Any, *rest: Any, **more: Any) -> np.ndarray:
        table = parameters(model, population, *rest, **more)
        people = rest[1]
        broken = 4 - more["first"]
        if 0 <= broken < people:
            table[broken::people, model.problem.parameters.index("person.weight")] = np.nan
        return table

    monkeypatch.setattr("speciosa.trial.cohort.parameters", with_one_broken)
    whole = found(tea(), 6, 1)
    monkeypatch.setattr("speciosa.trial.cohort.LANES", 2)
    chunked = found(tea(), 6, 1)
    assert chunked.advice == whole.advice
    assert [text.partition(":")[0] for text in whole.advice] == ["person 4", "person 4"]
    assert (chunked.failed, chunked.computed) == (whole.failed, whole.computed) == (2, 5)


def test_curves_are_kept_of_the_first_people_alone(monkeypatch) -> None:
    whole = found(tea(), 5)
    monkeypatch.setattr("speciosa.trial.cohort.SHOWN", 3)
    monkeypatch.setattr("speciosa.trial.cohort.LANES", 2)
    few = found(tea(), 5)
    for name in LOOKED:
        assert np.array_equal(few.values[name], whole.values[name][:3])
    for one, other in zip(few.nominal, whole.nominal, strict=True):
        assert np.array_equal(one.values, other.values, equal_nan=True)


def test_the_longer_the_run_the_fewer_are_shown(monkeypatch) -> None:
    whole = found(tea(), 5)
    values = whole.values[LOOKED[0]].shape[1] * len(LOOKED)
    monkeypatch.setattr("speciosa.trial.cohort.CURVES", 3 * values + 1)
    few = found(tea(), 5)
    for name in LOOKED:
        assert np.array_equal(few.values[name], whole.values[name][:3])
    monkeypatch.setattr("speciosa.trial.cohort.CURVES", 1)
    assert len(found(tea(), 5).values[LOOKED[0]]) == 1


def test_of_many_replicates_percentiles_are_counted(monkeypatch) -> None:
    kept = found(tea(), 12, 3)
    monkeypatch.setattr("speciosa.trial.cohort.EXACT", 0)
    counted = found(tea(), 12, 3)
    assert (kept.spread_error, counted.spread_error) == (0.0, 0.001)
    assert counted.replicated == []
    for kind, band in kept.spread.items():
        for name, values in band.items():
            close = pytest.approx(values, rel=0.0011, abs=1e-9, nan_ok=True)
            assert counted.spread[kind][name] == close, (kind, name)
    exact = kept.spread["variability"]
    assert all((counted.spread["variability"][n] == exact[n]).all() for n in ("median", "p95"))


def test_memory_is_that_of_measures_and_not_of_curves(monkeypatch) -> None:
    def at_rest(
        model: Any, table: np.ndarray, doses: Any, times: Any, names: Any, *, keep: Any, **_: Any
    ) -> Ran:
        keep.begin(len(table), times, tuple(names))
        for first in range(0, len(table), 30):
            count = min(30, len(table) - first)
            keep.take(first, np.ones((count, len(times), len(names))), np.zeros(count, np.int8))
        keep.end()
        return Ran(times, {}, np.zeros(0, dtype=np.intp), {})

    monkeypatch.setattr("speciosa.trial.cohort.run", at_rest)
    monkeypatch.setattr("speciosa.trial.cohort.LANES", 100)
    monkeypatch.setattr("speciosa.trial.cohort.SHOWN", 10)
    ready, people = plan(tea()), 1500
    outputs = [
        name for name in ready.model.outputs if name.startswith(("pain.", "heart.", "mood."))
    ]
    found(tea(), 10)  # so that what is loaded once is loaded
    tracemalloc.start()
    held = found(tea(), people, outputs=outputs)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    measures = 4 * people * len(held.nominal) + 8 * 100 * len(held.nominal)
    curves = 8 * people * ready.look.times.size * len(outputs)
    assert peak < measures + curves / 8


def test_courses_are_kept_when_asked_for() -> None:
    assert found(tea(), 2, 1).courses == {}
    kept = found(tea(), 2, 1, series=True).courses
    assert set(kept) == set(LOOKED)
    assert set(kept["pain.felt"].bands) == {"variability", "uncertainty", "both"}
    assert set(found(tea(), 2, 0, series=True).courses["pain.felt"].bands) == {"variability"}


def test_who_watches_is_handed_the_curves_of_everybody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("speciosa.trial.cohort.LANES", 3)
    monkeypatch.setattr("speciosa.trial.cohort.SHOWN", 2)
    seen = np.full((3, 7, plan(tea()).look.series.size, len(LOOKED)), np.nan)

    def watch(replicate: int | None, first: int, curves: np.ndarray) -> None:
        draw = 0 if replicate is None else 1 + replicate
        assert np.isnan(seen[draw, first : first + len(curves)]).all()  # nobody twice
        seen[draw, first : first + len(curves)] = curves

    kept = found(tea(), 7, 2, series=True)
    watched = found(tea(), 7, 2, watch=watch)
    assert not watched.courses
    assert len(watched.values[LOOKED[0]]) == 2
    for place, name in enumerate(LOOKED):
        bands = kept.courses[name].bands
        middle = np.median(seen[0, :, :, place], axis=0)
        assert middle == pytest.approx(bands["variability"]["median"], rel=1e-6, abs=1e-9)
        middle = np.median(seen[1:, :, :, place].reshape(14, -1), axis=0)
        assert middle == pytest.approx(bands["both"]["median"], rel=1e-6, abs=1e-9)


def test_a_study_that_cannot_measure_far_sees_a_shorter_half_life() -> None:
    scenario = Scenario.load(TWO_GRAMS)
    name = "plasma.hydroxymitragynine"
    blind = found(scenario, 20, outputs=[name])
    sharp = found(scenario.replace(output__lloq="0.001 ng/mL"), 20, outputs=[name])
    place = by_name(blind)[name, "half_life", "all"]
    assert np.nanmedian(blind.nominal[place].values) < np.nanmedian(sharp.nominal[place].values)


def test_measures_are_read_at_the_samples_of_the_scenario() -> None:
    scenario = tea(output={"until": "72 h", "sampling": ["1 h", "3 h", "10 h"]})
    held = found(scenario, 4, outputs=["plasma.mitragynine"])
    place = by_name(held)["plasma.mitragynine", "tmax", "all"]
    assert set(held.nominal[place].values) <= {1.0, 3.0, 10.0}
