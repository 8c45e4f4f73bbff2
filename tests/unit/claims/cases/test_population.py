import math

import numpy as np
import pytest

from changed import verdict
from speciosa.claims import Bench
from speciosa.claims.cases.population import clearance_differs, sd_bounds

CLAIM = "individual-response-varies"


def test_clearance_was_measured_and_the_response_was_not() -> None:
    found = verdict(CLAIM)
    assert found.verdict == "cannot be decided"
    assert [part.reply.answer.value for part in found.parts] == ["yes", "unsure", "unsure"]


def test_a_model_whose_people_were_made_to_differ_is_not_asked() -> None:
    assert all(part.model is None for part in verdict(CLAIM).parts)


def test_people_clear_it_more_differently_than_counts_as_alike() -> None:
    reply = clearance_differs(Bench())
    point = reply.points[0]
    # 51.34 of 98.1 L/h/kg in nine men.
    assert point.value == pytest.approx(math.sqrt(math.log(1 + (51.34 / 98.1) ** 2)))
    assert point.low > math.log(1.25)


def test_nine_in_ten_intervals_of_a_spread_hold_it() -> None:
    drawn = np.random.default_rng(1).normal(0.0, 0.5, (2000, 9)).std(axis=1, ddof=1)
    held = [low <= 0.5 <= high for low, high in (sd_bounds(float(sd), 9) for sd in drawn)]
    assert np.mean(held) == pytest.approx(0.9, abs=0.02)
