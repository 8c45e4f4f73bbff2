from __future__ import annotations

from rich.console import Console

import made_up
from speciosa.report import validation


def printed() -> str:
    console = Console(width=110, highlight=False, color_system=None)
    with console.capture() as caught:
        validation.print_validation(made_up.validation(), console)
    return caught.get()


def test_what_was_fitted_stands_apart_from_what_was_never_seen() -> None:
    said = printed()
    fitted, unseen = said.index("was fitted to these"), said.index("has never seen these")
    assert fitted < said.index("first, tea") < unseen < said.index("second, tea")


def test_every_comparison_shows_observed_simulated_and_fold() -> None:
    line = next(x for x in printed().splitlines() if "cmax" in x)
    said = "plasma.mitragynine cmax, ng/mL 60.0 66.0 40–90 1.10 5 first, tea"
    assert " ".join(line.split()) == said


def test_a_group_is_a_row_and_effects_have_a_table_of_their_own() -> None:
    table = made_up.validation()
    table["groups"].append(table["groups"][0] | {"group": "effects, fitted", "off_sd": 0.2})
    for width in (80, 100):
        console = Console(width=width, highlight=False, color_system=None)
        with console.capture() as caught:
            validation.print_validation(table, console)
        said = [" ".join(line.split()) for line in caught.get().splitlines()]
        kinetics, effects = said.index("Levels in blood"), said.index("Effects")
        assert "fitted 1 1.10 100 % 100 % 0 % 1.20 –" in said[kinetics:effects]
        assert "never seen, shape 1 2.50 100 % 100 % 0 % 1.20 3.00" in said[kinetics:effects]
        assert "fitted 1 1.10 100 % 100 % 0.200 0 % 1.20" in said[effects:]
        assert "…" not in caught.get()


def effect(**changed: object) -> dict[str, object]:
    row = dict(made_up.validation()["comparisons"][1])
    row |= {"output": "autonomic.pupil", "measure": "change", "unit": "mm", "at": 1.0}
    return row | {"error": "difference", "in_sd": -0.52, "fold": None} | changed


def test_an_effect_is_off_by_standard_deviations() -> None:
    table = made_up.validation()
    table["comparisons"].append(effect())
    console = Console(width=110, highlight=False, color_system=None)
    with console.capture() as caught:
        validation.print_validation(table, console)
    line = next(x for x in caught.get().splitlines() if "autonomic.pupil" in x)
    assert "change at 1 h, mm" in line
    assert "-0.5 SD" in line


def test_groups_show_the_bounds_of_their_coverage() -> None:
    table = made_up.validation()
    table["groups"][0] |= {"inside_90_low": 0.85, "inside_90_high": 0.999, "off_sd": 0.4}
    console = Console(width=110, highlight=False, color_system=None)
    with console.capture() as caught:
        console.print(validation.groups_table(table["groups"]))
    said = [" ".join(line.split()) for line in caught.get().splitlines()]
    assert "fitted 1 1.10 100 % 100 % 0.400 0 % 85–100 % 1.20 –" in said[-2]
