"""What we do not know, drawn for a model of the real drugs, with the fits as they stand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.invented import LEAFINE, believe, evidence

from speciosa.evidence.fits import Fit, fits
from speciosa.model import Model, Substance
from speciosa.people.draws import REPLICATE, Draws

IDS = ("distribution/V1/leafine", "elimination/CL/leafine")
ROWS = np.array([[100.0, 10.0], [200.0, 20.0], [300.0, 30.0], [400.0, 40.0]])
FIT = Fit("a run", "nobody", IDS, ROWS)
TEA = tuple(Substance(name, "tea", name) for name in ("mitragynine", "speciogynine"))


def place(model: Model, identity: str) -> int:
    return [r.id for r in model.records].index(identity)


def named(names: list[str], values: list[float]):
    def chance(name: str) -> np.ndarray:
        names.append(name)
        return np.array(values)

    return chance


def test_chance_picks_a_row_and_every_row_has_its_share(monkeypatch) -> None:
    believe(monkeypatch, evidence(), {FIT.run: FIT})
    model = Model.build([LEAFINE])
    drawn = model.drawn(named([], [0.0001, 0.2499, 0.25, 0.6, 0.9999]))
    rows = drawn[:, [place(model, identity) for identity in IDS]]
    assert rows.tolist() == ROWS[[0, 0, 1, 2, 3]].tolist()


def test_a_fit_is_drawn_by_the_name_of_its_run_and_each_other_record_by_its_own(
    monkeypatch,
) -> None:
    believe(monkeypatch, evidence(), {FIT.run: FIT})
    asked: list[str] = []
    model = Model.build([LEAFINE])
    model.drawn(named(asked, [0.5]))
    assert asked.count("a run") == 1
    assert not set(IDS) & set(asked)
    assert {r.id for r in model.records} - set(IDS) == set(asked) - {"a run"}


def test_two_fits_are_drawn_apart(monkeypatch) -> None:
    other = Fit("another", "nobody", ("absorption/ka/leafine",), np.array([[1.0], [9.0]]))
    believe(monkeypatch, evidence(), {FIT.run: FIT, other.run: other})
    model = Model.build([LEAFINE])

    def chance(name: str) -> np.ndarray:
        return np.array([0.01 if name == "another" else 0.99])

    (drawn,) = model.drawn(chance)
    assert drawn[place(model, "absorption/ka/leafine")] == 1.0
    assert drawn[place(model, "elimination/CL/leafine")] == 40.0


def test_other_draws_of_a_fit_are_another_model(monkeypatch) -> None:
    believe(monkeypatch, evidence(), {FIT.run: FIT})
    before = Model.build([LEAFINE]).hash
    moved = replace(FIT, draws=ROWS + 1.0)
    believe(monkeypatch, evidence(), {moved.run: moved})
    assert Model.build([LEAFINE]).hash != before


def test_a_tea_is_drawn_from_rows_of_the_calibration() -> None:
    model = Model.build(TEA)
    draws = Draws(1)
    drawn = model.drawn(lambda name: draws.uniform(REPLICATE, name, 40))
    assert drawn.shape == (40, len(model.records))
    assert np.isfinite(drawn).all()
    ids = [r.id for r in model.records]
    for fit in fits().values():
        here = [identity for identity in fit.ids if identity in ids]
        if not here:
            continue  # of what midazolam meets, not of a tea alone
        columns = drawn[:, [ids.index(identity) for identity in here]]
        rows = fit.draws[:, [fit.ids.index(identity) for identity in here]]
        for row in columns:
            assert (np.abs(rows - row).max(axis=1) == 0.0).any()


def test_what_is_exact_is_never_drawn() -> None:
    model = Model.build(TEA)
    draws = Draws(1)
    drawn = model.drawn(lambda name: draws.uniform(REPLICATE, name, 10))
    exact = [i for i, r in enumerate(model.records) if r.spread.kind == "exact"]
    fitted = {identity for fit in fits().values() for identity in fit.ids}
    loose = [
        i for i, r in enumerate(model.records) if r.spread.kind != "exact" and r.id not in fitted
    ]
    assert (drawn[:, exact] == model.central[exact]).all()
    assert (drawn[:, loose].std(axis=0) > 0.0).all()


@pytest.mark.parametrize("kept", [3, 10])
def test_the_first_draws_do_not_depend_on_how_many_there_are(kept: int) -> None:
    model = Model.build(TEA)
    draws = Draws(1)
    few, many = (
        model.drawn(lambda name, n=n: draws.uniform(REPLICATE, name, n)) for n in (kept, 20)
    )
    assert (few == many[:kept]).all()
