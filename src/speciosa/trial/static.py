"""The static net-effect calculation of an interaction, as a rule of thumb to compare with.

One number for each inhibitor, its highest concentration, acts for ever; enzymes are at their steady
state under it [fahmi-2009]:

    ratio of AUC = 1 / (A B C of the gut x (1 - Fg) + Fg) x 1 / (sum of fm A B C + 1 - sum of fm)

with A = kdeg / (kdeg + kinact I / (KI + I)), B = 1 + Emax I / (EC50 + I), C = 1 / (1 + I / Ki).
It takes what test tubes say, so where a record was fitted to people its prior stands in. For
mitragynine and for cannabidiol it said far more than people showed [tanna-2023-review].

Assumed: the gut wall meets Fa ka dose / blood flow, the liver the unbound share of the peak and of
what is being taken up; uptake is as quick as three stages of passage are on average.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from speciosa.evidence import Record, find, records
from speciosa.model import Substance

__all__ = ["Cause", "static_ratio"]

_STAGES = 3.0
_GUT = "gut_"
_TUBE = ("tube", "prior")
"""Last words of records that say what test tubes say, where another says what people showed."""


@dataclass(frozen=True, slots=True)
class Cause:
    """A drug that acts on enzymes: as it is taken, its highest total level (nmol/L), dose (nmol).

    What passes no gut has a dose of 0 here.
    """

    taken: Substance
    cmax: float
    dose: float


def static_ratio(victim: str, causes: Sequence[Cause], *, swallowed: bool = True) -> float | None:
    """The ratio of the AUC of a drug with the causes to that without; None if nothing acts on it.

    `swallowed` is whether the victim passes the gut wall.
    """
    held = records("metabolism", "fitted")
    shares = _of_victim(held, "metabolism/share/", victim)
    walls = _of_victim(held, "metabolism/wall/", victim) if swallowed else {}
    enzymes = {**shares, **walls}
    left = {enzyme: _left(held, enzyme, causes) for enzyme in enzymes}
    if all(part is None for part in left.values()):
        return None
    by_wall = 1.0
    for enzyme, extracted in walls.items():
        by_wall /= (left[enzyme] or 1.0) * extracted + 1.0 - extracted
    explained = min(1.0, sum(shares.values()))
    busy = sum(share * (left[enzyme] or 1.0) for enzyme, share in shares.items())
    return by_wall / (busy + 1.0 - explained)


def _of_victim(held: Mapping[str, Record], prefix: str, victim: str) -> dict[str, float]:
    """Shares of a drug by enzyme, over all products."""
    found: dict[str, float] = {}
    for identity, record in held.items():
        drug, _, rest = identity.removeprefix(prefix).partition(".")
        if identity.startswith(prefix) and drug == victim and "/" not in rest:
            enzyme = rest.split(".")[0]
            found[enzyme] = found.get(enzyme, 0.0) + record.value
    return found


def _left(held: Mapping[str, Record], enzyme: str, causes: Sequence[Cause]) -> float | None:
    """What is left of an enzyme, 1 = usual; None where no cause acts on it."""
    amount, acted = 1.0, False
    for cause in causes:
        level = _level(cause, enzyme)
        name = f"{cause.taken.name}.{enzyme}"
        ki = _value(held, f"metabolism/Ki/{name}")
        kinact = _value(held, f"metabolism/kinact/{name}")
        emax = _value(held, f"metabolism/Emax/{name}")
        acted = acted or bool(ki or kinact or emax)
        if ki:
            amount /= 1.0 + level / ki
        if kinact:
            half = _value(held, f"metabolism/KI/{name}") or 0.0
            turnover = _value(held, f"metabolism/kdeg/{enzyme}") or 0.0
            amount *= turnover / (turnover + kinact * level / (half + level))
        if emax:
            half = _value(held, f"metabolism/EC50/{name}") or 0.0
            amount *= 1.0 + emax * level / (half + level)
    return amount if acted else None


def _level(cause: Cause, enzyme: str) -> float:
    """The unbound concentration that an enzyme meets, nmol/L."""
    fu, pace, delivered, gut, liver = (
        record.value
        for record in find(
            [
                f"distribution/fu/{cause.taken.name}",
                f"absorption/ka/{cause.taken.uptake}",
                f"absorption/delivered/{cause.taken.form}",
                "metabolism/flow/gut",
                "metabolism/flow/liver",
            ]
        ).values()
    )
    taken_up = delivered * pace / _STAGES * cause.dose
    if enzyme.startswith(_GUT):
        return taken_up / gut
    return fu * (cause.cmax + taken_up / liver)


def _value(held: Mapping[str, Record], identity: str) -> float | None:
    """A number as test tubes have it; None if there is none."""
    for name in (*(f"{identity}/{word}" for word in _TUBE), identity):
        if name in held:
            return held[name].value
    return None
