"""Two fits in one file of records, and none spoils the other."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from calibration import pharmacodynamics, written
from calibration.effects import prior_of
from calibration.pharmacodynamics import Found
from tests.unit.calibration.test_effects import made_up, seen

from speciosa.errors import EvidenceError
from speciosa.evidence import records
from speciosa.evidence.fits import read_fit
from speciosa.evidence.load import read_records, source_keys

SPINAL = records("pain")["pain/spinal"]
PRIOR = prior_of("pain/spinal", SPINAL, "logit")
DATA = ["smith-2024/pupil_right"]


def test_a_fit_of_one_kind_leaves_the_records_of_the_other(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(written, "EVIDENCE", tmp_path)
    kinds = ("pharmacokinetics-", "interactions-")
    others = {i for i, r in records("fitted").items() if r.run.startswith(kinds)}
    assert others
    draws = np.array([[0.1], [0.2], [0.3]])
    for run, x in (("pharmacodynamics-1", 0.5), ("pharmacodynamics-2", 0.9)):
        record = written.fitted_record(PRIOR, x, 0.1, DATA, run, "fits/pharmacodynamics.csv")
        written.write_fit(run, [record], [PRIOR], draws)
        held = read_records(tmp_path / "records" / "fitted.yaml", source_keys())
        assert set(held) == {*others, "pain/spinal"}
        assert held["pain/spinal"].run == run
        monkeypatch.setattr(written, "records", lambda word, held=held: held)
    fit = read_fit(tmp_path / "fits" / "pharmacodynamics.csv")
    assert (fit.run, fit.ids) == ("pharmacodynamics-2", ("pain/spinal",))
    assert fit.draws == pytest.approx(PRIOR.from_scale(draws), rel=1e-3)


def test_a_record_says_what_it_rests_on_and_how_far_the_data_went() -> None:
    record = written.fitted_record(PRIOR, PRIOR.start, PRIOR.width / 2.0, DATA * 2, "a-1", "fits")
    assert record.value == pytest.approx(SPINAL.value, rel=1e-3)
    assert (record.data, record.read) == (tuple(DATA), "verified")
    assert record.note == "narrowed by the data (to 50% of its width)"
    vague = written.fitted_record(PRIOR, PRIOR.start, PRIOR.width, DATA, "a-1", "fits")
    assert vague.note.startswith("the data hardly narrow the prior")


def found() -> Found:
    fit = made_up(seen("relief", 0.3), priors=(PRIOR,))
    slopes = np.array([[2.0]])
    return Found(fit, np.array([0.5]), np.array([[0.4], [0.6]]), slopes, 0.0, "pharmacodynamics-1")


def test_a_fitted_record_stands_in_one_file_only(monkeypatch) -> None:
    with pytest.raises(EvidenceError, match="expected pain/spinal/prior"):
        # A script has no public face; this is the part that writes.
        pharmacodynamics._write(found())  # pyright: ignore[reportPrivateUsage]
    told: list[tuple[object, ...]] = []
    first = replace(SPINAL, id="pain/spinal/prior")
    monkeypatch.setattr(pharmacodynamics, "believed", lambda identity: first)
    monkeypatch.setattr(pharmacodynamics, "write_fit", lambda *given: told.append(given))
    monkeypatch.setattr(pharmacodynamics, "fitted_record", lambda prior, *rest: (prior.id, rest[2]))
    # A script has no public face; this is the part that writes.
    pharmacodynamics._write(found())  # pyright: ignore[reportPrivateUsage]
    ((run, held, _, _),) = told
    assert run == "pharmacodynamics-1"
    assert held == [("pain/spinal", ["made-up/relief"])]
