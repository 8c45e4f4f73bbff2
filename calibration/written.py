"""What a fit writes: its records beside those of other fits, and its draws."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

import speciosa
from calibration.priors import Prior
from speciosa.evidence.load import FITTED, observations, records, systems, write_records
from speciosa.evidence.record import READ, Record

Array = NDArray[np.float64]

EVIDENCE = Path(speciosa.__file__).parent / "evidence"
HEAD = (
    "Written by `python -m calibration`; do not edit. Clearances and volumes are apparent,\n"
    "relative to a dose of extract."
)


def kind_of(run: str) -> str:
    """The kind of fit that a run is of: its name without the digest."""
    return run.rpartition("-")[0]


def write_fit(run: str, held: Sequence[Record], priors: Sequence[Prior], draws: Array) -> None:
    """Records and draws of one run; those of other kinds of fit stay, older ones of this go."""
    known = records(FITTED) if FITTED in systems() else {}
    others = [record for record in known.values() if kind_of(record.run) != kind_of(run)]
    write_records(EVIDENCE / "records" / f"{FITTED}.yaml", [*others, *held], HEAD)
    write_draws(EVIDENCE / "fits" / f"{kind_of(run)}.csv", run, priors, draws)


def write_draws(path: Path, run: str, priors: Sequence[Prior], draws: Array) -> None:
    """The posterior as a table, in the records' units; all at once or not at all.

    `draws` is (draws, parameters) on the scale of the fit.
    """
    path.parent.mkdir(exist_ok=True)
    columns = [prior.from_scale(draws[:, i]) for i, prior in enumerate(priors)]
    lines = [
        "# Draws from the joint posterior of the fitted records; do not edit.",
        f"# run: {run}",
        "# made_by: python -m calibration",
        ",".join(prior.id for prior in priors),
        *(",".join(f"{x:.4g}" for x in row) for row in np.stack(columns, axis=1)),
    ]
    fresh = path.with_suffix(".new")
    fresh.write_text("\n".join(lines) + "\n", encoding="utf-8")
    fresh.replace(path)


def fitted_record(
    prior: Prior, x: float, sd: float, data: Sequence[str], run: str, where: str
) -> Record:
    """An estimate as a record; `x` and `sd` are on the scale of the fit."""
    value = float(f"{float(prior.from_scale(np.array(x))):.4g}")
    share = sd / prior.width
    return Record(
        id=prior.id,
        value=value,
        unit_text=prior.unit,
        spread=prior.spread(value, sd),
        source="speciosa",
        where=where,
        read=read_of(data),
        status="fitted",
        conditions={"species": "human"},
        data=tuple(dict.fromkeys(data)),
        run=run,
        note=("the data hardly narrow the prior" if share > 0.7 else "narrowed by the data")
        + f" (to {share:.0%} of its width)",
    )


def read_of(data: Sequence[str]) -> str:
    """A fit is read no better than the least well read of its data."""
    held = observations()
    return max((held[identity].read for identity in data), key=READ.index, default="recalled")
