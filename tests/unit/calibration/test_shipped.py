from __future__ import annotations

from calibration import interactions, pharmacodynamics
from calibration.effects import effects, read_effects
from calibration.fit import start
from calibration.pharmacokinetics import run_name
from calibration.predict import fitted_arms
from calibration.priors import read_priors

from speciosa.evidence import records
from speciosa.evidence.fits import fits


def test_what_is_shipped_was_fitted_to_what_is_here() -> None:
    priors = tuple(read_priors().values())
    given = {prior.id: prior.record() for prior in priors}
    names = {run_name(start(priors, fitted_arms(given)))}
    names.add(pharmacodynamics.run_name(effects(read_effects())))
    names.add(interactions.solve().run)
    assert set(fits()) == names, "run `python -m calibration` after a change of its inputs"
    assert {record.run for record in records("fitted").values()} == names
