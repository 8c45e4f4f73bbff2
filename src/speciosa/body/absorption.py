"""Absorption from the gut.

What is swallowed passes three equal stages, one after the other, before it is taken up. A chain
of stages gives a peak that comes late and is still narrow, which a single first-order step cannot
(transit compartments [savic-2007]). Not all that was weighed is there to be absorbed: a brew
leaves part of the alkaloids in the leaf, a capsule has to open first.

Assumed: passage is linear and the same for every dose size; `delivered` is relative to the dose
form that studies absorbed best, since the absolute bioavailability in people was never measured.
Left out: food, stomach acid that turns 7-hydroxymitragynine back, saturable solubility.
"""

from speciosa.language import Each, Output, Parameter, State, System

DRUG = Each("drug", "a substance with its own kinetics")
INFINITE = float("inf")


class Absorption(System):
    """Three stages of passage per drug; what leaves the last one has been taken up."""

    # The dose form and the drug set the pace.
    ka = Parameter(
        "1/h",
        "rate of passage from one stage of absorption to the next",
        evidence="absorption/ka/{uptake}",
        each=DRUG,
    )
    lag = Parameter(
        "h",
        "time until the dose form gives up its content",
        evidence="absorption/lag/{form}",
        each=DRUG,
    )
    delivered = Parameter(
        "1",
        "share of the weighed drug that the gut can absorb",
        evidence="absorption/delivered/{form}",
        each=DRUG,
    )

    scale = Parameter(
        "1",
        "what studies and products differ by for reasons that nobody found",
        evidence="absorption/scale/{origin}",
        each=DRUG,
    )

    # The chain.
    gut = State(
        "nmol",
        "swallowed, first stage",
        each=DRUG,
        between=(0, INFINITE),
        lag=lag,
        F=delivered * scale,
    )
    upper = State("nmol", "swallowed, second stage", each=DRUG, between=(0, INFINITE))
    lower = State("nmol", "swallowed, third stage", each=DRUG, between=(0, INFINITE))
    gut.rate = -ka * gut
    upper.rate = ka * (gut - upper)
    lower.rate = ka * (upper - lower)

    # Leaves to the gut wall and the liver.
    uptake = Output(ka * lower, "rate of uptake from the gut")
