import numpy as np
from drug import people, problem

from speciosa.engine import Events, solve
from speciosa.engine.gradients import gradients

doses = Events.build(person=np.arange(8), time=0, amount=100)
times = np.linspace(0, 120, 481)
asked = ["drug.CL", "drug.V"]
found = solve(problem, people(8), doses, times, ["drug.plasma"], sensitivities=asked)
print(found.sensitivities.shape)  # people, times, outputs, parameters

slopes = gradients(found, ["cmax", "auc"])
area = np.trapezoid(found["drug.plasma"], times, axis=1)
clearance = people(8)[:, 1]
# A clearance 1 % higher means an area 1 % smaller, in everybody.
print((slopes["auc"][:, 0, 0] * clearance / area).round(3))
