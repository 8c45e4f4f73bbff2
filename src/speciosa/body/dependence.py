"""Dependence: the body leans against a steady opioid, and falls when the support is taken away.

An opponent process [solomon-1974]: use builds up an adaptation over days. While the opioid acts,
the adaptation is masked. When it is gone, because the drug was stopped or an antagonist took its
place, the adaptation shows as withdrawal, until it fades.

Assumed: one level for all signs; the response of the receptor both builds the level and masks it,
so a partial agonist masks less. Paces are of short-acting opioids in people; how much of it kratom
shares is known from scales in small groups and from case reports only.
Left out: craving that lasts for months, conditioning, the newborn of a mother who uses.
"""

from speciosa.language import Input, Output, Parameter, State, System, exp


class Dependence(System):
    """One slow state, and what of it nothing masks."""

    response = Input("1", "share of relief's largest response")
    k_on = Parameter("1/h", "build-up at full response", evidence="dependence/k_on")
    k_off = Parameter("1/h", "fading without drug", evidence="dependence/k_off")
    masking = Parameter(
        "1", "response that masks all but a third of withdrawal", evidence="dependence/relief"
    )
    scale = Parameter(
        "1", "points of the withdrawal scale at full withdrawal", evidence="dependence/scale"
    )

    lean = State("1", "adaptation, 0 to 1", between=(0, 1))
    lean.rate = k_on * response * (1 - lean) - k_off * lean
    level = Output(lean, "adaptation, 0 to 1")
    withdrawal = Output(lean * exp(-response / masking), "withdrawal, 0 none to 1 the worst")
    score = Output(scale * withdrawal, "subjective opioid withdrawal scale, 0 to 64")
