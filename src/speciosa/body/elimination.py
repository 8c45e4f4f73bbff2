"""Elimination: what clears a drug from the blood, and what has left the model.

A drug whose enzyme fills up at the doses people take (alcohol) is cleared by Michaelis and
Menten's law: `CL` holds while there is little of it, and at `Km` the pace is half of the highest.

Assumed: for every other drug clearance is linear and apparent (CL/F); it scales with body weight
by the usual exponent [anderson-2008]; a drug in the urine as such is negligible (0.14 % of
mitragynine in 24 h); what saturates does so in all of its routes alike.
Left out: kidneys and a diseased liver (never studied), bile and return from the gut.
"""

from speciosa.language import Each, Input, Output, Parameter, State, System, at, total

DRUG = Each("drug", "a substance with its own kinetics")
SATURABLE = Each("saturable", "a drug whose elimination fills up", drug=DRUG)
INFINITE = float("inf")


class Elimination(System):
    """One clearance per drug; enzymes that are busier or lazier than usual are metabolism's."""

    # Arrives from distribution, from metabolism and from the person.
    concentration = Input("nmol/L", "total plasma concentration, molar", each=DRUG)
    gone = Input("nmol/h", "rate at which drug leaves the model")
    weight = Input("kg", "body weight")

    CL = Parameter(
        "L/h", "apparent clearance from plasma, CL/F", evidence="elimination/CL/{drug}", each=DRUG
    )
    Km = Parameter(
        "nmol/L",
        "total plasma concentration that halves the clearance",
        evidence="elimination/Km/{saturable}",
        each=SATURABLE,
    )
    reference_weight = Parameter(
        "kg",
        "weight that volumes, clearances and flows refer to",
        evidence="elimination/reference_weight",
    )
    weight_exponent = Parameter(
        "1", "how clearance grows with weight", evidence="elimination/weight_exponent"
    )

    crowding = total(at(concentration, SATURABLE.drug) / Km, by=SATURABLE.drug)
    usual = Output(
        CL * (weight / reference_weight) ** weight_exponent * concentration / (1 + crowding),
        "rate of elimination if every enzyme had its usual activity",
    )

    # The book-keeper: with it, what enters equals what is inside plus what left.
    left = State("nmol", "drug that has left the model, all substances", between=(0, INFINITE))
    left.rate = gone
