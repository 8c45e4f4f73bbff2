"""Metabolism: which enzyme turns which drug into what, before and after it reaches the blood.

A route is one enzyme that clears one drug, with or without a product that the model follows.
A route acts twice: on the way in (first pass: part of the uptake is converted before it reaches
the circulation) and from the blood. 7-hydroxymitragynine needs both, because formation at first
pass alone misses its late phase and formation from the blood alone misses its early peak. Where the
gut wall is known to take a share of its own, that comes first, and the liver takes of what is left.

Some drugs destroy an enzyme while they keep it busy (mitragynine does so to CYP3A in test tubes
[tanna-2021]): the enzyme is then missing until it is made again, over days.

Assumed: an enzyme's activity scales its share of the clearance and its odds of first-pass
conversion alike; a product is formed mole for mole; what no route is known for is cleared with
unchanged speed; shares that were drawn apart and add up to more than the whole clearance keep
their proportions and fill it; an enzyme meets what is unbound in the blood and, diluted by the
blood that flows there, what is just being taken up. The gut wall's loss counts, since a trial saw
it [tanna-2023]; the liver's is switched off, since that trial's half-lives hardly changed.
Left out: saturation of the routes (seen in mice, not in people), inhibition that ends with the
inhibitor, induction, return of 7-hydroxymitragynine to mitragynine.
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
ROUTE = Each("route", "one enzyme that clears one drug", drug=DRUG, enzyme=ENZYME, product=DRUG)
WALL = Each("wall", "an enzyme of the gut wall that converts a drug", drug=DRUG, enzyme=ENZYME)
FRAGILE = Each("fragile", "an enzyme that a drug inactivates", enzyme=ENZYME)
INACTIVATION = Each("inactivation", "a drug inactivating an enzyme", drug=DRUG, enzyme=FRAGILE)


class Metabolism(System):
    """Routes share out uptake and clearance; their products arrive in the blood."""

    # Arrives from absorption, elimination and the person.
    uptake = Input("nmol/h", "rate of uptake from the gut", each=DRUG)
    usual = Input("nmol/h", "rate of elimination if every enzyme had its usual activity", each=DRUG)
    unbound = Input("nmol/L", "unbound plasma concentration", each=DRUG)
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

    # Inactivation: while a drug is there, the enzyme is lost; without it, it is made again.
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
    unbound_share = Parameter(
        "1",
        "share unbound of what is being taken up, where the enzyme is",
        evidence="metabolism/unbound_share/{inactivation}",
        each=INACTIVATION,
    )
    flow = Parameter(
        "L/h",
        "blood that dilutes what is being taken up, where the enzyme is",
        evidence="metabolism/flow/{enzyme}",
        each=INACTIVATION,
    )
    kdeg = Parameter(
        "1/h", "turnover of the enzyme", evidence="metabolism/kdeg/{fragile}", each=FRAGILE
    )
    autoinhibition = Parameter(
        "1",
        "share of the loss that counts, 0 = off",
        evidence="metabolism/autoinhibition/{fragile}",
        each=FRAGILE,
    )
    met = at(unbound, INACTIVATION.drug) + unbound_share * at(uptake, INACTIVATION.drug) / flow
    destroyed = total(kinact * met / (KI + met), by=INACTIVATION.enzyme)
    missing = State(
        "1", "share of the enzyme lost and not made again", each=FRAGILE, between=(0, 1)
    )
    missing.rate = autoinhibition * destroyed * (1 - missing) - kdeg * missing
    working = activity * (1 - total(missing, by=FRAGILE.enzyme))

    # On the way in: the odds of conversion scale with activity, so the share stays below one.
    beyond_wall = uptake / (1 + total(wall / (1 - wall) * at(working, WALL.enzyme), by=WALL.drug))
    here = at(working, ROUTE.enzyme)
    odds = first_pass / (1 - first_pass) * here
    passed = beyond_wall / (1 + total(odds, by=ROUTE.drug))
    converted = at(passed, ROUTE.drug) * odds

    # From the blood: what the routes do not explain goes on as usual, and is never less than none.
    explained = total(share, by=ROUTE.drug)
    rest = positive_part(1 - explained, 0.01)
    fraction = share / at(explained + rest, ROUTE.drug)
    turned_over = at(usual, ROUTE.drug) * fraction * here
    capacity = rest / (explained + rest) + total(fraction * here, by=ROUTE.drug)
    lost = Output(usual * capacity, "rate of elimination from the blood")

    made = total(converted + turned_over, by=ROUTE.product)
    arriving = Output(passed + made, "rate of arrival in the blood")

    # What left for good: eliminated or converted, and not turned into a drug that is followed.
    in_wall = total(uptake) - total(beyond_wall)
    gone = Output(
        total(lost) + total(converted) - total(made) + in_wall,
        "rate at which drug leaves the model",
    )
