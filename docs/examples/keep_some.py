import numpy as np
from drug import people, problem

from speciosa.engine import Events, solve
from speciosa.engine.save import Measures, Parquet, Percentiles, Several

count = 2000
doses = Events.build(person=np.arange(count), time=0, amount=100, addl=6, ii=12)

last = Measures(["cmax", "auc"], window=(72, 84))
band = Percentiles([5, 50, 95])
file = Parquet("plasma.parquet")
keep = Several(last, band, file)
solve(problem, people(count), doses, np.arange(97), ["drug.plasma"], keep=keep)

print(last.values["auc"][:3, 0].round(1), "mg/L*h, the first three people")
print(band.values[:, 84, 0].round(2), "mg/L at 84 h: 5, 50 and 95 % of people lie below")
