"""Arousal: sedation, stimulation, and what they make of focus and sleep.

Two ways lead to sedation. Opioids have one, with a gain of its own. Midazolam and alcohol have
another, GABA: midazolam with a ceiling, alcohol without. Together they are worse than side by side:
a little opioid halves the midazolam that takes consciousness [kissin-1990]. Stimulation is a third
thing and no negative sedation, so that both can be there: ten of ten regular users of kratom say
so. Caffeine blocks adenosine [huang-2005]. Mitragynine stimulates people at 5 mg, and not more
at 40 mg [prevete-2025]; nobody knows how, so it has a saturable term of its own.

`oversedation` is for display and errs on the cautious side: each opioid counts as if it were alone,
a weak one takes nothing from a strong one, tolerance takes nothing away, stimulation neither. Only
an antidote lowers it.

Assumed: everything follows the brain at once; the ways to stimulation are independent; how opioids
and GABA drugs strengthen each other, and all sizes of focus and sleep.
Left out: tolerance to caffeine, alcohol and midazolam, amnesia, excitement that spoils focus, what
opioids do to the stages of sleep.
"""

from speciosa.language import (
    Each,
    Input,
    Output,
    Parameter,
    System,
    exp,
    hill,
    log,
    operational,
    saturation,
    total,
)

LIGAND = Each("ligand", "a drug that binds the mu-opioid receptor")
ANTIDOTE = Each("antidote", "a drug given to take opioids off the receptor")
SEDATIVE = Each("sedative", "a drug that strengthens GABA")
AWAKENER = Each("awakener", "a drug that blocks adenosine receptors")
STIMULANT = Each("stimulant", "a drug that stimulates in a way that nobody knows")


class Arousal(System):
    """Sedation and stimulation side by side, each from 0 to 1."""

    # Arrives from the opioid receptor, tolerance, monoamines, dependence and distribution.
    drive = Input("1", "drive of all ligands before tolerance")
    bound = Input("1", "concentration over functional affinity, all ligands")
    pull = Input("1", "drive, each ligand alone", each=LIGAND)
    held = Input("1", "concentration over functional affinity, each ligand alone", each=LIGAND)
    antidote = Input("1", "concentration in the brain over its constant", each=ANTIDOTE)
    sensitivity = Input("1", "share of the drive that tolerance leaves")
    sympathetic = Input("1", "noradrenaline outside the cord, fold of usual")
    dopamine = Input("1", "dopamine, fold of usual")
    withdrawal = Input("1", "withdrawal, 0 none to 1 the worst")
    sedative = Input("nmol/L", "unbound concentration at GABA receptors", each=SEDATIVE)
    awakener = Input("nmol/L", "unbound concentration at adenosine receptors", each=AWAKENER)
    stimulant = Input("nmol/L", "unbound concentration where it stimulates", each=STIMULANT)

    gain = Parameter("1", "drive of this tissue over that of pain relief", evidence="arousal/gain")
    EC50 = Parameter(
        "nmol/L",
        "concentration of half its own largest effect through GABA",
        evidence="arousal/gaba/EC50/{sedative}",
        each=SEDATIVE,
    )
    Emax = Parameter(
        "1",
        "its own largest effect, as a share of the largest through GABA",
        evidence="arousal/gaba/Emax/{sedative}",
        each=SEDATIVE,
    )
    slope = Parameter(
        "1",
        "steepness of the effect through GABA",
        evidence="arousal/gaba/slope/{sedative}",
        each=SEDATIVE,
    )
    synergy = Parameter(
        "1", "how much more a GABA drug counts at full opioid sedation", evidence="arousal/synergy"
    )
    Ki = Parameter(
        "nmol/L",
        "concentration that blocks half of the adenosine receptors",
        evidence="arousal/adenosine/Ki/{awakener}",
        each=AWAKENER,
    )
    wakefulness = Parameter(
        "1", "stimulation when all adenosine is blocked", evidence="arousal/adenosine/largest"
    )
    half_stimulant = Parameter(
        "nmol/L",
        "concentration of half the unexplained stimulation",
        evidence="arousal/stimulant/EC50/{stimulant}",
        each=STIMULANT,
    )
    unexplained = Parameter(
        "1", "largest unexplained stimulation", evidence="arousal/stimulant/largest"
    )
    arousing_rise = Parameter(
        "1",
        "rise of noradrenaline times dopamine that stimulates by half",
        evidence="arousal/catecholamine/half",
    )
    arousing_steepness = Parameter(
        "1", "steepness of that stimulation", evidence="arousal/catecholamine/steepness"
    )
    sharpened = Parameter(
        "1", "gain of focus at full stimulation", evidence="arousal/focus/sharpened"
    )
    scattered = Parameter(
        "1", "loss of focus in the worst withdrawal", evidence="arousal/focus/scattered"
    )
    kept_awake = Parameter(
        "1", "loss of sleep at full stimulation", evidence="arousal/sleep/kept_awake"
    )
    restless = Parameter(
        "1", "loss of sleep in the worst withdrawal", evidence="arousal/sleep/restless"
    )

    # GABA: what one drug leaves awake, the next one can take.
    left_awake = total(log(1 - Emax * hill(sedative, EC50, slope)))
    gaba = Output(1 - exp(left_awake), "share of the largest effect at GABA-A receptors")

    # Sedation: opioid, and GABA that counts for more beside it.
    drowsy = operational(gain * sensitivity * drive, bound)
    sedation = Output(
        1 - (1 - drowsy) * exp((1 + synergy * drowsy) * left_awake), "sedation, 0 to 1"
    )

    # Stimulation: adenosine, noradrenaline and dopamine above usual, and what nobody can explain.
    blocker = total(awakener / Ki)
    adenosine = saturation(blocker, 1)  # share of its receptors that are blocked
    aroused = hill(sympathetic * dopamine - 1, arousing_rise, arousing_steepness)
    own = unexplained * saturation(total(stimulant / half_stimulant), 1)
    stimulation = Output(
        1 - (1 - wakefulness * adenosine) * (1 - aroused) * (1 - own), "stimulation, 0 to 1"
    )

    alertness = Output(stimulation - sedation, "stimulation minus sedation")
    focus = Output(
        (1 + sharpened * stimulation) * (1 - sedation) * (1 - scattered * withdrawal),
        "attention, fold of usual",
    )
    sleep = Output(
        (1 - kept_awake * stimulation) * (1 - restless * withdrawal),
        "quality of sleep, share of usual",
    )

    # Displayed: each opioid as if alone, with no credit for tolerance.
    alone = operational(gain * pull, held + total(antidote))
    together = 1 - exp(total(log(1 - alone)))
    oversedation = Output(
        1 - (1 - together) * exp((1 + synergy * together) * left_awake),
        "cautious risk of deep sedation, for display",
    )
