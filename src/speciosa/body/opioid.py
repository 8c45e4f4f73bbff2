"""The opioid receptors: mu, through which kratom acts as an opioid, and kappa and delta beside it.

All ligands compete for one binding site, and each drives the receptor to its own degree while it
is bound: morphine strongly, mitragynine weakly, naloxone not at all. Added to enough of a strong
ligand, a weak one therefore lowers the total response; there is no separate rule for antagonists.

Two affinities are kept apart on purpose. Occupancy uses the binding constant Ki. The response
uses potency and largest effect of one functional assay, turned into the affinity and efficacy of
the operational model [black-1983] (ligands add up before the curve); mixing Ki with efficacies of
another assay would put morphine far from where animals show it.

Tissues differ in how much drive they need. This file gives the drive and who crowds the receptor,
in the brain and outside of it; each effect makes its own response of them, with a gain and a
tolerance of its own. `response` is that of the tissue that relieves pain.

Assumed: binding is at equilibrium (seconds against hours; buprenorphine, which leaves slowly, is
only roughly right); the tissue multiplies the drive of the cell assay by one gain; receptors
outside the brain see the unbound drug of plasma. Kappa and delta receptors are held without an
effect: what was tested blocks them, and weakly.
Left out: signalling bias, receptor pairs, the kappa agonism of buprenorphine's relatives.
"""

from speciosa.language import Each, Input, Output, Parameter, System, operational, total

LIGAND = Each("ligand", "a drug that binds the mu-opioid receptor")
KAPPA = Each("kappa_ligand", "a drug that binds the kappa-opioid receptor")
DELTA = Each("delta_ligand", "a drug that binds the delta-opioid receptor")


class Opioid(System):
    """Pools of receptors, several ligands; a drive for every effect, and the response of relief."""

    # Arrives from distribution and from tolerance.
    ligand = Input("nmol/L", "unbound concentration at the receptor", each=LIGAND)
    outside = Input("nmol/L", "unbound concentration outside the brain", each=LIGAND)
    at_kappa = Input("nmol/L", "unbound concentration at the kappa receptor", each=KAPPA)
    at_delta = Input("nmol/L", "unbound concentration at the delta receptor", each=DELTA)
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
    relief_gain = Parameter(
        "1",
        "drive of the tissue that relieves pain over that of the cell assay",
        evidence="opioid/mu/gain",
    )
    Ki_kappa = Parameter(
        "nmol/L",
        "concentration that fills half the kappa receptors",
        evidence="opioid/kappa/Ki/{kappa_ligand}",
        each=KAPPA,
    )
    Ki_delta = Parameter(
        "nmol/L",
        "concentration that fills half the delta receptors",
        evidence="opioid/delta/Ki/{delta_ligand}",
        each=DELTA,
    )

    # Binding: each ligand takes its share of one site.
    load = total(ligand / Ki)
    occupancy = Output(load / (1 + load), "share of receptors that hold any ligand")
    load_kappa = total(at_kappa / Ki_kappa)
    kappa = Output(load_kappa / (1 + load_kappa), "share of kappa receptors that hold any ligand")
    load_delta = total(at_delta / Ki_delta)
    delta = Output(load_delta / (1 + load_delta), "share of delta receptors that hold any ligand")

    # The operational model: what each ligand holds and how hard it pulls; competing ligands add up.
    tau = Emax / (1 - Emax)
    K_A = EC50 * (1 + tau)
    held = Output(ligand / K_A, "concentration over functional affinity, each ligand alone")
    plain = Output(tau * held, "drive in the cell assay, each ligand alone")
    pull = Output(relief_gain * plain, "drive, each ligand alone")
    bound = Output(total(held), "concentration over functional affinity, all ligands")
    drive = Output(total(pull), "drive of all ligands before tolerance")
    response = Output(operational(sensitivity * drive, bound), "share of relief's largest response")

    held_outside = outside / K_A
    bound_outside = Output(total(held_outside), "as `bound`, outside the brain")
    drive_outside = Output(relief_gain * total(tau * held_outside), "as `drive`, outside the brain")
