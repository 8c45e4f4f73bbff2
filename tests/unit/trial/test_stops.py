"""In how many the breath stops, as numbers and in words."""

from __future__ import annotations

import pytest

from speciosa.trial import Scenario, simulate
from speciosa.trial import cohort as cohort_module
from speciosa.trial.stops import LIKELY, Stops, sentences, told

SEEN = Stops(people=2, of=200, draws=30, of_draws=50, share=0.09)


@pytest.mark.parametrize(
    ("stops", "emergency"),
    [
        (Stops(), False),
        (Stops(people=1, of=20_000), True),
        (Stops(of=200, draws=50, of_draws=50, share=LIKELY), True),
        (Stops(of=200, draws=50, of_draws=50, share=LIKELY - 1e-9), False),
    ],
)
def test_one_person_or_a_tenth_of_all_of_all_draws_is_an_emergency(
    stops: Stops, emergency: bool
) -> None:
    assert stops.emergency is stops.to_dict()["emergency"] is emergency


def test_in_nobody_there_is_nothing_to_say() -> None:
    assert list(sentences(Stops(of=200, of_draws=50))) == []


def test_what_was_seen_is_found_among_the_warnings_of_several_runs() -> None:
    (said,) = sentences(SEEN)
    assert "in 2 of 200 simulated people" in said
    assert "in 30 of 50 draws" in said
    assert "(9 % of all people of all draws)" in said
    (rare,) = sentences(Stops(of=200, draws=1, of_draws=50, share=0.0001))
    assert "  " not in said + rare
    assert told(["Pain is a sketch.", said, rare]) == (said,)


def test_stops_are_counted_alike_where_measures_of_draws_are_kept_and_where_they_are_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    scenario = Scenario.from_dict(
        {
            "product": {"kind": "leaf"},
            "regimen": {"dose": "3 g"},
            "with": [{"drug": "morphine", "dose": "60 mg"}],
            "output": {"until": "8 h"},
            "run": {"people": 20, "replicates": 10},
        }
    )
    kept = simulate(scenario).stops
    monkeypatch.setattr(cohort_module, "EXACT", 1000)
    counted = simulate(scenario).stops
    assert kept == counted
    assert kept.of_draws == 10
    assert kept.draws > 0
    assert kept.share > 0.0
