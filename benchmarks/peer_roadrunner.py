"""libroadrunner: CVODE (Adams) on an SBML model whose event gives the doses."""

# The package may be missing where types are checked.
# pyright: reportMissingImports=false

from __future__ import annotations

from importlib.metadata import version

import numpy as np

from benchmarks import spec, spec_problem
from benchmarks.expressions import mathml
from benchmarks.peer import ATOL, FLOORED, RTOL, Peer
from benchmarks.task import Array

__all__ = ["model", "peers"]

MATH = '<math xmlns="http://www.w3.org/1998/Math/MathML">{}</math>'
TIME = '<csymbol encoding="text" definitionURL="http://www.sbml.org/sbml/symbols/time">t</csymbol>'


def peers() -> list[Peer]:
    """The one. Raises ImportError where it is not installed."""
    import roadrunner

    runner = roadrunner.RoadRunner(model())
    runner.integrator.stiff = False
    runner.integrator.relative_tolerance = RTOL
    runner.integrator.absolute_tolerance = ATOL
    runner.timeCourseSelections = list(spec.STATES)
    hours = spec_problem.HOURS
    # What differs between people, and what a reset leaves as it is.
    names = [*spec.IIV, "next", "P"]
    known = runner.model.getGlobalParameterIds()
    where = [known.index(name) for name in names]
    columns = [tuple(spec.THETA).index(name) for name in spec.IIV]
    p0 = tuple(spec.THETA).index("P0")

    def solve(table: Array) -> Array:
        out = np.empty((len(table), hours.size, len(spec.STATES)))
        for place, row in enumerate(table):
            runner.reset()
            values = [*row[columns], spec.II, row[p0]]
            runner.model.setGlobalParameterValues(where, values)
            out[place] = runner.simulate(0.0, spec.TEND, hours.size)
        return out

    return [Peer(f"libroadrunner {version('libroadrunner')} CVODE Adams", solve)]


def model() -> str:
    """The problem as SBML; the first dose is in the start values."""
    names = [f"<ci>{name}</ci>" for name in (*spec.STATES, *spec.THETA)]
    floored = {name: f"<ci>floor_{name}</ci>" for name in FLOORED}
    seen = [floored.get(name.removeprefix("<ci>").removesuffix("</ci>"), name) for name in names]
    shared, rates = mathml(spec_problem.problem().rates, [TIME, *seen])
    begin = {**dict.fromkeys(spec.STATES, 0.0), **spec.Y0, "A1": spec.DOSE}
    values = {**begin, **spec.THETA, "next": spec.II}
    rules = {f"floor_{name}": _floor(name) for name in FLOORED} | shared
    parameters = [
        f'<parameter id="{name}" value="{value!r}" constant="false"/>'
        for name, value in values.items()
    ] + [f'<parameter id="{name}" constant="false"/>' for name in rules]
    equations = [
        f'<assignmentRule variable="{name}">{MATH.format(text)}</assignmentRule>'
        for name, text in rules.items()
    ] + [
        f'<rateRule variable="{name}">{MATH.format(text)}</rateRule>'
        for name, text in zip(spec.STATES, rates, strict=True)
    ]
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<sbml xmlns="http://www.sbml.org/sbml/level3/version1/core" level="3" version="1"><model id="spec">
<listOfParameters>{"".join(parameters)}</listOfParameters>
<listOfRules>{"".join(equations)}</listOfRules>
<listOfEvents>{_doses()}</listOfEvents>
</model></sbml>"""


def _floor(name: str) -> str:
    state, zero = f"<ci>{name}</ci>", "<cn>0</cn>"
    positive = f"<apply><gt/>{state}{zero}</apply>"
    return f"<piecewise><piece>{state}{positive}</piece><otherwise>{zero}</otherwise></piecewise>"


def _doses() -> str:
    """One event that sets when it comes next."""
    last = spec.II * spec.NDOSE
    due = (
        f"<apply><geq/>{TIME}<ci>next</ci></apply><apply><lt/><ci>next</ci><cn>{last}</cn></apply>"
    )
    given = f"<apply><plus/><ci>A1</ci><cn>{spec.DOSE}</cn></apply>"
    later = f"<apply><plus/><ci>next</ci><cn>{spec.II}</cn></apply>"
    new = "".join(
        f'<eventAssignment variable="{name}">{MATH.format(text)}</eventAssignment>'
        for name, text in (("A1", given), ("next", later))
    )
    trigger = MATH.format(f"<apply><and/>{due}</apply>")
    return (
        '<event useValuesFromTriggerTime="true">'
        f'<trigger initialValue="false" persistent="true">{trigger}</trigger>'
        f"<listOfEventAssignments>{new}</listOfEventAssignments></event>"
    )
