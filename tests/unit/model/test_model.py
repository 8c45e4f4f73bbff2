from __future__ import annotations

import re

import numpy as np
import pytest
from tests.invented import BLOCKER, LEAFINE, believe, evidence, record

from speciosa.errors import InputError, ModelError, SpeciosaError
from speciosa.evidence.fits import Fit
from speciosa.model import Model, Substance, can_follow
from speciosa.model.variants import Variant
from speciosa.model.wiring import EFFECTS, OUTPUTS


@pytest.fixture(autouse=True)
def invented(monkeypatch: pytest.MonkeyPatch):
    believe(monkeypatch, evidence())


def halves(name: str) -> np.ndarray:
    """The middle of every distribution, twice."""
    return np.array([0.5, 0.5])


def place(model: Model, identity: str) -> int:
    return [r.id for r in model.records].index(identity)


def test_a_model_follows_what_is_taken_and_what_becomes_of_it():
    assert Model.build([LEAFINE]).drugs == ("leafine", "leafol")


def test_what_is_not_taken_is_not_followed():
    assert Model.build([BLOCKER]).drugs == ("blocker",)


def test_a_product_that_is_also_taken_keeps_its_own_dose_form():
    taken = Substance("leafol", "nose", "leafol")
    assert Model.build([LEAFINE, taken]).substances == (LEAFINE, taken)


def test_only_drugs_with_an_affinity_are_ligands():
    states = Model.build([LEAFINE, BLOCKER]).flat
    assert {p.member for p in states.parameters if p.name.startswith("opioid.Ki")} == {
        "leafine",
        "blocker",
    }


def with_records(monkeypatch, *ids: str) -> None:
    """Believe in these records too, each of 10 nmol/L."""
    believe(monkeypatch, evidence() | {i: record(i, 10.0, "nmol/L") for i in ids})


def members(model: Model, quantity: str) -> set[str | None]:
    return {p.member for p in model.flat.parameters if p.name.startswith(quantity)}


def test_a_record_puts_a_drug_of_the_run_into_an_index_set(monkeypatch):
    assert members(Model.build([LEAFINE]), "elimination.Km") == set()
    with_records(monkeypatch, "elimination/Km/leafol", "elimination/Km/blocker")
    assert members(Model.build([LEAFINE]), "elimination.Km") == {"leafol"}


def test_a_record_of_one_study_behind_the_used_one_makes_no_member(monkeypatch):
    with_records(monkeypatch, "elimination/Km/leafol/somebody-1999", "opioid/mu/Ki/leafol/him-2000")
    model = Model.build([LEAFINE])
    assert members(model, "elimination.Km") == set()
    assert members(model, "opioid.Ki") == {"leafine"}


def test_a_fitted_record_puts_a_drug_into_an_index_set_as_well(monkeypatch):
    fitted = record("elimination/Km/leafol", 10.0, "nmol/L")
    believe(monkeypatch, evidence() | {fitted.id: fitted})
    found = evidence()

    def records(*words: str):
        if words == ("fitted",):
            return {fitted.id: fitted}
        return {i: r for i, r in found.items() if not words or r.system in words}

    monkeypatch.setattr("speciosa.model.model.records", records)
    assert members(Model.build([LEAFINE]), "elimination.Km") == {"leafol"}


def test_a_route_of_a_drug_that_is_not_taken_brings_no_enzyme(monkeypatch):
    share = record("metabolism/share/rumour.CYP7", 0.3, "1")
    believe(monkeypatch, evidence() | {share.id: share})
    assert "person.activity.CYP7" not in Model.build([LEAFINE]).flat.traits


def acted_on(enzyme: str) -> list:
    """Records that say that leafine destroys an enzyme, keeps it busy and calls for more of it."""
    return [
        record(f"metabolism/kinact/leafine.{enzyme}", 1.0, "1/h"),
        record(f"metabolism/KI/leafine.{enzyme}", 100.0, "nmol/L"),
        record(f"metabolism/Ki/leafine.{enzyme}", 100.0, "nmol/L"),
        record(f"metabolism/Emax/leafine.{enzyme}", 2.0, "1"),
        record(f"metabolism/EC50/leafine.{enzyme}", 100.0, "nmol/L"),
        record(f"metabolism/kdeg/{enzyme}", 0.02, "1/h"),
    ]


def test_an_enzyme_is_a_state_only_where_a_drug_of_the_run_changes_its_amount(monkeypatch):
    more = [*acted_on("CYP9"), record("metabolism/kdeg/CYP8", 0.02, "1/h")]
    believe(monkeypatch, evidence() | {r.id: r for r in more})
    amounts = [n for n in Model.build([LEAFINE]).problem.states if "amount" in n]
    assert "metabolism.amount.CYP9" in amounts
    assert "metabolism.amount.CYP8" not in amounts
    assert "metabolism.amount.CYP9" not in Model.build([BLOCKER]).problem.states


def test_an_enzyme_that_clears_nothing_in_the_run_is_left_out(monkeypatch):
    believe(monkeypatch, evidence() | {r.id: r for r in acted_on("gut_CYP9")})
    model = Model.build([LEAFINE])
    assert not [n for n in (*model.problem.states, *model.flat.traits) if "gut_CYP9" in n]
    assert not members(model, "metabolism.Ki")


def test_an_enzyme_of_the_gut_wall_meets_what_is_not_yet_in_the_blood(monkeypatch):
    wall = record("metabolism/wall/leafine.gut_CYP9", 0.3, "1")
    believe(monkeypatch, evidence() | {r.id: r for r in (wall, *acted_on("gut_CYP9"))})
    model = Model.build([LEAFINE])
    found = {p.member: p.evidence for p in model.flat.parameters if ".flow." in p.name}
    assert found["gut_CYP9"] == "metabolism/flow/gut"
    assert found["CYP9"] == "metabolism/flow/liver"


def test_a_drug_with_no_effect_in_the_brain_needs_no_number_of_its_brain(monkeypatch):
    gone = ("distribution/Kpuu/leafine", "distribution/keo/leafine")
    held = {i: r for i, r in evidence().items() if i not in gone}
    unseen = (("Kpuu", "1"), ("keo", "1/h"))
    more = [record(f"distribution/{quantity}/unseen", 1.0, unit) for quantity, unit in unseen]
    believe(monkeypatch, held | {r.id: r for r in more})
    ids = {p.evidence for p in Model.build([LEAFINE]).flat.parameters}
    assert {"distribution/Kpuu/unseen", "distribution/Kpuu/leafol"} <= ids


def test_a_drug_without_a_deep_compartment_has_one_less(monkeypatch):
    held = {i: r for i, r in evidence().items() if i != "distribution/V2/leafine"}
    believe(monkeypatch, held)
    states = Model.build([LEAFINE]).problem.states
    assert "distribution.deep.leafine" not in states
    assert "distribution.deep.leafol" in states


def test_enzymes_are_traits_of_the_person():
    traits = Model.build([LEAFINE]).flat.traits
    enzymes = {name for name in traits if name.startswith("person.activity.")}
    assert enzymes == {"person.activity.CYP9", "person.activity.CYP8"}


def test_weight_and_what_hurts_are_traits_of_the_person():
    made_of = {"inflamed", "neuropathic", "muscular", "sensitised"}
    traits = {name.split(".")[1] for name in Model.build([LEAFINE]).flat.traits}
    assert traits == {"weight", "activity", "pain"} | made_of


def test_every_number_comes_from_the_record_that_its_line_names():
    model = Model.build([LEAFINE])
    for parameter, found in zip(model.flat.parameters, model.records, strict=True):
        assert found.id == parameter.evidence
    assert model.central[place(model, "elimination/CL/leafine")] == 10.0


def test_a_record_that_is_given_stands_in_for_the_stored_one():
    instead = record("elimination/CL/leafine", 99.0, "L/h")
    model = Model.build([LEAFINE], given={instead.id: instead})
    assert model.central[place(model, "elimination/CL/leafine")] == 99.0


def test_a_record_in_another_unit_is_refused():
    wrong = record("elimination/CL/leafine", 10.0, "mL/h")
    with pytest.raises(ModelError, match=r"elimination/CL/leafine is in mL/h"):
        Model.build([LEAFINE], given={wrong.id: wrong})


def test_a_drug_without_numbers_is_refused_by_the_id_that_is_missing():
    with pytest.raises(SpeciosaError, match="absorption/ka/rumour"):
        Model.build([Substance("rumour", "tea", "rumour")])


def test_outputs_have_public_names_and_units():
    model = Model.build([LEAFINE])
    assert model.outputs["plasma.leafol"] == "distribution.plasma.leafol"
    assert model.outputs["pain.felt"] == "pain.felt"
    assert model.outputs["breathing.drive"] == "breathing.ventilation"
    assert model.unit_of("plasma.leafine") == "ng/mL"
    assert set(model.outputs.values()) <= set(model.problem.outputs)


def test_every_public_output_of_a_whole_model_is_there_under_its_name_or_those_of_its_members():
    names = set(Model.build([LEAFINE]).outputs)
    nobody = {"monoamine.occupancy"}  # leafine binds no site
    for public in OUTPUTS.keys() - nobody:
        assert public in names or any(name.startswith(f"{public}.") for name in names), public


def test_tolerance_has_a_level_for_each_effect_and_that_of_relief_under_a_name_of_its_own():
    outputs = Model.build([LEAFINE]).outputs
    for effect in EFFECTS:
        assert outputs[f"tolerance.{effect}"] == f"tolerance.level.{effect}"
    assert outputs["tolerance.level"] == "tolerance.level.relief"


def test_a_draw_in_the_middle_is_the_value_itself():
    model = Model.build([LEAFINE])
    assert model.drawn(halves) == pytest.approx(np.tile(model.central, (2, 1)))


def test_a_draw_follows_the_spread_of_its_record():
    uncertain = record("elimination/CL/leafine", 10.0, "L/h", kind="lognormal", gsd=2.0)
    model = Model.build([LEAFINE], given={uncertain.id: uncertain})
    one_sd = 0.8413447460685429
    drawn = model.drawn(lambda name: np.array([one_sd, 1 - one_sd]))
    column = drawn[:, place(model, uncertain.id)]
    assert column == pytest.approx([20.0, 5.0])
    others = np.delete(drawn, place(model, uncertain.id), axis=1)
    assert (others[0] == others[1]).all()


def test_records_of_one_fit_are_drawn_as_a_row_of_its_posterior(monkeypatch):
    ids = ("distribution/V1/leafine", "elimination/CL/leafine")
    fit = Fit("a run", "nobody", ids, np.array([[100.0, 10.0], [200.0, 20.0], [300.0, 30.0]]))
    believe(monkeypatch, evidence(), {"a run": fit})
    model = Model.build([LEAFINE])
    drawn = model.drawn(lambda name: np.array([0.01, 0.5, 0.99]))
    both = drawn[:, [place(model, identity) for identity in ids]]
    assert both.tolist() == fit.draws.tolist()


def test_a_fit_of_drugs_that_are_not_here_changes_nothing(monkeypatch):
    fit = Fit("a run", "nobody", ("elimination/CL/other",), np.array([[1.0]]))
    believe(monkeypatch, evidence(), {"a run": fit})
    model = Model.build([LEAFINE])
    assert (model.drawn(halves) == model.central).all()


def test_models_with_one_content_have_one_hash():
    assert Model.build([LEAFINE]).hash == Model.build([LEAFINE]).hash


def test_another_number_or_another_drug_is_another_model():
    other = record("elimination/CL/leafine", 11.0, "L/h")
    hashes = {
        Model.build([LEAFINE]).hash,
        Model.build([LEAFINE], given={other.id: other}).hash,
        Model.build([LEAFINE, BLOCKER]).hash,
    }
    assert len(hashes) == 3


def test_a_variant_takes_the_record_that_disputes(monkeypatch):
    identity = "opioid/mu/Ki/leafine"
    disputing = record(f"{identity}/others-1999", 5.0, "nmol/L")
    believe(monkeypatch, evidence() | {disputing.id: disputing})
    variant = Variant("binds-firmly", "others found it", {identity: disputing.id})
    monkeypatch.setattr("speciosa.model.model.VARIANTS", {variant.name: variant})
    model = Model.build([LEAFINE], variants=["binds-firmly"])
    assert model.central[place(model, disputing.id)] == 5.0
    assert model.variants == ("binds-firmly",)
    assert identity not in {r.id for r in model.records}


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("wishful", "such as herg-sensitive"),
        ("herg", "did you mean herg-sensitive?"),
        ("herg-sensitiv", "did you mean herg-sensitive?"),
    ],
)
def test_an_unknown_variant_is_refused_with_what_is_near_and_where_all_stand(name, hint):
    said = f"variants: got {name!r}; expected the name of a variant: {hint}"
    with pytest.raises(InputError, match=f"^{re.escape(said)};? docs/outputs.md lists all$"):
        Model.build([LEAFINE], variants=[name])


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("pain.releif", "the name of an output: did you mean pain.relief? docs"),
        ("relief", "the name of an output: did you mean pain.relief? docs"),
        ("wishful", "the name of an output: such as pain.relief; docs"),
        ("plasma.", "plasma of leafine, leafol"),
        ("plasma.leafin", "plasma of leafine, leafol; did you mean plasma.leafine?"),
        ("plasma.morphine", "plasma of leafine, leafol"),
        ("pain.relief.leafine", "the name of an output: did you mean pain.relief? docs"),
    ],
)
def test_an_unknown_output_is_refused_with_what_is_near(name, hint):
    with pytest.raises(InputError, match=f"^outputs: got {name!r}; expected {re.escape(hint)}"):
        Model.build([LEAFINE], outputs=["pain.felt", name])


def test_outputs_may_be_named_without_their_members():
    assert "plasma.leafine" in Model.build([LEAFINE], outputs=["plasma", "tolerance"]).outputs


def test_only_what_can_be_absorbed_and_cleared_can_be_followed():
    assert can_follow("leafine")
    assert not can_follow("rumour")
