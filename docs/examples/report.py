from speciosa import Scenario, check, simulate
from speciosa.inference import missing
from speciosa.report.onepage import onepage

scenario = Scenario(product={"kind": "tea", "mitragynine": "19.5 mg/g"}, regimen={"dose": "2 g"})
result = simulate(scenario, people=20, replicates=10, series=True)

facts = missing(scenario, result.rows)
page = onepage(result, check(scenario), facts, now=3.0, question="Awake again?")

for line in page.answer:
    print(line.label, line.severity, line.text, line.sure)
