from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from speciosa.errors import EvidenceError
from speciosa.evidence import records
from speciosa.evidence.fits import fits, read_fit

GOOD = """\
# Draws of something.
# run: a-run
# made_by: python -m something
elimination/CL/leafine,distribution/V1/leafine
10,100
20,200

30,300
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "some.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_fit_is_who_made_it_and_draws_by_record(tmp_path: Path) -> None:
    fit = read_fit(written(tmp_path, GOOD))
    assert (fit.run, fit.made_by) == ("a-run", "python -m something")
    assert fit.ids == ("elimination/CL/leafine", "distribution/V1/leafine")
    assert fit.draws.tolist() == [[10.0, 100.0], [20.0, 200.0], [30.0, 300.0]]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("# run: a-run\n", "", r"some\.csv, run: got .*a first line '# run"),
        ("# run: a-run\n", "# run:\n", r"some\.csv, run"),
        ("# made_by: python -m something\n", "", r"some\.csv, made_by"),
        ("10,100\n20,200\n\n30,300\n", "", r"some\.csv: got .*1 lines"),
        ("20,200", "20", r"some\.csv, draw 2: got .*2 numbers"),
        ("20,200", "20,200,300", r"some\.csv, draw 2: got .*2 numbers"),
        ("20,200", "20,many", r"some\.csv: got .*many.*numbers"),
        ("20,200", "20,nan", r"some\.csv: got .*not finite"),
        ("20,200", "20,inf", r"some\.csv: got .*not finite"),
    ],
)
def test_a_broken_fit_is_refused_by_its_file_and_line(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    assert old in GOOD
    with pytest.raises(EvidenceError, match=message):
        read_fit(written(tmp_path, GOOD.replace(old, new)))


def test_every_stored_fit_is_named_by_the_records_that_rest_on_it() -> None:
    held = records("fitted")
    for run, fit in fits().items():
        assert fit.run == run
        assert set(fit.ids) <= set(held)
        assert {held[identity].run for identity in fit.ids} == {run}
        assert len(fit.ids) == len(set(fit.ids))


def test_the_draws_of_a_fit_lie_around_the_records() -> None:
    held = records("fitted")
    for fit in fits().values():
        for identity, column in zip(fit.ids, fit.draws.T, strict=True):
            low, high = np.quantile(column, [0.001, 0.999])
            assert low <= held[identity].value <= high, identity
