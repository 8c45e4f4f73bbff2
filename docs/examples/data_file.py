from speciosa import Scenario, simulate

scenario = Scenario.load("examples/two-grams-of-tea.toml")
result = simulate(scenario, data="examples/data.csv", replicates=20)

# One row for each observation of the file: its own columns, then what the model says of it.
table = result.data_frame()
name = "plasma.mitragynine"
print(table[["ID", "TIME", "DV", name, f"{name}.p05", f"{name}.p95"]].round(1).to_string())
