from speciosa import Scenario, figure, simulate

scenario = Scenario.load("examples/two-grams-of-tea.toml")
result = simulate(scenario, people=50, replicates=10, seed=1, series=True)

table = result.frame()  # one row for each output, measure and kind of spread
peak = table.query("output == 'plasma.mitragynine' and measure == 'cmax'")
print(peak[["kind", "median", "p05", "p95", "unit"]])

chart = figure(result, "plasma.mitragynine")  # shows itself in a notebook
chart.save("mitragynine.svg")
