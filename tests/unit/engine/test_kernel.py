from __future__ import annotations

import math
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from tests.kernels import (
    ALL,
    MODEL,
    TIMES,
    TYPICAL,
    everything,
    methods,
    part,
    people,
    run,
    same,
    spread,
    table,
)
from tests.simd import RUNNABLE, targets

from speciosa.engine import Outcome, reference
from speciosa.engine import compiled as module
from speciosa.engine.codegen.target import Target
from speciosa.engine.compiled import kernel
from speciosa.engine.kernel import Ended, People, Slopes
from speciosa.engine.numpy_code import Floats
from speciosa.engine.timetable import ADD, FILL, INFUSE, RAISE, RESET, SET
from speciosa.errors import InputError


def slow(who: People) -> Floats:
    """The states at every output time by the reference solver: (people, T, states)."""
    settle = reference.settle(MODEL, 1e-10, np.full(3, 1e-12), 100_000)
    count, wide = who.parameters.shape[0], who.times.shape[1]
    found = np.empty((count, wide, 3))
    times = np.broadcast_to(who.times, (count, wide))
    for column in range(wide):
        found[:, column], outcome = settle(who.parameters, who.table, times[:, column])
        assert not outcome.any()
    return found


def test_everything_is_done_by_somebody() -> None:
    actions = everything(16)
    assert set(actions.kind.tolist()) == {SET, RESET, FILL, RAISE, INFUSE, ADD}
    mine = [actions.time[a:b] for a, b in pairwise(actions.first)]
    assert any((np.diff(times) == 0.0).any() for times in mine)


@pytest.fixture(scope="module")
def expected() -> Floats:
    return slow(people(spread(16), everything(16)))


@targets
@methods
def test_every_action_is_that_of_the_reference(
    target: Target, method: str, expected: Floats
) -> None:
    values, ended = run(people(spread(16), everything(16)), method, target)
    assert ended.outcome.tolist() == [Outcome.OK] * 16
    assert ended.reached.tolist() == [24.0] * 16
    assert values[:, :, :3] == pytest.approx(expected, rel=2e-6, abs=1e-7)
    assert ended.final == pytest.approx(expected[:, -1], rel=2e-6, abs=1e-7)


@pytest.mark.skipif(len(RUNNABLE) < 2, reason="one target, or none, and nothing to compare")
@methods
def test_targets_agree(method: str) -> None:
    found = [run(people(spread(16), everything(16)), method, target)[0] for target in RUNNABLE]
    for other in found[1:]:
        assert other == pytest.approx(found[0], rel=1e-6, abs=1e-8)


ONE_OF_EACH: list[tuple[int, int, float, list[float]]] = [
    (ADD, 1, 4.0, [2.0, 7.0, 0.5]),
    (ADD, 0, 4.0, [6.0, 3.0, 0.5]),
    (RAISE, 1, 0.0, [12.0, 23.0, 30.5]),
    (FILL, 1, 0.0, [10.0, 20.0, 30.0]),
    (RESET, 0, 0.0, [0.0, 0.5, 0.0]),
    (SET, 0, 9.0, [2.0, 3.0, 0.5]),
    (INFUSE, 1, 9.0, [2.0, 3.0, 0.5]),
]


@targets
@pytest.mark.parametrize(("kind", "where", "value", "after"), ONE_OF_EACH)
def test_what_one_action_does(
    target: Target, kind: int, where: int, value: float, after: list[float]
) -> None:
    vectors = [[2.0, 3.0, 0.5], [10.0, 20.0, 30.0]]
    actions = table([(0.0, FILL, 0, 0.0), (0.0, kind, where, value)], vectors=vectors)
    values, ended = run(people(TYPICAL[None, :], actions, np.zeros((1, 1))), "rodas5p", target)
    assert values[0, 0, :3].tolist() == after
    assert ended.final[0].tolist() == after


def test_a_reset_takes_the_parameters_in_force_and_stops_infusions() -> None:
    actions = table(
        [
            (0.0, INFUSE, 0, 5.0),
            (0.0, INFUSE, 1, 5.0),
            (2.0, SET, 5, 8.0),
            (2.0, RESET, 0, 0.0),
            (2.0, SET, 1, 0.0),  # nothing leaves any more
        ]
    )
    values, _ = run(people(TYPICAL[None, :], actions, np.array([[2.0, 9.0]])), "rodas5p")
    assert values[0, :, :2].tolist() == [[0.0, 8.0], [0.0, 8.0]]


def test_a_fill_stops_infusions_and_a_raise_does_not() -> None:
    still = np.array([[0.0, 0.0, 1.0, 0.0, 1.0, 0.0]])
    times = np.array([[1.0, 2.0, 3.0]])
    for kind, after in ((RAISE, [7.0, 10.0, 13.0]), (FILL, [4.0, 4.0, 4.0])):
        actions = table([(0.0, INFUSE, 1, 3.0), (1.0, kind, 0, 0.0)], vectors=[[0.0, 4.0, 0.0]])
        values, _ = run(people(still, actions, times), "tsit5")
        assert values[0, :, 1] == pytest.approx(after)


def test_actions_after_the_end_change_nothing() -> None:
    early = table([(0.0, ADD, 1, 4.0)])
    late = table([(0.0, ADD, 1, 4.0), (24.5, FILL, 0, 0.0), (1e6, SET, 0, math.nan)])
    found = [run(people(TYPICAL[None, :], actions), "rodas5p")[0] for actions in (early, late)]
    assert found[0].tobytes() == found[1].tobytes()


def test_an_action_at_the_end_is_seen_there() -> None:
    actions = table([(24.0, ADD, 0, 4.0)])
    values, ended = run(people(TYPICAL[None, :], actions), "rodas5p")
    assert values[0, -1, 0] == ended.final[0, 0] == 4.0
    assert values[0, :-1, 0].tolist() == [0.0] * 7


def test_somebody_begins_before_0() -> None:
    actions = replace(table([(-3.0, ADD, 0, 4.0)]), begin=np.array([-3.0]))
    values, _ = run(people(TYPICAL[None, :], actions, np.array([[-3.0, 0.0]])), "rodas5p")
    assert values[0, :, 0] == pytest.approx([4.0, 4.0 * math.exp(-1.2 * 3.0)])


def test_output_times_before_the_beginning_begin_earlier() -> None:
    values, _ = run(people(TYPICAL[None, :], table([]), np.array([[-2.0, 1.0]])), "rodas5p")
    assert values[0, 0, :3].tolist() == [0.0, 0.5, 0.0]
    assert values[0, 1, 1] < 0.2


@targets
@methods
def test_order_and_company_change_no_bit(target: Target, method: str) -> None:
    everybody = people(spread(37), everything(37), rtol=1e-6)
    full = run(everybody, method, target)
    rng = np.random.default_rng(4)
    choices = [
        rng.permutation(37),
        np.arange(37)[::-1],
        np.arange(0, 37, 3),
        *np.arange(37)[::7, None],
    ]
    for rows in choices:
        assert same(full, run(part(everybody, rows), method, target), rows)


@targets
def test_chunks_and_threads_change_no_bit(target: Target) -> None:
    everybody = people(spread(40), everything(40), rtol=1e-6)
    full = run(everybody, "rodas5p", target)
    code, wide = kernel(MODEL, ALL, "rodas5p", target=target), TIMES.shape[1]
    rows, stop = code.rows(40 * wide), np.zeros(1, dtype=np.int64)
    chunks = [np.arange(a, b) for a, b in ((0, 1), (1, 12), (12, 13), (13, 30), (30, 40))]

    def one(chunk: np.ndarray) -> Ended:
        # The last row is anybody's to scribble on, so it may be shared.
        return code.run(part(everybody, chunk), rows, stop, first_row=int(chunk[0]) * wide)

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(one, chunks))
    assert rows[:-1].reshape(40, wide, -1)[:, :, :4].tobytes() == full[0].tobytes()
    assert np.concatenate([ended.final for ended in found]).tobytes() == full[1].final.tobytes()
    assert np.concatenate([ended.steps for ended in found]).tolist() == full[1].steps.tolist()


@targets
@methods
def test_which_outputs_are_asked_for_changes_no_bit(target: Target, method: str) -> None:
    everybody = people(spread(9), everything(9), rtol=1e-6)
    full, ended = run(everybody, method, target)
    for chosen in ([3], [1], [3, 0], [2, 3, 1], []):
        values, other = run(everybody, method, target, chosen)
        assert values.tobytes() == full[:, :, chosen].tobytes()
        assert other.final.tobytes() == ended.final.tobytes()


@targets
@methods
def test_sensitivities_change_no_more_than_roundings(target: Target, method: str) -> None:
    everybody = people(spread(9), everything(9), rtol=1e-6)
    full, ended = run(everybody, method, target)
    code = kernel(MODEL, ALL, method, [0, 4, 5], target=target)
    count = everybody.table.time.size
    still = Slopes(np.zeros((count, 3)), np.zeros((count, 3)), np.zeros((2, 3, 3)))
    rows = code.rows(9 * TIMES.shape[1])
    other = code.run(
        replace(everybody, slopes=still),
        rows,
        np.zeros(1, dtype=np.int64),
        columns=code.columns_of(rows),
    )
    values = rows[:-1].reshape(9, -1, code.wide)[:, :, :4]
    assert values == pytest.approx(full, rel=1e-11, abs=1e-13)
    assert other.final == pytest.approx(ended.final, rel=1e-11, abs=1e-13)
    assert other.steps.tolist() == ended.steps.tolist()


@targets
@methods
def test_people_with_times_of_their_own(target: Target, method: str) -> None:
    own = np.full((5, 6), np.nan)
    lists = [[0.0, 24.0], [3.0], [0.1, 0.2, 0.3, 5.0, 6.0, 7.0], [24.0], [0.0]]
    for person, times in enumerate(lists):
        own[person, : len(times)] = times
    everybody = people(spread(5), everything(5), own, rtol=1e-6)
    values, ended = run(everybody, method, target)
    assert ended.reached.tolist() == [times[-1] for times in lists]
    for person, times in enumerate(lists):
        alone = part(everybody, np.array([person]))
        shared = replace(alone, times=np.array([times]))
        expected, _ = run(shared, method, target)
        assert values[person, : len(times)].tobytes() == expected[0].tobytes()


def test_nobody_is_no_trouble() -> None:
    values, ended = run(people(np.zeros((0, 6)), table()), "rodas5p")
    assert values.shape == (0, 8, 4)
    assert ended.outcome.size == 0


# Keeping kernels.
def test_a_kernel_is_made_once() -> None:
    one = kernel(MODEL, ALL, "tsit5")
    assert kernel(replace(MODEL), list(ALL), "tsit5") is one
    assert kernel(MODEL, [0, 1], "tsit5") is not one
    assert kernel(MODEL, ALL, "vern7") is not one
    assert [kernel(MODEL, ALL, "tsit5", target=target).target for target in RUNNABLE] == list(
        RUNNABLE
    )


def test_the_least_recently_used_kernel_goes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_KEPT", 2)
    monkeypatch.setattr(module, "_KEPT", type(module._KEPT)())
    first, second = kernel(MODEL, [0], "tsit5"), kernel(MODEL, [1], "tsit5")
    assert kernel(MODEL, [0], "tsit5") is first
    kernel(MODEL, [2], "tsit5")
    assert kernel(MODEL, [0], "tsit5") is first
    assert kernel(MODEL, [1], "tsit5") is not second


def test_a_method_that_is_none_is_named() -> None:
    with pytest.raises(InputError, match="method: got 'euler'; expected one of rodas5p"):
        kernel(MODEL, ALL, "euler")
