"""Doses in bands: how many people have how much of an effect after so much leaf, taken once.

People take a dose somewhere between the ends of a band. What their leaf holds is either drawn from
the market, which is something that we do not know, or known to be in the middle of it. An effect is
none, mild, moderate or strong by its peak; the bounds are records, `bands/<output>/<word>`, so that
an effect with such records is counted without a line of code.

Shares of people come with what we do not know beside them: the range of the share over replicates.

Assumed: every dose between the ends is as likely; the bounds of one effect are off together.
Left out: how long an effect lasts; people who take more than once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from speciosa.errors import InputError, SolverError
from speciosa.evidence import Record
from speciosa.people.draws import PERSON, REPLICATE, Draws
from speciosa.trial.lanes import Ahead, blocks
from speciosa.trial.parameters import chance, parameters
from speciosa.trial.plan import Plan, plan
from speciosa.trial.reduced import Reduced
from speciosa.trial.run import Dose, run
from speciosa.trial.scenario import Scenario
from speciosa.trial.shares import PREFIX, WORDS, bounds_of, shares_by_word

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["CONTENTS", "DOSES", "Bands", "bands"]

Array = NDArray[np.float64]
Progress = Callable[[int, int], None]
Ends = tuple[float, float]

DOSES: tuple[Ends, ...] = ((1.0, 3.0), (3.0, 5.0), (5.0, 7.0), (7.0, 15.0), (5.0, 15.0))
"""g of leaf; the bands in which users and reviews speak of kratom."""
CONTENTS = ("unknown", "known")
"""Whether what the leaf holds is drawn from the market or is the middle of it."""

_PRODUCT = "product/"
_DOSE = "dose"  # the name under which a person's place between the ends is drawn
_MOST = 100.0  # g; as in a scenario


@dataclass(frozen=True)
class Bands:
    """What was counted.

    `rows` are {output, low, high, content, effect, share, people, p05, p95}: `share` is of all
    people of all replicates, `people` with every record at its central value, `p05` and `p95` are
    the range of the share over replicates. `bounds` are the values from which an effect has its
    word.
    """

    scenario: Scenario
    seed: int
    people: int
    replicates: int
    failed: int
    bounds: Mapping[str, Mapping[str, Record]]
    rows: tuple[Mapping[str, Any], ...]

    def share(self, output: str, dose: Ends, effect: str, content: str = "unknown") -> float:
        """Share of people with this effect. Raises InputError."""
        for row in self.rows:
            at = (row["output"], (row["low"], row["high"]), row["effect"], row["content"])
            if at == (output, dose, effect, content):
                return row["share"]
        raise InputError("bands", f"{effect} {output} of {dose}", "a row of the table")

    def frame(self) -> pd.DataFrame:
        """The rows as a table."""
        import pandas as pd

        return pd.DataFrame(list(self.rows))

    def to_dict(self) -> dict[str, Any]:
        """Plain data: the scenario, the bounds with their sources, and the rows."""
        return {
            "scenario": self.scenario.filled(),
            "seed": self.seed,
            "people": {"n": self.people, "replicates": self.replicates, "failed": self.failed},
            "bounds": {
                output: {word: record.as_mapping() for word, record in held.items()}
                for output, held in self.bounds.items()
            },
            "rows": [dict(row) for row in self.rows],
        }


def bands(
    scenario: Scenario | None = None,
    doses: Sequence[Ends] = DOSES,
    outputs: Sequence[str] = (),
    people: int = 200,
    replicates: int = 50,
    seed: int = 1,
    progress: Progress | None = None,
) -> Bands:
    """How many people have how much of an effect, by bands of dose.

    Args:
        scenario: who takes what product, one dose of 1 g. Without one it is leaf, by adults in
            chronic pain who have taken nothing before.
        doses: lowest and highest dose of each band, g.
        outputs: names of effects with bounds; all that the model has when none is named.
        people: how many people, the same in every band.
        replicates: how many draws of what we do not know, at least 2.
        seed: the seed of all chance.
        progress: called with (people done, people) now and then.

    Raises:
        InputError: an output has no bounds, or a number is out of range.
        SolverError: nobody could be simulated.
    """
    _check(doses, people, replicates)
    prepared = plan(scenario or _usual())
    if prepared.schedule.amounts != (1.0,) or prepared.dose_unit != "g":
        raise InputError(
            "scenario", prepared.scenario.regimen.dose, "one dose of 1 g, which the bands scale"
        )
    bounds = _bounds(prepared, outputs)
    ahead = Ahead(progress, people * (1 + replicates) * len(doses) * len(CONTENTS))
    counting = _Counting(prepared, bounds, people, replicates, Draws(seed), ahead)
    rows = [row for ends in doses for content in CONTENTS for row in counting.rows(ends, content)]
    if counting.failed == ahead.total:
        raise SolverError("nobody could be simulated")
    return Bands(
        scenario=prepared.scenario,
        seed=seed,
        people=people,
        replicates=replicates,
        failed=counting.failed,
        bounds=bounds,
        rows=tuple(rows),
    )


class _Counting:
    """Runs each band, and counts."""

    def __init__(
        self,
        plan: Plan,
        bounds: Mapping[str, Mapping[str, Record]],
        people: int,
        replicates: int,
        draws: Draws,
        ahead: Ahead,
    ) -> None:
        self.plan, self.bounds, self.draws, self.ahead = plan, bounds, draws, ahead
        self.people, self.replicates = people, replicates
        self.failed = 0
        self.places = draws.uniform(PERSON, _DOSE, people)

    def rows(self, ends: Ends, content: str) -> Iterator[dict[str, Any]]:
        """Shares of one band of doses and one knowledge of content, by output and word."""
        low, high = ends
        sizes = low + (high - low) * self.places
        central = self._peaks(sizes, content, None)
        parts = [
            self._peaks(sizes, content, block) for block in blocks(self.people, self.replicates)
        ]
        for place, (output, held) in enumerate(self.bounds.items()):
            drawn = np.concatenate([part[place] for part in parts])
            luck = self.draws.stratified(REPLICATE, PREFIX + output, self.replicates)
            middle = shares_by_word(central[place], [np.array([r.value]) for r in held.values()])
            found = shares_by_word(drawn, [r.spread.quantile(luck) for r in held.values()])
            for word, of_people, of_all in zip(WORDS, middle, found, strict=True):
                p05, p95 = np.nanpercentile(of_all, [5.0, 95.0])
                yield {
                    "output": output,
                    "low": low,
                    "high": high,
                    "content": content,
                    "effect": word,
                    "share": float(np.nanmean(of_all)),
                    "people": float(of_people[0]),
                    "p05": float(p05),
                    "p95": float(p95),
                }

    def _peaks(self, sizes: Array, content: str, block: range | None) -> list[Array]:
        """Peaks of each output, (replicates, people); None is with central records."""
        replicates = 1 if block is None else len(block)
        table = parameters(
            self.plan.model,
            self.plan.population,
            self.draws,
            self.people,
            block,
            replicates=self.replicates,
        )

        def luck(name: str) -> Array:
            middle = block is None or (content == "known" and name.startswith(_PRODUCT))
            if block is None or middle:
                return np.full(replicates, 0.5)
            return chance(self.draws, name, block, self.replicates)

        keeper = Reduced(self.plan, list(self.bounds))
        ran = run(
            self.plan.model,
            table,
            [_sized(dose, sizes) for dose in self.plan.doses(luck, self.people)],
            self.plan.look.times,
            list(self.bounds),
            start=self.plan.start,
            keep=keeper,
            progress=self.ahead.step,
        )
        self.ahead.finish(len(table))
        self.failed += len(ran.failed)
        return [
            one.values.reshape(replicates, self.people)
            for one in keeper.measures
            if one.measure == "max"
        ]


def _sized(dose: Dose, sizes: Array) -> Dose:
    """A dose of one gram of the product made each person's own."""
    return replace(dose, nmol=dose.nmol * np.tile(sizes, len(dose.nmol) // len(sizes))[:, None])


def _usual() -> Scenario:
    return Scenario(
        people={"pain": "chronic"},
        product={"kind": "leaf"},
        regimen={"dose": "1 g"},
        output={"until": "24 h"},
    )


def _bounds(prepared: Plan, asked: Sequence[str]) -> dict[str, dict[str, Record]]:
    """Bounds by output and word, of the outputs asked for or of all that the model has."""
    found = bounds_of(prepared.model.outputs)
    for output in asked:
        if output not in found:
            raise InputError("outputs", output, f"an effect with bounds: {', '.join(found)}")
    return {output: found[output] for output in asked or found}


def _check(doses: Sequence[Ends], people: int, replicates: int) -> None:
    if people < 1:
        raise InputError("people", people, "a whole number of at least 1")
    if replicates < 2:
        raise InputError("replicates", replicates, "at least 2, since a range is shown")
    if not doses:
        raise InputError("doses", doses, "at least one band, such as (1, 3)")
    for ends in doses:
        if len(ends) != 2 or not 0.0 <= ends[0] <= ends[1] <= _MOST:
            raise InputError("doses", ends, f"lowest and highest dose of a band, 0 to {_MOST:g} g")
