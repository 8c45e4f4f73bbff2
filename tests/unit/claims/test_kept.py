"""The verdicts that come with the package are what judging gives now."""

from __future__ import annotations

import json
from typing import Any

import pytest

import speciosa
from speciosa.claims import Bench, Verdicts, all_cases, claims, judge
from speciosa.claims.kept import kept, of_claim
from speciosa.report.files import json_text

AGAIN = "run python3 docs/claims.py"


def test_every_claim_is_there_in_order_and_of_this_version() -> None:
    assert list(of_claim()) == list(claims()), AGAIN
    assert kept()["version"] == speciosa.__version__, AGAIN
    bench = Bench()
    assert kept()["seed"] == bench.seed
    assert kept()["people"] == {"n": bench.people, "replicates": bench.replicates}
    for identity, one in of_claim().items():
        claim, case = claims()[identity], all_cases()[identity]
        assert (one["claim"], one["gap"]) == (claim.claim, case.gap), AGAIN
        assert [part["that"] for part in one["parts"]] == [part.that for part in case.parts], AGAIN


def test_what_needs_no_simulation_is_what_judging_gives() -> None:
    quick = [
        identity for identity, case in all_cases().items() if not any(p.needs for p in case.parts)
    ]
    assert quick
    for one in written(judge(quick))["claims"]:
        assert same(one, of_claim()[one["id"]]), f"{one['id']}: {AGAIN}"


@pytest.mark.slow
def test_all_are_what_judging_gives() -> None:
    found = written(judge())
    for one in found["claims"]:
        assert same(one, of_claim()[one["id"]]), f"{one['id']}: {AGAIN}"
    assert found["simulations"] == kept()["simulations"], AGAIN


def written(found: Verdicts) -> dict[str, Any]:
    """As it is written, with numbers of so many digits."""
    return json.loads(json_text(found.to_dict()))


def same(one: dict[str, Any], other: Any) -> bool:
    """Whether a verdict is the same: words as written, numbers up to what a machine may differ."""
    left, right = dict(one), dict(other)
    parts = list(zip(left.pop("parts"), right.pop("parts"), strict=True))
    ignored = ("because", "model")  # sentences with the numbers that stand in the points
    for held in (left, right):
        held.pop("because")
    if left != right:
        return False
    for a, b in parts:
        if any(a[key] != b[key] for key in a if key not in (*ignored, "points")):
            return False
        if not all(map(close, a["points"], b["points"])) or len(a["points"]) != len(b["points"]):
            return False
    return True


def close(a: dict[str, Any], b: dict[str, Any]) -> bool:
    """Whether two numbers of a figure are the same, up to two in a hundred."""
    near = all(a[key] == pytest.approx(b[key], rel=0.02, abs=0.02) for key in NUMBERS)
    return near and all(a[key] == b[key] for key in a if key not in NUMBERS)


NUMBERS = ("value", "low", "high")
