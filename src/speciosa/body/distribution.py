"""Distribution: blood, one deep compartment, and the brain.

Each drug has two compartments, or one where no study tells of a second. The amount in the brain is
too small to matter for the blood, so the brain follows the unbound plasma concentration and takes
nothing from it. A drug without an effect of its own in the brain has a level there that nothing
reads.

Assumed: volumes and clearances of kratom alkaloids are apparent (over bioavailability), because no
study gave them into a vein, and so are those of what a medicine becomes; those of medicines are of
a dose into a vein where one was given. They scale with body weight by the usual exponents
[anderson-2008]; binding in plasma does not saturate; blood and plasma concentrations are not told
apart.
Left out: binding that differs between people, transporters at the blood-brain barrier (none was
found to matter in vitro), the placenta and milk.
"""

from speciosa.language import Each, Input, Output, Parameter, State, System, at, in_unit, total

DRUG = Each("drug", "a substance with its own kinetics")
DEEP = Each("deep", "a drug with a deep compartment", drug=DRUG)
INFINITE = float("inf")


class Distribution(System):
    """Two compartments per drug, and the unbound concentration in the brain."""

    # Arrives from metabolism and from the person.
    arriving = Input("nmol/h", "rate of arrival in the blood", each=DRUG)
    lost = Input("nmol/h", "rate of elimination from the blood", each=DRUG)
    weight = Input("kg", "body weight")

    # Apparent volumes and exchange of a person of the reference weight.
    V1 = Parameter("L", "central volume, V1/F", evidence="distribution/V1/{drug}", each=DRUG)
    Q = Parameter(
        "L/h",
        "exchange with the deep compartment, Q/F",
        evidence="distribution/Q/{deep}",
        each=DEEP,
    )
    V2 = Parameter(
        "L", "volume of the deep compartment, V2/F", evidence="distribution/V2/{deep}", each=DEEP
    )
    reference_weight = Parameter(
        "kg",
        "weight that volumes, clearances and flows refer to",
        evidence="distribution/reference_weight",
    )
    volume_exponent = Parameter(
        "1", "how volumes grow with weight", evidence="distribution/volume_exponent"
    )
    flow_exponent = Parameter(
        "1", "how flows grow with weight", evidence="distribution/flow_exponent"
    )

    # From total plasma to free brain.
    fu = Parameter("1", "share unbound in plasma", evidence="distribution/fu/{drug}", each=DRUG)
    Kpuu = Parameter(
        "1",
        "unbound brain over unbound plasma at rest",
        evidence="distribution/Kpuu/{brain}",
        each=DRUG,
    )
    keo = Parameter(
        "1/h",
        "pace at which the brain follows plasma",
        evidence="distribution/keo/{brain}",
        each=DRUG,
    )
    molar_mass = Parameter("g/mol", "molar mass", evidence="substance/molar_mass/{drug}", each=DRUG)

    relative_weight = weight / reference_weight
    volume_scale = relative_weight**volume_exponent
    flow_scale = relative_weight**flow_exponent

    central = State("nmol", "amount in the central compartment", each=DRUG, between=(0, INFINITE))
    deep = State("nmol", "amount in the deep compartment", each=DEEP, between=(0, INFINITE))
    concentration = Output(central / (V1 * volume_scale), "total plasma concentration, molar")
    exchange = Q * flow_scale * (at(concentration, DEEP.drug) - deep / (V2 * volume_scale))
    central.rate = arriving - lost - total(exchange, by=DEEP.drug)
    deep.rate = exchange

    plasma = Output(in_unit(concentration * molar_mass, "ng/mL"), "total plasma concentration")
    unbound = Output(fu * concentration, "unbound plasma concentration")
    loose = Output(fu, "share unbound in plasma")

    free = State("nmol/L", "unbound concentration in the brain", each=DRUG, between=(0, INFINITE))
    free.rate = keo * (Kpuu * unbound - free)
    brain = Output(free, "unbound concentration in the brain")
