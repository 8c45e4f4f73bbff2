from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pytest
from tests.invented import LEAFINE, believe, evidence, record

from speciosa.evidence.record import Record
from speciosa.model import Model
from speciosa.people.draws import PERSON, REPLICATE, Draws
from speciosa.people.who import PAIN_SHARES, Population, Weight
from speciosa.trial.parameters import parameters, variabilities

DRAWS = Draws(5)
SAME = Population(age=(35.0, 35.0), weight=Weight(70.0), female=0.5, cyp2d6={"normal": 1.0})
PEOPLE = {
    "people/pain/none": record("people/pain/none", 0.0, "1"),
    "people/pain/chronic": record("people/pain/chronic", 5.0, "1", kind="normal", sd=1.0),
    "people/cyp2d6/poor": record("people/cyp2d6/poor", 0.0, "1"),
    "people/cyp2d6/intermediate": record("people/cyp2d6/intermediate", 0.4, "1"),
    "people/cyp2d6/normal": record("people/cyp2d6/normal", 1.0, "1"),
    "people/cyp2d6/ultrarapid": record("people/cyp2d6/ultrarapid", 2.0, "1"),
}
PEOPLE |= {
    identity: record(identity, 0.25, "1")
    for pain in ("none", "chronic")
    for identity in (f"people/pain/{pain}/{share}" for share in PAIN_SHARES)
}
CL, LAG, DELIVERED = "elimination/CL", "absorption/lag", "absorption/delivered"


def differences(*held: tuple[str, float]) -> dict[str, Record]:
    return {
        f"variability/{name}": record(f"variability/{name}", sd, "1", kind="lognormal", gsd=1.2)
        for name, sd in held
    }


def built(patch: pytest.MonkeyPatch, *people: tuple[str, float], **more: Record) -> Model:
    """A model of the invented drugs, with these differences between people."""
    different = differences(*people)
    store = evidence() | PEOPLE | different | more

    def find(ids: Iterable[str]) -> dict[str, Record]:
        return {identity: store[identity] for identity in ids}

    believe(patch, store)
    patch.setattr("speciosa.trial.parameters.systems", lambda: ("variability",))
    patch.setattr("speciosa.trial.parameters.records", lambda *words: different)
    patch.setattr("speciosa.trial.parameters.find", find)
    return Model.build([LEAFINE])


def column(model: Model, name: str) -> int:
    return model.problem.parameters.index(name)


def test_without_differences_everybody_has_the_numbers_of_the_records(monkeypatch) -> None:
    model = built(monkeypatch)
    table = parameters(model, SAME, DRAWS, 3, None)
    assert table.shape == (3, len(model.problem.parameters))
    assert (table == table[0]).all()
    assert (table[0, : len(model.records)] == model.central).all()
    assert table[0, column(model, "person.weight")] == pytest.approx(70.0)
    assert table[0, column(model, "person.activity.CYP9")] == 1.0


def test_a_person_differs_by_a_lognormal_factor_keyed_by_the_name_of_the_number(
    monkeypatch,
) -> None:
    model = built(monkeypatch, (CL, 0.5))
    table = parameters(model, SAME, DRAWS, 4, None)
    for drug in ("leafine", "leafol"):
        z = DRAWS.normal(PERSON, f"{CL}/{drug}", 4)
        own = table[:, column(model, f"elimination.CL.{drug}")]
        assert own == pytest.approx(10.0 * np.exp(0.5 * z))


def test_what_belongs_to_a_dose_form_is_one_difference_for_all_drugs_in_it(monkeypatch) -> None:
    model = built(monkeypatch, (DELIVERED, 0.5))
    table = parameters(model, SAME, DRAWS, 4, None)
    first = table[:, column(model, "absorption.delivered.leafine")]
    second = table[:, column(model, "absorption.delivered.leafol")]
    assert (first == second).all()
    assert len(set(first)) == 4


def test_a_difference_of_one_drug_counts_before_that_of_all(monkeypatch) -> None:
    model = built(monkeypatch, (CL, 0.5), (f"{CL}/leafol", 0.1))
    found = variabilities(model)
    assert found["elimination.CL.leafine"].id == f"variability/{CL}"
    assert found["elimination.CL.leafol"].id == f"variability/{CL}/leafol"
    assert set(found) == {"elimination.CL.leafine", "elimination.CL.leafol"}


def test_a_person_is_the_same_alone_and_among_many(monkeypatch) -> None:
    model = built(monkeypatch, (CL, 0.5), (LAG, 0.2))
    spread = Population(
        age=(20.0, 60.0),
        weight=Weight(70.0, 0.2),
        female=0.5,
        cyp2d6={"poor": 0.3, "normal": 0.7},
    )
    many = parameters(model, spread, DRAWS, 30, None)
    assert (parameters(model, spread, DRAWS, 20, None) == many[:20]).all()
    assert (parameters(model, spread, DRAWS, 1, None, first=17) == many[17:18]).all()


def test_people_of_every_replicate_are_the_same_people(monkeypatch) -> None:
    uncertain = record(f"{CL}/leafine", 10.0, "L/h", kind="lognormal", gsd=2.0)
    model = built(monkeypatch, (CL, 0.5), **{uncertain.id: uncertain})
    table = parameters(model, SAME, DRAWS, 4, range(3), replicates=3)
    own = table[:, column(model, "elimination.CL.leafine")].reshape(3, 4)
    z = DRAWS.normal(PERSON, uncertain.id, 4)
    middles = uncertain.spread.quantile(DRAWS.stratified(REPLICATE, uncertain.id, 3))
    # How much people differ is itself uncertain, so each replicate has its own width.
    held = differences((CL, 0.5))[f"variability/{CL}"]
    widths = held.spread.quantile(DRAWS.stratified(REPLICATE, held.id, 3))
    assert len(set(middles)) == len(set(widths)) == 3
    assert own == pytest.approx(middles[:, None] * np.exp(widths[:, None] * z))


def test_a_replicate_is_the_same_alone_and_in_any_block(monkeypatch) -> None:
    uncertain = record(f"{CL}/leafine", 10.0, "L/h", kind="lognormal", gsd=2.0)
    model = built(monkeypatch, (CL, 0.5), **{uncertain.id: uncertain})
    block = parameters(model, SAME, DRAWS, 2, range(5), replicates=5)
    assert (parameters(model, SAME, DRAWS, 2, range(3, 4), replicates=5) == block[6:8]).all()


def test_another_seed_is_other_people(monkeypatch) -> None:
    model = built(monkeypatch, (CL, 0.5))
    one, other = (parameters(model, SAME, Draws(seed), 4, None) for seed in (1, 2))
    differ = [column(model, f"elimination.CL.{drug}") for drug in ("leafine", "leafol")]
    assert not (one[:, differ] == other[:, differ]).any()
    assert (np.delete(one, differ, axis=1) == np.delete(other, differ, axis=1)).all()


def test_a_trait_whose_record_is_uncertain_is_drawn_with_the_replicate(monkeypatch) -> None:
    model = built(monkeypatch)
    in_pain = Population(SAME.age, SAME.weight, 0.5, SAME.cyp2d6, pain="chronic")
    pain = parameters(model, in_pain, DRAWS, 3, range(2), replicates=2)[
        :, column(model, "person.pain")
    ]
    first, second = pain.reshape(2, 3)
    assert (first == first[0]).all()
    assert (second == second[0]).all()
    assert first[0] != second[0]
