"""The description of the app is true, and whatever fits it, or does not, is answered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
import schemathesis
from hypothesis import given, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import content_type_conformance
from starlette.testclient import TestClient

from addresses import ADDRESSES
from speciosa.trial import Scenario
from speciosa.trial.words import KINDS
from speciosa.web.answer import first_look
from speciosa.web.app import create_app
from speciosa.web.described import kind_of
from speciosa.web.form.query import LISTS, PRIVATE
from speciosa.web.form.read import read_pairs
from speciosa.web.form.schema import leaves, unnumbered
from speciosa.web.page import PAGES
from speciosa.web.routes import happens
from speciosa.web.whole import Done, whole

APP = create_app(["testserver"])
TOLD = APP.openapi()
SCHEMA = schemathesis.openapi.from_dict(TOLD)
SCHEMA.app = APP
OPERATIONS = [found.ok() for found in SCHEMA.get_all_operations() if isinstance(found, Ok)]
MODES = {
    GenerationMode.POSITIVE: OPERATIONS,
    # What takes nothing cannot be asked wrongly.
    GenerationMode.NEGATIVE: [
        one for one in OPERATIONS if one.query or one.body or one.path_parameters
    ],
}
CASES = st.one_of(
    *(one.as_strategy(generation_mode=mode) for mode, those in MODES.items() for one in those)
)
COMPUTED = ("/", "/danger", "/danger.json", "/data.json", "/data.csv", "/report", "/scenario.toml")
ANSWERS = st.one_of(
    *(
        one.as_strategy(generation_mode=mode)
        for mode in GenerationMode
        for one in OPERATIONS
        if one.path in COMPUTED
    )
)
# Computed once: it is what becomes of a question that is looked at here, and not what a run finds.
WHOLE = {
    "product.kind": "leaf",
    "regimen.dose": "2 g",
    "output.until": "2 h",
    "run.people": "2",
    "run.replicates": "1",
}


@pytest.fixture(scope="module")
def computed() -> Iterator[None]:
    """The one scenario that is whole is computed before it is asked for, and nothing else is."""
    held = read_pairs([*WHOLE.items()])
    done = first_look(held.needed())
    job = APP.state.jobs.start(whole(held.needed(), held.pairs))
    assert job.over.wait(timeout=120)

    def kept(scenario: Scenario) -> Done:
        assert scenario == held.scenario
        return done

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(happens, "first_look", kept)
        yield


def ask(case: Case, *, token: bool) -> None:
    """Send it, and look at what comes back."""
    if token and isinstance(case.body, dict):
        case.body["token"] = str(APP.state.token)
    answer = case.call(headers={"sec-fetch-site": "same-origin"}, allow_redirects=False)
    case.validate_response(answer, checks=[not_a_server_error, content_type_conformance])
    assert "Traceback" not in answer.text
    assert answer.headers["x-content-type-options"] == ["nosniff"]
    if answer.headers.get("content-type", [""])[0].startswith("text/html"):
        assert "<script>" not in answer.text


def without_a_run(case: Case) -> Case:
    """The same, where it would be computed with an age that nobody has."""
    for sent in (case.query, case.body):
        if isinstance(sent, dict) and sent.get("product.kind") in KINDS and "regimen.dose" in sent:
            sent["person.age"] = "no age"
    return case


def of_one_scenario(case: Case) -> Case:
    """The same, asked of the one scenario that is computed already."""
    asked = case.query if isinstance(case.query, dict) else {}
    case.query = {**{key: one for key, one in asked.items() if "." not in key}, **WHOLE}
    return case


def keys_of(path: str) -> set[str]:
    """The keys that an address is said to take."""
    shared = TOLD["components"]["parameters"]
    held = TOLD["paths"][path]["get"].get("parameters", [])
    return {
        shared[one["$ref"].rpartition("/")[2]]["name"] if "$ref" in one else one["name"]
        for one in held
    }


@pytest.mark.parametrize("path", [one.path for one in PAGES if one.carries])
def test_every_key_of_a_scenario_is_told(path: str) -> None:
    told = {unnumbered(key) for key in keys_of(path)}
    known = {key for key in leaves() if key not in PRIVATE and not key.endswith(".*")}
    assert known <= told
    assert "product.profile.speciogynine" in told
    assert not told & {*PRIVATE}


@pytest.mark.parametrize("name", sorted(TOLD["components"]["parameters"]))
def test_what_is_told_is_read(name: str) -> None:
    told = TOLD["components"]["parameters"][name]["schema"]
    assert (told["type"] == "array") == (unnumbered(name) in LISTS)
    if told["type"] == "object":
        name, told = "product.certificate.lab", {"examples": ["A lab"]}
    for value in told.get("enum") or told.get("examples") or [told.get("default", "x")]:
        repeated = {"regimen.every": "8 h", "regimen.for": "3 d"}
        found = read_pairs([*{**WHOLE, **repeated, name: value}.items()]).error
        assert found is None or "a key of a scenario" not in found.expected
        if "enum" in told or "examples" in told:
            assert found is None or name != found.key


OWN = sorted(
    (path, one["name"], value)
    for path, methods in TOLD["paths"].items()
    for one in methods.get("get", {}).get("parameters", ())
    if one.get("in") == "query"
    for value in (one["schema"].get("items") or one["schema"]).get("enum", ())
)


@pytest.mark.usefixtures("computed")
@pytest.mark.parametrize(("path", "name", "value"), OWN)
def test_a_word_that_an_address_is_said_to_take_is_taken(path: str, name: str, value: str) -> None:
    asked = {**WHOLE, name: value}
    answer = TestClient(APP).get(path.replace("{name}", "x"), params=asked)
    assert f"{name}: got" not in answer.text
    assert answer.status_code == 404 if "{name}" in path else answer.status_code < 500


def test_a_second_scenario_is_told_where_it_is_taken() -> None:
    for path in ("/compare", "/compare.json", "/compare.csv"):
        assert "second" in keys_of(path)
    assert len(OWN) > 20


def test_all_operations_are_asked() -> None:
    asked = {(one.method, one.path) for one in OPERATIONS}
    told = {(method, path) for path, held in TOLD["paths"].items() for method in held}
    assert asked == told
    assert len([one for one in asked if one[0] == "post"]) >= 3


def test_every_page_is_looked_at_in_a_browser() -> None:
    looked = [urlsplit(one).path for one in ADDRESSES.values()]
    for path, methods in TOLD["paths"].items():
        if "get" in methods and "text/html" in kind_of(path):
            like = re.sub(r"\\{.*?\\}", ".+", re.escape(path))
            assert any(re.fullmatch(like, one) for one in looked), path


@given(case=CASES, token=st.booleans())
@settings(max_examples=50)
def test_what_fits_or_does_not_is_answered(case: Case, token: bool) -> None:
    ask(without_a_run(case), token=token)


# Part of ten thousand; the others are in `test_any_input.py`.
@pytest.mark.slow
@given(case=CASES, token=st.booleans())
@settings(max_examples=2_000)
def test_two_thousand_of_them(case: Case, token: bool) -> None:
    ask(without_a_run(case), token=token)


@pytest.mark.slow
@pytest.mark.usefixtures("computed")
@given(case=ANSWERS)
@settings(max_examples=60)
def test_what_is_asked_of_an_answer_is_answered(case: Case) -> None:
    ask(of_one_scenario(case), token=False)
