"""The page of a long run, and what pages send to begin, watch and end one."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.testclient import TestClient

from slow_runs import PAIRS, SECOND, SMALL, comparison, doses, run, until
from speciosa.errors import InputError, SpeciosaError
from speciosa.web import jobs as module
from speciosa.web.app import create_app
from speciosa.web.form.query import address
from speciosa.web.jobs import Jobs, Step, Task

HTMX = {"HX-Request": "true"}


@pytest.fixture
def client(jobs: Jobs) -> TestClient:
    app = create_app(["testserver"])
    app.state.jobs.close()
    app.state.jobs = jobs
    return TestClient(app, follow_redirects=False)


def token(client: TestClient) -> str:
    # A client takes any ASGI app, of which only ours has a state.
    return str(client.app.state.token)  # type: ignore[attr-defined]


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
    assert "A first look" not in client.get(address("/", PAIRS)).text
    app.state.jobs.close()


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
