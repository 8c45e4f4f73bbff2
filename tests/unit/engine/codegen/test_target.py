from __future__ import annotations

import pytest

from speciosa.engine.codegen.target import PLAIN, TARGETS, target_of

ALL = {need: True for target in TARGETS.values() for need in target.needs}


def test_the_widest_target_is_taken() -> None:
    assert target_of(ALL, "x86_64") == TARGETS["avx512"]


@pytest.mark.parametrize("missing", TARGETS["avx512"].needs)
def test_each_needed_feature_is_needed(missing: str) -> None:
    found = target_of(ALL | {missing: False}, "AMD64")
    assert found.name == ("sse2" if missing in TARGETS["avx2"].needs else "avx2")
    assert target_of({k: v for k, v in ALL.items() if k != missing}, "AMD64") == found


def test_an_old_processor_gets_what_all_have() -> None:
    assert target_of({"sse2": True}, "x86_64") == TARGETS["sse2"]


@pytest.mark.parametrize("machine", ["arm64", "aarch64", "ARM64"])
def test_arm_is_told_by_its_kind(machine: str) -> None:
    assert target_of({}, machine) == TARGETS["neon"]


def test_any_other_processor_gets_plain_code() -> None:
    assert target_of({}, "riscv64") == PLAIN


def test_code_may_use_no_more_than_is_asked_for() -> None:
    implied = {"avx", "avx2"}  # both come with avx512f, the first with the second
    for target in (*TARGETS.values(), PLAIN):
        used = {word.removeprefix("+") for word in target.features.split(",") if word}
        assert used - implied <= set(target.needs)
        assert set(target.needs) <= used


def test_a_vector_is_a_power_of_two() -> None:
    for target in (*TARGETS.values(), PLAIN):
        assert target.width in (2, 4, 8)
