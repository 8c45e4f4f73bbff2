"""A first look at a scenario, at once: a few outputs of a few people, and how these differ.

True: the people are the first of those whom `simulate` takes by the same seed, with every record at
its central value, so what is seen of them is what a whole run sees of them.
Left out: all that we do not know. A whole run tells it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from speciosa.errors import SolverError
from speciosa.model import can_follow
from speciosa.trial.arms import dose_form
from speciosa.trial.cohort import cohort
from speciosa.trial.plan import built, plan
from speciosa.trial.result import Result
from speciosa.trial.scenario import Scenario
from speciosa.trial.signs import refuse_emergency
from speciosa.trial.simulation import outputs_of, result_of, variants_of
from speciosa.trial.weighed import weighed

__all__ = ["PEOPLE", "glance", "levels", "model_at_hand", "stopping"]

PEOPLE = 200
"""People of a first look; fewer where the scenario asks for fewer."""
_BREATH = "breathing.drive"
MODELS = 8
"""Models at hand: of scenarios that differ in amounts and people alone it is the same."""
model_at_hand = lru_cache(maxsize=MODELS)(built)


def glance(scenario: Scenario, outputs: Sequence[str]) -> Result:
    """The result for these outputs, without replicates and with time courses.

    Raises:
        InputError: an output or a variant is unknown, or a person is no adult.
        EmergencyError: the scenario gives a sign of an emergency.
        SolverError: nobody could be simulated.
    """
    refuse_emergency(scenario)
    run = scenario.run
    people = min(run.people, PEOPLE)
    prepared = plan(scenario, variants_of(run.variants), outputs, model_at_hand)
    found = cohort(
        prepared,
        outputs_of(outputs, prepared),
        people=people,
        replicates=0,
        seed=run.seed,
        series=True,
    )
    if not found.computed:
        raise SolverError("nobody could be simulated: " + " ".join(found.advice))
    return replace(result_of(prepared, found), people=people, replicates=0)


def stopping(scenarios: Iterable[Scenario]) -> Result | None:
    """A first look at the first of these in which breath stops; None where it stops in none."""
    looks = (glance(one, (_BREATH,)) for one in scenarios)
    return next((one for one in looks if one.breath_stops), None)


def levels(scenario: Scenario) -> tuple[str, ...]:
    """Outputs that are the level in blood of what is taken, as far as it can be followed."""
    main = weighed(scenario.product).main
    taken = [main] if can_follow(main) else []
    taken += [
        one.drug
        for one in scenario.medicines
        if one.dose is not None and dose_form(one.drug, one.route) is not None
    ]
    return tuple(dict.fromkeys(f"plasma.{drug}" for drug in taken))
