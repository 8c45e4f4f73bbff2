"""Opioid tolerance: with use, the tissue answers less to the same drive, over days.

Assumed: one level, built up by the response and lost at its own pace; it divides the drive. The
rates were read by eye from animals, because no study in people gives one. Show them as priors.
Left out: tolerance that differs from effect to effect, learned tolerance, fast desensitisation.
"""

from speciosa.language import Input, Output, Parameter, State, System

INFINITE = float("inf")


class Tolerance(System):
    """One slow state; other systems read how much drive is left."""

    response = Input("1", "share of the tissue's largest response")
    k_on = Parameter("1/h", "build-up at full response", evidence="tolerance/k_on")
    k_off = Parameter("1/h", "loss without drug", evidence="tolerance/k_off")

    amount = State("1", "adaptation of the tissue", between=(0, INFINITE))
    amount.rate = k_on * response - k_off * amount
    level = Output(amount, "adaptation of the tissue")
    sensitivity = Output(1 / (1 + amount), "share of the drive that tolerance leaves")
