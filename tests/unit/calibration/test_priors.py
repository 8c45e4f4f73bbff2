from __future__ import annotations

import numpy as np
import pytest
from calibration.priors import Prior, read_priors
from calibration.written import kind_of

from speciosa.evidence import observations
from speciosa.evidence.load import FITTED, records, systems
from speciosa.trial.observed import is_kinetic
from speciosa.units import unit

LOG = Prior("elimination/CL/leafine", 20.0, 0.5, "L/h", "log")
LOGIT = Prior("metabolism/share/leafine.CYP9", 0.2, 0.5, "1", "logit")

each = pytest.mark.parametrize("prior", [LOG, LOGIT], ids=["log", "logit"])


@each
def test_the_scale_of_the_fit_goes_there_and_back(prior: Prior) -> None:
    x = np.linspace(-3.0, 3.0, 13)
    assert prior.to_scale(prior.from_scale(x)) == pytest.approx(x)
    assert prior.from_scale(np.array(prior.start)) == pytest.approx(prior.centre)


def test_a_share_stays_a_share_whatever_the_fit_does() -> None:
    shares = LOGIT.from_scale(np.array([-20.0, 0.0, 20.0]))
    assert ((shares > 0.0) & (shares < 1.0)).all()


@each
def test_one_standard_deviation_on_the_scale_of_the_fit_is_one_of_the_spread(prior: Prior) -> None:
    spread = prior.spread(prior.centre, prior.width)
    one_sd = 0.8413447460685429
    expected = prior.from_scale(np.array(prior.start + prior.width))
    assert spread.quantile(one_sd) == pytest.approx(expected, rel=1e-4)


@each
def test_a_belief_is_a_record_of_a_judgement(prior: Prior) -> None:
    record = prior.record()
    assert (record.id, record.value, record.unit) == (prior.id, prior.centre, unit(prior.unit))
    assert (record.status, record.read) == ("assumed", "recalled")
    assert record.range is not None
    assert record.range[0] < record.value < record.range[1]


def test_every_prior_of_the_file_is_wide_and_of_a_known_scale() -> None:
    for prior in read_priors().values():
        assert prior.scale in ("log", "logit")
        assert prior.centre > 0.0
        assert prior.width >= 0.3, f"{prior.id} says more than a prior should"
        assert str(unit(prior.unit))


def test_what_is_fitted_has_a_prior_and_the_other_way_round() -> None:
    held = records("fitted").items()
    fitted = {i for i, r in held if kind_of(r.run) == "pharmacokinetics"}
    estimates = {identity for identity in fitted if not identity.startswith("variability/")}
    assert estimates == set(read_priors())


def test_what_is_fitted_is_recorded_nowhere_else() -> None:
    own = [r.id for word in systems() if word != FITTED for r in records(word).values()]
    assert not set(records(FITTED)) & set(own)


def test_what_may_only_validate_is_never_fitted() -> None:
    from calibration.predict import fitted_arms

    given = {prior.id: prior.record() for prior in read_priors().values()}
    ids = [target.observation.id for arm in fitted_arms(given) for target in arm.targets]
    held = observations()
    assert len(ids) == len(set(ids))
    fit = [o for o in held.values() if o.use == "fit" and o.comparable]
    assert set(ids) == {o.id for o in fit if is_kinetic(o)}
