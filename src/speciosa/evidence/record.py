"""What one record, one observation, one study and one source are.

A record is one number with its unit, its spread (what we do not know about it), its source, the
place in the source, and how it was read:

    verified    seen in the source itself
    secondary   seen in another text that quotes the source
    recalled    from memory, or a judgement of this project: to be checked before use

Its status says how the number came about: `measured`; `derived`, with `by`, a formula over other
records or the words for one; `fitted`, with `data`, what it was fitted to, and `run`, how; or
`assumed`, with `because` and the `range` inside which it may lie, and then always `recalled`, since
it stands in no source. There is no other status, no empty value and no default.

An observation is a number that a study printed about people (or animals), with the study's design,
so that the same statistic can be simulated. `use` says whether it may be fitted, may only validate,
or neither, and then why. One that follows from other numbers of its study (`by`), or that says one
of them again (`repeats`), is no independent observation and serves neither.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from speciosa.errors import EvidenceError
from speciosa.evidence.spread import Printed, Spread
from speciosa.units import Unit, unit

__all__ = [
    "AT_A_TIME",
    "PAINS",
    "PHENOTYPES",
    "PRODUCTS",
    "READ",
    "ROUTES",
    "STATISTICS",
    "STATUS",
    "USES",
    "WINDOWS",
    "Arm",
    "Conditions",
    "Habit",
    "Medicine",
    "Observation",
    "Record",
    "Source",
    "Study",
]

READ = ("verified", "secondary", "recalled")
STATUS = ("measured", "derived", "fitted", "assumed")
USES = ("fit", "validate", "none")
WINDOWS = ("first", "last", "all")
PRODUCTS = ("leaf", "tea", "capsule", "extract", "7-oh", "pure")
PHENOTYPES = ("poor", "intermediate", "normal", "ultrarapid")
PAINS = ("none", "acute", "chronic", "neuropathic", "inflammatory")
ROUTES = (
    "oral",
    "sublingual",
    "buccal",
    "intranasal",
    "inhaled",
    "transdermal",
    "subcutaneous",
    "intramuscular",
    "intravenous",
)
STATISTICS = (
    "single",
    "median",
    "mean",
    "geometric_mean",
    "highest_group_mean",
    "lowest_group_median",
    "highest_group_median",
    "lowest_value",
    "highest_value",
    "ratio_of_geometric_means",
    "ratio_of_means",
    "share",
)

# Measures of an effect at one moment: the value, what was added to that before the first dose, and
# how many times that before it is.
AT_A_TIME = ("at", "change", "ratio")

Conditions = Mapping[str, str | float]


@dataclass(frozen=True, slots=True)
class Record:
    """One number and everything that is known about where it comes from."""

    id: str
    value: float
    unit_text: str
    spread: Spread
    source: str
    where: str
    read: str
    status: str
    conditions: Conditions
    by: str = ""
    data: tuple[str, ...] = ()
    run: str = ""
    because: str = ""
    range: tuple[float, float] | None = None
    note: str = ""
    supersedes: tuple[str, ...] = ()
    disputes: tuple[str, ...] = ()
    handover: tuple[str, ...] = ()

    @property
    def unit(self) -> Unit:
        """The unit of the value, of its spread and of its range."""
        return unit(self.unit_text)

    @property
    def system(self) -> str:
        """First word of the id: the body system, or the package that uses the record."""
        return self.id.split("/", 1)[0]

    def as_mapping(self) -> dict[str, object]:
        """The entry that a record file holds, keys in the order of the files."""
        plain: dict[str, object] = {
            "id": self.id,
            "value": self.value,
            "unit": self.unit_text,
            "spread": self.spread.as_mapping(),
            "source": self.source,
            "where": self.where,
            "read": self.read,
            "status": self.status,
            "by": self.by,
            "data": list(self.data),
            "run": self.run,
            "because": self.because,
            "range": list(self.range) if self.range else [],
            "conditions": dict(self.conditions),
            "supersedes": list(self.supersedes),
            "disputes": list(self.disputes),
            "handover": list(self.handover),
            "note": self.note,
        }
        return {key: held for key, held in plain.items() if held not in ("", [], {})}

    def __str__(self) -> str:
        """One line for people."""
        return (
            f"{self.id} = {_amount(self.value, self.unit_text)}, {self.spread}; {self.status}, "
            f"read: {self.read}; {self.source}, {self.where}"
        )


@dataclass(frozen=True, slots=True)
class Habit:
    """What people took before a study: `mg` per substance in a dose, `every` h, for `days`.

    `since` is how long (h) before time 0 the last of these doses was taken.
    """

    mg: Mapping[str, float]
    every: float
    days: float
    since: float


@dataclass(frozen=True, slots=True)
class Medicine:
    """A medicine that an arm gets: `mg` of a drug `at` h, `number` times `every` h.

    `route` is one of `ROUTES`.
    """

    drug: str
    mg: float
    at: float
    every: float | None
    number: int
    route: str


@dataclass(frozen=True, slots=True)
class Arm:
    """One way in which a study gave its product: `number` doses, `every` h apart, from time 0.

    `mg` holds the content of one dose, mg per substance; `weighed` the product of one dose in g.
    `per_kg` says that the doses are per kg of body weight. `n` people. A placebo is a dose of 0 mg.
    `habit` is what they took before, `medicines` what they got beside, also before at negative
    hours, `pain` the word for the pain that they had or were given, one of `PAINS`.
    """

    id: str
    product: str
    mg: Mapping[str, float]
    weighed: float | None
    every: float | None
    number: int
    n: int | None
    per_kg: bool
    route: str
    habit: Habit | None = None
    medicines: tuple[Medicine, ...] = ()
    pain: str = "none"


@dataclass(frozen=True, slots=True)
class Study:
    """A study: who, what they took, when blood was drawn, and what its source does not say.

    `also` names further sources that tell of the same study. `sampling` is in h after a dose,
    `lloq` in ng/mL per substance, `weight` in kg. `cyp2d6` is the phenotype of all of them.
    """

    id: str
    source: str
    also: tuple[str, ...]
    title: str
    population: str
    n: int | None
    weight: float | None
    arms: tuple[Arm, ...]
    sampling: tuple[float, ...]
    lloq: Mapping[str, float]
    assumed: tuple[str, ...]
    where: str
    read: str
    note: str
    handover: tuple[str, ...]
    cyp2d6: str = "normal"

    def arm(self, name: str) -> Arm:
        """The arm of that name."""
        for arm in self.arms:
            if arm.id == name:
                return arm
        known = ", ".join(arm.id for arm in self.arms)
        raise EvidenceError(f"{self.id}, arm", name, f"one of {known}")


@dataclass(frozen=True, slots=True)
class Observation:
    """A number that a study printed: what was measured, as which statistic, and what it may serve.

    `arms` names the arms that the statistic is of; more than one for a statistic over groups.
    `comparable` is false, with the reason in `because`, where no output of a run answers to it.
    `at` is the hour that a measure of one moment is of. `above` is the bound of a share of people,
    in the unit of the measure. `by` says from what the number was computed, `repeats` names the one
    that it says again.
    """

    id: str
    study: str
    output: str
    measure: str
    window: str
    statistic: str
    arms: tuple[str, ...]
    value: float
    unit_text: str
    spread: Printed
    n: int | None
    source: str
    where: str
    read: str
    use: str
    because: str = ""
    comparable: bool = True
    note: str = ""
    disputes: tuple[str, ...] = ()
    handover: tuple[str, ...] = ()
    at: float | None = None
    above: float | None = None
    by: str = ""
    repeats: str = ""

    @property
    def unit(self) -> Unit:
        """The unit of the value and of its spread."""
        return unit(self.unit_text)

    def __str__(self) -> str:
        """One line for people."""
        return (
            f"{self.id}: {self.statistic} {self.measure} of {self.output} = "
            f"{_amount(self.value, self.unit_text)}, {self.spread}, "
            f"n = {self.n or 'not printed'}; use: {self.use}, "
            f"read: {self.read}; {self.source}, {self.where}"
        )


@dataclass(frozen=True, slots=True)
class Source:
    """One entry of the bibliography, its fields as written in `sources.bib`."""

    key: str
    kind: str
    fields: Mapping[str, str]

    @property
    def title(self) -> str:
        """The title."""
        return self.fields["title"]

    @property
    def year(self) -> str:
        """The year, empty for an undated page."""
        return self.fields.get("year", "")

    @property
    def authors(self) -> tuple[str, ...]:
        """Authors as `Family, Given`, or the name of an institution; none where nobody saw them."""
        written = self.fields.get("author", "")
        names = tuple(name.strip("{} ") for name in written.split(" and ")) if written else ()
        return () if names == ("Authors not seen",) else names


def _amount(value: float, unit_text: str) -> str:
    """`238 nmol/L`; a plain number stands alone."""
    return f"{value:.4g}" if unit_text == "1" else f"{value:.4g} {unit_text}"
