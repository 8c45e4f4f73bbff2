"""What the model predicts for the observations of a data file.

People of the file take the place of drawn ones: person i of the file has the differences and
traits of person i of a cohort of the same seed, but for what the file's covariates say. As in a
cohort, a first run has every record at its central value, and in each replicate all uncertain
records are drawn anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from speciosa.engine import Covariates
from speciosa.people.draws import Draws
from speciosa.regimen.schedule import Schedule
from speciosa.trial.covariates import Between, Given, given
from speciosa.trial.data import Data
from speciosa.trial.lanes import Ahead, Progress, blocks
from speciosa.trial.parameters import parameters
from speciosa.trial.plan import Plan
from speciosa.trial.run import Ran, integrate
from speciosa.trial.timeline import Looks, clock, entries, events, looks

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Prediction", "predict", "without_doses"]

Array = NDArray[np.float64]

_ENDS = {"median": 50.0, "p05": 5.0, "p95": 95.0}


@dataclass(frozen=True)
class Prediction:
    """Predictions at the observations of a data file.

    Attributes:
        data: the file.
        given: what its covariates said.
        drugs: drugs that were given, in order, with the largest dose of each, mg.
        times: (people, T) h as in the file; nan after a person's last.
        values: by output, (people, T), with every record at its central value.
        rows: rows of the file that are observations, (observations,).
        central: by output, (observations,), of `values`.
        spread: by output, what the replicates say: `median`, `p05` and `p95`, (observations,) each.
        units: of each output.
        failed: people of any replicate who could not be integrated.
        advice: what to change, for the first few of them.
    """

    data: Data
    given: Given
    drugs: Mapping[str, float]
    times: Array
    values: Mapping[str, Array]
    rows: NDArray[np.intp]
    central: Mapping[str, Array]
    spread: Mapping[str, Mapping[str, Array]]
    units: Mapping[str, str]
    failed: int
    advice: tuple[str, ...]

    @cached_property
    def columns(self) -> Mapping[str, NDArray[Any]]:
        """Columns of the file at its observations, then the predictions of each output."""
        kept = {name: column[self.rows] for name, column in self.data.raw.columns.items()}
        for name, central in self.central.items():
            kept[name] = central
            kept |= {f"{name}.{end}": found for end, found in self.spread[name].items()}
        return kept

    def frame(self) -> pd.DataFrame:
        """`columns` as a table."""
        import pandas as pd

        return pd.DataFrame(dict(self.columns))

    def to_dict(self) -> dict[str, Any]:
        """Plain data, as `speciosa simulate --data FILE --json` prints it under `data`."""
        return {
            "file": self.data.raw.source,
            "people": len(self.data.ids),
            "doses": int(self.data.gives.sum()),
            "observations": len(self.rows),
            "outputs": list(self._outputs()),
            "columns": {name: _plain(column) for name, column in self.columns.items()},
        }

    def remarks(self, plan: Plan) -> Iterator[str]:
        """What the reader should know of how the file was read."""
        source, raw = self.data.raw.source, self.data.raw
        yield (
            f"{source} stands in for people and regimen. AMT is mg of a drug itself, not of a "
            "product. The scenario's doses, habit and [output] are not used; its product and "
            "[[with]] say which drugs are followed and how they are taken up, its person or people "
            "what the file leaves open."
        )
        without = ", ".join(name for name in plan.alkaloids if name not in self.drugs)
        if without:
            yield f"The file gives no {without}: what the product holds of it is not taken."
        if self.given.unused:
            named = ", ".join(self.given.unused)
            yield f"Columns without a meaning in the model, carried along: {named}."
        if raw.commented:
            yield f"Lines passed over as comments, because they begin with C: {raw.commented}."

    def _outputs(self) -> Iterator[dict[str, Any]]:
        """For each output, the middle person at the first and the last row, and the highest."""
        person = self.data.person[self.rows]
        first = np.flatnonzero(np.diff(person, prepend=-1))
        last = np.append(first[1:], len(person)) - 1
        for name, found in self.central.items():
            highest = np.fmax.reduceat(found, first)
            middles = {"first": found[first], "last": found[last], "highest": highest}
            yield {
                "output": name,
                "unit": self.units[name],
                **{word: _median(values) for word, values in middles.items()},
            }


def without_doses(plan: Plan) -> Plan:
    """A plan of which only the model and the people are used."""
    return replace(plan, schedule=Schedule(), habit=Schedule())


def predict(
    plan: Plan,
    data: Data,
    outputs: Sequence[str],
    *,
    between: Between,
    replicates: int,
    seed: int,
    progress: Progress | None = None,
) -> Prediction:
    """Simulate the people of a data file.

    `between` says what covariates do between two rows.

    Raises:
        InputError: a dose enters a compartment, or a covariate has a value, that cannot be; or the
            file has no observation.
    """
    run = _Run.of(plan, data, outputs, between)
    draws = Draws(seed)
    people = len(data.ids)
    ahead = Ahead(progress, people * (1 + replicates))

    def simulate(block: range | None) -> Ran:
        table = parameters(plan.model, plan.population, draws, people, block, replicates=replicates)
        found = run.integrate(table, ahead.step)
        ahead.finish(len(table))
        return found

    nominal = simulate(None)
    failed, advice = len(nominal.failed), list(nominal.advice.values())
    drawn: dict[str, list[Array]] = {name: [] for name in outputs}
    for block in blocks(people, replicates):
        ran = simulate(block)
        failed += len(ran.failed)
        advice += ran.advice.values()
        for name in outputs:
            drawn[name].append(run.looks.of_rows(ran.values[name]))
    rows = run.looks.rows
    times = np.full_like(run.looks.times, np.nan)
    times[run.looks.person, run.looks.column] = data.time[rows]
    return Prediction(
        data=data,
        given=run.given,
        drugs=_largest(data, run.drugs),
        times=times,
        values=nominal.values,
        rows=rows,
        central={name: run.looks.of_rows(nominal.values[name])[0] for name in outputs},
        spread={name: _spread(np.concatenate(parts)) for name, parts in drawn.items()},
        units={name: plan.model.unit_of(name) for name in outputs},
        failed=failed,
        advice=tuple(advice[:3]),
    )


@dataclass(frozen=True)
class _Run:
    """A file made ready for one model."""

    plan: Plan
    data: Data
    outputs: Sequence[str]
    between: Between
    at: Array
    looks: Looks
    compartment: NDArray[np.int64]
    drugs: tuple[str, ...]
    given: Given

    @staticmethod
    def of(plan: Plan, data: Data, outputs: Sequence[str], between: Between) -> _Run:
        at = clock(data)
        states = plan.model.problem.states
        compartment, drugs = entries(data, states, plan.product.main)
        said = given(data, plan.model)
        return _Run(plan, data, outputs, between, at, looks(data, at), compartment, drugs, said)

    def integrate(self, table: Array, step: Progress) -> Ran:
        """Integrate everybody in each of the copies that `table` holds parameters for."""
        people = len(self.data.ids)
        copies = len(table) // people
        self.given.write(table)
        return integrate(
            self.plan.model,
            table,
            events(self.data, self.at, self.compartment, self.drugs, copies),
            _times(self.looks.times, copies),
            self.outputs,
            covariates=self._covariates(copies),
            progress=step,
        )

    def _covariates(self, copies: int) -> Covariates | None:
        found = self.given.changing
        if found is None:
            return None
        people = len(self.data.ids)
        return Covariates.build(
            person=np.add.outer(np.arange(copies) * people, found.person).ravel(),
            time=np.tile(self.at[found.row], copies),
            parameter=np.tile(found.parameter, copies),
            value=np.tile(found.value, copies),
            kind=self.between,
        )


def _times(times: Array, copies: int) -> Array:
    """Times of each copy; one row for all where all are looked at together."""
    if (times == times[0]).all():
        return times[0]
    return np.tile(times, (copies, 1))


def _largest(data: Data, drugs: Sequence[str]) -> dict[str, float]:
    """The largest dose of each drug that is given, mg."""
    found: dict[str, float] = {}
    for row in np.flatnonzero(data.gives).tolist():
        found[drugs[row]] = max(found.get(drugs[row], 0.0), float(data.amount[row]))
    return found


def _spread(drawn: Array) -> dict[str, Array]:
    """Percentiles over replicates, (observations,) each; nan where nobody has a value."""
    empty = np.isnan(drawn).all(axis=0)
    found = np.nanpercentile(np.where(empty, 0.0, drawn), list(_ENDS.values()), axis=0)
    return {name: np.where(empty, np.nan, row) for name, row in zip(_ENDS, found, strict=True)}


def _median(values: Array) -> float | None:
    known = values[~np.isnan(values)]
    return float(np.median(known)) if known.size else None


def _plain(column: NDArray[Any]) -> list[Any]:
    """Numbers and texts; None where there is none."""
    return [None if v == "" or v != v else v for v in column.tolist()]
