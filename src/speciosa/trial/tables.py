"""The tables of a scenario, one class each, and `Tables`, all of them.

Numbers are plain floats in the unit of their key: hours, kilograms, years, ng/mL. Doses and
contents keep their own unit (`Amount`). What one value alone can show to be wrong is refused here;
what takes two keys is in `checks.py`, and defaults that depend on other keys in `complete.py`.
"""

from __future__ import annotations

import re
from typing import Annotated, cast

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    SerializerFunctionWrapHandler,
    SkipValidation,
    WrapSerializer,
)

from speciosa.near import nearest
from speciosa.product.alkaloids import KNOWN, alkaloid
from speciosa.product.certificate import Certificate, certificate
from speciosa.product.medicines import medicine, medicines
from speciosa.trial.defaults import default
from speciosa.trial.doses import MEDICINE_DOSE, PRODUCT_DOSE, ContentText
from speciosa.trial.quantities import (
    Amount,
    Count,
    Measured,
    PlainNumber,
    Prose,
    Text,
    Word,
    refused,
)
from speciosa.trial.words import CONDITIONS, CYP2D6, KINDS, PAINS, ROUTES, SEXES, SIGNS

__all__ = [
    "AgeRange",
    "Cyp2d6Shares",
    "Experience",
    "Medicine",
    "Output",
    "People",
    "Person",
    "Product",
    "Regimen",
    "Run",
    "SexShares",
    "Step",
    "Table",
    "Tables",
    "WeightSpread",
]

_ANYBODY = "of any person; more or less is taken for a slip of the pen"
_SLIP = "longer is taken for a slip of the pen"

Age = Annotated[float, Measured("an age", "y", 0, 100, "35 y", _ANYBODY)]
Weight = Annotated[float, Measured("a weight", "kg", 2, 300, "70 kg", _ANYBODY)]
Interval = Annotated[
    float, Measured("an interval", "h", 0.25, 8766, "8 h", "doses closer together are one dose")
]
Duration = Annotated[float, Measured("a length of time", "h", 0.25, 17532, "14 d", _SLIP)]
Habit = Annotated[float, Measured("a length of time", "h", 24, 525960, "1 y", _SLIP)]
Clock = Annotated[float, Measured("a time", "h", 0, 26298, "1 h", "counted from the first dose")]
Until = Annotated[float, Measured("a length of time", "h", 0.5, 26298, "120 h", _SLIP)]
Level = Annotated[
    float,
    Measured("a concentration", "ng/mL", 0, 10_000, "0.5 ng/mL", "above any level ever measured"),
]
Share = Annotated[float, PlainNumber("a share", 0, 1)]
Content = Annotated[Amount, ContentText()]


class Table(BaseModel):
    """One table of a scenario: cannot be changed, and knows all its keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=True)


class Experience(Table):
    """What a regular user took before time zero: `dose` every `every` hours for `duration` h."""

    dose: Annotated[Amount, PRODUCT_DOSE] | None = None
    every: Interval = default("experience.every")
    duration: Habit = Field(default=default("experience.for"), alias="for")


def _experience(value: object) -> object:
    """The word naive stands for no history, the word regular for one of defaults."""
    if not isinstance(value, str):
        return value
    if value in ("naive", "regular"):
        return None if value == "naive" else {}
    near = nearest(value, ("naive", "regular"))
    hint = f"; did you mean {near!r}?" if near else ""
    raise refused(f"naive, regular, or a table with the keys dose, every and for{hint}")


def _shown_experience(value: object, show: SerializerFunctionWrapHandler) -> object:
    return "naive" if value is None else show(value)


_PLACE = re.compile(r"[A-Z]{2}(-[A-Z0-9]{1,3}(/\S[^/]{0,58}\S)?)?")
"""A country, a part of it, or a town in that: US, US-CA, US-CA/San Diego."""


def _jurisdiction(value: object) -> str:
    if isinstance(value, str) and value.isprintable() and _PLACE.fullmatch(value):
        return value
    raise refused("a country or state code of ISO 3166, such as 'US' or 'US-CA'")


Habits = Annotated[
    Experience | None, BeforeValidator(_experience), WrapSerializer(_shown_experience)
]
Conditions = tuple[Annotated[str, Word(CONDITIONS)], ...]
Jurisdiction = Annotated[str, BeforeValidator(_jurisdiction)]
Pain = Annotated[str, Word(PAINS)]
Signs = tuple[Annotated[str, Word(SIGNS)], ...]
Notes = Annotated[str, Prose("notes", 2000)]


class Person(Table):
    """One person, or several who share what is said here and differ in what is not."""

    age: Age = default("person.age")
    weight: Weight = default("person.weight")
    sex: Annotated[str, Word(SEXES)] = default("person.sex")
    experience: Habits = default("person.experience")
    cyp2d6: Annotated[str, Word(CYP2D6)] = default("person.cyp2d6")
    conditions: Conditions = default("person.conditions")
    jurisdiction: Jurisdiction | None = None
    pain: Pain = default("person.pain")
    signs: Signs = default("person.signs")
    notes: Notes | None = None


class AgeRange(Table):
    """Ages from `low` to `high`, every one as likely; y."""

    low: Age
    high: Age


class WeightSpread(Table):
    """Weights spread lognormally about `median` (kg), SD over mean `cv`."""

    median: Weight
    cv: Annotated[float, PlainNumber("a coefficient of variation", 0, 0.5)]


class SexShares(Table):
    """The share of women; the others are men."""

    female: Share


class Cyp2d6Shares(Table):
    """The share of each phenotype; they add up to 1."""

    poor: Share = 0.0
    intermediate: Share = 0.0
    normal: Share = 0.0
    ultrarapid: Share = 0.0


def _table_of(*keys: str) -> BeforeValidator:
    """One value in place of a table gives each of `keys` that value."""

    def spread(value: object) -> object:
        return value if _is_table(value) else dict.fromkeys(keys, value)

    return BeforeValidator(spread)


def _is_table(value: object) -> bool:
    return isinstance(value, dict | Table)


def _weight(value: object) -> object:
    if value == "reference":
        return None
    return value if _is_table(value) else {"median": value, "cv": 0}


def _shown_weight(value: object, show: SerializerFunctionWrapHandler) -> object:
    return "reference" if value is None else show(value)


def _sexes(value: object) -> object:
    if _is_table(value):
        return value
    return {"female": 1.0 if Word(SEXES).read(value) == "female" else 0.0}


def _phenotypes(value: object) -> object:
    if _is_table(value):
        return value
    return {Word(CYP2D6).read(value): 1.0}


class People(Table):
    """Many people: distributions in place of the values of `Person`."""

    age: Annotated[AgeRange, _table_of("low", "high")] = default("people.age")
    weight: Annotated[
        WeightSpread | None, BeforeValidator(_weight), WrapSerializer(_shown_weight)
    ] = default("people.weight")
    sex: Annotated[SexShares, BeforeValidator(_sexes)] = default("people.sex")
    experience: Habits = default("person.experience")
    cyp2d6: Annotated[Cyp2d6Shares, BeforeValidator(_phenotypes)] = default("people.cyp2d6")
    conditions: Conditions = default("person.conditions")
    jurisdiction: Jurisdiction | None = None
    pain: Pain = default("person.pain")
    signs: Signs = default("person.signs")
    notes: Notes | None = None


def _alkaloid(name: str) -> str:
    """An alkaloid under the name used here, whatever a laboratory calls it."""
    if known := alkaloid(name):
        return known
    near = nearest(name, KNOWN)
    raise refused("an alkaloid of kratom" + (f"; did you mean {near!r}?" if near else ""))


def _each_once(value: object) -> object:
    """Refuse one alkaloid under two names; the second would silently replace the first."""
    if isinstance(value, dict):
        names = [alkaloid(name) for name in cast("dict[str, object]", value)]
        for name in names:
            if name and names.count(name) > 1:
                raise refused(f"each alkaloid once; {name} is there under two names")
    return cast("object", value)


Profile = Annotated[
    dict[Annotated[str, BeforeValidator(_alkaloid)], Content], BeforeValidator(_each_once)
]


def _certificate(value: object) -> object:
    """A certificate that is typed in; one from a file was read before the scenario was."""
    if value is None or isinstance(value, Certificate):
        return value
    return certificate(value, "product.certificate")


def _shown_certificate(value: Certificate | None) -> object:
    return None if value is None else value.to_dict()


class Product(Table):
    """What is taken, and what is in it."""

    kind: Annotated[str, Word(KINDS)]
    mitragynine: Content | None = None
    profile: Profile = Field(default_factory=dict[str, Amount])
    certificate: Annotated[
        SkipValidation[Certificate | None],
        BeforeValidator(_certificate),
        PlainSerializer(_shown_certificate),
    ] = None
    strain: Annotated[str, Text("a name")] | None = None


class Step(Table):
    """From `start` h on, `dose` is taken in place of the dose before."""

    start: Clock = Field(alias="from")
    dose: Annotated[Amount, PRODUCT_DOSE]


class Regimen(Table):
    """`dose` once, or every `every` hours for `duration` h, with steps."""

    dose: Annotated[Amount, PRODUCT_DOSE]
    every: Interval | None = None
    duration: Duration | None = Field(default=None, alias="for")
    steps: tuple[Step, ...] = default("regimen.steps")


def _drug(value: object) -> str:
    if isinstance(value, str) and (found := medicine(value)):
        return found.name
    near = nearest(value, [*medicines()]) if isinstance(value, str) else None
    hint = f"; did you mean {near!r}?" if near else ""
    raise refused(f"a medicine or substance that is known here, by its common name{hint}")


class Medicine(Table):
    """Another medicine or substance; without a dose it gives warnings only."""

    drug: Annotated[str, BeforeValidator(_drug)]
    dose: Annotated[Amount, MEDICINE_DOSE] | None = None
    at: Clock = default("with.at")
    every: Interval | None = None
    duration: Duration | None = Field(default=None, alias="for")
    route: Annotated[str, Word(ROUTES)] = default("with.route")


def _dense(value: object) -> object:
    return None if value == "dense" else value


def _shown_sampling(value: object, show: SerializerFunctionWrapHandler) -> object:
    return "dense" if value is None else show(value)


class Output(Table):
    """How long to look, when a study would draw blood, and what its assay can see."""

    until: Until | None = None
    sampling: Annotated[
        tuple[Clock, ...] | None, BeforeValidator(_dense), WrapSerializer(_shown_sampling)
    ] = default("output.sampling")
    lloq: Level = default("output.lloq")


def _variant(value: object) -> str:
    if isinstance(value, str) and re.fullmatch(r"[a-z0-9][a-z0-9_.-]{0,79}", value):
        return value
    raise refused("the name of a variant in small letters, such as 'all'")


class Run(Table):
    """How many people and replicates, the seed of all chance, and variants of the model."""

    people: Annotated[int, Count("a number of people", 1, 1_000_000)] = default("run.people")
    replicates: Annotated[int, Count("a number of replicates", 1, 100_000)] = default(
        "run.replicates"
    )
    seed: Annotated[int, Count("a seed", 0, 2**63 - 1)] = default("run.seed")
    variants: tuple[Annotated[str, BeforeValidator(_variant)], ...] = default("run.variants")


class Tables(Table):
    """A whole scenario as it was read; `scenario.Scenario` checks and completes it."""

    person: Person | None = None
    people: People | None = None
    product: Product
    regimen: Regimen
    medicines: tuple[Medicine, ...] = Field(default=(), alias="with")
    output: Output = Field(default_factory=Output)
    run: Run = Field(default_factory=Run)

    @property
    def who(self) -> Person | People:
        """The table that says who takes it, `[person]` or `[people]`."""
        return self.people or self.person or Person()
