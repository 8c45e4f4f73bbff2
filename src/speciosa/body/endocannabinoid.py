"""The endocannabinoid system: its tone, and whether kratom reaches it.

No binding to CB1 or CB2 was ever measured for a kratom alkaloid. A CB1 antagonist does not stop
the acute relief by mitragynine in mice [shamima-2012], but is said to lessen it in neuropathic
rats [farkas-2023]; after weeks of use CB1 rises [iman-2021] and a CB1 antagonist brings on
withdrawal [harun-2020], as it does after morphine. Direct action is therefore off, and so is
adaptation to a lasting opioid response; a variant turns each on.

Assumed: where direct action is on, a lower bound stands for each Ki, and a drug that fills all
receptors adds `boost` to the tone; adaptation follows the response over weeks.
Left out: the two receptors apart, the body's own cannabinoids and the enzymes that end them,
TRPV1, memory (worse after weeks in mice).
"""

from speciosa.language import Each, Input, Output, Parameter, State, System, total

CANNABINOID = Each("cannabinoid", "a drug that may bind cannabinoid receptors")


class Endocannabinoid(System):
    """One tone, 1 at rest; both ways to change it have a switch."""

    # Arrives from distribution and from the opioid receptor.
    brain = Input("nmol/L", "unbound concentration in the brain", each=CANNABINOID)
    response = Input("1", "share of relief's largest response")

    direct = Parameter(
        "1", "direct action of drugs: 0 off, 1 on", evidence="endocannabinoid/direct"
    )
    Ki = Parameter(
        "nmol/L",
        "concentration that fills half the receptors",
        evidence="endocannabinoid/Ki/{cannabinoid}",
        each=CANNABINOID,
    )
    boost = Parameter(
        "1", "rise of the tone when drugs fill all receptors", evidence="endocannabinoid/boost"
    )
    adaptation = Parameter(
        "1", "rise of receptors under full lasting response", evidence="endocannabinoid/adaptation"
    )
    k_adaptation = Parameter(
        "1/h", "pace of that adaptation", evidence="endocannabinoid/k_adaptation"
    )

    load = total(brain / Ki)
    occupancy = Output(direct * load / (1 + load), "share of receptors that hold any ligand")
    receptors = State(
        "1", "cannabinoid receptors, fold of usual", start=1, between=(1, float("inf"))
    )
    receptors.rate = k_adaptation * (1 + adaptation * response - receptors)
    tone = Output(receptors * (1 + boost * occupancy), "cannabinoid tone, fold of usual")
