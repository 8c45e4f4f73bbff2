"""Pupil and mouth: signs of opioids that need no answer from a person.

Opioids narrow the pupil; it is the best measured effect of opioids in people, and of kratom too
(0.7 mm narrower, 40 to 80 min after 5 g [smith-2024]). Its gain comes from morphine, half of whose
largest effect was measured at 26 and at 36 nmol/L. In withdrawal the pupil is wide. Opioids dry the
mouth: 25 of 100 people in trials said so, 3 of 100 on placebo [moore-2005].

Assumed: the light of a room; the mouth answers to the same response as the pupil.
Left out: headache (no study of kratom or of opioid withdrawal gives a share of people by dose, so
there is no equation); noradrenaline (widens the pupil and dries the mouth; unmeasured for kratom; a
second-hand report of slightly wide pupils in one trial stands against the measured ones); age,
sweating, bladder, bodily heat, and what stopping caffeine does.
"""

from speciosa.language import Input, Output, Parameter, System, operational


class Autonomic(System):
    """One response, two signs."""

    # Arrives from the opioid receptor, tolerance and dependence.
    drive = Input("1", "drive of all ligands before tolerance")
    bound = Input("1", "concentration over functional affinity, all ligands")
    pupil_sensitivity = Input("1", "share of the pupil's drive that tolerance leaves")
    withdrawal = Input("1", "withdrawal, 0 none to 1 the worst")

    pupil_gain = Parameter(
        "1", "drive of the pupil over that of pain relief", evidence="autonomic/pupil_gain"
    )
    usual_pupil = Parameter(
        "mm", "diameter in a lit room without drug", evidence="autonomic/usual_pupil"
    )
    narrowing = Parameter(
        "1", "share of the diameter lost at full response", evidence="autonomic/narrowing"
    )
    widening = Parameter(
        "1", "share of the diameter gained in the worst withdrawal", evidence="autonomic/widening"
    )
    usual_dry = Parameter(
        "1", "share of people with a dry mouth without drug", evidence="autonomic/usual_dry"
    )
    drying = Parameter(
        "1", "share of the others whose mouth is dry at full response", evidence="autonomic/drying"
    )

    narrowed = operational(pupil_gain * pupil_sensitivity * drive, bound)
    pupil = Output(
        usual_pupil * (1 - narrowing * narrowed) * (1 + widening * withdrawal),
        "diameter of the pupil",
    )
    dry_mouth = Output(
        usual_dry + (1 - usual_dry) * drying * narrowed, "share of people with a dry mouth"
    )
