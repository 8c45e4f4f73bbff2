"""Metabolism: which enzyme turns which drug into what, and what drugs do to enzymes.

A route is one enzyme that clears one drug, with or without a product that the model follows.
A route acts twice: on the way in (first pass: part of the uptake is converted before it reaches
the circulation) and from the blood. 7-hydroxymitragynine needs both, because formation at first
pass alone misses its late phase and formation from the blood alone misses its early peak. Where the
gut wall is known to take a share of its own, that comes first, and the liver takes of what is left.
The transporter P-gp is treated as an enzyme: what it pumps back is lost to the body.

Three things change an enzyme. A drug that fits into it keeps it busy while it is there (reversible
inhibition, `Ki`). A drug that destroys it leaves it missing until it is made again, over days
(`kinact`, `KI`). A drug that calls for more of it is followed by more, over days (induction,
`Emax`, `EC50`). Amounts are states with a turnover; a single dose therefore never does all that a
static calculation at steady state says [fahmi-2009].

Assumed: an enzyme's activity scales its share of the clearance and its odds of conversion on the
way in alike; the liver is well stirred, so that what blood brings limits what a busy liver clears
[rowland-1973]; inhibition is competitive with little of each victim; a product is formed mole for
mole; what no route is known for is cleared with unchanged speed; shares that were drawn apart and
add up to more than the whole clearance keep their proportions and fill it; an enzyme meets what is
unbound in the blood and, diluted by the blood that flows there, what is just being taken up, in the
liver too as much as before the gut wall took its share.
Left out: saturation of the routes (seen in mice, not in people), several ways of induction that are
not counted by their effect on the amount, that one drug may shield an enzyme from another that
destroys it, return of 7-hydroxymitragynine to mitragynine.
"""

from speciosa.language import (
    Each,
    Input,
    Output,
    Parameter,
    State,
    System,
    at,
    positive_part,
    total,
)

DRUG = Each("drug", "a substance with its own kinetics")
ENZYME = Each("enzyme", "an enzyme that clears drugs")
CHANGING = Each("changing", "an enzyme of which there can be more or less", enzyme=ENZYME)
ROUTE = Each("route", "one enzyme that clears one drug", drug=DRUG, enzyme=ENZYME, product=DRUG)
WALL = Each("wall", "an enzyme of the gut wall that converts a drug", drug=DRUG, enzyme=ENZYME)
INHIBITION = Each("inhibition", "a drug that keeps an enzyme busy", drug=DRUG, enzyme=ENZYME)
INACTIVATION = Each("inactivation", "a drug that destroys an enzyme", drug=DRUG, enzyme=CHANGING)
INDUCTION = Each("induction", "a drug that calls for more of an enzyme", drug=DRUG, enzyme=CHANGING)
INFINITE = float("inf")


class Metabolism(System):
    """Routes share out uptake and clearance; their products arrive in the blood."""

    # Arrives from absorption, elimination, distribution and the person.
    uptake = Input("nmol/h", "rate of uptake from the gut", each=DRUG)
    usual = Input("nmol/h", "rate of elimination if every enzyme had its usual activity", each=DRUG)
    unbound = Input("nmol/L", "unbound plasma concentration", each=DRUG)
    loose = Input("1", "share unbound in plasma", each=DRUG)
    activity = Input("1", "activity of the enzyme, 1 = usual", each=ENZYME)

    share = Parameter(
        "1", "share of a drug's clearance", evidence="metabolism/share/{route}", each=ROUTE
    )
    first_pass = Parameter(
        "1",
        "share of a drug's uptake that the route alone converts before the circulation, as usual",
        evidence="metabolism/first_pass/{route}",
        each=ROUTE,
    )
    wall = Parameter(
        "1",
        "share of a drug's uptake that the gut wall's enzyme alone converts, as usual",
        evidence="metabolism/wall/{wall}",
        each=WALL,
    )

    # Where an enzyme is: blood that dilutes what is taken up, and whether plasma proteins bind it.
    flow = Parameter(
        "L/h",
        "blood that dilutes what is being taken up, where the enzyme is",
        evidence="metabolism/flow/{organ}",
        each=ENZYME,
    )
    bound = Parameter(
        "1",
        "whether plasma binds what is being taken up, where the enzyme is, 1 = yes",
        evidence="metabolism/bound/{organ}",
        each=ENZYME,
    )

    # What drugs do to enzymes, by unbound concentrations.
    Ki = Parameter(
        "nmol/L",
        "unbound concentration that halves what the enzyme does",
        evidence="metabolism/Ki/{inhibition}",
        each=INHIBITION,
    )
    kinact = Parameter(
        "1/h",
        "fastest loss of the enzyme to the drug",
        evidence="metabolism/kinact/{inactivation}",
        each=INACTIVATION,
    )
    KI = Parameter(
        "nmol/L",
        "unbound concentration of half the fastest loss",
        evidence="metabolism/KI/{inactivation}",
        each=INACTIVATION,
    )
    Emax = Parameter(
        "1",
        "most that is made of the enzyme besides the usual, as a multiple of it",
        evidence="metabolism/Emax/{induction}",
        each=INDUCTION,
    )
    EC50 = Parameter(
        "nmol/L",
        "unbound concentration of half of the most",
        evidence="metabolism/EC50/{induction}",
        each=INDUCTION,
    )
    kdeg = Parameter(
        "1/h", "turnover of the enzyme", evidence="metabolism/kdeg/{changing}", each=CHANGING
    )

    # What is unbound in the blood and what is just being taken up, for each that acts on an enzyme.
    busying = at(unbound, INHIBITION.drug) + (
        at(uptake, INHIBITION.drug)
        * (1 - at(bound, INHIBITION.enzyme) * (1 - at(loose, INHIBITION.drug)))
        / at(flow, INHIBITION.enzyme)
    )
    flow_there, bound_there = at(flow, CHANGING.enzyme), at(bound, CHANGING.enzyme)
    destroying = at(unbound, INACTIVATION.drug) + (
        at(uptake, INACTIVATION.drug)
        * (1 - at(bound_there, INACTIVATION.enzyme) * (1 - at(loose, INACTIVATION.drug)))
        / at(flow_there, INACTIVATION.enzyme)
    )
    calling = at(unbound, INDUCTION.drug) + (
        at(uptake, INDUCTION.drug)
        * (1 - at(bound_there, INDUCTION.enzyme) * (1 - at(loose, INDUCTION.drug)))
        / at(flow_there, INDUCTION.enzyme)
    )

    # The amount of an enzyme: made, called for, worn out and destroyed.
    called = total(Emax * calling / (EC50 + calling), by=INDUCTION.enzyme)
    destroyed = total(kinact * destroying / (KI + destroying), by=INACTIVATION.enzyme)
    amount = State(
        "1", "enzyme that is there, 1 = usual", each=CHANGING, start=1, between=(0, INFINITE)
    )
    amount.rate = kdeg * (1 + called - amount) - destroyed * amount
    free = 1 + total(busying / Ki, by=INHIBITION.enzyme)
    working = Output(
        activity * (1 + total(amount - 1, by=CHANGING.enzyme)) / free,
        "activity of the enzyme with what drugs do to it, 1 = usual",
    )

    # On the way in: the odds of conversion scale with activity, so the share stays below one.
    beyond_wall = uptake / (1 + total(wall / (1 - wall) * at(working, WALL.enzyme), by=WALL.drug))
    here = at(working, ROUTE.enzyme)
    usual_odds = first_pass / (1 - first_pass)
    odds = usual_odds * here
    left_by_liver = 1 + total(odds, by=ROUTE.drug)
    passed = beyond_wall / left_by_liver
    converted = at(passed, ROUTE.drug) * odds

    # From the blood: what the routes do not explain goes on as usual, and is never less than none.
    # What the liver takes of passing blood, it takes here as on the way in.
    explained = total(share, by=ROUTE.drug)
    rest = positive_part(1 - explained, 0.01)
    fraction = share / at(explained + rest, ROUTE.drug)
    limited = (1 + total(usual_odds, by=ROUTE.drug)) / left_by_liver
    turned_over = at(usual * limited, ROUTE.drug) * fraction * here
    capacity = rest / (explained + rest) + limited * total(fraction * here, by=ROUTE.drug)
    lost = Output(usual * capacity, "rate of elimination from the blood")

    made = total(converted + turned_over, by=ROUTE.product)
    arriving = Output(passed + made, "rate of arrival in the blood")

    # What left for good: eliminated or converted, and not turned into a drug that is followed.
    in_wall = total(uptake) - total(beyond_wall)
    gone = Output(
        total(lost) + total(converted) - total(made) + in_wall,
        "rate at which drug leaves the model",
    )
