"""The gut: nausea, and the speed at which its content moves.

Opioids make sick by the chemoreceptor trigger zone of the brain stem, and slow the gut by the
receptors of its own nerves: in people an antagonist that stays out of the brain prevented 97 % of
what morphine did to transit [yuan-1996]. So nausea follows the drive in the brain and transit the
drive outside it; each has a gain and a tolerance of its own. Withdrawal brings nausea back and
makes the gut hurry. Nausea is felt above a threshold that differs between people.

Assumed: the trigger zone sees what the brain sees, though the barrier is leaky there; transit is
one speed, from mouth to rectum; how sick and how hurried the worst withdrawal makes.
Left out: large opioid doses that calm vomiting, balance and movement, the stomach, what users call
constipation, water and fibre. In rats naloxone did not stop what a leaf
extract did to diarrhoea [chittrakarn-2008]: a term that is no opioid stands ready, and is off.
"""

from speciosa.language import (
    Each,
    Input,
    Output,
    Parameter,
    System,
    hill,
    operational,
    saturation,
    total,
)

SLOWER = Each("slower", "a drug that may slow the gut by a way that is no opioid")


class Gut(System):
    """Two responses, one above the neck and one below; no state of its own."""

    # Arrives from the opioid receptor, tolerance, dependence and distribution.
    drive = Input("1", "drive of all ligands before tolerance")
    bound = Input("1", "concentration over functional affinity, all ligands")
    drive_outside = Input("1", "as `drive`, outside the brain")
    bound_outside = Input("1", "as `bound`, outside the brain")
    gut_sensitivity = Input("1", "share of the gut's drive that tolerance leaves")
    nausea_sensitivity = Input("1", "share of the drive of nausea that tolerance leaves")
    withdrawal = Input("1", "withdrawal, 0 none to 1 the worst")
    exposure = Input("nmol/L", "total plasma concentration of what slows besides", each=SLOWER)

    # Nausea.
    nausea_gain = Parameter(
        "1", "drive of nausea over that of pain relief", evidence="gut/nausea_gain"
    )
    nausea_threshold = Parameter(
        "1", "response that is half of the worst nausea", evidence="gut/nausea_threshold"
    )
    nausea_steepness = Parameter(
        "1", "how suddenly nausea sets in", evidence="gut/nausea_steepness"
    )
    withdrawal_nausea = Parameter(
        "1", "nausea of the worst withdrawal", evidence="gut/withdrawal_nausea"
    )

    # Transit.
    transit_gain = Parameter(
        "1", "drive of the gut over that of pain relief", evidence="gut/transit_gain"
    )
    transit_slowing = Parameter(
        "1", "share of speed lost at full response", evidence="gut/transit_slowing"
    )
    withdrawal_hurry = Parameter(
        "1", "speed gained in the worst withdrawal", evidence="gut/withdrawal_hurry"
    )
    other_slowing = Parameter(
        "1", "largest share of speed lost to what is no opioid", evidence="gut/other_slowing"
    )
    other_half = Parameter(
        "nmol/L",
        "exposure with half of the slowing that is no opioid",
        evidence="gut/other_half/{slower}",
        each=SLOWER,
    )

    sickened = operational(nausea_gain * nausea_sensitivity * drive, bound)
    by_drug = hill(sickened, nausea_threshold, nausea_steepness)
    nausea = Output(
        by_drug + (1 - by_drug) * withdrawal_nausea * withdrawal, "nausea, 0 none to 1 the worst"
    )

    # Transit: `slowed` is the share of the gut's largest opioid response.
    slowed = operational(transit_gain * gut_sensitivity * drive_outside, bound_outside)
    other = total(exposure / other_half)
    by_other = other_slowing * saturation(other, 1)
    transit = Output(
        (1 - transit_slowing * slowed) * (1 - by_other) * (1 + withdrawal_hurry * withdrawal),
        "speed of the gut's content, 1 = usual",
    )
