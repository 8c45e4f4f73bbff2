"""Pain: a signal, a gate in the spinal cord, control from above, and what is felt.

A nociceptor sends a signal. Opioid response closes part of the gate at the first synapse in the
spinal cord, and recruits descending control from the brain stem, which comes with a delay and
closes part of what is left. What is felt follows within minutes.

Assumed: the two closings multiply; their strengths and delays are wide priors (no study in people
separates them for kratom); the signal of a pain type is constant, on a scale from 0 to 10.
Left out: inflammation, sensitisation, muscle, mood and attention, expectation (a placebo relieves
pain too), injury that heals.
"""

from speciosa.language import Input, Output, Parameter, State, System


class Pain(System):
    """Signal, gate, control from above; relief is the share of the signal that is stopped."""

    # Arrives from the opioid receptor and from the person.
    opioid = Input("1", "response of the mu-opioid receptor")
    stimulus = Input("1", "pain without treatment, 0 to 10")

    spinal = Parameter("1", "share of the gate closed at full response", evidence="pain/spinal")
    descending = Parameter(
        "1", "share of the rest stopped by full descending control", evidence="pain/descending"
    )
    k_descending = Parameter("1/h", "pace of descending control", evidence="pain/k_descending")
    k_felt = Parameter("1/h", "pace at which the felt pain follows", evidence="pain/k_felt")

    gate = 1 - spinal * opioid
    control = State("1", "descending control", between=(0, 1))
    control.rate = k_descending * (opioid - control)
    passed = gate * (1 - descending * control)

    sense = State("1", "pain as felt, 0 to 10", start=stimulus, between=(0, 10))
    sense.rate = k_felt * (stimulus * passed - sense)
    felt = Output(sense, "pain felt, 0 to 10")
    relief = Output(1 - passed, "share of the pain signal that is stopped")
