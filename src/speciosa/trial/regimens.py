"""Arms of a comparison: the regimens that one scenario leads to, or several scenarios as they are.

Arms have the same people, and part at a time of their own (`since`): the start of the scenario for
somebody with a habit, and the end of the doses that go before for somebody without one.

Sources on tapers do not agree, and each pace here is one of theirs: a tenth a month or slower after
a year of another opioid, and a tenth a week after weeks to months [dowell-2022]; a tenth to a
quarter each one to two weeks on a site for people who quit kratom [kratomquitters]; a twentieth
each five to seven days in a community of its users [reddit-kratom-taper].

Assumed: a habit goes on as it was until the moment at which arms part; shares are of the first
dose, where a source does not say of which; of five to seven days it is seven; breaks and rotation
are looked at for eight weeks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from speciosa.errors import InputError
from speciosa.regimen import plans
from speciosa.regimen.plans import DAY, MONTH, WEEK, Course, Step
from speciosa.trial.quantities import Amount, time_text
from speciosa.trial.scenario import Scenario

__all__ = ["Arm", "Start", "as_written", "break_arms", "start_of", "taper_arms", "under"]

OFF, EVERY = 2 * DAY, WEEK
LENGTH_OF_BREAKS = 8 * WEEK - OFF  # it ends on a day on which all arms take something
STRAINS = ("a red strain", "a green strain", "a white strain")
CUT, SMALL_CUT = 0.1, 0.05
_COUNTED = ("capsules",)
"""Units of a dose that cannot be cut."""


@dataclass(frozen=True)
class Arm:
    """One regimen: its name, what it is in words, and from when (h) it is looked at."""

    name: str
    says: str
    scenario: Scenario
    since: float = 0.0

    @property
    def stops(self) -> bool:
        """Whether the product is given up within the regimen."""
        regimen = self.scenario.regimen
        last = regimen.steps[-1].dose if regimen.steps else regimen.dose
        return last.value == 0.0


@dataclass(frozen=True)
class Start:
    """What people come from: a dose and an interval (h), and the steps before arms part.

    `first` and `earlier` are the doses up to `since`; nobody with a habit has any.
    """

    dose: Amount
    every: float
    since: float = 0.0
    first: float = 0.0
    earlier: tuple[Step, ...] = ()


def start_of(scenario: Scenario) -> Start:
    """The habit of a scenario, or the repeated doses of its regimen up to where they begin to fall.

    Raises InputError where there is neither.
    """
    habit, regimen = scenario.who.experience, scenario.regimen
    if habit is not None and habit.dose is not None:
        return Start(habit.dose, habit.every)
    if regimen.every is None or regimen.duration is None or regimen.dose.value == 0.0:
        wanted = "a habit (experience) or repeated doses (every) to come down from"
        raise InputError("regimen.dose", str(regimen.dose), wanted)
    steps = tuple((step.start, step.dose.value) for step in regimen.steps)
    most = max(regimen.dose.value, *(size for _, size in steps), 0.0)
    rising = [step for step in steps if step[0] <= _reached(regimen.dose.value, steps, most)]
    since = next((start for start, _ in steps[len(rising) :]), regimen.duration)
    dose = Amount(most, regimen.dose.unit)
    return Start(dose, regimen.every, since, regimen.dose.value, tuple(rising))


def taper_arms(scenario: Scenario, own: Mapping[str, Scenario] | None = None) -> tuple[Arm, ...]:
    """Abrupt, 10 % a week, 5 % a week, 10 % a month, and what clinicians wrote, each to the end.

    A plan of the scenario's own counts if its steps go down to nothing; `own` are scenarios of
    other files, by name. Raises InputError.
    """
    start = start_of(scenario)
    dose = start.dose.value
    whole = (
        ", in whole capsules, so that a step may be larger" if start.dose.unit in _COUNTED else ""
    )
    arms = [
        _arm(scenario, start, "abrupt", "stopped from one day to the next", plans.stop()),
        _arm(
            scenario,
            start,
            "10 % a week",
            f"less by a tenth of the first dose each week, to the end{whole}. Near a guideline on "
            "other opioids after weeks or months of use, which goes slower once a third is left, "
            "and near a site for people who quit kratom",
            plans.taper(dose, CUT, WEEK),
        ),
        _arm(
            scenario,
            start,
            "5 % a week",
            f"less by a twentieth of the first dose each week, to the end{whole}. Near a community "
            "of kratom users, at its slowest",
            plans.taper(dose, SMALL_CUT, WEEK),
        ),
        _arm(
            scenario,
            start,
            "10 % a month",
            f"less by a tenth of the first dose each month, to the end{whole}. Near a guideline on "
            "other opioids after a year of use, which says: or slower",
            plans.taper(dose, CUT, MONTH),
        ),
    ]
    written = as_written("own plan", scenario, start.since)
    if scenario.regimen.steps and written.stops:
        arms.append(written)
    for name, other in (own or {}).items():
        arm = as_written(name, other, start_of(other).since)
        if not arm.stops:
            wanted = "regimen.steps that go down to a dose of 0"
            raise InputError(name, str(_last_dose(other)), wanted)
        arms.append(arm)
    return tuple(arms)


def break_arms(scenario: Scenario) -> tuple[Arm, ...]:
    """The dose every day, with two days off in seven, and with one strain after the other."""
    start = start_of(scenario)
    daily = plans.steady(start.dose.value, LENGTH_OF_BREAKS)
    off = plans.breaks(start.dose.value, OFF, EVERY, LENGTH_OF_BREAKS)
    turns = plans.rotation(daily, STRAINS)
    return (
        _arm(scenario, start, "every day", "the same dose every day", daily),
        _arm(scenario, start, "2 days off in 7", "nothing on two days of each week", off),
        _arm(
            scenario,
            start,
            "strains in turn",
            "one strain after the other: the same doses of the same substances",
            turns,
        ),
    )


def as_written(name: str, scenario: Scenario, since: float = 0.0) -> Arm:
    """A scenario's own regimen as an arm."""
    return Arm(name, "the scenario's own regimen", scenario, since)


def under(scenario: Scenario, course: Course, every: float | None = None) -> Scenario:
    """The scenario with a course in place of its regimen.

    Doses are in the unit of the scenario's, every `every` hours; without it as in the scenario's
    habit or regimen. What it comes from stays as it was. Raises InputError.
    """
    start = start_of(scenario)
    return _under(scenario, start, course, every or start.every)


def _under(scenario: Scenario, start: Start, course: Course, every: float) -> Scenario:
    unit = start.dose.unit
    table = "people" if scenario.people else "person"
    if unit in _COUNTED:
        course = plans.whole(course, 1.0)
    changes: dict[str, object] = {
        "regimen.dose": str(Amount(course.dose, unit)),
        "regimen.every": time_text(every),
        "regimen.for": time_text(max(course.end, every)),
        "regimen.steps": [
            {"from": time_text(at), "dose": str(Amount(size, unit))} for at, size in course.steps
        ],
        "output.until": None,
        "output.sampling": None,
    }
    habit = scenario.who.experience
    if habit is not None:
        # Said, since without a word it would be the dose of the regimen that is replaced.
        changes[f"{table}.experience"] = {
            "dose": str(habit.dose),
            "every": time_text(habit.every),
            "for": time_text(habit.duration),
        }
    return scenario.replace(**changes)


def _arm(scenario: Scenario, start: Start, name: str, says: str, course: Course) -> Arm:
    """A course that begins where `start` ends."""
    if start.since:
        course = plans.after(course, start.first, start.earlier, start.since)
    return Arm(name, says, _under(scenario, start, course, start.every), start.since)


def _reached(first: float, steps: tuple[Step, ...], most: float) -> float:
    """When the largest dose is reached, h."""
    return 0.0 if first == most else next(start for start, size in steps if size == most)


def _last_dose(scenario: Scenario) -> Amount:
    regimen = scenario.regimen
    return regimen.steps[-1].dose if regimen.steps else regimen.dose


def same_people(arms: tuple[Arm, ...]) -> Iterator[str]:
    """Keys in which people of later arms are not those of the first."""
    first = arms[0].scenario
    for arm in arms[1:]:
        if arm.scenario.who != first.who:
            yield "people" if arm.scenario.people else "person"
