"""The page of an emergency, whatever was asked for."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from starlette.testclient import TestClient

from speciosa.web.app import create_app

CLIENT = TestClient(create_app(["testserver"]))
BLUE = [("product.kind", "tea"), ("regimen.dose", "2 g"), ("person.signs", "blue lips")]


@pytest.mark.parametrize("path", ["/danger", "/compare"])
def test_what_to_do_stands_alone(path: str) -> None:
    page = CLIENT.get(f"{path}?{urlencode(BLUE)}")
    assert page.status_code == 200
    assert page.text.index("Naloxone") < page.text.index("<form")
    assert "<nav" not in page.text
    assert "chart" not in page.text


def test_a_slip_of_a_pen_can_be_taken_back() -> None:
    page = CLIENT.get(f"/danger?{urlencode(BLUE)}").text
    assert "Nobody is in danger?" in page
    assert 'action="/danger"' in page
    assert 'value="2 g"' in page
