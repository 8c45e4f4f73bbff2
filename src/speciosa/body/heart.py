"""The heart and the vessels: pulse, the QT interval, pressure on standing, dizziness.

Mitragynine blocks hERG, the channel that ends each beat; so do its relatives, as far as they were
tried. Block lengthens QTc in proportion, while it is small: the slope is that of dofetilide, which
blocks nothing else, in people. The blocks of all drugs share one channel, so each drug adds and
none takes away. Blocked alpha-1 receptors and opioids let pressure fall on standing; a fall beyond
the usual one makes dizzy. Noradrenaline, stimulation and withdrawal quicken the pulse.

Assumed: IC50 in cells at free plasma concentration holds for the heart; 7-hydroxymitragynine, which
nobody tried, blocks like its relatives; sizes of all effects on pulse and pressure; vessels and
pulse learn no tolerance.
Left out: fewer channels after long exposure (seen in cells), other channels, QT by opioid receptors
(block does not explain that of buprenorphine [tran-2020]), potassium, genes, rhythm itself: QTc is
a sign of risk and no rate of arrhythmia. IKACh: its printed IC50 is far out of reach. The pulse
that answers a fall of pressure. Dizziness from the ear and from sedation.
"""

from speciosa.language import Each, Input, Output, Parameter, System, hill, operational, total

HERG = Each("herg", "a drug that blocks the hERG channel")


class Heart(System):
    """No state: vessels and channels follow within minutes."""

    # Arrives from distribution, the brain, dependence and the opioid receptor.
    at_herg = Input("nmol/L", "unbound concentration at the hERG channel", each=HERG)
    sympathetic = Input("1", "noradrenaline outside the cord, fold of usual")
    stimulation = Input("1", "stimulation, 0 to 1")
    alpha1 = Input("1", "share of alpha-1 receptors that a drug blocks")
    drive = Input("1", "drive of all ligands before tolerance")
    bound = Input("1", "concentration over functional affinity, all ligands")
    withdrawal = Input("1", "withdrawal, 0 none to 1 the worst")

    herg_IC50 = Parameter(
        "nmol/L",
        "concentration that blocks half the hERG current",
        evidence="heart/hERG/IC50/{herg}",
        each=HERG,
    )
    usual_qt = Parameter("ms", "QTc without drug", evidence="heart/usual_qt")
    lengthening = Parameter(
        "ms", "QTc gained per share of hERG blocked", evidence="heart/lengthening"
    )
    usual_rate = Parameter("1/min", "pulse at rest without drug", evidence="heart/usual_rate")
    quicken_noradrenaline = Parameter(
        "1", "rise of the pulse at boundless noradrenaline", evidence="heart/quicken_noradrenaline"
    )
    quicken_stimulation = Parameter(
        "1", "rise of the pulse at full stimulation", evidence="heart/quicken_stimulation"
    )
    quicken_withdrawal = Parameter(
        "1", "rise of the pulse in the worst withdrawal", evidence="heart/quicken_withdrawal"
    )
    slow_opioid = Parameter(
        "1", "fall of the pulse at full opioid response", evidence="heart/slow_opioid"
    )
    usual_fall = Parameter(
        "mmHg", "fall of systolic pressure on standing without drug", evidence="heart/usual_fall"
    )
    fall_alpha1 = Parameter(
        "mmHg", "further fall with all alpha-1 receptors blocked", evidence="heart/fall_alpha1"
    )
    fall_opioid = Parameter(
        "mmHg", "further fall at full opioid response", evidence="heart/fall_opioid"
    )
    dizzy_fall = Parameter(
        "mmHg", "further fall that makes half as dizzy as can be", evidence="heart/dizzy_fall"
    )
    dizzy_steepness = Parameter(
        "1", "how suddenly dizziness sets in", evidence="heart/dizzy_steepness"
    )

    # The channel.
    load = total(at_herg / herg_IC50)
    herg_block = load / (1 + load)  # share of its current
    qt = Output(usual_qt + lengthening * herg_block, "QTc interval")

    # The pulse: twice the usual noradrenaline is a third of the way up.
    excess = (sympathetic - 1) / (sympathetic + 1)
    quickened = (
        quicken_noradrenaline * excess
        + quicken_stimulation * stimulation
        + quicken_withdrawal * withdrawal
    )
    quietened = operational(drive, bound)
    rate = Output(usual_rate * (1 + quickened) * (1 - slow_opioid * quietened), "pulse at rest")

    # Standing up.
    further = fall_alpha1 * alpha1 + fall_opioid * quietened
    standing = Output(usual_fall + further, "fall of systolic pressure on standing")
    dizziness = Output(hill(further, dizzy_fall, dizzy_steepness), "dizziness on standing, 0 to 1")
