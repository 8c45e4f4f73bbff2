"""The bench: what lies on it, what stands in for it, and what is simulated how often."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from on_the_bench import record
from speciosa.claims.bench import BASE, FACTS, Bench, Need, simulations
from speciosa.errors import EvidenceError, InputError, SolverError
from speciosa.evidence.spread import Spread
from speciosa.model import VARIANTS
from speciosa.trial.scenario import Scenario

KI = "opioid/mu/Ki/mitragynine"
RELIEF, LEVEL = Need("leaf-1-g", "pain.relief"), Need("leaf-1-g", "plasma.mitragynine")
MINE = Scenario.from_dict({"product": {"kind": "tea"}, "regimen": {"dose": "2 g"}})


def small() -> Bench:
    return Bench(people=2, replicates=2)


@pytest.fixture(scope="module")
def used() -> Bench:
    """A bench on which relief was simulated, and later levels in plasma of the same run."""
    bench = small()
    bench.run([RELIEF])
    bench.run([LEVEL])
    return bench


def test_a_record_may_stand_in_for_another_and_be_seen_by_each_look() -> None:
    other = record(KI, 1.0)
    bench = Bench(instead={KI: other})
    assert bench.record(KI) is other
    assert bench.record_or_none(KI) is other
    assert other in bench.records("opioid/mu/Ki/")
    assert bench.value(KI) == 1.0
    assert bench.limit(KI, "nmol/L") == 1.0
    assert Bench().value(KI) != 1.0


def test_a_record_that_does_not_exist_may_be_put_beside_the_others() -> None:
    new = record("opioid/mu/Ki/mitragynine/next-year", 5.0)
    assert {KI, new.id} <= {one.id for one in Bench(instead={new.id: new}).records(KI)}
    assert new.id not in {one.id for one in Bench().records(KI)}


def test_records_are_found_by_the_very_beginning_of_their_ids() -> None:
    assert all(one.id.startswith("opioid/mu/Ki/") for one in Bench().records("opioid/mu/Ki/"))
    assert not Bench().records("opioid/nobody/")


@pytest.mark.parametrize(
    ("look", "message"),
    [
        (lambda b: b.record("opioid/mu/Ki/water"), "the id of a record"),
        (lambda b: b.observation("smith-2024/height"), "the id of a record or an observation"),
        (lambda b: b.fact("person/giant"), "the id of a fact"),
        (lambda b: b.scenario("leaf-1-kg"), "one of green-leaf-3-g, leaf-1-g"),
    ],
)
def test_what_is_not_there_is_refused(look, message: str) -> None:
    with pytest.raises(EvidenceError, match=message):
        look(Bench())


def test_ids_of_observations_facts_and_laws_are_of_no_record() -> None:
    bench = Bench()
    for identity in ("smith-2024/pupil_right", "person/pregnancy", next(iter(bench.laws()))):
        assert bench.record_or_none(identity) is None


def test_facts_are_found_in_whichever_file_they_stand() -> None:
    from speciosa.safety.facts import facts

    for name in FACTS:
        first = next(iter(facts(name)))
        assert Bench().fact(first) == facts(name)[first]


def test_a_number_is_a_bound_of_any_unit_and_a_record_of_its_own_alone() -> None:
    bench = Bench()
    assert bench.limit(3.0, "ng/mL") == 3.0
    with pytest.raises(EvidenceError, match=f"unit of {KI}: got 'nmol/L'; expected ng/mL"):
        bench.limit(KI, "ng/mL")


def test_a_bound_is_drawn_once_for_each_replicate_and_the_same_each_time() -> None:
    wide = record(KI, 10.0, Spread("lognormal", 10.0, gsd=2.0))
    bench = Bench(replicates=400, instead={KI: wide})
    drawn = bench.drawn(KI)
    assert drawn.shape == (400,)
    assert np.median(drawn) == pytest.approx(10.0, rel=0.02)
    assert np.percentile(drawn, 95) == pytest.approx(wide.spread.p95, rel=0.05)
    assert np.array_equal(drawn, Bench(replicates=400, instead={KI: wide}).drawn(KI))
    assert not np.array_equal(drawn, Bench(replicates=400, seed=2, instead={KI: wide}).drawn(KI))
    assert np.array_equal(bench.drawn(0.3), np.full(400, 0.3))


def test_a_simulation_runs_with_the_model_as_it_stands_and_with_every_variant(used: Bench) -> None:
    for variant in (BASE, *VARIANTS):
        values = used.values(RELIEF, "max", "all", variant)
        assert values.shape == (2, 2)
        assert np.isfinite(values).all()
    # What changes nothing in this model shares the run of another.
    assert len({id(used.ran("leaf-1-g", name)) for name in VARIANTS}) < len(VARIANTS)


def test_a_run_knows_its_units_and_what_it_rests_on(used: Bench) -> None:
    ran = used.ran("leaf-1-g")
    assert ran.units["plasma.mitragynine", "cmax", "all"] == "ng/mL"
    assert KI in ran.records
    assert 0 < ran.assumed < len(ran.records)


def test_another_output_of_a_simulation_is_run_when_it_is_asked_for(used: Bench) -> None:
    relief = used.values(RELIEF, "max", "all", BASE)  # not lost by the second run
    assert np.isfinite(relief).all()
    assert (used.values(LEVEL, "cmax", "all", BASE) > 0).all()
    at_once = small()
    at_once.run([RELIEF, LEVEL])
    assert np.array_equal(at_once.values(RELIEF, "max", "all", BASE), relief)


def test_what_was_simulated_is_not_simulated_again(
    used: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("speciosa.claims.bench.cohort", pytest.fail)
    used.run([RELIEF, LEVEL, RELIEF])


def test_a_measure_that_an_output_lacks_is_refused_with_those_that_it_has(used: Bench) -> None:
    with pytest.raises(InputError, match=r"got 'height in all'; expected one of .*max in all"):
        used.values(RELIEF, "height", "all", BASE)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Runs that cost nothing, and of how many people each was."""
    asked: list[int] = []

    def cohort(plan, outputs, *, people, replicates, progress, **_):
        asked.append(people * (1 + replicates))
        if progress is not None:
            progress(asked[-1], asked[-1])
        names = [SimpleNamespace(output=o, measure="max", window="all", unit="1") for o in outputs]
        held = [np.zeros((replicates, people), dtype=np.float32) for _ in outputs]
        return SimpleNamespace(computed=people, names=names, replicated=held, advice=())

    monkeypatch.setattr("speciosa.claims.bench.cohort", cohort)
    return asked


def test_progress_counts_all_people_of_all_runs(quick: list[int]) -> None:
    told: list[tuple[int, int]] = []
    bench = Bench(people=2, replicates=2, progress=lambda done, of: told.append((done, of)))
    bench.run([RELIEF, Need("leaf-3-g", "pain.relief")])
    assert [done for done, _ in told] == list(np.cumsum(quick))
    assert {of for _, of in told} == {sum(quick)}


def test_nobody_could_be_simulated(monkeypatch: pytest.MonkeyPatch) -> None:
    failed = SimpleNamespace(computed=0, advice=("Take a smaller step.",))
    monkeypatch.setattr("speciosa.claims.bench.cohort", lambda *_, **__: failed)
    with pytest.raises(SolverError, match=r"simulation leaf-1-g: Take a smaller step\."):
        small().run([RELIEF])


@pytest.mark.usefixtures("quick")
def test_a_scenario_of_ones_own_is_brought_and_says_what_it_is() -> None:
    bench = small()
    bench.bring({"mine/tea": MINE})
    bench.run([Need("mine/tea", "pain.relief")])
    assert bench.values(Need("mine/tea", "pain.relief"), "max", "all", BASE).shape == (2, 2)
    assert bench.says("mine/tea").startswith("tea, ")


def test_a_scenario_that_was_changed_is_simulated_anew(quick: list[int]) -> None:
    bench, need = small(), Need("mine/tea", "pain.relief")
    bench.bring({"mine/tea": MINE})
    bench.run([need])
    before = len(quick)
    bench.bring({"mine/tea": MINE})
    bench.run([need])
    assert len(quick) == before
    bench.bring({"mine/tea": Scenario(product={"kind": "tea"}, regimen={"dose": "3 g"})})
    bench.run([need])
    assert len(quick) > before


@pytest.mark.parametrize("name", simulations())
def test_each_simulation_says_what_it_is_in_its_first_line(name: str) -> None:
    first = simulations()[name].read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith("# ")
    assert Bench().says(name) == first.removeprefix("# ")
    assert Bench().says(name).endswith(".")
    assert Bench().scenario(name).product.kind
