"""A server for as long as a block: it answers to its own address, and is gone after it."""

from __future__ import annotations

from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

import pytest

from speciosa.web.serve import served


def test_it_answers_to_its_own_address_and_ends_with_the_block() -> None:
    with served() as address:
        with urlopen(f"{address}/about", timeout=30) as answer:
            assert answer.status == 200
        elsewhere = Request(f"{address}/about", headers={"host": "evil.example"})
        with pytest.raises(HTTPError, match="421") as refused:
            urlopen(elsewhere, timeout=30)
        refused.value.close()
    with pytest.raises(URLError):
        urlopen(f"{address}/about", timeout=30)
