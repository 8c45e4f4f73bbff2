"""Long runs as jobs: joined, queued, ended, remembered; and several at once as one alone."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from starlette.testclient import TestClient

from slow_runs import PAIRS, SECOND, SMALL, Slow, comparison, doses, run, until
from speciosa import Scenario, simulate
from speciosa.errors import InputError
from speciosa.report.fan import fans
from speciosa.report.figures import fan_chart
from speciosa.web import jobs as module
from speciosa.web.app import create_app
from speciosa.web.jobs import AT_ONCE, Busy, Jobs, Step, Task


def test_the_same_scenario_is_one_job(jobs: Jobs) -> None:
    one, same, other = (
        jobs.start(run(SMALL)),
        jobs.start(run(SMALL.replace())),
        jobs.start(run(doses(1)[0])),
    )
    assert one is same
    assert other is not one
    assert jobs.get(one.id) is one
    assert jobs.of(run(SMALL)) is one


def test_a_name_follows_from_all_that_a_run_depends_on() -> None:
    names = {run(one).id for one in (SMALL, SMALL.replace(run__seed=2), *doses(1))}
    assert len(names) == 3
    assert run(SMALL).id == run(SMALL.replace()).id
    assert run(SMALL).id != run(Scenario.from_dict(SMALL.filled())).id  # nothing is by default


def test_a_comparison_is_another_job_for_all_that_it_depends_on() -> None:
    several = [(SECOND,), (("b.regimen.dose", "4 g"),), (SECOND, ("full", "1"))]
    names = {comparison(*more).id for more in several}
    assert len(names | {run(SMALL).id}) == 4
    assert comparison(SECOND).id == comparison(SECOND, ("show", "gut.nausea")).id


def test_so_many_run_at_once_and_the_rest_wait(jobs: Jobs, slow: Slow) -> None:
    held = [jobs.start(run(one)) for one in doses(AT_ONCE + 1)]
    for one in held[:AT_ONCE]:
        until("running", one)
    assert held[-1].state == "waiting"
    assert len(slow.begun) <= AT_ONCE
    slow.go.set()
    for one in held:
        until("done", one)
    assert held[-1].found is not None
    assert held[-1].found.plain == {"series": True}


def test_progress_is_told(jobs: Jobs) -> None:
    job = jobs.start(run(SMALL))
    until("running", job)
    for _ in range(5000):
        if job.progress == (3, 10):
            return
        time.sleep(0.002)
    raise AssertionError(job.progress)


def test_a_job_that_runs_ends_when_it_is_cancelled(jobs: Jobs) -> None:
    job = jobs.start(run(SMALL))
    until("running", job)
    job.cancel()
    assert job.over.wait(10)
    assert job.state == "cancelled"
    assert jobs.start(run(SMALL)) is not job


def test_a_job_that_waits_never_begins_when_it_is_cancelled(jobs: Jobs, slow: Slow) -> None:
    held = [jobs.start(run(one)) for one in doses(AT_ONCE + 1)]
    held[-1].cancel()
    slow.go.set()
    assert held[-1].over.wait(10)
    assert held[-1].state == "cancelled"
    assert doses(AT_ONCE + 1)[-1] not in slow.begun


def test_a_job_that_nobody_asked_for_ends_when_nobody_watches(
    jobs: Jobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PATIENCE", -1.0)
    job, asked = jobs.start(run(SMALL), asked=False), jobs.start(run(doses(1)[0]))
    assert job.over.wait(10)
    assert job.state == "left"
    until("running", asked)
    assert jobs.start(run(SMALL), asked=False) is not job


def test_who_asks_for_a_job_of_a_page_keeps_it(jobs: Jobs) -> None:
    job = jobs.start(run(SMALL), asked=False)
    assert not job.asked
    jobs.start(run(SMALL), asked=True)
    assert job.asked


def test_why_a_run_failed_is_kept() -> None:
    def fails(step: Step) -> Any:
        raise InputError("outputs", "x", "y")

    held = Jobs()
    job = held.start(Task("The run", 1, PAIRS, "/", fails))
    assert job.over.wait(10)
    assert (job.state, str(job.error)) == ("failed", "outputs: got 'x'; expected y")
    held.close()


def test_one_that_is_being_left_is_not_joined(jobs: Jobs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PATIENCE", 0.05)
    unwound = threading.Event()

    def run_on(step: Step) -> None:
        try:
            while True:
                step(0, 1)
        finally:
            unwound.wait(10)

    task = Task("The run", 1, PAIRS, "/", run_on)
    job = jobs.start(task, asked=False)
    until("left", job)
    assert not job.over.is_set()
    assert jobs.start(task, asked=True) is not job
    unwound.set()


def test_a_fault_in_a_run_ends_that_run_alone(caplog: pytest.LogCaptureFixture) -> None:
    def fails(step: Step) -> Any:
        raise ZeroDivisionError

    held = Jobs()
    job = held.start(Task("The run", 1, PAIRS, "/", fails))
    other = held.start(Task("The run", 2, PAIRS, "/", lambda step: "done"))
    assert job.over.wait(10)
    until("done", other)
    assert isinstance(job.error, ZeroDivisionError)
    assert "a fault in a run" in caplog.text
    held.close()


def test_only_so_many_wait_and_only_so_many_are_remembered(
    jobs: Jobs, slow: Slow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "WAITING", 3)
    monkeypatch.setattr(module, "KEPT", 2)
    held = [jobs.start(run(one)) for one in doses(3)]
    with pytest.raises(Busy, match="wait already"):
        jobs.start(run(SMALL.replace(run__seed=7)))
    slow.go.set()
    for one in held:
        until("done", one)
    last = jobs.start(run(SMALL.replace(run__seed=7)))
    assert [jobs.get(one.id) is None for one in (*held, last)] == [True, True, False, False]


def test_a_server_that_stops_ends_its_jobs(jobs: Jobs) -> None:
    held = [jobs.start(run(one)) for one in doses(AT_ONCE + 2)]
    jobs.close()
    assert all(one.over.is_set() for one in held)
    assert {one.state for one in held} == {"cancelled"}


@pytest.mark.usefixtures("slow")
def test_the_end_of_the_app_is_the_end_of_its_jobs() -> None:
    app = create_app(["testserver"])
    with TestClient(app):
        job = app.state.jobs.start(run(SMALL))
    assert job.over.is_set()


# Several at once as one alone


def test_runs_at_once_find_what_each_finds_alone() -> None:
    several = [SMALL.replace(regimen__dose=f"{dose} g") for dose in (1, 4)]
    alone = [simulate(one, series=True).to_dict(series=True) for one in several]
    ready = threading.Barrier(4)

    def together(scenario: Scenario) -> dict[str, Any]:
        ready.wait()
        return simulate(scenario, series=True).to_dict(series=True)

    with ThreadPoolExecutor(4) as team:
        found = list(team.map(together, [*several, *several]))
    assert found == [*alone, *alone]


def test_figures_drawn_at_once_are_those_drawn_alone() -> None:
    drawn = fans(simulate(SMALL, series=True, outputs=["pain.relief"]).to_dict(series=True))[0]
    alone = fan_chart(drawn, quick=True).svg()
    ready = threading.Barrier(4)

    def together(_: int) -> str:
        ready.wait()
        return fan_chart(drawn, quick=True).svg()

    with ThreadPoolExecutor(4) as team:
        assert set(team.map(together, range(4))) == {alone}
