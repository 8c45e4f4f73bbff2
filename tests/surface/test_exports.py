"""The names that the package gives away, and the pages that speak of them."""

from __future__ import annotations

import importlib
import re
import subprocess
import sys
from pathlib import Path

import pytest

import speciosa

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", speciosa.__all__)
def test_every_public_name_is_there(name: str) -> None:
    assert getattr(speciosa, name) is not None


def test_claims_are_a_package_that_is_loaded_when_it_is_used() -> None:
    script = (
        "import sys, speciosa\n"
        "assert 'speciosa.claims' not in sys.modules\n"
        "(found,) = speciosa.claims.judge(['fda-warnings'])\n"
        "print(found.verdict, speciosa.claims.Bench().people)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert done.stdout == f"holds {speciosa.claims.Bench().people}\n", done.stderr


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'simulte'"):
        _ = speciosa.simulte  # pyright: ignore[reportAttributeAccessIssue] - wrong on purpose


def test_what_is_listed_and_what_is_shown_are_the_same() -> None:
    assert dir(speciosa) == sorted(speciosa.__all__)


def test_every_public_name_is_explained_in_the_python_page() -> None:
    page = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")
    told = set(re.findall(r"^## `(\w+)", page, flags=re.MULTILINE))
    assert told == set(speciosa.__all__)


@pytest.mark.parametrize(
    "package",
    [
        "claims",
        "compile",
        "engine",
        "evidence",
        "language",
        "model",
        "people",
        "product",
        "regimen",
        "trial",
    ],
)
def test_what_a_package_lists_exists(package: str) -> None:
    module = importlib.import_module(f"speciosa.{package}")
    for name in getattr(module, "__all__", ()):
        assert hasattr(module, name)
