"""The form as a page shows it: every field has a name that is heard, and nothing is unescaped."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import urlencode

from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from speciosa.web.app import create_app

APP = create_app(["testserver"])
CLIENT = TestClient(APP)


def shown(query: list[tuple[str, str]]) -> str:
    """The form of a query; `/scenario.toml` shows one where there is no scenario to give."""
    answer = CLIENT.get(f"/scenario.toml?{urlencode(query)}")
    assert answer.status_code == 422
    return answer.text


def test_every_field_has_a_label_and_every_reference_a_place() -> None:
    text = shown([("product.kind", "tea"), ("with.0.drug", "x"), ("person.age", "3 to 4")])
    ids = re.findall(r' id="([^"]+)"', text)
    assert len(ids) == len(set(ids))
    for target in re.findall(r' for="([^"]+)"', text):
        assert target in ids
    for group in re.findall(r'aria-describedby="([^"]+)"', text):
        assert set(group.split()) <= set(ids)
    for target in re.findall(r'href="#([^"]+)"', text):
        assert target in ids
    assert "style=" not in text
    assert " on" not in re.sub(r">[^<]*<", "", re.sub(r'"[^"]*"', "", text))


def test_names_of_medicines_are_offered() -> None:
    text = shown([])
    assert '<option value="caffeine">' in text
    assert 'list="known-medicines"' in text


def test_without_a_script_one_more_row_is_a_button() -> None:
    text = shown([("more", "with")])
    assert text.count('name="with.1.drug"') == 1
    assert 'name="more" value="with" formaction="/#with"' in text


NAMES = st.sampled_from(
    ("product.kind", "product.strain", "person.age", "with.0.drug", "run.people", "foo.bar")
)
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=25) | st.sampled_from(
    ('"><script>alert(1)</script>', "{{ 7 * 7 }}", "'", "&amp;", "1\n2")
)


@given(query=st.lists(st.tuples(NAMES | WORDS, WORDS), max_size=6))
def test_any_text_is_shown_as_text(query: list[tuple[str, str]]) -> None:
    text = shown([*query, ("regimen.dose", "no dose")])
    assert "<script>" not in text
    seen = unescape(text)
    for key, value in query:
        if "." in key and value.strip():
            assert value in seen
