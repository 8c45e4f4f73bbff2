"""What is said of a product: of its 7-OH, its metals, its germs, and of what nobody tested."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from speciosa.safety.case import Case
from speciosa.safety.facts import facts
from speciosa.safety.finding import Finding, ordered
from speciosa.safety.products import product_findings

TODAY = date(2026, 11, 25)
ONCE = {"dose": "2 g"}
A_DAY_OF_25_G = {"dose": "5 g", "every": "4.8 h", "for": "7 d"}


def found(
    product: dict[str, Any], regimen: dict[str, Any] = ONCE, **tables: Any
) -> dict[str, Finding]:
    case = Case.of({"product": product, "regimen": regimen, **tables})
    return {one.id: one for one in ordered(product_findings(case, TODAY))}


def certified(kind: str = "leaf", **certificate: Any) -> dict[str, Any]:
    return {"kind": kind, "certificate": {"mitragynine": "1.4 %", **certificate}}


# ---- 7-OH ---------------------------------------------------------------------------------------


def test_a_7_oh_product_is_a_class_of_its_own_and_a_danger() -> None:
    said = found({"kind": "7-oh", "profile": {"7-OH": "15 mg/tablet"}}, {"dose": "1 tablet"})
    assert said["product/7-oh"].severity == "danger"
    assert said["product/7-oh"].estimates[0].value == pytest.approx(15)
    assert "known of leaf does not hold for it" in said["product/7-oh"].plain
    assert "product/above-cap" in said


@pytest.mark.parametrize("kind", ["leaf", "capsule", "tea", "extract"])
def test_a_7_oh_tablet_sold_as_leaf_is_told_by_its_certificate(kind: str) -> None:
    paper = {"mitragynine": "4 mg/g", "7-OH": "41 mg/g"}
    said = found({"kind": kind, "certificate": paper})
    assert said["product/fortified"].severity == "danger"
    assert next(iter(said)) == "product/fortified"
    assert said["product/above-cap"].severity == "warning"


def test_pure_7_oh_sold_as_leaf_is_not_refused_for_being_unlike_leaf() -> None:
    said = found({"kind": "leaf", "certificate": {"mitragynine": "ND", "7-OH": "95 %"}})
    assert "product/fortified" in said


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("0.01 %", "product/natural-share"),
        ("0.03 %", "product/natural-share"),
        ("0.1 %", "product/fortified"),
        ("2 %", "product/fortified"),
    ],
)
def test_leaf_holds_a_trace_of_7_oh_and_no_more(content: str, says: str) -> None:
    both = {"product/natural-share", "product/fortified"}
    assert both & found(certified(**{"7-OH": content})).keys() == {says}


def test_below_a_limit_accuses_nobody() -> None:
    said = found(certified(**{"7-OH": "< 0.3 %"}))
    assert not {"product/fortified", "product/natural-share", "product/above-cap"} & said.keys()


def test_the_share_is_of_the_total_that_the_paper_prints() -> None:
    said = found(certified(**{"7-OH": "0.02 %", "total_alkaloids": "2 %"}))
    assert said["product/natural-share"].estimates[0].value == pytest.approx(1.0)


@pytest.mark.parametrize(("place", "above"), [("US-MS", True), ("US-TX", False), (None, False)])
def test_the_cap_is_that_of_the_place(place: str | None, above: bool) -> None:
    paper = certified(**{"7-OH": "0.03 %", "total_alkaloids": "2 %"})  # 1.5 % of alkaloids
    person = {"jurisdiction": place} if place else {}
    assert ("product/above-cap" in found(paper, person=person)) is above


def test_florida_caps_the_gram_and_the_ratio() -> None:
    person = {"jurisdiction": "US-FL"}
    by_gram = found(certified(**{"7-OH": "0.2 %"}), person=person)
    assert "in a g" in by_gram["product/above-cap"].plain
    by_ratio = found(certified(**{"7-OH": "0.03 %"}), person=person)
    assert "times" in by_ratio["product/above-cap"].plain
    assert "product/above-cap" not in found(certified(**{"7-OH": "0.01 %"}), person=person)


@pytest.mark.parametrize(
    "paper", [{"pseudoindoxyl": "1 mg/g"}, {"pseudoindoxyl": "present"}, {"synthetics": "5 ppm"}]
)
def test_pseudoindoxyl_and_synthetics_are_a_danger(paper: dict[str, str]) -> None:
    assert found(certified(**paper))["product/synthetics"].severity == "danger"


def test_none_detected_of_them_is_silent() -> None:
    said = found(certified(pseudoindoxyl="ND", synthetics="ND"))
    assert "product/synthetics" not in said


def test_an_extract_is_told_from_leaf() -> None:
    said = found({"kind": "extract", "mitragynine": "45 %"}, {"dose": "100 mg"})
    assert said["product/extract"].estimates[0].value == pytest.approx(45)


# ---- metals -------------------------------------------------------------------------------------


def test_two_micrograms_of_lead_in_a_gram_at_25_g_a_day_are_ten_times_the_limit() -> None:
    lead = found(certified(lead="2 ug/g"), A_DAY_OF_25_G)["product/lead"]
    intake, times = lead.estimates
    assert (intake.value, intake.unit) == (pytest.approx(50), "ug/d")
    assert times.value == pytest.approx(10)
    assert lead.severity == "danger"


def test_a_lead_above_its_limit_is_a_warning_below_ten_times() -> None:
    assert found(certified(lead="2000 ppb"), {"dose": "5 g"})["product/lead"].severity == "warning"


def test_below_the_limit_is_a_note() -> None:
    said = found(certified(lead="0.3 ppm", cadmium="0.05 ppm"))
    assert said["product/metals-within"].severity == "note"
    assert "lead and cadmium" in said["product/metals-within"].plain


def test_a_test_that_cannot_see_enough_says_so() -> None:
    said = found(certified(lead="< 1 ppm"), A_DAY_OF_25_G)
    assert "product/metals-unseen" in said
    assert "product/lead" not in said


@pytest.mark.parametrize("metal", ["arsenic", "cadmium", "mercury", "nickel"])
def test_every_metal_has_its_limit(metal: str) -> None:
    assert f"product/{metal}" in found(certified(**{metal: "100 ppm"}), A_DAY_OF_25_G)


def test_a_larger_step_of_the_regimen_counts() -> None:
    regimen = {
        "dose": "1 g",
        "every": "8 h",
        "for": "7 d",
        "steps": [{"from": "2 d", "dose": "5 g"}],
    }
    assert found(certified(lead="1 ppm"), regimen)["product/lead"].estimates[0].value == (
        pytest.approx(15)
    )


def test_capsules_and_spoons_are_weighed_by_their_records() -> None:
    said = found(certified("capsule", lead="2 ppm"), {"dose": "10 capsules"})
    intake = said["product/lead"].estimates[0]
    assert intake.value == pytest.approx(11, rel=0.05)
    assert intake.low is not None
    assert intake.high is not None
    assert intake.low < intake.value < intake.high


def test_untested_for_lead_tells_how_many_other_products_would_pass_the_limit() -> None:
    at_three = found({"kind": "leaf"}, {"dose": "3 g"})["product/metals-untested"].estimates[0]
    at_25 = found({"kind": "leaf"}, A_DAY_OF_25_G)["product/metals-untested"].estimates[0]
    assert at_three.value == pytest.approx(7.4)
    assert at_25.value == pytest.approx(70.6)
    between = found({"kind": "leaf"}, {"dose": "10 g"})["product/metals-untested"].estimates[0]
    assert (between.low, between.high) == (7.4, 70.6)
    assert 7.4 < between.value < 70.6


def test_a_tablet_has_no_weight_unless_the_paper_gives_one() -> None:
    paper = {"mitragynine": "15 mg/tablet", "lead": "2 ppm"}
    product = {"kind": "extract", "certificate": paper}
    assert "product/metals-unweighed" in found(product, {"dose": "1 tablet"})
    weighed = {"kind": "extract", "certificate": {**paper, "tablet weight": "0.6 g"}}
    said = found(weighed, {"dose": "5 tablets"})
    assert said["product/lead"].estimates[0].value == pytest.approx(6)


# ---- germs --------------------------------------------------------------------------------------


def test_salmonella_is_a_danger() -> None:
    assert found(certified(salmonella="Positive"))["product/salmonella"].severity == "danger"
    assert "product/salmonella" not in found(certified(salmonella="absent in 25 g"))


def test_e_coli_and_worse_germs() -> None:
    assert found(certified(e_coli="10 CFU/g"))["product/e-coli"].severity == "warning"
    assert found(certified(listeria="present"))["product/germs"].severity == "danger"
    assert "product/e-coli" not in found(certified(e_coli="< 10 CFU/g"))


def test_counts_are_held_against_guidance() -> None:
    said = found(certified(yeast_and_mould="250,000 CFU/g", aerobic="120000 CFU/g"))
    assert "2.5 times" in said["product/counts"].plain
    assert "product/counts" not in found(certified(yeast_and_mould="2300 CFU/g"))


def test_residues_that_failed_are_told() -> None:
    assert "product/residues" in found(certified("extract", residual_solvents="fail"))


# ---- the paper ----------------------------------------------------------------------------------


def test_no_certificate_says_how_wide_the_guess_is() -> None:
    guess = found({"kind": "tea"})["product/no-certificate"].estimates[0]
    assert guess.low == pytest.approx(28 / 1.5**1.645, rel=0.05)
    assert guess.high == pytest.approx(28 * 1.5**1.645, rel=0.05)
    assert guess.unit == "mg"


def test_what_hides_most_comes_first_among_the_missing() -> None:
    said = found(certified(lab="A laboratory"))["product/untested"].plain
    places = [said.index(word) for word in ("Salmonella", "lead", "7-OH", "germ count", "batch")]
    assert places == sorted(places)
    assert "of mitragynine" not in said


def test_an_old_certificate_and_a_doubtful_one() -> None:
    assert "product/old" in found(certified(reported="2025-05-01"))
    assert "product/old" not in found(certified(reported="2026-05-01"))
    assert "product/doubtful" in found(certified(reported="2027-05-01"))
    assert "product/doubtful" in found(certified(matrix="tablet"))
    assert "product/doubtful" not in found(certified(matrix="leaf powder"))


def test_a_verdict_of_fail_is_told() -> None:
    assert "product/failed" in found(certified(verdict="FAIL"))
    assert "product/failed" in found(certified(lead="fail"))
    assert "product/failed" not in found(certified(verdict="Pass (limits of pass/fail: USP)"))


def test_a_strain_is_kept_and_changes_nothing() -> None:
    with_name = found({"kind": "leaf", "strain": "Red Bali"})
    assert with_name.pop("product/strain").severity == "note"
    assert with_name == found({"kind": "leaf"})


# ---- all texts ----------------------------------------------------------------------------------


def test_every_fact_about_products_is_told_somewhere() -> None:
    products = [
        certified(**{"7-OH": "0.01 %", "lead": "2 ppm", "cadmium": "0.01 ppm"}),
        certified(arsenic="9 ppm", mercury="9 ppm", nickel="99 ppm", cadmium="9 ppm"),
        certified(lead="< 9 ppm", salmonella="present", listeria="present", e_coli="present"),
        certified(coliforms="99999 CFU/g", pesticides="fail", matrix="tablet", verdict="fail"),
        certified("extract", **{"7-OH": "2 %"}, pseudoindoxyl="1 %", reported="2024-01-01"),
        {"kind": "7-oh", "strain": "Gold"},
        {"kind": "leaf"},
    ]
    told = {identity for one in products for identity in found(one, A_DAY_OF_25_G)}
    told |= {"product/metals-unweighed"}  # a test of its own above
    assert {key for key in told if "implausible" not in key} == {
        key for key in facts("product") if "implausible" not in key
    }
