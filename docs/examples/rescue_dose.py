import numpy as np
from drug import people, problem

from speciosa.engine import Events, Trigger, solve

# 50 mg more, at most three times, whenever the level falls to 0.8 mg/L.
low = Trigger("drug.plasma", 0.8, rising=False, doses={"drug.gut": 50}, most=3)
first = Events.build(person=np.arange(8), time=0, amount=100)
found = solve(problem, people(8), first, np.arange(49), ["drug.plasma"], triggers=[low])

for person, when in enumerate(found.crossings[:, 0].round(2)):
    print(f"person {person}: rescue at", *when[np.isfinite(when)], "h")
