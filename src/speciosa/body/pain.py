"""Pain: a signal, a gate in the spinal cord, control from above, and what is felt.

Injured or inflamed tissue, nerve and tense muscle send a signal. Opioids outside the brain stop
part of it, but only where tissue is inflamed: there the receptors are, and blocking them costs
people after knee surgery about 40 % more morphine [jagla-2014]. Opioid response in the brain and
the cord closes part of the gate at the first synapse, less for neuropathic pain, and recruits
descending control from the brain stem, as noradrenaline above its usual level does. The cord
turns its own gain up or down over days: what arrives keeps it sensitised. In withdrawal the same
signal hurts more. Everything is relative to the untreated signal, so that nothing changes
without a drug, and relief has a meaning without pain too.

Assumed: what stops a signal multiplies; an opioid recruits control from above both by itself and
by the noradrenaline that it raises, and the two overlap; all strengths and delays are wide priors
(no study of kratom in people separates them); receptors in inflamed tissue do not grow tolerant
[stein-1996]; noradrenaline that surges in withdrawal does not relieve; who already feels 10 cannot
feel more; a cold hand stays in water longer by a constant factor for each tenth of relief.
Left out: mood and attention, expectation (a placebo relieves pain too), injury that heals, aches
that withdrawal makes where there was no pain, and a ceiling on how long a hand stays in water.
"""

from speciosa.language import Input, Output, Parameter, State, System, exp, hill, operational


class Pain(System):
    """Signal, gate, control from above; relief is the share of the signal that is stopped."""

    # Arrives from other systems.
    opioid = Input("1", "response of the mu-opioid receptor")
    drive_outside = Input("1", "as `drive`, outside the brain")
    bound_outside = Input("1", "as `bound`, outside the brain")
    noradrenaline = Input("1", "noradrenaline in the cord, fold of usual")
    cannabinoid = Input("1", "cannabinoid tone that reaches pain, fold of usual")
    mediator = Input("1", "inflammatory mediator, fold of untreated")
    tension = Input("1", "muscle tension, fold of that with untreated pain")
    withdrawal = Input("1", "withdrawal, 0 none to 1 the worst")

    # The person's pain, and what it is made of.
    stimulus = Input("1", "pain without treatment, 0 to 10")
    inflamed = Input("1", "share of the untreated pain that inflamed tissue sends")
    neuropathic = Input("1", "share of the untreated pain that injured nerve sends")
    muscular = Input("1", "share of the untreated pain that tense muscle sends")
    sensitised = Input("1", "share of the untreated pain that a sensitised cord adds")

    mediated = Parameter(
        "1", "share of an inflamed signal that its mediator makes", evidence="pain/mediated"
    )
    peripheral = Parameter(
        "1",
        "share of an inflamed signal that full response outside the brain stops",
        evidence="pain/peripheral",
    )
    gain = Parameter("1", "drive of this tissue over that of pain relief", evidence="pain/gain")
    spinal = Parameter("1", "share of the gate closed at full response", evidence="pain/spinal")
    spared = Parameter(
        "1", "share of that closing which neuropathic pain escapes", evidence="pain/spared"
    )
    descending = Parameter(
        "1", "share of the rest stopped by full descending control", evidence="pain/descending"
    )
    adrenergic = Parameter(
        "1", "descending control that noradrenaline alone can recruit", evidence="pain/adrenergic"
    )
    half_rise = Parameter(
        "1", "rise of noradrenaline that recruits half of that", evidence="pain/half_rise"
    )
    k_descending = Parameter("1/h", "pace of descending control", evidence="pain/k_descending")
    soothed = Parameter(
        "1", "loss of signal for a rise of cannabinoid tone by one", evidence="pain/soothed"
    )
    k_sensitisation = Parameter(
        "1/h", "pace at which the cord follows what arrives", evidence="pain/k_sensitisation"
    )
    hyperalgesia = Parameter(
        "1", "added to the signal at the worst withdrawal", evidence="pain/hyperalgesia"
    )
    k_felt = Parameter("1/h", "pace at which the felt pain follows", evidence="pain/k_felt")
    usual_time = Parameter(
        "s", "cold pressor test without drug: time in the water", evidence="pain/usual_time"
    )
    stretch = Parameter(
        "1", "how relief stretches that time, in the logarithm", evidence="pain/stretch"
    )

    # The signal, as a share of the untreated one; it is amplified by a sensitised cord.
    control = State("1", "descending control", between=(0, 1))
    sensitisation = State(
        "1", "sensitisation of the cord, fold of untreated", start=1, between=(0, 1)
    )
    tissue = 1 - inflamed * mediated * (1 - mediator)
    response_outside = operational(gain * drive_outside, bound_outside)
    nerve = 1 - peripheral * inflamed * response_outside
    muscle = 1 - muscular * (1 - tension)
    signal = tissue * nerve * muscle * (1 - sensitised * (1 - sensitisation))

    # The gate, and control from above.
    gate = 1 - spinal * (1 - spared * neuropathic) * opioid
    calm_rise = (1 - withdrawal) * hill(noradrenaline - 1, half_rise, 2)
    control.rate = k_descending * (1 - (1 - opioid) * (1 - adrenergic * calm_rise) - control)
    above = (1 - descending * control) / (1 + soothed * (cannabinoid - 1))
    through = Output(signal * gate * above, "share of the pain signal that gets through")
    sensitisation.rate = k_sensitisation * (through - sensitisation)

    # What is felt; near the top of the scale there is no room to feel more.
    added = hyperalgesia * withdrawal
    room = 1 - stimulus / 10
    sense = State("1", "pain as felt, 0 to 10", start=stimulus, between=(0, 10))
    sense.rate = k_felt * (stimulus * through * (1 + room * added) - sense)
    felt = Output(sense, "pain felt, 0 to 10")
    relief = Output(1 - through * (1 + added), "share of the pain signal that is stopped")

    # A healthy hand in ice water: no inflammation, no injured nerve, no tense muscle.
    cold = (1 - spinal * opioid) * above * (1 + added)
    tolerance_time = Output(
        usual_time * exp(stretch * (1 - cold)), "cold pressor test: time in the water"
    )
