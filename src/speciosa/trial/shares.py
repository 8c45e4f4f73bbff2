"""How many people have how much of an effect, in the words that have bounds for it.

An effect is none, mild, moderate or strong by its peak; the bounds are records,
`bands/<output>/<word>`, so that an effect with such records is counted without a line of code. The
bounds of one effect are off together. Shares come with what we do not know beside them: the range
over replicates.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from speciosa.evidence import Record, records
from speciosa.people.draws import REPLICATE, Draws
from speciosa.trial.cohort import Cohort

__all__ = ["PREFIX", "WORDS", "bounds_of", "shares_by_word", "shares_of"]

Array = NDArray[np.float64]

WORDS = ("none", "mild", "moderate", "strong")
PREFIX = "bands/"


def bounds_of(outputs: Collection[str]) -> dict[str, dict[str, Record]]:
    """Bounds by output and word, of those of the outputs that have any."""
    found: dict[str, dict[str, Record]] = {}
    for identity, record in records("bands").items():
        output, word = identity.removeprefix(PREFIX).split("/")
        if output in outputs:
            found.setdefault(output, {})[word] = record
    return {output: {word: held[word] for word in WORDS[1:]} for output, held in found.items()}


def shares_by_word(peaks: Array, bounds: Sequence[Array]) -> list[Array]:
    """Share of the people of each replicate in each word, (replicates,) for each of `WORDS`.

    `peaks` are (replicates, people), `bounds` (replicates,) each; nan where nobody was computed.
    """
    known = np.isfinite(peaks)
    count = np.where(known.any(axis=1), known.sum(axis=1), np.nan)
    above = [((peaks >= bound[:, None]) & known).sum(axis=1) / count for bound in bounds]
    whole = [np.ones_like(count), *above]
    return [one - (whole[i + 1] if i + 1 < len(whole) else 0.0) for i, one in enumerate(whole)]


def shares_of(found: Cohort, seed: int, replicates: int) -> Iterator[Mapping[str, Any]]:
    """Rows {output, effect, people, share, p05, p95} of a cohort.

    `people` is the share with every record at its central value; `share` that of all people of all
    replicates, and `p05` and `p95` its range over replicates: None with fewer than two of them, or
    where replicates were only counted.
    """
    peaks = {
        name.output: place
        for place, name in enumerate(found.names)
        if (name.measure, name.window) == ("max", "all")
    }
    for output, held in bounds_of(peaks).items():
        place = peaks[output]
        central = found.nominal[place].values[None, :]
        middle = shares_by_word(central, [np.array([one.value]) for one in held.values()])
        drawn: list[Array] | None = None
        if found.replicated and replicates > 1:
            luck = Draws(seed).stratified(REPLICATE, PREFIX + output, replicates)
            limits = [one.spread.quantile(luck) for one in held.values()]
            drawn = shares_by_word(found.replicated[place].astype(np.float64), limits)
        for row, word in enumerate(WORDS):
            low, high = (None, None) if drawn is None else np.nanpercentile(drawn[row], [5.0, 95.0])
            yield {
                "output": output,
                "effect": word,
                "people": float(middle[row][0]),
                "share": None if drawn is None else float(np.nanmean(drawn[row])),
                "p05": None if low is None else float(low),
                "p95": None if high is None else float(high),
            }
