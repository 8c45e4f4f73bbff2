import numpy as np
from drug import people, problem

from speciosa.engine import Events, solve

doses = Events.build(person=np.arange(1000), time=0, amount=100, addl=6, ii=12)
found = solve(problem, people(1000), doses, np.arange(97), ["drug.plasma"])

plasma = found["drug.plasma"]  # (people, times)
print(np.percentile(plasma[:, 84], [5, 50, 95]).round(2), "mg/L, 12 h after the last dose")
print(found.failed.size, "failed", *found.advice.values())
