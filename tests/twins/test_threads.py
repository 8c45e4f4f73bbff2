"""The same bits for any number of threads: whatever is kept, and whoever fails."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from benchmarks import spec_problem

from speciosa import Scenario
from speciosa.engine import Events, Outcome, Solution, Trigger, solve
from speciosa.engine.save import MEASURES, Measures, Parquet, Percentiles
from speciosa.engine.solve import Method
from speciosa.report.files import json_text
from speciosa.trial import simulate

EXAMPLE = Path(__file__).parents[2] / "examples" / "two-grams-of-tea.toml"
PROBLEM = spec_problem.problem()
TIMES = np.linspace(0.0, 48.0, 13)
PEOPLE = 700  # more than five threads take at a time

teams = pytest.mark.parametrize("threads", [2, 3, 5])


@cache
def cohort() -> tuple[np.ndarray, Events]:
    """People with infusions, resets and steady states; every fiftieth cannot be integrated."""
    rng = np.random.default_rng(17)
    table = spec_problem.parameters(PEOPLE)
    table[::50, 3] = np.nan
    table[25::50] = 1e300
    person = np.repeat(np.arange(PEOPLE), 3)
    evid = np.where(rng.random(person.size) < 0.1, 4, 1)
    evid[::3] = 1
    ss = np.zeros(person.size, dtype=int)
    ss[:: 3 * 20] = 1
    events = Events.build(
        person=person,
        time=np.tile([0.0, 7.0, 20.0], PEOPLE),
        amount=10.0 ** rng.uniform(0, 2, person.size),
        evid=evid,
        rate=rng.choice([0.0, 20.0], person.size),
        ii=12.0,
        ss=ss,
    )
    return table, events


def of(threads: int, **more: object) -> Solution:
    asked: Callable[..., Solution] = solve
    return asked(PROBLEM, *cohort(), TIMES, threads=threads, **more)


@cache
def alone(method: Method = "rodas5p", *, slopes: bool = False, triggers: bool = False) -> Solution:
    return of(1, method=method, **WITH[slopes, triggers])


WITH: dict[tuple[bool, bool], dict[str, object]] = {
    (False, False): {},
    (True, False): {"sensitivities": ["ka", "P0"]},
    (False, True): {
        "triggers": [
            Trigger("P", 4.0, rising=False, doses={"A1": 3.0}, most=3),
            Trigger("A1", 50.0, reset=True),
        ]
    },
}


def same(a: Solution, b: Solution) -> bool:
    names = ("values", "outcome", "steps", "sensitivities", "crossings")
    equal = (getattr(a, name).tobytes() == getattr(b, name).tobytes() for name in names)
    return all(equal) and dict(a.advice) == dict(b.advice)


def test_some_fail_and_most_do_not() -> None:
    outcome = alone().outcome
    assert np.unique(outcome).size > 2
    assert (outcome == Outcome.OK).sum() > 0.9 * PEOPLE


@teams
@pytest.mark.parametrize("method", ["rodas5p", "tsit5", "vern7"])
def test_values(method: Method, threads: int) -> None:
    assert same(of(threads, method=method), alone(method))


@teams
def test_sensitivities(threads: int) -> None:
    with_slopes = alone(slopes=True)
    assert with_slopes.sensitivities.shape[3] == 2
    assert same(of(threads, **WITH[True, False]), with_slopes)


@teams
def test_crossings(threads: int) -> None:
    with_triggers = alone(triggers=True)
    assert np.isfinite(with_triggers.crossings).any(axis=(0, 2)).all()
    assert same(of(threads, **WITH[False, True]), with_triggers)


@teams
def test_measures(threads: int) -> None:
    above = dict.fromkeys(PROBLEM.outputs, 0.5)
    kept = [Measures(tuple(MEASURES), above=above, window=(4.0, 40.0)) for _ in range(2)]
    for keeper, team in zip(kept, (1, threads), strict=True):
        of(team, keep=keeper)
    assert list(kept[0].values) == list(MEASURES)
    for name, values in kept[0].values.items():
        assert np.isfinite(values).any()
        assert values.tobytes() == kept[1].values[name].tobytes()


@teams
def test_percentiles(threads: int) -> None:
    kept = [Percentiles((0.0, 5.0, 50.0, 95.0, 100.0)) for _ in range(2)]
    for keeper, team in zip(kept, (1, threads), strict=True):
        of(team, keep=keeper)
    assert np.isfinite(kept[0].values).all()
    assert kept[0].values.tobytes() == kept[1].values.tobytes()
    assert kept[0].counted.tobytes() == kept[1].counted.tobytes()


@teams
def test_a_file(threads: int, tmp_path: Path) -> None:
    for team in (1, threads):
        of(team, keep=Parquet(tmp_path / f"{team}.parquet", 1000))
    one, other = (tmp_path / f"{team}.parquet" for team in (1, threads))
    assert one.read_bytes() == other.read_bytes()


def simulated(threads: int, monkeypatch: pytest.MonkeyPatch) -> str:
    # The package has a function of this name, which hides the module.
    monkeypatch.setattr(sys.modules["speciosa.engine.solve"], "processors", lambda: threads)
    result = simulate(Scenario.load(EXAMPLE), people=150, replicates=2, seed=3, series=True)
    return json_text(result.to_dict(series=True))


@pytest.mark.slow  # 5 s
def test_draws_and_what_is_made_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    one = simulated(1, monkeypatch)
    assert {simulated(threads, monkeypatch) for threads in (2, 3, 5)} == {one}
