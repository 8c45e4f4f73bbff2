"""Dependence: the body leans against a steady opioid, and falls when the support is taken away.

An opponent process [solomon-1974]: use shifts the point at which the body is at rest, over days.
Withdrawal is the gap between what the body has adapted to and what it gets. So it opens when the
drug leaves, at once when an antagonist or a weaker agonist takes its place, and it closes as the
body finds back. A single dose leaves hardly any.

Assumed: one process for all signs, as quick in coming as in going; small gaps are hardly felt.
Paces are of short-acting opioids in people; how much of it kratom shares is known from scales in
small groups and from case reports only.
Left out: craving that lasts for months, conditioning, the newborn of a mother who uses.
"""

from speciosa.language import Input, Output, Parameter, State, System, hill


class Dependence(System):
    """One slow state that follows the response, and what is felt of the gap between them."""

    response = Input("1", "share of relief's largest response")
    pace = Parameter("1/h", "pace at which the body adapts", evidence="dependence/pace")
    half_gap = Parameter(
        "1", "gap that makes half of the worst withdrawal", evidence="dependence/half_gap"
    )
    suddenness = Parameter(
        "1", "how suddenly withdrawal grows with the gap", evidence="dependence/suddenness"
    )
    scale = Parameter(
        "1", "points of the withdrawal scale at the worst", evidence="dependence/scale"
    )

    lean = State("1", "response that the body has adapted to", between=(0, 1))
    lean.rate = pace * (response - lean)
    level = Output(lean, "dependence: response that the body has adapted to, 0 to 1")
    withdrawal = Output(
        hill(lean - response, half_gap, suddenness), "withdrawal, 0 none to 1 the worst"
    )
    score = Output(scale * withdrawal, "subjective opioid withdrawal scale, 0 to 64")
