"""Long runs as jobs: joined, queued, ended, remembered; and several at once as one alone."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from starlette.testclient import TestClient

from speciosa import Scenario, simulate
from speciosa.errors import InputError, SpeciosaError
from speciosa.report.fan import fans
from speciosa.report.figures import fan_chart
from speciosa.web import jobs as module
from speciosa.web import whole as whole_runs
from speciosa.web.app import create_app
from speciosa.web.comparison import asked_of, comparing
from speciosa.web.form.query import address, pairs_of
from speciosa.web.jobs import AT_ONCE, Busy, Job, Jobs, Step, Task
from speciosa.web.whole import whole

SMALL = Scenario(
    product={"kind": "leaf"},
    regimen={"dose": "2 g"},
    output={"until": "6 h"},
    run={"people": 4, "replicates": 2},
)
PAIRS = pairs_of(SMALL.model_dump(by_alias=True, exclude_unset=True))
HTMX = {"HX-Request": "true"}


SECOND = ("b.regimen.dose", "1 g")


class Found:
    """What a run found, as far as a job looks at it."""

    breath_stops = False

    def to_dict(self, series: bool) -> dict[str, Any]:
        return {"series": series}


class Slow:
    """A run that goes on until it is let go, and tells progress all the while."""

    def __init__(self) -> None:
        self.go = threading.Event()
        self.begun: list[Scenario] = []

    def __call__(self, scenario: Scenario, *, series: bool, progress: Step) -> Found:
        assert series
        self.begun.append(scenario)
        while not self.go.wait(0.002):
            progress(3, 10)
        return Found()


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Slow:
    held = Slow()
    monkeypatch.setattr(whole_runs, "simulate", held)
    return held


@pytest.fixture
def jobs(slow: Slow) -> Iterator[Jobs]:
    held = Jobs()
    yield held
    held.close()


@pytest.fixture
def client(jobs: Jobs) -> TestClient:
    app = create_app(["testserver"])
    app.state.jobs.close()
    app.state.jobs = jobs
    return TestClient(app, follow_redirects=False)


def run(scenario: Scenario) -> Task[Any]:
    return whole(scenario, pairs_of(scenario.model_dump(by_alias=True, exclude_unset=True)))


def doses(count: int) -> list[Scenario]:
    return [SMALL.replace(regimen__dose=f"{dose} g") for dose in range(1, count + 1)]


def comparison(*more: tuple[str, str]) -> Task[Any]:
    return comparing(asked_of([*PAIRS, *more]))


def until(state: str, job: Job[Any]) -> None:
    for _ in range(5000):
        if job.state == state:
            return
        time.sleep(0.002)
    raise AssertionError(f"{job.state}, and not {state}")


def token(client: TestClient) -> str:
    # A client takes any ASGI app, of which only ours has a state.
    return str(client.app.state.token)  # type: ignore[attr-defined]


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


def test_what_failed_is_not_begun_again(client: TestClient, jobs: Jobs) -> None:
    begun: list[int] = []

    def fails(step: Step) -> Any:
        begun.append(1)
        raise InputError("outputs", "x", "y")

    task = Task("The run", 1, PAIRS, "/", fails)
    assert jobs.start(task).over.wait(10)
    assert jobs.start(task).state == "failed"
    assert "The run failed: outputs: got" in client.get(f"/job/{task.id}").text
    assert begun == [1]


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


# What a page sends and sees


def test_a_run_is_started_with_our_own_word_alone(client: TestClient, jobs: Jobs) -> None:
    assert client.post("/job", data=dict(PAIRS)).status_code == 403
    assert client.post("/job", data={**dict(PAIRS), "token": "x"}).status_code == 403
    assert jobs.of(run(SMALL)) is None
    found = client.post("/job", data={**dict(PAIRS), "token": token(client)})
    job = jobs.of(run(SMALL))
    assert job is not None
    assert job.asked
    assert found.status_code == 303
    assert found.headers["location"] == address(f"/job/{job.id}", PAIRS)


def test_a_page_starts_a_run_that_it_watches(client: TestClient, jobs: Jobs) -> None:
    found = client.post("/job", data={**dict(PAIRS), "token": token(client)}, headers=HTMX)
    job = jobs.of(run(SMALL))
    assert job is not None
    assert not job.asked
    assert (
        f'hx-get="{address(f"/job/{job.id}", [*PAIRS, ("here", "1")])}"'.replace("&", "&amp;")
        in found.text
    )
    assert "<html" not in found.text
    by_hand = {**dict(PAIRS), "token": token(client), "by": "hand"}
    client.post("/job", data=by_hand, headers=HTMX)
    assert job.asked


def test_what_cannot_run_is_refused(client: TestClient) -> None:
    sent = {"product.kind": "leaf", "regimen.dose": "much", "token": token(client)}
    found = client.post("/job", data=sent)
    assert found.status_code == 422
    assert "much" in found.text


def test_signs_of_an_emergency_are_heeded_whatever_is_wrong_beside_them(client: TestClient) -> None:
    sent = {"regimen.dose": "much", "person.signs": "blue lips", "token": token(client)}
    assert "Naloxone" in client.post("/job", data=sent).text


def test_too_many_runs_are_refused_in_words_on_a_page_and_in_a_part(
    client: TestClient, jobs: Jobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "WAITING", 1)
    jobs.start(run(doses(1)[0]))
    sent = {**dict(PAIRS), "token": token(client)}
    whole_page, part = client.post("/job", data=sent), client.post("/job", data=sent, headers=HTMX)
    assert (whole_page.status_code, part.status_code) == (429, 429)
    assert "Too many runs wait already" in part.text
    assert "<html" in whole_page.text
    assert "<html" not in part.text


def test_a_run_has_a_page_that_shows_how_far_it_is(client: TestClient, jobs: Jobs) -> None:
    job = jobs.start(run(SMALL))
    until("running", job)
    found = client.get(f"/job/{job.id}")
    assert found.status_code == 200
    assert "<progress" in found.text
    assert '<noscript><meta http-equiv="refresh"' in found.text
    assert f'action="/job/{job.id}/cancel?' in found.text


def test_a_run_is_ended_from_its_page(client: TestClient, jobs: Jobs) -> None:
    job = jobs.start(run(SMALL))
    assert client.post(f"/job/{job.id}/cancel").status_code == 403
    assert client.post(f"/job/{job.id}/cancel", data={"token": token(client)}).status_code == 303
    assert job.over.wait(10)
    found = client.get(f"/job/{job.id}")
    assert "ended before it was done" in found.text
    assert "Run it" in found.text
    assert "<progress" not in found.text


def test_why_a_run_failed_is_shown(client: TestClient, jobs: Jobs) -> None:
    job = jobs.start(run(SMALL))
    job.cancel()
    assert job.over.wait(10)
    job.error = SpeciosaError("nobody could be simulated")
    assert "nobody could be simulated" in client.get(f"/job/{job.id}").text


def test_a_run_that_is_not_known_can_be_run_again(client: TestClient) -> None:
    found = client.get(address("/job/nothing", PAIRS))
    assert found.status_code == 404
    assert "not known here" in found.text
    assert 'name="regimen.dose" value="2 g"' in found.text
    assert client.get("/job/nothing").status_code == 404
    ended = client.post("/job/nothing/cancel", data={"token": token(client)})
    assert ended.status_code == 404


def test_a_comparison_is_a_job_with_a_page_that_can_be_ended() -> None:
    app = create_app(["testserver"])
    client = TestClient(app, follow_redirects=False)
    entered = [*PAIRS, SECOND, ("full", "1")]
    begun = client.post("/job", data={**dict(entered), "token": token(client)})
    job = app.state.jobs.of(comparison(SECOND, ("full", "1")))
    assert begun.headers["location"] == address(f"/job/{job.id}", entered)
    page = client.get(begun.headers["location"]).text
    assert "The comparison" in page
    assert "<progress" in page
    assert client.post(f"/job/{job.id}/cancel", data={"token": token(client)}).status_code == 303
    assert job.over.wait(60)
    ended = client.get(f"/job/{job.id}").text
    assert "The comparison was ended before it was done." in ended
    assert address("/compare", entered).replace("&", "&amp;") in ended
    assert 'name="b.regimen.dose" value="1 g"' in ended
    app.state.jobs.close()


def test_a_comparison_that_is_forgotten_can_be_run_again(client: TestClient) -> None:
    found = client.get(address("/job/nothing", [*PAIRS, SECOND]))
    assert found.status_code == 404
    assert 'name="b.regimen.dose" value="1 g"' in found.text


def test_where_a_page_watches_what_is_forgotten_it_can_be_begun_again(client: TestClient) -> None:
    polled = client.get(address("/job/nothing", [*PAIRS, ("here", "1")]), headers=HTMX)
    assert polled.status_code == 404
    assert 'hx-post="/job"' in polled.text
    assert 'name="regimen.dose" value="2 g"' in polled.text


def test_who_opens_the_page_of_a_run_has_asked_for_it(client: TestClient, jobs: Jobs) -> None:
    job = jobs.start(run(SMALL), asked=False)
    client.get(job.here, headers=HTMX)
    assert not job.asked
    client.get(job.address)
    assert job.asked


def test_a_run_that_is_done_shows_its_result() -> None:
    app = create_app(["testserver"])
    client = TestClient(app, follow_redirects=False)
    job = app.state.jobs.start(run(SMALL))
    assert job.over.wait(60)
    assert client.get(f"/job/{job.id}").headers["location"] == address("/", PAIRS)
    asked = client.get(f"/job/{job.id}", headers=HTMX)
    assert asked.headers["hx-redirect"] == address("/", PAIRS)
    here = client.get(f"/job/{job.id}?here=1&see=gut.nausea&show=people", headers=HTMX)
    assert (here.headers["hx-retarget"], here.headers["hx-reswap"]) == ("#result", "innerHTML")
    assert "Nausea, 0 to 1: the middle line" in here.text
    assert "First look" not in client.get(address("/", PAIRS)).text
    app.state.jobs.close()


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
