"""The mu-opioid receptor.

All ligands compete for one binding site, and each drives the receptor to its own degree while it
is bound: morphine strongly, mitragynine weakly, naloxone not at all. Added to enough of a strong
ligand, a weak one therefore lowers the total response; there is no separate rule for antagonists.

Two affinities are kept apart on purpose. Occupancy uses the binding constant Ki. The response
uses potency and largest effect of one functional assay, turned into the affinity and efficacy of
the operational model [black-1983] (ligands add up before the curve); mixing Ki with efficacies of
another assay would put morphine far from where animals show it.

Assumed: binding is at equilibrium (seconds against hours; buprenorphine, which leaves slowly, is
only roughly right); the tissue multiplies the drive of the cell assay by one gain.
Left out: signalling bias, receptor pairs, receptors outside the brain, kappa and delta receptors.
"""

from speciosa.language import Each, Input, Output, Parameter, System, total

LIGAND = Each("ligand", "a drug that binds the mu-opioid receptor")


class Opioid(System):
    """One pool of receptors, several ligands, one response between 0 and 1."""

    # Arrives from distribution and from tolerance.
    ligand = Input("nmol/L", "unbound concentration at the receptor", each=LIGAND)
    sensitivity = Input("1", "share of the drive that tolerance leaves")

    Ki = Parameter(
        "nmol/L",
        "concentration that fills half the receptors",
        evidence="opioid/mu/Ki/{ligand}",
        each=LIGAND,
    )
    EC50 = Parameter(
        "nmol/L",
        "concentration of half its own largest response in the cell assay",
        evidence="opioid/mu/EC50/{ligand}",
        each=LIGAND,
    )
    Emax = Parameter(
        "1",
        "largest response in the cell assay, as a share of a full agonist's",
        evidence="opioid/mu/Emax/{ligand}",
        each=LIGAND,
    )
    gain = Parameter(
        "1", "drive of the tissue over that of the cell assay", evidence="opioid/mu/gain"
    )

    # Binding: each ligand takes its share of one site.
    load = ligand / Ki
    occupied = load / (1 + total(load))
    occupancy = Output(total(occupied), "share of receptors that hold any ligand")

    # Response: the operational model, competing ligands.
    tau = Emax / (1 - Emax)
    K_A = EC50 * (1 + tau)
    bound = ligand / K_A
    drive = gain * sensitivity * total(tau * bound)
    response = Output(drive / (1 + total(bound) + drive), "share of the tissue's largest response")
