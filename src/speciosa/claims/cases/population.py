"""Claims on how people differ.

The claim has three parts: people rid themselves of kratom at different paces, what it does to them
follows from that, and so it does from how used to it they are. The first was measured in a few men.
For the others somebody would have to measure, in the same people, the blood and the effect, or the
effect in those who are used to it and in those who are not. Nobody has.

The model has no voice: its people differ because the spread between them was put in.
"""

from __future__ import annotations

import math

from speciosa.claims.answer import Point, Reply, decide
from speciosa.claims.bench import Bench
from speciosa.claims.case import Case, Part
from speciosa.claims.grade import Grade, Step
from speciosa.claims.seen import Computed, Measured

_CLEARANCE = "trakulsrichai-2015/mitragynine/cl_f_per_kg"

_ALIKE = math.log(1.25)
"""SD on the log scale: two exposures within 1.25-fold count as the same (bioequivalence), so people
differ where the usual distance from the middle is more than that."""

_BUILT_IN = "its people differ because the spread between them was put in"


def clearance_differs(bench: Bench) -> Reply:
    """Whether people differ in how fast they clear mitragynine, by the SD of its logarithm."""
    one = bench.observation(_CLEARANCE)
    if one.n is None:
        raise ValueError(f"{one.id} does not say of how many people it is")
    sd = one.spread.sd_log_people(one.value, one.n)
    low, high = sd_bounds(sd, one.n)
    label = f"spread of {one.id} between {one.n} people, as SD of the logarithm"
    return Reply(
        answer=decide(low, high, _ALIKE, None),
        because=f"{label}, is {sd:.3g} (90 %: {low:.3g} to {high:.3g}); the bound is {_ALIKE:.3g}",
        records=(one.id,),
        points=(Point(label, sd, low, high, "1", "observed", _ALIKE, "at least"),),
    )


def sd_bounds(sd: float, n: int) -> tuple[float, float]:
    """The 90 % interval of an SD of n people, by the chi-square distribution."""
    # SciPy brings no types of its own.
    from scipy.special import chdtri  # pyright: ignore[reportMissingTypeStubs, reportUnknownVariableType]

    squares = (n - 1) * sd**2
    return math.sqrt(squares / float(chdtri(n - 1, 0.05))), math.sqrt(
        squares / float(chdtri(n - 1, 0.95))
    )


CASES = (
    Case(
        "individual-response-varies",
        parts=(
            Part(
                "people clear kratom at different paces",
                about="people",
                grade=Grade(
                    "observational", (Step(-1, "imprecision", "nine men who drank it daily"),)
                ),
                seen=Computed(clearance_differs),
            ),
            Part(
                "those who clear kratom slowly feel more of it",
                about="people",
                grade=Grade("none"),
                seen=Measured("people/response/clearance/", species="human"),
                built_in=_BUILT_IN,
            ),
            Part(
                "those who are used to kratom feel less of the same dose",
                about="people",
                grade=Grade("none"),
                seen=Measured("people/response/habit/", species="human"),
                built_in=_BUILT_IN,
            ),
        ),
        gap="No study has measured blood and effect in the same people.",
    ),
)
