"""The claims of one's own among the examples: what decides each of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.advice import told
from tests.reading import grade

from speciosa.claims.answer import Answer
from speciosa.claims.bench import Bench
from speciosa.claims.judging import judge
from speciosa.claims.verdict import Verdict

HOME = Path(__file__).parents[2] / "examples" / "claims"


@pytest.fixture(scope="module")
def verdicts() -> dict[str, Verdict]:
    files = sorted(str(path) for path in HOME.glob("*.toml"))
    return {one.claim.id: one for one in judge(files, bench=Bench(people=8, replicates=6))}


def test_a_dose_by_weight_does_not_make_batches_of_leaf_alike(
    verdicts: dict[str, Verdict],
) -> None:
    weights, batches = verdicts["kg-times-0.088"].parts
    assert batches.reply.answer == Answer.NO
    assert batches.certainty.start == "model"
    assert weights.reply.answer != Answer.NO, "weight alone does not refute it"
    assert verdicts["kg-times-0.088"].verdict == "fails"


def test_rotating_strains_is_judged_by_what_is_in_them_and_not_by_the_model(
    verdicts: dict[str, Verdict],
) -> None:
    content, tolerance = verdicts["strain-rotation"].parts
    assert content.reply.answer == Answer.NO
    assert "market/names/alkaloids_apart/strains-2023" in content.reply.records
    assert tolerance.model is not None
    assert tolerance.model.answer == Answer.NO, "red and green leaf are one in the model"
    assert tolerance.reply.answer == Answer.UNSURE, "which it says by construction"
    assert verdicts["strain-rotation"].verdict == "evidence speaks against it"


def test_kratom_is_still_in_the_blood_after_a_day(verdicts: dict[str, Verdict]) -> None:
    (part,) = verdicts["gone-in-a-day"].parts
    assert part.seen is not None
    assert part.seen.answer == Answer.NO
    assert verdicts["gone-in-a-day"].verdict == "fails"
    assert verdicts["gone-in-a-day"].certainty.level == "moderate"


def test_they_are_told_plainly_and_without_advice(verdicts: dict[str, Verdict]) -> None:
    assert len(verdicts) == 3
    for one in verdicts.values():
        assert grade(one.plain) <= 8.0, one.plain
        assert not told(one.plain)
        assert one.plain.endswith(one.case.gap)
