from speciosa import Scenario, compare
from speciosa.regimen import plans
from speciosa.trial.regimens import under

scenario = Scenario(
    person={"pain": "chronic"},
    product={"kind": "leaf", "mitragynine": "14 mg/g"},
    regimen={"dose": "3 g", "every": "12 h", "for": "21 d"},
)
rising = plans.titration(low=1.0, high=3.0, rises=2, period=plans.WEEK, length=3 * plans.WEEK)
found = compare(scenario, {"in steps": under(scenario, rising)}, people=20, replicates=5, seed=1)

# The same twenty people live through both, so this is a comparison within each of them.
table = found.frame().query("how == 'difference' and kind == 'both'")
print(table[["arm", "measure", "unit", "median", "p05", "p95"]].to_string(index=False))
