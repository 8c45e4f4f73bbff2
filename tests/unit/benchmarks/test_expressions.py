"""What other engines are told is the agreed problem, whether or not they are installed."""

from __future__ import annotations

from xml.etree import ElementTree

import numpy as np
import pytest
from benchmarks import peer_numbalsoda, peer_roadrunner, spec
from benchmarks.expressions import mathml

from speciosa.engine import Op, Program

SBML = "{http://www.sbml.org/sbml/level3/version1/core}"


def test_rates_for_numba_are_those_of_the_agreed_problem() -> None:
    random, rates = np.random.default_rng(2), peer_numbalsoda.rates()
    for theta in spec.subjects(2):
        y = random.uniform(0.1, 5.0, len(spec.STATES))
        found = np.empty(len(y))
        rates(0.0, y, found, np.array(list(theta.values())))
        assert found == pytest.approx(spec.rhs(0.0, y, theta), rel=1e-12)


def test_mathml_names_what_is_used_twice_and_nests_the_rest() -> None:
    ops = (Op("add", (0, 1)), Op("mul", (2, 2)), Op("neg", (3,)))
    shared, (result,) = mathml(Program(2, (), ops, (4,)), ["<ci>a</ci>", "<ci>b</ci>"])
    assert shared == {"v2": "<apply><plus/><ci>a</ci><ci>b</ci></apply>"}
    product = "<apply><times/><ci>v2</ci><ci>v2</ci></apply>"
    assert result == f"<apply><minus/>{product}</apply>"


def test_the_sbml_model_has_a_rate_for_every_state_and_a_rule_for_every_name() -> None:
    root = ElementTree.fromstring(peer_roadrunner.model())
    rates = [rule.get("variable") for rule in root.iter(f"{SBML}rateRule")]
    assert rates == list(spec.STATES)
    known = {one.get("id") for one in root.iter(f"{SBML}parameter")}
    used = {one.text for one in root.iter("{http://www.w3.org/1998/Math/MathML}ci")}
    assert used <= known
