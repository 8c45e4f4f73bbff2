from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.bodies import precisely
from tests.unit.body.systems import lone, recorded

from speciosa.body import liver
from speciosa.body.liver import Liver
from speciosa.engine import Events
from speciosa.evidence import records

BODY = lone(Liver, exposing=("mitragynine",))
NUMBERS = recorded(BODY)
LIVER = records("liver")
DAY = 24.0


def onset(days: list[float], present: float = 100.0) -> np.ndarray:
    """Share of the injuries that have shown after so many days of exposure."""
    person = BODY.vector(NUMBERS | {"input.present.mitragynine": present})
    times = [0.0, *(DAY * day for day in days)]
    return precisely(BODY.problem, person, Events.none(), times)["liver.onset"][0][1:]


def test_without_exposure_nothing_ever_shows():
    assert onset([1, 100, 1000], present=0.0).tolist() == [0, 0, 0]


def test_half_of_the_injuries_show_between_the_medians_of_the_series():
    medians = [
        LIVER[f"liver/latency/{s}-{y}"].value for s, y in (("ahmad", 2021), ("navarro", 2019))
    ]
    early, late = onset(medians)
    assert early < 0.5 < late
    assert onset([NUMBERS["liver.injury_latency"] / DAY]) == pytest.approx(0.5, abs=0.01)


def test_the_range_of_the_review_holds_nearly_all():
    before, after = onset([2, 49])
    assert before < 0.03
    assert after > 0.9


def test_the_size_of_a_dose_does_not_matter():
    assert onset([14], present=50.0) == pytest.approx(onset([14], present=5000.0), rel=0.05)


def test_the_clock_stands_while_nothing_is_there():
    person = BODY.vector(NUMBERS | {"input.present.mitragynine": 0.0})
    assert BODY.rates([100.0], person).tolist() == [0.0]


def test_the_system_gives_no_rate_and_says_so():
    assert BODY.problem.outputs == ("liver.onset",)
    assert "UNKNOWN" in (liver.__doc__ or "")


@settings(max_examples=10)
@given(st.floats(0.0, 1e5), st.floats(0.0, 1e5))
def test_more_exposure_never_shows_later_and_a_share_stays_a_share(present, more):
    days = [1.0, 10.0, 100.0]
    less, greater = onset(days, present), onset(days, present + more)
    assert (greater >= less - 1e-9).all()
    assert (np.diff(less) >= -1e-9).all()
    assert (greater <= 1.0).all()
