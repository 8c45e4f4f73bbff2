"""Which claims are judged, on which bench."""

from __future__ import annotations

from pathlib import Path

import pytest

import speciosa
from speciosa import claims as package
from speciosa.claims import Bench, all_cases, claims, judge
from speciosa.errors import InputError

QUICK = ("seven-oh-most-potent", "fda-warnings", "stay-hydrated")
OWN = """\
claim = "It binds."
kind = "mechanism"
gap = "Nobody knows more."
[[part]]
that = "it binds"
grade = {start = "experiment"}
[[part.seen]]
id = "opioid/mu/Ki/mitragynine"
at_most = 1000.0
"""


def ids(found) -> list[str]:
    return [one.claim.id for one in found]


def test_claims_are_judged_in_the_order_of_the_list() -> None:
    asked = judge(QUICK[::-1])
    assert ids(asked) == [one for one in claims() if one in QUICK]


def test_a_claim_named_twice_is_judged_once() -> None:
    assert ids(judge([QUICK[0], QUICK[0]])) == [QUICK[0]]


def test_a_system_is_judged_whole_and_nothing_else_is() -> None:
    found = judge(system="law")
    assert ids(found) == [key for key, one in claims().items() if one.system == "law"]
    assert len(ids(found)) > 1


def test_a_claim_of_a_system_may_be_named() -> None:
    assert ids(judge(["fda-warnings"], system="law")) == ["fda-warnings"]
    with pytest.raises(InputError, match="got 'law'; expected that of a claim that is named: gut"):
        judge(["stay-hydrated"], system="law")


def test_a_claim_that_nobody_makes_is_refused_with_the_nearest() -> None:
    with pytest.raises(InputError) as caught:
        judge(["fda-warning"])
    assert str(caught.value) == (
        "claim: got 'fda-warning'; expected the id of a claim: did you mean fda-warnings?"
    )
    with pytest.raises(InputError, match="`--system law` shows those on it"):
        judge(["law"])
    with pytest.raises(InputError, match="`speciosa claims` lists all"):
        judge(["xyzzy"])


def test_a_system_that_has_no_claim_is_refused_with_those_that_have() -> None:
    with pytest.raises(InputError, match=r"system: got 'spleen'; expected one of opioid, pain, "):
        judge(system="spleen")


def test_the_bench_that_is_given_is_used_and_kept() -> None:
    bench = Bench(people=3, replicates=5, seed=7)
    found = judge(QUICK[:1], bench=bench)
    assert found.bench is bench
    told = found.to_dict()
    assert told["people"] == {"n": 3, "replicates": 5}
    assert told["seed"] == 7
    assert told["version"] == speciosa.__version__
    assert told["simulations"] == {}
    assert [one["id"] for one in told["claims"]] == ids(found)


def test_simulations_are_named_with_what_they_are_and_watched() -> None:
    bench, watched = Bench(people=2, replicates=2), list[tuple[int, int]]()
    found = judge(
        ["side-effect-dizziness"], bench=bench, progress=lambda *done: watched.append(done)
    )
    assert found.to_dict()["simulations"] == {"leaf-5-g": bench.says("leaf-5-g")}
    done, of = watched[-1]
    assert done == of > 0


def test_ones_own_claim_stands_alone_or_beside_popular_ones(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(OWN, encoding="utf-8")
    assert ids(judge([str(path)])) == ["mine"]
    assert ids(judge([str(path), "fda-warnings"])) == ["mine", "fda-warnings"]
    assert ids(judge([str(path), str(path)])) == ["mine"]


def test_two_files_of_one_name_could_not_be_told_apart(tmp_path: Path) -> None:
    paths = [tmp_path / "a" / "mine.toml", tmp_path / "b" / "mine.toml"]
    for path in paths:
        path.parent.mkdir()
        path.write_text(OWN, encoding="utf-8")
    with pytest.raises(InputError, match=r"claim: got 'mine\.toml'; expected a name for each file"):
        judge([str(path) for path in paths])


def test_every_public_name_is_there_and_no_other() -> None:
    for name in package.__all__:
        assert getattr(package, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'verdikt'"):
        # A name that is not there is what is asked for.
        _ = package.verdikt  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]


def test_every_case_is_of_a_claim() -> None:
    assert set(all_cases()) == set(claims())
