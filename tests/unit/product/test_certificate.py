"""A certificate of analysis is read field by field, by whatever names a laboratory uses."""

from __future__ import annotations

import json
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from speciosa.errors import ScenarioError
from speciosa.product.certificate import Certificate, certificate
from speciosa.product.fields import NEEDS, expected, plain_name, value_named, values
from speciosa.product.found import KINDS, Found
from speciosa.product.rows import sheet
from speciosa.trial import Scenario
from speciosa.trial.quantities import Amount
from speciosa.trial.writing import toml

TODAY = date(2026, 11, 25)
FORMATS = Path(__file__).parents[3] / "examples" / "certificates"


def read(**tables: object) -> Certificate:
    return certificate(tables, "coa")


def whole() -> Certificate:
    return certificate(
        json.loads((FORMATS / "leaf-powder.json").read_text(encoding="utf-8")), "leaf-powder.json"
    )


# ---- the 26 fields ------------------------------------------------------------------------------


def test_the_hand_over_named_26_fields_and_each_is_made_of_known_keys() -> None:
    assert len({one.id for one in expected()}) == 26
    alkaloids = {"mitragynine", "hydroxymitragynine", "pseudoindoxyl"}
    minor = {"paynantheine", "speciociliatine", "speciogynine"}
    for one in expected():
        assert one.need in NEEDS
        assert one.plain
        assert one.note
        assert set(one.keys) <= {*values(), *alkaloids, *minor}, one.id


def test_every_value_is_read_in_a_known_way_and_no_name_is_taken_twice() -> None:
    assert {one.reads for one in values().values()} <= {*KINDS, "text", "day"}
    names = [plain_name(n) for one in values().values() for n in (one.key, *one.names)]
    assert len(set(names)) == len(names)


def test_a_full_certificate_lacks_nothing() -> None:
    assert [one.field.id for one in whole().states("leaf") if one.missing] == []


def test_what_is_missing_of_a_field_is_named() -> None:
    states = {one.field.id: one for one in read(lead="0.2 ppm", arsenic="ND").states("leaf")}
    assert states["coa_lead_arsenic_cadmium_mercury"].missing == ("cadmium", "mercury")
    assert not states["coa_salmonella"].there


def test_solvents_are_a_field_of_an_extract_and_not_of_leaf() -> None:
    paper = read(mitragynine="14 mg/g")
    assert "coa_residual_solvents" not in {one.field.id for one in paper.states("leaf")}
    assert "coa_residual_solvents" in {one.field.id for one in paper.states("extract")}


# ---- names, units and words ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Pb", "lead"),
        ("Lead (Pb)", "lead"),
        ("LEAD", "lead"),
        ("E. coli", "e_coli"),
        ("Escherichia coli", "e_coli"),
        ("Total yeast & mold", "yeast_and_mould"),
        ("Total Aerobic Plate Count", "aerobic"),
        ("Salmonella spp.", "salmonella"),
        ("Lot #", None),
        ("Lot", "batch"),
        ("Test Date", "tested"),
    ],
)
def test_laboratories_have_many_names_for_one_field(name: str, key: str | None) -> None:
    found = value_named(name)
    assert (found.key if found else None) == (key or "batch")


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("0.2 ppm", "0.2 ug/g"),
        ("200 ppb", "0.2 ug/g"),
        ("0.2 mcg/g", "0.2 ug/g"),
        ("0.2 mg/kg", "0.2 ug/g"),
        ("< 0.05 ppm", "< 0.05 ug/g"),
        ("ND", "not detected"),
        ("Not Detected", "not detected"),
        ("pass", "pass"),
    ],
)
def test_metals_are_kept_in_micrograms_per_gram(written: str, kept: str) -> None:
    assert str(read(lead=written).results["lead"]) == kept


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("1.4 %", "14 mg/g"),
        ("1.4 % w/w", "14 mg/g"),
        ("14 mg/g", "14 mg/g"),
        ("12 mg/mL", "12 mg/mL"),
        ("15 mg/tablet", "15 mg/tablet"),
        ("15 mg per tablet", "15 mg/tablet"),
        ("< 0.02 %", "< 0.2 mg/g"),
        ("140 ppm", "0.14 mg/g"),
    ],
)
def test_alkaloids_are_kept_in_milligrams(written: str, kept: str) -> None:
    assert str(read(mitragynine=written).alkaloids["mitragynine"]) == kept


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("1200 CFU/g", "1200 CFU/g"),
        ("1,200 cfu/g", "1200 CFU/g"),
        ("1.2 x 10^3 CFU/g", "1200 CFU/g"),
        ("< 10 CFU/g", "< 10 CFU/g"),
        ("absent in 25 g", "not detected in 25 g"),
        ("Negative/25g", "not detected in 25 g"),
        ("Positive", "present"),
    ],
)
def test_germs_are_counted_or_looked_for(written: str, kept: str) -> None:
    assert str(read(salmonella=written).results["salmonella"]) == kept


def test_a_content_per_serving_is_spread_over_the_serving() -> None:
    assert str(read(serving="2.5 g", mitragynine="35 mg/serving").alkaloids["mitragynine"]) == str(
        Found(14.0, "mg/g")
    )
    pieces = read(mitragynine="30 mg/serving", serving="2 capsules")
    assert str(pieces.alkaloids["mitragynine"]) == "15 mg/capsule"


def test_below_its_limit_means_below_the_limit_that_the_paper_gives() -> None:
    paper = read(loq="0.05 ppm", lead="< LOQ", mitragynine="14 mg/g")
    assert str(paper.results["lead"]) == "< 0.05 ug/g"
    assert str(read(lead="BQL").results["lead"]) == "not detected"


def test_what_was_not_tested_is_missing_and_not_absent() -> None:
    assert "lead" not in read(lead="not tested", mitragynine="14 mg/g").results


def test_of_several_mycotoxins_the_one_that_was_found_counts() -> None:
    paper = read(**{"Aflatoxins": "ND", "Ochratoxin A": "12 ppb"})
    assert paper.results["mycotoxins"].there


# ---- shapes -------------------------------------------------------------------------------------


def test_three_formats_say_the_same() -> None:
    toml_file = tomllib.loads((FORMATS / "leaf-powder.toml").read_text(encoding="utf-8"))
    csv_rows = sheet((FORMATS / "leaf-powder.csv").read_text(encoding="utf-8"), "leaf-powder.csv")
    assert certificate(toml_file, "t") == whole()
    assert certificate(csv_rows, "c") == whole()


def test_flat_and_nested_tables_say_the_same() -> None:
    flat = read(mitragynine="14 mg/g", Pb="0.2 ppm")
    nested = read(
        alkaloids={"Mitragynine": "1.4 %"},
        heavy_metals={"Lead": {"value": 0.2, "unit": "ppm"}},
    )
    listed = read(
        results=[
            {"analyte": "Mitragynine", "result": 1.4, "units": "%"},
            {"analyte": "Lead (Pb)", "result": "0.2", "units": "ppm"},
        ]
    )
    assert flat == nested == listed


def test_a_sheet_may_have_a_header_or_none_or_be_wide() -> None:
    plain = "Mitragynine,1.4,%\nLead (ppm),0.2\n"
    header = "Analyte,Result,Units,LOQ\nMitragynine,1.4,%,\nLead,0.2,ppm,0.05\n"
    semicolons = "Analyte;Result;Units\nMitragynine;1.4;%\nLead;0.2;ppm\n"
    wide = "Mitragynine (%),Lead (ppm),Lab\n1.4,0.2,A laboratory\n"
    first = certificate(sheet(plain, "s"), "s")
    assert certificate(sheet(header, "s"), "s") == first
    assert certificate(sheet(semicolons, "s"), "s") == first
    read_wide = certificate(sheet(wide, "s"), "s")
    assert (read_wide.alkaloids, read_wide.results) == (first.alkaloids, first.results)
    assert read_wide.texts == {"lab": "A laboratory"}


def test_a_row_of_a_sheet_may_have_its_own_limit() -> None:
    rows = sheet("Analyte,Result,Units,LOQ\nLead,<LOQ,ppm,0.05\n", "s")
    assert str(certificate(rows, "s").results["lead"]) == "< 0.05 ug/g"


def test_it_is_typed_into_a_scenario_and_comes_back_equal() -> None:
    scenario = Scenario(
        product={"kind": "leaf", "certificate": whole().to_dict()}, regimen={"dose": "2 g"}
    )
    again = Scenario.from_dict(tomllib.loads(toml(scenario.filled())))
    assert again == scenario
    assert again.product.certificate == whole()


def test_its_alkaloids_are_the_stated_contents() -> None:
    paper = {"mitragynine": "1.4 %", "7-OH": "ND", "paynantheine": "< 0.1 %"}
    scenario = Scenario(product={"kind": "leaf", "certificate": paper}, regimen={"dose": "2 g"})
    # "Not detected" gives no number, so what leaf holds of it is drawn.
    assert scenario.contents == {
        "mitragynine": Amount(14.0, "mg/g"),
        "paynantheine": Amount(1.0, "mg/g", below=True),
    }


# ---- what cannot be -----------------------------------------------------------------------------


def test_alkaloids_above_their_total_are_doubted() -> None:
    paper = read(mitragynine="1.4 %", paynantheine="0.4 %", total_alkaloids="1.5 %")
    assert "more than the total" in paper.doubts(TODAY)[0]
    rounded = read(mitragynine="1.41 %", paynantheine="0.4 %", total_alkaloids="1.8 %")
    assert rounded.doubts(TODAY) == ()


def test_a_share_that_does_not_follow_is_doubted() -> None:
    printed = {"mitragynine": "1.4 %", "7-OH": "0.4 %", "total_alkaloids": "1.8 %"}
    right = {**printed, "7-OH % of total alkaloids": "22.2 %"}
    wrong = {**printed, "7-OH % of total alkaloids": "1.2 %"}
    assert read(**right).doubts(TODAY) == ()
    assert len(read(**wrong).doubts(TODAY)) == 1


def test_days_in_the_wrong_order_or_yet_to_come_are_doubted() -> None:
    paper = read(mitragynine="14 mg/g", received="2026-03-02", tested="2026-03-01")
    assert "before it was received" in paper.doubts(TODAY)[0]
    assert "not come yet" in read(lead="ND", reported="2027-01-01").doubts(TODAY)[0]


def test_twelve_months_make_it_old() -> None:
    paper = read(mitragynine="14 mg/g", tested="2025-11-20", reported=date(2025, 11, 25))
    assert not paper.old(date(2026, 11, 25))
    assert paper.old(date(2026, 11, 26))
    assert not read(mitragynine="14 mg/g").old(TODAY)


def test_one_field_under_two_names_is_refused() -> None:
    with pytest.raises(ScenarioError, match="each field once; lead is there as Pb too"):
        read(Pb="0.2 ppm", Lead="0.3 ppm")


def read_or_refusal(tables: object) -> Certificate | str:
    try:
        return certificate(tables, "coa")
    except ScenarioError as error:
        return str(error)


WORDS = "lead Pb Mitragynine 7-OH salmonella lab tested loq serving moisture alkaloids metals value"
NAMES = st.sampled_from([*WORDS.split(), "results", "unit", "pesticides", "verdict", "what"])
WRITTEN = st.one_of(
    st.sampled_from(["ND", "< LOQ", "0.2 ppm", "1.4 %", "absent in 25 g", "2026-01-01", "1e999 %"]),
    st.text(max_size=8),
    st.floats(),
    st.integers(),
    st.booleans(),
    st.dates(),
)
NESTED = st.recursive(
    WRITTEN, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4)
)


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(NAMES, NESTED, max_size=5))
def test_whatever_is_written_is_read_or_refused_in_one_sentence(tables: dict[str, Any]) -> None:
    paper = read_or_refusal(tables)
    if isinstance(paper, Certificate):
        assert certificate(paper.to_dict(), "coa") == paper
    else:
        assert "\n" not in paper


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="Lead,Pb;02.\t\"'\n% ppmND<#", max_size=60))
def test_any_sheet_is_read_or_refused_in_one_sentence(text: str) -> None:
    try:
        rows: object = sheet(text, "coa")
    except ScenarioError as error:
        rows = str(error)
    paper = rows if isinstance(rows, str) else read_or_refusal(rows)
    assert isinstance(paper, Certificate) or "\n" not in str(paper)
