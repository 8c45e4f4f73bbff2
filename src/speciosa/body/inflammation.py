"""Inflammation: a mediator that drugs can lower, and oxidants that they can scavenge.

Inflamed tissue makes prostaglandin E2 by the enzyme COX-2. Mitragynine lowers both in mouse
macrophages at 1.3 to 50 umol/L [utar-2011], and takes up the radical DPPH at millimolar
concentrations [goh-2014]. Blood of people holds some nmol/L unbound: nothing of either is left.
The equations are here so that this can be seen, and because other drugs may be added.

Assumed: half inhibition at 10 umol/L, since no study gives it; the mediator follows within hours,
since the enzyme has to be made; inhibitors add up as if they shared one site.
Left out: COX-1 (two accounts of one paper differ), 5-lipoxygenase, cytokines, swelling; what
extracts do at 100 mg/kg and more in rats and mice stands as records only.
"""

from speciosa.language import Each, Input, Output, Parameter, State, System, total

INHIBITOR = Each("inhibitor", "a drug that lowers the inflammatory mediator")
SCAVENGER = Each("scavenger", "a drug that takes up oxidants")


class Inflammation(System):
    """One mediator, 1 without treatment; and the share of oxidants that is taken up."""

    # Arrives from distribution: unbound plasma.
    unbound = Input("nmol/L", "unbound plasma concentration", each=INHIBITOR)
    scavenger = Input("nmol/L", "unbound plasma concentration of scavengers", each=SCAVENGER)

    IC50_mediator = Parameter(
        "nmol/L",
        "concentration that halves the making of the mediator",
        evidence="inflammation/IC50/{inhibitor}",
        each=INHIBITOR,
    )
    IC50_oxidant = Parameter(
        "nmol/L",
        "concentration that takes up half of the oxidants",
        evidence="inflammation/scavenging/IC50/{scavenger}",
        each=SCAVENGER,
    )
    k_mediator = Parameter(
        "1/h", "pace at which the mediator follows", evidence="inflammation/k_mediator"
    )

    load = total(unbound / IC50_mediator)
    inhibition = Output(load / (1 + load), "share of the making of the mediator inhibited")
    prostaglandin = State("1", "prostaglandin E2, fold of untreated", start=1, between=(0, 1))
    prostaglandin.rate = k_mediator * (1 - inhibition - prostaglandin)
    mediator = Output(prostaglandin, "inflammatory mediator, fold of untreated")

    taken = total(scavenger / IC50_oxidant)
    scavenged = Output(taken / (1 + taken), "share of oxidants that is taken up")
