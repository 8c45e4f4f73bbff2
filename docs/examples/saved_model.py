import numpy as np
from drug import people, problem

from speciosa.engine import Events, compiled, solve

# Which outputs (by position) and which method: code is made for exactly these.
kernel = compiled.kernel(problem, [0], "tsit5")
compiled.save(kernel, "drug.model")

compiled.load("drug.model")  # in another process: from here on nothing is compiled for it
dose = Events.build(person=np.arange(8), time=0, amount=100)
found = solve(problem, people(8), dose, np.arange(25), problem.outputs[:1], method="tsit5")
print(found.values.max(axis=1).round(2))
