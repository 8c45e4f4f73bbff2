"""Muscle: central tone, its loop with pain, and a block at the muscle that people do not reach.

Pain tightens muscle and tense muscle hurts: a loop that anything breaks which relaxes. GABA lowers
the tone from the brain and the cord, and opioid response a little. Mitragynine also weakens an
isolated diaphragm, from 39 umol/L [chittrakarn-2010], hundreds to thousands of times what is
unbound in people's blood, so that relaxation by kratom, if there is any, is central.

Assumed: the loop is weak, because muscle pain in people raises the resting activity of the muscle
for no longer than a minute [svensson-1998] and the vicious circle is not generally supported
[graven-nielsen-2008]; what relaxes multiplies; the weakening of the diaphragm is taken
for half of the largest.
Left out: cramps in withdrawal, stiffness by large doses of strong opioids, spasticity after
injury of brain or cord, spasm of smooth muscle, strength and exercise.
"""

from speciosa.language import Each, Input, Output, Parameter, State, System, operational, total

BLOCKER = Each("blocker", "a drug that weakens transmission from nerve to muscle")


class Muscle(System):
    """One tone, 1 with untreated pain; and what is blocked beyond the nerve."""

    # Arrives from pain, arousal, the receptor and the blood.
    through = Input("1", "share of the pain signal that gets through")
    gaba = Input("1", "share of the largest effect at GABA-A receptors")
    drive = Input("1", "drive of all ligands before tolerance")
    bound = Input("1", "concentration over functional affinity, all ligands")
    sensitivity = Input("1", "share of the drive that tolerance leaves")
    unbound = Input("nmol/L", "unbound plasma concentration", each=BLOCKER)

    reflex = Parameter("1", "share of the tension that pain holds up", evidence="muscle/reflex")
    relaxed_gaba = Parameter(
        "1", "share of the tension that full GABA effect takes", evidence="muscle/relaxed_gaba"
    )
    relaxed_opioid = Parameter(
        "1",
        "share of the tension that full opioid response takes",
        evidence="muscle/relaxed_opioid",
    )
    gain = Parameter("1", "drive of this tissue over that of pain relief", evidence="muscle/gain")
    k_tension = Parameter("1/h", "pace at which tension follows", evidence="muscle/k_tension")
    IC50_twitch = Parameter(
        "nmol/L",
        "concentration that blocks half the transmission from nerve to muscle",
        evidence="muscle/block/IC50/{blocker}",
        each=BLOCKER,
    )

    # Tone set by brain and cord.
    relaxed = operational(gain * sensitivity * drive, bound)
    kept_up = 1 - reflex * (1 - through)
    wanted = kept_up * (1 - relaxed_gaba * gaba) * (1 - relaxed_opioid * relaxed)
    tightness = State("1", "tone set by brain and cord", start=1, between=(0, 1))
    tightness.rate = k_tension * (wanted - tightness)

    # Block beyond the nerve.
    load = total(unbound / IC50_twitch)
    block = Output(load / (1 + load), "share of transmission from nerve to muscle blocked")
    tension = Output(tightness * (1 - block), "muscle tension, fold of that with untreated pain")
