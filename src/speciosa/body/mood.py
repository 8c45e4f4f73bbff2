"""Mood: how strongly a drug is felt, well-being, anxiety and stress.

Mu agonists and GABA drugs are felt, and both calm. Reward comes with dopamine, comfort with less
pain. Withdrawal turns all of it round.

Assumed: every size, and that mood follows at once. Nobody measured mood against placebo after
kratom leaf; users report less anxiety and better mood, without a control group. How strongly a
dose is felt can be calibrated: people said so on a scale from 0 to 100, knowing what they took.
Left out: the release of endorphins, which is claimed of kratom and which nobody measured, so that
there is nothing to write down; emotional resilience in chronic pain, likewise; expectation,
dislike, anxiety from too much stimulation, the weeks over which serotonin drugs lift mood.
"""

from speciosa.language import Input, Output, Parameter, System, operational, smooth_step


class Mood(System):
    """The drug as it is felt, and four sides of mood; no state of its own."""

    # Arrives from the opioid receptor, tolerance, monoamines, pain, dependence and arousal.
    drive = Input("1", "drive of all ligands before tolerance")
    bound = Input("1", "concentration over functional affinity, all ligands")
    sensitivity = Input("1", "share of the drive that tolerance leaves")
    dopamine = Input("1", "dopamine, fold of usual")
    serotonin = Input("1", "serotonin, fold of usual")
    stimulus = Input("1", "pain without treatment, 0 to 10")
    felt = Input("1", "pain felt, 0 to 10")
    withdrawal = Input("1", "withdrawal, 0 none to 1 the worst")
    gaba = Input("1", "share of the largest effect at GABA-A receptors")

    gain = Parameter("1", "drive of this tissue over that of pain relief", evidence="mood/gain")
    rewarding = Parameter(
        "1", "lift of mood when dopamine doubles", evidence="mood/wellbeing/dopamine"
    )
    brightening = Parameter(
        "1", "lift of mood when serotonin doubles", evidence="mood/wellbeing/serotonin"
    )
    comfort = Parameter(
        "1", "lift of mood when the worst pain goes", evidence="mood/wellbeing/comfort"
    )
    gloom = Parameter("1", "fall of mood in the worst withdrawal", evidence="mood/wellbeing/gloom")
    unrest = Parameter(
        "1", "rise of anxiety in the worst withdrawal", evidence="mood/anxiety/unrest"
    )
    strained = Parameter(
        "1", "rise of stress in the worst withdrawal", evidence="mood/stress/strained"
    )
    reassured = Parameter(
        "1", "share of anxiety gone at full opioid response", evidence="mood/anxiety/reassured"
    )
    dampened = Parameter(
        "1", "share of stress gone at full opioid response", evidence="mood/stress/dampened"
    )
    calmed = Parameter(
        "1", "share of anxiety and stress gone at full effect of GABA", evidence="mood/calmed"
    )
    eased = Parameter(
        "1", "share of anxiety and stress gone when the worst pain goes", evidence="mood/eased"
    )

    # The drug as it is felt.
    high = operational(gain * sensitivity * drive, bound)
    drug_effect = Output(100 * (1 - (1 - high) * (1 - gaba)), "drug effect as felt, 0 to 100")

    # Well-being: what lifts against what weighs, between -1 and 1.
    gone_pain = (stimulus - felt) / 10
    balance = (
        rewarding * (dopamine - 1)
        + brightening * (serotonin - 1)
        + comfort * gone_pain
        - gloom * withdrawal
    )
    wellbeing = Output(2 * smooth_step(balance, 0, 1) - 1, "mood, -1 to 1, 0 as usual")

    # Anxiety and stress.
    calm = (1 - calmed * gaba) * (1 - eased * gone_pain)
    anxiety = Output(
        (1 + unrest * withdrawal) * (1 - reassured * high) * calm, "anxiety, fold of usual"
    )
    stress = Output(
        (1 + strained * withdrawal) * (1 - dampened * high) * calm, "stress, fold of usual"
    )
