from speciosa import Scenario, simulate

two = Scenario(product={"kind": "tea", "mitragynine": "19.5 mg/g"}, regimen={"dose": "2 g"})
four = two.replace(regimen__dose="4 g")

low = simulate(two, people=20, replicates=1, seed=1)
high = simulate(four, people=20, replicates=1, seed=1)

# The same twenty people take both, so this is a comparison within each of them.
ratio = high.measure("cmax", "plasma.mitragynine") / low.measure("cmax", "plasma.mitragynine")
print(f"Twice the dose gives {ratio.min():.2f} to {ratio.max():.2f} times the peak.")
