"""Ratios of exposure with and without another drug, held against what was measured."""

from __future__ import annotations

import pytest

from speciosa.evidence import observations
from speciosa.trial.validation import Validation, validate

RATIOS = (
    "tanna-2023/midazolam/auc_ratio",
    "varhe-1994/triazolam/itraconazole/auc_ratio",
    "varhe-1994/triazolam/itraconazole/cmax_ratio",
    "nieminen-2010/oxycodone/grapefruit-juice/auc_ratio",
)


@pytest.fixture(scope="module")
def interactions() -> Validation:
    """Three studies, few trials: what `speciosa validate --interactions` does with all."""
    held = {o.id: o for o in observations().values() if o.id in RATIOS or o.id == NEITHER}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("speciosa.trial.validation.observations", lambda: held)
        return validate(3, interactions=True)


NEITHER = "tanna-2023/midazolam/cmax_ratio"
"""Serves neither heap, so it is not compared."""


def test_ratios_are_compared_alone_and_what_has_no_kinetics_is_left_out(
    interactions: Validation,
) -> None:
    assert {c.observation.id for c in interactions.comparisons} == set(RATIOS[:3])
    assert interactions.left_out == {
        RATIOS[3]: "no kinetics of grapefruit juice in the evidence",
    }
    assert not any(c.observation.id in RATIOS for c in validate_without(RATIOS).comparisons)


def validate_without(ids: tuple[str, ...]) -> Validation:
    """The plain validation of these observations."""
    held = {o.id: o for o in observations().values() if o.id in ids}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("speciosa.trial.validation.observations", lambda: held)
        return validate(3)


def test_a_ratio_has_no_unit_and_the_static_rule_beside_its_area(interactions: Validation) -> None:
    for one in interactions.comparisons:
        assert one.unit == "1"
        assert not one.additive
        assert (one.baseline is not None) == (one.observation.measure == "auc_ratio")
        assert one.p05 < one.simulated < one.p95


def test_kratom_raises_midazolam_as_it_was_fitted_to_and_not_as_the_static_rule_says(
    interactions: Validation,
) -> None:
    (kratom,) = [c for c in interactions.comparisons if c.observation.use == "fit"]
    assert kratom.simulated == pytest.approx(1.39, rel=0.1)
    assert kratom.baseline is not None
    assert kratom.baseline > 2.0 * kratom.observed


def test_ratios_have_groups_of_their_own_by_use_and_direction(interactions: Validation) -> None:
    groups = {row["group"]: row for row in interactions.to_dict()["groups"]}
    assert set(groups) == {
        "interactions, fitted, AUC",
        "interactions, fitted, AUC raised",
        "interactions, never seen, AUC",
        "interactions, never seen, AUC raised",
        "interactions, never seen, Cmax",
    }
    assert groups["interactions, never seen, AUC"]["baseline_n"] == 1


def test_progress_counts_studies(monkeypatch: pytest.MonkeyPatch) -> None:
    held = {o.id: o for o in observations().values() if o.id == RATIOS[0]}
    monkeypatch.setattr("speciosa.trial.validation.observations", lambda: held)
    seen: list[tuple[int, int]] = []
    validate(2, progress=lambda done, of: seen.append((done, of)), interactions=True)
    assert seen == [(0, 1), (1, 1)]
