from __future__ import annotations

from speciosa.body.absorption import Absorption
from speciosa.body.distribution import Distribution
from speciosa.compile import flat_name
from speciosa.model import can_follow, forms
from speciosa.product.alkaloids import MODELLED
from speciosa.product.medicines import medicines
from speciosa.trial.compartments import COMPARTMENTS, DRUGS, find_compartment, suggestion


def test_every_drug_that_can_be_followed_has_its_compartments_and_no_other() -> None:
    followed = [name for name in MODELLED if can_follow(name)]
    followed += [name for name in medicines() if forms(name)]
    assert sorted(DRUGS) == sorted(followed)


def test_numbers_are_those_that_were_printed_before() -> None:
    assert [(one.number, one.name) for one in COMPARTMENTS][:3] == [
        (1, "absorption.gut.mitragynine"),
        (2, "distribution.central.mitragynine"),
        (3, "absorption.gut.hydroxymitragynine"),
    ]
    assert COMPARTMENTS[18].name == "absorption.gut.naloxone"
    assert COMPARTMENTS[31].name == "distribution.central.caffeine"
    assert [one.number for one in COMPARTMENTS] == list(range(1, 2 * len(DRUGS) + 1))


def test_names_are_those_of_the_states() -> None:
    states = {flat_name(Absorption.gut), flat_name(Distribution.central)}
    assert {one.name.removesuffix(f".{one.drug}") for one in COMPARTMENTS} == states


def test_every_compartment_is_found_by_its_number_and_by_its_name() -> None:
    for one in COMPARTMENTS:
        assert find_compartment(str(one.number)) is one
        assert find_compartment(one.name.upper()) is one


def test_a_name_that_fits_several_or_none_is_not_guessed() -> None:
    for text in ("gut", "central", "999", "1.5", "tea", "nan"):
        assert find_compartment(text) is None


def test_the_nearest_name_is_suggested_where_there_is_one() -> None:
    assert "did you mean 'mitragynine'?" in suggestion("mitragynin")
    assert "did you mean" not in suggestion("9999")
