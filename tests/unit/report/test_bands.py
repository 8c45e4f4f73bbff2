from __future__ import annotations

from typing import Any

import pytest

from speciosa.errors import InputError
from speciosa.report.bands import dose, dose_bands


def counted() -> dict[str, Any]:
    """What `speciosa.bands().to_dict()` holds, of nobody."""
    shares = {"none": 0.1, "mild": 0.2, "moderate": 0.3, "strong": 0.4}
    rows = [
        {"output": "pain.relief", "low": 1.0, "high": 3.0, "content": content, "effect": word}
        | {"share": share, "people": share, "p05": 0.0, "p95": 0.9}
        for content in ("unknown", "known")
        for word, share in shares.items()
    ]
    return {"rows": rows}


def test_the_figure_says_what_it_shows() -> None:
    chart = dose_bands(counted(), "pain.relief")
    assert "1 to 3 g: none 10 %, mild 20 %, moderate 30 %, strong 40 %." in chart.description
    assert chart.svg() == dose_bands(counted(), "pain.relief").svg()


def test_an_effect_that_was_not_counted_is_refused() -> None:
    with pytest.raises(InputError, match=r"one of pain\.relief"):
        dose_bands(counted(), "gut.nausea")


def test_a_band_in_words() -> None:
    assert dose(7.0, 15.0) == "7 to 15 g"
