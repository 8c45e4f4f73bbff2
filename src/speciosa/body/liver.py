"""The liver: injury that strikes few, whom nobody can name beforehand.

Kratom injures the liver of some people, mostly within weeks of daily use; jaundice and itching are
the signs, and most recover when they stop. It came after five doses in one man and in none of many
who drank it for decades, so it does not follow the dose. How many users it strikes is UNKNOWN:
cases have been counted, users have not. So this file gives no rate and no risk. It says one thing
only: of those whom this exposure will injure, the share in whom it has shown by now. Time without
the drug adds none and takes none back: after the last dose the share stays where it was.

Assumed: time counts while mitragynine is in the blood; what counts as exposed is a trace.
Left out: how many; who (all of one series drank alcohol); how severe; enzymes in blood; recovery;
contaminants of products; what alkaloids do to liver cells, since none explains the cases.
"""

from speciosa.language import Each, Input, Output, Parameter, State, System, hill, saturation, total

EXPOSING = Each("exposing", "a drug whose presence counts as exposure of the liver")
INFINITE = float("inf")


class Liver(System):
    """A clock that runs during exposure, and the latencies of the known cases."""

    # Arrives from distribution.
    present = Input("nmol/L", "total plasma concentration of what exposes", each=EXPOSING)

    trace = Parameter(
        "nmol/L",
        "concentration at which the clock runs half",
        evidence="liver/trace/{exposing}",
        each=EXPOSING,
    )
    injury_latency = Parameter(
        "h", "exposure after which half of the injuries have shown", evidence="liver/injury_latency"
    )
    evenness = Parameter("1", "how alike latencies are", evidence="liver/evenness")

    exposed = State("h", "time exposed", between=(0, INFINITE))
    exposed.rate = saturation(total(present / trace), 1)
    onset = Output(
        hill(exposed, injury_latency, evenness),
        "of those whose liver this exposure will injure, the share in whom it has shown",
    )
