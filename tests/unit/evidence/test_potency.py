"""The order of potency that the records give is that of the assays that saw the drugs together."""

from __future__ import annotations

import pytest

from speciosa.evidence import records

OPIOID = {identity: record.value for identity, record in records("opioid").items()}


def half_relief(drug: str) -> float:
    """Unbound nmol/L for half of the largest response of the tissue that relieves pain."""
    most = OPIOID[f"opioid/mu/Emax/{drug}"]
    tau = most / (1 - most)
    return OPIOID[f"opioid/mu/EC50/{drug}"] * (1 + tau) / (OPIOID["opioid/mu/gain"] * tau - 1)


@pytest.mark.parametrize(
    ("assay", "order"),
    [
        ("ileum of guinea pigs", ("hydroxymitragynine", "morphine", "mitragynine")),
        ("hot plate, rats, into a vein", ("fentanyl", "hydroxymitragynine", "morphine")),
        ("cAMP in cells with the mouse receptor", ("fentanyl", "morphine")),
        ("G protein in cord and midbrain of rats", ("morphine", "oxycodone")),
        ("G protein in cells with the mouse receptor", ("pseudoindoxyl", "hydroxymitragynine")),
        ("hot plate, rats, into the belly", ("oxycodone", "mitragynine")),
    ],
)
def test_the_order_is_that_of_the_assay(assay: str, order: tuple[str, ...]) -> None:
    needed = [half_relief(drug) for drug in order]
    assert needed == sorted(needed), assay


def test_hydroxymitragynine_before_morphine_by_less_than_in_guinea_pigs() -> None:
    """At small effect potency goes as Emax over EC50, whatever the tissue."""
    small = {
        drug: OPIOID[f"opioid/mu/Emax/{drug}"] / OPIOID[f"opioid/mu/EC50/{drug}"]
        for drug in ("hydroxymitragynine", "morphine")
    }
    seen = records("gut")["gut/ileum/potency/hydroxymitragynine_over_morphine"].value
    assert 1 < small["hydroxymitragynine"] / small["morphine"] < seen


def test_no_agonist_is_so_full_that_its_efficacy_has_no_number() -> None:
    for identity, value in OPIOID.items():
        if identity.startswith("opioid/mu/Emax/") and identity.count("/") == 3:
            assert 0 <= value < 1, identity
