from __future__ import annotations

from importlib.resources import files

import pytest
import yaml

from speciosa.product.alkaloids import KNOWN, MODELLED, alkaloid
from speciosa.product.medicines import medicine, medicines


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("mitragynine", "mitragynine"),
        (" Mitragynine ", "mitragynine"),
        ("7-Hydroxymitragynine", "hydroxymitragynine"),
        ("7-OH", "hydroxymitragynine"),
        ("Mitragynine pseudoindoxyl", "pseudoindoxyl"),
        ("corynoxine-B", "corynoxine b"),
        ("caffeine", None),
    ],
)
def test_alkaloids_as_laboratories_write_them(written: str, name: str | None) -> None:
    assert alkaloid(written) == name


def test_every_known_alkaloid_is_known_by_its_own_name() -> None:
    assert all(alkaloid(name) == name for name in KNOWN)
    assert set(MODELLED) <= set(KNOWN)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("midazolam", "midazolam"),
        ("Grapefruit", "grapefruit juice"),
        ("St. John's wort", "st john's wort"),
        ("St Johns Wort", "st john's wort"),
        ("St John\N{RIGHT SINGLE QUOTATION MARK}s wort", "st john's wort"),
        ("oral-contraceptive", "ethinylestradiol"),
        ("Xanax", "alprazolam"),
        ("MS Contin", "morphine"),
        ("weed", "cannabis"),
        ("Percocet", None),  # two substances
        ("unobtainium", None),
    ],
)
def test_medicines_by_any_of_their_names(written: str, name: str | None) -> None:
    found = medicine(written)
    assert (found.name if found else None) == name


def test_no_name_of_a_medicine_stands_twice_in_the_file() -> None:
    file = files("speciosa.product") / "medicines.yaml"
    rows = yaml.safe_load(file.read_text(encoding="utf-8"))
    written = [name for row in rows for name in (row["name"], *row.get("aliases", []))]
    assert [name for name in written if written.count(name) > 1] == []
    assert all(medicine(name) is not None for name in written)
    assert len({medicine(name) for name in written}) == len(rows)


def test_every_medicine_has_a_class_and_names_of_its_own() -> None:
    names = [n for one in medicines().values() for n in (one.name, *one.aliases)]
    assert len(names) == len(set(names))
    assert all(one.classes for one in medicines().values())
    assert {"morphine", "buprenorphine", "naloxone", "midazolam"} <= set(medicines())
