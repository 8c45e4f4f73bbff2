"""The monoamines: noradrenaline, serotonin and dopamine.

Drugs compete for each receptor and each transporter. Of the kratom alkaloids, speciogynine and
paynantheine hold 5-HT1A and 5-HT2B firmly and activate neither; mitragynine holds alpha receptors
only far above what people reach. Noradrenaline in the cord rises downstream of the mu receptor:
in animals alpha-2 antagonists block the relief by mitragynine. Tramadol blocks the transporters
of noradrenaline and serotonin in people [ogawa-2014]; caffeine releases no dopamine [volkow-2015].

Assumed: a transmitter rises in proportion to what fills its site, to opioid response and to
withdrawal, at once, and the rises add up; the sizes are animal sizes or guesses. Vessels see what
the brain sees. Mu agonists release dopamine; one dose of mitragynine did not in rats, and lowered
its release in mice [effendy-2021, manus-2025], so the claim of release rests on the receptor and
not on kratom.
Left out: the calming of the locus coeruleus by opioids, desmethyl metabolites that activate 5-HT1A
(how much of them people have is unknown), dopamine receptors (no affinity was ever measured).
"""

from speciosa.language import Each, Input, Output, Parameter, System, at, exp, log, total

DRUG = Each("drug", "a substance with its own kinetics")
SITE = Each("site", "a receptor or a transporter of the monoamines")
BINDING = Each("binding", "one drug that holds one site", drug=DRUG, site=SITE)


class Monoamine(System):
    """Occupancy of each site, and each transmitter as a fold of usual."""

    # Arrives from distribution, from the opioid receptor and from dependence.
    brain = Input("nmol/L", "unbound concentration in the brain", each=DRUG)
    opioid = Input("1", "response of the mu-opioid receptor")
    withdrawal = Input("1", "withdrawal, 0 none to 1 the worst")

    Ki = Parameter(
        "nmol/L",
        "concentration that fills half of a site",
        evidence="monoamine/Ki/{binding}",
        each=BINDING,
    )
    raises_noradrenaline = Parameter(
        "1",
        "rise of noradrenaline when all of a site is filled",
        evidence="monoamine/noradrenaline/{site}",
        each=SITE,
    )
    raises_serotonin = Parameter(
        "1",
        "rise of serotonin when all of a site is filled",
        evidence="monoamine/serotonin/{site}",
        each=SITE,
    )
    vessels = Parameter(
        "1",
        "share of the alpha-1 receptors of vessels that a site is",
        evidence="monoamine/vessels/{site}",
        each=SITE,
    )
    recruited = Parameter(
        "1",
        "rise of noradrenaline in the cord at full opioid response",
        evidence="monoamine/noradrenaline/recruited",
    )
    rebound = Parameter(
        "1",
        "rise of noradrenaline in the worst withdrawal",
        evidence="monoamine/noradrenaline/rebound",
    )
    released = Parameter(
        "1", "rise of dopamine at full opioid response", evidence="monoamine/dopamine/released"
    )
    depleted = Parameter(
        "1",
        "share of dopamine that is missing in the worst withdrawal",
        evidence="monoamine/dopamine/depleted",
    )

    # Binding: the drugs share each site.
    crowd = total(at(brain, BINDING.drug) / Ki, by=BINDING.site)
    occupancy = Output(crowd / (1 + crowd), "share of a site that holds any drug")

    alpha1 = Output(
        1 - exp(total(log(1 - vessels * occupancy))),
        "share of alpha-1 receptors that a drug blocks",
    )

    # The transmitters.
    sympathetic = Output(
        1 + total(raises_noradrenaline * occupancy) + rebound * withdrawal,
        "noradrenaline outside the cord, fold of usual",
    )
    noradrenaline = Output(
        sympathetic + recruited * opioid, "noradrenaline in the cord, fold of usual"
    )
    serotonin = Output(1 + total(raises_serotonin * occupancy), "serotonin, fold of usual")
    dopamine = Output(
        (1 + released * opioid) * (1 - depleted * withdrawal), "dopamine, fold of usual"
    )
