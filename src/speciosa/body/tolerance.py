"""Opioid tolerance: with use, a tissue answers less to the same drive, over days.

Effects wear off at paces of their own: nausea and sedation soon, relief and breathing later, the
gut hardly, the pupil slowly. So each effect has a level; it divides the drive that the effect gets.

Assumed: a level is built up by the opioid response and lost at its own pace. The rates were read
by eye from animals and from what clinicians see, because no study of kratom in people gives one.
Show them as priors.
Left out: learned tolerance, fast desensitisation, protection from it (mitragynine in mice).
"""

from speciosa.language import Each, Input, Output, Parameter, State, System

EFFECT = Each("effect", "an effect of opioids that wears off at its own pace")
INFINITE = float("inf")


class Tolerance(System):
    """One slow state for each effect; the systems read how much drive is left to them."""

    response = Input("1", "share of relief's largest response")
    k_on = Parameter(
        "1/h", "build-up at full response", evidence="tolerance/k_on/{effect}", each=EFFECT
    )
    k_off = Parameter("1/h", "loss without drug", evidence="tolerance/k_off/{effect}", each=EFFECT)

    amount = State("1", "adaptation of the tissue", each=EFFECT, between=(0, INFINITE))
    amount.rate = k_on * response - k_off * amount
    level = Output(amount, "adaptation of the tissue")
    sensitivity = Output(1 / (1 + amount), "share of the drive that tolerance leaves")
