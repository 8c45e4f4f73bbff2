import numpy as np
from drug import people, problem

from speciosa.engine import Covariates, Events, solve

gut, central = (problem.states.index(name) for name in ("drug.gut", "drug.central"))

# Person 0: 100 mg every 12 h, at steady state, then an infusion over 2 h. Person 1: one dose.
records = Events.build(
    person=[0, 0, 1],
    time=[0, 30, 0],
    amount=[100, 50, 200],
    compartment=[gut, central, gut],
    duration=[0, 2, 0],
    ss=[1, 0, 0],
    ii=[12, 0, 0],
    addl=[1, 0, 0],
)
# The clearance of person 1 is halved from 6 h on.
one, clearance = people(2)[1], problem.parameters.index("drug.CL")
change = Covariates.build(
    person=1, time=[0, 6], parameter=clearance, value=[one[1], one[1] / 2], kind="locf"
)
found = solve(problem, people(2), records, np.arange(0, 49, 6), covariates=change)
print(found["drug.plasma"].round(2))
