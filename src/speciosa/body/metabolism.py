"""Metabolism: which enzyme turns which drug into what, before and after it reaches the blood.

A route is one enzyme that clears one drug, with or without a product that the model follows.
A route acts twice: on the way in (first pass: part of the uptake is converted before it reaches
the circulation) and from the blood. 7-hydroxymitragynine needs both, because formation at first
pass alone misses its late phase and formation from the blood alone misses its early peak.

Assumed: an enzyme's activity scales its share of the clearance and its odds of first-pass
conversion alike; a product is formed mole for mole; what no route is known for is cleared with
unchanged speed; shares that were drawn apart and add up to more than the whole clearance keep
their proportions and fill it.
Left out: saturation of the routes (seen in mice, not in people), enzymes that change with time
(inactivation and induction), return of 7-hydroxymitragynine to mitragynine.
"""

from speciosa.language import Each, Input, Output, Parameter, System, at, positive_part, total

DRUG = Each("drug", "a substance with its own kinetics")
ENZYME = Each("enzyme", "an enzyme that clears drugs")
ROUTE = Each("route", "one enzyme that clears one drug", drug=DRUG, enzyme=ENZYME, product=DRUG)


class Metabolism(System):
    """Routes share out uptake and clearance; their products arrive in the blood."""

    # Arrives from absorption, elimination and the person.
    uptake = Input("nmol/h", "rate of uptake from the gut", each=DRUG)
    usual = Input("nmol/h", "rate of elimination if every enzyme had its usual activity", each=DRUG)
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

    # On the way in: the odds of conversion scale with activity, so the share stays below one.
    here = at(activity, ROUTE.enzyme)
    odds = first_pass / (1 - first_pass) * here
    passed = uptake / (1 + total(odds, by=ROUTE.drug))
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
    gone = Output(
        total(lost) + total(converted) - total(made), "rate at which drug leaves the model"
    )
