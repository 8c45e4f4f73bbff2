"""Breathing: the urge to breathe, the carbon dioxide that calls for it, and how drugs damp it.

Carbon dioxide calls for breath, and breath blows it off; this loop makes good most of what a drug
takes, so that ventilation at rest hides how little reserve is left [bouillon-2003]. Where little
of the drive is left, the rhythm itself stops, and no call brings it back: fentanyl stops the
breath of people from 2.9 ug/kg [dahan-2005], and with midazolam that of half of them from 2
[bailey-1990]. Carbon dioxide that rises too far numbs: then breath does not come back when the
drug goes. An opioid damps by the receptor that it shares with pain relief, so that a partial
agonist comes to a ceiling where fentanyl comes to none [dahan-2005].

`risk` is for display and cautious on purpose: each drug counts as if it were alone, so that a
partial agonist gets no credit for the place that it takes from a full one, and tolerance gets
none either. Only an antidote makes it less. It is a share of the drive, as `depression` is: breath
may stop where either is above about three quarters.

Assumed: drugs of the two kinds damp independently of each other, which is what oxycodone with
alcohol did in people [vanderschrier-2017]; the rhythm hangs on the drive that both leave, however
it was lost, and ends all but at once; a call of more than `most` times the usual breath is never
met; numbness begins near 85 mmHg. Weak: resting ventilation after oxycodone 20 mg falls by 14 %
here and fell by 28 % in people [vanderschrier-2017], since the loop, with the gain measured in
others, makes too much good; where the rhythm ends is set between two doses of fentanyl in two
small studies, and everything that stops breath hangs on it; that breathing needs 1.7 times the
drive of relief comes from different laboratories, and morphine, seen in the same people for both,
speaks for equal potency [dahan-2004].
Left out: oxygen and the peripheral sensors, the airway that closes in sleep, dead space, the
heart; what follows when breathing has stopped for long (nobody comes back by himself, here as
there).
"""

from speciosa.language import (
    Each,
    Input,
    Output,
    Parameter,
    State,
    System,
    exp,
    hill,
    log,
    operational,
    total,
)

LIGAND = Each("ligand", "a drug that binds the mu-opioid receptor")
ANTIDOTE = Each("antidote", "a drug given to take opioids off the receptor")


class Breathing(System):
    """Carbon dioxide and the ventilation that it calls for; what drugs leave of it."""

    # Arrives from the opioid receptor, from tolerance and from arousal.
    plain = Input("1", "drive in the cell assay, each ligand alone", each=LIGAND)
    held = Input("1", "concentration over functional affinity, each ligand alone", each=LIGAND)
    antidote = Input("1", "concentration in the brain over its constant", each=ANTIDOTE)
    sensitivity = Input("1", "share of the drive that tolerance leaves")
    gaba = Input("1", "share of the largest effect at GABA-A receptors")

    breath_gain = Parameter(
        "1", "drive of breathing over that of the cell assay", evidence="breathing/gain"
    )
    sedative = Parameter(
        "1",
        "share of the urge to breathe that the largest effect at GABA-A receptors takes",
        evidence="breathing/sedative",
    )
    resting = Parameter("mmHg", "carbon dioxide at rest", evidence="breathing/resting")
    feedback = Parameter(
        "1", "how steeply carbon dioxide calls for breath", evidence="breathing/feedback"
    )
    most = Parameter("1", "most ventilation, over the usual", evidence="breathing/most")
    k_co2 = Parameter("1/h", "pace of carbon dioxide at usual breath", evidence="breathing/k_co2")
    numbing = Parameter(
        "mmHg", "carbon dioxide that numbs half of the urge", evidence="breathing/numbing"
    )
    steepness = Parameter("1", "how suddenly it numbs", evidence="breathing/steepness")
    highest = Parameter(
        "mmHg", "carbon dioxide at which blood takes up no more", evidence="breathing/highest"
    )

    failing = Parameter(
        "1", "share of the drive at which half of the rhythm is lost", evidence="breathing/failing"
    )
    abruptness = Parameter("1", "how suddenly the rhythm is lost", evidence="breathing/abruptness")

    # What drugs take at unchanged carbon dioxide.
    opioid_part = operational(breath_gain * sensitivity * total(plain), total(held))
    sedative_part = sedative * gaba
    kept = (1 - opioid_part) * (1 - sedative_part)
    depression = Output(1 - kept, "share of the drive to breathe that is lost")

    # The rhythm itself, which carbon dioxide does not call back.
    rhythm = hill(kept, failing, abruptness) / hill(1, failing, abruptness)

    # The loop: carbon dioxide calls, breath answers as far as drugs and numbness let it.
    dissolved = State("mmHg", "carbon dioxide in arterial blood", start=resting, between=(0, 500))
    urge = (dissolved / resting) ** feedback
    called = urge / (1 + (urge - 1) / most)
    awake = (1 - hill(dissolved, numbing, steepness)) / (1 - hill(resting, numbing, steepness))
    ventilation = Output(called * awake * kept * rhythm, "ventilation, fold of usual")
    produced = resting * ((highest - dissolved) / (highest - resting))
    dissolved.rate = k_co2 * (produced - ventilation * dissolved)
    co2 = Output(dissolved, "carbon dioxide in arterial blood")

    # Displayed: each opioid by itself, against antidotes only, in a body without tolerance.
    vacant = 1 + held + total(antidote)
    alone = vacant / (vacant + breath_gain * plain)
    risk = Output(
        1 - exp(total(log(alone))) * (1 - sedative_part),
        "share of the drive to breathe that is lost, each drug by itself; "
        "breath may stop above about three quarters",
    )
