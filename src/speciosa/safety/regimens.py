"""Rules about a regimen: what returns, stops, tapers, rises, many and large doses can do.

Nothing is simulated: a rule reads the schedule, and a few numbers of the evidence (what a study
gave, what regular users take), so all of them together take milliseconds.

True: each rule's bound is a record (`regimen/rule/...`), most of them judgements and said to be so.
Assumed: doses are taken as planned; what a product holds is the middle of what is possible.
Left out: pregnancy, other medicines and 7-hydroxymitragynine products, which have rules of their
own; doses by need.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, partial

import numpy as np
from numpy.typing import NDArray

from speciosa.evidence import find
from speciosa.safety.case import Case
from speciosa.safety.facts import facts
from speciosa.safety.finding import Estimate, Finding
from speciosa.trial import Scenario
from speciosa.trial.arms import nanomoles
from speciosa.trial.cautions import FAR
from speciosa.trial.studied import studied
from speciosa.trial.weighed import weighed

__all__ = [
    "TALK",
    "not_excluded",
    "on_return",
    "on_tapers",
    "regimen_findings",
    "returns",
    "stops",
]

TALK = (
    "Which of these is right for somebody is not in these numbers. Talk to a professional: a "
    "doctor, a pharmacist or an addiction service."
)

_DAY = 24.0
_HABITUAL = "use/glass/mitragynine/singh-2014"
_MAIN = "mitragynine"


def regimen_findings(case: Case, today: date) -> Iterator[Finding]:
    """What there is to know of the regimen of a case; no rule depends on the day."""
    told = facts("regimen")
    doses = _Doses(case.scenario)
    alone = False
    for name, estimates in (*_changes(doses), *_amounts(doses), *_habits(doses)):
        alone = alone or name in ("lost-tolerance", "beyond-studies", "far-beyond-studies")
        alone = alone or name == "first-time-dose"
        yield replace(told[f"regimen/{name}"], estimates=tuple(estimates))
    if alone:
        yield told["regimen/alone"]


def returns(scenario: Scenario) -> bool:
    """Whether less is taken at some time, or nothing, and then more again."""
    return _Doses(scenario).returns


def stops(scenario: Scenario) -> bool:
    """Whether the product is given up within the regimen."""
    return _Doses(scenario).stops


def not_excluded(share: float) -> Finding:
    """That breath stops in a `share` of all simulated people of all draws, and in no more."""
    told = facts("regimen")["regimen/breath-not-excluded"]
    of = "people whose breath stops, with all that is not known"
    return replace(told, estimates=(Estimate(of, 100.0 * share, None, None, "%", "simulated"),))


def on_return() -> tuple[Finding, ...]:
    """What is said beside every regimen that goes down: the old dose is dangerous."""
    told = facts("regimen")
    return told["regimen/lost-tolerance"], told["regimen/after-stopping"]


def on_tapers() -> tuple[Finding, ...]:
    """What sources say of tapers, each as it stands: they do not agree."""
    return tuple(one for key, one in facts("regimen").items() if key.startswith("regimen/tapers/"))


_Told = Iterator[tuple[str, list[Estimate]]]


@dataclass(frozen=True)
class _Doses:
    """The doses of a scenario as rules read them."""

    scenario: Scenario

    @cached_property
    def sizes(self) -> list[tuple[float, float]]:
        """From when on (h) which dose is taken; a habit lies before time zero."""
        regimen, habit = self.scenario.regimen, self.scenario.who.experience
        held = [(0.0, regimen.dose.value)]
        held += [(step.start, step.dose.value) for step in regimen.steps]
        if habit is not None and habit.dose is not None:
            held.insert(0, (-habit.duration, habit.dose.value))
        return held

    @cached_property
    def most(self) -> float:
        """The largest dose, in the unit of the scenario."""
        return max(size for _, size in self.sizes)

    @cached_property
    def planned(self) -> float:
        """The largest dose that is still to come."""
        return max(size for start, size in self.sizes if start >= 0.0)

    @property
    def stops(self) -> bool:
        """Whether it comes down to nothing."""
        return self.sizes[-1][1] == 0.0 and self.most > 0.0

    @property
    def returns(self) -> bool:
        """Whether a dose is smaller than one before it, and a later one larger again."""
        lowest, fallen = self.sizes[0][1], False
        for (_, before), (_, size) in zip(self.sizes, self.sizes[1:], strict=False):
            if fallen and size > lowest:
                return True
            if size < before:
                lowest, fallen = size, True
        return False

    @property
    def falls(self) -> int:
        """How many times the dose becomes smaller."""
        pairs = zip(self.sizes, self.sizes[1:], strict=False)
        return sum(later < before for (_, before), (_, later) in pairs)

    @property
    def interval(self) -> float | None:
        """Hours between doses: of the regimen, or of the habit where the regimen is one dose."""
        habit = self.scenario.who.experience
        if self.scenario.regimen.every is not None:
            return self.scenario.regimen.every
        return None if habit is None else habit.every

    @property
    def a_day(self) -> float:
        """Doses a day."""
        return 0.0 if self.interval is None else _DAY / self.interval

    @property
    def daily(self) -> bool:
        """Whether something is taken every day."""
        return self.interval is not None and self.interval <= _DAY

    @property
    def naive(self) -> bool:
        """Whether nothing was taken before."""
        return self.scenario.who.experience is None

    @property
    def long(self) -> bool:
        """Whether it is taken every day for so long that the body leans on it."""
        habit, regimen = self.scenario.who.experience, self.scenario.regimen
        bound = _bound("long_use") * _DAY
        by_habit = habit is not None and habit.every <= _DAY and habit.duration >= bound
        return by_habit or (self.daily and (regimen.duration or 0.0) >= bound)

    @property
    def ends(self) -> bool:
        """Whether the scenario says that the regimen ends, and not only for how long to look."""
        return "duration" in self.scenario.regimen.model_fields_set or not self.daily

    def milligrams(self, size: float, luck: float = 0.5) -> float | None:
        """mg of mitragynine in a dose; None for products that are of something else."""
        product = weighed(self.scenario.product)
        if product.main != _MAIN or _MAIN not in product.alkaloids:
            return None
        unit = self.scenario.regimen.dose.unit
        held = product.nanomoles(unit, partial(_always, luck))[_MAIN]
        return size * float(held[0]) / nanomoles(_MAIN, 1.0)


def _changes(doses: _Doses) -> _Told:
    """What comes of a dose that is not the one before."""
    if doses.returns:
        yield "lost-tolerance", []
    if doses.stops and doses.falls:
        yield "after-stopping", []
    if _abruptly(doses):
        yield "abrupt-stop", []
    elif doses.falls and (doses.long or not doses.naive):
        yield "taper", []
    if _steeply(doses):
        yield "steep-rise", []


def _amounts(doses: _Doses) -> _Told:
    """What comes of how much is taken at once."""
    mg = doses.milligrams(doses.planned)
    if mg is None or mg == 0.0:
        return
    low, high = studied()
    ends = [doses.milligrams(doses.planned, luck) for luck in (0.05, 0.95)]
    amount = Estimate("mitragynine in one dose", mg, ends[0], ends[1], "mg", "counted")
    most = Estimate("most that a study gave at once", high, low, high, "mg", "counted")
    if mg > high:
        yield ("far-beyond-studies" if mg > FAR * high else "beyond-studies"), [amount, most]
    usual = find([_HABITUAL])[_HABITUAL]
    if doses.naive and (doses.milligrams(doses.sizes[0][1]) or 0.0) >= usual.value:
        held = Estimate("in a glass of regular users", usual.value, None, None, "mg", "observed")
        yield "first-time-dose", [amount, held]


def _habits(doses: _Doses) -> _Told:
    """What comes of how often and for how long."""
    counted = [Estimate("doses a day", doses.a_day, None, None, "1/d", "counted")]
    if doses.interval is not None and doses.interval < _bound("close_doses"):
        yield "close-doses", [Estimate("between doses", doses.interval, None, None, "h", "counted")]
    if doses.a_day >= _bound("many_doses"):
        yield "many-doses", counted
    if doses.long:
        yield "daily-use", counted if doses.daily else []
    if doses.scenario.product.strain is not None and doses.daily:
        yield "strains", []


def _abruptly(doses: _Doses) -> bool:
    """Whether long use ends from one day to the next, from half of the usual dose or more."""
    if not (doses.long or not doses.naive):
        return False
    if not doses.stops:
        return doses.ends and doses.sizes[-1][1] >= _bound("abrupt") * doses.most
    before = [size for _, size in doses.sizes if size > 0.0]
    return before[-1] >= _bound("abrupt") * doses.most


def _steeply(doses: _Doses) -> bool:
    """Whether a dose rises by half or more before the one before it was settled."""
    soon, much = _bound("soon") * _DAY, _bound("steep_rise")
    for (start, before), (then, size) in zip(doses.sizes, doses.sizes[1:], strict=False):
        if before > 0.0 and then - start < soon and size >= much * before:
            return True
    return False


def _always(luck: float, name: str) -> NDArray[np.float64]:
    """The same luck for every record."""
    return np.array([luck])


def _bound(name: str) -> float:
    identity = f"regimen/rule/{name}"
    return find([identity])[identity].value
