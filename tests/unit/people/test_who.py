from __future__ import annotations

import numpy as np
import pytest

from speciosa.evidence import find, records
from speciosa.people import CYP2D6, Draws, People, Population, Weight, known
from speciosa.people.who import PAIN_SHARES

PAINS = ("none", "acute", "chronic", "neuropathic", "inflammatory")
ONE = Population((35.0, 35.0), Weight(70.0), 1.0, {"normal": 1.0})
MANY = Population(
    (20.0, 60.0), None, 0.4, {"poor": 0.1, "intermediate": 0.3, "normal": 0.5, "ultrarapid": 0.1}
)


def values(**changed: float) -> dict[str, float]:
    """The people's records as a look-up, some with another value."""
    return {**{identity: known(identity) for identity in records("people")}, **changed}


def test_what_is_stated_of_one_person_holds_for_all() -> None:
    people = People(ONE, Draws(1), 50)
    assert set(people.weight) == {70.0}
    assert set(people.age) == {35.0}
    assert people.female.all()
    assert set(people.cyp2d6) == {1.0}
    assert set(people.pain) == {0.0}


@pytest.mark.parametrize("trait", ["weight", "age", "female", "phenotype", "cyp2d6"])
def test_people_do_not_depend_on_how_many_they_are(trait: str) -> None:
    few, many = People(MANY, Draws(1), 20), People(MANY, Draws(1), 2000)
    late = People(MANY, Draws(1), 3, start=17)
    assert np.array_equal(getattr(few, trait), getattr(many, trait)[:20])
    assert np.array_equal(getattr(late, trait), getattr(many, trait)[17:20])


def test_shares_come_true() -> None:
    people = People(MANY, Draws(1), 20_000)
    assert abs(people.female.mean() - 0.4) < 0.02
    shares = np.bincount(people.phenotype, minlength=4) / 20_000
    assert np.abs(shares - [MANY.cyp2d6[name] for name in CYP2D6]).max() < 0.02


def test_reference_weights_go_by_sex() -> None:
    people = People(MANY, Draws(1), 20_000)
    for woman, identity in ((True, "people/weight/female"), (False, "people/weight/male")):
        middle = np.median(people.weight[people.female == woman])
        assert abs(middle / known(identity) - 1.0) < 0.02


def test_a_stated_weight_spreads_as_its_cv_says() -> None:
    people = People(
        Population((35.0, 35.0), Weight(75.0, 0.2), 0.5, {"normal": 1.0}), Draws(1), 50_000
    )
    assert abs(np.median(people.weight) / 75.0 - 1.0) < 0.01
    assert abs(people.weight.std() / people.weight.mean() - 0.2) < 0.01


def test_activity_goes_by_phenotype_and_is_usual_where_there_is_none() -> None:
    people = People(MANY, Draws(1), 100)
    assert np.array_equal(people.activity("CYP2D6"), people.cyp2d6)
    assert (people.activity("CYP2D6")[people.phenotype == 0] == 0.0).all()
    assert set(people.activity("CYP3A4")) == {1.0}


def test_other_values_in_a_replicate_leave_people_who_they_are() -> None:
    first = People(MANY, Draws(1), 100, value=values().__getitem__)
    changed = {i: 1.1 * known(i) for i in ("people/weight/female", "people/weight/male")}
    second = People(MANY, Draws(1), 100, value=values(**changed).__getitem__)
    assert np.array_equal(first.female, second.female)
    np.testing.assert_allclose(second.weight / first.weight, 1.1, rtol=1e-12)


def test_traits_by_the_names_of_a_model() -> None:
    people = People(MANY, Draws(1), 5, value=values().__getitem__)
    traits = people.traits(("weight", "activity.CYP2D6", "pain"))
    assert list(traits) == ["weight", "activity.CYP2D6", "pain"]
    assert all(held.shape == (5,) for held in traits.values())


@pytest.mark.parametrize("pain", PAINS)
def test_a_type_of_pain_says_what_it_is_made_of(pain: str) -> None:
    population = Population((35.0, 35.0), Weight(70.0), 1.0, {"normal": 1.0}, pain)
    traits = People(population, Draws(1), 3).traits(("pain", *PAIN_SHARES))
    assert set(traits["pain"]) == {known(f"people/pain/{pain}")}
    for share in PAIN_SHARES:
        assert set(traits[share]) == {known(f"people/pain/{pain}/{share}")}


def test_injured_nerve_is_most_of_neuropathic_pain_and_inflamed_tissue_of_inflammatory() -> None:
    for pain, share in (("neuropathic", "neuropathic"), ("inflammatory", "inflamed")):
        assert known(f"people/pain/{pain}/{share}") > 0.5
        assert known(f"people/pain/acute/{share}") < known(f"people/pain/{pain}/{share}")
    assert not any(known(f"people/pain/none/{share}") for share in PAIN_SHARES)


def test_every_record_of_people_is_used_by_a_word() -> None:
    words = {f"people/cyp2d6/{name}" for name in CYP2D6}
    words |= {f"people/pain/{name}" for name in PAINS}
    words |= {f"people/pain/{name}/{share}" for name in PAINS for share in PAIN_SHARES}
    words |= {f"people/weight/{name}" for name in ("female", "male", "sd_log")}
    assert set(records("people")) == words
    assert find(words)
